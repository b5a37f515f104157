//! A subscription is cancelled from a day on.

use chrono::NaiveDate;

use super::changing::Changing;
use crate::documents::Sentence;
use crate::domain::contract::RunningPeriod;
use crate::domain::log::Log;
use crate::domain::status::{AssetState, SubscriptionStatus};
use crate::domain::text;
use crate::services::done::Done;
use crate::services::refusal::{OfField, Result};

/// Cancels from a day on: later periods fall away, the one that runs is prorated or kept. A day to come shortens the
/// contract; the pass ends it then.
pub(super) fn cancel(
    mut changing: Changing,
    from: NaiveDate,
    running: Option<RunningPeriod>,
    refund: bool,
    reason: &str,
) -> Result<Done> {
    changing.refuse_outside("from", from)?;
    let why = text::clean_line(reason, 300).of_field("reason")?;
    let rule = running.unwrap_or(changing.work.shop.cancel_running);
    let period = changing.schedule()?.period_on(from).map(|period| (period.start, period.end));
    let until = rule.owed_until(from, period);
    let shown = changing.day(from);
    let number = changing.sub.id.shown();
    if from > changing.work.today && from > changing.sub.start_on {
        changing.after.agreed_end_on = changing.after.agreed_end_on.or(Some(changing.after.end_on));
        (changing.after.end_on, changing.after.ended_on) = (until, Some(until));
        changing.drop_plans(until, until)?;
        changing.plan_again()?;
        let last = changing.day(until.pred_opt().unwrap_or(until));
        changing.tell(format!("It runs and bills until {last}; then it is cancelled and its asset is back in stock."));
    } else {
        let on = from.max(changing.sub.start_on);
        changing.is_over(SubscriptionStatus::Cancelled, (on, until), AssetState::InStock)?;
        if let Some(asset) = changing.after.asset {
            let serial = changing.serial(asset)?;
            changing.tell(format!("It is over from {shown}; {serial} is back in stock."));
        } else {
            changing.tell(format!("It is over from {shown}."));
        }
    }
    if until > from {
        let last = changing.day(until.pred_opt().unwrap_or(until));
        changing.tell(format!("The period that runs is owed to its end, {last}."));
    }
    changing.settle(until)?;
    changing.drop_deposit()?;
    let said = format!("Subscription {number} of {} is cancelled from {shown}.", changing.name);
    let reason = changing.why(Sentence::Cancelled, from);
    changing.finish(Log::CancelSubscription, &said, (&reason, &why), refund)
}
