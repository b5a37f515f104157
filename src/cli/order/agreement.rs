//! `order agreement`: the rental agreement of a confirmed order into a file; `order again`: the same once more.

use std::path::PathBuf;

use chrono::NaiveDate;
use serde_json::json;

use super::show;
use crate::adapters::files;
use crate::cli::fault::{Fault, Result};
use crate::cli::out::{Answer, Out};
use crate::cli::shapes::place;
use crate::cli::values;
use crate::domain::id::OrderId;
use crate::services::{Action, Desk, Outcome};

/// Which order, and where to.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The order
    #[arg(value_parser = values::id::<OrderId>)]
    id: OrderId,
    /// The file, or a folder
    #[arg(value_name = "FILE|FOLDER")]
    to: PathBuf,
    /// Replace a file that is there
    #[arg(long)]
    force: bool,
}

/// Prints the agreement.
pub fn agreement(args: &Args, desk: &Desk, out: &mut Out) -> Result<()> {
    let is_folder = args.to.is_dir() || args.to.as_os_str().to_string_lossy().ends_with('/');
    let to = if is_folder { args.to.join(format!("O-{}.pdf", args.id)) } else { args.to.clone() };
    let paper = desk.agreement_paper(args.id)?;
    files::write(&to, &paper.bytes, args.force).map_err(|error| Fault::file(&to, error))?;
    let said = format!("The rental agreement of order O-{} was saved as {}.", args.id, to.display());
    out.answer(
        &Answer::new(json!({ "id": args.id, "file": place(&to), "pages": paper.pages })).say(said).of_paper(&paper),
    )
}

/// Which order again, and from when.
#[derive(Debug, clap::Args)]
pub struct Again {
    /// The order
    #[arg(value_parser = values::id::<OrderId>)]
    id: OrderId,
    /// First day of the new one; by default today
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = values::day)]
    start: Option<NaiveDate>,
    /// Confirm the order in the same step
    #[arg(long)]
    confirm: bool,
}

/// Takes the same order once more.
pub fn again(args: &Again, desk: &mut Desk, out: &mut Out) -> Result<()> {
    let draft = Box::new(desk.order_again(args.id, args.start.unwrap_or_else(|| desk.today()))?);
    let done = desk.perform(Action::AddOrder { draft, confirm: args.confirm })?;
    let id = match done.outcome {
        Outcome::Order(id, _) => id,
        _ => args.id,
    };
    out.answer(&show::shown(desk, id, Some(&done))?)
}
