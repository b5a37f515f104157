//! Status changes of payments that a person or a bank made: written once, reversed by a row that points back.

use chrono::NaiveDate;

use super::engine::Db;
use super::error::Result;
use crate::domain::id::{ActivityId, PaymentId};
use crate::domain::status::PaymentStatus;

/// A status change of a payment.
#[derive(Clone, Copy, Debug)]
pub struct NewChange<'a> {
    /// Which payment.
    pub payment: PaymentId,
    /// From.
    pub from: PaymentStatus,
    /// To.
    pub to: PaymentStatus,
    /// When.
    pub on: NaiveDate,
    /// Why.
    pub reason: &'a str,
    /// The change it reverses.
    pub reverses: Option<i64>,
    /// The activity it belongs to.
    pub activity: ActivityId,
}

/// Changes the status of a payment, with a row that says so.
///
/// # Errors
/// When the schema knows no such move.
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

/// The status changes of an activity that were not reversed: number, payment, from, to; newest first.
///
/// # Errors
/// When the file fails.
pub fn changes_of(db: &Db, activity: ActivityId) -> Result<Vec<(i64, PaymentId, PaymentStatus, PaymentStatus)>> {
    db.all(
        "SELECT c.id, c.payment_id, c.from_status, c.to_status FROM payment_change c WHERE c.activity_id = ?1 \
         AND NOT EXISTS (SELECT 1 FROM payment_change r WHERE r.reverses_id = c.id) ORDER BY c.id DESC",
        &[activity.into()],
        |row| Ok((row.int(0)?, PaymentId(row.int(1)?), row.parsed(2)?, row.parsed(3)?)),
    )
}

/// Counts an attempt that did not bring the money; −1 where that was taken back.
///
/// # Errors
/// When the file fails.
pub fn count_attempt(db: &Db, payment: PaymentId, by: i64) -> Result<()> {
    let sql = "UPDATE payment SET attempt_count = attempt_count + ?2 WHERE id = ?1";
    db.execute(sql, &[payment.into(), by.into()]).map(drop)
}
