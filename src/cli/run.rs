//! `run`: the scheduler pass, for cron and by hand.

use serde_json::{Value, json};

use super::fault::Result;
use super::out::{Answer, Out};
use super::site::Site;
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
///
/// # Errors
/// Refused where a person has to look first; the dry run stands in the refusal.
pub fn run(args: &Args, site: &Site, out: &mut Out) -> Result<()> {
    let mut desk = site.desk(out)?;
    let options =
        PassOptions { dry_run: args.dry_run, confirm_gap: args.confirm_gap, confirm_clock: args.confirm_clock };
    let report = desk.run_pass(&options)?;
    let said = match (args.dry_run, report.steps.is_empty()) {
        (_, true) => "Nothing is due.".to_owned(),
        (false, false) => sentence(&report),
        (true, false) => format!("It would be: {}", sentence(&report)),
    };
    out.answer(&Answer::new(shape(&report, args.dry_run)).say(said))
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
