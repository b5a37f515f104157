//! What a pass materialises of one subscription, with the dates of the invoices.

use chrono::{Datelike, NaiveDate};

use super::billable::Billable;
use super::group_days::next_billing_day;
use crate::domain::calendar::{add_days, month_number, on_anchor_of};
use crate::domain::id::SubscriptionId;
use crate::domain::proration::prorate;
use crate::domain::schedule::{Period, day_basis};
use crate::domain::terms::{due_on, invoice_on};

/// A payment to materialise, and the date of its invoice.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Planned {
    pub subscription: SubscriptionId,
    /// It ends where the subscription was cancelled to.
    pub period: Period,
    /// The price a month in force at its start, in minor units.
    pub monthly: i64,
    /// What it costs as priced, in minor units, without the days paused and those it was cancelled from.
    pub priced: i64,
    /// The date of its own invoice; none where it is billed to a group.
    pub invoice_on: Option<NaiveDate>,
    /// The billing day of the group that takes it, where it is billed to one.
    pub group_on: Option<NaiveDate>,
    /// When it is due: by its own invoice, or by the one of the group it will stand on.
    pub due_on: NaiveDate,
}

/// What a pass on `today` materialises, in order: every period whose start − `lead_days` has come, and of a group's
/// members also those that start in a month whose billing day has come. Periods paused from end to end are left out;
/// a pause that nobody has ended yet stops the planning at the first period it holds whole.
pub fn plan(billable: &Billable, today: NaiveDate, lead_days: u32) -> Vec<Planned> {
    plan_while(billable, lead_days, |planned| match (planned.invoice_on, planned.group_on) {
        (Some(invoice_on), _) => invoice_on <= today,
        (None, group_on) => {
            let ahead = add_days(planned.period.start, -i64::from(lead_days)).max(billable.activated_on);
            ahead <= today || group_on.is_some_and(|on| on <= today)
        }
    })
}

/// What is materialised when everything that starts before `day` is wanted now, whatever the date: a group billed by
/// hand for a month, or a period somebody pays ahead. Dates are those [`plan`] would give.
pub fn plan_before(billable: &Billable, day: NaiveDate, lead_days: u32) -> Vec<Planned> {
    plan_while(billable, lead_days, |planned| planned.period.start < day)
}

/// Plans from the next period on for as long as `wanted` says so.
fn plan_while(billable: &Billable, lead_days: u32, wanted: impl Fn(&Planned) -> bool) -> Vec<Planned> {
    let mut plans = Vec::new();
    let mut index = billable.next_index;
    while let Some(period) = billable.schedule.period(index) {
        index += 1;
        if billable.is_ahead(period.index) {
            continue;
        }
        let Some(cut) = period.before(billable.until) else { break };
        let billed_days = match paused_days(&cut, &billable.pauses) {
            Paused::Days(days) => cut.days() - days,
            Paused::UntilFurtherNotice => break,
        };
        let Some(monthly) = billable.monthly(&period) else { break };
        let (full, days) = day_basis(&period, billable.schedule.frequency, monthly);
        let priced = prorate(full, billed_days, days);
        let planned = dated(billable, cut, (monthly, priced), lead_days);
        if !wanted(&planned) {
            break;
        }
        if billed_days > 0 {
            plans.push(planned);
        }
    }
    plans
}

/// The dates of a period's invoice.
fn dated(billable: &Billable, period: Period, (monthly, priced): (i64, i64), lead_days: u32) -> Planned {
    let subscription = billable.subscription;
    let own = runs_again(invoice_on(period.start, lead_days, billable.activated_on), &billable.pauses);
    match billable.group {
        None => {
            let due_on = due_on(Some(period.start), own, billable.net_days);
            Planned { subscription, period, monthly, priced, invoice_on: Some(own), group_on: None, due_on }
        }
        Some(group) => {
            let month = period.start.with_day(1).unwrap_or(period.start);
            let from = runs_again(month.max(billable.activated_on), &billable.pauses);
            let on = next_billing_day(group.billing_day, from);
            let due_on = due_on(None, on, billable.net_days);
            Planned { subscription, period, monthly, priced, invoice_on: None, group_on: Some(on), due_on }
        }
    }
}

/// The day, or where it is paused the day it runs again: what was not billed during a pause is invoiced then.
fn runs_again(day: NaiveDate, pauses: &[(NaiveDate, Option<NaiveDate>)]) -> NaiveDate {
    let ends = pauses.iter().filter(|(from, _)| *from <= day).filter_map(|(_, until)| *until);
    ends.filter(|until| *until > day).max().unwrap_or(day)
}

/// How much of a period is paused.
enum Paused {
    /// So many of its days.
    Days(i64),
    /// All of it, by a pause without an end: whether it will be billed is not known yet.
    UntilFurtherNotice,
}

fn paused_days(period: &Period, pauses: &[(NaiveDate, Option<NaiveDate>)]) -> Paused {
    if pauses.iter().any(|(from, until)| until.is_none() && *from <= period.start) {
        return Paused::UntilFurtherNotice;
    }
    let mut pauses = pauses.to_vec();
    pauses.sort_unstable();
    let (mut days, mut counted_to) = (0, period.start);
    for (from, until) in pauses {
        let (from, until) = (from.max(counted_to), until.unwrap_or(period.end).min(period.end));
        if from < until {
            days += (until - from).num_days();
            counted_to = until;
        }
    }
    Paused::Days(days)
}

/// When the next period starts that will be materialised: the next payment of the subscription. `None` when no period
/// is left, or the next one is paused and nobody knows for how long.
pub fn next_start(billable: &Billable) -> Option<NaiveDate> {
    let mut index = billable.next_index;
    loop {
        let period = billable.schedule.period(index)?.before(billable.until)?;
        if billable.is_ahead(period.index) {
            index += 1;
            continue;
        }
        match paused_days(&period, &billable.pauses) {
            Paused::UntilFurtherNotice => return None,
            Paused::Days(days) if days < period.days() => return Some(period.start),
            Paused::Days(_) => index += 1,
        }
    }
}

/// The latest start a pass on `today` can have to do with; a subscription whose next period starts later needs no look.
pub fn horizon(today: NaiveDate, lead_days: u32) -> NaiveDate {
    let month_end = on_anchor_of(month_number(today), 31).unwrap_or(today);
    add_days(today, i64::from(lead_days)).max(month_end)
}

/// Whether a pass on `today` can bill members of a group a period that starts after its lead: one that starts later in a
/// month whose billing day has come. Else what starts within the lead is all there is, and no member needs a look.
pub fn looks_ahead(billing_day: u32, today: NaiveDate, lead_days: u32) -> bool {
    billing_day <= today.day() && add_days(today, i64::from(lead_days)) < horizon(today, lead_days)
}

/// Puts what is planned into the order invoices are numbered in: by invoice date, then subscription, then period.
/// What is billed to a group comes last; it is numbered with the group's invoice.
pub fn in_number_order(plans: &mut [Planned]) {
    plans.sort_by_key(|p| (p.invoice_on.is_none(), p.invoice_on, p.subscription, p.period.index));
}

#[cfg(test)]
mod tests {
    use super::super::GroupBilling;
    use super::*;
    use crate::domain::frequency::Frequency;
    use crate::domain::id::GroupId;
    use crate::domain::schedule::Schedule;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn billable() -> Billable {
        Billable {
            subscription: SubscriptionId(1),
            group: None,
            schedule: Schedule::for_months(day("2025-01-01"), 12, Frequency::Monthly, None).unwrap(),
            until: day("2026-01-01"),
            next_index: 0,
            activated_on: day("2024-12-20"),
            net_days: 0,
            prices: vec![(day("2025-01-01"), 3100)],
            ahead: vec![],
            pauses: vec![],
        }
    }

    fn shown(plans: &[Planned]) -> Vec<String> {
        plans
            .iter()
            .map(|p| {
                let on = p.invoice_on.or(p.group_on).unwrap();
                format!("{} {} invoiced {on} due {}", p.period.start, p.priced, p.due_on)
            })
            .collect()
    }

    #[test]
    fn a_pass_materialises_what_has_come_and_nothing_later() {
        assert_eq!(plan(&billable(), day("2024-12-31"), 0), []);
        assert_eq!(
            shown(&plan(&billable(), day("2025-01-01"), 0)),
            ["2025-01-01 3100 invoiced 2025-01-01 due 2025-01-01"]
        );
        assert_eq!(plan(&billable(), day("2025-01-24"), 7).len(), 1);
        assert_eq!(
            shown(&plan(&Billable { next_index: 1, ..billable() }, day("2025-01-25"), 7)),
            ["2025-02-01 3100 invoiced 2025-01-25 due 2025-02-01"]
        );
        assert_eq!(plan(&billable(), day("2030-01-01"), 0).len(), 12);
    }

    #[test]
    fn periods_before_the_activation_are_invoiced_on_the_day_of_it() {
        let late = Billable { activated_on: day("2025-03-10"), ..billable() };
        assert_eq!(plan(&late, day("2025-03-09"), 0), []);
        assert_eq!(
            shown(&plan(&late, day("2025-03-10"), 0)),
            [
                "2025-01-01 3100 invoiced 2025-03-10 due 2025-03-10",
                "2025-02-01 3100 invoiced 2025-03-10 due 2025-03-10",
                "2025-03-01 3100 invoiced 2025-03-10 due 2025-03-10",
            ]
        );
    }

    #[test]
    fn a_price_change_holds_from_the_period_that_starts_under_it() {
        let dearer = Billable { prices: vec![(day("2025-02-15"), 6200), (day("2025-01-01"), 3100)], ..billable() };
        let prices: Vec<i64> = plan(&dearer, day("2025-03-31"), 0).iter().map(|p| p.priced).collect();
        assert_eq!(prices, [3100, 3100, 6200]);
        assert_eq!(plan(&Billable { prices: vec![], ..billable() }, day("2025-03-31"), 0), []);
    }

    #[test]
    fn paused_days_are_not_billed_and_the_anchor_stays() {
        let paused = Billable { pauses: vec![(day("2025-02-15"), Some(day("2025-04-16")))], ..billable() };
        assert_eq!(
            shown(&plan(&paused, day("2025-05-01"), 0)),
            [
                "2025-01-01 3100 invoiced 2025-01-01 due 2025-01-01",
                "2025-02-01 1550 invoiced 2025-02-01 due 2025-02-01",
                "2025-04-01 1550 invoiced 2025-04-16 due 2025-04-16",
                "2025-05-01 3100 invoiced 2025-05-01 due 2025-05-01",
            ]
        );
    }

    #[test]
    fn a_contract_cancelled_to_a_day_bills_the_days_of_the_period_it_cuts() {
        // F13: a quarter at 90.00 a month over from 11 May, a year at 100.00 over from 2 July: by days, not by months.
        for (frequency, monthly, until, priced) in [
            (Frequency::Quarterly, 9000, "2025-05-11", [27_000, 11_868].as_slice()),
            (Frequency::Annual, 10_000, "2025-07-02", &[59_836]),
        ] {
            let schedule = Schedule::for_months(day("2025-01-01"), 24, frequency, None).unwrap();
            let prices = vec![(day("2025-01-01"), monthly)];
            let cut = Billable { schedule, until: day(until), prices, ..billable() };
            let plans = plan(&cut, day("2026-12-31"), 0);
            assert_eq!(plans.iter().map(|p| p.priced).collect::<Vec<_>>(), priced);
            assert_eq!(plans.last().unwrap().period.end, day(until));
            let next = Billable { next_index: u32::try_from(plans.len()).unwrap(), ..cut };
            assert_eq!(next_start(&next), None);
        }
    }

    #[test]
    fn a_pause_without_an_end_stops_the_planning() {
        let paused = Billable { pauses: vec![(day("2025-02-15"), None)], ..billable() };
        assert_eq!(plan(&paused, day("2025-12-01"), 0).len(), 2);
    }

    #[test]
    fn pauses_that_overlap_are_counted_once() {
        let pauses = vec![(day("2025-01-05"), Some(day("2025-01-15"))), (day("2025-01-10"), Some(day("2025-01-12")))];
        let plans = plan(&Billable { pauses, ..billable() }, day("2025-01-01"), 0);
        assert_eq!(plans[0].priced, 2100);
    }

    #[test]
    fn members_are_looked_at_while_a_billed_month_has_days_beyond_the_lead() {
        for (billing_day, today, lead_days, looks) in [
            (5, "2025-02-04", 0, false),
            (5, "2025-02-05", 0, true),
            (5, "2025-02-20", 7, true),
            (5, "2025-02-21", 7, false),
            (5, "2025-02-28", 0, false),
            (28, "2025-01-28", 0, true),
        ] {
            assert_eq!(looks_ahead(billing_day, day(today), lead_days), looks, "{billing_day} {today} {lead_days}");
        }
    }

    #[test]
    fn a_groups_member_is_billed_on_the_billing_day_of_the_month_its_period_starts_in() {
        let group = Some(GroupBilling { id: GroupId(1), billing_day: 5 });
        let schedule = Schedule::for_months(day("2025-01-20"), 3, Frequency::Monthly, None).unwrap();
        let until = schedule.end;
        let member = Billable { group, schedule, until, activated_on: day("2025-01-20"), net_days: 14, ..billable() };
        assert_eq!(plan(&member, day("2025-01-19"), 0), []);
        assert_eq!(shown(&plan(&member, day("2025-02-04"), 0)), ["2025-01-20 3100 invoiced 2025-02-05 due 2025-02-19"]);
        assert_eq!(
            shown(&plan(&member, day("2025-02-05"), 0)),
            [
                "2025-01-20 3100 invoiced 2025-02-05 due 2025-02-19",
                "2025-02-20 3100 invoiced 2025-02-05 due 2025-02-19",
            ]
        );
        assert_eq!(plan_before(&member, day("2025-03-01"), 0).len(), 2);
        assert_eq!(horizon(day("2025-02-05"), 0), day("2025-02-28"));
        assert_eq!(horizon(day("2025-02-25"), 7), day("2025-03-04"));
    }

    #[test]
    fn passes_on_every_day_plan_what_one_pass_at_the_end_plans() {
        let group = Some(GroupBilling { id: GroupId(1), billing_day: 5 });
        let schedule = Schedule::for_months(day("2025-01-31"), 14, Frequency::Quarterly, Some(17)).unwrap();
        let pauses = vec![(day("2025-03-10"), Some(day("2025-04-20"))), (day("2025-07-01"), Some(day("2025-12-30")))];
        for (group, lead_days) in [(None, 0), (None, 7), (None, 40), (group, 0), (group, 40)] {
            let until = schedule.end;
            let whole = Billable { group, schedule, until, pauses: pauses.clone(), ..billable() };
            let mut daily = whole.clone();
            let mut planned = Vec::new();
            for today in day("2024-12-01").iter_days().take_while(|today| *today <= day("2026-06-01")) {
                let new = plan(&daily, today, lead_days);
                daily.next_index = new.last().map_or(daily.next_index, |last| last.period.index + 1);
                planned.extend(new);
            }
            assert_eq!(planned, plan(&whole, day("2026-06-01"), lead_days));
            assert!(!planned.is_empty());
        }
    }

    #[test]
    fn numbers_follow_invoice_dates_and_then_subscriptions() {
        let other = Billable { subscription: SubscriptionId(2), ..billable() };
        let mut plans = plan(&other, day("2025-02-01"), 0);
        plans.extend(plan(&billable(), day("2025-02-01"), 0));
        in_number_order(&mut plans);
        let order: Vec<_> = plans.iter().map(|p| (p.period.index, p.subscription.0)).collect();
        assert_eq!(order, [(0, 1), (0, 2), (1, 1), (1, 2)]);
    }

    #[test]
    fn the_next_payment_is_the_next_period_that_is_not_paused_whole() {
        let next = |next_index, pauses| next_start(&Billable { next_index, pauses, ..billable() });
        assert_eq!(next(1, vec![]), Some(day("2025-02-01")));
        assert_eq!(next(12, vec![]), None);
        assert_eq!(next(1, vec![(day("2025-01-20"), Some(day("2025-03-05")))]), Some(day("2025-03-01")));
        assert_eq!(next(1, vec![(day("2025-01-20"), None)]), None);
    }
}
