//! `settings`: what the shop says of itself, shown and changed.

use std::path::PathBuf;

use serde_json::{Map, Value, json};

use super::fault::{Fault, Result};
use super::out::{Answer, Out, said};
use super::table::Table;
use crate::services::actions::shop::settings;
use crate::services::{Action, Desk};

/// Show or change.
#[derive(Debug, clap::Subcommand)]
pub enum Verb {
    /// Show every setting
    Show,
    /// Keep the logo papers show, a PNG or JPEG file
    Logo {
        /// The picture; without one the logo is taken away
        file: Option<PathBuf>,
    },
    /// Change one setting
    Set {
        /// Its key, as shown
        key: String,
        /// The new value
        #[arg(allow_hyphen_values = true)]
        value: String,
    },
}

/// Shows or changes settings.
///
/// # Errors
/// When the value cannot be.
pub fn run(verb: Verb, desk: &mut Desk, out: &mut Out) -> Result<()> {
    match verb {
        Verb::Show => out.answer(&shown(desk)?.table(table(desk)?)),
        Verb::Logo { file } => {
            let read = |file: &PathBuf| std::fs::read(file).map_err(|error| Fault::file(file, error));
            let logo = file.as_ref().map(read).transpose()?;
            let done = desk.perform(Action::SetLogo(logo))?;
            out.answer(&Answer::new(json!({ "logo": file })).say(said(&done.said)))
        }
        Verb::Set { key, value } => {
            let done = desk.perform(Action::ChangeSetting { key, value })?;
            out.answer(&shown(desk)?.say(said(&done.said)))
        }
    }
}

fn shown(desk: &Desk) -> Result<Answer> {
    let all: Map<String, Value> =
        settings(desk.shop()?).into_iter().map(|(key, value)| (key.to_owned(), value.into())).collect();
    Ok(Answer::new(Value::Object(all)))
}

fn table(desk: &Desk) -> Result<Table> {
    let all = settings(desk.shop()?);
    Ok(Table::fields(&all))
}
