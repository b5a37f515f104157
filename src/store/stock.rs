//! Products, variants and assets as they are edited, and who had an asset when.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::engine::Db;
use super::error::{Result, StoreError};
use crate::domain::id::{AssetId, CustomerId, ProductId, SubscriptionId, VariantId};
use crate::domain::status::AssetState;
use crate::domain::text::fold;

/// What can be edited of a variant and its product.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VariantFacts {
    pub product_name: String,
    /// What kind of thing it is.
    pub category: String,
    pub name: String,
    /// List price a month, minor units.
    pub price_minor: i64,
    /// Parts per million.
    pub tax_ppm: i64,
    /// Whether it can be ordered.
    pub is_offered: bool,
}

/// A variant's product, facts and version.
pub fn variant(db: &Db, id: VariantId) -> Result<Option<(ProductId, VariantFacts, i64)>> {
    db.one(
        "SELECT p.id, p.name, p.category, v.name, v.price_minor, v.tax_ppm, v.is_offered, v.version \
         FROM variant v JOIN product p ON p.id = v.product_id WHERE v.id = ?1",
        &[id.into()],
        |row| {
            let facts = VariantFacts {
                product_name: row.text(1)?,
                category: row.text(2)?,
                name: row.text(3)?,
                price_minor: row.int(4)?,
                tax_ppm: row.int(5)?,
                is_offered: row.flag(6)?,
            };
            Ok((ProductId(row.int(0)?), facts, row.int(7)?))
        },
    )
}

/// Saves a variant and its product on top of the version that was read.
pub fn save_variant(db: &Db, id: VariantId, version: i64, to: &VariantFacts) -> Result<()> {
    let rows = db.execute(
        "UPDATE variant SET name = ?3, price_minor = ?4, tax_ppm = ?5, is_offered = ?6, version = version + 1 \
         WHERE id = ?1 AND version = ?2",
        &[id.into(), version.into(), (&to.name).into(), to.price_minor.into(), to.tax_ppm.into(), to.is_offered.into()],
    )?;
    if rows != 1 {
        return Err(StoreError::refused("the variant was changed meanwhile"));
    }
    db.execute(
        "UPDATE product SET name = ?2, category = ?3, version = version + 1 \
         WHERE id = (SELECT product_id FROM variant WHERE id = ?1) AND (name <> ?2 OR category <> ?3)",
        &[id.into(), (&to.product_name).into(), (&to.category).into()],
    )?;
    // Its siblings are found by the product's name too.
    let named = db.all(
        "SELECT id, name FROM variant WHERE product_id = (SELECT product_id FROM variant WHERE id = ?1)",
        &[id.into()],
        |row| Ok((row.int(0)?, row.text(1)?)),
    )?;
    for (sibling, name) in named {
        let key = fold(&format!("{} {name}", to.product_name));
        db.execute("UPDATE variant SET search_key = ?2 WHERE id = ?1", &[sibling.into(), key.into()])?;
    }
    Ok(())
}

/// What can be edited of an asset.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AssetFacts {
    pub serial: String,
    /// What it cost, minor units.
    pub cost_minor: i64,
    /// When it was bought.
    pub bought_on: Option<NaiveDate>,
    /// Where it is.
    pub state: AssetState,
}

/// An asset's facts and version.
pub fn asset(db: &Db, id: AssetId) -> Result<Option<(AssetFacts, i64)>> {
    db.one("SELECT serial, cost_minor, bought_on, state, version FROM asset WHERE id = ?1", &[id.into()], |row| {
        let facts = AssetFacts {
            serial: row.text(0)?,
            cost_minor: row.int(1)?,
            bought_on: row.opt_date(2)?,
            state: row.parsed(3)?,
        };
        Ok((facts, row.int(4)?))
    })
}

/// Saves an asset on top of the version that was read.
pub fn save_asset(db: &Db, id: AssetId, version: i64, to: &AssetFacts) -> Result<()> {
    let rows = db.execute(
        "UPDATE asset SET serial = ?3, cost_minor = ?4, bought_on = ?5, state = ?6, version = version + 1 \
         WHERE id = ?1 AND version = ?2",
        &[
            id.into(),
            version.into(),
            (&to.serial).into(),
            to.cost_minor.into(),
            to.bought_on.into(),
            to.state.code().into(),
        ],
    )?;
    if rows == 1 { Ok(()) } else { Err(StoreError::refused("the asset was changed meanwhile")) }
}

/// One stay of an asset with a customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stay {
    pub subscription: SubscriptionId,
    pub customer: CustomerId,
    /// As lists show the name.
    pub customer_name: String,
    /// Its first day there.
    pub from: NaiveDate,
    /// The first day it was not there any more; none while it is.
    pub to: Option<NaiveDate>,
    /// Why it was replaced, where it was and somebody said so.
    pub reason: String,
}

/// Who had an asset when, newest first: the subscriptions that have or had it to their end, and those in which another
/// one took its place.
pub fn stays(db: &Db, id: AssetId) -> Result<Vec<Stay>> {
    let came = "COALESCE((SELECT MAX(n.replaced_on) FROM asset_replacement n WHERE n.subscription_id = s.id \
                AND n.new_asset_id = ?1), s.start_on)";
    let name = "c.id, c.company_name, c.first_name, c.last_name";
    let customer = "JOIN customer m ON m.id = s.customer_id JOIN customer c ON c.id = COALESCE(m.root_id, m.id)";
    let sql = format!(
        "SELECT s.id, {name}, {came} AS from_on, CASE WHEN s.status IN ('ended', 'cancelled') THEN s.ended_on END, '' \
         FROM subscription s {customer} WHERE s.asset_id = ?1 \
         UNION ALL SELECT s.id, {name}, {came} AS from_on, r.replaced_on, r.reason FROM asset_replacement r \
         JOIN subscription s ON s.id = r.subscription_id {customer} WHERE r.old_asset_id = ?1 \
         ORDER BY from_on DESC, 1 DESC"
    );
    db.all(&sql, &[id.into()], |row| {
        Ok(Stay {
            subscription: SubscriptionId(row.int(0)?),
            customer: CustomerId(row.int(1)?),
            customer_name: super::lists::listed(row, 2)?,
            from: row.date(5)?,
            to: row.opt_date(6)?,
            reason: row.text(7)?,
        })
    })
}
