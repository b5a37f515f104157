//! What a typed text means best stands first, whatever the list is sorted by: F8 works on the row under the cursor.
//! Public reads alone: whatever answers them has to keep this.

use rentbook::services::reads::*;
use rentbook::store::{Book, Db};

use super::super::books::{Due, Scribe, Who, day, today};

/// Four customers and their invoices, oldest due day first: Dora's S-2 on 2026-0003, Bob's 2026-0002, Cleo's of 89.00,
/// and Eve, whose phone number holds what others have as an amount.
fn shop() -> Book {
    let book = Book::in_memory().unwrap();
    book.write(|db| {
        let scribe = Scribe::new(db)?;
        let who = |first, phone| Who { first, last: "Weber", phone, ..Who::default() };
        let bob = scribe.customer(who("Bob", "0171 22"))?;
        let dora = scribe.customer(who("Dora", ""))?;
        let cleo = scribe.customer(who("Cleo", ""))?;
        let eve = scribe.customer(who("Eve", "+49 8900 0002 77"))?;
        let laptop = scribe.variant("Laptop", "black", 8900, "EUR")?;
        for customer in [cleo, dora] {
            scribe.subscription(customer, laptop, None, day("2025-01-01"), day("2027-01-01"), 4500)?;
        }
        let bill = |customer, subscription, on: &str, due_on: &str, minor| {
            let due = Due { customer, subscription, due_on: day(due_on), minor, ..Due::default() };
            scribe.invoice("regular", day(on), &[due])
        };
        bill(eve, None, "2025-01-01", "2025-01-02", 700)?;
        let (_, old) = bill(cleo, None, "2025-01-02", "2025-01-03", 800)?;
        scribe.pay(old[0], day("2025-01-09"), "cash", "BT-2")?;
        bill(eve, None, "2026-01-01", "2026-01-02", 500)?;
        bill(bob, None, "2026-01-01", "2026-01-31", 12_900)?;
        bill(dora, Some(2), "2026-01-01", "2026-01-05", 4500)?;
        bill(cleo, None, "2026-01-01", "2026-02-20", 8900).map(drop)
    })
    .unwrap();
    book.keep_ledger(book.read(rentbook::store::ledger::load::read_all).unwrap());
    book
}

fn numbers_of(db: &Db, query: &str, view: PaymentView, sort: PaymentSort, reverse: bool) -> Vec<String> {
    let filter = PaymentFilter { query: query.into(), view, sort, reverse, ..PaymentFilter::default() };
    let found = payments(db, &filter, &Page::first(50), today()).unwrap().rows;
    found.into_iter().filter_map(|row| row.invoice_number).collect()
}

const SORTS: [PaymentSort; 4] = [PaymentSort::Due, PaymentSort::Amount, PaymentSort::Customer, PaymentSort::Status];

fn each_order(check: impl Fn(PaymentSort, bool)) {
    for sort in SORTS {
        check(sort, false);
        check(sort, true);
    }
}

// F1
#[test]
fn the_payment_of_a_number_comes_first_and_a_bare_number_is_no_subscription() {
    let book = shop();
    book.read(|db| {
        each_order(|sort, reverse| {
            let first = |typed: &str, view| numbers_of(db, typed, view, sort, reverse);
            // Eve's phone holds it too: she comes after.
            assert_eq!(first("0002", PaymentView::Open)[0], "2026-0002", "{sort:?}");
            assert_eq!(first("2", PaymentView::Open)[0], "2026-0002", "{sort:?}");
            assert!(!first("0002", PaymentView::Open).contains(&"2026-0003".to_owned()), "{sort:?}");
            assert_eq!(first("2026-0002", PaymentView::Open), ["2026-0002"]);
            assert_eq!(first("26-0002", PaymentView::Open), ["2026-0002"]);
            for subscription in ["S-2", "s-0002", "S-0002"] {
                assert_eq!(first(subscription, PaymentView::Open), ["2026-0003"]);
            }
            // Of two years the open one first.
            assert_eq!(first("0002", PaymentView::All)[..2], ["2026-0002", "2025-0002"], "{sort:?}");
            assert_eq!(first("2025-0002", PaymentView::All)[0], "2025-0002");
        });
        Ok::<_, rentbook::store::StoreError>(())
    })
    .unwrap();
}

// F1
#[test]
fn a_number_comes_before_a_reference_an_amount_and_a_name() {
    let book = shop();
    book.read(|db| {
        each_order(|sort, reverse| {
            let found = numbers_of(db, "89", PaymentView::Open, sort, reverse);
            assert_eq!(found[0], "2026-0004", "an amount before a phone number, by {sort:?}");
            assert_eq!(found.len(), 3);
            assert_eq!(numbers_of(db, "BT-2", PaymentView::All, sort, reverse), ["2025-0002"]);
        });
        Ok::<_, rentbook::store::StoreError>(())
    })
    .unwrap();
}

// F1
#[test]
fn the_invoice_of_a_number_comes_first() {
    let book = shop();
    book.read(|db| {
        let numbers = |query: &str, sort, reverse| -> Vec<String> {
            let filter = InvoiceFilter { query: query.into(), sort, reverse, ..InvoiceFilter::default() };
            let found = invoices(db, &filter, &Page::first(50), today()).unwrap().rows;
            found.into_iter().filter_map(|row| row.number).collect()
        };
        for sort in [InvoiceSort::Due, InvoiceSort::Number, InvoiceSort::Amount, InvoiceSort::Customer] {
            for reverse in [false, true] {
                let found = numbers("0002", sort, reverse);
                assert_eq!(found[..2], ["2026-0002", "2025-0002"], "{sort:?}");
                assert!(!found.contains(&"2026-0003".to_owned()), "{sort:?}");
                assert_eq!(numbers("S-2", sort, reverse), ["2026-0003"]);
                assert_eq!(numbers("89", sort, reverse)[0], "2026-0004", "{sort:?}");
            }
        }
        Ok::<_, rentbook::store::StoreError>(())
    })
    .unwrap();
}

// F1
#[test]
fn find_anything_and_the_lists_mean_the_same_by_a_number() {
    let book = shop();
    book.read(|db| {
        for typed in ["0002", "2", "2026-0002"] {
            let found = find(db, typed, 12, today()).unwrap().hits;
            let Some(Hit::Payment(first)) = found.first() else { panic!("{typed}: {found:?}") };
            assert_eq!(first.invoice_number.as_deref(), Some("2026-0002"), "{typed}");
            let of_two = |hit: &Hit| match hit {
                Hit::Subscription(_) => true,
                Hit::Payment(row) => row.subscription_id.is_some(),
                _ => false,
            };
            assert!(!found.iter().any(of_two), "{typed}: {found:?}");
        }
        assert!(matches!(find(db, "S-2", 12, today()).unwrap().hits.first(), Some(Hit::Subscription(_))));
        let next = |query: &str| {
            let filter = UpcomingFilter { query: query.into(), ..UpcomingFilter::default() };
            upcoming(db, &filter, &Page::first(9), today()).unwrap().rows.len()
        };
        assert_eq!((next("2"), next("S-2"), next("Dora")), (0, 1, 1));
        Ok::<_, rentbook::store::StoreError>(())
    })
    .unwrap();
}
