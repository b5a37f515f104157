//! Fields that find a customer or a billing group, and ranges of days, for the forms that have them.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::{Field, Item, Read};
use crate::domain::id::{CustomerId, GroupId};
use crate::services::actions::customer_address::ShipTo;
use crate::tui::desk::reads::{self, DayRange, GroupFilter, Page};
use crate::tui::desk::{Desk, Payer};

/// How many a list offers.
const MOST: usize = 40;

/// A record with the name it was chosen by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named<I> {
    pub id: I,
    pub name: String,
}

/// A record one can look up.
pub trait Known: Copy + ToString + FromStr {
    /// Its name, while it is in the book.
    fn name(self, desk: &Desk) -> Option<String>;
}

impl Known for CustomerId {
    fn name(self, desk: &Desk) -> Option<String> {
        let rows = desk.read(|db| reads::customers_by_id(db, &[self], desk.today())).ok()?;
        rows.into_iter().next().map(|row| row.name)
    }
}

impl Known for GroupId {
    fn name(self, desk: &Desk) -> Option<String> {
        let rows = desk.read(|db| reads::groups_by_id(db, &[self], desk.today())).ok()?;
        rows.into_iter().next().map(|row| row.name)
    }
}

/// The name of a payer, while it is in the book.
pub fn payer_name(payer: Payer, desk: &Desk) -> Option<String> {
    match payer {
        Payer::Customer(id) => id.name(desk),
        Payer::Group(id) => id.name(desk),
    }
}

/// The values of a choice with "Any" before them.
pub fn or_any(items: impl Iterator<Item = Item>) -> Vec<Item> {
    std::iter::once(Item::new("", "Any")).chain(items).collect()
}

/// A field to look a record up.
pub fn field<I: ToString>(name: &'static str, label: &'static str, chosen: Option<&Named<I>>) -> Field {
    let item = chosen.map(|named| Item::new(named.id.to_string(), &named.name));
    Field::lookup(name, label, item.as_ref())
}

/// The values of the fields `customer` and `group`.
pub fn items(name: &str, typed: &str, desk: &Desk) -> Vec<Item> {
    match name {
        "customer" => {
            let rows = desk.read(|db| reads::customer_lookup(db, typed, MOST)).unwrap_or_default();
            let note =
                |row: &reads::CustomerRow| if row.email.is_empty() { row.phone.clone() } else { row.email.clone() };
            rows.iter().map(|row| Item::new(row.id.to_string(), &row.name).note(note(row))).collect()
        }
        "group" => {
            let filter = GroupFilter { query: typed.to_owned(), reverse: false };
            let page = Page::first(MOST);
            let rows = desk.read(|db| reads::groups(db, &filter, &page, desk.today())).unwrap_or_default().rows;
            let members = |row: &reads::GroupRow| crate::tui::words::count(row.member_count, "member");
            rows.iter().map(|row| Item::new(row.id.to_string(), &row.name).note(members(row))).collect()
        }
        _ => Vec::new(),
    }
}

/// What an empty field of an address stands for.
pub const BILLING: &str = "empty: the billing address";

/// The addresses of a customer that hold, for the fields `bill_to` and `ship_to`; the billing address is the empty one
/// of the second.
pub fn addresses(customer: CustomerId, name: &str, typed: &str, desk: &Desk) -> Vec<Item> {
    let typed = typed.to_lowercase();
    let rows = desk.read(|db| reads::customer_addresses(db, customer)).unwrap_or_default();
    let offered = |row: &&reads::AddressRow| row.to_on.is_none() && (name == "bill_to" || row.kind == "shipping");
    let items = rows.iter().filter(offered).map(|row| Item::new(row.id.to_string(), address_line(row)).note(&row.kind));
    items.filter(|item| item.text.to_lowercase().contains(&typed)).take(MOST).collect()
}

/// An address on one line, after what the shop calls it.
pub fn address_line(row: &reads::AddressRow) -> String {
    let line = row.address().one_line();
    if row.label.is_empty() { line } else { format!("{}: {line}", row.label) }
}

/// Reads the field `ship_to`; an empty one stands for the billing address.
pub fn ship_to(read: &mut Read<'_>) -> Option<ShipTo> {
    Some(read.chosen_if_any("ship_to")?.map_or(ShipTo::Billing, ShipTo::Address))
}

/// The record chosen in a field, with its name; an empty field is nothing.
pub fn named<I: Known>(read: &mut Read<'_>, name: &str, desk: &Desk) -> Option<Option<Named<I>>> {
    let id = read.chosen_if_any::<I>(name)?;
    Some(id.map(|id| Named { id, name: id.name(desk).unwrap_or_default() }))
}

/// Two days; the second is not before the first.
pub fn range(read: &mut Read<'_>, (from, to): (&str, &str)) -> Option<DayRange> {
    let first = read.date_if_any(from);
    let last = read.date_if_any(to);
    let (first, last) = (first?, last?);
    if first.zip(last).is_some_and(|(first, last)| last < first) {
        read.refuse(to, "That is before the first day.");
        return None;
    }
    Some((first, last))
}
