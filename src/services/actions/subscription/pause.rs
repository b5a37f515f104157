//! A subscription runs on without billing, and bills again. Anchor and contract end stay.

use chrono::NaiveDate;

use super::changing::Changing;
use crate::documents::Sentence;
use crate::domain::contract::Pause;
use crate::domain::log::Log;
use crate::domain::status::SubscriptionStatus;
use crate::services::done::Done;
use crate::services::refusal::{Refusal, Result};
use crate::store::subscription::Lasts;

/// Pauses from a day on, up to another one or until further notice. Paused days that are billed already are credited.
pub(super) fn pause(mut changing: Changing, from: NaiveDate, to: Option<NaiveDate>) -> Result<Done> {
    changing.refuse_outside("from", from)?;
    if to.is_some_and(|to| to <= from) {
        return Err(
            Refusal::of_field("to", "the day billing begins again has to be after the first day of the pause").into()
        );
    }
    if to.is_some_and(|to| to > changing.after.end_on) {
        return Err(Refusal::of_field("to", "that is after the contract ends: leave it empty").into());
    }
    if changing.sub.state.status == SubscriptionStatus::Suspended {
        let message = "a suspended subscription cannot be paused: its service is withheld already, and it is billed";
        return Err(Refusal::new("suspended", message).into());
    }
    let pauses = changing.pauses();
    refuse_overlap(&changing, &pauses, (from, to))?;
    changing.set_pause(from, to.into())?;
    changing.after.status = status_on(changing.work.today, &[(from, to)], changing.sub.state.status);
    changing.plan_again()?;
    changing.settle(changing.after.end_on)?;
    let until = match to {
        Some(to) => format!("bills again on {}", changing.day(to)),
        None => "until it is resumed".to_owned(),
    };
    changing.tell(match changing.after.next_start_on {
        Some(next) => format!("The next payment is the one from {}.", changing.day(next)),
        None if to.is_none() => "Nothing is billed until it is resumed.".to_owned(),
        None => "No payment is left.".to_owned(),
    });
    let number = changing.sub.id.shown();
    let shown = changing.day(from);
    let said = format!("Subscription {number} of {} is paused from {shown}, {until}.", changing.name);
    let reason = changing.why(Sentence::Paused, from);
    changing.finish(Log::PauseSubscription, &said, (&reason, ""), false)
}

fn refuse_overlap(changing: &Changing, pauses: &[Pause], (from, to): Pause) -> Result<()> {
    let end = |to: Option<NaiveDate>| to.unwrap_or(NaiveDate::MAX);
    match pauses.iter().find(|pause| from < end(pause.1) && pause.0 < end(to)) {
        None => Ok(()),
        Some((since, _)) => {
            let message = format!("it is paused from {} already: resume that first", changing.day(*since));
            Err(Refusal::of_field("from", message).into())
        }
    }
}

/// Paused while a pause holds the day; what was suspended stays so.
fn status_on(today: NaiveDate, pauses: &[Pause], now: SubscriptionStatus) -> SubscriptionStatus {
    let holds = |pause: &Pause| pause.0 <= today && pause.1.is_none_or(|to| to > today);
    match now {
        SubscriptionStatus::Active | SubscriptionStatus::Paused if pauses.iter().any(holds) => {
            SubscriptionStatus::Paused
        }
        SubscriptionStatus::Paused => SubscriptionStatus::Active,
        other => other,
    }
}

/// Bills again from a day on: the pause that holds it, or the one that is planned, ends there. Days that were credited
/// because nobody knew the end are billed again.
pub(super) fn resume(mut changing: Changing, on: NaiveDate) -> Result<Done> {
    let id = changing.sub.id;
    let number = id.shown();
    let newest = changing.pauses().into_iter().rfind(|(from, to)| *from <= on && to.is_none_or(|to| to > on));
    let Some((from, _)) = newest else {
        let message = format!("subscription {number} is not paused on {}", changing.day(on));
        return Err(Refusal::of_field("on", message).into());
    };
    if on >= changing.after.end_on {
        return Err(Refusal::of_field("on", "the contract is over by then").into());
    }
    changing.refuse_closed("on", on)?;
    changing.set_pause(from, if on > from { Lasts::Until(on) } else { Lasts::Never })?;
    changing.turns = crate::store::subscription::turns(changing.work.db, id)?;
    let pauses = changing.pauses();
    changing.after.status = status_on(changing.work.today, &pauses, changing.sub.state.status);
    changing.plan_again()?;
    changing.settle(changing.after.end_on)?;
    changing.tell(match changing.after.next_start_on {
        Some(next) => format!("The next payment is the one from {}.", changing.day(next)),
        None => "No payment is left.".to_owned(),
    });
    let shown = changing.day(on);
    let said = format!("Subscription {number} of {} bills again from {shown}.", changing.name);
    changing.bills = true;
    changing.finish(Log::ResumeSubscription, &said, ("resumed", ""), false)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_subscription_is_paused_while_a_pause_holds_the_day() {
        use SubscriptionStatus::{Active, Paused, Suspended};
        let pause = [(day("2025-02-01"), Some(day("2025-03-01")))];
        for (on, now, is) in [
            ("2025-01-31", Active, Active),
            ("2025-02-01", Active, Paused),
            ("2025-02-28", Paused, Paused),
            ("2025-03-01", Paused, Active),
            ("2025-02-10", Suspended, Suspended),
        ] {
            assert_eq!(status_on(day(on), &pause, now), is, "{on}");
        }
        assert_eq!(status_on(day("2030-01-01"), &[(day("2025-02-01"), None)], Active), Paused);
    }
}
