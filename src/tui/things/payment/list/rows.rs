//! The rows of the list: payments, and periods still to come.

use super::super::deeds::number;
use crate::domain::id::{PaymentId, SubscriptionId};
use crate::domain::money::Money;
use crate::shown::columns::payment::{ALL, OPEN, PAID, UPCOMING};
use crate::shown::view::View;
use crate::tui::desk::reads::{
    self, Cursor, Page, PaymentFilter, PaymentRow, PaymentSort, PaymentView, Slice, UpcomingFilter, UpcomingRow,
};
use crate::tui::desk::{Desk, DeskError};
use crate::tui::widgets::table::{Column, Place, Row, listed};

/// What a row stands for.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Key {
    /// A payment.
    Payment(PaymentId),
    /// The next period of a subscription.
    Upcoming(SubscriptionId, u32),
}

impl Key {
    /// The payment, if it is one.
    pub const fn payment(self) -> Option<PaymentId> {
        match self {
            Self::Payment(id) => Some(id),
            Self::Upcoming(..) => None,
        }
    }
}

/// One row as it was read.
#[expect(clippy::large_enum_variant, reason = "a page holds fifty of them, and nearly all are payments")]
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Line {
    /// A payment.
    Payment(PaymentRow),
    /// A period still to come.
    Upcoming(UpcomingRow),
}

impl Line {
    /// What it stands for.
    pub const fn key(&self) -> Key {
        match self {
            Self::Payment(row) => Key::Payment(row.id),
            Self::Upcoming(row) => Key::Upcoming(row.subscription_id, row.period_index),
        }
    }

    /// The payment, if it is one.
    pub const fn payment(&self) -> Option<&PaymentRow> {
        match self {
            Self::Payment(row) => Some(row),
            Self::Upcoming(_) => None,
        }
    }

    /// Its place in the list.
    pub fn cursor(&self, sort: PaymentSort) -> Cursor {
        match self {
            Self::Payment(row) => row.cursor(sort),
            Self::Upcoming(row) => row.cursor(),
        }
    }

    /// What marking it adds: the main amount of the view, so that a sum is of one thing: what is open, or what was owed.
    pub const fn worth(&self, view: PaymentView) -> Money {
        match self {
            Self::Payment(row) if matches!(view, PaymentView::Paid | PaymentView::All) => row.amount,
            Self::Payment(row) => row.open,
            Self::Upcoming(row) => row.amount,
        }
    }

    /// The title of its details.
    pub fn title(&self) -> String {
        match self {
            Self::Payment(row) => format!("{}  {}", number(row), row.customer_name),
            Self::Upcoming(row) => format!("{}  {}", row.subscription_id.shown(), row.customer_name),
        }
    }

    /// As the table shows it.
    pub fn row(&self, view: PaymentView, look: View) -> Row<Key> {
        let cells = match self {
            Self::Payment(row) => listed::cells(row, places(view), look),
            Self::Upcoming(row) => listed::cells(row, UPCOMING, look),
        };
        Row { key: self.key(), cells, worth: Some(self.worth(view)) }
    }
}

/// How the columns stand in a view.
const fn places(view: PaymentView) -> &'static [Place] {
    match view {
        PaymentView::Paid => PAID,
        PaymentView::Upcoming => UPCOMING,
        PaymentView::All => ALL,
        _ => OPEN,
    }
}

/// The columns of a view, with the mark of the order. Periods still to come stand by their day, whatever was asked for.
pub fn columns(filter: &PaymentFilter) -> Vec<Column> {
    let places = places(filter.view);
    match filter.view {
        PaymentView::Upcoming => listed::columns::<UpcomingRow>(places, Some(("due", filter.reverse))),
        _ => listed::columns::<PaymentRow>(places, Some((filter.sort.code(), filter.reverse))),
    }
}

/// The code of the order a column stands for.
pub fn sort_of(head: &str, view: PaymentView) -> Option<&'static str> {
    if view == PaymentView::Upcoming { None } else { listed::sort_of::<PaymentRow>(head, places(view)) }
}

/// One page of the list.
pub fn read(desk: &Desk, filter: &PaymentFilter, page: &Page) -> Result<Slice<Line>, DeskError> {
    if filter.view == PaymentView::Upcoming {
        let slice = desk.read(|db| reads::upcoming(db, &to_come(filter), page, desk.today()))?;
        return Ok(lines(slice, Line::Upcoming));
    }
    let slice = desk.read(|db| reads::payments(db, filter, page, desk.today()))?;
    Ok(lines(slice, Line::Payment))
}

/// What of the filter narrows periods still to come: whose they are, and when they start.
fn to_come(filter: &PaymentFilter) -> UpcomingFilter {
    let PaymentFilter { query, customer, segment, group, due, reverse, .. } = filter.clone();
    UpcomingFilter { query, customer, segment, group, starts: due, reverse }
}

fn lines<T>(slice: Slice<T>, line: fn(T) -> Line) -> Slice<Line> {
    let Slice { rows, more_before, more_after, totals } = slice;
    Slice { rows: rows.into_iter().map(line).collect(), more_before, more_after, totals }
}
