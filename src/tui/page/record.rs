//! A record and what hangs on it, section by section. [`RecordPage`] is the one page of them; a thing says what its head,
//! sections and deeds are, and what only it needs.

use std::fmt::Debug;
use std::hash::Hash;

use ratatui::layout::Rect;

use super::deed::Menu;
use crate::tui::command::{Able, Command};
use crate::tui::desk::{Desk, Done, Trouble};
use crate::tui::dialogs::text::Text;
use crate::tui::keymap::Context;
use crate::tui::reply::{Answer, Entry, Input, Reply, Screen};
use crate::tui::widgets::canvas::Canvas;
use crate::tui::widgets::hits::Target;
use crate::tui::widgets::record::{self, Head};
use crate::tui::widgets::sections::Sections;
use crate::tui::widgets::table::{Column, Row, Step, Table, Want};

/// Where the cursor is: the open section, and its row.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Spot<K> {
    pub section: usize,
    pub key: Option<K>,
}

/// What a page shows of its record.
#[derive(Debug)]
pub struct Parts<K> {
    pub sections: Sections,
    /// One a section.
    pub tables: Vec<Table<K>>,
}

impl<K: Copy + Eq + Hash> Parts<K> {
    fn of<R: Record<Key = K>>(record: &R) -> Self {
        let names = R::sections();
        let tables = (0..names.len()).map(|section| Table::new(record.columns(section))).collect();
        Self { sections: Sections::new(&names), tables }
    }

    /// The table of the open section.
    pub fn open(&self) -> Option<&Table<K>> {
        self.tables.get(self.sections.active())
    }

    /// The table of the open section.
    pub fn open_mut(&mut self) -> Option<&mut Table<K>> {
        self.tables.get_mut(self.sections.active())
    }
}

/// Rows of a section, and whether there are more in the direction they were wanted in.
pub type Loaded<K> = (Vec<Row<K>>, bool);

/// A record of one kind.
pub trait Record: Sized + 'static {
    /// What a row of its sections is known by.
    type Key: Copy + Eq + Hash + Debug + 'static;

    /// Why nothing can be done where the record is not in the book.
    const GONE: &'static str;
    /// The keys of its deeds.
    const KEYS: &'static [Command];
    /// Only the open section is read, each time it is opened: there is much of it.
    const LAZY: bool = false;

    /// The names of its sections.
    fn sections() -> Vec<&'static str>;

    /// The columns of a section.
    fn columns(&self, section: usize) -> Vec<Column>;

    /// Reads the record and what hangs on it, anew.
    fn read(&mut self, desk: &Desk) -> Result<(), Trouble>;

    /// The rows of a section, all there are.
    fn rows(&self, _section: usize) -> Vec<Row<Self::Key>> {
        Vec::new()
    }

    /// The rows a section wants, and whether there are more in that direction: where they come page by page.
    fn load(&mut self, section: usize, _want: &Want<Self::Key>, _desk: &Desk) -> Result<Loaded<Self::Key>, Trouble> {
        Ok((self.rows(section), false))
    }

    /// What stands behind the name of a section with so many rows.
    fn count(&self, _section: usize, rows: usize) -> Option<usize> {
        Some(rows)
    }

    /// How many rows a section has in all, where they come page by page.
    fn total(&self, _section: usize) -> Option<usize> {
        None
    }

    fn head(&self) -> Head {
        Head::default()
    }

    /// The way to the page.
    fn crumbs(&self) -> Vec<String>;

    /// What can be done; none where the record is not in the book.
    fn menu(&self, at: Spot<Self::Key>) -> Option<Box<dyn Menu>>;

    /// Opens the row under the cursor.
    fn open(&self, at: Spot<Self::Key>, desk: &Desk) -> Reply;

    /// Where opening a row shows its text, which may be longer than the line: under this title.
    fn whole(&self, _at: Spot<Self::Key>) -> Option<&'static str> {
        None
    }

    /// The hint of the message line.
    fn hint(&self, at: Spot<Self::Key>) -> String;

    /// What stands at the right of the hint.
    fn hint_note(&self, position: String) -> String {
        position
    }

    /// Why a section has no rows.
    fn empty(&self, _section: usize) -> &'static str {
        "There is nothing here."
    }

    /// The word of the footer for a key.
    fn word(&self, command: Command, at: Spot<Self::Key>) -> Option<&'static str>;

    /// Whether something can be opened.
    fn can_open(&self, at: Spot<Self::Key>) -> Able {
        Able::when(at.key.is_some(), "There is no row under the cursor.")
    }

    /// What the page says of a key before its deeds are asked.
    fn can(&self, _command: Command, _at: Spot<Self::Key>) -> Option<Able> {
        None
    }

    /// What the page does of a key before its deeds are asked.
    fn run(&self, _command: Command, _at: Spot<Self::Key>, _desk: &Desk) -> Option<Reply> {
        None
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
    fn step(&mut self, _forward: bool, _desk: &Desk) -> Result<(), Reply> {
        Err(Reply::Pass)
    }

    /// Takes what a dialog was answered.
    fn given(&mut self, _answer: &Answer, _parts: &mut Parts<Self::Key>, _desk: &Desk) -> Reply {
        Reply::Nothing
    }

    /// Hears of what was done from here.
    fn done(&mut self, _done: &Done, _desk: &Desk) -> Reply {
        Reply::Nothing
    }

    /// Draws head and sections: the open one below the others' names, unless it has its own picture.
    fn draw(&self, canvas: &mut Canvas<'_>, area: Rect, parts: &mut Parts<Self::Key>) {
        let body = record::draw(canvas, area, &self.head(), &parts.sections);
        let empty = self.empty(parts.sections.active());
        if let Some(table) = parts.open_mut() {
            table.render(canvas, body, empty);
        }
    }
}

/// The record a step leads to, or what is said at the end.
pub fn neighbour<T, E>(found: Result<Vec<T>, E>, end: impl FnOnce() -> String) -> Result<T, Reply>
where
    Trouble: From<E>,
{
    match found.map(|rows| rows.into_iter().next()) {
        Ok(Some(row)) => Ok(row),
        Ok(None) => Err(Reply::say(end())),
        Err(error) => Err(Reply::refuse(Trouble::from(error).sentence())),
    }
}

/// The page of a record.
#[derive(Debug)]
pub struct RecordPage<R: Record> {
    record: R,
    parts: Parts<R::Key>,
    /// The cursor was put where it begins.
    is_placed: bool,
}

impl<R: Record> RecordPage<R> {
    /// The page of this record.
    pub fn new(record: R) -> Self {
        Self { parts: Parts::of(&record), record, is_placed: false }
    }

    fn at(&self) -> Spot<R::Key> {
        Spot { section: self.parts.sections.active(), key: self.parts.open().and_then(Table::key) }
    }

    /// Reads the rows of the sections that are shown, anew.
    fn fill(&mut self, desk: &Desk) -> Result<(), Trouble> {
        for section in 0..self.parts.tables.len() {
            if R::LAZY && section != self.parts.sections.active() {
                continue;
            }
            if let Some(table) = self.parts.tables.get_mut(section) {
                table.reload();
            }
            self.bring(section, desk)?;
            let (total, rows) =
                (self.record.total(section), self.parts.tables.get(section).map_or(0, |table| table.rows().len()));
            if let (Some(total), Some(table)) = (total, self.parts.tables.get_mut(section)) {
                table.set_total(u64::try_from(total).ok());
            }
            if let Some(count) = total.or_else(|| self.record.count(section, rows)) {
                self.parts.sections.set_count(section, count);
            }
        }
        if let (false, Some(start), Some(first)) = (self.is_placed, self.record.start(), self.parts.tables.first_mut())
        {
            first.select(start);
            self.is_placed = true;
        }
        Ok(())
    }

    /// Brings the rows a section wants.
    fn bring(&mut self, section: usize, desk: &Desk) -> Result<(), Trouble> {
        if let Some(table) = self.parts.tables.get_mut(section) {
            while let Some(want) = table.wanted() {
                let (rows, more) = self.record.load(section, &want, desk)?;
                table.load(&want, rows, more);
            }
        }
        Ok(())
    }

    /// The cursor moved: brings what it came near to.
    fn moved(&mut self, desk: &Desk) -> Reply {
        replied(self.bring(self.parts.sections.active(), desk))
    }

    /// Another section is open.
    fn turned(&mut self, desk: &Desk) -> Reply {
        if R::LAZY { replied(self.fill(desk)) } else { Reply::Nothing }
    }

    /// Shows the record before or after, in the same section.
    fn step(&mut self, forward: bool, desk: &Desk) -> Reply {
        if let Err(reply) = self.record.step(forward, desk) {
            return reply;
        }
        let section = self.parts.sections.active();
        self.parts = Parts::of(&self.record);
        self.parts.sections.choose(section);
        self.is_placed = false;
        replied(self.refresh(desk))
    }

    fn open(&self, desk: &Desk) -> Reply {
        let at = self.at();
        let row = self.parts.open().and_then(Table::row);
        match (self.record.whole(at), row) {
            (Some(title), Some(row)) => {
                let text: Vec<&str> = row.cells.iter().map(|cell| cell.text.as_str()).collect();
                Reply::open(Text::new(title, text.join("\n")))
            }
            _ => self.record.open(at, desk),
        }
    }

    fn command(&mut self, command: Command, desk: &Desk) -> Reply {
        let at = self.at();
        match command {
            Command::Open => self.open(desk),
            Command::RecordNext | Command::RecordPrev => self.step(command == Command::RecordNext, desk),
            _ => match self.record.run(command, at, desk) {
                Some(reply) => reply,
                None => self.record.menu(at).and_then(|menu| menu.run(command, desk)).unwrap_or(Reply::Pass),
            },
        }
    }
}

fn replied(done: Result<(), Trouble>) -> Reply {
    match done {
        Ok(()) => Reply::Nothing,
        Err(trouble) => Reply::refuse(trouble.sentence()),
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
        self.fill(desk)
    }

    fn can(&self, command: Command) -> Able {
        let at = self.at();
        if let Some(able) = self.record.can(command, at) {
            return able;
        }
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
        if command == Command::Next { Some("Section") } else { self.record.word(command, self.at()) }
    }

    fn actions(&self, desk: &Desk) -> Vec<Entry> {
        self.record.menu(self.at()).map(|menu| menu.entries(desk)).unwrap_or_default()
    }

    fn hint(&self) -> (String, String) {
        let position = self.parts.open().map(Table::position_text).unwrap_or_default();
        (self.record.hint(self.at()), self.record.hint_note(position))
    }

    fn handle(&mut self, input: Input, desk: &Desk) -> Reply {
        let command = match input {
            Input::Command(command) => command,
            Input::Given(answer) => {
                let reply = self.record.given(&answer, &mut self.parts, desk);
                return if let Reply::Nothing = reply { self.turned(desk) } else { reply };
            }
            Input::Clicked(Target::Chip(section)) => {
                self.parts.sections.choose(section);
                return self.turned(desk);
            }
            Input::Clicked(target) => {
                let again = self.parts.open_mut().and_then(|table| table.clicked(target));
                return if again == Some(true) { self.open(desk) } else { self.moved(desk) };
            }
            Input::Typed(_) | Input::Pasted(_) => return Reply::Pass,
        };
        if self.parts.sections.command(command) {
            return self.turned(desk);
        }
        if self.parts.open_mut().map(|table| table.command(command)) == Some(Step::Taken) {
            return self.moved(desk);
        }
        self.command(command, desk)
    }

    fn done(&mut self, done: &Done, desk: &Desk) -> Reply {
        self.record.done(done, desk)
    }

    fn render(&mut self, canvas: &mut Canvas<'_>, area: Rect) {
        self.record.draw(canvas, area, &mut self.parts);
    }
}
