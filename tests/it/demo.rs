//! The demo book: the same rows every time, something of everything, and nothing wrong with it.

use std::path::Path;
use std::sync::Arc;

use rentbook::demo::{DemoOptions, DemoReport, make};
use rentbook::domain::id::CustomerId;
use rentbook::services::actions::invoicing::{InvoiceDraft, LineDraft};
use rentbook::services::papers::Copy;
use rentbook::services::pass::PassOptions;
use rentbook::services::{Access, Action, Book, Desk, Outcome, Outside};
use sha2::{Digest, Sha256};

use crate::fixture::{Hand, date, operator};

const TODAY: &str = "2025-06-30";

fn made(path: &Path, today: &str, options: DemoOptions) -> (Desk, DemoReport) {
    let mut told = (0, 0);
    let report = make(path, date(today), options, &mut |done, total| {
        told = (done, total);
        true
    })
    .unwrap();
    assert!(told.0 == told.1 && told.0 > 0);
    assert_eq!(report.customers, options.customers);
    let hand = Hand::at(today);
    let book = Book::open(path, Access::ReadWrite, hand.now()).unwrap();
    (Desk::new(book, Arc::new(hand), operator("mia")).unwrap(), report)
}

pub fn demo(folder: &tempfile::TempDir, name: &str, customers: usize, months: u32, seed: u64) -> Desk {
    let options = DemoOptions { customers, months, seed };
    made(&folder.path().join(name), TODAY, options).0
}

/// One digest over every row of every table.
fn digest(desk: &Desk) -> Vec<u8> {
    let rows = desk
        .read(|db| {
            let tables = db.all(
                "SELECT m.name, (SELECT group_concat('quote(' || c.name || ')', ' || ''|'' || ') FROM pragma_table_info(m.name) c) \
                 FROM sqlite_schema m WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' ORDER BY m.name",
                &[],
                |row| Ok((row.text(0)?, row.text(1)?)),
            )?;
            let mut rows = Vec::new();
            for (table, cells) in tables {
                rows.push(table.clone());
                rows.extend(db.all(&format!("SELECT {cells} FROM {table} ORDER BY rowid"), &[], |row| row.text(0))?);
            }
            Ok::<_, rentbook::services::DeskError>(rows)
        })
        .unwrap();
    assert!(rows.len() > 100);
    Sha256::digest(rows.join("\n")).to_vec()
}

fn texts(desk: &Desk, sql: &str) -> Vec<String> {
    desk.read(|db| db.all(sql, &[], |row| row.text(0))).unwrap()
}

fn count(desk: &Desk, sql: &str) -> i64 {
    desk.read(|db| db.one(sql, &[], |row| row.int(0))).unwrap().unwrap_or(0)
}

fn sound(desk: &Desk) {
    let report = desk.check_deep().unwrap();
    assert!(report.ok, "{:#?}", report.violations);
}

/// What the book of every demo holds, as a question answered by 1.
const HOLDS: &[(&str, &str)] = &[
    ("groups with members", "SELECT COUNT(DISTINCT group_id) = 3 FROM customer WHERE group_id IS NOT NULL"),
    (
        "contracts that end soon",
        "SELECT COUNT(*) >= 3 FROM subscription WHERE status = 'active' AND end_on BETWEEN '2025-06-30' AND '2025-07-30'",
    ),
    ("follow-ups due today", "SELECT COUNT(*) >= 2 FROM note WHERE follow_up_on = '2025-06-30'"),
    ("a payment due today", "SELECT COUNT(*) >= 1 FROM payment WHERE due_on = '2025-06-30' AND status = 'pending'"),
    ("a merged pair", "SELECT COUNT(*) = 1 FROM customer WHERE merged_into IS NOT NULL"),
    ("places to ship to", "SELECT COUNT(*) >= 3 FROM address WHERE kind = 'shipping'"),
    ("preferences", "SELECT COUNT(*) >= 3 FROM customer WHERE prefers_months IS NOT NULL"),
    ("segments", "SELECT COUNT(*) = 2 FROM segment"),
    ("both kinds of customer", "SELECT COUNT(DISTINCT kind) = 2 FROM customer"),
    ("firms with a VAT number", "SELECT COUNT(*) >= 3 FROM customer WHERE kind = 'business' AND vat_number <> ''"),
    ("terms of 7, 14 and 30 days", "SELECT COUNT(DISTINCT terms_days) = 3 FROM customer WHERE kind = 'business'"),
    ("notes of every type", "SELECT COUNT(DISTINCT kind) = 4 FROM note"),
    ("a follow-up that is done", "SELECT COUNT(*) >= 1 FROM note WHERE followed_up_on IS NOT NULL"),
    ("shipping addresses of before", "SELECT COUNT(*) >= 1 FROM address WHERE kind = 'shipping' AND to_on IS NOT NULL"),
    ("billing addresses of before", "SELECT COUNT(*) >= 1 FROM address WHERE kind = 'billing' AND to_on IS NOT NULL"),
    (
        "every preference",
        "SELECT COUNT(*) >= 1 FROM customer WHERE prefers_months IS NOT NULL AND prefers_method IS NOT NULL \
        AND prefers_frequency IS NOT NULL AND prefers_channel IS NOT NULL AND prefers_text <> ''",
    ),
    (
        "customers with several orders",
        "SELECT COUNT(*) >= 10 FROM (SELECT customer_id FROM rental_order GROUP BY 1 HAVING COUNT(*) > 1)",
    ),
    (
        "an order billed to an address of its own",
        "SELECT COUNT(*) >= 1 FROM rental_order WHERE billing_address_id IS NOT NULL",
    ),
    (
        "an order shipped to several places",
        "SELECT COUNT(*) >= 1 FROM (SELECT order_id FROM order_item GROUP BY 1 \
        HAVING COUNT(DISTINCT shipping_address_id) > 1)",
    ),
    ("three frequencies", "SELECT COUNT(DISTINCT frequency) = 3 FROM subscription"),
    ("a replaced asset", "SELECT COUNT(*) >= 1 FROM asset_replacement"),
    ("an extension", "SELECT COUNT(*) >= 1 FROM activity WHERE action = 'extend_subscription'"),
    ("a price that changes", "SELECT COUNT(*) >= 1 FROM price_change"),
    (
        "a pause that is over and one that lasts",
        "SELECT SUM(to_on IS NULL) >= 1 AND SUM(to_on IS NOT NULL) >= 1 FROM pause",
    ),
    ("an upgrade linked to what it replaced", "SELECT COUNT(*) >= 1 FROM subscription WHERE previous_id IS NOT NULL"),
    (
        "a cancellation to a day to come",
        "SELECT COUNT(*) >= 1 FROM subscription WHERE status = 'active' AND ended_on > '2025-06-30'",
    ),
    (
        "early returns with a fee and with a waiver",
        "SELECT (SELECT COUNT(*) >= 1 FROM payment WHERE kind = 'fee' AND text LIKE 'Early return%') \
        AND (SELECT COUNT(*) >= 2 FROM subscription WHERE end_reason = 'returned_early')",
    ),
    ("deposits in every state", "SELECT COUNT(DISTINCT state) = 4 FROM deposit"),
    (
        "cards that end soon",
        "SELECT COUNT(*) >= 1 FROM payment_method WHERE kind = 'card' AND removed_on IS NULL \
        AND expires_year = 2025 AND expires_month BETWEEN 6 AND 8",
    ),
    ("credit", "SELECT COUNT(*) >= 1 FROM receipt WHERE allocated_minor < amount_minor"),
    (
        "one receipt for several invoices",
        "SELECT COUNT(*) >= 5 FROM (SELECT receipt_id FROM allocation a JOIN payment p ON p.id = a.payment_id \
             GROUP BY 1 HAVING COUNT(DISTINCT p.invoice_id) > 1)",
    ),
    ("refunds with credit notes", "SELECT COUNT(*) >= 5 FROM refund WHERE credit_note_id IS NOT NULL"),
    ("an open dispute", "SELECT COUNT(*) >= 1 FROM dispute WHERE closed_on IS NULL"),
    ("decided disputes", "SELECT COUNT(*) >= 2 FROM dispute WHERE closed_on IS NOT NULL"),
    ("attempts that failed", "SELECT COUNT(*) >= 5 FROM charge_attempt WHERE state = 'declined'"),
    ("payments tried more than once", "SELECT COUNT(*) >= 1 FROM payment WHERE attempt_count > 1"),
    ("a check on its way", "SELECT COUNT(*) >= 1 FROM receipt WHERE state = 'pending'"),
    ("cards and mandates", "SELECT COUNT(DISTINCT kind) = 2 FROM payment_method"),
    ("part payments", "SELECT COUNT(*) >= 5 FROM (SELECT payment_id FROM allocation GROUP BY 1 HAVING COUNT(*) > 1)"),
];

#[test]
fn a_demo_holds_something_of_everything_and_nothing_wrong() {
    let folder = tempfile::tempdir().unwrap();
    let (mut desk, report) = made(&folder.path().join("demo.rentbook"), TODAY, DemoOptions::default());
    sound(&desk);
    assert!(desk.shop().unwrap().is_demo);
    let statuses = texts(&desk, "SELECT DISTINCT status FROM payment ORDER BY 1");
    assert_eq!(statuses, ["cancelled", "failed", "paid", "pending", "processing"]);
    let invoices = "SELECT DISTINCT CASE WHEN state <> 'issued' THEN state WHEN settled_minor >= total_minor THEN 'paid' \
        WHEN due_on < '2025-06-30' THEN 'overdue' WHEN settled_minor > 0 THEN 'partially_paid' ELSE 'unpaid' END FROM invoice ORDER BY 1";
    assert_eq!(texts(&desk, invoices), ["overdue", "paid", "partially_paid", "unpaid", "void"]);
    assert_eq!(
        texts(&desk, "SELECT DISTINCT kind FROM invoice ORDER BY 1"),
        ["consolidated", "out_of_turn", "regular"]
    );
    let stands = texts(&desk, "SELECT DISTINCT COALESCE(end_reason, status) FROM subscription ORDER BY 1");
    assert_eq!(stands.join(" "), "active bought_out cancelled completed paused returned_early upgraded");
    assert_eq!(texts(&desk, "SELECT DISTINCT state FROM asset ORDER BY 1"), ["in_stock", "rented", "retired", "sold"]);
    let orders = texts(&desk, "SELECT DISTINCT status FROM rental_order ORDER BY 1");
    assert_eq!(orders, ["cancelled", "confirmed", "draft"]);
    for (what, sql) in HOLDS {
        assert_eq!(count(&desk, sql), 1, "{what}");
    }
    pays_as_shops_do(&mut desk, &report);
}

/// Most is paid, some is late, and the day is done.
fn pays_as_shops_do(desk: &mut Desk, report: &DemoReport) {
    let paid = count(desk, "SELECT 100 * SUM(status = 'paid') / COUNT(*) FROM payment");
    assert!((85..=97).contains(&paid), "{paid} % are paid");
    let late = count(
        desk,
        "SELECT COUNT(*) FROM invoice WHERE overdue_on IS NOT NULL AND state = 'issued' AND settled_minor < total_minor",
    );
    assert!((3..=30).contains(&late), "{late} invoices are overdue");
    let mine = [report.subscriptions, report.payments, report.invoices];
    let there = ["subscription", "payment", "invoice"].map(|t| count(desk, &format!("SELECT COUNT(*) FROM {t}")));
    assert_eq!(mine, there);
    assert!((100..=150).contains(&report.subscriptions) && (1_000..=1_500).contains(&report.payments), "{report:?}");
    // The pass of the day is done: another finds nothing.
    let pass = desk.run_pass(&PassOptions::default()).unwrap();
    assert_eq!((pass.last_run_on, pass.steps), (Some(date(TODAY)), vec![]));
}

#[test]
fn the_same_seed_and_day_make_the_same_rows() {
    let folder = tempfile::tempdir().unwrap();
    let one = digest(&demo(&folder, "one", 60, 18, 1));
    assert_eq!(one, digest(&demo(&folder, "two", 60, 18, 1)));
    let small = digest(&demo(&folder, "small", 10, 3, 1));
    assert_ne!(small, digest(&demo(&folder, "other", 10, 3, 2)));
}

#[test]
fn any_seed_size_and_last_day_makes_a_sound_book() {
    let folder = tempfile::tempdir().unwrap();
    let cases = [
        ("2024-02-29", 1, 1),
        ("2024-03-31", 2, 2),
        ("2025-01-01", 7, 6),
        ("2025-12-31", 24, 13),
        ("2028-02-29", 12, 30),
    ];
    for (seed, (today, customers, months)) in (10_u64..).zip(cases) {
        let path = folder.path().join(format!("{seed}"));
        let (desk, report) = made(&path, today, DemoOptions { customers, months, seed });
        sound(&desk);
        assert!(report.payments > 0, "{today}");
    }
}

#[test]
fn the_papers_can_print_every_name() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = demo(&folder, "demo", 400, 1, 3);
    let names = texts(
        &desk,
        "SELECT company_name || ' ' || first_name || ' ' || last_name || ' ' || contact_person FROM customer \
         UNION SELECT name || ' ' || contact_name || ' ' || address FROM billing_group \
         UNION SELECT line1 || ' ' || city FROM address",
    );
    assert!(
        ["Łukasz Żółć", "Ωμέγα Δοκιμή", "Zoë Müller-Straße"].iter().all(|name| names.iter().any(|n| n.contains(name)))
    );
    let mut letters: Vec<char> = names.concat().chars().collect();
    letters.sort_unstable();
    letters.dedup();
    let text = letters.into_iter().filter(|letter| !letter.is_whitespace()).collect();
    let line = LineDraft { text, unit_price: "1.00".into(), ..LineDraft::default() };
    let draft = InvoiceDraft { customer: CustomerId(1), lines: vec![line], due_on: None };
    let done = desk.perform(Action::NewInvoice(Box::new(draft))).unwrap();
    let Outcome::Invoice(id, _) = done.outcome else { panic!("{done:?}") };
    assert_eq!(desk.invoice_paper(id, Copy::Current).unwrap().missing, Vec::<char>::new());
}

#[test]
fn a_demo_of_nothing_or_over_another_book_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("demo");
    let try_to = |options| make(&path, date(TODAY), options, &mut |_, _| true);
    for options in [
        DemoOptions { customers: 0, ..DemoOptions::default() },
        DemoOptions { months: 0, ..DemoOptions::default() },
        DemoOptions { months: 10_000, ..DemoOptions::default() },
    ] {
        assert!(try_to(options).unwrap_err().refusal().is_some());
    }
    assert!(!path.exists());
    let small = DemoOptions { customers: 1, months: 1, seed: 1 };
    try_to(small).unwrap();
    assert!(try_to(small).unwrap_err().fault().is_some());
}
