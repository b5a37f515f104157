//! The notice of a failed payment: queued in the transaction of the failure, where the customer wants to be written to.

use super::messages;
use super::papers::{self, Copy};
use super::refusal::{OrUnknown, Result};
use super::work::Work;
use crate::domain::id::{ActivityId, InvoiceId, PaymentId};
use crate::store::billing::{self, InvoiceHead, Payer};
use crate::store::outbox::{self, NewMessage};
use crate::store::{customer, dispute, preference, receipt};

const KIND: &str = "payment_failed";

/// Queues one message an invoice about payments that failed just now; a sentence that says so, or why there is none.
pub(super) fn payments_failed(work: &Work, activity: ActivityId, payments: &[PaymentId]) -> Result<String> {
    let mut reasons: Vec<String> = Vec::new();
    let mut told: Vec<InvoiceId> = Vec::new();
    for id in payments {
        let owed = receipt::owed(work.db, *id)?.or_unknown("payment", id)?;
        let Some(invoice) = owed.invoice.filter(|invoice| invoice.is_issued && !told.contains(&invoice.id)) else {
            continue;
        };
        let head = billing::invoice(work.db, invoice.id)?.or_unknown("invoice", invoice.id)?;
        match recipient(work, &head, *id)? {
            Ok(to) => {
                told.push(head.id);
                queue(work, activity, &head, &to)?;
            }
            Err(why) if reasons.contains(&why) => {}
            Err(why) => reasons.push(why),
        }
    }
    Ok(said(told.len(), &reasons))
}

/// Where the notice goes, or why it goes nowhere.
fn recipient(work: &Work, head: &InvoiceHead, payment: PaymentId) -> Result<Result<String, String>> {
    // A disputed payment is not dunned.
    if dispute::open_of(work.db, payment)?.is_some() {
        return Ok(Err("it is disputed".to_owned()));
    }
    let payer = match head.payer {
        Payer::Customer(id) => Payer::Customer(customer::root(work.db, id)?),
        group @ Payer::Group(_) => group,
    };
    if let Payer::Customer(id) = payer {
        let why = match preference::of(work.db, id)?.channel.as_deref() {
            Some("phone") => "customer wants calls",
            Some("post") => "customer wants letters",
            Some("none") => "customer wants none",
            _ => "",
        };
        if !why.is_empty() {
            return Ok(Err(why.to_owned()));
        }
    }
    let email = outbox::billing_contact(work.db, payer)?;
    Ok(if email.is_empty() { Err("no email address".to_owned()) } else { Ok(email) })
}

/// Its invoice was sent when it was issued: the notice says number, amount and account, and carries no paper.
fn queue(work: &Work, activity: ActivityId, head: &InvoiceHead, recipient: &str) -> Result<()> {
    let values = papers::values(work.db, work.shop, head.id, Copy::Current)?;
    let (subject, body) = messages::payment_failed(work.db, work.shop, &values)?;
    let domain = messages::domain(work.shop);
    let message = NewMessage {
        dedup_key: &format!("{KIND}:{activity}:{}", head.id),
        kind: KIND,
        payer: head.payer,
        invoice: head.id,
        credit_note: None,
        recipient,
        subject: &subject,
        body: &body,
        attachment: &[],
        message_id: &format!("<{}.{activity}.{}@{domain}>", work.salt(), head.id),
        queued_at: work.now,
    };
    outbox::insert(work.db, &message)?;
    Ok(())
}

fn said(queued: usize, reasons: &[String]) -> String {
    let waits = match queued {
        0 => String::new(),
        1 => " A message waits to be sent.".to_owned(),
        many => format!(" {many} messages wait to be sent."),
    };
    let none = if reasons.is_empty() { String::new() } else { format!(" No message: {}.", reasons.join(", ")) };
    waits + &none
}

/// The failure was taken back: its messages are withdrawn where nobody has taken them up. A sentence that says what
/// became of them; empty where there was none.
pub(super) fn withdraw(work: &Work, failure: ActivityId) -> Result<String> {
    let mut gone = 0;
    let ids = outbox::with_key(work.db, &format!("{KIND}:{failure}:"))?;
    for id in &ids {
        gone += usize::from(!outbox::cancel(work.db, *id)?);
    }
    Ok(match (ids.len(), gone) {
        (0, _) => "",
        (_, 0) => " The message about it is withdrawn.",
        _ => " The message about it had gone out already.",
    }
    .to_owned())
}
