//! The list of subscriptions, and of the periods they will bill next.

use chrono::NaiveDate;

use super::page::{Cursor, DayRange, Key, Page, Slice};
use crate::domain::frequency::Frequency;
use crate::domain::id::{AssetId, CustomerId, GroupId, OrderId, SubscriptionId, VariantId};
use crate::domain::money::Money;
use crate::domain::status::SubscriptionStatus;
use crate::store::engine::Db;
use crate::store::error::Result;

/// What the list is sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum SubscriptionSort {
    /// Newest number first.
    #[default]
    Number,
    /// Contract end, soonest first; only where the statuses asked for are live ones.
    End,
    /// Customer A–Z, then oldest.
    Customer,
}

/// What the list shows. Parts combine.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct SubscriptionFilter {
    /// Customer, subscription number or serial number.
    pub query: String,
    /// Only these statuses; empty: all.
    pub statuses: Vec<SubscriptionStatus>,
    /// Only this customer's, with those merged into it.
    pub customer: Option<CustomerId>,
    /// Only of members of this group.
    pub group: Option<GroupId>,
    /// Only of this variant.
    pub variant: Option<VariantId>,
    /// Contract ends from … to … (the last day, not the day after).
    pub ending: DayRange,
    /// The order.
    pub sort: SubscriptionSort,
    /// The order turned round.
    pub reverse: bool,
}

/// One subscription as lists show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubscriptionRow {
    /// Its number.
    pub id: SubscriptionId,
    /// The order it came from.
    pub order_id: OrderId,
    /// Whose, merged ones resolved.
    pub customer_id: CustomerId,
    /// As lists show the name.
    pub customer_name: String,
    /// Of which variant.
    pub variant_id: VariantId,
    /// Product and variant: `Laptop Pro 14, black`.
    pub product: String,
    /// The asset.
    pub asset_id: Option<AssetId>,
    /// Its serial number.
    pub serial: Option<String>,
    /// Its status.
    pub status: SubscriptionStatus,
    /// How often it bills.
    pub frequency: Frequency,
    /// The price of a month on the day asked about.
    pub price: Money,
    /// First day.
    pub start_on: NaiveDate,
    /// The day after the contract.
    pub end_on: NaiveDate,
    /// When the next period not yet materialised starts.
    pub next_start_on: Option<NaiveDate>,
    /// Counts saved changes.
    pub version: i64,
    pub(super) customer_key: String,
}

impl SubscriptionRow {
    /// Its place in a list sorted so.
    #[must_use]
    pub fn cursor(&self, sort: SubscriptionSort) -> Cursor {
        let id = Key::from(self.id.0);
        match sort {
            SubscriptionSort::Number => Cursor::new(0, [id]),
            SubscriptionSort::End => Cursor::new(0, [self.end_on.into(), id]),
            SubscriptionSort::Customer => {
                Cursor::new(0, [self.customer_key.as_str().into(), self.customer_id.0.into(), id])
            }
        }
    }
}

/// A period not yet materialised: what a subscription bills next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UpcomingRow {
    /// Of which subscription.
    pub subscription_id: SubscriptionId,
    /// Whose, merged ones resolved.
    pub customer_id: CustomerId,
    /// As lists show the name.
    pub customer_name: String,
    /// Product and variant: `Laptop Pro 14, black`.
    pub product: String,
    /// Its place in the schedule, from 0.
    pub period_index: u32,
    /// The period, its end exclusive.
    pub period: (NaiveDate, NaiveDate),
    /// What it costs as priced, no tax added.
    pub amount: Money,
}

impl UpcomingRow {
    /// Its place in the list.
    #[must_use]
    pub fn cursor(&self) -> Cursor {
        Cursor::new(0, [Key::from(self.period.0), self.subscription_id.0.into()])
    }
}

/// One page of the list; prices are those of `today`.
///
/// # Errors
/// When the file fails.
pub fn subscriptions(
    _db: &Db,
    _filter: &SubscriptionFilter,
    _page: &Page,
    _today: NaiveDate,
) -> Result<Slice<SubscriptionRow>> {
    Ok(Slice::default())
}

/// One page of what is billed next: the next period of every subscription that bills, soonest first. `query` narrows
/// to customers and subscription numbers.
///
/// # Errors
/// When the file fails.
pub fn upcoming(_db: &Db, _query: &str, _page: &Page) -> Result<Slice<UpcomingRow>> {
    Ok(Slice::default())
}
