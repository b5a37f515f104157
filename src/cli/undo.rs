//! `undo`: takes back the newest step of this operator, or the one named, by new rows.

use serde_json::json;

use super::fault::Result;
use super::out::{Answer, Out};
use super::site::Site;
use super::{said, values};
use crate::domain::id::ActivityId;
use crate::services::{Action, Outcome};

/// Which step.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Number of the activity; by default your newest step
    #[arg(value_parser = values::id::<ActivityId>)]
    activity: Option<ActivityId>,
}

/// Takes the step back.
///
/// # Errors
/// When it cannot be taken back.
pub fn run(args: &Args, site: &Site, out: &mut Out) -> Result<()> {
    let done = site.desk(out)?.perform(Action::Undo(args.activity))?;
    let undone = match done.outcome {
        Outcome::Undone(id) => Some(id),
        _ => None,
    };
    out.answer(&Answer::new(json!({ "undone": undone, "said": said(&done.said) })).say(said(&done.said)))
}
