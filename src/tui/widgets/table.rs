//! Rows with a cursor and marks. The table holds a window of the rows; its screen brings more when it asks.
//!
//! The cursor follows the record, not the row number: after a change it stands on the same record, wherever that is
//! now. Marks belong to records too; those of records that are not in the list any more are dropped, for what nobody
//! sees is not worked on. Their sum is kept by currency and never mixes two.
//!
//! A screen drives it like this:
//! ```text
//! while let Some(want) = table.wanted() {
//!     let (rows, more) = page of the desk: want.start (First, Last, At(key), After(key), Before(key)), want.count
//!     table.load(&want, rows, more);
//! }
//! ```

mod cell;
mod columns;
mod draw;
pub mod listed;
mod marks;
mod mouse;
mod position;

use std::collections::HashSet;
use std::hash::Hash;

use crate::domain::money::Money;
use crate::tui::command::Command;

pub use crate::shown::column::Place;
pub use cell::Cell;
pub use columns::{Column, Width};
pub use marks::Marks;

/// How many rows are asked for at once.
const PAGE: usize = 100;
/// How many rows the window keeps at most.
const MOST: usize = 2_000;

/// One row.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Row<K> {
    /// The record it shows.
    pub key: K,
    /// One cell for each column.
    pub cells: Vec<Cell>,
    /// What marking it adds to the sum.
    pub worth: Option<Money>,
}

/// Where the rows a table asks for begin.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Start<K> {
    /// At the first row there is.
    First,
    /// Backwards from the last row there is; the rows come in the order they are shown.
    Last,
    /// At this record, itself included; where it is gone, at its place.
    At(K),
    /// After this record.
    After(K),
    /// Before this record, nearest ones; in the order they are shown.
    Before(K),
}

/// What a table asks of its screen.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Want<K> {
    /// Where the rows begin.
    pub start: Start<K>,
    pub count: usize,
}

/// What became of a command.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Step {
    /// The table did it; ask [`Table::wanted`] then.
    Taken,
    /// It means nothing to a table.
    NotMine,
    /// Marking all needs the keys of rows that are not loaded: bring them to [`Table::mark_these`].
    AllNeeded,
}

/// Rows with a cursor and marks.
#[derive(Debug)]
pub struct Table<K> {
    columns: Vec<Column>,
    rows: Vec<Row<K>>,
    /// There are rows before the first loaded one, and after the last.
    more: (bool, bool),
    at: usize,
    offset: usize,
    height: usize,
    marks: Marks<K>,
    want: Option<Want<K>>,
    to_end: bool,
    total: Option<u64>,
    /// Its cursor is the one keys move; of several tables on a page only one has it.
    has_focus: bool,
    /// The wheel moved the window: it follows the cursor again when that moves.
    is_loose: bool,
}

impl<K: Copy + Eq + Hash> Table<K> {
    /// An empty table that wants its first page.
    pub fn new(columns: Vec<Column>) -> Self {
        let mut table = Self {
            columns,
            rows: Vec::new(),
            more: (false, false),
            at: 0,
            offset: 0,
            height: 10,
            marks: Marks::default(),
            want: None,
            to_end: false,
            total: None,
            has_focus: true,
            is_loose: false,
        };
        table.reset();
        table
    }

    /// Begins anew at the top: the filter or the order changed.
    pub fn reset(&mut self) {
        (self.at, self.offset, self.to_end, self.is_loose) = (0, 0, false, false);
        self.rows.clear();
        self.want = Some(Want { start: Start::First, count: PAGE });
    }

    /// Begins anew around the record under the cursor: the filter was taken away.
    pub fn reset_around(&mut self) {
        match self.key() {
            Some(key) => self.want = Some(Want { start: Start::At(key), count: PAGE }),
            None => self.reset(),
        }
    }

    /// Begins anew at this record, wherever it stands in the list.
    pub fn reset_to(&mut self, key: K) {
        self.reset();
        self.want = Some(Want { start: Start::At(key), count: PAGE });
    }

    /// Reads the same rows anew: something in the book changed. The cursor stays on its record.
    pub fn reload(&mut self) {
        let first = self.rows.first().filter(|_| self.more.0);
        let start = first.map_or(Start::First, |row| Start::At(row.key));
        self.want = Some(Want { start, count: self.rows.len().max(PAGE) });
    }

    /// The rows cannot be had yet: none are shown, and those of the top are wanted.
    pub fn wait(&mut self) {
        self.reset();
    }

    /// The rows it needs next, once.
    pub const fn wanted(&mut self) -> Option<Want<K>> {
        self.want.take()
    }

    /// Takes the rows it wanted; `more` says that there are further ones in that direction.
    pub fn load(&mut self, want: &Want<K>, rows: Vec<Row<K>>, more: bool) {
        let record = self.key();
        match want.start {
            Start::First => (self.rows, self.more) = (rows, (false, more)),
            Start::Last => (self.rows, self.more) = (rows, (more, false)),
            Start::At(_) => (self.rows, self.more) = (rows, (true, more)),
            Start::After(_) => {
                self.more.1 = more && !rows.is_empty();
                self.rows.extend(rows);
            }
            Start::Before(_) => {
                self.more.0 = more && !rows.is_empty();
                self.offset += rows.len();
                self.rows.splice(0..0, rows);
            }
        }
        self.place(record);
        self.trim();
        if let Start::At(_) = want.start {
            self.go(self.at);
        }
        for row in &self.rows {
            self.marks.refresh(row.key, row.worth);
        }
    }

    /// Puts the cursor on the record, or near where it was.
    fn place(&mut self, record: Option<K>) {
        let last = self.rows.len().saturating_sub(1);
        if std::mem::take(&mut self.to_end) {
            self.at = last;
            return;
        }
        let found = record.and_then(|key| self.rows.iter().position(|row| row.key == key));
        self.at = found.unwrap_or(self.at).min(last);
    }

    /// Lets the far end of a long window go.
    fn trim(&mut self) {
        let extra = self.rows.len().saturating_sub(MOST);
        if extra == 0 {
            return;
        }
        if self.at > self.rows.len() / 2 {
            self.rows.drain(..extra);
            self.at -= extra;
            self.offset = self.offset.saturating_sub(extra);
            self.more.0 = true;
        } else {
            self.rows.truncate(MOST);
            self.more.1 = true;
        }
    }

    /// Gives it the focus, or takes it: without it no cursor is drawn.
    pub const fn set_focus(&mut self, has_focus: bool) {
        self.has_focus = has_focus;
    }

    /// Takes all the rows there are: for short tables that are known whole.
    pub fn set_rows(&mut self, rows: Vec<Row<K>>) {
        self.want = None;
        self.load(&Want { start: Start::First, count: rows.len() }, rows, false);
    }

    /// Says how many rows there are in all, once it is known.
    pub const fn set_total(&mut self, total: Option<u64>) {
        self.total = total;
    }

    /// The columns, to rename a head or move the mark of the order.
    pub const fn columns_mut(&mut self) -> &mut Vec<Column> {
        &mut self.columns
    }

    /// The loaded rows.
    pub fn rows(&self) -> &[Row<K>] {
        &self.rows
    }

    /// The row under the cursor.
    pub fn row(&self) -> Option<&Row<K>> {
        self.rows.get(self.at)
    }

    /// The record under the cursor.
    pub fn key(&self) -> Option<K> {
        self.row().map(|row| row.key)
    }

    /// Puts the cursor on a record, if it is loaded.
    pub fn select(&mut self, key: K) -> bool {
        let found = self.rows.iter().position(|row| row.key == key);
        self.at = found.unwrap_or(self.at);
        found.is_some()
    }

    /// Does what the command means for a table.
    pub fn command(&mut self, command: Command) -> Step {
        let page = self.height.max(2) - 1;
        match command {
            Command::Up => self.go(self.at.saturating_sub(1)),
            Command::Down => self.go(self.at + 1),
            Command::PageUp => self.go(self.at.saturating_sub(page)),
            Command::PageDown => self.go(self.at + page),
            Command::First => self.go_first(),
            Command::Last => self.go_last(),
            Command::MarkUp => {
                self.toggle_mark();
                self.go(self.at.saturating_sub(1));
            }
            Command::Mark | Command::MarkDown => {
                self.toggle_mark();
                self.go(self.at + 1);
            }
            Command::MarkAll => return self.mark_all(),
            _ => return Step::NotMine,
        }
        Step::Taken
    }

    fn go(&mut self, row: usize) {
        self.is_loose = false;
        self.at = row.min(self.rows.len().saturating_sub(1));
        let near = self.height + 1;
        let (first, last) = (self.rows.first().map(|row| row.key), self.rows.last().map(|row| row.key));
        if let (true, true, Some(key)) = (self.more.1, self.at + near >= self.rows.len(), last) {
            self.want = Some(Want { start: Start::After(key), count: PAGE });
        } else if let (true, true, Some(key)) = (self.more.0, self.at < near, first) {
            self.want = Some(Want { start: Start::Before(key), count: PAGE });
        }
    }

    fn go_first(&mut self) {
        if self.more.0 { self.reset() } else { self.go(0) }
    }

    fn go_last(&mut self) {
        if self.more.1 {
            self.to_end = true;
            self.want = Some(Want { start: Start::Last, count: PAGE });
        } else {
            self.go(usize::MAX - self.height - 1);
        }
    }

    fn toggle_mark(&mut self) {
        if let Some(row) = self.rows.get(self.at) {
            self.marks.toggle(row.key, row.worth);
        }
    }

    fn mark_all(&mut self) -> Step {
        let all_marked = !self.rows.is_empty() && self.rows.iter().all(|row| self.is_marked(row.key));
        if all_marked {
            self.marks.clear();
            return Step::Taken;
        }
        if self.more != (false, false) {
            return Step::AllNeeded;
        }
        let all: Vec<_> = self.rows.iter().map(|row| (row.key, row.worth)).collect();
        self.mark_these(all);
        Step::Taken
    }

    /// Marks these records, beside what is marked already.
    pub fn mark_these(&mut self, records: impl IntoIterator<Item = (K, Option<Money>)>) {
        for (key, worth) in records {
            self.marks.add(key, worth);
        }
    }

    /// The marked records that are not among the loaded ones.
    pub fn unseen(&self) -> Vec<K> {
        let loaded: HashSet<K> = self.rows.iter().map(|row| row.key).collect();
        self.marks.keys().iter().copied().filter(|key| !loaded.contains(key)).collect()
    }

    /// Whether all records there are are loaded.
    pub fn is_whole(&self) -> bool {
        self.more == (false, false)
    }

    /// Takes the marks of these records away.
    pub fn unmark_these(&mut self, keys: &[K]) {
        for key in keys {
            self.marks.remove(*key);
        }
    }

    /// Takes all marks away.
    pub fn unmark(&mut self) {
        self.marks.clear();
    }

    /// Whether a record is marked.
    pub fn is_marked(&self, key: K) -> bool {
        self.marks.has(key)
    }

    /// The marks, with their count and sums.
    pub const fn marks(&self) -> &Marks<K> {
        &self.marks
    }

    /// The marked records, or the one under the cursor when none is marked: what a command works on.
    pub fn chosen(&self) -> Vec<K> {
        if self.marks.is_empty() { self.key().into_iter().collect() } else { self.marks.keys().to_vec() }
    }
}

#[cfg(test)]
mod tests;
