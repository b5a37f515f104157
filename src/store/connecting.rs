//! Connecting to a file that must be a book: how it can be opened, and whether it is one. Nothing is written.

use std::path::Path;

use rusqlite::{Connection, OpenFlags};

use super::access::{Access, Mode, ViewBecause};
use super::error::{Result, StoreError, StoreFault};
use super::look::{self, Looked};
use super::names::{beside, parent};
use super::seats::{self, Seat};
use super::version::VERSION;
use super::{APPLICATION_ID, platform, setup};

/// A connection whose file is known to be a book of a version we know.
pub(super) struct Opened {
    /// The connection. Before the seat: it is closed first.
    pub(super) connection: Connection,
    /// Its place among the open books of this process.
    pub(super) seat: Seat,
    /// The version of the file's schema.
    pub(super) version: i64,
}

/// How the file can be opened, and why not for writing.
pub(super) fn mode_of(path: &Path, access: Access) -> (Mode, Option<ViewBecause>) {
    let folder_is_open = platform::may_write(parent(path));
    let has_no_log = !beside(path, "-wal").exists();
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
    if version > VERSION {
        return Err(StoreError::new(StoreFault::NewerVersion { found: version, known: VERSION }));
    }
    Ok(version)
}
