//! `order show`, and what every verb answers with: the order as it is now.

use serde_json::{Value, json};

use crate::cli::fault::{Fault, Result};
use crate::cli::list::View;
use crate::cli::out::{Answer, said};
use crate::cli::shapes::{amount, saved_address};
use crate::cli::table::Table;
use crate::domain::id::{AddressId, OrderId};
use crate::domain::money::Money;
use crate::services::reads::{self, Order, OrderItem};
use crate::services::{Desk, Done, StoreError};
use crate::shown::column::Listed;
use crate::shown::columns::order::total as as_priced;

/// An order with its items and subscriptions; after an Action, what happened stands first.
pub fn shown(desk: &Desk, id: OrderId, done: Option<&Done>) -> Result<Answer> {
    let today = desk.today();
    let found = desk.read(|db| match reads::order_by_id(db, id)? {
        None => Ok(None),
        Some(order) => {
            let name = reads::customers_by_id(db, &[order.customer], today)?.into_iter().next().map(|row| row.name);
            Ok::<_, StoreError>(Some((order, name.unwrap_or_default(), reads::order_subscriptions(db, id)?)))
        }
    })?;
    let (order, name, subscriptions) = found.ok_or_else(|| Fault::unknown("order", id))?;
    let view = View::of(desk)?;
    let total = total(&order)?;
    let mut json = json!({
        "id": id,
        "customer": order.customer,
        "customer_name": name,
        "ordered_on": order.ordered_on,
        "status": order.status.code(),
        "billing_address": address(desk, bills_to(desk, &order)?)?,
        "items": items_json(desk, &order, view)?,
        "subscriptions": subscriptions,
        "total": amount(total),
        "currency": total.currency().code(),
    });
    if let (Some(done), Some(json)) = (done, json.as_object_mut()) {
        json.insert("said".to_owned(), Value::from(said(done)));
        return Ok(Answer::new(Value::Object(std::mem::take(json))).say(said(done)));
    }
    let mut items = Table::new(&OrderItem::titles());
    for item in &order.items {
        items.push(item.cells(view));
    }
    let numbers: Vec<String> = subscriptions.iter().map(|id| id.shown()).collect();
    let mut numbered = Vec::new();
    for (number, item) in (1..).zip(&order.items) {
        numbered.push(format!("  Item {number} goes to {}.", place(desk, item.shipping_address)?));
    }
    let fields = Table::fields(&[
        ("Order", format!("O-{id}")),
        ("Customer", format!("{} {name}", order.customer)),
        ("Date", view.day(order.ordered_on)),
        ("Status", order.status.word().to_owned()),
        ("Billed to", bills_to(desk, &order)?.map(|id| place(desk, Some(id))).transpose()?.unwrap_or_default()),
        ("Total", view.money(total)),
        ("Subscriptions", numbers.join(", ")),
    ]);
    let shown = Answer::new(json).table(fields).say("").table(items);
    Ok(numbered.into_iter().fold(shown, Answer::say))
}

fn items_json(desk: &Desk, order: &Order, view: View) -> Result<Vec<Value>> {
    let mut items = Vec::new();
    for item in &order.items {
        let mut json = item.json(view);
        if let Some(json) = json.as_object_mut() {
            json.insert("shipping_address".to_owned(), address(desk, item.shipping_address)?);
        }
        items.push(json);
    }
    Ok(items)
}

/// Where its invoices go: its own address, or the customer's billing address as it is today.
fn bills_to(desk: &Desk, order: &Order) -> Result<Option<AddressId>> {
    let usual = || desk.read(|db| reads::billing_address_of(db, order.customer));
    Ok(match order.billing_address {
        Some(own) => Some(own),
        None => usual()?.map(|(id, _)| id),
    })
}

/// An address on one line.
fn place(desk: &Desk, id: Option<AddressId>) -> Result<String> {
    Ok(match id {
        Some(id) => desk.read(|db| reads::address_by_id(db, id))?.map_or_else(String::new, |at| at.one_line()),
        None => "the billing address".to_owned(),
    })
}

/// An address of the order; null where none is named.
fn address(desk: &Desk, id: Option<AddressId>) -> Result<Value> {
    let Some(id) = id else { return Ok(Value::Null) };
    let known = desk.read(|db| reads::address_by_id(db, id))?;
    Ok(known.as_ref().map_or(Value::Null, saved_address))
}

fn total(order: &Order) -> Result<Money> {
    let mut sums = order.items.iter().map(as_priced);
    let first = sums.next().ok_or_else(|| Fault::unknown("item of order", order.id))?;
    let mixed = |error| Fault::Refused(crate::services::Refusal::of_field("items", error));
    sums.try_fold(first, Money::plus).map_err(mixed)
}
