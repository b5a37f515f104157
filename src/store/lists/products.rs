//! Products with their variants, and assets.

use chrono::NaiveDate;

use super::page::{Cursor, Key, Page, Slice};
use crate::domain::id::{AssetId, CustomerId, ProductId, SubscriptionId, VariantId};
use crate::domain::money::Money;
use crate::domain::status::AssetState;
use crate::store::engine::Db;
use crate::store::error::Result;

/// What the list of variants shows, by product and variant A–Z.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct VariantFilter {
    /// Product, variant, category or colour.
    pub query: String,
    /// Also those no longer offered.
    pub withdrawn: bool,
}

/// One variant as lists show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VariantRow {
    /// Its number.
    pub id: VariantId,
    /// Of which product.
    pub product_id: ProductId,
    /// The product's name.
    pub product: String,
    /// The product's category.
    pub category: String,
    /// The variant's name.
    pub name: String,
    /// Its colour.
    pub colour: String,
    /// List price a month.
    pub price: Money,
    /// Tax, parts per million.
    pub tax_ppm: i64,
    /// Whether new orders may take it.
    pub is_offered: bool,
    /// Assets in stock.
    pub free_count: i64,
    /// Assets with customers.
    pub rented_count: i64,
    /// Counts saved changes.
    pub version: i64,
}

impl VariantRow {
    /// Its place in the list.
    #[must_use]
    pub fn cursor(&self) -> Cursor {
        Cursor::new(0, [Key::from(self.product.as_str()), self.name.as_str().into(), self.id.0.into()])
    }
}

/// What the list of assets shows, by serial number.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct AssetFilter {
    /// Start of a serial number.
    pub query: String,
    /// Only of this variant.
    pub variant: Option<VariantId>,
    /// Only in this state.
    pub state: Option<AssetState>,
}

/// One asset as lists show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AssetRow {
    /// Its number.
    pub id: AssetId,
    /// What it is one of.
    pub variant_id: VariantId,
    /// Product and variant: `Laptop Pro 14, black`.
    pub product: String,
    /// Its serial number.
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
    /// That customer's name.
    pub customer_name: Option<String>,
}

impl AssetRow {
    /// Its place in the list.
    #[must_use]
    pub fn cursor(&self) -> Cursor {
        Cursor::new(0, [Key::from(self.serial.as_str()), self.id.0.into()])
    }
}

/// One page of the list of variants; a query makes it the type-ahead list of an order's item field.
///
/// # Errors
/// When the file fails.
pub fn variants(_db: &Db, _filter: &VariantFilter, _page: &Page) -> Result<Slice<VariantRow>> {
    Ok(Slice::default())
}

/// One page of the list of assets; with a variant and `InStock` the free ones of an order's serial field.
///
/// # Errors
/// When the file fails.
pub fn assets(_db: &Db, _filter: &AssetFilter, _page: &Page) -> Result<Slice<AssetRow>> {
    Ok(Slice::default())
}
