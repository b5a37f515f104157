//! A book at rest is one file: its log is folded into it, and no mark stands in it.
//!
//! While somebody works the last saves stand in the log beside the file, so a copy of the file alone lacks them. The
//! first save after a rest therefore puts a mark into the file itself; rest takes it off. A file with the mark and
//! without a log was copied in between: opening says so, and so does the check, until somebody goes on in it.

use std::time::Duration;

use rusqlite::Connection;

use super::error::Result;
use super::setup;

/// The mark in `book_state`.
const MARK: &str = "log_mark";

/// Whether the mark stands in what this connection sees.
pub(super) fn is_marked(connection: &Connection) -> Result<bool> {
    let found = connection.prepare_cached("SELECT 1 FROM book_state WHERE key = ?1")?.exists([MARK])?;
    Ok(found)
}

/// Puts the mark where there is none; whether it was put.
pub(super) fn mark(connection: &Connection) -> Result<bool> {
    let sql = "INSERT INTO book_state (key, value) VALUES (?1, '1') ON CONFLICT (key) DO NOTHING";
    Ok(connection.prepare_cached(sql)?.execute([MARK])? > 0)
}

/// Takes the mark off.
pub(super) fn unmark(connection: &Connection) -> Result<()> {
    connection.execute("DELETE FROM book_state WHERE key = ?1", [MARK])?;
    Ok(())
}

/// Folds the log into the file as far as that goes without waiting, and brings it to nothing where nobody is in the
/// way: whether that was so.
pub(super) fn fold(connection: &Connection, how: &str) -> Result<bool> {
    connection.busy_timeout(Duration::ZERO)?;
    let busy = connection.query_row(&format!("PRAGMA wal_checkpoint({how})"), [], |row| row.get::<_, i64>(0));
    connection.busy_timeout(setup::PATIENCE)?;
    Ok(busy? == 0)
}

/// The mark as it stands in the file: what was saved a moment ago shall never be missed in a copy without a word.
pub(super) fn fold_mark(connection: &Connection) {
    if let Err(error) = fold(connection, "PASSIVE") {
        tracing::info!(detail = error.detail(), "the mark of the log is not in the file yet");
    }
}
