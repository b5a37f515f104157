//! A book at rest is one file: its log is folded into it, and no mark stands in it.
//!
//! While somebody works the last saves stand in the log beside the file, so a copy of the file alone lacks them. The
//! first save after a rest therefore puts a mark into the file itself; rest takes it off. A file with the mark and
//! without a log was copied in between: opening says so, and so does the check, until somebody goes on in it.

use std::time::Duration;

use rusqlite::Connection;
use rusqlite::config::DbConfig;

use super::access::Access;
use super::book::Book;
use super::engine::Disk;
use super::error::{Result, StoreError, StoreFault};
use super::{look, seats, setup};

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

impl Book {
    /// Makes the file whole by itself while nobody works: its log is folded into it. Never waits; false where another
    /// program is in the way, and where there is nothing to do.
    pub fn rest(&self) -> Result<bool> {
        if !self.is_written_here() || self.is_moved() || !self.has_log() {
            return Ok(false);
        }
        let connection = self.connection();
        let work = || -> Result<bool> {
            if is_marked(connection)? && self.may_unmark() {
                connection.busy_timeout(Duration::ZERO)?;
                let unmarked = unmark(connection);
                connection.busy_timeout(setup::PATIENCE)?;
                unmarked?;
            }
            fold(connection, "TRUNCATE")
        };
        match work() {
            Err(error) if matches!(error.kind(), StoreFault::Locked { .. }) => Ok(false),
            done => done,
        }
    }

    /// Whether another file, or none, stands now where this book was opened.
    pub fn is_moved(&self) -> bool {
        self.file_key().is_some_and(|key| !look::stands_at(self.path(), key))
    }

    /// Somebody saw that the file is not where it was opened.
    pub fn moved(&self) {
        if self.is_written_here() {
            self.let_go_of_moved(&StoreError::new(StoreFault::Moved));
        }
    }

    /// After the file was moved, removed or replaced: nothing beside its name is touched any more, for it may be
    /// another book's; what the log holds goes into the file that was opened, wherever it is now, unless somebody else
    /// uses that log.
    pub(super) fn let_go(&self) -> Result<()> {
        self.connection().set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
        if look::held_by_others(self.path()) == Some(false) {
            if self.may_unmark() && is_marked(self.connection())? {
                unmark(self.connection())?;
            }
            fold(self.connection(), "TRUNCATE")?;
        }
        Ok(())
    }

    /// The same as soon as a save was refused because of it.
    pub(super) fn let_go_of_moved(&self, error: &StoreError) {
        if *error.kind() == StoreFault::Moved
            && let Err(error) = self.let_go()
        {
            tracing::warn!(detail = error.detail(), "the log of a book that was moved is not in its file");
        }
    }

    /// What is done before the connection is closed.
    pub(super) fn before_close(&self) {
        if !self.is_written_here() {
            return;
        }
        let last = || self.file_key().is_some_and(|key| seats::guard().count(key) == 1);
        let done = if self.is_moved() {
            self.let_go()
        } else if self.may_unmark() && last() {
            self.connection()
                .busy_timeout(Duration::ZERO)
                .map_err(StoreError::from)
                .and_then(|()| if is_marked(self.connection())? { unmark(self.connection()) } else { Ok(()) })
        } else {
            Ok(())
        };
        if let Err(error) = done {
            tracing::info!(detail = error.detail(), "the mark of the log stays in the file");
        }
    }

    fn is_written_here(&self) -> bool {
        self.access() == Access::ReadWrite && self.file_key().is_some() && self.disk() != Disk::Failed
    }
}
