//! `order`: taken, confirmed, cancelled, shown, listed.

use serde_json::{Map, Value, json};

use super::fault::{Fault, Result};
use super::list::{Listing, Shown, View};
use super::out::{Answer, Out};
use super::shapes::{amount, order as shape, saved_address};
use super::table::Table;
use super::{order_add, order_agreement, said, values};
use crate::domain::id::{AddressId, CustomerId, OrderId};
use crate::domain::money::Money;
use crate::domain::status::OrderStatus;
use crate::services::reads::{self, Order, OrderFilter, OrderItem, OrderRow};
use crate::services::{Action, Desk, StoreError};

/// What to do with orders.
#[derive(Debug, clap::Subcommand)]
pub enum Verb {
    /// Take an order
    Add(Box<order_add::Args>),
    /// Confirm a draft: subscriptions run, what is due is invoiced
    Confirm {
        /// The order
        #[arg(value_parser = values::id::<OrderId>)]
        id: OrderId,
    },
    /// Cancel an order while nothing is invoiced
    Cancel {
        /// The order
        #[arg(value_parser = values::id::<OrderId>)]
        id: OrderId,
    },
    /// Print the rental agreement of a confirmed order
    Agreement(order_agreement::Args),
    /// Take the same order once more
    Again(order_agreement::Again),
    /// Show one order
    Show {
        /// The order
        #[arg(value_parser = values::id::<OrderId>)]
        id: OrderId,
    },
    /// List the orders, newest first
    List(List),
}

/// Which orders.
#[derive(Debug, clap::Args)]
pub struct List {
    /// Customer or order number
    #[arg(long, default_value = "")]
    query: String,
    /// Only this status: draft, confirmed or cancelled
    #[arg(long, value_parser = values::word::<OrderStatus>)]
    status: Option<OrderStatus>,
    /// Only this customer's
    #[arg(long, value_name = "ID", value_parser = values::id::<CustomerId>)]
    customer: Option<CustomerId>,
    /// At most this many rows
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
}

/// Does it.
///
/// # Errors
/// When the book refuses or cannot be read.
pub fn run(verb: Verb, desk: &mut Desk, out: &mut Out) -> Result<()> {
    match verb {
        Verb::Add(args) => order_add::run(&args, desk, out),
        Verb::Confirm { id } => change(Action::ConfirmOrder(id), id, desk, out),
        Verb::Cancel { id } => change(Action::CancelOrder(id), id, desk, out),
        Verb::Agreement(args) => order_agreement::agreement(&args, desk, out),
        Verb::Again(args) => order_agreement::again(&args, desk, out),
        Verb::Show { id } => out.answer(&shown(desk, id, None)?),
        Verb::List(args) => list(args, desk, out),
    }
}

fn change(action: Action, id: OrderId, desk: &mut Desk, out: &mut Out) -> Result<()> {
    let done = desk.perform(action)?;
    out.answer(&shown(desk, id, Some(&done.said))?)
}

/// An order with its items and subscriptions; after an Action, what happened stands first.
pub(super) fn shown(desk: &Desk, id: OrderId, done: Option<&str>) -> Result<Answer> {
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
    let mut numbered = Vec::new();
    let mut items = Table::new(OrderItem::COLUMNS);
    for item in &order.items {
        items.push(item.cells(view));
    }
    let numbers: Vec<String> = subscriptions.iter().map(|id| id.shown()).collect();
    let place = |id| -> Result<String> {
        Ok(match id {
            Some(id) => desk.read(|db| reads::address_by_id(db, id))?.map_or_else(String::new, |at| at.one_line()),
            None => "the billing address".to_owned(),
        })
    };
    for (number, item) in (1..).zip(&order.items) {
        numbered.push(format!("  Item {number} goes to {}.", place(item.shipping_address)?));
    }
    let fields = Table::fields(&[
        ("Order", format!("O-{id}")),
        ("Customer", format!("{} {name}", order.customer)),
        ("Date", view.day(order.ordered_on)),
        ("Status", order.status.word().to_owned()),
        ("Billed to", bills_to(desk, &order)?.map(|id| place(Some(id))).transpose()?.unwrap_or_default()),
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

/// An address of the order; null where none is named.
fn address(desk: &Desk, id: Option<AddressId>) -> Result<Value> {
    let Some(id) = id else { return Ok(Value::Null) };
    let known = desk.read(|db| reads::address_by_id(db, id))?;
    Ok(known.as_ref().map_or(Value::Null, saved_address))
}

fn total(order: &Order) -> Result<Money> {
    let mut sums = order.items.iter().map(shape::total);
    let first = sums.next().ok_or_else(|| Fault::unknown("item of order", order.id))?;
    let mixed = |error| Fault::Refused(crate::services::Refusal::of_field("items", error));
    sums.try_fold(first, Money::plus).map_err(mixed)
}

fn list(args: List, desk: &mut Desk, out: &mut Out) -> Result<()> {
    let filter = OrderFilter { query: args.query, status: args.status, customer: args.customer, reverse: false };
    Listing {
        total: None,
        limit: args.limit,
        read: Box::new(|page| Ok(desk.read(|db| reads::orders(db, &filter, page))?)),
        cursor: Box::new(OrderRow::cursor),
        more: Map::new(),
    }
    .write(View::of(desk)?, out)
}
