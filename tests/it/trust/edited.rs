//! A book edited past the program: every cell of every used column changed once, rows taken out and put in, the schema
//! changed. The deep check has to see it; what it cannot see is named here, with why. (F110)

use std::path::{Path, PathBuf};

use chrono::Days;
use rentbook::demo::{DemoOptions, make};
use rentbook::services::Desk;
use rentbook::services::check::Violation;
use rentbook::store::{StoreError, check, check_deep};
use rusqlite::Connection;
use rusqlite::config::DbConfig;
use rusqlite::types::Value;
use tempfile::TempDir;

use crate::a_shop::other_program;
use crate::fixture::date;

use super::kill::desk;

/// Columns that nothing proves, and why.
const NOT_COVERED: &[&str] = &[
    // What tells the ledger in memory where to read on.
    "change.seq",
    "change.kind",
    "change.row_id",
    // How often it was saved; everything else of it is sealed or proved.
    "invoice.version",
    // Where the pass stands.
    "pass_state.id",
    "pass_state.last_run_on",
    "pass_state.last_run_at",
    "payment.version",
];

fn book() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("shop.db");
    let options = DemoOptions { customers: 8, months: 4, seed: 3 };
    make(&path, date("2025-06-30"), options, &mut |_, _| true).unwrap();
    (folder, path)
}

/// Another program that minds nothing.
fn vandal(path: &Path) -> Connection {
    let file = other_program(path);
    file.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false).unwrap();
    file.execute_batch("PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON").unwrap();
    file
}

/// What the rules find, without what SQLite itself says of the file.
fn found(desk: &Desk) -> Vec<String> {
    let found = desk.read(|db| {
        let mut found = check::violations(db, &mut || Ok(()))?;
        found.extend(check_deep::violations(db)?);
        let orphans = "SELECT \"table\" FROM pragma_foreign_key_check";
        found.extend(db.all(orphans, &[], |row| Ok(Violation { name: row.text(0)?, count: 1, examples: Vec::new() }))?);
        Ok::<_, StoreError>(found)
    });
    found.unwrap().iter().map(|one| format!("{}: {:?}", one.name, one.examples)).collect()
}

fn texts(file: &Connection, sql: &str) -> Vec<String> {
    let mut statement = file.prepare(sql).unwrap();
    statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
}

/// Something else of the same kind.
fn other(value: &Value) -> Value {
    match value {
        Value::Integer(number @ (0 | 1)) => Value::Integer(1 - number),
        Value::Integer(number) => Value::Integer(number + 1_000_000),
        Value::Text(text) => match text.parse::<chrono::NaiveDate>() {
            Ok(day) => Value::Text((day + Days::new(1)).to_string()),
            Err(_) => Value::Text(format!("{text}x")),
        },
        Value::Blob(bytes) => Value::Blob([bytes.as_slice(), b"x"].concat()),
        other => other.clone(),
    }
}

#[test]
fn a_cell_edited_past_the_program_is_found() {
    let (_folder, path) = book();
    let desk = desk(&path);
    assert_eq!(found(&desk), Vec::<String>::new());
    let file = vandal(&path);
    let tables = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name";
    let (mut unseen, mut tried) = (Vec::new(), 0);
    for table in texts(&file, tables) {
        for column in texts(&file, &format!("SELECT name FROM pragma_table_info('{table}')")) {
            let cell = format!("SELECT rowid, {column} FROM {table} WHERE {column} <> '' ORDER BY rowid DESC LIMIT 1");
            let Ok((row, value)) =
                file.query_row(&cell, [], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, Value>(1)?)))
            else {
                continue;
            };
            let set = format!("UPDATE {table} SET {column} = ?1 WHERE rowid = ?2");
            let changed = other(&value);
            let Ok(1) = file.execute(&set, (&changed, row)) else { continue };
            tried += 1;
            if found(&desk).is_empty() {
                unseen.push(format!("{table}.{column}"));
            }
            // The number of the row itself may have been what was changed.
            let back = format!("UPDATE {table} SET {column} = ?1 WHERE {column} = ?2 AND (rowid = ?3 OR rowid = ?2)");
            assert_eq!(file.execute(&back, (&value, &changed, row)), Ok(1), "{table}.{column}");
        }
    }
    assert_eq!(found(&desk), Vec::<String>::new());
    assert_eq!(unseen, NOT_COVERED, "of {tried} columns");
}

/// What somebody does to a book, and a word of what is found.
const CRIMES: &[(&str, &str)] = &[
    // Of the shop and its papers.
    ("UPDATE shop SET iban = 'DE02120300000000202051'", "as it was saved: [\"shop 1\"]"),
    ("UPDATE letterhead SET content = replace(content, 'a', 'e') WHERE id = 1", "letterhead 1"),
    ("UPDATE invoice SET payer_name = 'Somebody Else' WHERE number_seq = 1", "invoice 1 of"),
    ("UPDATE invoice SET invoiced_on = date(invoiced_on, '-1 day') WHERE number_seq = 2", "invoice 2 of"),
    (
        "UPDATE payment SET text = 'Other thing' WHERE invoice_id = (SELECT MIN(id) FROM invoice WHERE number IS NOT NULL)",
        "invoice",
    ),
    // Of contracts.
    ("UPDATE subscription SET price_minor = price_minor - 100 WHERE id = 1", "subscription 1"),
    ("UPDATE subscription SET end_on = date(end_on, '-1 month') WHERE id = 2", "subscription 2"),
    (
        "UPDATE subscription SET next_start_on = date(next_start_on, '+1 month') WHERE id = (SELECT MAX(id) FROM subscription WHERE next_start_on IS NOT NULL)",
        "subscription",
    ),
    ("UPDATE order_item SET deposit_minor = 0, price_minor = 1 WHERE id = 1", "order item 1"),
    ("INSERT INTO pause (subscription_id, from_on, to_on) VALUES (1, '2024-03-01', '2024-04-01')", "pause 1"),
    ("DELETE FROM note WHERE id = (SELECT MAX(id) FROM note)", "note"),
    // Rows taken out, whole families of them.
    (
        "DELETE FROM allocation WHERE receipt_id = (SELECT MAX(id) FROM receipt); DELETE FROM refund WHERE receipt_id = (SELECT MAX(id) FROM receipt); \
         DELETE FROM receipt WHERE id = (SELECT MAX(id) FROM receipt); UPDATE number_series SET last = last - 1 WHERE kind = 'receipt'",
        "as it was saved",
    ),
    (
        "DELETE FROM payment WHERE invoice_id = (SELECT MAX(id) FROM invoice WHERE number IS NOT NULL); \
         DELETE FROM invoice WHERE id = (SELECT MAX(id) FROM invoice WHERE number IS NOT NULL); \
         UPDATE number_series SET last = last - 1 WHERE kind = 'invoice'",
        "as it was saved",
    ),
    ("DELETE FROM activity_text; DELETE FROM activity WHERE id = (SELECT MAX(id) FROM activity)", "activity"),
    ("DELETE FROM seal WHERE id = (SELECT MAX(id) FROM seal)", "one unbroken chain: [\"the newest seal\"]"),
    ("DELETE FROM seal", "saved by this program"),
    (
        "UPDATE seal SET covers = replace(covers, 'receipt', 'refund') WHERE covers LIKE '%receipt%'",
        "one unbroken chain",
    ),
    ("DELETE FROM row_seal WHERE kind = 'customer'", "saved by this program"),
    // Rows put in.
    (
        "INSERT INTO customer (kind, last_name, class_id, currency, joined_on, sort_key, search_key) \
         SELECT kind, 'Ghost', class_id, currency, joined_on, 'ghost', 'ghost' FROM customer WHERE id = 1",
        "saved by this program: [\"customer",
    ),
    (
        "INSERT INTO payment_change (payment_id, from_status, to_status, changed_on, activity_id) \
         SELECT id, 'pending', 'failed', due_on, 1 FROM payment LIMIT 1",
        "saved by this program: [\"payment change",
    ),
    // Money moved.
    (
        "INSERT INTO refund (receipt_id, currency, amount_minor, refunded_on, reason, activity_id) \
         SELECT id, currency, 100, received_on, 'gift', 1 FROM receipt LIMIT 1",
        "saved by this program: [\"refund",
    ),
    (
        "UPDATE deposit SET state = 'returned', closed_on = '2025-06-01' WHERE id = (SELECT MIN(id) FROM deposit WHERE state = 'held')",
        "deposit",
    ),
    ("UPDATE receipt SET received_on = date(received_on, '-1 day') WHERE id = 1", "receipt"),
    ("UPDATE receipt SET reference = 'other', reference_key = 'other' WHERE id = 2", "receipt"),
    ("UPDATE allocation SET activity_id = 1 WHERE id = 1", "allocation"),
    (
        "UPDATE payment SET status = 'failed' WHERE id = (SELECT MIN(id) FROM payment WHERE status = 'pending' AND invoice_id IS NOT NULL)",
        "newest change or money",
    ),
    ("UPDATE receipt SET cleared_on = date(cleared_on, '+1 day') WHERE id = 1", "receipt 1"),
    // The log, and who did it.
    ("UPDATE activity SET operator = 'somebody' WHERE id = 3", "unbroken chain"),
    ("UPDATE activity SET host = 'elsewhere' WHERE id = 3", "of activity"),
    ("UPDATE activity SET is_undoable = 1 - is_undoable WHERE id = 3", "of activity"),
    ("INSERT INTO operator (name, role) VALUES ('thief', 'manager')", "operator 1"),
    ("UPDATE collection_policy SET late_fee_minor = 0, terms_days = 365", "the table collection_policy"),
    (
        "INSERT INTO message_template (kind, language, subject, body) VALUES ('invoice', 'en', 'x', 'pay me')",
        "message_template",
    ),
    ("UPDATE variant SET price_minor = 1 WHERE id = 1", "variant 1"),
    ("UPDATE asset SET cost_minor = 1 WHERE id = 1", "asset 1"),
    // The rules themselves.
    ("DROP TRIGGER allocation_frozen", "rules are those of this program: [\"trigger allocation_frozen\"]"),
    ("DROP INDEX subscription_one_an_asset", "index subscription_one_an_asset"),
    ("CREATE TRIGGER more AFTER INSERT ON receipt BEGIN UPDATE shop SET iban = 'X'; END", "trigger more"),
];

#[test]
fn what_somebody_does_to_a_book_past_the_program_is_found() {
    let (folder, whole) = book();
    let mut unseen = Vec::new();
    for (number, (crime, word)) in CRIMES.iter().enumerate() {
        let path = folder.path().join(format!("{number}.db"));
        std::fs::copy(&whole, &path).unwrap();
        vandal(&path).execute_batch(crime).unwrap();
        let violations = desk(&path).check_deep().unwrap().violations;
        let told: Vec<_> = violations.iter().map(|one| format!("{}: {:?}", one.name, one.examples)).collect();
        if !told.iter().any(|one| one.contains(word)) {
            unseen.push((crime, told));
        }
    }
    assert!(unseen.is_empty(), "{unseen:#?}");
}
