//! How variants and assets read.

use super::super::deeds::named;
use super::{Key, Line};
use crate::domain::format::Style;
use crate::domain::money::Money;
use crate::domain::status::AssetState;
use crate::domain::tax::TaxRate;
use crate::services::reads::{AssetRow, Cursor, VariantRow};
use crate::tui::theme::Ink;
use crate::tui::widgets::strip::Detail;
use crate::tui::widgets::table::{Cell, Column, Row, Width};
use crate::tui::words;

impl Line {
    pub(super) const fn key(&self) -> Key {
        match self {
            Self::Variant(row) => Key::Variant(row.id),
            Self::Asset(row) => Key::Asset(row.id),
        }
    }

    pub(super) fn cursor(&self) -> Cursor {
        match self {
            Self::Variant(row) => row.cursor(),
            Self::Asset(row) => row.cursor(),
        }
    }

    pub(super) fn title(&self) -> String {
        match self {
            Self::Variant(row) => named(row),
            Self::Asset(row) => format!("{}  {}", row.serial, row.product),
        }
    }
}

pub(super) fn variant_columns() -> Vec<Column> {
    vec![
        Column::words("Product", Width::AtLeast(18), 9),
        Column::words("Variant", Width::AtLeast(12), 8),
        Column::words("Category", Width::AtLeast(10), 3),
        Column::numbers("Price/mo", 10, 8),
        Column::numbers("Tax %", 6, 4),
        Column::numbers("Free", 5, 7),
        Column::numbers("Rented", 6, 6),
    ]
}

pub(super) fn asset_columns() -> Vec<Column> {
    vec![
        Column::words("Serial no.", Width::AtLeast(12), 9),
        Column::words("Product", Width::AtLeast(16), 8),
        Column::words("State", Width::Exact(10), 7),
        Column::words("Customer", Width::AtLeast(14), 6),
        Column::numbers("Cost", 10, 4),
        Column::words("Cost recovery", Width::Exact(15), 5),
        Column::words("Bought", Width::Exact(11), 1),
    ]
}

pub(super) fn row(line: &Line, style: Style) -> Row<Key> {
    let cells = match line {
        Line::Variant(row) => variant(row, style),
        Line::Asset(row) => asset(row, style),
    };
    Row { key: line.key(), cells, worth: None }
}

fn variant(row: &VariantRow, style: Style) -> Vec<Cell> {
    let whole = if row.is_offered { Ink::Plain } else { Ink::Dim };
    let name = if row.is_offered { row.name.clone() } else { format!("{} (withdrawn)", row.name) };
    let free = if row.free_count == 0 { Ink::Warn } else { whole };
    vec![
        Cell::new(&row.product, whole),
        Cell::new(name, whole),
        Cell::new(&row.category, whole),
        Cell::new(style.amount(row.price), whole),
        Cell::new(tax(row), whole),
        Cell::new(row.free_count.to_string(), free),
        Cell::new(row.rented_count.to_string(), whole),
    ]
}

fn tax(row: &VariantRow) -> String {
    let rate = u32::try_from(row.tax_ppm).ok().and_then(|ppm| TaxRate::new(ppm).ok());
    rate.map(|rate| rate.to_string()).unwrap_or_default()
}

fn asset(row: &AssetRow, style: Style) -> Vec<Cell> {
    vec![
        row.serial.as_str().into(),
        row.product.as_str().into(),
        state(row.state),
        row.customer_name.clone().unwrap_or_default().into(),
        style.amount(row.cost).into(),
        words::recovery(row.recovered, Some(row.cost)).into(),
        row.bought_on.map(|day| style.long_date(day)).unwrap_or_default().into(),
    ]
}

fn state(state: AssetState) -> Cell {
    let ink = match state {
        AssetState::InStock => Ink::Good,
        AssetState::Rented => Ink::Plain,
        AssetState::Retired | AssetState::Sold => Ink::Dim,
    };
    Cell::new(format!("{} {}", state.mark(), state.word()), ink)
}

/// What is known of the row.
pub(super) fn details(line: &Line, style: Style) -> Vec<Detail> {
    let detail = |name: &str, value: String| (name.to_owned(), value);
    let money = |money: Money| words::money(style, money);
    match line {
        Line::Variant(row) => vec![
            detail("List price", format!("{} a month", money(row.price))),
            detail("In stock", words::count(row.free_count, "asset")),
            detail("Tax", format!("{} %", tax(row))),
            detail("Rented", words::count(row.rented_count, "asset")),
            detail("Category", if row.category.is_empty() { "-".to_owned() } else { row.category.clone() }),
            detail("Offered", if row.is_offered { "yes" } else { "no longer" }.to_owned()),
        ],
        Line::Asset(row) => {
            let who = match (&row.customer_name, row.subscription_id) {
                (Some(name), Some(id)) => format!("{name}, {}", id.shown()),
                _ => "nobody".to_owned(),
            };
            vec![
                detail("State", row.state.word().to_owned()),
                detail("Cost", format!("{} net", money(row.cost))),
                detail("With", who),
                detail("Received", format!("{} net", money(row.recovered))),
                detail("Bought", row.bought_on.map_or_else(|| "-".to_owned(), |day| style.long_date(day))),
                detail("Recovery", words::recovery(row.recovered, Some(row.cost))),
            ]
        }
    }
}
