//! Verified copies of a book.
//!
//! A copy is made under a temporary name, opened and checked, flushed, and only then given its name: what stands in
//! the folder of backups under a backup's name is one.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
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

/// Opens a copy for reading and looks it through; how many rows each table has.
pub fn verify(path: &Path) -> Result<BTreeMap<String, i64>> {
    let inspect = || {
        let looked = look::look(path)?;
        let (mode, _) = mode_of(&looked.path, Access::ViewOnly);
        let Opened { connection, seat, .. } = connect(looked, mode)?;
        found_nothing(&findings(&connection, "PRAGMA integrity_check(5)")?)?;
        let counts = counts(&connection)?;
        connection.close().map_err(|(_, error)| StoreError::from(error))?;
        drop(seat);
        Ok(counts)
    };
    inspect().map_err(|error: StoreError| error.at(path))
}

/// A verified copy of what `connection` sees, as a file without a name yet in `folder`.
pub(super) fn half_copy(connection: &Connection, folder: &Path) -> Result<TempPath> {
    let number = |pragma: &str| connection.query_row(pragma, [], |row| row.get::<_, i64>(0));
    let needed = number("PRAGMA page_count")?.saturating_mul(number("PRAGMA page_size")?);
    let free = platform::free_space(folder).map_err(|error| StoreError::from(error).at(folder))?;
    if i64::try_from(free).is_ok_and(|free| free < needed) {
        return Err(StoreError::new(StoreFault::DiskFull).at(folder));
    }
    let half = half_made(folder)?;
    let moment = number("PRAGMA data_version")?;
    // A view may copy: the book itself is open for reading in SQLite's eyes either way.
    let is_view = number("PRAGMA query_only")?;
    connection.pragma_update(None, "query_only", 0)?;
    let copied = connection.execute("VACUUM INTO CAST(?1 AS TEXT)", [half.as_os_str().as_encoded_bytes()]);
    connection.pragma_update(None, "query_only", is_view)?;
    copied.map_err(|error| StoreError::from(error).at(folder))?;
    let copied = verify(&half)?;
    take_mark_off(&half)?;
    let here = connection.unchecked_transaction()?;
    let counted = counts(&here)?;
    // Another writer may have saved something in between; then the counts may differ.
    if number("PRAGMA data_version")? == moment && counted != copied {
        return Err(StoreError::broken("the backup does not hold as many rows as the book"));
    }
    here.finish()?;
    Ok(half)
}

/// A copy is whole by itself: the mark of a book that is being worked on does not belong in it (see `rest`).
fn take_mark_off(half: &Path) -> Result<()> {
    let connection = setup::connect(half, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NOFOLLOW)?;
    connection.query_row("PRAGMA journal_mode = MEMORY", [], |_| Ok(()))?;
    if rest::is_marked(&connection)? {
        rest::unmark(&connection)?;
    }
    connection.close().map_err(|(_, error)| StoreError::from(error))?;
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
