//! Numbers as people type them: as printed, as a bank brings them back, with parts left out.

use rentbook::services::reads::*;
use rentbook::store::{Book, StoreError};

use super::super::books::{Due, Scribe, Who, day, today};

/// Ann owes 2025-0001 and 2025-0002, Ben 2025-0003, which is older, of subscription S-0002; Ann's is S-0001.
fn book() -> Book {
    let book = Book::in_memory().unwrap();
    book.write(|db| {
        let scribe = Scribe::new(db)?;
        let ann = scribe.customer(Who { first: "Ann", last: "Müller", ..Who::default() })?;
        let ben = scribe.customer(Who { first: "Ben", last: "O'Brien", ..Who::default() })?;
        let laptop = scribe.variant("Laptop Pro", "black", 8900, "EUR")?;
        let asset = scribe.asset(laptop, "LP-2024-77X", 90_000)?;
        let (start, end) = (day("2025-01-01"), day("2026-01-01"));
        let of_ann = scribe.subscription(ann, laptop, None, start, end, 8900)?;
        let of_ben = scribe.subscription(ben, laptop, Some(asset), start, end, 8900)?;
        let owe = |customer, subscription, due_on, at: u32| {
            let period = Some((day(due_on), day(due_on) + chrono::Months::new(1)));
            let (index, subscription) = (Some(i64::from(at)), Some(subscription));
            Due { customer, subscription, index, period, due_on: day(due_on), ..Due::default() }
        };
        scribe.invoice("regular", day("2025-03-01"), &[owe(ann, of_ann, "2025-03-01", 0)])?;
        scribe.invoice("regular", day("2025-04-01"), &[owe(ann, of_ann, "2025-04-01", 1)])?;
        let (_, old) = scribe.invoice("regular", day("2025-02-01"), &[owe(ben, of_ben, "2025-02-01", 0)])?;
        scribe.pay(old[0], day("2025-05-02"), "cash", "BT-1").map(drop)
    })
    .unwrap();
    book.keep_ledger(book.read(rentbook::store::ledger::load::read_all).unwrap());
    book
}

fn found(book: &Book, query: &str) -> Vec<String> {
    let filter = PaymentFilter { view: PaymentView::All, query: query.into(), ..PaymentFilter::default() };
    let rows = book.read(|db| Ok::<_, StoreError>(payments(db, &filter, &Page::first(50), today())?.rows)).unwrap();
    rows.into_iter().filter_map(|row| row.invoice_number).collect()
}

/// F1: a bare number is no subscription; the row whose number it is has the cursor, however old the others are.
#[test]
fn a_number_wins_and_a_bare_number_is_no_subscription() {
    let book = book();
    for query in ["0002", "2", "2025-0002"] {
        assert_eq!(found(&book, query), ["2025-0002"], "{query}");
    }
    assert_eq!(found(&book, "S-2"), ["2025-0003"]);
    assert_eq!(found(&book, "s-0001"), ["2025-0001", "2025-0002"]);
    let first = |sort, reverse| {
        let filter =
            PaymentFilter { view: PaymentView::All, query: "3".into(), sort, reverse, ..PaymentFilter::default() };
        book.read(|db| payments(db, &filter, &Page::first(1), today())).unwrap().rows[0].invoice_number.clone()
    };
    for sort in [PaymentSort::Due, PaymentSort::Amount, PaymentSort::Customer, PaymentSort::Status] {
        for reverse in [false, true] {
            assert_eq!(first(sort, reverse).as_deref(), Some("2025-0003"), "{sort:?} {reverse}");
        }
    }
}

/// F62: as the paper prints it for the bank, and as the bank brings it back.
#[test]
fn a_number_is_found_however_its_parts_are_joined() {
    let book = book();
    for query in ["RF31 2025 0002", "RF3120250002", "2025 0002", "20250002", "2025/0002"] {
        assert_eq!(found(&book, query), ["2025-0002"], "{query}");
    }
    assert_eq!(found(&book, "2024 0002"), [""; 0]);
    assert_eq!(found(&book, "RE20250002"), ["2025-0002"], "the word for invoice is none of the number");
    assert_eq!(found(&book, "CN20250002"), [""; 0], "another document, though it ends alike");
}

/// F62: names, and what a receipt and an order are numbered.
#[test]
fn a_name_is_found_however_it_is_spelled() {
    let book = book();
    for query in ["Müller", "mueller", "MULLER"] {
        assert_eq!(found(&book, query), ["2025-0001", "2025-0002"], "{query}");
    }
    for query in ["O'Brien", "obrien", "O’Brien"] {
        assert_eq!(found(&book, query), ["2025-0003"], "{query}");
    }
    let receipt = book.read(|db| db.one("SELECT number FROM receipt", &[], |row| row.text(0))).unwrap().unwrap();
    assert_eq!(found(&book, &receipt), ["2025-0003"]);
    let order = book
        .read(|db| db.one("SELECT order_id FROM subscription WHERE id = 2", &[], |row| row.int(0)))
        .unwrap()
        .unwrap();
    assert_eq!(found(&book, &format!("O-{order}")), ["2025-0003"]);
    let contracts = |query: &str| {
        let filter = SubscriptionFilter { query: query.into(), ..SubscriptionFilter::default() };
        let rows = book.read(|db| subscriptions(db, &filter, &Page::first(9), today())).unwrap().rows;
        rows.into_iter().map(|row| row.id.0).collect::<Vec<_>>()
    };
    assert_eq!(contracts("77x"), [2]);
    assert_eq!(contracts("laptop"), [2, 1]);
}
