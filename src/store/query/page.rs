//! One page of a list by keyset: where it starts, which way it runs, what stands on it.

use std::borrow::Cow;

use chrono::NaiveDate;

use crate::domain::money::Money;
use crate::store::engine::Value;

pub use crate::domain::query::DayRange;

/// One sort value of a row. Numbers stand before words; a list never mixes them in one place.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(in crate::store) enum Key {
    /// A number: an id, minor units, a rank.
    Int(i64),
    /// A folded name or an ISO date.
    Text(String),
}

impl Key {
    pub(in crate::store) fn value(&self) -> Value<'static> {
        match self {
            Self::Int(number) => Value::Int(*number),
            Self::Text(text) => Value::Text(Cow::Owned(text.clone())),
        }
    }
}

impl From<i64> for Key {
    fn from(number: i64) -> Self {
        Self::Int(number)
    }
}

impl From<NaiveDate> for Key {
    fn from(day: NaiveDate) -> Self {
        Self::Text(day.to_string())
    }
}

impl From<&str> for Key {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

/// The place of a row in a sorted list. Opaque: made by `cursor` of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cursor {
    pub(in crate::store) keys: Vec<Key>,
    pub(in crate::store) inclusive: bool,
}

impl Cursor {
    /// `rank` is the part of the list the row stands in, 0 where it has no parts.
    pub(in crate::store) fn new<const N: usize>(rank: i64, keys: [Key; N]) -> Self {
        let keys = std::iter::once(Key::Int(rank)).chain(keys).collect();
        Self { keys, inclusive: false }
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
}

/// The rows of one page, in the order of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slice<T> {
    pub rows: Vec<T>,
    /// Whether rows stand before them.
    pub more_before: bool,
    /// Whether rows stand after them.
    pub more_after: bool,
    /// How many rows the list has and what they add up to, where that was found on the way.
    pub totals: Option<Totals>,
}

impl<T> Slice<T> {
    /// The same page of other rows.
    pub fn with<U>(self, rows: Vec<U>) -> Slice<U> {
        Slice { rows, more_before: self.more_before, more_after: self.more_after, totals: self.totals }
    }
}

impl<T> Default for Slice<T> {
    fn default() -> Self {
        Self { rows: Vec::new(), more_before: false, more_after: false, totals: None }
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
