//! Orders and their items.

use crate::domain::money::Money;
use crate::domain::schedule::price;
use crate::services::reads::{OrderItem, OrderRow};
use crate::shown::cell::Cell;
use crate::shown::column::{Column, Listed, Place, Side, Width, at};
use crate::shown::standing;

type Order = Column<OrderRow>;
type Item = Column<OrderItem>;

impl Listed for OrderRow {
    const ONE: &'static str = "order";
    const COLUMNS: &'static [Column<Self>] = &[
        Order::new("id", |row, _| row.id.into())
            .table("ID", Side::Right)
            .words("Number", Width::Exact(8))
            .seen(|row, _| format!("O-{}", row.id).into()),
        Order::new("ordered_on", |row, _| row.ordered_on.into())
            .table("DATE", Side::Code)
            .words("Ordered", Width::Exact(11))
            .falling("ordered"),
        Order::new("customer", |row, _| row.customer_id.into()),
        Order::new("customer_name", |row, _| (&row.customer_name).into())
            .table("CUSTOMER", Side::Left)
            .words("Customer", Width::AtLeast(16)),
        Order::new("units", |row, _| row.unit_count.into()).numbers("Units", 5),
        Order::new("items", |row, _| (&row.items).into()).table("ITEMS", Side::Left).words("What", Width::AtLeast(18)),
        Order::new("total", |row, _| row.total.into()).table("TOTAL", Side::Right).numbers("Total", 10),
        Order::new("currency", |row, _| row.total.currency().code().into()),
        Order::new("status", |row, _| Cell::Word(row.status.code(), row.status.word()))
            .table("STATUS", Side::Code)
            .words("Status", Width::Exact(11))
            .seen(|row, _| standing::order(row.status)),
    ];
}

/// The list of orders.
pub const LIST: &[Place] = &[
    at("id", 95),
    at("ordered_on", 80),
    at("customer_name", 90),
    at("units", 50),
    at("items", 60),
    at("total", 70),
    at("status", 85),
];

impl Listed for OrderItem {
    const ONE: &'static str = "item";
    const COLUMNS: &'static [Column<Self>] = &[
        Item::new("variant_id", |row, _| row.variant.into()).table("VARIANT", Side::Right),
        Item::new("quantity", |row, _| row.quantity.into()).table("UNITS", Side::Right),
        Item::new("asset", |row, _| row.asset.into()),
        Item::new("months", |row, _| row.months.into()).table("MONTHS", Side::Right),
        Item::new("every", |row, _| Cell::Word(row.frequency.code(), row.frequency.word()))
            .table("EVERY", Side::Code)
            .said(|row, _| row.frequency.to_string()),
        Item::new("start_on", |row, _| row.start_on.into()).table("FROM", Side::Code),
        Item::new("anchor_day", |row, _| row.anchor_day.into()),
        Item::new("price", |row, _| row.price.into()).table("PRICE", Side::Right),
        Item::new("tax_rate", |row, _| Cell::Plain(row.tax.to_string())),
        Item::new("deposit", |row, _| row.deposit.into()).table("DEPOSIT", Side::Right).bare(),
        Item::new("total", |row, _| total(row).into()).table("TOTAL", Side::Right).bare(),
    ];
}

/// All periods of all units of an item, as priced.
pub fn total(item: &OrderItem) -> Money {
    let periods = item.schedule().map_or(0, |schedule| {
        schedule.periods().map(|period| price(&period, item.frequency, item.price.minor())).sum::<i64>()
    });
    Money::new(periods * i64::from(item.quantity), item.price.currency())
}
