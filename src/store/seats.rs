//! Which books this process has open.
//!
//! Closing any descriptor of a file drops all POSIX locks the process has on it, SQLite's too
//! (sqlite.org/howtocorrupt.html, 2.2). So the head of a file is only looked at while nobody in this process has it
//! open, and the looking and the opening happen under one guard.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::platform::FileKey;

static TAKEN: Mutex<BTreeMap<FileKey, usize>> = Mutex::new(BTreeMap::new());

/// The guard: while it lives, no other thread opens a book.
pub(super) struct Seats(MutexGuard<'static, BTreeMap<FileKey, usize>>);

/// One open connection. Dropped after the connection is closed.
pub(super) struct Seat(FileKey);

/// Waits until no other thread is opening a book.
pub(super) fn guard() -> Seats {
    Seats(TAKEN.lock().unwrap_or_else(PoisonError::into_inner))
}

impl Seats {
    /// Whether this process has the file open.
    pub(super) fn is_taken(&self, file: FileKey) -> bool {
        self.0.contains_key(&file)
    }

    /// How many connections of this process the file has.
    pub(super) fn count(&self, file: FileKey) -> usize {
        self.0.get(&file).copied().unwrap_or(0)
    }

    /// Notes a connection to the file.
    pub(super) fn take(&mut self, file: FileKey) -> Seat {
        *self.0.entry(file).or_default() += 1;
        Seat(file)
    }
}

impl Seat {
    /// Which file it is.
    pub(super) fn key(&self) -> FileKey {
        self.0
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut seats = guard();
        if let Some(count) = seats.0.get_mut(&self.0) {
            *count -= 1;
            if *count == 0 {
                seats.0.remove(&self.0);
            }
        }
    }
}
