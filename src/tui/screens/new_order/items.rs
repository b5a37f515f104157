//! Step 2: what is rented, a row an item.

use std::cell::RefCell;
use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use super::again::Proposed;
use super::places::{self, SHIP_TO};
use chrono::NaiveDate;

use crate::domain::format::Style;
use crate::domain::frequency::Frequency;
use crate::domain::id::VariantId;
use crate::domain::money::Money;
use crate::domain::schedule::Schedule;
use crate::domain::status::AssetState;
use crate::domain::typed;
use crate::services::DeskError;
use crate::services::actions::order::ItemDraft;
use crate::services::order_plan::Planning;
use crate::services::reads::{AssetFilter, Page, Preferences, VariantFilter, VariantRow, assets, variants};
use crate::tui::command::Command;
use crate::tui::desk::Desk;
use crate::tui::forms::{Field, Form, Item, Read};
use crate::tui::reply::{Answer, Reply};
use crate::tui::words;

/// The fields of a row, in their order.
pub(super) const COLUMNS: [&str; 9] =
    ["item", "serial", "quantity", "months", "every", "price", "starts", "deposit", "ship_to"];
/// Under this name a row is asked to be removed; the text of the answer is its number.
pub(super) const REMOVE: &str = "remove row";
/// The most rows of an order.
pub(super) const MOST_ROWS: usize = 200;
/// How many values a list offers.
const OFFERED: usize = 60;
/// How many words of what a customer likes are looked for.
const LIKES: usize = 8;

/// The variants that were seen in lists.
pub(super) type Catalogue = Rc<RefCell<HashMap<VariantId, VariantRow>>>;

/// What new rows begin with.
#[derive(Clone, Debug)]
pub(super) struct Defaults {
    pub months: i64,
    pub frequency: Frequency,
    /// What the customer likes, word by word: the variants that have most of it are offered first.
    pub likes: Vec<String>,
    pub today: NaiveDate,
    pub style: Style,
}

impl Defaults {
    /// The customer's own wishes, else twelve months, billed monthly.
    pub(super) fn new(wishes: Option<&Preferences>, today: NaiveDate, style: Style) -> Self {
        let months = wishes.and_then(|wishes| wishes.months).unwrap_or(12);
        let likes = wishes.map(|wishes| likes(&wishes.text)).unwrap_or_default();
        Self { months, frequency: wishes.and_then(|wishes| wishes.frequency).unwrap_or_default(), likes, today, style }
    }
}

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
            let filter = VariantFilter { query: query.to_owned(), withdrawn: false };
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

/// The words of what a customer likes, without the s of a plural: `grey laptops` finds a laptop.
fn likes(text: &str) -> Vec<String> {
    let words = text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| word.chars().count() > 2);
    let singular = |word: &str| match word.strip_suffix('s') {
        Some(one) if one.chars().count() > 2 => one.to_owned(),
        _ => word.to_owned(),
    };
    words.map(singular).take(LIKES).collect()
}

/// Product and variant in one line; the only variant of a product needs no name.
fn named(row: &VariantRow) -> String {
    if row.name == "standard" { row.product.clone() } else { format!("{}, {}", row.product, row.name) }
}

/// The items, ready to be scheduled; `None` when one cannot be.
pub(super) fn planned(items: &[ItemDraft], anchor_day: Option<u32>, catalogue: &Catalogue) -> Option<Vec<Planning>> {
    let catalogue = catalogue.borrow();
    let one = |item: &ItemDraft| {
        let variant = catalogue.get(&item.variant)?;
        let currency = variant.price.currency();
        let deposit = match item.deposit.as_str() {
            "" => Money::zero(currency),
            text => Money::parse(text, currency).ok()?,
        };
        Some(Planning {
            what: named(variant),
            quantity: item.quantity,
            schedule: Schedule::for_months(item.start_on, item.months, item.frequency, anchor_day).ok()?,
            monthly: Money::parse(&item.price, currency).ok()?,
            deposit,
        })
    };
    items.iter().map(one).collect()
}

/// Column and row of a field.
pub(super) fn place(name: &str) -> Option<(usize, usize)> {
    let (column, row) = name.split_once('.')?;
    Some((COLUMNS.iter().position(|known| *known == column)?, row.parse().ok()?))
}

/// How many rows the fields make.
pub(super) const fn row_count(fields: &[Field]) -> usize {
    fields.len() / COLUMNS.len()
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
            if let Some((other, _)) = taken.iter().find(|(_, known)| *known == serial) {
                read.refuse(&name, format!("row {} has this one already", other + 1));
                return None;
            }
            if !self.serials(row, &serial, desk).iter().any(|item| item.key == serial) {
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

/// What a row is read by.
#[derive(Clone, Debug)]
pub(super) struct Known {
    pub catalogue: Catalogue,
    pub places: places::Shared,
    pub style: Style,
}

/// Reads the rows; those without an item are left out. `None` when one could not be read.
pub(super) fn read_items(read: &mut Read<'_>, rows: usize, known: &Known) -> Option<Vec<ItemDraft>> {
    let is_empty = |read: &Read<'_>, row: usize| read.text(&format!("item.{row}")).is_empty();
    let all: Vec<usize> = (0..rows).filter(|row| !is_empty(read, *row)).collect();
    if all.is_empty() {
        read.refuse("item.0", "choose what is rented: type a part of its name, or press F4");
        return None;
    }
    let items: Vec<Option<ItemDraft>> = all.into_iter().map(|row| read_row(read, row, known)).collect();
    items.into_iter().collect()
}

/// The rows that can be read, and the numbers of those that cannot; empty rows are neither.
pub(super) fn readable(fields: &[Field], known: &Known) -> (Vec<ItemDraft>, Vec<usize>) {
    let (mut items, mut unread) = (Vec::new(), Vec::new());
    for row in 0..row_count(fields) {
        let mut read = Read::new(fields);
        if read.text(&format!("item.{row}")).is_empty() {
            continue;
        }
        match read_row(&mut read, row, known) {
            Some(item) => items.push(item),
            None => unread.push(row),
        }
    }
    (items, unread)
}

fn read_row(read: &mut Read<'_>, row: usize, known: &Known) -> Option<ItemDraft> {
    let style = known.style;
    let name = |column: &str| format!("{column}.{row}");
    let variant: VariantId = read.chosen(&name("item"))?;
    let currency = known.catalogue.borrow().get(&variant)?.price.currency();
    let quantity = read.parse(&name("quantity"), |text| match text.parse() {
        Ok(units @ 1..=1000) => Ok(units),
        _ => Err("write a number of units from 1 to 1000"),
    });
    let serial = read.text(&name("serial"));
    if !serial.is_empty() && quantity.is_some_and(|quantity: u32| quantity != 1) {
        read.refuse(&name("quantity"), "a serial number stands for one unit: set the quantity to 1");
        return None;
    }
    let months = read.parse(&name("months"), |text| text.parse::<u32>().map_err(|_| "write a number of months"));
    let frequency = read.parse(&name("every"), str::parse::<Frequency>);
    let price = read.amount(&name("price"), style, currency);
    let start_on = read.date(&name("starts"));
    let deposit = read.amount_if_any(&name("deposit"), style, currency);
    let ship_to = known.places.borrow().read(read, row);
    let (months, frequency, start_on) = (months?, frequency?, start_on?);
    if let Err(why) = Schedule::for_months(start_on, months, frequency, None) {
        read.refuse(&name("months"), why);
        return None;
    }
    Some(ItemDraft {
        variant,
        quantity: quantity?,
        serial,
        months,
        frequency,
        start_on,
        anchor_day: None,
        price: price?.to_string(),
        deposit: deposit?.map(|money| money.to_string()).unwrap_or_default(),
        ship_to: ship_to?,
    })
}

/// What is known of the item of a row: `Laptop Pro, 14 grey: 3 free, list price 89.00 a month`.
pub(super) fn about(read: &Read<'_>, row: usize, catalogue: &Catalogue, style: Style) -> String {
    let Ok(id) = read.text(&format!("item.{row}")).parse::<VariantId>() else { return String::new() };
    let catalogue = catalogue.borrow();
    let Some(variant) = catalogue.get(&id) else { return String::new() };
    let wanted: i64 = read.text(&format!("quantity.{row}")).parse().unwrap_or(1);
    let free = match variant.free_count {
        free if free >= wanted => format!("{free} free"),
        0 => "! none free, so no serial number is set aside".to_owned(),
        free => format!("! only {free} free, the others get no serial number yet"),
    };
    format!("{}: list price {} a month; {free}", named(variant), words::money(style, variant.price))
}
