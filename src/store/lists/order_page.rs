//! The page of one order: its items with their terms, and the subscriptions they became.

use chrono::NaiveDate;

use super::activity_rows;
use super::activity_rows::ActivityRow;
use super::next_payment::{NextPayment, next_payment};
use super::shown::listed_name;
use crate::domain::id::{CustomerId, OrderId, SubscriptionId, VariantId};
use crate::domain::log::Subject;
use crate::domain::money::Money;
use crate::domain::schedule::Schedule;
use crate::domain::status::{OrderStatus, SubscriptionStatus};
use crate::store::engine::Db;
use crate::store::error::{Result, StoreError};
use crate::store::{address, catalogue, customer, order};

/// Everything about one order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderPage {
    pub id: OrderId,
    /// Whose, merged ones resolved.
    pub customer_id: CustomerId,
    /// As lists show the name.
    pub customer_name: String,
    pub ordered_on: NaiveDate,
    pub status: OrderStatus,
    /// Where its invoices go today, on one line: its own address, or the customer's billing address; empty without one.
    pub billing_address: String,
    /// What was ordered.
    pub items: Vec<OrderLine>,
    /// What it became; none while it is a draft.
    pub subscriptions: Vec<OrderSubscription>,
    /// What was done about it, newest first, at most fifty.
    pub activity: Vec<ActivityRow>,
}

/// One item of an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderLine {
    pub variant_id: VariantId,
    /// Product and variant: `Laptop Pro 14, black`.
    pub product: String,
    /// How many units.
    pub quantity: u32,
    /// The serial number that was asked for.
    pub serial: Option<String>,
    pub months: u32,
    pub schedule: Schedule,
    /// Price a month and unit.
    pub price: Money,
    /// Security money a unit.
    pub deposit: Money,
    /// Where it goes; none: to the billing address.
    pub ship_to: Option<address::Saved>,
}

/// A subscription of an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderSubscription {
    pub id: SubscriptionId,
    pub product: String,
    /// Serial number of its asset.
    pub serial: Option<String>,
    pub status: SubscriptionStatus,
    /// Price a month as agreed first.
    pub price: Money,
    /// First day.
    pub start_on: NaiveDate,
    /// The day after the contract.
    pub end_on: NaiveDate,
    /// What falls due next.
    pub next_payment: Option<NextPayment>,
}

/// The page of an order.
pub fn order_page(db: &Db, id: OrderId, today: NaiveDate) -> Result<Option<OrderPage>> {
    let Some(order) = order::by_id(db, id)? else { return Ok(None) };
    let owner = db.one(OWNER, &[order.customer.into()], |row| Ok((CustomerId(row.int(0)?), listed_name(row, 1)?)))?;
    let Some((customer_id, customer_name)) = owner else { return Ok(None) };
    let items = order.items.iter().map(|item| line(db, item)).collect::<Result<Vec<_>>>()?;
    let billing_address = match order.billing_address {
        Some(own) => address::by_id(db, own)?.map(|own| own.one_line()),
        None => customer::billing_address(db, customer_id)?.map(|(_, usual)| usual.one_line()),
    };
    Ok(Some(OrderPage {
        id,
        customer_id,
        customer_name,
        ordered_on: order.ordered_on,
        status: order.status,
        billing_address: billing_address.unwrap_or_default(),
        items,
        subscriptions: subscriptions(db, id, today)?,
        activity: activity_rows::about(db, Subject::Order(id), 50)?,
    }))
}

const OWNER: &str = "SELECT c.id, c.company_name, c.first_name, c.last_name FROM customer m \
    JOIN customer c ON c.id = COALESCE(m.root_id, m.id) WHERE m.id = ?1";

const SUBSCRIPTIONS: &str = "SELECT s.id, s.variant_id, a.serial, s.status, s.price_minor, s.currency, s.start_on, s.end_on \
    FROM subscription s LEFT JOIN asset a ON a.id = s.asset_id WHERE s.order_id = ?1 ORDER BY s.id";

fn line(db: &Db, item: &order::Item) -> Result<OrderLine> {
    let serial = match item.asset {
        Some(asset) => catalogue::asset(db, asset)?.map(|asset| asset.serial),
        None => None,
    };
    let schedule = item.schedule().map_err(|error| StoreError::broken(error.to_string()))?;
    Ok(OrderLine {
        variant_id: item.variant,
        product: product(db, item.variant)?,
        quantity: item.quantity,
        serial,
        months: item.months,
        schedule,
        price: item.price,
        deposit: item.deposit,
        ship_to: item.shipping_address.map(|to| address::by_id(db, to)).transpose()?.flatten(),
    })
}

fn product(db: &Db, variant: VariantId) -> Result<String> {
    Ok(catalogue::variant(db, variant)?.map(|variant| variant.full_name()).unwrap_or_default())
}

fn subscriptions(db: &Db, order: OrderId, today: NaiveDate) -> Result<Vec<OrderSubscription>> {
    let found = db.all(SUBSCRIPTIONS, &[order.into()], |row| {
        let variant = VariantId(row.int(1)?);
        let subscription = OrderSubscription {
            id: SubscriptionId(row.int(0)?),
            product: String::new(),
            serial: row.opt_text(2)?,
            status: row.parsed(3)?,
            price: Money::new(row.int(4)?, super::shown::currency(row, 5)?),
            start_on: row.date(6)?,
            end_on: row.date(7)?,
            next_payment: None,
        };
        Ok((variant, subscription))
    })?;
    let named = |(variant, one): (VariantId, OrderSubscription)| {
        let next_payment = next_payment(db, one.id, today)?;
        Ok(OrderSubscription { product: product(db, variant)?, next_payment, ..one })
    };
    found.into_iter().map(named).collect()
}
