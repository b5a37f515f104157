//! Days of a contract taken back: one credit note an invoice, and money that comes free given back where that is wanted.

use super::crediting::{self, Part};
use super::refusal::{OrUnknown, Refusal, Result};
use super::work::Work;
use crate::domain::credit_note::NetTax;
use crate::domain::currency::Currency;
use crate::domain::id::{ActivityId, CreditNoteId, InvoiceId, PaymentId, ReceiptId};
use crate::domain::status::PaymentStatus;
use crate::store::credit_note::CreditableLine;
use crate::store::receipt;
use crate::store::refund::{self, NewRefund};

/// What is taken back of one payment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::services) struct TakenBack {
    pub payment: PaymentId,
    /// What the line of the note says.
    pub text: String,
    /// How much, minor units.
    pub part: NetTax,
}

/// What credit notes took back, and the money that came free.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::services) struct Credited {
    pub notes: Vec<String>,
    /// What all of them take back with tax, minor units.
    pub total_minor: i64,
    /// Money that came free: receipt, the payment where the note is about one alone, the note, minor units.
    pub freed: Vec<(ReceiptId, Option<PaymentId>, CreditNoteId, i64)>,
}

impl Credited {
    /// The money that came free, minor units.
    pub fn freed_minor(&self) -> i64 {
        self.freed.iter().map(|(_, _, _, minor)| minor).sum()
    }
}

/// Takes `lines` back by credit notes dated today, one an invoice; their rows carry `activity`.
pub(in crate::services) fn credit(
    work: &Work,
    activity: ActivityId,
    lines: Vec<TakenBack>,
    reason: &str,
) -> Result<Credited> {
    let mut by_invoice: Vec<(InvoiceId, Vec<Part>)> = Vec::new();
    for taken in lines.into_iter().filter(|line| line.part.gross() > 0) {
        let (invoice, line) = creditable(work, taken.payment)?;
        let part = Part { line: CreditableLine { text: taken.text, ..line }, credit: taken.part };
        match by_invoice.iter_mut().find(|(id, _)| *id == invoice) {
            Some((_, parts)) => parts.push(part),
            None => by_invoice.push((invoice, vec![part])),
        }
    }
    let mut credited = Credited::default();
    for (invoice, parts) in by_invoice {
        let note = crediting::issue(work, activity, invoice, &parts, (reason, false))?;
        credited.total_minor += note.total.minor();
        let payment = if let [one] = parts.as_slice() { Some(one.line.payment) } else { None };
        credited.freed.extend(note.freed.iter().map(|(receipt, minor)| (*receipt, payment, note.id, *minor)));
        credited.notes.push(note.number);
    }
    Ok(credited)
}

/// The line a payment is on its issued invoice.
fn creditable(work: &Work, payment: PaymentId) -> Result<(InvoiceId, CreditableLine)> {
    let owed = receipt::owed(work.db, payment)?.or_unknown("payment", payment)?;
    match &owed.invoice {
        Some(invoice) if invoice.is_issued && owed.status == PaymentStatus::Processing => {
            let number = invoice.number.clone().unwrap_or_default();
            let message = format!("money for invoice {number} is on its way: say first whether it came");
            Err(Refusal::new("on_its_way", message).into())
        }
        Some(invoice) if invoice.is_issued => Ok((invoice.id, crediting::line_of(work, invoice.id, payment)?)),
        _ => Err(Refusal::new("not_invoiced", format!("payment P-{payment} is not on an issued invoice")).into()),
    }
}

/// Gives the money that came free back to the payer.
pub(in crate::services) fn give_back(
    work: &Work,
    credited: &Credited,
    (currency, activity): (Currency, ActivityId),
    reason: &str,
) -> Result<()> {
    for (receipt, payment, note, minor) in &credited.freed {
        let new = NewRefund {
            receipt: *receipt,
            payment: *payment,
            credit_note: Some(*note),
            currency,
            amount_minor: *minor,
            on: work.today,
            reason,
            reference: "",
            reverses: None,
            activity,
        };
        refund::insert(work.db, &new)?;
    }
    Ok(())
}
