//! The page of one invoice.

use chrono::NaiveDate;

use super::invoices::{InvoiceRow, invoices_by_id};
use super::money_line::{self, MoneyLine};
use super::payments::{PaymentRow, payments_by_id};
use crate::domain::currency::Currency;
use crate::domain::id::{CreditNoteId, InvoiceId, PaymentId};
use crate::domain::money::Money;
use crate::store::engine::Db;
use crate::store::error::Result;

/// Everything about one invoice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvoicePage {
    pub row: InvoiceRow,
    /// The payer's name as issued.
    pub payer_name: String,
    /// The payer's address lines as issued.
    pub payer_address: String,
    /// The payer's tax number as issued.
    pub payer_tax_number: String,
    pub subtotal: Money,
    pub tax: Money,
    /// One sum a tax rate.
    pub taxes: Vec<TaxSum>,
    /// Its lines, in order.
    pub lines: Vec<InvoiceLine>,
    /// Receipts, credits, write-offs, refunds, with what was open after each.
    pub money: Vec<MoneyLine>,
    /// Credit notes on it.
    pub credit_notes: Vec<CreditNoteRow>,
    /// The day it became overdue, as the pass wrote down.
    pub overdue_on: Option<NaiveDate>,
    /// The newest promise to pay.
    pub promised_on: Option<NaiveDate>,
    /// Reminders, notices, fees and what follows them, in order.
    pub steps: Vec<StepRow>,
    /// Messages about it, newest first.
    pub messages: Vec<MessageRow>,
    /// The late invoice this one is a fee for.
    pub about: Option<(InvoiceId, String)>,
}

/// Net and tax of one rate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TaxSum {
    /// The rate, parts per million.
    pub tax_ppm: i64,
    /// Net at that rate.
    pub net: Money,
    /// Tax at that rate.
    pub tax: Money,
}

/// One line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvoiceLine {
    /// The payment the line is.
    pub payment: PaymentRow,
    /// The serial number in its text; empty where there is none.
    pub serial: String,
    /// Its place, from 1.
    pub line: i64,
    pub quantity_milli: i64,
    /// Price of one, as priced.
    pub unit: Money,
    pub net: Money,
    pub tax: Money,
    /// Tax rate, parts per million.
    pub tax_ppm: i64,
}

/// A credit note on the invoice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CreditNoteRow {
    pub id: CreditNoteId,
    /// Its number as printed.
    pub number: String,
    pub issued_on: NaiveDate,
    pub reason: String,
    pub total: Money,
}

/// A step of collection that was taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepRow {
    /// `reminder`, `notice`, `fee`, `limit`, `suspend` or `terminate`.
    pub step: String,
    pub n: i64,
    pub done_on: NaiveDate,
}

/// A message to the payer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MessageRow {
    pub id: i64,
    /// What it is: `invoice`, `reminder` ….
    pub kind: String,
    pub recipient: String,
    /// Where it stands, as a code.
    pub state: String,
    /// When it was queued.
    pub queued_at: chrono::DateTime<chrono::Utc>,
    /// When it went out.
    pub sent_at: Option<chrono::DateTime<chrono::Utc>>,
}

/// The page of an invoice.
pub fn invoice_page(db: &Db, id: InvoiceId, _today: NaiveDate) -> Result<Option<InvoicePage>> {
    let Some(row) = invoices_by_id(db, &[id])?.pop() else { return Ok(None) };
    let currency = row.total.currency();
    let lines = lines(db, id, currency)?;
    let money = money_line::moves(db, "p.invoice_id = ?1", id.0, row.total)?;
    let head = db.one(HEAD, &[id.into()], |head| {
        let about = head.opt_int(6)?.map(InvoiceId).zip(head.opt_text(7)?);
        Ok(InvoicePage {
            payer_name: head.text(0)?,
            payer_address: head.text(1)?,
            payer_tax_number: head.text(2)?,
            subtotal: Money::new(head.int(3)?, currency),
            tax: Money::new(head.int(4)?, currency),
            taxes: taxes(&lines, currency),
            lines,
            money,
            credit_notes: Vec::new(),
            overdue_on: head.opt_date(5)?,
            promised_on: head.opt_date(8)?,
            steps: Vec::new(),
            messages: Vec::new(),
            about,
            row,
        })
    })?;
    let Some(mut page) = head else { return Ok(None) };
    page.credit_notes = db.all(CREDIT_NOTES, &[id.into()], |note| {
        Ok(CreditNoteRow {
            id: CreditNoteId(note.int(0)?),
            number: note.text(1)?,
            issued_on: note.date(2)?,
            reason: note.text(3)?,
            total: Money::new(note.int(4)?, currency),
        })
    })?;
    page.steps = db.all(
        "SELECT step, n, done_on FROM collection_step WHERE invoice_id = ?1 ORDER BY done_on, step, n",
        &[id.into()],
        |step| Ok(StepRow { step: step.text(0)?, n: step.int(1)?, done_on: step.date(2)? }),
    )?;
    page.messages = db.all(MESSAGES, &[id.into()], |message| {
        Ok(MessageRow {
            id: message.int(0)?,
            kind: message.text(1)?,
            recipient: message.text(2)?,
            state: message.text(3)?,
            queued_at: message.instant(4)?,
            sent_at: message.opt_instant(5)?,
        })
    })?;
    Ok(Some(page))
}

const HEAD: &str = "SELECT i.payer_name, i.payer_address, i.payer_tax_number, i.subtotal_minor, i.tax_minor, i.overdue_on, i.about_id, \
    b.number, (SELECT promised_on FROM promise WHERE invoice_id = i.id ORDER BY id DESC LIMIT 1) \
    FROM invoice i LEFT JOIN invoice b ON b.id = i.about_id WHERE i.id = ?1";

const CREDIT_NOTES: &str =
    "SELECT id, number, issued_on, reason, total_minor FROM credit_note WHERE invoice_id = ?1 ORDER BY id";

const MESSAGES: &str = "SELECT id, kind, recipient, state, queued_at, sent_at FROM outbox_message WHERE invoice_id = ?1 \
    ORDER BY id DESC";

fn lines(db: &Db, id: InvoiceId, currency: Currency) -> Result<Vec<InvoiceLine>> {
    let cells = db.all(
        "SELECT id, line, quantity_milli, unit_minor, net_minor, tax_minor, tax_ppm, serial FROM payment WHERE invoice_id = ?1 ORDER BY line",
        &[id.into()],
        |row| {
            let mut cells = [0_i64; 7];
            for (at, cell) in cells.iter_mut().enumerate() {
                *cell = row.int(at)?;
            }
            Ok((cells, row.text(7)?))
        },
    )?;
    let ids: Vec<PaymentId> = cells.iter().map(|(cells, _)| PaymentId(cells[0])).collect();
    let rows = payments_by_id(db, &ids)?;
    Ok(rows
        .into_iter()
        .zip(cells)
        .map(|(payment, ([_, line, quantity_milli, unit, net, tax, tax_ppm], serial))| InvoiceLine {
            payment,
            serial,
            line,
            quantity_milli,
            unit: Money::new(unit, currency),
            net: Money::new(net, currency),
            tax: Money::new(tax, currency),
            tax_ppm,
        })
        .collect())
}

fn taxes(lines: &[InvoiceLine], currency: Currency) -> Vec<TaxSum> {
    let mut sums: Vec<TaxSum> = Vec::new();
    for line in lines.iter().filter(|line| line.tax_ppm > 0) {
        match sums.iter_mut().find(|sum| sum.tax_ppm == line.tax_ppm) {
            Some(sum) => {
                sum.net = Money::new(sum.net.minor() + line.net.minor(), currency);
                sum.tax = Money::new(sum.tax.minor() + line.tax.minor(), currency);
            }
            None => sums.push(TaxSum { tax_ppm: line.tax_ppm, net: line.net, tax: line.tax }),
        }
    }
    sums
}
