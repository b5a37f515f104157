//! Money goes back to the payer: of a receipt's credit, of a payment, of an invoice.

use serde_json::json;

use crate::domain::currency::Currency;
use crate::domain::id::{ActivityId, CustomerId, InvoiceId, PaymentId, ReceiptId};
use crate::domain::log::{Log, Subject};
use crate::domain::money::Money;
use crate::domain::reason::{RefundReason, with_words};
use crate::domain::taking_back::newest_first;
use crate::domain::text;
use crate::services::crediting::{self, Part};
use crate::services::done::{Done, GivenBack, Outcome, Touched, WayBack};
use crate::services::refusal::{OfField, OrUnknown, Refusal, Result};
use crate::services::work::{Entry, Work};
use crate::store::billing;
use crate::store::receipt;
use crate::store::receipt_page::{self, ReceiptHead};
use crate::store::refund::{self, NewRefund};
use crate::store::settlement;

/// What money goes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RefundFrom {
    /// Of this receipt: what is credit first, then what it paid, newest first; never a deposit.
    Receipt(ReceiptId),
    /// What this payment was paid with.
    Payment(PaymentId),
    /// What this invoice was paid with, its last line first; never its deposits.
    Invoice(InvoiceId),
}

/// What a person says of a refund.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefundDraft {
    /// What money goes back.
    pub from: RefundFrom,
    /// How much, plain decimal text; all of it where it is empty.
    pub amount: String,
    pub reason: RefundReason,
    /// What is added to the reason.
    pub words: String,
    /// Whether the customer owes it no more: a credit note keeps the debt settled.
    pub with_credit_note: bool,
    /// What the bank or processor calls it.
    pub reference: String,
}

/// One piece of a refund: of a payment, or of a receipt's credit.
#[derive(Clone, Copy)]
enum Piece {
    Credit(ReceiptId),
    Paid(PaymentId, Option<ReceiptId>),
}

/// What can go back, in the order in which it does.
struct Source {
    pieces: Vec<(Piece, i64)>,
    /// A deposit whose money is not among them: it goes back by its own name.
    deposit: Option<PaymentId>,
    currency: Currency,
    customer: Option<CustomerId>,
    subject: Subject,
    name: String,
}

/// Gives money back.
pub(in crate::services) fn refund(work: &Work, draft: &RefundDraft) -> Result<Done> {
    let words = text::clean_line(&draft.words, 300).of_field("words")?;
    let reference = text::clean_line(&draft.reference, 140).of_field("reference")?;
    if draft.reason == RefundReason::Other && words.is_empty() {
        return Err(Refusal::of_field("words", "say in a few words why the money goes back").into());
    }
    let source = source(work, draft.from)?;
    let held: i64 = source.pieces.iter().map(|(_, minor)| minor).sum();
    let amount = match draft.amount.trim() {
        "" => Money::new(held, source.currency),
        written => Money::parse(written, source.currency).of_field("amount")?,
    };
    let style = work.shop.style;
    if held == 0 {
        let message = match source.deposit {
            Some(_) => format!("{}: only its deposit is left. {}", source.name, source.deposit_by_name()),
            None => format!("{}: there is no money left to give back", source.name),
        };
        return Err(Refusal::new("nothing_received", message).into());
    }
    let pieces = match newest_first(amount.minor(), &source.pieces) {
        Some(pieces) if amount.minor() > 0 => pieces,
        _ => {
            let most = style.amount(Money::new(held, source.currency));
            let deposit = source.deposit.map(|_| format!(". {}", source.deposit_by_name())).unwrap_or_default();
            let message = format!("at most {most} can go back: never more than was received{deposit}");
            return Err(Refusal::of_field("amount", message).into());
        }
    };
    let reason = with_words(&draft.reason.word(), &words);
    let activity = work.log(&Entry {
        customer: source.customer,
        details: json!({
            "amount": amount.to_string(),
            "currency": amount.currency().code(),
            "reason": draft.reason.code(),
            "credit_note": draft.with_credit_note,
        }),
        text: Some(reason.clone()),
        ..Entry::new(Log::Refund, source.subject)
    })?;
    let mut given = Giving { work, activity, reason: &reason, reference: &reference, notes: Vec::new() };
    let mut paid = Vec::new();
    for (piece, minor) in pieces {
        match piece {
            Piece::Credit(receipt) => given.row(receipt, minor, source.currency, (None, None))?,
            Piece::Paid(payment, only) => paid.push(Freeing { payment, minor, only }),
        }
    }
    given.of_payments(&paid, source.currency, draft.with_credit_note)?;
    Ok(done(work, &source, amount, given.notes, !paid.is_empty() && !draft.with_credit_note))
}

fn done(work: &Work, source: &Source, amount: Money, notes: Vec<String>, is_owed: bool) -> Done {
    let shown = work.shop.style.amount(amount);
    let state = match (notes.as_slice(), is_owed) {
        ([], true) => ", which is owed again".to_owned(),
        ([], false) => String::new(),
        (notes, _) => format!(" with credit note {}, nothing is owed for it", notes.join(", ")),
    };
    let said = format!("{shown} of {} went back{state}.", source.name);
    let outcome = Outcome::GivenBack(GivenBack { amount, credit_notes: notes });
    Done::new(said, outcome, &[Touched::Money, Touched::Customers]).back(WayBack::It)
}

impl Source {
    /// How a deposit goes back, as it is in none of the pieces.
    fn deposit_by_name(&self) -> String {
        let payment = self.deposit.map(|id| format!("P-{id}")).unwrap_or_default();
        format!("Its deposit is given back separately: payment {payment}, or the deposit of the subscription")
    }
}

fn source(work: &Work, from: RefundFrom) -> Result<Source> {
    match from {
        RefundFrom::Payment(id) => {
            let owed = receipt::owed(work.db, id)?.or_unknown("payment", id)?;
            let number = owed.invoice.as_ref().and_then(|invoice| invoice.number.clone());
            Ok(Source {
                pieces: vec![(Piece::Paid(id, None), received(work, id)?)],
                deposit: None,
                currency: owed.currency,
                customer: Some(owed.customer),
                subject: Subject::Payment(id),
                name: number.unwrap_or_else(|| format!("P-{id}")),
            })
        }
        RefundFrom::Invoice(id) => {
            let head = billing::invoice(work.db, id)?.or_unknown("invoice", id)?;
            let lines = receipt::owed_on_invoice(work.db, id)?;
            let (mut pieces, mut deposit) = (Vec::new(), None);
            for owed in lines.iter().rev() {
                let minor = received(work, owed.id)?;
                if owed.is_deposit {
                    deposit = deposit.or((minor > 0).then_some(owed.id));
                } else {
                    pieces.push((Piece::Paid(owed.id, None), minor));
                }
            }
            Ok(Source {
                pieces,
                deposit,
                currency: head.currency,
                customer: head.payer.customer(),
                subject: Subject::Invoice(id),
                name: head.number.unwrap_or_else(|| format!("draft {id}")),
            })
        }
        RefundFrom::Receipt(id) => {
            let head = receipt_page::head(work.db, id)?.or_unknown("receipt", id)?;
            of_receipt(work, &head)
        }
    }
}

fn of_receipt(work: &Work, head: &ReceiptHead) -> Result<Source> {
    let mut pieces = vec![(Piece::Credit(head.id), head.unapplied())];
    let (deposits, others): (Vec<_>, Vec<_>) =
        settlement::standing_of_receipt(work.db, head.id)?.into_iter().partition(|row| row.is_deposit);
    for row in others {
        pieces.push((Piece::Paid(row.payment, Some(head.id)), row.amount_minor));
    }
    Ok(Source {
        pieces,
        deposit: deposits.first().map(|row| row.payment),
        currency: head.currency,
        customer: head.payer.customer(),
        subject: Subject::Receipt(head.id),
        name: format!("receipt {}", head.number),
    })
}

/// The money that stands on a payment.
fn received(work: &Work, payment: PaymentId) -> Result<i64> {
    let standing = settlement::standing(work.db, payment)?;
    Ok(standing.iter().filter(|row| row.source.receipt().is_some()).map(|row| row.amount_minor).sum())
}

/// Money of a payment that goes back; of one receipt, where it is named.
#[derive(Clone, Copy)]
struct Freeing {
    payment: PaymentId,
    minor: i64,
    only: Option<ReceiptId>,
}

/// A refund in the making.
struct Giving<'w> {
    work: &'w Work<'w>,
    activity: ActivityId,
    reason: &'w str,
    reference: &'w str,
    notes: Vec<String>,
}

impl Giving<'_> {
    /// Of payments: their money is freed and goes back. With a credit note, one an invoice keeps the lines settled.
    fn of_payments(&mut self, paid: &[Freeing], currency: Currency, with_note: bool) -> Result<()> {
        let mut by_invoice: Vec<(InvoiceId, Vec<Freeing>)> = Vec::new();
        for one in paid {
            let owed = receipt::owed(self.work.db, one.payment)?.or_unknown("payment", one.payment)?;
            let Some(invoice) = owed.invoice.map(|invoice| invoice.id) else { continue };
            match by_invoice.iter_mut().find(|(known, _)| *known == invoice) {
                Some((_, lines)) => lines.push(*one),
                None => by_invoice.push((invoice, vec![*one])),
            }
        }
        for (invoice, lines) in by_invoice {
            self.of_invoice(invoice, &lines, currency, with_note)?;
        }
        Ok(())
    }

    fn of_invoice(&mut self, invoice: InvoiceId, lines: &[Freeing], currency: Currency, with_note: bool) -> Result<()> {
        let mut back = Vec::new();
        let mut parts: Vec<Part> = Vec::new();
        for line in lines {
            // The money goes first, so that the credit finds just that much open.
            for (receipt, part) in crediting::free(self.work, self.activity, line.payment, line.minor, line.only)? {
                back.push((line.payment, receipt, part));
            }
        }
        let note = if with_note {
            for line in summed(lines) {
                parts.push(Part::gross(crediting::line_of(self.work, invoice, line.0)?, line.1)?);
            }
            Some(crediting::issue(self.work, self.activity, invoice, &parts, (self.reason, true))?)
        } else {
            None
        };
        for (payment, receipt, part) in back {
            self.row(receipt, part, currency, (Some(payment), note.as_ref().map(|note| note.id)))?;
        }
        self.notes.extend(note.map(|note| note.number));
        Ok(())
    }

    fn row(
        &self,
        receipt: ReceiptId,
        minor: i64,
        currency: Currency,
        (payment, credit_note): (Option<PaymentId>, Option<crate::domain::id::CreditNoteId>),
    ) -> Result<()> {
        let new = NewRefund {
            receipt,
            payment,
            credit_note,
            currency,
            amount_minor: minor,
            on: self.work.today,
            reason: self.reason,
            reference: self.reference,
            reverses: None,
            activity: self.activity,
        };
        refund::insert(self.work.db, &new)?;
        Ok(())
    }
}

/// What goes back of each payment, each once.
fn summed(lines: &[Freeing]) -> Vec<(PaymentId, i64)> {
    let mut sums: Vec<(PaymentId, i64)> = Vec::new();
    for line in lines {
        match sums.iter_mut().find(|(payment, _)| *payment == line.payment) {
            Some((_, sum)) => *sum += line.minor,
            None => sums.push((line.payment, line.minor)),
        }
    }
    sums
}
