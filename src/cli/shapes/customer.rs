//! Customers.

use serde_json::{Value, json};

use super::amount;
use crate::domain::frequency::Frequency;
use crate::domain::method::Method;
use crate::services::reads::{Alike, CustomerPage, UpgradeRow};
use crate::shown::column::Listed;
use crate::shown::view::View;

/// The page of a customer as JSON: its row, and what stands beside it.
pub fn page(page: &CustomerPage, view: View) -> Value {
    let mut json = page.row.json(view);
    let more = json!({
        "first_name": page.first_name,
        "last_name": page.last_name,
        "registration_number": page.registration_number,
        "vat_number": page.vat_number,
        "contact_person": page.contact_person,
        "invoice_emails": emails(&page.invoice_emails),
        "tax": page.tax.code(),
        "tax_reason": page.tax_reason,
        "terms": page.terms_days,
        "class_name": page.class_name,
        "monthly_income": amount(page.monthly_income),
        "average_subscription_value": page.average_subscription_value.map(amount),
        "open_payments": page.open_payment_count,
        "oldest_overdue_on": page.oldest_overdue_on,
        "failed_attempts": page.failed_count,
        "billing_address": page.billing_address.as_ref().map(|address| json!({
            "id": address.id,
            "line1": address.line1,
            "line2": address.line2,
            "postcode": address.postcode,
            "city": address.city,
            "region": address.region,
            "country": address.country,
            "from_on": address.from_on,
        })),
        "preferences": {
            "months": page.preferences.months,
            "every": page.preferences.frequency.map(Frequency::code),
            "method": page.preferences.method.map(Method::code),
            "channel": page.preferences.channel,
            "likes": page.preferences.text,
        },
        "merged": page.merged.iter().map(|(id, name)| json!({ "id": id, "name": name })).collect::<Vec<_>>(),
        "erased_on": page.erased_on,
        "version": page.version,
    });
    if let (Some(json), Value::Object(more)) = (json.as_object_mut(), more) {
        json.extend(more);
    }
    json
}

/// Addresses parted by commas, one by one.
pub fn emails(list: &str) -> Vec<&str> {
    list.split(", ").filter(|one| !one.is_empty()).collect()
}

/// A customer that may be the same.
pub fn alike(other: &Alike) -> Value {
    json!({
        "id": other.id.0,
        "name": other.name,
        "email": other.email,
        "phone": other.phone,
        "alike": other.likeness.word(),
    })
}

/// What was upgraded to what.
pub fn upgrade(row: &UpgradeRow) -> Value {
    json!({
        "on": row.on,
        "from": row.from,
        "from_product": row.from_product,
        "from_price": amount(row.from_price),
        "to": row.to,
        "to_product": row.to_product,
        "to_price": amount(row.to_price),
        "currency": row.to_price.currency().code(),
    })
}

/// The page of a customer for people.
pub fn fields(page: &CustomerPage, view: View) -> Vec<(&'static str, String)> {
    let row = &page.row;
    let address = page.billing_address.as_ref().map(|row| row.address().one_line());
    let mut fields = vec![
        ("Customer", format!("{} {}", row.id, row.name)),
        ("Kind", row.kind.word().to_owned()),
        ("Email", row.email.clone()),
        ("Phone", row.phone.clone()),
        ("VAT number", page.vat_number.clone()),
        ("Tax", taxed(page)),
        ("Billing address", address.unwrap_or_default()),
        ("Billing group", row.group_name.clone().unwrap_or_default()),
        ("Customer since", view.day(row.joined_on)),
        ("Active subscriptions", row.active_subscriptions.to_string()),
        ("Monthly income", view.money(page.monthly_income)),
        ("Lifetime value", view.money(row.lifetime_value)),
        ("Outstanding", view.money(row.outstanding)),
        ("Overdue", view.money(row.overdue)),
        ("Credit", view.money(row.credit)),
    ];
    if !page.invoice_emails.is_empty() {
        fields.insert(4, ("Invoices to", page.invoice_emails.clone()));
    }
    fields
}

/// How tax is charged, and why not.
fn taxed(page: &CustomerPage) -> String {
    let reason = Some(page.tax_reason.as_str()).filter(|reason| !reason.is_empty());
    reason.map_or_else(|| page.tax.word().to_owned(), |reason| format!("{}: {reason}", page.tax.word()))
}
