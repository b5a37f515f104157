//! `customer find`: the best matches for what is typed.

use crate::cli::fault::Result;
use crate::cli::list::{View, whole};
use crate::cli::out::Out;
use crate::services::{Desk, reads};

/// Whom to find.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Name, email, company or phone
    #[arg(required = true)]
    words: Vec<String>,
    /// At most this many rows
    #[arg(long, value_name = "N", default_value_t = 20)]
    limit: usize,
}

/// Finds customers.
pub fn run(args: &Args, desk: &Desk, out: &mut Out) -> Result<()> {
    let view = View::of(desk)?;
    let found = desk.read(|db| reads::customer_lookup(db, &args.words.join(" "), args.limit))?;
    whole(&found, view, out)
}
