//! Where the items of an order go: each where the order goes, until somebody names another of the customer's addresses.

use std::cell::RefCell;
use std::rc::Rc;

use super::columns::{COLUMNS, SHIP_TO, place};
use crate::domain::id::{AddressId, CustomerId};
use crate::services::actions::customer_address::ShipTo;
use crate::services::reads::{AddressRow, customer_addresses};
use crate::tui::desk::Desk;
use crate::tui::forms::{Field, Item, Read, lookups};

/// Whose addresses are offered, and where the order goes.
#[derive(Debug)]
pub(super) struct Places {
    customer: Option<CustomerId>,
    /// Where an item goes of which nobody says more.
    pub order: Item,
}

/// What the steps know of places together.
pub(super) type Shared = Rc<RefCell<Places>>;

impl Default for Places {
    fn default() -> Self {
        Self { customer: None, order: billing() }
    }
}

impl Places {
    /// Those of a customer; the order goes where this one's orders usually go.
    pub(super) fn of(customer: CustomerId, desk: &Desk) -> Self {
        Self { customer: Some(customer), order: usual(customer, desk).unwrap_or_else(billing) }
    }

    /// The addresses that hold, and the billing address, whichever that is then.
    pub(super) fn offered(&self, typed: &str, desk: &Desk) -> Vec<Item> {
        let Some(customer) = self.customer else { return Vec::new() };
        let fits = |item: &Item| item.text.to_lowercase().contains(&typed.to_lowercase());
        let first = Some(billing()).filter(fits);
        first.into_iter().chain(lookups::addresses(customer, "ship_to", typed, desk)).collect()
    }

    /// The address an item goes to, as a list offers it; where it does not hold any more, where the order goes.
    pub(super) fn item(&self, to: ShipTo, desk: &Desk) -> Item {
        let key = match to {
            ShipTo::Usual => self.order.key.clone(),
            ShipTo::Billing => billing().key,
            ShipTo::Address(id) => id.to_string(),
        };
        self.offered("", desk).into_iter().find(|item| item.key == key).unwrap_or_else(|| self.order.clone())
    }

    /// Reads where the item of a row goes; an empty field is where the order goes.
    pub(super) fn read(&self, read: &mut Read<'_>, row: usize) -> Option<ShipTo> {
        let named = read.chosen_if_any(&format!("{}.{row}", COLUMNS[SHIP_TO]))?;
        Some(named.or_else(|| self.order.key.parse().ok()).unwrap_or_default())
    }

    /// Whether the item of a row goes elsewhere than the order, and where to.
    pub(super) fn elsewhere(&self, fields: &[Field], row: usize) -> Option<String> {
        let field = fields.get(row * COLUMNS.len() + SHIP_TO)?;
        let value = field.value();
        let name = || if value == billing().key { "the billing address".to_owned() } else { text_of(field) };
        (!value.is_empty() && value != self.order.key).then(name)
    }

    /// The order goes elsewhere: so do the items that went with it.
    pub(super) fn follow(&self, order: &Item, field: &mut Field) {
        let is_place = matches!(place(&field.name), Some((SHIP_TO, _)));
        if is_place && (field.value() == self.order.key || field.value().is_empty()) {
            field.choose(order);
        }
    }
}

/// The billing address, in a list.
pub(super) fn billing() -> Item {
    Item::new("billing", "The billing address")
}

/// The default shipping address of a customer.
pub(super) fn usual(customer: CustomerId, desk: &Desk) -> Option<Item> {
    let rows = desk.read(|db| customer_addresses(db, customer)).unwrap_or_default();
    let is_usual = |row: &&AddressRow| row.to_on.is_none() && row.kind == "shipping" && row.is_default;
    rows.iter().find(is_usual).map(item)
}

/// An address that holds, in a list.
pub(super) fn known(customer: CustomerId, id: AddressId, desk: &Desk) -> Option<Item> {
    let rows = desk.read(|db| customer_addresses(db, customer)).unwrap_or_default();
    rows.iter().find(|row| row.id == id && row.to_on.is_none()).map(item)
}

/// The address that was added last.
pub(super) fn newest(customer: CustomerId, desk: &Desk) -> Option<Item> {
    let rows = desk.read(|db| customer_addresses(db, customer)).unwrap_or_default();
    rows.iter().filter(|row| row.to_on.is_none()).max_by_key(|row| row.id).map(item)
}

fn item(row: &AddressRow) -> Item {
    Item::new(row.id.to_string(), lookups::address_line(row))
}

/// What stands in a field that finds something.
pub(super) fn text_of(field: &Field) -> String {
    match &field.kind {
        crate::tui::widgets::inputs::Kind::Lookup { line, .. } => line.text().to_owned(),
        _ => field.value(),
    }
}
