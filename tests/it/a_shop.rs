//! A shop's folder with a book in it, and other programs that use it.

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use rentbook::store::{Access, Book, Db, Result, StoreError};
use rusqlite::Connection;
use tempfile::TempDir;

pub fn now() -> DateTime<Utc> {
    "2026-03-31T18:00:00Z".parse().unwrap()
}

/// A folder with a closed book in it that holds one note.
pub fn shop() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().canonicalize().unwrap().join("shop.db");
    let book = Book::create(&path).unwrap();
    note(&book, "first").unwrap();
    book.close().unwrap();
    (folder, path)
}

pub fn note(book: &Book, key: &str) -> Result<usize> {
    book.write(|db| db.execute("INSERT INTO book_state (key, value) VALUES (?1, 'x')", &[key.into()]))
}

pub fn has(book: &Book, key: &str) -> bool {
    let ask = |db: &Db| db.one("SELECT 1 FROM book_state WHERE key = ?1", &[key.into()], |row| row.int(0));
    book.read(ask).unwrap().is_some()
}

pub fn open(path: &Path) -> Result<Book> {
    Book::open(path, Access::ReadWrite, now())
}

pub fn fault(path: &Path) -> StoreError {
    open(path).err().expect("it opened")
}

#[expect(clippy::disallowed_methods, reason = "another program, which knows nothing of our rules")]
pub fn other_program(path: &Path) -> Connection {
    Connection::open(path).unwrap()
}

pub fn names(folder: &Path) -> BTreeSet<String> {
    fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

pub fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

/// Starts one test of this binary again as another program; it finds `path` and `how` by [`other_half`].
pub fn ourselves(test: &str, path: &Path, how: &str) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--ignored", "--exact", test])
        .env("RENTBOOK_TEST_PATH", path)
        .env("RENTBOOK_TEST_HOW", how)
        .stdout(Stdio::null())
        .spawn()
        .unwrap()
}

/// What [`ourselves`] was told; `None` where somebody runs the ignored tests by hand.
pub fn other_half() -> Option<(PathBuf, String)> {
    Some((std::env::var_os("RENTBOOK_TEST_PATH")?.into(), std::env::var("RENTBOOK_TEST_HOW").ok()?))
}

/// Another program that holds the book; returns when it does.
pub fn hold(path: &Path, how: &str) -> Child {
    let held = path.with_extension("held");
    let child = ourselves("sharing::holds_a_book_for_another_test", path, how);
    let start = Instant::now();
    while !held.exists() {
        assert!(start.elapsed() < Duration::from_secs(20), "the other program does not hold the book");
        std::thread::sleep(Duration::from_millis(5));
    }
    fs::remove_file(&held).unwrap();
    child
}

pub fn end(mut child: Child) {
    child.kill().unwrap();
    child.wait().unwrap();
}
