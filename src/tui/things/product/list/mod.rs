//! What the shop rents out: products and their variants, and behind each its assets.

mod rows;

use super::deeds::{self, ASSET_DEEDS, ThisAsset, ThisVariant, VARIANT_DEEDS, named};
use super::form::ProductForm;
use crate::domain::id::{AssetId, VariantId};
use crate::domain::status::AssetState;
use crate::services::DeskError;
use crate::services::reads::{
    AssetFilter, AssetRow, Cursor, Page, Slice, Totals, VariantFilter, VariantRow, assets, variants,
};
use crate::shown::cell::Cell as Value;
use crate::shown::column::Listed as _;
use crate::shown::columns::product::{ASSETS, VARIANTS};
use crate::shown::view::View;
use crate::tui::command::Command;
use crate::tui::desk::{Desk, Outcome};
use crate::tui::forms::FormDialog;
use crate::tui::page::deed::{self, Menu};
use crate::tui::page::list::{At, List, Look, Picked, Turn};
use crate::tui::place::Place;
use crate::tui::reply::Reply;
use crate::tui::widgets::listing::Listing;
use crate::tui::widgets::strip::Detail;
use crate::tui::widgets::table::{Column, Row, listed};

/// What a row is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Key {
    Variant(VariantId),
    Asset(AssetId),
}

/// A row.
#[derive(Clone, Debug)]
pub enum Line {
    Variant(VariantRow),
    Asset(AssetRow),
}

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Asked {
    text: String,
    shows_assets: bool,
    state: Option<AssetState>,
    /// Only assets of this variant.
    of: Option<VariantRow>,
}

/// The list of products.
#[derive(Debug, Default)]
pub struct Products {
    /// Only assets of this variant.
    of: Option<VariantRow>,
}

impl List for Products {
    type Key = Key;
    type Row = Line;
    type Query = Asked;

    /// The first lists variants, the others assets.
    const VIEWS: &'static [(&'static str, &'static str)] = &[
        ("Products", "products"),
        ("All assets", "all"),
        ("In stock", "in_stock"),
        ("Rented", "rented"),
        ("Retired", "retired"),
    ];
    const ONE: &'static str = "product";
    const NO_ROW: &'static str = "There is no row under the cursor. F6 makes a new product.";
    const KEYS: &'static [Command] = &[Command::Open, Command::Edit, Command::Main];
    const OWN: &'static [Command] = &[Command::New];
    const TAKES_MARKS: bool = false;

    fn query(&self, view: usize, text: &str) -> Asked {
        let state = match view {
            2 => Some(AssetState::InStock),
            3 => Some(AssetState::Rented),
            4 => Some(AssetState::Retired),
            _ => None,
        };
        Asked { text: text.to_owned(), shows_assets: view != 0, state, of: self.of.clone() }
    }

    fn columns(query: &Asked) -> Vec<Column> {
        if query.shows_assets {
            listed::columns::<AssetRow>(ASSETS, None)
        } else {
            listed::columns::<VariantRow>(VARIANTS, None)
        }
    }

    fn read(desk: &Desk, query: &Asked, page: &Page) -> Result<Slice<Line>, DeskError> {
        let query_text = query.text.clone();
        if query.shows_assets {
            let variant = query.of.as_ref().map(|row| row.id);
            let filter = AssetFilter { query: query_text, variant, state: query.state };
            return Ok(lines(desk.read(|db| assets(db, &filter, page).map_err(DeskError::from))?, Line::Asset));
        }
        let filter = VariantFilter { query: query_text, withdrawn: true, currency: None };
        Ok(lines(desk.read(|db| variants(db, &filter, page).map_err(DeskError::from))?, Line::Variant))
    }

    fn count(_desk: &Desk, _query: &Asked) -> Result<Totals, DeskError> {
        Ok(Totals::default())
    }

    fn key(row: &Line) -> Key {
        row.key()
    }

    fn cursor(row: &Line, _query: &Asked) -> Cursor {
        row.cursor()
    }

    fn row(row: &Line, _query: &Asked, look: Look) -> Row<Key> {
        rows::row(row, look.view())
    }

    fn keys(query: &Self::Query) -> Vec<&'static str> {
        if query.shows_assets { AssetRow::keys().collect() } else { VariantRow::keys().collect() }
    }

    fn values(row: &Line, view: View) -> Vec<Value> {
        match row {
            Line::Variant(row) => row.values(view),
            Line::Asset(row) => row.values(view),
        }
    }

    fn title(row: &Line) -> String {
        row.title()
    }

    fn details(row: &Line, look: Look, _desk: &Desk) -> Result<Vec<Detail>, DeskError> {
        Ok(rows::details(row, look.style))
    }

    fn menu(picked: &Picked<'_, Self>) -> Box<dyn Menu> {
        match picked.row {
            Line::Variant(row) => deed::menu(VARIANT_DEEDS, ThisVariant::new(row)),
            Line::Asset(row) => deed::menu(ASSET_DEEDS, ThisAsset::new(row, picked.query.of.clone())),
        }
    }

    fn empty(&self, query: &Asked, _view: &'static str, text: &str) -> String {
        if !text.is_empty() {
            return format!("Nothing has \"{text}\". Esc shows all again.");
        }
        match (query.shows_assets, &query.of) {
            (false, _) => "There are no products yet. F6 adds the first one with its price.".to_owned(),
            (true, Some(row)) => format!("No asset of {} is here. F6 adds one with its serial number.", named(row)),
            (true, None) => "No asset is here. Go to Products with Left; F8 adds an asset to one.".to_owned(),
        }
    }

    fn hint(query: &Asked, _marked: usize) -> &'static str {
        if query.shows_assets {
            "Type the start of a serial number; Esc goes back to the products."
        } else {
            "Type a part of the name; Enter shows the assets; F8 adds one."
        }
    }

    fn crumbs(&self) -> Vec<String> {
        let mut way = vec!["Products and assets".to_owned()];
        way.extend(self.of.as_ref().map(named));
        way
    }

    fn is_counted(_query: &Asked) -> bool {
        false
    }

    fn chips(&self, _query: &Asked, _look: Look) -> Vec<(&'static str, String)> {
        self.of.iter().map(|row| ("Of", named(row))).collect()
    }

    fn is_plain(&self, listing: &Listing<Key>) -> bool {
        listing.views.active() == 0
    }

    /// Back to the products, with the cursor on the one whose assets were shown.
    fn clear(&mut self, listing: &mut Listing<Key>) -> Option<Key> {
        listing.views.choose(0);
        listing.find.clear();
        listing.table.reset();
        self.of.take().map(|row| Key::Variant(row.id))
    }

    fn turned(&mut self, view: usize) {
        if view == 0 {
            self.of = None;
        }
    }

    fn word(&self, command: Command, query: &Asked) -> Option<&'static str> {
        match (command, query.shows_assets) {
            (Command::Main, _) => Some("Add asset"),
            (Command::New, false) => Some("New product"),
            (Command::New, true) => Some("New asset"),
            _ => None,
        }
    }

    fn own(&mut self, command: Command, at: &At<'_, Self>, desk: &Desk) -> Turn {
        Turn::Do(match (command, at.query.shows_assets, &self.of) {
            (Command::New, false, _) => Reply::open(FormDialog::new(ProductForm::new(at.text), desk)),
            (Command::New, true, Some(row)) => deeds::new_asset(row, desk),
            (Command::New, true, None) => {
                Reply::refuse("Say of which product: go to Products with Left, and press F8 on it.")
            }
            _ => return Turn::Pass,
        })
    }

    /// Enter on a product shows its assets, on an asset who rents it.
    fn open(&mut self, at: &At<'_, Self>, listing: &mut Listing<Key>) -> Turn {
        match at.row {
            Some(Line::Variant(row)) => {
                self.of = Some(row.clone());
                listing.views.choose(1);
                listing.find.clear();
                Turn::Anew(Reply::Nothing)
            }
            Some(Line::Asset(row)) => Turn::Do(match row.subscription_id {
                Some(id) => Reply::Go(Place::Subscription(id)),
                None => Reply::say(format!("{} is {}: nobody rents it.", row.serial, row.state.word().to_lowercase())),
            }),
            None => Turn::Pass,
        }
    }

    fn copied(row: &Line) -> Option<String> {
        Some(match row {
            Line::Asset(row) => row.serial.clone(),
            Line::Variant(row) => named(row),
        })
    }

    /// What was added gets the cursor, where it is among the rows that are loaded.
    fn made(outcome: &Outcome, _desk: &Desk) -> Option<(Key, Option<Line>)> {
        match *outcome {
            Outcome::Variant(_, id) => Some((Key::Variant(id), None)),
            Outcome::Asset(id) => Some((Key::Asset(id), None)),
            _ => None,
        }
    }
}

fn lines<R>(slice: Slice<R>, line: fn(R) -> Line) -> Slice<Line> {
    let Slice { rows, more_before, more_after, totals } = slice;
    Slice { rows: rows.into_iter().map(line).collect(), more_before, more_after, totals }
}
