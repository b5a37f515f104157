//! A record and what hangs on it, section by section. [`RecordPage`] is the one page of them; a thing says what its head,
//! sections and deeds are, and what only it needs.

use std::fmt::Debug;
use std::hash::Hash;

use ratatui::layout::Rect;

use super::deed::Menu;
use crate::tui::command::{Able, Command};
use crate::tui::desk::{Desk, Trouble};
use crate::tui::keymap::Context;
use crate::tui::reply::{Answer, Entry, Input, Reply, Screen};
use crate::tui::widgets::canvas::Canvas;
use crate::tui::widgets::hits::Target;
use crate::tui::widgets::record::{self, Head};
use crate::tui::widgets::sections::Sections;
use crate::tui::widgets::table::{Column, Row, Step, Table};

/// Where the cursor is: the open section, and its row.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Spot<K> {
    pub section: usize,
    pub key: Option<K>,
}

/// A record of one kind.
pub trait Record: Sized + 'static {
    /// What a row of its sections is known by.
    type Key: Copy + Eq + Hash + Debug + 'static;

    const SECTIONS: &'static [&'static str];
    /// Why nothing can be done where the record is not in the book.
    const GONE: &'static str;
    /// The keys of its deeds.
    const KEYS: &'static [Command];

    /// The columns of a section.
    fn columns(section: usize) -> Vec<Column>;

    /// Reads the record and what hangs on it, anew.
    fn read(&mut self, desk: &Desk) -> Result<(), Trouble>;

    /// The rows of a section, all there are.
    fn rows(&self, section: usize) -> Vec<Row<Self::Key>>;

    fn head(&self) -> Head;

    /// The way to the page.
    fn crumbs(&self) -> Vec<String>;

    /// What can be done; none where the record is not in the book.
    fn menu(&self, at: Spot<Self::Key>) -> Option<Box<dyn Menu>>;

    /// Opens the row under the cursor.
    fn open(&self, at: Spot<Self::Key>) -> Reply;

    /// The hint of the message line.
    fn hint(&self, at: Spot<Self::Key>) -> String;

    /// Why a section has no rows.
    fn empty(&self, section: usize) -> &'static str;

    /// The word of the footer for a key, whatever the row.
    fn word(command: Command) -> Option<&'static str>;

    /// Whether something can be opened.
    fn can_open(&self, at: Spot<Self::Key>) -> Able {
        Able::when(at.key.is_some(), "There is no row under the cursor.")
    }

    /// What stands at the right of the crumbs.
    fn crumb_note(&self) -> String {
        String::new()
    }

    /// The row of the first section that has the cursor when the page is first shown.
    fn start(&self) -> Option<Self::Key> {
        None
    }

    /// Becomes the record before or after; else what follows.
    fn step(&mut self, _forward: bool) -> Result<(), Reply> {
        Err(Reply::Pass)
    }

    /// Takes what a dialog was answered.
    fn given(&mut self, _answer: &Answer, _desk: &Desk) -> Reply {
        Reply::Nothing
    }
}

/// The page of a record.
#[derive(Debug)]
pub struct RecordPage<R: Record> {
    record: R,
    sections: Sections,
    /// One a section.
    tables: Vec<Table<R::Key>>,
    /// The cursor was put where it begins.
    is_placed: bool,
}

impl<R: Record> RecordPage<R> {
    /// The page of this record.
    pub fn new(record: R) -> Self {
        let tables = (0..R::SECTIONS.len()).map(|section| Table::new(R::columns(section))).collect();
        Self { record, sections: Sections::new(R::SECTIONS), tables, is_placed: false }
    }

    fn table(&self) -> Option<&Table<R::Key>> {
        self.tables.get(self.sections.active())
    }

    fn at(&self) -> Spot<R::Key> {
        Spot { section: self.sections.active(), key: self.table().and_then(Table::key) }
    }

    fn fill(&mut self) {
        for (section, table) in self.tables.iter_mut().enumerate() {
            let rows = self.record.rows(section);
            self.sections.set_count(section, rows.len());
            table.reload();
            if let Some(want) = table.wanted() {
                table.load(&want, rows, false);
            }
        }
        if let (false, Some(start), Some(first)) = (self.is_placed, self.record.start(), self.tables.first_mut()) {
            first.select(start);
            self.is_placed = true;
        }
    }

    /// Shows the record before or after.
    fn step(&mut self, forward: bool, desk: &Desk) -> Reply {
        if let Err(reply) = self.record.step(forward) {
            return reply;
        }
        self.is_placed = false;
        match self.refresh(desk) {
            Ok(()) => Reply::Nothing,
            Err(trouble) => Reply::refuse(trouble.sentence()),
        }
    }
}

impl<R: Record> Screen for RecordPage<R> {
    fn context(&self) -> Context {
        Context::Detail
    }

    fn crumbs(&self) -> Vec<String> {
        self.record.crumbs()
    }

    fn crumb_note(&self) -> String {
        self.record.crumb_note()
    }

    fn refresh(&mut self, desk: &Desk) -> Result<(), Trouble> {
        self.record.read(desk)?;
        self.fill();
        Ok(())
    }

    fn can(&self, command: Command) -> Able {
        let at = self.at();
        match command {
            Command::Open => self.record.can_open(at),
            _ if R::KEYS.contains(&command) => match self.record.menu(at) {
                Some(menu) => menu.can(command).unwrap_or(Able::NotHere),
                None => Able::because(R::GONE),
            },
            _ => Able::NotHere,
        }
    }

    fn word(&self, command: Command) -> Option<&'static str> {
        if command == Command::Next { Some("Section") } else { R::word(command) }
    }

    fn actions(&self, desk: &Desk) -> Vec<Entry> {
        self.record.menu(self.at()).map(|menu| menu.entries(desk)).unwrap_or_default()
    }

    fn hint(&self) -> (String, String) {
        (self.record.hint(self.at()), self.table().map(Table::position_text).unwrap_or_default())
    }

    fn handle(&mut self, input: Input, desk: &Desk) -> Reply {
        let section = self.sections.active();
        let command = match input {
            Input::Command(command) => command,
            Input::Given(answer) => return self.record.given(&answer, desk),
            Input::Clicked(Target::Chip(section)) => {
                self.sections.choose(section);
                return Reply::Nothing;
            }
            Input::Clicked(target) => {
                let again = self.tables.get_mut(section).and_then(|table| table.clicked(target));
                return if again == Some(true) { self.record.open(self.at()) } else { Reply::Nothing };
            }
            Input::Typed(_) | Input::Pasted(_) => return Reply::Pass,
        };
        if self.sections.command(command) {
            return Reply::Nothing;
        }
        if self.tables.get_mut(section).map(|table| table.command(command)) == Some(Step::Taken) {
            return Reply::Nothing;
        }
        match command {
            Command::Open => self.record.open(self.at()),
            Command::RecordNext | Command::RecordPrev => self.step(command == Command::RecordNext, desk),
            _ => self.record.menu(self.at()).and_then(|menu| menu.run(command, desk)).unwrap_or(Reply::Pass),
        }
    }

    fn render(&mut self, canvas: &mut Canvas<'_>, area: Rect) {
        let body = record::draw(canvas, area, &self.record.head(), &self.sections);
        let section = self.sections.active();
        let empty = self.record.empty(section);
        if let Some(table) = self.tables.get_mut(section) {
            table.render(canvas, body, empty);
        }
    }
}
