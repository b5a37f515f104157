//! A backup put in the place of the book; the old file is kept aside.

use std::fs;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use tempfile::TempPath;

use super::access::{Access, Mode};
use super::connecting::{Opened, connect, mode_of};
use super::create::give_name;
use super::error::{Result, StoreError, StoreFault};
use super::names::{beside, parent};
use super::opening::helped;
use super::{backup, look, platform, rest, retention, seats};

/// What a restore did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restored {
    pub book: PathBuf,
    /// The file that was the book before, where there was one.
    pub kept: Option<PathBuf>,
}

/// Puts the backup `from` in the place of the book `to`. The backup is verified, copied and verified again before
/// the old file moves aside; nobody may have the book open, this process neither.
pub fn restore(from: &Path, to: &Path, now: DateTime<Utc>) -> Result<Restored> {
    let name = to.file_name().ok_or_else(|| StoreError::new(StoreFault::Folder).at(to))?;
    backup::verify_whole(from)?;
    let folder = platform::private_folder(parent(to)).map_err(|error| StoreError::from(error).at(to))?;
    let book = folder.join(name);
    let half = copy_beside(from, &folder).map_err(|error| error.at(from))?;
    let old = hold(&book).map_err(|error| helped(error, &book))?;
    let kept = move_aside(&book, now)?;
    if let Err(error) = give_name(half, &book) {
        if let Some(kept) = &kept {
            fs::rename(kept, &book).map_err(|error| StoreError::from(error).at(kept))?;
        }
        return Err(error.at(&book));
    }
    if old.is_some()
        && let Some(kept) = &kept
    {
        // Held alone, SQLite keeps the file it rolls back with; a page of the old book stands in it.
        drop(old);
        remove_if_there(&beside(kept, "-journal"))?;
        remove_if_there(&beside(&book, "-journal"))?;
    }
    Ok(Restored { book, kept })
}

fn remove_if_there(file: &Path) -> Result<()> {
    match fs::remove_file(file) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(StoreError::from(error).at(file)),
        _ => Ok(()),
    }
}

/// A verified copy of the backup, in the folder of the book: one without a log, whatever the backup had.
fn copy_beside(from: &Path, folder: &Path) -> Result<TempPath> {
    let looked = look::look(from)?;
    let (mode, _) = mode_of(&looked.path, Access::ViewOnly);
    let opened = connect(looked, mode)?;
    backup::half_copy(&opened.connection, folder)
}

/// Makes sure that nobody has the book open, and keeps it so while the result lives. The log is folded into the
/// file, so that the name can go to another. A file that SQLite cannot read cannot be held; then only the system
/// can say whether somebody has it open.
fn hold(book: &Path) -> Result<Option<Opened>> {
    let Ok(found) = fs::symlink_metadata(book) else { return Ok(None) };
    match platform::kind(&found) {
        platform::Kind::File => {}
        platform::Kind::Folder => return Err(StoreError::new(StoreFault::Folder)),
        platform::Kind::Link => return Err(StoreError::new(StoreFault::Link)),
        platform::Kind::Other => return Err(StoreError::new(StoreFault::NotAFile)),
    }
    let locked = || StoreError::new(StoreFault::Locked { pid: None, user: None });
    if seats::guard().is_taken(platform::key(&found)) || look::held_by_others(book) == Some(true) {
        return Err(locked());
    }
    match hold_readable(book) {
        Ok(opened) => Ok(Some(opened)),
        Err(error) => match error.kind() {
            StoreFault::Locked { .. } | StoreFault::NotAllowed | StoreFault::ReadOnly | StoreFault::DiskFull => {
                Err(error)
            }
            _ => Ok(None),
        },
    }
}

fn hold_readable(book: &Path) -> Result<Opened> {
    let opened = connect(look::look(book)?, Mode::Write)?;
    let connection = &opened.connection;
    // Leaving the write-ahead log needs to be alone with the file; the exclusive lock then lasts until the close.
    connection.pragma_update(None, "locking_mode", "EXCLUSIVE")?;
    rest::unmark(connection)?;
    connection.query_row("PRAGMA journal_mode = DELETE", [], |_| Ok(()))?;
    connection.execute_batch("BEGIN EXCLUSIVE")?;
    Ok(opened)
}

/// Renames the old book and what a crash left beside it: the log first, for the new book must never stand beside
/// the log of the old one.
fn move_aside(book: &Path, now: DateTime<Utc>) -> Result<Option<PathBuf>> {
    let stem = retention::stem(book);
    let name = format!("{stem}-before-restore-{}", retention::stamp(now));
    let aside = retention::free_name(parent(book), &name);
    for suffix in ["-wal", "-journal", "-shm", ""] {
        let (old, new) = (beside(book, suffix), beside(&aside, suffix));
        match fs::rename(&old, &new) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(StoreError::from(error).at(&old)),
            _ => {}
        }
    }
    platform::flush_folder(parent(book)).map_err(|error| StoreError::from(error).at(book))?;
    Ok(fs::symlink_metadata(&aside).is_ok().then_some(aside))
}
