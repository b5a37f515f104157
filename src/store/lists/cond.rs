//! Columns and conditions of the statements behind lists.
//!
//! Which index serves is decided here, not by the planner's mood: a column that must not choose an index stands in a
//! form no index knows (`x + 0`, `CAST(x AS TEXT)`: a third of what `x || ''` takes).

use std::borrow::Cow;

use chrono::NaiveDate;

use crate::store::engine::{Db, Row, Value};
use crate::store::error::Result;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Int,
    Text,
}

/// One sort value of a row. Numbers stand before words; a list never mixes them in one place.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Key {
    /// A number: an id, minor units, a rank.
    Int(i64),
    /// A folded name or an ISO date.
    Text(String),
}

impl Key {
    pub(super) fn value(&self) -> Value<'static> {
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

/// A column of a statement.
#[derive(Clone, Copy, Debug)]
pub(super) struct Column {
    name: &'static str,
    kind: Kind,
    pub(super) descending: bool,
}

/// A column of whole numbers.
pub(super) const fn int(name: &'static str) -> Column {
    Column { name, kind: Kind::Int, descending: false }
}

/// A column of text or dates.
pub(super) const fn text(name: &'static str) -> Column {
    Column { name, kind: Kind::Text, descending: false }
}

impl Column {
    /// Its name in the statement.
    pub(super) const fn name(self) -> &'static str {
        self.name
    }

    /// The highest first.
    pub(super) const fn down(self) -> Self {
        Self { descending: true, ..self }
    }

    pub(super) fn turned(self, reverse: bool) -> Self {
        Self { descending: self.descending != reverse, ..self }
    }

    /// The column where it must not choose an index.
    fn blind(self) -> String {
        match self.kind {
            Kind::Int => format!("({} + 0)", self.name),
            Kind::Text => format!("(CAST({} AS TEXT))", self.name),
        }
    }

    pub(super) fn shown(self, blind: bool) -> String {
        if blind { self.blind() } else { self.name.to_owned() }
    }

    pub(super) fn sorted(self, shown: &str) -> String {
        format!("{shown}{}", if self.descending { " DESC" } else { "" })
    }

    pub(super) const fn beyond(self) -> &'static str {
        if self.descending { "<" } else { ">" }
    }

    pub(super) fn key(self, row: &Row, at: usize) -> Result<Key> {
        Ok(match self.kind {
            Kind::Int => Key::Int(row.int(at)?),
            Kind::Text => Key::Text(row.text(at)?),
        })
    }
}

/// A condition on rows. Each `?` takes the next value; [`Db`] sees them numbered.
#[derive(Clone, Debug)]
pub(super) struct Cond {
    plain: String,
    blind: String,
    values: Vec<Value<'static>>,
}

impl Cond {
    /// A condition on one column, e.g. `= ?`.
    pub(super) fn on(column: Column, rest: &str, values: Vec<Value<'static>>) -> Self {
        Self { plain: format!("{} {rest}", column.name), blind: format!("{} {rest}", column.blind()), values }
    }

    /// A condition of any form; it may choose an index either way.
    pub(super) fn raw(sql: impl Into<String>, values: Vec<Value<'static>>) -> Self {
        let plain = sql.into();
        Self { blind: plain.clone(), plain, values }
    }

    /// The same as a test only.
    pub(super) fn blind(mut self) -> Self {
        self.plain.clone_from(&self.blind);
        self
    }

    /// Both.
    pub(super) fn and(mut self, other: Self) -> Self {
        self.plain = format!("{} AND {}", self.plain, other.plain);
        self.blind = format!("{} AND {}", self.blind, other.blind);
        self.values.extend(other.values);
        self
    }

    /// Either of two.
    pub(super) fn or(mut self, other: Self) -> Self {
        self.plain = format!("({} OR {})", self.plain, other.plain);
        self.blind = format!("({} OR {})", self.blind, other.blind);
        self.values.extend(other.values);
        self
    }

    /// The opposite, as a test only; what is not known does not meet it either.
    pub(super) fn not(self) -> Self {
        Self::raw(format!("({}) IS NOT TRUE", self.blind), self.values)
    }

    pub(super) fn sql(&self) -> &str {
        &self.plain
    }

    pub(super) fn values(&self) -> &[Value<'static>] {
        &self.values
    }
}

/// Rows from … to …, both included.
pub(super) fn between<T: Into<Value<'static>> + Copy>(column: Column, range: (Option<T>, Option<T>)) -> Option<Cond> {
    match range {
        (Some(from), Some(to)) => {
            Some(Cond::on(column, ">= ?", vec![from.into()]).and(Cond::on(column, "<= ?", vec![to.into()])))
        }
        (Some(from), None) => Some(Cond::on(column, ">= ?", vec![from.into()])),
        (None, Some(to)) => Some(Cond::on(column, "<= ?", vec![to.into()])),
        (None, None) => None,
    }
}

/// `?` as `?1 … ?n`. Our own text never holds a question mark otherwise.
pub(super) fn numbered(sql: &str) -> String {
    let mut out = String::with_capacity(sql.len() + 16);
    for (at, part) in sql.split('?').enumerate() {
        if at > 0 {
            out.push('?');
            out.push_str(&at.to_string());
        }
        out.push_str(part);
    }
    out
}

/// Lists of values come in a few lengths, so that few statements are prepared.
const LENGTHS: [usize; 5] = [1, 8, 64, 512, 2048];

/// `?, ?, …` and its values for a list that is not empty; the last value fills what is left over.
pub(super) fn slots(ids: &[i64]) -> (String, Vec<Value<'static>>) {
    let length = LENGTHS.into_iter().find(|length| *length >= ids.len()).unwrap_or(ids.len());
    let mut values: Vec<Value> = ids.iter().map(|id| Value::Int(*id)).collect();
    values.resize(length, values.last().cloned().unwrap_or(Value::Null));
    (vec!["?"; length].join(", "), values)
}

/// A column in a list of numbers.
pub(super) fn among(column: Column, ids: &[i64]) -> Cond {
    let (slots, values) = slots(ids);
    Cond::on(column, &format!("IN ({slots})"), values)
}

/// How many rows meet a condition, counted no further than `most`.
pub(super) fn count_up_to(db: &Db, from: &str, cond: &Cond, most: i64) -> Result<i64> {
    let sql = numbered(&format!("SELECT COUNT(*) FROM (SELECT 1 FROM {from} WHERE {} LIMIT ?) AS found", cond.sql()));
    let mut values = cond.values().to_vec();
    values.push(Value::Int(most));
    Ok(db.one(&sql, &values, |row| row.int(0))?.unwrap_or(0))
}

/// How many rows meet all conditions.
pub(super) fn count_all(db: &Db, from: &str, conds: &[Cond]) -> Result<i64> {
    let tests: Vec<&str> = conds.iter().map(Cond::sql).collect();
    let values: Vec<Value> = conds.iter().flat_map(|cond| cond.values().iter().cloned()).collect();
    let tests = if tests.is_empty() { String::new() } else { format!(" WHERE {}", tests.join(" AND ")) };
    let sql = numbered(&format!("SELECT COUNT(*) FROM {from}{tests}"));
    Ok(db.one(&sql, &values, |row| row.int(0))?.unwrap_or(0))
}

/// Which of these ids meet all conditions.
pub(super) fn among_ids(db: &Db, from: &str, id: Column, ids: &[i64], conds: &[Cond]) -> Result<Vec<i64>> {
    let mut found = Vec::new();
    for part in ids.chunks(512) {
        let lead = among(id, part);
        let tests: Vec<Cond> = conds.iter().cloned().map(Cond::blind).collect();
        let all = std::iter::once(&lead).chain(&tests);
        let sql: Vec<&str> = all.clone().map(Cond::sql).collect();
        let values: Vec<Value> = all.flat_map(|cond| cond.values().iter().cloned()).collect();
        let sql = numbered(&format!("SELECT {} FROM {from} WHERE {}", id.name(), sql.join(" AND ")));
        found.extend(db.all(&sql, &values, |row| row.int(0))?);
    }
    Ok(found)
}
