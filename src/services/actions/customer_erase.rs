//! A customer asks to be forgotten: personal data is cleared wherever it may stand, the books stay.

use serde_json::json;

use super::customer_reading::current_in;
use crate::domain::format::Style;
use crate::domain::id::CustomerId;
use crate::domain::log::{Log, Subject};
use crate::domain::money::Money;
use crate::services::done::{Done, Outcome, Touched};
use crate::services::refusal::{Refusal, Result};
use crate::services::work::{Entry, Work};
use crate::store::Db;
use crate::store::customer::Customer;
use crate::store::erase::{self, Kept};
use crate::store::forget;

/// Erases the personal data of a customer and of those merged into it. It cannot be taken back.
pub(in crate::services) fn erase(work: &Work, id: CustomerId) -> Result<Done> {
    let customer = may(work.db, work.shop.style, id)?;
    let kept = erase::kept(work.db, customer.id)?;
    erase::erase(work.db, customer.id, work.today)?;
    forget::mark(work.db)?;
    work.log(&Entry {
        customer: Some(customer.id),
        details: json!({ "kept": kept }),
        ..Entry::new(Log::EraseCustomer, Subject::Customer(customer.id))
    })?;
    let stays = match stays(&kept).as_slice() {
        [] => "Nothing has to be kept.".to_owned(),
        lines => format!("Kept, as the law asks: {}.", lines.join(", ")),
    };
    let said = format!("The personal data is erased; the record is Erased customer {}. {stays}", customer.id);
    Ok(Done::new(said, Outcome::Customer(customer.id), &[Touched::Customers, Touched::Orders, Touched::Money]))
}

/// What stays of an erased customer, in words: `3 issued invoices with name and address`.
pub fn stays(kept: &Kept) -> Vec<String> {
    let counted = [
        (kept.invoices, "issued invoice with name and address", "issued invoices with name and address"),
        (kept.group_invoices, "group invoice with the name on its line", "group invoices with the name on their lines"),
        (kept.receipts, "receipt with its reference", "receipts with their references"),
        (kept.bank_lines, "booked bank line", "booked bank lines"),
        (kept.corrections, "credit note or refund", "credit notes or refunds"),
    ];
    let said = counted.into_iter().filter(|(count, ..)| *count > 0);
    said.map(|(count, one, many)| format!("{count} {}", if count == 1 { one } else { many })).collect()
}

/// The customer, where it may be erased. Nothing is written.
pub(in crate::services) fn may(db: &Db, style: Style, id: CustomerId) -> Result<Customer> {
    let customer = current_in(db, style, id)?;
    refuse_tied(db, style, &customer)?;
    Ok(customer)
}

/// Refused while something is owed, either way, or runs.
fn refuse_tied(db: &Db, style: Style, customer: &Customer) -> Result<()> {
    let ties = erase::ties(db, customer.id)?;
    let amount = |minor| {
        let money = Money::new(minor, customer.currency);
        format!("{} {}", style.amount(money), customer.currency)
    };
    let name = customer.display_name().full();
    let (code, why) = if ties.live_subscriptions > 0 {
        ("still_active", format!("{name} still rents: its subscriptions have to end first"))
    } else if ties.owed_minor > 0 {
        ("still_owed", format!("{name} still owes {}: that has to be settled first", amount(ties.owed_minor)))
    } else if ties.open_payments > 0 {
        ("still_owed", format!("{name} has payments that are open: settle or cancel them first"))
    } else if ties.credit_minor > 0 {
        ("still_credit", format!("{name} has {} of credit: give it back first", amount(ties.credit_minor)))
    } else if ties.deposits_held > 0 {
        ("still_held", format!("a deposit of {name} is held: return or keep it first"))
    } else if ties.draft_orders > 0 {
        ("still_active", format!("{name} has a draft of an order: cancel it first"))
    } else if customer.group.is_some() {
        ("in_a_group", format!("{name} is in a billing group: take it out of the group first"))
    } else {
        return Ok(());
    };
    Err(Refusal::new(code, why).into())
}
