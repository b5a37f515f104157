//! A list of anything: found as one types, narrowed by views and a filter, marked, opened, worked on. [`ListPage`] is the
//! one page of them all; a thing says what its rows are, its columns and deeds, and what only it needs.

mod keys;
mod shown;
pub mod table_file;

use std::fmt::Debug;
use std::hash::Hash;

use chrono::NaiveDate;

use super::deed::Menu;
use crate::domain::currency::Currency;
use crate::domain::format::Style;
use crate::services::reads::{Cursor, Page, Slice, Totals};
use crate::shown::cell::Cell as Value;
use crate::shown::view::View;
use crate::tui::command::{Able, Command};
use crate::tui::desk::{self, Desk, DeskError, Done, Outcome};
use crate::tui::place::Narrow;
use crate::tui::reply::{Answer, Entry, Reply};
use crate::tui::widgets::listing::Listing;
use crate::tui::widgets::records::Records;
use crate::tui::widgets::strip::Detail;
use crate::tui::widgets::table::{Column, Row};
use crate::tui::words;

pub use shown::ListPage;

/// The day, and how the shop writes things.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Look {
    pub today: NaiveDate,
    pub style: Style,
    pub currency: Currency,
}

impl Look {
    /// As this desk has it.
    pub fn of(desk: &Desk) -> Self {
        let currency = desk.shop().map_or(Currency::EUR, |shop| shop.currency);
        Self { today: desk.today(), style: desk::style(desk), currency }
    }

    /// What rows are shown by.
    pub const fn view(self) -> View {
        View { today: self.today, style: self.style }
    }
}

/// What a list made of a key or an answer.
#[derive(Debug)]
pub enum Turn {
    /// It means nothing to it.
    Pass,
    /// This follows.
    Do(Reply),
    /// Other rows are to be shown, from the first one; then this follows.
    Anew(Reply),
}

/// Where a list stands, for what it does itself.
#[derive(Debug)]
pub struct At<'a, L: List> {
    /// The row under the cursor.
    pub row: Option<&'a L::Row>,
    pub query: &'a L::Query,
    /// What is typed.
    pub text: &'a str,
    /// How many rows there are, once it is known.
    pub total: Option<i64>,
    pub look: Look,
}

/// What is worked on: the row under the cursor, or the only one that is marked, with all that are.
#[derive(Debug)]
pub struct Picked<'a, L: List> {
    pub row: &'a L::Row,
    /// Two at least, or none.
    pub marked: &'a [L::Key],
    /// What was read of the marked ones and others.
    pub known: &'a Records<L::Key, L::Row>,
    pub query: &'a L::Query,
}

/// A list of one kind of thing.
pub trait List: Sized + 'static {
    /// What a row is known by.
    type Key: Copy + Eq + Hash + Debug + 'static;
    /// A row as it was read.
    type Row: Clone + Debug + 'static;
    /// What is asked for: the view, the text and the filter.
    type Query: Clone + Debug + Send + 'static;

    /// The saved views: the name on the screen, and the code by which lines and figures name it.
    const VIEWS: &'static [(&'static str, &'static str)];
    /// What one row is called.
    const ONE: &'static str;
    /// Why a key that needs a row does nothing.
    const NO_ROW: &'static str;
    /// The keys of its deeds.
    const KEYS: &'static [Command] = &[];
    /// The keys the list has itself, whatever the row: new, filter, a table.
    const OWN: &'static [Command] = &[];
    /// Whether anything is done with several rows.
    const TAKES_MARKS: bool = true;

    /// What is asked for in this view, with this text.
    fn query(&self, view: usize, text: &str) -> Self::Query;

    /// The columns, with the mark of the order.
    fn columns(query: &Self::Query) -> Vec<Column>;

    /// The head of a column was pressed: the rows stand in its order, or the other way round; false where they cannot.
    fn sorted(&mut self, _head: &'static str, _query: &Self::Query) -> bool {
        false
    }

    /// One page of the rows.
    fn read(desk: &Desk, query: &Self::Query, page: &Page) -> Result<Slice<Self::Row>, DeskError>;

    /// How many rows there are, and their sums; read beside the screen.
    fn count(desk: &Desk, query: &Self::Query) -> Result<Totals, DeskError>;

    /// What a row is known by.
    fn key(row: &Self::Row) -> Self::Key;

    /// Its place in the list.
    fn cursor(row: &Self::Row, query: &Self::Query) -> Cursor;

    /// As the table shows it.
    fn row(row: &Self::Row, query: &Self::Query, look: Look) -> Row<Self::Key>;

    /// The titles of a file of it.
    fn keys(query: &Self::Query) -> Vec<&'static str>;

    /// The row of a file.
    fn values(row: &Self::Row, view: View) -> Vec<Value>;

    /// The title of its details.
    fn title(row: &Self::Row) -> String;

    /// What is known of the row under the cursor.
    fn details(row: &Self::Row, look: Look, desk: &Desk) -> Result<Vec<Detail>, DeskError>;

    /// What can be done.
    fn menu(picked: &Picked<'_, Self>) -> Box<dyn Menu>;

    /// Why there are no rows, and which key makes some.
    fn empty(&self, query: &Self::Query, view: &'static str, text: &str) -> String;

    /// What stands in the message line while so many rows are marked.
    fn hint(query: &Self::Query, marked: usize) -> &'static str;

    /// The way to the page; empty on the six tabs.
    fn crumbs(&self) -> Vec<String> {
        Vec::new()
    }

    /// Whether it is answered at once, without what is kept in memory of the book.
    fn is_quick(_query: &Self::Query) -> bool {
        true
    }

    /// Which of these, not loaded, are in the list.
    fn among(desk: &Desk, query: &Self::Query, keys: &[Self::Key]) -> Result<Vec<Self::Key>, DeskError> {
        let rows = Self::read(desk, query, &Page::first(MOST_MARKED))?.rows;
        Ok(rows.iter().map(Self::key).filter(|key| keys.contains(key)).collect())
    }

    /// Whether rows are counted in this view.
    fn is_counted(_query: &Self::Query) -> bool {
        true
    }

    /// The count and the sums in words; `...` while they are read.
    fn counted(_query: &Self::Query, totals: Option<&Totals>, _look: Look) -> String {
        totals.map_or_else(|| "...".to_owned(), |totals| words::count(totals.count, Self::ONE))
    }

    /// The active filters: what and how.
    fn chips(&self, _query: &Self::Query, _look: Look) -> Vec<(&'static str, String)> {
        Vec::new()
    }

    /// Whether nothing is asked for beside the view and the text.
    fn is_plain(&self, _listing: &Listing<Self::Key>) -> bool {
        true
    }

    /// Asks for nothing any more beside the view and the text; says which row then gets the cursor, where it is not the
    /// one that has it.
    fn clear(&mut self, _listing: &mut Listing<Self::Key>) -> Option<Self::Key> {
        None
    }

    /// Only these rows: one arrives from a line or a figure.
    fn narrow(&mut self, _narrow: &Narrow) {}

    /// The book changed.
    fn refreshed(&mut self, _desk: &Desk) {}

    /// The view changed, or the text.
    fn turned(&mut self, _view: usize) {}

    /// The word of the footer, where no deed has one.
    fn word(&self, _command: Command, _query: &Self::Query) -> Option<&'static str> {
        None
    }

    /// Whether one of its own keys does something now.
    fn can(&self, _command: Command, _row: Option<&Self::Row>) -> Able {
        Able::Yes
    }

    /// Does what one of its own keys means.
    fn own(&mut self, _command: Command, _at: &At<'_, Self>, _desk: &Desk) -> Turn {
        Turn::Pass
    }

    /// Opens the row under the cursor; [`Turn::Pass`]: as the deed of that key does.
    fn open(&mut self, _at: &At<'_, Self>, _listing: &mut Listing<Self::Key>) -> Turn {
        Turn::Pass
    }

    /// Takes what a dialog was answered.
    fn given(&mut self, _answer: &Answer, _at: &At<'_, Self>, _listing: &mut Listing<Self::Key>, _desk: &Desk) -> Turn {
        Turn::Pass
    }

    /// What copying gives.
    fn copied(_row: &Self::Row) -> Option<String> {
        None
    }

    /// Entries of the menu that need no row.
    fn more(&self, _at: &At<'_, Self>, _desk: &Desk) -> Vec<Entry> {
        Vec::new()
    }

    /// What was made that belongs here, and its row where it can be read alone.
    fn made(_outcome: &Outcome, _desk: &Desk) -> Option<(Self::Key, Option<Self::Row>)> {
        None
    }

    /// What follows when something was done.
    fn follow_up(&mut self, _done: &Done, _desk: &Desk) -> Reply {
        Reply::Nothing
    }
}

/// How many rows can be marked at once.
pub const MOST_MARKED: usize = 2_000;
