//! `pay`: money that arrived, one receipt, allocated.

use chrono::NaiveDate;
use serde_json::{Value, json};

use super::fault::{Fault, Result};
use super::out::{Answer, Out, said};
use super::shapes::amount;
use super::values;
use crate::domain::allocation;
use crate::domain::id::{CustomerId, GroupId, InvoiceId, PaymentId};
use crate::domain::method::Method;
use crate::domain::money::Money;
use crate::services::actions::receiving::{ReceiptDraft, Target};
use crate::services::done::{Allocated, Received};
use crate::services::reads;
use crate::services::{Action, Desk, DeskError, Outcome, Owed, Payer, Refusal};

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
    /// So much of this invoice, as you part the money: 2025-0108=40.00; may be said several times
    #[arg(long = "part", value_name = "INVOICE=AMOUNT", conflicts_with_all = ["invoices", "payments"])]
    parts: Vec<String>,
    /// A receipt of its own, day and reference as you write them: "2025-0108;2025-11-17;BT-1"; may be said several times
    #[arg(long = "each", value_name = "INVOICE;DAY;REFERENCE[;AMOUNT]", conflicts_with_all = ["invoices", "payments", "parts", "amount", "reference", "on"])]
    each: Vec<String>,
    /// What is more than is open stays as credit
    #[arg(long)]
    keep_credit: bool,
    /// Yes, it came as well: the same money a second time, or beside a check that is on its way
    #[arg(long)]
    again: bool,
}

/// Writes the receipt.
pub fn run(args: Args, desk: &mut Desk, out: &mut Out) -> Result<()> {
    if !args.each.is_empty() {
        return each(&args, desk, out);
    }
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
    let Outcome::Received(received) = &done.outcome else {
        return out.answer(&Answer::new(json!({ "said": said(&done) })).say(said(&done)));
    };
    let mut json = shape(received);
    if let Some(json) = json.as_object_mut() {
        json.insert("said".to_owned(), said(&done).into());
    }
    out.answer(&Answer::new(json).say(format!("Receipt {}. {}", received.number, said(&done))))
}

fn shape(received: &Received) -> Value {
    let allocation = |part: &Allocated| {
        json!({
            "payment": part.payment,
            "invoice": part.invoice,
            "amount": amount(part.amount),
            "is_paid": part.is_paid,
        })
    };
    json!({
        "receipt": received.number,
        "receipt_id": received.receipt,
        "allocations": received.allocations.iter().map(allocation).collect::<Vec<_>>(),
        "credit": amount(received.credit),
        "currency": received.credit.currency().code(),
    })
}

/// Several receipts in one step.
fn each(args: &Args, desk: &mut Desk, out: &mut Out) -> Result<()> {
    let draft = |written: &String| {
        let cells: Vec<&str> = written.split(';').map(str::trim).collect();
        let (number, day, reference, sum) = match cells.as_slice() {
            [number, day, reference] => (*number, *day, *reference, ""),
            [number, day, reference, sum] => (*number, *day, *reference, *sum),
            _ => return Err(Fault::Wrong("write INVOICE;DAY;REFERENCE, and ;AMOUNT where it is a part".to_owned())),
        };
        Ok(ReceiptDraft {
            target: Target::Invoices(vec![invoice_of(desk, number, None)?]),
            amount: sum.to_owned(),
            received_on: values::day(day).map_err(Fault::Wrong)?,
            method: args.method,
            reference: reference.to_owned(),
            keep_credit: args.keep_credit,
            again: args.again,
        })
    };
    let drafts = args.each.iter().map(draft).collect::<Result<Vec<_>>>()?;
    let done = desk.perform(Action::ReceiveEach(drafts))?;
    let rows: Vec<Value> = match &done.outcome {
        Outcome::ReceivedEach(all) => all.iter().map(shape).collect(),
        _ => Vec::new(),
    };
    let json = json!({ "total": rows.len(), "rows": rows, "said": said(&done) });
    out.answer(&Answer::new(json).say(said(&done)))
}

impl Args {
    fn target(&self, desk: &Desk) -> Result<Target> {
        let payer = self.customer.map(Payer::Customer).or(self.group.map(Payer::Group));
        if !self.parts.is_empty() {
            return parts(&self.parts, desk);
        }
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

/// The parts of the money as a person wrote them; a part of an invoice with several lines goes by the rules among them.
fn parts(written: &[String], desk: &Desk) -> Result<Target> {
    let mut all = Vec::new();
    for part in written {
        let wrong = || Fault::Wrong("write INVOICE=AMOUNT, such as 2025-0108=40.00".to_owned());
        let (number, sum) = part.rsplit_once('=').ok_or_else(wrong)?;
        let invoice = invoice_of(desk, number, None)?;
        let (_, owed) = desk.payable(&Target::Invoices(vec![invoice]))?;
        let currency = owed.first().map(|owed| owed.currency).ok_or_else(wrong)?;
        let sum = Money::parse(sum, currency).map_err(|error| Refusal::of_field("part", error))?;
        let items: Vec<_> = owed.iter().map(Owed::item).collect();
        let split = allocation::oldest_first(sum.minor(), &items);
        if split.rest > 0 {
            let message = format!("part: less than {sum} is open on invoice {}", shortened(number));
            return Err(Refusal::new("part_too_large", message).into());
        }
        all.extend(split.parts);
    }
    Ok(Target::Parts(all))
}

/// The invoice of a number, and no other payer's than the one named.
fn invoice_of(desk: &Desk, number: &str, payer: Option<Payer>) -> Result<InvoiceId> {
    let found = desk.read(|db| reads::invoice_by_number(db, number.trim()))?;
    let found = found.ok_or_else(|| Fault::unknown("invoice", shortened(number)))?;
    let is_theirs = match payer {
        None => true,
        Some(Payer::Customer(id)) => match found.customer_id {
            Some(of) => desk
                .read(|db| Ok::<_, DeskError>(reads::root_of_customer(db, of)? == reads::root_of_customer(db, id)?))?,
            None => false,
        },
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
