//! All billing groups: found as one types; F8 makes the invoice of the one under the cursor.

mod rows;

use ratatui::layout::Rect;

use super::deeds;
use super::deeds::ThisGroup;
use super::form::GroupForm;
use crate::domain::format::Style;
use crate::domain::id::GroupId;
use crate::tui::beside::{Errand, Tally};
use crate::tui::command::{Able, Command};
use crate::tui::desk::reads::{GroupFilter, GroupRow, Totals, groups, groups_by_id, groups_count};
use crate::tui::desk::{self, Desk, DeskError, Done, Outcome, Trouble};
use crate::tui::forms::FormDialog;
use crate::tui::keymap::Context;
use crate::tui::page::deed;
use crate::tui::place::{Narrow, Place};
use crate::tui::reply::{Act, Entry, Input, Reply, Screen};
use crate::tui::widgets::canvas::Canvas;
use crate::tui::widgets::find::Find;
use crate::tui::widgets::listing::{Heard, Listing, Surroundings};
use crate::tui::widgets::records::{Records, Shown};
use crate::tui::widgets::strip::Detail;
use crate::tui::words;

/// Why a row is needed.
const NO_ROW: &str = "There is no group under the cursor. F6 makes a new one.";

/// The list of billing groups.
#[derive(Debug)]
pub struct Groups {
    listing: Listing<GroupId>,
    records: Records<GroupId, GroupRow>,
    reverse: bool,
    details: Vec<Detail>,
    tally: Tally,
    style: Style,
    narrow_is_new: bool,
}

impl Default for Groups {
    fn default() -> Self {
        Self::new()
    }
}

impl Groups {
    /// The list with all groups.
    pub fn new() -> Self {
        Self {
            listing: Listing::new(vec!["All"], rows::columns()),
            records: Records::default(),
            reverse: false,
            details: Vec::new(),
            tally: Tally::default(),
            style: Style::default(),
            narrow_is_new: false,
        }
    }

    fn filter(&self) -> GroupFilter {
        GroupFilter { query: self.listing.find.text().to_owned(), reverse: self.reverse }
    }

    fn row(&self) -> Option<&GroupRow> {
        self.listing.table.key().and_then(|key| self.records.get(key))
    }

    /// Brings the rows that are wanted, and the details of the one under the cursor.
    fn load(&mut self, desk: &Desk) -> Reply {
        match self.read(desk) {
            Ok(()) => Reply::Nothing,
            Err(trouble) => Reply::refuse(trouble.sentence()),
        }
    }

    fn read(&mut self, desk: &Desk) -> Result<(), Trouble> {
        let (filter, today, style) = (self.filter(), desk.today(), self.style);
        let shown = Shown { row: |row: &GroupRow| rows::row(row, style), cursor: GroupRow::cursor };
        self.records.fill(&mut self.listing.table, &shown, |page| {
            desk.read(|db| groups(db, &filter, page, today).map_err(DeskError::from))
        })?;
        self.details = self.row().map(|row| rows::details(row, style, today)).unwrap_or_default();
        Ok(())
    }

    fn narrowed(&mut self, desk: &Desk) -> Reply {
        self.tally.forget();
        match self.load(desk) {
            Reply::Nothing => Reply::dropped(self.listing.drop_unseen()),
            reply => reply,
        }
    }

    /// The group that is worked on: the one under the cursor, or the only one that is marked, with how many are.
    fn this(&self) -> Option<ThisGroup> {
        let marked = self.listing.table.marks().keys();
        let row = match marked {
            [one] => self.records.get(*one),
            _ => self.row(),
        };
        row.map(|row| ThisGroup::new(row, marked.len()))
    }

    /// The list from Z to A, or from A to Z again.
    fn turn(&mut self, desk: &Desk) -> Reply {
        self.reverse = !self.reverse;
        if let Some(first) = self.listing.table.columns_mut().first_mut() {
            first.order = Some(if self.reverse { '^' } else { 'v' });
        }
        self.listing.table.reset();
        self.narrowed(desk)
    }

    fn heard(&mut self, heard: Heard, command: Option<Command>, desk: &Desk) -> Reply {
        match heard {
            Heard::Taken => self.load(desk),
            Heard::Narrowed => self.narrowed(desk),
            Heard::Opened => match self.row() {
                Some(row) => Reply::Go(Place::Group(row.id)),
                None => Reply::refuse(NO_ROW),
            },
            Heard::AllNeeded => Reply::refuse("Narrow the list first: so many rows are not marked at once."),
            Heard::NotMine => command.map_or(Reply::Nothing, |command| self.command(command, desk)),
        }
    }

    fn command(&mut self, command: Command, desk: &Desk) -> Reply {
        match (command, self.row()) {
            (Command::New, _) => Reply::open(FormDialog::new(GroupForm::new(self.listing.find.text()), desk)),
            (Command::Filter, _) => self.turn(desk),
            (Command::Back, _) if !self.listing.table.marks().is_empty() => {
                self.listing.table.unmark();
                Reply::Nothing
            }
            (Command::Edit | Command::Main, Some(_)) => {
                let this = self.this();
                this.and_then(|this| deed::run(deeds::DEEDS, command, &this, desk)).unwrap_or(Reply::Nothing)
            }
            (Command::Copy, Some(row)) if !row.email.is_empty() => Reply::Copy(row.email.clone()),
            (Command::Copy, Some(row)) => Reply::Copy(row.name.clone()),
            _ => Reply::Pass,
        }
    }

    fn empty(&self) -> String {
        let typed = self.listing.find.text();
        if typed.is_empty() {
            return "There are no billing groups yet: one invoice and one payment for several customers. F6 makes one."
                .to_owned();
        }
        format!("No group fits \"{typed}\". Esc shows all again; F6 makes a group of it.")
    }
}

impl Screen for Groups {
    fn context(&self) -> Context {
        Context::List
    }

    fn typing(&self) -> bool {
        !self.listing.find.is_empty()
    }

    fn refresh(&mut self, desk: &Desk) -> Result<(), Trouble> {
        self.style = desk::style(desk);
        if std::mem::take(&mut self.narrow_is_new) {
            self.listing.table.reset();
        } else {
            self.listing.table.reload();
        }
        self.tally.forget();
        self.read(desk)
    }

    fn errand(&mut self) -> Option<Errand> {
        let filter = self.filter();
        self.tally.errand(move |desk: &Desk| {
            let count = desk.read(|db| groups_count(db, &filter).map_err(DeskError::from))?;
            Ok(Totals { count, ..Totals::default() })
        })
    }

    fn narrow(&mut self, narrow: &Narrow) {
        self.listing.find = Find::with(&narrow.find);
        self.narrow_is_new = true;
    }

    fn can(&self, command: Command) -> Able {
        use Command::{Edit, Filter, Main, Mark, MarkAll, MarkDown, MarkUp, New, Open, Pane};
        match command {
            New | Pane | Filter => Able::Yes,
            Edit | Main => {
                let able = self.this().and_then(|this| deed::can(deeds::DEEDS, command, &this));
                able.unwrap_or_else(|| Able::because(NO_ROW))
            }
            Open | Mark | MarkAll | MarkUp | MarkDown => Able::when(self.row().is_some(), NO_ROW),
            _ => Able::NotHere,
        }
    }

    fn word(&self, command: Command) -> Option<&'static str> {
        match command {
            Command::Main => Some("Make invoice"),
            Command::New => Some("New group"),
            Command::Filter => Some(if self.reverse { "A to Z" } else { "Z to A" }),
            _ => None,
        }
    }

    fn actions(&self, _desk: &Desk) -> Vec<Entry> {
        let turn = if self.reverse { "Sort from A to Z" } else { "Sort from Z to A" };
        let turn = Entry::of(turn, 'z', Act::new(|_| Reply::Do(Command::Filter))).note("F4");
        let of_row = self.this().map(|this| deed::entries(deeds::DEEDS, this)).unwrap_or_default();
        of_row.into_iter().chain([turn]).collect()
    }

    fn hint(&self) -> (String, String) {
        let left = "Type to find by name, contact or email. F8 makes the invoice of the month.";
        (left.to_owned(), self.listing.table.position_text())
    }

    fn handle(&mut self, input: Input, desk: &Desk) -> Reply {
        let (heard, command) = match input {
            Input::Command(command) => (self.listing.command(command), Some(command)),
            Input::Typed(letter) => (self.listing.typed(letter), None),
            Input::Pasted(text) => (self.listing.pasted(&text), None),
            Input::Clicked(target) => (self.listing.clicked(target), None),
            Input::Given(_) => return Reply::Nothing,
        };
        self.heard(heard, command, desk)
    }

    /// A group that was made gets the cursor, wherever it stands in the list.
    fn done(&mut self, done: &Done, desk: &Desk) -> Reply {
        let Outcome::Group(id) = done.outcome else { return Reply::Nothing };
        if self.listing.table.key() == Some(id) {
            return Reply::Nothing;
        }
        let read = desk.read(|db| groups_by_id(db, &[id], desk.today()).map_err(DeskError::from));
        if let Some(row) = read.ok().and_then(|rows| rows.into_iter().next()) {
            self.listing.find.clear();
            self.records.keep(id, row);
            self.listing.table.reset_to(id);
        }
        self.narrowed(desk)
    }

    fn render(&mut self, canvas: &mut Canvas<'_>, area: Rect) {
        let totals = self.tally.totals().map(|totals| totals.count);
        self.listing.table.set_total(totals.and_then(|count| u64::try_from(count).ok()));
        let show = Surroundings {
            count: totals.map_or_else(|| "...".to_owned(), |count| words::count(count, "group")),
            title: self.row().map(|row| row.name.clone()).unwrap_or_default(),
            marked: self.listing.table.marks().text(self.style),
            details: self.details.clone(),
            empty: self.empty(),
            ..Surroundings::default()
        };
        self.listing.render(canvas, area, &show);
    }
}
