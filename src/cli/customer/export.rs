//! `customer export`: everything held on one customer.

use std::path::{Path, PathBuf};

use serde_json::json;

use crate::adapters::files;
use crate::cli::fault::{Fault, Result};
use crate::cli::out::{Answer, Out};
use crate::cli::shapes::place;
use crate::cli::values;
use crate::domain::id::CustomerId;
use crate::services::Desk;
use crate::shown::csv::Dialect;
use crate::shown::dossier;

/// Whose data, and where to.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The customer
    #[arg(value_parser = values::id::<CustomerId>)]
    id: CustomerId,
    /// A file that ends in .json or .csv; without one, JSON goes to the standard output
    file: Option<PathBuf>,
    /// A .csv with comma and point, whatever the country of the shop
    #[arg(long)]
    plain: bool,
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
            let dialect = if args.plain { Dialect::PLAIN } else { Dialect::of(desk.shop()?.style) };
            dossier::table(desk.dossier_facts(args.id)?, dialect)?
        }
        _ => return Err(Fault::Wrong("name a file that ends in .json or .csv".to_owned())),
    };
    written(file, &bytes, args.force)?;
    let said = format!("Everything about customer {} is in {}.", args.id, file.display());
    out.answer(&Answer::new(json!({ "id": args.id, "file": place(file), "said": said })).say(said))
}

fn written(file: &Path, bytes: &[u8], force: bool) -> Result<()> {
    files::write(file, bytes, force).map_err(|error| Fault::file(file, error))
}
