//! Verified copies of a book.
//!
//! A copy is made under a temporary name, opened and checked, flushed, and only then given its name: what stands in
//! the folder of backups under a backup's name is one.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, OpenFlags};
use tempfile::TempPath;

use super::access::Access;
use super::book::Book;
use super::connecting::{Opened, connect, mode_of};
use super::create::{give_name, half_made, prove_whole, refuse_taken};
use super::error::{Result, StoreError, StoreFault};
use super::findings::{findings, found_nothing};
use super::look;
use super::names::parent;
use super::retention::{self, Stamped};
use super::{platform, rest, setup};

/// Where the backups of the book at `path` lie unless the shop chose another folder.
pub fn folder_beside(path: &Path) -> PathBuf {
    parent(path).join("backups")
}

/// Copies the book, as it is at this moment, to a new file at `to`; its path with links resolved.
pub fn backup(book: &Book, to: &Path) -> Result<PathBuf> {
    copy(book.connection(), to).map_err(|error| error.at(book.path()))
}

/// Copies the book to a new file among its backups, named by the moment.
pub fn backup_beside(book: &Book, now: DateTime<Utc>) -> Result<PathBuf> {
    let name = retention::name(&retention::stem(book.path()), now);
    backup(book, &retention::free_name(&folder_beside(book.path()), &name))
}

/// The backup of the day: made when the last one in `folder` is four hours old or more, and the ones no longer
/// needed removed (see `retention`). `None` when there was nothing to do.
pub fn daily(book: &Book, folder: &Path, now: DateTime<Utc>) -> Result<Option<PathBuf>> {
    let stem = retention::stem(book.path());
    if !retention::is_due(&retention::list(folder, &stem), now) {
        return Ok(None);
    }
    let made = match backup(book, &folder.join(retention::name(&stem, now) + ".db")) {
        // Another terminal made it within the same second.
        Err(error) if *error.kind() == StoreFault::AlreadyThere => return Ok(None),
        made => made?,
    };
    for path in retention::no_longer_needed(&retention::list(folder, &stem), now) {
        std::fs::remove_file(&path).map_err(|error| StoreError::from(error).at(&path))?;
    }
    Ok(Some(made))
}

/// When the newest backup of the book at `path` in `folder` was made, by its name.
pub fn newest_made(folder: &Path, path: &Path) -> Option<DateTime<Utc>> {
    let found = retention::list(folder, &retention::stem(path));
    found.into_iter().map(|backup| backup.made_at.and_utc()).max()
}

/// The copy before a migration, beside the others but never removed by us.
pub(super) fn before_migration(
    connection: &Connection,
    book: &Path,
    version: i64,
    now: DateTime<Utc>,
) -> Result<PathBuf> {
    let stem = retention::stem(book);
    let name = format!("{stem}-version-{version}-before-{}", retention::stamp(now));
    copy(connection, &retention::free_name(&folder_beside(book), &name))
}

/// The newest backup of the book at `path` that is whole.
pub fn newest_good(path: &Path) -> Option<PathBuf> {
    let mut found = retention::list(&folder_beside(path), &retention::stem(path));
    found.sort_by_key(|backup| std::cmp::Reverse(backup.made_at));
    // A damaged disk damages backups too; but opening a book must not read all of them.
    found.into_iter().take(5).map(|Stamped { path, .. }| path).find(|path| verify(path).is_ok())
}

/// What is said of an open book in which SQLite found damage, with the backup that can replace it.
pub fn damaged(book: &Book, findings: &[String]) -> StoreError {
    let error = StoreError::new(StoreFault::Corrupt).with_detail(findings.join("; "));
    error.with_backup(newest_good(book.path())).at(book.path())
}

/// Opens a copy for reading and looks every page of it through; how many rows each table has.
pub fn verify(path: &Path) -> Result<BTreeMap<String, i64>> {
    inspect(path, "PRAGMA quick_check(5)")
}

/// The same, each index against its table too: before a copy becomes the book.
pub fn verify_whole(path: &Path) -> Result<BTreeMap<String, i64>> {
    inspect(path, "PRAGMA integrity_check(5)")
}

fn inspect(path: &Path, check: &str) -> Result<BTreeMap<String, i64>> {
    let inspect = || {
        let looked = look::look(path)?;
        let (mode, _) = mode_of(&looked.path, Access::ViewOnly);
        let Opened { connection, seat, .. } = connect(looked, mode)?;
        found_nothing(&findings(&connection, check)?)?;
        let counts = counts(&connection)?;
        connection.close().map_err(|(_, error)| StoreError::from(error))?;
        drop(seat);
        Ok(counts)
    };
    inspect().map_err(|error: StoreError| error.at(path))
}

/// How many pages are copied before one looks whether to stop.
const PAGES_AT_ONCE: i32 = 4_000;

/// A verified copy of what `connection` sees, as a file without a name yet in `folder`: page by page out of one
/// moment, then read back from the file and counted against that moment.
pub(super) fn half_copy(connection: &Connection, folder: &Path) -> Result<TempPath> {
    let number = |pragma: &str| connection.query_row(pragma, [], |row| row.get::<_, i64>(0));
    let needed = number("PRAGMA page_count")?.saturating_mul(number("PRAGMA page_size")?);
    let free = platform::free_space(folder).map_err(|error| StoreError::from(error).at(folder))?;
    if i64::try_from(free).is_ok_and(|free| free < needed) {
        return Err(StoreError::new(StoreFault::DiskFull).at(folder));
    }
    let half = half_made(folder)?;
    let here = connection.unchecked_transaction()?;
    // The read that fixes the moment: what others save meanwhile belongs to the next copy.
    let counted = counts(&here)?;
    copy_pages(&here, &half).map_err(|error| error.at(folder))?;
    let copied = verify(&half)?;
    if counted != copied {
        return Err(StoreError::broken("the backup does not hold as many rows as the book"));
    }
    here.finish()?;
    Ok(half)
}

/// Copies every page into an empty file. Nobody else sees that file, and a crash throws it away.
fn copy_pages(from: &Connection, half: &Path) -> Result<()> {
    let mut to = setup::connect(half, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NOFOLLOW)?;
    to.execute_batch("PRAGMA synchronous = OFF")?;
    {
        // A statement that is never at its end: so the reader hears between two steps when it is asked to stop.
        let mut held = from.prepare("SELECT name FROM sqlite_schema")?;
        let mut rows = held.query([])?;
        rows.next()?;
        let copying = Backup::new(from, &mut to)?;
        loop {
            match copying.step(PAGES_AT_ONCE)? {
                StepResult::Done => break,
                StepResult::More => from.query_row("SELECT 1", [], |_| Ok(()))?,
                _ => return Err(StoreError::new(StoreFault::Locked { pid: None, user: None })),
            }
        }
    }
    to.query_row("PRAGMA journal_mode = MEMORY", [], |_| Ok(()))?;
    if rest::is_marked(&to)? {
        // A copy is whole by itself: the mark of a book that is being worked on does not belong in it (see `rest`).
        rest::unmark(&to)?;
    }
    to.close().map_err(|(_, error)| StoreError::from(error))?;
    prove_whole(half)
}

fn copy(connection: &Connection, to: &Path) -> Result<PathBuf> {
    let name = to.file_name().ok_or_else(|| StoreError::new(StoreFault::Folder).at(to))?;
    let folder = platform::private_folder(parent(to)).map_err(|error| StoreError::from(error).at(to))?;
    let to = folder.join(name);
    refuse_taken(&to)?;
    give_name(half_copy(connection, &folder)?, &to).map_err(|error| error.at(&to))?;
    Ok(to)
}

/// The rows of every table, but for what the program notes of the file. The names come from the file, so they are quoted.
fn counts(connection: &Connection) -> Result<BTreeMap<String, i64>> {
    let tables = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' \
                  AND name <> 'book_state'";
    let mut counts = BTreeMap::new();
    for table in findings(connection, tables)? {
        let quoted = table.replace('"', "\"\"");
        let count = connection.query_row(&format!("SELECT COUNT(*) FROM \"{quoted}\""), [], |row| row.get(0))?;
        counts.insert(table, count);
    }
    Ok(counts)
}
