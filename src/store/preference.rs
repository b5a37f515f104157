//! What customers prefer.

use super::engine::Db;
use super::error::{Result, StoreError};
use super::lists::customer_page::Preferences;
use crate::domain::frequency::Frequency;
use crate::domain::id::CustomerId;
use crate::domain::method::Method;

/// What a customer prefers.
pub fn of(db: &Db, id: CustomerId) -> Result<Preferences> {
    let found = db.one(
        "SELECT prefers_months, prefers_frequency, prefers_method, prefers_channel, prefers_text FROM customer WHERE id = ?1",
        &[id.into()],
        |row| {
            Ok(Preferences {
                months: row.opt_int(0)?,
                frequency: row.opt_parsed(1)?,
                method: row.opt_parsed(2)?,
                channel: row.opt_text(3)?,
                text: row.text(4)?,
            })
        },
    )?;
    Ok(found.unwrap_or_default())
}

/// Saves what a customer prefers, on top of the version that was read.
pub fn save(db: &Db, id: CustomerId, version: i64, new: &Preferences) -> Result<()> {
    let rows = db.execute(
        "UPDATE customer SET prefers_months = ?3, prefers_frequency = ?4, prefers_method = ?5, prefers_channel = ?6, \
         prefers_text = ?7, version = version + 1 WHERE id = ?1 AND version = ?2",
        &[
            id.into(),
            version.into(),
            new.months.into(),
            new.frequency.map(Frequency::code).into(),
            new.method.map(Method::code).into(),
            (&new.channel).into(),
            (&new.text).into(),
        ],
    )?;
    if rows == 1 { Ok(()) } else { Err(StoreError::refused("the customer was changed meanwhile")) }
}
