//! The next period of a subscription, before the pass comes to it: billed ahead so that it can be paid, or cancelled.

use serde_json::json;

use crate::domain::calendar::add_days;
use crate::domain::id::SubscriptionId;
use crate::domain::pass::{self, Planned};
use crate::domain::reason::{CancelReason, with_words};
use crate::domain::status::PaymentStatus;
use crate::domain::terms::due_on;
use crate::domain::text;
use crate::services::billing::{self, Billing};
use crate::services::done::{Done, Outcome, Touched};
use crate::services::refusal::{OfField, OrUnknown, Refusal, Result};
use crate::services::work::{Entry, Work};
use crate::store::billing::{self as rows, DueSubscription, Turn};
use crate::store::payment_change::{self, NewChange};

/// The next period of a subscription as the pass would bill it.
struct Next {
    due: DueSubscription,
    planned: Planned,
    /// The start of the period after it.
    after: Option<chrono::NaiveDate>,
    net_days: u32,
}

/// Looks the next period up.
fn next(work: &Work, id: SubscriptionId) -> Result<Next> {
    let due = rows::due_by_id(work.db, id)?.or_unknown("subscription", id)?;
    let turns = rows::turns(work.db)?.into_iter().filter(|(of, _)| *of == id).map(|(_, turn)| turn);
    let billable = billing::billable(&due, billing::billing_day(work, due.group)?, &turns.collect::<Vec<Turn>>())?;
    let start = pass::next_start(&billable).filter(|_| rows::bills(work.db, id).unwrap_or(false));
    let planned = start.and_then(|start| {
        let all = pass::plan_before(&billable, add_days(start, 1), work.shop.lead_days);
        all.into_iter().next()
    });
    let Some(planned) = planned else {
        return Err(
            Refusal::new("nothing_upcoming", format!("subscription {} bills no further period", id.shown())).into()
        );
    };
    let mut starts = std::collections::HashMap::new();
    billing::next_starts(&billable, &[planned], &mut starts);
    let after = starts.get(&(id, planned.period.index)).copied().flatten();
    Ok(Next { due, planned, after, net_days: billable.net_days })
}

/// Bills the next period today, so that it can be paid ahead. A period billed to a group waits for the group's invoice.
pub(in crate::services) fn bill(work: &Work, id: SubscriptionId) -> Result<Done> {
    let Next { due, mut planned, after, net_days } = next(work, id)?;
    if due.group.is_some() {
        let message =
            format!("subscription {} is billed with its group: make the group's invoice of that month", id.shown());
        return Err(Refusal::new("billed_to_group", message).into());
    }
    planned.invoice_on = planned.invoice_on.map(|on| on.min(work.today));
    if let Some(on) = planned.invoice_on {
        planned.due_on = due_on(Some(planned.period.start), on, net_days);
    }
    Billing::new(work).period(&due, &planned, after)?;
    let payment = rows::payment_of_period(work.db, id, planned.period.start)?.or_unknown("payment of period", id)?;
    let details = json!({ "subscription": id, "period": planned.period.start });
    let (customer, subject) = (Some(due.customer), format!("payment:{payment}"));
    work.log(&Entry { action: "bill_ahead", customer, subject, details, ..Entry::default() })?;
    let day = work.shop.style.date(planned.period.start);
    let said = format!("The period from {day} is invoiced ahead: payment P-{payment}.");
    Ok(Done::new(said, Outcome::Payment(payment), &[Touched::Money, Touched::Orders, Touched::Customers]))
}

/// Cancels the next period before it is billed: its payment is written down as cancelled.
pub(in crate::services) fn cancel(work: &Work, id: SubscriptionId, why: CancelReason, words: &str) -> Result<Done> {
    let words = text::clean_line(words, 300).of_field("reason")?;
    let reason = with_words(&why.word(), &words);
    let Next { due, mut planned, after, .. } = next(work, id)?;
    if planned.period.index == 0 {
        let message = "this is the first period of the contract: cancel the order or the subscription instead";
        return Err(Refusal::new("first_period", message).into());
    }
    // No invoice: what is cancelled is not billed first.
    planned.invoice_on = None;
    Billing::new(work).period(&due, &planned, after)?;
    let payment = rows::payment_of_period(work.db, id, planned.period.start)?.or_unknown("payment of period", id)?;
    let details = json!({ "subscription": id, "period": planned.period.start });
    let (customer, subject) = (Some(due.customer), format!("payment:{payment}"));
    let text = Some(reason.clone());
    let activity =
        work.log(&Entry { action: "cancel_upcoming", customer, subject, details, text, ..Entry::default() })?;
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
    let day = work.shop.style.date(planned.period.start);
    let said = format!("The period from {day} is cancelled: payment P-{payment}. It is never billed.");
    Ok(Done::new(said, Outcome::Payment(payment), &[Touched::Money, Touched::Orders, Touched::Customers]))
}
