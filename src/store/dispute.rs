//! Disputes: opened with a reason, closed with an outcome, never deleted.

use chrono::NaiveDate;

use super::engine::{Db, Row};
use super::error::Result;
use crate::domain::id::PaymentId;

/// A dispute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dispute {
    pub id: i64,
    pub payment: PaymentId,
    pub opened_on: NaiveDate,
    pub reason: String,
    /// Until when; none while it is open.
    pub closed_on: Option<NaiveDate>,
    pub outcome: String,
}

const DISPUTE: &str = "SELECT id, payment_id, opened_on, reason, closed_on, outcome FROM dispute";

fn read(row: &Row) -> Result<Dispute> {
    Ok(Dispute {
        id: row.int(0)?,
        payment: PaymentId(row.int(1)?),
        opened_on: row.date(2)?,
        reason: row.text(3)?,
        closed_on: row.opt_date(4)?,
        outcome: row.opt_text(5)?.unwrap_or_default(),
    })
}

/// Opens a dispute.
pub fn open(db: &Db, payment: PaymentId, on: NaiveDate, reason: &str) -> Result<i64> {
    db.insert(
        "INSERT INTO dispute (payment_id, opened_on, reason) VALUES (?1, ?2, ?3)",
        &[payment.into(), on.into(), reason.into()],
    )
}

/// Closes a dispute.
pub fn close(db: &Db, id: i64, on: NaiveDate, outcome: &str) -> Result<()> {
    db.execute("UPDATE dispute SET closed_on = ?2, outcome = ?3 WHERE id = ?1", &[id.into(), on.into(), outcome.into()])
        .map(drop)
}

/// The open dispute of a payment.
pub fn open_of(db: &Db, payment: PaymentId) -> Result<Option<Dispute>> {
    db.one(&format!("{DISPUTE} WHERE payment_id = ?1 AND closed_on IS NULL"), &[payment.into()], read)
}

/// The dispute of this number.
pub fn by_id(db: &Db, id: i64) -> Result<Option<Dispute>> {
    db.one(&format!("{DISPUTE} WHERE id = ?1"), &[id.into()], read)
}

/// Every dispute of a payment, oldest first.
pub fn of_payment(db: &Db, payment: PaymentId) -> Result<Vec<Dispute>> {
    db.all(&format!("{DISPUTE} WHERE payment_id = ?1 ORDER BY id"), &[payment.into()], read)
}
