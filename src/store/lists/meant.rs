//! Rows a typed text means: small sets found at once, and a test for what is too much to list.

use super::cond::{Column, Cond, among, count_up_to, int, numbered};
use super::keyset::Source;
use super::search::{People, Term};
use crate::store::engine::Db;
use crate::store::error::Result;

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
    /// Rows it names by a number, a reference, a group: each an index of its own. None of them is empty.
    pub few: Vec<Cond>,
    pub people: Vec<i64>,
    /// A name too many customers have.
    pub many: Option<Many>,
    pub amount: Option<Cond>,
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
        named: impl Fn(&Term) -> Result<Vec<Cond>>,
    ) -> Result<Option<Self>> {
        let Some(term) = Term::read(db, typed)? else { return Ok(None) };
        let mut few = Vec::new();
        for part in named(&term)? {
            if count_up_to(db, rows.table, &part, 1)? > 0 {
                few.push(part);
            }
        }
        let (people, many) = match term.people(db)? {
            People::Few(ids) => (ids, None),
            People::Many(merged) => {
                let (row, set) = term.tests(db, rows.customer)?;
                (merged, Some(Many { row, set, name: term.like("c.search_key") }))
            }
        };
        let amount = rows.amount.zip(term.amount).map(|(column, minor)| Cond::on(column, "= ?", vec![minor.into()]));
        Ok(Some(Self { rows, few, people, many, amount }))
    }

    /// Whether no row can be meant.
    pub(super) fn is_nothing(&self) -> bool {
        self.few.is_empty() && self.people.is_empty() && self.many.is_none() && self.amount.is_none()
    }

    /// Rows of the customers it names.
    pub(super) fn of_people(&self) -> Option<Cond> {
        (!self.people.is_empty()).then(|| among(self.rows.customer, &self.people))
    }

    fn parts(&self) -> impl Iterator<Item = Cond> {
        self.few.iter().cloned().chain(self.of_people()).chain(self.amount.clone())
    }

    /// As a test of rows found otherwise.
    pub(super) fn test(&self) -> Cond {
        let many = self.many.iter().map(|many| many.set.clone());
        let parts = self.parts().map(Cond::blind).chain(many);
        parts.reduce(Cond::or).unwrap_or_else(|| Cond::raw("1 = 0", Vec::new()))
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
        gathered: impl Fn(&Cond) -> Vec<Source>,
        walked: impl Fn() -> Vec<Source>,
    ) -> Vec<Source> {
        let mut sources: Vec<Source> = self.few.iter().flat_map(&gathered).collect();
        if let Some(people) = self.of_people() {
            let own = gathered(&people);
            let common = self.people.len() > HANDFUL;
            sources.extend(if common { self.tried_by_set(walked(), TRIED_BY_SET, &own) } else { own });
        }
        if self.many.is_some() {
            sources.extend(self.tried(walked()));
        }
        sources
    }
}

/// Rows of the billing groups a text names.
pub(super) fn of_groups(db: &Db, term: &Term, group: Column) -> Result<Option<Cond>> {
    let like = term.like("search_key");
    let sql = numbered(&format!("SELECT id FROM billing_group WHERE {} LIMIT {GROUPS}", like.sql()));
    let ids = db.all(&sql, like.values(), |row| row.int(0))?;
    Ok((!ids.is_empty()).then(|| among(group, &ids)))
}
