//! `restore`: a backup in the place of the book.

use std::path::PathBuf;

use serde_json::json;

use super::fault::{Fault, Result};
use super::out::{Answer, Out};
use super::shapes::place;
use super::site::Site;
use crate::services::{Access, Refusal, books};

/// Which backup.
#[derive(Debug, clap::Args)]
pub struct Args {
    file: PathBuf,
}

/// Puts it in the place of the book; what was there is kept aside.
pub fn run(args: &Args, site: &Site, out: &mut Out) -> Result<()> {
    if site.access == Access::ViewOnly {
        let message = "with --view-only nothing is changed: run restore without it";
        return Err(Fault::Refused(Refusal::new("view_only", message)));
    }
    let restored = books::bring_back(&args.file, &site.book, site.outside.now())?;
    let kept = restored.kept.as_ref();
    let aside = kept.map_or_else(String::new, |kept| format!(" The book as it was is kept at {}.", kept.display()));
    let said = format!("{} is restored from {}.{aside}", restored.book.display(), args.file.display());
    out.answer(&Answer::new(json!({ "file": place(&restored.book), "from": place(&args.file), "kept": kept.map(|kept| place(kept)), "said": said })).say(said))
}
