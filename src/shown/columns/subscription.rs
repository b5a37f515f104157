//! Subscriptions and their schedules.

use crate::domain::status::PaymentStatus;
use crate::services::reads::{ScheduleLine, SubscriptionRow};
use crate::shown::cell::Cell;
use crate::shown::column::{Column, Listed, Place, Side, Width, at};
use crate::shown::standing;

type Subscription = Column<SubscriptionRow>;
type Line = Column<ScheduleLine>;

impl Listed for SubscriptionRow {
    const ONE: &'static str = "subscription";
    const COLUMNS: &'static [Column<Self>] = &[
        Subscription::new("id", |row, _| row.id.into())
            .table("ID", Side::Right)
            .words("Number", Width::Exact(8))
            .seen(|row, _| row.id.shown().into())
            .falling("number"),
        Subscription::new("order", |row, _| row.order_id.into()),
        Subscription::new("customer", |row, _| row.customer_id.into()),
        Subscription::new("customer_name", |row, _| (&row.customer_name).into())
            .table("CUSTOMER", Side::Left)
            .words("Customer", Width::AtLeast(16)),
        Subscription::new("variant_id", |row, _| row.variant_id.into()),
        Subscription::new("product", |row, _| (&row.product).into())
            .table("PRODUCT", Side::Left)
            .words("What", Width::AtLeast(16)),
        Subscription::new("asset", |row, _| row.asset_id.into()),
        Subscription::new("serial", |row, _| row.serial.as_deref().into())
            .table("SERIAL", Side::Code)
            .words("Serial no.", Width::AtLeast(10)),
        Subscription::new("price", |row, _| row.price.into()).table("PRICE", Side::Right).numbers("Price/mo", 9),
        Subscription::new("currency", |row, _| row.price.currency().code().into()),
        Subscription::new("every", |row, _| Cell::Word(row.frequency.code(), row.frequency.word()))
            .table("EVERY", Side::Code)
            .said(|row, _| row.frequency.to_string()),
        Subscription::new("start_on", |row, _| row.start_on.into()).table("FROM", Side::Code),
        Subscription::new("end_on", |row, _| row.end_on.into()),
        Subscription::new("last_day", |row, _| row.end_on.pred_opt().into())
            .table("TO", Side::Code)
            .words("Ends", Width::Exact(11))
            .rising("end"),
        Subscription::new("next_payment_on", |row, _| row.next_payment.map(|next| next.on).into()),
        Subscription::told("next_start_on", |row, _| row.next_start_on.into()).words("Next", Width::Exact(11)),
        Subscription::new("status", |row, _| Cell::Word(row.status.code(), row.status.word()))
            .table("STATUS", Side::Code)
            .words("Status", Width::Exact(11))
            .seen(|row, _| standing::subscription(row.status)),
    ];
}

/// The list of subscriptions.
pub const LIST: &[Place] = &[
    at("id", 95),
    at("customer_name", 90),
    at("product", 70),
    at("serial", 40),
    at("price", 60),
    at("last_day", 75),
    at("next_start_on", 30),
    at("status", 85),
];

impl Listed for ScheduleLine {
    const ONE: &'static str = "line";
    const COLUMNS: &'static [Column<Self>] = &[
        Line::new("n", |row, _| (row.index + 1).into()).table("N", Side::Right),
        Line::new("period_start", |row, _| row.start_on.into()).table("FROM", Side::Code),
        Line::new("period_end", |row, _| row.end_on.into()),
        Line::new("last_day", |row, _| row.end_on.pred_opt().into()).table("TO", Side::Code),
        Line::new("due_on", |row, _| row.due_on.into()).table("DUE", Side::Code),
        Line::new("amount", |row, _| row.amount.into()).table("AMOUNT", Side::Right),
        Line::new("open", |row, _| row.open.into()),
        Line::new("payment", |row, _| row.payment_id.into()),
        Line::new("status", |row, _| {
            let status = row.status.map(|status| (PaymentStatus::code(status), status.word()));
            let (code, word) = status.unwrap_or(("upcoming", "Upcoming"));
            Cell::Word(code, word)
        })
        .table("STATUS", Side::Code),
        Line::new("invoice", |row, _| row.invoice_number.as_deref().into()).table("INVOICE", Side::Code),
    ];
}
