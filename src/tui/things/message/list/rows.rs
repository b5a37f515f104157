//! How a message reads in its details.

use crate::domain::format::Style;
use crate::tui::desk::reads::OutboxRow;
use crate::tui::widgets::strip::Detail;

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
