//! `man`: the manual page, made from the same table as the commands.

use clap::Command;
use serde_json::json;

use super::fault::{Fault, Result};
use super::out::{Answer, Out};

/// Prints the manual page of the whole command line `words`.
pub fn run(words: Command, out: &mut Out) -> Result<()> {
    let mut page = Vec::new();
    clap_mangen::Man::new(words).render(&mut page).map_err(Fault::from)?;
    let page = String::from_utf8_lossy(&page).into_owned();
    out.answer(&Answer::new(json!({ "man": page })).verbatim(page))
}
