//! `segment`: saved filters of customers, and how many each has.

use serde_json::json;

use super::customer::filter::FilterArgs;
use super::fault::{Fault, Result};
use super::out::{Answer, Out, said};
use super::table::{Side, Table};
use crate::domain::id::SegmentId;
use crate::services::reads::{self, SegmentRow};
use crate::services::{Action, Desk, Outcome};

/// What to do with segments.
#[derive(Debug, clap::Subcommand)]
pub enum Verb {
    /// List the segments, with how many customers each has
    List,
    /// Keep a filter of customers as a segment
    Add {
        name: String,
        /// Whom it holds
        #[command(flatten)]
        filter: Box<FilterArgs>,
    },
    /// Give a segment another name, or another filter
    #[command(alias = "change")]
    Edit {
        /// The segment, by name or number
        #[arg(value_name = "SEGMENT")]
        which: String,
        /// The new name
        #[arg(long)]
        name: Option<String>,
        /// Whom it holds from now on
        #[command(flatten)]
        filter: Box<FilterArgs>,
    },
    /// Remove a segment; its customers stay
    Remove {
        /// The segment, by name or number
        #[arg(value_name = "SEGMENT")]
        which: String,
    },
}

/// Does it.
pub fn run(verb: Verb, desk: &mut Desk, out: &mut Out) -> Result<()> {
    let action = match verb {
        Verb::List => return list(desk, out),
        Verb::Add { name, filter } => Action::AddSegment { name, filter: Box::new(filter.read(desk)?) },
        Verb::Edit { which, name, filter } => {
            let filter = if filter.says_something() { Some(Box::new(filter.read(desk)?)) } else { None };
            Action::ChangeSegment { segment: own(desk, &which)?, name, filter }
        }
        Verb::Remove { which } => Action::RemoveSegment(own(desk, &which)?),
    };
    let done = desk.perform(action)?;
    let id = if let Outcome::Segment(id) = done.outcome { Some(id) } else { None };
    out.answer(&Answer::new(json!({ "id": id, "said": said(&done) })).say(said(&done)))
}

fn own(desk: &Desk, name: &str) -> Result<SegmentId> {
    let found: Option<SegmentRow> = desk.read(|db| reads::segment_named(db, name))?;
    found.and_then(|row| row.id).ok_or_else(|| Fault::unknown("segment of your own called", name))
}

fn list(desk: &Desk, out: &mut Out) -> Result<()> {
    let found = desk.read(|db| reads::segment_counts(db, desk.today()))?;
    let mut table = Table::new(&[("SEGMENT", Side::Left), ("CUSTOMERS", Side::Right)]);
    let mut rows = Vec::new();
    for (row, count) in found {
        table.push(vec![row.name.clone(), count.to_string()]);
        rows.push(json!({
            "id": row.id, "code": row.code, "name": row.name, "customers": count, "filter": row.filter,
            "built_in": row.id.is_none(),
        }));
    }
    out.answer(&Answer::new(json!({ "total": rows.len(), "rows": rows })).table(table))
}
