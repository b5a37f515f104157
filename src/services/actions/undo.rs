//! Undo: what an Action wrote is taken back by new rows, never by deleting.

use serde_json::json;

use crate::domain::id::ActivityId;
use crate::domain::status::{PaymentStatus, ReceiptState};
use crate::services::done::{Done, Outcome, Touched};
use crate::services::refusal::{OrUnknown, Refusal, Result};
use crate::services::work::{Entry, Work};
use crate::store::activity::{self, Activity};
use crate::store::outbox;
use crate::store::payment_change::{self, NewChange};
use crate::store::receipt::{self, NewAllocation};

/// Takes back the newest Action of this operator, or the one named.
pub(in crate::services) fn undo(work: &Work, which: Option<ActivityId>) -> Result<Done> {
    let found = match which {
        Some(id) => activity::by_id(work.db, id)?.or_unknown("activity", id)?,
        None => match activity::newest_undoable(work.db, work.operator())? {
            Some(found) => found,
            None => return Err(Refusal::new("nothing_to_undo", "there is nothing of yours to take back").into()),
        },
    };
    refuse_settled(work, &found)?;
    let row = work.log(&Entry {
        action: "undo",
        customer: found.customer,
        subject: found.subject.clone(),
        details: json!({ "undoes": found.id, "action": found.action }),
        undoes: Some(found.id),
        ..Entry::default()
    })?;
    let said = match found.action.as_str() {
        "receive" => take_back_receipts(work, &found, row)?,
        "send_invoices" => take_back_messages(work, &found)?,
        _ => take_back_changes(work, &found, row)?,
    };
    Ok(Done::new(said, Outcome::Undone(found.id), &[Touched::Money, Touched::Customers]))
}

fn refuse_settled(work: &Work, found: &Activity) -> Result<()> {
    let what = found.action.replace('_', " ");
    if !found.is_undoable {
        let message = match found.action.as_str() {
            "pass" => "what the pass made is not taken back: void the invoice instead".to_owned(),
            _ => format!("“{what}” cannot be taken back"),
        };
        return Err(Refusal::new("not_undoable", message).into());
    }
    if activity::undone_by(work.db, found.id)?.is_some() {
        return Err(Refusal::new("undone_already", format!("“{what}” was taken back already")).into());
    }
    Ok(())
}

/// The receipts of an Action are reversed: each allocation by its opposite, dated today.
fn take_back_receipts(work: &Work, found: &Activity, row: ActivityId) -> Result<String> {
    let mut numbers = Vec::new();
    for (id, number, state, refunded) in receipt::of_activity(work.db, found.id)? {
        if refunded > 0 {
            let message = format!("money of receipt {number} was refunded since: take that back first");
            return Err(Refusal::new("depended_on", message).into());
        }
        for standing in receipt::standing(work.db, id)? {
            if standing.activity != found.id {
                let message = format!("credit of receipt {number} was used since: take that back first");
                return Err(Refusal::new("depended_on", message).into());
            }
            let owed = receipt::owed(work.db, standing.payment)?.or_unknown("payment", standing.payment)?;
            let reversal = NewAllocation {
                receipt: id,
                payment: &owed,
                amount_minor: -standing.amount_minor,
                allocated_on: work.today,
                before: owed.status,
                after: match owed.status {
                    // Open again, as it was before the money that made it paid, which need not be this receipt's.
                    PaymentStatus::Paid => receipt::status_before_paid(work.db, owed.id)?.unwrap_or(standing.before),
                    since => since,
                },
                reverses: Some(standing.id),
                activity: row,
            };
            receipt::allocate(work.db, &reversal)?;
        }
        let to = if state == ReceiptState::Pending { ReceiptState::Failed } else { ReceiptState::Reversed };
        receipt::set_state(work.db, id, to)?;
        numbers.push(number);
    }
    take_back_changes(work, found, row)?;
    Ok(format!("Receipt {} is taken back; what it paid is open again.", numbers.join(", ")))
}

/// Messages nobody has taken up yet are withdrawn.
fn take_back_messages(work: &Work, found: &Activity) -> Result<String> {
    let details: serde_json::Value = serde_json::from_str(&found.details).unwrap_or_default();
    let ids: Vec<i64> =
        details["messages"].as_array().into_iter().flatten().filter_map(serde_json::Value::as_i64).collect();
    for id in &ids {
        if !outbox::cancel(work.db, *id)? {
            return Err(Refusal::new("depended_on", "a message of these has gone out already").into());
        }
    }
    Ok(match ids.len() {
        1 => "The message is withdrawn.".to_owned(),
        many => format!("{many} messages are withdrawn."),
    })
}

/// The status changes of an Action are reversed, newest first.
fn take_back_changes(work: &Work, found: &Activity, row: ActivityId) -> Result<String> {
    let mut payments = Vec::new();
    for (change, payment, from, to) in payment_change::changes_of(work.db, found.id)? {
        let owed = receipt::owed(work.db, payment)?.or_unknown("payment", payment)?;
        if owed.status != to {
            let message = format!("payment P-{payment} moved on since: take that back first");
            return Err(Refusal::new("depended_on", message).into());
        }
        let back = NewChange {
            payment,
            from: to,
            to: from,
            on: work.today,
            reason: "",
            reverses: Some(change),
            activity: row,
        };
        payment_change::change(work.db, &back)?;
        if to == PaymentStatus::Failed {
            payment_change::count_attempt(work.db, payment, -1)?;
        }
        payments.push(format!("P-{payment} is {} again", from.word().to_lowercase()));
    }
    payments.dedup();
    Ok(format!("{}.", payments.last().cloned().unwrap_or_else(|| "Nothing was left to take back".to_owned())))
}
