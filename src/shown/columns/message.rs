//! Messages in the outbox.

use chrono::{DateTime, Utc};

use crate::domain::status::OutboxState;
use crate::services::reads::OutboxRow;
use crate::shown::cell::Cell;
use crate::shown::column::{Column, Listed, Place, Side, Width, at};
use crate::shown::standing::Standing;

type Message = Column<OutboxRow>;

impl Listed for OutboxRow {
    const ONE: &'static str = "message";
    const COLUMNS: &'static [Column<Self>] = &[
        Message::new("id", |row, _| row.id.into()).table("ID", Side::Right),
        Message::new("kind", |row, _| (&row.kind).into()),
        Message::new("queued_at", |row, _| instant(row.queued_at))
            .table("QUEUED", Side::Code)
            .said(|row, view| view.day(row.queued_at.date_naive()))
            .words("Queued", Width::Whole(8))
            .seen(|row, view| view.short_day(row.queued_at.date_naive()).into())
            .rising("queued"),
        Message::new("sent_at", |row, _| row.sent_at.map_or(Cell::Nothing, instant)),
        Message::new("status", |row, _| Cell::Word(row.state.code(), word(row.state)))
            .table("STATUS", Side::Code)
            .said(|row, _| row.state.code().to_owned())
            .words("Status", Width::Exact(11))
            .seen(|row, _| standing(row.state).seen(word(row.state))),
        Message::new("recipient", |row, _| (&row.recipient).into())
            .table("TO", Side::Left)
            .words("To", Width::AtLeast(22)),
        Message::new("subject", |row, _| (&row.subject).into())
            .table("SUBJECT", Side::Left)
            .words("About", Width::AtLeast(20)),
        Message::new("customer", |row, _| row.customer_id.into()),
        Message::new("group", |row, _| row.group_id.into()),
        Message::new("payer_name", |row, _| (&row.payer_name).into()).words("Payer", Width::AtLeast(16)),
        Message::new("invoice", |row, _| row.invoice_number.as_deref().into()),
        Message::new("error", |row, _| (&row.last_error).into()),
        Message::new("attachment_bytes", |row, _| row.attachment_bytes.into()),
    ];
}

/// The list of messages.
pub const LIST: &[Place] =
    &[at("queued_at", 7), at("recipient", 8), at("subject", 9), at("status", 6), at("payer_name", 3)];

fn instant(at: DateTime<Utc>) -> Cell {
    Cell::Plain(at.to_rfc3339())
}

const fn standing(state: OutboxState) -> Standing {
    match state {
        OutboxState::Queued => Standing::Pending,
        OutboxState::Sending => Standing::Processing,
        OutboxState::Sent => Standing::Paid,
        OutboxState::Bounced => Standing::Failed,
        OutboxState::Held => Standing::Waiting,
        OutboxState::Cancelled => Standing::Cancelled,
    }
}

/// Withdrawn is what the page calls what it does.
pub const fn word(state: OutboxState) -> &'static str {
    match state {
        OutboxState::Cancelled => "Withdrawn",
        other => other.word(),
    }
}
