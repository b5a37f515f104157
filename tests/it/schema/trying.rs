//! What is refused is refused, and what is allowed is not.

use std::sync::LazyLock;

use rusqlite::Connection;

use super::book::BOOK;
use super::script::{Case, at_top, is_word};

/// Statements the book refuses.
pub static FORBIDDEN: LazyLock<Vec<Case>> = LazyLock::new(|| {
    let files = [
        include_str!("forbidden/numbers.sql"),
        include_str!("forbidden/invoices.sql"),
        include_str!("forbidden/payments.sql"),
        include_str!("forbidden/money.sql"),
        include_str!("forbidden/credit.sql"),
        include_str!("forbidden/agreed.sql"),
        include_str!("forbidden/records.sql"),
    ];
    files.into_iter().flat_map(|file| BOOK.words.cases(file)).collect()
});

/// Statements the book takes.
pub static ALLOWED: LazyLock<Vec<Case>> = LazyLock::new(|| {
    let files = [
        include_str!("allowed/changes.sql"),
        include_str!("allowed/invoices.sql"),
        include_str!("allowed/payments.sql"),
        include_str!("allowed/money.sql"),
        include_str!("allowed/records.sql"),
    ];
    files.into_iter().flat_map(|file| BOOK.words.cases(file)).collect()
});

/// What no column ever holds.
pub static VALUES: LazyLock<Vec<Value>> = LazyLock::new(|| {
    let lines = include_str!("forbidden/values.txt").lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.flat_map(values).chain(by_their_names()).collect()
});

/// One value a column never holds, tried on one row.
pub struct Value {
    pub table: String,
    pub column: String,
    pub sql: String,
}

/// `table.column @id: value | value`.
fn values(line: &str) -> Vec<Value> {
    let (place, values) = line.split_once(": ").unwrap_or_else(|| panic!("no values: {line}"));
    let (place, row) = place.split_once(" @").map_or((place, None), |(place, row)| (place, Some(row)));
    let (table, column) = place.split_once('.').unwrap_or_else(|| panic!("no column: {line}"));
    at_top(values, '|').into_iter().map(|value| never(table, column, value, row)).collect()
}

fn never(table: &str, column: &str, value: &str, row: Option<&str>) -> Value {
    let row = row.map_or_else(|| format!("(SELECT MIN(rowid) FROM {table})"), str::to_owned);
    let sql = BOOK.words.plain(&format!("UPDATE {table} SET {column} = {value} WHERE rowid = {row}"));
    Value { table: table.to_owned(), column: column.to_owned(), sql }
}

/// What a column never holds, by its name alone: a date is a real one, a rate is between nothing and all of it, a flag
/// is yes or no, a count is not negative, a number is whole.
fn by_their_names() -> Vec<Value> {
    let mut found = Vec::new();
    for (table, columns) in &BOOK.words.columns {
        for column in columns {
            let bad: &[&str] = match column.as_str() {
                name if name.ends_with("_on") => &[
                    "'2026-02-30'",
                    "'2026-02-32'",
                    "'2026-3-5'",
                    "'tomorrow'",
                    "''",
                    "'2026-03-05 10:00'",
                    "'2026-13-01'",
                ],
                name if name.starts_with("is_") || name.starts_with("has_") => &["2", "-1", "'x'"],
                name if name.ends_with("_ppm") => &["-1", "1000001", "'x'"],
                name if name.ends_with("_count") => &["-1", "'x'", "1.5"],
                name if name.ends_with("_minor") => &["'x'", "1.5"],
                _ => &[],
            };
            found.extend(bad.iter().map(|value| never(table, column, value, None)));
        }
    }
    found
}

/// What became of a case.
#[derive(Debug, PartialEq, Eq)]
pub enum Fate {
    /// All of it was done, and what is true afterwards is.
    Done,
    /// The last statement was refused, saying this.
    Refused(String),
    /// It did not come to the last statement, or something was not true afterwards.
    Stuck(String),
}

/// Tries a case and leaves the book as it was.
pub fn attempt(book: &Connection, case: &Case) -> Fate {
    book.execute_batch("SAVEPOINT attempt").unwrap();
    let fate = run(book, case);
    book.execute_batch("ROLLBACK TO attempt; RELEASE attempt").unwrap();
    fate
}

fn run(book: &Connection, case: &Case) -> Fate {
    for (at, step) in case.steps.iter().enumerate() {
        match book.execute(step, []) {
            Ok(0) => return Fate::Stuck(format!("nothing happened: {step}")),
            Ok(_) => {}
            Err(error) if at + 1 == case.steps.len() => return Fate::Refused(error.to_string()),
            Err(error) => return Fate::Stuck(format!("{error}: {step}")),
        }
    }
    for truth in &case.truths {
        match book.query_row(truth, [], |row| row.get::<_, bool>(0)) {
            Ok(true) => {}
            other => return Fate::Stuck(format!("{other:?}: {truth}")),
        }
    }
    Fate::Done
}

/// Whether a value is taken; why not.
pub fn refused(book: &Connection, value: &Value) -> Option<String> {
    book.execute_batch("SAVEPOINT attempt").unwrap();
    let outcome = book.execute(&value.sql, []);
    book.execute_batch("ROLLBACK TO attempt; RELEASE attempt").unwrap();
    assert_ne!(outcome, Ok(0), "no such row: {}", value.sql);
    outcome.err().map(|error| error.to_string())
}

fn none(found: &[String]) {
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

#[test]
fn what_must_never_happen_is_refused_in_the_right_words() {
    let book = BOOK.whole();
    let wrong = FORBIDDEN.iter().filter_map(|case| {
        let said = case.refusal.as_deref().unwrap_or_else(|| panic!("{}: refused by what?", case.name));
        match attempt(&book, case) {
            Fate::Refused(why) if why.contains(said) => None,
            other => Some(format!("{}\n    not {said}\n    but {other:?}", case.name)),
        }
    });
    none(&wrong.collect::<Vec<_>>());
}

#[test]
fn what_the_trade_does_is_allowed() {
    let book = BOOK.whole();
    let wrong = ALLOWED.iter().filter_map(|case| match attempt(&book, case) {
        Fate::Done => None,
        other => Some(format!("{}\n    {other:?}", case.name)),
    });
    none(&wrong.collect::<Vec<_>>());
}

#[test]
fn no_column_holds_what_it_must_not() {
    let (bare, whole) = (BOOK.bare(), BOOK.whole());
    let wrong = VALUES.iter().filter_map(|value| {
        let unique = format!("UNIQUE constraint failed: {}.", value.table);
        let names_it = |why: &str| {
            why.contains("FOREIGN KEY")
                || why.contains(&unique)
                || why.split(|c| !is_word(c)).any(|w| w == value.column)
        };
        match refused(&bare, value) {
            Some(why) if names_it(&why) => {
                refused(&whole, value).is_none().then(|| format!("{}\n    taken", value.sql))
            }
            other => Some(format!("{}\n    {other:?}", value.sql)),
        }
    });
    none(&wrong.collect::<Vec<_>>());
}

#[test]
fn every_case_has_a_sentence_of_its_own() {
    let mut names: Vec<&str> = FORBIDDEN.iter().chain(ALLOWED.iter()).map(|case| case.name.as_str()).collect();
    let all = names.len();
    assert!(names.iter().all(|name| name.ends_with('.')));
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), all);
    assert!(ALLOWED.iter().all(|case| case.refusal.is_none()));
    assert!(FORBIDDEN.len() >= 120 && VALUES.len() >= 120);
}
