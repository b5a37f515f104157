//! One setting of the shop changed, and taken back; with what it means for contracts that run.

use serde_json::json;

use super::shop_settings::{set, setting};
use crate::domain::log::{Log, Subject};
use crate::services::done::{Done, Outcome, Touched};
use crate::services::refusal::{Refusal, Result};
use crate::services::work::{Entry, Work};
use crate::store::activity::Activity;
use crate::store::shop::{self, Shop};
use crate::store::subscription;

/// Changes one setting.
pub(in crate::services) fn change(work: &Work, key: &str, value: &str) -> Result<Done> {
    let key = &key.replace('-', "_");
    let mut shop = work.shop.clone();
    set(&mut shop, key, value)?;
    if let Some(until) = shop.locked_until_on
        && shop.locked_until_on != work.shop.locked_until_on
        && until >= work.today
    {
        let today = work.shop.style.date(work.today);
        return Err(Refusal::of_field("value", format!("today ({today}) is still open: close an earlier day")).into());
    }
    refuse_without_pass(work, &shop)?;
    shop::update(work.db, &shop)?;
    let value_of = |shop: &Shop| setting(key).map(|setting| (setting.get)(shop));
    let kept = value_of(&shop);
    let details = match key.as_str() {
        // Which days were closed from then on: what check holds later rows against.
        "locked_until" => {
            json!({ "key": key, "value": shop.locked_until_on, "was": value_of(work.shop), "became": kept })
        }
        _ => json!({ "key": key, "was": value_of(work.shop), "became": kept }),
    };
    let text = Some(format!("{key} = {}", kept.unwrap_or_default()));
    work.log(&Entry { details, text, ..Entry::new(Log::ChangeSetting, Subject::Shop) })?;
    let said = format!("Setting {key} is changed.{}", touched(work, key)?);
    Ok(Done::new(said, Outcome::Nothing, &[Touched::Shop]))
}

/// Refuses to close a day whose billing has not run.
fn refuse_without_pass(work: &Work, shop: &Shop) -> Result<()> {
    let Some(until) = shop.locked_until_on.filter(|until| Some(*until) > work.shop.locked_until_on) else {
        return Ok(());
    };
    match crate::store::billing::pass_state(work.db)?.last_run_on {
        Some(last) if last >= until => Ok(()),
        _ => {
            let until = work.shop.style.date(until);
            let message = format!("billing has not run up to {until} yet: run it first, then close the period");
            Err(Refusal::of_field("value", message).into())
        }
    }
}

/// What a setting means for contracts that run, in words for the message line.
fn touched(work: &Work, key: &str) -> Result<String> {
    let live = subscription::live_count(work.db)?;
    let contracts = if live == 1 { "1 contract that runs".to_owned() } else { format!("{live} contracts that run") };
    let keeps = if live == 1 { "keeps" } else { "keep" };
    Ok(match key {
        _ if live == 0 => String::new(),
        "prices" => {
            format!(
                " {contracts} {keeps} the prices they were agreed at: the change is for new orders and extra invoices."
            )
        }
        "tax_rate" => format!(" {contracts} {keeps} their tax rate: the change is for new products."),
        "lead_days" | "tax_rounding" => format!(" It counts for the next bills of {contracts}."),
        _ => String::new(),
    })
}

/// Sets a setting back to what it was, where nobody changed it since.
pub(in crate::services) fn take_back_change(work: &Work, found: &Activity) -> Result<String> {
    let details: serde_json::Value = serde_json::from_str(&found.details).unwrap_or_default();
    let of = |part: &str| details.get(part).and_then(serde_json::Value::as_str).map(str::to_owned);
    let (Some(key), Some(was), Some(became)) = (of("key"), of("was"), of("became")) else {
        return Err(
            Refusal::new("not_undoable", "what it was before is not known: change it where it was entered").into()
        );
    };
    let now = setting(&key).map(|setting| (setting.get)(work.shop));
    if now.as_deref() != Some(became.as_str()) {
        let message = format!("setting {key} was changed since: take that back first");
        return Err(Refusal::new("depended_on", message).into());
    }
    let mut shop = work.shop.clone();
    set(&mut shop, &key, &was)?;
    shop::update(work.db, &shop)?;
    Ok(format!("Setting {key} is as it was."))
}
