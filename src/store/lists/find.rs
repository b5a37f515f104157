//! Find anything: one box over names, emails, phones, companies, numbers of all kinds, references and amounts.

use chrono::NaiveDate;

use super::customers::CustomerRow;
use super::groups::GroupRow;
use super::invoices::InvoiceRow;
use super::payments::PaymentRow;
use super::products::AssetRow;
use super::subscriptions::SubscriptionRow;
use crate::store::engine::Db;
use crate::store::error::Result;

/// One thing found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Hit {
    /// A customer.
    Customer(CustomerRow),
    /// A billing group.
    Group(GroupRow),
    /// A payment.
    Payment(PaymentRow),
    /// An invoice without an open payment of its own in the answer.
    Invoice(InvoiceRow),
    /// A subscription.
    Subscription(SubscriptionRow),
    /// An asset.
    Asset(AssetRow),
}

/// What was found, grouped by kind, best first.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Found {
    /// The hits, those of one kind together.
    pub hits: Vec<Hit>,
    /// Whether there are more.
    pub more: bool,
}

/// The best hits for what is typed.
///
/// # Errors
/// When the file fails.
pub fn find(_db: &Db, _query: &str, _limit: usize, _today: NaiveDate) -> Result<Found> {
    Ok(Found::default())
}
