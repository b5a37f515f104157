//! Receipts as Actions, papers and commands see them.

use chrono::NaiveDate;

use super::billing::Payer;
use super::engine::{Db, Row};
use super::error::Result;
use super::shop::currency;
use crate::domain::currency::Currency;
use crate::domain::id::{CustomerId, GroupId, PaymentId, ReceiptId};
use crate::domain::method::Method;
use crate::domain::status::ReceiptState;

/// A receipt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReceiptHead {
    /// Its number in the file.
    pub id: ReceiptId,
    /// Its number on paper.
    pub number: String,
    /// Whose money it is.
    pub payer: Payer,
    pub currency: Currency,
    /// Pending, cleared, failed or reversed.
    pub state: ReceiptState,
    pub amount_minor: i64,
    pub allocated_minor: i64,
    pub refunded_minor: i64,
    pub received_on: NaiveDate,
    pub cleared_on: Option<NaiveDate>,
    pub method: Method,
    /// What the bank says.
    pub reference: String,
    /// What of it stands on deposits.
    pub deposit_minor: i64,
}

impl ReceiptHead {
    /// What of it is credit: neither applied nor sent back.
    pub const fn unapplied(&self) -> i64 {
        match self.state {
            ReceiptState::Cleared => self.amount_minor - self.allocated_minor - self.refunded_minor,
            ReceiptState::Pending | ReceiptState::Failed | ReceiptState::Reversed => 0,
        }
    }
}

const HEAD: &str = "SELECT id, number, customer_id, group_id, currency, state, amount_minor, allocated_minor, refunded_minor, \
    received_on, cleared_on, method, reference, (SELECT CAST(COALESCE(SUM(a.amount_minor), 0) AS BIGINT) FROM allocation a \
    WHERE a.receipt_id = receipt.id AND a.is_deposit = 1) FROM receipt";

fn read(row: &Row) -> Result<ReceiptHead> {
    let payer = match (row.opt_int(2)?, row.opt_int(3)?) {
        (Some(customer), _) => Payer::Customer(CustomerId(customer)),
        (None, group) => Payer::Group(GroupId(group.unwrap_or_default())),
    };
    Ok(ReceiptHead {
        id: ReceiptId(row.int(0)?),
        number: row.text(1)?,
        payer,
        currency: currency(row, 4)?,
        state: row.parsed(5)?,
        amount_minor: row.int(6)?,
        allocated_minor: row.int(7)?,
        refunded_minor: row.int(8)?,
        received_on: row.date(9)?,
        cleared_on: row.opt_date(10)?,
        method: row.parsed(11)?,
        reference: row.text(12)?,
        deposit_minor: row.int(13)?,
    })
}

/// The receipt with this id.
pub fn head(db: &Db, id: ReceiptId) -> Result<Option<ReceiptHead>> {
    db.one(&format!("{HEAD} WHERE id = ?1"), &[id.into()], read)
}

/// The receipt of this number on paper.
pub fn numbered(db: &Db, number: &str) -> Result<Option<ReceiptHead>> {
    db.one(&format!("{HEAD} WHERE number = ?1"), &[number.into()], read)
}

/// The receipts of a payer, newest first; of a customer also those of whoever reads as one with it.
pub fn of_payer(db: &Db, payer: Payer, limit: usize) -> Result<Vec<ReceiptHead>> {
    let (by, id) = whose(payer);
    let sql = format!("{HEAD} WHERE {by} ORDER BY received_on DESC, id DESC LIMIT ?2");
    db.all(&sql, &[id.into(), i64::try_from(limit).unwrap_or(i64::MAX).into()], read)
}

/// The receipts of a payer that hold credit, oldest money first; of a customer also those of whoever reads as one
/// with it.
pub fn with_credit(db: &Db, payer: Payer) -> Result<Vec<ReceiptHead>> {
    let (by, id) = whose(payer);
    let sql = format!(
        "{HEAD} WHERE {by} AND state = 'cleared' AND amount_minor > allocated_minor + refunded_minor ORDER BY received_on, id"
    );
    db.all(&sql, &[id.into()], read)
}

fn whose(payer: Payer) -> (String, i64) {
    match payer {
        Payer::Customer(id) => (format!("customer_id IN {}", super::receipt::FAMILY), id.0),
        Payer::Group(id) => ("customer_id IS NULL AND group_id = ?1".to_owned(), id.0),
    }
}

/// What a receipt that has not cleared is meant for: payment and amount.
pub fn meant_for(db: &Db, id: ReceiptId) -> Result<Vec<(PaymentId, i64)>> {
    db.all(
        "SELECT payment_id, amount_minor FROM pending_allocation WHERE receipt_id = ?1 ORDER BY payment_id",
        &[id.into()],
        |row| Ok((PaymentId(row.int(0)?), row.int(1)?)),
    )
}

/// A receipt is there: the bank has it.
pub fn clear(db: &Db, id: ReceiptId, on: NaiveDate) -> Result<()> {
    db.execute("UPDATE receipt SET state = 'cleared', cleared_on = ?2 WHERE id = ?1", &[id.into(), on.into()]).map(drop)
}

/// A receipt is on its way after all: that it cleared is taken back.
pub fn unclear(db: &Db, id: ReceiptId) -> Result<()> {
    db.execute("UPDATE receipt SET state = 'pending', cleared_on = NULL WHERE id = ?1", &[id.into()]).map(drop)
}

/// What a receipt paid, as its paper shows it: number of the invoice, what for, how much.
pub fn paid_by(db: &Db, id: ReceiptId) -> Result<Vec<(Option<String>, String, i64)>> {
    db.all(
        "SELECT i.number, p.text, a.amount_minor FROM allocation a CROSS JOIN payment p \
         LEFT JOIN invoice i ON i.id = p.invoice_id WHERE p.id = a.payment_id AND a.receipt_id = ?1 AND a.amount_minor > 0 \
         AND NOT EXISTS (SELECT 1 FROM allocation r WHERE r.reverses_id = a.id) ORDER BY p.due_on, p.invoice_id, p.line, a.id",
        &[id.into()],
        |row| Ok((row.opt_text(0)?, row.text(1)?, row.int(2)?)),
    )
}

/// The newest receipts that stand on a payment, and those on their way to it, newest first.
pub fn of_payment(db: &Db, payment: PaymentId) -> Result<Vec<ReceiptHead>> {
    let mut ids: Vec<i64> = super::awaited::awaited(db, payment)?.into_iter().map(|(id, _)| id.0).collect();
    for row in super::settlement::standing(db, payment)? {
        ids.extend(row.source.receipt().map(|id| id.0));
    }
    ids.sort_unstable_by(|a, b| b.cmp(a));
    ids.dedup();
    ids.into_iter().filter_map(|id| head(db, ReceiptId(id)).transpose()).collect()
}

/// The currency a payer pays in; `None` where there is no such payer.
pub fn currency_of_payer(db: &Db, payer: Payer) -> Result<Option<Currency>> {
    let (sql, id) = match payer {
        Payer::Customer(id) => ("SELECT currency FROM customer WHERE id = ?1", id.0),
        Payer::Group(id) => ("SELECT currency FROM billing_group WHERE id = ?1", id.0),
    };
    db.one(sql, &[id.into()], |row| currency(row, 0))
}
