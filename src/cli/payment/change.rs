//! `payment retry|cancel|waive|dispute|ahead`: what becomes of a payment, beside money that arrives.

use chrono::NaiveDate;

use crate::cli::fault::{Fault, Result};
use crate::cli::values;
use crate::domain::id::{PaymentId, SubscriptionId};
use crate::domain::reason::{CancelReason, DisputeOutcome};
use crate::services::actions::charging::{ChargeOutcome, RetryDraft};
use crate::services::{Action, Desk};

/// A charge that was tried again.
#[derive(Debug, clap::Args)]
pub struct Retry {
    /// The payment
    #[arg(value_parser = values::id::<PaymentId>)]
    pub id: PaymentId,
    /// The customer's payment method that was charged, as `customer method list` numbers it
    #[arg(long, value_name = "ID", value_parser = values::id::<i64>)]
    method: Option<i64>,
    /// It was sent; its result is still to come
    #[arg(long, conflicts_with = "declined")]
    sent: bool,
    /// It was declined once more: declined, insufficient funds, expired card, bank rejection, or in words
    #[arg(long, value_name = "REASON")]
    declined: Option<String>,
    /// When; by default today
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = values::day)]
    on: Option<NaiveDate>,
    /// What the processor or bank calls it
    #[arg(long, default_value = "", hide_default_value = true, allow_hyphen_values = true)]
    reference: String,
}

impl Retry {
    /// The Action it asks for.
    pub fn action(self, desk: &Desk) -> Action {
        let outcome = match (self.sent, self.declined) {
            (true, _) => ChargeOutcome::Sent,
            (false, Some(reason)) => ChargeOutcome::Declined(reason),
            (false, None) => ChargeOutcome::Paid,
        };
        let on = self.on.unwrap_or_else(|| desk.today());
        let (payment, method, reference) = (self.id, self.method, self.reference);
        Action::RetryPayment(Box::new(RetryDraft { payment, method, outcome, on, reference }))
    }
}

/// A payment that is not owed any more.
#[derive(Debug, clap::Args)]
pub struct Cancel {
    /// The payment
    #[arg(value_parser = values::id::<PaymentId>, required_unless_present = "subscription")]
    pub id: Option<PaymentId>,
    /// Cancel a period of this subscription that is not billed yet
    #[arg(long, value_name = "ID", value_parser = values::id::<SubscriptionId>, conflicts_with = "id")]
    subscription: Option<SubscriptionId>,
    /// Any day of the period; the next one without it
    #[arg(long, value_name = "DAY", value_parser = values::day, requires = "subscription")]
    period: Option<NaiveDate>,
    /// `subscription_cancelled`, `not_needed` or `invoice_withdrawn`
    #[arg(long, value_parser = values::word::<CancelReason>)]
    reason: CancelReason,
    /// What is added to the reason
    #[arg(long, default_value = "", hide_default_value = true, allow_hyphen_values = true)]
    words: String,
}

impl Cancel {
    /// The Action it asks for.
    pub fn action(self) -> Result<Action> {
        let (reason, words) = (self.reason, self.words);
        match (self.id, self.subscription) {
            (Some(payment), _) => Ok(Action::CancelPayment { payment, reason, words }),
            (None, Some(subscription)) => Ok(Action::CancelUpcoming { subscription, day: self.period, reason, words }),
            (None, None) => Err(Fault::Wrong("name a payment or --subscription".to_owned())),
        }
    }
}

/// A dispute that is opened, or closed with its outcome.
#[derive(Debug, clap::Args)]
pub struct Dispute {
    /// The payment
    #[arg(value_parser = values::id::<PaymentId>)]
    pub id: PaymentId,
    /// Open it: what the customer says
    #[arg(long, required_unless_present = "close")]
    reason: Option<String>,
    /// Close it: `for_the_customer`, `for_the_shop`, adjusted or withdrawn
    #[arg(long, value_name = "OUTCOME", value_parser = values::word::<DisputeOutcome>, conflicts_with = "reason")]
    close: Option<DisputeOutcome>,
    /// What is added to the outcome
    #[arg(long, default_value = "", hide_default_value = true, allow_hyphen_values = true)]
    words: String,
}

impl Dispute {
    /// The Action it asks for.
    pub fn action(self) -> Action {
        match self.close {
            Some(outcome) => Action::CloseDispute { payment: self.id, outcome, words: self.words },
            None => Action::OpenDispute { payment: self.id, reason: self.reason.unwrap_or_default() },
        }
    }
}
