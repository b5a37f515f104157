//! What `group` does beside listing: changes, members by name, an invoice tried before it is made.

use chrono::{Months, NaiveDate};
use serde_json::{Value, json};

use super::show::page;
use crate::cli::fault::{Fault, Result};
use crate::cli::list::View;
use crate::cli::out::{Answer, Out, said};
use crate::cli::shapes::amount;
use crate::cli::table::{Side, Table};
use crate::domain::id::{CustomerId, GroupId, SubscriptionId};
use crate::services::actions::group::GroupDraft;
use crate::services::reads::{self, InvoiceLine, LeftOut, LeftOutWhy};
use crate::services::{Action, Desk, Outcome, Refusal};
use crate::shown::column::Listed;

/// What changes of a group.
#[derive(Debug, clap::Args)]
pub struct Changes {
    /// Its name
    #[arg(long)]
    name: Option<String>,
    /// Whom to ask for
    #[arg(long)]
    contact: Option<String>,
    /// Email
    #[arg(long)]
    email: Option<String>,
    /// Who invoices go to where it is not the email, parted by commas; empty for the email
    #[arg(long, value_name = "EMAILS")]
    invoice_emails: Option<String>,
    /// Address lines, parted by ;
    #[arg(long)]
    address: Option<String>,
    /// VAT number
    #[arg(long, alias = "tax-number")]
    vat: Option<String>,
    /// Days to pay
    #[arg(long)]
    terms: Option<String>,
    /// Day of the month on which it is billed, 1 to 28
    #[arg(long)]
    billing_day: Option<String>,
}

/// Saves the group with what was said.
pub fn edit(id: GroupId, changes: Changes, desk: &mut Desk, out: &mut Out) -> Result<()> {
    let view = View::of(desk)?;
    let before = page(desk, id, view)?;
    let row = &before.row;
    let draft = GroupDraft {
        name: changes.name.unwrap_or_else(|| row.name.clone()),
        contact_name: changes.contact.unwrap_or_else(|| row.contact_name.clone()),
        email: changes.email.unwrap_or_else(|| row.email.clone()),
        invoice_emails: changes.invoice_emails.unwrap_or_else(|| before.invoice_emails.clone()),
        address: changes.address.unwrap_or_else(|| before.address.replace('\n', "; ")),
        tax_number: changes.vat.unwrap_or_else(|| before.tax_number.clone()),
        terms: changes.terms.unwrap_or_else(|| row.terms_days.to_string()),
        billing_day: changes.billing_day.unwrap_or_else(|| row.billing_day.to_string()),
    };
    let done = desk.perform(Action::EditGroup { id, version: before.version, draft: Box::new(draft) })?;
    let mut json = page(desk, id, view)?.row.json(view);
    json["said"] = json!(said(&done));
    out.answer(&Answer::new(json).say(said(&done)))
}

/// The one customer with this number, email or name.
pub fn customer(desk: &Desk, who: &str) -> Result<CustomerId> {
    if let Ok(id) = crate::cli::values::id::<CustomerId>(who) {
        return Ok(id);
    }
    let filter = reads::CustomerFilter { query: who.to_owned(), ..reads::CustomerFilter::default() };
    let today = desk.today();
    let found = desk.read(|db| reads::customers(db, &filter, &reads::Page::first(20), today))?.rows;
    let exact: Vec<_> = found.iter().filter(|row| row.email.eq_ignore_ascii_case(who.trim())).collect();
    match (exact.as_slice(), found.as_slice()) {
        ([one], _) => Ok(one.id),
        ([], [one]) => Ok(one.id),
        ([], []) => Err(Fault::unknown("customer", who)),
        _ => {
            let names: Vec<String> = found.iter().take(5).map(|row| format!("{} {}", row.id, row.name)).collect();
            let message = format!("“{who}” may be several customers: name one by number ({})", names.join("; "));
            Err(Fault::Refused(Refusal::new("ambiguous", message)))
        }
    }
}

/// What the invoice of a month would take and what it leaves out.
pub fn dry_run(
    group: GroupId,
    month: NaiveDate,
    leave_out: &[SubscriptionId],
    desk: &mut Desk,
    out: &mut Out,
) -> Result<()> {
    desk.catch_up()?;
    let view = View::of(desk)?;
    let last = month.checked_add_months(Months::new(1)).and_then(|next| next.pred_opt()).unwrap_or(month);
    let action = Action::InvoiceGroupPart { group, month, leave_out: leave_out.to_vec() };
    let (invoice, left) = desk.try_out(&action, |db, done| {
        let none = || Refusal::new("unknown", "this would make no invoice");
        let Outcome::Invoice(id, _) = done.outcome else { return Err(none().into()) };
        let left = reads::group_left_out(db, group, id, (month, last), leave_out)?;
        Ok((reads::invoice_page(db, id, view.today)?.ok_or_else(none)?, left))
    })?;
    let mut lines = Table::new(&InvoiceLine::titles());
    for line in &invoice.lines {
        lines.push(line.cells(view));
    }
    let mut out_of_it = Table::new(&[("LEFT OUT", Side::Left), ("CUSTOMER", Side::Left), ("WHY", Side::Left)]);
    for one in &left {
        let of = format!("{} {}", one.subscription_id.shown(), one.text);
        out_of_it.push(vec![of, one.customer_name.clone(), why(one, view)]);
    }
    let json = json!({
        "id": group,
        "invoice": Value::Null,
        "total": amount(invoice.row.total),
        "currency": invoice.row.total.currency().code(),
        "due_on": invoice.row.due_on,
        "lines": invoice.lines.iter().map(|line| line.json(view)).collect::<Vec<_>>(),
        "left_out": left.iter().map(|one| json!({
            "subscription": one.subscription_id, "customer_name": one.customer_name, "text": one.text,
            "reason": code(one), "why": why(one, view),
        })).collect::<Vec<_>>(),
    });
    let total = format!("It would be for {}; nothing is saved.", view.money(invoice.row.total));
    out.answer(&Answer::new(json).table(lines).say("").table(out_of_it).say(total))
}

const fn code(left: &LeftOut) -> &'static str {
    match left.why {
        LeftOutWhy::Chosen => "chosen",
        LeftOutWhy::OnInvoice(_) => "on_invoice",
        LeftOutWhy::Paused => "paused",
        LeftOutWhy::StartsLater(_) => "starts_later",
        LeftOutWhy::NoPeriodLeft => "no_period_left",
    }
}

fn why(left: &LeftOut, view: View) -> String {
    match &left.why {
        LeftOutWhy::Chosen => "waits for a later invoice".to_owned(),
        LeftOutWhy::OnInvoice(Some(number)) => format!("already on invoice {number}"),
        LeftOutWhy::OnInvoice(None) => "already on an invoice in review".to_owned(),
        LeftOutWhy::Paused => "paused".to_owned(),
        LeftOutWhy::StartsLater(day) => format!("next period starts {}", view.day(*day)),
        LeftOutWhy::NoPeriodLeft => "no period is left".to_owned(),
    }
}
