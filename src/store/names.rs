//! Names around a book: its folder, and what SQLite lays beside it.

use std::path::{Path, PathBuf};

/// The folder of `path`; the current one when it names none.
pub(super) fn parent(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// A name beside the book, as SQLite builds it: `book.db` + `-wal`.
pub(super) fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}
