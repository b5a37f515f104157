//! An issued invoice is withdrawn: its payments are cancelled, or invoiced again.

use serde_json::json;

use super::invoicing::refuse_void;
use crate::domain::id::InvoiceId;
use crate::domain::money::Money;
use crate::domain::status::{InvoiceKind, PaymentKind};
use crate::domain::terms::due_on;
use crate::domain::text;
use crate::services::billing::{self, Billing};
use crate::services::done::{Done, Outcome, Touched};
use crate::services::refusal::{OfField, OrUnknown, Refusal, Result};
use crate::services::work::{Entry, Work};
use crate::store::billing::{self as rows, Payer};
use crate::store::customer;

/// Voids an invoice and bills the same periods again: on a new invoice dated today, or, for a group, on the group's
/// next one. The old payments are cancelled with the invoice; new ones take their place (RULES: uniqueness is over
/// payments that are not cancelled, and only a person bills a voided period again).
pub(in crate::services) fn bill_again(work: &Work, id: InvoiceId, reason: &str) -> Result<Done> {
    let head = rows::invoice(work.db, id)?.or_unknown("invoice", id)?;
    let reason = text::clean_line(reason, 300).of_field("reason")?;
    if reason.is_empty() {
        return Err(Refusal::of_field("reason", "say why the invoice is withdrawn").into());
    }
    let old = refuse_void(work, &head)?;
    let lines = rows::lines_of(work.db, id)?;
    // A deposit belongs to the payment that took it for ever; the schema keeps that.
    if lines.iter().any(|line| line.kind == PaymentKind::Deposit) {
        let message = format!("invoice {old} takes a deposit, which is not billed twice: credit what is wrong instead");
        return Err(Refusal::new("has_deposit", message).into());
    }
    rows::flag_if_late(work.db, id, work.today)?;
    rows::void(work.db, id)?;
    let mut waiting = Vec::new();
    for line in &lines {
        let payment = rows::insert_payment(work.db, line)?;
        waiting.push(rows::Uninvoiced {
            id: payment,
            priced_minor: priced(line),
            tax: line.tax,
            subscription: line.subscription,
        });
    }
    let (customer, made) = match head.payer {
        Payer::Group(_) => (None, None),
        Payer::Customer(customer) => {
            let owner = customer::by_id(work.db, customer)?.or_unknown("customer", customer)?;
            let kind = if head.kind == InvoiceKind::Regular { "regular" } else { "out_of_turn" };
            let (_, review) = customer::policy(work.db, owner.class, kind)?;
            let terms = u32::try_from((head.due_on - head.invoiced_on).num_days()).unwrap_or(0);
            let anew = billing::InvoiceHead {
                kind: head.kind,
                payer: head.payer,
                currency: head.currency,
                invoiced_on: work.today,
                due_on: due_on(None, work.today, terms),
            };
            let facts = billing::own_payer(work, customer, rows::bill_to_of_invoice(work.db, id)?)?;
            (Some(customer), Some(Billing::new(work).gather(&anew, &facts, &waiting, review)?))
        }
    };
    let details = json!({ "new_invoice": made.as_ref().map(|(id, _)| *id) });
    let subject = format!("invoice:{id}");
    work.log(&Entry { action: "bill_again", customer, subject, details, text: Some(reason), ..Entry::default() })?;
    let total = work.shop.style.amount(Money::new(head.total_minor, head.currency));
    let (said, outcome) = match made {
        None => (
            format!("Invoice {old} is void; its lines wait for the group's next invoice, {total}."),
            Outcome::Invoice(id, Some(old)),
        ),
        Some((id, Some(number))) => (
            format!("Invoice {old} is void; the same is billed on {number}, {total}."),
            Outcome::Invoice(id, Some(number)),
        ),
        Some((id, None)) => {
            (format!("Invoice {old} is void; the same waits for review, {total}."), Outcome::Invoice(id, None))
        }
    };
    Ok(Done::new(said, outcome, &[Touched::Money, Touched::Groups, Touched::Customers]))
}

/// Quantity times price, as it was rounded the first time.
fn priced(line: &rows::NewPayment) -> i64 {
    let product = i128::from(line.unit_minor) * i128::from(line.quantity_milli);
    let rounded = crate::domain::rounding::Rounding::HalfUp.div(product, 1000);
    i64::try_from(rounded).unwrap_or(line.net_minor)
}
