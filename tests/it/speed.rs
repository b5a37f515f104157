//! Times of the lists on the book of [`super::big_book`]: `cargo test --release speed -- --ignored --nocapture`.

use std::time::Duration;

use chrono::{DateTime, Utc};
use rentbook::domain::method::Method;
use rentbook::domain::status::PaymentStanding;
use rentbook::services::reads::*;
use rentbook::store::{Access, Book, Db, Result};

use super::big_book;
use super::books::{day, today};

/// What a key may take.
const KEY: Duration = Duration::from_millis(16);

/// Time this thread has had on a processor: other programs share the machine.
fn busy() -> Duration {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    Duration::from_nanos(told.split(' ').next().and_then(|first| first.parse().ok()).unwrap_or_default())
}

/// Runs a query eleven times; the first and the median time.
fn time<T>(db: &Db, query: impl Fn(&Db) -> Result<T>) -> Result<(Duration, Duration, T)> {
    let mut times = Vec::new();
    let mut last = None;
    for _ in 0..11 {
        let start = busy();
        last = Some(query(db)?);
        times.push(busy().checked_sub(start).unwrap());
    }
    let first = times.first().copied().unwrap_or_default();
    times.sort_unstable();
    let answer = match last {
        Some(answer) => answer,
        None => query(db)?,
    };
    Ok((first, times.get(5).copied().unwrap_or_default(), answer))
}

fn report(name: &str, first: Duration, median: Duration, rows: usize) {
    let mark = if median > KEY { "  SLOW" } else { "" };
    println!("{name:60} {first:>10.2?} {median:>10.2?} {rows:>6}{mark}");
}

fn open() -> Option<Book> {
    let path = big_book::path();
    path.exists().then(|| Book::open(&path, Access::ReadWrite, DateTime::<Utc>::default()).unwrap())
}

/// The book with its ledger, and what that took.
fn open_with_ledger() -> Option<Book> {
    let book = open()?;
    let start = busy();
    let ledger = book.read(read_ledger).unwrap();
    println!("ledger read in {:.2?}, {} MB", busy().checked_sub(start).unwrap(), ledger.bytes() / 1_000_000);
    book.keep_ledger(ledger);
    Some(book)
}

/// What commands wait for: a page and the totals, each a plain statement.
#[test]
#[ignore = "needs the big book"]
fn speed_of_plain_sql() {
    let Some(book) = open() else { return };
    let view = |view| PaymentFilter { view, ..PaymentFilter::default() };
    let all = view(PaymentView::All);
    book.read(|db| {
        for (name, filter) in [
            ("open", view(PaymentView::Open)),
            ("overdue", view(PaymentView::Overdue)),
            ("paid", view(PaymentView::Paid)),
            ("all", all.clone()),
            ("all by amount", PaymentFilter { sort: PaymentSort::Amount, ..all.clone() }),
            ("all by customer", PaymentFilter { sort: PaymentSort::Customer, ..all.clone() }),
            ("all by status", PaymentFilter { sort: PaymentSort::Status, ..all.clone() }),
            ("all “smith”", PaymentFilter { query: "smith".into(), ..all.clone() }),
            ("all “2025-1”", PaymentFilter { query: "2025-1".into(), ..all.clone() }),
            ("all “0108”", PaymentFilter { query: "0108".into(), ..all.clone() }),
            ("all “89”", PaymentFilter { query: "89".into(), ..all.clone() }),
            ("by card", PaymentFilter { method: Some(Method::Card), ..all.clone() }),
            ("paid in 2024", PaymentFilter { paid: (Some(day("2024-01-01")), Some(day("2024-12-31"))), ..all.clone() }),
            ("of one customer", PaymentFilter { customer: Some(rentbook::domain::id::CustomerId(4242)), ..all }),
        ] {
            let (first, median, slice) = time(db, |db| payments(db, &filter, &Page::first(20), today()))?;
            report(&format!("plain: {name}"), first, median, slice.rows.len());
            let (first, median, totals) = time(db, |db| payments_total(db, &filter, today()))?;
            report(&format!("plain: {name}, totals"), first, median, usize::try_from(totals.count).unwrap());
        }
        Ok::<_, rentbook::store::StoreError>(())
    })
    .unwrap();
}

const VIEWS: &[PaymentView] = &[
    PaymentView::Open,
    PaymentView::Overdue,
    PaymentView::Failed,
    PaymentView::Processing,
    PaymentView::Paid,
    PaymentView::All,
];
const SORTS: &[PaymentSort] = &[PaymentSort::Due, PaymentSort::Amount, PaymentSort::Customer, PaymentSort::Status];
const TERMS: &[&str] = &[
    "e",
    "zolc",
    "smith",
    "fischer ann",
    "gmbh",
    "nobody at all",
    "0108",
    "2025-0",
    "2025-1",
    "2025-10899",
    "89",
    "89.00",
    "45,50",
    "bt-",
    "BT-9",
    "BT-77812",
    "S-0101",
    "c4242@mail",
    "weber studio 4",
    "mail17",
    "+49555",
    "555007919",
    "kowalski",
];

fn payments_of(db: &Db, name: &str, filter: &PaymentFilter) -> Result<()> {
    let (first, median, slice) = time(db, |db| payments(db, filter, &Page::first(50), today()))?;
    report(name, first, median, slice.rows.len());
    if let Some(row) = slice.rows.last() {
        let next = Page::after(row.cursor(filter.sort), 50);
        let (first, median, slice) = time(db, |db| payments(db, filter, &next, today()))?;
        if median > KEY {
            report(&format!("{name}, next page"), first, median, slice.rows.len());
        }
    }
    let (first, median, slice) = time(db, |db| payments(db, filter, &Page::last(50), today()))?;
    if median > KEY {
        report(&format!("{name}, last page"), first, median, slice.rows.len());
    }
    Ok(())
}

fn combinations() -> Vec<(&'static str, PaymentFilter)> {
    let all = PaymentFilter { view: PaymentView::All, ..PaymentFilter::default() };
    vec![
        ("paid in October", PaymentFilter { paid: (Some(day("2025-10-01")), Some(day("2025-10-31"))), ..all.clone() }),
        ("paid in 2024", PaymentFilter { paid: (Some(day("2024-01-01")), Some(day("2024-12-31"))), ..all.clone() }),
        ("due in October", PaymentFilter { due: (Some(day("2025-10-01")), Some(day("2025-10-31"))), ..all.clone() }),
        ("by check", PaymentFilter { method: Some(Method::Check), ..all.clone() }),
        ("by card", PaymentFilter { method: Some(Method::Card), ..all.clone() }),
        ("of one customer", PaymentFilter { customer: Some(rentbook::domain::id::CustomerId(4242)), ..all.clone() }),
        ("of one group", PaymentFilter { group: Some(rentbook::domain::id::GroupId(42)), ..all.clone() }),
        (
            "paid and failed",
            PaymentFilter { statuses: vec![PaymentStanding::Paid, PaymentStanding::Failed], ..all.clone() },
        ),
        (
            "card in October",
            PaymentFilter { method: Some(Method::Card), paid: (Some(day("2025-10-01")), None), ..all.clone() },
        ),
        (
            "smith by card in 2024",
            PaymentFilter {
                query: "smith".into(),
                method: Some(Method::Card),
                paid: (Some(day("2024-01-01")), Some(day("2024-12-31"))),
                ..all.clone()
            },
        ),
        ("disputed", PaymentFilter { disputed: true, ..all }),
    ]
}

#[test]
#[ignore = "needs the big book"]
fn speed_of_payments() {
    let Some(book) = open_with_ledger() else { return };
    book.read(|db| {
        for view in VIEWS {
            for sort in SORTS {
                for reverse in [false, true] {
                    let filter = PaymentFilter { view: *view, sort: *sort, reverse, ..PaymentFilter::default() };
                    payments_of(db, &format!("{view:?} by {sort:?} {reverse}"), &filter)?;
                }
            }
        }
        for term in TERMS {
            for view in [PaymentView::Open, PaymentView::Failed, PaymentView::All] {
                for sort in SORTS {
                    let filter = PaymentFilter { view, sort: *sort, query: (*term).into(), ..PaymentFilter::default() };
                    payments_of(db, &format!("{view:?} by {sort:?} “{term}”"), &filter)?;
                }
            }
        }
        for (name, filter) in combinations() {
            for sort in SORTS {
                payments_of(db, &format!("{name} by {sort:?}"), &PaymentFilter { sort: *sort, ..filter.clone() })?;
            }
        }
        Ok::<_, rentbook::store::StoreError>(())
    })
    .unwrap();
}
