//! How a customer pays: methods added, made the default, taken off. Never a card's number.

use chrono::NaiveDate;
use serde_json::json;

use crate::domain::card_number::holds_card_number;
use crate::domain::expiry::Expiry;
use crate::domain::id::CustomerId;
use crate::domain::log::{Log, Subject};
use crate::domain::method::Method;
use crate::domain::text;
use crate::services::done::{Done, Outcome, Touched, WayBack};
use crate::services::refusal::{OfField, OrUnknown, Refusal, Result};
use crate::services::work::{Entry, Work};
use crate::store::activity::Activity;
use crate::store::customer;
use crate::store::method::{self, KnownMethod};

/// What a person says of a payment method.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MethodDraft {
    pub customer: Option<CustomerId>,
    pub kind: Method,
    pub brand: String,
    /// The card's last four digits.
    pub last_four: String,
    /// The month the card ends with, as it stands on the card.
    pub expires: String,
    /// Who charges the card.
    pub processor: String,
    /// What the processor calls the card.
    pub token: String,
    /// What the customer signed for a debit.
    pub mandate_reference: String,
    pub mandate_on: Option<NaiveDate>,
    /// Whether it is used unless another is named; the first one is anyway.
    pub is_default: bool,
}

/// Adds a method.
pub(in crate::services) fn add(work: &Work, draft: &MethodDraft) -> Result<Done> {
    let owner = draft.customer.ok_or_else(|| Refusal::of_field("customer", "say whose it is"))?;
    let owner = customer::by_id(work.db, owner)?.or_unknown("customer", owner)?.id;
    let new = read(work, owner, draft)?;
    let held = method::of_customer(work.db, owner)?;
    let before = held.iter().find(|held| held.is_default).map(|held| held.id);
    let id = method::insert(work.db, &new, work.today)?;
    if draft.is_default || held.is_empty() {
        method::set_default(work.db, owner, Some(id))?;
    }
    log(work, Log::AddMethod, owner, id, before)?;
    let said = format!("{} is kept.", new.words());
    Ok(Done::new(said, Outcome::Method(id), &[Touched::Customers]).back(WayBack::It))
}

fn read(work: &Work, customer: CustomerId, draft: &MethodDraft) -> Result<KnownMethod> {
    let plain = |name: &'static str, text: &str, most: usize| -> Result<String> {
        let clean = text::clean_line(text, most).of_field(name)?;
        if holds_card_number(&clean) {
            let message = "this is a whole card number, which the book never keeps: write the last four digits";
            return Err(Refusal::of_field(name, message).into());
        }
        Ok(clean)
    };
    let is_card = draft.kind == Method::Card;
    let is_debit = draft.kind == Method::DirectDebit;
    let last_four = plain("last_four", &draft.last_four, 30)?;
    if is_card && !(last_four.len() == 4 && last_four.bytes().all(|byte| byte.is_ascii_digit())) {
        return Err(Refusal::of_field("last_four", "write the last four digits of the card, no more").into());
    }
    let expires = match draft.expires.trim() {
        "" if is_card => return Err(Refusal::of_field("expires", crate::domain::expiry::ExpiryError).into()),
        text if is_card => Some(text.parse::<Expiry>().of_field("expires")?),
        _ => None,
    };
    if expires.is_some_and(|month| month.is_over(work.today)) {
        return Err(Refusal::of_field("expires", "that card has ended already").into());
    }
    let mandate_reference = plain("mandate", &draft.mandate_reference, 100)?;
    if is_debit && (mandate_reference.is_empty() || draft.mandate_on.is_none()) {
        let field = if mandate_reference.is_empty() { "mandate" } else { "mandate_on" };
        return Err(Refusal::of_field(
            field,
            "a direct debit needs the reference of its mandate and the day it was signed",
        )
        .into());
    }
    if draft.mandate_on.is_some_and(|day| is_debit && day > work.today) {
        return Err(Refusal::of_field("mandate_on", "that day is still to come").into());
    }
    let only = |wanted: bool, text: String| if wanted { text } else { String::new() };
    Ok(KnownMethod {
        id: 0,
        customer,
        kind: draft.kind,
        brand: only(is_card, plain("brand", &draft.brand, 30)?),
        last_four: only(is_card, last_four),
        expires,
        processor: only(is_card, plain("processor", &draft.processor, 100)?),
        token: only(is_card, plain("token", &draft.token, 200)?),
        mandate_reference: only(is_debit, mandate_reference),
        mandate_on: draft.mandate_on.filter(|_| is_debit),
        is_default: false,
        is_removed: false,
    })
}

fn held(work: &Work, id: i64) -> Result<KnownMethod> {
    let found = method::by_id(work.db, id)?.or_unknown("payment method", id)?;
    if found.is_removed {
        return Err(Refusal::new("removed", format!("payment method {id} was removed")).into());
    }
    Ok(found)
}

/// Makes a method the default.
pub(in crate::services) fn make_default(work: &Work, id: i64) -> Result<Done> {
    let found = held(work, id)?;
    let all = method::of_customer(work.db, found.customer)?;
    if all.iter().any(|other| other.is_default && other.id == id) {
        return Err(Refusal::new("default_already", format!("{} is the default already", found.words())).into());
    }
    let before = all.iter().find(|other| other.is_default).map(|other| other.id);
    method::set_default(work.db, found.customer, Some(id))?;
    log(work, Log::DefaultMethod, found.customer, id, before)?;
    let said = format!("{} is the default now.", found.words());
    Ok(Done::new(said, Outcome::Method(id), &[Touched::Customers]).back(WayBack::It))
}

/// Takes a method off; the oldest other one is the default then.
pub(in crate::services) fn remove(work: &Work, id: i64) -> Result<Done> {
    let found = held(work, id)?;
    method::set_removed(work.db, id, Some(work.today))?;
    if found.is_default {
        let next = method::of_customer(work.db, found.customer)?.first().map(|next| next.id);
        method::set_default(work.db, found.customer, next)?;
    }
    log(work, Log::RemoveMethod, found.customer, id, found.is_default.then_some(id))?;
    let said = format!("{} is removed.", found.words());
    Ok(Done::new(said, Outcome::Method(id), &[Touched::Customers]).back(WayBack::It))
}

/// What undo needs: the method, and the default before.
fn log(work: &Work, action: Log, customer: CustomerId, id: i64, before: Option<i64>) -> Result<()> {
    let (subject, details) =
        (Subject::Method(crate::domain::id::MethodId(id)), json!({ "method": id, "default_before": before }));
    let customer = Some(customer);
    work.log(&Entry { customer, details, ..Entry::new(action, subject) }).map(drop)
}

/// Undo: an added method is taken off, one taken off is back, and the default is the one of before.
pub(in crate::services) fn take_back(work: &Work, found: &Activity) -> Result<String> {
    let (action, facts) = (found.log, found.facts());
    let number = |name: &str| facts.get(name).and_then(serde_json::Value::as_i64);
    let (Some(id), before) = (number("method"), number("default_before")) else {
        return Err(found.names_no("payment method").into());
    };
    let found = method::by_id(work.db, id)?.or_unknown("payment method", id)?;
    let must_hold = action != Log::RemoveMethod;
    if found.is_removed == must_hold {
        let message = format!("{} was changed since: take that back first", found.words());
        return Err(Refusal::new("depended_on", message).into());
    }
    match action {
        Log::AddMethod => method::set_removed(work.db, id, Some(work.today))?,
        Log::RemoveMethod => method::set_removed(work.db, id, None)?,
        _ => {}
    }
    let holds = |id: &i64| method::by_id(work.db, *id).ok().flatten().is_some_and(|held| !held.is_removed);
    if action != Log::RemoveMethod || before.is_some() {
        method::set_default(work.db, found.customer, before.filter(holds))?;
    }
    Ok(format!("{}: as it was before.", found.words()))
}
