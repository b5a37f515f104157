//! How much there is in a book, and what was issued last.

use super::invoice::{HEAD, InvoiceHead, read_head};
use crate::domain::id::InvoiceId;
use crate::store::engine::Db;
use crate::store::error::Result;

/// Invoices written after this one, in the order they were written.
pub fn invoices_after(db: &Db, last: InvoiceId) -> Result<Vec<InvoiceHead>> {
    db.all(&format!("{HEAD} WHERE id > ?1 ORDER BY id"), &[last.into()], read_head)
}

/// How many rows of each kind a book holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub subscriptions: i64,
    pub payments: i64,
    pub invoices: i64,
}

/// How many rows of each kind a book holds.
pub fn tally(db: &Db) -> Result<Tally> {
    let found = db.one(
        "SELECT (SELECT COUNT(*) FROM subscription), (SELECT COUNT(*) FROM payment), (SELECT COUNT(*) FROM invoice)",
        &[],
        |row| Ok(Tally { subscriptions: row.int(0)?, payments: row.int(1)?, invoices: row.int(2)? }),
    )?;
    Ok(found.unwrap_or_default())
}
