//! After personal text was erased: no byte of it stays in the file.
//!
//! What is deleted is overwritten (`secure_delete`). But pages that were put together keep old bytes in their gaps, the
//! samples of the planner hold values of columns, and the log holds pages of before. So the samples are taken anew, the
//! file is written anew, and the log is emptied. While another program reads, that waits: a mark in the book says so,
//! and whoever opens it next does it.

use super::Book;
use super::engine::Db;
use super::error::{Result, StoreError};

/// The mark in `book_state`.
const MARK: &str = "bytes_to_forget";

/// Larger files are not written anew: that takes minutes and as much memory; there `secure_delete` has to do.
const LARGEST: i64 = 500_000_000;

/// Notes in the transaction of an erasing that bytes of it may still stand in the file.
pub fn mark(db: &Db) -> Result<()> {
    db.execute(
        "INSERT INTO book_state (key, value) VALUES (?1, '1') ON CONFLICT (key) DO UPDATE SET value = '1'",
        &[MARK.into()],
    )?;
    Ok(())
}

/// Whether bytes of erased text may still stand in the file.
pub fn is_marked(db: &Db) -> Result<bool> {
    Ok(db.one("SELECT value FROM book_state WHERE key = ?1", &[MARK.into()], |row| row.text(0))?.is_some())
}

impl Book {
    /// Makes sure that no byte of what was erased stays in the file; false where another program is in the way.
    pub fn forget(&self) -> Result<bool> {
        let connection = self.connection();
        let number = |sql: &str| connection.query_row(sql, [], |row| row.get::<_, i64>(0));
        let work = || -> rusqlite::Result<bool> {
            if number("SELECT COUNT(*) FROM sqlite_schema WHERE name = 'sqlite_stat1'")? > 0 {
                connection.execute_batch("ANALYZE customer; ANALYZE known_payer; ANALYZE segment;")?;
            }
            if number("PRAGMA page_count")? * number("PRAGMA page_size")? <= LARGEST {
                connection.execute_batch("VACUUM")?;
            }
            let busy = number("PRAGMA wal_checkpoint(TRUNCATE)")?;
            if busy != 0 {
                return Ok(false);
            }
            connection.execute("DELETE FROM book_state WHERE key = ?1", [MARK])?;
            Ok(true)
        };
        match work() {
            Ok(is_done) => Ok(is_done),
            Err(error) => {
                let error = StoreError::from(error);
                if matches!(error.kind(), super::StoreFault::Locked { .. }) { Ok(false) } else { Err(error) }
            }
        }
    }
}
