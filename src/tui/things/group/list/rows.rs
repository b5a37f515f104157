//! How a billing group reads in the list and in its details.

use chrono::NaiveDate;

use crate::domain::format::Style;
use crate::domain::id::GroupId;
use crate::domain::money::Money;
use crate::tui::desk::reads::GroupRow;
use crate::tui::theme::Ink;
use crate::tui::widgets::strip::Detail;
use crate::tui::widgets::table::{Cell, Column, Row, Width};
use crate::tui::words;

/// The columns; those at a low priority need a wide screen.
pub(super) fn columns() -> Vec<Column> {
    vec![
        Column { order: Some('v'), ..Column::words("Group", Width::AtLeast(20), 9) },
        Column::numbers("Members", 7, 7),
        Column::numbers("Subs", 5, 4),
        Column::numbers("Monthly", 11, 6),
        Column::numbers("Open", 11, 8),
        Column::numbers("Overdue", 11, 5),
        Column::words("Last billed", Width::Exact(11), 3),
        Column::words("Contact", Width::AtLeast(14), 2),
        Column::words("Email", Width::AtLeast(18), 1),
    ]
}

/// One row.
pub(super) fn row(row: &GroupRow, style: Style) -> Row<GroupId> {
    let amount = |money: Money| if money.is_zero() { String::new() } else { style.amount(money) };
    let count = |number: i64| if number == 0 { String::new() } else { number.to_string() };
    let late = if row.overdue.is_zero() { Ink::Plain } else { Ink::Bad };
    let mark = if row.overdue.is_zero() { "" } else { "! " };
    Row {
        key: row.id,
        cells: vec![
            row.name.as_str().into(),
            count(row.member_count).into(),
            count(row.active_subscriptions).into(),
            amount(row.monthly).into(),
            amount(row.outstanding).into(),
            Cell::new(format!("{mark}{}", amount(row.overdue)), late),
            row.last_billed_on.map(|day| style.long_date(day)).unwrap_or_default().into(),
            row.contact_name.as_str().into(),
            row.email.as_str().into(),
        ],
        worth: Some(row.outstanding),
    }
}

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
