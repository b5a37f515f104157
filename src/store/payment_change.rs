//! Status changes of payments that a person or a bank made: written once, reversed by a row that points back.

use chrono::NaiveDate;

use super::engine::{Db, Row};
use super::error::Result;
use crate::domain::id::{ActivityId, PaymentId};
use crate::domain::status::PaymentStatus;

/// A status change of a payment.
#[derive(Clone, Copy, Debug)]
pub struct NewChange<'a> {
    pub payment: PaymentId,
    pub from: PaymentStatus,
    pub to: PaymentStatus,
    pub on: NaiveDate,
    pub reason: &'a str,
    /// The change it reverses.
    pub reverses: Option<i64>,
    /// The activity it belongs to.
    pub activity: ActivityId,
}

/// Changes the status of a payment, with a row that says so.
pub fn change(db: &Db, new: &NewChange) -> Result<()> {
    db.execute(
        "INSERT INTO payment_change (payment_id, from_status, to_status, changed_on, reason, reverses_id, activity_id) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        &[
            new.payment.into(),
            new.from.code().into(),
            new.to.code().into(),
            new.on.into(),
            new.reason.into(),
            new.reverses.into(),
            new.activity.into(),
        ],
    )
    .map(drop)
}

/// A status change that stands.
#[derive(Clone, Copy, Debug)]
pub struct Change {
    pub id: i64,
    pub payment: PaymentId,
    pub from: PaymentStatus,
    pub to: PaymentStatus,
    /// The activity it belongs to.
    pub activity: ActivityId,
}

/// Changes that are no reversal and were not reversed.
const STANDING: &str = "SELECT c.id, c.payment_id, c.from_status, c.to_status, c.activity_id FROM payment_change c \
    WHERE c.reverses_id IS NULL AND NOT EXISTS (SELECT 1 FROM payment_change r WHERE r.reverses_id = c.id)";

fn read(row: &Row) -> Result<Change> {
    Ok(Change {
        id: row.int(0)?,
        payment: PaymentId(row.int(1)?),
        from: row.parsed(2)?,
        to: row.parsed(3)?,
        activity: ActivityId(row.int(4)?),
    })
}

/// The status changes of an activity that stand, newest first.
pub fn changes_of(db: &Db, activity: ActivityId) -> Result<Vec<Change>> {
    db.all(&format!("{STANDING} AND c.activity_id = ?1 ORDER BY c.id DESC"), &[activity.into()], read)
}

/// The newest status change of a payment that stands.
pub fn newest_standing(db: &Db, payment: PaymentId) -> Result<Option<Change>> {
    db.one(&format!("{STANDING} AND c.payment_id = ?1 ORDER BY c.id DESC LIMIT 1"), &[payment.into()], read)
}

/// Why an activity changed a payment to another status than `via`.
pub fn reason_of(db: &Db, activity: ActivityId, via: PaymentStatus) -> Result<Option<String>> {
    db.one(
        "SELECT reason FROM payment_change WHERE activity_id = ?1 AND to_status <> ?2 ORDER BY id LIMIT 1",
        &[activity.into(), via.code().into()],
        |row| row.text(0),
    )
}

/// Counts an attempt that did not bring the money; −1 where that was taken back.
pub fn count_attempt(db: &Db, payment: PaymentId, by: i64) -> Result<()> {
    let sql = "UPDATE payment SET attempt_count = attempt_count + ?2 WHERE id = ?1";
    db.execute(sql, &[payment.into(), by.into()]).map(drop)
}
