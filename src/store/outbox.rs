//! Messages to customers, queued in the transaction of what they tell of.

use chrono::{DateTime, Utc};

use super::billing::Payer;
use super::engine::Db;
use super::error::Result;
use crate::domain::id::{CreditNoteId, InvoiceId};
use crate::domain::status::OutboxState;

/// A message about to be queued; the final words and bytes.
#[derive(Clone, Copy, Debug)]
pub struct NewMessage<'a> {
    /// What makes it the only one of its kind.
    pub dedup_key: &'a str,
    /// What it is: `invoice`, `credit_note`, `payment_failed`.
    pub kind: &'a str,
    pub payer: Payer,
    pub invoice: InvoiceId,
    /// The credit note it brings.
    pub credit_note: Option<CreditNoteId>,
    pub recipient: &'a str,
    pub subject: &'a str,
    pub body: &'a str,
    /// A PDF; empty where none goes with it.
    pub attachment: &'a [u8],
    /// The `Message-ID` it goes out under, so that it is known when it comes back.
    pub message_id: &'a str,
    pub queued_at: DateTime<Utc>,
}

/// Queues a message; its number.
pub fn insert(db: &Db, new: &NewMessage) -> Result<i64> {
    let [customer, group] = new.payer.cells();
    db.insert(
        "INSERT INTO outbox_message (dedup_key, kind, customer_id, group_id, invoice_id, recipient, subject, body, attachment, \
         message_id, queued_at, next_try_at, search_key, credit_note_id) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?11, ?12, ?13)",
        &[
            new.dedup_key.into(),
            new.kind.into(),
            customer,
            group,
            new.invoice.into(),
            new.recipient.into(),
            new.subject.into(),
            new.body.into(),
            (!new.attachment.is_empty()).then_some(new.attachment).into(),
            new.message_id.into(),
            new.queued_at.into(),
            search_key(new.recipient, new.subject).into(),
            new.credit_note.map(|id| id.0).into(),
        ],
    )
}

fn search_key(recipient: &str, subject: &str) -> String {
    crate::domain::text::fold(&format!("{recipient} {subject}"))
}

/// Messages whose search text is not the one their words give.
pub fn with_odd_keys(db: &Db) -> Result<Vec<String>> {
    let mut odd = Vec::new();
    db.each("SELECT id, recipient, subject, search_key FROM outbox_message", &[], |row| {
        if search_key(row.str(1)?, row.str(2)?).trim() != row.str(3)?.trim() {
            odd.push(format!("message {}", row.int(0)?));
        }
        Ok(())
    })?;
    Ok(odd)
}

/// How many messages of a kind there were about an invoice.
pub fn count_of(db: &Db, invoice: InvoiceId, kind: &str) -> Result<i64> {
    let found = db.one(
        "SELECT COUNT(*) FROM outbox_message WHERE invoice_id = ?1 AND kind = ?2",
        &[invoice.into(), kind.into()],
        |row| row.int(0),
    )?;
    Ok(found.unwrap_or(0))
}

/// How many messages there were with a credit note.
pub fn count_with(db: &Db, note: CreditNoteId) -> Result<i64> {
    let sql = "SELECT COUNT(*) FROM outbox_message WHERE invoice_id = (SELECT c.invoice_id FROM credit_note c WHERE c.id = ?1) \
               AND credit_note_id = ?1";
    Ok(db.one(sql, &[note.0.into()], |row| row.int(0))?.unwrap_or(0))
}

/// Where a payer's invoices go; empty where no address is known.
pub fn billing_contact(db: &Db, payer: Payer) -> Result<String> {
    let (table, id) = match payer {
        Payer::Customer(id) => ("customer", id.0),
        Payer::Group(id) => ("billing_group", id.0),
    };
    let found = db.one(
        &format!("SELECT COALESCE(NULLIF(invoice_emails, ''), email) FROM {table} WHERE id = ?1"),
        &[id.into()],
        |row| row.text(0),
    )?;
    Ok(found.unwrap_or_default())
}

/// A message as a mail program takes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    pub id: i64,
    /// Where it stands.
    pub state: OutboxState,
    pub recipient: String,
    pub subject: String,
    pub body: String,
    /// A PDF; empty where none goes with it.
    pub attachment: Vec<u8>,
    /// The `Message-ID` it goes out under.
    pub message_id: String,
    /// When it was queued.
    pub queued_at: DateTime<Utc>,
    /// The number of the paper with it: of the credit note it brings, else of the invoice it is about.
    pub paper_number: Option<String>,
}

/// The message with this number.
pub fn message(db: &Db, id: i64) -> Result<Option<Message>> {
    db.one(
        "SELECT m.id, m.state, m.recipient, m.subject, m.body, m.attachment, m.message_id, m.queued_at, \
         COALESCE(c.number, i.number) FROM outbox_message m LEFT JOIN invoice i ON i.id = m.invoice_id \
         LEFT JOIN credit_note c ON c.id = m.credit_note_id WHERE m.id = ?1",
        &[id.into()],
        |row| {
            Ok(Message {
                id: row.int(0)?,
                state: row.parsed(1)?,
                recipient: row.text(2)?,
                subject: row.text(3)?,
                body: row.text(4)?,
                attachment: row.opt_bytes(5)?.unwrap_or_default(),
                message_id: row.text(6)?,
                queued_at: row.instant(7)?,
                paper_number: row.opt_text(8)?,
            })
        },
    )
}

/// The messages whose key begins with these words, which end in a colon; oldest first.
pub fn with_key(db: &Db, begins: &str) -> Result<Vec<i64>> {
    // A semicolon follows the colon: every key that begins so, by its index.
    let behind = format!("{};", begins.trim_end_matches(':'));
    db.all(
        "SELECT id FROM outbox_message WHERE dedup_key >= ?1 AND dedup_key < ?2 ORDER BY id",
        &[begins.into(), behind.as_str().into()],
        |row| row.int(0),
    )
}

/// Whatever waits went out at this instant.
pub fn hand_over(db: &Db, at: DateTime<Utc>) -> Result<()> {
    db.execute("UPDATE outbox_message SET state = 'sending' WHERE state = 'queued'", &[])?;
    let sent = "UPDATE outbox_message SET state = 'sent', sent_at = ?1, next_try_at = NULL WHERE state = 'sending'";
    db.execute(sent, &[at.into()]).map(drop)
}

/// A message that waits went out at this instant; whether it still waited.
pub fn settle(db: &Db, id: i64, at: DateTime<Utc>) -> Result<bool> {
    db.execute("UPDATE outbox_message SET state = 'queued' WHERE id = ?1 AND state = 'held'", &[id.into()])?;
    db.execute("UPDATE outbox_message SET state = 'sending' WHERE id = ?1 AND state = 'queued'", &[id.into()])?;
    let sent = "UPDATE outbox_message SET state = 'sent', sent_at = ?2, next_try_at = NULL WHERE id = ?1 AND state = 'sending'";
    Ok(db.execute(sent, &[id.into(), at.into()])? == 1)
}

/// Takes a message up that waits: whoever does owes an answer about it. Whether it still waited.
pub fn claim(db: &Db, id: i64, at: DateTime<Utc>) -> Result<bool> {
    let sql = "UPDATE outbox_message SET state = 'sending', next_try_at = ?2, try_count = try_count + 1 \
               WHERE id = ?1 AND state = 'queued'";
    Ok(db.execute(sql, &[id.into(), at.into()])? == 1)
}

/// A message that was taken up, or put aside, did not go out and waits again; whether it was one of these.
pub fn release(db: &Db, id: i64, at: DateTime<Utc>, why: &str) -> Result<bool> {
    let sql = "UPDATE outbox_message SET state = 'queued', next_try_at = ?2, last_error = ?3 \
               WHERE id = ?1 AND state IN ('sending', 'held')";
    Ok(db.execute(sql, &[id.into(), at.into(), why.into()])? == 1)
}

/// Whether a message that was taken up went out is not known: it is put aside for a person.
pub fn put_aside(db: &Db, id: i64, why: &str) -> Result<bool> {
    let sql = "UPDATE outbox_message SET state = 'held', next_try_at = NULL, last_error = ?2 WHERE id = ?1 AND state = 'sending'";
    Ok(db.execute(sql, &[id.into(), why.into()])? == 1)
}

/// The messages that were taken up and of which nobody has said what became of them, oldest first.
pub fn in_doubt(db: &Db) -> Result<Vec<i64>> {
    db.all("SELECT id FROM outbox_message WHERE state IN ('sending', 'held') ORDER BY id", &[], |row| row.int(0))
}

/// The messages that wait, oldest first.
pub fn waiting(db: &Db) -> Result<Vec<i64>> {
    db.all("SELECT id FROM outbox_message WHERE state = 'queued' ORDER BY id", &[], |row| row.int(0))
}

/// Withdraws a message nobody has taken up yet; whether it still was to be had.
pub fn cancel(db: &Db, id: i64) -> Result<bool> {
    let rows = db.execute(
        "UPDATE outbox_message SET state = 'cancelled', next_try_at = NULL WHERE id = ?1 AND state IN ('queued', 'held')",
        &[id.into()],
    )?;
    Ok(rows == 1)
}

/// The shop's own wording of a message: subject and body.
pub fn template(db: &Db, kind: &str, language: &str) -> Result<Option<(String, String)>> {
    db.one(
        "SELECT subject, body FROM message_template WHERE kind = ?1 AND language = ?2",
        &[kind.into(), language.into()],
        |row| Ok((row.text(0)?, row.text(1)?)),
    )
}
