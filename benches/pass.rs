//! How fast the pass is, as ratios taken in the same run: against bare statements, and on small and large books.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a measurement that cannot go on stops, and it times the machine"
)]

use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock, Mutex};
use std::time::{Duration, Instant};

use chrono::{DateTime, NaiveDate, Utc};
use criterion::{BatchSize, Criterion};
use rentbook::demo::{DemoOptions, make};
use rentbook::domain::frequency::Frequency;
use rentbook::services::actions::catalogue::ProductDraft;
use rentbook::services::actions::customer::CustomerDraft;
use rentbook::services::actions::customer_address::ShipTo;
use rentbook::services::actions::order::{ItemDraft, OrderDraft};
use rentbook::services::actions::shop::ShopDraft;
use rentbook::services::pass::PassOptions;
use rentbook::services::{Access, Action, Book, Desk, Operator, Outcome, Outside};
use rentbook::store::HalfBook;
use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior, params_from_iter};

/// The day before anything is due, and the day on which everything is.
const BEFORE: &str = "2025-05-31";
const DUE: &str = "2025-06-01";

/// Short works are timed by the hundred.
const MANY: u32 = 100;

/// A clock set by hand.
struct Hand(Mutex<NaiveDate>);

impl Outside for Hand {
    fn now(&self) -> DateTime<Utc> {
        self.0.lock().unwrap().and_hms_opt(9, 0, 0).unwrap().and_utc()
    }

    fn salt(&self) -> String {
        "salt".into()
    }
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn hand(text: &str) -> Arc<Hand> {
    Arc::new(Hand(Mutex::new(day(text))))
}

fn operator() -> Operator {
    Operator { name: "bench".into(), host: "here".into(), pid: 1 }
}

fn open(path: &Path, today: &str) -> Desk {
    let hand = hand(today);
    let book = Book::open(path, Access::ReadWrite, hand.now()).unwrap();
    Desk::new(book, hand, operator()).unwrap()
}

/// A book in which so many subscriptions have their first period on the same day.
fn all_due(path: &Path, subscriptions: usize) {
    let (book, half) = HalfBook::begin(path).unwrap();
    let mut desk = Desk::new(book, hand(BEFORE), operator()).unwrap();
    let shop =
        ShopDraft { name: "Bench".into(), currency: "EUR".into(), tax_rate: "23".into(), ..ShopDraft::default() };
    desk.perform(Action::SetUp(Box::new(shop))).unwrap();
    let product = ProductDraft { name: "Laptop".into(), price: "89.00".into(), ..ProductDraft::default() };
    let Outcome::Variant(_, variant) = desk.perform(Action::AddProduct(product)).unwrap().outcome else { return };
    desk.run_pass(&PassOptions::default()).unwrap();
    let item = ItemDraft {
        variant,
        quantity: 1,
        serial: String::new(),
        months: 12,
        frequency: Frequency::Monthly,
        start_on: day(DUE),
        anchor_day: None,
        price: String::new(),
        deposit: String::new(),
        ship_to: ShipTo::Usual,
    };
    // Two units a customer, as in a shop.
    let customers: Vec<Action> = (0..subscriptions.div_ceil(2))
        .map(|at| {
            Action::AddCustomer(Box::new(CustomerDraft {
                first_name: "Ana".into(),
                last_name: format!("Delgado {at}"),
                email: format!("ana.{at}@example.com"),
                ..CustomerDraft::default()
            }))
        })
        .collect();
    for batch in customers.chunks(2_000) {
        let orders: Vec<Action> = desk
            .perform_all(batch)
            .unwrap()
            .into_iter()
            .filter_map(|done| if let Outcome::Customer(id) = done.outcome { Some(id) } else { None })
            .map(|customer| Action::AddOrder {
                draft: Box::new(OrderDraft { customer, bill_to: None, items: vec![item.clone(), item.clone()] }),
                confirm: true,
            })
            .collect();
        desk.perform_all(&orders).unwrap();
    }
    half.finish(desk.leave()).unwrap();
}

/// A copy of a book on the same disk, removed with its folder.
struct Scratch {
    folder: tempfile::TempDir,
    copies: usize,
}

impl Scratch {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap(), copies: 0 }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn copy(&mut self, of: &Path) -> PathBuf {
        self.copies += 1;
        // Only one copy at a time stays on the disk.
        let _ = std::fs::remove_file(self.path(&format!("copy-{}", self.copies - 1)));
        let copy = self.path(&format!("copy-{}", self.copies));
        std::fs::copy(of, &copy).unwrap();
        copy
    }
}

/// The pass over a book in which everything is due.
fn pass(desk: &mut Desk) -> usize {
    desk.run_pass(&PassOptions::default()).unwrap().invoices_issued
}

type Cells = Vec<rusqlite::types::Value>;

/// The rows a pass wrote, as they are to be written again.
struct Rows {
    subscriptions: Vec<Cells>,
    invoices: Vec<Cells>,
    payments: Vec<Cells>,
    issued: Vec<Cells>,
}

const SUBSCRIPTION: &str = "UPDATE subscription SET next_index = ?2, next_start_on = ?3 WHERE id = ?1";
const INVOICE: &str = "INSERT INTO invoice (id, kind, customer_id, currency, invoiced_on, due_on, subtotal_minor, tax_minor, \
    total_minor, payer_name, payer_address, payer_tax_number, letterhead_id) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)";
const PAYMENT: &str = "INSERT INTO payment (id, kind, customer_id, subscription_id, currency, period_index, period_start_on, \
    period_end_on, due_on, invoice_id, line, text, quantity_milli, unit_minor, net_minor, tax_ppm, tax_minor, amount_minor) \
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)";
const ISSUE: &str = "UPDATE invoice SET state = 'issued', number_year = ?2, number_seq = ?3, number = ?4 WHERE id = ?1";

/// A connection set as a book's is.
fn connect(path: &Path) -> Connection {
    let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE).unwrap();
    connection
        .execute_batch(
            "PRAGMA journal_mode = WAL; PRAGMA foreign_keys = ON; PRAGMA recursive_triggers = ON; PRAGMA cell_size_check = ON; \
             PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -16000; PRAGMA synchronous = FULL;",
        )
        .unwrap();
    connection
}

/// What a pass wrote into this book.
fn rows(path: &Path) -> Rows {
    let connection = connect(path);
    let all = |sql: &str| -> Vec<Cells> {
        let mut statement = connection.prepare(sql).unwrap();
        let width = statement.column_count();
        statement.query_map([], |row| (0..width).map(|at| row.get(at)).collect()).unwrap().map(Result::unwrap).collect()
    };
    Rows {
        subscriptions: all(
            "SELECT s.id, s.next_index, s.next_start_on FROM subscription s JOIN payment p ON p.subscription_id = s.id ORDER BY p.id",
        ),
        invoices: all(
            "SELECT id, kind, customer_id, currency, invoiced_on, due_on, subtotal_minor, tax_minor, total_minor, payer_name, \
             payer_address, payer_tax_number, letterhead_id FROM invoice ORDER BY id",
        ),
        payments: all(
            "SELECT id, kind, customer_id, subscription_id, currency, period_index, period_start_on, period_end_on, due_on, invoice_id, \
             line, text, quantity_milli, unit_minor, net_minor, tax_ppm, tax_minor, amount_minor FROM payment ORDER BY id",
        ),
        issued: all("SELECT id, number_year, number_seq, number FROM invoice ORDER BY id"),
    }
}

/// The same rows by bare prepared statements: the same schema and triggers, one transaction.
fn bare(connection: &Connection, rows: &Rows) -> usize {
    let transaction = Transaction::new_unchecked(connection, TransactionBehavior::Immediate).unwrap();
    transaction
        .execute_batch("INSERT INTO letterhead (content) VALUES ('x'); INSERT INTO number_series (kind, year) VALUES ('invoice', 2025)")
        .unwrap();
    let mut statements = [SUBSCRIPTION, INVOICE, PAYMENT, ISSUE].map(|sql| transaction.prepare(sql).unwrap());
    let all = [&rows.subscriptions, &rows.invoices, &rows.payments, &rows.issued];
    for at in 0..rows.invoices.len() {
        for (statement, cells) in statements.iter_mut().zip(all) {
            statement.execute(params_from_iter(&cells[at])).unwrap();
        }
    }
    drop(statements);
    transaction.commit().unwrap();
    rows.invoices.len()
}

/// Time this thread has had on a processor, because other programs share the machine; the clock where it is not told.
fn busy() -> Duration {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let ran = told.split(' ').next().and_then(|first| first.parse().ok()).map(Duration::from_nanos);
    ran.unwrap_or_else(|| STARTED.elapsed())
}

/// For machines that do not tell.
static STARTED: LazyLock<Instant> = LazyLock::new(Instant::now);

fn timed<T>(work: impl FnOnce() -> T) -> (Duration, T) {
    let start = busy();
    let done = work();
    (busy().saturating_sub(start), done)
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

/// Hundredths, so that no float is needed.
fn ratio(one: Duration, other: Duration) -> String {
    let hundredths = one.as_nanos() * 100 / other.as_nanos().max(1);
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

fn wanted(name: &str, default: usize) -> usize {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(default)
}

/// (a) The pass against bare statements.
fn materialise(criterion: &mut Criterion, scratch: &mut Scratch) {
    let count = wanted("RENTBOOK_BENCH_PAYMENTS", 10_000);
    let due = scratch.path("due");
    all_due(&due, count);
    let done = scratch.copy(&due);
    pass(&mut open(&done, DUE));
    let rows = rows(&done);
    assert_eq!(rows.invoices.len(), count);
    let mut group = criterion.benchmark_group(format!("{count} payments with invoices"));
    group.sample_size(10).warm_up_time(Duration::from_millis(1)).measurement_time(Duration::from_secs(10));
    group.bench_function("pass", |bencher| {
        bencher.iter_batched(|| open(&scratch.copy(&due), DUE), |mut desk| pass(&mut desk), BatchSize::PerIteration);
    });
    group.bench_function("bare statements", |bencher| {
        let setup = || connect(&scratch.copy(&due));
        bencher.iter_batched(setup, |connection| bare(&connection, &rows), BatchSize::PerIteration);
    });
    group.finish();
    let rounds = wanted("RENTBOOK_BENCH_ROUNDS", 7);
    let (mut passes, mut bares) = (Vec::new(), Vec::new());
    for _ in 0..rounds {
        let mut desk = open(&scratch.copy(&due), DUE);
        passes.push(timed(|| pass(&mut desk)).0);
        drop(desk);
        let connection = connect(&scratch.copy(&due));
        bares.push(timed(|| bare(&connection, &rows)).0);
    }
    let (pass, bare) = (median(passes), median(bares));
    println!(
        "RATIO pass / bare statements, {count} payments with invoices: {} ({pass:?} / {bare:?})",
        ratio(pass, bare)
    );
    assert!(pass <= bare * 3, "the pass takes more than three times what bare statements take");
}

/// (b) Nothing is due, in a small and in a large book. (c) Opening a book up to its first answer.
fn nothing_due(criterion: &mut Criterion, scratch: &mut Scratch) {
    let sizes = [60, wanted("RENTBOOK_BENCH_CUSTOMERS", 2_000)];
    let books = sizes.map(|customers| {
        let path = scratch.path(&format!("demo-{customers}"));
        make(&path, day(DUE), DemoOptions { customers, ..DemoOptions::default() }, &mut |_, _| true).unwrap();
        path
    });
    let mut desks = books.each_ref().map(|path| open(path, DUE));
    let mut group = criterion.benchmark_group("nothing due");
    for (customers, desk) in sizes.iter().zip(&mut desks) {
        group.bench_function(format!("pass, {customers} customers"), |bencher| bencher.iter(|| pass(desk)));
    }
    group.finish();
    let mut each = [Vec::new(), Vec::new()];
    for round in 0..40 {
        let at = round % 2;
        let desk = &mut desks[at];
        each[at].push(timed(|| (0..MANY).map(|_| pass(desk)).sum::<usize>()).0 / MANY);
    }
    let [small, large] = each.map(median);
    println!(
        "RATIO pass with nothing due, {} / {} customers: {} ({large:?} / {small:?})",
        sizes[1],
        sizes[0],
        ratio(large, small)
    );
    drop(desks);

    let mut group = criterion.benchmark_group("opening");
    for (customers, path) in sizes.iter().zip(&books) {
        group.bench_function(format!("first read, {customers} customers"), |bencher| {
            bencher.iter(|| open(path, DUE).is_set_up());
        });
    }
    group.finish();
    let mut each = [Vec::new(), Vec::new()];
    for round in 0..20 {
        let at = round % 2;
        each[at].push(timed(|| (0..MANY).filter(|_| open(&books[at], DUE).is_set_up()).count()).0 / MANY);
    }
    let [small, large] = each.map(median);
    println!("RATIO opening, {} / {} customers: {} ({large:?} / {small:?})", sizes[1], sizes[0], ratio(large, small));
}

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    let mut scratch = Scratch::new();
    materialise(&mut criterion, &mut scratch);
    nothing_due(&mut criterion, &mut scratch);
    criterion.final_summary();
}
