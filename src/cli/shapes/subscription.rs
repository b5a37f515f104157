//! Subscriptions and their schedules.

use serde_json::{Value, json};

use super::amount;
use crate::services::reads::{SavedAddress, SubscriptionPage};
use crate::shown::column::Listed;
use crate::shown::view::View;

/// The page of a subscription as JSON.
pub fn page(page: &SubscriptionPage, view: View) -> Value {
    let mut json = page.row.json(view);
    let more = json!({
        "anchor_day": page.anchor_day,
        "prices": page.prices_are.code(),
        "activated_on": page.activated_on,
        "ended_on": page.ended_on,
        "end_reason": page.end_reason.map(crate::domain::status::EndReason::code),
        "previous": page.previous_id,
        "next": page.next_id,
        "recovered": amount(page.recovery.received),
        "cost": page.recovery.cost.map(amount),
        "schedule": page.schedule.iter().map(|line| line.json(view)).collect::<Vec<_>>(),
        "billing_address": page.billing_address.as_ref().map(super::saved_address),
        "shipping_address": page.shipping_address.as_ref().map(super::saved_address),
        "deposit": page.deposit.as_ref().map(|row| json!({
            "id": row.deposit.id,
            "payment": row.deposit.payment,
            "amount": amount(row.deposit.amount),
            "received": amount(row.received),
            "held": amount(row.held),
            "kept": amount(row.deposit.kept),
            "returned": amount(row.returned),
            "status": row.standing.code(),
        })),
    });
    if let (Some(json), Value::Object(more)) = (json.as_object_mut(), more) {
        json.extend(more);
    }
    json
}

/// The head of a subscription for people.
pub fn fields(page: &SubscriptionPage, view: View) -> Vec<(&'static str, String)> {
    let row = &page.row;
    let recovery = match page.recovery.per_mille() {
        Some(per_mille) => {
            format!("{} ({}.{} % of the cost)", view.money(page.recovery.received), per_mille / 10, per_mille % 10)
        }
        None => view.money(page.recovery.received),
    };
    let place = |at: &Option<SavedAddress>| {
        at.as_ref().map_or_else(|| "the billing address".to_owned(), SavedAddress::one_line)
    };
    vec![
        ("Subscription", format!("{} {}", row.id.shown(), row.product)),
        ("Customer", format!("{} {}", row.customer_id, row.customer_name)),
        ("Serial", row.serial.clone().unwrap_or_default()),
        ("Status", row.status.word().to_owned()),
        ("Price", format!("{} a month{}, billed every {}", view.money(row.price), page.tax_word(), row.frequency)),
        ("From", view.day(row.start_on)),
        ("To", view.day(row.end_on.pred_opt())),
        ("Next payment", view.day(row.next_payment.map(|next| next.on))),
        ("Received", recovery),
        ("Shipped to", place(&page.shipping_address)),
        ("Billed to", place(&page.billing_address)),
    ]
}
