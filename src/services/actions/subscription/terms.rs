//! A contract runs longer, or has another price.

use chrono::NaiveDate;

use super::changing::Changing;
use crate::domain::contract::extended_end;
use crate::domain::format::count;
use crate::domain::log::Log;
use crate::domain::money::{LARGEST, Money};
use crate::domain::schedule::{LONGEST_MONTHS, ScheduleError};
use crate::services::done::Done;
use crate::services::refusal::{OfField, Refusal, Result};

/// Runs longer by whole months.
pub(super) fn extend(mut changing: Changing, months: u32) -> Result<Done> {
    let number = changing.sub.id.shown();
    if months == 0 {
        return Err(Refusal::of_field("months", ScheduleError::NoMonths).into());
    }
    if months > LONGEST_MONTHS {
        return Err(Refusal::of_field("months", ScheduleError::TooLong(months)).into());
    }
    if let Some(on) = changing.after.ended_on {
        let message = format!("subscription {number} is cancelled to {}: take that back first", changing.day(on));
        return Err(Refusal::new("cancelled_already", message).into());
    }
    let before = changing.schedule()?;
    let end =
        extended_end(before.start, before.end, months).ok_or(ScheduleError::TooLong(months)).of_field("months")?;
    changing.after.end_on = end;
    let after = changing.schedule()?;
    changing.settle(end)?;
    changing.plan_again()?;
    let last = changing.day(end.pred_opt().unwrap_or(end));
    let more = count(after.count().saturating_sub(before.count()), "payment");
    changing.tell(format!("The contract ends on {last}; {more} more."));
    if let Some(next) = changing.after.next_start_on {
        changing.tell(format!("The next payment is the one from {}.", changing.day(next)));
    }
    let said = format!("Subscription {number} of {} runs until {last}.", changing.name);
    changing.bills = true;
    changing.finish(Log::ExtendSubscription, &said, ("extended", ""), false)
}

/// Another price a month, from the first period that starts on a day or later and is not billed.
pub(super) fn reprice(mut changing: Changing, price: &str, from: Option<NaiveDate>) -> Result<Done> {
    let id = changing.sub.id;
    let number = id.shown();
    let new = Money::parse(price, changing.sub.currency).of_field("price")?;
    let months = i128::from(changing.due.frequency.months());
    let gross =
        i128::from(new.minor()) * months * i128::from(1_000_000 + changing.due.tax_on(changing.work.today).ppm())
            / 1_000_000;
    if gross > i128::from(LARGEST) {
        let message = "a payment of this price is larger than the book can hold";
        return Err(Refusal::of_field("price", message).into());
    }
    let schedule = changing.schedule()?;
    let billable = changing.billable()?;
    let to_come = |index: u32| !billable.is_done(index);
    let Some(next) = schedule.periods().find(|period| to_come(period.index)) else {
        let message = format!("every period of subscription {number} is billed: extend it first");
        return Err(Refusal::new("nothing_left", message).into());
    };
    if from.is_some_and(|from| from < next.start) {
        let message = format!("the days before {} are billed: the new price can start then", changing.day(next.start));
        return Err(Refusal::of_field("from", message).into());
    }
    let at = from.map_or(Some(next), |from| schedule.periods().find(|at| at.start >= from && to_come(at.index)));
    let Some(at) = at else {
        let message = "no period starts on that day or later";
        return Err(Refusal::of_field("from", message).into());
    };
    let old = changing.monthly(at.start)?;
    if old == new.minor() {
        return Err(Refusal::of_field("price", "that is its price already").into());
    }
    let had = crate::store::subscription::set_price(changing.work.db, id, at.start, Some(new.minor()))?;
    changing.trail.prices.push((at.start, had));
    changing.plan_again()?;
    let (shown, was) = (changing.day(at.start), changing.amount(old));
    let count = (at.index..schedule.count()).filter(|index| to_come(*index)).count();
    let is = changing.amount(new.minor());
    let payments = if count == 1 { "1 payment".to_owned() } else { format!("{count} payments") };
    changing.tell(format!("{was} becomes {is} a month for {payments} from {shown}."));
    let said = format!("Subscription {number} of {} costs {is} a month from {shown}.", changing.name);
    changing.finish(Log::RepriceSubscription, &said, ("price changed", ""), false)
}
