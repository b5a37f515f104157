//! The page of one payment, and the strip under the list.

use chrono::NaiveDate;

use super::customer_page::{ActivityRow, MethodRow, NoteRow};
use super::invoices::InvoiceRow;
use super::money_line::MoneyLine;
use super::payments::PaymentRow;
use super::subscriptions::SubscriptionRow;
use crate::domain::id::PaymentId;
use crate::domain::money::Money;
use crate::domain::status::{AttemptState, PaymentStatus};
use crate::store::engine::Db;
use crate::store::error::Result;

/// Everything about one payment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaymentPage {
    /// The list's row.
    pub row: PaymentRow,
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
    /// Which period of how many: `(5, 12)`.
    pub period_of: Option<(u32, u32)>,
    /// Its subscription.
    pub subscription: Option<SubscriptionRow>,
    /// Its invoice.
    pub invoice: Option<InvoiceRow>,
    /// What the customer has open on issued invoices.
    pub customer_open: Money,
    /// In how many payments.
    pub customer_open_count: i64,
    /// The customer's default way to pay.
    pub default_method: Option<MethodRow>,
    /// Receipts, credits, write-offs, refunds, in order.
    pub money: Vec<MoneyLine>,
    /// Charge attempts, newest first.
    pub attempts: Vec<AttemptRow>,
    /// Status changes people made, newest first.
    pub changes: Vec<StatusChange>,
    /// The open dispute: since when and why.
    pub dispute: Option<(NaiveDate, String)>,
    /// The newest note on the customer.
    pub latest_note: Option<NoteRow>,
    /// What was done about it, newest first, at most fifty.
    pub activity: Vec<ActivityRow>,
}

/// One try to charge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttemptRow {
    /// Its number.
    pub id: i64,
    /// When.
    pub attempted_on: NaiveDate,
    /// How much.
    pub amount: Money,
    /// Where it stands.
    pub state: AttemptState,
    /// Why it was declined, as a code.
    pub decline_reason: Option<String>,
    /// What the processor said.
    pub decline_text: String,
    /// Who processed it.
    pub processor: String,
    /// Under which reference.
    pub processor_reference: String,
    /// Card brand and last four digits.
    pub card: Option<(String, String)>,
}

/// A status a person or bank set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatusChange {
    /// When.
    pub changed_on: NaiveDate,
    /// From.
    pub from: PaymentStatus,
    /// To.
    pub to: PaymentStatus,
    /// Why.
    pub reason: String,
    /// Whether it takes an earlier one back.
    pub is_reversal: bool,
}

/// The page of a payment.
///
/// # Errors
/// When the file fails.
pub fn payment_page(_db: &Db, _id: PaymentId, _today: NaiveDate) -> Result<Option<PaymentPage>> {
    Ok(None)
}
