//! Orders are taken, confirmed and cancelled; a confirmed order is a subscription a unit.

use chrono::{Datelike, NaiveDate};
use serde_json::json;

use crate::domain::frequency::Frequency;
use crate::domain::id::{AddressId, CustomerId, OrderId, SubscriptionId, VariantId};
use crate::domain::log::{Log, Subject};
use crate::domain::money::{LARGEST, Money};
use crate::domain::status::{AssetState, OrderStatus};
use crate::services::actions::catalogue::free_asset;
use crate::services::actions::customer_address::{ShipTo, own, shipping};
use crate::services::billing;
use crate::services::done::{Done, Outcome, Touched};
use crate::services::refusal::{OfField, OrUnknown, Refusal, Result};
use crate::services::work::{Entry, Work};
use crate::store::billing as rows;
use crate::store::customer::Customer;
use crate::store::lists::needing_asset::{free_count, waits_for_asset};
use crate::store::order::{self, Item, Order};
use crate::store::{catalogue, customer};

/// What a person says of an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderDraft {
    /// Who orders.
    pub customer: CustomerId,
    /// Which of the customer's addresses it is billed to; the billing address where none is named.
    pub bill_to: Option<AddressId>,
    pub items: Vec<ItemDraft>,
}

/// What a person says of one item of an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemDraft {
    pub variant: VariantId,
    /// How many units.
    pub quantity: u32,
    /// Which asset, by serial number; the next free one where it is empty and there is one.
    pub serial: String,
    pub months: u32,
    /// How often it bills.
    pub frequency: Frequency,
    /// First day.
    pub start_on: NaiveDate,
    /// Day of the month it bills on; the start's own where none is named.
    pub anchor_day: Option<u32>,
    /// Price a month and unit, plain decimal text; the list price where it is empty.
    pub price: String,
    /// Security money a unit, plain decimal text; none where it is empty.
    pub deposit: String,
    /// Where it goes.
    pub ship_to: ShipTo,
}

/// Takes an order.
pub(in crate::services) fn add(work: &Work, draft: &OrderDraft, confirm: bool) -> Result<Done> {
    let owner = super::customer_reading::current(work, draft.customer)?;
    refuse_closed(work, &owner)?;
    if draft.items.is_empty() {
        return Err(Refusal::of_field("items", "an order needs at least one item").into());
    }
    let items = draft.items.iter().map(|item| read_item(work, owner.id, item)).collect::<Result<Vec<_>>>()?;
    let new = Order {
        id: OrderId(0),
        customer: owner.id,
        ordered_on: work.today,
        status: OrderStatus::Draft,
        billing_address: own_billing(work, owner.id, draft.bill_to)?,
        items,
    };
    if let Some(item) = new.items.iter().find(|item| item.price.currency() != owner.currency) {
        let message =
            format!("the customer pays in {}, the item is priced in {}", owner.currency, item.price.currency());
        return Err(Refusal::new("currencies_differ", message).into());
    }
    let id = order::insert(work.db, &new, owner.currency.code())?;
    let name = owner.display_name().full();
    if !confirm {
        let details = json!({ "items": new.items.len() });
        let subject = Subject::Order(id);
        work.log(&Entry { customer: Some(owner.id), details, ..Entry::new(Log::AddOrder, subject) })?;
        let said = format!("Order O-{id} of {name} is a draft{}.", would_make(work, &new.items)?);
        return Ok(Done::new(said, Outcome::Order(id, vec![]), TOUCHED));
    }
    let saved = order::by_id(work.db, id)?.or_unknown("order", id)?;
    activate(work, &saved, &name, Log::AddConfirmedOrder)
}

/// Who is closed orders nothing: lists leave such a customer out, and so would the order be.
fn refuse_closed(work: &Work, owner: &Customer) -> Result<()> {
    let Some(on) = owner.closed_on else { return Ok(()) };
    let (name, on) = (owner.display_name().full(), work.shop.style.date(on));
    let message = format!("{name} is closed since {on} and takes no new orders: choose or add another customer");
    Err(Refusal { field: Some("customer"), ..Refusal::new("closed", message) }.into())
}

/// The order's own billing address; none stands for the customer's billing address, whichever that is then.
fn own_billing(work: &Work, customer: CustomerId, named: Option<AddressId>) -> Result<Option<AddressId>> {
    let Some(id) = named else { return Ok(None) };
    let found = own(work, "bill_to", customer, id)?.id;
    let usual = customer::billing_address(work.db, customer)?.map(|(usual, _)| usual);
    Ok(Some(found).filter(|found| usual != Some(*found)))
}

const TOUCHED: &[Touched] = &[Touched::Orders, Touched::Catalogue, Touched::Customers, Touched::Money];

pub(super) fn read_item(work: &Work, customer: CustomerId, draft: &ItemDraft) -> Result<Item> {
    let variant = catalogue::variant(work.db, draft.variant)?.or_unknown("variant", draft.variant)?;
    if !variant.is_offered {
        let message = format!("{} is no longer offered", variant.full_name());
        return Err(Refusal::of_field("variant", message).into());
    }
    if !(1..=1000).contains(&draft.quantity) {
        return Err(Refusal::of_field("quantity", "write a number of units from 1 to 1000").into());
    }
    let amount = |field, text: &str, default: Money| match text.trim() {
        "" => Ok(default),
        text => Money::parse(text, variant.price.currency()).of_field(field),
    };
    let anchor_day = draft.anchor_day.unwrap_or(draft.start_on.day());
    if !(1..=31).contains(&anchor_day) {
        return Err(Refusal::of_field("anchor_day", "write a day of the month from 1 to 31").into());
    }
    let asset = match draft.serial.trim() {
        "" => None,
        _ if draft.quantity != 1 => {
            return Err(Refusal::of_field("asset", "a serial number stands for one unit: set the quantity to 1").into());
        }
        serial => Some(free_asset(work, "asset", serial, &variant)?),
    };
    let item = Item {
        id: 0,
        variant: variant.id,
        quantity: draft.quantity,
        asset,
        months: draft.months,
        frequency: draft.frequency,
        start_on: draft.start_on,
        anchor_day,
        price: amount("price", &draft.price, variant.price)?,
        tax: variant.tax,
        deposit: amount("deposit", &draft.deposit, Money::zero(variant.price.currency()))?,
        shipping_address: shipping(work, customer, draft.ship_to)?,
    };
    item.schedule().of_field("months")?;
    refuse_too_dear(&item)?;
    Ok(item)
}

/// A full period with tax on top has to fit into one payment, else a later pass could not bill it.
fn refuse_too_dear(item: &Item) -> Result<()> {
    let months = item.frequency.months().min(item.months);
    let full = i128::from(item.price.minor()) * i128::from(months);
    let gross = full * i128::from(1_000_000 + item.tax.ppm()) / 1_000_000;
    if gross <= i128::from(LARGEST) {
        return Ok(());
    }
    let message = "a payment of this price is larger than the book can hold: bill it more often, or split it";
    Err(Refusal::of_field("price", message).into())
}

/// Confirms a draft.
pub(in crate::services) fn confirm(work: &Work, id: OrderId) -> Result<Done> {
    let order = order::by_id(work.db, id)?.or_unknown("order", id)?;
    if order.status != OrderStatus::Draft {
        let state = order.status.word().to_lowercase();
        return Err(
            Refusal::new("not_a_draft", format!("order O-{id} is {state}, only a draft can be confirmed")).into()
        );
    }
    let owner = customer::by_id(work.db, order.customer)?.or_unknown("customer", order.customer)?;
    refuse_closed(work, &owner)?;
    activate(work, &order, &owner.display_name().full(), Log::ConfirmOrder)
}

/// One subscription a unit; what is due by today is invoiced in the same step.
fn activate(work: &Work, order: &Order, name: &str, action: Log) -> Result<Done> {
    let id = order.id;
    let (subscriptions, billed) = start(work, order)?;
    let waiting = waiting(work, &subscriptions)?;
    let details = json!({ "subscriptions": subscriptions.len(), "invoices": billed.invoices });
    let subject = Subject::Order(id);
    work.log(&Entry { customer: Some(order.customer), details, ..Entry::new(action, subject) })?;
    let said = confirmed(id, name, &subscriptions, billed.invoices) + &waiting;
    Ok(Done::new(said, Outcome::Order(id, subscriptions), TOUCHED))
}

/// Confirms a draft: one subscription a unit, and what is due by today is invoiced.
pub(super) fn start(work: &Work, order: &Order) -> Result<(Vec<SubscriptionId>, billing::Billed)> {
    order::set_status(work.db, order.id, OrderStatus::Draft, OrderStatus::Confirmed)?;
    let mut subscriptions = Vec::new();
    for item in &order.items {
        let schedule = item.schedule().of_field("months")?;
        let mut free = match item.asset {
            Some(asset) => vec![asset],
            None => {
                catalogue::free_assets(work.db, item.variant, item.quantity)?.iter().map(|asset| asset.id).collect()
            }
        }
        .into_iter();
        for _ in 0..item.quantity {
            let asset = free.next();
            if let Some(asset) = asset {
                catalogue::move_asset(work.db, asset, AssetState::InStock, AssetState::Rented)?;
            }
            let agreed = (work.today, work.shop.price_basis);
            subscriptions.push(order::insert_subscription(work.db, order, item, &schedule, asset, agreed)?);
        }
    }
    let billed = billing::bill_now(work, &subscriptions)?;
    Ok((subscriptions, billed))
}

/// What a draft would make where it is more than a contract, in words: `: 9 contracts of 89.00 a month, …`.
fn would_make(work: &Work, items: &[Item]) -> Result<String> {
    let units: u32 = items.iter().map(|item| item.quantity).sum();
    let mut said = String::new();
    if units > 1 {
        let one = |item: &Item| {
            let many = if item.quantity == 1 { "contract" } else { "contracts" };
            format!("{} {many} of {} a month", item.quantity, work.shop.style.amount(item.price))
        };
        said = format!(": {}", items.iter().map(one).collect::<Vec<_>>().join(", "));
    }
    let mut wanted: Vec<(VariantId, u32)> = Vec::new();
    for item in items {
        match wanted.iter_mut().find(|(variant, _)| *variant == item.variant) {
            Some((_, units)) => *units += item.quantity,
            None => wanted.push((item.variant, item.quantity)),
        }
    }
    let mut short = 0;
    for (variant, units) in wanted {
        short += free_count(work.db, variant)?.map_or(0, |free| units.saturating_sub(free));
    }
    Ok(match short {
        0 => said,
        1 => format!("{said}; 1 of them would wait for an asset, too few are free"),
        many => format!("{said}; {many} of them would wait for an asset, too few are free"),
    })
}

/// How many of these contracts wait for an asset, in words for the end of a sentence.
fn waiting(work: &Work, subscriptions: &[SubscriptionId]) -> Result<String> {
    let mut count = 0;
    for id in subscriptions {
        count += u32::from(waits_for_asset(work.db, *id)?);
    }
    Ok(match count {
        0 => String::new(),
        1 => " 1 of them has no asset yet: Today lists what needs one.".to_owned(),
        many => format!(" {many} of them have no asset yet: Today lists what needs one."),
    })
}

fn confirmed(id: OrderId, name: &str, subscriptions: &[SubscriptionId], invoices: usize) -> String {
    let running = match subscriptions {
        [one] => format!("{} runs", one.shown()),
        many => format!("{} subscriptions run", many.len()),
    };
    let billed = match invoices {
        0 => "nothing is due yet".to_owned(),
        1 => "1 invoice is issued".to_owned(),
        many => format!("{many} invoices are issued"),
    };
    format!("Order O-{id} of {name} is confirmed: {running}, {billed}.")
}

/// Cancels an order while nothing is invoiced.
pub(in crate::services) fn cancel(work: &Work, id: OrderId) -> Result<Done> {
    let order = order::by_id(work.db, id)?.or_unknown("order", id)?;
    if order.status == OrderStatus::Cancelled {
        return Err(Refusal::new("cancelled_already", format!("order O-{id} is cancelled already")).into());
    }
    if order::is_invoiced(work.db, id)? {
        let message = "an order with invoices cannot be cancelled: cancel its subscriptions instead";
        return Err(Refusal::new("invoiced", message).into());
    }
    for (subscription, asset) in order::subscriptions(work.db, id)? {
        order::cancel_subscription(work.db, subscription, work.today)?;
        rows::cancel_uninvoiced(work.db, subscription, work.today)?;
        if let Some(asset) = asset {
            catalogue::move_asset(work.db, asset, AssetState::Rented, AssetState::InStock)?;
        }
    }
    order::set_status(work.db, id, order.status, OrderStatus::Cancelled)?;
    let subject = Subject::Order(id);
    work.log(&Entry { customer: Some(order.customer), ..Entry::new(Log::CancelOrder, subject) })?;
    Ok(Done::new(format!("Order O-{id} is cancelled."), Outcome::Order(id, vec![]), TOUCHED))
}
