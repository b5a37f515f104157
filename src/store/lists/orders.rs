//! The list of orders.

use chrono::NaiveDate;

use super::page::{Cursor, Key, Page, Slice};
use crate::domain::id::{CustomerId, OrderId};
use crate::domain::money::Money;
use crate::domain::status::OrderStatus;
use crate::store::engine::Db;
use crate::store::error::Result;

/// What the list shows, newest first.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct OrderFilter {
    /// Customer or order number.
    pub query: String,
    /// Only this status.
    pub status: Option<OrderStatus>,
    /// Only this customer's, with those merged into it.
    pub customer: Option<CustomerId>,
    /// The order turned round: oldest first.
    pub reverse: bool,
}

/// One order as lists show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderRow {
    /// Its number.
    pub id: OrderId,
    /// Whose, merged ones resolved.
    pub customer_id: CustomerId,
    /// As lists show the name.
    pub customer_name: String,
    /// Its date.
    pub ordered_on: NaiveDate,
    /// Its status.
    pub status: OrderStatus,
    /// Units ordered.
    pub unit_count: i64,
    /// What was ordered, in words: `2 × Laptop Pro 14, black · Monitor 27, 4K`.
    pub items: String,
    /// All periods of all units, as priced.
    pub total: Money,
    /// Counts saved changes.
    pub version: i64,
}

impl OrderRow {
    /// Its place in the list.
    #[must_use]
    pub fn cursor(&self) -> Cursor {
        Cursor::new(0, [Key::from(self.ordered_on), self.id.0.into()])
    }
}

/// One page of the list.
///
/// # Errors
/// When the file fails.
pub fn orders(_db: &Db, _filter: &OrderFilter, _page: &Page) -> Result<Slice<OrderRow>> {
    Ok(Slice::default())
}
