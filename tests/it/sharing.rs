//! Two programs, or two windows, and one book.

use std::fs;
use std::time::{Duration, Instant};

use rentbook::store::{Result, StoreFault};

use crate::a_shop::{end, fault, has, hold, note, open, other_half, other_program, shop};

#[test]
#[ignore = "the other half of the tests that call `hold`"]
fn holds_a_book_for_another_test() {
    let Some((path, how)) = other_half() else { return };
    let tell = || fs::write(path.with_extension("held"), "").unwrap();
    let stay = || std::thread::sleep(Duration::from_mins(1));
    if how == "exclusive" {
        let book = other_program(&path);
        book.execute_batch("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE").unwrap();
        tell();
        return stay();
    }
    let book = open(&path).unwrap();
    note(&book, "held").unwrap();
    if how == "open" {
        tell();
        return stay();
    }
    let long: Result<()> = book.write(|_| {
        tell();
        stay();
        Ok(())
    });
    long.unwrap();
}

#[test]
fn a_locked_book_says_by_whom_and_nobody_waits_longer_than_five_seconds() {
    let (_folder, path) = shop();
    for how in ["exclusive", "long write"] {
        let child = hold(&path, how);
        let start = Instant::now();
        let error = if how == "exclusive" {
            fault(&path)
        } else {
            let book = open(&path).unwrap();
            assert!(has(&book, "held"), "reading goes on beside a writer");
            note(&book, "mine").unwrap_err()
        };
        let waited = start.elapsed();
        assert!(waited > Duration::from_secs(4) && waited < Duration::from_secs(7), "{how}: {waited:?}");
        let StoreFault::Locked { pid, user } = error.kind() else { panic!("{how}: {error} {}", error.detail()) };
        if cfg!(target_os = "linux") {
            assert_eq!(*pid, Some(child.id()), "{how}: {error}");
            assert!(user.as_ref().is_some_and(|user| error.to_string().contains(user)), "{how}: {error}");
        }
        end(child);
        note(&open(&path).unwrap(), "after").unwrap();
        open(&path)
            .unwrap()
            .write(|db| db.execute("DELETE FROM book_state WHERE key IN ('after', 'held')", &[]))
            .unwrap();
    }
}

#[test]
fn of_two_writers_the_second_waits_and_both_are_saved() {
    let (_folder, path) = shop();
    let first = open(&path).unwrap();
    let second = first.again().unwrap();
    let version = first.data_version().unwrap();
    let waited = std::thread::scope(|scope| {
        let (tell, told) = std::sync::mpsc::channel();
        let other = scope.spawn(move || {
            told.recv().unwrap();
            let start = Instant::now();
            note(&second, "b").unwrap();
            start.elapsed()
        });
        let slow: Result<()> = first.write(|db| {
            tell.send(()).unwrap();
            std::thread::sleep(Duration::from_millis(500));
            db.execute("INSERT INTO book_state (key, value) VALUES ('a', 'x')", &[])?;
            Ok(())
        });
        slow.unwrap();
        other.join().unwrap()
    });
    assert!(waited > Duration::from_millis(300) && waited < Duration::from_secs(5), "{waited:?}");
    assert!(has(&first, "a") && has(&first, "b"));
    assert_ne!(first.data_version().unwrap(), version);
}

#[test]
fn a_read_sees_one_moment() {
    let (_folder, path) = shop();
    let (reader, writer) = (open(&path).unwrap(), open(&path).unwrap());
    let count = "SELECT COUNT(*) FROM book_state";
    let seen: Result<_> = reader.read(|db| {
        let before = db.one(count, &[], |row| row.int(0))?;
        note(&writer, "between")?;
        Ok((before, db.one(count, &[], |row| row.int(0))?))
    });
    let (before, after) = seen.unwrap();
    assert_eq!(before, after);
    assert!(has(&reader, "between"));
}
