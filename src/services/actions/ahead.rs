//! Periods to come, before the pass comes to them: billed ahead so that they can be paid, or cancelled; and both taken
//! back. The next one or any later one: the pass leaves out what was done out of turn.

use chrono::NaiveDate;
use serde_json::json;

use crate::domain::id::{PaymentId, SubscriptionId};
use crate::domain::log::{Log, Subject};
use crate::domain::pass::{self, Billable, Planned};
use crate::domain::reason::{CancelReason, with_words};
use crate::domain::status::PaymentStatus;
use crate::domain::terms::due_on;
use crate::domain::text;
use crate::services::actions::invoicing;
use crate::services::billing::Billing;
use crate::services::done::{Done, Outcome, Touched, WayBack};
use crate::services::planning;
use crate::services::refusal::{OfField, OrUnknown, Refusal, Result};
use crate::services::work::{Entry, Work};
use crate::store::activity::Activity;
use crate::store::billing::{self as rows, DueSubscription};
use crate::store::payment_change::{self, NewChange};

/// A period as the pass would bill it.
struct Upcoming {
    due: DueSubscription,
    billable: Billable,
    planned: Planned,
}

/// Looks the period up that holds a day; without one the next period.
fn upcoming(work: &Work, id: SubscriptionId, day: Option<NaiveDate>) -> Result<Upcoming> {
    let (due, billable) = planning::load(work, id, |_| ())?;
    let next = pass::next_start(&billable).filter(|_| rows::bills(work.db, id).unwrap_or(false));
    let Some(next) = next else {
        let message = format!("subscription {} bills no further period", id.shown());
        return Err(Refusal::new("nothing_upcoming", message).into());
    };
    let day = day.unwrap_or(next);
    let after = day.succ_opt().unwrap_or(day);
    let planned = pass::plan_before(&billable, after, work.shop.lead_days).pop();
    match planned.filter(|planned| planned.period.start <= day && day < planned.period.end) {
        Some(planned) => Ok(Upcoming { due, billable, planned }),
        None => Err(not_to_come(work, &billable, day)),
    }
}

/// Why no period that is to come holds a day.
fn not_to_come(work: &Work, billable: &Billable, day: NaiveDate) -> crate::services::DeskError {
    let schedule = &billable.schedule;
    let shown = work.shop.style.date(day);
    let found = schedule.periods().find(|period| period.start <= day && day < period.end);
    let message = match found {
        None => {
            let last = schedule.end.pred_opt().unwrap_or(schedule.end);
            let (first, last) = (work.shop.style.date(schedule.start), work.shop.style.date(last));
            format!("{shown} is not in the contract, which runs from {first} to {last}")
        }
        Some(period) if billable.is_done(period.index) => {
            format!("the period that holds {shown} is billed or cancelled already")
        }
        Some(_) => format!("the subscription is paused on {shown}: nothing is billed for it"),
    };
    Refusal::of_field("from", message).into()
}

/// Writes the period down, in its turn or out of it.
fn write(work: &Work, of: &Upcoming) -> Result<PaymentId> {
    let Upcoming { due, billable, planned } = of;
    let billing = Billing::new(work);
    if pass::next_start(billable) == Some(planned.period.start) {
        let mut starts = std::collections::HashMap::new();
        planning::next_starts(billable, &[*planned], &mut starts);
        let after = starts.get(&(due.id, planned.period.index)).copied().flatten();
        billing.period(due, planned, after)?;
    } else {
        billing.period_ahead(due, planned)?;
    }
    rows::payment_of_period(work.db, due.id, planned.period.start)?.or_unknown("payment of period", due.id)
}

fn done(work: &Work, of: &Upcoming, payment: PaymentId, became: &str) -> Done {
    let day = work.shop.style.date(of.planned.period.start);
    let said = format!("The period from {day} is {became}: payment P-{payment}.");
    Done::new(said, Outcome::Payment(payment), &[Touched::Money, Touched::Orders, Touched::Customers]).back(WayBack::It)
}

fn entry(action: Log, of: &Upcoming, payment: PaymentId) -> Entry {
    Entry {
        customer: Some(of.due.customer),
        details: json!({ "subscription": of.due.id, "period": of.planned.period.start }),
        ..Entry::new(action, Subject::Payment(payment))
    }
}

/// Bills a period today, so that it can be paid ahead. A period billed to a group waits for the group's invoice.
pub(in crate::services) fn bill(work: &Work, id: SubscriptionId, day: Option<NaiveDate>) -> Result<Done> {
    let mut of = upcoming(work, id, day)?;
    if of.due.group.is_some() {
        let message =
            format!("subscription {} is billed with its group: make the group's invoice of that month", id.shown());
        return Err(Refusal::new("billed_to_group", message).into());
    }
    of.planned.invoice_on = of.planned.invoice_on.map(|on| on.min(work.today));
    if let Some(on) = of.planned.invoice_on {
        of.planned.due_on = due_on(Some(of.planned.period.start), on, of.billable.net_days);
    }
    let payment = write(work, &of)?;
    work.log(&entry(Log::BillAhead, &of, payment))?;
    Ok(done(work, &of, payment, "invoiced ahead"))
}

/// Cancels a period before it is billed: its payment is written down as cancelled.
pub(in crate::services) fn cancel(
    work: &Work,
    (id, day): (SubscriptionId, Option<NaiveDate>),
    why: CancelReason,
    words: &str,
) -> Result<Done> {
    let words = text::clean_line(words, 300).of_field("reason")?;
    let reason = with_words(&why.word(), &words);
    let mut of = upcoming(work, id, day)?;
    if of.planned.period.index == 0 {
        let message = "this is the first period of the contract: cancel the order or the subscription instead";
        return Err(Refusal::new("first_period", message).into());
    }
    // No invoice: what is cancelled is not billed first.
    of.planned.invoice_on = None;
    let payment = write(work, &of)?;
    let activity = work.log(&Entry { text: Some(reason.clone()), ..entry(Log::CancelUpcoming, &of, payment) })?;
    let change = NewChange {
        payment,
        from: PaymentStatus::Pending,
        to: PaymentStatus::Cancelled,
        on: work.today,
        reason: &reason,
        reverses: None,
        activity,
    };
    payment_change::change(work.db, &change)?;
    Ok(done(work, &of, payment, "cancelled and never billed"))
}

/// Takes billing or cancelling ahead back: the invoice is void, the period is to come again. A cancelled period whose
/// turn has come meanwhile is billed today; a billed one is owed by then, and its invoice stays.
pub(in crate::services) fn take_back(work: &Work, found: &Activity) -> Result<String> {
    let Subject::Payment(payment) = found.subject else { return Err(found.names_no("payment").into()) };
    let (id, index, start) = rows::period_of(work.db, payment)?.or_unknown("payment", payment)?;
    if !rows::bills(work.db, id)? {
        let message = format!("subscription {} has ended: what was billed stays", id.shown());
        return Err(Refusal::new("depended_on", message).into());
    }
    let is_billed = found.log == Log::BillAhead;
    if is_billed {
        void(work, payment)?;
    }
    // The period itself, or what an extension added to one that the old end had cut.
    if rows::stands_of_period(work.db, id, index)? {
        let message = "the period, or a part of it, was billed since: take that back first";
        return Err(Refusal::new("depended_on", message).into());
    }
    free(work, id, index)?;
    let (due, billable) = planning::load(work, id, |_| ())?;
    rows::start_next(work.db, id, pass::next_start(&billable))?;
    let day = work.shop.style.date(start);
    let now = pass::plan(&billable, work.today, work.shop.lead_days);
    let Some(planned) = now.into_iter().find(|planned| planned.period.index == index) else {
        return Ok(format!("The period from {day} is upcoming again."));
    };
    if is_billed {
        let message =
            format!("the period from {day} would be billed by now, so it is owed: void or credit its invoice");
        return Err(Refusal::new("depended_on", message).into());
    }
    let mut of = Upcoming { due, billable, planned };
    of.planned.invoice_on = of.planned.invoice_on.map(|_| work.today);
    if of.planned.invoice_on.is_some() {
        of.planned.due_on = due_on(Some(start), work.today, of.billable.net_days);
    }
    let anew = write(work, &of)?;
    Ok(format!("The period from {day} is owed again: payment P-{anew}."))
}

/// The period is to come again. Those around it that were passed over for a pause stay so where they would bill now: what
/// was resumed of them is billed already, on a line of its own.
fn free(work: &Work, id: SubscriptionId, index: u32) -> Result<()> {
    let passed = planning::load(work, id, |_| ())?.1.next_index;
    rows::free_period(work.db, id, index)?;
    let (_, billable) = planning::load(work, id, |_| ())?;
    let until = billable.schedule.period(passed).map_or(billable.schedule.end, |period| period.start);
    for planned in pass::plan_before(&billable, until, work.shop.lead_days) {
        if planned.period.index < passed && planned.period.index != index {
            rows::pass_over(work.db, id, planned.period.index, planned.monthly)?;
        }
    }
    Ok(())
}

/// The invoice of a period that was billed ahead is withdrawn, while nothing depends on it.
fn void(work: &Work, payment: PaymentId) -> Result<()> {
    let owed = crate::store::receipt::owed(work.db, payment)?.or_unknown("payment", payment)?;
    let Some(invoice) = owed.invoice else { return Ok(()) };
    let head = rows::invoice(work.db, invoice.id)?.or_unknown("invoice", invoice.id)?;
    invoicing::refuse_void(work, &head)?;
    Ok(rows::void(work.db, invoice.id, work.today)?)
}
