//! A contract ends before its time: the asset comes back for a fee, or the customer buys it.

use chrono::NaiveDate;

use super::billed::NewLine;
use super::changing::Changing;
use crate::documents::Sentence;
use crate::domain::contract::{Condition, RunningPeriod, buyout, early_return_fee, months_left};
use crate::domain::format::count;
use crate::domain::log::Log;
use crate::domain::money::{Money, MoneyError};
use crate::domain::pass::plan_before;
use crate::domain::status::{AssetState, EndReason, InvoiceKind, PaymentKind, SubscriptionStatus};
use crate::domain::tax::TaxRate;
use crate::domain::text;
use crate::services::done::Done;
use crate::services::letterhead::said;
use crate::services::paper_tax::percent as percent_text;
use crate::services::refusal::{OfField, Refusal, Result};

/// The asset comes back: the period that runs stays owed, later ones fall away, and a part of the rent of the months
/// left is the fee, unless it is waived with a reason.
pub(super) fn return_early(
    mut changing: Changing,
    on: NaiveDate,
    (percent, waive): (&str, &str),
    (condition, note): (Condition, &str),
) -> Result<Done> {
    changing.refuse_outside("on", on)?;
    changing.work.open_day("on", on)?;
    let note = text::clean_line(note, 300).of_field("note")?;
    let waive = text::clean_line(waive, 300).of_field("waive")?;
    let rate = match percent.trim() {
        "" => changing.work.shop.early_return,
        written => written.parse::<TaxRate>().of_field("percent")?,
    };
    let number = changing.sub.id.shown();
    let shown = changing.day(on);
    let running = changing.schedule()?.period_on(on).map(|period| (period.start, period.end));
    // One that was cancelled to a day already owes nothing behind it.
    let owed_until = RunningPeriod::Keep.owed_until(on, running).min(changing.after.end_on);
    let months = months_left(owed_until, changing.after.end_on);
    let monthly = changing.monthly(owed_until)?;
    let asset_to = if condition == Condition::Damaged { AssetState::Retired } else { AssetState::InStock };
    changing.after.end_reason = Some(EndReason::ReturnedEarly);
    changing.is_over(SubscriptionStatus::Ended, (on, owed_until), asset_to)?;
    if owed_until > on {
        let last = changing.day(owed_until.pred_opt().unwrap_or(owed_until));
        changing.tell(format!("The period that runs is owed to its end, {last}."));
    }
    changing.settle(owed_until)?;
    let fee = early_return_fee(months, monthly, i64::from(rate.ppm()));
    let how = format!(
        "{} left x {} x {}",
        count(months, "month"),
        changing.amount(monthly),
        percent_text(rate, changing.work.shop.style)
    );
    if !waive.is_empty() {
        changing.tell(format!("The fee of {} ({how}) is waived: {waive}", changing.amount(fee)));
    } else if fee > 0 {
        changing.tell(format!("Fee {} = {how}.", changing.amount(fee)));
        let text = said(
            changing.work,
            if months == 1 { Sentence::EarlyReturnOfOne } else { Sentence::EarlyReturn },
            &[
                ("number", &number),
                ("day", &changing.paper_day(on)),
                ("months", &months.to_string()),
                ("monthly", &changing.amount(monthly)),
                ("rate", &percent_text(rate, changing.work.shop.style)),
            ],
        );
        changing.bill(
            InvoiceKind::OutOfTurn,
            vec![NewLine { kind: PaymentKind::Fee, text, serial: String::new(), priced: fee, period: None }],
        )?;
    } else {
        changing.tell("No fee is due.");
    }
    tell_asset(&mut changing, condition)?;
    changing.drop_deposit()?;
    let said = format!("Subscription {number} of {} ended on {shown}: returned early.", changing.name);
    let reason = changing.why(Sentence::Returned, on);
    let about = [format!("condition: {}", condition.code()), note, waive];
    let about: Vec<&str> = about.iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
    changing.finish(Log::ReturnSubscription, &said, (&reason, &about.join("; ")), false)
}

fn tell_asset(changing: &mut Changing, condition: Condition) -> Result<()> {
    if let Some(asset) = changing.after.asset {
        let serial = changing.serial(asset)?;
        let goes = if condition == Condition::Damaged { "retired" } else { "back in stock" };
        changing.tell(format!("{serial} is {goes}."));
    }
    Ok(())
}

/// The customer buys the asset: the rent of the periods not billed and the residual value stand on one invoice.
pub(super) fn buy_out(mut changing: Changing, residual: &str) -> Result<Done> {
    let (work, id) = (changing.work, changing.sub.id);
    let number = id.shown();
    let Some(asset) = changing.after.asset else {
        let message = format!("subscription {number} has no asset that could be bought");
        return Err(Refusal::new("no_asset", message).into());
    };
    let residual = Money::parse(residual, changing.sub.currency).of_field("residual")?;
    changing.after.end_reason = Some(EndReason::BoughtOut);
    // Every period is paid for, at the prices agreed for it: a pause that runs is over today.
    let end = changing.after.end_on;
    changing.end_open_pauses(work.today)?;
    changing.is_over(SubscriptionStatus::Ended, (work.today, end), AssetState::Sold)?;
    changing.settle(end)?;
    let left = plan_before(&changing.billable()?, NaiveDate::MAX, 0);
    let remaining = left.iter().map(|period| period.priced).sum();
    let price = buyout(remaining, residual.minor());
    let price = price.ok_or_else(|| Refusal::of_field("residual", MoneyError::TooLarge))?;
    let serial = changing.serial(asset)?;
    let facts = crate::store::billing::line_facts(work.db, id)?;
    let what = &facts.text;
    let rent = count(left.len(), "payment");
    changing.tell(format!(
        "{} remaining rent ({rent}) + {} residual value = {}.",
        changing.amount(remaining),
        changing.amount(residual.minor()),
        changing.amount(price)
    ));
    let line =
        |text, priced| NewLine { kind: PaymentKind::Buyout, text, serial: facts.serial.clone(), priced, period: None };
    let of_rent = if left.len() == 1 { Sentence::BuyoutRentOfOne } else { Sentence::BuyoutRent };
    let lines = vec![
        line(said(work, of_rent, &[("what", what), ("count", &left.len().to_string())]), remaining),
        line(said(work, Sentence::BuyoutValue, &[("what", what)]), residual.minor()),
    ];
    changing.bill(InvoiceKind::OutOfTurn, lines)?;
    changing.tell(format!("{serial} is sold. What is billed already stays owed."));
    changing.drop_deposit()?;
    let said = format!("{} buys {serial}; subscription {number} is over.", changing.name);
    changing.finish(Log::BuyOutSubscription, &said, ("bought out", ""), false)
}
