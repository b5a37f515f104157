//! The status of a payment changes without money: on its way, failed, open again.

use serde_json::json;

use crate::domain::id::{ActivityId, PaymentId, ReceiptId};
use crate::domain::log::{Log, Subject};
use crate::domain::reason::DeclineReason;
use crate::domain::status::{AttemptState, PaymentStatus, ReceiptState};
use crate::domain::text;
use crate::services::done::{Done, Outcome, Touched, WayBack};
use crate::services::notices;
use crate::services::refusal::{OfField, OrUnknown, Refusal, Result};
use crate::services::work::{Entry, Work};
use crate::store::attempt::{self, NewAttempt};
use crate::store::awaited;
use crate::store::payment_change::{self, NewChange};
use crate::store::receipt::{self, Owed};

/// The money is on its way.
pub(in crate::services) fn process(work: &Work, id: PaymentId) -> Result<Done> {
    change(work, id, PaymentStatus::Processing, Log::ProcessPayment, "")
}

/// The money did not come. A payment that was not on its way is so first: both rows are kept.
pub(in crate::services) fn fail(work: &Work, id: PaymentId, reason: &str) -> Result<Done> {
    change(work, id, PaymentStatus::Failed, Log::FailPayment, reason)
}

/// Money that was on its way is not.
pub(in crate::services) fn reopen(work: &Work, id: PaymentId, reason: &str) -> Result<Done> {
    change(work, id, PaymentStatus::Pending, Log::ReopenPayment, reason)
}

fn change(work: &Work, id: PaymentId, to: PaymentStatus, action: Log, reason: &str) -> Result<Done> {
    let owed = receipt::owed(work.db, id)?.or_unknown("payment", id)?;
    let reason = text::clean_line(reason, 300).of_field("reason")?;
    let from = owed.status;
    let via = (to == PaymentStatus::Failed && from == PaymentStatus::Pending).then_some(PaymentStatus::Processing);
    // Paid is left through a reversal of its money alone.
    let is_move = from != PaymentStatus::Paid && from != to && via.unwrap_or(from).can_become(to);
    if owed.invoice.is_none() || !is_move {
        let (is, becomes) = (from.word().to_lowercase(), to.word().to_lowercase());
        let why = if owed.invoice.is_none() { " and not invoiced" } else { "" };
        return Err(
            Refusal::new("no_such_move", format!("payment P-{id} is {is}{why}: it cannot become {becomes}")).into()
        );
    }
    let bounced = if from == PaymentStatus::Processing && to != PaymentStatus::Processing {
        awaited::awaited(work.db, id)?
    } else {
        Vec::new()
    };
    let activity = work.log(&Entry {
        customer: Some(owed.customer),
        details: json!({ "receipts": bounced.iter().map(|(receipt, _)| receipt.0).collect::<Vec<_>>() }),
        ..Entry::new(action, Subject::Payment(id))
    })?;
    let step = Step { to, reason: &reason, activity };
    step.take(work, &owed, via)?;
    for (receipt, _) in &bounced {
        receipt::set_state(work.db, *receipt, ReceiptState::Failed)?;
    }
    let mut changed = vec![id];
    for (receipt, _) in &bounced {
        changed.extend(step.take_along(work, *receipt)?);
    }
    let told =
        if to == PaymentStatus::Failed { notices::payments_failed(work, activity, &changed)? } else { String::new() };
    let becomes = match to {
        PaymentStatus::Failed => "has failed".to_owned(),
        PaymentStatus::Processing => "is on its way".to_owned(),
        other => format!("is {}", other.word().to_lowercase()),
    };
    let said = match bounced.iter().map(|(_, number)| number.as_str()).collect::<Vec<_>>().join(", ") {
        none if none.is_empty() => format!("Payment P-{id} {becomes}.{told}"),
        numbers => format!("Payment P-{id} {becomes}; receipt {numbers} did not come.{told}"),
    };
    Ok(Done::new(said, Outcome::Payment(id), &[Touched::Money]).back(WayBack::It))
}

/// What an Action makes of a payment.
struct Step<'a> {
    to: PaymentStatus,
    reason: &'a str,
    activity: ActivityId,
}

impl Step<'_> {
    /// A payment becomes it, through `via` where its table has no direct way.
    fn take(&self, work: &Work, owed: &Owed, via: Option<PaymentStatus>) -> Result<()> {
        let (payment, on, activity) = (owed.id, work.today, self.activity);
        if self.to == PaymentStatus::Failed {
            keep_attempt(work, owed, self.reason, activity)?;
        }
        if let (PaymentStatus::Pending, Some(open)) = (self.to, attempt::open(work.db, payment)?) {
            attempt::finish(work.db, open.id, AttemptState::Void, None)?;
        }
        let mut from = owed.status;
        for to in via.into_iter().chain([self.to]) {
            let reason = if to == self.to { self.reason } else { "" };
            let row = NewChange { payment, from, to, on, reason, reverses: None, activity };
            payment_change::change(work.db, &row)?;
            from = to;
        }
        Ok(())
    }

    /// The other payments a bounced receipt was meant for become it as well, unless other money is on its way; which.
    fn take_along(&self, work: &Work, receipt: ReceiptId) -> Result<Vec<PaymentId>> {
        let mut taken = Vec::new();
        for payment in awaited::meant_for(work.db, receipt)? {
            let owed = receipt::owed(work.db, payment)?.or_unknown("payment", payment)?;
            if owed.status == PaymentStatus::Processing && awaited::awaited(work.db, payment)?.is_empty() {
                self.take(work, &owed, None)?;
                taken.push(payment);
            }
        }
        Ok(taken)
    }
}

/// An attempt that brought no money is kept with its reason: the one under way, or a new one.
pub(super) fn keep_attempt(work: &Work, owed: &Owed, reason: &str, activity: ActivityId) -> Result<()> {
    let declined = DeclineReason::of_text(reason);
    payment_change::count_attempt(work.db, owed.id, 1)?;
    if let Some(open) = attempt::open(work.db, owed.id)? {
        return Ok(attempt::decline(work.db, open.id, declined, reason)?);
    }
    let new = NewAttempt {
        payment: owed,
        method: None,
        amount_minor: owed.open_minor(),
        state: AttemptState::Declined,
        on: work.today,
        declined: Some(declined),
        text: reason,
        reference: "",
        activity,
    };
    attempt::insert(work.db, &new)?;
    Ok(())
}
