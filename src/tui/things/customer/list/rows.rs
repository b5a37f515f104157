//! How a customer reads in the list and in its details.

use chrono::NaiveDate;

use crate::domain::customer::CustomerKind;
use crate::domain::format::Style;
use crate::domain::id::CustomerId;
use crate::services::reads::{CustomerPage, CustomerRow, CustomerSort};
use crate::tui::format::Standing;
use crate::tui::theme::Ink;
use crate::tui::widgets::strip::Detail;
use crate::tui::widgets::table::{Cell, Column, Row, Width};
use crate::tui::words;

/// The columns; those at a low priority need a wide screen.
pub(super) fn columns() -> Vec<Column> {
    vec![
        Column::words("Name", Width::AtLeast(28), 9),
        Column::words("Email", Width::AtLeast(22), 5),
        Column::words("Phone", Width::AtLeast(15), 3),
        Column::words("Group", Width::AtLeast(10), 2),
        Column::numbers("Subs", 5, 6),
        Column::numbers("Lifetime", 11, 7),
        Column::numbers("Owes", 10, 8),
        Column::words("", Width::Exact(9), 8),
        Column::words("Since", Width::Exact(11), 1),
    ]
}

/// Puts the mark of the order on its column.
pub(super) fn mark_order(columns: &mut [Column], sort: CustomerSort, reverse: bool) {
    let sorted = match sort {
        CustomerSort::Name => "Name",
        CustomerSort::LifetimeValue => "Lifetime",
        CustomerSort::Subscriptions => "Subs",
        CustomerSort::Joined => "Since",
    };
    let ascends = (sort == CustomerSort::Name) != reverse;
    for column in columns {
        column.order = (column.title == sorted).then_some(if ascends { 'v' } else { '^' });
    }
}

/// One row.
pub(super) fn row(row: &CustomerRow, style: Style) -> Row<CustomerId> {
    let amount = |money| style.amount(money);
    let owes = if row.outstanding.is_zero() { String::new() } else { amount(row.outstanding) };
    let lifetime = if row.lifetime_value.is_zero() { String::new() } else { amount(row.lifetime_value) };
    let group = row.group_name.clone().unwrap_or_default();
    let subscriptions = if row.subscriptions == 0 {
        String::new()
    } else {
        format!("{}/{}", row.active_subscriptions, row.subscriptions)
    };
    Row {
        key: row.id,
        cells: vec![
            row.name.as_str().into(),
            row.email.as_str().into(),
            row.phone.as_str().into(),
            group.into(),
            subscriptions.into(),
            lifetime.into(),
            Cell::new(owes, words::open_ink(row.overdue.minor() > 0)),
            standing(row),
            style.long_date(row.joined_on).into(),
        ],
        worth: Some(row.outstanding),
    }
}

/// Where a customer stands, in a word.
fn standing(row: &CustomerRow) -> Cell {
    let (standing, word) = if row.closed_on.is_some() {
        (Standing::Cancelled, "Closed")
    } else if row.overdue.minor() > 0 {
        (Standing::Overdue, "Overdue")
    } else if row.outstanding.minor() > 0 {
        (Standing::Pending, "Owes")
    } else if row.active_subscriptions > 0 {
        (Standing::Paid, "Active")
    } else {
        return Cell::new("", Ink::Plain);
    };
    Cell::new(standing.with(word), standing.into())
}

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
