//! A deposit is returned, or kept in part or whole with a reason. It is a liability while held, and never income.

use serde_json::json;

use crate::domain::credit_note::credit_gross;
use crate::domain::log::{Log, Subject};
use crate::domain::money::Money;
use crate::domain::status::DepositState;
use crate::domain::text;
use crate::services::contract_credits::{self, TakenBack};
use crate::services::done::{Done, Outcome, Touched, WayBack};
use crate::services::refusal::{OfField, OrUnknown, Refusal, Result};
use crate::services::work::{Entry, Work};
use crate::store::activity::Activity;
use crate::store::deposit;
use crate::store::subscription;

/// What a person says of a deposit that is over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CloseDraft {
    pub deposit: i64,
    /// What the shop keeps, plain decimal text; nothing where it is empty, all where it is `all`.
    pub keep: String,
    /// Why; needed where something is kept.
    pub reason: String,
    /// What goes back stays with the customer as credit instead.
    pub as_credit: bool,
}

/// Returns a deposit, or keeps a part of it: a credit note takes back what is returned, and the money goes back.
pub(in crate::services) fn close(work: &Work, draft: &CloseDraft) -> Result<Done> {
    let held = deposit::by_id(work.db, draft.deposit)?.or_unknown("deposit", draft.deposit)?;
    let currency = held.amount.currency();
    if held.state != DepositState::Held {
        let message = format!("this deposit is {} already", held.state.word().to_lowercase());
        return Err(Refusal::new("closed_already", message).into());
    }
    let kept = match draft.keep.trim() {
        "" => Money::zero(currency),
        "all" => held.amount,
        amount => Money::parse(amount, currency).of_field("keep")?,
    };
    let reason = text::clean_line(&draft.reason, 300).of_field("reason")?;
    if kept.minor() > held.amount.minor() {
        let message = format!("the deposit is {}", work.shop.style.amount(held.amount));
        return Err(Refusal::of_field("keep", message).into());
    }
    if kept.minor() > 0 && reason.is_empty() {
        return Err(Refusal::of_field("reason", "say why it is kept").into());
    }
    let state = match kept.minor() {
        0 => DepositState::Returned,
        kept if kept == held.amount.minor() => DepositState::Kept,
        _ => DepositState::PartlyKept,
    };
    let why = if reason.is_empty() { "Deposit returned".to_owned() } else { format!("Deposit: {reason}") };
    deposit::set_state(work.db, held.id, state, kept.minor(), (Some(work.today), &reason))?;
    let of = subscription::by_id(work.db, held.subscription)?.or_unknown("subscription", held.subscription)?;
    let details = json!({ "deposit": held.id, "kept": kept.to_string(), "currency": currency.code() });
    let subject = Subject::Subscription(held.subscription);
    let (action, customer, text) = (Log::CloseDeposit, Some(of.customer), Some(why.clone()));
    let activity = work.log(&Entry { customer, details, text, ..Entry::new(action, subject) })?;
    let (line, credited) = contract_credits::left(work, held.payment)?;
    let back = (held.amount.minor() - kept.minor()).min(line.gross() - credited.gross());
    let mut freed = 0;
    if back > 0 {
        let part = credit_gross(line, credited, back).of_field("keep")?;
        let note = TakenBack { payment: held.payment, text: why.clone(), part };
        let credited = contract_credits::credit(work, activity, vec![note], &why)?;
        freed = credited.freed_minor();
        if !draft.as_credit {
            contract_credits::give_back(work, &credited, (currency, activity), &why)?;
        }
    }
    let said = said(work, &held, kept, Money::new(freed, currency), draft.as_credit);
    Ok(Done::new(said, Outcome::Deposit(held.id), &[Touched::Money, Touched::Customers, Touched::Orders])
        .back(WayBack::It))
}

fn said(work: &Work, held: &deposit::Deposit, kept: Money, freed: Money, as_credit: bool) -> String {
    let style = work.shop.style;
    let keeps = if kept.is_zero() { String::new() } else { format!(", {} is kept", style.amount(kept)) };
    let back = match (freed.is_zero(), as_credit) {
        (true, _) if kept == held.amount => String::new(),
        (true, _) => ", nothing of it had been paid".to_owned(),
        (false, true) => format!(", {} stays as credit", style.amount(freed)),
        (false, false) => format!(", {} goes back", style.amount(freed)),
    };
    format!("The deposit of subscription {} is closed{keeps}{back}.", held.subscription.shown())
}

/// Takes back the closing of a deposit: it is held again.
pub(in crate::services) fn take_back(work: &Work, found: &Activity) -> Result<String> {
    let id = found.facts().get("deposit").and_then(serde_json::Value::as_i64);
    let id = id.ok_or_else(|| found.names_no("deposit"))?;
    deposit::set_state(work.db, id, DepositState::Held, 0, (None, ""))?;
    Ok("The deposit is held again.".to_owned())
}
