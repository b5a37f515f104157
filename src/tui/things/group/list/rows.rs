//! How a billing group reads in its details.

use chrono::NaiveDate;

use crate::domain::format::Style;
use crate::tui::desk::reads::GroupRow;
use crate::tui::widgets::strip::Detail;
use crate::tui::words;

/// What is known of the row under the cursor.
pub(super) fn details(row: &GroupRow, style: Style, today: NaiveDate) -> Vec<Detail> {
    let detail = |name: &str, value: String| (name.to_owned(), value);
    let contact = [row.contact_name.as_str(), row.email.as_str()];
    let contact = contact.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join("  ");
    let billed = match row.last_billed_on {
        Some(day) => format!("{}, {}", style.long_date(day), words::distance(day, today)),
        None => "not yet".to_owned(),
    };
    let open = if row.outstanding.is_zero() { "nothing".to_owned() } else { words::money(style, row.outstanding) };
    vec![
        detail("Contact", if contact.is_empty() { "none".to_owned() } else { contact }),
        detail("Billed on day", format!("{}, net {}", row.billing_day, row.terms_days)),
        detail(
            "Members",
            format!("{} with {}", row.member_count, words::count(row.active_subscriptions, "active subscription")),
        ),
        detail("Last billed", billed),
        detail("Open", open),
        detail("Overdue", if row.overdue.is_zero() { "nothing".to_owned() } else { words::money(style, row.overdue) }),
        detail("Monthly", words::money(style, row.monthly)),
        detail("Credit", if row.credit.is_zero() { "none".to_owned() } else { words::money(style, row.credit) }),
    ]
}
