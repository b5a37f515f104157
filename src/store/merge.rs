//! Merging by pointer: a merged customer reads as the one it was merged into; no row of its own is touched.

use super::engine::Db;
use super::error::{Result, StoreError};
use crate::domain::id::{CustomerId, SubscriptionId};

/// What reads as the kept customer's once it is merged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Moves {
    /// Orders.
    pub orders: i64,
    /// Subscriptions, live and ended.
    pub subscriptions: i64,
    pub payments: i64,
    pub invoices: i64,
    pub receipts: i64,
    /// Notes.
    pub notes: i64,
    /// Addresses, with their history.
    pub addresses: i64,
    pub methods: i64,
}

/// What becomes of a column that names a customer when two of them are merged and parted again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Named {
    /// Its rows read as the kept customer's, and are the merged one's own again after.
    ReadsAsOne,
    /// A fact about the record itself: it stays with it.
    OfTheRecord(&'static str),
}

/// Every column of the book that names a customer. A test holds it against the schema: whoever adds one says here how it
/// is read, and in `merge_ties` whether it can tie two customers together.
pub const NAMED: &[(&str, &str, Named)] = &[
    ("rental_order", "customer_id", Named::ReadsAsOne),
    ("subscription", "customer_id", Named::ReadsAsOne),
    ("payment", "customer_id", Named::ReadsAsOne),
    ("invoice", "customer_id", Named::ReadsAsOne),
    ("receipt", "customer_id", Named::ReadsAsOne),
    ("note", "customer_id", Named::ReadsAsOne),
    ("address", "customer_id", Named::ReadsAsOne),
    ("payment_method", "customer_id", Named::ReadsAsOne),
    ("outbox_message", "customer_id", Named::ReadsAsOne),
    ("activity", "customer_id", Named::ReadsAsOne),
    ("known_payer", "customer_id", Named::ReadsAsOne),
    ("allocation", "customer_id", Named::OfTheRecord("its payment's, summed up as that customer's lifetime value")),
    ("group_membership", "customer_id", Named::OfTheRecord("who is billed with a group is asked of the kept one")),
    ("customer", "merged_into", Named::OfTheRecord("the merge itself")),
    ("customer", "root_id", Named::OfTheRecord("where merging ends")),
];

/// What a customer, with those merged into it already, brings along.
pub fn moves(db: &Db, id: CustomerId) -> Result<Moves> {
    let mut found = Moves::default();
    for (table, count) in [
        ("rental_order", &mut found.orders),
        ("subscription", &mut found.subscriptions),
        ("payment", &mut found.payments),
        ("invoice", &mut found.invoices),
        ("receipt", &mut found.receipts),
        ("note", &mut found.notes),
        ("address", &mut found.addresses),
        ("payment_method", &mut found.methods),
    ] {
        let sql = format!(
            "SELECT COUNT(*) FROM {table} WHERE customer_id IN (SELECT id FROM customer WHERE id = ?1 OR root_id = ?1)"
        );
        *count = db.one(&sql, &[id.into()], |row| row.int(0))?.unwrap_or(0);
    }
    Ok(found)
}

/// A customer and all it reads as one with, the kept one first.
pub fn family(db: &Db, id: CustomerId) -> Result<Vec<CustomerId>> {
    let sql =
        format!("SELECT id FROM customer WHERE id IN {} ORDER BY root_id IS NOT NULL, id", super::receipt::FAMILY);
    db.all(&sql, &[id.into()], |row| Ok(CustomerId(row.int(0)?)))
}

/// Merges a customer into another, which is no merged one itself; those merged into it before follow.
pub fn join(db: &Db, merged: CustomerId, kept: CustomerId) -> Result<()> {
    point(db, merged, Some(kept))
}

/// Takes a merge back: the customer stands for itself again, with those merged into it before.
pub fn part(db: &Db, merged: CustomerId) -> Result<()> {
    point(db, merged, None)
}

/// An order or a subscription of one of two customers that parted, by its name, which is billed or shipped to an address of
/// the other and may be so yet.
pub fn goes_across(db: &Db, (one, other): (CustomerId, CustomerId)) -> Result<Option<String>> {
    let of = |what: &str| {
        format!(
            "FROM customer c CROSS JOIN {what} CROSS JOIN address a CROSS JOIN customer d \
             WHERE d.id = a.customer_id AND a.id = place AND (c.id IN (?1, ?2) OR c.root_id IN (SELECT COALESCE(root_id, id) FROM customer WHERE id IN (?1, ?2))) \
             AND COALESCE(c.root_id, c.id) <> COALESCE(d.root_id, d.id)"
        )
    };
    let live = "status IN ('active', 'paused', 'suspended')";
    let orders = of("(SELECT o.id, o.customer_id AS owner, o.billing_address_id AS place FROM rental_order o \
        WHERE o.status = 'draft' OR EXISTS (SELECT 1 FROM subscription s WHERE s.order_id = o.id AND s.{live})) x ON x.owner = c.id");
    let items = of("(SELECT o.id, o.customer_id AS owner, i.shipping_address_id AS place FROM rental_order o \
        CROSS JOIN order_item i WHERE i.order_id = o.id AND o.status = 'draft') x ON x.owner = c.id");
    let units = of("(SELECT s.id, s.customer_id AS owner, s.shipping_address_id AS place FROM subscription s \
        WHERE s.{live}) x ON x.owner = c.id");
    let sql =
        format!("SELECT 1, x.id {orders} UNION ALL SELECT 1, x.id {items} UNION ALL SELECT 0, x.id {units} LIMIT 1");
    db.one(&sql.replace("{live}", live), &[one.into(), other.into()], |row| {
        Ok(if row.flag(0)? { format!("O-{}", row.int(1)?) } else { SubscriptionId(row.int(1)?).shown() })
    })
}

/// How many customers were merged into one.
pub fn merged_count(db: &Db, id: CustomerId) -> Result<i64> {
    Ok(db.one("SELECT COUNT(*) FROM customer WHERE merged_into = ?1", &[id.into()], |row| row.int(0))?.unwrap_or(0))
}

fn point(db: &Db, merged: CustomerId, at: Option<CustomerId>) -> Result<()> {
    let rows = db.execute(
        "UPDATE customer SET merged_into = ?2, root_id = ?2, version = version + 1 WHERE id = ?1",
        &[merged.into(), at.into()],
    )?;
    if rows == 1 { Ok(()) } else { Err(StoreError::refused("there is no such customer")) }
}
