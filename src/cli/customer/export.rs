//! `customer export`: everything held on one customer. `customer list --csv`: the list as a table.

use std::path::{Path, PathBuf};

use serde_json::json;

use crate::adapters::csv_file::{self, Cell};
use crate::adapters::{customer_file, files};
use crate::cli::fault::{Fault, Result};
use crate::cli::out::{Answer, Out};
use crate::cli::shapes::place;
use crate::cli::values;
use crate::domain::id::CustomerId;
use crate::services::Desk;
use crate::services::reads::CustomerFilter;

/// Whose data, and where to.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The customer
    #[arg(value_parser = values::id::<CustomerId>)]
    id: CustomerId,
    /// A file that ends in .json or .csv; without one, JSON goes to the standard output
    file: Option<PathBuf>,
    /// Replace a file that is there
    #[arg(long)]
    force: bool,
}

/// Writes everything held on a customer.
pub fn run(args: &Args, desk: &Desk, out: &mut Out) -> Result<()> {
    let Some(file) = &args.file else {
        let json = desk.dossier_json(args.id)?;
        let text = serde_json::to_string_pretty(&json).unwrap_or_default();
        return out.answer(&Answer::new(json).verbatim(format!("{text}\n")));
    };
    let bytes = match file.extension().and_then(|ending| ending.to_str()).map(str::to_ascii_lowercase).as_deref() {
        Some("json") => serde_json::to_vec_pretty(&desk.dossier_json(args.id)?).unwrap_or_default(),
        Some("csv") => {
            let facts = desk.dossier_facts(args.id)?;
            let rows = facts.into_iter().map(|fact| fact.map(Cell::Text).to_vec());
            csv_file::bytes(&["section", "row", "field", "value"], rows)
        }
        _ => return Err(Fault::Wrong("name a file that ends in .json or .csv".to_owned())),
    };
    written(file, &bytes, args.force)?;
    let said = format!("Everything about customer {} is in {}.", args.id, file.display());
    out.answer(&Answer::new(json!({ "id": args.id, "file": place(file), "said": said })).say(said))
}

/// Writes the list of customers as a table.
pub fn list(filter: &CustomerFilter, file: &Path, force: bool, desk: &Desk, out: &mut Out) -> Result<()> {
    let (count, bytes) = customer_file::table(desk, filter, &mut |_| true)?;
    written(file, &bytes, force)?;
    let said = format!("{count} customers are in {}.", file.display());
    out.answer(&Answer::new(json!({ "file": place(file), "total": count, "said": said })).say(said))
}

fn written(file: &Path, bytes: &[u8], force: bool) -> Result<()> {
    files::write(file, bytes, force).map_err(|error| Fault::file(file, error))
}
