//! The harness finds what is planted: each half of an Action, each loss, put into a book by hand.

use std::path::Path;

use rusqlite::config::DbConfig;

use crate::a_shop::other_program;

use super::kill::{desk, shop};
use super::program::{done, run};
use super::wholeness::{Told, faults};

/// What is done to a whole book, and what has to be found.
const PLANTED: &[(&str, &str)] = &[
    ("DELETE FROM subscription WHERE id = 2", "without all of its subscriptions"),
    ("DELETE FROM allocation", "without the allocations"),
    ("DELETE FROM allocation; UPDATE payment SET settled_minor = 0, status = 'pending'", "allocat"),
    ("DELETE FROM payment WHERE line = 2", "sum of its lines"),
    ("DELETE FROM payment", "without lines"),
    ("DELETE FROM deposit", "without its deposit"),
    ("DELETE FROM order_item", "without items"),
    ("DELETE FROM address", "without the address"),
    ("UPDATE customer SET has_billing_address = 0", "without the address"),
    ("DELETE FROM activity WHERE action = 'add_confirmed_order'", "not in the log"),
    ("DELETE FROM activity WHERE action = 'add_customer'", "chain"),
    ("DELETE FROM receipt", "without its receipt"),
    ("UPDATE activity SET details = replace(details, '\"invoices\":2', '\"invoices\":3')", "as the log counts"),
    ("UPDATE payment SET invoice_id = NULL, line = NULL WHERE line = 2", "without its invoice"),
    ("DELETE FROM customer", "said to be done"),
    ("UPDATE receipt SET state = 'reversed'", "taken back by half"),
    (
        "INSERT INTO customer (kind, last_name, class_id, currency, joined_on, sort_key, search_key) \
         SELECT kind, 'Other', class_id, currency, joined_on, 'other', 'other' FROM customer WHERE id = 1; \
         UPDATE receipt SET customer_id = 2",
        "pays only what its payer owes",
    ),
    ("UPDATE payment SET paid_on = '2024-01-02' WHERE status = 'paid'", "its last part took effect"),
    ("UPDATE allocation SET allocated_on = '2023-12-31'", "before its money came"),
];

/// What only the deep check has to find.
const DEEP: &[(&str, &str)] = &[
    ("UPDATE customer SET last_name = 'Bfrg'", "searched by"),
    ("UPDATE customer SET sort_key = 'x'", "searched by"),
    ("UPDATE variant SET search_key = ''", "searched by"),
    ("UPDATE receipt SET reference_key = 'x'", "searched by"),
    ("UPDATE receipt SET amount_minor = amount_minor + 1", "the log says"),
    ("UPDATE customer SET lifetime_minor = 1", "lifetime value"),
    ("UPDATE customer SET subscription_count = 7", "as many subscriptions"),
    ("UPDATE payment SET attempt_count = 1 WHERE id = 1", "failed as often"),
    (
        "UPDATE receipt SET received_on = '2024-01-02', cleared_on = '2024-01-02'; UPDATE allocation SET allocated_on = '2024-01-02'; \
         UPDATE payment SET paid_on = '2024-01-02' WHERE status = 'paid'",
        "on its day or later",
    ),
];

#[test]
fn what_is_planted_is_found() {
    let (folder, path) = shop();
    let today = |words: &[&str]| done(&path, "ann", &[&["--today", "2024-01-01"], words].concat());
    let add = ["customer", "add", "--first", "Ana", "--last", "Berg", "--line1", "Quay 1", "--city", "Exampleton"];
    let words = |these: &[&str]| these.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
    let order = ["order", "add", "--customer", "1", "--item", "1;2;12;month;;2024-01-01;;50", "--confirm"];
    let pay = ["pay", "--customer", "1", "--amount", "155.91"];
    let told: Vec<Told> =
        [&add[..], &order[..], &pay[..]].iter().map(|these| Told::read(&words(these), &today(these))).collect();
    assert_eq!(faults(&desk(&path), &told), Vec::<String>::new());
    assert!(desk(&path).check_deep().unwrap().ok);
    for (n, (sql, expected)) in PLANTED.iter().enumerate() {
        let copy = folder.path().canonicalize().unwrap().join(format!("{n}.db"));
        plant(&path, &copy, sql);
        let found = faults(&desk(&copy), &told);
        assert!(found.iter().any(|fault| fault.contains(expected)), "{sql}: {expected} is not in {found:#?}");
    }
    for (n, (sql, expected)) in DEEP.iter().enumerate() {
        let copy = folder.path().canonicalize().unwrap().join(format!("deep {n}.db"));
        plant(&path, &copy, sql);
        assert!(desk(&copy).check().unwrap().ok, "{sql}: every check finds it");
        let found = desk(&copy).check_deep().unwrap().violations;
        assert!(found.iter().any(|fault| fault.name.contains(expected)), "{sql}: {expected} is not in {found:#?}");
        assert_eq!(run(&copy, "ann", &["--view-only", "check"]).code, Some(0), "{sql}");
        let deep = run(&copy, "ann", &["--view-only", "check", "--deep"]);
        assert_eq!((deep.code, &deep.json["ok"]), (Some(4), &serde_json::Value::Bool(false)), "{sql}");
    }
}

/// What is done to a book with three deposits, one of them kept in part and one returned, and what every check finds.
const DEPOSITS: &[(&str, &str)] = &[
    ("UPDATE deposit SET kept_minor = 40 * 100 WHERE id = 1", "kept of a deposit pays something"),
    (
        "UPDATE refund SET amount_minor = amount_minor + 1000 WHERE payment_id IN (SELECT payment_id FROM deposit WHERE id = 1); \
         UPDATE receipt SET refunded_minor = refunded_minor + 1000, amount_minor = amount_minor + 1000 \
         WHERE id IN (SELECT receipt_id FROM refund)",
        "kept and returned of a deposit is no more",
    ),
    ("UPDATE deposit SET state = 'returned', closed_on = '2024-01-05' WHERE id = 3", "closed holds nothing"),
    ("UPDATE deposit SET amount_minor = 4000 WHERE id = 3", "no more than it asks for"),
    ("UPDATE deposit SET amount_minor = 6000 WHERE id = 3", "what its line asks for"),
    ("UPDATE deposit SET payment_id = 1 WHERE id = 3", "what its line asks for"),
    ("DELETE FROM deposit WHERE id = 3", "what its line asks for"),
    (
        "UPDATE allocation SET amount_minor = -amount_minor WHERE payment_id = (SELECT payment_id FROM deposit WHERE id = 3)",
        "no less than nothing",
    ),
    (
        "UPDATE allocation SET is_deposit = 0 WHERE payment_id = (SELECT payment_id FROM deposit WHERE id = 3)",
        "whether it is of a deposit",
    ),
];

// F8, F9
#[test]
fn deposits_that_do_not_fit_their_money_are_found() {
    let (folder, path) = shop();
    let today = |words: &[&str]| done(&path, "ann", &[&["--today", "2024-01-01"], words].concat());
    today(&["customer", "add", "--first", "Ana", "--last", "Berg", "--line1", "Quay 1", "--city", "Exampleton"]);
    today(&["order", "add", "--customer", "1", "--item", "1;3;12;month;;2024-01-01;;50", "--confirm"]);
    today(&["pay", "--customer", "1"]);
    today(&["deposit", "keep", "1", "--amount", "20", "--reason", "scratched"]);
    today(&["deposit", "return", "2"]);
    assert!(desk(&path).check().unwrap().ok);
    for (n, (sql, expected)) in DEPOSITS.iter().enumerate() {
        let copy = folder.path().canonicalize().unwrap().join(format!("{n}.db"));
        plant(&path, &copy, sql);
        let found = desk(&copy).check().unwrap().violations;
        assert!(found.iter().any(|fault| fault.name.contains(expected)), "{sql}: {expected} is not in {found:#?}");
    }
}

/// A copy of a book with this done to it behind its back.
fn plant(path: &Path, copy: &Path, sql: &str) {
    std::fs::copy(path, copy).unwrap();
    let program = other_program(copy);
    // Taken off they would be found themselves.
    program.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false).unwrap();
    program.execute_batch(&format!("PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON; {sql}")).unwrap();
}
