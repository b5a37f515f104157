//! Segments a shop made: saved filters of customers. Those of everybody stand in `lists::customers::Segment`.

use super::engine::{Db, Row};
use super::error::Result;
use crate::domain::id::SegmentId;

/// A saved filter, its conditions still as text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saved {
    pub id: SegmentId,
    /// What the shop calls it.
    pub name: String,
    /// The filter as JSON.
    pub filter: String,
}

fn read(row: &Row) -> Result<Saved> {
    Ok(Saved { id: SegmentId(row.int(0)?), name: row.text(1)?, filter: row.text(2)? })
}

/// All of them, by name.
pub fn all(db: &Db) -> Result<Vec<Saved>> {
    db.all("SELECT id, name, filter FROM segment ORDER BY name, id", &[], read)
}

/// The one with this number.
pub fn by_id(db: &Db, id: SegmentId) -> Result<Option<Saved>> {
    db.one("SELECT id, name, filter FROM segment WHERE id = ?1", &[id.into()], read)
}

/// The one of this name, whatever the case of its letters.
pub fn by_name(db: &Db, name: &str) -> Result<Option<Saved>> {
    Ok(all(db)?.into_iter().find(|saved| saved.name.to_lowercase() == name.to_lowercase()))
}

/// Keeps one.
pub fn insert(db: &Db, name: &str, filter: &str) -> Result<SegmentId> {
    let id = db.insert("INSERT INTO segment (name, filter) VALUES (?1, ?2)", &[name.into(), filter.into()])?;
    Ok(SegmentId(id))
}

/// Changes one.
pub fn update(db: &Db, saved: &Saved) -> Result<()> {
    db.execute(
        "UPDATE segment SET name = ?2, filter = ?3 WHERE id = ?1",
        &[saved.id.into(), (&saved.name).into(), (&saved.filter).into()],
    )?;
    Ok(())
}

/// Takes one off. It is a filter: nothing hangs on it.
pub fn remove(db: &Db, id: SegmentId) -> Result<()> {
    db.execute("DELETE FROM segment WHERE id = ?1", &[id.into()])?;
    Ok(())
}
