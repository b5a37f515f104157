//! Products with their variants, and assets.

use chrono::NaiveDate;

use super::plain::{self, Plain};
use super::shown::{listed_name, money};
use crate::domain::currency::Currency;
use crate::domain::id::{AssetId, CustomerId, ProductId, SubscriptionId, VariantId};
use crate::domain::money::Money;
use crate::domain::status::AssetState;
use crate::domain::text::serial_key;
use crate::store::engine::{Db, Row, Value};
use crate::store::error::Result;
use crate::store::query::page::{Cursor, Key, Page, Slice};

/// What the list of variants shows, by product and variant A–Z.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct VariantFilter {
    /// Product, variant, category or colour.
    pub query: String,
    /// Also those no longer offered.
    pub withdrawn: bool,
    /// Only priced in this currency.
    pub currency: Option<Currency>,
}

/// One variant as lists show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VariantRow {
    pub id: VariantId,
    pub product_id: ProductId,
    pub product: String,
    pub category: String,
    pub name: String,
    pub colour: String,
    /// List price a month.
    pub price: Money,
    /// Tax, parts per million.
    pub tax_ppm: i64,
    /// Whether new orders may take it.
    pub is_offered: bool,
    pub free_count: i64,
    pub rented_count: i64,
    pub version: i64,
}

impl VariantRow {
    /// Its place in the list.
    pub fn cursor(&self) -> Cursor {
        Cursor::new(0, [Key::from(self.product.as_str()), self.name.as_str().into(), self.id.0.into()])
    }
}

/// What the list of assets shows, by serial number.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct AssetFilter {
    /// Any part of a serial number.
    pub query: String,
    /// Only of this variant.
    pub variant: Option<VariantId>,
    /// Only in this state.
    pub state: Option<AssetState>,
}

/// One asset as lists show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AssetRow {
    pub id: AssetId,
    /// What it is one of.
    pub variant_id: VariantId,
    /// Product and variant: `Laptop Pro 14, black`.
    pub product: String,
    pub serial: String,
    /// Where it is.
    pub state: AssetState,
    /// What it cost, net.
    pub cost: Money,
    /// Received for it so far, net.
    pub recovered: Money,
    /// When it was bought.
    pub bought_on: Option<NaiveDate>,
    /// The live subscription it is rented by.
    pub subscription_id: Option<SubscriptionId>,
    /// The customer who has it.
    pub customer_id: Option<CustomerId>,
    pub customer_name: Option<String>,
    pub version: i64,
}

impl AssetRow {
    /// Its place in the list.
    pub fn cursor(&self) -> Cursor {
        Cursor::new(0, [Key::from(self.serial.as_str()), self.id.0.into()])
    }
}

/// One page of the variants, by product and name.
pub fn variants(db: &Db, filter: &VariantFilter, page: &Page) -> Result<Slice<VariantRow>> {
    let mut values: Vec<Value> = Vec::new();
    let mut from = String::from("variant v JOIN product p ON p.id = v.product_id WHERE 1 = 1");
    from.push_str(&plain::like("v.search_key", &filter.query, &mut values));
    if !filter.withdrawn {
        from.push_str(" AND v.is_offered = 1");
    }
    if let Some(currency) = filter.currency {
        from.push_str(" AND v.currency = ?");
        values.push(currency.code().to_owned().into());
    }
    let columns = vec![("p.name", false), ("v.name", false), ("v.id", false)];
    let ids = plain::ids(db, &Plain { from, values, columns, reverse: false }, page)?;
    let rows = variants_by_id(db, &ids.rows.iter().map(|id| VariantId(*id)).collect::<Vec<_>>())?;
    Ok(ids.with(rows))
}

/// The rows of these variants, in this order; those that do not exist are left out.
pub fn variants_by_id(db: &Db, ids: &[VariantId]) -> Result<Vec<VariantRow>> {
    let ids: Vec<i64> = ids.iter().map(|id| id.0).collect();
    plain::rows(&ids, |id| db.one(VARIANT, &[id.into()], |row| read_variant(row, VariantId(id))))
}

fn read_variant(row: &Row, id: VariantId) -> Result<VariantRow> {
    Ok(VariantRow {
        id,
        product_id: ProductId(row.int(0)?),
        product: row.text(1)?,
        category: row.text(2)?,
        name: row.text(3)?,
        colour: row.text(4)?,
        price: money(row, 5, 6)?,
        tax_ppm: row.int(7)?,
        is_offered: row.flag(8)?,
        free_count: row.int(9)?,
        rented_count: row.int(10)?,
        version: row.int(11)?,
    })
}

const VARIANT: &str = "SELECT p.id, p.name, p.category, v.name, v.colour, v.price_minor, v.currency, v.tax_ppm, v.is_offered, \
    (SELECT COUNT(*) FROM asset a WHERE a.variant_id = v.id AND a.state = 'in_stock'), \
    (SELECT COUNT(*) FROM asset a WHERE a.variant_id = v.id AND a.state = 'rented'), v.version \
    FROM variant v JOIN product p ON p.id = v.product_id WHERE v.id = ?1";

/// One page of the assets, by serial number.
pub fn assets(db: &Db, filter: &AssetFilter, page: &Page) -> Result<Slice<AssetRow>> {
    let mut values: Vec<Value> = Vec::new();
    let mut from = String::from("asset a WHERE 1 = 1");
    if !filter.query.trim().is_empty() {
        let escaped = crate::domain::text::sought(filter.query.trim())
            .replace('\\', "\\\\")
            .replace('%', "\\%")
            .replace('_', "\\_");
        from.push_str(" AND UPPER(REPLACE(REPLACE(a.serial, ' ', ''), '-', '')) LIKE ? ESCAPE '\\'");
        values.push(format!("%{}%", serial_key(&escaped)).into());
    }
    if let Some(variant) = filter.variant {
        from.push_str(" AND a.variant_id = ?");
        values.push(variant.into());
    }
    if let Some(state) = filter.state {
        from.push_str(" AND a.state = ?");
        values.push(state.code().into());
    }
    let columns = vec![("a.serial", false), ("a.id", false)];
    let ids = plain::ids(db, &Plain { from, values, columns, reverse: false }, page)?;
    let rows = assets_by_id(db, &ids.rows.iter().map(|id| AssetId(*id)).collect::<Vec<_>>())?;
    Ok(ids.with(rows))
}

/// The rows of these assets, in this order; those that do not exist are left out.
pub fn assets_by_id(db: &Db, ids: &[AssetId]) -> Result<Vec<AssetRow>> {
    let ids: Vec<i64> = ids.iter().map(|id| id.0).collect();
    plain::rows(&ids, |id| db.one(ASSET, &[id.into()], |row| read_asset(row, AssetId(id))))
}

const ASSET: &str = "SELECT a.variant_id, p.name || ', ' || v.name, a.serial, a.state, a.cost_minor, a.currency, a.bought_on, \
    s.id, c.id, COALESCE(c.company_name, ''), COALESCE(c.first_name, ''), COALESCE(c.last_name, ''), \
    (SELECT CAST(COALESCE(SUM(CASE WHEN p2.amount_minor > 0 THEN x.amount_minor * p2.net_minor / p2.amount_minor ELSE 0 END), 0) AS BIGINT) \
      FROM subscription t JOIN payment p2 ON p2.subscription_id = t.id JOIN allocation x ON x.payment_id = p2.id \
      WHERE t.asset_id = a.id AND x.source = 'receipt' AND x.is_deposit = 0), a.version \
    FROM asset a JOIN variant v ON v.id = a.variant_id JOIN product p ON p.id = v.product_id \
    LEFT JOIN subscription s ON s.asset_id = a.id AND s.status IN ('active', 'paused', 'suspended') \
    LEFT JOIN customer c ON c.id = s.customer_id WHERE a.id = ?1";

fn read_asset(row: &Row, id: AssetId) -> Result<AssetRow> {
    let customer = row.opt_int(8)?.map(CustomerId);
    Ok(AssetRow {
        id,
        variant_id: VariantId(row.int(0)?),
        product: row.text(1)?,
        serial: row.text(2)?,
        state: row.parsed(3)?,
        cost: money(row, 4, 5)?,
        recovered: money(row, 12, 5)?,
        bought_on: row.opt_date(6)?,
        subscription_id: row.opt_int(7)?.map(SubscriptionId),
        customer_id: customer,
        customer_name: customer.map(|_| listed_name(row, 9)).transpose()?,
        version: row.int(13)?,
    })
}
