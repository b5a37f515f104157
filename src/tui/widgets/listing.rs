//! A list one narrows by typing: the box, the saved views with the active filters, the rows, the details of the row
//! under the cursor. What the rows are is the screen's business.

use std::convert::Infallible;
use std::hash::Hash;

use ratatui::layout::Rect;

use super::canvas::Canvas;
use super::chips::Views;
use super::find::Find;
use super::hits::Target;
use super::strip::{self, Detail};
use super::table::{Column, Step, Table};
use crate::tui::command::Command;
use crate::tui::format;

/// What became of an input.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Heard {
    /// It means nothing to a list.
    NotMine,
    /// The list did it; ask the table what rows it wants.
    Taken,
    /// Other rows are to be shown.
    Narrowed,
    /// The rows are to be sorted by the column with this head.
    Sorted(&'static str),
    /// The row under the cursor is to be opened.
    Opened,
    /// Marking all needs rows that are not loaded.
    AllNeeded,
}

/// Rows with a box to find them, saved views and details.
#[derive(Debug)]
pub struct Listing<K> {
    pub find: Find,
    pub views: Views,
    pub table: Table<K>,
    has_details: bool,
    takes_marks: bool,
}

/// What is drawn beside the rows.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Surroundings {
    /// How many rows there are and what they add up to.
    pub count: String,
    /// Active filters: what and how.
    pub filters: Vec<(&'static str, String)>,
    /// The record under the cursor.
    pub title: String,
    pub marked: String,
    /// What is known of the record.
    pub details: Vec<Detail>,
    /// Why there are no rows, and which key makes some.
    pub empty: String,
}

/// The rows of the details below the list.
const STRIP: u16 = 4;

impl<K: Copy + Eq + Hash> Listing<K> {
    /// A list with its views and columns.
    pub fn new(views: Vec<&'static str>, columns: Vec<Column>) -> Self {
        Self {
            find: Find::default(),
            views: Views::new(views),
            table: Table::new(columns),
            has_details: true,
            takes_marks: true,
        }
    }

    /// A list in which nothing is done with several rows: none is marked.
    pub fn unmarked(self) -> Self {
        Self { takes_marks: false, ..self }
    }

    /// A character was typed.
    pub fn typed(&mut self, letter: char) -> Heard {
        let changed = self.find.typed(letter);
        self.narrowed(changed)
    }

    /// A text was pasted.
    pub fn pasted(&mut self, text: &str) -> Heard {
        let changed = self.find.pasted(text);
        self.narrowed(changed)
    }

    fn narrowed(&mut self, changed: bool) -> Heard {
        if !changed {
            return Heard::Taken;
        }
        // An empty box shows all rows again, with the cursor where it was.
        if self.find.is_empty() {
            self.table.reset_around();
        } else {
            self.table.reset();
        }
        Heard::Narrowed
    }

    /// The mouse was pressed.
    pub fn clicked(&mut self, target: Target) -> Heard {
        if let Some(head) = self.table.head_at(target) {
            return Heard::Sorted(head);
        }
        match (self.table.clicked(target), target) {
            (Some(true), _) => Heard::Opened,
            (Some(false), _) => Heard::Taken,
            (None, Target::Chip(number)) => {
                let changed = self.views.choose(number);
                self.other_view(changed)
            }
            (None, _) => Heard::NotMine,
        }
    }

    fn other_view(&mut self, changed: bool) -> Heard {
        if changed {
            self.table.reset();
            Heard::Narrowed
        } else {
            Heard::Taken
        }
    }

    /// A command was given. `Back` is taken while something is typed.
    pub fn command(&mut self, command: Command) -> Heard {
        if command == Command::Open {
            return Heard::Opened;
        }
        if command == Command::Pane {
            self.has_details = !self.has_details;
            return Heard::Taken;
        }
        if command == Command::Back {
            let changed = !self.find.is_empty();
            self.find.clear();
            return if changed { self.narrowed(true) } else { Heard::NotMine };
        }
        if let Some(changed) = self.find.command(command) {
            return self.narrowed(changed);
        }
        if let Some(changed) = self.views.command(command) {
            return self.other_view(changed);
        }
        let marks = matches!(command, Command::Mark | Command::MarkUp | Command::MarkDown | Command::MarkAll);
        if marks && !self.takes_marks {
            return Heard::NotMine;
        }
        match self.table.command(command) {
            Step::Taken => Heard::Taken,
            Step::NotMine => Heard::NotMine,
            Step::AllNeeded => Heard::AllNeeded,
        }
    }

    /// Drops the marks of rows that are not in the list any more: what nobody sees is not worked on. `fits` finds out
    /// which of those that are not loaded are in it. Says how many were dropped.
    pub fn drop_hidden<E>(&mut self, fits: impl FnOnce(&[K]) -> Result<Vec<K>, E>) -> Result<usize, E> {
        let mut hidden = self.table.unseen();
        if hidden.is_empty() {
            return Ok(0);
        }
        if !self.table.is_whole() {
            let kept = fits(&hidden)?;
            hidden.retain(|key| !kept.contains(key));
        }
        self.table.unmark_these(&hidden);
        Ok(hidden.len())
    }

    /// As [`Listing::drop_hidden`], where nothing tells which of those that are not loaded are in the list.
    pub fn drop_unseen(&mut self) -> usize {
        self.drop_hidden(|_| Ok::<_, Infallible>(Vec::new())).unwrap_or(0)
    }

    /// Whether the details are shown: they need not be read otherwise.
    pub const fn has_details(&self) -> bool {
        self.has_details
    }

    /// Draws it all into the page.
    pub fn render(&mut self, canvas: &mut Canvas<'_>, area: Rect, show: &Surroundings) {
        let line = |row: u16| Rect { y: area.y + row, height: 1, ..area };
        self.find.render(canvas, line(0), "Find", &show.count);
        let cells: usize =
            show.filters.iter().map(|(name, value)| format::width(name) + format::width(value) + 4).sum();
        let fits = self.views.width() + 8 + cells <= usize::from(area.width);
        self.views.render(canvas, line(1), "View", if fits { &show.filters } else { &[] });
        let head = if fits { 2 } else { 3 };
        if !fits {
            Views::new(Vec::new()).render(canvas, line(2), "Only", &show.filters);
        }
        let body = Rect { y: area.y + head, height: area.height.saturating_sub(head), ..area };
        let rows = if self.has_details { STRIP } else { 0 };
        let places = strip::frame(canvas, body, (rows, &|least| self.table.needs(least)), &show.title, &show.marked);
        self.table.render(canvas, places.list, &show.empty);
        strip::details(canvas, places.details, &show.details);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::widgets::table::{Row, Start, Width};

    fn listing() -> Listing<i64> {
        let mut listing = Listing::new(vec!["Open", "All"], vec![Column::words("Name", Width::AtLeast(6), 9)]);
        feed(&mut listing);
        listing
    }

    fn feed(listing: &mut Listing<i64>) {
        while let Some(want) = listing.table.wanted() {
            let rows = if want.start == Start::First || matches!(want.start, Start::At(_)) { 1..4 } else { 0..0 };
            let rows = rows.map(|key| Row { key, cells: vec!["row".into()], worth: None }).collect();
            listing.table.load(&want, rows, false);
        }
    }

    #[test]
    fn typing_narrows_and_back_shows_all_with_the_cursor_where_it_was() {
        let mut listing = listing();
        assert_eq!(listing.typed('a'), Heard::Narrowed);
        feed(&mut listing);
        assert_eq!(listing.command(Command::Down), Heard::Taken);
        assert_eq!(listing.command(Command::Back), Heard::Narrowed);
        feed(&mut listing);
        assert_eq!(listing.table.key(), Some(2));
        assert_eq!(listing.command(Command::Back), Heard::NotMine);
    }

    #[test]
    fn a_second_press_opens_and_a_chip_changes_the_view() {
        let mut listing = listing();
        assert_eq!(listing.clicked(Target::Row(1)), Heard::Taken);
        assert_eq!(listing.clicked(Target::Row(1)), Heard::Opened);
        assert_eq!(listing.clicked(Target::Chip(1)), Heard::Narrowed);
        assert_eq!(listing.views.name(), "All");
        assert_eq!(listing.clicked(Target::Tab(1)), Heard::NotMine);
    }
}
