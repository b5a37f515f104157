//! The ledger follows the book, whoever writes. A debug build asks both finders and compares, so it is enough to ask.

use std::path::PathBuf;

use chrono::{DateTime, Utc};
use rentbook::domain::customer::CustomerKind;
use rentbook::domain::status::{InvoiceStatus, PaymentStanding};
use rentbook::services::reads::*;
use rentbook::store::ledger::load::read_all;
use rentbook::store::{Access, Book, StoreError};

use super::super::books::{Dice, Due, Scribe, Who, day, today};
use super::{bill, fill};

/// A file of its own with the usual book in it.
fn file(name: &str) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::Builder::new().prefix(name).tempdir().unwrap();
    let path = folder.path().join("shop.db");
    let book = Book::create(&path).unwrap();
    book.write(|db| fill(&Scribe::new(db)?, 60)).unwrap();
    book.close().unwrap();
    (folder, path)
}

fn open(path: &std::path::Path) -> Book {
    Book::open(path, Access::ReadWrite, DateTime::<Utc>::default()).unwrap()
}

fn with_ledger(path: &std::path::Path) -> Book {
    let book = open(path);
    book.keep_ledger(book.read(read_all).unwrap());
    book
}

const TEXTS: [&str; 9] = ["", "e", "weber", "acme", "0012", "89", "2025-00", "BT-1", "Émile Smith"];

/// One page of each list by some filter, from some place.
fn ask(book: &Book, dice: &mut Dice) {
    let mut one_of = |sides: u64| usize::try_from(dice.below(sides)).unwrap();
    let query: String = TEXTS[one_of(9)].into();
    let reverse = one_of(2) == 1;
    let days = [(None, None), (Some(day("2025-04-01")), None), (None, Some(day("2025-08-31")))];
    let (due, customers_too) = (days[one_of(3)], one_of(4));
    let segment = [None, Some(Segment::AtRisk), Some(Segment::Loyal), Some(Segment::New)][one_of(4)];
    let whom = CustomerFilter { segment, ..CustomerFilter::default() };
    let payment = PaymentFilter {
        view: [PaymentView::Open, PaymentView::Overdue, PaymentView::Paid, PaymentView::All][one_of(4)],
        query: query.clone(),
        statuses: [vec![], vec![PaymentStanding::Failed, PaymentStanding::Paid], vec![PaymentStanding::WrittenOff]]
            [one_of(3)]
        .clone(),
        due,
        segment: (customers_too == 0).then(|| Box::new(whom.clone())),
        sort: [PaymentSort::Due, PaymentSort::Amount, PaymentSort::Customer, PaymentSort::Status, PaymentSort::Paid]
            [one_of(5)],
        reverse,
        ..PaymentFilter::default()
    };
    let invoice = InvoiceFilter {
        query: query.clone(),
        statuses: [vec![], vec![InvoiceStatus::Overdue], vec![InvoiceStatus::Paid, InvoiceStatus::Void]][one_of(3)]
            .clone(),
        due,
        segment: (customers_too == 0).then(|| Box::new(whom.clone())),
        sort: [InvoiceSort::Due, InvoiceSort::Number, InvoiceSort::Amount, InvoiceSort::Customer][one_of(4)],
        reverse,
        ..InvoiceFilter::default()
    };
    let customer = CustomerFilter {
        query,
        kind: [None, Some(CustomerKind::Business)][one_of(2)],
        active: [None, Some(true), Some(false)][one_of(3)],
        lifetime: [(None, None), (Some(8900), None)][one_of(2)],
        closed: reverse,
        sort: [CustomerSort::Name, CustomerSort::LifetimeValue, CustomerSort::Subscriptions, CustomerSort::Joined]
            [one_of(4)],
        reverse: one_of(2) == 1,
        ..whom
    };
    book.read(|db| {
        let rows = payments(db, &payment, &Page::first(5), today())?.rows;
        if let Some(last) = rows.last() {
            payments(db, &payment, &Page::after(last.cursor(payment.sort), 5), today())?;
            payments(db, &payment, &Page::before(last.cursor(payment.sort).including(), 3), today())?;
        }
        let rows = invoices(db, &invoice, &Page::first(5), today())?.rows;
        if let Some(last) = rows.last() {
            invoices(db, &invoice, &Page::after(last.cursor(invoice.sort), 5), today())?;
            invoices(db, &invoice, &Page::before(last.cursor(invoice.sort).including(), 3), today())?;
        }
        let rows = customers(db, &customer, &Page::first(5), today())?.rows;
        if let Some(last) = rows.last() {
            customers(db, &customer, &Page::after(last.cursor(customer.sort), 5), today())?;
        }
        Ok::<_, StoreError>(())
    })
    .unwrap();
}

/// Writes something: a customer, a bill, money, another name, a merge.
fn write(book: &Book, dice: &mut Dice, at: usize) {
    let year = i32::try_from(2026 + at).unwrap();
    book.write(|db| {
        let scribe = Scribe::again(db)?;
        let one = |sql: &str| db.one(sql, &[], |row| row.opt_int(0)).map(Option::flatten);
        match dice.below(6) {
            0 => drop(scribe.customer(Who { first: "New", last: dice.pick(&["Weber", "Abel"]), ..Who::default() })?),
            1 | 2 => {
                let customer = i64::try_from(dice.below(20) + 1).unwrap();
                let due_on = chrono::NaiveDate::from_ymd_opt(year, 3, 1).unwrap();
                bill(&scribe, dice, Due { customer, due_on, minor: 8900, ..Due::default() }, 1000 + at)?;
            }
            3 => {
                let open = "SELECT MIN(p.id) FROM payment p JOIN invoice i ON i.id = p.invoice_id \
                     WHERE p.status = 'pending' AND p.settled_minor = 0 AND i.state = 'issued'";
                if let Some(payment) = one(open)? {
                    scribe.pay(payment, day("2025-12-01"), "card", &format!("L-{at}"))?;
                }
            }
            4 => scribe.run("UPDATE customer SET sort_key = 'aaa' || sort_key WHERE id = ?1", &[6.into()])?,
            _ => {
                if let (Some(from), Some(to)) = (
                    one(
                        "SELECT MAX(id) FROM customer WHERE root_id IS NULL AND group_id IS NULL AND currency = 'EUR'",
                    )?,
                    one("SELECT MIN(id) FROM customer WHERE root_id IS NULL AND currency = 'EUR'")?,
                ) {
                    scribe.merge(from, to)?;
                }
            }
        }
        Ok::<_, StoreError>(())
    })
    .unwrap();
}

#[test]
fn both_finders_agree_while_this_and_another_connection_write() {
    let (_folder, path) = file("ledger-follows");
    let (book, other) = (with_ledger(&path), open(&path));
    let mut dice = Dice::new(11);
    for at in 0..60 {
        write(if at % 2 == 0 { &book } else { &other }, &mut dice, at);
        for _ in 0..6 {
            ask(&book, &mut dice);
        }
    }
    assert!(book.has_ledger(), "it followed all the way");
}

/// The rows of the default view, and whether the ledger gave them.
fn open_rows(book: &Book) -> (i64, bool) {
    let filter = PaymentFilter::default();
    let slice = book.read(|db| payments(db, &filter, &Page::first(5000), today())).unwrap();
    (i64::try_from(slice.rows.len()).unwrap(), slice.totals.is_some())
}

fn owe(book: &Book, customer: i64) {
    book.write(|db| {
        let due = Due { customer, due_on: day("2031-01-01"), ..Due::default() };
        Scribe::again(db)?.payment(due, None).map(drop)
    })
    .unwrap();
}

#[test]
fn a_ledger_takes_no_part_in_a_write_or_an_attempt() {
    let (_folder, path) = file("ledger-tries");
    let book = with_ledger(&path);
    let (before, known) = open_rows(&book);
    assert!(known);
    let inside = book.try_out(|| {
        owe(&book, 1);
        Ok::<_, StoreError>(open_rows(&book))
    });
    assert_eq!(inside.unwrap(), (before + 1, false), "what was tried is seen, by plain SQL");
    assert_eq!(open_rows(&book), (before, true), "and is taken back");
    owe(&book, 1);
    assert_eq!(open_rows(&book), (before + 1, true));
}

#[test]
fn a_snapshot_older_than_the_ledger_is_read_by_plain_sql() {
    let (_folder, path) = file("ledger-older");
    let (book, other) = (open(&path), open(&path));
    let slice = book
        .read(|db| {
            // The read begins; the other connection writes and reads a ledger that is newer than it.
            let before = db.one("SELECT COUNT(*) FROM payment", &[], |row| row.int(0))?;
            owe(&other, 1);
            book.keep_ledger(other.read(read_all)?);
            let all = PaymentFilter { view: PaymentView::All, ..PaymentFilter::default() };
            let slice = payments(db, &all, &Page::first(5000), today())?;
            assert_eq!(before, Some(i64::try_from(slice.rows.len()).unwrap()));
            Ok::<_, StoreError>(slice)
        })
        .unwrap();
    assert_eq!(slice.totals, None, "plain SQL");
    assert!(open_rows(&book).1, "the next read is of a later moment");
}

#[test]
fn a_ledger_that_is_too_far_behind_is_given_up_and_read_anew() {
    let (_folder, path) = file("ledger-behind");
    let (book, other) = (with_ledger(&path), open(&path));
    other
        .write(|db| {
            let newest = db.one("SELECT MAX(seq) FROM change", &[], |row| row.int(0))?.unwrap_or(0);
            let far = (newest / 1000 + 12) * 1000;
            db.execute("INSERT INTO change (seq, kind, row_id) VALUES (?1, 'customer', 1)", &[far.into()])?;
            let left = db.one("SELECT COUNT(*) FROM change", &[], |row| row.int(0))?;
            assert_eq!(left, Some(1), "all but the newest are pruned");
            Ok::<_, StoreError>(())
        })
        .unwrap();
    let (rows, known) = open_rows(&book);
    assert!(!known && !book.has_ledger());
    book.keep_ledger(book.read(read_all).unwrap());
    assert_eq!(open_rows(&book), (rows, true));
}
