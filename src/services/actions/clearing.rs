//! Checks and direct debits: the bank has the money, or it did not come.

use chrono::NaiveDate;
use serde_json::json;

use crate::domain::id::{ActivityId, PaymentId, ReceiptId};
use crate::domain::log::{Log, Subject};
use crate::domain::money::Money;
use crate::domain::reason::DeclineReason;
use crate::domain::status::{AttemptState, PaymentStatus, ReceiptState};
use crate::domain::text;
use crate::services::crediting;
use crate::services::done::{Done, Outcome, Touched, WayBack};
use crate::services::notices;
use crate::services::refusal::{OfField, OrUnknown, Refusal, Result};
use crate::services::work::{Entry, Work};
use crate::store::attempt::{self, NewAttempt};
use crate::store::awaited;
use crate::store::billing;
use crate::store::payment_change::{self, NewChange};
use crate::store::receipt;
use crate::store::receipt_page::{self, ReceiptHead};
use crate::store::settlement::{self, NewSettlement, Source};

/// The bank has the money of a check or debit: what it was meant for is paid, the rest is credit.
pub(in crate::services) fn clear(work: &Work, id: ReceiptId, on: NaiveDate) -> Result<Done> {
    let head = receipt_page::head(work.db, id)?.or_unknown("receipt", id)?;
    work.open_day("date", on)?;
    if head.state != ReceiptState::Pending {
        return Err(not_on_its_way(&head));
    }
    if on < head.received_on {
        let day = work.shop.style.date(head.received_on);
        return Err(Refusal::of_field("date", format!("it only arrived on {day}")).into());
    }
    let activity = log(work, Log::ClearReceipt, &head, None, &[])?;
    receipt_page::clear(work.db, id, on)?;
    let mut settled = 0;
    for (payment, meant) in receipt_page::meant_for(work.db, id)? {
        let owed = receipt::owed(work.db, payment)?.or_unknown("payment", payment)?;
        let part = meant.min(owed.open_minor());
        if part <= 0 || !owed.status.is_open() {
            continue;
        }
        let after = match (part == owed.open_minor(), owed.status) {
            (true, _) => PaymentStatus::Paid,
            // A part of it came; nothing else is on its way.
            (false, PaymentStatus::Processing) if awaited::awaited(work.db, payment)?.is_empty() => {
                PaymentStatus::Pending
            }
            (false, status) => status,
        };
        if let Some(invoice) = &owed.invoice {
            billing::flag_if_late(work.db, invoice.id, work.today)?;
        }
        let on = work.pays_on(on, owed.invoice.as_ref().map(|invoice| invoice.invoiced_on));
        let new = NewSettlement {
            source: Source::Receipt(id),
            payment: &owed,
            amount_minor: part,
            on,
            after,
            reason: "",
            reverses: None,
            activity,
        };
        settlement::settle(work.db, &new)?;
        if let Some(open) = attempt::open(work.db, payment)? {
            attempt::finish(work.db, open.id, AttemptState::Settled, Some(id))?;
        }
        settled += part;
    }
    let rest = Money::new(head.amount_minor - settled, head.currency);
    let style = work.shop.style;
    let credit = if rest.is_zero() { String::new() } else { format!(", {} is kept as credit", style.amount(rest)) };
    let amount = style.amount(Money::new(head.amount_minor, head.currency));
    let said = format!("Receipt {} for {amount} has cleared{credit}.", head.number);
    Ok(Done::new(said, Outcome::Nothing, &[Touched::Money, Touched::Customers]).back(WayBack::It))
}

/// The money of a check or debit did not come, or went back to the bank later: what it paid has failed, with its reason.
pub(in crate::services) fn bounce(work: &Work, id: ReceiptId, why: &str) -> Result<Done> {
    let head = receipt_page::head(work.db, id)?.or_unknown("receipt", id)?;
    let why = text::clean_line(why, 300).of_field("reason")?;
    let why = if why.is_empty() { DeclineReason::BankRejection.word() } else { why };
    match head.state {
        ReceiptState::Pending | ReceiptState::Cleared => {}
        ReceiptState::Failed | ReceiptState::Reversed => return Err(not_on_its_way(&head)),
    }
    if head.refunded_minor > 0 {
        let message = format!("money of receipt {} was refunded: take that back first", head.number);
        return Err(Refusal::new("depended_on", message).into());
    }
    let ended = under_way(work, &head)?;
    let activity = log(work, Log::BounceReceipt, &head, Some(why.clone()), &ended)?;
    let mut failed: Vec<PaymentId> = Vec::new();
    if head.state == ReceiptState::Pending {
        for (payment, _) in receipt_page::meant_for(work.db, id)? {
            failed.push(payment);
        }
        receipt::set_state(work.db, id, ReceiptState::Failed)?;
    } else {
        for row in settlement::standing_of_receipt(work.db, id)? {
            // Where other money is on its way to it, it waits for that.
            let is_awaited = !awaited::awaited(work.db, row.payment)?.is_empty();
            let unpaid = if is_awaited { PaymentStatus::Processing } else { PaymentStatus::Failed };
            crediting::reverse(work, activity, &row, unpaid)?;
            failed.push(row.payment);
        }
        receipt::set_state(work.db, id, ReceiptState::Reversed)?;
    }
    failed.sort_unstable();
    failed.dedup();
    let mut told = Vec::new();
    for payment in failed {
        if fail(work, activity, payment, &why)? {
            told.push(payment);
        }
    }
    let told = notices::payments_failed(work, activity, &told)?;
    let said = format!("Receipt {} bounced: what it paid is owed and has failed.{told}", head.number);
    Ok(Done::new(said, Outcome::Nothing, &[Touched::Money, Touched::Customers]).back(WayBack::It))
}

/// Says of one payment that its money did not come, and keeps the attempt; whether it did, for other money may be on
/// its way.
fn fail(work: &Work, activity: ActivityId, payment: PaymentId, why: &str) -> Result<bool> {
    let owed = receipt::owed(work.db, payment)?.or_unknown("payment", payment)?;
    if !owed.status.is_open() || !awaited::awaited(work.db, payment)?.is_empty() {
        return Ok(false);
    }
    let code = DeclineReason::of_text(why);
    let code = if code == DeclineReason::Other { DeclineReason::BankRejection } else { code };
    if let Some(open) = attempt::open(work.db, payment)? {
        attempt::decline(work.db, open.id, code, why)?;
    } else {
        let new = NewAttempt {
            payment: &owed,
            method: None,
            amount_minor: owed.open_minor(),
            state: AttemptState::Declined,
            on: work.today,
            declined: Some(code),
            text: why,
            reference: "",
            activity,
        };
        attempt::insert(work.db, &new)?;
    }
    payment_change::count_attempt(work.db, payment, 1)?;
    let path: &[PaymentStatus] = match owed.status {
        PaymentStatus::Processing => &[PaymentStatus::Failed],
        PaymentStatus::Pending => &[PaymentStatus::Processing, PaymentStatus::Failed],
        _ => &[],
    };
    let mut from = owed.status;
    for to in path {
        let row = NewChange { payment, from, to: *to, on: work.today, reason: why, reverses: None, activity };
        payment_change::change(work.db, &row)?;
        from = *to;
    }
    Ok(true)
}

fn not_on_its_way(head: &ReceiptHead) -> crate::services::DeskError {
    let state = head.state.word().to_lowercase();
    Refusal::new("no_such_move", format!("receipt {} is {state}: it is not on its way", head.number)).into()
}

/// The charges under way that a bounce of this receipt ends.
fn under_way(work: &Work, head: &ReceiptHead) -> Result<Vec<i64>> {
    let mut found = Vec::new();
    for (payment, _) in receipt_page::meant_for(work.db, head.id)? {
        found.extend(attempt::open(work.db, payment)?.map(|attempt| attempt.id));
    }
    Ok(found)
}

fn log(work: &Work, action: Log, head: &ReceiptHead, text: Option<String>, attempts: &[i64]) -> Result<ActivityId> {
    let customer = head.payer.customer();
    let subject = Subject::Receipt(head.id);
    let details = json!({ "receipt": head.number, "attempts": attempts });
    work.log(&Entry { customer, details, text, ..Entry::new(action, subject) })
}
