//! Books are opened, made, brought back and kept: what happens around a desk rather than at it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::action::Action;
use super::actions::shop::ShopDraft;
use super::desk::Desk;
use super::operator::Operator;
use super::outside::Outside;
use super::refusal::Result;
use crate::store::{Access, Book, StoreFault, backup, restore};

pub use crate::store::restore::Restored;

/// What is said of a file that was copied or moved while its book was open.
pub const LACKS_ITS_LOG: &str = "This file was copied or moved while its book was open, so the last changes may be missing. Compare it with the book it came from before you go on.";

/// Opens the book at `path` and sits down at it.
pub fn open(path: &Path, access: Access, outside: &Arc<dyn Outside>, operator: &Operator) -> Result<Desk> {
    let book = Book::open(path, access, outside.now())?;
    Desk::new(book, Arc::clone(outside), operator.clone())
}

/// Makes the book of a new shop at `path` and sits down at it. What is refused leaves no file. A book that was made
/// there and never set up is used.
pub fn make(path: &Path, draft: &ShopDraft, outside: &Arc<dyn Outside>, operator: &Operator) -> Result<Desk> {
    let sit = |book| Desk::new(book, Arc::clone(outside), operator.clone());
    let set_up = |mut desk: Desk| desk.perform(Action::SetUp(Box::new(draft.clone()))).map(|_| desk);
    // Proved on a book in memory first.
    set_up(sit(Book::in_memory()?)?)?;
    match Book::create(path) {
        Ok(book) => {
            let path = book.path().to_owned();
            sit(book).and_then(set_up).inspect_err(|_| remove(&path))
        }
        Err(error) if *error.kind() == StoreFault::AlreadyThere => {
            // Only looked at: a book that stands is not even brought up to date by this.
            let is_blank = open(path, Access::ViewOnly, outside, operator).is_ok_and(|desk| !desk.is_set_up());
            if is_blank { set_up(open(path, Access::ReadWrite, outside, operator)?) } else { Err(error.into()) }
        }
        Err(error) => Err(error.into()),
    }
}

/// Removes a book that was made a moment ago and never set up.
fn remove(book: &Path) {
    for suffix in ["", "-wal", "-shm"] {
        let mut name = book.as_os_str().to_owned();
        name.push(suffix);
        // What cannot be removed is refused in words when the name is wanted again.
        drop(std::fs::remove_file(name));
    }
}

/// Puts the backup `from` in the place of the book `to`; the file that was there is kept aside.
pub fn bring_back(from: &Path, to: &Path, now: DateTime<Utc>) -> Result<Restored> {
    Ok(restore::restore(from, to, now)?)
}

/// Where the backups of the book at `path` lie.
pub fn backups_of(path: &Path) -> PathBuf {
    backup::folder_beside(path)
}

/// The bytes that may still be written beside the book, where they are few.
pub fn little_room(path: &Path) -> Option<u64> {
    crate::store::free_space(path).ok().filter(|free| *free < crate::store::LOW_SPACE)
}

impl Desk {
    /// A verified copy of the book as it is now: at `to`, else among its backups, named by the moment.
    pub fn back_up(&self, to: Option<&Path>) -> Result<PathBuf> {
        let made = match to {
            Some(to) => backup::backup(self.book(), to),
            None => backup::backup_beside(self.book(), self.outside().now()),
        };
        Ok(made?)
    }

    /// The verified backup of the day, where one is due; when the newest one was made.
    pub fn back_up_if_due(&self) -> Result<Option<DateTime<Utc>>> {
        let folder = backups_of(self.book().path());
        backup::daily(self.book(), &folder, self.outside().now())?;
        Ok(backup::newest_made(&folder, self.book().path()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::calendar::local_date;
    use chrono::NaiveDate;
    use chrono_tz::Tz;

    #[derive(Debug)]
    struct Noon;

    impl Outside for Noon {
        fn now(&self) -> DateTime<Utc> {
            "2026-03-31T12:00:00Z".parse().unwrap()
        }

        fn today(&self, zone: Tz) -> NaiveDate {
            local_date(self.now(), zone)
        }

        fn salt(&self) -> String {
            "salt".into()
        }
    }

    fn sit(path: &Path, draft: &ShopDraft) -> Result<Desk> {
        let outside: Arc<dyn Outside> = Arc::new(Noon);
        make(path, draft, &outside, &Operator { name: "mia".into(), host: "here".into(), pid: 1 })
    }

    #[test]
    fn a_shop_that_cannot_be_leaves_no_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("shop.db");
        let draft = ShopDraft { name: "Harbour".into(), currency: "dollars".into(), ..ShopDraft::default() };
        assert_eq!(sit(&path, &draft).err().unwrap().refusal().unwrap().field, Some("currency"));
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    }

    #[test]
    fn a_book_that_was_never_set_up_is_used_and_one_that_was_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("shop.db");
        Book::create(&path).unwrap().close().unwrap();
        let draft = ShopDraft { name: "Harbour".into(), currency: "EUR".into(), ..ShopDraft::default() };
        drop(sit(&path, &draft).unwrap());
        assert_eq!(sit(&path, &draft).err().unwrap().fault(), Some(&StoreFault::AlreadyThere));
    }

    #[test]
    fn a_made_book_is_kept_once_and_brought_back() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("shop.db");
        let draft = ShopDraft { name: "Harbour".into(), currency: "EUR".into(), ..ShopDraft::default() };
        let desk = sit(&path, &draft).unwrap();
        assert_eq!(desk.back_up_if_due().unwrap(), Some(Noon.now()));
        assert_eq!(desk.back_up_if_due().unwrap(), Some(Noon.now()));
        drop(desk);
        let backup = std::fs::read_dir(backups_of(&path)).unwrap().next().unwrap().unwrap().path();
        let restored = bring_back(&backup, &path, Noon.now()).unwrap();
        assert!(restored.kept.is_some_and(|kept| kept.exists()));
        let outside: Arc<dyn Outside> = Arc::new(Noon);
        let mia = Operator { name: "mia".into(), host: "here".into(), pid: 1 };
        assert_eq!(open(&path, Access::ReadWrite, &outside, &mia).unwrap().shop().unwrap().name, "Harbour");
    }
}
