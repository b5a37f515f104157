//! The ledger behind the lists: read beside the screen, and read again where it could not follow the book.

use std::thread;

use super::App;
use crate::tui::desk::{DeskError, reads};
use crate::tui::event::Event;

/// Where the ledger of this terminal stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) enum Memory {
    /// Nobody asked for one: lists are read from the file.
    #[default]
    Unasked,
    /// There is one, or there should be.
    Wanted,
    /// It is being read.
    Asked,
    /// It could not be read.
    GivenUp,
}

impl App {
    /// Brings the ledger to this moment; one that is too far behind is read anew.
    pub(super) fn follow_ledger(&mut self) {
        if self.memory != Memory::Wanted || self.desk.read(reads::has_ledger).unwrap_or(true) {
            return;
        }
        // A book in memory has one connection only.
        let Ok(own) = self.desk.again() else { return self.keep_ledger(read(&self.desk)) };
        let out = self.out.clone();
        let reading = move || drop(out.send(Event::Ledger(read(&own))));
        if thread::Builder::new().name("ledger".to_owned()).spawn(reading).is_ok() {
            self.memory = Memory::Asked;
            self.desk.book().await_ledger(true);
        }
    }

    /// Takes what was read; where that failed, lists are read from the file.
    pub(super) fn keep_ledger(&mut self, read: Result<Box<reads::Ledger>, String>) {
        match read {
            Ok(ledger) => {
                self.desk.book().keep_ledger(*ledger);
                self.memory = Memory::Wanted;
            }
            Err(why) => {
                tracing::warn!(why, "the ledger could not be read");
                self.desk.book().await_ledger(false);
                self.memory = Memory::GivenUp;
            }
        }
        self.pages.make_stale();
    }
}

fn read(desk: &crate::tui::desk::Desk) -> Result<Box<reads::Ledger>, String> {
    let read = desk.read(|db| reads::read_ledger(db).map_err(DeskError::from));
    read.map(Box::new).map_err(|error| error.to_string())
}
