//! What the shop rents out: products and their variants, and behind each its assets.

mod history;
mod rows;

use ratatui::layout::Rect;

use super::asset::AssetForm;
use super::form::ProductForm;
use super::stock::{Dispose, EditAsset, EditVariant};
use crate::domain::format::Style;
use crate::domain::id::{AssetId, VariantId};
use crate::domain::status::AssetState;
use crate::services::DeskError;
use crate::services::actions::stock::StockDraft;
use crate::services::reads::{AssetFilter, AssetRow, Slice, VariantFilter, VariantRow, assets, variants};
use crate::tui::command::{Able, Command};
use crate::tui::desk::{self, Action, Desk, Done, Outcome, Trouble};
use crate::tui::forms::FormDialog;
use crate::tui::keymap::Context;
use crate::tui::place::Place;
use crate::tui::reply::{ACTIONS, Answer, Entry, Input, Reply, Screen};
use crate::tui::widgets::canvas::Canvas;
use crate::tui::widgets::listing::{Heard, Listing, Surroundings};
use crate::tui::widgets::records::{Records, Shown};

/// The saved views: the first lists variants, the others assets.
const VIEWS: [&str; 5] = ["Products", "All assets", "In stock", "Rented", "Retired"];
/// Why a row is needed.
const NO_ROW: &str = "There is no row under the cursor. F6 makes a new product.";

/// What a row is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
enum Key {
    Variant(VariantId),
    Asset(AssetId),
}

/// A row.
#[derive(Clone, Debug)]
enum Line {
    Variant(VariantRow),
    Asset(AssetRow),
}

/// The page.
#[derive(Debug)]
pub struct Products {
    listing: Listing<Key>,
    records: Records<Key, Line>,
    /// Only assets of this variant.
    of: Option<VariantRow>,
    style: Style,
}

impl Default for Products {
    fn default() -> Self {
        Self::new()
    }
}

impl Products {
    /// All products.
    pub fn new() -> Self {
        let listing = Listing::new(VIEWS.to_vec(), rows::variant_columns()).unmarked();
        Self { listing, records: Records::default(), of: None, style: Style::default() }
    }

    fn shows_assets(&self) -> bool {
        self.listing.views.active() != 0
    }

    fn state(&self) -> Option<AssetState> {
        match self.listing.views.name() {
            "In stock" => Some(AssetState::InStock),
            "Rented" => Some(AssetState::Rented),
            "Retired" => Some(AssetState::Retired),
            _ => None,
        }
    }

    fn line(&self) -> Option<&Line> {
        self.listing.table.key().and_then(|key| self.records.get(key))
    }

    /// The variant under the cursor, or the one whose assets are shown.
    fn variant(&self) -> Option<&VariantRow> {
        match self.line() {
            Some(Line::Variant(row)) => Some(row),
            _ => self.of.as_ref(),
        }
    }

    fn load(&mut self, desk: &Desk) -> Result<(), Trouble> {
        self.style = desk::style(desk);
        let style = self.style;
        let query = self.listing.find.text().to_owned();
        let shown = Shown { row: |line: &Line| rows::row(line, style), cursor: Line::cursor };
        if self.shows_assets() {
            let variant = self.of.as_ref().map(|row| row.id);
            let filter = AssetFilter { query, variant, state: self.state() };
            self.records.fill(&mut self.listing.table, &shown, |page| {
                let slice = desk.read(|db| assets(db, &filter, page).map_err(DeskError::from))?;
                Ok::<_, Trouble>(lines(slice, Line::Asset))
            })
        } else {
            let filter = VariantFilter { query, withdrawn: true };
            self.records.fill(&mut self.listing.table, &shown, |page| {
                let slice = desk.read(|db| variants(db, &filter, page).map_err(DeskError::from))?;
                Ok::<_, Trouble>(lines(slice, Line::Variant))
            })
        }
    }

    fn loaded(&mut self, desk: &Desk) -> Reply {
        match self.load(desk) {
            Ok(()) => Reply::Nothing,
            Err(trouble) => Reply::refuse(trouble.sentence()),
        }
    }

    /// Shows another view from its first row.
    fn show(&mut self, view: usize, desk: &Desk) -> Reply {
        self.listing.views.choose(view);
        self.listing.find.clear();
        self.listing.table.reset();
        self.narrowed(desk)
    }

    fn narrowed(&mut self, desk: &Desk) -> Reply {
        if !self.shows_assets() {
            self.of = None;
        }
        let columns = if self.shows_assets() { rows::asset_columns() } else { rows::variant_columns() };
        *self.listing.table.columns_mut() = columns;
        self.loaded(desk)
    }

    fn heard(&mut self, heard: Heard, command: Option<Command>, desk: &Desk) -> Reply {
        match heard {
            Heard::Taken => self.loaded(desk),
            Heard::Narrowed => self.narrowed(desk),
            Heard::Opened => self.open(desk),
            Heard::AllNeeded => Reply::refuse("Nothing is done with many of these at once."),
            Heard::NotMine => command.map_or(Reply::Nothing, |command| self.command(command, desk)),
        }
    }

    /// Enter on a product shows its assets, on an asset who rents it.
    fn open(&mut self, desk: &Desk) -> Reply {
        match self.line().cloned() {
            Some(Line::Variant(row)) => {
                self.of = Some(row);
                self.show(1, desk)
            }
            Some(Line::Asset(row)) => match row.subscription_id {
                Some(id) => Reply::Go(Place::Subscription(id)),
                None => Reply::say(format!("{} is {}: nobody rents it.", row.serial, row.state.word().to_lowercase())),
            },
            None => Reply::refuse(NO_ROW),
        }
    }

    fn command(&mut self, command: Command, desk: &Desk) -> Reply {
        match command {
            Command::Back if self.shows_assets() => {
                let of = self.of.take();
                let reply = self.show(0, desk);
                if let Some(row) = of {
                    self.listing.table.select(Key::Variant(row.id));
                }
                reply
            }
            Command::New if self.shows_assets() => self.new_asset(desk),
            Command::New => Reply::open(FormDialog::new(ProductForm::new(self.listing.find.text()), desk)),
            Command::Main => self.new_asset(desk),
            Command::Edit => self.edit(desk),
            Command::Copy => match self.line() {
                Some(Line::Asset(row)) => Reply::Copy(row.serial.clone()),
                Some(Line::Variant(row)) => Reply::Copy(rows::named(row)),
                None => Reply::Pass,
            },
            _ => Reply::Pass,
        }
    }

    fn new_asset(&self, desk: &Desk) -> Reply {
        match self.variant() {
            Some(row) => {
                let form = AssetForm::new(row.id, rows::named(row), row.price.currency());
                Reply::open(FormDialog::new(form, desk))
            }
            None => Reply::refuse("Say of which product: go to Products with Left, and press F8 on it."),
        }
    }

    fn edit(&self, desk: &Desk) -> Reply {
        match self.line() {
            Some(Line::Variant(row)) => Reply::open(FormDialog::new(EditVariant::new(row), desk)),
            Some(Line::Asset(row)) => Reply::open(FormDialog::new(EditAsset::new(row), desk)),
            None => Reply::refuse(NO_ROW),
        }
    }

    fn given(&mut self, answer: &Answer, desk: &Desk) -> Reply {
        match (answer.asked, answer.key.as_str(), self.line()) {
            (ACTIONS, "open", _) => self.open(desk),
            (ACTIONS, "asset", _) => self.new_asset(desk),
            (ACTIONS, "variant", Some(Line::Variant(row))) => {
                Reply::open(FormDialog::new(ProductForm::variant_of(&row.product, &row.category), desk))
            }
            (ACTIONS, "edit", _) => self.edit(desk),
            (ACTIONS, "offer", Some(Line::Variant(row))) => {
                let (id, offered) = (row.id, !row.is_offered);
                Reply::perform(Action::ChangeStock(StockDraft::Offer { id, offered }))
            }
            (ACTIONS, "history", Some(Line::Asset(row))) => history::open(row, self.style, desk),
            (ACTIONS, key @ ("retire" | "sell"), Some(Line::Asset(row))) => {
                Reply::open(FormDialog::new(Dispose::new(row, key == "sell"), desk))
            }
            (ACTIONS, "customer", Some(Line::Asset(row))) => {
                row.customer_id.map_or(Reply::Nothing, |id| Reply::Go(Place::Customer(id)))
            }
            _ => Reply::Nothing,
        }
    }

    fn empty(&self) -> String {
        let typed = self.listing.find.text();
        if !typed.is_empty() {
            return format!("Nothing has \"{typed}\". Esc shows all again.");
        }
        match (self.shows_assets(), self.of.as_ref()) {
            (false, _) => "There are no products yet. F6 adds the first one with its price.".to_owned(),
            (true, Some(row)) => {
                format!("No asset of {} is here. F6 adds one with its serial number.", rows::named(row))
            }
            (true, None) => "No asset is here. Go to Products with Left; F8 adds an asset to one.".to_owned(),
        }
    }
}

fn lines<R>(slice: Slice<R>, line: fn(R) -> Line) -> Slice<Line> {
    let Slice { rows, more_before, more_after, totals } = slice;
    Slice { rows: rows.into_iter().map(line).collect(), more_before, more_after, totals }
}

impl Screen for Products {
    fn context(&self) -> Context {
        Context::List
    }

    fn typing(&self) -> bool {
        !self.listing.find.is_empty()
    }

    fn crumbs(&self) -> Vec<String> {
        let mut way = vec!["Products and assets".to_owned()];
        way.extend(self.of.as_ref().map(rows::named));
        way
    }

    fn refresh(&mut self, desk: &Desk) -> Result<(), Trouble> {
        self.listing.table.reload();
        self.load(desk)
    }

    fn can(&self, command: Command) -> Able {
        match command {
            Command::New | Command::Pane => Able::Yes,
            Command::Open | Command::Edit => Able::when(self.line().is_some(), NO_ROW),
            Command::Main => Able::when(self.variant().is_some(), "Say of which product: go to Products with Left."),
            _ => Able::NotHere,
        }
    }

    fn word(&self, command: Command) -> Option<&'static str> {
        match (command, self.shows_assets()) {
            (Command::Main, _) => Some("Add asset"),
            (Command::New, false) => Some("New product"),
            (Command::New, true) => Some("New asset"),
            (Command::Open, false) => Some("Its assets"),
            _ => None,
        }
    }

    fn actions(&self, _desk: &Desk) -> Vec<Entry> {
        match self.line() {
            Some(Line::Variant(row)) => vec![
                Entry::new("open", format!("Show the assets of {}", rows::named(row))).letter('o').note("Enter"),
                Entry::new("variant", format!("Add another variant of {}", row.product)).letter('n'),
                Entry::new("asset", format!("Add an asset of {}", rows::named(row))).letter('a').note("F8"),
                Entry::new("edit", format!("Edit {}: name, price, tax", rows::named(row))).letter('e').note("F2"),
                Entry::new(
                    "offer",
                    format!("Offer {} {}", rows::named(row), if row.is_offered { "no longer" } else { "again" }),
                )
                .letter('g'),
            ],
            Some(Line::Asset(row)) => {
                let in_stock = Able::when(row.state == AssetState::InStock, "It is not in stock.");
                let rented = Able::when(row.customer_id.is_some(), "Nobody rents it.");
                vec![
                    Entry::new("open", format!("Open the subscription of {}", row.serial))
                        .letter('s')
                        .note("Enter")
                        .able(rented.clone()),
                    Entry::new("customer", format!("Open the customer of {}", row.serial)).letter('k').able(rented),
                    Entry::new("history", format!("Who had {} when", row.serial)).letter('h'),
                    Entry::new("edit", format!("Edit {}: serial and cost", row.serial)).letter('e').note("F2"),
                    Entry::new("retire", format!("Retire {}", row.serial)).letter('x').able(in_stock.clone()),
                    Entry::new("sell", format!("Sell {}", row.serial)).letter('v').able(in_stock),
                ]
            }
            None => Vec::new(),
        }
    }

    fn hint(&self) -> (String, String) {
        let left = if self.shows_assets() {
            "Type the start of a serial number; Esc goes back to the products."
        } else {
            "Type a part of the name; Enter shows the assets; F8 adds one."
        };
        (left.to_owned(), self.listing.table.position_text())
    }

    fn handle(&mut self, input: Input, desk: &Desk) -> Reply {
        let command = if let Input::Command(command) = &input { Some(*command) } else { None };
        let heard = match input {
            Input::Command(command) => self.listing.command(command),
            Input::Typed(letter) => self.listing.typed(letter),
            Input::Pasted(text) => self.listing.pasted(&text),
            Input::Clicked(target) => self.listing.clicked(target),
            Input::Given(answer) => return self.given(&answer, desk),
        };
        self.heard(heard, command, desk)
    }

    /// What was added gets the cursor, where it is among the rows that are loaded.
    fn done(&mut self, done: &Done, desk: &Desk) -> Reply {
        let key = match done.outcome {
            Outcome::Variant(_, id) => Key::Variant(id),
            Outcome::Asset(id) => Key::Asset(id),
            _ => return Reply::Nothing,
        };
        self.listing.find.clear();
        self.listing.table.reset();
        let reply = self.narrowed(desk);
        self.listing.table.select(key);
        reply
    }

    fn render(&mut self, canvas: &mut Canvas<'_>, area: Rect) {
        let show = Surroundings {
            count: String::new(),
            filters: self.of.iter().map(|row| ("Of", rows::named(row))).collect(),
            title: self.line().map(Line::title).unwrap_or_default(),
            marked: String::new(),
            details: self.line().map(|line| rows::details(line, self.style)).unwrap_or_default(),
            empty: self.empty(),
        };
        self.listing.render(canvas, area, &show);
    }
}
