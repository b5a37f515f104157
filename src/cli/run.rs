//! `run`: the scheduler pass, for cron and by hand.

use serde_json::{Value, json};

use super::fault::{Fault, Result};
use super::out::{Answer, Out};
use crate::services::Desk;
use crate::services::DeskError;
use crate::services::pass::{PassOptions, PassReport};

/// How the pass is asked for.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Say what it would do, and do nothing
    #[arg(long)]
    dry_run: bool,
    /// Yes, it may reach far past the last one
    #[arg(long)]
    confirm_gap: bool,
    /// Yes, the clock may stand before the last pass
    #[arg(long)]
    confirm_clock: bool,
}

/// Runs the pass of the day.
pub fn run(args: &Args, desk: &mut Desk, out: &mut Out) -> Result<()> {
    let options =
        PassOptions { dry_run: args.dry_run, confirm_gap: args.confirm_gap, confirm_clock: args.confirm_clock };
    if let (false, Some(round)) = (args.dry_run, desk.look_due()?) {
        desk.look_through(&round, &mut |done, of| {
            out.progress(done, of);
            true
        })?;
    }
    let report = desk.run_pass(&options).map_err(named)?;
    let said = match (args.dry_run, report.steps.is_empty()) {
        (_, true) => "Nothing is due.".to_owned(),
        (false, false) => sentence(&report),
        (true, false) => format!("It would be: {}", sentence(&report)),
    };
    out.answer(&Answer::new(shape(&report, args.dry_run)).say(said))
}

/// Says which option confirms, and what would happen.
fn named(error: DeskError) -> Fault {
    let DeskError::Refused(mut refusal) = error else { return error.into() };
    let option = match refusal.code {
        "gap" => "--confirm-gap",
        "clock_back" => "--confirm-clock",
        _ => return Fault::Refused(refusal),
    };
    let steps = refusal.details.as_ref().map(|details| &details["dry_run"]["steps"]);
    let steps: Vec<&str> = steps.and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect();
    let would = if steps.is_empty() { "nothing is due".to_owned() } else { steps.join(", ") };
    refusal.message = format!("{} ({option}). What it would do: {would}.", refusal.message);
    Fault::Refused(refusal)
}

fn sentence(report: &PassReport) -> String {
    format!("{}.", report.steps.join(", "))
}

fn shape(report: &PassReport, is_dry: bool) -> Value {
    let mut json = json!(report);
    if let Some(json) = json.as_object_mut() {
        json.insert("dry_run".to_owned(), is_dry.into());
    }
    json
}
