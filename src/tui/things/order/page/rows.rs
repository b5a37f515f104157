//! How the parts of an order read.

use super::Key;
use crate::domain::format::Style;
use crate::domain::status::OrderStatus;
use crate::services::order_plan::Plan;
use crate::services::reads::{OrderPage, SavedAddress};
use crate::tui::widgets::table::{Column, Row, Width};
use crate::tui::{log, words};

/// The columns of a section.
pub(super) fn columns(section: usize) -> Vec<Column> {
    match section {
        0 => vec![
            Column::words("Item", Width::AtLeast(20), 9),
            Column::words("Serial no.", Width::AtLeast(10), 3),
            Column::numbers("Qty", 3, 8),
            Column::numbers("Mths", 4, 6),
            Column::words("Every", Width::Exact(9), 5),
            Column::numbers("Price/mo", 9, 7),
            Column::words("Starts", Width::Exact(11), 7),
            Column::words("Ship to", Width::AtLeast(9), 5),
            Column::numbers("Deposit", 9, 2),
        ],
        1 => vec![
            Column::words("Number", Width::Exact(7), 9),
            Column::words("Item", Width::AtLeast(16), 8),
            Column::words("Serial no.", Width::AtLeast(10), 6),
            Column::numbers("Price/mo", 10, 7),
            Column::words("Ends", Width::Exact(11), 5),
            Column::words("Next bill", Width::Exact(11), 4),
            Column::words("Status", Width::Exact(11), 8),
        ],
        2 => vec![
            Column::words("Starts", Width::Exact(11), 9),
            Column::words("Until", Width::Exact(11), 7),
            Column::numbers("No.", 7, 6),
            Column::words("What", Width::AtLeast(16), 8),
            Column::numbers("Amount", 12, 9),
        ],
        _ => log::columns(),
    }
}

/// What was ordered.
pub(super) fn items(page: &OrderPage, style: Style) -> Vec<Row<Key>> {
    let rows = page.items.iter().enumerate().map(|(number, item)| {
        let deposit = if item.deposit.is_zero() { String::new() } else { style.amount(item.deposit) };
        let cells = vec![
            item.product.as_str().into(),
            item.serial.clone().unwrap_or_default().into(),
            item.quantity.to_string().into(),
            item.months.to_string().into(),
            item.schedule.frequency.word().into(),
            style.amount(item.price).into(),
            style.long_date(item.schedule.start).into(),
            item.ship_to.as_ref().map_or("billing", SavedAddress::short).into(),
            deposit.into(),
        ];
        Row { key: Key::Item(number, item.variant_id), cells, worth: None }
    });
    rows.collect()
}

/// What it became.
pub(super) fn subscriptions(page: &OrderPage, style: Style) -> Vec<Row<Key>> {
    let rows = page.subscriptions.iter().map(|one| {
        let last = one.end_on.pred_opt().unwrap_or(one.end_on);
        let cells = vec![
            one.id.shown().into(),
            one.product.as_str().into(),
            one.serial.clone().unwrap_or_default().into(),
            style.amount(one.price).into(),
            style.long_date(last).into(),
            one.next_payment.map(|next| style.long_date(next.on)).unwrap_or_default().into(),
            words::subscription_status(one.status),
        ];
        Row { key: Key::Subscription(one.id), cells, worth: None }
    });
    rows.collect()
}

/// Every payment as ordered.
pub(super) fn schedule(plan: Option<&Plan>, style: Style) -> Vec<Row<Key>> {
    let payments = plan.iter().flat_map(|plan| &plan.payments).enumerate();
    let rows = payments.map(|(number, payment)| {
        let cells = vec![
            style.long_date(payment.from).into(),
            style.long_date(payment.to).into(),
            format!("{}/{}", payment.place.0, payment.place.1).into(),
            payment.what.as_str().into(),
            style.amount(payment.amount).into(),
        ];
        Row { key: Key::Planned(number), cells, worth: None }
    });
    rows.collect()
}

/// What was done about it.
pub(super) fn activity(page: &OrderPage, style: Style) -> Vec<Row<Key>> {
    let row = |one| Row { key: Key::Activity(log::number(one)), cells: log::cells(one, style), worth: None };
    page.activity.iter().map(row).collect()
}

/// Why a section has no rows.
pub(super) const fn empty(section: usize, status: Option<OrderStatus>) -> &'static str {
    match (section, status) {
        (1, Some(OrderStatus::Draft)) => "A draft has no subscriptions yet. F8 confirms it and starts them.",
        (1, Some(OrderStatus::Cancelled)) => "It was cancelled: nothing runs.",
        (3, _) => "Nothing was done about this order yet.",
        _ => "There is nothing here.",
    }
}
