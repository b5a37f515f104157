//! Billing groups and their members.

use serde_json::{Value, json};

use super::{amount, fraction};
use crate::services::reads::GroupPage;
use crate::shown::column::Listed;
use crate::shown::view::View;

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
