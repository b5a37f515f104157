//! One page of a list by keyset: where it starts, which way it runs, what stands on it.

use chrono::NaiveDate;

pub(super) use super::cond::Key;
use super::cond::{Cond, numbered};
use super::shown::currency;
use crate::domain::money::Money;
use crate::store::engine::{Db, Value};
use crate::store::error::Result;

/// Days from … to …, both included; `None` is open.
pub type DayRange = (Option<NaiveDate>, Option<NaiveDate>);

/// The place of a row in a sorted list. Opaque: made by `cursor` of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cursor {
    pub(super) keys: Vec<Key>,
    /// The part of the list the row stood in for a typed text; nothing once another list is read.
    part: Option<i64>,
    pub(super) inclusive: bool,
}

impl Cursor {
    /// `rank` is the part of the list the row stands in, 0 where it has no parts.
    pub(super) fn new<const N: usize>(rank: i64, keys: [Key; N]) -> Self {
        let keys = std::iter::once(Key::Int(rank)).chain(keys).collect();
        Self { keys, part: None, inclusive: false }
    }

    /// The place of a row that was read for a typed text, in its part of the list.
    pub(super) fn in_part(self, part: Option<i64>) -> Self {
        Self { part, ..self }
    }

    /// The same place with the row itself on the page: how a screen reads its page again.
    pub fn including(mut self) -> Self {
        self.inclusive = true;
        self
    }
}

/// Which way a page runs from its cursor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Direction {
    /// Rows after the cursor, or the first rows.
    #[default]
    Forward,
    /// Rows before the cursor, or the last rows. They too come in the order of the list.
    Backward,
}

/// What part of a list is wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// How many rows at most.
    pub limit: usize,
    /// Where it starts; `None`: at the end of the list the direction comes from.
    pub from: Option<Cursor>,
    pub direction: Direction,
}

impl Page {
    /// The first rows.
    pub const fn first(limit: usize) -> Self {
        Self { limit, from: None, direction: Direction::Forward }
    }

    /// The last rows.
    pub const fn last(limit: usize) -> Self {
        Self { limit, from: None, direction: Direction::Backward }
    }

    /// The rows after `cursor`.
    pub const fn after(cursor: Cursor, limit: usize) -> Self {
        Self { limit, from: Some(cursor), direction: Direction::Forward }
    }

    /// The rows before `cursor`.
    pub const fn before(cursor: Cursor, limit: usize) -> Self {
        Self { limit, from: Some(cursor), direction: Direction::Backward }
    }

    /// The same page of a list that is narrowed by a text: its parts are how well the text means a row.
    pub(super) fn searched(&self, typed: &str) -> Self {
        let mut page = self.clone();
        if let Some(cursor) = page.from.as_mut().filter(|_| !typed.trim().is_empty())
            && let (Some(first), Some(part)) = (cursor.keys.first_mut(), cursor.part)
        {
            *first = Key::Int(part);
        }
        page
    }
}

/// The rows of one page, in the order of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slice<T> {
    pub rows: Vec<T>,
    /// Whether rows stand before them.
    pub more_before: bool,
    /// Whether rows stand after them.
    pub more_after: bool,
}

impl<T> Default for Slice<T> {
    fn default() -> Self {
        Self { rows: Vec::new(), more_before: false, more_after: false }
    }
}

/// How many rows a filter has, and what they add up to; one sum a currency, never mixed.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Totals {
    /// Rows of all currencies.
    pub count: i64,
    /// Amounts, one a currency, by code.
    pub amount: Vec<Money>,
    /// What is still open of them, one a currency, by code.
    pub open: Vec<Money>,
}

impl Totals {
    /// Adds up what meets the conditions: `select` gives currency, count, amount and open, the first to group by.
    ///
    /// A book of one currency, as most are, is not grouped: SQLite would sort all rows in memory for it, 60 MB of them at
    /// a million payments.
    pub(super) fn of(db: &Db, select: &str, currency_column: &str, conds: &[Cond]) -> Result<Self> {
        let tests: Vec<&str> = conds.iter().map(Cond::sql).collect();
        let values: Vec<Value> = conds.iter().flat_map(|cond| cond.values().iter().cloned()).collect();
        let tests = if tests.is_empty() { String::new() } else { format!(" WHERE {}", tests.join(" AND ")) };
        let sql = if db.all("SELECT DISTINCT currency FROM customer", &[], |row| row.text(0))?.len() > 1 {
            numbered(&format!("{select}{tests} GROUP BY {currency_column} ORDER BY {currency_column}"))
        } else {
            let select = select.replacen(currency_column, &format!("MIN({currency_column})"), 1);
            numbered(&format!("{select}{tests} HAVING COUNT(*) > 0"))
        };
        let mut totals = Self::default();
        db.each(&sql, &values, |row| {
            let currency = currency(row, 0)?;
            totals.count += row.int(1)?;
            totals.amount.push(Money::new(row.int(2)?, currency));
            totals.open.push(Money::new(row.int(3)?, currency));
            Ok(())
        })?;
        Ok(totals)
    }
}
