//! Rows a typed text means: small sets found at once, and a test for what is too much to list.

use super::classes::{Class, ranked};
use super::cond::{Column, Cond, among, count_up_to, int, numbered};
use super::keyset::Source;
use super::search::{People, Term};
use crate::store::engine::Db;
use crate::store::error::{Result, StoreError};

/// Customers up to this are gathered at once.
pub(super) const HANDFUL: usize = 200;
/// Rows of a walk that are tried by a name too many have: enough for one that every thirtieth has.
const TRIED_BY_ROW: i64 = 1500;
/// Rows of a walk that are tried, where a try is one look into a set.
pub(super) const TRIED_BY_SET: i64 = 1500;
/// Billing groups that are listed.
const GROUPS: i64 = 500;

/// The rows that are searched.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rows {
    /// Their table: `payment p`.
    pub table: &'static str,
    pub id: Column,
    pub customer: Column,
    /// Their amount, where one may be typed.
    pub amount: Option<Column>,
}

/// What a typed text came to.
pub(super) struct Meant {
    rows: Rows,
    /// Rows it names best, the best first, each in a class of its own: none of them is empty.
    pub first: Vec<Cond>,
    /// Rows it names by the start of a number, a reference: each an index of its own. None of them is empty.
    pub few: Vec<Cond>,
    /// Rows of the billing groups it names.
    pub groups: Option<Cond>,
    pub people: Vec<i64>,
    /// A name too many customers have.
    pub many: Option<Many>,
    pub amount: Option<Cond>,
}

/// What a text names beside customers and amounts, each found by an index.
#[derive(Default)]
pub(super) struct Named {
    /// The number of a row itself, the best first.
    pub first: Vec<Cond>,
    pub few: Vec<Cond>,
    /// Billing groups by their name.
    pub groups: Option<Cond>,
}

/// One way in which a text means rows.
#[derive(Clone, Copy)]
pub(super) enum Means<'m> {
    /// By a number or a reference: any of these.
    Named(&'m [Cond]),
    Amount(&'m Cond),
    /// By the name of a customer or a group.
    Names,
}

/// The tests of a very common name.
#[derive(Clone, Debug)]
pub(super) struct Many {
    /// On `part.sieved`, a customer.
    pub row: Cond,
    /// On the customer of a row, by the set of all who have it.
    pub set: Cond,
    pub name: Cond,
}

impl Meant {
    /// `None` where nothing is typed. `named` gives what the text names beside customers and amounts.
    pub(super) fn read(
        db: &Db,
        typed: &str,
        rows: Rows,
        named: impl Fn(&Term) -> Result<Named>,
    ) -> Result<Option<Self>> {
        let Some(term) = Term::read(db, typed)? else { return Ok(None) };
        let has_rows = |part: &Cond| Ok::<_, StoreError>(count_up_to(db, rows.table, part, 1)? > 0);
        let some = |parts: Vec<Cond>| {
            let kept = parts.into_iter().map(|part| Ok(has_rows(&part)?.then_some(part)));
            kept.filter_map(Result::transpose).collect::<Result<Vec<Cond>>>()
        };
        let named = named(&term)?;
        let (first, few) = (some(named.first)?, some(named.few)?);
        let groups = some(named.groups.into_iter().collect())?.pop();
        let (people, many) = match term.people(db)? {
            People::Few(ids) => (ids, None),
            People::Many(merged) => {
                let (row, set) = term.tests(db, rows.customer)?;
                (merged, Some(Many { row, set, name: term.like("c.search_key") }))
            }
        };
        let amount = rows.amount.zip(term.amount).map(|(column, minor)| Cond::on(column, "= ?", vec![minor.into()]));
        Ok(Some(Self { rows, first, few, groups, people, many, amount }))
    }

    /// Whether no row can be meant.
    pub(super) fn is_nothing(&self) -> bool {
        let none = self.first.is_empty() && self.few.is_empty() && self.groups.is_none() && self.people.is_empty();
        none && self.many.is_none() && self.amount.is_none()
    }

    /// Rows of the customers it names.
    pub(super) fn of_people(&self) -> Option<Cond> {
        (!self.people.is_empty()).then(|| among(self.rows.customer, &self.people))
    }

    fn parts(&self) -> impl Iterator<Item = Cond> {
        let named = self.first.iter().chain(&self.few).chain(&self.groups).cloned();
        named.chain(self.of_people()).chain(self.amount.clone())
    }

    /// As a test of rows found otherwise.
    pub(super) fn test(&self) -> Cond {
        either(self.parts().map(Cond::blind).chain(self.many.iter().map(|many| many.set.clone())))
    }

    /// The classes of its rows, the best first: numbers, what else it names, an amount, names. `found` brings the rows of
    /// each.
    pub(super) fn classes(&self, mut found: impl FnMut(Means<'_>) -> Result<Vec<Source>>) -> Result<Vec<Class>> {
        let mut classes = Vec::new();
        let mut add = |meets: Option<Cond>, means| {
            classes.push(Class { meets, sources: found(means)? });
            Ok::<_, StoreError>(())
        };
        for best in &self.first {
            add(Some(best.clone()), Means::Named(std::slice::from_ref(best)))?;
        }
        if !self.few.is_empty() {
            add(Some(either(self.few.iter().cloned())), Means::Named(&self.few))?;
        }
        if let Some(amount) = &self.amount {
            add(Some(amount.clone()), Means::Amount(amount))?;
        }
        if !self.people.is_empty() || self.many.is_some() || self.groups.is_some() {
            add(None, Means::Names)?;
        }
        Ok(classes)
    }

    /// One of its classes as a test of rows found otherwise.
    pub(super) fn test_of(&self, means: Means<'_>) -> Cond {
        match means {
            Means::Named(parts) => either(parts.iter().cloned().map(Cond::blind)),
            Means::Amount(amount) => amount.clone().blind(),
            Means::Names => {
                let many = self.many.iter().map(|many| many.set.clone());
                either(self.groups.iter().cloned().chain(self.of_people()).map(Cond::blind).chain(many))
            }
        }
    }

    /// As one condition for counting: the small sets by their indexes, a common name by a test.
    pub(super) fn whole(&self) -> Cond {
        if self.many.is_some() {
            return self.test();
        }
        let Rows { table, id, .. } = self.rows;
        let select = |part: &Cond| format!("SELECT {} FROM {table} WHERE {}", id.name(), part.sql());
        let parts: Vec<Cond> = self.parts().collect();
        let each: Vec<String> = parts.iter().map(select).collect();
        let values = parts.iter().flat_map(|part| part.values().iter().cloned()).collect();
        Cond::raw(format!("{} IN ({})", id.name(), each.join(" UNION ")), values)
    }

    /// The walks, tried by the names too many customers have; else those names by the set of who has them.
    pub(super) fn tried(&self, walks: Vec<Source>) -> Vec<Source> {
        let Some(many) = &self.many else { return Vec::new() };
        let whole = |walk: &Source| vec![walk.clone().tested(many.set.clone())];
        let each = walks.into_iter();
        each.filter_map(|walk| walk.clone().sieved(self.rows.customer, &many.row, TRIED_BY_ROW, whole(&walk))).collect()
    }

    /// The walks, tried by the set of the customers it lists; else what was gathered of them.
    pub(super) fn tried_by_set(&self, walks: Vec<Source>, tries: i64, gathered: &[Source]) -> Vec<Source> {
        let test = among(int("part.sieved"), &self.people);
        let each = walks.into_iter();
        each.filter_map(|walk| walk.sieved(self.rows.customer, &test, tries, gathered.to_vec())).collect()
    }

    /// The sources of a list without more to decide: `gathered` of a condition, or `walked`.
    pub(super) fn sources(
        &self,
        reverse: bool,
        gathered: impl Fn(&Cond) -> Vec<Source>,
        walked: impl Fn() -> Vec<Source>,
    ) -> Vec<Source> {
        let own = |meets: &Cond| Class { meets: Some(meets.clone()), sources: gathered(meets) };
        let mut classes: Vec<Class> = self.first.iter().map(own).collect();
        let mut sources: Vec<Source> = self.few.iter().flat_map(&gathered).collect();
        if let Some(people) = self.of_people() {
            let own = gathered(&people);
            let common = self.people.len() > HANDFUL;
            sources.extend(if common { self.tried_by_set(walked(), TRIED_BY_SET, &own) } else { own });
        }
        if self.many.is_some() {
            sources.extend(self.tried(walked()));
        }
        classes.push(Class { meets: None, sources });
        ranked(classes, reverse)
    }
}

/// One of several.
fn either(parts: impl Iterator<Item = Cond>) -> Cond {
    parts.reduce(Cond::or).unwrap_or_else(|| Cond::raw("1 = 0", Vec::new()))
}

/// Rows of the billing groups a text names.
pub(super) fn of_groups(db: &Db, term: &Term, group: Column) -> Result<Option<Cond>> {
    let like = term.like("search_key");
    let sql = numbered(&format!("SELECT id FROM billing_group WHERE {} LIMIT {GROUPS}", like.sql()));
    let ids = db.all(&sql, like.values(), |row| row.int(0))?;
    Ok((!ids.is_empty()).then(|| among(group, &ids)))
}
