//! Clearing and bouncing taken back: the money of a check or debit is on its way again, or there again.

use serde_json::Value as Json;

use super::reversing;
use crate::domain::id::{ActivityId, PaymentId, ReceiptId};
use crate::domain::log::Subject;
use crate::domain::status::{AttemptState, PaymentStatus, ReceiptState};
use crate::services::refusal::{OrUnknown, Refusal, Result};
use crate::services::work::Work;
use crate::store::activity::Activity;
use crate::store::receipt;
use crate::store::receipt_page::{self, ReceiptHead};
use crate::store::settlement::{self, NewSettlement, Settled};
use crate::store::{attempt, payment_change};

/// The receipt an Action was about.
fn receipt_of(work: &Work, found: &Activity) -> Result<ReceiptHead> {
    let Subject::Receipt(id) = found.subject else { return Err(found.names_no("receipt").into()) };
    receipt_page::head(work.db, id)?.or_unknown("receipt", id)
}

fn depended_on(message: String) -> crate::services::DeskError {
    Refusal::new("depended_on", message).into()
}

/// The money is on its way again; what it paid is open and waits for it.
pub(super) fn take_back_clear(work: &Work, found: &Activity, row: ActivityId) -> Result<String> {
    let head = receipt_of(work, found)?;
    let (id, number) = (head.id, &head.number);
    if head.state != ReceiptState::Cleared {
        let state = head.state.word().to_lowercase();
        return Err(depended_on(format!("receipt {number} has been {state} since: take that back first")));
    }
    if head.refunded_minor > 0 {
        return Err(depended_on(format!("money of receipt {number} was refunded since: take that back first")));
    }
    if let Some(cleared) = head.cleared_on {
        work.refuse_closed(
            &format!("that receipt {number} cleared"),
            cleared,
            "where the money did not come, say that it bounced",
        )?;
    }
    let applied = settlement::of_activity(work.db, found.id)?;
    let standing = settlement::standing_of_receipt(work.db, id)?;
    if !reversing::stands_as_applied(&applied, id, standing.iter().map(|one| (one.payment, one.amount_minor))) {
        return Err(depended_on(format!("money of receipt {number} moved on since: take that back first")));
    }
    for one in &standing {
        reverse(work, one, &applied, row)?;
    }
    for attempt in attempt::settled_by(work.db, id)? {
        // Where another charge is under way since, the old one stays what it became.
        if attempt::open(work.db, attempt.payment)?.is_none() {
            attempt::send_again(work.db, attempt.id)?;
        }
    }
    receipt_page::unclear(work.db, id)?;
    Ok(format!("Receipt {number} is on its way again; what it paid waits for it."))
}

/// What the receipt settled is open again, and on its way as before it cleared.
fn reverse(work: &Work, one: &Settled, applied: &[Settled], row: ActivityId) -> Result<()> {
    let owed = receipt::owed(work.db, one.payment)?.or_unknown("payment", one.payment)?;
    let cleared = applied.iter().find(|other| other.payment == one.payment).unwrap_or(one);
    // What had failed before a part of it cleared is failed still.
    if owed.status == PaymentStatus::Failed && cleared.after != PaymentStatus::Failed {
        return Err(depended_on(format!("payment P-{} has failed since: take that back first", owed.id)));
    }
    let back = NewSettlement {
        source: one.source,
        payment: &owed,
        amount_minor: -one.amount_minor,
        on: work.today,
        after: if owed.status == PaymentStatus::Processing { owed.status } else { cleared.before },
        reason: "",
        reverses: Some(one.id),
        activity: row,
    };
    Ok(settlement::settle(work.db, &back)?)
}

/// The money did come: it is on its way again, or it pays again what it had paid.
pub(super) fn take_back_bounce(work: &Work, found: &Activity, row: ActivityId) -> Result<String> {
    let head = receipt_of(work, found)?;
    for change in payment_change::changes_of(work.db, found.id)? {
        let owed = receipt::owed(work.db, change.payment)?.or_unknown("payment", change.payment)?;
        reversing::reverse(work, &change, owed.status, row)?;
    }
    let is_there = head.state == ReceiptState::Reversed;
    receipt::set_state(work.db, head.id, if is_there { ReceiptState::Cleared } else { ReceiptState::Pending })?;
    for one in settlement::of_activity(work.db, found.id)? {
        let owed = receipt::owed(work.db, one.payment)?.or_unknown("payment", one.payment)?;
        // Money that is on its way to it since, or paid it, would pay it twice.
        if owed.status != one.after {
            return Err(depended_on(format!("payment P-{} moved on since: take that back first", one.payment)));
        }
        reversing::take_back_settlement(work, &one, row)?;
    }
    for payment in attempts_again(work, found)? {
        payment_change::count_attempt(work.db, payment, -1)?;
    }
    let number = &head.number;
    let becomes = if is_there { "what it had paid is paid again" } else { "it is on its way again" };
    Ok(format!("Receipt {number} did not bounce: {becomes}."))
}

/// Receipts that were said not to have come with a payment are on their way again.
pub(super) fn await_again(work: &Work, details: &Json) -> Result<()> {
    for id in numbers(details, "receipts") {
        receipt::set_state(work.db, ReceiptId(id), ReceiptState::Pending)?;
    }
    for id in numbers(details, "attempts") {
        if attempt::by_id(work.db, id)?.is_some_and(|attempt| attempt.state == AttemptState::Declined) {
            attempt::send_again(work.db, id)?;
        }
    }
    Ok(())
}

/// The payments whose attempt counts no more: one the bounce wrote, or one it ended, which is under way again.
fn attempts_again(work: &Work, found: &Activity) -> Result<Vec<PaymentId>> {
    let mut counted: Vec<PaymentId> =
        attempt::of_activity(work.db, found.id)?.into_iter().map(|attempt| attempt.payment).collect();
    let details: Json = serde_json::from_str(&found.details).unwrap_or_default();
    for id in numbers(&details, "attempts") {
        let known = attempt::by_id(work.db, id)?.or_unknown("attempt", id)?;
        if known.state == AttemptState::Declined {
            attempt::send_again(work.db, id)?;
            counted.push(known.payment);
        }
    }
    Ok(counted)
}

fn numbers(details: &Json, name: &str) -> Vec<i64> {
    let list = details.get(name).and_then(Json::as_array);
    list.map(|list| list.iter().filter_map(Json::as_i64).collect()).unwrap_or_default()
}
