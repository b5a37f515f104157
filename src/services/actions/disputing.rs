//! A payment is disputed: nobody reminds, charges or adds fees until it is decided.

use serde_json::json;

use crate::domain::id::PaymentId;
use crate::domain::log::{Log, Subject};
use crate::domain::reason::{DisputeOutcome, with_words};
use crate::domain::text;
use crate::services::done::{Done, Outcome, Touched, WayBack};
use crate::services::refusal::{OfField, OrUnknown, Refusal, Result};
use crate::services::work::{Entry, Work};
use crate::store::activity::Activity;
use crate::store::{dispute, receipt};

/// Opens a dispute about a payment on an issued invoice.
pub(in crate::services) fn open(work: &Work, id: PaymentId, reason: &str) -> Result<Done> {
    let owed = receipt::owed(work.db, id)?.or_unknown("payment", id)?;
    let reason = text::clean_line(reason, 300).of_field("reason")?;
    if reason.is_empty() {
        return Err(Refusal::of_field("reason", "say what the customer disputes").into());
    }
    if !owed.invoice.as_ref().is_some_and(|invoice| invoice.is_issued) {
        let message = format!("payment P-{id} has no issued invoice: there is nothing to dispute yet");
        return Err(Refusal::new("not_invoiced", message).into());
    }
    if let Some(open) = dispute::open_of(work.db, id)? {
        let since = work.shop.style.date(open.opened_on);
        return Err(Refusal::new("disputed", format!("payment P-{id} is disputed already, since {since}")).into());
    }
    let dispute = dispute::open(work.db, id, work.today, &reason)?;
    log(work, Log::OpenDispute, (id, dispute), owed.customer, reason)?;
    let said = format!("Payment P-{id} is disputed: no reminders, charges or fees meanwhile.");
    Ok(Done::new(said, Outcome::Payment(id), &[Touched::Money]).back(WayBack::It))
}

/// Closes the dispute about a payment.
pub(in crate::services) fn close(work: &Work, id: PaymentId, how: DisputeOutcome, words: &str) -> Result<Done> {
    let owed = receipt::owed(work.db, id)?.or_unknown("payment", id)?;
    let words = text::clean_line(words, 300).of_field("words")?;
    let Some(open) = dispute::open_of(work.db, id)? else {
        return Err(Refusal::new("not_disputed", format!("payment P-{id} is not disputed")).into());
    };
    let outcome = with_words(&how.word(), &words);
    dispute::close(work.db, open.id, work.today.max(open.opened_on), &outcome)?;
    log(work, Log::CloseDispute, (id, open.id), owed.customer, outcome.clone())?;
    let said = format!("The dispute about payment P-{id} is closed: {}.", outcome.to_lowercase());
    Ok(Done::new(said, Outcome::Payment(id), &[Touched::Money]).back(WayBack::It))
}

fn log(
    work: &Work,
    action: Log,
    (payment, dispute): (PaymentId, i64),
    customer: crate::domain::id::CustomerId,
    text: String,
) -> Result<()> {
    let subject = Subject::Payment(payment);
    let details = json!({ "dispute": dispute });
    let (customer, text) = (Some(customer), Some(text));
    work.log(&Entry { customer, details, text, ..Entry::new(action, subject) }).map(drop)
}

/// Undo: an opened dispute is closed as a mistake.
pub(in crate::services) fn take_back_open(work: &Work, found: &Activity) -> Result<String> {
    let (known, open) = dispute_of(work, found)?;
    let payment = known.payment;
    // A dispute opened anew by an undo is the same one under another number.
    let is_same = |other: &dispute::Dispute| (other.opened_on, &other.reason) == (known.opened_on, &known.reason);
    let Some(open) = open.filter(is_same) else { return Err(moved_on(payment)) };
    dispute::close(work.db, open.id, work.today.max(open.opened_on), "Opened by mistake")?;
    Ok(format!("Payment P-{payment} is not disputed any more."))
}

/// Undo: a closed dispute is opened anew with its reason.
pub(in crate::services) fn take_back_close(work: &Work, found: &Activity) -> Result<String> {
    let (known, open) = dispute_of(work, found)?;
    if open.is_some() {
        return Err(moved_on(known.payment));
    }
    dispute::open(work.db, known.payment, known.opened_on, &known.reason)?;
    Ok(format!("Payment P-{} is disputed again.", known.payment))
}

/// The dispute an Action was about, and the one that is open about its payment now.
fn dispute_of(work: &Work, found: &Activity) -> Result<(dispute::Dispute, Option<dispute::Dispute>)> {
    let id =
        found.facts().get("dispute").and_then(serde_json::Value::as_i64).ok_or_else(|| found.names_no("dispute"))?;
    let known = dispute::by_id(work.db, id)?.or_unknown("dispute", id)?;
    let open = dispute::open_of(work.db, known.payment)?;
    Ok((known, open))
}

fn moved_on(payment: PaymentId) -> crate::services::DeskError {
    let message = format!("the dispute about payment P-{payment} moved on since: take that back first");
    Refusal::new("depended_on", message).into()
}
