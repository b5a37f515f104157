//! The records behind the rows of a table: brings the pages a table asks for, and knows what was read.

use std::collections::{HashMap, HashSet};
use std::hash::Hash;

use super::table::{Row, Start, Table, Want};
use crate::services::reads::{Cursor, Page, Slice};

/// Above so many rows those that scrolled away are forgotten.
const MOST_KNOWN: usize = 6_000;

/// The records that were read, by their key.
#[derive(Debug)]
pub struct Records<K, R>(HashMap<K, R>);

impl<K, R> Default for Records<K, R> {
    fn default() -> Self {
        Self(HashMap::new())
    }
}

/// How a record becomes a row, and where it stands in its list.
#[expect(missing_debug_implementations, reason = "closures have none")]
pub struct Shown<F, C> {
    pub row: F,
    pub cursor: C,
}

impl<K: Copy + Eq + Hash, R> Records<K, R> {
    /// The record of a key.
    pub fn get(&self, key: K) -> Option<&R> {
        self.0.get(&key)
    }

    /// Keeps a record that was read otherwise.
    pub fn keep(&mut self, key: K, record: R) {
        self.0.insert(key, record);
    }

    /// Brings the rows the table wants, page by page.
    pub fn fill<E>(
        &mut self,
        table: &mut Table<K>,
        shown: &Shown<impl Fn(&R) -> Row<K>, impl Fn(&R) -> Cursor>,
        mut read: impl FnMut(&Page) -> Result<Slice<R>, E>,
    ) -> Result<(), E> {
        while let Some(want) = table.wanted() {
            let page = page(&want, |key| self.get(key).map(&shown.cursor));
            let slice = read(&page)?;
            let more = has_more(&want, &slice);
            let rows: Vec<Row<K>> = slice.rows.iter().map(&shown.row).collect();
            if matches!(want.start, Start::First) {
                // What is marked is worked on, loaded or not.
                self.0.retain(|key, _| table.is_marked(*key));
            }
            let keys = rows.iter().map(|row| row.key).collect::<Vec<_>>();
            table.load(&want, rows, more);
            self.0.extend(keys.into_iter().zip(slice.rows));
        }
        if self.0.len() > MOST_KNOWN {
            let shown: HashSet<K> = table.rows().iter().map(|row| row.key).collect();
            self.0.retain(|key, _| shown.contains(key) || table.is_marked(*key));
        }
        Ok(())
    }
}

/// The page of the book a table wants; `cursor` is the place of a row it has.
pub fn page<K: Copy>(want: &Want<K>, cursor: impl Fn(K) -> Option<Cursor>) -> Page {
    let at = |key: K, page: fn(Cursor, usize) -> Page| cursor(key).map(|place| page(place, want.count));
    match want.start {
        Start::First => None,
        Start::Last => Some(Page::last(want.count)),
        Start::At(key) => at(key, |place, count| Page::after(place.including(), count)),
        Start::After(key) => at(key, Page::after),
        Start::Before(key) => at(key, Page::before),
    }
    .unwrap_or_else(|| Page::first(want.count))
}

/// Whether further rows lie where the table goes on from a page.
pub const fn has_more<K, T>(want: &Want<K>, slice: &Slice<T>) -> bool {
    match want.start {
        Start::First | Start::At(_) | Start::After(_) => slice.more_after,
        Start::Last | Start::Before(_) => slice.more_before,
    }
}
