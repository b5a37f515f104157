//! Opening a book: everything that can be wrong with the file is found, and named, before anything is written.

use std::cell::Cell;
use std::path::Path;
use std::time::Duration;

use chrono::{DateTime, Utc};
use rusqlite::Connection;

use super::access::{Access, Mode, Opening};
use super::book::Book;
use super::connecting::{Opened, connect, mode_of};
use super::create::create;
use super::engine::{Db, Disk};
use super::error::{Result, StoreError, StoreFault};
use super::look::{self, Looked};
use super::names::parent;
use super::version::{MIGRATIONS, VERSION};
use super::{backup, migrate, rest, seats, setup, soundness};

impl Book {
    /// Makes a book and opens it. The name appears only when the book is whole.
    pub fn create(path: &Path) -> Result<Self> {
        again(&create(path)?, Mode::Write)
    }

    /// Opens the book at `path`. A file or folder that cannot be written is opened for viewing (see
    /// [`Book::opening`]); an older one is brought up to date after a verified backup.
    pub fn open(path: &Path, access: Access, now: DateTime<Utc>) -> Result<Self> {
        open(path, access, now)
    }

    /// A second connection to the same file, for a worker thread.
    pub fn again(&self) -> Result<Self> {
        if self.is_in_memory() {
            return Err(StoreError::broken("a book in memory has one connection only"));
        }
        Ok(again(self.path(), self.mode())?.sharing(self))
    }
}

/// Opens the book at `path`. It is not looked through here: that takes seconds on a large one (see `soundness`).
pub(super) fn open(path: &Path, access: Access, now: DateTime<Utc>) -> Result<Book> {
    let looked = look::look(path)?;
    looked.refuse_second_name().and_then(|()| looked.refuse_strange_log()).map_err(|error| error.at(path))?;
    let has_any_log = looked.has_any_log;
    let (mode, view_because) = mode_of(&looked.path, access);
    let mut opening = Opening { view_because, was_unclean: is_unclean(&looked), ..Opening::default() };
    let path = looked.path.clone();
    let finish = || -> Result<Book> {
        look::refuse_share(parent(&path))?;
        let Opened { connection, seat, version } = connect(looked, mode)?;
        opening.lacks_its_log = !has_any_log && rest::is_marked(&connection)?;
        if mode == Mode::Write {
            setup::log_ahead(&connection)?;
        }
        if opening.was_unclean && mode == Mode::Write {
            note_unclean(&connection)?;
        }
        if version < VERSION {
            if mode != Mode::Write {
                let fault = StoreFault::OlderVersion { found: version, known: VERSION };
                return Err(StoreError::new(fault));
            }
            let reader = connect(look::look(&path)?, Mode::View)?;
            opening.backup = migrate::bring_up(&connection, &reader.connection, &path, MIGRATIONS, now)?;
            opening.migrated_from = opening.backup.is_some().then_some(version);
        }
        Book::from_parts(connection, Some(seat), path.clone(), mode, opening)
    };
    finish().map_err(|error| helped(error, &path))
}

/// A second connection to a file that is open in this process.
pub(super) fn again(path: &Path, mode: Mode) -> Result<Book> {
    let open = || {
        let Opened { connection, seat, .. } = connect(look::look(path)?, mode)?;
        if mode == Mode::Write {
            setup::log_ahead(&connection)?;
        }
        Book::from_parts(connection, Some(seat), path.to_owned(), mode, Opening::default())
    };
    open().map_err(|error| helped(error, path))
}

/// Says more about some faults: who holds a locked book, which backup can replace a damaged one.
pub(super) fn helped(error: StoreError, path: &Path) -> StoreError {
    let error = look::name_holder(error, path);
    let error = match error.kind() {
        StoreFault::Truncated | StoreFault::Corrupt => error.with_backup(backup::newest_good(path)),
        _ => error,
    };
    error.at(path)
}

/// A log with something in it and nobody who is writing it.
fn is_unclean(looked: &Looked) -> bool {
    looked.has_log && !seats::guard().is_taken(looked.key) && look::held_by_others(&looked.path) != Some(true)
}

/// Notes an unclean end, so that the file is looked through (see `soundness`). Not worth waiting for a writer, nor a
/// failure on a full disk.
fn note_unclean(connection: &Connection) -> Result<()> {
    connection.busy_timeout(Duration::ZERO)?;
    let noted = soundness::note_unclean(&Db::new(connection, true, &Cell::new(Disk::Fine)));
    connection.busy_timeout(setup::PATIENCE)?;
    match noted {
        Err(error) if !matches!(error.kind(), StoreFault::Locked { .. } | StoreFault::DiskFull) => Err(error),
        _ => Ok(()),
    }
}
