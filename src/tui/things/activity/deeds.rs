//! What can be done with a line of the activity log.

use crate::domain::log::{Log, Subject, TakenBack};
use crate::tui::command::{Able, Command};
use crate::tui::desk::Action;
use crate::tui::desk::reads::ActivityRow;
use crate::tui::format::sentence;
use crate::tui::log;
use crate::tui::page::deed::{Chosen, Deed, On, one};
use crate::tui::place::Place;
use crate::tui::reply::Reply;

/// A line of the log.
#[derive(Debug)]
pub struct ThisActivity {
    row: ActivityRow,
}

impl ThisActivity {
    /// The line under the cursor.
    pub fn new(row: &ActivityRow) -> Self {
        Self { row: row.clone() }
    }

    /// Where what it was about stands.
    fn place(&self) -> Option<Place> {
        match self.row.subject? {
            Subject::Customer(id) => Some(Place::Customer(id)),
            Subject::Group(id) => Some(Place::Group(id)),
            Subject::Invoice(id) => Some(Place::Invoice(id)),
            Subject::Order(id) => Some(Place::Order(id)),
            Subject::Payment(id) => Some(Place::Payment(id)),
            Subject::Subscription(id) => Some(Place::Subscription(id)),
            _ => None,
        }
    }

    fn can_take_back(&self) -> Able {
        match self.row.log.map(Log::taken_back) {
            _ if self.row.can_undo => Able::Yes,
            _ if self.row.is_undone => Able::because("It was taken back already."),
            Some(TakenBack::Never(why)) => Able::Because(sentence(why)),
            Some(TakenBack::ByUndo) => Able::because("An older rentbook wrote it: change it where it was entered."),
            None => Able::because("A newer rentbook wrote it."),
        }
    }
}

impl Chosen for ThisActivity {
    const ONE: &'static str = "step";

    fn marked(&self) -> usize {
        0
    }
}

/// Harmless ones first.
pub static DEEDS: &[Deed<ThisActivity>] = &[
    Deed {
        key: |_| Some(Command::Open),
        on: On::Nothing,
        able: |it| Able::when(it.place().is_some(), "There is no page for what it was about."),
        run: |it, _| it.place().map_or(Reply::Nothing, Reply::Go),
        ..one("Open", 'o', |_| "Open what it was about".to_owned())
    },
    Deed {
        key: |_| Some(Command::Copy),
        on: On::Nothing,
        run: |it, _| Reply::Copy(it.row.id.to_string()),
        ..one("Copy", 'c', |it| format!("Copy the number {}", it.row.id))
    },
    Deed {
        key: |_| Some(Command::Main),
        able: ThisActivity::can_take_back,
        run: |it, _| Reply::perform(Action::Undo(Some(it.row.id))),
        ..one("Take back", 'b', |it| format!("Take back {}: {}", it.row.id, log::what(it.row.log).to_lowercase()))
    },
];
