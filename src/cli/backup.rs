//! `backup`: a verified copy of the book.

use std::path::PathBuf;

use serde_json::json;

use super::fault::Result;
use super::out::{Answer, Out};
use super::shapes::place;
use crate::services::Desk;

/// Where to.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The new file; by default among the backups beside the book
    file: Option<PathBuf>,
}

/// Makes the copy.
pub fn run(args: &Args, desk: &mut Desk, out: &mut Out) -> Result<()> {
    let made = desk.back_up(args.file.as_deref())?;
    out.answer(
        &Answer::new(json!({ "file": place(&made) })).say(format!("The backup is {}; it was checked.", made.display())),
    )
}
