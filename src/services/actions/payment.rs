//! The status of a payment changes without money: on its way, failed, open again.

use crate::domain::id::{ActivityId, PaymentId};
use crate::domain::reason::DeclineReason;
use crate::domain::status::{AttemptState, PaymentStatus};
use crate::domain::text;
use crate::services::done::{Done, Outcome, Touched};
use crate::services::refusal::{OfField, OrUnknown, Refusal, Result};
use crate::services::work::{Entry, Work};
use crate::store::attempt::{self, NewAttempt};
use crate::store::payment_change::{self, NewChange};
use crate::store::receipt::{self, Owed};

/// The money is on its way.
pub(in crate::services) fn process(work: &Work, id: PaymentId) -> Result<Done> {
    change(work, id, PaymentStatus::Processing, "process_payment", "")
}

/// The money did not come. A payment that was not on its way is so first: both rows are kept.
pub(in crate::services) fn fail(work: &Work, id: PaymentId, reason: &str) -> Result<Done> {
    change(work, id, PaymentStatus::Failed, "fail_payment", reason)
}

/// Money that was on its way is not.
pub(in crate::services) fn reopen(work: &Work, id: PaymentId, reason: &str) -> Result<Done> {
    change(work, id, PaymentStatus::Pending, "reopen_payment", reason)
}

fn change(work: &Work, id: PaymentId, to: PaymentStatus, action: &'static str, reason: &str) -> Result<Done> {
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
    let activity = work.log(&Entry {
        action,
        customer: Some(owed.customer),
        subject: format!("payment:{id}"),
        is_undoable: true,
        ..Entry::default()
    })?;
    if to == PaymentStatus::Failed {
        keep_attempt(work, &owed, &reason, activity)?;
    }
    if let (PaymentStatus::Pending, Some(open)) = (to, attempt::open(work.db, id)?) {
        attempt::finish(work.db, open.id, AttemptState::Void, None)?;
    }
    let mut at = from;
    for next in via.into_iter().chain([to]) {
        let row =
            NewChange { payment: id, from: at, to: next, on: work.today, reason: &reason, reverses: None, activity };
        payment_change::change(work.db, &row)?;
        at = next;
    }
    let said = format!("Payment P-{id} is {}. Ctrl+Z takes it back.", to.word().to_lowercase());
    Ok(Done::new(said, Outcome::Payment(id), &[Touched::Money]))
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
