//! `settings tax-rate`: a rate changed by law.

use chrono::NaiveDate;
use serde_json::json;

use super::fault::Result;
use super::out::{Answer, Out, said};
use super::values;
use crate::services::actions::tax_change::{RateDraft, read};
use crate::services::{Action, Desk, reads};

/// Which rate becomes which, and when.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The rate it was, in percent
    #[arg(long, value_name = "PERCENT")]
    from: String,
    /// The rate it becomes
    #[arg(long, value_name = "PERCENT")]
    to: String,
    /// The first day of the new rate
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = values::day)]
    on: NaiveDate,
    /// Count what it reaches and change nothing
    #[arg(long)]
    dry_run: bool,
}

/// Counts, and changes.
pub fn run(args: &Args, desk: &mut Desk, out: &mut Out) -> Result<()> {
    let draft = RateDraft { from: args.from.clone(), to: args.to.clone(), on: args.on };
    let change = read(&draft, desk.today())?;
    let (contracts, billed) = desk.read(|db| {
        Ok::<_, crate::services::DeskError>((
            reads::contracts_at_rate(db, &change)?,
            reads::billed_at_rate(db, &change)?,
        ))
    })?;
    let action = Action::ChangeTaxRate(draft);
    let sentence = if args.dry_run {
        format!("Nothing was changed. It would be: {}", desk.try_out(&action, |_, done| Ok(done.said.clone()))?)
    } else {
        said(&desk.perform(action)?)
    };
    let billed: Vec<_> = billed
        .iter()
        .map(|row| json!({ "invoice": row.invoice, "subscription": row.subscription, "from_on": row.from_on, "to_on": row.to_on }))
        .collect();
    let json = json!({
        "from": change.from.to_string(), "to": change.to.to_string(), "on": change.on, "contracts": contracts,
        "billed_at_old_rate": billed, "dry_run": args.dry_run, "said": sentence,
    });
    out.answer(&Answer::new(json).say(sentence))
}
