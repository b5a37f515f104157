//! The texts customers are searched by, kept in memory one after the other: every key of a find-as-you-type goes through
//! all of them, which takes SQLite 16 ms for 100,000 customers and memory less than one.
//!
//! What is kept follows the book: new customers by their numbers; changed ones by the log, in which every Action names
//! the customer whose fields it wrote. A debug build compares each answer with the book itself.

use std::sync::{Mutex, PoisonError};

use memchr::memmem::Finder;

use super::engine::Db;
use super::error::Result;

/// After so many new rows of the log everything is read anew.
const MANY: i64 = 500;
/// Above this number customers are not marked.
const LARGEST: usize = 4_000_000;
/// What parts two texts; no text holds it.
const BETWEEN: u8 = 0;

/// One text: whose, and where it lies.
#[derive(Clone, Copy, Debug)]
struct Entry {
    customer: i64,
    start: usize,
    end: usize,
}

/// The texts, and how far they follow the book.
#[derive(Debug, Default)]
pub struct SearchTexts {
    /// The newest customer and the newest row of the log that were read.
    seen: Option<(i64, i64)>,
    text: Vec<u8>,
    /// In the order of the text.
    entries: Vec<Entry>,
}

/// The customers in whose text all words stand, `most` of them at most, in no order; `None` in the middle of a write,
/// which may never come to be.
///
/// # Errors
/// When the file fails.
pub(super) fn with_words(db: &Db, words: &[String], most: usize) -> Result<Option<Vec<i64>>> {
    let Some(texts) = db.search_texts() else { return Ok(None) };
    let mut texts = lock(texts);
    texts.follow(db)?;
    Ok(Some(texts.find(words, most)))
}

/// The customers in whose text all words stand, as a byte a number: 1 at the place of the number of each, from 1 on. Too
/// many to list are handed to a statement so. `None` in the middle of a write, or where the numbers are too large for it.
///
/// # Errors
/// When the file fails.
pub(super) fn marked(db: &Db, words: &[String]) -> Result<Option<Vec<u8>>> {
    let Some(found) = with_words(db, words, usize::MAX)? else { return Ok(None) };
    let place = |customer: i64| usize::try_from(customer).ok()?.checked_sub(1).filter(|place| *place < LARGEST);
    let Some(places) = found.into_iter().map(place).collect::<Option<Vec<_>>>() else { return Ok(None) };
    let mut marks = vec![0; places.iter().max().map_or(0, |last| last + 1)];
    for place in places {
        marks[place] = 1;
    }
    Ok(Some(marks))
}

/// The customers in whose text a word stands, `most` of them at most, whatever the moment.
///
/// # Errors
/// When the file fails.
pub(super) fn with_word(db: &Db, word: &str, most: usize) -> Result<Vec<i64>> {
    if let Some(found) = with_words(db, &[word.to_owned()], most)? {
        return Ok(found);
    }
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    let sql = "SELECT id FROM customer WHERE search_key LIKE ?1 LIMIT ?2";
    db.all(sql, &[format!("%{word}%").into(), most.into()], |row| row.int(0))
}

/// Reads the texts before anybody asks for them.
///
/// # Errors
/// When the file fails.
pub fn warm(db: &Db) -> Result<()> {
    db.search_texts().map_or(Ok(()), |texts| lock(texts).follow(db))
}

fn lock(texts: &Mutex<SearchTexts>) -> std::sync::MutexGuard<'_, SearchTexts> {
    texts.lock().unwrap_or_else(PoisonError::into_inner)
}

impl SearchTexts {
    /// Reads what the book has that is not known yet.
    fn follow(&mut self, db: &Db) -> Result<()> {
        let newest = |sql| db.one(sql, &[], |row| row.opt_int(0)).map(|newest| newest.flatten().unwrap_or(0));
        let now = (newest("SELECT MAX(id) FROM customer")?, newest("SELECT MAX(id) FROM activity")?);
        match self.seen {
            Some(seen) if seen == now => return Ok(()),
            Some((customer, activity)) if customer <= now.0 && activity <= now.1 && now.1 - activity <= MANY => {
                self.read_changes(db, customer, activity)?;
            }
            _ => self.read_all(db)?,
        }
        self.seen = Some(now);
        Ok(())
    }

    fn read_all(&mut self, db: &Db) -> Result<()> {
        *self = Self::default();
        db.each("SELECT id, search_key FROM customer", &[], |row| {
            self.add(row.int(0)?, row.str(1)?);
            Ok(())
        })
    }

    /// New customers, and those an Action named since, with the ones merged into them.
    fn read_changes(&mut self, db: &Db, customer: i64, activity: i64) -> Result<()> {
        let named = "SELECT c.id, c.search_key FROM activity a CROSS JOIN customer c WHERE a.id > ?1";
        for (sql, after) in [
            (format!("{named} AND c.id = a.customer_id"), activity),
            (format!("{named} AND c.root_id = a.customer_id"), activity),
            ("SELECT id, search_key FROM customer WHERE id > ?1".to_owned(), customer),
        ] {
            db.each(&sql, &[after.into()], |row| {
                self.change(row.int(0)?, row.str(1)?);
                Ok(())
            })?;
        }
        Ok(())
    }

    fn add(&mut self, customer: i64, text: &str) {
        let start = self.text.len();
        self.text.extend_from_slice(text.as_bytes());
        self.entries.push(Entry { customer, start, end: self.text.len() });
        self.text.push(BETWEEN);
    }

    /// The text before is gone from memory too: it may be one that was erased.
    fn change(&mut self, customer: i64, text: &str) {
        if let Some(at) = self.entries.iter().rposition(|entry| entry.customer == customer) {
            let Entry { start, end, .. } = self.entries[at];
            if self.text[start..end] == *text.as_bytes() {
                return;
            }
            self.text[start..end].fill(BETWEEN);
            self.entries.remove(at);
        }
        self.add(customer, text);
    }

    fn find(&self, words: &[String], most: usize) -> Vec<i64> {
        let mut found = Vec::new();
        let Some(longest) = words.iter().max_by_key(|word| word.len()) else { return found };
        let others: Vec<Finder> = words.iter().filter(|word| *word != longest).map(Finder::new).collect();
        let (first, mut at, mut number) = (Finder::new(longest), 0, 0);
        while let Some(ahead) = self.text.get(at..).and_then(|rest| first.find(rest)) {
            let place = at + ahead;
            while self.entries.get(number).is_some_and(|entry| entry.end <= place) {
                number += 1;
            }
            let Some(entry) = self.entries.get(number) else { break };
            let text = self.text.get(entry.start..entry.end).unwrap_or_default();
            if others.iter().all(|word| word.find(text).is_some()) {
                found.push(entry.customer);
                if found.len() >= most {
                    break;
                }
            }
            at = entry.end;
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts() -> SearchTexts {
        let mut texts = SearchTexts::default();
        for (customer, text) in
            [(1, "ana delgado ana ana@mail.example"), (2, "ben ito ben"), (7, "anna berg anna 5550142")]
        {
            texts.add(customer, text);
        }
        texts
    }

    fn found(texts: &SearchTexts, words: &[&str]) -> Vec<i64> {
        texts.find(&words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>(), 10)
    }

    #[test]
    fn every_word_has_to_stand_in_one_text() {
        let texts = texts();
        assert_eq!(found(&texts, &["an"]), [1, 7]);
        assert_eq!(found(&texts, &["be"]), [2, 7]);
        assert_eq!(found(&texts, &["be", "an"]), [7]);
        assert_eq!(found(&texts, &["zz"]), [0_i64; 0]);
        assert_eq!(found(&texts, &["exampleben"]), [0_i64; 0]);
        assert_eq!(texts.find(&["an".to_owned()], 1), [1]);
    }

    #[test]
    fn a_changed_text_takes_the_place_of_the_one_before() {
        let mut texts = texts();
        texts.change(2, "cora ito cora");
        texts.change(1, "");
        assert_eq!(found(&texts, &["ito"]), [2]);
        assert_eq!(found(&texts, &["ben"]), [0_i64; 0]);
        assert_eq!(found(&texts, &["an"]), [7]);
        assert!(!texts.text.windows(3).any(|part| part == b"ben"));
        texts.change(9, "ben");
        assert_eq!(found(&texts, &["be"]), [7, 9]);
    }
}
