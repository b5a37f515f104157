//! How a page of customers is found. What is summed up over customers (lifetime value, subscriptions) stands on each of
//! them; the few into which others were merged are gathered beside the walk, their sums taken together.

use std::collections::HashMap;

use chrono::{Days, NaiveDate};

use super::{CustomerFilter, CustomerSort, Segment};
use crate::domain::customer::CustomerKind;
use crate::domain::log::Log;
use crate::store::engine::{Db, Value};
use crate::store::error::Result;
use crate::store::lists::cond::{Column, Cond, among, between, count_up_to, int, numbered, text};
use crate::store::lists::keyset::Source;
use crate::store::lists::meant::HANDFUL;
use crate::store::lists::search::{People, Term};

/// What fewer customers meet is gathered and sorted instead of walked past.
const GATHERED: i64 = 2000;

const CUSTOMER: &str = "customer c";
const ID: Column = int("c.id");
const LIFETIME: Column = int("c.lifetime_minor");
const WHOLE_LIFETIME: Column = int("(c.lifetime_minor + CAST(COALESCE((SELECT SUM(x.lifetime_minor) FROM customer x \
     WHERE x.root_id = c.id), 0) AS BIGINT))");
const COUNT: Column = int("c.subscription_count");
const WHOLE_COUNT: Column =
    int("(c.subscription_count + CAST(COALESCE((SELECT SUM(x.subscription_count) FROM customer x \
     WHERE x.root_id = c.id), 0) AS BIGINT))");

/// Whether it, or one merged into it, has an active subscription.
const ACTIVE: &str = "(EXISTS (SELECT 1 FROM subscription s WHERE s.customer_id = c.id AND s.status = 'active' \
     AND s.status IN ('active', 'paused', 'suspended')) OR EXISTS (SELECT 1 FROM customer x CROSS JOIN subscription s \
     WHERE x.root_id = c.id AND s.customer_id = x.id AND s.status = 'active' AND s.status IN ('active', 'paused', 'suspended')))";

/// Customers whose payment failed since a day, and it was not taken back.
const FAILED_SINCE: &str = "c.id IN (SELECT COALESCE(m.root_id, m.id) FROM payment_change h CROSS JOIN payment p \
     CROSS JOIN customer m WHERE h.to_status = 'failed' AND COALESCE(h.reverses_id, 0) = 0 AND h.changed_on >= ? \
     AND p.id = h.payment_id AND m.id = p.customer_id \
     AND NOT EXISTS (SELECT 1 FROM payment_change u WHERE u.reverses_id = h.id))";

/// Customers whose first subscription, or that of those merged into them, began since a day.
const NEW_SINCE: &str = "c.id IN (SELECT COALESCE(m.root_id, m.id) FROM subscription s CROSS JOIN customer m \
     WHERE s.activated_on >= ? AND m.id = s.customer_id \
     AND NOT EXISTS (SELECT 1 FROM subscription e WHERE e.customer_id = COALESCE(m.root_id, m.id) AND e.activated_on < ?) \
     AND NOT EXISTS (SELECT 1 FROM customer f CROSS JOIN subscription e WHERE f.root_id = COALESCE(m.root_id, m.id) \
     AND e.customer_id = f.id AND e.activated_on < ?))";

/// Customers who extended a subscription; a mistake that was taken back is none.
fn extended() -> String {
    format!(
        "c.id IN (SELECT COALESCE(m.root_id, m.id) FROM activity a CROSS JOIN customer m \
         WHERE a.action = '{}' AND m.id = a.customer_id \
         AND NOT EXISTS (SELECT 1 FROM activity u WHERE u.undoes_id = a.id))",
        Log::ExtendSubscription.code()
    )
}

/// Customers by whether others were merged into them.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Family {
    /// It does not matter here.
    Any,
    /// Nobody was: their own sums are whole.
    Alone,
    /// Somebody was: few, and summed up.
    Joined,
}

impl Family {
    fn cond(self) -> Option<Cond> {
        let raw = |sql: &str| Some(Cond::raw(sql, Vec::new()));
        match self {
            Self::Any => None,
            Self::Alone => raw("NOT EXISTS (SELECT 1 FROM customer x WHERE x.root_id = c.id)"),
            Self::Joined => raw("c.id IN (SELECT x.root_id FROM customer x WHERE x.root_id IS NOT NULL)"),
        }
    }

    const fn lifetime(self) -> Column {
        if matches!(self, Self::Alone) { LIFETIME } else { WHOLE_LIFETIME }
    }
}

/// What is asked for, as conditions.
pub(super) struct Plan {
    sort: CustomerSort,
    lead: Option<Cond>,
    tests: Vec<Cond>,
    lifetime: (Option<i64>, Option<i64>),
    search: Option<Search>,
}

/// The customers a typed text means.
struct Search {
    ids: Vec<i64>,
    many: Option<Cond>,
}

impl Plan {
    /// Reads a filter; `None` where nobody can meet it.
    pub(super) fn new(db: &Db, filter: &CustomerFilter, today: NaiveDate) -> Result<Option<Self>> {
        let search = Search::read(db, &filter.query)?;
        if search.as_ref().is_some_and(|search| search.ids.is_empty() && search.many.is_none()) {
            return Ok(None);
        }
        let kind = if filter.segment == Some(Segment::Business) { Some(CustomerKind::Business) } else { filter.kind };
        let mut tests = vec![Cond::raw("c.root_id IS NULL", Vec::new())];
        if !filter.closed {
            tests.push(Cond::raw("c.closed_on IS NULL", Vec::new()));
        }
        tests.extend(
            filter.kind.into_iter().chain(kind).map(|kind| Cond::on(text("c.kind"), "= ?", vec![kind.code().into()])),
        );
        tests.extend(
            filter.active.map(|yes| Cond::raw(format!("{}{ACTIVE}", if yes { "" } else { "NOT " }), Vec::new())),
        );
        let group = filter.group.map(|group| Cond::on(int("c.group_id"), "= ?", vec![group.into()]));
        let class = filter.class.map(|class| Cond::on(int("c.class_id"), "= ?", vec![class.into()]));
        let mut lead = group.clone();
        let mut lifetime = filter.lifetime;
        if let Some(segment) = filter.segment {
            let mut of_segment = None;
            match segment {
                Segment::Business => {}
                Segment::Loyal => {
                    tests.push(Cond::on(WHOLE_COUNT, ">= 2", Vec::new()).or(Cond::raw(extended(), Vec::new())));
                }
                Segment::HighValue => lifetime.0 = Some(lifetime.0.unwrap_or(0).max(high_value(db)?)),
                Segment::AtRisk => of_segment = Some(Cond::raw(FAILED_SINCE, vec![ago(today, 90)])),
                Segment::New => {
                    of_segment = Some(Cond::raw(NEW_SINCE, vec![ago(today, 30), ago(today, 30), ago(today, 30)]));
                }
            }
            // The group leads where there is one; the segment holds all the same.
            match (&lead, of_segment) {
                (Some(_), also) => tests.extend(also),
                (None, first) => lead = first,
            }
        }
        if lead.is_none()
            && let Some(class) = &class
            && count_up_to(db, CUSTOMER, class, GATHERED)? < GATHERED
        {
            lead = Some(class.clone());
        }
        tests.extend(class.map(Cond::blind));
        if let Some(within) = &filter.within {
            let inner = CustomerFilter { query: String::new(), ..within.as_ref().clone() };
            let Some(inner) = Self::new(db, &inner, today)? else { return Ok(None) };
            tests.extend(inner.whole().into_iter().map(Cond::blind));
        }
        Ok(Some(Self { sort: filter.sort, lead, tests, lifetime, search }))
    }

    /// The sources of the list.
    pub(super) fn sources(&self, db: &Db) -> Result<Vec<Source>> {
        let summed = matches!(self.sort, CustomerSort::LifetimeValue | CustomerSort::Subscriptions);
        let families: &[Family] =
            if summed || self.lifetime != (None, None) { &[Family::Alone, Family::Joined] } else { &[Family::Any] };
        let mut sources = Vec::new();
        for family in families {
            if let Some(lead) = &self.lead {
                sources.push(self.source(*family, Some(lead), self.search.as_ref().map(Search::test)));
                continue;
            }
            let Some(search) = &self.search else {
                let lead = self.by_lifetime(db, *family)?;
                sources.push(self.source(*family, lead.as_ref(), None));
                continue;
            };
            if search.ids.len() > HANDFUL && *family != Family::Joined {
                sources.push(self.source(*family, None, Some(among(ID, &search.ids).blind())));
            } else if !search.ids.is_empty() {
                sources.push(self.source(*family, Some(&among(ID, &search.ids)), None));
            }
            if let Some(many) = &search.many {
                sources.push(self.source(*family, None, Some(many.clone())));
            }
        }
        Ok(sources)
    }

    /// The whole filter as conditions on `customer c`, for counting.
    pub(super) fn whole(&self) -> Vec<Cond> {
        let lifetime = between(WHOLE_LIFETIME, self.lifetime);
        let search = self.search.as_ref().map(Search::test);
        self.lead.iter().chain(&self.tests).cloned().chain(lifetime).chain(search).collect()
    }

    /// A lifetime value that few customers have, where the list is sorted by something else.
    fn by_lifetime(&self, db: &Db, family: Family) -> Result<Option<Cond>> {
        let few = between(LIFETIME, self.lifetime)
            .filter(|_| family == Family::Alone && self.sort != CustomerSort::LifetimeValue);
        match few {
            Some(range) if count_up_to(db, CUSTOMER, &range, GATHERED)? < GATHERED => Ok(Some(range)),
            _ => Ok(None),
        }
    }

    fn source(&self, family: Family, lead: Option<&Cond>, test: Option<Cond>) -> Source {
        let mut conds: Vec<Cond> = lead.cloned().into_iter().chain(family.cond()).collect();
        conds.extend(self.tests.iter().cloned());
        let range = between(family.lifetime(), self.lifetime);
        let served = self.sort == CustomerSort::LifetimeValue && lead.is_none();
        conds.extend(if served { range } else { range.map(Cond::blind) });
        conds.extend(test);
        let joined = family == Family::Joined;
        let order = match self.sort {
            CustomerSort::Name => vec![text("c.sort_key"), ID],
            CustomerSort::LifetimeValue => vec![family.lifetime().down(), ID],
            CustomerSort::Subscriptions => vec![if joined { WHOLE_COUNT } else { COUNT }.down(), ID],
            CustomerSort::Joined => vec![text("c.joined_on").down(), ID.down()],
        };
        Source { from: CUSTOMER, conds, order, gathered: lead.is_some() || joined, rank: 0, sieve: None, days: None }
    }
}

impl Search {
    /// `None` where nothing is typed.
    fn read(db: &Db, typed: &str) -> Result<Option<Self>> {
        let Some(term) = Term::read(db, typed)? else { return Ok(None) };
        Ok(Some(match term.people(db)? {
            People::Few(ids) => Self { ids: roots(db, &ids)?, many: None },
            People::Many(_) => {
                let like = term.like("search_key");
                let sql = format!("SELECT root_id FROM customer WHERE root_id IS NOT NULL AND {}", like.sql());
                let ids = db.all(&numbered(&sql), like.values(), |row| row.int(0))?;
                Self { ids, many: Some(term.tests(db, ID)?.1) }
            }
        }))
    }

    fn test(&self) -> Cond {
        let ids = (!self.ids.is_empty()).then(|| among(ID, &self.ids).blind());
        let parts = ids.into_iter().chain(self.many.clone());
        parts.reduce(Cond::or).unwrap_or_else(|| Cond::raw("1 = 0", Vec::new()))
    }
}

/// The customers these are read as. Those merged into another are few: only they are looked at.
fn roots(db: &Db, ids: &[i64]) -> Result<Vec<i64>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let merged = "SELECT id, root_id FROM customer WHERE root_id IS NOT NULL";
    let merged: HashMap<i64, i64> = db.all(merged, &[], |row| Ok((row.int(0)?, row.int(1)?)))?.into_iter().collect();
    let mut roots: Vec<i64> = ids.iter().map(|id| merged.get(id).copied().unwrap_or(*id)).collect();
    roots.sort_unstable();
    roots.dedup();
    Ok(roots)
}

fn ago(today: NaiveDate, days: u64) -> Value<'static> {
    today.checked_sub_days(Days::new(days)).unwrap_or(today).into()
}

/// The lifetime value from which a customer is a high-value one: the shop's setting, else what a tenth reaches.
fn high_value(db: &Db) -> Result<i64> {
    let set = db.one("SELECT high_value_minor FROM shop WHERE id = 1", &[], |row| row.opt_int(0))?.flatten();
    if let Some(minor) = set {
        return Ok(minor.max(1));
    }
    let count = db.one("SELECT COUNT(*) FROM customer", &[], |row| row.int(0))?.unwrap_or(0);
    let tenth = (count - 1).max(0) / 10;
    let reached = db.one(
        "SELECT lifetime_minor FROM customer ORDER BY lifetime_minor DESC LIMIT 1 OFFSET ?1",
        &[tenth.into()],
        |row| row.int(0),
    )?;
    Ok(reached.unwrap_or(0).max(1))
}
