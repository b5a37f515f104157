//! Backups and the way back.

use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};

use super::desk::Desk;
use super::refusal::Result;
use crate::store::{backup, restore as way_back};

pub use crate::store::restore::Restored;

impl Desk {
    /// A verified copy of the book: at `to`, else among the backups beside the book.
    ///
    /// # Errors
    /// When the name is taken, the disk is too small, or the copy is not whole.
    pub fn back_up(&self, to: Option<&Path>) -> Result<PathBuf> {
        let made = match to {
            Some(to) => backup::backup(self.book(), to),
            None => backup::backup_beside(self.book(), self.outside().now()),
        };
        Ok(made?)
    }
}

/// Puts the backup `from` in the place of the book `to`; the old file is kept aside.
///
/// # Errors
/// With the fault of the backup, or `Locked` while somebody has the book open.
pub fn restore(from: &Path, to: &Path, now: DateTime<Utc>) -> Result<Restored> {
    Ok(way_back::restore(from, to, now)?)
}
