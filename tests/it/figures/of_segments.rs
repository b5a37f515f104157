//! Figures of the customers of a segment: parts of a whole, of one state of the book.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use rentbook::demo::{DemoOptions, make};
use rentbook::domain::customer::CustomerKind;
use rentbook::services::reads::reports::{self, Period};
use rentbook::services::reads::{
    CustomerFilter, InvoiceFilter, InvoiceSort, Page, PaymentFilter, PaymentSort, PaymentView, Segment, Whose,
    invoices, invoices_total, payments, payments_total,
};
use rentbook::services::{Access, Book, Desk, Outside, StoreError};

use crate::books::{Due, Scribe, Who, today};
use crate::fixture::{Hand, date, operator};

const KINDS: [CustomerKind; 2] = [CustomerKind::Individual, CustomerKind::Business];

/// Figures by name: what must add up.
type Figures = BTreeMap<String, i64>;

fn demo(folder: &tempfile::TempDir) -> Desk {
    let (path, options) = (folder.path().join("demo.db"), DemoOptions { customers: 90, months: 14, seed: 7 });
    make(&path, date("2025-06-30"), options, &mut |_, _| true).unwrap();
    let hand = Hand::at("2025-06-30");
    Desk::new(Book::open(&path, Access::ReadWrite, hand.now()).unwrap(), Arc::new(hand), operator("mia")).unwrap()
}

fn of_kind(kind: CustomerKind) -> CustomerFilter {
    CustomerFilter { kind: Some(kind), closed: true, ..CustomerFilter::default() }
}

/// Every sum and count of every report of a period.
fn figures(desk: &Desk, filter: Option<&CustomerFilter>, period: Period) -> Figures {
    let mut all = Figures::new();
    desk.read(|db| {
        let whose = Whose::within(db, filter, desk.today())?;
        let mut add = |name: String, minor: i64| *all.entry(name).or_default() += minor;
        let summary = reports::summary(db, period, &whose)?;
        for row in summary.rows {
            let code = row.currency.code();
            add(format!("due count {code}"), row.due_count);
            add(format!("income {code}"), row.total_income.minor());
            add(format!("outstanding {code}"), row.outstanding.minor());
            add(format!("not invoiced {code}"), row.due_not_invoiced.minor());
            add(format!("paid {code}"), row.paid_count);
            add(format!("deposits {code}"), row.deposits_held.minor());
            add(format!("recurring {code}"), row.monthly_recurring.minor());
            add(format!("credit {code}"), row.unapplied_credit.minor());
        }
        for row in reports::income_by_month(db, period, &whose)? {
            let name = format!("{} {}", row.month, row.due.currency());
            add(format!("collected {name}"), row.collected.minor());
            add(format!("due {name}"), row.due.minor());
        }
        for row in reports::status_distribution(db, period, &whose)? {
            add(format!("count {}", row.status.code()), row.count());
            row.sums.iter().for_each(|(_, sum)| add(format!("{} {}", row.status.code(), sum.currency()), sum.minor()));
        }
        for row in reports::failures_by_week(db, period, &whose)? {
            add(format!("failed {}", row.week), row.declined);
            add(format!("recovered {}", row.week), row.recovered);
            row.by_reason.iter().for_each(|(reason, count)| add(format!("{} {reason}", row.week), *count));
        }
        for row in reports::aging(db, period.as_of, &whose)? {
            add(format!("open {} {}", row.bucket.code(), row.amount.currency()), row.amount.minor());
        }
        for row in reports::expected(db, desk.today(), &whose)? {
            add(format!("next {} {}", row.days, row.due.currency()), row.due.minor());
            add(format!("to come {} {}", row.days, row.due.currency()), row.upcoming.minor());
        }
        Ok::<_, StoreError>(())
    })
    .unwrap();
    all.retain(|_, figure| *figure != 0);
    all
}

fn sum(parts: [Figures; 2]) -> Figures {
    let mut all = Figures::new();
    for (name, figure) in parts.into_iter().flatten() {
        *all.entry(name).or_default() += figure;
    }
    all
}

fn period(from: &str, as_of: &str) -> Period {
    Period { from: date(from), to: date(as_of), as_of: date(as_of) }
}

#[test]
fn the_segments_of_a_partition_add_up_to_the_whole_on_every_day() {
    let folder = tempfile::tempdir().unwrap();
    let desk = demo(&folder);
    let sql = "SELECT CAST(SUM(amount_minor - allocated_minor - refunded_minor) AS BIGINT) FROM receipt \
               WHERE group_id IS NOT NULL AND state = 'cleared'";
    let of_groups = desk.read(|db| db.one(sql, &[], |row| row.opt_int(0))).unwrap().flatten().unwrap_or(0);
    for (from, as_of) in [("2024-01-01", "2025-06-30"), ("2025-01-01", "2025-03-31"), ("2025-06-01", "2025-06-15")] {
        let period = period(from, as_of);
        let mut whole = figures(&desk, None, period);
        let parts = KINDS.map(|kind| figures(&desk, Some(&of_kind(kind)), period));
        let own = |figures: &Figures| figures.get("income EUR").or(figures.get("income USD")).copied().unwrap_or(0);
        assert!(parts.iter().all(|part| own(part) > 0), "each part has something: {parts:?}");
        // Credit of a billing group is no member's.
        if let Some(credit) = whole.iter_mut().find(|(name, _)| name.starts_with("credit ")) {
            *credit.1 -= if as_of == "2025-06-30" { of_groups } else { 0 };
        }
        let (mut parts, mut whole) = (sum(parts), whole);
        if as_of != "2025-06-30" {
            parts.retain(|name, _| !name.starts_with("credit "));
            whole.retain(|name, _| !name.starts_with("credit "));
        }
        whole.retain(|_, figure| *figure != 0);
        assert_eq!(parts, whole, "{from} to {as_of}");
    }
}

#[test]
fn merged_customers_count_with_the_one_they_are_read_as() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = demo(&folder);
    let sql = "SELECT s.customer_id FROM subscription s JOIN customer c ON c.id = s.customer_id \
               WHERE c.kind = ?1 AND c.root_id IS NULL AND c.group_id IS NULL AND c.erased_on IS NULL \
               GROUP BY s.customer_id ORDER BY s.customer_id LIMIT 1";
    let one = |kind: CustomerKind| {
        let id = desk.read(|db| db.one(sql, &[kind.code().into()], |row| row.int(0))).unwrap().unwrap();
        rentbook::domain::id::CustomerId(id)
    };
    let (kept, merged) = (one(CustomerKind::Business), one(CustomerKind::Individual));
    let period = period("2024-01-01", "2025-06-30");
    let before = KINDS.map(|kind| figures(&desk, Some(&of_kind(kind)), period));
    desk.perform(rentbook::services::Action::MergeCustomers { kept, merged }).unwrap();
    let after = KINDS.map(|kind| figures(&desk, Some(&of_kind(kind)), period));
    assert_ne!(before, after, "what the merged one paid has gone over");
    assert_eq!(sum(before), sum(after));
}

#[test]
fn a_segment_that_nobody_is_in_has_no_figures() {
    let folder = tempfile::tempdir().unwrap();
    let desk = demo(&folder);
    let nobody = CustomerFilter { lifetime: (Some(i64::MAX), None), ..CustomerFilter::default() };
    let filter = PaymentFilter { segment: Some(Box::new(nobody.clone())), ..PaymentFilter::default() };
    assert_eq!(figures(&desk, Some(&nobody), period("2024-01-01", "2025-06-30")), Figures::new());
    assert!(desk.read(|db| payments(db, &filter, &Page::first(9), desk.today())).unwrap().rows.is_empty());
    assert_eq!(desk.read(|db| payments_total(db, &filter, desk.today())).unwrap().count, 0);
}

/// The rows of all pages.
fn walked<R>(mut read: impl FnMut(&Page) -> rentbook::services::reads::Slice<R>, at: impl Fn(&R) -> Page) -> Vec<R> {
    let mut rows = Vec::new();
    let mut page = Page::first(25);
    loop {
        let slice = read(&page);
        rows.extend(slice.rows);
        match rows.last() {
            Some(last) if slice.more_after => page = at(last),
            _ => return rows,
        }
    }
}

#[test]
fn lists_of_a_segment_have_its_rows_in_every_order_and_no_other() {
    let folder = tempfile::tempdir().unwrap();
    let desk = demo(&folder);
    let day: NaiveDate = desk.today();
    let own = |kind: CustomerKind| -> Vec<i64> {
        let sql = "SELECT p.id FROM payment p JOIN customer m ON m.id = p.customer_id \
                   JOIN customer c ON c.id = COALESCE(m.root_id, m.id) WHERE c.kind = ?1 ORDER BY p.id";
        desk.read(|db| db.all(sql, &[kind.code().into()], |row| row.int(0))).unwrap()
    };
    for kind in KINDS {
        let segment = Some(Box::new(of_kind(kind)));
        for sort in [PaymentSort::Due, PaymentSort::Amount, PaymentSort::Customer, PaymentSort::Status] {
            let filter =
                PaymentFilter { view: PaymentView::All, segment: segment.clone(), sort, ..PaymentFilter::default() };
            let rows = walked(
                |page| desk.read(|db| payments(db, &filter, page, day)).unwrap(),
                |row| Page::after(row.cursor(sort), 25),
            );
            let mut ids: Vec<i64> = rows.iter().map(|row| row.id.0).collect();
            ids.sort_unstable();
            assert_eq!(ids, own(kind), "{kind:?} by {sort:?}");
            let count = desk.read(|db| payments_total(db, &filter, day)).unwrap().count;
            assert_eq!(count, i64::try_from(ids.len()).unwrap());
        }
    }
    let business = Some(Box::new(CustomerFilter { segment: Some(Segment::Business), ..CustomerFilter::default() }));
    let count = |filter: &InvoiceFilter| desk.read(|db| invoices_total(db, filter, day)).unwrap().count;
    for sort in [InvoiceSort::Due, InvoiceSort::Number, InvoiceSort::Amount, InvoiceSort::Customer] {
        let filter = InvoiceFilter { segment: business.clone(), sort, ..InvoiceFilter::default() };
        let rows = walked(
            |page| desk.read(|db| invoices(db, &filter, page, day)).unwrap(),
            |row| Page::after(row.cursor(sort), 25),
        );
        assert_eq!(i64::try_from(rows.len()).unwrap(), count(&filter));
        assert!(!rows.is_empty() && rows.iter().all(|row| row.customer_id.is_some()));
    }
}

#[test]
fn a_segment_of_more_customers_than_are_listed_is_walked_to_the_same_rows() {
    let book = Book::in_memory().unwrap();
    let (mut payments_of, mut invoices_of) = (Vec::new(), Vec::new());
    book.write(|db| {
        let scribe = Scribe::new(db)?;
        for n in 0..2100 {
            let id = scribe.customer(Who { first: "Ann", last: &format!("Weber {n}"), ..Who::default() })?;
            if n % 30 == 0 {
                let due_on = today() - chrono::Days::new(n % 7);
                let due = Due { customer: id, due_on, minor: 1000 + i64::try_from(n).unwrap_or(0), ..Due::default() };
                let (invoice, payments) = scribe.invoice("regular", due_on, &[due])?;
                payments_of.extend(payments);
                invoices_of.push(invoice);
            }
        }
        let firm = scribe.customer(Who { company: "Acme", ..Who::default() })?;
        scribe.invoice("regular", today(), &[Due { customer: firm, due_on: today(), ..Due::default() }]).map(drop)
    })
    .unwrap();
    let segment = Some(Box::new(of_kind(CustomerKind::Individual)));
    for sort in [PaymentSort::Due, PaymentSort::Amount, PaymentSort::Customer, PaymentSort::Status] {
        let filter = PaymentFilter { segment: segment.clone(), sort, ..PaymentFilter::default() };
        let rows = walked(
            |page| book.read(|db| payments(db, &filter, page, today())).unwrap(),
            |row| Page::after(row.cursor(sort), 25),
        );
        let mut ids: Vec<i64> = rows.iter().map(|row| row.id.0).collect();
        ids.sort_unstable();
        assert_eq!(ids, payments_of, "by {sort:?}");
    }
    for sort in [InvoiceSort::Due, InvoiceSort::Number, InvoiceSort::Amount, InvoiceSort::Customer] {
        let filter = InvoiceFilter { segment: segment.clone(), sort, ..InvoiceFilter::default() };
        let rows = walked(
            |page| book.read(|db| invoices(db, &filter, page, today())).unwrap(),
            |row| Page::after(row.cursor(sort), 25),
        );
        let mut ids: Vec<i64> = rows.iter().map(|row| row.id.0).collect();
        ids.sort_unstable();
        assert_eq!(ids, invoices_of, "by {sort:?}");
    }
}
