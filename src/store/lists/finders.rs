//! Which finder answers: the ledger where this connection keeps one, else plain SQL. One customer's rows and those of one
//! subscription are found by an index sooner than by any walk.

use crate::store::engine::Db;
use crate::store::error::Result;
use crate::store::ledger;
use crate::store::query::customers::Customers;
use crate::store::query::invoices::{self, Invoices};
use crate::store::query::page::{Page, Slice, Totals};
use crate::store::query::payments::{self, Payments};
use crate::store::query::sql::Found;

/// Up to so many payments any question is answered at once by plain SQL.
const SMALL: i64 = 20_000;

/// Whether the book is so small that nobody waits for anything.
pub fn is_small(db: &Db) -> Result<bool> {
    Ok(db.one("SELECT MAX(id) FROM payment", &[], |row| row.opt_int(0))?.flatten().unwrap_or(0) <= SMALL)
}

/// Whether this connection answers from memory, the ledger brought to this moment.
pub fn has_ledger(db: &Db) -> Result<bool> {
    Ok(ledger::follow::current(db)?.is_some())
}

pub(super) fn payments(db: &Db, asked: &Payments, page: &Page) -> Result<Slice<Found>> {
    let plain = || asked.list().page(db, page);
    let known = if asked.is_narrow { None } else { ledger::follow::current(db)? };
    let Some(mut columns) = known else { return plain() };
    let found = ledger::payments::answer(db, &mut columns, asked, page)?;
    agree(&found, plain, || asked.list().totals(db, &payments::SUMS))?;
    Ok(found)
}

pub(super) fn invoices(db: &Db, asked: &Invoices, page: &Page) -> Result<Slice<Found>> {
    let plain = || asked.list().page(db, page);
    let known = if asked.is_narrow { None } else { ledger::follow::current(db)? };
    let Some(mut columns) = known else { return plain() };
    let found = ledger::invoices::answer(db, &mut columns, asked, page)?;
    agree(&found, plain, || asked.list().totals(db, &invoices::SUMS))?;
    Ok(found)
}

pub(super) fn customers(db: &Db, asked: &Customers, page: &Page) -> Result<Slice<Found>> {
    let plain = || asked.list().page(db, page);
    let Some(mut columns) = ledger::follow::current(db)? else { return plain() };
    let found = ledger::customers::answer(db, &mut columns, asked, page)?;
    agree(&found, plain, || Ok(Totals { count: asked.list().count(db)?, ..Totals::default() }))?;
    Ok(found)
}

/// In a debug build both answer, and must agree.
fn agree(
    found: &Slice<Found>,
    plain: impl FnOnce() -> Result<Slice<Found>>,
    totals: impl FnOnce() -> Result<Totals>,
) -> Result<()> {
    if cfg!(debug_assertions) {
        let expected = Slice { totals: Some(totals()?), ..plain()? };
        debug_assert_eq!(*found, expected, "the ledger and plain SQL differ");
    }
    Ok(())
}
