//! Step 2: what is rented, a row an item.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use super::begin::{Defaults, Proposed};
use super::columns::{COLUMNS, SHIP_TO, place, row_count};
use super::places;
use super::reading::{Catalogue, Known, named, read_items};
use crate::domain::frequency::Frequency;
use crate::domain::id::VariantId;
use crate::domain::money::Money;
use crate::domain::status::AssetState;
use crate::domain::text::serial_key;
use crate::domain::typed;
use crate::services::DeskError;
use crate::services::reads::{AssetFilter, Page, VariantFilter, VariantRow, assets, variants};
use crate::tui::command::Command;
use crate::tui::desk::Desk;
use crate::tui::forms::{Field, Form, Item, Read};
use crate::tui::reply::{Answer, Reply};

/// Under this name a row is asked to be removed; the text of the answer is its number.
pub(super) const REMOVE: &str = "remove row";
/// The most rows of an order.
pub(super) const MOST_ROWS: usize = 200;
/// How many values a list offers.
const OFFERED: usize = 60;
/// The rows.
#[derive(Debug)]
pub(super) struct ItemsStep {
    catalogue: Catalogue,
    places: places::Shared,
    /// The variant of each row, while one is chosen.
    chosen: Vec<Option<VariantId>>,
    defaults: Defaults,
    /// The rows it begins with, where it is an order taken again.
    begin: Vec<Field>,
}

impl ItemsStep {
    /// One row that waits to be filled in.
    pub(super) fn new(catalogue: Catalogue, places: places::Shared, defaults: Defaults) -> Self {
        Self { catalogue, places, chosen: vec![None], defaults, begin: Vec::new() }
    }

    /// With these rows filled in.
    pub(super) fn with(mut self, rows: &[Proposed], desk: &Desk) -> Self {
        let style = self.defaults.style;
        for (number, Proposed { what, draft, serial }) in rows.iter().enumerate() {
            let deposit = Money::parse(&draft.deposit, what.price.currency()).ok().filter(|money| !money.is_zero());
            let price = Money::parse(&draft.price, what.price.currency()).unwrap_or(what.price);
            let item = Item::new(what.id.to_string(), named(what));
            let item = Some(&item).filter(|_| what.is_offered);
            let day = |name: String| Field::date(name, "Starts", Some(draft.start_on), self.defaults.today, style);
            let lookup = |column: usize, label: &'static str, item: Option<&Item>| {
                Field::lookup(format!("{}.{number}", COLUMNS[column]), label, item)
            };
            let mut row = self.row(number, &[]);
            for (column, field) in row.iter_mut().enumerate() {
                let was = field.clone();
                *field = match COLUMNS[column] {
                    "item" if item.is_none() => was.with(named(what)),
                    "item" => lookup(column, "Item", item),
                    "serial" => lookup(column, "Serial no.", serial.as_ref().map(|it| Item::new(it, it)).as_ref()),
                    "quantity" => was.with(draft.quantity.to_string()),
                    "months" => was.with(draft.months.to_string()),
                    "every" => was.with(draft.frequency.code()),
                    "price" => was.with(style.amount(price)),
                    "starts" => day(was.name.to_string()),
                    "deposit" => was.with(deposit.map(|money| style.amount(money)).unwrap_or_default()),
                    _ => lookup(column, "Ship to", Some(&self.places.borrow().item(draft.ship_to, desk))),
                };
            }
            self.begin.extend(row);
            self.catalogue.borrow_mut().insert(what.id, what.clone());
        }
        self.chosen = rows.iter().map(|row| Some(row.what.id).filter(|_| row.what.is_offered)).collect();
        self
    }

    /// The fields of a row; those that repeat begin as in the row above.
    fn row(&self, number: usize, above: &[Field]) -> Vec<Field> {
        let Defaults { months, frequency, today, style, .. } = self.defaults;
        let last = |column: &str| {
            let name = number.checked_sub(1).map(|above| format!("{column}.{above}"));
            name.and_then(|name| above.iter().find(|field| field.name == name)).map(Field::value)
        };
        let name = |column: &str| format!("{column}.{number}");
        let every = Frequency::ALL.iter().map(|every| Item::new(every.code(), every.word())).collect();
        let starts = last("starts").filter(|text| !text.is_empty());
        let day = typed::date(starts.as_deref().unwrap_or("t"), style.date, today).unwrap_or(today);
        vec![
            Field::lookup(name("item"), "Item", None),
            Field::lookup(name("serial"), "Serial no.", None),
            Field::text(name("quantity"), "Qty").with("1"),
            Field::text(name("months"), "Months").with(last("months").unwrap_or_else(|| months.to_string())),
            Field::choice(name("every"), "Every", every, &last("every").unwrap_or_else(|| frequency.code().to_owned())),
            Field::amount(name("price"), "Price").last(last("price")),
            Field::date(name("starts"), "Starts", Some(day), today, style).last(last("starts")),
            Field::amount(name("deposit"), "Deposit").last(last("deposit")),
            Field::lookup(name("ship_to"), "Ship to", Some(&self.places.borrow().order)).width(46),
        ]
    }

    fn known(&self) -> Known {
        let (catalogue, places) = (Rc::clone(&self.catalogue), Rc::clone(&self.places));
        Known { catalogue, places, style: self.defaults.style }
    }

    /// The variants that fit what is typed, those the customer likes before all others.
    fn variants(&self, typed: &str, desk: &Desk) -> Vec<Item> {
        let read = |query: &str| {
            let filter = VariantFilter { query: query.to_owned(), withdrawn: false, currency: self.defaults.currency };
            let found = desk.read(|db| variants(db, &filter, &Page::first(OFFERED)).map_err(DeskError::from));
            found.map(|slice| slice.rows).unwrap_or_default()
        };
        let mut rows = read(typed);
        let fitting: HashSet<VariantId> = rows.iter().map(|row| row.id).collect();
        let mut hits: HashMap<VariantId, usize> = HashMap::new();
        for row in self.defaults.likes.iter().flat_map(|like| read(like)) {
            *hits.entry(row.id).or_default() += 1;
            // More may fit than one list offers; without a text all do.
            if typed.trim().is_empty() && !fitting.contains(&row.id) && hits.get(&row.id) == Some(&1) {
                rows.push(row);
            }
        }
        rows.sort_by_key(|row| Reverse(hits.get(&row.id).copied().unwrap_or(0)));
        rows.truncate(OFFERED);
        let style = self.defaults.style;
        let offered = |row: &VariantRow| {
            let note = format!("{:>3} free  {:>10} / month", row.free_count, style.amount(row.price));
            Item::new(row.id.to_string(), named(row)).note(note)
        };
        let items = rows.iter().map(offered).collect();
        self.catalogue.borrow_mut().extend(rows.into_iter().map(|row| (row.id, row)));
        items
    }

    fn serials(&self, number: usize, typed: &str, desk: &Desk) -> Vec<Item> {
        let Some(variant) = self.chosen.get(number).copied().flatten() else { return Vec::new() };
        let filter = AssetFilter { query: typed.to_owned(), variant: Some(variant), state: Some(AssetState::InStock) };
        let found = desk.read(|db| assets(db, &filter, &Page::first(OFFERED)).map_err(DeskError::from));
        let style = self.defaults.style;
        let rows = found.map(|slice| slice.rows).unwrap_or_default();
        let offered = rows.iter().map(|row| {
            let bought = row.bought_on.map(|day| format!("bought {}", style.long_date(day))).unwrap_or_default();
            Item::new(&row.serial, &row.serial).note(bought)
        });
        offered.collect()
    }
}

impl Form for ItemsStep {
    fn title(&self) -> String {
        "New order".to_owned()
    }

    fn fields(&self, _desk: &Desk) -> Vec<Field> {
        if self.begin.is_empty() { self.row(0, &[]) } else { self.begin.clone() }
    }

    fn items(&self, name: &str, typed: &str, desk: &Desk) -> Vec<Item> {
        match place(name) {
            Some((0, _)) => self.variants(typed, desk),
            Some((1, row)) => self.serials(row, typed, desk),
            Some((SHIP_TO, _)) => self.places.borrow().offered(typed, desk),
            _ => Vec::new(),
        }
    }

    /// A chosen item brings its list price; the serial number of another item goes.
    fn changed(&mut self, name: &str, fields: &mut [Field], _desk: &Desk) {
        let Some((0, row)) = place(name) else { return };
        let key = fields.iter().find(|field| field.name == name).map(Field::value).unwrap_or_default();
        let chosen: Option<VariantId> = key.parse().ok().filter(|id| self.catalogue.borrow().contains_key(id));
        let Some(kept) = self.chosen.get_mut(row) else { return };
        if *kept == chosen {
            return;
        }
        *kept = chosen;
        let catalogue = self.catalogue.borrow();
        let price = chosen.and_then(|id| catalogue.get(&id)).map(|row| self.defaults.style.amount(row.price));
        for field in fields {
            match place(&field.name) {
                Some((1, at)) if at == row => field.fill(""),
                Some((5, at)) if at == row => field.fill(price.as_deref().unwrap_or("")),
                _ => {}
            }
        }
    }

    fn submit(&self, read: &mut Read<'_>, desk: &Desk) -> Option<Reply> {
        let rows = self.chosen.len();
        let items = read_items(read, rows, &self.known());
        let mut taken: Vec<(usize, String)> = Vec::new();
        for row in 0..rows {
            let serial = read.text(&format!("serial.{row}"));
            if serial.is_empty() || self.chosen.get(row).copied().flatten().is_none() {
                continue;
            }
            let name = format!("serial.{row}");
            if let Some((other, _)) = taken.iter().find(|(_, known)| serial_key(known) == serial_key(&serial)) {
                read.refuse(&name, format!("row {} has this one already", other + 1));
                return None;
            }
            if !self.serials(row, &serial, desk).iter().any(|item| serial_key(&item.key) == serial_key(&serial)) {
                read.refuse(&name, format!("there is no free asset {serial} of this kind: F4 lists them"));
                return None;
            }
            taken.push((row, serial));
        }
        items.filter(|items| !items.is_empty()).map(|_| Reply::Close)
    }

    /// A row goes, and those below it move up.
    fn given(&mut self, answer: &Answer, fields: &mut Vec<Field>, desk: &Desk) -> Reply {
        let (Ok(row), true) = (answer.text.parse::<usize>(), answer.asked == REMOVE) else { return Reply::Nothing };
        if row >= self.chosen.len() {
            return Reply::Nothing;
        }
        self.chosen.remove(row);
        fields.drain(row * COLUMNS.len()..(row + 1) * COLUMNS.len());
        for (number, field) in fields.iter_mut().enumerate() {
            field.name = format!("{}.{}", COLUMNS[number % COLUMNS.len()], number / COLUMNS.len()).into();
        }
        if fields.is_empty() {
            return self.command(Command::AddRow, fields, desk);
        }
        Reply::Nothing
    }

    fn offers(&self, command: Command) -> bool {
        command == Command::AddRow
    }

    fn command(&mut self, command: Command, fields: &mut Vec<Field>, _desk: &Desk) -> Reply {
        if command != Command::AddRow {
            return Reply::Pass;
        }
        let number = row_count(fields);
        if number >= MOST_ROWS {
            return Reply::refuse(format!("An order has at most {MOST_ROWS} rows."));
        }
        let row = self.row(number, fields);
        fields.extend(row);
        self.chosen.push(None);
        Reply::Nothing
    }
}
