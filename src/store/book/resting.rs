//! A book comes to rest, is let go of where its file went elsewhere, and is left (see `store::rest`).

use std::time::Duration;

use rusqlite::config::DbConfig;

use super::Book;
use crate::store::access::Access;
use crate::store::engine::Disk;
use crate::store::error::{Result, StoreError, StoreFault};
use crate::store::rest::{fold, is_marked, unmark};
use crate::store::{look, seats, setup};

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
    pub(in crate::store) fn let_go(&self) -> Result<()> {
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
    pub(in crate::store) fn let_go_of_moved(&self, error: &StoreError) {
        if *error.kind() == StoreFault::Moved
            && let Err(error) = self.let_go()
        {
            tracing::warn!(detail = error.detail(), "the log of a book that was moved is not in its file");
        }
    }

    /// What is done before the connection is closed.
    pub(in crate::store) fn before_close(&self) {
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
