//! Books of older versions: they open, with a backup of what they were, keep every row, and go on.
//!
//! `version_N.sql` holds the rows of a small book as that version wrote them.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rentbook::domain::text::fold;
use rentbook::services::pass::PassOptions;
use rentbook::services::{Access, Action, Book, Desk, Outside};
use rusqlite::Connection;
use rusqlite::config::DbConfig;
use rusqlite::functions::FunctionFlags;

use crate::a_shop::other_program;
use crate::fixture::{Hand, operator};

/// The first schema or the step to a version, and the rows of a book of it.
const VERSIONS: &[(&str, &str)] = &[
    (include_str!("../../../src/store/migrations/0001_schema.sql"), include_str!("version_1.sql")),
    (include_str!("../../../src/store/migrations/0002_what_goes_back.sql"), include_str!("version_2.sql")),
    (include_str!("../../../src/store/migrations/0003_what_the_counter_found.sql"), include_str!("version_3.sql")),
];

/// The mark of a book in its file.
const APPLICATION_ID: i64 = 1_380_273_748;

/// The book of version `number` as a file.
fn laid(folder: &Path, number: usize) -> PathBuf {
    let path = folder.join(format!("version {number}.db"));
    let file = other_program(&path);
    file.pragma_update(None, "journal_mode", "wal").unwrap();
    file.create_scalar_function("fold", 1, FunctionFlags::SQLITE_UTF8, |call| Ok(fold(&call.get::<String>(0)?)))
        .unwrap();
    for (schema, _) in &VERSIONS[..number] {
        file.execute_batch(schema).unwrap();
    }
    let rows = VERSIONS[number - 1].1;
    // The rows come as they were, not as they came to be.
    file.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false).unwrap();
    file.pragma_update(None, "foreign_keys", false).unwrap();
    file.execute_batch(rows).unwrap();
    file.pragma_update(None, "application_id", APPLICATION_ID).unwrap();
    file.pragma_update(None, "user_version", i64::try_from(number).unwrap()).unwrap();
    path
}

fn desk(path: &Path, today: &str) -> Desk {
    let hand = Hand::at(today);
    let book = Book::open(path, Access::ReadWrite, hand.now()).unwrap();
    Desk::new(book, Arc::new(hand), operator("mia")).unwrap()
}

fn texts(desk: &Desk, sql: &str) -> Vec<String> {
    desk.read(|db| db.all(sql, &[], |row| row.text(0))).unwrap()
}

/// How many rows each table holds.
fn counts(file: &Connection) -> Vec<(String, i64)> {
    let tables = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name";
    let mut names = file.prepare(tables).unwrap();
    let names: Vec<String> = names.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    let count = |name: String| {
        let rows = file.query_row(&format!("SELECT COUNT(*) FROM {name}"), [], |row| row.get(0)).unwrap();
        (name, rows)
    };
    names.into_iter().map(count).collect()
}

#[test]
fn a_book_of_every_older_version_opens_keeps_its_rows_and_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    for number in 1..=VERSIONS.len() {
        let path = laid(folder.path(), number);
        let before = counts(&other_program(&path));
        let mut desk = desk(&path, "2024-02-06");
        let after = counts(&other_program(&path));
        // What the program notes of the file itself may grow, and a step seals every row anew.
        let of_the_file = ["book_state", "row_seal", "seal"];
        for (table, rows) in before.into_iter().filter(|(table, _)| !of_the_file.contains(&table.as_str())) {
            assert!(after.contains(&(table.clone(), rows)), "version {number}: rows of {table}");
        }
        assert!(desk.check_deep().unwrap().ok, "version {number}: {:#?}", desk.check_deep().unwrap().violations);
        desk.run_pass(&PassOptions::default()).unwrap();
        // The book of version 2 has a step to take back, that of version 1 has none.
        assert_eq!(desk.perform(Action::Undo(None)).is_ok(), number > 1, "version {number}");
        assert!(desk.check_deep().unwrap().ok, "version {number}");
    }
}

#[test]
fn a_book_of_version_1_says_when_an_invoice_was_voided_and_finds_its_messages() {
    let folder = tempfile::tempdir().unwrap();
    let desk = desk(&laid(folder.path(), 1), "2024-02-06");
    let voided = "SELECT number || ' ' || voided_on FROM invoice WHERE state = 'void'";
    assert_eq!(texts(&desk, voided), ["2024-0003 2024-01-20"]);
    let found = "SELECT search_key FROM outbox_message";
    assert_eq!(texts(&desk, found), ["ap@brightside.example invoice 2024-0003 from harbour"]);
    assert_eq!(texts(&desk, "SELECT state || ' ' || amount_minor FROM deposit"), ["held 10000"]);
}

/// F107
#[test]
fn six_programs_that_open_an_older_book_at_once_all_open_it_and_leave_one_copy() {
    let folder = tempfile::tempdir().unwrap();
    let path = laid(folder.path(), 1);
    let start = std::sync::Barrier::new(6);
    std::thread::scope(|scope| {
        let opened: Vec<_> = (0..6)
            .map(|_| {
                scope.spawn(|| {
                    start.wait();
                    let book = Book::open(&path, Access::ReadWrite, Hand::at("2026-12-01").now()).unwrap();
                    book.opening().backup.clone()
                })
            })
            .collect();
        let copies: Vec<_> = opened.into_iter().filter_map(|thread| thread.join().unwrap()).collect();
        assert_eq!(copies.len(), 1, "{copies:?}");
    });
    let left = std::fs::read_dir(folder.path().join("backups")).unwrap().count();
    assert_eq!(left, 1);
}

#[test]
fn the_lines_of_an_older_book_keep_their_serial_numbers_beside_their_text() {
    let folder = tempfile::tempdir().unwrap();
    let desk = desk(&laid(folder.path(), 2), "2024-02-06");
    let others = "SELECT DISTINCT text FROM payment WHERE text LIKE '% (SN %)' AND serial = ''";
    assert_eq!(texts(&desk, others), ["Tent, Tent (SN edition)"], "a name is no serial number");
    let known = "SELECT CAST(COUNT(*) AS TEXT) FROM payment WHERE serial <> '' AND text LIKE '%(SN ' || serial || ')'";
    assert_ne!(texts(&desk, known), ["0"]);
}
