//! Payments: what is owed.

use serde_json::{Value, json};

use super::amount;
use crate::cli::list::{Shown, View};
use crate::cli::table::{Column, Side};
use crate::services::reads::{PaymentRow, UpcomingRow};

impl Shown for PaymentRow {
    const COLUMNS: &'static [Column] = &[
        ("ID", Side::Right),
        ("CUSTOMER", Side::Left),
        ("WHAT FOR", Side::Left),
        ("DUE", Side::Code),
        ("AMOUNT", Side::Right),
        ("OPEN", Side::Right),
        ("STATUS", Side::Code),
        ("INVOICE", Side::Code),
    ];

    fn json(&self, view: View) -> Value {
        json!({
            "id": self.id,
            "kind": self.kind.code(),
            "status": self.standing().code(),
            "customer": self.customer_id,
            "customer_name": self.customer_name,
            "group": self.group_id,
            "group_name": self.group_name,
            "subscription": self.subscription_id,
            "text": self.text,
            "period_start": self.period.map(|period| period.0),
            "period_end": self.period.map(|period| period.1),
            "due_on": self.due_on,
            "overdue_days": self.overdue_days(view.today),
            "amount": amount(self.amount),
            "open": amount(self.open),
            "paid": amount(self.paid),
            "refunded": amount(self.refunded),
            "credited": amount(self.credited),
            "written_off": amount(self.written_off),
            "currency": self.amount.currency().code(),
            "method": self.method.map(crate::domain::method::Method::code),
            "invoice": self.invoice_number,
            "paid_on": self.paid_on,
            "attempts": self.attempt_count,
            "disputed": self.is_disputed,
        })
    }

    fn cells(&self, view: View) -> Vec<String> {
        let status = match self.overdue_days(view.today) {
            Some(days) => format!("{} {} days late", self.status.word(), days),
            None => self.standing().word().to_owned(),
        };
        vec![
            self.id.to_string(),
            self.customer_name.clone(),
            self.text.clone(),
            view.day(self.due_on),
            view.money(self.amount),
            view.style.amount(self.open),
            status,
            self.invoice_number.clone().unwrap_or_default(),
        ]
    }
}

impl Shown for UpcomingRow {
    const COLUMNS: &'static [Column] = &[
        ("SUBSCRIPTION", Side::Right),
        ("CUSTOMER", Side::Left),
        ("WHAT FOR", Side::Left),
        ("FROM", Side::Code),
        ("AMOUNT", Side::Right),
    ];

    fn json(&self, _view: View) -> Value {
        json!({
            "id": null,
            "kind": "period",
            "status": "upcoming",
            "customer": self.customer_id,
            "customer_name": self.customer_name,
            "subscription": self.subscription_id,
            "text": self.product,
            "n": self.period_index + 1,
            "period_start": self.period.0,
            "period_end": self.period.1,
            "due_on": self.period.0,
            "amount": amount(self.amount),
            "open": amount(self.amount),
            "currency": self.amount.currency().code(),
            "method": null,
            "invoice": null,
            "paid_on": null,
        })
    }

    fn cells(&self, view: View) -> Vec<String> {
        vec![
            self.subscription_id.to_string(),
            self.customer_name.clone(),
            self.product.clone(),
            view.day(self.period.0),
            view.money(self.amount),
        ]
    }
}
