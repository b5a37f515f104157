//! A change of a subscription is taken back: what it was, it is again; notes and invoices stay as numbers.

use super::changing::Trail;
use crate::domain::id::{ActivityId, AddressId, InvoiceId, SubscriptionId};
use crate::domain::log::{Log, Subject};
use crate::domain::status::{InvoiceState, OrderStatus, PaymentStatus};
use crate::services::contract_credits::{self, TakenBack};
use crate::services::planning;
use crate::services::refusal::{OrUnknown, Refusal, Result};
use crate::services::work::Work;
use crate::store::activity::Activity;
use crate::store::billing::DueSubscription;
use crate::store::credit_note::{self, CreditableLine};
use crate::store::payment_change::{self, NewChange};
use crate::store::subscription::{State, Subscription};
use crate::store::{StoreError, address, billing, catalogue, order, period as periods, receipt, subscription as store};

/// Takes back a change of a subscription.
pub(in crate::services) fn take_back(work: &Work, found: &Activity, row: ActivityId) -> Result<String> {
    let trail = trail(found)?;
    let Subject::Subscription(id) = found.subject else { return Err(found.names_no("subscription").into()) };
    let sub = store::by_id(work.db, id)?.or_unknown("subscription", id)?;
    let before = trail.before.ok_or_else(|| StoreError::broken("an activity has no trail"))?;
    refuse_closed(work, found, &sub, &trail)?;
    let mut before = as_of_now(work, (&sub, found.id), before, &trail)?;
    before.shipping_address = shipped_again(work, &sub, &before, found.log)?;
    for invoice in &trail.invoices {
        withdraw(work, *invoice, row)?;
    }
    for payment in &trail.payments {
        cancel_payment(work, *payment, row)?;
    }
    if let Some((next, order)) = trail.upgrade {
        end_upgrade(work, next, order)?;
    }
    for (payment, size) in &trail.sizes {
        periods::resize(work.db, *payment, size)?;
    }
    for (asset, from, to) in trail.assets.iter().rev() {
        catalogue::move_asset(work.db, *asset, *to, *from)?;
    }
    for replacement in &trail.replacements {
        store::remove_replacement(work.db, *replacement)?;
    }
    for (from, had) in &trail.prices {
        store::set_price(work.db, id, *from, *had)?;
    }
    for (from, lasted) in trail.pauses.iter().rev() {
        store::set_pause(work.db, id, *from, *lasted)?;
    }
    let before = State { next_start_on: next_start(work, id, &before)?, ..before };
    store::save(work.db, id, sub.version, &before)?;
    let status = before.status.word().to_lowercase();
    Ok(format!("Subscription {} is {status} as before: without {}.", id.shown(), deed(found.log)))
}

/// What it ended, paused or priced in a period that is closed since stays so.
fn refuse_closed(work: &Work, found: &Activity, sub: &Subscription, trail: &Trail) -> Result<()> {
    let pauses = trail.pauses.iter().map(|(from, _)| *from);
    let prices = trail.prices.iter().map(|(from, _)| *from);
    let days = pauses.chain(prices).chain([found.business_on]).chain(sub.state.ended_on);
    let Some(closed) = days.filter(|day| work.is_closed(*day)).min() else { return Ok(()) };
    let what = format!("“{}”", found.log.quoted());
    work.refuse_closed(&what, closed, "change the subscription from an open day on")
}

/// When its next period starts, where it bills: one that was billed ahead since is left out.
fn next_start(work: &Work, id: SubscriptionId, before: &State) -> Result<Option<chrono::NaiveDate>> {
    let (_, billable) = planning::load(work, id, |due| {
        (due.end_on, due.agreed_end_on, due.next_index) = (before.end_on, before.agreed_end_on, before.next_index);
    })?;
    if before.next_start_on.is_none() || billable.ahead.is_empty() {
        return Ok(before.next_start_on);
    }
    Ok(crate::domain::pass::next_start(&billable))
}

/// What was done, in words for the message line.
fn deed(action: Log) -> &'static str {
    match action {
        Log::ExtendSubscription => "the extension",
        Log::RepriceSubscription => "the new price",
        Log::ReplaceSubscription => "the other asset",
        Log::PauseSubscription => "the pause",
        Log::ResumeSubscription => "the end of the pause",
        Log::UpgradeSubscription => "the upgrade",
        Log::ReturnSubscription => "the early return",
        Log::BuyOutSubscription => "the buyout",
        Log::CancelSubscription => "the cancellation",
        Log::ShipSubscription => "the other address",
        _ => "the change",
    }
}

/// What it becomes again. Periods that were billed since stay billed, where the change itself had no part in them.
fn as_of_now(work: &Work, (sub, done): (&Subscription, ActivityId), before: State, trail: &Trail) -> Result<State> {
    let (id, next_index) = (sub.id, sub.state.next_index);
    let since = || {
        let message = format!("subscription {} was changed or billed since: take that back first", id.shown());
        crate::services::DeskError::from(Refusal::new("depended_on", message))
    };
    // A change since that was taken back has counted twice, and left things as they were.
    if sub.version != trail.after.0 + 2 * store::taken_back_since(work.db, id, done)? {
        return Err(since());
    }
    let ends = |due: &mut DueSubscription| (due.end_on, due.agreed_end_on) = (before.end_on, before.agreed_end_on);
    let (_, billable) = planning::load(work, id, ends)?;
    let count = billable.schedule.count();
    if billable.ahead.iter().any(|(index, _)| *index >= count) {
        return Err(since());
    }
    if next_index == trail.after.1 {
        return Ok(before);
    }
    // What was planned for days that are not billed yet had no part in what was billed since.
    let to_come = billable.schedule.period(next_index).map(|period| period.start);
    let is_billed = |day: &chrono::NaiveDate| to_come.is_none_or(|start| *day < start);
    let touched = trail.prices.iter().map(|(day, _)| day).chain(trail.pauses.iter().map(|(day, _)| day)).any(is_billed)
        || !trail.invoices.is_empty();
    if touched || before.next_index != trail.after.1 {
        return Err(since());
    }
    if next_index > count {
        return Err(since());
    }
    Ok(State { next_index, next_start_on: crate::domain::pass::next_start(&billable), ..before })
}

/// Where it is shipped again: to the place before another one was chosen for it, if that still holds; else where it is
/// shipped now, for the customer's address may have changed since.
fn shipped_again(work: &Work, sub: &Subscription, before: &State, action: Log) -> Result<Option<AddressId>> {
    if action != Log::ShipSubscription {
        return Ok(sub.state.shipping_address);
    }
    let Some(place) = before.shipping_address else { return Ok(None) };
    if address::by_id(work.db, place)?.or_unknown("address", place)?.to_on.is_none() {
        return Ok(Some(place));
    }
    let message = format!("the address that {} was shipped to was changed since: take that back first", sub.id.shown());
    Err(Refusal::new("depended_on", message).into())
}

fn trail(found: &Activity) -> Result<Trail> {
    let trail = found.facts().get("trail").cloned().unwrap_or_default();
    serde_json::from_value(trail).map_err(|error| StoreError::broken(format!("activity {}: {error}", found.id)).into())
}

/// An invoice is taken back by voiding it, while nothing is settled on it. One of a closed day, or with a credit note,
/// which was taken back itself, stays issued: another note is over all of it.
pub(in crate::services) fn withdraw(work: &Work, id: InvoiceId, activity: ActivityId) -> Result<()> {
    let head = billing::invoice(work.db, id)?.or_unknown("invoice", id)?;
    let number = head.number.clone().unwrap_or_else(|| "in review".to_owned());
    match head.state {
        InvoiceState::Void => Ok(()),
        InvoiceState::Issued if head.settled_minor == 0 => {
            let on_its_way = receipt::owed_on_invoice(work.db, id)?;
            if on_its_way.iter().any(|line| line.status == PaymentStatus::Processing) {
                let message = format!("money for invoice {number} is on its way: say first that it did not come");
                return Err(Refusal::new("on_its_way", message).into());
            }
            if credit_note::of_invoice(work.db, id)?.is_empty() && !work.is_closed(head.invoiced_on) {
                return Ok(billing::void(work.db, id, work.today)?);
            }
            let lines = credit_note::lines_of(work.db, id)?.into_iter();
            let whole = |line: CreditableLine| TakenBack {
                payment: line.payment,
                part: line.whole.minus(line.credited),
                text: line.text,
            };
            contract_credits::credit(work, activity, lines.map(whole).collect(), "taken back")?;
            Ok(())
        }
        _ => {
            let message = format!("invoice {number} is paid, credited or waits for review: take that back first");
            Err(Refusal::new("depended_on", message).into())
        }
    }
}

fn cancel_payment(work: &Work, id: crate::domain::id::PaymentId, activity: ActivityId) -> Result<()> {
    let owed = receipt::owed(work.db, id)?.or_unknown("payment", id)?;
    if owed.invoice.is_some() || owed.status != PaymentStatus::Pending {
        let message = format!("payment P-{id} was invoiced since: take that back first");
        return Err(Refusal::new("depended_on", message).into());
    }
    let (from, to) = (PaymentStatus::Pending, PaymentStatus::Cancelled);
    let new = NewChange { payment: id, from, to, on: work.today, reason: "taken back", reverses: None, activity };
    Ok(payment_change::change(work.db, &new)?)
}

/// The subscription that had taken the place is cancelled with its order.
fn end_upgrade(work: &Work, next: SubscriptionId, id: crate::domain::id::OrderId) -> Result<()> {
    let found = store::by_id(work.db, next)?.or_unknown("subscription", next)?;
    if !found.state.status.is_live() {
        let message = format!("subscription {} was changed since: take that back first", next.shown());
        return Err(Refusal::new("depended_on", message).into());
    }
    billing::cancel_uninvoiced(work.db, next, work.today)?;
    order::cancel_subscription(work.db, next, work.today)?;
    if let Some(asset) = found.state.asset {
        use crate::domain::status::AssetState;
        catalogue::move_asset(work.db, asset, AssetState::Rented, AssetState::InStock)?;
    }
    Ok(order::set_status(work.db, id, OrderStatus::Confirmed, OrderStatus::Cancelled)?)
}
