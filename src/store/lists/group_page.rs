//! The page of one billing group.

use chrono::NaiveDate;

use super::groups::GroupRow;
use super::subscriptions::SubscriptionRow;
use crate::domain::id::{CustomerId, GroupId};
use crate::domain::money::Money;
use crate::store::engine::Db;
use crate::store::error::Result;

/// Everything about one billing group; its invoices are the list of invoices filtered by it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupPage {
    /// The list's row.
    pub row: GroupRow,
    /// Address lines.
    pub address: String,
    /// Tax number.
    pub tax_number: String,
    /// Since when.
    pub created_on: NaiveDate,
    /// Members now, A–Z, then former ones.
    pub members: Vec<MemberRow>,
    /// The members' live subscriptions.
    pub subscriptions: Vec<SubscriptionRow>,
    /// Payments billed to the group and not invoiced yet: how many and what they add up to.
    pub uninvoiced: (i64, Money),
    /// How it paid in the 365 days before.
    pub performance: Performance,
    /// Counts saved changes.
    pub version: i64,
}

/// A member, now or formerly.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemberRow {
    /// Who.
    pub customer_id: CustomerId,
    /// As lists show the name.
    pub name: String,
    /// Email.
    pub email: String,
    /// Member since.
    pub joined_on: NaiveDate,
    /// Member until.
    pub left_on: Option<NaiveDate>,
    /// Active subscriptions.
    pub active_subscriptions: i64,
    /// Their monthly prices.
    pub monthly: Money,
}

/// How a payer paid in a period, by invoices dated in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Performance {
    /// Invoices issued.
    pub invoice_count: i64,
    /// What they asked for.
    pub invoiced: Money,
    /// Settled by receipts.
    pub paid: Money,
    /// Still open.
    pub outstanding: Money,
    /// The part of it past due.
    pub overdue: Money,
    /// Paid ÷ all lines that came due and are not cancelled, parts per million.
    pub success_ppm: Option<i64>,
    /// Days from invoice date to full payment, in tenths, mean of the paid ones.
    pub days_to_pay_tenths: Option<i64>,
}

/// The page of a billing group.
///
/// # Errors
/// When the file fails.
pub fn group_page(_db: &Db, _id: GroupId, _today: NaiveDate) -> Result<Option<GroupPage>> {
    Ok(None)
}
