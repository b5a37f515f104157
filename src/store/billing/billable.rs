//! What the planner of periods needs of a subscription, from its rows.

use super::due::{DueSubscription, Turn};
use crate::domain::pass::{Billable, GroupBilling};
use crate::domain::schedule::Schedule;
use crate::domain::terms::regular_terms;
use crate::store::error::{Result, StoreError};

/// What the planner needs of a due subscription, whose group bills on this day of the month.
pub fn billable(due: &DueSubscription, billing_day: Option<u32>, turns: &[Turn]) -> Result<Billable> {
    let agreed_end = due.agreed_end_on.unwrap_or(due.end_on);
    let schedule = Schedule::new(due.start_on, agreed_end, due.frequency, Some(due.anchor_day))
        .map_err(|error| StoreError::broken(format!("subscription {}: {error}", due.id)))?;
    let mut billable = Billable {
        subscription: due.id,
        group: due.group.zip(billing_day).map(|(id, billing_day)| GroupBilling { id, billing_day }),
        schedule,
        until: due.end_on,
        next_index: due.next_index,
        activated_on: due.activated_on,
        net_days: regular_terms(due.kind, due.group_terms, due.own_terms, due.class_terms),
        prices: vec![(due.start_on, due.price_minor)],
        ahead: Vec::new(),
        pauses: Vec::new(),
    };
    turn(&mut billable, turns);
    Ok(billable)
}

/// Adds what turns a subscription to what was agreed first.
pub fn turn(billable: &mut Billable, turns: &[Turn]) {
    for turn in turns {
        match turn {
            Turn::Price(from, minor) => billable.prices.push((*from, *minor)),
            Turn::Pause(from, to) => billable.pauses.push((*from, *to)),
            Turn::Ahead(index, monthly) => billable.ahead.push((*index, *monthly)),
        }
    }
}
