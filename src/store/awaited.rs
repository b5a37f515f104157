//! Money on its way: which payments wait for it, and whether any still does.

use super::engine::Db;
use super::error::Result;
use crate::domain::id::{ActivityId, PaymentId, ReceiptId};

/// What a receipt that has not cleared is meant for.
pub fn meant_for(db: &Db, receipt: ReceiptId) -> Result<Vec<PaymentId>> {
    let sql = "SELECT payment_id FROM pending_allocation WHERE receipt_id = ?1 ORDER BY payment_id";
    db.all(sql, &[receipt.into()], |row| Ok(PaymentId(row.int(0)?)))
}

/// The receipts on their way that are meant for a payment: number in the file, number on paper.
pub fn awaited(db: &Db, payment: PaymentId) -> Result<Vec<(ReceiptId, String)>> {
    db.all(
        "SELECT r.id, r.number FROM pending_allocation a CROSS JOIN receipt r \
         WHERE r.id = a.receipt_id AND a.payment_id = ?1 AND r.state = 'pending' ORDER BY r.id",
        &[payment.into()],
        |row| Ok((ReceiptId(row.int(0)?), row.text(1)?)),
    )
}

/// Whether an activity wrote a receipt.
pub fn wrote_receipt(db: &Db, activity: ActivityId) -> Result<bool> {
    let sql = "SELECT id FROM receipt WHERE activity_id = ?1 LIMIT 1";
    Ok(db.one(sql, &[activity.into()], |row| row.int(0))?.is_some())
}
