//! An issued invoice is withdrawn: its payments are cancelled, or invoiced again.

use serde_json::json;

use super::invoicing::refuse_void;
use crate::domain::id::InvoiceId;
use crate::domain::log::{Log, Subject};
use crate::domain::money::Money;
use crate::domain::status::{InvoiceKind, PaymentKind};
use crate::domain::tax::PriceBasis;
use crate::domain::terms::due_on;
use crate::domain::text;
use crate::services::billing::{self, Billing};
use crate::services::done::{Done, Outcome, Touched};
use crate::services::refusal::{OfField, OrUnknown, Refusal, Result};
use crate::services::retaxing;
use crate::services::work::{Entry, Work};
use crate::store::activity::Activity;
use crate::store::billing::{self as rows, Payer};
use crate::store::{activity, customer, subscription};

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
    // A deposit is asked for anew, on the payment that takes the place of its own.
    rows::void(work.db, id, work.today)?;
    let made = bill_lines(work, (id, &head), &lines)?;
    let customer = head.payer.customer();
    let details = json!({ "new_invoice": made.as_ref().map(|(id, _)| *id) });
    let subject = Subject::Invoice(id);
    work.log(&Entry { customer, details, text: Some(reason), ..Entry::new(Log::BillAgain, subject) })?;
    let total = work.shop.style.amount(Money::new(head.total_minor, head.currency));
    let (said, outcome) = match made {
        None => (
            format!("Invoice {old} is void; its lines wait for the group's next invoice, {total}."),
            Outcome::Invoice(id, Some(old)),
        ),
        Some((id, Some(number))) => (
            format!("Invoice {old} is void; it is billed again on {number}, {total}."),
            Outcome::Invoice(id, Some(number)),
        ),
        Some((id, None)) => {
            (format!("Invoice {old} is void; its replacement waits for review, {total}."), Outcome::Invoice(id, None))
        }
    };
    Ok(Done::new(said, outcome, &[Touched::Money, Touched::Groups, Touched::Customers]))
}

/// The lines of a void invoice once more: on a new invoice dated today, or waiting for the group's next one. The new
/// invoice, and its number once it has one.
fn bill_lines(
    work: &Work,
    (id, head): (InvoiceId, &rows::InvoiceHead),
    lines: &[rows::NewPayment],
) -> Result<Option<(InvoiceId, Option<String>)>> {
    let mut waiting = Vec::new();
    for line in lines {
        let basis = if priced(line) == line.net_minor { PriceBasis::Net } else { PriceBasis::Gross };
        let (line, basis) = &retaxing::anew(work, line, basis)?;
        let payment = rows::insert_payment(work.db, line)?;
        if let (PaymentKind::Deposit, Some(subscription)) = (line.kind, line.subscription) {
            rows::insert_deposit(work.db, subscription, payment, line.net_minor)?;
        }
        waiting.push(rows::Uninvoiced {
            id: payment,
            priced_minor: priced(line),
            tax: line.tax,
            basis: *basis,
            subscription: line.subscription,
        });
    }
    let Payer::Customer(customer) = head.payer else { return Ok(None) };
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
    Ok(Some(Billing::new(work).gather(&anew, &facts, &waiting, review)?))
}

/// The invoice a payment was cancelled with, where there was one.
pub(super) fn voided(found: &Activity) -> Option<InvoiceId> {
    let facts = found.facts();
    facts.get("voided").and_then(|_| facts.get("invoice")).and_then(serde_json::Value::as_i64).map(InvoiceId)
}

/// A payment that was cancelled with its invoice is owed again. What is void stays void: the same is billed on a new
/// invoice dated today, as a person's step.
pub(super) fn take_back_cancel(work: &Work, id: InvoiceId) -> Result<String> {
    let head = rows::invoice(work.db, id)?.or_unknown("invoice", id)?;
    let lines = rows::lines_of(work.db, id)?;
    for line in &lines {
        refuse_gone(work, line)?;
    }
    let old = head.number.clone().unwrap_or_default();
    Ok(match bill_lines(work, (id, &head), &lines)? {
        None => format!("The amount of invoice {old} is owed again, and waits for the group's next invoice."),
        Some((_, Some(number))) => format!("The amount of invoice {old} is owed again, on {number}."),
        Some((_, None)) => format!("The amount of invoice {old} is owed again, and waits for review."),
    })
}

/// Changes of a subscription after which days it was billed for are owed no more.
const TAKE_DAYS: [Log; 6] = [
    Log::CancelSubscription,
    Log::PauseSubscription,
    Log::ResumeSubscription,
    Log::ReturnSubscription,
    Log::UpgradeSubscription,
    Log::BuyOutSubscription,
];

/// Refuses to make days owed again that fell away after they were cancelled, waived or credited: what was not owed then
/// was not taken back for the change.
pub(super) fn refuse_days_gone(work: &Work, found: &Activity) -> Result<()> {
    let lines = match found.subject {
        Subject::Payment(id) => rows::days_of_payment(work.db, id)?,
        Subject::Invoice(id) => rows::days_of_invoice(work.db, id)?,
        _ => Vec::new(),
    };
    for (id, start, end) in lines {
        let is_cut = subscription::rests_between(work.db, id, (start, end))?;
        if is_cut && activity::stands_since_about(work.db, Subject::Subscription(id), found.id, &TAKE_DAYS)? {
            let message = format!("subscription {} was paused or ended since: take that back first", id.shown());
            return Err(Refusal::new("depended_on", message).into());
        }
    }
    Ok(())
}

/// Refuses a line that cannot be owed again.
fn refuse_gone(work: &Work, line: &rows::NewPayment) -> Result<()> {
    let no = |message: &str| Err(Refusal::new("depended_on", message).into());
    let (Some(subscription), Some((_, start, _))) = (line.subscription, line.period) else { return Ok(()) };
    if rows::payment_of_period(work.db, subscription, start)?.is_some() {
        return no("the period was billed again since: take that back first");
    }
    let state = subscription::by_id(work.db, subscription)?.or_unknown("subscription", subscription)?.state;
    match state.ended_on {
        Some(on) if on <= start => no("the subscription ended since, before that period: nothing is owed for it"),
        _ => Ok(()),
    }
}

/// Quantity times price, as it was rounded the first time.
fn priced(line: &rows::NewPayment) -> i64 {
    let product = i128::from(line.unit_minor) * i128::from(line.quantity_milli);
    let rounded = crate::domain::rounding::Rounding::HalfUp.div(product, 1000);
    i64::try_from(rounded).unwrap_or(line.net_minor)
}
