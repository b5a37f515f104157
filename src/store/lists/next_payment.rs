//! When a subscription is paid for next: one answer for its page, for lists and for commands.

use chrono::{Days, NaiveDate};

use super::shown::money;
use crate::domain::id::SubscriptionId;
use crate::domain::money::Money;
use crate::domain::pass::{Planned, plan_before};
use crate::store::engine::Db;
use crate::store::error::Result;
use crate::store::shop::count;
use crate::store::{billing, group, subscription};

/// What falls due next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NextPayment {
    /// When it is or would be due, by its terms and its group's.
    pub on: NaiveDate,
    /// Gross once it stands on an invoice, else as priced.
    pub amount: Money,
}

const OPEN: &str = "SELECT due_on, amount_minor, currency FROM payment WHERE subscription_id = ?1 AND kind = 'period' \
    AND status <> 'paid' AND status <> 'cancelled' AND due_on >= ?2 ORDER BY due_on, id LIMIT 1";

const NEXT: &str = "SELECT next_start_on, currency FROM subscription WHERE id = ?1";

/// The period that falls due next, on `today` or later: materialised or not, whichever is due first. What is late
/// already is not the next one; it stands beside it.
pub fn next_payment(db: &Db, id: SubscriptionId, today: NaiveDate) -> Result<Option<NextPayment>> {
    let open = db
        .one(OPEN, &[id.into(), today.into()], |row| Ok(NextPayment { on: row.date(0)?, amount: money(row, 1, 2)? }))?;
    let next = db.one(NEXT, &[id.into()], |row| Ok((row.opt_date(0)?, super::shown::currency(row, 1)?)))?;
    let Some((Some(start), currency)) = next else { return Ok(open) };
    let planned = to_come(db, id, start + Days::new(1))?;
    let first = planned.first().map(|one| NextPayment { on: one.due_on, amount: Money::new(one.priced, currency) });
    Ok(open.into_iter().chain(first).min_by_key(|next| next.on))
}

/// The periods not yet materialised that start before a day, with the dates they would have. Of a subscription that
/// bills no more, none.
pub(super) fn to_come(db: &Db, id: SubscriptionId, day: NaiveDate) -> Result<Vec<Planned>> {
    let Some(due) = billing::due_by_id(db, id)? else { return Ok(Vec::new()) };
    let billing_day = match due.group {
        Some(group) => group::by_id(db, group)?.map(|group| group.billing_day),
        None => None,
    };
    let billable = billing::billable(&due, billing_day, &subscription::turns(db, id)?)?;
    let lead_days = db.one("SELECT lead_days FROM shop", &[], |row| count(row, 0))?.unwrap_or(0);
    Ok(plan_before(&billable, day, lead_days))
}
