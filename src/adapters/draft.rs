//! What was half typed when the terminal went away: kept beside the book, read once.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Where the draft of the book at `book` lies.
fn place(book: &Path) -> PathBuf {
    let mut name = book.file_name().unwrap_or_default().to_owned();
    name.push(".draft");
    book.with_file_name(name)
}

/// Keeps it, readable for its owner alone. Nothing is kept of a book without a file.
pub fn keep(book: &Path, text: &str) -> io::Result<()> {
    if !book.is_file() {
        return Ok(());
    }
    let place = place(book);
    // A file of other rights that stands there already would keep them.
    match fs::remove_file(&place) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    write(&place, text)
}

#[cfg(unix)]
fn write(place: &Path, text: &str) -> io::Result<()> {
    use std::io::Write as _;
    use std::os::unix::fs::OpenOptionsExt as _;
    let mut file = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(place)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

#[cfg(not(unix))]
fn write(place: &Path, text: &str) -> io::Result<()> {
    fs::write(place, text)
}

/// Takes it: it is there once.
pub fn take(book: &Path) -> Option<String> {
    let place = place(book);
    let text = fs::read_to_string(&place).ok()?;
    fs::remove_file(&place).ok()?;
    Some(text).filter(|text| !text.is_empty())
}
