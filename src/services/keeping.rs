//! A book made, copied, and brought back.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::action::Action;
use super::actions::shop::ShopDraft;
use super::desk::Desk;
use super::done::Done;
use super::operator::Operator;
use super::outside::Outside;
use super::refusal::Result;
use crate::store::{HalfBook, backup, restore as way_back};

pub use crate::store::restore::Restored;

/// Makes a book at `path` with a shop in it; where it lies, links resolved. The name appears only when the book is
/// whole: a shop that is refused leaves nothing behind.
///
/// # Errors
/// Refused when the shop cannot be like that; broken when the name is taken or the disk fails.
pub fn found(path: &Path, shop: ShopDraft, outside: Arc<dyn Outside>, operator: Operator) -> Result<(PathBuf, Done)> {
    let (book, half) = HalfBook::begin(path)?;
    let mut desk = Desk::new(book, outside, operator)?;
    let done = desk.perform(Action::SetUp(Box::new(shop)))?;
    Ok((half.finish(desk.leave())?, done))
}

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
