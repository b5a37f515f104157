//! A new subscription takes the place of an old one, and says so.

use super::changing::Changing;
use crate::documents::Sentence;
use crate::domain::id::OrderId;
use crate::domain::log::Log;
use crate::domain::status::{AssetState, EndReason, OrderStatus, SubscriptionStatus};
use crate::services::actions::customer_address::ShipTo;
use crate::services::actions::customer_reading::current;
use crate::services::actions::order::{self, ItemDraft};
use crate::services::done::Done;
use crate::services::refusal::{OfField, OrUnknown, Refusal, Result};
use crate::store::order::{self as rows, Order};
use crate::store::subscription as store;

/// Ends the old subscription on the first day of the new one, which stands on an order of its own. Days of the old one
/// that are billed from then on are credited.
pub(super) fn upgrade(mut changing: Changing, item: &ItemDraft) -> Result<Done> {
    let (work, id) = (changing.work, changing.sub.id);
    let on = item.start_on;
    changing.refuse_outside("start_on", on)?;
    work.open_day("start_on", on)?;
    if item.quantity != 1 {
        return Err(Refusal::of_field("quantity", "an upgrade swaps one unit for one unit").into());
    }
    let owner = current(work, changing.sub.customer)?.id;
    let mut read = order::read_item(work, owner, item)?;
    if item.ship_to == ShipTo::Usual {
        read.shipping_address = changing.after.shipping_address;
    }
    let item = read;
    if item.price.currency() != changing.sub.currency {
        let message =
            format!("the customer pays in {}, the item is priced in {}", changing.sub.currency, item.price.currency());
        return Err(Refusal::new("currencies_differ", message).into());
    }
    let old = rows::by_id(work.db, changing.sub.order)?.or_unknown("order", changing.sub.order)?;
    let new = Order {
        id: OrderId(0),
        customer: changing.sub.customer,
        ordered_on: work.today,
        status: OrderStatus::Draft,
        billing_address: old.billing_address,
        items: vec![item],
    };
    let order_id = rows::insert(work.db, &new, changing.sub.currency.code())?;
    let saved = rows::by_id(work.db, order_id)?.or_unknown("order", order_id)?;
    let (subscriptions, billed) = order::start(work, &saved)?;
    let &[next] = subscriptions.as_slice() else {
        return Err(Refusal::of_field("quantity", "an upgrade swaps one unit for one unit").into());
    };
    store::link_previous(work.db, next, Some(id))?;
    changing.trail.upgrade = Some((next, order_id));
    changing.trail.invoices = store::invoices(work.db, next)?;
    changing.effect.new = Some(next);
    changing.after.end_reason = Some(EndReason::Upgraded);
    changing.is_over(SubscriptionStatus::Ended, (on, on), AssetState::InStock)?;
    changing.settle(on)?;
    let item = saved.items.first().map(rows::Item::schedule).transpose().of_field("months")?;
    let last = item.map(|schedule| changing.day(schedule.end.pred_opt().unwrap_or(schedule.end))).unwrap_or_default();
    let price = saved.items.first().map(|item| changing.amount(item.price.minor())).unwrap_or_default();
    changing.tell(format!("{} runs until {last} at {price} a month.", next.shown()));
    match billed.invoices {
        0 => {}
        1 => changing.tell("1 invoice of it is issued at once."),
        many => changing.tell(format!("{many} invoices of it are issued at once.")),
    }
    changing.drop_deposit()?;
    let shown = changing.day(on);
    let number = id.shown();
    let said = format!("Subscription {} takes the place of {number} of {} from {shown}.", next.shown(), changing.name);
    let reason = changing.why(Sentence::Upgraded, on);
    changing.finish(Log::UpgradeSubscription, &said, (&reason, ""), false)
}
