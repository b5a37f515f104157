//! Drafts that wait for a person are approved: they get date, number and payer of that day.

use serde_json::json;

use crate::domain::id::InvoiceId;
use crate::domain::log::{Log, Subject};
use crate::domain::money::Money;
use crate::domain::status::{InvoiceKind, InvoiceState};
use crate::domain::sums;
use crate::domain::terms::{due_on, regular_terms};
use crate::services::billing::{self, Billing, group_payer};
use crate::services::done::{Done, Outcome, Touched};
use crate::services::refusal::{OrUnknown, Refusal, Result};
use crate::services::retaxing;
use crate::services::work::{Entry, Work};
use crate::store::billing::{self as rows, InvoiceHead, Payer, PayerFacts};
use crate::store::group;

/// The most invoices that are approved in one step.
pub const MOST: usize = 1_000;

/// Issues drafts, in the order they were made. All of them or none.
pub(in crate::services) fn approve(work: &Work, invoices: &[InvoiceId]) -> Result<Done> {
    let mut ids = invoices.to_vec();
    ids.sort_unstable();
    ids.dedup();
    if ids.is_empty() || ids.len() > MOST {
        return Err(Refusal::new("nothing_to_approve", format!("name 1 to {MOST} invoices to approve")).into());
    }
    let billing = Billing::new(work);
    let mut issued = Vec::new();
    let mut totals = Vec::new();
    let mut customer = None;
    for id in ids {
        let head = rows::invoice(work.db, id)?.or_unknown("invoice", id)?;
        let (number, total) = issue(work, &billing, &head)?;
        totals.push(Money::new(total, head.currency));
        customer = head.payer.customer();
        issued.push((id, number));
    }
    let subject = issued.first().map_or(Subject::Nothing, |(id, _)| Subject::Invoice(*id));
    let customer = customer.filter(|_| issued.len() == 1);
    let ids: Vec<InvoiceId> = issued.iter().map(|(id, _)| *id).collect();
    let details = json!({ "invoices": ids, "totals": totals.iter().map(Money::to_string).collect::<Vec<_>>() });
    work.log(&Entry { customer, details, ..Entry::new(Log::ApproveInvoices, subject) })?;
    let sums: Vec<String> =
        sums::of(totals).unwrap_or_default().iter().map(|sum| work.shop.style.amount(*sum)).collect();
    let sums = sums.join(" + ");
    let said = match issued.as_slice() {
        [(_, number)] => format!("Invoice {number} is approved and issued, {sums}."),
        [(_, first), .., (_, last)] => {
            format!("{} invoices are approved and issued, {first} to {last}, {sums}.", issued.len())
        }
        [] => String::new(),
    };
    Ok(Done::new(said, Outcome::Issued(issued), &[Touched::Money, Touched::Groups, Touched::Customers]))
}

/// Terms count from the day of approval; the payer is printed as it is that day.
fn issue(work: &Work, billing: &Billing, head: &InvoiceHead) -> Result<(String, i64)> {
    if !matches!(head.state, InvoiceState::Draft | InvoiceState::InReview) {
        let number = head.number.clone().unwrap_or_default();
        return Err(Refusal::new("issued_already", format!("invoice {number} is issued already")).into());
    }
    let due = match (head.kind, rows::first_period(work.db, head.id)?) {
        (InvoiceKind::Regular, Some((subscription, start))) => {
            let due = rows::due_by_id(work.db, subscription)?.or_unknown("subscription", subscription)?;
            let terms = regular_terms(due.kind, due.group_terms, due.own_terms, due.class_terms);
            due_on(Some(start), work.today, terms)
        }
        // The days a person or the class gave count from the new date.
        _ => work.today + (head.due_on - head.invoiced_on),
    };
    let facts = payer(work, head)?;
    let total = retaxing::draft(work, head.id, &facts, head.total_minor)?;
    rows::redate(work.db, head.id, (work.today, due), &facts, billing.letterhead()?)?;
    let number = billing.issue(head.id, (head.payer, total), work.today)?;
    rows::pay_nothing(work.db, head.id, work.today)?;
    Ok((number, total))
}

fn payer(work: &Work, head: &InvoiceHead) -> Result<PayerFacts> {
    match head.payer {
        Payer::Customer(id) => billing::own_payer(work, id, rows::bill_to_of_invoice(work.db, head.id)?),
        Payer::Group(id) => {
            let found = group::by_id(work.db, id)?.or_unknown("billing group", id)?;
            let tax_treatment = rows::treatment_of_members(work.db, id)?;
            Ok(PayerFacts { tax_treatment, ..group_payer(&found) })
        }
    }
}
