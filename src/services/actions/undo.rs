//! Undo: what an Action wrote is taken back by new rows, never by deleting.

use serde_json::json;

use crate::domain::id::{ActivityId, ReceiptId};
use crate::domain::status::{PaymentStatus, ReceiptState};
use crate::services::actions::{deposit, stock, subscription};
use crate::services::done::{Done, Outcome, Touched};
use crate::services::refusal::{OrUnknown, Refusal, Result};
use crate::services::work::{Entry, Work};
use crate::store::activity::{self, Activity};
use crate::store::awaited;
use crate::store::payment_change::{self, Change, NewChange};
use crate::store::receipt::{self, NewAllocation};

/// Takes back the newest Action of this operator, or the one named. Where the newest cannot be taken back nothing is:
/// an older one, of which nobody thinks at that moment, is only taken back by its number.
pub(in crate::services) fn undo(work: &Work, which: Option<ActivityId>) -> Result<Done> {
    let found = match which {
        Some(id) => activity::by_id(work.db, id)?.or_unknown("activity", id)?,
        None => match activity::newest_done(work.db, work.operator())? {
            Some(found) if found.action != "set_up" => found,
            _ => return Err(Refusal::new("nothing_to_undo", "there is nothing of yours to take back").into()),
        },
    };
    refuse_settled(work, &found, which.is_none())?;
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
        action if subscription::is_change(action) => {
            let said = subscription::undo::take_back(work, &found, row)?;
            take_back_changes(work, &found, row)?;
            said
        }
        action if stock::is_change(action) => stock::take_back(work, &found)?,
        "close_deposit" => deposit::take_back(work, &found, row)?,
        _ => take_back_changes(work, &found, row)?,
    };
    let touched = [Touched::Money, Touched::Customers, Touched::Orders, Touched::Catalogue];
    Ok(Done::new(said, Outcome::Undone(found.id), &touched))
}

fn refuse_settled(work: &Work, found: &Activity, is_newest: bool) -> Result<()> {
    let what = found.action.replace('_', " ");
    if !found.is_undoable {
        let why = why_not(&found.action);
        let message = if is_newest {
            format!(
                "the newest you did, “{what}” (activity {}), cannot be taken back: {why}. Nothing was taken back; \
                 an older step is, by its number",
                found.id
            )
        } else {
            format!("“{what}” cannot be taken back: {why}")
        };
        return Err(Refusal::new("not_undoable", message).into());
    }
    if activity::undone_by(work.db, found.id)?.is_some() {
        return Err(Refusal::new("undone_already", format!("“{what}” was taken back already")).into());
    }
    Ok(())
}

/// Why an Action of this kind is not taken back, and what helps instead.
fn why_not(action: &str) -> &'static str {
    match action {
        "void_invoice" => "a void invoice stays void, a new one takes its place",
        "new_invoice" | "invoice_group" | "add_confirmed_order" | "confirm_order" | "leave_group" => {
            "what was issued is taken back by voiding its invoice"
        }
        "fail_payment" | "reopen_payment" => "money on its way that did not come is entered anew when it comes",
        "undo" => "enter again what was taken back",
        action if action.starts_with("pass") => "the pass only makes what is due, and an invoice is taken back by void",
        action if action.starts_with("cancel") => "what is cancelled is entered anew",
        _ => "change it where it was entered",
    }
}

/// The receipts of an Action are reversed: each allocation by its opposite, dated today.
fn take_back_receipts(work: &Work, found: &Activity, row: ActivityId) -> Result<String> {
    let mut numbers = Vec::new();
    for (id, number, state, refunded) in receipt::of_activity(work.db, found.id)? {
        if !matches!(state, ReceiptState::Pending | ReceiptState::Cleared) {
            let message = format!("receipt {number} is {} already", state.word().to_lowercase());
            return Err(Refusal::new("undone_already", message).into());
        }
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
        if state == ReceiptState::Pending {
            no_longer_awaited(work, id, row)?;
        }
        numbers.push(number);
    }
    Ok(format!("Receipt {} is taken back; what it paid is open again.", numbers.join(", ")))
}

/// What this receipt was meant for is on its way no more, unless other money is or a person said that it is.
fn no_longer_awaited(work: &Work, id: ReceiptId, row: ActivityId) -> Result<()> {
    for payment in awaited::meant_for(work.db, id)? {
        let Some(change) = payment_change::newest_standing(work.db, payment)? else { continue };
        let by_money = change.to == PaymentStatus::Processing && awaited::wrote_receipt(work.db, change.activity)?;
        if !by_money || !awaited::awaited(work.db, payment)?.is_empty() {
            continue;
        }
        let owed = receipt::owed(work.db, payment)?.or_unknown("payment", payment)?;
        reverse(work, &change, owed.status, row)?;
    }
    Ok(())
}

/// Takes one status change back, where the payment still is what it made it.
fn reverse(work: &Work, change: &Change, is: PaymentStatus, row: ActivityId) -> Result<()> {
    if is != change.to {
        let message = format!("payment P-{} moved on since: take that back first", change.payment);
        return Err(Refusal::new("depended_on", message).into());
    }
    let back = NewChange {
        payment: change.payment,
        from: change.to,
        to: change.from,
        on: work.today,
        reason: "",
        reverses: Some(change.id),
        activity: row,
    };
    Ok(payment_change::change(work.db, &back)?)
}

/// The status changes of an Action are reversed, newest first.
fn take_back_changes(work: &Work, found: &Activity, row: ActivityId) -> Result<String> {
    let mut payments = Vec::new();
    for change in payment_change::changes_of(work.db, found.id)? {
        let (payment, from) = (change.payment, change.from);
        let owed = receipt::owed(work.db, payment)?.or_unknown("payment", payment)?;
        reverse(work, &change, owed.status, row)?;
        if change.to == PaymentStatus::Failed {
            payment_change::count_attempt(work.db, payment, -1)?;
        }
        payments.push(format!("P-{payment} is {} again", from.word().to_lowercase()));
    }
    payments.dedup();
    Ok(format!("{}.", payments.last().cloned().unwrap_or_else(|| "Nothing was left to take back".to_owned())))
}
