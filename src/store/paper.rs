//! What a paper prints of an invoice.

use chrono::NaiveDate;

use super::billing::{Account, Payer};
use super::engine::{Db, Row};
use super::error::Result;
use super::shop::{currency, rate};
use crate::domain::currency::Currency;
use crate::domain::customer::DisplayName;
use crate::domain::id::{InvoiceId, OrderId};
use crate::domain::method::Method;
use crate::domain::money::Money;
use crate::domain::status::{InvoiceKind, InvoiceState};
use crate::domain::tax::{TaxRate, TaxTreatment};

/// An invoice as its paper shows it.
#[derive(Clone, Debug)]
pub struct InvoiceRow {
    /// Regular, out of turn or consolidated.
    pub kind: InvoiceKind,
    /// Draft, in review, issued or void.
    pub state: InvoiceState,
    pub number: Option<String>,
    pub invoiced_on: NaiveDate,
    /// When it is due.
    pub due_on: NaiveDate,
    pub currency: Currency,
    pub subtotal: Money,
    pub total: Money,
    /// Who pays, as at issue.
    pub payer_name: String,
    /// Where, as at issue.
    pub payer_address: String,
    /// The payer's VAT number, as at issue.
    pub payer_tax_number: String,
    /// How tax was charged, as at issue.
    pub tax_treatment: TaxTreatment,
    /// Why none was, as at issue.
    pub tax_reason: String,
    /// The shop as at issue.
    pub letterhead: Option<i64>,
    pub payer: Payer,
    /// All the payer owed with it, at issue.
    pub account_minor: Option<i64>,
    /// All the payer owed with the invoice numbered before it, at that one's issue; none where it is the first.
    pub account_before_minor: Option<i64>,
    /// The payer's account at issue; none on invoices of before version 3.
    pub account: Option<Account>,
    /// The same of the invoice numbered before it.
    pub account_before: Option<Account>,
}

/// The account an invoice was issued with, out of three columns.
fn account(row: &Row, at: usize) -> Result<Option<Account>> {
    let found = (row.opt_int(at)?, row.opt_int(at + 1)?, row.opt_int(at + 2)?);
    Ok(match found {
        (Some(balance), Some(received), Some(credited)) => {
            Some(Account { charged: balance + credited + received, credited, received })
        }
        _ => None,
    })
}

/// The head of an invoice.
pub fn invoice(db: &Db, id: InvoiceId) -> Result<Option<InvoiceRow>> {
    db.one(
        "SELECT i.kind, i.state, i.number, i.invoiced_on, i.due_on, i.currency, i.subtotal_minor, i.total_minor, \
         i.payer_name, i.payer_address, i.payer_tax_number, i.letterhead_id, i.tax_treatment, i.account_minor, \
         i.account_received_minor, i.account_credited_minor, b.account_minor, b.account_received_minor, \
         b.account_credited_minor, i.customer_id, i.group_id, i.tax_reason \
         FROM invoice i LEFT JOIN invoice b ON b.id = CASE WHEN i.customer_id IS NULL \
         THEN (SELECT b.id FROM invoice b WHERE b.group_id = i.group_id AND b.customer_id IS NULL \
               AND (b.number_year < i.number_year OR (b.number_year = i.number_year AND b.number_seq < i.number_seq)) \
               ORDER BY b.number_year DESC, b.number_seq DESC LIMIT 1) \
         ELSE (SELECT b.id FROM invoice b WHERE b.customer_id = i.customer_id \
               AND (b.number_year < i.number_year OR (b.number_year = i.number_year AND b.number_seq < i.number_seq)) \
               ORDER BY b.number_year DESC, b.number_seq DESC LIMIT 1) END \
         WHERE i.id = ?1",
        &[id.into()],
        |row| {
            let currency = currency(row, 5)?;
            Ok(InvoiceRow {
                kind: row.parsed(0)?,
                state: row.parsed(1)?,
                number: row.opt_text(2)?,
                invoiced_on: row.date(3)?,
                due_on: row.date(4)?,
                currency,
                subtotal: Money::new(row.int(6)?, currency),
                total: Money::new(row.int(7)?, currency),
                payer_name: row.text(8)?,
                payer_address: row.text(9)?,
                payer_tax_number: row.text(10)?,
                letterhead: row.opt_int(11)?,
                tax_treatment: row.parsed(12)?,
                tax_reason: row.text(21)?,
                payer: super::billing::payer(row, 19)?,
                account_minor: row.opt_int(13)?,
                account_before_minor: row.opt_int(16)?,
                account: account(row, 13)?,
                account_before: account(row, 16)?,
            })
        },
    )
}

/// A line as its paper shows it.
#[derive(Clone, Debug)]
pub struct LineRow {
    pub text: String,
    /// The serial number in the text; empty where there is none.
    pub serial: String,
    /// First and last day of the period.
    pub period: Option<(NaiveDate, NaiveDate)>,
    pub quantity_milli: i64,
    pub unit_minor: i64,
    pub net_minor: i64,
    pub tax: TaxRate,
    pub tax_minor: i64,
    /// Whether it belongs to no contract.
    pub is_free: bool,
    /// Whether it asks for a deposit.
    pub is_deposit: bool,
    pub customer_name: String,
    /// How its customer was taxed where not as usual, and why: on a group's invoice, as at issue.
    pub member_tax: Option<(TaxTreatment, String)>,
}

fn member_tax(kept: &str) -> Option<(TaxTreatment, String)> {
    let (code, reason) = kept.split_once(": ").unwrap_or((kept, ""));
    TaxTreatment::from_code(code).map(|treatment| (treatment, reason.to_owned()))
}

/// The lines of an invoice, in order.
pub fn lines(db: &Db, id: InvoiceId) -> Result<Vec<LineRow>> {
    db.all(
        "SELECT p.text, p.period_start_on, p.period_end_on, p.quantity_milli, p.unit_minor, p.net_minor, p.tax_ppm, p.tax_minor, \
         c.company_name, c.first_name, c.last_name, p.serial, p.member_name, p.member_tax, p.kind, p.subscription_id FROM payment p JOIN customer c ON c.id = p.customer_id \
         WHERE p.invoice_id = ?1 ORDER BY p.line",
        &[id.into()],
        |row| {
            let end = row.opt_date(2)?.and_then(|end| end.pred_opt());
            let (company, first, last) = (row.text(8)?, row.text(9)?, row.text(10)?);
            Ok(LineRow {
                text: row.text(0)?,
                serial: row.text(11)?,
                period: row.opt_date(1)?.zip(end),
                quantity_milli: row.int(3)?,
                unit_minor: row.int(4)?,
                net_minor: row.int(5)?,
                tax: rate(row, 6)?,
                tax_minor: row.int(7)?,
                member_tax: member_tax(&row.text(13)?),
                is_deposit: row.text(14)? == "deposit",
                is_free: row.is_null(15)?,
                // What stood on paper stays; a draft says what is so today.
                customer_name: match row.text(12)? {
                    name if name.is_empty() => DisplayName { company: &company, first: &first, last: &last }.full(),
                    name => name,
                },
            })
        },
    )
}

/// What settled an invoice: a day, where from, how much. What was reversed is left out.
#[derive(Clone, Debug)]
pub struct SettlementRow {
    /// The day it took effect.
    pub on: NaiveDate,
    /// The day it came, which may lie before the invoice's own or in a closed period.
    pub came_on: NaiveDate,
    /// Whether it is money that had been kept as credit.
    pub is_credit: bool,
    /// receipt, `credit_note` or `write_off`.
    pub source: String,
    pub method: Option<Method>,
    pub amount: Money,
    /// The number of the credit note, where it is one.
    pub number: Option<String>,
}

/// What settled an invoice and still stands, by day. Money of a receipt is one row on the day it came for this invoice: a
/// credit note that parts its allocation anew is none of the payer's doing.
pub fn settlements(db: &Db, id: InvoiceId, currency: Currency) -> Result<Vec<SettlementRow>> {
    db.all(
        "SELECT MIN(a.allocated_on), a.source, r.method, CAST(SUM(CASE WHEN EXISTS (SELECT 1 FROM allocation x \
         WHERE x.reverses_id = a.id) THEN 0 ELSE a.amount_minor END) AS BIGINT) AS stands_minor, \
         MIN(CASE WHEN a.activity_id = r.activity_id THEN r.received_on ELSE a.allocated_on END), MIN(r.cleared_on), \
         CASE WHEN MIN(a.activity_id) = MIN(r.activity_id) THEN 1 ELSE 0 END, MIN(n.number) FROM payment p \
         CROSS JOIN allocation a LEFT JOIN receipt r ON r.id = a.receipt_id LEFT JOIN credit_note n ON n.id = a.credit_note_id \
         WHERE a.payment_id = p.id AND p.invoice_id = ?1 AND a.amount_minor > 0 GROUP BY a.source, a.receipt_id, a.credit_note_id, r.method, \
         CASE WHEN a.receipt_id IS NULL THEN a.allocated_on END ORDER BY MIN(a.allocated_on), MIN(a.id)",
        &[id.into()],
        |row| {
            let (on, cleared, came_with_it) = (row.date(0)?, row.opt_date(5)?, row.flag(6)?);
            Ok(SettlementRow {
                on,
                is_credit: !came_with_it && cleared.is_some_and(|cleared| cleared < on),
                source: row.text(1)?,
                method: row.opt_parsed(2)?,
                amount: Money::new(row.int(3)?, currency),
                came_on: row.date(4)?,
                number: row.opt_text(7)?,
            })
        },
    )
    .map(|rows| rows.into_iter().filter(|row| !row.amount.is_zero()).collect())
}

/// Serial numbers of the units an item of an order began with.
pub fn agreed_serials(db: &Db, order: OrderId, item: i64) -> Result<Vec<String>> {
    let found = db.all(
        "SELECT COALESCE((SELECT o.serial FROM asset_replacement r JOIN asset o ON o.id = r.old_asset_id \
         WHERE r.subscription_id = s.id ORDER BY r.id LIMIT 1), a.serial) FROM subscription s \
         LEFT JOIN asset a ON a.id = s.asset_id WHERE s.order_id = ?1 AND s.order_item_id = ?2 ORDER BY s.id",
        &[order.into(), item.into()],
        |row| row.opt_text(0),
    )?;
    Ok(found.into_iter().flatten().collect())
}
