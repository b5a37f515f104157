//! The money box of a payment or invoice.

use serde_json::{Value, json};

use super::amount;
use crate::services::reads::{MoneyKind, MoneyLine};

/// A line of the money box.
#[must_use]
pub fn json(line: &MoneyLine) -> Value {
    let kind = match line.kind {
        MoneyKind::Receipt => "receipt",
        MoneyKind::CreditNote => "credit_note",
        MoneyKind::WriteOff => "write_off",
        MoneyKind::Refund => "refund",
    };
    json!({
        "on": line.on,
        "kind": kind,
        "reversal": line.is_reversal,
        "amount": amount(line.amount),
        "open_after": amount(line.open_after),
        "number": line.number,
        "method": line.method.map(crate::domain::method::Method::code),
        "reference": line.reference,
        "reason": line.reason,
        "activity": line.activity_id,
    })
}
