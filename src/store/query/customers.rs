//! What is asked of customers, resolved, and its statement. Sums take in those merged into a customer.

use chrono::{Days, NaiveDate};

use super::cond::{Among, Cond, On, Set, between};
use super::meant;
use super::sql::List;
use crate::domain::customer::CustomerKind;
use crate::domain::id::{ClassId, GroupId};
use crate::domain::log::Log;
use crate::domain::query::customers::{CustomerFilter, CustomerSort, Segment};
use crate::domain::query::typed::Word;
use crate::store::engine::{Db, Value};
use crate::store::error::Result;

/// The lifetime value of a customer and of those merged into it.
const LIFETIME: &str = "(c.lifetime_minor + CAST(COALESCE((SELECT SUM(x.lifetime_minor) FROM customer x \
     WHERE x.root_id = c.id), 0) AS BIGINT))";
/// How many subscriptions they have.
const COUNT: &str = "(c.subscription_count + CAST(COALESCE((SELECT SUM(x.subscription_count) FROM customer x \
     WHERE x.root_id = c.id), 0) AS BIGINT))";

/// Customers who, or one merged into whom, have an active subscription.
const ACTIVE: &str = "SELECT COALESCE(m.root_id, m.id) FROM subscription s JOIN customer m ON m.id = s.customer_id \
     WHERE s.status = 'active'";

/// Customers whose payment failed since a day, and it was not taken back.
const FAILED_SINCE: &str = "SELECT COALESCE(m.root_id, m.id) FROM payment_change h CROSS JOIN payment p \
     CROSS JOIN customer m WHERE h.to_status = 'failed' AND COALESCE(h.reverses_id, 0) = 0 AND h.changed_on >= ? \
     AND p.id = h.payment_id AND m.id = p.customer_id \
     AND NOT EXISTS (SELECT 1 FROM payment_change u WHERE u.reverses_id = h.id)";

/// Customers whose first subscription, or that of those merged into them, began since a day. One that was taken back, with
/// its order, is none.
const NEW_SINCE: &str = "SELECT COALESCE(m.root_id, m.id) FROM subscription s CROSS JOIN customer m CROSS JOIN rental_order o \
     WHERE s.activated_on >= ? AND m.id = s.customer_id AND o.id = s.order_id AND (o.status || '') <> 'cancelled' \
     AND NOT EXISTS (SELECT 1 FROM subscription e CROSS JOIN rental_order q WHERE e.customer_id = COALESCE(m.root_id, m.id) \
     AND e.activated_on < ? AND q.id = e.order_id AND (q.status || '') <> 'cancelled') \
     AND NOT EXISTS (SELECT 1 FROM customer f CROSS JOIN subscription e CROSS JOIN rental_order q \
     WHERE f.root_id = COALESCE(m.root_id, m.id) AND e.customer_id = f.id AND e.activated_on < ? \
     AND q.id = e.order_id AND (q.status || '') <> 'cancelled')";

/// Customers who extended a subscription; a mistake that was taken back is none.
fn extended() -> String {
    format!(
        "SELECT COALESCE(m.root_id, m.id) FROM activity a CROSS JOIN customer m \
         WHERE a.action = '{}' AND m.id = a.customer_id \
         AND NOT EXISTS (SELECT 1 FROM activity u WHERE u.undoes_id = a.id)",
        Log::ExtendSubscription.code()
    )
}

/// What is asked of customers. Those merged into another are never in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Customers {
    /// All of these; two that differ have nobody.
    pub kinds: Vec<CustomerKind>,
    pub lifetime: (Option<i64>, Option<i64>),
    pub group: Option<GroupId>,
    pub class: Option<ClassId>,
    pub closed: bool,
    /// All of these, about the customer itself.
    pub within: Vec<Among>,
    pub words: Vec<Word>,
    pub sort: CustomerSort,
    pub reverse: bool,
}

impl Customers {
    /// Resolves a filter.
    pub fn read(db: &Db, filter: &CustomerFilter, today: NaiveDate) -> Result<Self> {
        let mut lifetime = filter.lifetime;
        let mut within = Vec::new();
        within.extend(filter.active.map(|is_in| Among { is_in, ..Among::select(On::Id, Cond::plain(ACTIVE)) }));
        match filter.segment {
            None | Some(Segment::Business) => {}
            Some(Segment::HighValue) => lifetime.0 = Some(lifetime.0.unwrap_or(0).max(high_value(db)?)),
            Some(Segment::Loyal) => {
                let several = format!("SELECT c.id FROM customer c WHERE {COUNT} >= 2 UNION ALL {}", extended());
                within.push(Among::select(On::Id, Cond::plain(several)));
            }
            Some(Segment::AtRisk) => {
                within.push(Among::select(On::Id, Cond::new(FAILED_SINCE, vec![ago(today, 90)])));
            }
            Some(Segment::New) => {
                within.push(Among::select(On::Id, Cond::new(NEW_SINCE, vec![ago(today, 30); 3])));
            }
        }
        if let Some(inner) = &filter.within {
            let inner = CustomerFilter { query: String::new(), ..inner.as_ref().clone() };
            let inner = Cond::all(Self::read(db, &inner, today)?.list().conds);
            within.push(Among::select(
                On::Id,
                Cond::new(format!("SELECT c.id FROM customer c WHERE {}", inner.sql), inner.values),
            ));
        }
        if lifetime != (None, None) {
            // What an amount is compared with is of the shop's currency; nobody else's can be more or less.
            let others = "SELECT o.id FROM customer o WHERE o.currency <> (SELECT currency FROM shop WHERE id = 1)";
            within.push(Among { is_in: false, ..Among::select(On::Id, Cond::plain(others)) });
        }
        let business = (filter.segment == Some(Segment::Business)).then_some(CustomerKind::Business);
        Ok(Self {
            kinds: filter.kind.into_iter().chain(business).collect(),
            lifetime,
            group: filter.group,
            class: filter.class,
            closed: filter.closed,
            within,
            words: meant::read(db, &filter.query)?.map(|typed| typed.words).unwrap_or_default(),
            sort: filter.sort,
            reverse: filter.reverse,
        })
    }

    /// Whom the typed words mean, with those merged into them.
    pub fn people(&self) -> Option<Set> {
        (!self.words.is_empty()).then(|| Set::People(self.words.clone()))
    }

    /// Its statement.
    pub fn list(&self) -> List {
        let mut conds = vec![Cond::plain("c.root_id IS NULL")];
        conds.extend((!self.closed).then(|| Cond::plain("c.closed_on IS NULL")));
        conds.extend(self.kinds.iter().map(|kind| Cond::new("c.kind = ?", vec![kind.code().into()])));
        conds.extend(self.group.map(|group| Cond::new("c.group_id = ?", vec![group.into()])));
        conds.extend(self.class.map(|class| Cond::new("c.class_id = ?", vec![class.into()])));
        conds.extend(between(LIFETIME, self.lifetime));
        conds.extend(self.within.iter().map(|among| among.cond("c.id")));
        conds.extend(self.people().map(|people| {
            let select = people.select();
            let whose =
                format!("c.id IN (SELECT COALESCE(w.root_id, w.id) FROM customer w WHERE w.id IN ({}))", select.sql);
            Cond::new(whose, select.values)
        }));
        let order = match self.sort {
            CustomerSort::Name => vec![("c.sort_key", false), ("c.id", false)],
            CustomerSort::LifetimeValue => vec![(LIFETIME, true), ("c.id", false)],
            CustomerSort::Subscriptions => vec![(COUNT, true), ("c.id", false)],
            CustomerSort::Joined => vec![("c.joined_on", true), ("c.id", true)],
        };
        List { table: "customer c", from: "customer c", joined: None, conds, order, reverse: self.reverse, rank: None }
    }
}

/// The customers a filter has, and those merged into them, as a select of ids.
pub fn whole(db: &Db, filter: &CustomerFilter, today: NaiveDate) -> Result<Cond> {
    let cond = Cond::all(Customers::read(db, filter, today)?.list().conds);
    // The few that were merged are looked at from their side: each knows whose it is.
    Ok(Cond::new(
        format!(
            "SELECT c.id FROM customer c WHERE {0} UNION ALL SELECT m.id FROM customer m JOIN customer c \
             ON c.id = m.root_id WHERE {0}",
            cond.sql
        ),
        [cond.values.clone(), cond.values].concat(),
    ))
}

/// The rows of the customers a segment has, where one is asked for.
pub fn within(db: &Db, filter: Option<&CustomerFilter>, today: NaiveDate) -> Result<Option<Among>> {
    filter.map(|filter| Ok(Among::select(On::Customer, whole(db, filter, today)?))).transpose()
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
    let own = "currency = (SELECT currency FROM shop WHERE id = 1)";
    let count = format!("SELECT COUNT(*) FROM customer WHERE {own}");
    let count = db.one(&count, &[], |row| row.int(0))?.unwrap_or(0);
    let tenth = (count - 1).max(0) / 10;
    let reached =
        format!("SELECT lifetime_minor FROM customer WHERE {own} ORDER BY lifetime_minor DESC LIMIT 1 OFFSET ?1");
    let reached = db.one(&reached, &[tenth.into()], |row| row.int(0))?;
    Ok(reached.unwrap_or(0).max(1))
}
