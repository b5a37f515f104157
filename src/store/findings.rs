//! What SQLite's own checks find in a file.

use rusqlite::Connection;

use super::error::{Result, StoreError, StoreFault};

/// The findings of one of SQLite's checks; none when all is well.
pub(super) fn findings(connection: &Connection, check: &str) -> Result<Vec<String>> {
    let mut statement = connection.prepare(check)?;
    let found = statement.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<Vec<String>>>()?;
    Ok(found.into_iter().filter(|line| line != "ok").collect())
}

/// `Corrupt` with the findings for the log.
pub(super) fn found_nothing(findings: &[String]) -> Result<()> {
    if findings.is_empty() {
        return Ok(());
    }
    Err(StoreError::new(StoreFault::Corrupt).with_detail(findings.join("; ")))
}
