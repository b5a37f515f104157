//! What a form declares.

use std::fmt;

use super::read::Read;
use super::trial::Trial;
use crate::tui::beside::Errand;
use crate::tui::command::Command;
use crate::tui::desk::{Action, Desk, Done, Trouble};
use crate::tui::dialogs::subject::Subject;
use crate::tui::reply::{Answer, Question, Reply};
use crate::tui::widgets::inputs::{Field, Item, Name};

/// What a form declares.
pub trait Form: fmt::Debug {
    /// The title of the box.
    fn title(&self) -> String;

    /// What it is about, where it moves money: it stands behind the title.
    fn subject(&self) -> Subject {
        Subject::default()
    }

    /// Whether saving writes to the book; filters and papers do not.
    fn writes(&self) -> bool {
        true
    }

    /// What stands above the fields: what this is about.
    fn head(&self, _desk: &Desk) -> Vec<String> {
        Vec::new()
    }

    /// The fields, filled in as far as they are known.
    fn fields(&self, desk: &Desk) -> Vec<Field>;

    /// The field a person fills in first, where it is not the first one.
    fn begins(&self, _fields: &[Field]) -> Option<Name> {
        None
    }

    /// The values a lookup offers for what was typed, best first.
    fn items(&self, _name: &str, _typed: &str, _desk: &Desk) -> Vec<Item> {
        Vec::new()
    }

    /// A value changed: other fields may follow.
    fn changed(&mut self, _name: &str, _fields: &mut [Field], _desk: &Desk) {}

    /// What saving will do, where it has to be tried to be known: tried beside the screen, for a try is a write, and no key
    /// waits for another writer. Called often; it must do nothing by itself.
    fn trial(&self, _read: &mut Read<'_>, _desk: &Desk) -> Option<Trial> {
        None
    }

    /// What it wants read beside the screen, where fields follow from what comes of it.
    fn errand(&mut self) -> Option<Errand> {
        None
    }

    /// Takes what came of it, once: fields follow, and it says what saving will do.
    fn arrived(&mut self, _fields: &mut [Field]) -> Option<Vec<String>> {
        None
    }

    /// What saving will do, in a line or two.
    fn effect(&self, _read: &mut Read<'_>, _desk: &Desk) -> Vec<String> {
        Vec::new()
    }

    /// Reads all fields, and says what happens when all could be read: usually [`Reply::perform`]. `None` when one
    /// could not. Called often; it must do nothing by itself.
    fn submit(&self, read: &mut Read<'_>, desk: &Desk) -> Option<Reply>;

    /// The word on the button.
    fn save_word(&self) -> &'static str {
        "Save"
    }

    /// The word on the other button, which does what Esc does.
    fn leave_word(&self) -> &'static str {
        "Cancel"
    }

    /// Whether this form knows `AddRow` (F6) or `Preview` (F7).
    fn offers(&self, _command: Command) -> bool {
        false
    }

    /// Does what it offers.
    fn command(&mut self, _command: Command, _fields: &mut Vec<Field>, _desk: &Desk) -> Reply {
        Reply::Pass
    }

    /// Takes the answer of a dialog it opened.
    fn given(&mut self, _answer: &Answer, _fields: &mut Vec<Field>, _desk: &Desk) -> Reply {
        Reply::Nothing
    }

    /// A rule refused the action, and yet it may be done when a person says so: makes the action the one that is done
    /// then, and says what to ask.
    fn asks(&self, _trouble: &Trouble, _action: &mut Action) -> Option<Question> {
        None
    }

    /// What it saved is saved: closes, unless something follows.
    fn done(&mut self, _done: &Done, _desk: &Desk) -> Reply {
        Reply::Close
    }
}
