//! A column: what it is called, what it holds and where it is shown. A thing lists its columns once; objects and files for
//! scripts take them all, the table of the command line and the list on the screen those they name.

use serde_json::{Map, Value};

use super::cell::Cell;
use super::standing::Seen;
use super::view::View;

/// Where the words of a column stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Words; they give way where a line is too long.
    Left,
    /// Days, numbers of papers, codes: never cut.
    Code,
    /// Numbers.
    Right,
}

/// How wide a column is on the screen.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Width {
    /// Exactly so many cells.
    Exact(u16),
    /// At least so many cells, and a share of what is left over.
    AtLeast(u16),
    /// As wide as its texts, and so many cells at least: days without this year, which are never cut.
    Whole(u16),
}

/// One column of rows `R`.
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each says one thing a door asks of a column")]
pub struct Column<R: 'static> {
    /// Its name in objects and files; places of the screen name it too.
    pub key: &'static str,
    pub value: fn(&R, View) -> Cell,
    /// Whether scripts get it: what is put together from other columns is for people alone.
    is_for_scripts: bool,
    /// Its title in the table of the command line; empty: it is not there.
    title: &'static str,
    side: Side,
    /// What the table says in place of the value.
    said: Option<fn(&R, View) -> String>,
    /// Whether the currency is left out: it stands in the column before.
    is_bare: bool,
    /// Its head on the screen.
    pub head: &'static str,
    pub width: Width,
    pub is_number: bool,
    /// What the screen shows in place of the value.
    seen: Option<fn(&R, View) -> Seen>,
    /// Whether a nought is left blank on the screen.
    is_quiet: bool,
    /// The code of the order this column stands for, and whether that order falls.
    pub sort: Option<(&'static str, bool)>,
}

impl<R> Column<R> {
    /// A column for scripts.
    pub const fn new(key: &'static str, value: fn(&R, View) -> Cell) -> Self {
        Self {
            key,
            value,
            is_for_scripts: true,
            title: "",
            side: Side::Left,
            said: None,
            is_bare: false,
            head: "",
            width: Width::AtLeast(8),
            is_number: false,
            seen: None,
            is_quiet: false,
            sort: None,
        }
    }

    /// A column for people alone.
    pub const fn told(key: &'static str, value: fn(&R, View) -> Cell) -> Self {
        Self { is_for_scripts: false, ..Self::new(key, value) }
    }

    /// Also in the table of the command line.
    pub const fn table(self, title: &'static str, side: Side) -> Self {
        Self { title, side, ..self }
    }

    /// The table says this in place of the value.
    pub const fn said(self, said: fn(&R, View) -> String) -> Self {
        Self { said: Some(said), ..self }
    }

    /// Without its currency in the table.
    pub const fn bare(self) -> Self {
        Self { is_bare: true, ..self }
    }

    /// Also on the screen, as words.
    pub const fn words(self, head: &'static str, width: Width) -> Self {
        Self { head, width, ..self }
    }

    /// Also on the screen, flush right.
    pub const fn numbers(self, head: &'static str, cells: u16) -> Self {
        Self { head, width: Width::Exact(cells), is_number: true, ..self }
    }

    /// The screen shows this in place of the value.
    pub const fn seen(self, seen: fn(&R, View) -> Seen) -> Self {
        Self { seen: Some(seen), ..self }
    }

    /// A nought is left blank on the screen.
    pub const fn quiet(self) -> Self {
        Self { is_quiet: true, ..self }
    }

    /// Rows can stand in its order, from the least on.
    pub const fn rising(self, code: &'static str) -> Self {
        Self { sort: Some((code, false)), ..self }
    }

    /// Rows can stand in its order, from the greatest on.
    pub const fn falling(self, code: &'static str) -> Self {
        Self { sort: Some((code, true)), ..self }
    }

    /// What the screen shows.
    pub fn on_screen(&self, row: &R, view: View) -> Seen {
        if let Some(seen) = self.seen {
            return seen(row, view);
        }
        let is_short = matches!(self.width, Width::Whole(_));
        match (self.value)(row, view) {
            Cell::Money(money) if self.is_quiet && money.is_zero() => String::new(),
            Cell::Count(0) if self.is_quiet => String::new(),
            Cell::Money(money) => view.style.amount(money),
            Cell::Day(day) if is_short => view.short_day(day),
            Cell::Day(day) => view.style.long_date(day),
            cell => words(&cell, view),
        }
        .into()
    }

    fn in_table(&self, row: &R, view: View) -> String {
        match (self.said, (self.value)(row, view)) {
            (Some(said), _) => said(row, view),
            (None, Cell::Money(money)) if self.is_bare => view.style.amount(money),
            (None, cell) => words(&cell, view),
        }
    }
}

/// A cell as people read it.
fn words(cell: &Cell, view: View) -> String {
    match cell {
        Cell::Nothing => String::new(),
        Cell::Text(text) | Cell::Plain(text) => text.clone(),
        Cell::Word(_, word) => (*word).to_owned(),
        Cell::Day(day) => view.day(*day),
        Cell::Money(money) => view.money(*money),
        Cell::Count(_) | Cell::Percent(_) | Cell::Share(_) => cell.decimal(),
        Cell::Flag(is_so) => if *is_so { "yes" } else { "no" }.to_owned(),
    }
}

/// Where a column stands on the screen: its key, and how long it stays when there is little room; the highest goes last.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Place {
    pub key: &'static str,
    pub weight: u8,
    /// So many cells in place of its own width.
    pub cells: Option<u16>,
}

/// A column at a place.
pub const fn at(key: &'static str, weight: u8) -> Place {
    Place { key, weight, cells: None }
}

impl Place {
    /// So wide.
    pub const fn cells(self, cells: u16) -> Self {
        Self { cells: Some(cells), ..self }
    }
}

/// A thing that is shown in rows.
pub trait Listed: Sized + 'static {
    /// What one of them is called.
    const ONE: &'static str;
    /// All its columns, in the order of tables and files.
    const COLUMNS: &'static [Column<Self>];

    /// The column with this key.
    fn column(key: &str) -> Option<&'static Column<Self>> {
        Self::COLUMNS.iter().find(|column| column.key == key)
    }

    /// The row as an object.
    fn json(&self, view: View) -> Value {
        Value::Object(
            Self::for_scripts().map(|one| (one.key.to_owned(), (one.value)(self, view).json())).collect::<Map<_, _>>(),
        )
    }

    /// Titles and sides of the table of the command line.
    fn titles() -> Vec<(&'static str, Side)> {
        Self::in_table().map(|column| (column.title, column.side)).collect()
    }

    /// The row of that table.
    fn cells(&self, view: View) -> Vec<String> {
        Self::in_table().map(|column| column.in_table(self, view)).collect()
    }

    /// The titles of a file.
    fn keys() -> impl Iterator<Item = &'static str> {
        Self::for_scripts().map(|column| column.key)
    }

    /// The row of a file.
    fn values(&self, view: View) -> Vec<Cell> {
        Self::for_scripts().map(|column| (column.value)(self, view)).collect()
    }

    /// The columns scripts get.
    fn for_scripts() -> impl Iterator<Item = &'static Column<Self>> {
        Self::COLUMNS.iter().filter(|column| column.is_for_scripts)
    }

    /// The columns of the table.
    fn in_table() -> impl Iterator<Item = &'static Column<Self>> {
        Self::COLUMNS.iter().filter(|column| !column.title.is_empty())
    }
}
