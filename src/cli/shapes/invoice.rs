//! Invoices.

use serde_json::{Value, json};

use super::{amount, rate};
use crate::cli::list::{Shown, View};
use crate::cli::table::{Column, Side};
use crate::services::reads::{InvoiceLine, InvoicePage, InvoiceRow};

impl Shown for InvoiceRow {
    const COLUMNS: &'static [Column] = &[
        ("NUMBER", Side::Code),
        ("PAYER", Side::Left),
        ("DATED", Side::Code),
        ("DUE", Side::Code),
        ("TOTAL", Side::Right),
        ("OPEN", Side::Right),
        ("STATUS", Side::Code),
    ];

    fn json(&self, view: View) -> Value {
        json!({
            "id": self.id,
            "number": self.number,
            "kind": self.kind.code(),
            "status": self.status(view.today).code(),
            "customer": self.customer_id,
            "group": self.group_id,
            "payer_name": self.payer_name,
            "issued_on": self.invoiced_on,
            "due_on": self.due_on,
            "overdue_days": self.overdue_days(view.today),
            "total": amount(self.total),
            "paid": amount(self.paid()),
            "credited": amount(self.credited),
            "written_off": amount(self.written_off),
            "open": amount(self.open),
            "currency": self.total.currency().code(),
        })
    }

    fn cells(&self, view: View) -> Vec<String> {
        vec![
            self.number.clone().unwrap_or_else(|| "draft".to_owned()),
            self.payer_name.clone(),
            view.day(self.invoiced_on),
            view.day(self.due_on),
            view.money(self.total),
            view.style.amount(self.open),
            self.status(view.today).word().to_owned(),
        ]
    }
}

impl Shown for InvoiceLine {
    const COLUMNS: &'static [Column] = &[
        ("WHAT FOR", Side::Left),
        ("QUANTITY", Side::Right),
        ("PRICE", Side::Right),
        ("NET", Side::Right),
        ("TAX %", Side::Right),
        ("GROSS", Side::Right),
        ("OPEN", Side::Right),
    ];

    fn json(&self, view: View) -> Value {
        let payment = self.payment.json(view);
        json!({
            "line": self.line,
            "payment": self.payment.id,
            "customer": self.payment.customer_id,
            "customer_name": self.payment.customer_name,
            "subscription": self.payment.subscription_id,
            "text": self.payment.text,
            "period_start": payment["period_start"],
            "period_end": payment["period_end"],
            "quantity": quantity(self.quantity_milli),
            "unit_price": amount(self.unit),
            "net": amount(self.net),
            "tax_rate": rate(self.tax_ppm),
            "tax": amount(self.tax),
            "gross": amount(self.payment.amount),
            "open": amount(self.payment.open),
            "status": self.payment.standing().code(),
        })
    }

    fn cells(&self, view: View) -> Vec<String> {
        vec![
            self.payment.text.clone(),
            quantity(self.quantity_milli),
            view.style.amount(self.unit),
            view.style.amount(self.net),
            rate(self.tax_ppm),
            view.style.amount(self.payment.amount),
            view.style.amount(self.payment.open),
        ]
    }
}

fn quantity(milli: i64) -> String {
    rust_decimal::Decimal::new(milli, 3).normalize().to_string()
}

/// The page of an invoice as JSON.
pub fn page(page: &InvoicePage, view: View) -> Value {
    let mut json = page.row.json(view);
    let more = json!({
        "payer_name": page.payer_name,
        "payer_address": page.payer_address,
        "payer_tax_number": page.payer_tax_number,
        "subtotal": amount(page.subtotal),
        "tax": amount(page.tax),
        "taxes": page.taxes.iter().map(|sum| json!({
            "tax_rate": rate(sum.tax_ppm),
            "net": amount(sum.net),
            "tax": amount(sum.tax),
        })).collect::<Vec<_>>(),
        "lines": page.lines.iter().map(|line| line.json(view)).collect::<Vec<_>>(),
        "money": page.money.iter().map(super::money::json).collect::<Vec<_>>(),
        "credit_notes": page.credit_notes.iter().map(|note| json!({
            "number": note.number,
            "issued_on": note.issued_on,
            "reason": note.reason,
            "total": amount(note.total),
        })).collect::<Vec<_>>(),
        "overdue_on": page.overdue_on,
        "promised_on": page.promised_on,
    });
    if let (Some(json), Value::Object(more)) = (json.as_object_mut(), more) {
        json.extend(more);
    }
    json
}

/// The head of an invoice for people.
pub fn fields(page: &InvoicePage, view: View) -> Vec<(&'static str, String)> {
    let row = &page.row;
    vec![
        ("Invoice", row.number.clone().unwrap_or_else(|| "draft".to_owned())),
        ("Kind", row.kind.word().to_owned()),
        ("Status", row.status(view.today).word().to_owned()),
        ("Payer", page.payer_name.clone()),
        ("Dated", view.day(row.invoiced_on)),
        ("Due", view.day(row.due_on)),
        ("Subtotal", view.money(page.subtotal)),
        ("Tax", view.money(page.tax)),
        ("Total", view.money(row.total)),
        ("Paid", view.money(row.paid())),
        ("Credited", if row.credited.is_zero() { String::new() } else { view.money(row.credited) }),
        ("Written off", if row.written_off.is_zero() { String::new() } else { view.money(row.written_off) }),
        ("Open", view.money(row.open)),
    ]
}
