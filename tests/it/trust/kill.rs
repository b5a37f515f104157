//! The real binary is killed at random moments, beside a second one that works on the same book: what was said to be
//! done is there, and nothing is there by half.
//!
//! `RENTBOOK_KILLS` says how many kills; the moments are the machine's, what is done is the seed's.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Child;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use chrono::{Days, NaiveDate};
use rentbook::services::{Access, Book, Desk};
use tempfile::TempDir;

use super::program::{Said, done, start};
use super::wholeness::{Told, actions_of, faults, kinds_of};
use crate::a_shop::now;
use crate::chance::{Chance, Seeded, size};
use crate::fixture::{Hand, date, operator};

/// The day these shops begin.
pub const FIRST: &str = "2024-01-01";

/// A shop made by the program, with something to rent.
pub fn shop() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().canonicalize().unwrap().join("shop.db");
    done(&path, "ann", &["--today", FIRST, "init", "--name", "Harbour", "--currency", "EUR", "--tax-rate", "19"]);
    done(&path, "ann", &["product", "add", "--name", "Laptop", "--variant", "14", "--price", "89.00"]);
    (folder, path)
}

pub fn desk(path: &Path) -> Desk {
    let book = Book::open(path, Access::ReadWrite, now()).unwrap();
    Desk::new(book, Arc::new(Hand::at(FIRST)), operator("the harness")).unwrap()
}

/// The day both writers stand at.
struct Calendar(AtomicI64);

impl Calendar {
    fn today(&self) -> NaiveDate {
        date(FIRST) + Days::new(self.0.load(Ordering::Relaxed).unsigned_abs())
    }
}

/// Somebody who works on the book, one command after the other.
struct Writer {
    name: &'static str,
    path: PathBuf,
    chance: Chance,
    calendar: Arc<Calendar>,
    told: Arc<Mutex<Vec<Told>>>,
    customers: Vec<i64>,
    count: usize,
}

impl Writer {
    fn new(name: &'static str, path: &Path, seed: u64, calendar: &Arc<Calendar>) -> Self {
        Self {
            name,
            path: path.to_owned(),
            chance: Chance::new(seed),
            calendar: Arc::clone(calendar),
            told: Arc::default(),
            customers: vec![],
            count: 0,
        }
    }

    /// The next command.
    fn words(&mut self) -> Vec<String> {
        self.count += 1;
        let name = format!("{} {}", self.name, self.count);
        let customer = self.chance.any(&self.customers).unwrap_or(1).to_string();
        let amount = format!("{}.{:02}", self.chance.between(1, 150), self.chance.between(0, 99));
        let line = match self.chance.below(10) {
            0..3 => {
                format!("customer|add|--kind|individual|--first|Ana|--last|{name}|--line1|Quay 1|--city|Exampleton")
            }
            3..6 => format!(
                "order|add|--customer|{customer}|--item|1;2;12;month;;{};;50|--confirm",
                self.calendar.today() - Days::new(40)
            ),
            6 => {
                self.calendar.0.fetch_add(1 + self.chance.between(0, 9), Ordering::Relaxed);
                "run".to_owned()
            }
            7..9 => format!("pay|--customer|{customer}|--amount|{amount}|--reference|{name}|--keep-credit"),
            _ => "undo".to_owned(),
        };
        line.split('|').map(str::to_owned).collect()
    }

    fn start(&self, words: &[String]) -> Child {
        let today = self.calendar.today().to_string();
        let mut all = vec!["--today", &today];
        all.extend(words.iter().map(String::as_str));
        start(&self.path, self.name, &all)
    }

    /// Writes down what was said to be done. Whether it was.
    fn hear(&mut self, words: &[String], said: &Said) -> bool {
        match said.code {
            Some(0) => {
                let told = Told::read(words, &said.json);
                if let Told::Customer { id, .. } = told {
                    self.customers.push(id);
                }
                self.told.lock().unwrap().push(told);
                true
            }
            // A rule said no, or the other writer was slow: nothing is done.
            Some(1 | 3) => false,
            code => panic!("{words:?}: {code:?} {}", said.errors),
        }
    }

    fn told(&self) -> Vec<Told> {
        self.told.lock().unwrap().clone()
    }
}

fn count(told: &[Told]) -> usize {
    told.iter().filter(|told| **told != Told::Passed).count()
}

/// Works until it is told to stop.
fn work_beside(mut writer: Writer, stop: &Arc<AtomicBool>) -> std::thread::JoinHandle<()> {
    let stop = Arc::clone(stop);
    std::thread::spawn(move || {
        while !stop.load(Ordering::Relaxed) {
            let words = writer.words();
            let said: Said = writer.start(&words).wait_with_output().unwrap().into();
            writer.hear(&words, &said);
        }
    })
}

#[test]
fn a_kill_at_any_moment_loses_nothing_that_was_said_to_be_done() {
    let (kills, seed) = (size("RENTBOOK_KILLS", 200), size("RENTBOOK_SEED", 1));
    let _seeded = Seeded(seed);
    let (_folder, path) = shop();
    let calendar = Arc::new(Calendar(AtomicI64::new(0)));
    let mut ann = Writer::new("ann", &path, seed, &calendar);
    let ben = Writer::new("ben", &path, seed + 1, &calendar);
    let (ben_told, stop) = (Arc::clone(&ben.told), Arc::new(AtomicBool::new(false)));
    let beside = work_beside(ben, &stop);
    let mut chance = Chance::new(seed ^ 0xdead);
    let (mut killed, mut typical, begin) = (0, Duration::from_millis(30), Instant::now());
    // Two actions of hers are in the log that no list holds: the shop and the product.
    let mut in_log = 2;
    // On a machine that is too slow for all of them, as many as fit.
    while killed < kills && (kills > 200 || begin.elapsed() < Duration::from_mins(1)) {
        let words = ann.words();
        let before = Instant::now();
        let mut child = ann.start(&words);
        std::thread::sleep(typical * u32::try_from(chance.below(140)).unwrap() / 100);
        child.kill().unwrap();
        let said: Said = child.wait_with_output().unwrap().into();
        if said.code.is_some() {
            typical = (typical * 7 + before.elapsed()) / 8;
            in_log += usize::from(ann.hear(&words, &said) && words[0] != "run");
            continue;
        }
        killed += 1;
        let (told, ben_before) = (ann.told(), ben_told.lock().unwrap().clone());
        let desk = desk(&path);
        let all: Vec<Told> = told.iter().chain(&ben_before).cloned().collect();
        assert_eq!(faults(&desk, &all), Vec::<String>::new(), "after kill {killed} of {words:?}");
        let found = actions_of(&desk, "ann");
        let kinds = kinds_of(&desk, "ann");
        let of_ben = actions_of(&desk, "ben");
        drop(desk);
        assert!(found == in_log || found == in_log + 1, "{words:?}: {found} in the log, {in_log} heard of: {kinds:?}");
        in_log = found;
        let ben_after = ben_told.lock().unwrap().clone();
        let bounds = count(&ben_before)..=count(&ben_after) + 1;
        assert!(bounds.contains(&of_ben), "ben: {of_ben} in the log, {bounds:?} heard of");
    }
    stop.store(true, Ordering::Relaxed);
    beside.join().unwrap();
    let all: Vec<Told> = ann.told().into_iter().chain(ben_told.lock().unwrap().clone()).collect();
    assert_eq!(faults(&desk(&path), &all), Vec::<String>::new());
    assert!(
        killed >= kills.min(10) && all.len() > 10,
        "{killed} kills, {} heard of: too few to say anything",
        all.len()
    );
}

/// A closed book on which `run` of the next day has some twelve hundred payments to write, and that day.
pub fn much_to_do() -> (TempDir, PathBuf, &'static str) {
    let (folder, path) = shop();
    let add = ["customer", "add", "--first", "Ana", "--last", "Delgado", "--line1", "Quay 1", "--city", "Exampleton"];
    done(&path, "ann", &[&["--today", FIRST], &add[..]].concat());
    let order = ["order", "add", "--customer", "1", "--item", "1;1000;12;month;;2024-01-03", "--confirm"];
    done(&path, "ann", &[&["--today", FIRST], &order[..]].concat());
    let order = ["order", "add", "--customer", "1", "--item", "1;200;12;month;;2024-01-02;;50", "--confirm"];
    done(&path, "ann", &[&["--today", FIRST], &order[..]].concat());
    (folder, path, "2024-01-03")
}

const BILLED: &str = "SELECT i.number || ' ' || i.invoiced_on || ' ' || p.subscription_id || ' ' || p.line || ' ' || p.amount_minor \
    FROM payment p JOIN invoice i ON i.id = p.invoice_id ORDER BY p.id";

fn billed(desk: &Desk) -> Vec<String> {
    super::books::rows(desk, BILLED)
}

#[test]
fn a_long_pass_killed_anywhere_is_finished_by_the_next_one() {
    let rounds = size("RENTBOOK_KILLS", 200) / 25;
    let (folder, prepared, day) = much_to_do();
    let run = ["--today", day, "run"];
    let whole = folder.path().join("whole.db");
    fs::copy(&prepared, &whole).unwrap();
    let begin = Instant::now();
    done(&whole, "ann", &run);
    let takes = begin.elapsed();
    let expected = billed(&desk(&whole));
    assert_eq!(expected.len(), 1400);
    let mut chance = Chance::new(size("RENTBOOK_SEED", 1));
    let mut halfway = 0;
    for round in 0..rounds {
        let path = folder.path().join(format!("{round}.db"));
        fs::copy(&prepared, &path).unwrap();
        let mut one = start(&path, "ann", &run);
        let mut other = start(&path, "ben", &run);
        // Two of them take longer than one alone.
        std::thread::sleep(takes * u32::try_from(20 + chance.below(120)).unwrap() / 100);
        one.kill().unwrap();
        other.kill().unwrap();
        one.wait().unwrap();
        other.wait().unwrap();
        let half = desk(&path);
        assert_eq!(faults(&half, &[]), Vec::<String>::new(), "round {round}");
        let written = billed(&half);
        assert_eq!(written, expected[..written.len()], "round {round}: what is there is the beginning of the whole");
        halfway += usize::from(!written.is_empty() && written.len() < expected.len());
        drop(half);
        done(&path, "ann", &run);
        let desk = desk(&path);
        assert_eq!(billed(&desk), expected, "round {round}");
        assert_eq!(faults(&desk, &[]), Vec::<String>::new(), "round {round}");
    }
    // A kill before the first chunk or after the last one says nothing of what lies between.
    assert!(halfway * 10 >= usize::try_from(rounds).unwrap(), "{halfway} of {rounds} kills came in the middle");
}

#[test]
fn a_demo_killed_anywhere_leaves_no_book_or_a_whole_one() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path().canonicalize().unwrap();
    let make = ["--today", "2024-06-30", "demo", "--customers", "8", "--months", "3"];
    let begin = Instant::now();
    done(&folder.join("whole.db"), "ann", &make);
    let takes = begin.elapsed();
    let mut chance = Chance::new(size("RENTBOOK_SEED", 1));
    for round in 0..size("RENTBOOK_KILLS", 200) / 20 {
        let path = folder.join(format!("{round}.db"));
        let mut child = start(&path, "ann", &make);
        std::thread::sleep(takes * u32::try_from(chance.below(120)).unwrap() / 100);
        child.kill().unwrap();
        child.wait().unwrap();
        if path.exists() {
            let report = desk(&path).check().unwrap();
            assert!(report.ok, "{:?}", report.violations);
        } else {
            done(&path, "ann", &make);
        }
    }
}
