//! How a message reads in the list and in its details.

use chrono::NaiveDate;

use crate::domain::format::Style;
use crate::domain::status::OutboxState;
use crate::tui::desk::reads::OutboxRow;
use crate::tui::format::Standing;
use crate::tui::widgets::strip::Detail;
use crate::tui::widgets::table::{Cell, Column, Row, Width};
use crate::tui::words;

/// The columns; those at a low priority need a wide screen.
pub(super) fn columns() -> Vec<Column> {
    vec![
        Column { order: Some('v'), ..Column::words("Queued", Width::Whole(8), 7) },
        Column::words("To", Width::AtLeast(22), 8),
        Column::words("About", Width::AtLeast(20), 9),
        Column::words("Status", Width::Exact(11), 6),
        Column::words("Payer", Width::AtLeast(16), 3),
    ]
}

fn standing(state: OutboxState) -> Standing {
    match state {
        OutboxState::Queued => Standing::Pending,
        OutboxState::Sending => Standing::Processing,
        OutboxState::Sent => Standing::Paid,
        OutboxState::Bounced => Standing::Failed,
        OutboxState::Held => Standing::Waiting,
        OutboxState::Cancelled => Standing::Cancelled,
    }
}

/// One row.
pub(super) fn row(row: &OutboxRow, today: NaiveDate, style: Style) -> Row<i64> {
    let standing = standing(row.state);
    Row {
        key: row.id,
        cells: vec![
            words::day(row.queued_at.date_naive(), today, style).into(),
            row.recipient.as_str().into(),
            row.subject.as_str().into(),
            Cell::new(standing.with(word(row.state)), standing.into()),
            row.payer_name.as_str().into(),
        ],
        worth: None,
    }
}

/// Withdrawn is what the page calls what it does.
pub(super) const fn word(state: OutboxState) -> &'static str {
    match state {
        OutboxState::Cancelled => "Withdrawn",
        other => other.word(),
    }
}

/// What is known of the row under the cursor.
pub(super) fn details(row: &OutboxRow, style: Style) -> Vec<Detail> {
    let detail = |name: &str, value: String| (name.to_owned(), value);
    let file = match row.attachment_bytes {
        0 => "nothing".to_owned(),
        bytes => format!("a PDF of {} kB", (bytes + 999) / 1000),
    };
    let mut details = vec![
        detail("To", row.recipient.clone()),
        detail("Payer", row.payer_name.clone()),
        detail("Queued", style.long_date(row.queued_at.date_naive())),
        detail("Attached", file),
    ];
    if let Some(number) = &row.invoice_number {
        details.push(detail("Invoice", number.clone()));
    }
    if let Some(at) = row.sent_at {
        details.push(detail("Sent", style.long_date(at.date_naive())));
    }
    if !row.last_error.is_empty() {
        details.push(detail("Trouble", row.last_error.clone()));
    }
    details
}
