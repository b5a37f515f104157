//! The rows of the list: payments, and periods still to come.

use chrono::NaiveDate;

use super::super::deeds::number;
use crate::domain::format::Style;
use crate::domain::id::{PaymentId, SubscriptionId};
use crate::domain::money::Money;
use crate::tui::desk::reads::{
    self, Cursor, Page, PaymentFilter, PaymentRow, PaymentSort, PaymentView, Slice, UpcomingFilter, UpcomingRow,
};
use crate::tui::desk::{Desk, DeskError};
use crate::tui::theme::Ink;
use crate::tui::widgets::table::{Cell, Column, Row, Width};
use crate::tui::words;

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
    pub fn row(&self, (view, today, style): (PaymentView, NaiveDate, Style)) -> Row<Key> {
        let cells = match self {
            Self::Payment(row) => payment_cells(row, view, today, style),
            Self::Upcoming(row) => upcoming_cells(row, today, style),
        };
        Row { key: self.key(), cells, worth: Some(self.worth(view)) }
    }
}

fn payment_cells(row: &PaymentRow, view: PaymentView, today: NaiveDate, style: Style) -> Vec<Cell> {
    let is_late = row.overdue_days(today).is_some();
    let paid = row.paid_on.map(|on| words::day(on, today, style)).unwrap_or_default();
    let method = row.method.map(|method| method.word().to_owned()).unwrap_or_default();
    let invoice =
        row.invoice_number.clone().unwrap_or_else(|| if row.invoice_id.is_some() { "draft" } else { "" }.to_owned());
    let subscription = row.subscription_id.map(SubscriptionId::shown).unwrap_or_default();
    let due = Cell::new(words::day(row.due_on, today, style), words::open_ink(is_late));
    let status = words::payment_status(row, today, style);
    let (amount, open) = (style.amount(row.amount), style.amount(row.open));
    match view {
        PaymentView::Paid => vec![
            paid.into(),
            row.customer_name.clone().into(),
            subscription.into(),
            invoice.into(),
            amount.into(),
            method.into(),
            words::day(row.due_on, today, style).into(),
            status,
        ],
        _ => vec![
            due,
            row.customer_name.clone().into(),
            subscription.into(),
            invoice.into(),
            if view == PaymentView::All { amount.clone() } else { open.clone() }.into(),
            status,
            if view == PaymentView::All { open } else { amount }.into(),
            method.into(),
            row.text.clone().into(),
        ],
    }
}

fn upcoming_cells(row: &UpcomingRow, today: NaiveDate, style: Style) -> Vec<Cell> {
    let last = row.period.1.pred_opt().unwrap_or(row.period.1);
    vec![
        words::day(row.period.0, today, style).into(),
        row.customer_name.clone().into(),
        row.subscription_id.shown().into(),
        format!("to {}", words::day(last, today, style)).into(),
        style.amount(row.amount).into(),
        Cell::new(row.product.clone(), Ink::Dim),
    ]
}

/// The columns of a view.
pub fn columns(view: PaymentView) -> Vec<Column> {
    let customer = Column::words("Customer", Width::AtLeast(16), 90);
    let subscription = Column::words("Subscr.", Width::Exact(8), 40);
    let invoice = Column::words("Invoice", Width::Exact(10), 70);
    let status = Column::words("Status", Width::Exact(17), 85);
    let method = Column::words("Method", Width::Exact(13), 20);
    match view {
        PaymentView::Paid => vec![
            Column::words("Paid", Width::Whole(6), 95),
            customer,
            subscription,
            invoice,
            Column::numbers("Amount", 11, 88),
            Column { priority: 60, ..method },
            Column::words("Due", Width::Whole(7), 55),
            Column { priority: 25, ..status },
        ],
        PaymentView::Upcoming => vec![
            Column::words("From", Width::Whole(7), 95),
            customer,
            subscription,
            Column::words("Until", Width::Whole(10), 70),
            Column::numbers("Amount", 11, 88),
            Column::words("What", Width::AtLeast(16), 60),
        ],
        _ => {
            let (main, beside) = if view == PaymentView::All { ("Amount", "Open") } else { ("Open", "Amount") };
            vec![
                Column::words("Due", Width::Whole(7), 95),
                customer,
                subscription,
                invoice,
                Column::numbers(main, 10, 88),
                status,
                Column::numbers(beside, 10, 30),
                method,
                Column::words("What", Width::AtLeast(20), 10),
            ]
        }
    }
}

/// The code of the order a column stands for.
pub fn sort_of(head: &str, view: PaymentView) -> Option<&'static str> {
    match head {
        _ if view == PaymentView::Upcoming => None,
        "Due" => Some("due"),
        "Amount" => Some("amount"),
        "Customer" => Some("customer"),
        "Status" => Some("status"),
        "Paid" => Some("paid"),
        _ => None,
    }
}

/// Shows at its head by which column the rows are ordered.
pub fn mark_order(columns: &mut [Column], filter: &PaymentFilter) {
    let (title, usual) = match filter.sort {
        // Periods still to come stand by their day, whatever was asked for.
        _ if filter.view == PaymentView::Upcoming => ("From", 'v'),
        PaymentSort::Due => ("Due", 'v'),
        PaymentSort::Amount => ("Amount", '^'),
        PaymentSort::Customer => ("Customer", 'v'),
        PaymentSort::Status => ("Status", 'v'),
        PaymentSort::Paid => ("Paid", '^'),
    };
    let turned = if usual == 'v' { '^' } else { 'v' };
    for column in columns {
        let here = column.title == title;
        column.order = here.then_some(if filter.reverse { turned } else { usual });
    }
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
