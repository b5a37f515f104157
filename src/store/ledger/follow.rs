//! A ledger brought to the moment of a read.

use std::cell::RefMut;
use std::collections::BTreeSet;

use super::load::{Kind, newest, read_again};
use crate::store::columns::Columns;
use crate::store::engine::Db;
use crate::store::error::Result;

/// The columns as the book is in this read; `None` where there are none, where they are too old to follow (they are
/// thrown away then, to be loaded anew), or where this read sees a moment before theirs.
pub fn current<'c>(db: &Db<'c>) -> Result<Option<RefMut<'c, Columns>>> {
    let Some(place) = db.ledger() else { return Ok(None) };
    let Ok(mut place) = place.try_borrow_mut() else { return Ok(None) };
    let Some(columns) = place.as_mut() else { return Ok(None) };
    let now = newest(db)?;
    if now < columns.seen {
        return Ok(None);
    }
    let followed = now == columns.seen
        || follow(db, columns, now).unwrap_or_else(|error| {
            tracing::warn!(%error, "the ledger could not follow the book");
            false
        });
    if !followed {
        *place = None;
    }
    Ok(RefMut::filter_map(place, Option::as_mut).ok())
}

/// Takes in what changed; `false` where some of it is not told any more.
fn follow(db: &Db, columns: &mut Columns, now: i64) -> Result<bool> {
    let mut rows: BTreeSet<(Kind, i64)> = BTreeSet::new();
    let mut told = 0_i64;
    let sql = "SELECT kind, row_id FROM change WHERE seq > ?1";
    db.each(sql, &[columns.seen.into()], |row| {
        told += 1;
        if let Some(kind) = Kind::from_code(row.str(0)?) {
            rows.insert((kind, row.int(1)?));
        }
        Ok(())
    })?;
    if told < now - columns.seen {
        return Ok(false);
    }
    for (kind, row) in rows {
        read_again(db, columns, kind, row)?;
    }
    columns.seen = now;
    Ok(true)
}
