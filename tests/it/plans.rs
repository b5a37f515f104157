//! How SQLite answers each statement of a list: by which index, in which order, sorting what.
//!
//! The planner decides by statistics, so every statement is looked at twice: in a new book, which has none, and in one
//! that believes to hold a million payments (the statistics of such a book stand beside this file).

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use rentbook::domain::id::{CustomerId, GroupId, SubscriptionId, VariantId};
use rentbook::domain::status::{InvoiceStatus, OrderStatus, OutboxState, SubscriptionStatus};
use rentbook::services::reads::*;
use rentbook::store::{Book, Db, Result, Value};

use super::books::{Due, Scribe, Who, day, today};

/// `ANALYZE` of a demo book with a million payments: table, index, statistics.
const STATISTICS: &str = include_str!("plans/statistics.tsv");

/// Tables that grow with every day of business.
const GROWING: &[&str] = &[
    "payment",
    "p",
    "invoice",
    "i",
    "n",
    "receipt",
    "r",
    "allocation",
    "a",
    "activity",
    "subscription",
    "s",
    "rental_order",
    "o",
    "charge_attempt",
    "outbox_message",
    "payment_change",
    "h",
    "customer",
    "c",
    "m",
];

fn small_book() -> Book {
    let book = Book::in_memory().unwrap();
    book.write(|db| {
        let scribe = Scribe::new(db)?;
        let mut people = Vec::new();
        for n in 0..1900 {
            people.push(scribe.customer(Who { first: "Ann", last: &format!("Weber {n}"), ..Who::default() })?);
        }
        scribe.group("Acme HQ", &people[..3])?;
        scribe.merge(people[7], people[8])?;
        let (_, payments) = scribe.invoice("regular", today(), &[Due { customer: people[4], ..Due::default() }])?;
        scribe.pay(payments[0], today(), "cash", "BT-1")?;
        scribe.invoice("regular", today(), &[Due { customer: people[8], ..Due::default() }]).map(drop)
    })
    .unwrap();
    book
}

fn believes_in_a_million(book: &Book) {
    book.write(|db| {
        db.execute("ANALYZE", &[])?;
        db.execute("DELETE FROM sqlite_stat1", &[])?;
        for line in STATISTICS.lines() {
            let mut cells = line.split('\t');
            let mut cell = || cells.next().unwrap_or_default().to_owned();
            let (table, index, told) = (cell(), cell(), cell());
            db.execute(
                "INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES (?1, NULLIF(?2, ''), ?3)",
                &[table.into(), index.into(), told.into()],
            )?;
        }
        db.execute("ANALYZE sqlite_schema", &[]).map(drop)
    })
    .unwrap();
}

/// The steps of a statement's plan.
fn plan(db: &Db, sql: &str) -> Vec<String> {
    let number = |part: &str| part.split(|c: char| !c.is_ascii_digit()).next().unwrap().parse().unwrap_or(0);
    let count = sql.split('?').skip(1).map(number).max().unwrap_or(0);
    db.all(&format!("EXPLAIN QUERY PLAN {sql}"), &vec![Value::Null; count], |row| row.text(3)).unwrap()
}

type Read = Box<dyn Fn(&Db) -> Result<()>>;

/// The lists an index answers, whatever the book: what a screen begins with, one customer's rows, one status.
fn payment_lists(reads: &mut Vec<(String, Read)>) {
    let view = |view| PaymentFilter { view, ..PaymentFilter::default() };
    let all = view(PaymentView::All);
    for (name, filter) in [
        ("open", view(PaymentView::Open)),
        ("overdue", view(PaymentView::Overdue)),
        ("failed", view(PaymentView::Failed)),
        ("paid", view(PaymentView::Paid)),
        ("all", all.clone()),
        ("of a customer", PaymentFilter { customer: Some(CustomerId(9)), ..all.clone() }),
        ("of a subscription", PaymentFilter { subscription: Some(SubscriptionId(1)), ..all.clone() }),
        ("disputed", PaymentFilter { disputed: true, ..all }),
    ] {
        reads.push((format!("payments, {name}"), Box::new(move |db| leaf_payments(db, &filter))));
    }
}

/// The first page, one from the middle and the last one.
fn leaf_payments(db: &Db, filter: &PaymentFilter) -> Result<()> {
    let any =
        payments(db, &PaymentFilter { view: PaymentView::All, ..PaymentFilter::default() }, &Page::first(1), today())?;
    let middle = any.rows.first().map(|row| Page::after(row.cursor(filter.sort), 50));
    for page in [Page::first(50), Page::last(50)].iter().chain(&middle) {
        payments(db, filter, page, today())?;
    }
    Ok(())
}

fn leaf_invoices(db: &Db, filter: &InvoiceFilter) -> Result<()> {
    let any = invoices(db, &InvoiceFilter::default(), &Page::first(1), today())?;
    let middle = any.rows.first().map(|row| Page::after(row.cursor(filter.sort), 50));
    for page in [Page::first(50), Page::last(50)].iter().chain(&middle) {
        invoices(db, filter, page, today())?;
    }
    Ok(())
}

fn invoice_lists(reads: &mut Vec<(String, Read)>) {
    let all = InvoiceFilter::default();
    let open = vec![InvoiceStatus::Unpaid, InvoiceStatus::PartiallyPaid, InvoiceStatus::Overdue];
    for (name, filter) in [
        ("all", all.clone()),
        ("open", InvoiceFilter { statuses: open, ..all.clone() }),
        ("of a customer", InvoiceFilter { customer: Some(CustomerId(9)), ..all.clone() }),
        ("of a group", InvoiceFilter { group: Some(GroupId(1)), ..all }),
    ] {
        reads.push((format!("invoices, {name}"), Box::new(move |db| leaf_invoices(db, &filter))));
    }
}

fn other_lists(reads: &mut Vec<(String, Read)>) {
    let by_name = |db: &Db| {
        let filter = CustomerFilter::default();
        for row in &customers(db, &filter, &Page::first(1), today())?.rows {
            customers(db, &filter, &Page::after(row.cursor(filter.sort), 50), today())?;
        }
        Ok(())
    };
    reads.push(("customers by name".into(), Box::new(by_name)));
    for sort in [SubscriptionSort::Number, SubscriptionSort::End] {
        for (name, filter) in [
            ("all", SubscriptionFilter::default()),
            (
                "live",
                SubscriptionFilter { statuses: vec![SubscriptionStatus::Active], ..SubscriptionFilter::default() },
            ),
            ("of a variant", SubscriptionFilter { variant: Some(VariantId(1)), ..SubscriptionFilter::default() }),
        ] {
            let filter = SubscriptionFilter { sort, ..filter };
            let read = move |db: &Db| subscriptions(db, &filter, &Page::first(50), today()).map(drop);
            reads.push((format!("subscriptions, {name} by {sort:?}"), Box::new(read)));
        }
    }
    for (name, status) in [("all", None), ("drafts", Some(OrderStatus::Draft))] {
        let filter = OrderFilter { status, ..OrderFilter::default() };
        reads.push((format!("orders, {name}"), Box::new(move |db| orders(db, &filter, &Page::first(50)).map(drop))));
    }
    for (name, filter) in [
        ("all", MessageFilter::default()),
        ("waiting", MessageFilter { is_waiting: true, ..MessageFilter::default() }),
        ("sent", MessageFilter { states: vec![OutboxState::Sent, OutboxState::Bounced], ..MessageFilter::default() }),
        ("“ann”", MessageFilter { query: "ann".into(), ..MessageFilter::default() }),
    ] {
        let read = move |db: &Db| {
            messages(db, &filter, &Page::first(50))?;
            messages_count(db, &filter).map(drop)
        };
        reads.push((format!("messages, {name}"), Box::new(read)));
    }
    periods_to_come(reads);
    reads.push((
        "groups".into(),
        Box::new(|db| groups(db, &GroupFilter::default(), &Page::first(50), today()).map(drop)),
    ));
    reads.push(("today".into(), Box::new(|db| rentbook::services::reads::today(db, today()).map(drop))));
    for query in ["ann", "weber 12", "2025-0001", "89", "BT-1"] {
        reads.push((format!("find “{query}”"), Box::new(move |db| find(db, query, 8, today()).map(drop))));
    }
    reads.push(("page of a customer".into(), Box::new(|db| customer_page(db, CustomerId(9), today()).map(drop))));
    reads.push(("page of a group".into(), Box::new(|db| group_page(db, GroupId(1), today()).map(drop))));
}

fn periods_to_come(reads: &mut Vec<(String, Read)>) {
    let starts = (Some(day("2025-06-01")), Some(day("2025-06-30")));
    let to_come = UpcomingFilter::default;
    for (name, filter) in [
        ("all", to_come()),
        ("starting in a month", UpcomingFilter { starts, ..to_come() }),
        ("of a customer", UpcomingFilter { customer: Some(CustomerId(9)), ..to_come() }),
        ("of a group", UpcomingFilter { group: Some(GroupId(1)), ..to_come() }),
    ] {
        let read = move |db: &Db| upcoming(db, &filter, &Page::first(50), today()).map(drop);
        reads.push((format!("upcoming, {name}"), Box::new(read)));
    }
}

/// Whether a step reads a growing table from end to end: without the order of an index, nor that of the ids up to a limit.
fn scans(sql: &str, step: &str) -> bool {
    let mut words = step.split(' ');
    let (Some("SCAN"), Some(name)) = (words.next(), words.next()) else { return false };
    let by_id = [format!("ORDER BY {name}.id LIMIT"), format!("ORDER BY {name}.id DESC LIMIT")];
    let walks = step.contains("USING") || by_id.iter().any(|order| sql.contains(order));
    GROWING.contains(&name) && !walks
}

#[test]
fn what_a_screen_begins_with_reads_no_growing_table_from_end_to_end() {
    let mut reads = Vec::new();
    payment_lists(&mut reads);
    invoice_lists(&mut reads);
    other_lists(&mut reads);
    let book = small_book();
    let mut plans: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for believing in [false, true] {
        if believing {
            believes_in_a_million(&book);
        }
        for (name, read) in &reads {
            let ((), statements) = book.overheard(|db| read(db)).unwrap();
            let statements: BTreeSet<String> = statements.into_iter().collect();
            book.read(|db| {
                for sql in &statements {
                    let steps = plan(db, sql);
                    let scanned: Vec<&String> = steps.iter().filter(|step| scans(sql, step)).collect();
                    assert!(scanned.is_empty(), "{name} (statistics: {believing}):\n{sql}\n{}", steps.join("\n"));
                    if believing && sql.contains(" LIMIT ?") {
                        plans.entry(name).or_default().insert(steps.join(" > "));
                    }
                }
                Ok::<_, rentbook::store::StoreError>(())
            })
            .unwrap();
        }
    }
    let mut shown = String::new();
    for (name, plans) in plans.into_iter().filter(|(name, _)| !name.contains('“')) {
        let _ = writeln!(shown, "{name}");
        for plan in plans {
            let _ = writeln!(shown, "    {plan}");
        }
    }
    insta::assert_snapshot!("plans", shown);
}

/// Every report about some customers.
fn reports_of_some(db: &Db) -> Result<()> {
    let whose = Whose::Only(vec![5, 9]);
    let day = today();
    let period = reports::Period { from: day, to: day, as_of: day.pred_opt().unwrap() };
    reports::summary(db, period, &whose)?;
    reports::income_by_month(db, period, &whose)?;
    reports::status_distribution(db, period, &whose)?;
    reports::failures_by_week(db, period, &whose)?;
    reports::aging(db, period.as_of, &whose)?;
    reports::expected(db, day, &whose).map(drop)
}

#[test]
fn reports_of_a_segment_read_what_its_customers_have_and_nothing_else() {
    let book = small_book();
    let mut shown = BTreeSet::new();
    for believing in [false, true] {
        if believing {
            believes_in_a_million(&book);
        }
        let ((), statements) = book.overheard(reports_of_some).unwrap();
        let of_some =
            statements.iter().collect::<BTreeSet<_>>().into_iter().filter(|sql| sql.contains("customer_id IN"));
        let mut count = 0;
        book.read(|db| {
            for sql in of_some {
                count += 1;
                let steps = plan(db, sql);
                let begins = steps.first().is_some_and(|step| step.contains("(customer_id=?"));
                let scanned = steps.iter().any(|step| step.starts_with("SCAN"));
                assert!(begins && !scanned, "(statistics: {believing}):\n{sql}\n{}", steps.join("\n"));
                if believing {
                    shown.insert(steps.join(" > "));
                }
            }
            Ok::<_, rentbook::store::StoreError>(())
        })
        .unwrap();
        assert!(count >= 15, "{count} statements");
    }
    insta::assert_snapshot!("plans_of_a_segment", shown.into_iter().collect::<Vec<_>>().join("\n"));
}
