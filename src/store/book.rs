//! An open book.

use std::cell::Cell;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior};

use super::engine::Db;
use super::error::{Result, StoreError, StoreFault};
use super::{create, setup};

/// What an open book lets one do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Read and write.
    ReadWrite,
    /// Read only; SQLite itself refuses every write.
    ViewOnly,
}

/// An open book: one connection to one file.
pub struct Book {
    connection: Connection,
    path: PathBuf,
    access: Access,
    disk_failed: Cell<bool>,
}

impl Book {
    /// Makes a book and opens it. The name appears only when the book is whole.
    ///
    /// # Errors
    /// When the name is taken or the file cannot be made.
    pub fn create(path: &Path) -> Result<Self> {
        let path = create::create(path)?;
        Self::connect(path, Access::ReadWrite)
    }

    /// Opens the book at `path`.
    ///
    /// # Errors
    /// With a fault of its own for everything that can be wrong with the file.
    pub fn open(path: &Path, access: Access, _now: DateTime<Utc>) -> Result<Self> {
        Self::connect(path.canonicalize().map_err(|error| StoreError::from(error).at(path))?, access)
    }

    /// A book in memory, for tests and benches. There is no second connection to it.
    ///
    /// # Errors
    /// When the schema cannot be laid.
    pub fn in_memory() -> Result<Self> {
        let connection = setup::connect_to_memory()?;
        create::lay_schema(&connection)?;
        Ok(Self { connection, path: ":memory:".into(), access: Access::ReadWrite, disk_failed: Cell::new(false) })
    }

    /// A second connection to the same file, for a worker thread.
    ///
    /// # Errors
    /// When the file is gone, or the book is one in memory.
    pub fn again(&self) -> Result<Self> {
        Self::connect(self.path.clone(), self.access)
    }

    fn connect(path: PathBuf, access: Access) -> Result<Self> {
        let mode = match access {
            Access::ReadWrite => OpenFlags::SQLITE_OPEN_READ_WRITE,
            Access::ViewOnly => OpenFlags::SQLITE_OPEN_READ_ONLY,
        };
        let connection = setup::connect(&path, mode | OpenFlags::SQLITE_OPEN_NOFOLLOW)
            .and_then(|connection| {
                match access {
                    Access::ReadWrite => setup::log_ahead(&connection)?,
                    Access::ViewOnly => connection.execute_batch("PRAGMA query_only = ON")?,
                }
                Ok(connection)
            })
            .map_err(|error| error.at(&path))?;
        Ok(Self { connection, path, access, disk_failed: Cell::new(false) })
    }

    /// One consistent read: all statements inside see the book of the same moment.
    ///
    /// # Errors
    /// Those of `work`, or when the file fails.
    pub fn read<T, E: From<StoreError>>(&self, work: impl FnOnce(&Db) -> Result<T, E>) -> Result<T, E> {
        let transaction = self.begin(TransactionBehavior::Deferred)?;
        let found = work(&Db::new(&transaction, false, &self.disk_failed))?;
        transaction.commit().map_err(|error| self.named(error.into()))?;
        Ok(found)
    }

    /// One write: all of it is saved when this returns `Ok`, nothing of it when it returns an error. `work` computes
    /// nothing long: other writers wait for it. It may be run again by an engine that asks for it; SQLite does not.
    ///
    /// # Errors
    /// Those of `work`, or when the file fails.
    pub fn write<T, E: From<StoreError>>(&self, mut work: impl FnMut(&Db) -> Result<T, E>) -> Result<T, E> {
        if self.access == Access::ViewOnly {
            return Err(self.named(StoreError::new(StoreFault::ReadOnly)).into());
        }
        if self.disk_failed.get() {
            return Err(self.named(StoreError::new(StoreFault::Stopped)).into());
        }
        let transaction = self.begin(TransactionBehavior::Immediate)?;
        let done = work(&Db::new(&transaction, true, &self.disk_failed))?;
        transaction.commit().map_err(|error| {
            let error = StoreError::from(error);
            self.disk_failed.set(self.disk_failed.get() || error.is_disk_failure());
            self.named(error)
        })?;
        Ok(done)
    }

    /// Changes whenever another connection has saved something: cheap to ask after every event.
    ///
    /// # Errors
    /// When the file fails.
    pub fn data_version(&self) -> Result<i64> {
        let ask = || self.connection.prepare_cached("PRAGMA data_version")?.query_row([], |row| row.get(0));
        ask().map_err(|error| self.named(error.into()))
    }

    /// Where the book lies, links in its folder resolved.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What this book lets one do.
    #[must_use]
    pub fn access(&self) -> Access {
        self.access
    }

    /// Closes the book: fresh statistics, and the log folded into the file.
    ///
    /// # Errors
    /// When the file fails. What was saved is saved.
    pub fn close(self) -> Result<()> {
        if self.access == Access::ReadWrite {
            self.connection.execute_batch("PRAGMA optimize").map_err(|error| self.named(error.into()))?;
        }
        let Self { connection, path, .. } = self;
        connection.close().map_err(|(_, error)| StoreError::from(error).at(&path))
    }

    /// The connection itself, for the store's own housekeeping and its tests.
    pub(super) fn connection(&self) -> &Connection {
        &self.connection
    }

    fn begin(&self, behaviour: TransactionBehavior) -> Result<Transaction<'_>> {
        Transaction::new_unchecked(&self.connection, behaviour).map_err(|error| self.named(error.into()))
    }

    fn named(&self, error: StoreError) -> StoreError {
        error.at(&self.path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Value;

    #[test]
    fn a_write_is_read_back_and_a_failed_one_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let book = Book::create(&folder.path().join("shop.db")).unwrap();
        let id = book.write(|db| db.insert("INSERT INTO customer (name) VALUES (?1)", &[Value::from("Ann")])).unwrap();
        let name =
            book.read(|db| db.one("SELECT name FROM customer WHERE id = ?1", &[id.into()], |row| row.text(0))).unwrap();
        assert_eq!(name.as_deref(), Some("Ann"));
        let failed: Result<()> = book.write(|db| {
            db.insert("INSERT INTO customer (name) VALUES (?1)", &["Bob".into()])?;
            Err(StoreError::refused("no"))
        });
        assert_eq!(failed.unwrap_err().refusal(), Some("no"));
        let count = book.read(|db| db.one("SELECT COUNT(*) FROM customer", &[], |row| row.int(0))).unwrap();
        assert_eq!(count, Some(1));
        assert!(book.read(|db| db.execute("DELETE FROM customer", &[])).is_err());
        assert!(book.connection().is_autocommit());
    }
}
