//! Whether SQLite finds the file in order, looked at beside the work: table by table, each in a short read of its own.
//!
//! A round goes through every table, those of money first, and is due once a day and after an unclean end. How far it
//! is stands in the book, so that a round that was broken off goes on. Opening never waits for it.

use chrono::NaiveDate;

use super::engine::Db;
use super::error::Result;

/// The day of the newest whole round, in `book_state`.
const DONE_ON: &str = "checked_on";
/// The newest table of the round that is under way.
const GOT_TO: &str = "check_got_to";
/// The last end was unclean, and no round was finished since.
const UNCLEAN: &str = "unclean_end";

/// What money stands in, and what it hangs on.
const OF_MONEY: &str = "payment invoice receipt allocation credit_note credit_note_line refund deposit";

/// A round that is due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Round {
    /// What is still to be looked at, money first.
    pub tables: Vec<String>,
    /// How many of these are of money.
    pub of_money: usize,
    /// How many a whole round has.
    pub total: usize,
    /// The last end was unclean: until the tables of money are seen nothing should be written.
    pub is_unclean: bool,
}

/// The round that is due on `today`, or goes on.
pub fn due(db: &Db, today: NaiveDate) -> Result<Option<Round>> {
    let is_unclean = state(db, UNCLEAN)?.is_some();
    if !is_unclean && state(db, DONE_ON)?.as_deref() == Some(&today.to_string()) {
        return Ok(None);
    }
    let mut tables = db.all(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name",
        &[],
        |row| row.text(0),
    )?;
    let rank = |table: &String| OF_MONEY.split(' ').position(|name| name == table).unwrap_or(OF_MONEY.len());
    tables.sort_by_key(rank);
    let total = tables.len();
    if let Some(at) = state(db, GOT_TO)?.and_then(|got_to| tables.iter().position(|table| *table == got_to)) {
        tables.drain(..=at);
    }
    let of_money = tables.iter().filter(|table| rank(table) < OF_MONEY.len()).count();
    Ok(Some(Round { tables, of_money, total, is_unclean }))
}

/// What SQLite finds wrong with a table and its indexes; empty when they are in order.
pub fn look_at(db: &Db, table: &str) -> Result<Vec<String>> {
    let sql = format!("PRAGMA quick_check('{}')", table.replace('\'', "''"));
    let found = db.all(&sql, &[], |row| row.text(0))?;
    Ok(found.into_iter().filter(|line| line != "ok").collect())
}

/// Notes how far the round is.
pub fn note_table(db: &Db, table: &str) -> Result<()> {
    set(db, GOT_TO, table)
}

/// Notes that a whole round found nothing.
pub fn note_done(db: &Db, today: NaiveDate) -> Result<()> {
    set(db, DONE_ON, &today.to_string())?;
    for key in [GOT_TO, UNCLEAN] {
        db.execute("DELETE FROM book_state WHERE key = ?1", &[key.into()])?;
    }
    Ok(())
}

/// Notes an unclean end: a round begins anew.
pub fn note_unclean(db: &Db) -> Result<()> {
    set(db, UNCLEAN, "1")?;
    db.execute("DELETE FROM book_state WHERE key = ?1", &[GOT_TO.into()]).map(drop)
}

fn state(db: &Db, key: &str) -> Result<Option<String>> {
    db.one("SELECT value FROM book_state WHERE key = ?1", &[key.into()], |row| row.text(0))
}

fn set(db: &Db, key: &str, value: &str) -> Result<()> {
    db.execute(
        "INSERT INTO book_state (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        &[key.into(), value.into()],
    )
    .map(drop)
}
