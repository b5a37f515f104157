//! The lines of each box with the rows behind them: Enter lists the lines, then the rows of the one chosen, which are
//! those the figure was added up from.

use super::figures::Figures;
use super::{Reports, counted};
use crate::domain::format::Style;
use crate::shown::cell::Cell;
use crate::shown::sheet;
use crate::tui::command::Able;
use crate::tui::desk::Desk;
use crate::tui::desk::reads::reports::{Figure, Period};
use crate::tui::dialogs::picker::Picker;
use crate::tui::place::{Place, Tab};
use crate::tui::reply::{Entry, Reply};
use crate::tui::words;

/// Under this name the chosen line comes back.
pub(super) const LINE: &str = "line of a box";

/// What is behind a line.
enum Behind {
    /// The rows of a figure, read over a period.
    Rows(Figure, Period),
    /// A page.
    Page(Place),
}

/// A line of a box and what is behind it.
struct Line {
    text: String,
    note: String,
    behind: Behind,
}

impl Line {
    fn new(text: impl Into<String>, note: impl Into<String>, behind: Behind) -> Self {
        Self { text: text.into(), note: note.into(), behind }
    }
}

impl Reports {
    /// Lists the lines of the box that has the cursor.
    pub(super) fn open_box(&self) -> Reply {
        let Some(figures) = &self.figures else {
            return Reply::say("The figures are still being read.");
        };
        let lines = self.lines(figures);
        let entry = |(number, line): (usize, &Line)| {
            Entry::new(number.to_string(), &line.text).note(&line.note).able(Able::Yes)
        };
        let entries: Vec<Entry> = lines.iter().enumerate().map(entry).collect();
        if entries.is_empty() {
            return Reply::say("There is nothing behind this box.");
        }
        Reply::open(Picker::new(LINE, self.focus.title(), entries))
    }

    /// Shows the rows of a line.
    pub(super) fn go_behind(&self, key: &str, desk: &Desk) -> Reply {
        let lines = self.figures.as_ref().map(|figures| self.lines(figures)).unwrap_or_default();
        match key.parse().ok().and_then(|number: usize| lines.into_iter().nth(number)) {
            Some(Line { text, behind: Behind::Rows(figure, period), .. }) => {
                let of = counted::Asked { figure, period, currency: self.currency, segment: self.segment.as_ref() };
                counted::open(&text, &of, self.style, desk)
            }
            Some(Line { behind: Behind::Page(place), .. }) => Reply::Go(place),
            None => Reply::Nothing,
        }
    }

    fn lines(&self, figures: &Figures) -> Vec<Line> {
        let Some(sheet) = self.focus.report().and_then(|key| figures.sheet(key)) else { return self.groups(figures) };
        let line = |line: sheet::Line| Line::new(line.text, line.note, Behind::Rows(line.figure, sheet.period));
        // The newest month or week first: it is asked about most.
        let rows: Vec<_> = if self.focus.is_by_time() {
            sheet.rows_of(self.currency).rev().collect()
        } else {
            sheet.rows_of(self.currency).collect()
        };
        rows.into_iter()
            .flat_map(|row| sheet.lines(row, self.currency, &|cell| shown(self.style, cell)))
            .map(line)
            .collect()
    }

    fn groups(&self, figures: &Figures) -> Vec<Line> {
        let line = |row: &crate::tui::desk::reads::GroupRow| {
            let amount = |money| self.style.amount(money);
            let note = format!("monthly {}   open {}", amount(row.monthly), amount(row.outstanding));
            Line::new(&row.name, note, Behind::Page(Place::Group(row.id)))
        };
        let mut lines: Vec<Line> = figures.groups_of(self.currency).into_iter().map(line).collect();
        if usize::try_from(figures.group_count).is_ok_and(|count| count > lines.len()) {
            let all = Behind::Page(Place::Tab(Tab::Groups));
            lines.push(Line::new("All billing groups", figures.group_count.to_string(), all));
        }
        lines
    }
}

/// A cell of a report as the screen says it: its currency stands above.
fn shown(style: Style, cell: &Cell) -> String {
    match cell {
        Cell::Nothing => "-".to_owned(),
        Cell::Text(text) | Cell::Plain(text) => text.replace('_', " "),
        Cell::Word(_, word) => (*word).to_owned(),
        Cell::Day(day) => style.long_date(*day),
        Cell::Money(money) => style.amount(*money),
        Cell::Share(ppm) => words::percent(style, *ppm),
        Cell::Count(_) | Cell::Percent(_) => cell.decimal(),
        Cell::Flag(is_so) => (if *is_so { "yes" } else { "no" }).to_owned(),
    }
}
