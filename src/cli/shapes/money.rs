//! The money box of a payment or invoice.

use serde_json::{Value, json};

use super::amount;
use crate::services::reads::{AttemptRow, Dispute, MoneyKind, MoneyLine};

/// A line of the money box.
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

/// A try to charge.
pub fn attempt(row: &AttemptRow) -> Value {
    json!({
        "on": row.attempted_on,
        "amount": amount(row.amount),
        "status": row.state.code(),
        "reason": row.decline_reason,
        "text": row.decline_text,
        "reference": row.processor_reference,
    })
}

/// A dispute.
pub fn dispute(row: &Dispute) -> Value {
    json!({ "opened_on": row.opened_on, "reason": row.reason, "closed_on": row.closed_on, "outcome": row.outcome })
}
