//! Credit of a payer is used: when someone says so, or by each new invoice where the shop wants that.

use chrono::NaiveDate;
use serde_json::json;

use super::payable::{self, Target};
use crate::domain::allocation::{self, OpenItem};
use crate::domain::id::{ActivityId, PaymentId, ReceiptId};
use crate::domain::log::{Log, Subject};
use crate::domain::money::Money;
use crate::domain::status::PaymentStatus;
use crate::services::billing::credit_on;
use crate::services::done::{Allocated, Done, Outcome, Touched, WayBack};
use crate::services::refusal::{OfField, OrUnknown, Refusal, Result};
use crate::services::work::{Entry, Work};
use crate::store::billing::{self, Payer};
use crate::store::receipt::{self, Owed};
use crate::store::receipt_page;
use crate::store::settlement::{self, NewSettlement, Source};

/// Pays what the target has open out of the payer's credit, the oldest money first: by the order of the rules, or the
/// parts made by hand. An empty amount is as much as there is.
pub(in crate::services) fn use_credit(work: &Work, target: &Target, amount: &str) -> Result<Done> {
    let (payer, mut open) = payable::payable(work.db, target)?;
    // What other money is on its way to is not paid twice.
    // Nor is what was given up: only money that comes takes that back.
    open.retain(|owed| owed.status != PaymentStatus::Processing && owed.given_up_minor == 0);
    payable::refuse_to_come(work, &open)?;
    let holding = receipt_page::with_credit(work.db, payer)?;
    let credit: i64 = holding.iter().map(receipt_page::ReceiptHead::unapplied).sum();
    let Some(currency) = open.first().map(|owed| owed.currency) else {
        return Err(Refusal::new("nothing_open", "nothing is open that the credit could pay").into());
    };
    if credit == 0 {
        return Err(Refusal::new("no_credit", "this payer has no credit").into());
    }
    let style = work.shop.style;
    let due: i64 = open.iter().map(Owed::open_minor).sum();
    let minor = match amount.trim() {
        "" => credit.min(due),
        written => Money::parse(written, currency).of_field("amount")?.minor(),
    };
    if minor <= 0 || minor > credit || minor > due {
        let most = style.amount(Money::new(credit.min(due), currency));
        return Err(Refusal::of_field("amount", format!("up to {most} of the credit can be used")).into());
    }
    let items: Vec<OpenItem> = open.iter().map(Owed::item).collect();
    let parts = allocation::allocate(minor, &items).parts;
    let (customer, subject) = match (payer, open.first().and_then(|owed| owed.invoice.as_ref())) {
        (Payer::Customer(id), Some(invoice)) => (Some(id), Subject::Invoice(invoice.id)),
        (Payer::Customer(id), None) => (Some(id), Subject::Nothing),
        (Payer::Group(_), Some(invoice)) => (None, Subject::Invoice(invoice.id)),
        (Payer::Group(_), None) => (None, Subject::Nothing),
    };
    let sum = Money::new(minor, currency);
    let details = json!({ "amount": sum.to_string(), "currency": currency.code() });
    let activity = work.log(&Entry { customer, details, ..Entry::new(Log::UseCredit, subject) })?;
    for invoice in open.iter().filter_map(|owed| owed.invoice.as_ref()) {
        billing::flag_if_late(work.db, invoice.id, work.today)?;
    }
    let used = spend(work, activity, (purse(&holding), work.today), &parts)?;
    let rest = style.amount(Money::new(credit - minor, currency));
    let said = format!("{} of credit is used, {rest} is left.", style.amount(sum));
    Ok(Done::new(said, Outcome::Used(used), &[Touched::Money, Touched::Customers]).back(WayBack::It))
}

/// What was issued takes the credit it was promised: a step of its own beside the Action, so that it can be taken back
/// alone, dated as the invoice is. What is said of it.
pub(in crate::services) fn use_unasked(work: &Work) -> Result<String> {
    let mut said = Vec::new();
    for promised in work.take_promised() {
        let mut open = receipt::owed_on_invoice(work.db, promised.invoice)?;
        open.retain(|owed| owed.open_minor() > 0 && owed.status == PaymentStatus::Pending);
        let holding = credit_on(work, promised.payer, promised.on)?;
        let credit: i64 = holding.iter().map(receipt_page::ReceiptHead::unapplied).sum();
        let minor = credit.min(open.iter().map(Owed::open_minor).sum());
        let Some(first) = open.first().filter(|_| minor > 0) else { continue };
        let sum = Money::new(minor, first.currency);
        let beside = work.beside();
        let activity = beside.log(&Entry {
            customer: first.group.is_none().then_some(first.customer),
            details: json!({ "amount": sum.to_string(), "currency": sum.currency().code() }),
            ..Entry::new(
                if work.is_pass() { Log::PassCredit } else { Log::UseCreditUnasked },
                Subject::Invoice(promised.invoice),
            )
        })?;
        let items: Vec<OpenItem> = open.iter().map(Owed::item).collect();
        spend(&beside, activity, (purse(&holding), promised.on), &allocation::allocate(minor, &items).parts)?;
        let number = first.invoice.as_ref().and_then(|invoice| invoice.number.as_deref()).unwrap_or_default();
        said.push(format!(" {number} used {} of credit.", work.shop.style.amount(sum)));
    }
    Ok(said.concat())
}

fn purse(holding: &[receipt_page::ReceiptHead]) -> Vec<(ReceiptId, i64)> {
    holding.iter().map(|head| (head.id, head.unapplied())).collect()
}

/// Gives each payment its part out of what receipts have left, in the order they stand.
pub(super) fn spend(
    work: &Work,
    activity: ActivityId,
    (mut purse, on): (Vec<(ReceiptId, i64)>, NaiveDate),
    parts: &[(PaymentId, i64)],
) -> Result<Vec<Allocated>> {
    let mut used = Vec::new();
    for (payment, whole) in parts {
        let before = receipt::owed(work.db, *payment)?.or_unknown("payment", payment)?;
        let mut part = *whole;
        for (receipt, left) in purse.iter_mut().filter(|(_, left)| *left > 0) {
            let taken = part.min(*left);
            if taken == 0 {
                break;
            }
            let owed = receipt::owed(work.db, *payment)?.or_unknown("payment", payment)?;
            let after = if taken == owed.open_minor() { PaymentStatus::Paid } else { owed.status };
            let new = NewSettlement {
                source: Source::Receipt(*receipt),
                payment: &owed,
                amount_minor: taken,
                on,
                after,
                reason: "",
                reverses: None,
                activity,
            };
            settlement::settle(work.db, &new)?;
            *left -= taken;
            part -= taken;
        }
        used.push(Allocated {
            payment: *payment,
            invoice: before.invoice.as_ref().and_then(|invoice| invoice.number.clone()),
            amount: Money::new(*whole, before.currency),
            is_paid: *whole == before.open_minor(),
        });
    }
    Ok(used)
}
