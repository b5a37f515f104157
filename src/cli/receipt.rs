//! `receipt`: money that arrived, listed, shown, cleared, bounced, printed.

use std::path::PathBuf;

use chrono::NaiveDate;
use serde_json::{Map, json};

use super::fault::{Fault, Result};
use super::list::{Listing, Rows, View, kept};
use super::out::{Answer, Out, said};
use super::shapes::{amount, place};
use super::table::{Side, Table};
use super::values;
use crate::adapters::files;
use crate::domain::id::{CustomerId, GroupId};
use crate::domain::money::Money;
use crate::services::reads::{self, ListedReceipt, ReceiptFilter, ReceiptHead};
use crate::services::{Action, Desk, Done, Payer};
use crate::shown::column::Listed;

/// The most receipts of one payer.
const MOST: usize = 100_000;

/// What to do with receipts.
#[derive(Debug, clap::Subcommand)]
pub enum Verb {
    /// List receipts, newest first: all, or those of a customer or group
    List {
        /// Whose
        #[arg(long, value_name = "ID", value_parser = values::id::<CustomerId>, conflicts_with = "group")]
        customer: Option<CustomerId>,
        /// Which group's
        #[arg(long, value_name = "ID", value_parser = values::id::<GroupId>)]
        group: Option<GroupId>,
        /// Number, reference, amount or payer
        #[arg(long, default_value = "", conflicts_with_all = ["customer", "group"])]
        query: String,
        #[command(flatten)]
        rows: Rows,
    },
    /// Show one receipt
    Show { number: String },
    /// The bank has the money of a check or debit
    Clear {
        number: String,
        /// Since when; by default today
        #[arg(long, value_name = "YYYY-MM-DD", value_parser = values::day)]
        on: Option<NaiveDate>,
    },
    /// The money of a check or debit did not come, or went back
    Bounce {
        number: String,
        /// Why
        #[arg(long, default_value = "")]
        reason: String,
    },
    /// Print a receipt as PDF
    Pdf {
        number: String,
        /// Where to
        file: PathBuf,
        /// Replace a file that is there
        #[arg(long)]
        force: bool,
    },
}

/// Does it.
pub fn run(verb: Verb, desk: &mut Desk, out: &mut Out) -> Result<()> {
    match verb {
        Verb::List { customer, group, query, rows } => {
            match customer.map(Payer::Customer).or(group.map(Payer::Group)) {
                Some(payer) => list(desk, payer, &rows, out),
                None => all(desk, query, rows, out),
            }
        }
        Verb::Show { number } => {
            let head = numbered(desk, &number)?;
            out.answer(&shown(desk, &head, None)?)
        }
        Verb::Clear { number, on } => {
            let receipt = numbered(desk, &number)?.id;
            let on = on.unwrap_or_else(|| desk.today());
            changed(Action::ClearReceipt { receipt, on }, &number, desk, out)
        }
        Verb::Bounce { number, reason } => {
            let receipt = numbered(desk, &number)?.id;
            changed(Action::BounceReceipt { receipt, reason }, &number, desk, out)
        }
        Verb::Pdf { number, file, force } => {
            let head = numbered(desk, &number)?;
            let paper = desk.receipt_paper(head.id)?;
            files::write(&file, &paper.bytes, force).map_err(|error| Fault::file(&file, error))?;
            let said = format!("Receipt {} was saved as {}.", head.number, file.display());
            let json = json!({ "number": head.number, "file": place(&file), "pages": paper.pages });
            out.answer(&Answer::new(json).say(said).of_paper(&paper))
        }
    }
}

/// The receipt with this number.
pub(super) fn numbered(desk: &Desk, number: &str) -> Result<ReceiptHead> {
    let found = desk.read(|db| reads::receipt_numbered(db, number.trim()))?;
    found.ok_or_else(|| Fault::unknown("receipt", number.chars().take(40).collect::<String>()))
}

fn changed(action: Action, number: &str, desk: &mut Desk, out: &mut Out) -> Result<()> {
    let done = desk.perform(action)?;
    let head = numbered(desk, number)?;
    out.answer(&shown(desk, &head, Some(&done))?)
}

fn shown(desk: &Desk, head: &ReceiptHead, done: Option<&Done>) -> Result<Answer> {
    let view = View::of(desk)?;
    let paid = desk.read(|db| reads::paid_by_receipt(db, head.id))?;
    let money = |minor| Money::new(minor, head.currency);
    let mut json = head.json(view);
    if let Some(json) = json.as_object_mut() {
        let row = |(invoice, text, minor): &(Option<String>, String, i64)| json!({ "invoice": invoice, "text": text, "amount": amount(money(*minor)) });
        json.insert("allocations".to_owned(), paid.iter().map(row).collect());
        if let Some(done) = done {
            json.insert("said".to_owned(), said(done).into());
        }
    }
    if let Some(done) = done {
        return Ok(Answer::new(json).say(said(done)));
    }
    let fields = Table::fields(&[
        ("Receipt", head.number.clone()),
        ("Status", head.state.word().to_owned()),
        ("Received", view.day(head.received_on)),
        ("Method", head.method.word().to_owned()),
        ("Reference", head.reference.clone()),
        ("Amount", view.money(money(head.amount_minor))),
        ("Credit", view.money(money(head.unapplied()))),
        ("Refunded", view.money(money(head.refunded_minor))),
    ]);
    let mut table = Table::new(&[("INVOICE", Side::Code), ("WHAT FOR", Side::Left), ("AMOUNT", Side::Right)]);
    for (invoice, text, minor) in paid {
        table.push(vec![invoice.unwrap_or_default(), text, view.money(money(minor))]);
    }
    Ok(Answer::new(json).table(fields).say("").table(table))
}

fn list(desk: &Desk, payer: Payer, rows: &Rows, out: &mut Out) -> Result<()> {
    let found = desk.read(|db| reads::receipts_of(db, payer, MOST))?;
    kept(&found, rows, View::of(desk)?, out)
}

fn all(desk: &Desk, query: String, rows: Rows, out: &mut Out) -> Result<()> {
    let filter = ReceiptFilter { query, ..ReceiptFilter::default() };
    Listing {
        total: None,
        rows,
        read: Box::new(|page| Ok(desk.read(|db| reads::receipts(db, &filter, page))?)),
        cursor: Box::new(ListedReceipt::cursor),
        more: Map::new(),
    }
    .write(View::of(desk)?, out)
}
