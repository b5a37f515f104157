//! What can be done with a message of the outbox.

use super::send;
use crate::domain::status::OutboxState;
use crate::tui::command::{Able, Command};
use crate::tui::desk::reads::OutboxRow;
use crate::tui::desk::{Action, Desk, Trouble};
use crate::tui::dialogs::text::Text;
use crate::tui::page::deed::{Chosen, Deed, On, one};
use crate::tui::place::Place;
use crate::tui::reply::{Question, Reply};
use crate::tui::words;

/// A message, and what is marked beside it.
#[derive(Debug)]
pub struct ThisMessage {
    row: OutboxRow,
    /// Two at least, or none.
    marked: Vec<i64>,
    /// Those of all these that can be withdrawn, as far as it is known.
    waiting: Vec<i64>,
}

impl ThisMessage {
    /// The message under the cursor.
    pub fn new(row: &OutboxRow) -> Self {
        let waiting = if row.can_cancel() { vec![row.id] } else { Vec::new() };
        Self { row: row.clone(), marked: Vec::new(), waiting }
    }

    /// With so many marked, two at least, and those of them that can be withdrawn.
    pub fn with_marked(self, marked: Vec<i64>, waiting: Vec<i64>) -> Self {
        Self { marked, waiting, ..self }
    }

    fn chosen(&self) -> Vec<i64> {
        if self.marked.is_empty() { vec![self.row.id] } else { self.marked.clone() }
    }

    /// Whether it was taken up and nobody knows what became of it.
    fn is_in_doubt(&self) -> bool {
        matches!(self.row.state, OutboxState::Sending | OutboxState::Held)
    }

    /// `message 12`, or how many.
    fn these(&self) -> String {
        match self.marked.len() {
            0 => format!("message {}", self.row.id),
            many => words::count(i64::try_from(many).unwrap_or(i64::MAX), "message"),
        }
    }

    /// The message as it will be read.
    fn read(&self, desk: &Desk) -> Reply {
        match desk.outgoing(self.row.id) {
            Ok(message) => {
                let mut head = format!("To: {}\nSubject: {}", message.recipient, message.subject);
                if !message.file_name.is_empty() {
                    head = format!("{head}\nAttached: {}", message.file_name);
                }
                Reply::open(Text::new(format!("Message {}", self.row.id), format!("{head}\n\n{}", message.body)))
            }
            Err(error) => Reply::refuse(Trouble::from(error).sentence()),
        }
    }

    fn withdraw(&self) -> Reply {
        let what = match self.waiting.as_slice() {
            [] => return Reply::refuse("None of these is waiting any more: there is nothing to withdraw."),
            [one] if *one == self.row.id => {
                format!("\"{}\" to {} will not be sent.", self.row.subject, self.row.recipient)
            }
            [one] => format!("Message {one} will not be sent."),
            many => format!("{} messages will not be sent.", many.len()),
        };
        let line = format!("{what} The invoice stays as it is, and can be sent again.");
        let then = Reply::perform(Action::CancelMessages(self.waiting.clone()));
        Reply::ask(Question { yes: "Withdraw", no: "Keep", ..Question::dangerous("Withdraw", &line, then) })
    }
}

impl Chosen for ThisMessage {
    const ONE: &'static str = "message";

    fn marked(&self) -> usize {
        self.marked.len()
    }
}

/// Harmless ones first.
pub static DEEDS: &[Deed<ThisMessage>] = &[
    Deed {
        key: |_| Some(Command::Open),
        word: "Read",
        on: On::Nothing,
        run: ThisMessage::read,
        ..one("Read", 'o', |it| format!("Read message {}", it.row.id))
    },
    Deed {
        key: |_| Some(Command::Print),
        word: "Mail program",
        on: On::Marked,
        run: |it, desk| send::handed_over(&it.chosen(), desk).unwrap_or_else(Reply::refuse),
        ..one("Mail program", 'f', |it| format!("Open {} in the mail program", it.these()))
    },
    Deed {
        on: On::Nothing,
        able: |it| Able::when(it.row.invoice_id.is_some(), "It is not about an invoice."),
        run: |it, _| it.row.invoice_id.map_or(Reply::Nothing, |id| Reply::Go(Place::Invoice(id))),
        ..one("Open invoice", 'i', |it| {
            format!("Open invoice {}", it.row.invoice_number.as_deref().unwrap_or_default())
        })
    },
    Deed {
        on: On::Nothing,
        run: |it, _| match (it.row.group_id, it.row.customer_id) {
            (Some(id), _) => Reply::Go(Place::Group(id)),
            (None, Some(id)) => Reply::Go(Place::Customer(id)),
            (None, None) => Reply::Nothing,
        },
        ..one("Open customer", 'k', |it| format!("Open {}", it.row.payer_name))
    },
    Deed {
        on: On::Marked,
        able: |it| Able::when(!it.marked.is_empty() || !it.waiting.is_empty(), "It is not waiting any more."),
        run: |it, desk| match it.waiting.as_slice() {
            [] => Reply::refuse("None of these is waiting any more."),
            waiting => send::by_folder(waiting.to_vec(), desk),
        },
        ..one("Send", 'm', |it| format!("Send {}: as files for the mail program", it.these()))
    },
    Deed {
        on: On::Marked,
        able: |it| Able::when(!it.marked.is_empty() || it.is_in_doubt(), "Nothing about it is in doubt."),
        run: |it, _| Reply::perform(Action::ReleaseMessages(it.chosen())),
        ..one("Wait again", 'a', |it| format!("Let {} wait again: it did not go out", it.these()))
    },
    Deed {
        on: On::Marked,
        able: |it| {
            Able::when(
                !it.marked.is_empty() || !it.waiting.is_empty() || it.is_in_doubt(),
                "It is not waiting any more.",
            )
        },
        run: |it, _| match it.waiting.as_slice() {
            [] if it.is_in_doubt() => Reply::perform(Action::MarkSent(vec![it.row.id])),
            [] => Reply::refuse("None of these is waiting any more."),
            waiting => Reply::perform(Action::MarkSent(waiting.to_vec())),
        },
        ..one("Mark as sent", 's', |it| format!("Mark {} as sent", it.these()))
    },
    Deed {
        on: On::Marked,
        able: |it| Able::when(!it.marked.is_empty() || !it.waiting.is_empty(), "It is not waiting any more."),
        run: |it, _| it.withdraw(),
        ..one("Withdraw", 'w', |it| format!("Withdraw {}", it.these()))
    },
];
