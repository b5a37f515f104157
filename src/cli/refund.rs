//! `refund`: money goes back, of a receipt or of an invoice.

use serde_json::json;

use super::fault::{Fault, Result};
use super::out::{Answer, Out, said};
use super::shapes::amount;
use super::values;
use crate::domain::id::PaymentId;
use crate::domain::money::Money;
use crate::domain::reason::RefundReason;
use crate::services::actions::refunding::{RefundDraft, RefundFrom};
use crate::services::{Action, Desk, Outcome, Refusal, reads};

/// What goes back, and why.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Number of a receipt or of an invoice; a deposit goes back with `deposit return` or --payment
    #[arg(required_unless_present = "payment")]
    number: Option<String>,
    /// Of what this payment was paid with
    #[arg(long, value_name = "ID", value_parser = values::id::<PaymentId>, conflicts_with = "number")]
    payment: Option<PaymentId>,
    /// How much; by default all of it
    #[arg(long, allow_hyphen_values = true, default_value = "", hide_default_value = true)]
    amount: String,
    /// `charged_incorrectly`, `cancelled_mid_period`, `early_return`, dispute, `service_failure` or other
    #[arg(long, value_parser = values::word::<RefundReason>)]
    reason: RefundReason,
    /// What is added to the reason
    #[arg(long, default_value = "", hide_default_value = true, allow_hyphen_values = true)]
    words: String,
    /// The customer owes it no more: a credit note keeps the debt settled; so it is by itself unless the reason is a
    /// dispute or other
    #[arg(long)]
    with_credit_note: bool,
    /// The customer owes it as before, as where it was taken twice or from the wrong person
    #[arg(long, conflicts_with = "with_credit_note")]
    still_owed: bool,
    /// What the bank or processor calls it
    #[arg(long, default_value = "", hide_default_value = true, allow_hyphen_values = true)]
    reference: String,
}

/// Gives the money back.
pub fn run(args: Args, desk: &mut Desk, out: &mut Out) -> Result<()> {
    let from = from(&args, desk)?;
    let with_credit_note = !owed_again(&args, from, desk)?;
    let draft = RefundDraft {
        from,
        amount: args.amount,
        reason: args.reason,
        words: args.words,
        with_credit_note,
        reference: args.reference,
    };
    let done = desk.perform(Action::Refund(Box::new(draft)))?;
    let Outcome::GivenBack(given) = &done.outcome else {
        return out.answer(&Answer::new(json!({ "said": said(&done) })).say(said(&done)));
    };
    let json = json!({
        "refunded": amount(given.amount),
        "currency": given.amount.currency().code(),
        "credit_notes": given.credit_notes,
        "said": said(&done),
    });
    out.answer(&Answer::new(json).say(said(&done)))
}

/// Whether it is owed again: as said, else as the reason says. Credit that goes back was never owed.
fn owed_again(args: &Args, from: RefundFrom, desk: &Desk) -> Result<bool> {
    if args.with_credit_note || args.still_owed {
        return Ok(args.still_owed);
    }
    if let RefundFrom::Receipt(id) = from
        && let Some(head) = desk.read(|db| reads::receipt_head(db, id))?
    {
        let written = Money::parse(args.amount.trim(), head.currency).ok().map(Money::minor);
        let paid = head.allocated_minor - head.deposit_minor;
        if written.map_or(paid == 0, |minor| minor <= head.unapplied()) {
            return Ok(false);
        }
    }
    args.reason.is_owed_again().ok_or_else(|| {
        let reason = args.reason.word().to_lowercase();
        let message = format!(
            "say whether the customer still owes it: --with-credit-note where nothing is owed any more, --still-owed where \
             it is owed as before. The reason, {reason}, does not tell"
        );
        Refusal::of_field("still_owed", message).into()
    })
}

fn from(args: &Args, desk: &Desk) -> Result<RefundFrom> {
    let Some(number) = args.number.as_deref().map(str::trim) else {
        let nobody = || Fault::Wrong("name a receipt, an invoice, or --payment".to_owned());
        return args.payment.map(RefundFrom::Payment).ok_or_else(nobody);
    };
    if let Some(receipt) = desk.read(|db| reads::receipt_numbered(db, number))? {
        return Ok(RefundFrom::Receipt(receipt.id));
    }
    match desk.read(|db| reads::invoice_by_number(db, number))? {
        Some(invoice) => Ok(RefundFrom::Invoice(invoice.id)),
        None => Err(Fault::unknown("receipt or invoice", number.chars().take(40).collect::<String>())),
    }
}
