//! What the keys of a list do.

use super::{At, List, ListPage, Turn};
use crate::tui::command::Command;
use crate::tui::desk::Desk;
use crate::tui::reply::{Answer, Input, Reply};
use crate::tui::widgets::listing::Heard;

impl<L: List> ListPage<L> {
    /// Takes an input.
    pub(super) fn take(&mut self, input: Input, desk: &Desk) -> Reply {
        let command = if let Input::Command(command) = &input { Some(*command) } else { None };
        let heard = match input {
            Input::Typed(letter) => self.listing.typed(letter),
            Input::Pasted(text) => self.listing.pasted(&text),
            Input::Clicked(target) => self.listing.clicked(target),
            Input::Command(command) => self.listing.command(command),
            Input::Given(answer) => return self.given(&answer, desk),
        };
        match heard {
            Heard::NotMine => command.map_or(Reply::Nothing, |command| self.command(command, desk)),
            Heard::Opened => self.open(desk),
            Heard::AllNeeded => self.mark_all(desk),
            Heard::Narrowed => {
                self.narrowed();
                self.filled(true, desk)
            }
            Heard::Sorted(column) => {
                let query = self.query();
                if !self.list.sorted(column, &query) {
                    return Reply::say(format!("Rows cannot be sorted by {column}: F4 lists the orders there are."));
                }
                self.listing.table.reset();
                self.narrowed();
                self.filled(true, desk)
            }
            Heard::Taken => self.filled(false, desk),
        }
    }

    /// The commands the list of rows does not know.
    fn command(&mut self, command: Command, desk: &Desk) -> Reply {
        if L::OWN.contains(&command) {
            let turn = self.with_at(desk, |list, at| list.own(command, at, desk));
            return self.turn(turn, desk);
        }
        match command {
            Command::Back if !self.list.is_plain(&self.listing) => {
                self.listing.table.reset_around();
                let key = self.list.clear(&mut self.listing);
                self.narrowed();
                let reply = self.filled(true, desk);
                if let Some(key) = key {
                    self.listing.table.select(key);
                }
                reply
            }
            Command::Back if !self.listing.table.marks().is_empty() => {
                self.listing.table.unmark();
                Reply::Nothing
            }
            Command::Copy => self.row().and_then(L::copied).map_or(Reply::Pass, Reply::Copy),
            _ if L::KEYS.contains(&command) => self.deed(command, desk),
            _ => Reply::Pass,
        }
    }

    /// Does what the key of a command means for the row, or for what is marked.
    fn deed(&self, command: Command, desk: &Desk) -> Reply {
        let done = self.menu(&self.query()).map(|menu| menu.run(command, desk).unwrap_or(Reply::Pass));
        done.unwrap_or_else(|| Reply::refuse(L::NO_ROW))
    }

    fn open(&mut self, desk: &Desk) -> Reply {
        let Some(row) = self.row().cloned() else { return Reply::refuse(L::NO_ROW) };
        let (query, look, text) = (self.query(), self.look(desk), self.listing.find.text().to_owned());
        let at = At { row: Some(&row), query: &query, text: &text, total: None, look };
        match self.list.open(&at, &mut self.listing) {
            // What is marked is not opened: the row under the cursor is.
            Turn::Pass => {
                let picked = super::Picked { row: &row, marked: &[], known: &self.records, query: &query };
                L::menu(&picked).run(Command::Open, desk).unwrap_or(Reply::Nothing)
            }
            turn => self.turn(turn, desk),
        }
    }

    fn given(&mut self, answer: &Answer, desk: &Desk) -> Reply {
        let row = self.row().cloned();
        let (query, look, text) = (self.query(), self.look(desk), self.listing.find.text().to_owned());
        let at = At { row: row.as_ref(), query: &query, text: &text, total: None, look };
        let turn = self.list.given(answer, &at, &mut self.listing, desk);
        self.turn(turn, desk)
    }

    fn with_at(&mut self, desk: &Desk, own: impl FnOnce(&mut L, &At<'_, L>) -> Turn) -> Turn {
        let row = self.row().cloned();
        let (query, look, text) = (self.query(), self.look(desk), self.listing.find.text().to_owned());
        let total = self.tally.totals().map(|totals| totals.count);
        own(&mut self.list, &At { row: row.as_ref(), query: &query, text: &text, total, look })
    }

    fn turn(&mut self, turn: Turn, desk: &Desk) -> Reply {
        match turn {
            Turn::Pass => Reply::Nothing,
            Turn::Do(reply) => reply,
            Turn::Anew(then) => {
                self.listing.table.reset();
                self.narrowed();
                match (self.filled(true, desk), then) {
                    (Reply::Nothing, then) => then,
                    (reply, Reply::Nothing) => reply,
                    (reply, then) => Reply::All(vec![reply, then]),
                }
            }
        }
    }
}
