//! How a page of subscriptions is found.

use super::{SubscriptionFilter, SubscriptionSort};
use crate::domain::status::SubscriptionStatus;
use crate::store::engine::Db;
use crate::store::error::Result;
use crate::store::lists::cond::{Column, Cond, among, between, int, text};
use crate::store::lists::keyset::Source;
use crate::store::lists::meant::{HANDFUL, Meant, Named, Rows};
use crate::store::lists::search::{Term, with_merged};

pub(super) const SUBSCRIPTION: &str = "subscription s";
const BY_NAME: &str = "customer c CROSS JOIN subscription s";
const WITH_ROOT: &str = "subscription s CROSS JOIN customer m CROSS JOIN customer c";
const ROOT: &str = "m.id = s.customer_id AND c.id = COALESCE(m.root_id, m.id)";
/// Those of customers merged into another, from the few of these.
const OF_MERGED: &str = "customer m CROSS JOIN subscription s CROSS JOIN customer c";
pub(super) const ID: Column = int("s.id");
pub(super) const CUSTOMER: Column = int("s.customer_id");
const STATUS: Column = text("s.status");
const END: Column = text("s.end_on");
pub(super) const ROWS: Rows = Rows { table: SUBSCRIPTION, id: ID, customer: CUSTOMER, amount: None };

const LIVE: &[SubscriptionStatus] =
    &[SubscriptionStatus::Active, SubscriptionStatus::Paused, SubscriptionStatus::Suspended];

/// What is asked for, as conditions.
pub(super) struct Plan {
    sort: SubscriptionSort,
    reverse: bool,
    statuses: Vec<SubscriptionStatus>,
    lead: Option<Cond>,
    tests: Vec<Cond>,
    variant: Option<Cond>,
    ending: Option<Cond>,
    meant: Option<Meant>,
}

impl Plan {
    /// Reads a filter; `None` where nothing can meet it.
    pub(super) fn new(db: &Db, filter: &SubscriptionFilter) -> Result<Option<Self>> {
        let meant = Meant::read(db, &filter.query, ROWS, |term| Ok(named(term, term.own_subscription())))?;
        if meant.as_ref().is_some_and(Meant::is_nothing) {
            return Ok(None);
        }
        let mut leads = Vec::new();
        if let Some(customer) = filter.customer {
            leads.push(among(CUSTOMER, &with_merged(db, customer)?));
        }
        let members = "IN (SELECT x.id FROM customer x WHERE x.group_id = ?)";
        leads.extend(filter.group.map(|group| Cond::on(CUSTOMER, members, vec![group.into()])));
        let variant = filter.variant.map(|variant| Cond::on(int("s.variant_id"), "= ?", vec![variant.into()]));
        // The contract's last day is the day before it is over.
        let after = |day: chrono::NaiveDate| day.succ_opt().unwrap_or(day);
        let ending = between(END, (filter.ending.0.map(after), filter.ending.1.map(after)));
        let (lead, mut tests) = match leads.split_first() {
            Some((lead, rest)) => (Some(lead.clone()), rest.to_vec()),
            None => (None, Vec::new()),
        };
        tests.extend(variant.clone());
        let (sort, reverse, statuses) = (filter.sort, filter.reverse, filter.statuses.clone());
        Ok(Some(Self { sort, reverse, statuses, lead, tests, variant, ending, meant }))
    }

    /// The sources of the list.
    pub(super) fn sources(&self) -> Vec<Source> {
        if let Some(lead) = &self.lead {
            let test = self.meant.as_ref().map(Meant::test);
            let own = self.gathered(lead).into_iter();
            return own.map(|source| test.clone().into_iter().fold(source, Source::tested)).collect();
        }
        let Some(meant) = &self.meant else {
            return self.variant.as_ref().map_or_else(|| self.walked(&[]), |variant| self.of_variant(variant));
        };
        if self.sort != SubscriptionSort::Customer {
            return meant.sources(self.reverse, |lead| self.gathered(lead), || self.walked(&[]));
        }
        let mut sources: Vec<Source> =
            meant.first.iter().chain(&meant.few).flat_map(|part| self.gathered(part)).collect();
        sources.extend(match meant.of_people() {
            Some(people) if meant.people.len() <= HANDFUL => self.gathered(&people),
            Some(_) => self.walked(&[among(int("c.id"), &meant.people).blind()]),
            None => Vec::new(),
        });
        sources.extend(meant.many.iter().flat_map(|many| self.walked(std::slice::from_ref(&many.name))));
        sources
    }

    /// Rows of a variant: by number its index is walked, else it is gathered.
    fn of_variant(&self, variant: &Cond) -> Vec<Source> {
        let walks = self.sort == SubscriptionSort::Number;
        let own = self.gathered(variant).into_iter();
        own.map(|source| Source { gathered: !walks, ..source }).collect()
    }

    /// Rows that meet a condition, all else tested.
    fn gathered(&self, lead: &Cond) -> Vec<Source> {
        let by_name = self.sort == SubscriptionSort::Customer;
        let mut conds = vec![lead.clone()];
        conds.extend(self.tested().chain(Self::status(&self.statuses)).map(Cond::blind));
        conds.extend(by_name.then(|| Cond::raw(ROOT, Vec::new())));
        vec![self.source(if by_name { WITH_ROOT } else { SUBSCRIPTION }, conds, true)]
    }

    /// Rows in the order of an index.
    fn walked(&self, tests: &[Cond]) -> Vec<Source> {
        let with_tests = |mut conds: Vec<Cond>| {
            conds.extend(self.tested().map(Cond::blind).chain(tests.iter().cloned()));
            conds
        };
        let live_only = !self.statuses.is_empty() && self.statuses.iter().all(|status| LIVE.contains(status));
        match self.sort {
            // One walk a status: together they are the list.
            SubscriptionSort::Number if !self.statuses.is_empty() => {
                let each = self.statuses.iter().map(|status| {
                    let conds = with_tests(Self::status(&[*status]).into_iter().collect());
                    self.source(SUBSCRIPTION, conds, false)
                });
                each.collect()
            }
            SubscriptionSort::Number => vec![self.source(SUBSCRIPTION, with_tests(Vec::new()), false)],
            SubscriptionSort::End => {
                let mut conds: Vec<Cond> = live_only.then(running).into_iter().chain(self.ending.clone()).collect();
                conds.extend(Self::status(&self.statuses).map(Cond::blind));
                vec![self.source(SUBSCRIPTION, with_tests(conds), false)]
            }
            SubscriptionSort::Customer => {
                let status = Self::status(&self.statuses).map(Cond::blind);
                let own = Cond::raw("c.root_id IS NULL AND s.customer_id = c.id", Vec::new());
                let conds: Vec<Cond> = [own].into_iter().chain(live_only.then(live)).chain(status.clone()).collect();
                let merged = "m.root_id IS NOT NULL AND s.customer_id = m.id AND c.id = m.root_id";
                let merged: Vec<Cond> = [Cond::raw(merged, Vec::new())].into_iter().chain(status).collect();
                vec![self.source(BY_NAME, with_tests(conds), false), self.source(OF_MERGED, with_tests(merged), true)]
            }
        }
    }

    fn tested(&self) -> impl Iterator<Item = Cond> {
        self.tests.iter().cloned().chain(self.ending.clone())
    }

    fn status(statuses: &[SubscriptionStatus]) -> Option<Cond> {
        let words: Vec<String> = statuses.iter().map(|status| format!("'{}'", status.code())).collect();
        match words.as_slice() {
            [] => None,
            [one] => Some(Cond::on(STATUS, &format!("= {one}"), Vec::new())),
            _ => Some(Cond::on(STATUS, &format!("IN ({})", words.join(", ")), Vec::new())),
        }
    }

    fn source(&self, from: &'static str, conds: Vec<Cond>, gathered: bool) -> Source {
        let order = match self.sort {
            SubscriptionSort::Number => vec![ID.down()],
            SubscriptionSort::End => vec![END, ID],
            SubscriptionSort::Customer => vec![text("c.sort_key"), int("c.id"), ID],
        };
        Source { from, conds, order, gathered, rank: 0, sieve: None, days: None }
    }
}

/// Subscriptions by their number or the start of a serial number.
pub(super) fn named(term: &Term, number: Option<i64>) -> Named {
    let number = number.map(|id| Cond::on(ID, "= ?", vec![id.into()]));
    let serial =
        term.serials().map(|select| Cond::raw(format!("s.asset_id IN ({})", select.sql()), select.values().to_vec()));
    Named { first: number.into_iter().collect(), few: serial.into_iter().collect(), groups: None }
}

/// The words of the index of running contracts by their end. They say which are not, so that the index of a status does
/// not look as good.
pub(super) fn running() -> Cond {
    Cond::raw("s.status <> 'draft' AND s.status <> 'ended' AND s.status <> 'cancelled'", Vec::new())
}

/// The words of the indexes of live subscriptions.
fn live() -> Cond {
    Cond::raw("s.status IN ('active', 'paused', 'suspended')", Vec::new())
}
