//! A tax rate is changed by law: told before or after its day, counted first, taken back while nobody built on it.

use std::fmt::Write as _;

use chrono::NaiveDate;
use serde_json::json;

use crate::domain::log::{Log, Subject};
use crate::domain::tax::TaxRate;
use crate::domain::tax_change::RateChange;
use crate::services::done::{Done, Outcome, Touched, WayBack};
use crate::services::refusal::{OfField, Refusal, Result};
use crate::services::retaxing;
use crate::services::work::{Entry, Work};
use crate::store::activity::Activity;
use crate::store::tax_change;

/// Invoices that are named in the sentence.
const NAMED: usize = 3;

/// What a person says of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RateDraft {
    /// Percent, plain decimal text.
    pub from: String,
    pub to: String,
    /// The first day of the new rate.
    pub on: NaiveDate,
}

/// Reads what was said.
pub fn read(draft: &RateDraft, today: NaiveDate) -> Result<RateChange> {
    let from: TaxRate = draft.from.parse().of_field("from")?;
    let to: TaxRate = draft.to.parse().of_field("to")?;
    if from == TaxRate::ZERO {
        return Err(Refusal::of_field("from", "what has no tax is changed at the product").into());
    }
    if from == to {
        return Err(Refusal::of_field("to", "that is its rate already").into());
    }
    Ok(RateChange { from, to, on: draft.on, told_on: today })
}

/// Keeps the change. Contracts follow it by their periods; products and the shop get the new rate on its day.
pub(in crate::services) fn change(work: &Work, draft: &RateDraft) -> Result<Done> {
    let new = read(draft, work.today)?;
    if tax_change::all(work.db)?.iter().any(|kept| kept.change.from == new.from && kept.change.on == new.on) {
        return Err(Refusal::of_field("on", "a change of this rate on that day is written down already").into());
    }
    let contracts = tax_change::reached(work.db, &new)?;
    let before = tax_change::billed_before(work.db, &new)?;
    let id = tax_change::insert(work.db, &new)?;
    let (variants, is_shop) = if new.on <= work.today {
        tax_change::apply(work.db, id, (new.from, new.to), work.today)?
    } else {
        (Vec::new(), false)
    };
    let waiting = retaxing::waiting(work)?;
    let details = json!({
        "change": id, "from": new.from.to_string(), "to": new.to.to_string(), "on": new.on,
        "contracts": contracts, "waiting": waiting, "variants": variants, "shop": is_shop,
    });
    work.log(&Entry { details, ..Entry::new(Log::ChangeTaxRate, Subject::Shop) })?;
    let (day, style) = (work.shop.style.date(new.on), work.shop.style);
    let many =
        |count: i64, one: &str, more: &str| if count == 1 { format!("1 {one}") } else { format!("{count} {more}") };
    let mut said = format!(
        "{} % instead of {} % from {day} on, for {}.",
        style.number(&new.to.to_string()),
        style.number(&new.from.to_string()),
        many(contracts, "contract that runs", "contracts that run"),
    );
    if !before.is_empty() {
        let mut numbers: Vec<&str> = before.iter().map(|billed| billed.invoice.as_str()).collect();
        numbers.dedup();
        let named = numbers.iter().take(NAMED).copied().collect::<Vec<_>>().join(", ");
        let more = if numbers.len() > NAMED { ", ..." } else { "" };
        let count = i64::try_from(before.len()).unwrap_or(i64::MAX);
        let _ = write!(
            said,
            " {} that end later {} billed at the old rate ({named}{more}): credit them and bill them again.",
            many(count, "period", "periods"),
            if count == 1 { "is" } else { "are" },
        );
    }
    let touched = [Touched::Shop, Touched::Catalogue, Touched::Orders, Touched::Money];
    Ok(Done::new(said, Outcome::Nothing, &touched).back(WayBack::It))
}

/// Takes the change back, with the rates it gave products; what was billed meanwhile keeps its rate.
pub(in crate::services) fn take_back(work: &Work, found: &Activity) -> Result<String> {
    let facts = found.facts();
    let id = facts.get("change").and_then(serde_json::Value::as_i64).unwrap_or_default();
    let Some(kept) = tax_change::all(work.db)?.into_iter().find(|kept| kept.id == id) else {
        return Err(Refusal::new("depended_on", "that change of the rate was removed already").into());
    };
    let variants: Vec<i64> =
        facts.get("variants").and_then(|ids| serde_json::from_value(ids.clone()).ok()).unwrap_or_default();
    let is_shop = facts.get("shop").and_then(serde_json::Value::as_bool).unwrap_or_default();
    if kept.applied_on.is_some_and(|on| on > found.business_on) {
        let on = work.shop.style.date(kept.change.on);
        let message = format!("it has been in force since {on}: write down the change back, from a day on");
        return Err(Refusal::new("depended_on", message).into());
    }
    tax_change::remove(work.db, id)?;
    tax_change::move_rates(work.db, &variants, (kept.change.to, kept.change.from), is_shop)?;
    retaxing::waiting(work)?;
    Ok("The tax rate is as it was; what was billed meanwhile keeps its own.".to_owned())
}

/// Products and the shop get the rates whose day has come. How many changes came into force.
pub(in crate::services) fn come_into_force(work: &Work) -> Result<usize> {
    let due: Vec<_> = tax_change::all(work.db)?
        .into_iter()
        .filter(|kept| kept.applied_on.is_none() && kept.change.on <= work.today)
        .collect();
    for kept in &due {
        tax_change::apply(work.db, kept.id, (kept.change.from, kept.change.to), work.today)?;
    }
    Ok(due.len())
}
