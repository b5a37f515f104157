//! The outbox: messages to customers, those that wait first; Enter reads one, F7 hands it to the mail program.

mod rows;

use chrono::NaiveDate;
use ratatui::layout::Rect;

use super::deeds;
use super::deeds::ThisMessage;
use crate::domain::format::Style;
use crate::tui::beside::{Errand, Tally};
use crate::tui::command::{Able, Command};
use crate::tui::desk::reads::{self, MessageFilter, OutboxRow, Totals};
use crate::tui::desk::{self, Desk, DeskError, Done, Trouble};
use crate::tui::keymap::Context;
use crate::tui::page::deed;
use crate::tui::reply::{Entry, Input, Reply, Screen};
use crate::tui::widgets::canvas::Canvas;
use crate::tui::widgets::listing::{Heard, Listing, Surroundings};
use crate::tui::widgets::records::{Records, Shown};
use crate::tui::widgets::strip::Detail;
use crate::tui::words;

/// Why a row is needed.
const NO_ROW: &str = "There is no message under the cursor.";

/// The list of messages.
#[derive(Debug)]
pub struct Messages {
    listing: Listing<i64>,
    records: Records<i64, OutboxRow>,
    details: Vec<Detail>,
    tally: Tally,
    style: Style,
}

impl Default for Messages {
    fn default() -> Self {
        Self::new()
    }
}

impl Messages {
    /// The list with those that wait.
    pub fn new() -> Self {
        Self {
            listing: Listing::new(vec!["Waiting", "All"], rows::columns()),
            records: Records::default(),
            details: Vec::new(),
            tally: Tally::default(),
            style: Style::default(),
        }
    }

    fn filter(&self) -> MessageFilter {
        MessageFilter {
            query: self.listing.find.text().to_owned(),
            is_waiting: self.listing.views.active() == 0,
            states: Vec::new(),
        }
    }

    fn row(&self) -> Option<&OutboxRow> {
        self.listing.table.key().and_then(|key| self.records.get(key))
    }

    fn load(&mut self, desk: &Desk) -> Reply {
        match self.read(desk) {
            Ok(()) => Reply::Nothing,
            Err(trouble) => Reply::refuse(trouble.sentence()),
        }
    }

    fn read(&mut self, desk: &Desk) -> Result<(), Trouble> {
        let (filter, today, style): (_, NaiveDate, _) = (self.filter(), desk.today(), self.style);
        let shown = Shown { row: |row: &OutboxRow| rows::row(row, today, style), cursor: OutboxRow::cursor };
        self.records.fill(&mut self.listing.table, &shown, |page| {
            desk.read(|db| reads::messages(db, &filter, page).map_err(DeskError::from))
        })?;
        self.details = self.row().map(|row| rows::details(row, style)).unwrap_or_default();
        Ok(())
    }

    fn heard(&mut self, heard: Heard, command: Option<Command>, desk: &Desk) -> Reply {
        match heard {
            Heard::Taken => self.load(desk),
            Heard::Narrowed => {
                self.tally.forget();
                match self.load(desk) {
                    Reply::Nothing => Reply::dropped(self.listing.drop_unseen()),
                    reply => reply,
                }
            }
            Heard::Opened => match self.row() {
                Some(row) => {
                    deed::run(deeds::DEEDS, Command::Open, &ThisMessage::new(row), desk).unwrap_or(Reply::Nothing)
                }
                None => Reply::refuse(NO_ROW),
            },
            Heard::AllNeeded => Reply::refuse("Narrow the list first: so many rows are not marked at once."),
            Heard::NotMine => match (command, self.row()) {
                (Some(Command::Print), Some(_)) => self.deed(Command::Print, desk),
                (Some(Command::Back), _) if !self.listing.table.marks().is_empty() => {
                    self.listing.table.unmark();
                    Reply::Nothing
                }
                (Some(Command::Copy), Some(row)) => Reply::Copy(row.recipient.clone()),
                (Some(_), _) => Reply::Pass,
                (None, _) => Reply::Nothing,
            },
        }
    }

    /// The message that is worked on: the one under the cursor, or the only one that is marked, with all that are.
    fn this(&self) -> Option<ThisMessage> {
        let marked = self.listing.table.marks().keys();
        let message = ThisMessage::new(match marked {
            [one] => self.records.get(*one)?,
            _ => self.row()?,
        });
        if marked.len() < 2 {
            return Some(message);
        }
        let waits = |id: &i64| self.records.get(*id).is_none_or(OutboxRow::can_cancel);
        Some(message.with_marked(marked.to_vec(), marked.iter().copied().filter(waits).collect()))
    }

    fn deed(&self, command: Command, desk: &Desk) -> Reply {
        let done = self.this().and_then(|this| deed::run(deeds::DEEDS, command, &this, desk));
        done.unwrap_or_else(|| Reply::refuse(NO_ROW))
    }

    fn empty(&self) -> String {
        match (self.listing.find.text(), self.listing.views.active()) {
            ("", 0) => "No message waits. Invoices are sent from their list or page by F9; Right shows all messages.",
            ("", _) => "There are no messages yet. Invoices are sent from their list or page by F9.",
            (typed, _) => return format!("No message fits \"{typed}\". Esc clears the text, Right looks in all."),
        }
        .to_owned()
    }
}

impl Screen for Messages {
    fn context(&self) -> Context {
        Context::List
    }

    fn crumbs(&self) -> Vec<String> {
        vec!["Messages".to_owned()]
    }

    fn typing(&self) -> bool {
        !self.listing.find.is_empty()
    }

    fn refresh(&mut self, desk: &Desk) -> Result<(), Trouble> {
        self.style = desk::style(desk);
        self.listing.table.reload();
        self.tally.forget();
        self.read(desk)
    }

    fn errand(&mut self) -> Option<Errand> {
        let filter = self.filter();
        self.tally.errand(move |desk: &Desk| {
            let count = desk.read(|db| reads::messages_count(db, &filter).map_err(DeskError::from))?;
            Ok(Totals { count, ..Totals::default() })
        })
    }

    fn can(&self, command: Command) -> Able {
        use Command::{Mark, MarkAll, MarkDown, MarkUp, Open, Pane, Print, ViewNext, ViewPrev};
        match command {
            Pane | ViewNext | ViewPrev => Able::Yes,
            Open | Print | Mark | MarkAll | MarkUp | MarkDown => Able::when(self.row().is_some(), NO_ROW),
            _ => Able::NotHere,
        }
    }

    fn word(&self, command: Command) -> Option<&'static str> {
        match command {
            Command::Open => Some("Read"),
            Command::Print => Some("Mail program"),
            _ => None,
        }
    }

    fn actions(&self, _desk: &Desk) -> Vec<Entry> {
        self.this().map(|this| deed::entries(deeds::DEEDS, this)).unwrap_or_default()
    }

    fn hint(&self) -> (String, String) {
        let hint = "Nothing is sent by itself yet: F7 opens it in the mail program.";
        (hint.to_owned(), self.listing.table.position_text())
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

    fn done(&mut self, _done: &Done, _desk: &Desk) -> Reply {
        self.listing.table.unmark();
        Reply::Nothing
    }

    fn render(&mut self, canvas: &mut Canvas<'_>, area: Rect) {
        let totals = self.tally.totals().map(|totals| totals.count);
        self.listing.table.set_total(totals.and_then(|count| u64::try_from(count).ok()));
        let show = Surroundings {
            count: totals.map_or_else(|| "...".to_owned(), |count| words::count(count, "message")),
            title: self.row().map(|row| row.subject.clone()).unwrap_or_default(),
            marked: self.listing.table.marks().text(self.style),
            details: self.details.clone(),
            empty: self.empty(),
            ..Surroundings::default()
        };
        self.listing.render(canvas, area, &show);
    }
}
