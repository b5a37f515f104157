//! The outbox: messages to customers, those that wait first; Enter reads one, F7 hands it to the mail program.

mod rows;

use std::convert::Infallible;

use chrono::NaiveDate;
use ratatui::layout::Rect;

use crate::domain::format::Style;
use crate::tui::beside::{Errand, Tally};
use crate::tui::command::{Able, Command};
use crate::tui::desk::reads::{self, MessageFilter, OutboxRow, Totals};
use crate::tui::desk::{self, Action, Desk, DeskError, Done, Trouble};
use crate::tui::dialogs::text::Text;
use crate::tui::forms::send_invoice;
use crate::tui::keymap::Context;
use crate::tui::place::Place;
use crate::tui::reply::{ACTIONS, Answer, Entry, Input, Question, Reply, Screen};
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

    /// Marks of rows that the search or the view hides are dropped, also those further down that are not loaded.
    fn drop_hidden(&mut self) -> usize {
        self.listing.drop_hidden(|_| Ok::<_, Infallible>(Vec::new())).unwrap_or(0)
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
                    Reply::Nothing => Reply::dropped(self.drop_hidden()),
                    reply => reply,
                }
            }
            Heard::Opened => self.open(desk),
            Heard::AllNeeded => Reply::refuse("Narrow the list first: so many rows are not marked at once."),
            Heard::NotMine => match (command, self.row()) {
                (Some(Command::Print), Some(_)) => self.hand_over(desk),
                (Some(Command::Copy), Some(row)) => Reply::Copy(row.recipient.clone()),
                (Some(_), _) => Reply::Pass,
                (None, _) => Reply::Nothing,
            },
        }
    }

    /// The message as it will be read.
    fn open(&self, desk: &Desk) -> Reply {
        let Some(row) = self.row() else { return Reply::refuse(NO_ROW) };
        match desk.outgoing(row.id) {
            Ok(message) => {
                let mut head = format!("To: {}\nSubject: {}", message.recipient, message.subject);
                if !message.file_name.is_empty() {
                    head = format!("{head}\nAttached: {}", message.file_name);
                }
                Reply::open(Text::new(format!("Message {}", row.id), format!("{head}\n\n{}", message.body)))
            }
            Err(error) => Reply::refuse(Trouble::from(error).sentence()),
        }
    }

    /// Writes the marked messages, or the one under the cursor, as files for the mail program.
    fn hand_over(&self, desk: &Desk) -> Reply {
        match send_invoice::handed_over(&self.listing.table.chosen(), desk) {
            Ok(reply) => reply,
            Err(sentence) => Reply::refuse(sentence),
        }
    }

    fn withdraw(&self) -> Reply {
        let chosen = self.listing.table.chosen();
        let ids: Vec<i64> =
            chosen.into_iter().filter(|id| self.records.get(*id).is_none_or(OutboxRow::can_cancel)).collect();
        let what = match ids.as_slice() {
            [] => return Reply::refuse("None of these waits any more: there is nothing to withdraw."),
            [one] => match self.records.get(*one) {
                Some(row) => format!("\"{}\" to {} will not be sent.", row.subject, row.recipient),
                None => format!("Message {one} will not be sent."),
            },
            many => format!("{} messages will not be sent.", many.len()),
        };
        let line = format!("{what} The invoice stays as it is, and can be sent again.");
        let then = Reply::perform(Action::CancelMessages(ids));
        Reply::ask(Question { yes: "Withdraw", no: "Keep", ..Question::dangerous("Withdraw", &line, then) })
    }

    fn given(&self, answer: &Answer, desk: &Desk) -> Reply {
        match (answer.key.as_str(), self.row()) {
            _ if answer.asked != ACTIONS => Reply::Nothing,
            (_, None) => Reply::refuse(NO_ROW),
            ("open", _) => self.open(desk),
            ("mail", _) => self.hand_over(desk),
            ("invoice", Some(row)) => row.invoice_id.map_or(Reply::Nothing, |id| Reply::Go(Place::Invoice(id))),
            ("payer", Some(row)) => match (row.group_id, row.customer_id) {
                (Some(id), _) => Reply::Go(Place::Group(id)),
                (None, Some(id)) => Reply::Go(Place::Customer(id)),
                (None, None) => Reply::Nothing,
            },
            ("withdraw", _) => self.withdraw(),
            _ => Reply::Nothing,
        }
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
        let Some(row) = self.row() else { return Vec::new() };
        let marked = self.listing.table.marks().keys().len();
        let these = match marked {
            0 => "it".to_owned(),
            some => words::count(i64::try_from(some).unwrap_or(i64::MAX), "message"),
        };
        let waits = Able::when(marked > 0 || row.can_cancel(), "It does not wait any more.");
        let invoice = Able::when(row.invoice_id.is_some(), "It is about no invoice.");
        let number = row.invoice_number.clone().unwrap_or_default();
        vec![
            Entry::new("open", "Read it").note("Enter"),
            Entry::new("mail", format!("Open {these} in the mail program")).note("F7"),
            Entry::new("invoice", format!("Open invoice {number}")).able(invoice),
            Entry::new("payer", format!("Open {}", row.payer_name)),
            Entry::new("withdraw", format!("Withdraw {these}")).able(waits),
        ]
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
            Input::Given(answer) => return self.given(&answer, desk),
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
