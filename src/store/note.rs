//! Notes on customers, and what is to be followed up.

use chrono::NaiveDate;

use super::activity::codes;
use super::engine::Db;
use super::error::Result;
use crate::domain::id::{CustomerId, NoteId};
use crate::domain::log::Log;

/// Of `note n`: whether its entry in the log stands. A note that was taken back is kept and shown nowhere.
pub fn stands() -> String {
    format!(
        "NOT EXISTS (SELECT 1 FROM activity a CROSS JOIN activity u \
         WHERE a.subject = 'note:' || n.id AND a.action IN ({}) AND u.undoes_id = a.id)",
        codes(&[Log::AddNote])
    )
}

/// A note about to be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewNote {
    pub customer: CustomerId,
    pub noted_on: NaiveDate,
    /// email, phone, meeting or other.
    pub kind: String,
    pub summary: String,
    /// When to come back to it.
    pub follow_up_on: Option<NaiveDate>,
    /// What to do then.
    pub follow_up_action: String,
}

/// Keeps a note.
pub fn insert_note(db: &Db, note: &NewNote, operator: &str) -> Result<NoteId> {
    let id = db.insert(
        "INSERT INTO note (customer_id, noted_on, kind, summary, follow_up_on, follow_up_action, operator) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        &[
            note.customer.into(),
            note.noted_on.into(),
            (&note.kind).into(),
            (&note.summary).into(),
            note.follow_up_on.into(),
            (&note.follow_up_action).into(),
            operator.into(),
        ],
    )?;
    Ok(NoteId(id))
}

/// A note as it was written, whether it stands or not.
pub fn written(db: &Db, id: NoteId) -> Result<Option<NewNote>> {
    let sql = "SELECT customer_id, noted_on, kind, summary, follow_up_on, follow_up_action FROM note WHERE id = ?1";
    db.one(sql, &[id.into()], |row| {
        Ok(NewNote {
            customer: CustomerId(row.int(0)?),
            noted_on: row.date(1)?,
            kind: row.text(2)?,
            summary: row.text(3)?,
            follow_up_on: row.opt_date(4)?,
            follow_up_action: row.text(5)?,
        })
    })
}

/// What is to be followed up from a note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FollowUp {
    /// On whom the note is.
    pub customer: CustomerId,
    /// When it is to be done; `None`: never was.
    pub on: Option<NaiveDate>,
    /// When it was done.
    pub done_on: Option<NaiveDate>,
}

/// What is to be followed up from this note; none where the note was taken back.
pub fn follow_up(db: &Db, id: NoteId) -> Result<Option<FollowUp>> {
    let sql =
        format!("SELECT n.customer_id, n.follow_up_on, n.followed_up_on FROM note n WHERE n.id = ?1 AND {}", stands());
    db.one(&sql, &[id.into()], |row| {
        Ok(FollowUp { customer: CustomerId(row.int(0)?), on: row.opt_date(1)?, done_on: row.opt_date(2)? })
    })
}

/// Whether what a note asks for was done, whether the note stands or not.
pub fn is_followed_up(db: &Db, id: NoteId) -> Result<Option<bool>> {
    db.one("SELECT CASE WHEN followed_up_on IS NULL THEN 0 ELSE 1 END FROM note WHERE id = ?1", &[id.into()], |row| {
        row.flag(0)
    })
}

/// Writes down when it was followed up, or that it was not.
pub fn set_followed_up(db: &Db, id: NoteId, on: Option<NaiveDate>) -> Result<()> {
    db.execute("UPDATE note SET followed_up_on = ?2 WHERE id = ?1", &[id.into(), on.into()])?;
    Ok(())
}
