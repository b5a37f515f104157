//! A report as a value: columns, rows of cells, and the figure behind a cell. Boxes and lists of the terminal, the table
//! and the object of the command, and files for spreadsheets follow from it.

use serde_json::{Map, Value as Json, json};

use super::cell::Cell;
use crate::domain::currency::Currency;
use crate::domain::money::Money;
use crate::services::reads::reports::{Figure, Period};

/// A report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// What scripts read beside the rows.
    pub head: Vec<(&'static str, Cell)>,
    pub columns: &'static [Column],
    pub rows: Vec<Row>,
    /// Over what the rows behind its figures are read.
    pub period: Period,
    /// Whether people read the columns of a row one below the other.
    pub is_down: bool,
}

/// A column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// As scripts and files read it; empty: not there.
    pub key: &'static str,
    /// Above it in a table; empty: not there.
    pub title: &'static str,
    /// What a figure of it is called in a list of figures, behind the name of its row; empty: the name alone.
    pub line: &'static str,
    /// How it stands beside the first figure of its row.
    pub beside: Beside,
    pub is_number: bool,
    /// Whether it stands in a money of its own or is of no money; else it is of the money of its row.
    pub names_money: bool,
    /// The keys of the parts that a file has columns of their own for.
    pub parts: &'static [&'static str],
}

/// How a value stands beside a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Beside {
    Not,
    /// As it is.
    Plain,
    /// A count of these.
    Of(&'static str),
    /// A count, and this word whatever the count.
    Word(&'static str),
}

impl Column {
    /// A column of words.
    pub const fn new(key: &'static str, title: &'static str) -> Self {
        Self { key, title, line: "", beside: Beside::Not, is_number: false, names_money: true, parts: &[] }
    }

    /// A column of numbers.
    pub const fn number(key: &'static str, title: &'static str) -> Self {
        Self { is_number: true, ..Self::new(key, title) }
    }

    /// Called so in a list of figures.
    pub const fn line(self, line: &'static str) -> Self {
        Self { line, ..self }
    }

    /// Beside the first figure of its row.
    pub const fn beside(self, beside: Beside) -> Self {
        Self { beside, ..self }
    }

    /// Of the money of its row, which it does not name.
    pub const fn of_its_money(self) -> Self {
        Self { names_money: false, ..self }
    }

    /// With parts.
    pub const fn parts(self, parts: &'static [&'static str]) -> Self {
        Self { parts, ..self }
    }
}

/// A row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// What it is called in a list of figures: `March 2026`.
    pub name: String,
    /// The same in few letters: `Mar`.
    pub short: String,
    /// Of which money it is; `None`: of all, each apart.
    pub currency: Option<Currency>,
    /// One a column.
    pub values: Vec<Value>,
}

/// What stands in a column of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Value {
    pub held: Held,
    /// The figure that it is: its rows can be opened.
    pub figure: Option<Figure>,
}

/// One cell, or several parts of one thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Held {
    One(Cell),
    /// The parts with their names, and which of them people read.
    Each(Vec<Vec<(&'static str, Cell)>>, &'static [&'static str]),
}

impl From<Cell> for Value {
    fn from(cell: Cell) -> Self {
        Self { held: Held::One(cell), figure: None }
    }
}

impl From<Money> for Value {
    fn from(money: Money) -> Self {
        Cell::Money(money).into()
    }
}

impl From<i64> for Value {
    fn from(count: i64) -> Self {
        Cell::Count(count).into()
    }
}

impl Value {
    /// Parts, of which people read these.
    pub fn each(parts: Vec<Vec<(&'static str, Cell)>>, read: &'static [&'static str]) -> Self {
        Self { held: Held::Each(parts, read), figure: None }
    }

    /// A part of one, or nothing where there is no whole.
    pub fn share(ppm: Option<i64>) -> Self {
        ppm.map_or(Cell::Nothing, Cell::Share).into()
    }

    /// It is this figure.
    pub fn is(self, figure: Figure) -> Self {
        Self { figure: Some(figure), ..self }
    }

    /// The cell, or that of the part in a currency.
    pub fn cell(&self, key: &str, currency: Currency) -> Cell {
        match &self.held {
            Held::One(cell) => cell.clone(),
            Held::Each(parts, _) => {
                let is_so = |part: &&Vec<(&str, Cell)>| part.iter().any(|(_, cell)| is_of(cell, currency));
                let found = parts.iter().find(is_so).into_iter().flatten().find(|(name, _)| *name == key);
                found.map(|(_, cell)| cell.clone()).unwrap_or_default()
            }
        }
    }

    /// As people read it, each cell written by `write`; of several moneys only the parts in that one, where one is asked.
    pub fn text(&self, currency: Option<Currency>, write: &impl Fn(&Cell) -> String) -> String {
        let Held::Each(parts, read) = &self.held else {
            let Held::One(cell) = &self.held else { return String::new() };
            return write(cell);
        };
        let money = |part: &[(&str, Cell)]| part.iter().any(|(_, cell)| matches!(cell, Cell::Money(_)));
        let meant = |part: &&Vec<(&str, Cell)>| {
            currency.is_none_or(|currency| !money(part) || part.iter().any(|(_, cell)| is_of(cell, currency)))
        };
        let told = |part: &Vec<(&str, Cell)>| {
            let cells = read.iter().filter_map(|key| part.iter().find(|(name, _)| name == key));
            cells.map(|(_, cell)| write(cell)).collect::<Vec<_>>().join(" ")
        };
        parts.iter().filter(meant).map(told).collect::<Vec<_>>().join(", ")
    }

    /// The part in a money: how many and how much, none where there is no such part.
    fn of_money(&self, currency: Currency, write: &impl Fn(&Cell) -> String) -> String {
        let or = |cell: Cell, none: Cell| if cell == Cell::Nothing { none } else { cell };
        let count = or(self.cell("count", currency), Cell::Count(0));
        let amount = or(self.cell("amount", currency), Cell::Money(Money::zero(currency)));
        format!("{}   {}", write(&count), write(&amount))
    }

    fn json(&self) -> Json {
        match &self.held {
            Held::One(cell) => cell.json(),
            Held::Each(parts, _) => {
                let object =
                    |part: &Vec<(&'static str, Cell)>| object(part.iter().map(|(key, cell)| (*key, cell.json())));
                parts.iter().map(object).collect()
            }
        }
    }
}

fn is_of(cell: &Cell, currency: Currency) -> bool {
    matches!(cell, Cell::Money(money) if money.currency() == currency)
}

fn object(fields: impl Iterator<Item = (&'static str, Json)>) -> Json {
    Json::Object(fields.map(|(key, value)| (key.to_owned(), value)).collect())
}

/// A figure that can be opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub text: String,
    pub note: String,
    pub figure: Figure,
}

impl Row {
    /// Whether it is of this money, or of all.
    pub fn is_of(&self, currency: Currency) -> bool {
        self.currency.is_none_or(|own| own == currency)
    }
}

impl Sheet {
    /// The rows of a money.
    pub fn rows_of(&self, currency: Currency) -> impl DoubleEndedIterator<Item = &Row> {
        self.rows.iter().filter(move |row| row.is_of(currency))
    }

    /// What a row has under a key.
    pub fn value<'a>(&self, row: &'a Row, key: &str) -> Option<&'a Value> {
        self.columns.iter().position(|column| column.key == key).and_then(|at| row.values.get(at))
    }

    /// The number a row has under a key, of the part in a money where there are parts: minor units, a count, parts per
    /// million. `None` where nothing is known.
    pub fn number(&self, row: &Row, key: &str, (part, currency): (&str, Currency)) -> Option<i64> {
        match self.value(row, key)?.cell(part, currency) {
            Cell::Money(money) => Some(money.minor()),
            Cell::Count(number) | Cell::Share(number) | Cell::Percent(number) => Some(number),
            _ => None,
        }
    }

    /// The object scripts read.
    pub fn json(&self) -> Json {
        let keyed = |row: &Row| {
            let cells = self.columns.iter().zip(&row.values).filter(|(column, _)| !column.key.is_empty());
            object(cells.map(|(column, value)| (column.key, value.json())))
        };
        let rows: Vec<Json> = self.rows.iter().map(keyed).collect();
        let mut json: Map<String, Json> =
            self.head.iter().map(|(key, cell)| ((*key).to_owned(), cell.json())).collect();
        if !self.is_down {
            json.insert("total".to_owned(), json!(rows.len()));
        }
        json.insert("rows".to_owned(), rows.into());
        Json::Object(json)
    }

    /// The titles of a file.
    pub fn file_head(&self) -> Vec<&'static str> {
        let mut head: Vec<&str> = Vec::new();
        for column in self.columns.iter().filter(|column| !column.key.is_empty()) {
            let own = [column.key];
            let keys = if column.parts.is_empty() { own.as_slice() } else { column.parts };
            head.extend(keys.iter().filter(|key| !head.contains(key)).copied().collect::<Vec<_>>());
        }
        head
    }

    /// The lines of a file: a row whose parts have columns of their own has a line for each part.
    pub fn file_rows(&self, write: &impl Fn(&Cell) -> String) -> Vec<Vec<Cell>> {
        let head = self.file_head();
        self.rows.iter().flat_map(|row| self.file_lines(row, &head, write)).collect()
    }

    fn file_lines(&self, row: &Row, head: &[&str], write: &impl Fn(&Cell) -> String) -> Vec<Vec<Cell>> {
        let keyed = || self.columns.iter().zip(&row.values);
        let parts = keyed().find_map(|(column, value)| match &value.held {
            Held::Each(parts, _) if !column.parts.is_empty() => Some(parts.clone()),
            _ => None,
        });
        let parts = parts.filter(|parts| !parts.is_empty()).unwrap_or_else(|| vec![Vec::new()]);
        let own = |key: &str| {
            let (_, value) = keyed().find(|(column, _)| column.key == key && column.parts.is_empty())?;
            Some(match &value.held {
                Held::One(cell) => cell.clone(),
                Held::Each(..) => Cell::Text(value.text(None, write)),
            })
        };
        let line = |part: &Vec<(&str, Cell)>| {
            let of_part = |key: &str| part.iter().find(|(name, _)| *name == key).map(|(_, cell)| cell.clone());
            head.iter().map(|key| of_part(key).or_else(|| own(key)).unwrap_or_default()).collect()
        };
        parts.iter().map(line).collect()
    }

    /// The figures of a row that can be opened, in a money, as a list says them.
    pub fn lines(&self, row: &Row, currency: Currency, write: &impl Fn(&Cell) -> String) -> Vec<Line> {
        let mut lines: Vec<Line> = Vec::new();
        for (at, (column, value)) in self.columns.iter().zip(&row.values).enumerate() {
            let Some(figure) = value.figure else { continue };
            let is_first = lines.is_empty() && !self.is_down;
            let parts = self.columns.iter().zip(&row.values).enumerate();
            let stands = |(place, (other, held)): (usize, (&Column, &Value))| {
                if place == at && matches!(held.held, Held::Each(..)) {
                    return Some(held.of_money(currency, write));
                }
                let text = held.text(Some(currency), write);
                let told = match other.beside {
                    _ if place == at => told(column.beside, &text).or(Some(text)),
                    beside if is_first && held.figure.is_none() => told(beside, &text),
                    _ => None,
                };
                told.filter(|text| !text.is_empty())
            };
            let note = parts.filter_map(stands).collect::<Vec<_>>().join("   ");
            let text = [row.name.as_str(), column.line].into_iter().filter(|part| !part.is_empty());
            lines.push(Line { text: text.collect::<Vec<_>>().join(", "), note, figure });
        }
        lines
    }
}

fn told(beside: Beside, text: &str) -> Option<String> {
    match beside {
        Beside::Not => None,
        Beside::Plain => Some(text.to_owned()),
        Beside::Of(one) if text == "1" => Some(format!("1 {one}")),
        Beside::Of(one) => Some(format!("{text} {one}s")),
        Beside::Word(word) => Some(format!("{text} {word}")),
    }
}
