//! The machine behind every list: the sort values of one page, out of one or more ordered sources.
//!
//! A source is either *walked* in the order of an index and tested row by row, or *gathered* whole by a selective
//! condition and sorted.
//!
//! A page after a row is asked for as `a = ?1 AND b > ?2`, then `a > ?1`, never as a row value: SQLite seeks on the
//! first column alone of `(a, b) > (?1, ?2)` (5.7 ms against 0.007 at a million payments).

use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::cond::{Column, Cond, numbered, slots};
use super::page::{Cursor, DayRange, Direction, Key, Page, Slice};
use crate::store::engine::{Db, Row, Value};
use crate::store::error::Result;

/// Where keys come from.
#[derive(Clone, Debug)]
pub(super) struct Source {
    /// Tables and their joins.
    pub from: &'static str,
    /// What every row meets. Plain ones may choose an index, blind ones only test.
    pub conds: Vec<Cond>,
    /// The order, the id last; unique.
    pub order: Vec<Column>,
    /// Gathered whole and sorted, instead of walked in the order of an index.
    pub gathered: bool,
    /// Its place before the order; a list without parts has only 0.
    pub rank: i64,
    /// A test that many rows meet, or none.
    pub sieve: Option<Sieve>,
    /// Days that are walked each on its own, where the order of the index begins anew with every day.
    pub days: Option<Days>,
}

/// A range of days whose index goes on in the order of the list: as many short walks as there are days, however many
/// rows these have.
#[derive(Clone, Debug)]
pub(super) struct Days {
    /// The table and its short name.
    pub table: &'static str,
    /// The day.
    pub column: Column,
    /// The days asked for.
    pub range: DayRange,
}

impl Days {
    /// The first day after one that has rows. It seeks: nothing but the day before stands in the condition, for of two
    /// lower bounds the wrong one would walk the index.
    fn next(&self, db: &Db, day: &str) -> Result<Option<String>> {
        let name = self.column.name();
        let sql = format!("SELECT MIN({name}) FROM {} WHERE {name} > ?1", self.table);
        let next = db.one(&sql, &[day.into()], |row| row.opt_text(0))?.flatten();
        Ok(next.filter(|next| self.range.1.is_none_or(|to| *next <= to.to_string())))
    }

    /// The day before the first one.
    fn before(&self) -> String {
        self.range.0.and_then(|from| from.pred_opt()).map(|day| day.to_string()).unwrap_or_default()
    }
}

impl Source {
    /// The same with one more test, however it answers.
    pub(super) fn tested(mut self, test: Cond) -> Self {
        if let Some(sieve) = &mut self.sieve {
            *sieve.otherwise = sieve.otherwise.as_ref().clone().tested(test.clone());
        }
        self.conds.push(test);
        self
    }

    /// The same in a later part of the list.
    pub(super) fn lowered(mut self, rank: i64) -> Self {
        if let Some(sieve) = &mut self.sieve {
            *sieve.otherwise = sieve.otherwise.as_ref().clone().lowered(rank);
        }
        self.rank += rank;
        self
    }

    /// A walk whose next rows are tried, with what answers otherwise: the source in the same part of the list.
    pub(super) fn sieved(self, column: Column, test: &Cond, tries: i64, instead: Vec<Self>) -> Option<Self> {
        let otherwise = instead.into_iter().find(|source| source.rank == self.rank)?;
        let sieve = Sieve { column, test: test.clone(), tries, otherwise: Box::new(otherwise) };
        Some(Self { sieve: Some(sieve), ..self })
    }
}

/// A test no index knows. It is tried on the next rows of the walk; where those do not fill the page, another source
/// answers instead, whose cost does not depend on luck.
#[derive(Clone, Debug)]
pub(super) struct Sieve {
    pub column: Column,
    /// The test, on a column called `part.sieved`.
    pub test: Cond,
    pub tries: i64,
    /// The same rows, found otherwise.
    pub otherwise: Box<Source>,
}

/// The sort values of one page, rank first, in the order of the list.
pub(super) fn page(db: &Db, sources: &[Source], reverse: bool, page: &Page) -> Result<Slice<Vec<Key>>> {
    let backward = page.direction == Direction::Backward;
    let mut found = walk(db, sources, reverse != backward, page.from.as_ref(), page.limit + 1)?;
    let more = found.len() > page.limit;
    found.truncate(page.limit);
    let behind = match &page.from {
        Some(cursor) if cursor.inclusive => {
            let mut outside = cursor.clone();
            outside.inclusive = false;
            !walk(db, sources, reverse == backward, Some(&outside), 1)?.is_empty()
        }
        Some(_) => true,
        None => false,
    };
    if backward {
        found.reverse();
        Ok(Slice { rows: found, more_before: more, more_after: behind })
    } else {
        Ok(Slice { rows: found, more_before: behind, more_after: more })
    }
}

/// The first `limit` keys past the cursor, in the order turned round or not.
fn walk(db: &Db, sources: &[Source], turned: bool, from: Option<&Cursor>, limit: usize) -> Result<Vec<Vec<Key>>> {
    let mut ranks: BTreeMap<i64, Vec<&Source>> = BTreeMap::new();
    for source in sources {
        ranks.entry(source.rank).or_default().push(source);
    }
    let mut ranks: Vec<_> = ranks.into_iter().collect();
    if turned {
        ranks.reverse();
    }
    let mut found = Vec::new();
    for (rank, sources) in ranks {
        let start = match from.and_then(|cursor| cursor.keys.split_first()) {
            Some((Key::Int(place), keys)) => match rank.cmp(place) {
                Ordering::Equal => Some((keys, from.is_some_and(|cursor| cursor.inclusive))),
                order if (order == Ordering::Greater) == turned => continue,
                _ => None,
            },
            _ => None,
        };
        let rest = limit - found.len();
        found.extend(merged(db, &sources, turned, start, rest)?.into_iter().map(|keys| {
            let mut ranked = vec![Key::Int(rank)];
            ranked.extend(keys);
            ranked
        }));
        if found.len() >= limit {
            break;
        }
    }
    Ok(found)
}

/// The first keys of several sources of one order, each row once.
fn merged(
    db: &Db,
    sources: &[&Source],
    turned: bool,
    start: Option<(&[Key], bool)>,
    limit: usize,
) -> Result<Vec<Vec<Key>>> {
    let mut found = Vec::new();
    for source in sources {
        found.extend(keys(db, source, turned, start, limit)?);
    }
    if let [_, _, ..] = sources
        && let Some(source) = sources.first()
    {
        found.sort_by(|one: &Vec<Key>, other| compare(&source.order, turned, one, other));
        found.dedup();
        found.truncate(limit);
    }
    Ok(found)
}

fn compare(order: &[Column], turned: bool, one: &[Key], other: &[Key]) -> Ordering {
    let columns = order.iter().zip(one.iter().zip(other));
    columns
        .map(|(column, (one, other))| if column.turned(turned).descending { other.cmp(one) } else { one.cmp(other) })
        .find(|order| order.is_ne())
        .unwrap_or(Ordering::Equal)
}

/// The first keys of a source over its days: of each day only those that can still come before the last one found.
fn keys_by_day(
    db: &Db,
    (source, days): (&Source, &Days),
    turned: bool,
    start: Option<(&[Key], bool)>,
    limit: usize,
) -> Result<Vec<Vec<Key>>> {
    let mut found: Vec<Vec<Key>> = Vec::new();
    let mut day = days.before();
    while let Some(next) = days.next(db, &day)? {
        day = next;
        let mut own = Source { days: None, ..source.clone() };
        own.conds.push(Cond::on(days.column, "= ?", vec![day.clone().into()]));
        let last = found.get(limit.saturating_sub(1)).and_then(|keys| keys.first());
        if let (Some(last), Some(column)) = (last, source.order.first()) {
            let sign = if column.turned(turned).descending { ">= ?" } else { "<= ?" };
            own.conds.push(Cond::on(*column, sign, vec![last.value()]));
        }
        found.extend(keys(db, &own, turned, start, limit)?);
        found.sort_by(|one, other| compare(&source.order, turned, one, other));
        found.truncate(limit);
    }
    Ok(found)
}

/// The first keys of one source.
fn keys(db: &Db, source: &Source, turned: bool, start: Option<(&[Key], bool)>, limit: usize) -> Result<Vec<Vec<Key>>> {
    if let Some(days) = &source.days {
        return keys_by_day(db, (source, days), turned, start, limit);
    }
    let order: Vec<Column> = source.order.iter().map(|column| column.turned(turned)).collect();
    let branches = match start {
        None => vec![(String::new(), Vec::new())],
        Some((keys, inclusive)) => branches(&order, keys, inclusive, source.gathered),
    };
    let mut found = Vec::new();
    for (past, at) in branches {
        let rest = limit - found.len();
        if rest == 0 {
            break;
        }
        let place = Place { order: &order, past: &past, at: &at, limit: i64::try_from(rest).unwrap_or(i64::MAX) };
        found.extend(match &source.sieve {
            None => place.read(db, &place.statement(source, None), source, &[])?,
            Some(sieve) => match place.sieved(db, source, sieve)? {
                Some(part) => part,
                None => return keys(db, &sieve.otherwise, turned, start, limit),
            },
        });
    }
    Ok(found)
}

/// One statement of a walk.
struct Place<'p> {
    order: &'p [Column],
    past: &'p str,
    at: &'p [&'p Key],
    limit: i64,
}

impl Place<'_> {
    /// The rows that pass the sieve; `None` where the rows tried do not fill the page and more follow.
    fn sieved(&self, db: &Db, source: &Source, sieve: &Sieve) -> Result<Option<Vec<Vec<Key>>>> {
        let names: Vec<String> = (0..self.order.len()).map(|at| format!("part.k{at}")).collect();
        let sorted: Vec<String> = names.iter().zip(self.order).map(|(name, column)| column.sorted(name)).collect();
        let part = Self { limit: sieve.tries, ..*self };
        let sql = format!(
            "SELECT {} FROM ({}) AS part WHERE {} ORDER BY {} LIMIT ?",
            names.join(", "),
            part.statement(source, Some(sieve.column)),
            sieve.test.sql(),
            sorted.join(", "),
        );
        let mut values = sieve.test.values().to_vec();
        values.push(Value::Int(self.limit));
        let found = part.read(db, &sql, source, &values)?;
        if found.len() == usize::try_from(self.limit).unwrap_or(usize::MAX) {
            return Ok(Some(found));
        }
        let tried = format!("SELECT COUNT(*) FROM ({}) AS part", part.statement(source, Some(sieve.column)));
        let tried = db.one(&numbered(&tried), &part.values(source), |row| row.int(0))?.unwrap_or(0);
        Ok((tried < sieve.tries).then_some(found))
    }

    fn statement(&self, source: &Source, sieved: Option<Column>) -> String {
        let mut columns: Vec<String> = Vec::new();
        for (at, column) in self.order.iter().enumerate() {
            columns.push(format!("{} AS k{at}", column.name()));
        }
        columns.extend(sieved.map(|column| format!("{} AS sieved", column.name())));
        let sorted: Vec<String> =
            self.order.iter().map(|column| column.sorted(&column.shown(source.gathered))).collect();
        let mut tests: Vec<&str> = source.conds.iter().map(Cond::sql).collect();
        if !self.past.is_empty() {
            tests.push(self.past);
        }
        let tests = if tests.is_empty() { String::new() } else { format!(" WHERE {}", tests.join(" AND ")) };
        format!("SELECT {} FROM {}{tests} ORDER BY {} LIMIT ?", columns.join(", "), source.from, sorted.join(", "))
    }

    fn values(&self, source: &Source) -> Vec<Value<'static>> {
        let mut values: Vec<Value> = source.conds.iter().flat_map(|cond| cond.values().iter().cloned()).collect();
        values.extend(self.at.iter().map(|key| key.value()));
        values.push(Value::Int(self.limit));
        values
    }

    fn read(&self, db: &Db, sql: &str, source: &Source, more: &[Value<'static>]) -> Result<Vec<Vec<Key>>> {
        let mut values = self.values(source);
        values.extend_from_slice(more);
        db.all(&numbered(sql), &values, |row| {
            self.order.iter().enumerate().map(|(at, column)| column.key(row, at)).collect::<Result<Vec<Key>>>()
        })
    }
}

/// The rows past a place: one statement a column for a walk, from the last column to the first, so that each is one
/// range of the index and their answers follow one another; one condition for what is gathered anyway.
fn branches<'k>(order: &[Column], keys: &'k [Key], inclusive: bool, gathered: bool) -> Vec<(String, Vec<&'k Key>)> {
    let last = order.len().saturating_sub(1);
    let branch = |at: usize| {
        let mut tests: Vec<String> = Vec::new();
        for (place, column) in order.iter().enumerate().take(at + 1) {
            let sign = match place == at {
                false => "=",
                true if inclusive && at == last => {
                    if column.descending {
                        "<="
                    } else {
                        ">="
                    }
                }
                true => column.beyond(),
            };
            tests.push(format!("{} {sign} ?", column.shown(gathered)));
        }
        (tests.join(" AND "), keys.iter().take(at + 1).collect::<Vec<_>>())
    };
    let each: Vec<_> = (0..order.len().min(keys.len())).rev().map(branch).collect();
    if !gathered {
        return each;
    }
    let any: Vec<String> = each.iter().map(|(tests, _)| format!("({tests})")).collect();
    vec![(format!("({})", any.join(" OR ")), each.into_iter().flat_map(|(_, keys)| keys).collect())]
}

/// Rows by id, in the order of the ids. `sql` ends where the list of ids follows; `id` names the column.
pub(super) fn rows_of<T>(
    db: &Db,
    select: &str,
    id: &str,
    ids: &[i64],
    map: impl Fn(&Row) -> Result<(i64, T)>,
) -> Result<Vec<T>> {
    let mut found: BTreeMap<i64, T> = BTreeMap::new();
    for part in ids.chunks(512) {
        let (slots, values) = slots(part);
        db.each(&numbered(&format!("{select} WHERE {id} IN ({slots})")), &values, |row| {
            let (id, row) = map(row)?;
            found.insert(id, row);
            Ok(())
        })?;
    }
    Ok(ids.iter().filter_map(|id| found.remove(id)).collect())
}

/// The id of each row of a page: its last sort value.
pub(super) fn ids(slice: &Slice<Vec<Key>>) -> Vec<i64> {
    slice.rows.iter().filter_map(|keys| number(keys.last())).collect()
}

/// The part of the list each row of a page stands in, by id.
pub(super) fn parts(slice: &Slice<Vec<Key>>) -> BTreeMap<i64, i64> {
    slice.rows.iter().filter_map(|keys| number(keys.last()).zip(number(keys.first()))).collect()
}

const fn number(key: Option<&Key>) -> Option<i64> {
    match key {
        Some(Key::Int(number)) => Some(*number),
        _ => None,
    }
}
