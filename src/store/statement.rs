//! The account of a payer: every movement with its business day, and what each invoice owed on a day.

use chrono::NaiveDate;

use super::billing::Payer;
use super::engine::{Db, Value};
use super::error::Result;
use crate::domain::method::Method;

/// What moved the account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Moved {
    /// An invoice was issued: number and due day.
    Invoice(String, NaiveDate),
    /// An invoice was voided.
    Void(String),
    /// A credit note on an invoice, or one that was taken back: its number, the invoice's.
    CreditNote(String, String),
    /// Money came in: the receipt's number, how, and what it quoted.
    Receipt(String, Method, String),
    /// A receipt was taken back: it came back from the bank, or had been written down by mistake.
    Reversal { number: String, method: Method, is_mistake: bool },
    /// Money was given back; the reason.
    Refund(String),
    /// A part of an invoice was written off, or that was taken back.
    WriteOff(String),
}

/// One movement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Move {
    /// Its business day.
    pub on: NaiveDate,
    pub what: Moved,
    /// Above zero what is charged, below what is credited.
    pub minor: i64,
}

/// The condition that a row belongs to the payer; merged customers are one payer.
fn belongs(payer: Payer, table: &str) -> (String, i64) {
    match payer {
        Payer::Group(id) => (format!("{table}.customer_id IS NULL AND {table}.group_id = ?1"), id.0),
        Payer::Customer(id) => {
            (format!("{table}.customer_id IN (SELECT id FROM customer WHERE id = ?1 OR root_id = ?1)"), id.0)
        }
    }
}

impl Moved {
    /// Its place among what happened on one day: what is charged, what came, what was credited, and what undoes either.
    const fn place(&self, minor: i64) -> u8 {
        match self {
            Self::Invoice(..) => 0,
            Self::Receipt(..) => 1,
            Self::CreditNote(..) | Self::WriteOff(_) if minor < 0 => 2,
            Self::CreditNote(..) | Self::WriteOff(_) | Self::Void(_) => 3,
            Self::Reversal { .. } => 4,
            Self::Refund(_) => 5,
        }
    }
}

/// Every movement of a payer's account up to `until`, by day; what undoes another stands after it.
pub fn moves(db: &Db, payer: Payer, until: NaiveDate) -> Result<Vec<Move>> {
    let mut moves = invoices(db, payer, until)?;
    moves.extend(credits(db, payer, until)?);
    moves.extend(receipts(db, payer, until)?);
    moves.sort_by_key(|moved| (moved.on, moved.what.place(moved.minor)));
    Ok(moves)
}

fn invoices(db: &Db, payer: Payer, until: NaiveDate) -> Result<Vec<Move>> {
    let (mine, id) = belongs(payer, "i");
    let params: [Value; 2] = [id.into(), until.into()];
    let mut moves = db.all(
        &format!(
            "SELECT i.invoiced_on, i.number, i.due_on, i.total_minor FROM invoice i WHERE {mine} \
             AND i.state IN ('issued', 'void') AND i.invoiced_on <= ?2 ORDER BY i.invoiced_on, i.number_seq"
        ),
        &params,
        |row| Ok(Move { on: row.date(0)?, what: Moved::Invoice(row.text(1)?, row.date(2)?), minor: row.int(3)? }),
    )?;
    moves.extend(db.all(
        &format!(
            "SELECT i.voided_on, i.number, i.total_minor FROM invoice i \
             WHERE {mine} AND i.state = 'void' AND i.invoiced_on <= ?2 AND i.voided_on <= ?2"
        ),
        &params,
        |row| Ok(Move { on: row.date(0)?, what: Moved::Void(row.text(1)?), minor: -row.int(2)? }),
    )?);
    moves.retain(|moved| moved.on <= until);
    Ok(moves)
}

/// Credit notes and write-offs.
fn credits(db: &Db, payer: Payer, until: NaiveDate) -> Result<Vec<Move>> {
    let (mine, id) = belongs(payer, "i");
    let params: [Value; 2] = [id.into(), until.into()];
    let mut moves = db.all(
        &format!(
            "SELECT a.allocated_on, n.number, i.number, CAST(SUM(a.amount_minor) AS BIGINT) FROM invoice i \
             JOIN credit_note n ON n.invoice_id = i.id JOIN allocation a ON a.credit_note_id = n.id \
             WHERE {mine} AND a.allocated_on <= ?2 GROUP BY a.allocated_on, n.id, n.number, i.number, \
             CASE WHEN a.amount_minor < 0 THEN 1 ELSE 0 END ORDER BY a.allocated_on, n.id"
        ),
        &params,
        |row| Ok(Move { on: row.date(0)?, what: Moved::CreditNote(row.text(1)?, row.text(2)?), minor: -row.int(3)? }),
    )?;
    // One that was taken back stays, with its counter entry: its paper is out.
    moves.extend(db.all(
        &format!(
            "SELECT a.allocated_on, i.number, CAST(SUM(a.amount_minor) AS BIGINT) FROM invoice i \
             JOIN payment p ON p.invoice_id = i.id JOIN allocation a ON a.payment_id = p.id AND a.source = 'write_off' \
             WHERE {mine} AND a.allocated_on <= ?2 GROUP BY a.allocated_on, i.id, i.number ORDER BY a.allocated_on, i.id"
        ),
        &params,
        |row| Ok(Move { on: row.date(0)?, what: Moved::WriteOff(row.text(1)?), minor: -row.int(2)? }),
    )?);
    Ok(moves)
}

/// Cleared receipts, those taken back since, and refunds.
fn receipts(db: &Db, payer: Payer, until: NaiveDate) -> Result<Vec<Move>> {
    let (mine, id) = belongs(payer, "r");
    let params: [Value; 2] = [id.into(), until.into()];
    let mut moves = db.all(
        &format!(
            "SELECT r.cleared_on, r.number, r.method, r.reference, r.amount_minor FROM receipt r \
             WHERE {mine} AND r.state IN ('cleared', 'reversed') AND r.cleared_on <= ?2 ORDER BY r.cleared_on, r.id"
        ),
        &params,
        |row| {
            let what = Moved::Receipt(row.text(1)?, row.parsed(2)?, row.text(3)?);
            Ok(Move { on: row.date(0)?, what, minor: -row.int(4)? })
        },
    )?;
    moves.extend(db.all(
        &format!(
            "SELECT COALESCE((SELECT MIN(u.business_on) FROM activity u WHERE u.undoes_id = r.activity_id), \
             (SELECT MAX(a.allocated_on) FROM allocation a WHERE a.receipt_id = r.id AND a.amount_minor < 0), r.cleared_on), \
             r.number, r.method, r.amount_minor, CASE WHEN EXISTS (SELECT 1 FROM activity u WHERE u.undoes_id = r.activity_id) \
             THEN 1 ELSE 0 END FROM receipt r WHERE {mine} AND r.state = 'reversed' AND r.cleared_on <= ?2"
        ),
        &params,
        |row| {
            let (number, method) = (row.text(1)?, row.parsed(2)?);
            let what = Moved::Reversal { number, method, is_mistake: row.flag(4)? };
            Ok(Move { on: row.date(0)?, what, minor: row.int(3)? })
        },
    )?);
    moves.extend(db.all(
        &format!(
            "SELECT f.refunded_on, f.reason, f.amount_minor FROM receipt r JOIN refund f ON f.receipt_id = r.id \
             WHERE {mine} AND f.refunded_on <= ?2 ORDER BY f.refunded_on, f.id"
        ),
        &params,
        |row| Ok(Move { on: row.date(0)?, what: Moved::Refund(row.text(1)?), minor: row.int(2)? }),
    )?);
    moves.retain(|moved| moved.on <= until);
    Ok(moves)
}

/// What each invoice of a payer owed at the end of `until`: due day and open amount, none of nothing.
pub fn open_on(db: &Db, payer: Payer, until: NaiveDate) -> Result<Vec<(NaiveDate, i64)>> {
    let (mine, id) = belongs(payer, "i");
    db.all(
        &format!(
            "SELECT i.due_on, i.total_minor - COALESCE((SELECT SUM(a.amount_minor) FROM payment p \
             JOIN allocation a ON a.payment_id = p.id WHERE p.invoice_id = i.id AND a.allocated_on <= ?2), 0) AS open_minor \
             FROM invoice i WHERE {mine} AND i.invoiced_on <= ?2 AND (i.state = 'issued' OR (i.state = 'void' \
             AND i.voided_on > ?2))"
        ),
        &[id.into(), until.into()],
        |row| Ok((row.date(0)?, row.int(1)?)),
    )
    .map(|rows| rows.into_iter().filter(|(_, minor)| *minor != 0).collect())
}
