//! Invoices and their lines.

use rust_decimal::Decimal;

use crate::domain::status::InvoiceState;
use crate::services::reads::{InvoiceLine, InvoiceRow};
use crate::shown::cell::Cell;
use crate::shown::column::{Column, Listed, Place, Side, Width, at};
use crate::shown::standing::{self, Seen};

type Invoice = Column<InvoiceRow>;
type Line = Column<InvoiceLine>;

impl Listed for InvoiceRow {
    const ONE: &'static str = "invoice";
    const COLUMNS: &'static [Column<Self>] = &[
        Invoice::new("id", |row, _| row.id.into()),
        Invoice::new("number", |row, _| row.number.as_deref().into())
            .table("NUMBER", Side::Code)
            .said(|row, _| row.number.clone().unwrap_or_else(|| "draft".to_owned()))
            .words("Number", Width::Exact(11))
            .seen(|row, _| number(row).into())
            .falling("number"),
        Invoice::new("kind", |row, _| Cell::Word(row.kind.code(), row.kind.word())).words("Kind", Width::Exact(13)),
        Invoice::new("customer", |row, _| row.customer_id.into()),
        Invoice::new("group", |row, _| row.group_id.into()),
        Invoice::new("payer_name", |row, _| (&row.payer_name).into())
            .table("PAYER", Side::Left)
            .words("Payer", Width::AtLeast(18))
            .rising("customer"),
        Invoice::new("issued_on", |row, _| row.invoiced_on.into())
            .table("DATED", Side::Code)
            .words("Dated", Width::Whole(7))
            .seen(|row, view| {
                let is_dated = matches!(row.state, InvoiceState::Issued | InvoiceState::Void);
                if is_dated { view.short_day(row.invoiced_on) } else { String::new() }.into()
            }),
        Invoice::new("due_on", |row, _| row.due_on.into())
            .table("DUE", Side::Code)
            .words("Due", Width::Whole(7))
            .seen(|row, view| Seen::late(view.short_day(row.due_on), row.overdue_days(view.today).is_some()))
            .rising("due"),
        Invoice::new("overdue_days", |row, view| row.overdue_days(view.today).into()),
        Invoice::new("total", |row, _| row.total.into())
            .table("TOTAL", Side::Right)
            .numbers("Total", 10)
            .falling("amount"),
        Invoice::new("paid", |row, _| row.paid().into()),
        Invoice::new("credited", |row, _| row.credited.into()),
        Invoice::new("written_off", |row, _| row.written_off.into()),
        Invoice::new("open", |row, _| row.open.into()).table("OPEN", Side::Right).bare().numbers("Open", 10),
        Invoice::new("currency", |row, _| row.total.currency().code().into()),
        Invoice::new("status", |row, view| {
            let status = row.status(view.today);
            Cell::Word(status.code(), status.word())
        })
        .table("STATUS", Side::Code)
        .words("Status", Width::Exact(17))
        .seen(standing::invoice),
    ];
}

/// What an invoice is called: its number, or that it has none yet.
pub fn number(row: &InvoiceRow) -> String {
    row.number.clone().unwrap_or_else(|| format!("draft {}", row.id))
}

/// The list while it is about what is open: that is the main amount.
pub const OPEN: &[Place] = &[
    at("number", 95),
    at("payer_name", 90),
    at("issued_on", 60),
    at("due_on", 70),
    at("open", 88),
    at("status", 85),
    at("total", 30),
    at("kind", 20),
];

/// The list of others: what was invoiced is the main amount.
pub const ALL: &[Place] = &[
    at("number", 95),
    at("payer_name", 90),
    at("issued_on", 60),
    at("due_on", 70),
    at("total", 88),
    at("status", 85),
    at("open", 30),
    at("kind", 20),
];

impl Listed for InvoiceLine {
    const ONE: &'static str = "line";
    const COLUMNS: &'static [Column<Self>] = &[
        Line::new("line", |row, _| row.line.into()),
        Line::new("payment", |row, _| row.payment.id.into()),
        Line::new("customer", |row, _| row.payment.customer_id.into()),
        Line::new("customer_name", |row, _| (&row.payment.customer_name).into()),
        Line::new("subscription", |row, _| row.payment.subscription_id.into()),
        Line::new("text", |row, _| (&row.payment.text).into()).table("WHAT FOR", Side::Left),
        Line::new("period_start", |row, _| row.payment.period.map(|period| period.0).into()),
        Line::new("period_end", |row, _| row.payment.period.map(|period| period.1).into()),
        Line::new("quantity", |row, _| Cell::Plain(Decimal::new(row.quantity_milli, 3).normalize().to_string()))
            .table("QUANTITY", Side::Right),
        Line::new("unit_price", |row, _| row.unit.into()).table("PRICE", Side::Right).bare(),
        Line::new("net", |row, _| row.net.into()).table("NET", Side::Right).bare(),
        Line::new("tax_rate", |row, _| Cell::Percent(row.tax_ppm)).table("TAX %", Side::Right),
        Line::new("tax", |row, _| row.tax.into()),
        Line::new("gross", |row, _| row.payment.amount.into()).table("GROSS", Side::Right).bare(),
        Line::new("open", |row, _| row.payment.open.into()).table("OPEN", Side::Right).bare(),
        Line::new("status", |row, _| Cell::Word(row.payment.standing().code(), row.payment.standing().word())),
    ];
}
