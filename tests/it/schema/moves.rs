//! States move in the schema as they do in the domain, pair by pair; the schema alone allows what is listed here.

use rentbook::domain::status::{
    AssetState, AttemptState, DepositState, InvoiceState, OrderStatus, OutboxState, PaymentStatus, ReceiptState,
    SubscriptionStatus,
};
use rusqlite::Connection;

use super::book::BOOK;
use super::parts::without_checks;
use super::text::Kind;

/// What the schema allows beyond the domain, each with its reason.
const BEYOND: &[(&str, &str, &str)] = &[
    ("invoice", "draft>issued", "an invoice nobody has to review is made and issued in one step"),
    ("subscription", "draft>cancelled", "an order is cancelled while it is a draft"),
    ("payment", "paid>processing", "an allocation that is reversed gives back the status before it"),
    ("payment", "paid>failed", "an allocation that is reversed gives back the status before it"),
    ("charge_attempt", "created>void", "withdrawn before it was sent"),
    ("charge_attempt", "sent>settled", "the processor answers at once"),
    ("charge_attempt", "sent>declined", "the processor answers at once"),
    ("charge_attempt", "sent>needs_customer", "the processor answers at once"),
    ("charge_attempt", "sent>void", "the processor never got it"),
    ("charge_attempt", "needs_customer>void", "the customer never confirmed"),
    ("outbox_message", "queued>held", "a person stops it before anybody takes it up"),
    ("outbox_message", "held>queued", "a person lets it go"),
    ("outbox_message", "held>cancelled", "a person withdraws it"),
    ("outbox_message", "sending>queued", "the mail server said: later"),
];

/// The moves of a state by its domain: every word, and every pair `from>to` that may follow.
struct Moves {
    words: Vec<&'static str>,
    pairs: Vec<String>,
}

macro_rules! moves {
    ($state:ident) => {{
        let mut pairs = Vec::new();
        for from in $state::ALL {
            for to in $state::ALL.iter().filter(|to| from.can_become(**to)) {
                pairs.push(format!("{}>{}", from.code(), to.code()));
            }
        }
        Moves { words: $state::ALL.iter().map(|state| state.code()).collect(), pairs }
    }};
}

/// The book with tables that hold anything.
fn loose() -> Connection {
    let tables: Vec<String> =
        BOOK.schema.iter().filter(|statement| statement.kind == Kind::Table).map(without_checks).collect();
    let loose = BOOK.under(tables.iter().map(String::as_str)).unwrap();
    loose.execute_batch("PRAGMA foreign_keys = OFF").unwrap();
    loose
}

/// The pairs a trigger lets one row of a table move by.
fn let_by(trigger: &str, column: &str, words: &[&str]) -> (String, Vec<String>) {
    let trigger = BOOK.schema.iter().find(|statement| statement.name == trigger).unwrap();
    let table = &trigger.table;
    let book = loose();
    let row = format!("UPDATE {table} SET {column} = ?1 WHERE id = (SELECT MIN(id) FROM {table})");
    let mut pairs = Vec::new();
    for from in words {
        for to in words.iter().filter(|to| *to != from) {
            book.execute_batch("SAVEPOINT moves").unwrap();
            assert_eq!(book.execute(&row, [from]), Ok(1));
            book.execute_batch(&trigger.sql).unwrap();
            if book.execute(&row, [to]).is_ok() {
                pairs.push(format!("{from}>{to}"));
            }
            book.execute_batch("ROLLBACK TO moves; RELEASE moves").unwrap();
        }
    }
    (table.clone(), pairs)
}

#[test]
fn states_move_in_the_schema_as_in_the_domain() {
    for (trigger, column, domain) in [
        ("order_moves", "status", moves!(OrderStatus)),
        ("subscription_moves", "status", moves!(SubscriptionStatus)),
        ("asset_moves", "state", moves!(AssetState)),
        ("invoice_moves", "state", moves!(InvoiceState)),
        ("payment_moves", "status", moves!(PaymentStatus)),
        ("receipt_moves", "state", moves!(ReceiptState)),
        ("attempt_moves", "state", moves!(AttemptState)),
        ("deposit_stays_closed", "state", moves!(DepositState)),
        ("outbox_moves", "state", moves!(OutboxState)),
    ] {
        let (table, mut found) = let_by(trigger, column, &domain.words);
        let beyond = BEYOND.iter().filter(|(of, _, _)| *of == table).map(|(_, pair, _)| (*pair).to_owned());
        let mut expected: Vec<String> = domain.pairs.into_iter().chain(beyond).collect();
        found.sort();
        expected.sort();
        assert_eq!(found, expected, "{trigger}");
    }
}
