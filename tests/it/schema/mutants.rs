//! The schema without one of its rules. Each time somebody notices: a forbidden statement is taken, or one that is
//! allowed is not.

use rusqlite::Connection;

use super::book::BOOK;
use super::parts::{Mutant, Without, mutants};
use super::script::Case;
use super::text::{Kind, Statement};
use super::trying::{ALLOWED, FORBIDDEN, Fate, VALUES, attempt, refused};
use crate::fixture::shop;

/// A rule whose work another rule does as well, and why both stay. Without it the table of forbidden statements still
/// fails, for it is refused in other words.
const ALSO_GUARDED: &[(&str, &str)] = &[(
    "customer_currency_fixed",
    "the composite key of the orders holds the currency too; the trigger says why in words",
)];

/// A condition whose absence changes nothing but the time it takes, or nothing this book can show.
const ONLY_FASTER: &[(&str, &str)] = &[
    ("payment_days_stay_once: whether or not (OLD.status", "a payment that keeps its days is not looked up again"),
    ("shop_currency_fixed: whether or not EXISTS", "this book has orders; a shop without any is tried below"),
];

/// What became of a schema without one of its rules.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Verdict {
    /// A forbidden thing is taken, an allowed one is not done any more, or the book itself cannot be.
    Noticed,
    /// This forbidden thing is refused by another rule, which says so in its own words.
    ByAnother(String),
    /// Nobody notices.
    Unnoticed,
}

/// The cases that mention a table, then the others.
fn nearest_first<'c>(cases: &'c [Case], table: &str) -> impl Iterator<Item = &'c Case> {
    let (near, far): (Vec<_>, Vec<_>) = cases.iter().partition(|case| case.mentions.contains(table));
    near.into_iter().chain(far)
}

/// Whether something allowed is not done any more.
fn too_tight(book: &Connection, table: &str) -> bool {
    nearest_first(&ALLOWED, table).any(|case| attempt(book, case) != Fate::Done)
}

/// Tries everything, what mentions the table first.
fn judge(book: &Connection, table: &str, without: Without) -> Verdict {
    let mut verdict = Verdict::Unnoticed;
    if without == Without::Condition {
        return if too_tight(book, table) { Verdict::Noticed } else { verdict };
    }
    for case in nearest_first(&FORBIDDEN, table) {
        let Fate::Refused(why) = attempt(book, case) else { return Verdict::Noticed };
        if !case.refusal.as_deref().is_some_and(|said| why.contains(said)) {
            verdict = Verdict::ByAnother(format!("{} {why}", case.name));
            // Of a part it is enough that the table of forbidden statements fails.
            if without == Without::Part {
                return verdict;
            }
        }
    }
    if too_tight(book, table) { Verdict::Noticed } else { verdict }
}

/// A table changed, or a unique index gone: the book is made anew.
fn of_table(statement: &Statement, mutant: &Mutant) -> Verdict {
    let made = |of: fn(&&Statement) -> bool| {
        let put = |other: &'static Statement| {
            if other.name == statement.name { mutant.sql.as_str() } else { other.sql.as_str() }
        };
        BOOK.under(BOOK.schema.iter().filter(of).map(put).filter(|sql| !sql.is_empty()))
    };
    let Ok(bare) = made(|other| other.kind != Kind::Trigger) else { return Verdict::Noticed };
    if VALUES.iter().any(|value| value.table == statement.table && refused(&bare, value).is_none()) {
        return Verdict::Noticed;
    }
    judge(&made(|_| true).unwrap(), &statement.table, mutant.without)
}

/// A trigger changed or gone.
fn of_trigger(book: &Connection, statement: &Statement, mutant: &Mutant) -> Verdict {
    book.execute_batch(&format!("SAVEPOINT mutant; DROP TRIGGER {}; {};", statement.name, mutant.sql)).unwrap();
    let verdict = judge(book, &statement.table, mutant.without);
    book.execute_batch("ROLLBACK TO mutant; RELEASE mutant").unwrap();
    verdict
}

/// Leaves out each rule of these kinds once. What nobody notices, unless it is in the list; and what is in the list though
/// somebody does.
fn survivors(kinds: &[Kind], without: Without, list: &[(&str, &str)]) -> (usize, Vec<String>) {
    let book = BOOK.whole();
    let (mut tried, mut found) = (0, Vec::new());
    for statement in BOOK.schema.iter().filter(|statement| kinds.contains(&statement.kind)) {
        for mutant in mutants(statement).iter().filter(|mutant| mutant.without == without) {
            tried += 1;
            let verdict = match statement.kind {
                Kind::Trigger => of_trigger(&book, statement, mutant),
                _ => of_table(statement, mutant),
            };
            let is_listed = list.iter().any(|(name, _)| mutant.name.starts_with(name));
            match verdict {
                Verdict::ByAnother(_) if without == Without::Part => {}
                Verdict::Noticed if !is_listed => {}
                Verdict::Noticed => found.push(format!("{} is noticed after all", mutant.name)),
                _ if is_listed => {}
                other => found.push(format!("{}\n    {other:?}", mutant.name)),
            }
        }
    }
    (tried, found)
}

fn none(found: &[String]) {
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

#[test]
fn no_rule_of_a_table_can_go_unnoticed() {
    let (tried, found) = survivors(&[Kind::Table, Kind::UniqueIndex], Without::Rule, &[]);
    none(&found);
    assert!(tried > 350, "{tried}");
}

#[test]
fn no_trigger_can_go_unnoticed() {
    let (tried, found) = survivors(&[Kind::Trigger], Without::Rule, ALSO_GUARDED);
    none(&found);
    assert!(tried > 100, "{tried}");
}

#[test]
fn no_part_of_a_rule_can_go_unnoticed() {
    let (tried, found) = survivors(&[Kind::Table, Kind::Trigger], Without::Part, &[]);
    none(&found);
    assert!(tried > 150, "{tried}");
}

#[test]
fn no_trigger_speaks_more_often_than_it_must() {
    let (tried, found) = survivors(&[Kind::Trigger], Without::Condition, ONLY_FASTER);
    none(&found);
    assert!(tried > 140, "{tried}");
}

#[test]
fn a_shop_without_orders_changes_its_currency() {
    let (desk, _) = shop("2026-01-01");
    desk.book().write(|db| db.execute("UPDATE shop SET currency = 'EUR'", &[])).unwrap();
}
