//! What the planner of periods needs of a subscription, read from the book.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::refusal::{OrUnknown, Result};
use super::work::Work;
use crate::domain::id::{GroupId, SubscriptionId};
use crate::domain::pass::{self, Billable, Planned};
use crate::store::billing::{self, DueSubscription};
use crate::store::{group, subscription};

/// A subscription as the pass reads it, changed first, and what the planner needs of it.
pub(super) fn load(
    work: &Work,
    id: SubscriptionId,
    change: impl FnOnce(&mut DueSubscription),
) -> Result<(DueSubscription, Billable)> {
    let mut due = billing::due_by_id(work.db, id)?.or_unknown("subscription", id)?;
    change(&mut due);
    let turns = subscription::turns(work.db, id)?;
    let billable = billing::billable(&due, billing_day(work, due.group)?, &turns)?;
    Ok((due, billable))
}

/// After which planned period the next one starts when.
pub(super) fn next_starts(
    billable: &Billable,
    planned: &[Planned],
    starts: &mut HashMap<(SubscriptionId, u32), Option<NaiveDate>>,
) {
    for (at, plan) in planned.iter().enumerate() {
        let next = match planned.get(at + 1) {
            Some(following) => Some(following.period.start),
            None => pass::next_start(&Billable { next_index: plan.period.index + 1, ..billable.clone() }),
        };
        starts.insert((plan.subscription, plan.period.index), next);
    }
}

/// The billing day of the group a customer bills to.
pub(super) fn billing_day(work: &Work, group: Option<GroupId>) -> Result<Option<u32>> {
    match group {
        None => Ok(None),
        Some(id) => Ok(group::by_id(work.db, id)?.map(|group| group.billing_day)),
    }
}
