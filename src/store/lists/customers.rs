//! The list of customers.

use chrono::NaiveDate;

use super::page::{Cursor, Key, Page, Slice};
use crate::domain::customer::CustomerKind;
use crate::domain::id::{ClassId, CustomerId, GroupId};
use crate::domain::money::Money;
use crate::store::engine::Db;
use crate::store::error::Result;

/// What the list is sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum CustomerSort {
    /// A–Z.
    #[default]
    Name,
    /// Highest lifetime value first.
    LifetimeValue,
    /// Most subscriptions (live and ended) first.
    Subscriptions,
    /// Newest customer first.
    Joined,
}

/// Customers alike in one way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Segment {
    /// Lifetime value at or above the shop's setting; without one, the top tenth.
    HighValue,
    /// A payment failed in the last 90 days.
    AtRisk,
    /// Two subscriptions or more.
    Loyal,
    /// First subscription within 30 days.
    New,
    /// Companies.
    Business,
}

/// What the list shows. Parts combine. Closed customers show only where a query is typed or `closed` says so.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct CustomerFilter {
    /// Name, company, email or phone; also of one merged into it.
    pub query: String,
    /// Only this kind.
    pub kind: Option<CustomerKind>,
    /// Only with, or only without, an active subscription.
    pub active: Option<bool>,
    /// Lifetime value from … to …, in minor units.
    pub lifetime: (Option<i64>, Option<i64>),
    /// Only members of this group.
    pub group: Option<GroupId>,
    /// Only of this class.
    pub class: Option<ClassId>,
    /// Only this segment.
    pub segment: Option<Segment>,
    /// Also closed ones.
    pub closed: bool,
    /// The order.
    pub sort: CustomerSort,
    /// The order turned round.
    pub reverse: bool,
}

/// One customer as lists show it. Sums take in those merged into it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustomerRow {
    /// Its number.
    pub id: CustomerId,
    /// As lists show the name.
    pub name: String,
    /// Person or company.
    pub kind: CustomerKind,
    /// Email, may be empty.
    pub email: String,
    /// Phone, may be empty.
    pub phone: String,
    /// Company, may be empty.
    pub company: String,
    /// The billing group.
    pub group_id: Option<GroupId>,
    /// The billing group's name.
    pub group_name: Option<String>,
    /// The class.
    pub class_id: ClassId,
    /// Customer since.
    pub joined_on: NaiveDate,
    /// Closed, and hidden by default.
    pub closed_on: Option<NaiveDate>,
    /// Active subscriptions.
    pub active_subscriptions: i64,
    /// All subscriptions, live and ended.
    pub subscriptions: i64,
    /// Receipts applied to payments, deposits left out.
    pub lifetime_value: Money,
    /// Open on issued invoices.
    pub outstanding: Money,
    /// The part of it past due.
    pub overdue: Money,
    /// Received and not applied.
    pub credit: Money,
    pub(super) sort_key: String,
}

impl CustomerRow {
    /// Its place in a list sorted so.
    #[must_use]
    pub fn cursor(&self, sort: CustomerSort) -> Cursor {
        let id = Key::from(self.id.0);
        match sort {
            CustomerSort::Name => Cursor::new(0, [self.sort_key.as_str().into(), id]),
            CustomerSort::LifetimeValue => Cursor::new(0, [self.lifetime_value.minor().into(), id]),
            CustomerSort::Subscriptions => Cursor::new(0, [self.subscriptions.into(), id]),
            CustomerSort::Joined => Cursor::new(0, [self.joined_on.into(), id]),
        }
    }
}

/// One page of the list.
///
/// # Errors
/// When the file fails.
pub fn customers(_db: &Db, _filter: &CustomerFilter, _page: &Page, _today: NaiveDate) -> Result<Slice<CustomerRow>> {
    Ok(Slice::default())
}

/// How many customers the filter has. May take a moment: for a worker thread.
///
/// # Errors
/// When the file fails or the read is interrupted.
pub fn customers_count(_db: &Db, _filter: &CustomerFilter, _today: NaiveDate) -> Result<i64> {
    Ok(0)
}

/// The rows of these customers, in this order; those that do not exist are left out.
///
/// # Errors
/// When the file fails.
pub fn customers_by_id(_db: &Db, _ids: &[CustomerId], _today: NaiveDate) -> Result<Vec<CustomerRow>> {
    Ok(Vec::new())
}

/// The first customers that match what is typed, for a field with type-ahead. Names first, then anything else.
///
/// # Errors
/// When the file fails.
pub fn customer_lookup(_db: &Db, _query: &str, _limit: usize) -> Result<Vec<CustomerRow>> {
    Ok(Vec::new())
}
