//! Credit notes: documents like invoices, found by their own numbers.

use serde_json::{Value, json};

use super::{amount, rate};
use crate::cli::list::{Shown, View};
use crate::cli::table::{Column, Side};
use crate::domain::money::Money;
use crate::services::reads::{CreditNote, NoteLine};

/// What its status says: one that was taken back credits nothing.
fn status(note: &CreditNote) -> (&'static str, &'static str) {
    if note.is_taken_back { ("taken_back", "Taken back") } else { ("issued", "Issued") }
}

impl Shown for CreditNote {
    const COLUMNS: &'static [Column] = &[
        ("NUMBER", Side::Code),
        ("INVOICE", Side::Code),
        ("PAYER", Side::Left),
        ("DATED", Side::Code),
        ("TOTAL", Side::Right),
        ("STATUS", Side::Code),
        ("REASON", Side::Left),
    ];

    fn json(&self, _view: View) -> Value {
        let money = |minor| amount(Money::new(minor, self.currency));
        json!({
            "id": self.id,
            "number": self.number,
            "kind": "credit_note",
            "status": status(self).0,
            "invoice": self.invoice_number,
            "payer_name": self.payer_name,
            "issued_on": self.issued_on,
            "reason": self.reason,
            "subtotal": money(self.total.net),
            "tax": money(self.total.tax),
            "total": money(self.total.gross()),
            "currency": self.currency.code(),
        })
    }

    fn cells(&self, view: View) -> Vec<String> {
        vec![
            self.number.clone(),
            self.invoice_number.clone(),
            self.payer_name.clone(),
            view.day(self.issued_on),
            view.money(Money::new(self.total.gross(), self.currency)),
            status(self).1.to_owned(),
            self.reason.clone(),
        ]
    }
}

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
        ("Status", status(note).1.to_owned()),
        ("Invoice", note.invoice_number.clone()),
        ("Payer", note.payer_name.clone()),
        ("Dated", view.day(note.issued_on)),
        ("Total", view.money(Money::new(note.total.gross(), note.currency))),
        ("Reason", note.reason.clone()),
    ]
}
