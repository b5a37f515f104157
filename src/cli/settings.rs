//! `settings`: what the shop says of itself, shown and changed.

use std::io::Read as _;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value, json};

use super::fault::{Fault, Result};
use super::out::{Answer, Out, said};
use super::shapes::place;
use super::table::Table;
use crate::adapters::trial;
use crate::services::actions::shop_settings::settings;
use crate::services::left_to_set_up::{Left, left_to_set_up};
use crate::services::trial::Kind;
use crate::services::{Action, Desk, Refusal};

/// Show or change.
#[derive(Debug, clap::Subcommand)]
pub enum Verb {
    /// Show every setting
    Show,
    /// Keep the logo papers show, a PNG, JPEG or SVG file
    Logo {
        /// The picture; without one the logo is taken away
        file: Option<PathBuf>,
    },
    /// Add a font for names the built-in ones cannot show (East Asian, Hebrew, Arabic and others), a .ttf, .otf or .ttc file
    Font {
        /// The font; without one papers are printed with the built-in ones alone
        file: Option<PathBuf>,
    },
    /// A tax rate changed by law, from a day on, over contracts that run
    TaxRate(super::tax_rate::Args),
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
pub fn run(verb: Verb, desk: &mut Desk, out: &mut Out) -> Result<()> {
    match verb {
        Verb::TaxRate(args) => super::tax_rate::run(&args, desk, out),
        Verb::Show => {
            for left in left(desk)? {
                out.note(&format!("Left to set up: {}: `rentbook settings set {} ...`.", left.why, left.key));
            }
            out.answer(&shown(desk)?.table(table(desk)?))
        }
        Verb::Logo { file } => {
            let picture = tried(Kind::Logo, file.as_deref())?;
            let done = desk.perform(Action::SetLogo(picture))?;
            out.answer(&Answer::new(json!({ "logo": file.as_deref().map(place) })).say(said(&done)))
        }
        Verb::Font { file } => {
            let font = tried(Kind::Font, file.as_deref())?;
            let done = desk.perform(Action::SetFont(font))?;
            out.answer(&Answer::new(json!({ "font": desk.font_name()? })).say(said(&done)))
        }
        Verb::Set { key, value } if matches!(key.as_str(), "logo" | "font" | "fallback-font" | "fallback_font") => {
            let file = (!value.is_empty()).then(|| PathBuf::from(value));
            run(if key == "logo" { Verb::Logo { file } } else { Verb::Font { file } }, desk, out)
        }
        Verb::Set { key, value } => {
            let done = desk.perform(Action::ChangeSetting { key, value })?;
            out.answer(&shown(desk)?.say(said(&done)))
        }
    }
}

/// The bytes of a file papers can be printed with; it is read no further than such a file is long.
fn tried(kind: Kind, file: Option<&Path>) -> Result<Option<Vec<u8>>> {
    let Some(file) = file else { return Ok(None) };
    let mut bytes = Vec::new();
    let opened = std::fs::File::open(file).and_then(|open| open.take(kind.most_bytes() + 1).read_to_end(&mut bytes));
    opened.map_err(|error| Fault::file(file, error))?;
    trial::tried(kind, &bytes).map_err(|why| Refusal::of_field(kind.code(), why))?;
    Ok(Some(bytes))
}

fn shown(desk: &Desk) -> Result<Answer> {
    let mut all: Map<String, Value> =
        settings(desk.shop()?).into_iter().map(|(key, value)| (key.to_owned(), value.into())).collect();
    all.insert("logo_bytes".to_owned(), desk.logo_size()?.into());
    all.insert("font".to_owned(), desk.font_name()?.into());
    all.insert("left_to_set_up".to_owned(), left(desk)?.iter().map(|left| left.key).collect());
    Ok(Answer::new(Value::Object(all)))
}

/// What papers and mails of the shop still lack.
fn left(desk: &Desk) -> Result<Vec<Left>> {
    Ok(left_to_set_up(desk.shop()?, desk.logo_size()?.is_some()))
}

fn table(desk: &Desk) -> Result<Table> {
    let mut all = settings(desk.shop()?);
    all.push(("logo_bytes", desk.logo_size()?.map(|size| size.to_string()).unwrap_or_default()));
    all.push(("font", desk.font_name()?.unwrap_or_default()));
    Ok(Table::fields(&all))
}
