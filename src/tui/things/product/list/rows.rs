//! How variants and assets read.

use super::super::deeds::named;
use super::{Key, Line};
use crate::domain::format::Style;
use crate::domain::money::Money;
use crate::services::reads::Cursor;
use crate::shown::columns::product::{ASSETS, VARIANTS, tax};
use crate::shown::view::View;
use crate::tui::widgets::strip::Detail;
use crate::tui::widgets::table::{Row, listed};
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

pub(super) fn row(line: &Line, look: View) -> Row<Key> {
    let cells = match line {
        Line::Variant(row) => listed::cells(row, VARIANTS, look),
        Line::Asset(row) => listed::cells(row, ASSETS, look),
    };
    Row { key: line.key(), cells, worth: None }
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
