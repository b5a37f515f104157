//! `asset`: the things with a serial number.

use chrono::NaiveDate;
use serde_json::{Map, json};

use super::fault::Result;
use super::list::{Listing, Rows, View};
use super::out::{Answer, Out, said};
use super::{stock, values};
use crate::domain::id::VariantId;
use crate::domain::status::AssetState;
use crate::services::actions::catalogue::AssetDraft;
use crate::services::reads::{self, AssetFilter, AssetRow};
use crate::services::{Action, Desk, Outcome};

/// Add or list.
#[derive(Debug, clap::Subcommand)]
pub enum Verb {
    /// Add an asset to the stock
    Add(Add),
    /// One that is there
    #[command(flatten)]
    Change(stock::AssetVerb),
    /// List the assets
    List {
        /// Any part of a serial number
        #[arg(long, default_value = "")]
        query: String,
        /// Only of this variant
        #[arg(long, value_name = "ID", value_parser = values::id::<VariantId>)]
        variant: Option<VariantId>,
        /// Only in this state: `in_stock`, rented, retired or sold
        #[arg(long, value_parser = values::word::<AssetState>)]
        status: Option<AssetState>,
        #[command(flatten)]
        rows: Rows,
    },
}

/// A new asset.
#[derive(Debug, clap::Args)]
pub struct Add {
    /// Of which variant
    #[arg(long, alias = "item", value_name = "ID", value_parser = values::id::<VariantId>)]
    variant: VariantId,
    /// Its serial number
    #[arg(long)]
    serial: String,
    /// What it cost, without tax
    #[arg(long, default_value = "0", allow_hyphen_values = true)]
    cost: String,
    /// When it was bought
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = values::day)]
    bought_on: Option<NaiveDate>,
}

/// Adds or lists.
pub fn run(verb: Verb, desk: &mut Desk, out: &mut Out) -> Result<()> {
    match verb {
        Verb::Add(args) => add(args, desk, out),
        Verb::Change(verb) => stock::asset(verb, desk, out),
        Verb::List { query, variant, status, rows } => {
            let filter = AssetFilter { query, variant, state: status };
            Listing {
                total: None,
                rows,
                read: Box::new(|page| Ok(desk.read(|db| reads::assets(db, &filter, page))?)),
                cursor: Box::new(AssetRow::cursor),
                more: Map::new(),
            }
            .write(View::of(desk)?, out)
        }
    }
}

fn add(args: Add, desk: &mut Desk, out: &mut Out) -> Result<()> {
    let draft =
        AssetDraft { variant: args.variant, serial: args.serial.clone(), cost: args.cost, bought_on: args.bought_on };
    let done = desk.perform(Action::AddAsset(draft))?;
    let id = match done.outcome {
        Outcome::Asset(id) => Some(id),
        _ => None,
    };
    let json = json!({ "id": id, "variant_id": args.variant, "serial": args.serial, "said": said(&done) });
    out.answer(&Answer::new(json).say(said(&done)))
}
