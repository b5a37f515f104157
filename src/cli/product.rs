//! `product`: products and their variants.

use serde_json::{Map, json};

use super::fault::Result;
use super::list::{Listing, Rows, View};
use super::out::{Answer, Out, said};
use super::stock;
use crate::services::actions::catalogue::ProductDraft;
use crate::services::reads::{self, VariantFilter, VariantRow};
use crate::services::{Action, Desk, Outcome};

/// Add or list.
#[derive(Debug, clap::Subcommand)]
pub enum Verb {
    /// Add a variant, and its product where it is new
    Add(Add),
    /// What changes one
    #[command(flatten)]
    Change(stock::ProductVerb),
    /// List the variants
    List {
        /// Product, variant, category or colour
        #[arg(long, default_value = "")]
        query: String,
        /// Also those no longer offered
        #[arg(long)]
        withdrawn: bool,
        #[command(flatten)]
        rows: Rows,
    },
}

/// A new variant.
#[derive(Debug, clap::Args)]
pub struct Add {
    /// Name of the product
    #[arg(long)]
    name: String,
    /// Name of the variant; standard where none is named
    #[arg(long, default_value = "")]
    variant: String,
    /// List price a month
    #[arg(long, allow_hyphen_values = true)]
    price: String,
    /// Tax rate in percent; by default the shop's
    #[arg(long, default_value = "", allow_hyphen_values = true)]
    tax_rate: String,
    /// Currency of the price, for customers who pay in it; by default the shop's
    #[arg(long, default_value = "")]
    currency: String,
    /// What kind of thing it is
    #[arg(long, default_value = "")]
    category: String,
}

/// Adds or lists.
pub fn run(verb: Verb, desk: &mut Desk, out: &mut Out) -> Result<()> {
    match verb {
        Verb::Add(args) => add(args, desk, out),
        Verb::Change(verb) => stock::product(verb, desk, out),
        Verb::List { query, withdrawn, rows } => {
            let filter = VariantFilter { query, withdrawn, currency: None };
            Listing {
                total: None,
                rows,
                read: Box::new(|page| Ok(desk.read(|db| reads::variants(db, &filter, page))?)),
                cursor: Box::new(VariantRow::cursor),
                more: Map::new(),
            }
            .write(View::of(desk)?, out)
        }
    }
}

fn add(args: Add, desk: &mut Desk, out: &mut Out) -> Result<()> {
    let draft = ProductDraft {
        name: args.name,
        category: args.category,
        variant: args.variant,
        price: args.price,
        tax_rate: args.tax_rate,
        currency: args.currency,
    };
    let done = desk.perform(Action::AddProduct(draft.clone()))?;
    let (product, variant) = match done.outcome {
        Outcome::Variant(product, variant) => (Some(product), Some(variant)),
        _ => (None, None),
    };
    let json = json!({ "id": product, "variant_id": variant, "name": draft.name, "said": said(&done) });
    let number = variant.map_or_else(String::new, |id| format!("Variant {id}. "));
    out.answer(&Answer::new(json).say(format!("{number}{}", said(&done))))
}
