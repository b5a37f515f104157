//! The texts customers are searched by, kept in memory one after the other: every key of a find-as-you-type goes through
//! all of them, which takes SQLite 16 ms for 100,000 customers and memory less than one.
//!
//! What is kept follows the book: new customers by their numbers; changed ones by the log, in which every Action names
//! the customer whose fields it wrote. A debug build compares the answers of the
//! ledger, which asks here, with the book itself.

use std::sync::{Mutex, PoisonError};

use super::engine::{Db, Value};
use super::error::Result;
use super::folded_texts::SearchTexts;
use super::query::cond::{named, numbered};
use crate::domain::query::typed::Word;
use crate::domain::text::loose;

/// After so many new rows of the log everything is read anew.
const MANY: i64 = 500;

/// The customers in whose text all words stand, `most` of them at most, in no order; `None` in the middle of a write,
/// which may never come to be.
pub(super) fn with_words(db: &Db, words: &[Word], most: usize) -> Result<Option<Vec<i64>>> {
    let Some(texts) = db.search_texts() else { return Ok(None) };
    let mut texts = lock(texts);
    follow(&mut texts, db)?;
    Ok(Some(texts.find(words, most)))
}

/// The customers in whose text a word stands, `most` of them at most, whatever the moment.
pub(super) fn with_word(db: &Db, word: &str, most: usize) -> Result<Vec<i64>> {
    let word = [Word { plain: word.to_owned(), loose: loose(word) }];
    if let Some(found) = with_words(db, &word, most)? {
        return Ok(found);
    }
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    let named = named("c.search_key", &word);
    let sql = numbered(&format!("SELECT c.id FROM customer c WHERE {} LIMIT ?", named.sql));
    let values: Vec<Value> = named.values.into_iter().chain([most.into()]).collect();
    db.all(&sql, &values, |row| row.int(0))
}

/// Reads the texts before anybody asks for them.
pub fn warm(db: &Db) -> Result<()> {
    db.search_texts().map_or(Ok(()), |texts| follow(&mut lock(texts), db))
}

fn lock(texts: &Mutex<SearchTexts>) -> std::sync::MutexGuard<'_, SearchTexts> {
    texts.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Reads what the book has that is not known yet.
fn follow(texts: &mut SearchTexts, db: &Db) -> Result<()> {
    let newest = |sql| db.one(sql, &[], |row| row.opt_int(0)).map(|newest| newest.flatten().unwrap_or(0));
    let now = (newest("SELECT MAX(id) FROM customer")?, newest("SELECT MAX(id) FROM activity")?);
    match texts.seen {
        Some(seen) if seen == now => return Ok(()),
        Some((customer, activity)) if customer <= now.0 && activity <= now.1 && now.1 - activity <= MANY => {
            read_changes(texts, db, customer, activity)?;
        }
        _ => read_all(texts, db)?,
    }
    texts.seen = Some(now);
    Ok(())
}

fn read_all(texts: &mut SearchTexts, db: &Db) -> Result<()> {
    *texts = SearchTexts::default();
    db.each("SELECT id, search_key FROM customer", &[], |row| {
        texts.add(row.int(0)?, row.str(1)?);
        Ok(())
    })
}

/// New customers, and those an Action named since, with the ones merged into them.
fn read_changes(texts: &mut SearchTexts, db: &Db, customer: i64, activity: i64) -> Result<()> {
    let named = "SELECT c.id, c.search_key FROM activity a CROSS JOIN customer c WHERE a.id > ?1";
    for (sql, after) in [
        (format!("{named} AND c.id = a.customer_id"), activity),
        (format!("{named} AND c.root_id = a.customer_id"), activity),
        ("SELECT id, search_key FROM customer WHERE id > ?1".to_owned(), customer),
    ] {
        db.each(&sql, &[after.into()], |row| {
            texts.change(row.int(0)?, row.str(1)?);
            Ok(())
        })?;
    }
    Ok(())
}
