//! Making a book: under a temporary name, whole, flushed, and only then given its name.
//!
//! A crash at any moment leaves either no book or a whole one.

use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};
use std::{fs, io};

use rusqlite::{Connection, OpenFlags};
use tempfile::TempPath;

use super::error::{Result, StoreError, StoreFault};
use super::names::{beside, parent};
use super::version::VERSION;
use super::{APPLICATION_ID, SCHEMA, look, platform, rest, setup};

/// Makes the file at `path` with the schema of today in it; the path with all links of its folder resolved.
pub(super) fn create(path: &Path) -> Result<PathBuf> {
    let (half, path) = begin(path)?;
    give_name(half, &path).map_err(|error| error.at(&path))?;
    Ok(path)
}

/// A file with the schema of today in it that has no name yet, and the path it is meant for, all links of its folder
/// resolved.
pub(super) fn begin(path: &Path) -> Result<(TempPath, PathBuf)> {
    let name = path.file_name().ok_or_else(|| StoreError::new(StoreFault::Folder).at(path))?;
    let folder = platform::private_folder(parent(path)).map_err(|error| StoreError::from(error).at(path))?;
    let path = folder.join(name);
    refuse_taken(&path)?;
    look::refuse_share(&folder).map_err(|error| error.at(&path))?;
    let half = half_made(&folder)?;
    fill(&half).map_err(|error| error.at(&path))?;
    Ok((half, path))
}

/// Refuses a name that is taken, also one with another book's log beside it: SQLite would play that log into the
/// new file.
pub(super) fn refuse_taken(path: &Path) -> Result<()> {
    for taken in [path.to_owned(), beside(path, "-wal"), beside(path, "-journal")] {
        if fs::symlink_metadata(&taken).is_ok() {
            return Err(StoreError::new(StoreFault::AlreadyThere).at(&taken));
        }
    }
    Ok(())
}

const HALF_PREFIX: &str = ".rentbook-";
const HALF_SUFFIX: &str = ".half";

/// An empty private file beside where the book will stand; removed unless it is given its name.
pub(super) fn half_made(folder: &Path) -> Result<TempPath> {
    let make = || {
        let half = tempfile::Builder::new().prefix(HALF_PREFIX).suffix(HALF_SUFFIX).tempfile_in(folder)?;
        sweep(folder, half.as_file().metadata()?.modified()?)?;
        Ok(half.into_temp_path())
    };
    make().map_err(|error: io::Error| StoreError::from(error).at(folder))
}

/// Removes what a crash left of our half-made files a day ago or earlier, by the clock of the disk: they may be as
/// large as a book and hold what it holds.
fn sweep(folder: &Path, now: SystemTime) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        let is_ours = name.to_str().is_some_and(|name| name.starts_with(HALF_PREFIX) && name.contains(HALF_SUFFIX));
        if !is_ours {
            continue;
        }
        let age = entry.metadata().and_then(|found| found.modified()).map(|made| now.duration_since(made));
        if matches!(age, Ok(Ok(age)) if age > Duration::from_hours(24)) {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

fn fill(half: &Path) -> Result<()> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NOFOLLOW;
    let connection = setup::connect(half, flags)?;
    // Nobody else sees this file and a crash throws it away: its journal need not reach the disk.
    connection.query_row("PRAGMA journal_mode = MEMORY", [], |_| Ok(()))?;
    lay_schema(&connection)?;
    setup::log_ahead(&connection)?;
    fold_whole(&connection)?;
    connection.close().map_err(|(_, error)| StoreError::from(error))?;
    prove_whole(half)
}

/// Folds the log of a file that is about to get its name, and hears the answer: a close does the same and tells nobody
/// when it fails.
pub(super) fn fold_whole(connection: &Connection) -> Result<()> {
    if rest::fold(connection, "TRUNCATE")? {
        return Ok(());
    }
    Err(StoreError::broken("the log of a new book is not in it: somebody else has it open"))
}

/// Makes sure that a closed file is whole by itself: no log beside it, and as long as it says.
pub(super) fn prove_whole(half: &Path) -> Result<()> {
    if look::has_log(half) {
        return Err(StoreError::broken("the log of a new book is not in it"));
    }
    look::look(half)?.check_head()
}

/// The schema of today, in one transaction.
pub(super) fn lay_schema(connection: &Connection) -> Result<()> {
    let work = rusqlite::Transaction::new_unchecked(connection, rusqlite::TransactionBehavior::Immediate)?;
    work.pragma_update(None, "application_id", APPLICATION_ID)?;
    work.pragma_update(None, "user_version", VERSION)?;
    work.execute_batch(SCHEMA)?;
    work.commit()?;
    Ok(())
}

/// Flushes the finished file, gives it its name without replacing anything, and flushes the folder.
pub(super) fn give_name(half: TempPath, path: &Path) -> Result<()> {
    fs::File::open(&half)?.sync_all()?;
    half.persist_noclobber(path).map_err(|failure| StoreError::from(failure.error))?;
    platform::flush_folder(parent(path))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// F108
    #[test]
    fn a_file_whose_log_is_not_in_it_gets_no_name() {
        let folder = tempfile::tempdir().unwrap();
        let half = half_made(folder.path()).unwrap();
        fill(&half).unwrap();
        let connect = || setup::connect(&half, OpenFlags::SQLITE_OPEN_READ_WRITE).unwrap();
        let (writer, reader) = (connect(), connect());
        reader.execute_batch("BEGIN; SELECT COUNT(*) FROM customer").unwrap();
        writer.execute("INSERT INTO letterhead (content) VALUES ('x')", []).unwrap();
        fold_whole(&writer).unwrap_err();
        prove_whole(&half).unwrap_err();
        drop(reader);
        fold_whole(&writer).unwrap();
        drop(writer);
        prove_whole(&half).unwrap();
        let whole = fs::read(&half).unwrap();
        fs::write(&half, &whole[..whole.len() - 4_096]).unwrap();
        assert_eq!(*prove_whole(&half).unwrap_err().kind(), StoreFault::Truncated);
    }
}
