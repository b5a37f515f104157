//! `customer note`.

use chrono::NaiveDate;
use serde_json::json;

use crate::cli::fault::Result;
use crate::cli::out::{Answer, Out, said};
use crate::cli::values;
use crate::domain::id::CustomerId;
use crate::services::actions::customer::NoteDraft;
use crate::services::{Action, Desk, Outcome};

/// A note.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// About whom
    #[arg(value_parser = values::id::<CustomerId>)]
    id: CustomerId,
    /// What was said
    #[arg(long, allow_hyphen_values = true)]
    summary: String,
    /// The day it was said; by default today
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = values::day)]
    on: Option<NaiveDate>,
    /// email, phone, meeting or other
    #[arg(long, default_value = "other")]
    kind: String,
    /// When to come back to it
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = values::day)]
    follow_up: Option<NaiveDate>,
    /// What to do then
    #[arg(long, default_value = "")]
    follow_up_action: String,
}

/// Keeps the note.
pub fn run(args: Args, desk: &mut Desk, out: &mut Out) -> Result<()> {
    let draft = NoteDraft {
        customer: args.id,
        on: args.on,
        kind: args.kind,
        summary: args.summary,
        follow_up_on: args.follow_up,
        follow_up_action: args.follow_up_action,
    };
    let done = desk.perform(Action::AddNote(draft))?;
    let id = match done.outcome {
        Outcome::Note(id) => Some(id),
        _ => None,
    };
    out.answer(&Answer::new(json!({ "id": id, "customer": args.id, "said": said(&done) })).say(said(&done)))
}
