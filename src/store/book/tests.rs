//! What an open book promises.

use chrono::DateTime;
use rusqlite::config::DbConfig;

use super::*;
use crate::store::Value;

const NOTE: &str = "INSERT INTO book_state (key, value) VALUES (?1, ?2)";

fn count(book: &Book) -> Option<i64> {
    book.read(|db| {
        db.one("SELECT COUNT(*) FROM book_state WHERE key NOT IN ('unclean_end', 'log_mark')", &[], |row| row.int(0))
    })
    .unwrap()
}

fn note(book: &Book, key: &str, value: &str) -> Result<usize> {
    book.write(|db| db.execute(NOTE, &[key.into(), value.into()]))
}

#[test]
fn a_write_is_read_back_and_a_failed_one_leaves_nothing() {
    let book = Book::in_memory().unwrap();
    let before = count(&book);
    assert_eq!(note(&book, "a", "Ann").unwrap(), 1);
    let ask = |db: &Db| db.one("SELECT value FROM book_state WHERE key = ?1", &[Value::from("a")], |row| row.text(0));
    assert_eq!(book.read(ask).unwrap().as_deref(), Some("Ann"));
    let failed: Result<()> = book.write(|db| {
        db.execute(NOTE, &["b".into(), "Bob".into()])?;
        Err(StoreError::refused("no"))
    });
    assert_eq!(failed.unwrap_err().refusal(), Some("no"));
    assert_eq!(count(&book), before.map(|count| count + 1));
    assert!(book.connection().is_autocommit());
}

#[test]
fn a_panic_inside_a_write_leaves_nothing_and_the_book_goes_on() {
    let book = Book::in_memory().unwrap();
    let before = count(&book);
    let work = std::panic::AssertUnwindSafe(|| {
        book.write(|db| -> Result<()> {
            db.execute(NOTE, &["b".into(), "Bob".into()])?;
            panic!("planted")
        })
    });
    assert!(std::panic::catch_unwind(work).is_err());
    assert_eq!(count(&book), before);
    note(&book, "c", "Cid").unwrap();
}

#[test]
fn no_write_slips_through_a_read() {
    let book = Book::in_memory().unwrap();
    for sql in ["DELETE FROM book_state", "DELETE FROM book_state RETURNING value", "PRAGMA user_version = 9"] {
        let error = book.read(|db| db.one(sql, &[], |_| Ok(()))).unwrap_err();
        assert_eq!((error.kind(), error.refusal()), (&StoreFault::Broken, None), "{sql}");
    }
    assert!(book.connection().is_autocommit());
}

#[test]
fn the_schema_s_no_is_a_refusal_and_names_the_statement_in_the_log() {
    let book = Book::in_memory().unwrap();
    note(&book, "a", "Ann").unwrap();
    let error = note(&book, "a", "Bob").unwrap_err();
    assert_eq!(error.refusal(), Some("UNIQUE constraint failed: book_state.key"));
    assert!(error.detail().contains("INSERT INTO book_state"), "{}", error.detail());
    assert!(!error.detail().contains("Bob"));
    let long = "x".repeat(33 << 20);
    assert_eq!(note(&book, "b", &long).unwrap_err().refusal(), Some("This is too long for the book."));
}

#[test]
fn a_full_disk_refuses_one_write_and_the_book_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let book = Book::create(&folder.path().join("shop.db")).unwrap();
    let before = count(&book);
    let pages: i64 = book.connection().query_row("PRAGMA page_count", [], |row| row.get(0)).unwrap();
    book.connection().execute_batch(&format!("PRAGMA max_page_count = {pages}")).unwrap();
    let error = note(&book, "a", &"x".repeat(100_000)).unwrap_err();
    assert_eq!(*error.kind(), StoreFault::DiskFull);
    assert_eq!(count(&book), before);
    book.connection().execute_batch("PRAGMA max_page_count = 1000000").unwrap();
    note(&book, "a", &"x".repeat(100_000)).unwrap();
}

#[test]
fn after_a_failed_disk_nothing_is_written_until_the_book_is_opened_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("shop.db");
    let book = Book::create(&path).unwrap();
    note(&book, "a", "Ann").unwrap();
    let failed: Result<()> = book.write(|_| {
        let code = rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_IOERR_FSYNC);
        Err(book.named(rusqlite::Error::SqliteFailure(code, None).into()))
    });
    assert_eq!(*failed.unwrap_err().kind(), StoreFault::Stopped);
    assert_eq!(*note(&book, "b", "Bob").unwrap_err().kind(), StoreFault::Stopped);
    let before = count(&book);
    drop(book);
    assert!(
        crate::store::names::beside(&path, "-wal").metadata().unwrap().len() > 0,
        "the log is left for the next opening"
    );
    let book = Book::open(&path, Access::ReadWrite, DateTime::UNIX_EPOCH).unwrap();
    assert!(book.opening().was_unclean);
    assert_eq!(count(&book), before);
    note(&book, "b", "Bob").unwrap();
}

/// F118
#[test]
fn a_disk_that_is_full_at_the_commit_says_not_saved_only_where_that_is_sure() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("shop.db");
    let book = Book::create(&path).unwrap();
    note(&book, "a", "Ann").unwrap();
    let full = || {
        let code = rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_FULL);
        StoreError::from(rusqlite::Error::SqliteFailure(code, None))
    };
    assert_eq!(*book.not_committed(full()).kind(), StoreFault::DiskFull, "the log is empty now");
    note(&book, "b", "Bob").unwrap();
    let reader = book.again().unwrap();
    reader.connection().execute_batch("BEGIN; SELECT COUNT(*) FROM book_state").unwrap();
    note(&book, "c", "Cid").unwrap();
    let error = book.not_committed(full());
    assert_eq!(*error.kind(), StoreFault::Unsure, "somebody reads out of the log");
    assert!(error.to_string().contains("may not be saved"), "{error}");
    assert_eq!(*note(&book, "d", "Dan").unwrap_err().kind(), StoreFault::Stopped);
}

/// F118
#[test]
fn no_fault_at_the_commit_says_that_the_step_was_not_saved_where_it_may_be() {
    let folder = tempfile::tempdir().unwrap();
    for code in [
        rusqlite::ffi::SQLITE_NOMEM,
        rusqlite::ffi::SQLITE_CANTOPEN,
        rusqlite::ffi::SQLITE_IOERR_WRITE,
        rusqlite::ffi::SQLITE_INTERNAL,
    ] {
        let book = Book::create(&folder.path().join(format!("{code}.db"))).unwrap();
        let failed = rusqlite::Error::SqliteFailure(rusqlite::ffi::Error::new(code), None);
        let error = book.not_committed(failed.into());
        assert!(error.to_string().contains("may not be saved"), "{code}: {error}");
        assert_eq!(*note(&book, "a", "Ann").unwrap_err().kind(), StoreFault::Stopped);
    }
}

#[test]
fn the_connection_is_set_as_the_docs_say() {
    let folder = tempfile::tempdir().unwrap();
    let book = Book::create(&folder.path().join("shop.db")).unwrap();
    for (pragma, expected) in [
        ("journal_mode", "wal"),
        ("synchronous", "2"),
        ("foreign_keys", "1"),
        ("recursive_triggers", "1"),
        ("trusted_schema", "0"),
        ("cell_size_check", "1"),
        ("secure_delete", "1"),
        ("temp_store", "2"),
        ("busy_timeout", "5000"),
        ("application_id", "1380273748"),
    ] {
        let sql = format!("SELECT CAST({pragma} AS TEXT) FROM pragma_{pragma}");
        let sql = if pragma == "busy_timeout" { "SELECT CAST(timeout AS TEXT) FROM pragma_busy_timeout" } else { &sql };
        let found: String = book.connection().query_row(sql, [], |row| row.get(0)).unwrap();
        assert_eq!(found, expected, "{pragma}");
    }
    assert!(book.connection().db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE).unwrap());
    assert!(book.connection().prepare("SELECT \"no such column\"").is_err(), "double quotes are names only");
}

#[test]
fn a_stopped_statement_says_so_and_the_book_goes_on() {
    let book = Book::in_memory().unwrap();
    let stopper = book.stopper();
    let endless = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT COUNT(*) FROM n";
    let error = std::thread::scope(|scope| {
        scope.spawn(|| {
            std::thread::sleep(Duration::from_millis(100));
            stopper.stop();
        });
        book.read(|db| db.one(endless, &[], |row| row.int(0))).unwrap_err()
    });
    assert_eq!(*error.kind(), StoreFault::Interrupted);
    note(&book, "a", "Ann").unwrap();
}
