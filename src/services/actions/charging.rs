//! A charge is tried again: outside, by a person, with the method the customer agreed to.

use chrono::NaiveDate;
use serde_json::json;

use super::payment::keep_attempt;
use super::receiving::{self, ReceiptDraft, Target};
use crate::domain::id::PaymentId;
use crate::domain::log::{Log, Subject};
use crate::domain::method::Method;
use crate::domain::status::{AttemptState, PaymentStatus};
use crate::domain::text;
use crate::services::done::{Done, Outcome, Touched, WayBack};
use crate::services::notices;
use crate::services::refusal::{OfField, OrUnknown, Refusal, Result};
use crate::services::work::{Entry, Work};
use crate::store::attempt::{self, NewAttempt};
use crate::store::method::{self, KnownMethod};
use crate::store::payment_change::{self, NewChange};
use crate::store::receipt::{self, Owed};
use crate::store::{customer, dispute};

/// How a charge came out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChargeOutcome {
    /// The money was taken.
    Paid,
    /// It was sent; its result is still to come.
    Sent,
    /// It was refused once more, and why.
    Declined(String),
}

/// What a person says of a charge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RetryDraft {
    pub payment: PaymentId,
    /// The customer's method that was charged; without one, a card nobody wrote down.
    pub method: Option<i64>,
    /// How it came out.
    pub outcome: ChargeOutcome,
    pub on: NaiveDate,
    /// What the processor or bank calls it.
    pub reference: String,
}

/// Nothing is charged from here: that it was charged elsewhere shows by what it is called there.
fn refuse_unnamed(draft: &RetryDraft, reference: &str) -> Result<()> {
    if draft.outcome == ChargeOutcome::Paid && reference.is_empty() {
        let why = "type the reference of the card terminal or the processor";
        return Err(Refusal::of_field("reference", why).into());
    }
    Ok(())
}

/// Writes down a charge that was tried again.
pub(in crate::services) fn retry(work: &Work, draft: &RetryDraft) -> Result<Done> {
    let id = draft.payment;
    let owed = receipt::owed(work.db, id)?.or_unknown("payment", id)?;
    let reference = text::clean_line(&draft.reference, 140).of_field("reference")?;
    work.open_day("date", draft.on)?;
    refuse_charge(work, &owed)?;
    let method = charged_method(work, &owed, draft)?;
    refuse_unnamed(draft, &reference)?;
    let kind = method.as_ref().map_or(Method::Card, |method| method.kind);
    let arriving = ReceiptDraft {
        target: Target::Payments(vec![id]),
        amount: String::new(),
        received_on: draft.on,
        method: kind,
        reference: reference.clone(),
        keep_credit: false,
        again: true,
    };
    let is_paid = draft.outcome == ChargeOutcome::Paid;
    let arrival = if is_paid { Some(receiving::plan(work, &arriving)?) } else { None };
    let activity = work.log(&Entry {
        customer: Some(owed.customer),
        details: json!({
            "method": method.as_ref().map(|method| method.id),
            "declined": matches!(draft.outcome, ChargeOutcome::Declined(_)),
        }),
        ..Entry::new(Log::RetryPayment, Subject::Payment(id))
    })?;
    if let ChargeOutcome::Declined(reason) = &draft.outcome {
        let reason = text::clean_line(reason, 300).of_field("reason")?;
        keep_attempt(work, &owed, &reason, activity)?;
        move_to(work, &owed, PaymentStatus::Failed, &reason, activity)?;
        let told = notices::payments_failed(work, activity, &[id])?;
        let said = format!("P-{id} failed again.{told}");
        return Ok(Done::new(said, Outcome::Payment(id), &[Touched::Money]).back(WayBack::It));
    }
    let attempt = NewAttempt {
        payment: &owed,
        method: method.as_ref().map(|method| method.id),
        amount_minor: owed.open_minor(),
        state: AttemptState::Sent,
        on: draft.on,
        declined: None,
        text: "",
        reference: &reference,
        activity,
    };
    attempt::insert(work.db, &attempt)?;
    let shown = method.map_or_else(|| kind.word().to_owned(), |method| method.words());
    let Some(arrival) = arrival else {
        move_to(work, &owed, PaymentStatus::Processing, "", activity)?;
        let said = format!("Payment P-{id} is being charged: {shown}.");
        return Ok(Done::new(said, Outcome::Payment(id), &[Touched::Money]).back(WayBack::It));
    };
    let received = receiving::write(work, &arrival, activity)?;
    let name = owed.invoice.as_ref().and_then(|invoice| invoice.number.clone()).unwrap_or_else(|| format!("P-{id}"));
    let state = if kind.clears_at_once() { "is paid" } else { "is on its way" };
    let said = format!("{name} {state}: {shown}.");
    Ok(Done::new(said, Outcome::Received(received), &[Touched::Money, Touched::Customers]).back(WayBack::It))
}

fn refuse_charge(work: &Work, owed: &Owed) -> Result<()> {
    let id = owed.id;
    if !matches!(owed.status, PaymentStatus::Failed | PaymentStatus::Pending) {
        let is = owed.status.word().to_lowercase();
        return Err(Refusal::new("no_such_move", format!("payment P-{id} is {is}: there is nothing to retry")).into());
    }
    if !owed.invoice.as_ref().is_some_and(|invoice| invoice.is_issued) {
        let message = format!("payment P-{id} has no invoice yet: it is charged once it is invoiced");
        return Err(Refusal::new("not_invoiced", message).into());
    }
    if dispute::open_of(work.db, id)?.is_some() {
        let message = format!("payment P-{id} is disputed: nothing is charged until that is decided");
        return Err(Refusal::new("disputed", message).into());
    }
    Ok(())
}

/// The method that was charged: the debtor's own, and no card that had ended.
fn charged_method(work: &Work, owed: &Owed, draft: &RetryDraft) -> Result<Option<KnownMethod>> {
    let Some(id) = draft.method else { return Ok(None) };
    let found = method::by_id(work.db, id)?.or_unknown("payment method", id)?;
    if found.is_removed || customer::root(work.db, found.customer)? != customer::root(work.db, owed.customer)? {
        return Err(Refusal::of_field("method", "that is not a payment method of this customer").into());
    }
    if found.expires.is_some_and(|month| month.is_over(draft.on)) {
        return Err(Refusal::of_field("method", format!("that card has ended: {}", found.words())).into());
    }
    Ok(Some(found))
}

/// Moves a pending or failed payment, by way of processing where the table asks for it.
fn move_to(
    work: &Work,
    owed: &Owed,
    to: PaymentStatus,
    reason: &str,
    activity: crate::domain::id::ActivityId,
) -> Result<()> {
    let path: &[PaymentStatus] = match (owed.status, to) {
        (PaymentStatus::Pending, PaymentStatus::Failed) => &[PaymentStatus::Processing, PaymentStatus::Failed],
        (PaymentStatus::Failed, PaymentStatus::Failed) => &[],
        _ => &[PaymentStatus::Processing],
    };
    let mut from = owed.status;
    for to in path {
        let row = NewChange { payment: owed.id, from, to: *to, on: work.today, reason, reverses: None, activity };
        payment_change::change(work.db, &row)?;
        from = *to;
    }
    Ok(())
}
