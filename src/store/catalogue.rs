//! What the shop rents out: products, their variants, and the assets on the shelf.

use chrono::NaiveDate;

use super::engine::{Db, Row};
use super::error::{Result, StoreError};
use super::shop::{currency, rate};
use crate::domain::id::{AssetId, ProductId, VariantId};
use crate::domain::money::Money;
use crate::domain::status::AssetState;
use crate::domain::tax::TaxRate;
use crate::domain::text::{fold, serial_key};

/// A variant with its product: what is ordered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variant {
    pub id: VariantId,
    pub product: ProductId,
    pub product_name: String,
    pub name: String,
    /// List price a month.
    pub price: Money,
    pub tax: TaxRate,
    /// Whether it can be ordered.
    pub is_offered: bool,
}

impl Variant {
    /// Product and variant in one line, as invoices print it.
    pub fn full_name(&self) -> String {
        format!("{}, {}", self.product_name, self.name)
    }
}

const VARIANT: &str = "SELECT v.id, v.product_id, p.name, v.name, v.price_minor, v.currency, v.tax_ppm, v.is_offered \
    FROM variant v JOIN product p ON p.id = v.product_id";

fn read_variant(row: &Row) -> Result<Variant> {
    Ok(Variant {
        id: VariantId(row.int(0)?),
        product: ProductId(row.int(1)?),
        product_name: row.text(2)?,
        name: row.text(3)?,
        price: Money::new(row.int(4)?, currency(row, 5)?),
        tax: rate(row, 6)?,
        is_offered: row.flag(7)?,
    })
}

/// The variant with this number.
pub fn variant(db: &Db, id: VariantId) -> Result<Option<Variant>> {
    db.one(&format!("{VARIANT} WHERE v.id = ?1"), &[id.into()], read_variant)
}

/// The product of this name.
pub fn product_named(db: &Db, name: &str) -> Result<Option<ProductId>> {
    db.one("SELECT id FROM product WHERE name = ?1", &[name.into()], |row| Ok(ProductId(row.int(0)?)))
}

/// Adds a product.
pub fn insert_product(db: &Db, name: &str, category: &str) -> Result<ProductId> {
    let id = db.insert("INSERT INTO product (name, category) VALUES (?1, ?2)", &[name.into(), category.into()])?;
    Ok(ProductId(id))
}

/// Adds a variant to a product.
pub fn insert_variant(
    db: &Db,
    product: ProductId,
    product_name: &str,
    name: &str,
    price: Money,
    tax: TaxRate,
) -> Result<VariantId> {
    let id = db.insert(
        "INSERT INTO variant (product_id, name, price_minor, currency, tax_ppm, search_key) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        &[
            product.into(),
            name.into(),
            price.minor().into(),
            price.currency().code().to_owned().into(),
            tax.ppm().into(),
            fold(&format!("{product_name} {name}")).into(),
        ],
    )?;
    Ok(VariantId(id))
}

/// Variants whose text to search by is not the one their names give.
pub fn with_odd_keys(db: &Db) -> Result<Vec<String>> {
    let mut odd = Vec::new();
    let sql =
        "SELECT v.id, p.name, v.name, v.search_key FROM variant v JOIN product p ON p.id = v.product_id ORDER BY v.id";
    db.each(sql, &[], |row| {
        if fold(&format!("{} {}", row.text(1)?, row.text(2)?)) != row.text(3)? {
            odd.push(format!("variant {}", row.int(0)?));
        }
        Ok(())
    })?;
    Ok(odd)
}

/// An asset as saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asset {
    pub id: AssetId,
    pub variant: VariantId,
    /// Its serial number, unique.
    pub serial: String,
    pub cost: Money,
    /// Where it is.
    pub state: AssetState,
    pub version: i64,
}

const ASSET: &str = "SELECT id, variant_id, serial, cost_minor, currency, state, version FROM asset";

fn read_asset(row: &Row) -> Result<Asset> {
    Ok(Asset {
        id: AssetId(row.int(0)?),
        variant: VariantId(row.int(1)?),
        serial: row.text(2)?,
        cost: Money::new(row.int(3)?, currency(row, 4)?),
        state: row.parsed(5)?,
        version: row.int(6)?,
    })
}

/// The asset with this number.
pub fn asset(db: &Db, id: AssetId) -> Result<Option<Asset>> {
    db.one(&format!("{ASSET} WHERE id = ?1"), &[id.into()], read_asset)
}

/// A serial number in SQL as `serial_key` has it.
pub const SERIAL_KEY: &str = "UPPER(REPLACE(REPLACE(serial, ' ', ''), '-', ''))";

/// The asset with this serial number; where an older book has two that read alike, the one that is written so.
pub fn asset_by_serial(db: &Db, serial: &str) -> Result<Option<Asset>> {
    db.one(
        &format!("{ASSET} WHERE {SERIAL_KEY} = ?2 ORDER BY CASE WHEN serial = ?1 THEN 0 ELSE 1 END, id LIMIT 1"),
        &[serial.into(), serial_key(serial).into()],
        read_asset,
    )
}

/// The next free assets of a variant, by serial number.
pub fn free_assets(db: &Db, variant: VariantId, limit: u32) -> Result<Vec<Asset>> {
    db.all(
        &format!("{ASSET} WHERE variant_id = ?1 AND state = 'in_stock' ORDER BY serial LIMIT ?2"),
        &[variant.into(), limit.into()],
        read_asset,
    )
}

/// Adds an asset to the stock.
pub fn insert_asset(
    db: &Db,
    variant: VariantId,
    serial: &str,
    cost: Money,
    bought_on: Option<NaiveDate>,
) -> Result<AssetId> {
    let id = db.insert(
        "INSERT INTO asset (variant_id, serial, cost_minor, currency, bought_on) VALUES (?1, ?2, ?3, ?4, ?5)",
        &[
            variant.into(),
            serial.into(),
            cost.minor().into(),
            cost.currency().code().to_owned().into(),
            bought_on.into(),
        ],
    )?;
    Ok(AssetId(id))
}

/// Moves an asset to another state.
pub fn move_asset(db: &Db, id: AssetId, from: AssetState, to: AssetState) -> Result<()> {
    let rows = db.execute(
        "UPDATE asset SET state = ?3, version = version + 1 WHERE id = ?1 AND state = ?2",
        &[id.into(), from.code().into(), to.code().into()],
    )?;
    if rows == 1 { Ok(()) } else { Err(StoreError::refused("the asset was changed meanwhile")) }
}
