//! Invoices and credit notes are sent: a message to the billing contact with the PDF, kept in the outbox in the same transaction.

use std::fmt::Write as _;

use serde_json::json;

use crate::domain::contact;
use crate::domain::id::{CreditNoteId, InvoiceId, MessageId};
use crate::domain::log::{Log, Subject};
use crate::domain::status::{InvoiceState, OutboxState};
use crate::services::done::{Done, Outcome, Touched};
use crate::services::messages;
use crate::services::money_papers;
use crate::services::papers::{self, Copy};
use crate::services::reads;
use crate::services::refusal::{OfField, OrUnknown, Refusal, Result};
use crate::services::work::{Entry, Work};
use crate::store::billing::{self as rows, InvoiceHead, Payer};
use crate::store::outbox::{self, NewMessage};
use crate::store::{credit_note, customer, preference};

/// The most papers that are sent in one step: each keeps its PDF.
pub const MOST: usize = 500;

/// Which papers, and to whom.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SendDraft {
    pub invoices: Vec<InvoiceId>,
    pub notes: Vec<CreditNoteId>,
    /// Other addresses than the billing contact's, parted by commas; for one payer.
    pub to: Option<String>,
}

/// An invoice or a credit note that may be sent.
struct Sendable {
    payer: Payer,
    invoice: InvoiceId,
    number: String,
    note: Option<CreditNoteId>,
}

/// Writes one message a paper. Those whose payer has no address are left out and named.
pub(in crate::services) fn send(work: &Work, draft: &SendDraft) -> Result<Done> {
    let count = draft.invoices.len() + draft.notes.len();
    if count == 0 || count > MOST {
        return Err(Refusal::new("nothing_to_send", format!("name 1 to {MOST} invoices to send")).into());
    }
    let to = match draft.to.as_deref().map(str::trim).filter(|to| !to.is_empty()) {
        Some(to) => Some(contact::emails(to).of_field("to")?),
        None => None,
    };
    let (mut messages, mut without, mut recipients) = (Vec::new(), Vec::new(), Vec::new());
    let mut unwanted: Vec<(&'static str, String)> = Vec::new();
    let papers = papers_of(work, draft)?;
    let mut whose: Vec<Payer> = Vec::new();
    for paper in &papers {
        if !whose.contains(&paper.payer) {
            whose.push(paper.payer);
        }
        let recipient = match (&to, wished(work, paper.payer)?) {
            (Some(to), _) => to.clone(),
            (None, Some(wish)) => {
                unwanted.push((wish, paper.number.clone()));
                continue;
            }
            (None, None) => outbox::billing_contact(work.db, paper.payer)?,
        };
        if recipient.is_empty() {
            without.push(paper.number.clone());
            continue;
        }
        messages.push(queue(work, paper, &recipient)?);
        recipients.push(recipient);
    }
    if let (true, true, Some((wish, number))) = (messages.is_empty(), without.is_empty(), unwanted.first()) {
        let message =
            format!("the customer of {number} wants {wish}: print it, or name an address to send it to all the same");
        return Err(Refusal::of_field("to", message).into());
    }
    if messages.is_empty() {
        let what = if draft.invoices.is_empty() { "credit note" } else { "invoice" };
        let message = format!("there is no email address to send {what} {} to", without.join(", "));
        return Err(Refusal::of_field("to", message).into());
    }
    if to.is_some() && whose.len() > 1 {
        return Err(Refusal::of_field("to", "these invoices have several payers: send them without an address").into());
    }
    let customer = match whose.as_slice() {
        [Payer::Customer(id)] => Some(*id),
        _ => None,
    };
    let subject = papers.first().map_or(Subject::Nothing, |paper| Subject::Invoice(paper.invoice));
    let details = json!({ "messages": messages, "invoices": draft.invoices.len(), "credit_notes": draft.notes.len() });
    let step = if draft.invoices.is_empty() { Log::SendCreditNotes } else { Log::SendInvoices };
    work.log(&Entry { customer, details, ..Entry::new(step, subject) })?;
    let mut said = said(&recipients, &without);
    for (wish, number) in &unwanted {
        let _ = write!(said, " {number} is not sent: its customer wants {wish}.");
    }
    Ok(Done::new(said, Outcome::Messages(messages), &[Touched::Money]))
}

/// What is to be sent, each refused that may not be.
fn papers_of(work: &Work, draft: &SendDraft) -> Result<Vec<Sendable>> {
    let mut papers = Vec::new();
    for id in &draft.invoices {
        let head = rows::invoice(work.db, *id)?.or_unknown("invoice", id)?;
        let number = sendable(&head)?;
        papers.push(Sendable { payer: head.payer, invoice: *id, number, note: None });
    }
    for id in &draft.notes {
        let note = credit_note::by_id(work.db, id.0)?.or_unknown("credit note", id)?;
        if note.is_taken_back {
            let message = format!("credit note {} was taken back: there is nothing to send", note.number);
            return Err(Refusal::new("taken_back", message).into());
        }
        let head = rows::invoice(work.db, note.invoice)?.or_unknown("invoice", note.invoice)?;
        papers.push(Sendable { payer: head.payer, invoice: note.invoice, number: note.number, note: Some(*id) });
    }
    Ok(papers)
}

/// What a customer wants instead of mail; `None` where mail is wanted or nothing was said.
fn wished(work: &Work, payer: Payer) -> Result<Option<&'static str>> {
    let Payer::Customer(id) = payer else { return Ok(None) };
    let root = customer::root(work.db, id)?;
    Ok(match preference::of(work.db, root)?.channel.as_deref() {
        Some("phone") => Some("calls"),
        Some("post") => Some("letters"),
        Some("none") => Some("no messages"),
        _ => None,
    })
}

fn said(recipients: &[String], without: &[String]) -> String {
    let mut said = match recipients {
        [one] => format!("A message to {one} waits to be sent."),
        many => format!("{} messages wait to be sent.", many.len()),
    };
    if !without.is_empty() {
        said.push_str(" Without an email address: ");
        said.push_str(&without.join(", "));
        said.push('.');
    }
    said
}

/// The number of an invoice that may be sent.
fn sendable(head: &InvoiceHead) -> Result<String> {
    let number = head.number.clone().unwrap_or_else(|| format!("draft {}", head.id));
    match head.state {
        InvoiceState::Issued => Ok(number),
        InvoiceState::Void => Err(Refusal::new("void", format!("invoice {number} is void: nothing is owed")).into()),
        InvoiceState::Draft | InvoiceState::InReview => {
            Err(Refusal::new("not_issued", format!("{number} is not issued: approve it first")).into())
        }
    }
}

fn queue(work: &Work, what: &Sendable, recipient: &str) -> Result<i64> {
    let (paper, subject, body, kind, id, before) = match what.note {
        None => {
            let (paper, values) = papers::made(work.db, work.shop, what.invoice, Copy::Current)?;
            let (subject, body) = messages::invoice(work.db, work.shop, &values, work.today)?;
            let before = outbox::count_of(work.db, what.invoice, "invoice")?;
            (paper, subject, body, "invoice", what.invoice.0, before)
        }
        Some(note) => {
            let (paper, values) = money_papers::note_made(work.db, &what.number)?;
            let (subject, body) = messages::credit_note(work.db, work.shop, &values)?;
            (paper, subject, body, messages::NOTE, note.0, outbox::count_with(work.db, note)?)
        }
    };
    let domain = messages::domain(work.shop);
    // An invoice and a credit note may have one number in the file.
    let of = if what.note.is_some() { "c" } else { "" };
    Ok(outbox::insert(
        work.db,
        &NewMessage {
            dedup_key: &format!("{kind}:{id}:{}", before + 1),
            kind,
            payer: what.payer,
            invoice: what.invoice,
            credit_note: what.note,
            recipient,
            subject: &subject,
            body: &body,
            attachment: &paper.bytes,
            message_id: &format!("<{}.{of}{id}.{}@{domain}>", work.salt(), before + 1),
            queued_at: work.now,
        },
    )
    .inspect_err(|_| tracing::warn!(number = what.number, "a message was not kept"))?)
}

/// Messages nobody has taken up yet are withdrawn.
pub(super) fn take_back(work: &Work, details: &serde_json::Value) -> Result<String> {
    let ids = details["messages"].as_array().into_iter().flatten();
    let ids: Vec<i64> = ids.filter_map(serde_json::Value::as_i64).collect();
    for id in &ids {
        // One that was withdrawn by itself since is as it should be.
        let is_withdrawn = outbox::message(work.db, *id)?.is_some_and(|known| known.state == OutboxState::Cancelled);
        if !is_withdrawn && !outbox::cancel(work.db, *id)? {
            return Err(Refusal::new("depended_on", "a message of these has gone out already").into());
        }
    }
    Ok(match ids.len() {
        1 => "The message is withdrawn.".to_owned(),
        many => format!("{many} messages are withdrawn."),
    })
}

/// What becomes of messages that wait, in words.
struct Step {
    log: Log,
    /// Where none is named.
    nothing: Refusal,
    /// Behind the state of one that waits no more.
    refused: &'static str,
    becomes: &'static str,
}

/// Withdraws messages that wait; all of them or none. It is not taken back: the invoice is sent again instead.
pub(in crate::services) fn cancel(work: &Work, messages: &[i64]) -> Result<Done> {
    let step = Step {
        log: Log::CancelMessages,
        nothing: Refusal::new("nothing_to_cancel", "name the messages to withdraw"),
        refused: "and cannot be withdrawn",
        becomes: "withdrawn",
    };
    each_waiting(work, messages, step, |id| outbox::cancel(work.db, id))
}

/// Messages went out by another way: a mail program, a letter. All of them or none.
pub(in crate::services) fn mark_sent(work: &Work, messages: &[i64]) -> Result<Done> {
    let step = Step {
        log: Log::MarkSent,
        nothing: Refusal::new("nothing_to_send", "name the messages that went out"),
        refused: "already",
        becomes: "sent",
    };
    each_waiting(work, messages, step, |id| outbox::settle(work.db, id, work.now))
}

/// `change` does it, and says whether the message was waiting.
fn each_waiting(
    work: &Work,
    messages: &[i64],
    step: Step,
    change: impl Fn(i64) -> crate::store::Result<bool>,
) -> Result<Done> {
    let Some(first) = messages.first() else { return Err(step.nothing.into()) };
    let becomes = step.becomes;
    let mut customers = Vec::new();
    for id in messages {
        let message = reads::outbox_row(work.db, *id)?.or_unknown("message", id)?;
        if !change(*id)? {
            let said = format!("message {id} is {} {}", message.state.word().to_lowercase(), step.refused);
            return Err(Refusal::new("not_waiting", said).into());
        }
        customers.push(message.customer_id);
    }
    customers.dedup();
    let customer = if let [one] = customers.as_slice() { *one } else { None };
    let details = json!({ "messages": messages });
    work.log(&Entry { customer, details, ..Entry::new(step.log, Subject::Message(MessageId(*first))) })?;
    let said = match messages {
        [one] => format!("Message {one} is {becomes}."),
        many => format!("{} messages are {becomes}.", many.len()),
    };
    Ok(Done::new(said, Outcome::Messages(messages.to_vec()), &[Touched::Money]))
}
