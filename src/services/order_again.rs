//! A customer orders again: the same items on the same terms from another day, with the next free assets; to the same
//! addresses as far as they still hold.

use chrono::{Datelike, NaiveDate};

use super::actions::customer_address::ShipTo;
use super::actions::order::{ItemDraft, OrderDraft};
use super::desk::Desk;
use super::refusal::{OrUnknown, Refusal, Result};
use crate::domain::id::{AddressId, OrderId};
use crate::store::order::Item;
use crate::store::{address, order};

impl Desk {
    /// The draft of an order like an older one, all items from `start_on` on. Days between items are kept.
    pub fn order_again(&self, id: OrderId, start_on: NaiveDate) -> Result<OrderDraft> {
        let old = self.read(|db| order::by_id(db, id))?.or_unknown("order", id)?;
        let first = old.items.iter().map(|item| item.start_on).min();
        let first = first.ok_or_else(|| Refusal::new("no_items", format!("order O-{id} has no items")))?;
        let mut held = Vec::new();
        for at in old.items.iter().filter_map(|item| item.shipping_address).chain(old.billing_address) {
            let known = self.read(|db| address::by_id(db, at))?;
            held.extend(known.filter(|known| known.to_on.is_none()).map(|known| known.id));
        }
        let holds = |at: &AddressId| held.contains(at);
        let anchor = common_anchor(&old.items);
        let items = old.items.iter().map(|item| ItemDraft {
            variant: item.variant,
            quantity: item.quantity,
            serial: String::new(),
            months: item.months,
            frequency: item.frequency,
            start_on: start_on + (item.start_on - first),
            anchor_day: anchor,
            price: item.price.to_string(),
            deposit: item.deposit.to_string(),
            ship_to: match item.shipping_address {
                None => ShipTo::Billing,
                Some(at) if holds(&at) => ShipTo::Address(at),
                Some(_) => ShipTo::Usual,
            },
        });
        let bill_to = old.billing_address.filter(|at| holds(at));
        Ok(OrderDraft { customer: old.customer, bill_to, items: items.collect() })
    }
}

/// The day of the month all items bill on, where it was said: some item starts on another day.
fn common_anchor(items: &[Item]) -> Option<u32> {
    let day = items.first()?.anchor_day;
    let is_said = items.iter().any(|item| item.start_on.day() != day);
    (is_said && items.iter().all(|item| item.anchor_day == day)).then_some(day)
}
