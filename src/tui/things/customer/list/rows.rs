//! How a customer reads in its details.

use chrono::NaiveDate;

use crate::domain::customer::CustomerKind;
use crate::domain::format::Style;
use crate::services::reads::CustomerPage;
use crate::tui::widgets::strip::Detail;
use crate::tui::words;

/// What is known of the one under the cursor; the first eight stand in the strip.
pub(super) fn details(page: &CustomerPage, style: Style, today: NaiveDate) -> Vec<Detail> {
    let row = &page.row;
    let detail = |name: &str, value: String| (name.to_owned(), value);
    let or_none = |text: &str| if text.is_empty() { "-".to_owned() } else { text.to_owned() };
    let late = page.oldest_overdue_on.map(|due| (today - due).num_days());
    let owes = match late {
        Some(days) => format!("{} ({} overdue {days} d)", style.amount(row.outstanding), style.amount(row.overdue)),
        None => style.amount(row.outstanding),
    };
    let kind = match (row.kind, page.terms_days) {
        (CustomerKind::Business, Some(days)) => format!("{}, net {days}", row.kind.word()),
        (kind, _) => kind.word().to_owned(),
    };
    let address =
        page.billing_address.as_ref().map_or_else(|| "missing: F2 adds it".to_owned(), |row| row.address().one_line());
    let mut details = vec![
        detail("Email", or_none(&row.email)),
        detail("Owes", owes),
        detail("Phone", or_none(&row.phone)),
        detail("Monthly", style.amount(page.monthly_income)),
        detail("Kind", kind),
        detail("Lifetime", style.amount(row.lifetime_value)),
        detail("Address", address),
        detail("Credit", style.amount(row.credit)),
        detail("Group", or_none(row.group_name.as_deref().unwrap_or(""))),
        detail("Contact", or_none(&page.contact_person)),
        detail("Class", page.class_name.clone()),
        detail("Since", style.long_date(row.joined_on)),
    ];
    if let Some(note) = &page.latest_note {
        details.push(detail("Note", format!("{} {}", words::day(note.noted_on, today, style), note.summary)));
    }
    if let Some(note) = &page.follow_up {
        let on = note.follow_up_on.map(|on| words::day(on, today, style)).unwrap_or_default();
        details.push(detail("Follow up", format!("{on} {}", note.follow_up_action)));
    }
    details
}

/// A range of amounts as a chip shows it.
pub(super) fn range((from, to): (Option<i64>, Option<i64>), shown: impl Fn(i64) -> String) -> String {
    match (from, to) {
        (Some(from), Some(to)) => format!("{} to {}", shown(from), shown(to)),
        (Some(from), None) => format!("from {}", shown(from)),
        (None, Some(to)) => format!("to {}", shown(to)),
        (None, None) => String::new(),
    }
}
