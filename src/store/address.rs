//! Addresses with their history: a change closes the old row and opens a new one.

use chrono::NaiveDate;

use super::engine::{Db, Row};
use super::error::Result;
use crate::domain::address::Address;
use crate::domain::id::{AddressId, CustomerId, OrderId, SubscriptionId};

/// An address as saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saved {
    pub id: AddressId,
    pub customer: CustomerId,
    pub kind: String,
    /// What the shop calls it.
    pub label: String,
    pub address: Address,
    /// Whether it is the default of its kind.
    pub is_default: bool,
    pub from_on: NaiveDate,
    /// No longer valid from this day on; `None`: still.
    pub to_on: Option<NaiveDate>,
}

impl Saved {
    /// On one line, after what the shop calls it: `Workshop: 12 Pier St, Portland`.
    pub fn one_line(&self) -> String {
        let line = self.address.one_line();
        if self.label.is_empty() { line } else { format!("{}: {line}", self.label) }
    }

    /// What people call it in a narrow place: its label, else its town, else its street.
    pub fn short(&self) -> &str {
        let names = [&self.label, &self.address.city, &self.address.line1];
        names.into_iter().find(|name| !name.is_empty()).map_or("", String::as_str)
    }
}

/// The columns [`read`] reads.
const COLUMNS: &str =
    "id, customer_id, kind, label, line1, line2, postcode, city, region, country, is_default, from_on, to_on";

fn read(row: &Row) -> Result<Saved> {
    Ok(Saved {
        id: AddressId(row.int(0)?),
        customer: CustomerId(row.int(1)?),
        kind: row.text(2)?,
        label: row.text(3)?,
        address: Address {
            line1: row.text(4)?,
            line2: row.text(5)?,
            postcode: row.text(6)?,
            city: row.text(7)?,
            region: row.text(8)?,
            country: row.text(9)?,
        },
        is_default: row.flag(10)?,
        from_on: row.date(11)?,
        to_on: row.opt_date(12)?,
    })
}

/// The address with this number.
pub fn by_id(db: &Db, id: AddressId) -> Result<Option<Saved>> {
    db.one(&format!("SELECT {COLUMNS} FROM address WHERE id = ?1"), &[id.into()], read)
}

/// The default address of a kind that holds now.
pub fn default_of(db: &Db, customer: CustomerId, kind: &str) -> Result<Option<Saved>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM address WHERE customer_id = ?1 AND kind = ?2 AND is_default = 1 AND to_on IS NULL"
    );
    db.one(&sql, &[customer.into(), kind.into()], read)
}

/// Opens an address: valid from its `from_on` on. Its number and end are not looked at.
pub fn open(db: &Db, new: &Saved) -> Result<AddressId> {
    let id = db.insert(
        "INSERT INTO address (customer_id, kind, label, line1, line2, postcode, city, region, country, is_default, from_on) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
        &[
            new.customer.into(),
            (&new.kind).into(),
            (&new.label).into(),
            (&new.address.line1).into(),
            (&new.address.line2).into(),
            (&new.address.postcode).into(),
            (&new.address.city).into(),
            (&new.address.region).into(),
            (&new.address.country).into(),
            new.is_default.into(),
            new.from_on.into(),
        ],
    )?;
    Ok(AddressId(id))
}

/// Closes an address: it stays in the history.
pub fn close(db: &Db, id: AddressId, on: NaiveDate) -> Result<()> {
    db.execute("UPDATE address SET to_on = ?2 WHERE id = ?1 AND to_on IS NULL", &[id.into(), on.into()])?;
    Ok(())
}

/// Opens a closed address again, as undo does.
pub fn reopen(db: &Db, id: AddressId) -> Result<()> {
    db.execute("UPDATE address SET to_on = NULL WHERE id = ?1", &[id.into()])?;
    Ok(())
}

/// Says whether an address is the default of its kind.
pub fn set_default(db: &Db, id: AddressId, is_default: bool) -> Result<()> {
    db.execute("UPDATE address SET is_default = ?2 WHERE id = ?1", &[id.into(), is_default.into()])?;
    Ok(())
}

/// The live subscriptions that are shipped to an address.
pub fn shipped_to(db: &Db, customer: CustomerId, id: AddressId) -> Result<Vec<SubscriptionId>> {
    db.all(
        "SELECT id FROM subscription WHERE customer_id IN (SELECT id FROM customer WHERE id = ?1 OR root_id = ?1) \
         AND status IN ('active', 'paused', 'suspended') AND shipping_address_id = ?2 ORDER BY id",
        &[customer.into(), id.into()],
        |row| Ok(SubscriptionId(row.int(0)?)),
    )
}

/// Ships those of these subscriptions that are shipped to `from` to another address. It is the customer's address that
/// changed, not the subscription: its version stays, so that an older change of it can still be taken back.
pub fn ship_to(db: &Db, subscriptions: &[SubscriptionId], from: AddressId, to: AddressId) -> Result<()> {
    for id in subscriptions {
        db.execute(
            "UPDATE subscription SET shipping_address_id = ?3 WHERE id = ?1 AND shipping_address_id = ?2",
            &[(*id).into(), from.into(), to.into()],
        )?;
    }
    Ok(())
}

/// The orders that are billed to an address and may bill yet: drafts, and those with a live subscription.
pub fn billed_to(db: &Db, customer: CustomerId, id: AddressId) -> Result<Vec<OrderId>> {
    db.all(
        "SELECT o.id FROM rental_order o WHERE o.customer_id IN (SELECT id FROM customer WHERE id = ?1 OR root_id = ?1) \
         AND o.billing_address_id = ?2 AND (o.status = 'draft' OR EXISTS (SELECT 1 FROM subscription s \
         WHERE s.order_id = o.id AND s.status IN ('active', 'paused', 'suspended'))) ORDER BY o.id",
        &[customer.into(), id.into()],
        |row| Ok(OrderId(row.int(0)?)),
    )
}

/// Bills all orders of a customer that are billed to `from` to another address.
pub fn bill_to(db: &Db, customer: CustomerId, from: AddressId, to: AddressId) -> Result<()> {
    db.execute(
        "UPDATE rental_order SET billing_address_id = ?3, version = version + 1 \
         WHERE customer_id IN (SELECT id FROM customer WHERE id = ?1 OR root_id = ?1) AND billing_address_id = ?2",
        &[customer.into(), from.into(), to.into()],
    )?;
    Ok(())
}

/// The drafts of orders with an item that is to be shipped to an address.
pub fn drafts_shipped_to(db: &Db, customer: CustomerId, id: AddressId) -> Result<Vec<OrderId>> {
    db.all(
        "SELECT o.id FROM rental_order o WHERE o.customer_id IN (SELECT id FROM customer WHERE id = ?1 OR root_id = ?1) \
         AND o.status = 'draft' AND EXISTS (SELECT 1 FROM order_item t WHERE t.order_id = o.id AND t.shipping_address_id = ?2) \
         ORDER BY o.id",
        &[customer.into(), id.into()],
        |row| Ok(OrderId(row.int(0)?)),
    )
}

/// Ships the items of these orders that were to be shipped to `from` to another address.
pub fn ship_items_to(db: &Db, orders: &[OrderId], from: AddressId, to: AddressId) -> Result<()> {
    for id in orders {
        db.execute(
            "UPDATE order_item SET shipping_address_id = ?3 WHERE order_id = ?1 AND shipping_address_id = ?2",
            &[(*id).into(), from.into(), to.into()],
        )?;
    }
    Ok(())
}
