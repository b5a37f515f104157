//! `undo`: takes back the newest step of this operator, or the one named, by new rows.

use serde_json::json;

use super::fault::Result;
use super::out::{Answer, Out, said};
use super::values;
use crate::domain::id::ActivityId;
use crate::services::{Action, Desk, Outcome};

/// Which step.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Number of the activity; by default your newest step
    #[arg(value_parser = values::id::<ActivityId>)]
    activity: Option<ActivityId>,
}

/// Takes the step back.
pub fn run(args: &Args, desk: &mut Desk, out: &mut Out) -> Result<()> {
    let done = desk.perform(Action::Undo(args.activity))?;
    let undone = match done.outcome {
        Outcome::Undone(id) => Some(id),
        _ => None,
    };
    out.answer(&Answer::new(json!({ "undone": undone, "said": said(&done) })).say(said(&done)))
}
