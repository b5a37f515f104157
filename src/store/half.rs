//! A book in the making: written without waiting for the disk, flushed and named only when it is whole.
//!
//! A crash before that leaves no book, as with an empty one (see `create`).

use std::path::{Path, PathBuf};

use tempfile::TempPath;

use super::access::Mode;
use super::book::Book;
use super::error::Result;
use super::opening;
use super::{create, setup};

/// The file of a book that has no name yet; removed unless it is given one.
pub struct HalfBook {
    file: TempPath,
    path: PathBuf,
}

impl HalfBook {
    /// A new book meant for `path`, open for writing under a temporary name. Nothing waits for the disk, and nothing
    /// is rolled back: after a failed write both are to be dropped. For books filled with thousands of rows at once.
    pub fn begin(path: &Path) -> Result<(Book, Self)> {
        let (file, path) = create::begin(path)?;
        let book = opening::again(&file, Mode::Write).map_err(|error| error.at(&path))?.without_mark();
        setup::hurry(book.connection()).map_err(|error| error.at(&path))?;
        Ok((book, Self { file, path }))
    }

    /// Closes the book, flushes it to the disk and gives it its name; the path with all links of its folder resolved.
    pub fn finish(self, book: Book) -> Result<PathBuf> {
        setup::end_hurry(book.connection())?;
        book.optimise();
        create::fold_whole(book.connection()).map_err(|error| error.at(&self.path))?;
        drop(book);
        create::prove_whole(&self.file).map_err(|error| error.at(&self.path))?;
        create::give_name(self.file, &self.path).map_err(|error| error.at(&self.path))?;
        Ok(self.path)
    }
}

#[cfg(test)]
mod tests {
    use chrono::Utc;

    use super::super::Access;
    use super::*;

    #[test]
    fn a_book_in_the_making_appears_whole_or_not_at_all() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("shop.rentbook");
        let (book, half) = HalfBook::begin(&path).unwrap();
        book.write(|db| db.execute("INSERT INTO letterhead (content) VALUES ('x')", &[])).unwrap();
        assert!(!path.exists());
        half.finish(book).unwrap();
        // The head of the file says that it is written ahead.
        assert_eq!(std::fs::read(&path).unwrap()[18..20], [2, 2]);
        let book = Book::open(&path, Access::ReadWrite, chrono::DateTime::<Utc>::UNIX_EPOCH).unwrap();
        assert!(!book.opening().was_unclean);
        let found = book.read(|db| db.one("SELECT content FROM letterhead", &[], |row| row.text(0))).unwrap();
        assert_eq!(found.as_deref(), Some("x"));
        drop(book);

        let other = folder.path().join("other.rentbook");
        let (book, half) = HalfBook::begin(&other).unwrap();
        drop((book, half));
        let left: Vec<_> = std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert!(left.iter().all(|name| name.to_string_lossy().starts_with("shop.rentbook")), "{left:?}");
    }
}
