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

#[path = "lists/book.rs"]
mod book;
#[path = "lists/cases.rs"]
mod cases;
#[expect(dead_code, reason = "the hands of the tests")]
#[path = "../tests/it/robot.rs"]
mod robot;

use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

use cases::{Case, PAYMENTS, cases};
use criterion::Criterion;
use rentbook::services::{Action, DeskError, reads};
use rentbook::tui::screens;
use robot::Robot;
use rusqlite::{Connection, OpenFlags};
use rustix::time::{ClockId, clock_gettime};

/// What a key may take.
const KEY: Duration = Duration::from_millis(16);

/// One page of open payments as a bare statement brings it.
const PAGE: &str = "SELECT p.id, p.kind, p.status, c.id, c.company_name, c.first_name, c.last_name, p.due_on, p.amount_minor, \
    p.settled_minor, i.number, p.method, p.paid_on FROM payment p JOIN customer c ON c.id = p.customer_id \
    LEFT JOIN invoice i ON i.id = p.invoice_id WHERE p.status <> 'paid' AND p.status <> 'cancelled' \
    ORDER BY p.due_on, p.id LIMIT 50";

/// Sits down at the book, and lets it read what it reads before the first key.
fn sit(path: &Path) -> Robot {
    let mut robot = Robot::at(book::desk(path), screens::open);
    robot.with_ledger();
    std::thread::sleep(Duration::from_millis(20));
    // Waits until that is done.
    robot.app.desk().read(|db| reads::warm(db, robot.app.desk().today()).map_err(DeskError::from)).unwrap();
    robot
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

/// From nothing to the first frame, as when rentbook is started: the median of a few starts, each on a connection that
/// has read nothing; and the same read anew, with a pass that finds nothing due.
fn first_frame(path: &Path) {
    let start = || Robot::at(book::desk(path), screens::open);
    let mut each: Vec<Duration> = (0..7).map(|_| timed(start).0).collect();
    println!("first frame: {:.2?}", median(&mut each));
    let mut robot = sit(path);
    let mut each: Vec<Duration> = (0..7).map(|_| timed(|| robot.keys("<F5>").pressed()).0).collect();
    println!("F5 on Today, the pass with it: {:.2?}", median(&mut each));
}

/// The figures of the reports, read beside the screen; on the clock, because another thread does it.
fn reports(path: &Path) {
    let mut robot = sit(path);
    let start = Instant::now();
    robot.keys("<Shift+Tab>");
    // A key that moves takes in what has come.
    while !robot.sees("Average payment") && start.elapsed() < Duration::from_mins(2) {
        std::thread::sleep(Duration::from_millis(50));
        robot.keys("<Down>");
    }
    println!("reports, figures of twelve months: {:.2?} on the clock, beside the screen", start.elapsed());
}

/// One receipt over a thousand payments, on a copy of the book.
fn thousand_at_once(path: &Path) {
    let copy = path.with_extension("copy");
    std::fs::copy(path, &copy).unwrap();
    let mut desk = book::desk(&copy);
    let draft = book::next_thousand(&desk);
    let (took, done) = timed(|| desk.perform(Action::Receive(Box::new(draft))));
    println!("1,000 payments marked with one receipt: {took:.2?}: {}", done.unwrap().said);
    let (took, done) = timed(|| desk.perform(Action::Undo(None)));
    println!("the same taken back: {took:.2?}: {}", done.unwrap().said);
    drop(desk);
    for end in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(format!("{}{end}", copy.display()));
    }
}

/// Time of this thread for a work.
fn timed<T>(work: impl FnOnce() -> T) -> (Duration, T) {
    let start = busy();
    let done = work();
    (busy().saturating_sub(start), done)
}

/// The most memory this process had, as Linux tells it.
fn memory() {
    let told = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    println!("{}", told.lines().find(|line| line.starts_with("VmHWM")).unwrap_or("VmHWM is not told"));
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
    let path = book::big_book();
    let slow = table(&path);
    memory();
    if std::env::var_os("RENTBOOK_BENCH_ONLY").is_none() {
        first_frame(&path);
        reports(&path);
        thousand_at_once(&path);
        commonest(&mut criterion, &path);
        criterion.final_summary();
    }
    assert!(slow.is_empty(), "longer than {KEY:?}:\n{}", slow.join("\n"));
}
