//! Sets of ids, and whether a row is in them.

use super::load::{number, small};
use crate::domain::query::DayRange;
use crate::store::columns::Columns;
use crate::store::engine::Db;
use crate::store::error::Result;
use crate::store::query::cond::{Among, On, Set, numbered};
use crate::store::query::meant::{Meant, rank};
use crate::store::search_texts;

/// Ids, a bit each.
#[derive(Debug, Default)]
pub(super) struct Ids(Vec<u64>);

impl Ids {
    pub(super) fn of(ids: impl IntoIterator<Item = i64>) -> Result<Self> {
        let mut bits: Vec<u64> = Vec::new();
        for id in ids {
            let id = small(id)? as usize;
            if bits.len() <= id / 64 {
                bits.resize(id / 64 + 1, 0);
            }
            bits[id / 64] |= 1 << (id % 64);
        }
        Ok(Self(bits))
    }

    pub(super) fn has(&self, id: u32) -> bool {
        self.0.get(id as usize / 64).is_some_and(|bits| bits >> (id % 64) & 1 == 1)
    }
}

/// Rows whose column is in a set, or not.
#[derive(Debug)]
pub(super) struct InSet {
    pub(super) on: On,
    ids: Ids,
    is_in: bool,
}

impl InSet {
    pub(super) fn read(db: &Db, columns: &Columns, among: &Among) -> Result<Self> {
        Ok(Self { on: among.on, ids: ids(db, columns, &among.set)?, is_in: among.is_in })
    }

    pub(super) fn all(db: &Db, columns: &Columns, among: &[Among]) -> Result<Vec<Self>> {
        among.iter().map(|among| Self::read(db, columns, among)).collect()
    }

    /// Whether a row is meant whose column holds this; 0 is nothing, and in no set.
    pub(super) fn holds(&self, id: u32) -> bool {
        id != 0 && self.ids.has(id) == self.is_in
    }
}

/// The ids of a set. Names are looked for in memory.
pub(super) fn ids(db: &Db, columns: &Columns, set: &Set) -> Result<Ids> {
    if let Set::People(words) = set
        && let Some(own) = search_texts::with_words(db, words, usize::MAX)?
    {
        let own = Ids::of(own)?;
        let people = &columns.people;
        let meant = (0..people.id.len()).filter(|at| own.has(people.id[*at]) || own.has(people.root[*at]));
        return Ids::of(meant.map(|at| i64::from(people.id[at])));
    }
    let select = set.select();
    Ids::of(db.all(&numbered(&select.sql), &select.values, |row| row.opt_int(0))?.into_iter().flatten())
}

/// What a typed text means.
#[derive(Debug)]
pub(super) struct Meaning {
    exact: Vec<InSet>,
    ending: Vec<InSet>,
    named: Vec<InSet>,
    amount: Option<i64>,
    people: Vec<InSet>,
}

impl Meaning {
    pub(super) fn read(db: &Db, columns: &Columns, meant: Option<&Meant>) -> Result<Option<Self>> {
        let Some(meant) = meant else { return Ok(None) };
        let sets = |among: &[Among]| InSet::all(db, columns, among);
        Ok(Some(Self {
            exact: sets(&meant.exact)?,
            ending: sets(&meant.ending)?,
            named: sets(&meant.named)?,
            amount: meant.amount,
            people: sets(&meant.people)?,
        }))
    }

    /// How well a row is meant, 0 the best; `None` where it is not.
    pub(super) fn rank(&self, (amount, is_open): (i64, bool), column: impl Fn(On) -> u32) -> Option<i64> {
        let any = |sets: &[InSet]| sets.iter().any(|set| set.holds(column(set.on)));
        if any(&self.exact) {
            Some(rank::EXACT)
        } else if any(&self.ending) {
            Some(rank::ENDING + i64::from(!is_open))
        } else if any(&self.named) {
            Some(rank::NAMED)
        } else if self.amount == Some(amount) {
            Some(rank::AMOUNT)
        } else {
            any(&self.people).then_some(rank::PEOPLE)
        }
    }
}

/// Days as numbers, both included; whether any day is asked for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Days {
    from: i32,
    to: i32,
    is_asked: bool,
}

impl Days {
    pub(super) fn new((from, to): DayRange) -> Self {
        let is_asked = from.is_some() || to.is_some();
        // No day is before all others here, so that what has none is left out.
        Self { from: from.map_or(i32::MIN + 1, number), to: to.map_or(i32::MAX, number), is_asked }
    }

    pub(super) const fn hold(self, day: i32) -> bool {
        !self.is_asked || (self.from <= day && day <= self.to)
    }
}
