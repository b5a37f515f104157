//! What one can choose on the first page.

use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use super::Front;
use crate::demo::{self, DemoOptions};
use crate::tui::desk::Access;
use crate::tui::format::sentence;
use crate::tui::jobs::{Job, Outcome};
use crate::tui::reply::{Reply, Way};

/// What a choice does.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Deed {
    SetUp,
    LookAround,
    OpenFile,
    Import,
    TryAgain,
    BringBack(PathBuf),
}

/// One choice.
#[derive(Clone, Debug)]
pub(super) struct Choice {
    pub(super) text: &'static str,
    pub(super) note: String,
    pub(super) deed: Deed,
}

fn choice(text: &'static str, note: impl Into<String>, deed: Deed) -> Choice {
    Choice { text, note: note.into(), deed }
}

/// The choices of a place.
pub(super) fn of(front: &Front, is_faulty: bool, backup: Option<&Path>) -> Vec<Choice> {
    let look = if demo::beside(&front.book).exists() {
        choice("Look around in the demo", "the made-up shop, as you left it", Deed::LookAround)
    } else {
        choice("Look around first", "a made-up shop with 60 customers", Deed::LookAround)
    };
    if !is_faulty {
        return vec![
            choice("Set up my shop", "about 4 minutes, 5 short pages", Deed::SetUp),
            look,
            choice("Open or restore a file", ".db or backup from another computer", Deed::OpenFile),
            choice("Import customers", "comes in a later version", Deed::Import),
        ];
    }
    let mut choices = vec![choice("Try again", "when you have put it right", Deed::TryAgain)];
    if let Some(backup) = backup {
        let name = backup.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        choices.push(choice("Bring back the newest backup", name, Deed::BringBack(backup.to_owned())));
    }
    choices.push(choice("Open another file", "a book or a backup", Deed::OpenFile));
    choices.push(look);
    choices
}

/// Opens the demo book; makes it first where there is none.
pub(super) fn look_around(front: &Front, today: NaiveDate) -> Reply {
    let path = demo::beside(&front.book);
    if path.exists() {
        return Reply::Enter(Way::Open(path, Access::ReadWrite));
    }
    Reply::Run(Job::new("Making a shop to look around in", move |pace| {
        let made = demo::make(&path, today, DemoOptions::default(), &mut |done, days| pace.step(done, days));
        let made = made.map_err(|error| sentence(&error.to_string()))?;
        let said = format!("This shop is made up, with {} customers: try everything.", made.customers);
        Ok(Outcome { said, open: Some(made.book), ..Outcome::default() })
    }))
}
