//! The page of one subscription: its whole schedule, past and future.

use chrono::NaiveDate;

use super::customer_page::{ActivityRow, Recovery};
use super::subscriptions::SubscriptionRow;
use crate::domain::id::{InvoiceId, PaymentId, SubscriptionId};
use crate::domain::money::Money;
use crate::domain::status::{DepositState, EndReason, PaymentStatus};
use crate::store::engine::Db;
use crate::store::error::Result;

/// Everything about one subscription.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubscriptionPage {
    /// The list's row.
    pub row: SubscriptionRow,
    /// Day of the month it bills on.
    pub anchor_day: u32,
    /// When it was activated.
    pub activated_on: Option<NaiveDate>,
    /// When it ended or was cancelled.
    pub ended_on: Option<NaiveDate>,
    /// Why it ended.
    pub end_reason: Option<EndReason>,
    /// The one this upgraded.
    pub previous_id: Option<SubscriptionId>,
    /// The one that upgraded this.
    pub next_id: Option<SubscriptionId>,
    /// Received against the asset's cost.
    pub recovery: Recovery,
    /// Every period, past and future, in order.
    pub schedule: Vec<ScheduleLine>,
    /// Prices a month and the day each holds from.
    pub prices: Vec<(NaiveDate, Money)>,
    /// Pauses: from, and the first day that bills again.
    pub pauses: Vec<(NaiveDate, Option<NaiveDate>)>,
    /// Assets replaced: when, old and new serial number.
    pub replacements: Vec<(NaiveDate, String, String)>,
    /// The deposit.
    pub deposit: Option<DepositRow>,
    /// What was done about it, newest first, at most fifty.
    pub activity: Vec<ActivityRow>,
}

/// One period of the schedule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScheduleLine {
    /// Its place, from 0.
    pub index: u32,
    /// First day.
    pub start_on: NaiveDate,
    /// The day after the last one.
    pub end_on: NaiveDate,
    /// When it is or would be due.
    pub due_on: NaiveDate,
    /// What it costs: gross once invoiced, else as priced.
    pub amount: Money,
    /// What is open of it.
    pub open: Money,
    /// The payment, once materialised.
    pub payment_id: Option<PaymentId>,
    /// Its status, once materialised.
    pub status: Option<PaymentStatus>,
    /// The invoice it stands on.
    pub invoice_id: Option<InvoiceId>,
    /// That invoice's number.
    pub invoice_number: Option<String>,
}

/// A deposit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DepositRow {
    /// Its number.
    pub id: i64,
    /// The payment that asked for it.
    pub payment_id: PaymentId,
    /// How much was asked for.
    pub amount: Money,
    /// How much of it came in.
    pub received: Money,
    /// Where it stands.
    pub state: DepositState,
    /// What the shop kept.
    pub kept: Money,
    /// When it was closed.
    pub closed_on: Option<NaiveDate>,
}

/// The page of a subscription.
///
/// # Errors
/// When the file fails.
pub fn subscription_page(_db: &Db, _id: SubscriptionId, _today: NaiveDate) -> Result<Option<SubscriptionPage>> {
    Ok(None)
}
