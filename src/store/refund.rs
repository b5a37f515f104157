//! Money that went back: written once, reversed by a row that points back.

use chrono::NaiveDate;

use super::engine::Db;
use super::error::Result;
use crate::domain::currency::Currency;
use crate::domain::id::{ActivityId, CreditNoteId, PaymentId, ReceiptId, RefundId};

/// A refund about to be written.
#[derive(Clone, Copy, Debug)]
pub struct NewRefund<'a> {
    /// The receipt whose money goes back.
    pub receipt: ReceiptId,
    /// The payment it had paid.
    pub payment: Option<PaymentId>,
    /// The credit note that keeps the debt settled.
    pub credit_note: Option<CreditNoteId>,
    pub currency: Currency,
    /// How much in minor units; below zero for a reversal.
    pub amount_minor: i64,
    /// Its business day.
    pub on: NaiveDate,
    pub reason: &'a str,
    /// What the bank or processor calls it.
    pub reference: &'a str,
    /// The row it reverses.
    pub reverses: Option<RefundId>,
    /// The activity it belongs to.
    pub activity: ActivityId,
}

/// Writes a refund; receipt and payment follow by themselves.
pub fn insert(db: &Db, new: &NewRefund) -> Result<RefundId> {
    let id = db.insert(
        "INSERT INTO refund (receipt_id, payment_id, credit_note_id, currency, amount_minor, refunded_on, reason, reference, \
         reverses_id, activity_id) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        &[
            new.receipt.into(),
            new.payment.into(),
            new.credit_note.into(),
            new.currency.code().into(),
            new.amount_minor.into(),
            new.on.into(),
            new.reason.into(),
            new.reference.into(),
            new.reverses.into(),
            new.activity.into(),
        ],
    )?;
    Ok(RefundId(id))
}

/// A refund that was written.
#[derive(Clone, Debug)]
pub struct Refunded {
    pub id: RefundId,
    pub receipt: ReceiptId,
    pub payment: Option<PaymentId>,
    /// The credit note.
    pub credit_note: Option<CreditNoteId>,
    pub amount_minor: i64,
    pub reason: String,
}

/// The refunds of an activity that stand, newest first.
pub fn of_activity(db: &Db, activity: ActivityId) -> Result<Vec<Refunded>> {
    db.all(
        "SELECT f.id, f.receipt_id, f.payment_id, f.credit_note_id, f.amount_minor, f.reason FROM refund f \
         WHERE f.activity_id = ?1 AND f.amount_minor > 0 \
         AND NOT EXISTS (SELECT 1 FROM refund r WHERE r.reverses_id = f.id) ORDER BY f.id DESC",
        &[activity.into()],
        |row| {
            Ok(Refunded {
                id: RefundId(row.int(0)?),
                receipt: ReceiptId(row.int(1)?),
                payment: row.opt_int(2)?.map(PaymentId),
                credit_note: row.opt_int(3)?.map(CreditNoteId),
                amount_minor: row.int(4)?,
                reason: row.text(5)?,
            })
        },
    )
}
