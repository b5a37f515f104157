//! The lists against the plainest reading of the same book: every row loaded, filtered and sorted in Rust.

mod customers;
mod first;
mod invoices;
mod ledger;
mod numbers;
mod payments;
mod rented;

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use chrono::{DateTime, Days, Months, NaiveDate, Utc};
use rentbook::domain::text::fold;
use rentbook::services::reads::*;
use rentbook::store::{Access, Book, Db, Result};

use super::books::{Dice, Due, Scribe, Who, day};

/// A book with something of everything: names that many share, merged customers, groups, all statuses.
fn book() -> Book {
    static MADE: OnceLock<PathBuf> = OnceLock::new();
    opened(&MADE, 60)
}

/// The same with so many customers that a common name is not listed but tried.
fn crowded_book() -> Book {
    static MADE: OnceLock<PathBuf> = OnceLock::new();
    opened(&MADE, 2600)
}

/// The same as [`book`], for a test that writes into it.
fn own_book() -> Book {
    let book = Book::in_memory().unwrap();
    book.write(|db| fill(&Scribe::new(db)?, 60)).unwrap();
    book
}

/// All tests read the same file; the first that asks makes it, over that of an earlier run.
fn opened(made: &OnceLock<PathBuf>, customers: i64) -> Book {
    let path = made.get_or_init(|| {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("reads-{customers}"));
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).unwrap();
        let path = folder.join("shop.db");
        let book = Book::create(&path).unwrap();
        book.write(|db| fill(&Scribe::new(db)?, customers)).unwrap();
        book.close().unwrap();
        path
    });
    let book = Book::open(path, Access::ViewOnly, DateTime::<Utc>::default()).unwrap();
    // Both finders answer then, and have to agree.
    book.keep_ledger(book.read(rentbook::store::ledger::load::read_all).unwrap());
    book
}

fn fill(scribe: &Scribe, customers: i64) -> Result<()> {
    let mut dice = Dice::new(7);
    let mut people = Vec::new();
    for n in 0..customers {
        let company = if n % 9 == 0 { format!("Acme {n} GmbH") } else { String::new() };
        let last = dice.pick(&["Weber", "Okafor", "Żółć", "Lindqvist", "Smith"]);
        let email = format!("c{n}@example.org");
        let who = Who {
            company: &company,
            first: dice.pick(&["Ann", "Ben", "Émile"]),
            last,
            email: &email,
            ..Who::default()
        };
        people.push(scribe.customer(who)?);
    }
    let groups = [scribe.group("Acme HQ", &people[10..15])?, scribe.group("Weber & Co", &people[20..23])?];
    let mut bills: Vec<(NaiveDate, usize)> =
        (0..people.len() * 2).map(|n| (day("2025-01-01") + Days::new(dice.below(330)), n % people.len())).collect();
    bills.sort_unstable();
    for (at, (due_on, who)) in bills.into_iter().enumerate() {
        let group = match who {
            10..15 => Some(groups[0]),
            20..23 => Some(groups[1]),
            _ => None,
        };
        let minor = [4550, 8900, 8900, 12_900][usize::try_from(dice.below(4)).unwrap()];
        let due = Due { customer: people[who], group, due_on, minor, ..Due::default() };
        bill(scribe, &mut dice, due, at)?;
    }
    let laptop = scribe.variant("Laptop Pro", "black", 8900, "EUR")?;
    let monitor = scribe.variant("Monitor", "4K", 3900, "EUR")?;
    for (n, who) in people.iter().enumerate().filter(|(n, _)| n % 7 != 3) {
        for round in 0..=u64::from(n % 5 == 0) {
            rent(scribe, &mut dice, *who, if n % 3 == 0 { monitor } else { laptop }, &format!("SN-{n}-{round}"))?;
        }
    }
    for n in [30, 31, 40] {
        scribe.merge(people[n], people[n + 5])?;
    }
    for who in [people[50], people[51]] {
        scribe.run("UPDATE customer SET closed_on = '2025-10-01' WHERE id = ?1", &[who.into()])?;
    }
    Ok(())
}

/// A subscription with an asset; some are over, some are paused, some have nothing left to bill.
fn rent(scribe: &Scribe, dice: &mut Dice, who: i64, variant: i64, serial: &str) -> Result<()> {
    let asset = scribe.asset(variant, serial, 90_000)?;
    let start = day("2024-10-15") + Days::new(dice.below(380));
    let end = start + Months::new(12);
    let id = scribe.subscription(who, variant, Some(asset), start, end, 8900)?;
    match dice.below(6) {
        0 => {
            let over = "UPDATE subscription SET status = 'ended', end_reason = 'completed', ended_on = end_on, \
                 next_start_on = NULL WHERE id = ?1";
            scribe.run(over, &[id.into()])?;
            scribe.run("UPDATE asset SET state = 'in_stock' WHERE id = ?1", &[asset.into()])
        }
        1 => scribe.run("UPDATE subscription SET status = 'paused' WHERE id = ?1", &[id.into()]),
        2 => scribe.run("UPDATE subscription SET next_start_on = NULL, next_index = 12 WHERE id = ?1", &[id.into()]),
        _ => Ok(()),
    }
}

fn bill(scribe: &Scribe, dice: &mut Dice, due: Due, at: usize) -> Result<()> {
    let on = due.due_on - Days::new(dice.below(20));
    let kind = if due.group.is_some() { "consolidated" } else { dice.pick(&["regular", "regular", "out_of_turn"]) };
    match dice.below(12) {
        0 => return scribe.payment(due, None).map(drop),
        1 => return scribe.draft(kind, on, &[due]).map(drop),
        _ => {}
    }
    let (invoice, payments) = scribe.invoice(kind, on, &[due])?;
    let payment = payments[0];
    let later = due.due_on + Days::new(dice.below(9));
    match dice.below(9) {
        0 => {}
        1 => scribe.fail(payment, later, "declined")?,
        2 => scribe.set_status(payment, "processing", later)?,
        3 => {
            let receipt = scribe.receipt(scribe.payer(payment)?, 3000, later, "cash", &format!("part {at}"))?;
            scribe.allocate(Some(receipt), payment, 2000, later)?;
        }
        // Given up, whole or after a part was paid.
        5 if at.is_multiple_of(3) => {
            let part = i64::from(at.is_multiple_of(2)) * 2000;
            if part > 0 {
                let receipt = scribe.receipt(scribe.payer(payment)?, part, later, "cash", &format!("part {at}"))?;
                scribe.allocate(Some(receipt), payment, part, later)?;
            }
            scribe.allocate(None, payment, due.minor - part, later)?;
        }
        4 if at.is_multiple_of(3) => {
            scribe
                .run("UPDATE invoice SET state = 'void', voided_on = '2026-03-05' WHERE id = ?1", &[invoice.into()])?;
        }
        _ => {
            scribe.pay(payment, later, dice.pick(&["bank_transfer", "card"]), &format!("BT-{at}"))?;
        }
    }
    Ok(())
}

/// All pages one after the other, forward and backward, must give the same rows.
fn leafed<T: Clone>(limit: usize, page: impl Fn(&Page) -> Slice<T>, cursor: impl Fn(&T) -> Cursor) -> Vec<T> {
    let mut rows: Vec<T> = Vec::new();
    let mut next = Page::first(limit);
    loop {
        let slice = page(&next);
        assert_eq!(slice.more_before, !rows.is_empty());
        rows.extend(slice.rows.clone());
        if !slice.more_after {
            break;
        }
        next = Page::after(cursor(slice.rows.last().unwrap()), limit);
    }
    let mut back: Vec<T> = Vec::new();
    let mut next = Page::last(limit);
    loop {
        let slice = page(&next);
        assert_eq!(slice.more_after, !back.is_empty());
        back.splice(0..0, slice.rows.clone());
        if !slice.more_before {
            break;
        }
        next = Page::before(cursor(slice.rows.first().unwrap()), limit);
    }
    assert_eq!(back.len(), rows.len(), "backward and forward differ");
    for (one, other) in back.iter().zip(&rows) {
        assert_eq!(cursor(one), cursor(other), "backward and forward differ");
    }
    if let Some(third) = rows.get(2) {
        let slice = page(&Page::after(cursor(third).including(), limit));
        assert_eq!(
            slice.rows.first().map(&cursor),
            Some(cursor(third)),
            "a page that includes its cursor starts with it"
        );
        assert!(slice.more_before);
    }
    rows
}

/// What the search of a name, number, reference or amount means, read plainly from the file.
struct Plain {
    /// The search keys of each customer: its own, and that of the one it is merged into.
    keys: HashMap<i64, Vec<String>>,
    /// Every customer by the one it is read as.
    families: HashMap<i64, Vec<i64>>,
    /// The references of each payment.
    references: HashMap<i64, Vec<String>>,
}

impl Plain {
    fn new(db: &Db) -> Result<Self> {
        let (mut keys, mut families) = (HashMap::new(), HashMap::<i64, Vec<i64>>::new());
        db.each(
            "SELECT c.id, COALESCE(r.id, c.id), c.search_key, COALESCE(r.search_key, '') FROM customer c \
             LEFT JOIN customer r ON r.id = c.root_id",
            &[],
            |row| {
                keys.insert(row.int(0)?, vec![row.text(2)?, row.text(3)?]);
                families.entry(row.int(1)?).or_default().push(row.int(0)?);
                Ok(())
            },
        )?;
        let mut references = HashMap::<i64, Vec<String>>::new();
        db.each(
            "SELECT r.reference_key, a.payment_id FROM receipt r JOIN allocation a ON a.receipt_id = r.id",
            &[],
            |row| {
                references.entry(row.int(1)?).or_default().push(row.text(0)?);
                Ok(())
            },
        )?;
        Ok(Self { keys, families, references })
    }

    fn family(&self, customer: i64) -> &[i64] {
        self.families.get(&customer).map_or(&[], Vec::as_slice)
    }

    fn names(&self, customer: i64, typed: &Typed) -> bool {
        self.keys.get(&customer).is_some_and(|keys| keys.iter().any(|key| typed.stands_in(key)))
    }

    fn pays(&self, payment: i64, typed: &Typed) -> bool {
        let references = self.references.get(&payment);
        typed.key.len() >= 3 && references.is_some_and(|all| all.iter().any(|key| key.starts_with(&typed.key)))
    }
}

/// What was typed, folded once.
struct Typed {
    plain: String,
    key: String,
    words: Vec<String>,
}

impl Typed {
    fn new(typed: &str) -> Self {
        let key = fold(typed);
        let words = key.split(' ').map(|word| word.trim_end_matches(',').to_owned()).collect();
        Self { plain: typed.trim().to_owned(), key, words }
    }

    fn stands_in(&self, key: &str) -> bool {
        self.words.iter().all(|word| key.contains(word.as_str()))
    }
}

fn numbered(number: Option<&String>, typed: &str) -> bool {
    let Some(number) = number else { return false };
    let seq: i64 = number.rsplit('-').next().unwrap().parse().unwrap();
    typed.parse() == Ok(seq) || number == typed || (typed.len() >= 5 && number.starts_with(typed))
}

/// How well a text means a row, 0 the best: its number, the end of it (open ones first), a reference or the start of a
/// number, an amount, a name.
fn class(typed: &Typed, number: Option<&String>, is_open: bool, pays: bool, minor: i64) -> u8 {
    let text = &typed.plain;
    let is = |number: &&String| *number == text;
    let ends = |number: &&String| {
        number.rsplit('-').next().and_then(|seq| seq.parse::<i64>().ok()).is_some_and(|seq| text.parse() == Ok(seq))
    };
    let starts = |number: &&String| text.len() >= 5 && number.starts_with(text);
    match number {
        _ if text.is_empty() => 5,
        _ if number.as_ref().is_some_and(is) => 0,
        _ if number.as_ref().is_some_and(ends) => {
            if is_open {
                1
            } else {
                2
            }
        }
        _ if pays || number.as_ref().is_some_and(starts) => 3,
        _ if amounts(minor, text) => 4,
        _ => 5,
    }
}

fn amounts(minor: i64, typed: &str) -> bool {
    match typed {
        "89" | "89.00" => minor == 8900,
        "45,50" => minor == 4550,
        _ => false,
    }
}

const TERMS: &[&str] =
    &["", "e", "weber", "Żółć, Émile", "acme", "0012", "2025-00", "89", "45,50", "BT-1", "part", "nothing"];

fn within(day: Option<NaiveDate>, range: DayRange) -> bool {
    range == (None, None)
        || day.is_some_and(|day| range.0.is_none_or(|from| from <= day) && range.1.is_none_or(|to| day <= to))
}
