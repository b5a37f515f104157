//! How long a key takes at a million payments, from the key to the drawn frame, and as a ratio to a bare statement that
//! brings one page in the same run.
//!
//! `RENTBOOK_BIG_BOOK` names the book; without it one is made under `target/`, which takes minutes and two gigabytes.
//! `RENTBOOK_BENCH_ONLY` keeps the cases whose name has this text. Every case starts rentbook anew: `first` is a key on a
//! fresh connection, which has read nothing of the file yet; the median and the worst are of the same keys after it.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a measurement that cannot go on stops, and it times the machine"
)]

#[expect(dead_code, reason = "the hands of the tests")]
#[path = "../tests/it/robot.rs"]
mod robot;

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, NaiveDate, Utc};
use criterion::Criterion;
use rentbook::services::demo::{DemoOptions, make};
use rentbook::services::{Access, Book, Desk, Operator, Outside};
use rentbook::tui::screens;
use robot::Robot;
use rusqlite::{Connection, OpenFlags};
use rustix::time::{ClockId, clock_gettime};

/// The day of the book.
const TODAY: &str = "2026-06-15";

/// What a key may take.
const KEY: Duration = Duration::from_millis(16);

/// One page of open payments as a bare statement brings it.
const PAGE: &str = "SELECT p.id, p.kind, p.status, c.id, c.company_name, c.first_name, c.last_name, p.due_on, p.amount_minor, \
    p.settled_minor, i.number, p.method, p.paid_on FROM payment p JOIN customer c ON c.id = p.customer_id \
    LEFT JOIN invoice i ON i.id = p.invoice_id WHERE p.status <> 'paid' AND p.status <> 'cancelled' \
    ORDER BY p.due_on, p.id LIMIT 50";

/// A clock that stands still.
struct Still;

impl Outside for Still {
    fn now(&self) -> DateTime<Utc> {
        day(TODAY).and_hms_opt(9, 0, 0).unwrap().and_utc()
    }

    fn salt(&self) -> String {
        "salt".into()
    }
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// The book, made where it is missing.
fn big_book() -> PathBuf {
    let named = std::env::var_os("RENTBOOK_BIG_BOOK").map(PathBuf::from);
    let path = named.unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("target/lists-big.book"));
    if !path.exists() {
        println!("making {}: 50,000 customers, some minutes", path.display());
        let options = DemoOptions { customers: 50_000, ..DemoOptions::default() };
        let report = make(&path, day(TODAY), options, &mut |_, _| true).unwrap();
        println!("{report:?}");
    }
    path
}

/// Sits down at the book.
fn sit(path: &Path) -> Robot {
    let book = Book::open(path, Access::ReadWrite, Still.now()).unwrap();
    let operator = Operator { name: "bench".into(), host: "here".into(), pid: 1 };
    Robot::at(Desk::new(book, Arc::new(Still), operator).unwrap(), screens::open)
}

/// Time this thread has had on a processor, because other programs share the machine.
fn busy() -> Duration {
    clock_gettime(ClockId::ThreadCPUTime).try_into().unwrap()
}

fn median(times: &mut [Duration]) -> Duration {
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

/// Hundredths, so that no float is needed.
fn ratio(one: Duration, other: Duration) -> String {
    let hundredths = one.as_nanos() * 100 / other.as_nanos().max(1);
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

/// Keys that lead somewhere, keys that are timed there one by one, and keys that lead back to where these began.
struct Case {
    name: String,
    before: String,
    timed: Vec<String>,
    back: String,
}

fn case(name: impl Into<String>, before: impl Into<String>, timed: &[&str], back: impl Into<String>) -> Case {
    let timed = timed.iter().map(|key| (*key).to_owned()).collect();
    Case { name: name.into(), before: before.into(), timed, back: back.into() }
}

const CUSTOMERS: &str = "<Tab>";
const PAYMENTS: &str = "<Tab><Tab>";
const INVOICES: &str = "<Tab><Tab><Tab><Tab>";

/// What may be typed: all have it, none, 1,600, 9,000; a number, an amount, a reference.
const TERMS: &[&str] = &["example", "zzzz", "ann", "an", "ow", "2025-01", "0108", "89", "89.00", "ch_ab", "S-0101"];

/// The letters of a text, one key each.
fn letters(text: &str) -> Vec<String> {
    text.chars().map(String::from).collect()
}

fn typing(place: &str, before: &str) -> Vec<Case> {
    let each = TERMS.iter().map(|term| Case {
        name: format!("{place}: type “{term}”"),
        before: before.to_owned(),
        timed: letters(term),
        back: "<Ctrl+U>".to_owned(),
    });
    each.collect()
}

/// Fields of the filter of payments, in their order.
const FIELDS: &[&str] =
    &["status", "due_from", "due_to", "paid_from", "paid_to", "customer", "group", "method", "disputed", "sort"];

/// The keys that fill in the filter up to the one that shows the rows. `=2` chooses the second value.
fn filled(wishes: &[(&str, &str)]) -> String {
    let mut keys = String::from("<F4>");
    for field in FIELDS {
        if let Some((_, value)) = wishes.iter().find(|(name, _)| name == field) {
            match value.strip_prefix('=') {
                Some(times) => keys.push_str(&"<Right>".repeat(times.parse().unwrap())),
                None => keys.push_str(value),
            }
        }
        keys.push_str("<Tab>");
    }
    keys
}

const SORTS: [(&str, &str); 4] = [("due", "=0"), ("amount", "=1"), ("customer", "=2"), ("status", "=3")];
const VIEWS: [(&str, usize); 6] =
    [("open", 0), ("overdue", 1), ("failed", 2), ("processing", 3), ("paid", 4), ("all", 5)];

fn sorted_views() -> Vec<Case> {
    let each = VIEWS.iter().flat_map(|(view, right)| {
        SORTS.iter().map(move |(sort, choice)| {
            let before = format!("{PAYMENTS}{}{}", "<Right>".repeat(*right), filled(&[("sort", choice)]));
            let timed = ["<F2>", "<Down>", "<PgDn>", "<End>", "<PgUp>", "<Home>"];
            case(format!("payments: {view} by {sort}"), before, &timed, "<F4>")
        })
    });
    each.collect()
}

/// Its name, what is chosen in the form, and what is typed before.
type Filter = (&'static str, &'static [(&'static str, &'static str)], &'static str);

/// Filters beside the views; each by each order.
const FILTERS: &[Filter] = &[
    ("paid in May", &[("paid_from", "2026-05-01"), ("paid_to", "2026-05-31")], ""),
    ("paid in 2025", &[("paid_from", "2025-01-01"), ("paid_to", "2025-12-31")], ""),
    ("due in May", &[("due_from", "2026-05-01"), ("due_to", "2026-05-31")], ""),
    ("by card", &[("method", "=2")], ""),
    ("by cash", &[("method", "=5")], ""),
    ("paid in May by card", &[("paid_from", "2026-05-01"), ("paid_to", "2026-05-31"), ("method", "=2")], ""),
    ("disputed", &[("disputed", "<Space>")], ""),
    ("cancelled", &[("status", "=5")], ""),
    ("paid in 2025, “ann”", &[("paid_from", "2025-01-01"), ("paid_to", "2025-12-31")], "ann"),
    ("by card in 2025, “ann”", &[("paid_from", "2025-01-01"), ("paid_to", "2025-12-31"), ("method", "=2")], "ann"),
    ("“ann”", &[], "ann"),
    ("“an”", &[], "an"),
    ("“0108”", &[], "0108"),
    ("“89.00”", &[], "89.00"),
];

fn filters() -> Vec<Case> {
    let each = FILTERS.iter().flat_map(|(name, wishes, typed)| {
        SORTS.iter().map(move |(sort, choice)| {
            let mut wishes = wishes.to_vec();
            wishes.push(("sort", choice));
            let before = format!("{PAYMENTS}{}{typed}{}", "<Right>".repeat(5), filled(&wishes));
            case(format!("payments: all, {name} by {sort}"), before, &["<F2>", "<PgDn>", "<End>", "<Home>"], "<F4>")
        })
    });
    each.collect()
}

fn cases() -> Vec<Case> {
    let moves = ["<Down>", "<Down>", "<Up>", "<PgDn>", "<PgDn>", "<PgUp>", "<End>", "<PgUp>", "<Home>", "<Space>"];
    let all = format!("{PAYMENTS}{}", "<Right>".repeat(5));
    let back = |times: usize| "<Left>".repeat(times);
    let mut cases = vec![
        case("tabs", "", &["<Tab>"; 4], "<Shift+Tab>".repeat(4)),
        case("today: move", "", &["<Down>", "<Down>", "<Up>"], "<Up><Up>"),
        case("payments: move", PAYMENTS, &moves, "<Space>"),
        case("payments: views", PAYMENTS, &["<Right>"; 6], back(6)),
        case("payments: all, move", all.as_str(), &moves, "<Space>"),
        case("payments: open one and back", PAYMENTS, &["<Enter>", "<Esc>"], ""),
        case("customers: move", CUSTOMERS, &moves, "<Space>"),
        case("customers: views", CUSTOMERS, &["<Right>"; 7], back(7)),
        case("customers: open one and back", CUSTOMERS, &["<Enter>", "<Esc>"], ""),
        case("invoices: move", INVOICES, &moves, "<Space>"),
        case("invoices: views", INVOICES, &["<Right>"; 5], back(5)),
        case("invoices: open one and back", INVOICES, &["<Enter>", "<Esc>"], ""),
    ];
    cases.extend(typing("today: find", ""));
    cases.extend(typing("customers", CUSTOMERS));
    cases.extend(typing("payments: open", PAYMENTS));
    cases.extend(typing("payments: all", &all));
    cases.extend(typing("invoices", INVOICES));
    cases.extend(sorted_views());
    cases.extend(filters());
    cases
}

/// The times of each key of a case, over the rounds, the first one first.
fn times(path: &Path, case: &Case, rounds: usize) -> Vec<Vec<Duration>> {
    let mut times = vec![Vec::new(); case.timed.len()];
    let mut robot = sit(path);
    robot.keys(&case.before);
    for _ in 0..=rounds {
        for (key, times) in case.timed.iter().zip(&mut times) {
            let start = busy();
            robot.keys(key);
            times.push(busy().saturating_sub(start));
        }
        robot.keys(&case.back);
    }
    if std::env::var_os("RENTBOOK_BENCH_SHOW").is_some() {
        println!("{}", robot.text());
    }
    times
}

fn bare(path: &Path) -> Connection {
    let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
    black_box(page(&connection));
    connection
}

fn page(connection: &Connection) -> usize {
    let mut statement = connection.prepare_cached(PAGE).unwrap();
    let rows = statement.query_map([], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, Option<String>>(10)?))).unwrap();
    rows.map(Result::unwrap).count()
}

/// What a bare statement takes for a page.
fn bare_page(connection: &Connection) -> Duration {
    let mut times: Vec<Duration> = (0..21)
        .map(|_| {
            let start = busy();
            black_box(page(connection));
            busy().saturating_sub(start)
        })
        .collect();
    median(&mut times)
}

/// Every key of every case, and those that take too long.
fn table(path: &Path) -> Vec<String> {
    let only = std::env::var("RENTBOOK_BENCH_ONLY").unwrap_or_default();
    let rounds = std::env::var("RENTBOOK_BENCH_ROUNDS").ok().and_then(|text| text.parse().ok()).unwrap_or(5);
    let connection = bare(path);
    println!("{:52} {:>10} {:>10} {:>10} {:>10} {:>8}", "case", "key", "first", "median", "worst", "RATIO");
    let mut slow = Vec::new();
    for case in cases().iter().filter(|case| case.name.contains(&only)) {
        let one = bare_page(&connection);
        for (key, mut times) in case.timed.iter().zip(times(path, case, rounds)) {
            let first = times.remove(0);
            let (median, worst) = (median(&mut times), times.iter().max().copied().unwrap_or_default());
            let mark = if median > KEY { "  SLOW" } else { "" };
            let ratio = ratio(median, one);
            println!("{:52} {key:>10} {first:>10.2?} {median:>10.2?} {worst:>10.2?} {ratio:>8}{mark}", case.name);
            if median > KEY {
                slow.push(format!("{}: {key} {median:.2?}", case.name));
            }
        }
    }
    slow
}

/// The commonest keys, as Criterion tells them.
fn commonest(criterion: &mut Criterion, path: &Path) {
    let mut group = criterion.benchmark_group("a million payments");
    group.sample_size(20).warm_up_time(Duration::from_millis(300)).measurement_time(Duration::from_secs(3));
    let connection = bare(path);
    group.bench_function("bare page", |bencher| bencher.iter(|| page(&connection)));
    for (name, place, key) in [("Down", PAYMENTS, "<Down>"), ("PgDn", PAYMENTS, "<PgDn>")] {
        let mut robot = sit(path);
        robot.keys(place);
        group.bench_function(format!("payments: {name}"), |bencher| bencher.iter(|| robot.keys(key).pressed()));
    }
    let mut robot = sit(path);
    robot.keys(PAYMENTS);
    group.bench_function("payments: type a letter and clear it", |bencher| {
        bencher.iter(|| robot.keys("a<Esc>").pressed());
    });
    group.finish();
}

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    let path = big_book();
    let slow = table(&path);
    if std::env::var_os("RENTBOOK_BENCH_ONLY").is_none() {
        commonest(&mut criterion, &path);
        criterion.final_summary();
    }
    assert!(slow.is_empty(), "longer than {KEY:?}:\n{}", slow.join("\n"));
}
