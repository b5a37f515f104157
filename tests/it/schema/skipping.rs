//! `OR IGNORE` skips what is refused, `OR FAIL` stops in the middle of it, `OR REPLACE` makes room for it: said in any of
//! these ways, a forbidden statement loses no document and leaves no sum wrong.

use std::collections::HashSet;

use rusqlite::Connection;

use super::book::BOOK;
use super::script::Case;
use super::trying::FORBIDDEN;

/// What is never so, and the rows where it is: their ids.
const WRONG: &[(&str, &str)] = &[
    (
        "a payment is not settled by its allocations",
        "SELECT id FROM payment p WHERE settled_minor > amount_minor OR settled_minor <> \
         (SELECT COALESCE(SUM(amount_minor), 0) FROM allocation WHERE payment_id = p.id)",
    ),
    (
        "a payment is not refunded by its refunds",
        "SELECT id FROM payment p WHERE refunded_minor <> \
         (SELECT COALESCE(SUM(amount_minor), 0) FROM refund WHERE payment_id = p.id)",
    ),
    (
        "a receipt is not allocated by its allocations",
        "SELECT id FROM receipt r WHERE allocated_minor + refunded_minor > amount_minor OR allocated_minor <> \
         (SELECT COALESCE(SUM(amount_minor), 0) FROM allocation WHERE receipt_id = r.id)",
    ),
    (
        "a receipt is not refunded by its refunds",
        "SELECT id FROM receipt r WHERE refunded_minor <> \
         (SELECT COALESCE(SUM(amount_minor), 0) FROM refund WHERE receipt_id = r.id)",
    ),
    (
        "an invoice is not settled by its lines",
        "SELECT id FROM invoice i WHERE settled_minor > total_minor OR settled_minor <> \
         (SELECT COALESCE(SUM(settled_minor), 0) FROM payment WHERE invoice_id = i.id)",
    ),
    (
        "an issued invoice is not the sum of its lines",
        "SELECT id FROM invoice i WHERE state = 'issued' AND total_minor <> \
         (SELECT COALESCE(SUM(amount_minor), 0) FROM payment WHERE invoice_id = i.id)",
    ),
    (
        "a credit note settles more than it is",
        "SELECT id FROM credit_note c WHERE total_minor < \
         (SELECT COALESCE(SUM(amount_minor), 0) FROM allocation WHERE credit_note_id = c.id)",
    ),
    (
        "a customer's lifetime value is not what receipts paid",
        "SELECT id FROM customer c WHERE lifetime_minor <> (SELECT COALESCE(SUM(amount_minor), 0) FROM allocation \
         WHERE customer_id = c.id AND source = 'receipt' AND is_deposit = 0)",
    ),
    (
        "a number was given to nothing",
        "SELECT rowid FROM number_series s WHERE last <> CASE kind \
         WHEN 'invoice' THEN (SELECT COUNT(*) FROM invoice WHERE number_year = s.year) \
         WHEN 'receipt' THEN (SELECT COUNT(*) FROM receipt WHERE number_year = s.year) \
         ELSE (SELECT COUNT(*) FROM credit_note WHERE number_year = s.year) END",
    ),
    (
        "a status change had no effect",
        "SELECT id FROM payment_change c WHERE id = (SELECT MAX(id) FROM payment_change) \
         AND to_status <> (SELECT status FROM payment WHERE id = c.payment_id)",
    ),
];

/// How many documents, movements of money and log rows there are.
const ROWS: &str = "SELECT (SELECT COUNT(*) FROM payment) + (SELECT COUNT(*) FROM invoice WHERE number IS NOT NULL) \
    + (SELECT COUNT(*) FROM receipt) + (SELECT COUNT(*) FROM allocation) + (SELECT COUNT(*) FROM refund) \
    + (SELECT COUNT(*) FROM credit_note) + (SELECT COUNT(*) FROM credit_note_line) + (SELECT COUNT(*) FROM deposit) \
    + (SELECT COUNT(*) FROM activity) + (SELECT COUNT(*) FROM payment_change) + (SELECT COUNT(*) FROM charge_attempt)";

fn count(book: &Connection, sql: &str) -> i64 {
    book.query_row(sql, [], |row| row.get(0)).unwrap()
}

/// The last statement of a case said in another way; none where it has no such way.
fn said(case: &Case, how: &str) -> Option<String> {
    let last = case.steps.last()?;
    let insert = last.strip_prefix("INSERT INTO").map(|rest| format!("INSERT OR {how} INTO{rest}"));
    insert.or_else(|| {
        Some(format!("UPDATE OR {how} {}", last.strip_prefix("UPDATE ").filter(|rest| !rest.starts_with("OR "))?))
    })
}

/// What is wrong, and in which row.
fn wrong(book: &Connection) -> HashSet<(&'static str, i64)> {
    let rows = |(name, sql): &(&'static str, &str)| {
        let name = *name;
        let mut statement = book.prepare(sql).unwrap();
        statement.query_map([], |row| Ok((name, row.get(0)?))).unwrap().map(Result::unwrap).collect::<Vec<_>>()
    };
    WRONG.iter().flat_map(rows).collect()
}

/// What is wrong after the last statement of a case was tried in this way, and was not before: the statements that lead
/// up to it may move a status by hand, after the change that is the newest.
fn after(book: &Connection, case: &Case, sql: &str) -> Vec<String> {
    book.execute_batch("SAVEPOINT skipping").unwrap();
    let (_, steps) = case.steps.split_last().unwrap();
    for step in steps {
        book.execute(step, []).unwrap();
    }
    let (rows, before) = (count(book, ROWS), wrong(book));
    // Whether it is refused, skipped or half done: what counts is the book afterwards.
    let _ = book.execute(sql, []);
    let mut found: Vec<String> = wrong(book).difference(&before).map(|(name, id)| format!("{name}: {id}")).collect();
    if count(book, ROWS) < rows {
        found.push("a row is gone".to_owned());
    }
    book.execute_batch("ROLLBACK TO skipping; RELEASE skipping").unwrap();
    found
}

/// Nothing else is wrong in the book to begin with, or a statement could hide behind it.
#[test]
fn nothing_is_wrong_before() {
    assert_eq!(wrong(&BOOK.whole()), HashSet::new());
}

#[test]
fn nothing_is_half_done_however_it_is_said() {
    let book = BOOK.whole();
    let (mut tried, mut found) = (0, Vec::new());
    for how in ["IGNORE", "FAIL", "REPLACE"] {
        for case in FORBIDDEN.iter() {
            let Some(sql) = said(case, how) else { continue };
            tried += 1;
            let wrong = after(&book, case, &sql);
            if !wrong.is_empty() {
                found.push(format!("{} OR {how}: {}", case.name, wrong.join(", ")));
            }
        }
    }
    assert!(found.is_empty(), "\n{}", found.join("\n"));
    assert!(tried > 1000, "{tried}");
}
