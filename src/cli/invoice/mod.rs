//! `invoice`: listed, shown, made by hand, voided, printed. One file a verb.

mod credit;
mod new;
mod note;
mod pdf;
pub mod send;
pub mod show;
mod statement;

use chrono::NaiveDate;
use clap::ValueEnum;
use serde_json::{Map, Value, json};

use super::customer::filter::SegmentArg;
use super::fault::Result;
use super::list::{Listing, Rows, View, found_once};
use super::out::{Answer, Out, said};
use super::shapes::amount;
use super::values;
use crate::domain::id::{CustomerId, GroupId, InvoiceId};
use crate::domain::status::{InvoiceKind, InvoiceStatus};
use crate::services::actions::approving::MOST;
use crate::services::reads::{self, InvoiceFilter, InvoiceRow, InvoiceSort};
use crate::services::{Action, Desk, Outcome};
use show::{numbered, shown};

/// What to do with invoices.
#[derive(Debug, clap::Subcommand)]
pub enum Verb {
    /// List invoices
    List(Box<List>),
    /// Show one invoice
    Show { number: String },
    /// Issue an invoice with free lines
    New(new::Args),
    /// Withdraw an invoice on which nothing is settled
    Void {
        number: String,
        /// Why
        #[arg(long)]
        reason: String,
        /// Bill the same again: on a new invoice, or on the group's next one
        #[arg(long)]
        again: bool,
    },
    /// Issue invoices that wait for review
    Approve {
        /// Numbers of their rows, as `invoice list --status draft,in_review` shows them
        #[arg(value_parser = values::id::<InvoiceId>, required_unless_present = "all")]
        ids: Vec<InvoiceId>,
        /// All that wait
        #[arg(long, conflicts_with = "ids")]
        all: bool,
    },
    /// Queue invoices to be sent to their billing contacts
    Send(send::Args),
    /// Show the account of a customer or group, and print it as PDF
    Statement(statement::Args),
    /// Issue a credit note
    Credit(credit::Args),
    /// Print invoices as PDF
    Pdf(pdf::Args),
}

/// What the list is sorted by.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Sort {
    /// Oldest due day first
    Due,
    /// Newest number first
    Number,
    /// Highest total first
    Amount,
    /// Payer A–Z
    Customer,
}

/// A kind of document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Invoice(InvoiceKind),
    CreditNote,
}

fn kind(word: &str) -> std::result::Result<Kind, String> {
    match word {
        "credit_note" => Ok(Kind::CreditNote),
        other => values::word::<InvoiceKind>(other).map(Kind::Invoice).map_err(|error| error.clone()),
    }
}

/// Which invoices.
#[derive(Debug, clap::Args)]
pub struct List {
    /// Payer, invoice number, reference or amount
    #[arg(long, default_value = "")]
    query: String,
    /// Only these, parted by commas: draft, `in_review`, unpaid, `partially_paid`, paid, overdue, void
    #[arg(long, value_delimiter = ',', value_name = "S,…", value_parser = values::word::<InvoiceStatus>)]
    status: Vec<InvoiceStatus>,
    /// Only this kind: regular, `out_of_turn`, consolidated or `credit_note`
    #[arg(long, value_parser = kind)]
    kind: Option<Kind>,
    /// Dated on this day or later
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = values::day)]
    from: Option<NaiveDate>,
    /// Dated on this day or before
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = values::day)]
    to: Option<NaiveDate>,
    /// Due on this day or later
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = values::day)]
    due_from: Option<NaiveDate>,
    /// Due on this day or before
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = values::day)]
    due_to: Option<NaiveDate>,
    /// Only this customer's
    #[arg(long, value_name = "ID", value_parser = values::id::<CustomerId>)]
    customer: Option<CustomerId>,
    #[command(flatten)]
    of: SegmentArg,
    /// Only this group's
    #[arg(long, value_name = "ID", value_parser = values::id::<GroupId>)]
    group: Option<GroupId>,
    /// Only open ones nobody has sent yet
    #[arg(long)]
    unsent: bool,
    /// The order of rows
    #[arg(long, default_value = "due")]
    sort: Sort,
    /// The other way round
    #[arg(long)]
    reverse: bool,
    #[command(flatten)]
    rows: Rows,
}

/// Does it.
pub fn run(verb: Verb, desk: &mut Desk, out: &mut Out) -> Result<()> {
    match verb {
        Verb::List(args) => list(&args, desk, out),
        Verb::Show { number } => {
            if let Some(note) = note::numbered(desk, &number)? {
                return note::show(&note, desk, out);
            }
            let id = numbered(desk, &number)?;
            out.answer(&shown(desk, id, None)?)
        }
        Verb::New(args) => new::run(&args, desk, out),
        Verb::Void { number, reason, again } => {
            let invoice = numbered(desk, &number)?;
            let action =
                if again { Action::BillAgain { invoice, reason } } else { Action::VoidInvoice { invoice, reason } };
            let done = desk.perform(action)?;
            let shows = match done.outcome {
                Outcome::Invoice(id, _) => id,
                _ => invoice,
            };
            out.answer(&shown(desk, shows, Some(&done))?)
        }
        Verb::Approve { ids, all } => approve(ids, all, desk, out),
        Verb::Send(args) => send::run(&args, desk, out),
        Verb::Statement(args) => statement::run(&args, desk, out),
        Verb::Credit(args) => credit::run(&args, desk, out),
        Verb::Pdf(args) => pdf::run(&args, desk, out),
    }
}

/// Approves drafts, in the order they were made.
fn approve(ids: Vec<InvoiceId>, all: bool, desk: &mut Desk, out: &mut Out) -> Result<()> {
    let ids = if all {
        let statuses = vec![InvoiceStatus::Draft, InvoiceStatus::InReview];
        let filter = InvoiceFilter { statuses, ..InvoiceFilter::default() };
        let (today, page) = (desk.today(), reads::Page::first(MOST));
        let slice = desk.read(|db| reads::invoices(db, &filter, &page, today))?;
        slice.rows.iter().map(|row| row.id).collect()
    } else {
        ids
    };
    let done = desk.perform(Action::ApproveInvoices(ids))?;
    let Outcome::Issued(issued) = &done.outcome else { return Ok(()) };
    if let [(id, _)] = issued.as_slice() {
        return out.answer(&shown(desk, *id, Some(&done))?);
    }
    let rows: Vec<Value> = issued.iter().map(|(id, number)| json!({ "id": id, "number": number })).collect();
    out.answer(&Answer::new(json!({ "total": rows.len(), "rows": rows })).say(said(&done)))
}

fn list(args: &List, desk: &Desk, out: &mut Out) -> Result<()> {
    if args.kind == Some(Kind::CreditNote) {
        let filter = reads::NoteFilter {
            query: args.query.clone(),
            issued: (args.from, args.to),
            customer: args.customer,
            group: args.group,
        };
        return note::list(&filter, &args.rows, desk, out);
    }
    let view = View::of(desk)?;
    let filter = InvoiceFilter {
        query: args.query.clone(),
        statuses: args.status.clone(),
        kind: args.kind.and_then(|kind| if let Kind::Invoice(kind) = kind { Some(kind) } else { None }),
        invoiced: (args.from, args.to),
        due: (args.due_from, args.due_to),
        customer: args.customer,
        segment: args.of.filter(desk)?,
        group: args.group,
        unsent: args.unsent,
        sort: match args.sort {
            Sort::Due => InvoiceSort::Due,
            Sort::Number => InvoiceSort::Number,
            Sort::Amount => InvoiceSort::Amount,
            Sort::Customer => InvoiceSort::Customer,
        },
        reverse: args.reverse,
    };
    let totals = desk.read(|db| reads::invoices_total(db, &filter, view.today))?;
    let sums =
        totals.amount.iter().zip(&totals.open).map(
            |(sum, open)| json!({ "currency": sum.currency().code(), "total": amount(*sum), "open": amount(*open) }),
        );
    Listing {
        total: Some(totals.count),
        rows: args.rows.clone(),
        read: found_once(
            |page| Ok(desk.read(|db| reads::invoices(db, &filter, page, view.today))?),
            || Ok(desk.read(|db| reads::invoice_ids(db, &filter, view.today))?),
            (|ids: &[InvoiceId]| Ok(desk.read(|db| reads::invoices_by_id(db, ids))?), |row: &InvoiceRow| row.id),
        ),
        cursor: Box::new(|row: &InvoiceRow| row.cursor(filter.sort)),
        more: Map::from_iter([("sums".to_owned(), Value::Array(sums.collect()))]),
    }
    .write(view, out)
}
