//! Invoices.

use serde_json::{Value, json};

use super::{amount, rate};
use crate::services::reads::InvoicePage;
use crate::shown::column::Listed;
use crate::shown::view::View;

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
