//! Billing groups and their members.

use serde_json::{Value, json};

use super::{amount, fraction};
use crate::cli::list::{Shown, View};
use crate::cli::table::{Column, Side};
use crate::services::reads::{GroupPage, GroupRow, MemberRow};

impl Shown for GroupRow {
    const COLUMNS: &'static [Column] = &[
        ("ID", Side::Right),
        ("NAME", Side::Left),
        ("CONTACT", Side::Left),
        ("MEMBERS", Side::Right),
        ("BILLED ON", Side::Right),
        ("MONTHLY", Side::Right),
        ("OPEN", Side::Right),
        ("OVERDUE", Side::Right),
    ];

    fn json(&self, _view: View) -> Value {
        json!({
            "id": self.id,
            "name": self.name,
            "contact": self.contact_name,
            "email": self.email,
            "terms": self.terms_days,
            "billing_day": self.billing_day,
            "last_billed_on": self.last_billed_on,
            "members": self.member_count,
            "active_subscriptions": self.active_subscriptions,
            "monthly_income": amount(self.monthly),
            "outstanding": amount(self.outstanding),
            "overdue": amount(self.overdue),
            "credit": amount(self.credit),
            "currency": self.outstanding.currency().code(),
        })
    }

    fn cells(&self, view: View) -> Vec<String> {
        vec![
            self.id.to_string(),
            self.name.clone(),
            self.contact_name.clone(),
            self.member_count.to_string(),
            self.billing_day.to_string(),
            view.money(self.monthly),
            view.money(self.outstanding),
            view.money(self.overdue),
        ]
    }
}

impl Shown for MemberRow {
    const COLUMNS: &'static [Column] = &[
        ("CUSTOMER", Side::Right),
        ("NAME", Side::Left),
        ("EMAIL", Side::Left),
        ("SINCE", Side::Code),
        ("UNTIL", Side::Code),
        ("ACTIVE", Side::Right),
        ("MONTHLY", Side::Right),
    ];

    fn json(&self, _view: View) -> Value {
        json!({
            "id": self.customer_id,
            "customer": self.customer_id,
            "customer_name": self.name,
            "email": self.email,
            "joined_on": self.joined_on,
            "left_on": self.left_on,
            "active_subscriptions": self.active_subscriptions,
            "monthly_income": amount(self.monthly),
            "currency": self.monthly.currency().code(),
        })
    }

    fn cells(&self, view: View) -> Vec<String> {
        vec![
            self.customer_id.to_string(),
            self.name.clone(),
            self.email.clone(),
            view.day(self.joined_on),
            view.day(self.left_on),
            self.active_subscriptions.to_string(),
            view.money(self.monthly),
        ]
    }
}

/// The page of a group as JSON.
pub fn page(page: &GroupPage, view: View) -> Value {
    let mut json = page.row.json(view);
    let performance = &page.performance;
    let more = json!({
        "address": page.address,
        "invoice_emails": super::customer::emails(&page.invoice_emails),
        "tax_number": page.tax_number,
        "created_on": page.created_on,
        "member_rows": page.members.iter().map(|member| member.json(view)).collect::<Vec<_>>(),
        "subscriptions": page.subscriptions.iter().map(|row| row.id).collect::<Vec<_>>(),
        "uninvoiced_count": page.uninvoiced.0,
        "uninvoiced": amount(page.uninvoiced.1),
        "performance": {
            "invoices": performance.invoice_count,
            "invoiced": amount(performance.invoiced),
            "paid": amount(performance.paid),
            "outstanding": amount(performance.outstanding),
            "overdue": amount(performance.overdue),
            "success_rate": fraction(performance.success_ppm),
        },
    });
    if let (Some(json), Value::Object(more)) = (json.as_object_mut(), more) {
        json.extend(more);
    }
    json
}

/// The head of a group for people.
pub fn fields(page: &GroupPage, view: View) -> Vec<(&'static str, String)> {
    let row = &page.row;
    let mut fields = vec![
        ("Group", format!("{} {}", row.id, row.name)),
        ("Contact", row.contact_name.clone()),
        ("Email", row.email.clone()),
        ("Address", page.address.replace('\n', ", ")),
        ("Days to pay", row.terms_days.to_string()),
        ("Billed on day", row.billing_day.to_string()),
        ("Members", row.member_count.to_string()),
        ("Monthly", view.money(row.monthly)),
        ("Waits for the next invoice", view.money(page.uninvoiced.1)),
        ("Outstanding", view.money(row.outstanding)),
        ("Overdue", view.money(row.overdue)),
        ("Credit", view.money(row.credit)),
    ];
    if !page.invoice_emails.is_empty() {
        fields.insert(3, ("Invoices to", page.invoice_emails.clone()));
    }
    fields
}
