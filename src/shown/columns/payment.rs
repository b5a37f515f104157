//! Payments: what is owed; periods still to come.

use crate::domain::format::count;
use crate::domain::id::SubscriptionId;
use crate::domain::method::Method;
use crate::services::reads::{PaymentRow, UpcomingRow};
use crate::shown::cell::Cell;
use crate::shown::column::{Column, Listed, Place, Side, Width, at};
use crate::shown::standing::{self, Seen};
use crate::shown::view::View;

type Payment = Column<PaymentRow>;
type Period = Column<UpcomingRow>;

impl Listed for PaymentRow {
    const ONE: &'static str = "payment";
    const COLUMNS: &'static [Column<Self>] = &[
        Payment::new("id", |row, _| row.id.into()).table("ID", Side::Right),
        Payment::new("kind", |row, _| Cell::Word(row.kind.code(), row.kind.word())),
        Payment::new("customer", |row, _| row.customer_id.into()),
        Payment::new("customer_name", |row, _| (&row.customer_name).into())
            .table("CUSTOMER", Side::Left)
            .words("Customer", Width::AtLeast(16))
            .rising("customer"),
        Payment::new("group", |row, _| row.group_id.into()),
        Payment::new("group_name", |row, _| row.group_name.as_deref().into()),
        Payment::new("subscription", |row, _| row.subscription_id.into())
            .words("Subscr.", Width::Exact(8))
            .seen(|row, _| row.subscription_id.map(SubscriptionId::shown).unwrap_or_default().into()),
        Payment::new("text", |row, _| (&row.text).into())
            .table("WHAT FOR", Side::Left)
            .words("What", Width::AtLeast(20)),
        Payment::new("period_start", |row, _| row.period.map(|period| period.0).into()),
        Payment::new("period_end", |row, _| row.period.map(|period| period.1).into()),
        Payment::new("due_on", |row, _| row.due_on.into())
            .table("DUE", Side::Code)
            .words("Due", Width::Whole(7))
            .seen(|row, view| Seen::late(view.short_day(row.due_on), row.overdue_days(view.today).is_some()))
            .rising("due"),
        Payment::new("overdue_days", |row, view| row.overdue_days(view.today).into()),
        Payment::new("amount", |row, _| row.amount.into())
            .table("AMOUNT", Side::Right)
            .numbers("Amount", 10)
            .falling("amount"),
        Payment::new("open", |row, _| row.open.into()).table("OPEN", Side::Right).bare().numbers("Open", 10),
        Payment::new("paid", |row, _| row.paid.into()),
        Payment::new("refunded", |row, _| row.refunded.into()),
        Payment::new("credited", |row, _| row.credited.into()),
        Payment::new("written_off", |row, _| row.written_off.into()),
        Payment::new("currency", |row, _| row.amount.currency().code().into()),
        Payment::new("status", |row, _| Cell::Word(row.standing().code(), row.standing().word()))
            .table("STATUS", Side::Code)
            .said(told)
            .words("Status", Width::Exact(17))
            .seen(standing::payment)
            .rising("status"),
        Payment::new("method", |row, _| method(row.method)).words("Method", Width::Exact(13)),
        Payment::new("invoice", |row, _| row.invoice_number.as_deref().into())
            .table("INVOICE", Side::Code)
            .words("Invoice", Width::Exact(10))
            .seen(|row, _| {
                let draft = if row.invoice_id.is_some() { "draft" } else { "" };
                row.invoice_number.clone().unwrap_or_else(|| draft.to_owned()).into()
            }),
        Payment::new("paid_on", |row, _| row.paid_on.into()).words("Paid", Width::Whole(6)).falling("paid"),
        Payment::new("attempts", |row, _| row.attempt_count.into()),
        Payment::new("disputed", |row, _| row.is_disputed.into()),
    ];
}

/// The list while it is about what is open: that is the main amount.
pub const OPEN: &[Place] = &[
    at("due_on", 95),
    at("customer_name", 90),
    at("subscription", 40),
    at("invoice", 70),
    at("open", 88),
    at("status", 85),
    at("amount", 30),
    at("method", 20),
    at("text", 10),
];

/// The list of all: what was owed is the main amount.
pub const ALL: &[Place] = &[
    at("due_on", 95),
    at("customer_name", 90),
    at("subscription", 40),
    at("invoice", 70),
    at("amount", 88),
    at("status", 85),
    at("open", 30),
    at("method", 20),
    at("text", 10),
];

/// The list of what is paid.
pub const PAID: &[Place] = &[
    at("paid_on", 95),
    at("customer_name", 90),
    at("subscription", 40),
    at("invoice", 70),
    at("amount", 88).cells(11),
    at("method", 60),
    at("due_on", 55),
    at("status", 25),
];

impl Listed for UpcomingRow {
    const ONE: &'static str = "period";
    const COLUMNS: &'static [Column<Self>] = &[
        Period::new("id", |_, _| Cell::Nothing),
        Period::new("kind", |_, _| Cell::Word("period", "Period")),
        Period::new("status", |_, _| Cell::Word("upcoming", "Upcoming")),
        Period::new("subscription", |row, _| row.subscription_id.into())
            .table("SUBSCRIPTION", Side::Right)
            .words("Subscr.", Width::Exact(8))
            .seen(|row, _| row.subscription_id.shown().into()),
        Period::new("customer", |row, _| row.customer_id.into()),
        Period::new("customer_name", |row, _| (&row.customer_name).into())
            .table("CUSTOMER", Side::Left)
            .words("Customer", Width::AtLeast(16)),
        Period::new("text", |row, _| (&row.product).into())
            .table("WHAT FOR", Side::Left)
            .words("What", Width::AtLeast(16))
            .seen(|row, _| Seen::new(&row.product, standing::Tone::Dim)),
        Period::new("n", |row, _| (row.period_index + 1).into()),
        Period::new("period_start", |row, _| row.period.0.into())
            .table("FROM", Side::Code)
            .words("From", Width::Whole(7))
            .rising("due"),
        Period::new("period_end", |row, _| row.period.1.into()),
        Period::told("last_day", |row, _| row.period.1.pred_opt().into())
            .words("Until", Width::Whole(10))
            .seen(|row, view| format!("to {}", view.short_day(row.period.1.pred_opt().unwrap_or(row.period.1))).into()),
        Period::new("due_on", |row, _| row.period.0.into()),
        Period::new("amount", |row, _| row.amount.into()).table("AMOUNT", Side::Right).numbers("Amount", 11),
        Period::new("open", |row, _| row.amount.into()),
        Period::new("currency", |row, _| row.amount.currency().code().into()),
        Period::new("method", |_, _| Cell::Nothing),
        Period::new("invoice", |_, _| Cell::Nothing),
        Period::new("paid_on", |_, _| Cell::Nothing),
    ];
}

/// The list of periods still to come.
pub const UPCOMING: &[Place] = &[
    at("period_start", 95),
    at("customer_name", 90),
    at("subscription", 40),
    at("last_day", 70),
    at("amount", 88),
    at("text", 60),
];

fn told(row: &PaymentRow, view: View) -> String {
    match row.overdue_days(view.today) {
        Some(days) => format!("{} {} late", row.status.word(), count(days, "day")),
        None => row.standing().word().to_owned(),
    }
}

fn method(method: Option<Method>) -> Cell {
    method.map_or(Cell::Nothing, |method| Cell::Word(method.code(), method.word()))
}
