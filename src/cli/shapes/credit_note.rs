//! Credit notes: documents like invoices, found by their own numbers.

use serde_json::{Value, json};

use super::{amount, rate};
use crate::domain::money::Money;
use crate::services::reads::{CreditNote, NoteLine};
use crate::shown::view::View;

/// One line as JSON.
pub fn line(note: &CreditNote, line: &NoteLine) -> Value {
    let money = |minor| amount(Money::new(minor, note.currency));
    json!({
        "text": line.text,
        "net": money(line.part.net),
        "tax_rate": rate(i64::from(line.tax.ppm())),
        "tax": money(line.part.tax),
        "gross": money(line.part.gross()),
    })
}

/// Its head for people.
pub fn fields(note: &CreditNote, view: View) -> Vec<(&'static str, String)> {
    vec![
        ("Credit note", note.number.clone()),
        ("Status", if note.is_taken_back { "Taken back" } else { "Issued" }.to_owned()),
        ("Invoice", note.invoice_number.clone()),
        ("Payer", note.payer_name.clone()),
        ("Dated", view.day(note.issued_on)),
        ("Total", view.money(Money::new(note.total.gross(), note.currency))),
        ("Reason", note.reason.clone()),
    ]
}
