//! What a book does after a write failed: what it may say of it, and how it goes on.

use std::time::Duration;

use rusqlite::config::DbConfig;

use super::Book;
use crate::store::engine::Disk;
use crate::store::error::{Result, StoreError, StoreFault};
use crate::store::{rest, setup};

impl Book {
    /// A COMMIT failed. Its pages may lie whole in the log all the same, where nobody sees them until the next one who
    /// opens the book alone: then it would be saved after all. So they are cleared away, or nothing is promised.
    pub(super) fn not_committed(&self, error: StoreError) -> StoreError {
        let error = self.named(error);
        match error.kind() {
            // Said before anything was written, or where nobody can say what was.
            StoreFault::Locked { .. } | StoreFault::Stopped | StoreFault::Refused(_) | StoreFault::Interrupted => {
                return error;
            }
            _ if self.is_in_memory() => return error,
            StoreFault::DiskFull => {}
            _ => {
                self.disk.set(Disk::Failed);
                return error.because(StoreFault::Stopped);
            }
        }
        if let Ok(true) = rest::fold(&self.connection, "TRUNCATE") {
            error
        } else {
            self.disk.set(Disk::Failed);
            error.because(StoreFault::Unsure)
        }
    }

    /// After a failed disk: the log is not folded into the file at the close, for what is in it may not be on the disk.
    pub(super) fn leave_log(&self) -> Result<()> {
        self.connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
        Ok(())
    }

    /// After a full disk: the log's room is given back where that can be done without waiting. The next write tries
    /// again.
    pub(super) fn make_room(&self) {
        self.disk.set(Disk::Fine);
        let folded = self
            .connection
            .busy_timeout(Duration::ZERO)
            .and_then(|()| self.connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())));
        if let Err(error) = folded {
            tracing::warn!(%error, "the log could not be folded into the book on a full disk");
        }
        if let Err(error) = self.connection.busy_timeout(setup::PATIENCE) {
            tracing::warn!(%error, "the patience of the book could not be set");
        }
    }
}
