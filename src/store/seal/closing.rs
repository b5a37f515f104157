//! Sealing what a write did, before it is committed.

use std::collections::BTreeMap;

use super::digest::Sum;
use super::kinds::{KINDS, Kind, Way};
use super::spans::{self, position};
use super::touched::{Touches, place};
use crate::store::engine::Db;
use crate::store::error::Result;

/// Where the head of the chain is noted, in `book_state`.
pub(super) const HEAD: &str = "seal_head";

/// The last invoice number of each year.
pub type Numbered = BTreeMap<i64, i64>;

/// The last invoice number of each year, as a write finds it.
pub fn numbered(db: &Db) -> Result<Numbered> {
    let of_a_year = |row: &crate::store::Row| Ok((row.int(0)?, row.int(1)?));
    let found = db.all("SELECT year, last FROM number_series WHERE kind = 'invoice'", &[], of_a_year)?;
    Ok(found.into_iter().collect())
}

/// Seals the rows that a write touched; `before` is what [`numbered`] found at its beginning.
pub fn close(db: &Db, touches: &Touches, before: &Numbered) -> Result<()> {
    if touches.is_empty() {
        return Ok(());
    }
    let mut covers = String::new();
    for kind in KINDS {
        let Some(table) = place(kind.table) else { continue };
        let mut of_table =
            touches.range((table, i64::MIN)..=(table, i64::MAX)).map(|((_, row), is_new)| (*row, *is_new));
        match kind.way {
            Way::Once => {
                let added: Vec<_> = of_table.filter(|(_, is_new)| *is_new).map(|(row, _)| row).collect();
                if let (Some(first), Some(last)) = (added.first(), added.last()) {
                    cover(db, kind, (*first, *last), &mut covers)?;
                }
            }
            Way::Newest => {
                for (row, is_new) in of_table {
                    newest(db, kind, row, is_new)?;
                }
            }
            Way::Whole if of_table.next().is_some() => whole(db, kind)?,
            Way::Issued if of_table.next().is_some() => {
                for (year, last) in numbered(db)? {
                    let first = before.get(&year).copied().unwrap_or_default() + 1;
                    // An invoice that was touched was mostly issued long ago.
                    if first <= last {
                        cover(db, kind, (position(year, first), position(year, last)), &mut covers)?;
                    }
                }
            }
            Way::Whole | Way::Issued => {}
        }
    }
    if covers.is_empty() { Ok(()) } else { append(db, &covers) }
}

/// Seals every row of the book as it is, all seals of before forgotten: after a step of the schema.
pub fn all(db: &Db) -> Result<()> {
    db.execute("DELETE FROM seal", &[])?;
    db.execute("DELETE FROM row_seal", &[])?;
    let mut covers = String::new();
    for kind in KINDS {
        match kind.way {
            Way::Once | Way::Issued => cover(db, kind, (0, i64::MAX), &mut covers)?,
            Way::Whole => whole(db, kind)?,
            Way::Newest => {
                let ids =
                    db.all(&format!("SELECT id FROM {}{}", kind.table, kind.where_only()), &[], |row| row.int(0))?;
                for id in ids {
                    newest(db, kind, id, true)?;
                }
            }
        }
    }
    if covers.is_empty() { Ok(()) } else { append(db, &covers) }
}

fn cover(db: &Db, kind: &Kind, between: (i64, i64), covers: &mut String) -> Result<()> {
    for span in spans::of(db, kind, between)? {
        span.write(kind, covers);
    }
    Ok(())
}

fn newest(db: &Db, kind: &Kind, id: i64, is_new: bool) -> Result<()> {
    let Kind { name, table, columns, only, .. } = kind;
    let and = if only.is_empty() { String::new() } else { format!(" AND ({only})") };
    let sql = format!("SELECT id, {columns} FROM {table} WHERE id = ?1{and}");
    let digest = db.one(&sql, &[id.into()], |row| Ok(Sum::of_row(name, row)))?;
    match digest {
        Some(digest) => keep(db, name, id, digest),
        None if is_new => Ok(()),
        None => {
            db.execute("DELETE FROM row_seal WHERE kind = ?1 AND row_id = ?2", &[(*name).into(), id.into()])?;
            Ok(())
        }
    }
}

fn whole(db: &Db, kind: &Kind) -> Result<()> {
    let digest = digest_of_all(db, kind)?;
    keep(db, kind.name, 0, digest)
}

/// Of a small table as it stands.
pub(super) fn digest_of_all(db: &Db, kind: &Kind) -> Result<i64> {
    let Kind { name, table, columns, .. } = kind;
    let mut sum = Sum::of(name);
    db.each(&format!("SELECT {columns} FROM {table} ORDER BY 1, 2"), &[], |row| {
        sum.row(row, 0);
        Ok(())
    })?;
    Ok(sum.number())
}

fn keep(db: &Db, kind: &str, id: i64, digest: i64) -> Result<()> {
    db.execute(
        "INSERT INTO row_seal (kind, row_id, digest) VALUES (?1, ?2, ?3) \
         ON CONFLICT (kind, row_id) DO UPDATE SET digest = excluded.digest WHERE row_seal.digest <> excluded.digest",
        &[kind.into(), id.into(), digest.into()],
    )?;
    Ok(())
}

/// One more link of the chain, its head noted.
fn append(db: &Db, covers: &str) -> Result<()> {
    let last =
        db.one("SELECT id, digest FROM seal ORDER BY id DESC LIMIT 1", &[], |row| Ok((row.int(0)?, row.int(1)?)))?;
    let (last, before) = last.unwrap_or_default();
    let digest = linked(before, last + 1, covers);
    db.execute(
        "INSERT INTO seal (id, covers, digest) VALUES (?1, ?2, ?3)",
        &[(last + 1).into(), covers.into(), digest.into()],
    )?;
    db.execute(
        "INSERT INTO book_state (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        &[HEAD.into(), head(last + 1, digest).into()],
    )?;
    Ok(())
}

/// The digest of a link of the chain.
pub(super) fn linked(before: i64, id: i64, covers: &str) -> i64 {
    let mut sum = Sum::of("seal");
    for part in [&before.to_string(), &id.to_string(), covers] {
        sum.text(b's', part);
    }
    sum.number()
}

/// What is noted of the newest link.
pub(super) fn head(id: i64, digest: i64) -> String {
    format!("{id} {digest:016x}")
}
