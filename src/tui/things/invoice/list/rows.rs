//! The saved views, rows and columns of the list of invoices.

use crate::domain::id::InvoiceId;
use crate::domain::money::Money;
use crate::domain::status::InvoiceStatus;
use crate::shown::columns::invoice::{ALL, OPEN};
use crate::tui::desk::reads::{InvoiceFilter, InvoiceRow, InvoiceSort};
use crate::tui::page::list::Look;
use crate::tui::widgets::table::{Column, Place, Row, listed};

/// A saved view of the list.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum View {
    /// Issued and not paid in full.
    Open,
    /// Of those, past the due day.
    Overdue,
    /// Paid in full.
    Paid,
    /// Waiting for approval.
    Drafts,
    /// Withdrawn.
    Void,
    /// Every one.
    All,
}

impl View {
    /// In the order they stand on the screen.
    pub const ALL: [Self; 6] = [Self::Open, Self::Overdue, Self::Paid, Self::Drafts, Self::Void, Self::All];

    /// The statuses it shows; none: all.
    pub fn statuses(self) -> Vec<InvoiceStatus> {
        match self {
            Self::Open => vec![InvoiceStatus::Unpaid, InvoiceStatus::PartiallyPaid, InvoiceStatus::Overdue],
            Self::Overdue => vec![InvoiceStatus::Overdue],
            Self::Paid => vec![InvoiceStatus::Paid],
            Self::Drafts => vec![InvoiceStatus::Draft, InvoiceStatus::InReview],
            Self::Void => vec![InvoiceStatus::Void],
            Self::All => Vec::new(),
        }
    }

    /// The order while nobody asks for another one: what is open by its due day, what is done by its number.
    pub const fn usual(self) -> InvoiceSort {
        match self {
            Self::Open | Self::Overdue => InvoiceSort::Due,
            Self::Paid | Self::Drafts | Self::Void | Self::All => InvoiceSort::Number,
        }
    }

    /// Whether it is about what is open.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Open | Self::Overdue)
    }
}

/// What marking an invoice adds: the main amount of the view, so that a sum is of one thing.
pub const fn worth(row: &InvoiceRow, view: View) -> Money {
    if view.is_open() { row.open } else { row.total }
}

/// As the table shows it.
pub fn row(row: &InvoiceRow, view: View, look: Look) -> Row<InvoiceId> {
    Row { key: row.id, cells: listed::cells(row, places(view), look.view()), worth: Some(worth(row, view)) }
}

const fn places(view: View) -> &'static [Place] {
    if view.is_open() { OPEN } else { ALL }
}

/// The columns of a view, with the mark of the order.
pub fn columns(view: View, filter: &InvoiceFilter) -> Vec<Column> {
    listed::columns::<InvoiceRow>(places(view), Some((filter.sort.code(), filter.reverse)))
}
