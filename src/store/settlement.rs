//! Everything that settles payments: parts of receipts, credit notes, write-offs; and their reversals.

use chrono::NaiveDate;

use super::engine::{Db, Row};
use super::error::Result;
use super::receipt::Owed;
use crate::domain::id::{ActivityId, AllocationId, CreditNoteId, PaymentId, ReceiptId};
use crate::domain::log::Log;
use crate::domain::status::PaymentStatus;

/// Where a settlement comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// Money that arrived.
    Receipt(ReceiptId),
    /// A credit note.
    CreditNote(CreditNoteId),
    /// The shop gave it up.
    WriteOff,
}

impl Source {
    /// The word the file has for it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Receipt(_) => "receipt",
            Self::CreditNote(_) => "credit_note",
            Self::WriteOff => "write_off",
        }
    }

    /// The receipt, where it is one.
    pub const fn receipt(self) -> Option<ReceiptId> {
        match self {
            Self::Receipt(id) => Some(id),
            Self::CreditNote(_) | Self::WriteOff => None,
        }
    }
}

/// A settlement about to be written.
#[derive(Clone, Copy, Debug)]
pub struct NewSettlement<'a> {
    /// Where it comes from.
    pub source: Source,
    /// The payment, as it stands before.
    pub payment: &'a Owed,
    /// How much in minor units; below zero for a reversal.
    pub amount_minor: i64,
    /// Its business day.
    pub on: NaiveDate,
    /// The status of the payment after it.
    pub after: PaymentStatus,
    /// Why, for a write-off.
    pub reason: &'a str,
    /// The row it reverses.
    pub reverses: Option<AllocationId>,
    /// The activity it belongs to.
    pub activity: ActivityId,
}

/// Writes a settlement; the payment, its invoice, the receipt and the lifetime value follow by themselves.
pub fn settle(db: &Db, new: &NewSettlement) -> Result<()> {
    let (receipt, note) = match new.source {
        Source::Receipt(id) => (Some(id), None),
        Source::CreditNote(id) => (None, Some(id)),
        Source::WriteOff => (None, None),
    };
    db.execute(
        "INSERT INTO allocation (source, receipt_id, credit_note_id, payment_id, customer_id, is_deposit, currency, amount_minor, \
         allocated_on, status_before, status_after, reason, reverses_id, activity_id) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
        &[
            new.source.code().into(),
            receipt.into(),
            note.into(),
            new.payment.id.into(),
            new.payment.customer.into(),
            new.payment.is_deposit.into(),
            new.payment.currency.code().into(),
            new.amount_minor.into(),
            new.on.into(),
            new.payment.status.code().into(),
            new.after.code().into(),
            new.reason.into(),
            new.reverses.into(),
            new.activity.into(),
        ],
    )
    .map(drop)
}

/// A settlement that was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settled {
    pub id: AllocationId,
    /// Where it came from.
    pub source: Source,
    pub payment: PaymentId,
    /// How much; below zero for a reversal.
    pub amount_minor: i64,
    /// The payment's status before it.
    pub before: PaymentStatus,
    pub after: PaymentStatus,
    /// The activity it belongs to.
    pub activity: ActivityId,
    /// Whether a later row reverses it.
    pub is_reversed: bool,
    /// Whether it settles a deposit.
    pub is_deposit: bool,
}

const SETTLED: &str = "SELECT a.id, a.source, a.receipt_id, a.credit_note_id, a.payment_id, a.amount_minor, a.status_before, \
    a.status_after, a.activity_id, CASE WHEN EXISTS (SELECT 1 FROM allocation r WHERE r.reverses_id = a.id) THEN 1 ELSE 0 END, \
    a.is_deposit FROM allocation a";

fn read(row: &Row) -> Result<Settled> {
    let source = match (row.opt_int(2)?, row.opt_int(3)?) {
        (Some(receipt), _) => Source::Receipt(ReceiptId(receipt)),
        (None, Some(note)) => Source::CreditNote(CreditNoteId(note)),
        (None, None) => Source::WriteOff,
    };
    Ok(Settled {
        id: AllocationId(row.int(0)?),
        source,
        payment: PaymentId(row.int(4)?),
        amount_minor: row.int(5)?,
        before: row.parsed(6)?,
        after: row.parsed(7)?,
        activity: ActivityId(row.int(8)?),
        is_reversed: row.flag(9)?,
        is_deposit: row.flag(10)?,
    })
}

/// What settles a payment and stands, newest first.
pub fn standing(db: &Db, payment: PaymentId) -> Result<Vec<Settled>> {
    let sql = format!("{SETTLED} WHERE a.payment_id = ?1 AND a.amount_minor > 0 ORDER BY a.id DESC");
    let all = db.all(&sql, &[payment.into()], read)?;
    Ok(all.into_iter().filter(|row| !row.is_reversed).collect())
}

/// The day a settlement took effect.
pub fn day_of(db: &Db, id: AllocationId) -> Result<Option<NaiveDate>> {
    db.one("SELECT allocated_on FROM allocation WHERE id = ?1", &[id.into()], |row| row.date(0))
}

/// What a receipt settles and stands, newest first.
pub fn standing_of_receipt(db: &Db, receipt: ReceiptId) -> Result<Vec<Settled>> {
    let sql = format!("{SETTLED} WHERE a.receipt_id = ?1 AND a.amount_minor > 0 ORDER BY a.id DESC");
    let all = db.all(&sql, &[receipt.into()], read)?;
    Ok(all.into_iter().filter(|row| !row.is_reversed).collect())
}

/// The status of a paid payment before the newest settlement that stands made it paid. Where that row was written anew
/// by an undo, the status is the one before its money came the first time, if that had paid it; else that of the row
/// before.
pub fn status_before_paid(db: &Db, payment: PaymentId) -> Result<Option<PaymentStatus>> {
    let mut found = None;
    for paid in standing(db, payment)?.into_iter().filter(|row| row.after == PaymentStatus::Paid) {
        let is_anew = super::activity::by_id(db, paid.activity)?.is_some_and(|row| row.log == Log::Undo);
        let (true, Source::Receipt(receipt)) = (is_anew, paid.source) else {
            return Ok(Some(paid.before));
        };
        let first = db.one(
            "SELECT status_before, status_after FROM allocation WHERE receipt_id = ?1 AND payment_id = ?2 AND amount_minor > 0 \
             ORDER BY id LIMIT 1",
            &[receipt.into(), payment.into()],
            |row| Ok((row.parsed::<PaymentStatus>(0)?, row.parsed::<PaymentStatus>(1)?)),
        )?;
        let (before, after) = first.unwrap_or((paid.before, paid.after));
        let before = if before.is_open() { before } else { paid.before };
        if after == PaymentStatus::Paid {
            return Ok(Some(before));
        }
        found = found.or(Some(before));
    }
    Ok(found)
}

/// Everything an activity wrote, newest first.
pub fn of_activity(db: &Db, activity: ActivityId) -> Result<Vec<Settled>> {
    db.all(&format!("{SETTLED} WHERE a.activity_id = ?1 ORDER BY a.id DESC"), &[activity.into()], read)
}

/// Who settled a payment last, and at which instant.
pub fn last_settler(db: &Db, payment: PaymentId) -> Result<Option<(String, chrono::DateTime<chrono::Utc>)>> {
    let last = "SELECT MAX(activity_id) FROM allocation WHERE payment_id = ?1";
    let Some(Some(id)) = db.one(last, &[payment.into()], |row| row.opt_int(0))? else { return Ok(None) };
    Ok(super::activity::by_id(db, ActivityId(id))?.map(|row| (row.operator, row.at)))
}
