//! The page of one invoice.

use chrono::NaiveDate;

use super::invoices::InvoiceRow;
use super::money_line::MoneyLine;
use super::payments::PaymentRow;
use crate::domain::id::{CreditNoteId, InvoiceId};
use crate::domain::money::Money;
use crate::store::engine::Db;
use crate::store::error::Result;

/// Everything about one invoice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvoicePage {
    /// The list's row.
    pub row: InvoiceRow,
    /// The payer's name as issued.
    pub payer_name: String,
    /// The payer's address lines as issued.
    pub payer_address: String,
    /// The payer's tax number as issued.
    pub payer_tax_number: String,
    /// Net.
    pub subtotal: Money,
    /// Tax.
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
    /// Its place, from 1.
    pub line: i64,
    /// Quantity in thousandths.
    pub quantity_milli: i64,
    /// Price of one, as priced.
    pub unit: Money,
    /// Net.
    pub net: Money,
    /// Tax.
    pub tax: Money,
    /// Tax rate, parts per million.
    pub tax_ppm: i64,
}

/// A credit note on the invoice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CreditNoteRow {
    /// Its row number.
    pub id: CreditNoteId,
    /// Its number as printed.
    pub number: String,
    /// Its date.
    pub issued_on: NaiveDate,
    /// Why.
    pub reason: String,
    /// How much, gross.
    pub total: Money,
}

/// A step of collection that was taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepRow {
    /// `reminder`, `notice`, `fee`, `limit`, `suspend` or `terminate`.
    pub step: String,
    /// The how manieth.
    pub n: i64,
    /// When.
    pub done_on: NaiveDate,
}

/// A message to the payer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MessageRow {
    /// Its number.
    pub id: i64,
    /// What it is: `invoice`, `reminder` ….
    pub kind: String,
    /// To whom.
    pub recipient: String,
    /// Where it stands, as a code.
    pub state: String,
    /// When it was queued.
    pub queued_at: chrono::DateTime<chrono::Utc>,
    /// When it went out.
    pub sent_at: Option<chrono::DateTime<chrono::Utc>>,
}

/// The page of an invoice.
///
/// # Errors
/// When the file fails.
pub fn invoice_page(_db: &Db, _id: InvoiceId, _today: NaiveDate) -> Result<Option<InvoicePage>> {
    Ok(None)
}
