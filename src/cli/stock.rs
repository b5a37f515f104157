//! `product edit|withdraw|offer` and `asset show|edit|retire|sell`: what is in the catalogue changes.

use chrono::NaiveDate;
use serde_json::{Value, json};

use super::fault::{Fault, Result};
use super::list::View;
use super::out::{Answer, Out, said};
use super::table::{Side, Table};
use super::values;
use crate::domain::id::VariantId;
use crate::services::actions::catalogue::ProductDraft;
use crate::services::actions::stock::StockDraft;
use crate::services::reads::{self, AssetFilter, AssetRow, Page, Stay};
use crate::services::{Action, Desk, Done, Outcome};
use crate::shown::column::Listed;

/// A variant that changes.
#[derive(Debug, clap::Subcommand)]
pub enum ProductVerb {
    /// Change name, price or tax of a variant; what runs keeps its own
    Edit(EditVariant),
    /// Offer a variant no longer; what is rented runs on
    Withdraw {
        /// The variant
        #[arg(value_parser = values::id::<VariantId>)]
        variant: VariantId,
    },
    /// Offer a variant again
    Offer {
        /// The variant
        #[arg(value_parser = values::id::<VariantId>)]
        variant: VariantId,
    },
}

/// What a variant shall be; what is not named stays.
#[derive(Debug, clap::Args)]
pub struct EditVariant {
    /// The variant
    #[arg(value_parser = values::id::<VariantId>)]
    id: VariantId,
    /// Name of the product
    #[arg(long, default_value = "")]
    name: String,
    /// Name of the variant
    #[arg(long, default_value = "")]
    variant: String,
    /// List price a month
    #[arg(long, default_value = "", allow_hyphen_values = true)]
    price: String,
    /// Tax rate in percent
    #[arg(long, default_value = "", allow_hyphen_values = true)]
    tax_rate: String,
    /// What kind of thing it is
    #[arg(long, default_value = "")]
    category: String,
}

/// An asset that is there.
#[derive(Debug, clap::Subcommand)]
pub enum AssetVerb {
    /// Show an asset and who had it when
    Show { serial: String },
    /// Change serial number or cost of an asset
    Edit {
        serial: String,
        /// The new serial number
        #[arg(long, value_name = "SERIAL", default_value = "")]
        new_serial: String,
        /// What it cost, without tax
        #[arg(long, default_value = "", allow_hyphen_values = true)]
        cost: String,
        /// When it was bought
        #[arg(long, value_name = "YYYY-MM-DD", value_parser = values::day)]
        bought_on: Option<NaiveDate>,
    },
    /// Retire an asset that is in stock
    Retire {
        serial: String,
        /// Why
        #[arg(long, default_value = "")]
        reason: String,
    },
    /// Sell an asset that is in stock
    Sell {
        serial: String,
        /// To whom
        #[arg(long, default_value = "")]
        reason: String,
    },
}

/// Changes a variant.
pub fn product(verb: ProductVerb, desk: &mut Desk, out: &mut Out) -> Result<()> {
    let draft = match verb {
        ProductVerb::Edit(args) => {
            let EditVariant { id, name, variant, price, tax_rate, category } = args;
            let draft = ProductDraft { name, category, variant, price, tax_rate, ..ProductDraft::default() };
            StockDraft::Variant { id, version: None, draft }
        }
        ProductVerb::Withdraw { variant } => StockDraft::Offer { id: variant, offered: false },
        ProductVerb::Offer { variant } => StockDraft::Offer { id: variant, offered: true },
    };
    let done = desk.perform(Action::ChangeStock(draft))?;
    let (product, variant) = match done.outcome {
        Outcome::Variant(product, variant) => (Some(product), Some(variant)),
        _ => (None, None),
    };
    let json = json!({ "id": product, "variant_id": variant, "said": said(&done) });
    out.answer(&Answer::new(json).say(said(&done)))
}

/// Shows or changes an asset.
pub fn asset(verb: AssetVerb, desk: &mut Desk, out: &mut Out) -> Result<()> {
    let (draft, name) = match verb {
        AssetVerb::Show { serial } => return out.answer(&shown(desk, &serial, None)?),
        AssetVerb::Edit { serial, new_serial, cost, bought_on } => {
            let id = by_serial(desk, &serial)?.id;
            let name = if new_serial.is_empty() { serial } else { new_serial.clone() };
            (StockDraft::Asset { id, version: None, serial: new_serial, cost, bought_on }, name)
        }
        AssetVerb::Retire { serial, reason } => {
            (StockDraft::Dispose { id: by_serial(desk, &serial)?.id, sold: false, reason }, serial)
        }
        AssetVerb::Sell { serial, reason } => {
            (StockDraft::Dispose { id: by_serial(desk, &serial)?.id, sold: true, reason }, serial)
        }
    };
    let done = desk.perform(Action::ChangeStock(draft))?;
    out.answer(&shown(desk, &name, Some(&done))?)
}

fn by_serial(desk: &Desk, serial: &str) -> Result<AssetRow> {
    let filter = AssetFilter { query: serial.trim().to_owned(), variant: None, state: None };
    let found = desk.read(|db| reads::assets(db, &filter, &Page::first(50)))?;
    let row = found.rows.into_iter().find(|row| row.serial == serial.trim());
    row.ok_or_else(|| Fault::unknown("asset", serial.chars().take(40).collect::<String>()))
}

fn shown(desk: &Desk, serial: &str, done: Option<&Done>) -> Result<Answer> {
    let (row, view) = (by_serial(desk, serial)?, View::of(desk)?);
    let stays = desk.read(|db| reads::stays(db, row.id))?;
    let mut json = row.json(view);
    if let Some(json) = json.as_object_mut() {
        json.insert("history".to_owned(), Value::Array(stays.iter().map(stay).collect()));
        if let Some(done) = done {
            json.insert("said".to_owned(), said(done).into());
        }
    }
    let answer = Answer::new(json);
    if let Some(done) = done {
        return Ok(answer.say(said(done)));
    }
    let columns = &[("FROM", Side::Code), ("TO", Side::Code), ("SUBSCRIPTION", Side::Code), ("CUSTOMER", Side::Left)];
    let mut table = Table::new(columns);
    for stay in &stays {
        let to = stay.to.map_or_else(|| "now".to_owned(), |to| view.day(to.pred_opt()));
        let number = stay.subscription.shown();
        table.push(vec![view.day(stay.from), to, number, stay.customer_name.clone()]);
    }
    let fields = Table::fields(&[
        ("Asset", row.serial.clone()),
        ("Product", row.product.clone()),
        ("State", row.state.word().to_owned()),
        ("Cost", view.money(row.cost)),
        ("Recovered", view.money(row.recovered)),
        ("Bought", view.day(row.bought_on)),
    ]);
    let answer = answer.table(fields);
    Ok(if stays.is_empty() { answer.say("It was never rented.") } else { answer.say("").table(table) })
}

fn stay(stay: &Stay) -> Value {
    json!({
        "subscription": stay.subscription,
        "customer": stay.customer,
        "customer_name": stay.customer_name,
        "from": stay.from,
        "to": stay.to,
        "reason": stay.reason,
    })
}
