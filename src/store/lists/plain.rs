//! Pages of the smaller lists: one index, one condition, keyset by the columns it is sorted by; rows by their ids.

use std::collections::HashMap;

use crate::store::engine::{Db, Row, Value};
use crate::store::error::Result;
pub(super) use crate::store::query::cond::numbered;
use crate::store::query::cond::slots;
use crate::store::query::page::{Direction, Key, Page, Slice};

/// A list: where its rows come from and how it is sorted. The last column is the id, and unique.
pub(super) struct Plain<'a> {
    /// From the table to the end of the condition, `?` for each value.
    pub from: String,
    /// The values of the condition, in order.
    pub values: Vec<Value<'a>>,
    /// Expressions it is sorted by; whether each runs downwards.
    pub columns: Vec<(&'a str, bool)>,
    /// The whole order reversed.
    pub reverse: bool,
}

/// The ids of one page, in the order of the list.
pub(super) fn ids(db: &Db, list: &Plain, page: &Page) -> Result<Slice<i64>> {
    let backward = page.direction == Direction::Backward;
    let turned = list.reverse != backward;
    let mut values = list.values.clone();
    let mut condition = String::new();
    if let Some(cursor) = &page.from {
        let keys: Vec<Value> = cursor.keys.iter().skip(1).map(Key::value).collect();
        condition = format!(" AND {}", beyond(&list.columns, &keys, turned, cursor.inclusive, &mut values));
    }
    let order: Vec<String> = list
        .columns
        .iter()
        .map(|(column, down)| format!("{column}{}", if *down == turned { "" } else { " DESC" }))
        .collect();
    let (id, _) = list.columns.last().copied().unwrap_or(("id", false));
    let sql = format!("SELECT {id} FROM {}{condition} ORDER BY {} LIMIT ?", list.from, order.join(", "));
    values.push(Value::Int(i64::try_from(page.limit).unwrap_or(i64::MAX).saturating_add(1)));
    let mut rows = db.all(&numbered(&sql), &values, |row| row.int(0))?;
    let more = rows.len() > page.limit;
    rows.truncate(page.limit);
    if backward {
        rows.reverse();
        return Ok(Slice { rows, more_before: more, more_after: page.from.is_some(), totals: None });
    }
    Ok(Slice { rows, more_before: page.from.is_some(), more_after: more, totals: None })
}

/// `a > x OR a = x AND (b > y …)`, written so that an index on (a, b) is sought.
fn beyond<'a>(
    columns: &[(&str, bool)],
    keys: &[Value<'a>],
    turned: bool,
    inclusive: bool,
    values: &mut Vec<Value<'a>>,
) -> String {
    let Some(((column, down), rest)) = columns.split_first() else { return "1 = 1".to_owned() };
    let Some((key, keys)) = keys.split_first() else { return "1 = 1".to_owned() };
    let greater = if *down == turned { ">" } else { "<" };
    values.push(key.clone());
    if rest.is_empty() {
        let equal = if inclusive { "=" } else { "" };
        return format!("{column} {greater}{equal} ?");
    }
    values.push(key.clone());
    format!("{column} {greater}= ? AND ({column} {greater} ? OR ({}))", beyond(rest, keys, turned, inclusive, values))
}

/// One `LIKE` a word of what was typed, over a folded column; nothing where nothing was typed.
pub(super) fn like(column: &str, typed: &str, values: &mut Vec<Value<'_>>) -> String {
    let mut condition = String::new();
    for word in crate::domain::text::sought_key(typed).split(' ').filter(|word| !word.is_empty()).take(6) {
        let escaped = word.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
        values.push(format!("%{escaped}%").into());
        condition.push_str(" AND ");
        condition.push_str(column);
        condition.push_str(" LIKE ? ESCAPE '\\'");
    }
    condition
}

/// Rows in the order of their ids: one statement each, prepared once. Those that do not exist are left out.
pub(super) fn rows<T>(ids: &[i64], mut read: impl FnMut(i64) -> Result<Option<T>>) -> Result<Vec<T>> {
    let mut found = Vec::with_capacity(ids.len());
    for id in ids {
        found.extend(read(*id)?);
    }
    Ok(found)
}

/// Rows by id, in the order of the ids. `select` ends where the list of ids follows; `id` names the column.
pub(super) fn rows_of<T>(
    db: &Db,
    select: &str,
    id: &str,
    ids: &[i64],
    map: impl Fn(&Row) -> Result<(i64, T)>,
) -> Result<Vec<T>> {
    let mut found: HashMap<i64, T> = HashMap::with_capacity(ids.len());
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
