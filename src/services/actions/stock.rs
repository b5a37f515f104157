//! Products, variants and assets are edited, withdrawn, retired and sold.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::catalogue::{ProductDraft, needed, serial_taken, taken};
use crate::domain::id::{AssetId, VariantId};
use crate::domain::log::{Log, Subject};
use crate::domain::money::Money;
use crate::domain::status::AssetState;
use crate::domain::tax::TaxRate;
use crate::domain::text;
use crate::services::done::{Done, Outcome, Touched, WayBack};
use crate::services::refusal::{OfField, OrUnknown, Refusal, Result};
use crate::services::work::{Entry, Work};
use crate::store::activity::Activity;
use crate::store::stock::{self, AssetFacts, VariantFacts};
use crate::store::{StoreError, catalogue};

/// What a person says of a product or an asset that is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StockDraft {
    /// A variant with its product is edited; agreed prices stay.
    Variant {
        id: VariantId,
        /// The version that was read, where a person looked at it before.
        version: Option<i64>,
        /// What it shall be; empty fields stay as they are.
        draft: ProductDraft,
    },
    /// A variant is offered, or no longer.
    Offer {
        id: VariantId,
        /// Whether it can be ordered.
        offered: bool,
    },
    /// An asset is edited.
    Asset {
        id: AssetId,
        /// The version that was read, where a person looked at it before.
        version: Option<i64>,
        /// Its serial number; stays where it is empty.
        serial: String,
        /// What it cost, plain decimal text; stays where it is empty.
        cost: String,
        /// When it was bought; stays where no day is named.
        bought_on: Option<NaiveDate>,
    },
    /// An asset in stock is rented no more.
    Dispose {
        id: AssetId,
        /// Whether it is sold; else it is retired.
        sold: bool,
        /// Why, or to whom.
        reason: String,
    },
}

/// What undo needs: what it was, and the version after.
#[derive(Serialize, Deserialize)]
enum Before {
    Variant(VariantFacts, i64),
    Asset(AssetFacts, i64),
}

/// Changes a product or an asset.
pub(in crate::services) fn change(work: &Work, draft: &StockDraft) -> Result<Done> {
    match draft {
        StockDraft::Variant { id, version, draft } => edit_variant(work, *id, *version, draft),
        StockDraft::Offer { id, offered } => offer(work, *id, *offered),
        StockDraft::Asset { id, version, serial, cost, bought_on } => {
            edit_asset(work, *id, *version, (serial, cost, *bought_on))
        }
        StockDraft::Dispose { id, sold, reason } => dispose(work, *id, *sold, reason),
    }
}

fn refuse_stale(version: Option<i64>, is: i64) -> Result<()> {
    if version.is_some_and(|version| version != is) {
        let message = "it was changed meanwhile: look at it again, nothing was saved";
        return Err(Refusal::new("stale", message).into());
    }
    Ok(())
}

fn or<'a>(value: &'a str, had: &'a str) -> &'a str {
    if value.trim().is_empty() { had } else { value }
}

fn edit_variant(work: &Work, id: VariantId, version: Option<i64>, draft: &ProductDraft) -> Result<Done> {
    let (_, had, is) = stock::variant(work.db, id)?.or_unknown("variant", id)?;
    refuse_stale(version, is)?;
    let currency = catalogue::variant(work.db, id)?.or_unknown("variant", id)?.price.currency();
    let mut to = had.clone();
    to.product_name = needed("name", or(&draft.name, &had.product_name), 200)?;
    to.name = needed("variant", or(&draft.variant, &had.name), 200)?;
    to.category = text::clean_line(or(&draft.category, &had.category), 100).of_field("category")?;
    if !draft.price.trim().is_empty() {
        to.price_minor = Money::parse(&draft.price, currency).of_field("price")?.minor();
    }
    if !draft.tax_rate.trim().is_empty() {
        to.tax_ppm = i64::from(draft.tax_rate.parse::<TaxRate>().of_field("tax_rate")?.ppm());
    }
    if to == had {
        return Err(Refusal::new("no_change", "nothing was changed").into());
    }
    stock::save_variant(work.db, id, is, &to)
        .map_err(|error| taken(error, "name", format!("there is a {}, {} already", to.product_name, to.name)))?;
    let before = Before::Variant(had, is + 1);
    log(work, Log::EditVariant, Subject::Variant(id), &before, None)?;
    let price = work.shop.style.amount(Money::new(to.price_minor, currency));
    let said = format!("{}, {} is saved, {price} a month.", to.product_name, to.name);
    let (product, ..) = stock::variant(work.db, id)?.or_unknown("variant", id)?;
    Ok(Done::new(said, Outcome::Variant(product, id), &[Touched::Catalogue]).back(WayBack::It))
}

fn offer(work: &Work, id: VariantId, offered: bool) -> Result<Done> {
    let (product, had, is) = stock::variant(work.db, id)?.or_unknown("variant", id)?;
    let name = format!("{}, {}", had.product_name, had.name);
    if had.is_offered == offered {
        let state = if offered { "offered" } else { "withdrawn" };
        return Err(Refusal::new("no_change", format!("{name} is {state} already")).into());
    }
    let to = VariantFacts { is_offered: offered, ..had.clone() };
    stock::save_variant(work.db, id, is, &to)?;
    let action = if offered { Log::OfferVariant } else { Log::WithdrawVariant };
    log(work, action, Subject::Variant(id), &Before::Variant(had, is + 1), None)?;
    let said = if offered { "is offered again" } else { "is no longer offered; what is rented runs on" };
    let said = format!("{name} {said}.");
    Ok(Done::new(said, Outcome::Variant(product, id), &[Touched::Catalogue]).back(WayBack::It))
}

fn edit_asset(
    work: &Work,
    id: AssetId,
    version: Option<i64>,
    (serial, cost, bought_on): (&str, &str, Option<NaiveDate>),
) -> Result<Done> {
    let (had, is) = stock::asset(work.db, id)?.or_unknown("asset", id)?;
    refuse_stale(version, is)?;
    let currency = catalogue::asset(work.db, id)?.or_unknown("asset", id)?.cost.currency();
    let mut to = AssetFacts { bought_on: bought_on.or(had.bought_on), ..had.clone() };
    to.serial = needed("serial", or(serial, &had.serial), 100)?;
    if !cost.trim().is_empty() {
        to.cost_minor = Money::parse(cost, currency).of_field("cost")?.minor();
    }
    if to == had {
        return Err(Refusal::new("no_change", "nothing was changed").into());
    }
    stock::save_asset(work.db, id, is, &to).map_err(|error| taken(error, "serial", serial_taken(work, &to.serial)))?;
    log(work, Log::EditAsset, Subject::Asset(id), &Before::Asset(had, is + 1), None)?;
    let said = format!("Asset {} is saved.", to.serial);
    Ok(Done::new(said, Outcome::Asset(id), &[Touched::Catalogue, Touched::Orders]).back(WayBack::It))
}

fn dispose(work: &Work, id: AssetId, sold: bool, reason: &str) -> Result<Done> {
    let (had, is) = stock::asset(work.db, id)?.or_unknown("asset", id)?;
    let reason = text::clean_line(reason, 300).of_field("reason")?;
    let (state, code, said) = if sold {
        (AssetState::Sold, Log::SellAsset, "sold")
    } else {
        (AssetState::Retired, Log::RetireAsset, "retired")
    };
    if had.state != AssetState::InStock {
        let why = match had.state {
            AssetState::Rented => "is rented: end its subscription first, by a return or a buyout".to_owned(),
            other => format!("is {} already", other.word().to_lowercase()),
        };
        return Err(Refusal::new("not_in_stock", format!("asset {} {why}", had.serial)).into());
    }
    stock::save_asset(work.db, id, is, &AssetFacts { state, ..had.clone() })?;
    let said = format!("Asset {} is {said}.", had.serial);
    let text = (!reason.is_empty()).then_some(reason);
    log(work, code, Subject::Asset(id), &Before::Asset(had, is + 1), text)?;
    Ok(Done::new(said, Outcome::Asset(id), &[Touched::Catalogue]).back(WayBack::It))
}

fn log(work: &Work, action: Log, subject: Subject, before: &Before, text: Option<String>) -> Result<()> {
    let details = json!({ "before": before });
    work.log(&Entry { details, text, ..Entry::new(action, subject) })?;
    Ok(())
}

/// Takes back a change of the stock: what it was, it is again.
pub(in crate::services) fn take_back(work: &Work, found: &Activity) -> Result<String> {
    let before = serde_json::from_value(found.facts().get("before").cloned().unwrap_or_default());
    let before = before.map_err(|error| StoreError::broken(format!("activity {}: {error}", found.id)))?;
    match (before, found.subject) {
        (Before::Variant(facts, version), Subject::Variant(id)) => {
            stock::save_variant(work.db, id, version, &facts)?;
            Ok(format!("{}, {} is as before.", facts.product_name, facts.name))
        }
        (Before::Asset(facts, version), Subject::Asset(id)) => {
            stock::save_asset(work.db, id, version, &facts)?;
            Ok(format!("Asset {} is {} as before.", facts.serial, facts.state.word().to_lowercase()))
        }
        (Before::Variant(..), _) => Err(found.names_no("product").into()),
        (Before::Asset(..), _) => Err(found.names_no("asset").into()),
    }
}
