//! `pay`: money that arrived, one receipt, allocated.

use chrono::NaiveDate;
use serde_json::{Value, json};

use super::fault::{Fault, Result};
use super::out::{Answer, Out};
use super::shapes::amount;
use super::{said, values};
use crate::domain::id::{CustomerId, GroupId, InvoiceId, PaymentId};
use crate::domain::method::Method;
use crate::services::actions::receiving::{ReceiptDraft, Target};
use crate::services::reads;
use crate::services::{Action, Desk, Outcome, Payer, Refusal};

/// What arrived, and what for.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Numbers of the invoices it pays; without one, what the customer or group has open
    invoices: Vec<String>,
    /// How much; by default what is open
    #[arg(long, allow_hyphen_values = true)]
    amount: Option<String>,
    /// When it arrived; by default today
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = values::day)]
    on: Option<NaiveDate>,
    /// How it came: `bank_transfer`, card, `direct_debit`, check or cash
    #[arg(long, default_value = "bank_transfer", value_parser = values::word::<Method>)]
    method: Method,
    /// What the bank says of it
    #[arg(long, default_value = "", allow_hyphen_values = true)]
    reference: String,
    /// Whose money it is
    #[arg(long, value_name = "ID", value_parser = values::id::<CustomerId>, conflicts_with = "group")]
    customer: Option<CustomerId>,
    /// Which group's money it is
    #[arg(long, value_name = "ID", value_parser = values::id::<GroupId>)]
    group: Option<GroupId>,
    /// Pay this payment; may be said several times
    #[arg(long = "payment", value_name = "ID", value_parser = values::id::<PaymentId>, conflicts_with = "invoices")]
    payments: Vec<PaymentId>,
    /// What is more than is open stays as credit
    #[arg(long)]
    keep_credit: bool,
    /// Yes, the same money came a second time
    #[arg(long)]
    again: bool,
}

/// Writes the receipt.
///
/// # Errors
/// When nothing is open, the money is too much or came before, or the book refuses.
pub fn run(args: Args, desk: &mut Desk, out: &mut Out) -> Result<()> {
    let draft = ReceiptDraft {
        target: args.target(desk)?,
        amount: args.amount.unwrap_or_default(),
        received_on: args.on.unwrap_or_else(|| desk.today()),
        method: args.method,
        reference: args.reference,
        keep_credit: args.keep_credit,
        again: args.again,
    };
    let done = desk.perform(Action::Receive(Box::new(draft)))?;
    let Outcome::Received(received) = done.outcome else {
        return out.answer(&Answer::new(json!({ "said": said(&done.said) })).say(said(&done.said)));
    };
    let allocations: Vec<Value> = received
        .allocations
        .iter()
        .map(|part| {
            json!({
                "payment": part.payment,
                "invoice": part.invoice,
                "amount": amount(part.amount),
                "is_paid": part.is_paid,
            })
        })
        .collect();
    let json = json!({
        "receipt": received.number,
        "receipt_id": received.receipt,
        "allocations": allocations,
        "credit": amount(received.credit),
        "currency": received.credit.currency().code(),
        "said": said(&done.said),
    });
    out.answer(&Answer::new(json).say(format!("Receipt {}. {}", received.number, said(&done.said))))
}

impl Args {
    fn target(&self, desk: &Desk) -> Result<Target> {
        let payer = self.customer.map(Payer::Customer).or(self.group.map(Payer::Group));
        if !self.payments.is_empty() {
            return Ok(Target::Payments(self.payments.clone()));
        }
        if self.invoices.is_empty() {
            let nobody =
                || Fault::Wrong("say what was paid: invoice numbers, --payment, --customer or --group".to_owned());
            return payer.map(Target::Payer).ok_or_else(nobody);
        }
        let ids = self.invoices.iter().map(|number| invoice_of(desk, number, payer)).collect::<Result<_>>()?;
        Ok(Target::Invoices(ids))
    }
}

/// The invoice of a number, and no other payer's than the one named.
fn invoice_of(desk: &Desk, number: &str, payer: Option<Payer>) -> Result<InvoiceId> {
    let found = desk.read(|db| reads::invoice_by_number(db, number.trim()))?;
    let found = found.ok_or_else(|| Fault::unknown("invoice", shortened(number)))?;
    let is_theirs = match payer {
        None => true,
        Some(Payer::Customer(id)) => found.customer_id == Some(id),
        Some(Payer::Group(id)) => found.group_id == Some(id),
    };
    if !is_theirs {
        let message = format!("invoice {} is another payer's", shortened(number));
        return Err(Refusal::new("payers_differ", message).into());
    }
    Ok(found.id)
}

/// What of a number is shown back.
fn shortened(number: &str) -> String {
    number.chars().take(40).collect()
}
