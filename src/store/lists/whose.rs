//! Whose rows a report or a list is about: everybody's, or those of the customers a segment has.

use chrono::NaiveDate;

use super::customers::CustomerFilter;
use crate::store::engine::{Db, Row, Value};
use crate::store::error::Result;
use crate::store::query::cond::{numbered, slots};
use crate::store::query::customers;

/// Customers a statement names one by one; of more it asks in several goes.
const LISTED: usize = 2048;

/// Whose rows.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub enum Whose {
    /// Of the whole book.
    #[default]
    Everybody,
    /// Of these customers, by number, and of those merged into them: no row names any other.
    Only(Vec<i64>),
}

/// The same figure of the whole book and of some customers.
pub(super) struct Told<'a> {
    /// Over the book, by the index that holds it.
    pub all: &'a str,
    /// Over customers, by the index that begins with them; they stand for `{customers}`.
    pub some: &'a str,
}

impl Whose {
    /// The customers a filter has today, those merged into them with them: found once, for many statements. Without a
    /// filter, everybody.
    pub fn within(db: &Db, filter: Option<&CustomerFilter>, today: NaiveDate) -> Result<Self> {
        let Some(filter) = filter else { return Ok(Self::Everybody) };
        let select = customers::whole(db, filter, today)?;
        Ok(Self::Only(db.all(&numbered(&select.sql), &select.values, |row| row.int(0))?))
    }

    /// Whether it is not the whole book.
    pub const fn is_part(&self) -> bool {
        matches!(self, Self::Only(_))
    }

    /// Every row of the answer: one statement over the book, or one for so many customers after the other. What it
    /// groups by comes once in each.
    pub(super) fn each(
        &self,
        db: &Db,
        told: &Told,
        params: &[Value],
        mut visit: impl FnMut(&Row) -> Result<()>,
    ) -> Result<()> {
        let Self::Only(customers) = self else { return db.each(told.all, params, visit) };
        for part in customers.chunks(LISTED) {
            let (_, values) = slots(part);
            let marks: Vec<String> = (1..=values.len()).map(|at| format!("?{}", params.len() + at)).collect();
            let sql = told.some.replace("{customers}", &marks.join(", "));
            let bound: Vec<Value> = params.iter().cloned().chain(values).collect();
            db.each(&sql, &bound, &mut visit)?;
        }
        Ok(())
    }
}
