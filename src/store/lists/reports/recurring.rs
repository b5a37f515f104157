//! Contracts that ran on a day, by the days that stand on them: confirmed, not ended, not paused.

use chrono::NaiveDate;

use super::{Told, Whose};
use crate::domain::id::{CustomerId, SubscriptionId};
use crate::domain::money::Money;
use crate::store::engine::Db;
use crate::store::error::Result;
use crate::store::lists::shown::money;

/// A contract that ran, and its price a month then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ran {
    pub subscription: SubscriptionId,
    pub customer: CustomerId,
    pub start_on: NaiveDate,
    pub price: Money,
}

/// A plan that was taken back never was: pauses and prices are deleted then, and a contract of an order that was cancelled
/// counts nowhere. A suspension bears no day; it counts as it stands.
const RAN: &str = "s.status <> 'draft' AND s.status <> 'suspended' AND s.activated_on <= ?1 AND s.end_on > ?1 \
    AND (s.ended_on IS NULL OR s.ended_on > ?1) \
    AND NOT EXISTS (SELECT 1 FROM pause u WHERE u.subscription_id = s.id AND u.from_on <= ?1 AND (u.to_on IS NULL OR u.to_on > ?1)) \
    AND (s.status <> 'cancelled' OR NOT EXISTS (SELECT 1 FROM rental_order o WHERE o.id = s.order_id AND o.status = 'cancelled'))";

const COLUMNS: &str = "SELECT s.id, s.customer_id, s.start_on, COALESCE((SELECT c.price_minor FROM price_change c \
    WHERE c.subscription_id = s.id AND c.from_on <= ?1 ORDER BY c.from_on DESC LIMIT 1), s.price_minor), s.currency FROM subscription s";

/// The contracts that ran on a day.
pub fn ran(db: &Db, day: NaiveDate, whose: &Whose) -> Result<Vec<Ran>> {
    let all = format!("{COLUMNS} WHERE {RAN}");
    let some = format!("{COLUMNS} WHERE s.customer_id IN ({{customers}}) AND {RAN}");
    let mut rows = Vec::new();
    whose.each(db, &Told { all: &all, some: &some }, &[day.into()], |row| {
        rows.push(Ran {
            subscription: SubscriptionId(row.int(0)?),
            customer: CustomerId(row.int(1)?),
            start_on: row.date(2)?,
            price: money(row, 3, 4)?,
        });
        Ok(())
    })?;
    Ok(rows)
}
