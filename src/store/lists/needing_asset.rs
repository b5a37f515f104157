//! Contracts that run without an asset though their variant is kept by serial numbers: they wait for one.

use chrono::NaiveDate;

use super::subscriptions::{SubscriptionRow, subscriptions_by_id};
use crate::domain::id::{SubscriptionId, VariantId};
use crate::store::engine::Db;
use crate::store::error::Result;

/// A variant nobody keeps assets of is rented out by the piece, and nothing waits.
pub(super) const WAITING: &str = "FROM subscription s WHERE s.asset_id IS NULL AND s.status IN ('active', 'paused', 'suspended') \
    AND EXISTS (SELECT 1 FROM asset a WHERE a.variant_id = s.variant_id AND a.state IN ('in_stock', 'rented'))";

/// Those that wait, the longest first.
pub fn needing_asset(db: &Db, limit: usize, today: NaiveDate) -> Result<Vec<SubscriptionRow>> {
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let sql = format!("SELECT s.id {WAITING} ORDER BY s.start_on, s.id LIMIT ?1");
    let ids = db.all(&sql, &[limit.into()], |row| Ok(SubscriptionId(row.int(0)?)))?;
    subscriptions_by_id(db, &ids, today)
}

/// How many free assets a variant has; none where nobody keeps assets of it.
pub fn free_count(db: &Db, variant: VariantId) -> Result<Option<u32>> {
    let sql = "SELECT COUNT(*), CAST(COALESCE(SUM(CASE WHEN state = 'in_stock' THEN 1 ELSE 0 END), 0) AS BIGINT) FROM asset \
        WHERE variant_id = ?1 AND state IN ('in_stock', 'rented')";
    let found = db.one(sql, &[variant.into()], |row| Ok((row.int(0)?, row.int(1)?)))?;
    Ok(found.filter(|(all, _)| *all > 0).and_then(|(_, free)| u32::try_from(free).ok()))
}

/// Whether a contract waits for an asset.
pub fn waits_for_asset(db: &Db, id: SubscriptionId) -> Result<bool> {
    let sql = format!("SELECT COUNT(*) {WAITING} AND s.id = ?1");
    Ok(db.one(&sql, &[id.into()], |row| row.flag(0))?.unwrap_or(false))
}
