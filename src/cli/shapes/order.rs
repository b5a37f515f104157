//! Orders.

use serde_json::{Value, json};

use super::amount;
use crate::cli::list::{Shown, View};
use crate::cli::table::{Column, Side};
use crate::domain::money::Money;
use crate::domain::schedule::price;
use crate::services::reads::{OrderItem, OrderRow};

impl Shown for OrderRow {
    const COLUMNS: &'static [Column] = &[
        ("ID", Side::Right),
        ("DATE", Side::Code),
        ("CUSTOMER", Side::Left),
        ("ITEMS", Side::Left),
        ("TOTAL", Side::Right),
        ("STATUS", Side::Code),
    ];

    fn json(&self, _view: View) -> Value {
        json!({
            "id": self.id,
            "customer": self.customer_id,
            "customer_name": self.customer_name,
            "ordered_on": self.ordered_on,
            "status": self.status.code(),
            "units": self.unit_count,
            "items": self.items,
            "total": amount(self.total),
            "currency": self.total.currency().code(),
        })
    }

    fn cells(&self, view: View) -> Vec<String> {
        vec![
            self.id.to_string(),
            view.day(self.ordered_on),
            self.customer_name.clone(),
            self.items.clone(),
            view.money(self.total),
            self.status.word().to_owned(),
        ]
    }
}

impl Shown for OrderItem {
    const COLUMNS: &'static [Column] = &[
        ("VARIANT", Side::Right),
        ("UNITS", Side::Right),
        ("MONTHS", Side::Right),
        ("EVERY", Side::Code),
        ("FROM", Side::Code),
        ("PRICE", Side::Right),
        ("DEPOSIT", Side::Right),
        ("TOTAL", Side::Right),
    ];

    fn json(&self, _view: View) -> Value {
        json!({
            "variant_id": self.variant,
            "quantity": self.quantity,
            "asset": self.asset,
            "months": self.months,
            "every": self.frequency.code(),
            "start_on": self.start_on,
            "anchor_day": self.anchor_day,
            "price": amount(self.price),
            "tax_rate": self.tax.to_string(),
            "deposit": amount(self.deposit),
            "total": amount(total(self)),
        })
    }

    fn cells(&self, view: View) -> Vec<String> {
        vec![
            self.variant.to_string(),
            self.quantity.to_string(),
            self.months.to_string(),
            self.frequency.to_string(),
            view.day(self.start_on),
            view.money(self.price),
            view.style.amount(self.deposit),
            view.style.amount(total(self)),
        ]
    }
}

/// All periods of all units of an item, as priced.
pub fn total(item: &OrderItem) -> Money {
    let periods = item.schedule().map_or(0, |schedule| {
        schedule.periods().map(|period| price(&period, item.frequency, item.price.minor())).sum::<i64>()
    });
    Money::new(periods * i64::from(item.quantity), item.price.currency())
}
