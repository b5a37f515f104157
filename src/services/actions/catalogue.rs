//! Products, variants and assets are added.

use chrono::NaiveDate;
use serde_json::json;

use crate::domain::currency::Currency;
use crate::domain::id::{AssetId, VariantId};
use crate::domain::log::{Log, Subject};
use crate::domain::money::Money;
use crate::domain::status::AssetState;
use crate::domain::tax::TaxRate;
use crate::domain::text;
use crate::services::done::{Done, Outcome, Touched};
use crate::services::refusal::{OfField, OrUnknown, Refusal, Result};
use crate::services::work::{Entry, Work};
use crate::store::catalogue;

/// What a person says of a product and one variant of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProductDraft {
    /// The product; one of that name gets another variant.
    pub name: String,
    /// What kind of thing it is.
    pub category: String,
    pub variant: String,
    /// List price a month, plain decimal text.
    pub price: String,
    /// Percent; empty for the shop's rate.
    pub tax_rate: String,
    /// Three letters, for customers who pay in it; empty for the shop's.
    pub currency: String,
}

/// Adds a variant, and its product where it is new.
pub(in crate::services) fn add_product(work: &Work, draft: &ProductDraft) -> Result<Done> {
    let name = needed("name", &draft.name, 200)?;
    let variant = match draft.variant.trim() {
        "" => "standard".to_owned(),
        _ => needed("variant", &draft.variant, 200)?,
    };
    let category = text::clean_line(&draft.category, 100).of_field("category")?;
    text::refuse_spread(&[&name, &variant, &category]).of_field("variant")?;
    let currency = match draft.currency.trim() {
        "" => work.shop.currency,
        code => Currency::new(code).of_field("currency")?,
    };
    let price = Money::parse(&draft.price, currency).of_field("price")?;
    let tax = match draft.tax_rate.trim() {
        "" => work.shop.tax,
        rate => rate.parse::<TaxRate>().of_field("tax_rate")?,
    };
    let product = match catalogue::product_named(work.db, &name)? {
        Some(id) => id,
        None => catalogue::insert_product(work.db, &name, &category)?,
    };
    let id = catalogue::insert_variant(work.db, product, &name, &variant, price, tax)
        .map_err(|error| taken(error, "variant", format!("{name} has a variant {variant} already")))?;
    let details = json!({ "product": product, "price": price.to_string(), "tax_ppm": tax.ppm() });
    work.log(&Entry { details, ..Entry::new(Log::AddProduct, Subject::Variant(id)) })?;
    Ok(Done::new(format!("{name}, {variant} was added."), Outcome::Variant(product, id), &[Touched::Catalogue]))
}

/// What a person says of an asset.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AssetDraft {
    pub variant: VariantId,
    pub serial: String,
    /// What it cost, plain decimal text.
    pub cost: String,
    /// When it was bought.
    pub bought_on: Option<NaiveDate>,
}

/// Adds an asset to the stock.
pub(in crate::services) fn add_asset(work: &Work, draft: &AssetDraft) -> Result<Done> {
    let variant = catalogue::variant(work.db, draft.variant)?.or_unknown("variant", draft.variant)?;
    let serial = needed("serial", &draft.serial, 100)?;
    let cost = Money::parse(&draft.cost, variant.price.currency()).of_field("cost")?;
    let id = catalogue::insert_asset(work.db, variant.id, &serial, cost, draft.bought_on)
        .map_err(|error| taken(error, "serial", serial_taken(work, &serial)))?;
    let details = json!({ "variant": variant.id, "cost": cost.to_string() });
    work.log(&Entry { details, ..Entry::new(Log::AddAsset, Subject::Asset(id)) })?;
    Ok(Done::new(format!("{} {serial} is in stock.", variant.full_name()), Outcome::Asset(id), &[Touched::Catalogue]))
}

/// Names the asset that has a serial number, as it is written there.
pub(super) fn serial_taken(work: &Work, serial: &str) -> String {
    let known = catalogue::asset_by_serial(work.db, serial).ok().flatten().map(|asset| asset.serial);
    format!("there is an asset {} already", known.as_deref().unwrap_or(serial))
}

/// The asset of this serial number, where it can be rented as this variant.
pub(in crate::services) fn free_asset(
    work: &Work,
    field: &'static str,
    serial: &str,
    variant: &catalogue::Variant,
) -> Result<AssetId> {
    let asset = catalogue::asset_by_serial(work.db, serial)?.or_unknown("asset", serial)?;
    if asset.variant != variant.id {
        return Err(Refusal::of_field(field, format!("{serial} is no {}", variant.full_name())).into());
    }
    if asset.state != AssetState::InStock {
        let state = asset.state.word().to_lowercase();
        return Err(Refusal::of_field(field, format!("{serial} is {state}, not in stock")).into());
    }
    Ok(asset.id)
}

pub(super) fn needed(field: &'static str, value: &str, most: usize) -> Result<String> {
    let value = text::clean_line(value, most).of_field(field)?;
    if value.is_empty() {
        return Err(Refusal::of_field(field, "this cannot be empty").into());
    }
    Ok(value)
}

/// A unique key that is taken, said in the trade's words; any other fault as it is.
pub(in crate::services) fn taken(
    error: crate::store::StoreError,
    field: &'static str,
    sentence: String,
) -> crate::services::DeskError {
    if error.refusal().is_some() { Refusal::of_field(field, sentence).into() } else { error.into() }
}
