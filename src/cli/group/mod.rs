//! `group`: billing groups, their members and their invoices.

mod change;
mod show;

use chrono::NaiveDate;
use serde_json::{Map, Value, json};

use super::fault::{Fault, Result};
use super::list::{Listing, Rows, View, whole};
use super::out::{Answer, Out, said};
use super::shapes::amount;
use super::values;
use crate::domain::id::{GroupId, SubscriptionId};
use crate::services::actions::group::GroupDraft;
use crate::services::reads::{self, GroupFilter, GroupRow};
use crate::services::{Action, Desk, Outcome};
use crate::shown::column::Listed;
use change::Changes;
use show::page;

/// What to do with groups.
#[derive(Debug, clap::Subcommand)]
pub enum Verb {
    /// Add a billing group
    Add(Add),
    /// Change a group; what is not said stays
    Edit {
        /// The group
        #[arg(value_parser = values::id::<GroupId>)]
        id: GroupId,
        /// What changes
        #[command(flatten)]
        changes: Changes,
    },
    /// Show one group
    Show {
        /// The group
        #[arg(value_parser = values::id::<GroupId>)]
        id: GroupId,
    },
    /// List the groups
    List {
        /// Name, contact or email
        #[arg(long, default_value = "")]
        query: String,
        #[command(flatten)]
        rows: Rows,
    },
    /// List the members; with --add and --remove, change them first
    Members {
        /// The group
        #[arg(value_parser = values::id::<GroupId>)]
        id: GroupId,
        /// A customer who joins, by number, name or email
        #[arg(long, value_name = "CUSTOMER")]
        add: Vec<String>,
        /// A customer who leaves, by number, name or email
        #[arg(long, value_name = "CUSTOMER")]
        remove: Vec<String>,
    },
    /// Invoice a group for a month by hand
    Invoice {
        /// The group
        #[arg(value_parser = values::id::<GroupId>)]
        id: GroupId,
        /// The month
        #[arg(long, value_name = "YYYY-MM", value_parser = values::month)]
        period: NaiveDate,
        /// A subscription that waits for a later invoice
        #[arg(long, value_name = "SUBSCRIPTION", value_parser = values::id::<SubscriptionId>)]
        leave_out: Vec<SubscriptionId>,
        /// Show what would be invoiced and what is left out, and why; nothing is saved
        #[arg(long)]
        dry_run: bool,
    },
}

/// A new group.
#[derive(Debug, clap::Args)]
pub struct Add {
    /// Its name
    #[arg(long)]
    name: String,
    /// Whom to ask for
    #[arg(long, default_value = "")]
    contact: String,
    /// Email
    #[arg(long, default_value = "")]
    email: String,
    /// Who invoices go to where it is not the email, parted by commas
    #[arg(long, value_name = "EMAILS", default_value = "")]
    invoice_emails: String,
    /// Address lines, parted by ;
    #[arg(long, default_value = "")]
    address: String,
    /// VAT number
    #[arg(long, alias = "tax-number", default_value = "")]
    vat: String,
    /// Days to pay
    #[arg(long, default_value = "", allow_hyphen_values = true)]
    terms: String,
    /// Day of the month on which it is billed, 1 to 28
    #[arg(long, default_value = "", allow_hyphen_values = true)]
    billing_day: String,
}

/// Does it.
pub fn run(verb: Verb, desk: &mut Desk, out: &mut Out) -> Result<()> {
    match verb {
        Verb::Add(args) => add(args, desk, out),
        Verb::Show { id } => show::run(id, desk, out),
        Verb::List { query, rows } => list(&GroupFilter { query, reverse: false }, rows, desk, out),
        Verb::Members { id, add, remove } => members(id, &add, &remove, desk, out),
        Verb::Edit { id, changes } => change::edit(id, changes, desk, out),
        Verb::Invoice { id, period, leave_out, dry_run: true } => change::dry_run(id, period, &leave_out, desk, out),
        Verb::Invoice { id, period, leave_out, .. } => invoice(id, period, leave_out, desk, out),
    }
}

fn add(args: Add, desk: &mut Desk, out: &mut Out) -> Result<()> {
    let name = args.name.clone();
    let draft = GroupDraft {
        name: args.name,
        contact_name: args.contact,
        email: args.email,
        invoice_emails: args.invoice_emails,
        address: args.address,
        tax_number: args.vat,
        terms: args.terms,
        billing_day: args.billing_day,
    };
    let done = desk.perform(Action::AddGroup(Box::new(draft)))?;
    let Outcome::Group(id) = &done.outcome else {
        return Err(Fault::unknown("billing group", name));
    };
    out.answer(&Answer::new(json!({ "id": id, "name": name, "said": said(&done) })).say(said(&done)))
}

fn list(filter: &GroupFilter, rows: Rows, desk: &Desk, out: &mut Out) -> Result<()> {
    let view = View::of(desk)?;
    Listing {
        total: None,
        rows,
        read: Box::new(|page| Ok(desk.read(|db| reads::groups(db, filter, page, view.today))?)),
        cursor: Box::new(GroupRow::cursor),
        more: Map::new(),
    }
    .write(view, out)
}

fn members(id: GroupId, add: &[String], remove: &[String], desk: &mut Desk, out: &mut Out) -> Result<()> {
    let found = |who: &String| change::customer(desk, who);
    let (leave, join) =
        (remove.iter().map(found).collect::<Result<Vec<_>>>()?, add.iter().map(found).collect::<Result<Vec<_>>>()?);
    let leave = leave.into_iter().map(|customer| Action::LeaveGroup { customer });
    let join = join.into_iter().map(|customer| Action::JoinGroup { group: id, customer });
    let changes: Vec<Action> = leave.chain(join).collect();
    if !changes.is_empty() {
        // Who leaves may be invoiced: numbers follow dates.
        desk.catch_up()?;
        // All of them or none.
        desk.perform_all(&changes)?;
    }
    let view = View::of(desk)?;
    whole(&page(desk, id, view)?.members, view, out)
}

fn invoice(
    group: GroupId,
    month: NaiveDate,
    leave_out: Vec<SubscriptionId>,
    desk: &mut Desk,
    out: &mut Out,
) -> Result<()> {
    let done = desk.perform(Action::InvoiceGroupPart { group, month, leave_out })?;
    let Outcome::Invoice(id, number) = &done.outcome else {
        return Err(Fault::unknown("invoice of group", group));
    };
    let row = desk.read(|db| reads::invoices_by_id(db, &[*id]))?.into_iter().next();
    let view = View::of(desk)?;
    let mut json = row.as_ref().map_or_else(|| json!({}), |row| row.json(view));
    if let Some(json) = json.as_object_mut() {
        json.insert("id".to_owned(), json!(group));
        json.insert("invoice".to_owned(), json!(number));
        json.insert("invoice_id".to_owned(), json!(id));
        json.insert("total".to_owned(), row.as_ref().map_or(Value::Null, |row| amount(row.total)));
        json.insert("said".to_owned(), said(&done).into());
    }
    out.answer(&Answer::new(json).say(said(&done)))
}
