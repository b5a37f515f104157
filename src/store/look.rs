//! What can be told about a file before SQLite touches it.

use std::fs::{self, Metadata};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::APPLICATION_ID;
use super::error::{Result, StoreError, StoreFault};
use super::names::{beside, parent};
use super::platform::{self, FileKey, Kind};
use super::version::VERSION;

/// A file that may be a book.
pub(super) struct Looked {
    /// Absolute, the links of its folder resolved: SQLite refuses a link anywhere, and reads a relative name that
    /// starts with `file:` as a URI.
    pub(super) path: PathBuf,
    /// Which file it is.
    pub(super) key: FileKey,
    length: u64,
    /// Whether a log with something in it lies beside.
    pub(super) has_log: bool,
}

/// Kind and length of the file.
pub(super) fn look(path: &Path) -> Result<Looked> {
    let fault = |fault| StoreError::new(fault).at(path);
    let folder = fs::canonicalize(parent(path)).map_err(|error| StoreError::from(error).at(path))?;
    let real = folder.join(path.file_name().ok_or_else(|| fault(StoreFault::Folder))?);
    let found = fs::symlink_metadata(&real).map_err(|error| StoreError::from(error).at(path))?;
    match platform::kind(&found) {
        Kind::File => {}
        Kind::Folder => return Err(fault(StoreFault::Folder)),
        Kind::Link => return Err(fault(StoreFault::Link)),
        Kind::Other => return Err(fault(StoreFault::NotAFile)),
    }
    if found.len() == 0 {
        return Err(fault(StoreFault::Empty));
    }
    let filled = |suffix| fs::symlink_metadata(beside(&real, suffix)).is_ok_and(|log| log.len() > 0);
    let has_log = filled("-wal") || filled("-journal");
    Ok(Looked { key: platform::key(&found), length: found.len(), has_log, path: real })
}

/// The bytes every SQLite file begins with (sqlite.org/fileformat.html, 1.3).
const MAGIC: &[u8; 16] = b"SQLite format 3\0";

/// Refuses a folder on another computer: the shared memory of the log works between programs of one computer only.
/// A backup may lie there, for it has no log.
pub(super) fn refuse_share(folder: &Path) -> Result<()> {
    if platform::is_network_share(folder)? { Err(StoreError::new(StoreFault::NetworkShare)) } else { Ok(()) }
}

impl Looked {
    /// Whether it is still the file that was looked at: a restore may have put another in its place.
    pub(super) fn is_unmoved(&self) -> bool {
        fs::symlink_metadata(&self.path).is_ok_and(|found: Metadata| platform::key(&found) == self.key)
    }

    /// Reads the head: a book of a version we know, and as long as it says. Only while nobody in this process has
    /// the file open (see `seats`).
    pub(super) fn check_head(&self) -> Result<()> {
        self.judge_head().map_err(|error| error.at(&self.path))
    }

    fn judge_head(&self) -> Result<()> {
        let mut head = Vec::new();
        platform::open_to_peek(&self.path)?.take(100).read_to_end(&mut head)?;
        let fault = |fault| Err(StoreError::new(fault));
        let magic = head.len().min(MAGIC.len());
        if head[..magic] != MAGIC[..magic] {
            return fault(StoreFault::NotADatabase);
        }
        let Ok(head) = <[u8; 100]>::try_from(head) else { return fault(StoreFault::Truncated) };
        let number = |at: usize| u32::from_be_bytes([head[at], head[at + 1], head[at + 2], head[at + 3]]);
        if i64::from(number(68)) != i64::from(APPLICATION_ID) {
            return fault(StoreFault::OtherProgram);
        }
        let version = i64::from(number(60));
        if version > VERSION {
            return fault(StoreFault::NewerVersion { found: version, known: VERSION });
        }
        // With a log beside, the head may count pages that are still in the log.
        let page = match u64::from(u16::from_be_bytes([head[16], head[17]])) {
            1 => 65_536,
            size => size,
        };
        let count_is_valid = number(24) == number(92);
        if count_is_valid && !self.has_log && page * u64::from(number(28)) > self.length {
            return fault(StoreFault::Truncated);
        }
        Ok(())
    }
}

/// The processes that hold the book, or `None` where the system does not tell.
pub(super) fn holders(path: &Path) -> Option<Vec<platform::Holder>> {
    let key = |path: PathBuf| -> io::Result<FileKey> { Ok(platform::key(&fs::symlink_metadata(path)?)) };
    let files: Vec<FileKey> = [path.to_owned(), beside(path, "-shm")].into_iter().filter_map(|p| key(p).ok()).collect();
    platform::holders(&files)
}

/// Whether another process has the book open, or `None` where the system does not tell.
pub(super) fn held_by_others(path: &Path) -> Option<bool> {
    let me = Some(std::process::id());
    Some(holders(path)?.iter().any(|holder| holder.pid != me))
}

/// Says who holds a book that is locked.
pub(super) fn name_holder(error: StoreError, path: &Path) -> StoreError {
    if !matches!(error.kind(), StoreFault::Locked { pid: None, .. }) {
        return error;
    }
    let me = Some(std::process::id());
    let mut writers = holders(path).unwrap_or_default();
    writers.retain(|holder| holder.writes);
    writers.sort_by_key(|holder| holder.pid == me || holder.pid.is_none());
    match writers.into_iter().next() {
        Some(holder) => error.because(StoreFault::Locked { pid: holder.pid, user: holder.user }),
        None => error,
    }
}
