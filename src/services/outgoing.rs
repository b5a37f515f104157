//! A queued message as a mail program takes it.

use chrono::{DateTime, Utc};

use super::desk::Desk;
use super::refusal::{DeskError, OrUnknown, Result};
use crate::domain::id::InvoiceId;
use crate::store::{billing, outbox};

/// Everything a message is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outgoing {
    pub recipient: String,
    pub from_name: String,
    /// The shop's address; empty where it has none.
    pub from_address: String,
    pub subject: String,
    pub body: String,
    /// What the PDF is called; empty where none goes with it.
    pub file_name: String,
    /// The PDF; empty where none goes with it.
    pub attachment: Vec<u8>,
    /// The `Message-ID` it goes out under.
    pub message_id: String,
    /// When it was queued.
    pub queued_at: DateTime<Utc>,
}

impl Desk {
    /// Where the messages about an invoice go; empty where its payer has no address.
    pub fn billing_contact(&self, invoice: InvoiceId) -> Result<String> {
        self.read(|db| {
            let head = billing::invoice(db, invoice)?.or_unknown("invoice", invoice)?;
            outbox::billing_contact(db, head.payer).map_err(DeskError::from)
        })
    }

    /// The message with this number.
    pub fn outgoing(&self, id: i64) -> Result<Outgoing> {
        let shop = self.shop()?;
        let message = self.read(|db| outbox::message(db, id)?.or_unknown("message", id))?;
        let number = message.paper_number.unwrap_or_else(|| "invoice".to_owned());
        let plain = |c: char| if c.is_ascii_alphanumeric() || "-_.".contains(c) { c } else { '-' };
        let file_name = if message.attachment.is_empty() {
            String::new()
        } else {
            format!("{}.pdf", number.chars().map(plain).collect::<String>().trim_matches('.'))
        };
        Ok(Outgoing {
            recipient: message.recipient,
            from_name: shop.name.clone(),
            from_address: shop.email.clone(),
            subject: message.subject,
            body: message.body,
            file_name,
            attachment: message.attachment,
            message_id: message.message_id,
            queued_at: message.queued_at,
        })
    }
}
