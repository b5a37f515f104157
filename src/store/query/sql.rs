//! A list as one plain statement: a page of it, its totals.

use super::cond::{Cond, listed, numbered};
use super::page::{Cursor, Direction, Key, Page, Slice, Totals};
use crate::domain::currency::Currency;
use crate::domain::money::Money;
use crate::store::engine::{Db, Value};
use crate::store::error::{Result, StoreError};

/// A list.
#[derive(Clone, Debug)]
pub struct List {
    /// The table the conditions are about.
    pub table: &'static str,
    /// It, and beside it what the order needs.
    pub from: &'static str,
    /// How these belong together, where a join does not say it.
    pub joined: Option<&'static str>,
    pub conds: Vec<Cond>,
    /// What it is sorted by; whether each runs downwards. The last is the id: unique.
    pub order: Vec<(&'static str, bool)>,
    /// The whole order reversed.
    pub reverse: bool,
    /// How well a typed text means a row, 0 the best: those come first, whatever the order.
    pub rank: Option<Cond>,
}

/// A row found: its id, and how well a typed text means it, 0 the best or where none is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    pub id: i64,
    pub rank: i64,
}

/// What is added up: the currency, an amount, what is open of it.
#[derive(Clone, Copy, Debug)]
pub struct Sums {
    pub currency: &'static str,
    pub amount: &'static str,
    pub open: &'static str,
}

impl List {
    /// One page.
    pub fn page(&self, db: &Db, page: &Page) -> Result<Slice<Found>> {
        let backward = page.direction == Direction::Backward;
        let limit = i64::try_from(page.limit).unwrap_or(i64::MAX).saturating_add(1);
        let mut rows = self.rows(db, page.from.as_ref(), backward, limit)?;
        let more = rows.len() > page.limit;
        rows.truncate(page.limit);
        let behind = match &page.from {
            Some(cursor) if cursor.inclusive => {
                let outside = Cursor { inclusive: false, ..cursor.clone() };
                !self.rows(db, Some(&outside), !backward, 1)?.is_empty()
            }
            from => from.is_some(),
        };
        if backward {
            rows.reverse();
            Ok(Slice { rows, more_before: more, more_after: behind, ..Slice::default() })
        } else {
            Ok(Slice { rows, more_before: behind, more_after: more, ..Slice::default() })
        }
    }

    /// Every row, in its order: for exports of any size.
    pub fn ids(&self, db: &Db) -> Result<Vec<i64>> {
        Ok(self.rows(db, None, false, i64::MAX)?.into_iter().map(|found| found.id).collect())
    }

    /// Which of these rows it has.
    pub fn among(&self, db: &Db, ids: &[i64]) -> Result<Vec<i64>> {
        let (id, _) = self.order.last().copied().unwrap_or(("id", false));
        let mut found = Vec::new();
        for part in ids.chunks(512) {
            let these = listed(id, part.iter().copied());
            let cond = Cond::all([these].into_iter().chain(self.conds.iter().cloned()));
            let sql = numbered(&format!("SELECT {id} FROM {} WHERE {}", self.table, cond.sql));
            found.extend(db.all(&sql, &cond.values, |row| row.int(0))?);
        }
        Ok(found)
    }

    /// The first rows past a place, in the order as it is or reversed.
    fn rows(&self, db: &Db, from: Option<&Cursor>, backward: bool, limit: i64) -> Result<Vec<Found>> {
        let turned = self.reverse != backward;
        let (id, _) = self.order.last().copied().unwrap_or(("id", false));
        let cond = Cond::all(self.joined.map(Cond::plain).into_iter().chain(self.conds.iter().cloned()));
        let sorted = |order: &[(&str, bool)]| {
            let each = order.iter().map(|(column, down)| format!("{column}{}", if *down { " DESC" } else { "" }));
            each.collect::<Vec<_>>().join(", ")
        };
        let mut select = match &self.rank {
            None => {
                let order: Vec<(&str, bool)> =
                    self.order.iter().map(|(column, down)| (*column, *down != turned)).collect();
                let past =
                    from.map(|cursor| beyond(&order, cursor.keys.get(1..).unwrap_or_default(), cursor.inclusive));
                let cond = Cond::all([cond].into_iter().chain(past));
                let sql =
                    format!("SELECT {id}, 0 FROM {} WHERE {} ORDER BY {} LIMIT ?", self.from, cond.sql, sorted(&order));
                Cond::new(sql, cond.values)
            }
            // Rows a text means are gathered, each with what it is sorted by, and sorted: the best first in both orders.
            Some(rank) => {
                let names: Vec<String> = (0..self.order.len()).map(|at| format!("found.k{at}")).collect();
                let keys = self.order.iter().zip(0..).map(|((column, _), at)| format!("{column} AS k{at}"));
                let keys = keys.collect::<Vec<_>>().join(", ");
                let mut order = vec![("found.meant", backward)];
                order.extend(names.iter().zip(&self.order).map(|(name, (_, down))| (name.as_str(), *down != turned)));
                let past = from.map(|cursor| beyond(&order, &cursor.keys, cursor.inclusive));
                let past = Cond::all(past);
                let sql = format!(
                    "SELECT found.id, found.meant FROM (SELECT {id} AS id, {} AS meant, {keys} FROM {} WHERE {}) AS found \
                     WHERE {} ORDER BY {} LIMIT ?",
                    rank.sql,
                    self.from,
                    cond.sql,
                    past.sql,
                    sorted(&order)
                );
                Cond::new(sql, [rank.values.clone(), cond.values, past.values].concat())
            }
        };
        select.values.push(Value::Int(limit));
        db.all(&numbered(&select.sql), &select.values, |row| Ok(Found { id: row.int(0)?, rank: row.int(1)? }))
    }

    /// How many rows there are.
    pub fn count(&self, db: &Db) -> Result<i64> {
        let cond = Cond::all(self.conds.iter().cloned());
        let sql = numbered(&format!("SELECT COUNT(*) FROM {} WHERE {}", self.table, cond.sql));
        Ok(db.one(&sql, &cond.values, |row| row.int(0))?.unwrap_or(0))
    }

    /// How many rows there are and what they add up to, one sum a currency.
    ///
    /// A book of one currency, as most are, is not grouped: SQLite would sort all rows in memory for it, 60 MB of them at
    /// a million payments.
    pub fn totals(&self, db: &Db, sums: &Sums) -> Result<Totals> {
        let Sums { currency, amount, open } = sums;
        let cond = Cond::all(self.conds.iter().cloned());
        let figures =
            format!("COUNT(*), CAST(SUM({amount}) AS BIGINT), CAST(SUM({open}) AS BIGINT) FROM {}", self.table);
        let sql = if db.all("SELECT DISTINCT currency FROM customer", &[], |row| row.text(0))?.len() > 1 {
            format!("SELECT {currency}, {figures} WHERE {} GROUP BY {currency} ORDER BY {currency}", cond.sql)
        } else {
            format!("SELECT MIN({currency}), {figures} WHERE {} HAVING COUNT(*) > 0", cond.sql)
        };
        let mut totals = Totals::default();
        db.each(&numbered(&sql), &cond.values, |row| {
            let currency = Currency::new(row.str(0)?).map_err(|error| StoreError::broken(error.to_string()))?;
            totals.count += row.int(1)?;
            totals.amount.push(Money::new(row.int(2)?, currency));
            totals.open.push(Money::new(row.int(3)?, currency));
            Ok(())
        })?;
        Ok(totals)
    }
}

/// `a > x OR a = x AND (b > y …)`, written so that an index on a is sought.
fn beyond(order: &[(&str, bool)], keys: &[Key], inclusive: bool) -> Cond {
    let (Some(((column, down), rest)), Some((key, keys))) = (order.split_first(), keys.split_first()) else {
        return Cond::plain("1 = 1");
    };
    let past = if *down { "<" } else { ">" };
    if rest.is_empty() {
        let equal = if inclusive { "=" } else { "" };
        return Cond::new(format!("{column} {past}{equal} ?"), vec![key.value()]);
    }
    let inner = beyond(rest, keys, inclusive);
    let mut values = vec![key.value(), key.value()];
    values.extend(inner.values);
    Cond::new(format!("{column} {past}= ? AND ({column} {past} ? OR ({}))", inner.sql), values)
}
