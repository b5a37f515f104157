//! What is asked of subscriptions and of the periods they bill next, and the statements of both.

use chrono::NaiveDate;

use super::cond::{Among, Cond, On, between, listed};
use super::customers;
use super::meant::{self, Columns, with_merged};
use super::sql::List;
use crate::domain::id::{CustomerId, GroupId};
use crate::domain::query::subscriptions::{SubscriptionFilter, SubscriptionSort, UpcomingFilter};
use crate::domain::status::SubscriptionStatus;
use crate::store::engine::Db;
use crate::store::error::Result;

/// The words of the index of running contracts by their end.
const RUNNING: &str = "s.status <> 'draft' AND s.status <> 'ended' AND s.status <> 'cancelled'";
/// The words of the index of the day something falls due next.
const BILLS: &str = "s.next_start_on IS NOT NULL AND s.status <> 'draft' AND s.status <> 'paused' AND s.status <> 'ended' \
     AND s.status <> 'cancelled'";
const LIVE: &[SubscriptionStatus] =
    &[SubscriptionStatus::Active, SubscriptionStatus::Paused, SubscriptionStatus::Suspended];
const WITH_ROOT: &str =
    "subscription s JOIN customer m ON m.id = s.customer_id JOIN customer c ON c.id = COALESCE(m.root_id, m.id)";

/// The statement of a list.
pub fn list(db: &Db, filter: &SubscriptionFilter) -> Result<List> {
    let mut conds = of_whom(filter.customer, filter.group);
    if !filter.statuses.is_empty() {
        conds.push(listed("s.status", filter.statuses.iter().map(|status| status.code())));
        if filter.statuses.iter().all(|status| LIVE.contains(status)) {
            conds.push(Cond::plain(RUNNING));
        }
    }
    conds.extend(filter.variant.map(|variant| Cond::new("s.variant_id = ?", vec![variant.into()])));
    // The contract's last day is the day before it is over.
    let after = |day: NaiveDate| day.succ_opt().unwrap_or(day);
    conds.extend(between("s.end_on", (filter.ending.0.map(after), filter.ending.1.map(after))));
    let rank = typed(db, &filter.query, true, &mut conds)?;
    let (from, order) = match filter.sort {
        SubscriptionSort::Number => ("subscription s", vec![("s.id", true)]),
        SubscriptionSort::End => ("subscription s", vec![("s.end_on", false), ("s.id", false)]),
        SubscriptionSort::Customer => (WITH_ROOT, vec![("c.sort_key", false), ("c.id", false), ("s.id", false)]),
    };
    Ok(List { table: "subscription s", from, joined: None, conds, order, reverse: filter.reverse, rank })
}

/// The statement of what is billed next. Who is in a segment is read for `today`.
pub fn upcoming(db: &Db, filter: &UpcomingFilter, today: NaiveDate) -> Result<List> {
    let mut conds = of_whom(filter.customer, filter.group);
    conds.push(Cond::plain(BILLS));
    conds.extend(customers::within(db, filter.segment.as_deref(), today)?.map(|among| cond(&among)));
    conds.extend(between("s.next_start_on", filter.starts));
    let rank = typed(db, &filter.query, false, &mut conds)?;
    let order = vec![("s.next_start_on", false), ("s.id", false)];
    Ok(List {
        table: "subscription s",
        from: "subscription s",
        joined: None,
        conds,
        order,
        reverse: filter.reverse,
        rank,
    })
}

fn of_whom(customer: Option<CustomerId>, group: Option<GroupId>) -> Vec<Cond> {
    let members = "s.customer_id IN (SELECT x.id FROM customer x WHERE x.group_id = ?)";
    let group = group.map(|group| Cond::new(members, vec![group.into()]));
    customer.map(|customer| cond(&with_merged(customer))).into_iter().chain(group).collect()
}

/// Adds what a typed text means; how well.
fn typed(db: &Db, query: &str, is_own_list: bool, conds: &mut Vec<Cond>) -> Result<Option<Cond>> {
    let Some(typed) = meant::read(db, query)? else { return Ok(None) };
    let meant = meant::of_subscriptions(&typed, is_own_list);
    conds.push(meant.cond(COLUMNS));
    Ok(Some(meant.rank(COLUMNS)))
}

/// The contracts a text means, as a condition on their rows `s`; none where nothing is typed.
pub fn meant(db: &Db, query: &str) -> Result<Option<Cond>> {
    let typed = meant::read(db, query)?;
    Ok(typed.map(|typed| meant::of_subscriptions(&typed, true).cond(COLUMNS)))
}

/// A contract asks for no money itself.
const COLUMNS: Columns = Columns { of: column, amount: "s.id", is_open: "1 = 1" };

fn cond(among: &Among) -> Cond {
    among.cond(column(among.on))
}

/// The column a set is about.
const fn column(on: On) -> &'static str {
    match on {
        On::Customer => "s.customer_id",
        On::Order => "s.order_id",
        On::Asset => "s.asset_id",
        On::Variant => "s.variant_id",
        On::Id | On::Group | On::Invoice | On::Subscription => "s.id",
    }
}
