//! `backup`: a verified copy of the book.

use std::path::PathBuf;

use serde_json::json;

use super::fault::Result;
use super::out::{Answer, Out};
use super::site::Site;

/// Where to.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The new file; by default among the backups beside the book
    file: Option<PathBuf>,
}

/// Makes the copy.
///
/// # Errors
/// When the name is taken, the disk is too small, or the copy is not whole.
pub fn run(args: &Args, site: &Site, out: &mut Out) -> Result<()> {
    let made = site.desk(out)?.back_up(args.file.as_deref())?;
    out.answer(
        &Answer::new(json!({ "file": made })).say(format!("The backup is {}; it was read back.", made.display())),
    )
}
