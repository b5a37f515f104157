//! One subscription changed: what can change of it, and its turns.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::activity::codes;
use super::billing::Turn;
use super::engine::Db;
use super::error::{Result, StoreError};
use super::shop::{count, currency};
use crate::domain::currency::Currency;
use crate::domain::id::{ActivityId, AddressId, AssetId, CustomerId, InvoiceId, OrderId, SubscriptionId, VariantId};
use crate::domain::log::{Log, Subject};
use crate::domain::status::{EndReason, SubscriptionStatus};

/// What changes of a subscription during its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct State {
    /// Where it stands.
    pub status: SubscriptionStatus,
    /// First day after the contract.
    pub end_on: NaiveDate,
    /// Its end as agreed, where a cancellation to a day to come cut it.
    #[serde(default)]
    pub agreed_end_on: Option<NaiveDate>,
    /// The first day it is over; of a live one, the day it was cancelled to.
    pub ended_on: Option<NaiveDate>,
    pub end_reason: Option<EndReason>,
    /// The asset the customer has.
    pub asset: Option<AssetId>,
    /// Where it goes, when not to the billing address.
    #[serde(default)]
    pub shipping_address: Option<AddressId>,
    /// The first period not yet materialised.
    pub next_index: u32,
    /// Its first day; none where no period is left or known.
    pub next_start_on: Option<NaiveDate>,
}

/// A subscription as an Action loads it.
#[derive(Clone, Debug)]
pub struct Subscription {
    pub id: SubscriptionId,
    /// Its order.
    pub order: OrderId,
    pub customer: CustomerId,
    pub variant: VariantId,
    pub currency: Currency,
    /// First day of the contract.
    pub start_on: NaiveDate,
    pub state: State,
    pub version: i64,
}

/// The subscription with this number.
pub fn by_id(db: &Db, id: SubscriptionId) -> Result<Option<Subscription>> {
    db.one(
        "SELECT id, order_id, customer_id, variant_id, currency, start_on, version, status, end_on, ended_on, end_reason, \
         asset_id, next_index, next_start_on, shipping_address_id, agreed_end_on FROM subscription WHERE id = ?1",
        &[id.into()],
        |row| {
            Ok(Subscription {
                id: SubscriptionId(row.int(0)?),
                order: OrderId(row.int(1)?),
                customer: CustomerId(row.int(2)?),
                variant: VariantId(row.int(3)?),
                currency: currency(row, 4)?,
                start_on: row.date(5)?,
                version: row.int(6)?,
                state: State {
                    status: row.parsed(7)?,
                    end_on: row.date(8)?,
                    ended_on: row.opt_date(9)?,
                    end_reason: row.opt_parsed(10)?,
                    asset: row.opt_int(11)?.map(AssetId),
                    next_index: count(row, 12)?,
                    next_start_on: row.opt_date(13)?,
                    shipping_address: row.opt_int(14)?.map(AddressId),
                    agreed_end_on: row.opt_date(15)?,
                },
            })
        },
    )
}

/// Saves what changed on top of the version that was read.
pub fn save(db: &Db, id: SubscriptionId, version: i64, to: &State) -> Result<()> {
    let rows = db.execute(
        "UPDATE subscription SET status = ?3, end_on = ?4, ended_on = ?5, end_reason = ?6, asset_id = ?7, next_index = ?8, \
         next_start_on = ?9, shipping_address_id = ?10, agreed_end_on = ?11, version = version + 1 WHERE id = ?1 AND version = ?2",
        &[
            id.into(),
            version.into(),
            to.status.code().into(),
            to.end_on.into(),
            to.ended_on.into(),
            to.end_reason.map(EndReason::code).into(),
            to.asset.into(),
            to.next_index.into(),
            to.next_start_on.into(),
            to.shipping_address.into(),
            to.agreed_end_on.into(),
        ],
    )?;
    if rows == 1 { Ok(()) } else { Err(StoreError::refused("the subscription was changed meanwhile")) }
}

/// Says of which subscription another one is the upgrade.
pub fn link_previous(db: &Db, id: SubscriptionId, previous: Option<SubscriptionId>) -> Result<()> {
    db.execute("UPDATE subscription SET previous_id = ?2 WHERE id = ?1", &[id.into(), previous.into()]).map(drop)
}

/// Price changes, pauses and periods billed ahead of one subscription.
pub fn turns(db: &Db, id: SubscriptionId) -> Result<Vec<Turn>> {
    let mut turns = db.all(
        "SELECT from_on, price_minor FROM price_change WHERE subscription_id = ?1 ORDER BY from_on",
        &[id.into()],
        |row| Ok(Turn::Price(row.date(0)?, row.int(1)?)),
    )?;
    turns.extend(db.all(
        "SELECT from_on, to_on FROM pause WHERE subscription_id = ?1 ORDER BY from_on",
        &[id.into()],
        |row| Ok(Turn::Pause(row.date(0)?, row.opt_date(1)?)),
    )?);
    turns.extend(db.all(
        "SELECT period_index, price_minor FROM period_ahead WHERE subscription_id = ?1 ORDER BY period_index",
        &[id.into()],
        |row| Ok(Turn::Ahead(count(row, 0)?, row.opt_int(1)?)),
    )?);
    Ok(turns)
}

/// Sets the price from a day on, or with none takes that change away. What stood there before.
pub fn set_price(db: &Db, id: SubscriptionId, from: NaiveDate, minor: Option<i64>) -> Result<Option<i64>> {
    let had = db.one(
        "SELECT price_minor FROM price_change WHERE subscription_id = ?1 AND from_on = ?2",
        &[id.into(), from.into()],
        |row| row.int(0),
    )?;
    match minor {
        Some(minor) => db.execute(
            "INSERT INTO price_change (subscription_id, from_on, price_minor) VALUES (?1, ?2, ?3) \
             ON CONFLICT (subscription_id, from_on) DO UPDATE SET price_minor = excluded.price_minor",
            &[id.into(), from.into(), minor.into()],
        )?,
        None => db.execute(
            "DELETE FROM price_change WHERE subscription_id = ?1 AND from_on = ?2",
            &[id.into(), from.into()],
        )?,
    };
    Ok(had)
}

/// Until when a pause lasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Lasts {
    /// Not at all: there is none.
    Never,
    /// Until further notice.
    Open,
    /// Up to, not including, this day.
    Until(NaiveDate),
}

impl From<Option<NaiveDate>> for Lasts {
    fn from(to: Option<NaiveDate>) -> Self {
        to.map_or(Self::Open, Self::Until)
    }
}

/// Sets until when the pause from a day on lasts: one that is not there is made, and [`Lasts::Never`] takes it away.
pub fn set_pause(db: &Db, id: SubscriptionId, from: NaiveDate, lasts: Lasts) -> Result<()> {
    let to = match lasts {
        Lasts::Never => {
            let sql = "DELETE FROM pause WHERE subscription_id = ?1 AND from_on = ?2";
            return db.execute(sql, &[id.into(), from.into()]).map(drop);
        }
        Lasts::Open => None,
        Lasts::Until(day) => Some(day),
    };
    let sql = "UPDATE pause SET to_on = ?3 WHERE subscription_id = ?1 AND from_on = ?2";
    if db.execute(sql, &[id.into(), from.into(), to.into()])? == 0 {
        db.execute(
            "INSERT INTO pause (subscription_id, from_on, to_on) VALUES (?1, ?2, ?3)",
            &[id.into(), from.into(), to.into()],
        )?;
    }
    Ok(())
}

/// Writes down that an asset took the place of another; its number.
pub fn insert_replacement(
    db: &Db,
    id: SubscriptionId,
    (old, new): (AssetId, AssetId),
    on: NaiveDate,
    reason: &str,
) -> Result<i64> {
    db.insert(
        "INSERT INTO asset_replacement (subscription_id, old_asset_id, new_asset_id, replaced_on, reason) \
         VALUES (?1, ?2, ?3, ?4, ?5)",
        &[id.into(), old.into(), new.into(), on.into(), reason.into()],
    )
}

/// Takes away that an asset was replaced.
pub fn remove_replacement(db: &Db, id: i64) -> Result<()> {
    db.execute("DELETE FROM asset_replacement WHERE id = ?1", &[id.into()]).map(drop)
}

/// Invoices on which the payments of a subscription stand and that are issued.
pub fn invoices(db: &Db, id: SubscriptionId) -> Result<Vec<InvoiceId>> {
    db.all(
        "SELECT DISTINCT p.invoice_id FROM payment p JOIN invoice i ON i.id = p.invoice_id \
         WHERE p.subscription_id = ?1 AND i.state = 'issued' ORDER BY p.invoice_id",
        &[id.into()],
        |row| Ok(InvoiceId(row.int(0)?)),
    )
}

/// How many changes of a subscription were done after an activity and taken back again.
pub fn taken_back_since(db: &Db, id: SubscriptionId, done: ActivityId) -> Result<i64> {
    let sql = format!(
        "SELECT COUNT(*) FROM activity a WHERE a.subject = ?1 AND a.id > ?2 AND a.action IN ({}) \
         AND EXISTS (SELECT 1 FROM activity u WHERE u.undoes_id = a.id)",
        codes(Log::OF_A_SUBSCRIPTION)
    );
    let subject = Subject::Subscription(id).to_string();
    Ok(db.one(&sql, &[subject.into(), done.into()], |row| row.int(0))?.unwrap_or(0))
}

/// How many contracts run.
pub fn live_count(db: &Db) -> Result<i64> {
    let sql = "SELECT COUNT(*) FROM subscription WHERE status IN ('active', 'paused', 'suspended')";
    Ok(db.one(sql, &[], |row| row.int(0))?.unwrap_or(0))
}

/// The details of changes of a subscription that were taken back.
pub fn taken_back_changes(db: &Db, id: SubscriptionId) -> Result<Vec<String>> {
    let sql = format!(
        "SELECT a.details FROM activity a WHERE a.subject = ?1 AND a.action IN ({}) \
         AND EXISTS (SELECT 1 FROM activity u WHERE u.undoes_id = a.id) ORDER BY a.id",
        codes(Log::OF_A_SUBSCRIPTION)
    );
    db.all(&sql, &[Subject::Subscription(id).to_string().into()], |row| row.text(0))
}

/// Whether a subscription is paused on some of these days, or over before the last of them.
pub fn rests_between(db: &Db, id: SubscriptionId, (start, end): (NaiveDate, NaiveDate)) -> Result<bool> {
    let sql = "SELECT CASE WHEN EXISTS (SELECT 1 FROM subscription WHERE id = ?1 AND (end_on < ?3 OR ended_on < ?3)) \
        OR EXISTS (SELECT 1 FROM pause WHERE subscription_id = ?1 AND from_on < ?3 AND (to_on IS NULL OR to_on > ?2)) \
        THEN 1 ELSE 0 END";
    Ok(db.one(sql, &[id.into(), start.into(), end.into()], |row| row.flag(0))?.unwrap_or(false))
}
