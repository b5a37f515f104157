//! Merging by pointer: a merged customer reads as the one it was merged into; no row of its own is touched.

use super::engine::Db;
use super::error::{Result, StoreError};
use crate::domain::id::CustomerId;

/// What reads as the kept customer's once it is merged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Moves {
    /// Orders.
    pub orders: i64,
    /// Subscriptions, live and ended.
    pub subscriptions: i64,
    /// Payments.
    pub payments: i64,
    /// Invoices.
    pub invoices: i64,
    /// Receipts.
    pub receipts: i64,
    /// Notes.
    pub notes: i64,
    /// Addresses, with their history.
    pub addresses: i64,
    /// Payment methods.
    pub methods: i64,
}

/// What a customer, with those merged into it already, brings along.
///
/// # Errors
/// When the file fails.
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

/// Merges a customer into another, which is no merged one itself; those merged into it before follow.
///
/// # Errors
/// When the schema refuses: a circle, another currency.
pub fn join(db: &Db, merged: CustomerId, kept: CustomerId) -> Result<()> {
    point(db, merged, Some(kept))
}

/// Takes a merge back: the customer stands for itself again, with those merged into it before.
///
/// # Errors
/// When the file fails.
pub fn part(db: &Db, merged: CustomerId) -> Result<()> {
    point(db, merged, None)
}

/// How many customers were merged into one.
///
/// # Errors
/// When the file fails.
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
