//! Credit notes by hand; payments cancelled and waived; invoices written off.

use std::fmt::Write as _;

use serde_json::json;

use crate::domain::id::{InvoiceId, PaymentId};
use crate::domain::log::{Log, Subject};
use crate::domain::money::Money;
use crate::domain::reason::{CancelReason, with_words};
use crate::domain::split::split;
use crate::domain::status::{InvoiceState, PaymentStatus};
use crate::domain::text;
use crate::services::crediting::{self, Issued, Part};
use crate::services::done::{Credited, Done, Outcome, Touched, WayBack};
use crate::services::refusal::{OfField, OrUnknown, Refusal, Result};
use crate::services::work::{Entry, Work};
use crate::store::Db;
use crate::store::billing::{self as rows, InvoiceHead};
use crate::store::credit_note::{self, CreditableLine};
use crate::store::payment_change::{self, NewChange};
use crate::store::receipt::{self, Owed, OwedInvoice};
use crate::store::settlement::{self, NewSettlement, Source};
use crate::store::shop;

/// What a person says of a credit note.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CreditDraft {
    /// How much of which line, plain decimal text with tax included; an empty amount is all that is left of the line.
    /// No line: `amount` is spread over all of them but deposits, which are credited by name alone.
    pub lines: Vec<(PaymentId, String)>,
    /// How much in all, where no line is named; all that is left of the invoice where it is empty.
    pub amount: String,
    pub reason: String,
}

/// Issues a credit note over an invoice, some of its lines, or a part of them.
pub(in crate::services) fn credit(work: &Work, invoice: InvoiceId, draft: &CreditDraft) -> Result<Done> {
    let head = issued(work, invoice)?;
    let reason = reason(&draft.reason, "say what is credited and why")?;
    let lines = credit_note::lines_of(work.db, invoice)?;
    let parts = if draft.lines.is_empty() {
        whole(&head, &lines, &draft.amount)?
    } else {
        let part = |(payment, amount): &(PaymentId, String)| {
            let line = lines.iter().find(|line| line.payment == *payment).or_unknown("line of payment", payment)?;
            let minor = match amount.trim() {
                "" => line.left(),
                written => Money::parse(written, head.currency).of_field("amount")?.minor(),
            };
            Part::gross(line.clone(), minor)
        };
        draft.lines.iter().map(part).collect::<Result<_>>()?
    };
    let subject = match parts.as_slice() {
        [one] => Subject::Payment(one.line.payment),
        _ => Subject::Invoice(invoice),
    };
    let activity = log(work, Log::CreditNote, &head, subject, &reason)?;
    let note = crediting::issue(work, activity, invoice, &parts, (&reason, false))?;
    let mut done =
        credited(work, &note, &format!("Credit note {} for {}", note.number, work.shop.style.amount(note.total)));
    // RULES, Deposit: never touched by a credit note that does not name it.
    if let Some(deposit) = lines.iter().find(|line| draft.lines.is_empty() && line.is_deposit && line.left() > 0) {
        let left = work.shop.style.amount(Money::new(deposit.left(), head.currency));
        let _ = write!(done.said, " The deposit of {left} is not part of it: return it, or credit its own line.");
    }
    Ok(done)
}

/// The amount spread over what is left of all lines, deposits left out; each closes to the cent.
fn whole(head: &InvoiceHead, lines: &[CreditableLine], amount: &str) -> Result<Vec<Part>> {
    let rest: Vec<Part> = lines.iter().filter(|line| !line.is_deposit).filter_map(Part::rest).collect();
    let deposit = lines.iter().find(|line| line.is_deposit && Part::rest(line).is_some());
    let by_name = deposit
        .map(|line| format!("its deposit, line {}, is credited separately: payment P-{}", line.line, line.payment));
    if let (true, Some(by_name)) = (rest.is_empty(), &by_name) {
        let message = format!("nothing but a deposit is left to credit on this invoice: {by_name}");
        return Err(Refusal::new("nothing_to_credit", message).into());
    }
    let weights: Vec<i64> = rest.iter().map(|part| part.credit.gross()).collect();
    let left: i64 = weights.iter().sum();
    if amount.trim().is_empty() || left == 0 {
        return Ok(rest);
    }
    let minor = Money::parse(amount, head.currency).of_field("amount")?.minor();
    if minor <= 0 || minor > left {
        let left = Money::new(left, head.currency);
        let by_name = by_name.map(|by_name| format!("; {by_name}")).unwrap_or_default();
        let message = format!("at most {left} can be credited{by_name}");
        return Err(Refusal::of_field("amount", message).into());
    }
    let shares = split(minor, &weights).into_iter().zip(rest);
    shares.filter(|(share, _)| *share > 0).map(|(share, part)| Part::gross(part.line, share)).collect()
}

fn reason(typed: &str, ask: &str) -> Result<String> {
    let reason = text::clean_line(typed, 300).of_field("reason")?;
    if reason.is_empty() {
        return Err(Refusal::of_field("reason", ask).into());
    }
    Ok(reason)
}

fn issued(work: &Work, invoice: InvoiceId) -> Result<InvoiceHead> {
    let head = rows::invoice(work.db, invoice)?.or_unknown("invoice", invoice)?;
    if head.state != InvoiceState::Issued {
        let name = head.number.clone().unwrap_or_else(|| format!("draft {invoice}"));
        return Err(Refusal::new("not_issued", format!("invoice {name} is not issued")).into());
    }
    Ok(head)
}

fn log(
    work: &Work,
    action: Log,
    head: &InvoiceHead,
    subject: Subject,
    reason: &str,
) -> Result<crate::domain::id::ActivityId> {
    let customer = head.payer.customer();
    let details = json!({ "invoice": head.id });
    let text = Some(reason.to_owned());
    work.log(&Entry { customer, details, text, ..Entry::new(action, subject) })
}

fn credited(work: &Work, note: &Issued, what: &str) -> Done {
    let freed: i64 = note.freed.iter().map(|(_, minor)| minor).sum();
    let freed = Money::new(freed, note.total.currency());
    let credit =
        if freed.is_zero() { String::new() } else { format!(", {} is credit now", work.shop.style.amount(freed)) };
    let outcome = Outcome::Credited(Credited { id: note.id, number: note.number.clone(), total: note.total, freed });
    Done::new(format!("{what}{credit}."), outcome, &[Touched::Money, Touched::Customers]).back(WayBack::It)
}

/// What an open payment is, before it is cancelled or waived.
fn open_payment(db: &Db, id: PaymentId) -> Result<Owed> {
    let owed = receipt::owed(db, id)?.or_unknown("payment", id)?;
    let why = match owed.status {
        PaymentStatus::Pending | PaymentStatus::Failed => return Ok(owed),
        PaymentStatus::Paid => "is paid: give the money back with a credit note instead",
        PaymentStatus::Processing => "has money on its way: say first that it did not come",
        PaymentStatus::Cancelled => "is cancelled already",
    };
    Err(Refusal::new("no_such_move", format!("payment P-{id} {why}")).into())
}

/// Whether cancelling it withdraws its whole invoice: nothing else stands on it, and nothing ever settled it.
fn is_alone(db: &Db, owed: &Owed, invoice: &receipt::OwedInvoice) -> Result<bool> {
    // What stands in the figures of a closed day is credited today, never voided.
    if shop::locked_until(db)?.is_some_and(|until| invoice.invoiced_on <= until) {
        return Ok(false);
    }
    let invoice = invoice.id;
    let others = receipt::owed_on_invoice(db, invoice)?;
    let is_only = others.iter().all(|other| other.id == owed.id || other.status == PaymentStatus::Cancelled);
    Ok(is_only
        && others.iter().all(|other| other.settled_minor == 0)
        && credit_note::of_invoice(db, invoice)?.is_empty())
}

/// How a payment that is cancelled falls.
#[derive(Clone, Debug)]
pub enum Falls {
    /// It has no invoice, and never gets one.
    BeforeInvoiced,
    /// Its invoice is void.
    WithInvoice(OwedInvoice),
    /// A credit note takes its line back.
    ByNote(OwedInvoice),
}

/// What a cancelled payment would become; also the sentence that refuses to cancel it.
pub fn falls(db: &Db, id: PaymentId) -> Result<Falls> {
    fall(db, id).map(|(_, falls)| falls)
}

fn fall(db: &Db, id: PaymentId) -> Result<(Owed, Falls)> {
    let owed = open_payment(db, id)?;
    let falls = match owed.invoice.clone() {
        None => Falls::BeforeInvoiced,
        Some(invoice) if !invoice.is_issued => {
            let message = format!("payment P-{id} stands on an invoice that waits for review: decide about that first");
            return Err(Refusal::new("not_issued", message).into());
        }
        Some(invoice) if is_alone(db, &owed, &invoice)? => Falls::WithInvoice(invoice),
        Some(invoice) => Falls::ByNote(invoice),
    };
    Ok((owed, falls))
}

/// A payment is not owed any more: its invoice is voided where it stands alone on it, else its line is credited.
pub(in crate::services) fn cancel(work: &Work, id: PaymentId, why: CancelReason, words: &str) -> Result<Done> {
    let (owed, falls) = fall(work.db, id)?;
    let words = text::clean_line(words, 300).of_field("reason")?;
    let reason = with_words(&why.word(), &words);
    match falls {
        Falls::BeforeInvoiced => without_invoice(work, &owed, (Log::CancelPayment, "cancelled"), &reason),
        Falls::WithInvoice(invoice) => {
            work.log(&Entry {
                customer: Some(owed.customer),
                details: json!({ "invoice": invoice.id, "voided": true }),
                text: Some(reason),
                ..Entry::new(Log::CancelPayment, Subject::Payment(id))
            })?;
            rows::void(work.db, invoice.id, work.today)?;
            let number = invoice.number.unwrap_or_default();
            let said = format!("Payment P-{id} is cancelled; its invoice {number} is void.");
            Ok(Done::new(said, Outcome::Payment(id), &[Touched::Money, Touched::Customers]).back(WayBack::Billed))
        }
        Falls::ByNote(invoice) => {
            let line = crediting::line_of(work, invoice.id, id)?;
            let rest = Part::rest(&line).into_iter().collect::<Vec<_>>();
            by_note(work, &owed, invoice.id, &rest, (Log::CancelPayment, "cancelled"), &reason)
        }
    }
}

/// What is open of a payment is given up for the customer's sake: a credit note over it.
pub(in crate::services) fn waive(work: &Work, id: PaymentId, why: &str) -> Result<Done> {
    let owed = open_payment(work.db, id)?;
    let reason = reason(why, "say why it is waived")?;
    match owed.invoice.clone() {
        None => without_invoice(work, &owed, (Log::WaivePayment, "waived"), &reason),
        Some(invoice) if !invoice.is_issued => {
            let message = format!("payment P-{id} stands on an invoice that waits for review: decide about that first");
            Err(Refusal::new("not_issued", message).into())
        }
        Some(invoice) => {
            let part = Part::gross(crediting::line_of(work, invoice.id, id)?, owed.open_minor())?;
            by_note(work, &owed, invoice.id, &[part], (Log::WaivePayment, "waived"), &reason)
        }
    }
}

fn without_invoice(work: &Work, owed: &Owed, (action, done): (Log, &str), reason: &str) -> Result<Done> {
    let id = owed.id;
    let activity = work.log(&Entry {
        customer: Some(owed.customer),
        text: Some(reason.to_owned()),
        ..Entry::new(action, Subject::Payment(id))
    })?;
    let change = NewChange {
        payment: id,
        from: owed.status,
        to: PaymentStatus::Cancelled,
        on: work.today,
        reason,
        reverses: None,
        activity,
    };
    payment_change::change(work.db, &change)?;
    let said = format!("Payment P-{id} is {done} before it was invoiced.");
    Ok(Done::new(said, Outcome::Payment(id), &[Touched::Money, Touched::Customers]).back(WayBack::It))
}

fn by_note(
    work: &Work,
    owed: &Owed,
    invoice: InvoiceId,
    parts: &[Part],
    (action, done): (Log, &str),
    reason: &str,
) -> Result<Done> {
    let head = issued(work, invoice)?;
    let activity = log(work, action, &head, Subject::Payment(owed.id), reason)?;
    let note = crediting::issue(work, activity, invoice, parts, (reason, false))?;
    let what = format!("Payment P-{} is {done} by credit note {}", owed.id, note.number);
    Ok(credited(work, &note, &what))
}

/// What is open on an invoice is not waited for any more.
pub(in crate::services) fn write_off(work: &Work, invoice: InvoiceId, why: &str) -> Result<Done> {
    let head = issued(work, invoice)?;
    let number = head.number.clone().unwrap_or_default();
    let reason = reason(why, "say why it is written off")?;
    let open: Vec<Owed> = receipt::owed_on_invoice(work.db, invoice)?
        .into_iter()
        .filter(|owed| owed.open_minor() > 0 && owed.status.is_open())
        .collect();
    if open.is_empty() {
        return Err(Refusal::new("nothing_open", format!("nothing is open on invoice {number}")).into());
    }
    if open.iter().any(|owed| owed.status == PaymentStatus::Processing) {
        let message = format!("money for invoice {number} is on its way: say first that it did not come");
        return Err(Refusal::new("on_its_way", message).into());
    }
    let activity = log(work, Log::WriteOff, &head, Subject::Invoice(invoice), &reason)?;
    rows::flag_if_late(work.db, invoice, work.today)?;
    let mut sum = 0;
    for owed in &open {
        sum += owed.open_minor();
        let settlement = NewSettlement {
            source: Source::WriteOff,
            payment: owed,
            amount_minor: owed.open_minor(),
            on: work.today,
            after: PaymentStatus::Paid,
            reason: &reason,
            reverses: None,
            activity,
        };
        settlement::settle(work.db, &settlement)?;
    }
    let amount = work.shop.style.amount(Money::new(sum, head.currency));
    let said = format!("{amount} of invoice {number} is written off.");
    let outcome = Outcome::Invoice(invoice, head.number);
    Ok(Done::new(said, outcome, &[Touched::Money, Touched::Customers]).back(WayBack::It))
}
