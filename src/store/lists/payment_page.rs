//! The page of one payment, and the strip under the list.

use chrono::NaiveDate;

use super::activity_rows;
use super::activity_rows::ActivityRow;
use super::customer_page::{MethodRow, NoteRow, customer_methods, customer_notes};
use super::invoices::{InvoiceRow, invoices_by_id};
use super::money_line::{self, MoneyLine};
use super::payments::{PaymentRow, payments_by_id};
use super::subscriptions::{SubscriptionRow, subscriptions_by_id};
use crate::domain::currency::Currency;
use crate::domain::id::{PaymentId, SubscriptionId};
use crate::domain::method::Method;
use crate::domain::money::Money;
use crate::domain::schedule::Schedule;
use crate::domain::status::{AttemptState, PaymentStatus};
use crate::store::engine::Db;
use crate::store::error::Result;

/// Everything about one payment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaymentPage {
    pub row: PaymentRow,
    /// The serial number in the text of its line; empty where there is none.
    pub serial: String,
    pub quantity_milli: i64,
    /// Price of one, as priced.
    pub unit: Money,
    pub net: Money,
    pub tax: Money,
    /// Tax rate, parts per million.
    pub tax_ppm: i64,
    /// Which period of how many: `(5, 12)`.
    pub period_of: Option<(u32, u32)>,
    pub subscription: Option<SubscriptionRow>,
    pub invoice: Option<InvoiceRow>,
    /// What the customer has open on issued invoices.
    pub customer_open: Money,
    /// In how many payments.
    pub customer_open_count: i64,
    /// The customer's default way to pay.
    pub default_method: Option<MethodRow>,
    /// Receipts, credits, write-offs, refunds, in order.
    pub money: Vec<MoneyLine>,
    /// Charge attempts in the order they were made.
    pub attempts: Vec<AttemptRow>,
    /// Status changes people made, in their order.
    pub changes: Vec<StatusChange>,
    /// The open dispute: since when and why.
    pub dispute: Option<(NaiveDate, String)>,
    /// The newest note on the customer.
    pub latest_note: Option<NoteRow>,
    /// What was done about it, newest first, at most fifty.
    pub activity: Vec<ActivityRow>,
}

impl PaymentPage {
    /// The charge that was tried last.
    pub fn newest_attempt(&self) -> Option<&AttemptRow> {
        self.attempts.last()
    }

    /// Brand and last four digits of the kept card its money came by.
    pub fn card(&self) -> Option<&(String, String)> {
        let is_card = self.row.method == Some(Method::Card);
        self.attempts.iter().rev().find(|one| is_card && one.state == AttemptState::Settled)?.card.as_ref()
    }

    /// The changes of its status, the last one first.
    pub fn changes_newest_first(&self) -> impl Iterator<Item = &StatusChange> {
        self.changes.iter().rev()
    }
}

/// One try to charge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttemptRow {
    pub id: i64,
    pub attempted_on: NaiveDate,
    pub amount: Money,
    /// Where it stands.
    pub state: AttemptState,
    /// Why it was declined, as a code.
    pub decline_reason: Option<String>,
    /// What the processor said.
    pub decline_text: String,
    pub processor: String,
    pub processor_reference: String,
    /// Card brand and last four digits.
    pub card: Option<(String, String)>,
}

/// A status a person or bank set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatusChange {
    pub changed_on: NaiveDate,
    pub from: PaymentStatus,
    pub to: PaymentStatus,
    pub reason: String,
    /// Whether it takes an earlier one back.
    pub is_reversal: bool,
}

/// The page of a payment.
pub fn payment_page(db: &Db, id: PaymentId, today: NaiveDate) -> Result<Option<PaymentPage>> {
    let Some(row) = payments_by_id(db, &[id])?.pop() else { return Ok(None) };
    let currency = row.amount.currency();
    let subscription = match row.subscription_id {
        Some(id) => subscriptions_by_id(db, &[id], today)?.pop(),
        None => None,
    };
    let invoice = match row.invoice_id {
        Some(id) => invoices_by_id(db, &[id])?.pop(),
        None => None,
    };
    let owes = db.one(OWES, &[row.customer_id.into()], |row| Ok((row.int(0)?, row.int(1)?)))?;
    let (customer_open, customer_open_count) = owes.unwrap_or_default();
    let line = db.one(LINE, &[id.into()], |row| {
        Ok((row.int(0)?, row.int(1)?, row.int(2)?, row.int(3)?, row.int(4)?, row.opt_int(5)?, row.text(6)?))
    })?;
    let Some((quantity_milli, unit, net, tax, tax_ppm, index, serial)) = line else { return Ok(None) };
    let period_of = match (row.subscription_id, index) {
        (Some(subscription), Some(index)) => place(db, subscription, index)?,
        _ => None,
    };
    let note = customer_notes(db, row.customer_id, 1)?.pop();
    let method = customer_methods(db, row.customer_id)?.into_iter().find(|method| method.is_default);
    Ok(Some(PaymentPage {
        serial,
        quantity_milli,
        unit: Money::new(unit, currency),
        net: Money::new(net, currency),
        tax: Money::new(tax, currency),
        tax_ppm,
        period_of,
        subscription,
        invoice,
        customer_open: Money::new(customer_open, currency),
        customer_open_count,
        default_method: method,
        money: money_line::moves(db, "p.id = ?1", id.0, row.amount)?,
        attempts: attempts(db, id, currency)?,
        changes: changes(db, id)?,
        dispute: db.one(
            "SELECT opened_on, reason FROM dispute WHERE payment_id = ?1 AND closed_on IS NULL",
            &[id.into()],
            |row| Ok((row.date(0)?, row.text(1)?)),
        )?,
        latest_note: note,
        activity: activity_rows::of_payment(db, id, 20)?,
        row,
    }))
}

const LINE: &str =
    "SELECT quantity_milli, unit_minor, net_minor, tax_minor, tax_ppm, period_index, serial FROM payment WHERE id = ?1";

const OWES: &str = "SELECT CAST(COALESCE(SUM(p.amount_minor - p.settled_minor), 0) AS BIGINT), COUNT(*) FROM payment p CROSS JOIN invoice i \
    WHERE p.customer_id = ?1 AND p.status <> 'paid' AND p.status <> 'cancelled' AND i.id = p.invoice_id AND i.state = 'issued'";

/// Which period of how many.
fn place(db: &Db, subscription: SubscriptionId, index: i64) -> Result<Option<(u32, u32)>> {
    let Some(due) = crate::store::billing::due_by_id(db, subscription)? else { return Ok(None) };
    let schedule = Schedule::new(due.start_on, due.end_on, due.frequency, Some(due.anchor_day)).ok();
    let index = u32::try_from(index).unwrap_or(0);
    Ok(schedule.map(|schedule| (index + 1, schedule.count())))
}

fn attempts(db: &Db, id: PaymentId, currency: Currency) -> Result<Vec<AttemptRow>> {
    db.all(
        "SELECT a.id, a.attempted_on, a.amount_minor, a.state, a.decline_reason, a.decline_text, a.processor, \
         a.processor_reference, m.brand, m.last_four FROM charge_attempt a \
         LEFT JOIN payment_method m ON m.id = a.payment_method_id WHERE a.payment_id = ?1 \
         AND NOT EXISTS (SELECT 1 FROM activity u WHERE u.undoes_id = a.activity_id) ORDER BY a.id",
        &[id.into()],
        |row| {
            Ok(AttemptRow {
                id: row.int(0)?,
                attempted_on: row.date(1)?,
                amount: Money::new(row.int(2)?, currency),
                state: row.parsed(3)?,
                decline_reason: row.opt_text(4)?,
                decline_text: row.text(5)?,
                processor: row.text(6)?,
                processor_reference: row.text(7)?,
                card: row.opt_text(8)?.zip(row.opt_text(9)?),
            })
        },
    )
}

fn changes(db: &Db, id: PaymentId) -> Result<Vec<StatusChange>> {
    db.all(
        "SELECT changed_on, from_status, to_status, reason, reverses_id FROM payment_change WHERE payment_id = ?1 ORDER BY id",
        &[id.into()],
        |row| {
            Ok(StatusChange {
                changed_on: row.date(0)?,
                from: row.parsed(1)?,
                to: row.parsed(2)?,
                reason: row.text(3)?,
                is_reversal: row.opt_int(4)?.is_some(),
            })
        },
    )
}
