//! `activity`: who did what, when, about what.

use clap::ValueEnum;
use serde_json::Map;

use super::fault::Result;
use super::list::{Listing, Rows, View};
use super::out::Out;
use crate::services::Desk;
use crate::services::reads::{self, ActivityFilter, ActivityRow, Steps};

/// What to do with the log.
#[derive(Debug, clap::Subcommand)]
pub enum Verb {
    /// List what was done, newest first
    List {
        /// Who, what or whom
        #[arg(long, default_value = "")]
        query: String,
        /// Only these
        #[arg(long, default_value = "all")]
        view: Saved,
        #[command(flatten)]
        rows: Rows,
    },
}

/// Saved views.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Saved {
    /// What people did
    People,
    /// What can be taken back
    Undoable,
    /// Every step
    All,
}

/// Does it.
pub fn run(verb: Verb, desk: &Desk, out: &mut Out) -> Result<()> {
    let Verb::List { query, view, rows } = verb;
    let steps = match view {
        Saved::People => Steps::Done,
        Saved::Undoable => Steps::Undoable,
        Saved::All => Steps::All,
    };
    let filter = ActivityFilter { query, steps };
    Listing {
        total: None,
        rows,
        read: Box::new(|page| Ok(desk.read(|db| reads::activities(db, &filter, page))?)),
        cursor: Box::new(ActivityRow::cursor),
        more: Map::new(),
    }
    .write(View::of(desk)?, out)
}
