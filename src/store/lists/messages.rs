//! The outbox: messages to customers, newest first.

use std::fmt::Write as _;

use chrono::{DateTime, Utc};

use super::plain::{self, Plain};
use super::shown::listed_name;
use crate::domain::id::{CustomerId, GroupId, InvoiceId};
use crate::domain::status::OutboxState;
use crate::store::engine::{Db, Value};
use crate::store::error::Result;
use crate::store::query::page::{Cursor, Key, Page, Slice};

/// Which messages.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct MessageFilter {
    /// Part of the address or the subject.
    pub query: String,
    /// Only those nobody has handed over yet: what the start page counts.
    pub is_waiting: bool,
    /// Only in one of these states; empty: in any.
    pub states: Vec<OutboxState>,
}

impl MessageFilter {
    fn from(&self, values: &mut Vec<Value<'_>>) -> String {
        let mut from = "outbox_message m WHERE 1 = 1".to_owned();
        if self.is_waiting {
            // As the partial index of the waiting ones says it.
            from.push_str(" AND m.state IN ('queued', 'sending')");
        }
        if !self.states.is_empty() {
            let holes = vec!["?"; self.states.len()].join(", ");
            let _ = write!(from, " AND m.state IN ({holes})");
            values.extend(self.states.iter().map(|state| Value::from(state.code())));
        }
        // Found in the index of the search texts alone: a row of the table is as large as its PDF.
        match plain::like("search_key", &self.query, values).as_str() {
            "" => from,
            like => format!("{from} AND m.id IN (SELECT id FROM outbox_message WHERE 1 = 1{like})"),
        }
    }
}

/// One message as lists show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutboxRow {
    pub id: i64,
    /// What it is: `invoice`.
    pub kind: String,
    /// Where it stands.
    pub state: OutboxState,
    pub recipient: String,
    pub subject: String,
    /// The customer it tells, merged ones resolved.
    pub customer_id: Option<CustomerId>,
    /// The group it tells.
    pub group_id: Option<GroupId>,
    pub payer_name: String,
    /// The invoice it is about.
    pub invoice_id: Option<InvoiceId>,
    /// The number of that.
    pub invoice_number: Option<String>,
    /// When it was queued.
    pub queued_at: DateTime<Utc>,
    /// When it was handed over.
    pub sent_at: Option<DateTime<Utc>>,
    /// Why it could not be, the last time it was tried.
    pub last_error: String,
    /// How large the PDF is, in bytes.
    pub attachment_bytes: i64,
}

impl OutboxRow {
    /// Its place in the list.
    pub fn cursor(&self) -> Cursor {
        Cursor::new(0, [Key::from(self.id)])
    }

    /// Whether it can still be withdrawn.
    pub const fn can_cancel(&self) -> bool {
        matches!(self.state, OutboxState::Queued | OutboxState::Held)
    }
}

/// One page of the messages, newest first.
pub fn messages(db: &Db, filter: &MessageFilter, page: &Page) -> Result<Slice<OutboxRow>> {
    let mut values: Vec<Value> = Vec::new();
    let from = filter.from(&mut values);
    let ids = plain::ids(db, &Plain { from, values, columns: vec![("m.id", true)], reverse: false }, page)?;
    let rows = plain::rows(&ids.rows, |id| outbox_row(db, id))?;
    Ok(ids.with(rows))
}

/// How many messages the filter has.
pub fn messages_count(db: &Db, filter: &MessageFilter) -> Result<i64> {
    let mut values: Vec<Value> = Vec::new();
    let from = filter.from(&mut values);
    let sql = plain::numbered(&format!("SELECT COUNT(*) FROM {from}"));
    Ok(db.one(&sql, &values, |row| row.int(0))?.unwrap_or(0))
}

const ROW: &str = "SELECT m.kind, m.state, m.recipient, m.subject, m.queued_at, m.sent_at, m.last_error, \
    CAST(COALESCE(LENGTH(m.attachment), 0) AS BIGINT), m.invoice_id, i.number, m.group_id, g.name, c.id, \
    COALESCE(c.company_name, ''), COALESCE(c.first_name, ''), COALESCE(c.last_name, '') \
    FROM outbox_message m LEFT JOIN invoice i ON i.id = m.invoice_id LEFT JOIN billing_group g ON g.id = m.group_id \
    LEFT JOIN customer o ON o.id = m.customer_id LEFT JOIN customer c ON c.id = COALESCE(o.root_id, o.id) WHERE m.id = ?1";

/// The message with this number.
pub fn outbox_row(db: &Db, id: i64) -> Result<Option<OutboxRow>> {
    db.one(ROW, &[id.into()], |row| {
        let group = row.opt_text(11)?;
        Ok(OutboxRow {
            id,
            kind: row.text(0)?,
            state: row.parsed(1)?,
            recipient: row.text(2)?,
            subject: row.text(3)?,
            queued_at: row.instant(4)?,
            sent_at: row.opt_instant(5)?,
            last_error: row.text(6)?,
            attachment_bytes: row.int(7)?,
            invoice_id: row.opt_int(8)?.map(InvoiceId),
            invoice_number: row.opt_text(9)?,
            group_id: row.opt_int(10)?.map(GroupId),
            customer_id: row.opt_int(12)?.map(CustomerId),
            payer_name: match group {
                Some(name) => name,
                None => listed_name(row, 13)?,
            },
        })
    })
}
