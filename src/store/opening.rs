//! Opening a book: everything that can be wrong with the file is found, and named, before anything is written.

use std::fmt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::{Connection, OpenFlags, OptionalExtension};

use super::book::{Access, Book};
use super::create::parent;
use super::error::{Result, StoreError, StoreFault};
use super::look::{self, Looked};
use super::seats::{self, Seat};
use super::{APPLICATION_ID, backup, migrate, platform, setup};

/// How opening went.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Opening {
    /// Why the book is open for viewing only; the words of a banner.
    pub view_because: Option<ViewBecause>,
    /// The book had not been closed properly: a crash, a kill, a power cut. SQLite has put it right.
    pub was_unclean: bool,
    /// The file was looked through for damage.
    pub was_checked: bool,
    /// The version it was brought up from.
    pub migrated_from: Option<i64>,
    /// The verified backup made before that.
    pub backup: Option<PathBuf>,
}

/// Why a book is open for viewing only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ViewBecause {
    /// It was asked for.
    Asked,
    /// The file cannot be written.
    ReadOnlyFile,
    /// The folder cannot be written, and SQLite needs files beside the book.
    ReadOnlyFolder,
}

impl fmt::Display for ViewBecause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Asked => "Viewing only, as asked: nothing can be changed.",
            Self::ReadOnlyFile => "Viewing only: you may not write this file, so nothing can be changed.",
            Self::ReadOnlyFolder => {
                "Viewing only: you may not write the folder of this file, so nothing can be changed."
            }
        })
    }
}

/// How SQLite is to open the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    /// For reading and writing.
    Write,
    /// For reading, beside writers.
    View,
    /// For reading a file nobody can write, in a folder where SQLite's own files cannot be made.
    Frozen,
}

impl Mode {
    /// What it lets one do.
    pub(super) fn access(self) -> Access {
        match self {
            Self::Write => Access::ReadWrite,
            Self::View | Self::Frozen => Access::ViewOnly,
        }
    }
}

/// A connection whose file is known to be a book of a version we know.
pub(super) struct Opened {
    /// The connection. Before the seat: it is closed first.
    pub(super) connection: Connection,
    /// Its place among the open books of this process.
    pub(super) seat: Seat,
    /// The version of the file's schema.
    pub(super) version: i64,
}

/// Opens the book at `path`; once a day and after an unclean close it is checked.
pub(super) fn open(path: &Path, access: Access, now: DateTime<Utc>) -> Result<Book> {
    let looked = look::look(path)?;
    let (mode, view_because) = mode_of(&looked.path, access);
    let mut opening = Opening { view_because, was_unclean: is_unclean(&looked), ..Opening::default() };
    let path = looked.path.clone();
    let finish = || -> Result<Book> {
        look::refuse_share(parent(&path))?;
        let Opened { connection, seat, version } = connect(looked, mode)?;
        if mode == Mode::Write {
            setup::log_ahead(&connection)?;
        }
        opening.was_checked = check_if_due(&connection, mode, opening.was_unclean, now.date_naive())?;
        if version < migrate::VERSION {
            if mode != Mode::Write {
                let fault = StoreFault::OlderVersion { found: version, known: migrate::VERSION };
                return Err(StoreError::new(fault));
            }
            opening.backup = Some(migrate::bring_up(&connection, &path, migrate::MIGRATIONS, now)?);
            opening.migrated_from = Some(version);
        }
        Ok(Book::from_parts(connection, Some(seat), path.clone(), mode, opening))
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
        Ok(Book::from_parts(connection, Some(seat), path.to_owned(), mode, Opening::default()))
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

/// How the file can be opened, and why not for writing.
pub(super) fn mode_of(path: &Path, access: Access) -> (Mode, Option<ViewBecause>) {
    let folder_is_open = platform::may_write(parent(path));
    let has_no_log = !super::create::beside(path, "-wal").exists();
    let view = if !folder_is_open && has_no_log { Mode::Frozen } else { Mode::View };
    match access {
        Access::ViewOnly => (view, Some(ViewBecause::Asked)),
        Access::ReadWrite if !folder_is_open => (view, Some(ViewBecause::ReadOnlyFolder)),
        Access::ReadWrite if !platform::may_write(path) => (view, Some(ViewBecause::ReadOnlyFile)),
        Access::ReadWrite => (Mode::Write, None),
    }
}

/// Connects and makes sure it is a book, and still the file that was looked at. Nothing is written.
pub(super) fn connect(looked: Looked, mode: Mode) -> Result<Opened> {
    let mut looked = looked;
    // A restore puts another file in its place within milliseconds: one more look is enough.
    for _ in 0..3 {
        let (connection, seat) = {
            let mut seats = seats::guard();
            if !seats.is_taken(looked.key) {
                looked.check_head()?;
            }
            (sqlite(&looked.path, mode)?, seats.take(looked.key))
        };
        let opened = Opened { version: judge(&connection)?, connection, seat };
        if looked.is_unmoved() {
            return Ok(opened);
        }
        looked = look::look(&looked.path)?;
    }
    Err(StoreError::new(StoreFault::Locked { pid: None, user: None }))
}

fn sqlite(path: &Path, mode: Mode) -> Result<Connection> {
    match mode {
        Mode::Write => setup::connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NOFOLLOW),
        Mode::View => setup::connect_to_view(path, OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NOFOLLOW),
        Mode::Frozen => {
            let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI;
            setup::connect_to_view(Path::new(&setup::frozen_uri(path)), flags)
        }
    }
}

/// The version of a file that is a book.
fn judge(connection: &Connection) -> Result<i64> {
    let application: i32 = connection.query_row("PRAGMA application_id", [], |row| row.get(0))?;
    if application != APPLICATION_ID {
        return Err(StoreError::new(StoreFault::OtherProgram));
    }
    let version: i64 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    if version > migrate::VERSION {
        return Err(StoreError::new(StoreFault::NewerVersion { found: version, known: migrate::VERSION }));
    }
    Ok(version)
}

/// A log with something in it and nobody who is writing it.
fn is_unclean(looked: &Looked) -> bool {
    looked.has_log && !seats::guard().is_taken(looked.key) && look::held_by_others(&looked.path) != Some(true)
}

/// Looks the file through when it has not been done today, or the last close was unclean. Whether it was done.
fn check_if_due(connection: &Connection, mode: Mode, was_unclean: bool, today: NaiveDate) -> Result<bool> {
    let last = "SELECT value FROM book_state WHERE key = 'checked_on'";
    let last: Option<String> = connection.query_row(last, [], |row| row.get(0)).optional()?;
    let today = today.to_string();
    if !was_unclean && last.as_deref() == Some(&today) {
        return Ok(false);
    }
    quick_check(connection)?;
    if mode == Mode::Write {
        // Not worth waiting for a writer, nor a failure on a full disk: the next opening checks again.
        connection.busy_timeout(Duration::ZERO)?;
        let noted = connection.execute(
            "INSERT INTO book_state (key, value) VALUES ('checked_on', ?1)
             ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            [&today],
        );
        connection.busy_timeout(setup::PATIENCE)?;
        match noted.map_err(StoreError::from) {
            Err(error) if !matches!(error.kind(), StoreFault::Locked { .. } | StoreFault::DiskFull) => {
                return Err(error);
            }
            _ => {}
        }
    }
    Ok(true)
}

/// `Corrupt` unless SQLite finds the pages in order.
pub(super) fn quick_check(connection: &Connection) -> Result<()> {
    found_nothing(&findings(connection, "PRAGMA quick_check(5)")?)
}

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
