//! A column that comes later is sealed too, or somebody says here why not.

use super::kinds::{ISSUED, KINDS, Way};
use crate::store::Book;

/// Tables and columns that are not sealed. Derived ones are proved by rules of the check.
const LEFT_OUT: &[&str] = &[
    // Of the file and not of the shop.
    "book_state",
    "change",
    "pass_state",
    "seal",
    "row_seal",
    // Proved by rules: the numbers given, and texts of the log by their digests.
    "number_series",
    "activity_text",
    "activity.at",
    "activity.business_on",
    "activity.operator",
    "activity.action",
    "activity.customer_id",
    "activity.subject",
    "activity.details",
    "activity.undoes_id",
    "activity.text_digest",
    "receipt.reference_key",
    "receipt.allocated_minor",
    "receipt.refunded_minor",
    "invoice.settled_minor",
    "invoice.overdue_on",
    "payment.settled_minor",
    "payment.refunded_minor",
    "payment.paid_on",
    "payment.method",
    "payment.attempt_count",
    "billing_group.search_key",
    "customer.has_billing_address",
    "customer.lifetime_minor",
    "customer.subscription_count",
    "customer.sort_key",
    "customer.search_key",
    "variant.search_key",
    "outbox_message.search_key",
    // How often it was saved; everything else of it is sealed.
    "invoice.version",
    "payment.version",
    // Not written yet.
    "collection_step",
    "known_payer",
    "bank_profile",
];

#[test]
fn every_column_is_sealed_or_left_out_by_name() {
    let columns = "SELECT m.name, c.name FROM sqlite_schema m JOIN pragma_table_info(m.name) c \
                   WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' ORDER BY m.name, c.cid";
    let book = Book::in_memory().unwrap();
    let all = book.read(|db| db.all(columns, &[], |row| Ok((row.text(0)?, row.text(1)?)))).unwrap();
    let words = |columns: &'static str| columns.split([',', ' ']).filter(|word| !word.is_empty());
    let is_sealed = |table: &str, column: &str| {
        let kinds = || KINDS.iter().filter(|kind| kind.table == table);
        (column == "id" && kinds().next().is_some())
            || kinds().any(|kind| kind.way != Way::Issued && words(kind.columns).any(|word| word == column))
            || (table == "invoice" && words(ISSUED).any(|word| word.strip_prefix("i.") == Some(column)))
            || (table == "payment" && words(ISSUED).any(|word| word.strip_prefix("p.") == Some(column)))
    };
    let is_left =
        |table: &str, column: &str| LEFT_OUT.contains(&table) || LEFT_OUT.contains(&&*format!("{table}.{column}"));
    let odd: Vec<_> = all
        .iter()
        .filter(|(table, column)| is_sealed(table, column) == is_left(table, column))
        .map(|(table, column)| format!("{table}.{column}"))
        .collect();
    assert_eq!(odd, Vec::<String>::new(), "neither sealed nor left out, or both");
}
