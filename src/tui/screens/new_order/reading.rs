//! Reads the rows of items: what an order of them holds, what it will bill, what is known of a row.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use super::columns::row_count;
use super::places;
use crate::domain::format::Style;
use crate::domain::frequency::Frequency;
use crate::domain::id::VariantId;
use crate::domain::money::Money;
use crate::domain::schedule::Schedule;
use crate::services::actions::order::ItemDraft;
use crate::services::order_plan::Planning;
use crate::services::reads::VariantRow;
use crate::tui::forms::{Field, Read};
use crate::tui::words;

/// The variants that were seen in lists.
pub(super) type Catalogue = Rc<RefCell<HashMap<VariantId, VariantRow>>>;

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

/// How many contracts there are too few free assets for; a variant nobody keeps assets of needs none.
pub(super) fn short(items: &[ItemDraft], catalogue: &Catalogue) -> i64 {
    let catalogue = catalogue.borrow();
    let mut wanted: std::collections::BTreeMap<VariantId, i64> = std::collections::BTreeMap::new();
    for item in items {
        *wanted.entry(item.variant).or_default() += i64::from(item.quantity);
    }
    let short = |(variant, units): (&VariantId, &i64)| {
        let kept = catalogue.get(variant).filter(|row| row.free_count + row.rented_count > 0);
        kept.map_or(0, |row| (units - row.free_count).max(0))
    };
    wanted.iter().map(short).sum()
}

/// Product and variant in one line; the only variant of a product needs no name.
pub(super) fn named(row: &VariantRow) -> String {
    if row.name == "standard" { row.product.clone() } else { format!("{}, {}", row.product, row.name) }
}
