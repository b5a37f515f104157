//! Variants and assets.

use serde_json::{Value, json};

use super::{amount, rate};
use crate::cli::list::{Shown, View};
use crate::cli::table::{Column, Side};
use crate::services::reads::{AssetRow, VariantRow};

impl Shown for VariantRow {
    const COLUMNS: &'static [Column] = &[
        ("ID", Side::Right),
        ("PRODUCT", Side::Left),
        ("VARIANT", Side::Left),
        ("CATEGORY", Side::Left),
        ("PRICE", Side::Right),
        ("TAX %", Side::Right),
        ("FREE", Side::Right),
        ("RENTED", Side::Right),
    ];

    fn json(&self, _view: View) -> Value {
        json!({
            "id": self.product_id,
            "variant_id": self.id,
            "name": self.product,
            "variant": self.name,
            "category": self.category,
            "price": amount(self.price),
            "currency": self.price.currency().code(),
            "tax_rate": rate(self.tax_ppm),
            "offered": self.is_offered,
            "free": self.free_count,
            "rented": self.rented_count,
        })
    }

    fn cells(&self, view: View) -> Vec<String> {
        vec![
            self.id.to_string(),
            self.product.clone(),
            self.name.clone(),
            self.category.clone(),
            view.money(self.price),
            rate(self.tax_ppm),
            self.free_count.to_string(),
            self.rented_count.to_string(),
        ]
    }
}

impl Shown for AssetRow {
    const COLUMNS: &'static [Column] = &[
        ("ID", Side::Right),
        ("SERIAL", Side::Code),
        ("PRODUCT", Side::Left),
        ("STATE", Side::Code),
        ("CUSTOMER", Side::Left),
        ("COST", Side::Right),
        ("RECOVERED", Side::Right),
    ];

    fn json(&self, _view: View) -> Value {
        json!({
            "id": self.id,
            "variant_id": self.variant_id,
            "product": self.product,
            "serial": self.serial,
            "status": self.state.code(),
            "cost": amount(self.cost),
            "recovered": amount(self.recovered),
            "currency": self.cost.currency().code(),
            "bought_on": self.bought_on,
            "subscription": self.subscription_id,
            "customer": self.customer_id,
            "customer_name": self.customer_name,
        })
    }

    fn cells(&self, view: View) -> Vec<String> {
        vec![
            self.id.to_string(),
            self.serial.clone(),
            self.product.clone(),
            self.state.word().to_owned(),
            self.customer_name.clone().unwrap_or_default(),
            view.money(self.cost),
            view.style.amount(self.recovered),
        ]
    }
}
