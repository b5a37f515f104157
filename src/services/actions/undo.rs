//! Undo: what an Action wrote is taken back by new rows, never by deleting.

use serde_json::{Value as Json, json};

use super::{
    ahead, clearing_undo, customer_undo, deposit, disputing, methods, reversing, sending, stock, subscription, voiding,
};
use crate::domain::id::{ActivityId, PaymentId, ReceiptId};
use crate::domain::status::{AttemptState, PaymentStatus, ReceiptState};
use crate::services::done::{Done, Outcome, Touched};
use crate::services::notices;
use crate::services::refusal::{OrUnknown, Refusal, Result};
use crate::services::work::{Entry, Work};
use crate::store::activity::{self, Activity};
use crate::store::payment_change;
use crate::store::receipt::{self, NewAllocation};
use crate::store::refund::{self, NewRefund};
use crate::store::settlement;
use crate::store::{attempt, awaited, receipt_page};

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
    let said = take_back(work, &found, row)? + &notices::withdraw(work, found.id)?;
    let touched = [Touched::Money, Touched::Customers, Touched::Orders, Touched::Catalogue];
    Ok(Done::new(said, Outcome::Undone(found.id), &touched))
}

/// Takes back whatever the Action wrote, by what it wrote.
fn take_back(work: &Work, found: &Activity, row: ActivityId) -> Result<String> {
    let details: Json = serde_json::from_str(&found.details).unwrap_or_default();
    let number = |name: &str| details.get(name).and_then(Json::as_i64);
    if let Some(said) = customer_undo::take_back(work, found)? {
        return Ok(said);
    }
    if matches!(found.action.as_str(), "cancel_payment" | "waive_payment" | "credit_note") {
        voiding::refuse_days_gone(work, found)?;
    }
    match found.action.as_str() {
        "open_dispute" | "close_dispute" => {
            disputing::take_back(work, &found.action, number("dispute").unwrap_or_default())
        }
        "add_method" | "default_method" | "remove_method" => {
            methods::take_back(work, &found.action, number("method").unwrap_or_default(), number("default_before"))
        }
        action if subscription::is_change(action) => {
            let said = subscription::undo::take_back(work, found, row)?;
            take_back_money(work, found, row)?;
            take_back_changes(work, found, row)?;
            Ok(said)
        }
        action if stock::is_change(action) => stock::take_back(work, found),
        "close_deposit" => {
            take_back_money(work, found, row)?;
            deposit::take_back(work, found)
        }
        "bill_ahead" | "cancel_upcoming" => ahead::take_back(work, found),
        "clear_receipt" => clearing_undo::take_back_clear(work, found, row),
        "bounce_receipt" => clearing_undo::take_back_bounce(work, found, row),
        "fail_payment" | "reopen_payment" => {
            clearing_undo::await_again(work, &details)?;
            take_back_changes(work, found, row)
        }
        "cancel_payment" if details.get("voided").is_some() => voiding::take_back_cancel(work, found),
        "send_invoices" => sending::take_back(work, &details),
        _ if !receipt::of_activity(work.db, found.id)?.is_empty() => take_back_receipts(work, found, row),
        _ => {
            let money = take_back_money(work, found, row)?;
            let changes = take_back_changes(work, found, row)?;
            Ok(money.unwrap_or(changes))
        }
    }
}

/// Refunds, credit notes, credit used and write-offs: each row by its opposite, newest first; money that was freed is
/// applied again. `None` where the Action moved no money.
fn take_back_money(work: &Work, found: &Activity, row: ActivityId) -> Result<Option<String>> {
    let refunds = refund::of_activity(work.db, found.id)?;
    for given in &refunds {
        let back = NewRefund {
            receipt: given.receipt,
            payment: given.payment,
            credit_note: given.credit_note,
            currency: receipt_page::head(work.db, given.receipt)?.or_unknown("receipt", given.receipt)?.currency,
            amount_minor: -given.amount_minor,
            on: work.today,
            reason: &given.reason,
            reference: "",
            reverses: Some(given.id),
            activity: row,
        };
        refund::insert(work.db, &back)?;
    }
    let settled = settlement::of_activity(work.db, found.id)?;
    for one in &settled {
        reversing::take_back_settlement(work, one, row)?;
    }
    let said = match found.action.as_str() {
        _ if refunds.is_empty() && settled.is_empty() => return Ok(None),
        "refund" => "The refund is taken back; what it was of is paid again.",
        "use_credit" | "use_credit_unasked" | "pass_credit" => "The credit is there again; what it paid is open.",
        "write_off" => "What was written off is owed again.",
        _ => "The credit note is taken back; what it credited is owed again.",
    };
    Ok(Some(said.to_owned()))
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
        "new_invoice"
        | "approve_invoices"
        | "bill_again"
        | "invoice_group"
        | "add_confirmed_order"
        | "confirm_order"
        | "leave_group" => "what was issued is taken back by voiding its invoice",
        "undo" => "enter again what was taken back",
        action if action.starts_with("pass") => "the pass only makes what is due, and an invoice is taken back by void",
        action if action.starts_with("cancel") => "what is cancelled is entered anew",
        _ => "change it where it was entered",
    }
}

/// The receipts of an Action are reversed: each allocation by its opposite, dated today.
fn take_back_receipts(work: &Work, found: &Activity, row: ActivityId) -> Result<String> {
    let mut numbers = Vec::new();
    let applied = settlement::of_activity(work.db, found.id)?;
    for (id, number, state, refunded) in receipt::of_activity(work.db, found.id)? {
        if !matches!(state, ReceiptState::Pending | ReceiptState::Cleared) {
            let message = format!("receipt {number} is {} already", state.word().to_lowercase());
            return Err(Refusal::new("undone_already", message).into());
        }
        if refunded > 0 {
            let message = format!("money of receipt {number} was refunded since: take that back first");
            return Err(Refusal::new("depended_on", message).into());
        }
        let standing = receipt::standing(work.db, id)?;
        let pays = standing.iter().map(|row| (row.payment, row.amount_minor));
        if !reversing::stands_as_applied(&applied, id, pays) {
            let message = format!("credit of receipt {number} was used since: take that back first");
            return Err(Refusal::new("depended_on", message).into());
        }
        for standing in standing {
            let owed = receipt::owed(work.db, standing.payment)?.or_unknown("payment", standing.payment)?;
            let reversal = NewAllocation {
                receipt: id,
                payment: &owed,
                amount_minor: -standing.amount_minor,
                allocated_on: work.today,
                before: owed.status,
                after: match owed.status {
                    // Open again, as it was before the money that made it paid, which need not be this receipt's.
                    PaymentStatus::Paid => settlement::status_before_paid(work.db, owed.id)?.unwrap_or(standing.before),
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
            no_longer_awaited(work, id, found.id, row)?;
        }
        numbers.push(number);
    }
    take_back_attempts(work, found, &[])?;
    Ok(format!("Receipt {} is taken back; what it paid is open again.", numbers.join(", ")))
}

/// What this receipt was meant for is on its way no more, unless other money is or a person said that it is. Where the
/// receipt itself had moved it, only money that came later keeps it so: before it, it stood as it stands again.
fn no_longer_awaited(work: &Work, id: ReceiptId, wrote: ActivityId, row: ActivityId) -> Result<()> {
    for payment in awaited::meant_for(work.db, id)? {
        let Some(change) = payment_change::newest_standing(work.db, payment)? else { continue };
        let by_money = change.to == PaymentStatus::Processing && awaited::wrote_receipt(work.db, change.activity)?;
        let awaited = awaited::awaited(work.db, payment)?;
        if !by_money || awaited.iter().any(|(other, _)| change.activity != wrote || *other > id) {
            continue;
        }
        let owed = receipt::owed(work.db, payment)?.or_unknown("payment", payment)?;
        reversing::reverse(work, &change, owed.status, row)?;
    }
    Ok(())
}

/// The status changes of an Action are reversed, newest first.
fn take_back_changes(work: &Work, found: &Activity, row: ActivityId) -> Result<String> {
    let mut payments = Vec::new();
    let mut counted = Vec::new();
    for change in payment_change::changes_of(work.db, found.id)? {
        let (payment, from) = (change.payment, change.from);
        let owed = receipt::owed(work.db, payment)?.or_unknown("payment", payment)?;
        reversing::reverse(work, &change, owed.status, row)?;
        if change.to == PaymentStatus::Failed {
            payment_change::count_attempt(work.db, payment, -1)?;
            counted.push(payment);
        }
        payments.push(format!("P-{payment} is {} again", from.word().to_lowercase()));
    }
    payments.extend(take_back_attempts(work, found, &counted)?);
    payments.dedup();
    Ok(format!("{}.", payments.last().cloned().unwrap_or_else(|| "Nothing was left to take back".to_owned())))
}

/// Attempts of an Action that are still open are void; one that failed once more, and changed no status by it, counts no
/// more. What is said of that.
fn take_back_attempts(work: &Work, found: &Activity, counted: &[PaymentId]) -> Result<Option<String>> {
    let mut said = None;
    for attempt in attempt::of_activity(work.db, found.id)? {
        if attempt.state.is_open() {
            attempt::finish(work.db, attempt.id, AttemptState::Void, None)?;
        }
        if found.details.contains("\"declined\":true") && !counted.contains(&attempt.payment) {
            payment_change::count_attempt(work.db, attempt.payment, -1)?;
            said = Some(format!("The attempt on P-{} does not count", attempt.payment));
        }
    }
    Ok(said)
}
