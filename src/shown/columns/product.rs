//! Variants of products, and assets.

use crate::domain::status::AssetState;
use crate::domain::tax::TaxRate;
use crate::services::reads::{AssetRow, VariantRow};
use crate::shown::cell::Cell;
use crate::shown::column::{Column, Listed, Place, Side, Width, at};
use crate::shown::standing::{Seen, Tone};
use crate::shown::words::recovery;

type Variant = Column<VariantRow>;
type Asset = Column<AssetRow>;

impl Listed for VariantRow {
    const ONE: &'static str = "product";
    const COLUMNS: &'static [Column<Self>] = &[
        Variant::new("variant_id", |row, _| row.id.into()).table("ID", Side::Right),
        Variant::new("id", |row, _| row.product_id.into()),
        Variant::new("name", |row, _| (&row.product).into())
            .table("PRODUCT", Side::Left)
            .words("Product", Width::AtLeast(18))
            .seen(|row, _| offered(row, row.product.clone())),
        Variant::new("variant", |row, _| (&row.name).into())
            .table("VARIANT", Side::Left)
            .words("Variant", Width::AtLeast(12))
            .seen(|row, _| {
                let name = if row.is_offered { row.name.clone() } else { format!("{} (withdrawn)", row.name) };
                offered(row, name)
            }),
        Variant::new("category", |row, _| (&row.category).into())
            .table("CATEGORY", Side::Left)
            .words("Category", Width::AtLeast(10))
            .seen(|row, _| offered(row, row.category.clone())),
        Variant::new("price", |row, _| row.price.into())
            .table("PRICE", Side::Right)
            .numbers("Price/mo", 10)
            .seen(|row, view| offered(row, view.style.amount(row.price))),
        Variant::new("currency", |row, _| row.price.currency().code().into()),
        Variant::new("tax_rate", |row, _| Cell::Percent(row.tax_ppm))
            .table("TAX %", Side::Right)
            .numbers("Tax %", 6)
            .seen(|row, _| offered(row, tax(row))),
        Variant::new("offered", |row, _| row.is_offered.into()),
        Variant::new("free", |row, _| row.free_count.into()).table("FREE", Side::Right).numbers("Free", 5).seen(
            |row, _| match row.free_count {
                0 => Seen::new("0", Tone::Warn),
                free => offered(row, free.to_string()),
            },
        ),
        Variant::new("rented", |row, _| row.rented_count.into())
            .table("RENTED", Side::Right)
            .numbers("Rented", 6)
            .seen(|row, _| offered(row, row.rented_count.to_string())),
    ];
}

/// The list of variants.
pub const VARIANTS: &[Place] = &[
    at("name", 9),
    at("variant", 8),
    at("category", 3),
    at("price", 8),
    at("tax_rate", 4),
    at("free", 7),
    at("rented", 6),
];

fn offered(row: &VariantRow, text: String) -> Seen {
    Seen::new(text, if row.is_offered { Tone::Plain } else { Tone::Dim })
}

/// The rate of a variant: `19`.
pub fn tax(row: &VariantRow) -> String {
    let rate = u32::try_from(row.tax_ppm).ok().and_then(|ppm| TaxRate::new(ppm).ok());
    rate.map(|rate| rate.to_string()).unwrap_or_default()
}

impl Listed for AssetRow {
    const ONE: &'static str = "asset";
    const COLUMNS: &'static [Column<Self>] = &[
        Asset::new("id", |row, _| row.id.into()).table("ID", Side::Right),
        Asset::new("variant_id", |row, _| row.variant_id.into()),
        Asset::new("serial", |row, _| (&row.serial).into())
            .table("SERIAL", Side::Code)
            .words("Serial no.", Width::AtLeast(12)),
        Asset::new("product", |row, _| (&row.product).into())
            .table("PRODUCT", Side::Left)
            .words("Product", Width::AtLeast(16)),
        Asset::new("status", |row, _| Cell::Word(row.state.code(), row.state.word()))
            .table("STATE", Side::Code)
            .words("State", Width::Exact(10))
            .seen(|row, _| state(row.state)),
        Asset::new("subscription", |row, _| row.subscription_id.into()),
        Asset::new("customer", |row, _| row.customer_id.into()),
        Asset::new("customer_name", |row, _| row.customer_name.as_deref().into())
            .table("CUSTOMER", Side::Left)
            .words("Customer", Width::AtLeast(14)),
        Asset::new("cost", |row, _| row.cost.into()).table("COST", Side::Right).numbers("Cost", 10),
        Asset::new("recovered", |row, _| row.recovered.into())
            .table("RECOVERED", Side::Right)
            .bare()
            .words("Cost recovery", Width::Exact(15))
            .seen(|row, _| recovery(row.recovered, Some(row.cost)).into()),
        Asset::new("currency", |row, _| row.cost.currency().code().into()),
        Asset::new("bought_on", |row, _| row.bought_on.into()).words("Bought", Width::Exact(11)),
    ];
}

/// The list of assets.
pub const ASSETS: &[Place] = &[
    at("serial", 9),
    at("product", 8),
    at("status", 7),
    at("customer_name", 6),
    at("cost", 4),
    at("recovered", 5),
    at("bought_on", 1),
];

fn state(state: AssetState) -> Seen {
    let tone = match state {
        AssetState::InStock => Tone::Good,
        AssetState::Rented => Tone::Plain,
        AssetState::Retired | AssetState::Sold => Tone::Dim,
    };
    Seen::new(format!("{} {}", state.mark(), state.word()), tone)
}
