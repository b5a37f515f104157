//! The saved views, rows and columns of the list of invoices.

use chrono::NaiveDate;

use super::super::deeds::number;
use crate::domain::format::Style;
use crate::domain::id::InvoiceId;
use crate::domain::money::Money;
use crate::domain::status::{InvoiceState, InvoiceStatus};
use crate::tui::desk::reads::{InvoiceFilter, InvoiceRow, InvoiceSort};
use crate::tui::widgets::table::{Cell, Column, Row, Width};
use crate::tui::words;

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
pub fn row(row: &InvoiceRow, (view, today, style): (View, NaiveDate, Style)) -> Row<InvoiceId> {
    let is_late = row.overdue_days(today).is_some();
    let (total, open) = (style.amount(row.total), style.amount(row.open));
    let dated = matches!(row.state, InvoiceState::Issued | InvoiceState::Void);
    let cells = vec![
        number(row).into(),
        row.payer_name.clone().into(),
        if dated { words::day(row.invoiced_on, today, style) } else { String::new() }.into(),
        Cell::new(words::day(row.due_on, today, style), words::open_ink(is_late)),
        if view.is_open() { open.clone() } else { total.clone() }.into(),
        words::invoice_status(row, today, style),
        if view.is_open() { total } else { open }.into(),
        row.kind.word().into(),
    ];
    Row { key: row.id, cells, worth: Some(worth(row, view)) }
}

/// The columns of a view.
pub fn columns(view: View, filter: &InvoiceFilter) -> Vec<Column> {
    let (main, beside) = if view.is_open() { ("Open", "Total") } else { ("Total", "Open") };
    let mut columns = vec![
        Column::words("Number", Width::Exact(11), 95),
        Column::words("Payer", Width::AtLeast(18), 90),
        Column::words("Dated", Width::Whole(7), 60),
        Column::words("Due", Width::Whole(7), 70),
        Column::numbers(main, 10, 88),
        Column::words("Status", Width::Exact(17), 85),
        Column::numbers(beside, 10, 30),
        Column::words("Kind", Width::Exact(13), 20),
    ];
    let (title, usual) = match filter.sort {
        InvoiceSort::Due => ("Due", 'v'),
        InvoiceSort::Number => ("Number", '^'),
        InvoiceSort::Amount => ("Total", '^'),
        InvoiceSort::Customer => ("Payer", 'v'),
    };
    let turned = if usual == 'v' { '^' } else { 'v' };
    for column in columns.iter_mut().filter(|column| column.title == title) {
        column.order = Some(if filter.reverse { turned } else { usual });
    }
    columns
}
