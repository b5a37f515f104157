//! Orders, their items, and the subscriptions a confirmed order becomes.

use chrono::NaiveDate;

use super::engine::{Db, Row};
use super::error::{Result, StoreError};
use super::shop::{count, currency, rate};
use crate::domain::frequency::Frequency;
use crate::domain::id::{AddressId, AssetId, CustomerId, OrderId, SubscriptionId, VariantId};
use crate::domain::money::Money;
use crate::domain::schedule::{Schedule, ScheduleError};
use crate::domain::status::OrderStatus;
use crate::domain::tax::{PriceBasis, TaxRate};

/// One line of an order as saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Its number; 0 until it is saved.
    pub id: i64,
    pub variant: VariantId,
    /// How many units.
    pub quantity: u32,
    /// Which asset, for a single unit.
    pub asset: Option<AssetId>,
    pub months: u32,
    /// How often it bills.
    pub frequency: Frequency,
    /// First day of the contract.
    pub start_on: NaiveDate,
    /// Day of the month it bills on.
    pub anchor_day: u32,
    /// Price a month and unit, as priced.
    pub price: Money,
    pub tax: TaxRate,
    /// Security money a unit.
    pub deposit: Money,
    /// Where it goes, when not to the billing address.
    pub shipping_address: Option<AddressId>,
}

impl Item {
    /// When it bills.
    pub fn schedule(&self) -> Result<Schedule, ScheduleError> {
        Schedule::for_months(self.start_on, self.months, self.frequency, Some(self.anchor_day))
    }
}

/// An order as saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    /// Its number; 0 until it is saved.
    pub id: OrderId,
    /// Who orders.
    pub customer: CustomerId,
    pub ordered_on: NaiveDate,
    /// Draft, confirmed or cancelled.
    pub status: OrderStatus,
    /// Where its invoices go.
    pub billing_address: Option<AddressId>,
    /// What is ordered.
    pub items: Vec<Item>,
}

/// The order with this number.
pub fn by_id(db: &Db, id: OrderId) -> Result<Option<Order>> {
    let Some(mut order) = db.one(
        "SELECT id, customer_id, ordered_on, status, billing_address_id FROM rental_order WHERE id = ?1",
        &[id.into()],
        |row| {
            Ok(Order {
                id: OrderId(row.int(0)?),
                customer: CustomerId(row.int(1)?),
                ordered_on: row.date(2)?,
                status: row.parsed(3)?,
                billing_address: row.opt_int(4)?.map(AddressId),
                items: Vec::new(),
            })
        },
    )?
    else {
        return Ok(None);
    };
    order.items = db.all(
        "SELECT id, variant_id, quantity, asset_id, months, frequency, start_on, anchor_day, price_minor, currency, tax_ppm, \
         deposit_minor, shipping_address_id FROM order_item WHERE order_id = ?1 ORDER BY position",
        &[id.into()],
        read_item,
    )?;
    Ok(Some(order))
}

fn read_item(row: &Row) -> Result<Item> {
    let currency = currency(row, 9)?;
    Ok(Item {
        id: row.int(0)?,
        variant: VariantId(row.int(1)?),
        quantity: count(row, 2)?,
        asset: row.opt_int(3)?.map(AssetId),
        months: count(row, 4)?,
        frequency: row.parsed(5)?,
        start_on: row.date(6)?,
        anchor_day: count(row, 7)?,
        price: Money::new(row.int(8)?, currency),
        tax: rate(row, 10)?,
        deposit: Money::new(row.int(11)?, currency),
        shipping_address: row.opt_int(12)?.map(AddressId),
    })
}

/// Adds an order with its items, as a draft.
pub fn insert(db: &Db, new: &Order, currency: &str) -> Result<OrderId> {
    let id = db.insert(
        "INSERT INTO rental_order (customer_id, currency, ordered_on, billing_address_id) VALUES (?1, ?2, ?3, ?4)",
        &[new.customer.into(), currency.into(), new.ordered_on.into(), new.billing_address.into()],
    )?;
    for (at, item) in (1_i64..).zip(&new.items) {
        db.execute(
            "INSERT INTO order_item (order_id, currency, position, variant_id, quantity, asset_id, months, frequency, \
             start_on, anchor_day, price_minor, tax_ppm, deposit_minor, shipping_address_id) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
            &[
                id.into(),
                currency.into(),
                at.into(),
                item.variant.into(),
                item.quantity.into(),
                item.asset.into(),
                item.months.into(),
                item.frequency.code().into(),
                item.start_on.into(),
                item.anchor_day.into(),
                item.price.minor().into(),
                item.tax.ppm().into(),
                item.deposit.minor().into(),
                item.shipping_address.into(),
            ],
        )?;
    }
    Ok(OrderId(id))
}

/// Moves an order to another status.
pub fn set_status(db: &Db, id: OrderId, from: OrderStatus, to: OrderStatus) -> Result<()> {
    let rows = db.execute(
        "UPDATE rental_order SET status = ?3, version = version + 1 WHERE id = ?1 AND status = ?2",
        &[id.into(), from.code().into(), to.code().into()],
    )?;
    if rows == 1 { Ok(()) } else { Err(StoreError::refused("the order was changed meanwhile")) }
}

/// Activates one subscription for one unit of an item.
pub fn insert_subscription(
    db: &Db,
    order: &Order,
    item: &Item,
    schedule: &Schedule,
    asset: Option<AssetId>,
    (activated_on, basis): (NaiveDate, PriceBasis),
) -> Result<SubscriptionId> {
    let id = db.insert(
        "INSERT INTO subscription (order_id, order_item_id, customer_id, currency, variant_id, asset_id, shipping_address_id, \
         status, frequency, start_on, end_on, anchor_day, price_minor, tax_ppm, activated_on, price_basis, next_index, next_start_on) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 'active', ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, 0, ?9)",
        &[
            order.id.into(),
            item.id.into(),
            order.customer.into(),
            item.price.currency().code().to_owned().into(),
            item.variant.into(),
            asset.into(),
            item.shipping_address.into(),
            item.frequency.code().into(),
            schedule.start.into(),
            schedule.end.into(),
            schedule.anchor_day.into(),
            item.price.minor().into(),
            item.tax.ppm().into(),
            activated_on.into(),
            basis.code().into(),
        ],
    )?;
    Ok(SubscriptionId(id))
}

/// The price basis a confirmed order was agreed with.
pub fn basis(db: &Db, order: OrderId) -> Result<Option<PriceBasis>> {
    let sql = "SELECT price_basis FROM subscription WHERE order_id = ?1 ORDER BY id LIMIT 1";
    db.one(sql, &[order.into()], |row| row.parsed(0))
}

/// All subscriptions an order became, live and ended.
pub fn subscription_ids(db: &Db, order: OrderId) -> Result<Vec<SubscriptionId>> {
    db.all("SELECT id FROM subscription WHERE order_id = ?1 ORDER BY id", &[order.into()], |row| {
        Ok(SubscriptionId(row.int(0)?))
    })
}

/// The live subscriptions of an order.
pub fn subscriptions(db: &Db, order: OrderId) -> Result<Vec<(SubscriptionId, Option<AssetId>)>> {
    db.all(
        "SELECT id, asset_id FROM subscription WHERE order_id = ?1 AND status IN ('active', 'paused', 'suspended') ORDER BY id",
        &[order.into()],
        |row| Ok((SubscriptionId(row.int(0)?), row.opt_int(1)?.map(AssetId))),
    )
}

/// Cancels a subscription that has billed nothing.
pub fn cancel_subscription(db: &Db, id: SubscriptionId, on: NaiveDate) -> Result<()> {
    db.execute(
        "UPDATE subscription SET status = 'cancelled', ended_on = ?2, next_start_on = NULL, version = version + 1 WHERE id = ?1",
        &[id.into(), on.into()],
    )
    .map(drop)
}

/// Whether something of an order stands on an invoice that is not cancelled.
pub fn is_invoiced(db: &Db, id: OrderId) -> Result<bool> {
    let sql = "SELECT 1 FROM payment p JOIN subscription s ON s.id = p.subscription_id \
               WHERE s.order_id = ?1 AND p.invoice_id IS NOT NULL AND p.status <> 'cancelled' LIMIT 1";
    Ok(db.one(sql, &[id.into()], |row| row.int(0))?.is_some())
}
