//! How far the pass has come, and who runs it.

use chrono::NaiveDate;

use crate::store::engine::Db;
use crate::store::error::Result;

/// How far the pass has come, and who holds it until when.
#[derive(Clone, Debug, Default)]
pub struct PassState {
    /// The newest day it was done for.
    pub last_run_on: Option<NaiveDate>,
    pub last_run_at: Option<chrono::DateTime<chrono::Utc>>,
    /// Who holds the lease.
    pub lease_holder: Option<String>,
    pub lease_until_at: Option<chrono::DateTime<chrono::Utc>>,
}

/// How far the pass has come.
pub fn pass_state(db: &Db) -> Result<PassState> {
    let found = db.one(
        "SELECT last_run_on, lease_holder, lease_until_at, last_run_at FROM pass_state WHERE id = 1",
        &[],
        |row| {
            Ok(PassState {
                last_run_on: row.opt_date(0)?,
                lease_holder: row.opt_text(1)?,
                lease_until_at: row.opt_instant(2)?,
                last_run_at: row.opt_instant(3)?,
            })
        },
    )?;
    Ok(found.unwrap_or_default())
}

/// Writes down who holds the pass until when.
pub fn hold_pass(db: &Db, holder: &str, until: chrono::DateTime<chrono::Utc>) -> Result<()> {
    db.execute(
        "UPDATE pass_state SET lease_holder = ?1, lease_until_at = ?2 WHERE id = 1",
        &[holder.into(), until.into()],
    )
    .map(drop)
}

/// Writes down that the pass is done for a day; the lease is free again.
pub fn finish_pass(db: &Db, on: NaiveDate, at: chrono::DateTime<chrono::Utc>) -> Result<()> {
    db.execute(
        "UPDATE pass_state SET last_run_on = ?1, last_run_at = ?2, lease_holder = NULL, lease_until_at = NULL WHERE id = 1",
        &[on.into(), at.into()],
    )
    .map(drop)
}
