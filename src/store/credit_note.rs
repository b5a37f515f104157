//! Credit notes: written once, numbered in turn; one that was taken back keeps its number and credits nothing.

use chrono::NaiveDate;

use super::engine::{Db, Row, Value};
use super::error::Result;
use super::shop::{currency, rate};
use crate::domain::credit_note::NetTax;
use crate::domain::currency::Currency;
use crate::domain::id::{CreditNoteId, CustomerId, GroupId, InvoiceId, PaymentId};
use crate::domain::tax::{TaxRate, TaxTreatment};
use crate::domain::text::sought;

/// A line of an issued invoice, and what was credited of it.
#[derive(Clone, Debug)]
pub struct CreditableLine {
    /// The payment that is the line.
    pub payment: PaymentId,
    /// Its place on the invoice, from 1.
    pub line: i64,
    pub text: String,
    /// Whether it asks for a deposit, which is credited by its name alone.
    pub is_deposit: bool,
    pub whole: NetTax,
    /// What stands credited of it.
    pub credited: NetTax,
    /// Whether nothing is owed for it any more.
    pub is_cancelled: bool,
}

impl CreditableLine {
    /// What can still be credited, tax included.
    pub const fn left(&self) -> i64 {
        self.whole.minus(self.credited).gross()
    }
}

/// The lines of an invoice, in order.
pub fn lines_of(db: &Db, invoice: InvoiceId) -> Result<Vec<CreditableLine>> {
    db.all(
        "SELECT p.id, p.line, p.text, p.net_minor, p.tax_minor, p.status, \
         (SELECT CAST(COALESCE(SUM(l.net_minor), 0) AS BIGINT) FROM credit_note_line l WHERE l.payment_id = p.id AND NOT EXISTS \
          (SELECT 1 FROM allocation a WHERE a.credit_note_id = l.credit_note_id AND a.amount_minor < 0)), \
         (SELECT CAST(COALESCE(SUM(l.tax_minor), 0) AS BIGINT) FROM credit_note_line l WHERE l.payment_id = p.id AND NOT EXISTS \
          (SELECT 1 FROM allocation a WHERE a.credit_note_id = l.credit_note_id AND a.amount_minor < 0)), p.kind \
         FROM payment p WHERE p.invoice_id = ?1 ORDER BY p.line",
        &[invoice.into()],
        |row| {
            Ok(CreditableLine {
                payment: PaymentId(row.int(0)?),
                line: row.int(1)?,
                text: row.text(2)?,
                is_deposit: row.text(8)? == "deposit",
                whole: NetTax { net: row.int(3)?, tax: row.int(4)? },
                credited: NetTax { net: row.int(6)?, tax: row.int(7)? },
                is_cancelled: row.text(5)? == "cancelled",
            })
        },
    )
}

/// A credit note about to be written.
#[derive(Clone, Debug)]
pub struct NewCreditNote<'a> {
    /// The invoice it corrects.
    pub invoice: InvoiceId,
    pub currency: Currency,
    /// Year and running number.
    pub numbered: (i32, i64),
    /// Its number on paper.
    pub number: &'a str,
    pub issued_on: NaiveDate,
    pub reason: &'a str,
    /// Its lines: payment, text, what is credited.
    pub lines: &'a [(PaymentId, &'a str, NetTax)],
    /// The shop as on the paper.
    pub letterhead: i64,
}

/// Writes a credit note with its lines; what it settles is written by [`super::settlement::settle`].
pub fn insert(db: &Db, new: &NewCreditNote) -> Result<CreditNoteId> {
    let (net, tax) = new.lines.iter().fold((0, 0), |sum, line| (sum.0 + line.2.net, sum.1 + line.2.tax));
    let id = db.insert(
        "INSERT INTO credit_note (invoice_id, currency, number_year, number_seq, number, issued_on, reason, net_minor, tax_minor, \
         total_minor, letterhead_id) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
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
    for (payment, text, part) in new.lines {
        db.execute(
            "INSERT INTO credit_note_line (credit_note_id, payment_id, text, net_minor, tax_minor, gross_minor) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            &[id.into(), (*payment).into(), (*text).into(), part.net.into(), part.tax.into(), part.gross().into()],
        )?;
    }
    Ok(CreditNoteId(id))
}

/// A credit note as pages and papers show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CreditNote {
    /// Its number in the file.
    pub id: CreditNoteId,
    /// Its number on paper.
    pub number: String,
    /// The invoice it corrects.
    pub invoice: InvoiceId,
    pub invoice_number: String,
    pub issued_on: NaiveDate,
    pub reason: String,
    pub currency: Currency,
    pub total: NetTax,
    /// The shop as on the paper.
    pub letterhead: i64,
    /// Who pays the invoice, as on the paper.
    pub payer_name: String,
    /// Where, as on the paper.
    pub payer_address: String,
    /// The payer's VAT number, as on the paper.
    pub payer_tax_number: String,
    /// How its invoice was taxed, and why not.
    pub tax_treatment: TaxTreatment,
    pub tax_reason: String,
    /// Whether it was taken back.
    pub is_taken_back: bool,
}

const NOTE: &str = "SELECT c.id, c.number, c.invoice_id, i.number, c.issued_on, c.reason, c.currency, c.net_minor, c.tax_minor, \
    c.letterhead_id, i.payer_name, i.payer_address, i.payer_tax_number, \
    CASE WHEN EXISTS (SELECT 1 FROM allocation a WHERE a.credit_note_id = c.id AND a.amount_minor < 0) THEN 1 ELSE 0 END, \
    i.tax_treatment, i.tax_reason FROM credit_note c JOIN invoice i ON i.id = c.invoice_id";

fn read(row: &Row) -> Result<CreditNote> {
    Ok(CreditNote {
        id: CreditNoteId(row.int(0)?),
        number: row.text(1)?,
        invoice: InvoiceId(row.int(2)?),
        invoice_number: row.opt_text(3)?.unwrap_or_default(),
        issued_on: row.date(4)?,
        reason: row.text(5)?,
        currency: currency(row, 6)?,
        total: NetTax { net: row.int(7)?, tax: row.int(8)? },
        letterhead: row.int(9)?,
        payer_name: row.text(10)?,
        payer_address: row.text(11)?,
        payer_tax_number: row.text(12)?,
        is_taken_back: row.flag(13)?,
        tax_treatment: row.parsed(14)?,
        tax_reason: row.text(15)?,
    })
}

/// Which credit notes a list shows. Parts combine.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NoteFilter {
    /// A part of its number, of its invoice's or of the payer's name.
    pub query: String,
    pub issued: (Option<NaiveDate>, Option<NaiveDate>),
    pub customer: Option<CustomerId>,
    pub group: Option<GroupId>,
}

/// Credit notes, newest first: all of the filter, `limit` of them at most.
pub fn list(db: &Db, filter: &NoteFilter, limit: usize) -> Result<Vec<CreditNote>> {
    let part = format!("%{}%", escaped(sought(filter.query.trim())));
    let sql = format!(
        "{NOTE} WHERE (?1 IS NULL OR c.issued_on >= ?1) AND (?2 IS NULL OR c.issued_on <= ?2) \
         AND (?3 IS NULL OR i.customer_id IN (SELECT id FROM customer WHERE id = ?3 OR root_id = ?3)) \
         AND (?4 IS NULL OR i.group_id = ?4) AND (c.number LIKE ?5 ESCAPE '\\' OR i.number LIKE ?5 ESCAPE '\\' \
         OR i.payer_name LIKE ?5 ESCAPE '\\') ORDER BY c.issued_on DESC, c.id DESC LIMIT ?6"
    );
    let params: [Value; 6] = [
        filter.issued.0.into(),
        filter.issued.1.into(),
        filter.customer.into(),
        filter.group.into(),
        part.into(),
        i64::try_from(limit).unwrap_or(i64::MAX).into(),
    ];
    db.all(&sql, &params, read)
}

fn escaped(typed: &str) -> String {
    typed.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_")
}

/// The credit note with this id.
pub fn by_id(db: &Db, id: i64) -> Result<Option<CreditNote>> {
    db.one(&format!("{NOTE} WHERE c.id = ?1"), &[id.into()], read)
}

/// The credit notes of an invoice, in order.
pub fn of_invoice(db: &Db, invoice: InvoiceId) -> Result<Vec<CreditNote>> {
    db.all(&format!("{NOTE} WHERE c.invoice_id = ?1 ORDER BY c.id"), &[invoice.into()], read)
}

/// The credit note of this number on paper.
pub fn numbered(db: &Db, number: &str) -> Result<Option<CreditNote>> {
    db.one(&format!("{NOTE} WHERE c.number = ?1"), &[number.into()], read)
}

/// The date of the newest credit note.
pub fn newest_day(db: &Db) -> Result<Option<NaiveDate>> {
    db.one("SELECT issued_on FROM credit_note ORDER BY issued_on DESC, id DESC LIMIT 1", &[], |row| row.date(0))
}

/// A line of a credit note as its paper shows it.
#[derive(Clone, Debug)]
pub struct NoteLine {
    pub text: String,
    /// The serial number in the text; empty where there is none.
    pub serial: String,
    /// Whether it takes back a deposit.
    pub is_deposit: bool,
    pub part: NetTax,
    pub tax: TaxRate,
}

/// The lines of a credit note, in order.
pub fn lines(db: &Db, id: CreditNoteId) -> Result<Vec<NoteLine>> {
    db.all(
        "SELECT l.text, l.net_minor, l.tax_minor, p.tax_ppm, p.serial, p.kind FROM credit_note_line l JOIN payment p ON p.id = l.payment_id \
         WHERE l.credit_note_id = ?1 ORDER BY l.id",
        &[id.into()],
        |row| {
            let part = NetTax { net: row.int(1)?, tax: row.int(2)? };
            Ok(NoteLine { text: row.text(0)?, serial: row.text(4)?, is_deposit: row.text(5)? == "deposit", part, tax: rate(row, 3)? })
        },
    )
}
