//! What can be told about a file before SQLite touches it.

use std::fs::{self, Metadata};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::Duration;

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
    /// How many names the file has.
    names: u64,
    /// Whether a log with something in it lies beside.
    pub(super) has_log: bool,
    /// Whether a log lies beside at all: one that was folded into the file stays there empty until the last one leaves.
    pub(super) has_any_log: bool,
}

/// How long one waits before a file that seems cut off is looked at once more.
const ONCE_MORE: [Duration; 2] = [Duration::from_millis(5), Duration::from_millis(50)];

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
    for suffix in ["-wal", "-shm", "-journal"] {
        let name = beside(&real, suffix);
        if fs::symlink_metadata(&name).is_ok_and(|found| !matches!(platform::kind(&found), Kind::File)) {
            return Err(StoreError::new(StoreFault::OddLog).at(&name));
        }
    }
    Ok(Looked {
        key: platform::key(&found),
        names: platform::names_of(&found),
        has_log: has_log(&real),
        has_any_log: fs::symlink_metadata(beside(&real, "-wal")).is_ok(),
        path: real,
    })
}

/// Whether a log with something in it lies beside.
pub(super) fn has_log(path: &Path) -> bool {
    let filled = |suffix| fs::symlink_metadata(beside(path, suffix)).is_ok_and(|log| log.len() > 0);
    filled("-wal") || filled("-journal")
}

/// Whether this file stands under this name.
pub(super) fn stands_at(path: &Path, key: FileKey) -> bool {
    fs::symlink_metadata(path).is_ok_and(|found: Metadata| platform::key(&found) == key)
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
        stands_at(&self.path, self.key)
    }

    /// Refuses a file with a second name: the log goes by the name, so whoever works under the other one would
    /// neither see nor keep what is saved here.
    pub(super) fn refuse_second_name(&self) -> Result<()> {
        if self.names > 1 { Err(StoreError::new(StoreFault::Linked)) } else { Ok(()) }
    }

    /// Refuses a name beside which a program keeps the log of another file: of the one that stood here before. That log
    /// would be played into this one.
    pub(super) fn refuse_strange_log(&self) -> Result<()> {
        if !self.has_any_log {
            return Ok(());
        }
        // Locks come and go while they are read: looked at again before it is said.
        let mut strange = strangers(&self.path);
        for pause in ONCE_MORE {
            if strange.is_empty() {
                return Ok(());
            }
            std::thread::sleep(pause);
            let still = strangers(&self.path);
            strange.retain(|pid| still.contains(pid));
        }
        if strange.is_empty() {
            Ok(())
        } else {
            Err(StoreError::new(StoreFault::StrangeLog { pid: strange.first().copied() }))
        }
    }

    /// Reads the head: a book of a version we know, and as long as it says. Only while nobody in this process has
    /// the file open (see `seats`).
    pub(super) fn check_head(&self) -> Result<()> {
        for pause in ONCE_MORE {
            match self.judge_head() {
                // A writer that makes the file grow counts its pages before they are all there.
                Err(error) if *error.kind() == StoreFault::Truncated => std::thread::sleep(pause),
                judged => return judged.map_err(|error| error.at(&self.path)),
            }
        }
        self.judge_head().map_err(|error| error.at(&self.path))
    }

    fn judge_head(&self) -> Result<()> {
        let mut head = Vec::new();
        let mut file = platform::open_to_peek(&self.path)?;
        Read::by_ref(&mut file).take(100).read_to_end(&mut head)?;
        // After the head was read: what it counts was there before.
        let length = file.metadata()?.len();
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
        if count_is_valid && !has_log(&self.path) && page * u64::from(number(28)) > length {
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

/// The other processes that hold the files beside the book but not the book.
fn strangers(path: &Path) -> Vec<u32> {
    let me = Some(std::process::id());
    let pids = |file: PathBuf| -> Vec<u32> {
        let key = fs::symlink_metadata(&file).map(|found| platform::key(&found));
        let holders = key.ok().and_then(|key| platform::holders(&[key])).unwrap_or_default();
        holders.into_iter().map(|holder| holder.pid).filter(|pid| *pid != me).flatten().collect()
    };
    let mut beside_it = pids(beside(path, "-shm"));
    if !beside_it.is_empty() {
        let of_the_book = pids(path.to_owned());
        beside_it.retain(|pid| !of_the_book.contains(pid));
    }
    beside_it
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

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;
    use crate::store::Book;

    /// F102
    #[test]
    fn a_book_that_grew_since_it_was_looked_at_is_not_called_cut_off() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("shop.db");
        Book::create(&path).unwrap().close().unwrap();
        let whole = fs::read(&path).unwrap();
        let (most, last) = whole.split_at(whole.len() - 4_096);
        fs::write(&path, most).unwrap();
        let looked = look(&path).unwrap();
        fs::OpenOptions::new().append(true).open(&path).unwrap().write_all(last).unwrap();
        looked.check_head().unwrap();
        fs::write(&path, most).unwrap();
        assert_eq!(*look(&path).unwrap().check_head().unwrap_err().kind(), StoreFault::Truncated);
    }
}
