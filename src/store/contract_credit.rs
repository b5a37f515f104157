//! Credit notes, what they settle, and the money they free.

use chrono::NaiveDate;

use super::engine::Db;
use super::error::Result;
use super::receipt::Owed;
use crate::domain::credit_note::NetTax;
use crate::domain::currency::Currency;
use crate::domain::id::{ActivityId, AllocationId, CreditNoteId, InvoiceId, PaymentId, ReceiptId};
use crate::domain::status::PaymentStatus;

/// One line of a credit note: what it takes back of one payment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoteLine {
    /// The payment.
    pub payment: PaymentId,
    /// What the line says.
    pub text: String,
    /// What is taken back, minor units.
    pub part: NetTax,
}

/// A credit note about to be written.
#[derive(Clone, Debug)]
pub struct NewNote<'a> {
    /// The invoice it corrects.
    pub invoice: InvoiceId,
    /// Its currency.
    pub currency: Currency,
    /// Year and running number.
    pub numbered: (i32, i64),
    /// Its number on paper.
    pub number: &'a str,
    /// Its date.
    pub issued_on: NaiveDate,
    /// Why.
    pub reason: &'a str,
    /// The shop as on the paper.
    pub letterhead: i64,
    /// Its lines.
    pub lines: &'a [NoteLine],
}

/// Writes a credit note with its lines.
///
/// # Errors
/// When the number is out of turn, or more is taken back than the lines were.
pub fn insert(db: &Db, new: &NewNote) -> Result<CreditNoteId> {
    let (net, tax) = new.lines.iter().fold((0, 0), |sum, line| (sum.0 + line.part.net, sum.1 + line.part.tax));
    let id = db.insert(
        "INSERT INTO credit_note (invoice_id, currency, number_year, number_seq, number, issued_on, reason, net_minor, \
         tax_minor, total_minor, letterhead_id) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
        &[
            new.invoice.into(),
            new.currency.code().into(),
            new.numbered.0.into(),
            new.numbered.1.into(),
            new.number.into(),
            new.issued_on.into(),
            new.reason.into(),
            net.into(),
            tax.into(),
            (net + tax).into(),
            new.letterhead.into(),
        ],
    )?;
    for line in new.lines {
        db.execute(
            "INSERT INTO credit_note_line (credit_note_id, payment_id, text, net_minor, tax_minor, gross_minor) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            &[
                id.into(),
                line.payment.into(),
                (&line.text).into(),
                line.part.net.into(),
                line.part.tax.into(),
                line.part.gross().into(),
            ],
        )?;
    }
    Ok(CreditNoteId(id))
}

/// Net and tax of a payment, and what credit notes that stand took back of it so far.
///
/// # Errors
/// When the file fails.
pub fn line_and_credited(db: &Db, payment: PaymentId) -> Result<Option<(NetTax, NetTax)>> {
    db.one(
        "SELECT p.net_minor, p.tax_minor, COALESCE(SUM(l.net_minor), 0), COALESCE(SUM(l.tax_minor), 0) FROM payment p \
         LEFT JOIN credit_note_line l ON l.payment_id = p.id AND NOT EXISTS \
         (SELECT 1 FROM allocation a WHERE a.credit_note_id = l.credit_note_id AND a.amount_minor < 0) \
         WHERE p.id = ?1 GROUP BY p.id",
        &[payment.into()],
        |row| {
            let line = NetTax { net: row.int(0)?, tax: row.int(1)? };
            Ok((line, NetTax { net: row.int(2)?, tax: row.int(3)? }))
        },
    )
}

/// Money on a payment that was not taken back, newest first.
///
/// # Errors
/// When the file fails.
pub fn money_on(db: &Db, payment: PaymentId) -> Result<Vec<(AllocationId, ReceiptId, i64)>> {
    db.all(
        "SELECT a.id, a.receipt_id, a.amount_minor FROM allocation a WHERE a.payment_id = ?1 AND a.amount_minor > 0 \
         AND a.source = 'receipt' AND NOT EXISTS (SELECT 1 FROM allocation r WHERE r.reverses_id = a.id) ORDER BY a.id DESC",
        &[payment.into()],
        |row| Ok((AllocationId(row.int(0)?), ReceiptId(row.int(1)?), row.int(2)?)),
    )
}

/// What settles a part of a payment, or takes such a settlement back.
#[derive(Clone, Copy, Debug)]
pub struct NewSettlement<'a> {
    /// The payment.
    pub payment: &'a Owed,
    /// The credit note that settles it; none where a receipt does.
    pub note: Option<CreditNoteId>,
    /// The receipt that settles it; none where a credit note does.
    pub receipt: Option<ReceiptId>,
    /// How much, minor units; negative where it is taken back.
    pub amount_minor: i64,
    /// The business day.
    pub on: NaiveDate,
    /// The status of the payment after it.
    pub after: PaymentStatus,
    /// The row it takes back.
    pub reverses: Option<AllocationId>,
    /// The activity it belongs to.
    pub activity: ActivityId,
}

/// Writes a settlement; payment, invoice, receipt and customer follow by themselves.
///
/// # Errors
/// When it would settle more than is owed, was credited or was received.
pub fn settle(db: &Db, new: &NewSettlement) -> Result<()> {
    let source = if new.note.is_some() { "credit_note" } else { "receipt" };
    db.execute(
        "INSERT INTO allocation (source, credit_note_id, receipt_id, payment_id, customer_id, is_deposit, currency, amount_minor, \
         allocated_on, status_before, status_after, reverses_id, activity_id) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
        &[
            source.into(),
            new.note.into(),
            new.receipt.into(),
            new.payment.id.into(),
            new.payment.customer.into(),
            new.payment.is_deposit.into(),
            new.payment.currency.code().into(),
            new.amount_minor.into(),
            new.on.into(),
            new.payment.status.code().into(),
            new.after.code().into(),
            new.reverses.into(),
            new.activity.into(),
        ],
    )
    .map(drop)
}

/// A settlement an activity wrote.
#[derive(Clone, Copy, Debug)]
pub struct Written {
    /// Its number.
    pub id: AllocationId,
    /// The payment.
    pub payment: PaymentId,
    /// The credit note, if one settles.
    pub note: Option<CreditNoteId>,
    /// The receipt, if one settles.
    pub receipt: Option<ReceiptId>,
    /// How much, minor units; negative where it took back another one.
    pub amount_minor: i64,
    /// The payment's status before it.
    pub before: PaymentStatus,
    /// And after it.
    pub after: PaymentStatus,
}

/// The settlements an activity wrote, newest first.
///
/// # Errors
/// When the file fails.
pub fn written_by(db: &Db, activity: ActivityId) -> Result<Vec<Written>> {
    db.all(
        "SELECT id, payment_id, credit_note_id, receipt_id, amount_minor, status_before, status_after FROM allocation \
         WHERE activity_id = ?1 ORDER BY id DESC",
        &[activity.into()],
        |row| {
            Ok(Written {
                id: AllocationId(row.int(0)?),
                payment: PaymentId(row.int(1)?),
                note: row.opt_int(2)?.map(CreditNoteId),
                receipt: row.opt_int(3)?.map(ReceiptId),
                amount_minor: row.int(4)?,
                before: row.parsed(5)?,
                after: row.parsed(6)?,
            })
        },
    )
}

/// What a receipt has left: neither applied nor given back, minor units.
///
/// # Errors
/// When the file fails.
pub fn left_of_receipt(db: &Db, receipt: ReceiptId) -> Result<i64> {
    let found = db.one(
        "SELECT amount_minor - allocated_minor - refunded_minor FROM receipt WHERE id = ?1 AND state = 'cleared'",
        &[receipt.into()],
        |row| row.int(0),
    )?;
    Ok(found.unwrap_or(0))
}

/// Gives money of a receipt back, or, with a negative amount, takes that back; its number.
///
/// # Errors
/// When the receipt has less left.
pub fn give_back(
    db: &Db,
    (receipt, payment, note): (ReceiptId, PaymentId, CreditNoteId),
    (amount_minor, currency): (i64, Currency),
    on: NaiveDate,
    reason: &str,
    (reverses, activity): (Option<i64>, ActivityId),
) -> Result<i64> {
    db.insert(
        "INSERT INTO refund (receipt_id, payment_id, credit_note_id, currency, amount_minor, refunded_on, reason, reverses_id, \
         activity_id) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        &[
            receipt.into(),
            payment.into(),
            note.into(),
            currency.code().into(),
            amount_minor.into(),
            on.into(),
            reason.into(),
            reverses.into(),
            activity.into(),
        ],
    )
}

/// A refund an activity wrote.
#[derive(Clone, Copy, Debug)]
pub struct GivenBack {
    /// Its number.
    pub id: i64,
    /// The receipt.
    pub receipt: ReceiptId,
    /// The payment.
    pub payment: PaymentId,
    /// The credit note.
    pub note: CreditNoteId,
    /// How much, minor units.
    pub amount_minor: i64,
}

/// The refunds of an activity that hang on a credit note and stand, newest first.
///
/// # Errors
/// When the file fails.
pub fn given_back_by(db: &Db, activity: ActivityId) -> Result<Vec<GivenBack>> {
    db.all(
        "SELECT f.id, f.receipt_id, f.payment_id, f.credit_note_id, f.amount_minor FROM refund f WHERE f.activity_id = ?1 \
         AND f.amount_minor > 0 AND f.payment_id IS NOT NULL AND f.credit_note_id IS NOT NULL \
         AND NOT EXISTS (SELECT 1 FROM refund r WHERE r.reverses_id = f.id) ORDER BY f.id DESC",
        &[activity.into()],
        |row| {
            Ok(GivenBack {
                id: row.int(0)?,
                receipt: ReceiptId(row.int(1)?),
                payment: PaymentId(row.int(2)?),
                note: CreditNoteId(row.int(3)?),
                amount_minor: row.int(4)?,
            })
        },
    )
}
