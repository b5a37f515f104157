//! Cells that several lists show alike.

use crate::domain::currency::Currency;
use crate::domain::customer::DisplayName;
use crate::domain::money::Money;
use crate::store::engine::Row;
use crate::store::error::{Result, StoreError};

/// The currency in a cell.
pub(super) fn currency(row: &Row, at: usize) -> Result<Currency> {
    Currency::new(&row.text(at)?).map_err(|error| StoreError::broken(error.to_string()))
}

/// An amount in a cell with the currency of another.
pub(super) fn money(row: &Row, at: usize, currency_at: usize) -> Result<Money> {
    Ok(Money::new(row.int(at)?, currency(row, currency_at)?))
}

/// What credit notes settled of a payment `p`; no row is looked up where nothing settled it.
pub(super) const CREDITED: &str = "CASE WHEN p.settled_minor = 0 THEN 0 ELSE (SELECT CAST(COALESCE(SUM(a.amount_minor), 0) AS BIGINT) \
    FROM allocation a WHERE a.payment_id = p.id AND a.credit_note_id IS NOT NULL) END";

/// What was given up of it.
pub(super) const WRITTEN_OFF: &str = "CASE WHEN p.settled_minor = 0 THEN 0 ELSE (SELECT CAST(COALESCE(SUM(a.amount_minor), 0) AS BIGINT) \
    FROM allocation a WHERE a.payment_id = p.id AND a.receipt_id IS NULL AND a.credit_note_id IS NULL) END";

/// The name of a customer as lists show it, from company, first and last name side by side.
pub(in crate::store) fn listed_name(row: &Row, at: usize) -> Result<String> {
    let (company, first, last) = (row.text(at)?, row.text(at + 1)?, row.text(at + 2)?);
    Ok(DisplayName { company: &company, first: &first, last: &last }.listed())
}
