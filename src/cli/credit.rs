//! `credit`: what a payer has too much, shown and used; `writeoff`: what nobody waits for any more.

use serde_json::{Value, json};

use super::fault::{Fault, Result};
use super::list::View;
use super::out::{Answer, Out, said};
use super::shapes::amount;
use super::table::{Side, Table};
use super::values;
use crate::domain::id::{CustomerId, GroupId, PaymentId};
use crate::domain::money::Money;
use crate::services::actions::receiving::Target;
use crate::services::{Action, Desk, Outcome, Payer, reads};

/// What to do with credit.
#[derive(Debug, clap::Subcommand)]
pub enum Verb {
    /// Show the receipts of a customer or group that hold credit
    Show(Whose),
    /// Pay open payments out of the payer's credit
    Use(Use),
}

/// Whose credit.
#[derive(Debug, clap::Args)]
pub struct Whose {
    /// A customer's
    #[arg(long, value_name = "ID", value_parser = values::id::<CustomerId>, conflicts_with = "group")]
    customer: Option<CustomerId>,
    /// A group's
    #[arg(long, value_name = "ID", value_parser = values::id::<GroupId>)]
    group: Option<GroupId>,
}

/// What is paid out of it.
#[derive(Debug, clap::Args)]
pub struct Use {
    /// Numbers of the invoices; without one, what the customer or group has open
    invoices: Vec<String>,
    /// Pay this payment; may be said several times
    #[arg(long = "payment", value_name = "ID", value_parser = values::id::<PaymentId>, conflicts_with = "invoices")]
    payments: Vec<PaymentId>,
    /// Whose.
    #[command(flatten)]
    whose: Whose,
    /// How much; by default as much as there is
    #[arg(long, allow_hyphen_values = true, default_value = "", hide_default_value = true)]
    amount: String,
}

impl Whose {
    fn payer(&self) -> Option<Payer> {
        self.customer.map(Payer::Customer).or(self.group.map(Payer::Group))
    }
}

/// Does it.
pub fn run(verb: Verb, desk: &mut Desk, out: &mut Out) -> Result<()> {
    match verb {
        Verb::Show(whose) => {
            let nobody = || Fault::Wrong("say whose it is: --customer or --group".to_owned());
            show(desk, whose.payer().ok_or_else(nobody)?, out)
        }
        Verb::Use(args) => use_it(args, desk, out),
    }
}

fn show(desk: &Desk, payer: Payer, out: &mut Out) -> Result<()> {
    let view = View::of(desk)?;
    let found = desk.read(|db| reads::receipts_with_credit(db, payer))?;
    let currency = desk.read(|db| reads::currency_of_payer(db, payer))?.unwrap_or(desk.shop()?.currency);
    let sum = Money::new(found.iter().map(reads::ReceiptHead::unapplied).sum(), currency);
    let mut table = Table::new(&[("RECEIPT", Side::Code), ("RECEIVED", Side::Code), ("CREDIT", Side::Right)]);
    let mut rows: Vec<Value> = Vec::new();
    for head in &found {
        let credit = Money::new(head.unapplied(), head.currency);
        rows.push(json!({ "receipt": head.number, "received_on": head.received_on, "credit": amount(credit) }));
        table.push(vec![head.number.clone(), view.day(head.received_on), view.money(credit)]);
    }
    let json = json!({ "credit": amount(sum), "currency": currency.code(), "total": rows.len(), "rows": rows });
    out.answer(&Answer::new(json).say(format!("Credit: {}", view.money(sum))).table(table))
}

fn use_it(args: Use, desk: &mut Desk, out: &mut Out) -> Result<()> {
    let target = if !args.payments.is_empty() {
        Target::Payments(args.payments.clone())
    } else if args.invoices.is_empty() {
        let nobody = || Fault::Wrong("say what is paid: invoices, --payment, --customer or --group".to_owned());
        Target::Payer(args.whose.payer().ok_or_else(nobody)?)
    } else {
        let ids = args.invoices.iter().map(|number| super::invoice::show::numbered(desk, number));
        Target::Invoices(ids.collect::<Result<_>>()?)
    };
    let done = desk.perform(Action::UseCredit { target, amount: args.amount })?;
    let used = match &done.outcome {
        Outcome::Used(used) => used.as_slice(),
        _ => &[],
    };
    let rows: Vec<Value> = used
        .iter()
        .map(|part| json!({ "payment": part.payment, "invoice": part.invoice, "amount": amount(part.amount), "is_paid": part.is_paid }))
        .collect();
    out.answer(&Answer::new(json!({ "allocations": rows, "said": said(&done) })).say(said(&done)))
}

/// Which invoice, and why.
#[derive(Debug, clap::Args)]
pub struct WriteOff {
    number: String,
    /// Why nobody waits for the money any more
    #[arg(long)]
    reason: String,
}

/// Writes off what is open on an invoice.
pub fn write_off(args: WriteOff, desk: &mut Desk, out: &mut Out) -> Result<()> {
    let invoice = super::invoice::show::numbered(desk, &args.number)?;
    let done = desk.perform(Action::WriteOff { invoice, reason: args.reason })?;
    out.answer(&super::invoice::show::shown(desk, invoice, Some(&done))?)
}
