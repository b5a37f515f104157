//! What a cut costs: whenever it is typed, however many there are, and with what was only planned.

use chrono::Days;
use rentbook::domain::contract::{Condition, RunningPeriod};
use rentbook::domain::frequency::Frequency;
use rentbook::domain::id::PaymentId;
use rentbook::domain::reason::CancelReason;
use rentbook::services::Action;
use rentbook::services::actions::order::ItemDraft;
use rentbook::services::actions::subscription::Change;

use super::{Rented, cancel, rented_as};
use crate::fixture::{date, item};

/// A contract at this price from 1 January 2024 on.
fn at(price: &str, frequency: Frequency, months: u32, day: &str) -> Rented {
    rented_as(day, |laptop| ItemDraft { price: price.into(), frequency, ..item(laptop, "2024-01-01", months) })
}

fn pause(from: &str, to: Option<&str>) -> Change {
    Change::Pause { from: date(from), to: to.map(date) }
}

fn keep(from: &str) -> Change {
    let running = Some(RunningPeriod::Keep);
    Change::Cancel { from: date(from), running, refund: false, reason: String::new() }
}

fn back(on: &str) -> Change {
    let (percent, note) = (String::new(), String::new());
    Change::ReturnEarly { on: date(on), percent, condition: Condition::Good, note, waive: "fine".into() }
}

/// What is owed for days of the contract, in minor units: what was billed less what credit notes took back.
pub fn owed(rented: &Rented) -> i64 {
    let sql = "SELECT CAST(COALESCE(SUM(p.amount_minor - (SELECT COALESCE(SUM(a.amount_minor), 0) FROM allocation a \
               WHERE a.payment_id = p.id AND a.source = 'credit_note')), 0) AS TEXT) FROM payment p \
               WHERE p.status <> 'cancelled' AND p.period_start_on IS NOT NULL AND p.subscription_id = 1";
    rented.rows(sql)[0].parse().unwrap()
}

#[test]
fn a_buyout_takes_back_a_pause_that_was_only_planned() {
    // F10: nine months at 100.00 remain, and the days of March that the pause would have taken are owed again.
    for to in [None, Some("2024-06-01")] {
        let mut rented = at("100", Frequency::Monthly, 12, "2024-03-10");
        let (state, before) = (rented.state(), owed(&rented));
        rented.change(pause("2024-03-20", to));
        assert_eq!(owed(&rented), before - 3871);
        let changed = rented.change(Change::BuyOut { residual: "50".into() });
        let sum = "900.00 remaining rent (9 payments) + 50.00 residual value = 950.00.";
        assert!(changed.effect.contains(&sum.to_owned()), "{:?}", changed.effect);
        let falls = "The pause planned from 20 Mar 2024 is dropped.";
        assert!(changed.effect.contains(&falls.to_owned()), "{:?}", changed.effect);
        assert_eq!((owed(&rented), changed.charged.minor()), (before, 95_000 + 3871));
        rented.undo();
        assert_eq!(rented.rows("SELECT from_on FROM pause"), ["2024-03-20"]);
        rented.undo();
        assert_eq!((rented.state(), owed(&rented)), (state, before));
    }
}

#[test]
fn ends_that_owe_the_running_period_owe_the_days_of_a_pause_that_never_came() {
    // F10: returned early, or cancelled with the period kept, on the 10th; the pause was planned from the 20th.
    for change in [back("2024-03-10"), keep("2024-03-10")] {
        for to in [None, Some("2024-03-25"), Some("2024-05-01")] {
            let mut rented = at("100", Frequency::Monthly, 12, "2024-03-10");
            rented.change(pause("2024-03-20", to));
            assert!(owed(&rented) < 30_000);
            rented.change(change.clone());
            assert_eq!(owed(&rented), 30_000, "{change:?} {to:?}");
            assert_eq!(rented.rows("SELECT from_on FROM pause"), [""; 0]);
            rented.undo();
            assert_eq!(rented.rows("SELECT from_on FROM pause"), ["2024-03-20"]);
        }
    }
}

#[test]
fn a_pause_that_has_begun_stays_one() {
    // F10: what was only planned falls away, not what has begun: its days are owed by nobody.
    for (to, owes) in [(None, 21_290), (Some("2024-03-25"), 21_290 + 2258)] {
        let mut rented = at("100", Frequency::Monthly, 12, "2024-03-10");
        rented.change(pause("2024-03-05", to));
        rented.change(back("2024-03-10"));
        assert_eq!(owed(&rented), owes, "{to:?}");
    }
}

#[test]
fn what_is_planned_for_days_after_a_cancellation_falls_away() {
    // F10: the contract runs until 15 April; the pause of May and the price of June never come.
    let mut rented = at("100", Frequency::Monthly, 12, "2024-03-10");
    rented.change(pause("2024-05-10", Some("2024-05-20")));
    rented.change(Change::Reprice { price: "120".into(), from: Some(date("2024-06-01")) });
    rented.change(cancel("2024-04-16"));
    assert_eq!(rented.rows("SELECT from_on FROM pause UNION ALL SELECT from_on FROM price_change"), [""; 0]);
    super::walk(&mut rented.desk, &rented.hand, "2024-04-02");
    // What was billed since had nothing to do with it: the cancellation is still taken back.
    rented.undo();
    let planned = rented.rows("SELECT from_on FROM pause UNION ALL SELECT from_on FROM price_change");
    assert_eq!(planned, ["2024-05-10", "2024-06-01"]);
    assert_eq!(rented.state(), "active to 2025-01-01 next 2024-05-01");
}

#[test]
fn a_cut_is_the_same_cent_typed_early_on_the_day_or_late() {
    // F13: a quarter at 90.00 over from 11 May is 118.68, a year at 100.00 over from 2 July is 598.36.
    for (price, frequency, over, all) in [
        ("90", Frequency::Quarterly, "2024-05-11", 27_000 + 11_868),
        ("100", Frequency::Annual, "2025-07-02", 120_000 + 59_836),
    ] {
        let over = date(over);
        for typed in [over - Days::new(60), over - Days::new(1), over, over + Days::new(20)] {
            let mut rented = at(price, frequency, 36, "2024-01-01");
            super::walk(&mut rented.desk, &rented.hand, &typed.to_string());
            rented.change(cancel(&over.to_string()));
            super::walk(&mut rented.desk, &rented.hand, &(over + Days::new(40)).to_string());
            assert_eq!(owed(&rented), all, "{frequency:?} typed on {typed}");
            assert!(rented.state().starts_with("cancelled"), "{}", rented.state());
        }
    }
}

#[test]
fn any_cut_of_any_contract_is_the_same_cent_whenever_it_is_typed() {
    // F13, as a property: also with another anchor day, an end inside a period and a pause across the cut.
    let mut chance = crate::chance::Chance::new(13);
    for round in 0..14 {
        let frequency = chance.of(Frequency::ALL);
        let months = 3 + u32::try_from(chance.below(20)).unwrap();
        let anchor_day = chance.one_in(2).then(|| u32::try_from(1 + chance.below(31)).unwrap());
        let over = date("2024-01-02") + Days::new(chance.next() % (u64::from(months) * 29));
        let rests =
            chance.one_in(2).then(|| over - Days::new(1 + chance.next() % 20)).filter(|day| *day >= date("2024-01-01"));
        let owes: Vec<i64> = [-45_i64, -7, 0, 7]
            .map(|days| (over + chrono::Duration::days(days)).max(date("2024-01-01")))
            .into_iter()
            .map(|typed| {
                let mut rented = rented_as("2024-01-01", |laptop| ItemDraft {
                    price: "91.37".into(),
                    frequency,
                    anchor_day,
                    ..item(laptop, "2024-01-01", months)
                });
                if let Some(from) = rests {
                    rented.change(Change::Pause { from, to: Some(from + Days::new(5)).filter(|to| *to < over) });
                }
                super::walk(&mut rented.desk, &rented.hand, &typed.to_string());
                rented.change(cancel(&over.to_string()));
                super::walk(&mut rented.desk, &rented.hand, &(over + Days::new(10)).to_string());
                owed(&rented)
            })
            .collect();
        let same = owes.iter().all(|one| *one == owes[0]);
        assert!(
            same,
            "round {round}: {frequency:?} {months} months, anchor {anchor_day:?}, over {over}, rests {rests:?}: {owes:?}"
        );
    }
}

#[test]
fn days_of_a_line_cancelled_by_hand_count_once() {
    // F14: 12.90 for the first four days, not 19.10.
    let mut rented = at("100", Frequency::Monthly, 12, "2024-01-05");
    rented.change(pause("2024-01-05", Some("2024-01-25")));
    rented.hand.set("2024-01-10");
    rented.change(Change::Resume { on: date("2024-01-10") });
    let extra = rented.rows("SELECT CAST(id AS TEXT) FROM payment WHERE kind = 'extra'")[0].parse().unwrap();
    let (payment, reason, words) = (PaymentId(extra), CancelReason::NotNeeded, String::new());
    rented.desk.perform(Action::CancelPayment { payment, reason, words }).unwrap();
    rented.hand.set("2024-01-20");
    rented.change(cancel("2024-01-20"));
    assert_eq!(owed(&rented), 1290);
}

#[test]
fn two_pauses_of_a_period_round_once() {
    // F14: 13 of the 28 days of a February at 67.00 are 31.11.
    let mut rented = at("67", Frequency::Monthly, 24, "2025-02-01");
    let before = owed(&rented) - 6700;
    rented.change(pause("2025-02-03", Some("2025-02-12")));
    rented.change(pause("2025-02-15", Some("2025-02-21")));
    assert_eq!(owed(&rented) - before, 3111);
}

#[test]
fn a_period_billed_ahead_keeps_its_price_when_a_later_price_begins_before_it() {
    let mut rented = at("100", Frequency::Monthly, 12, "2024-03-10");
    let day = Some(date("2024-05-01"));
    rented.desk.perform(Action::BillAhead { subscription: rented.subscription, day }).unwrap();
    rented.change(Change::Reprice { price: "130".into(), from: None });
    rented.change(cancel("2024-05-16"));
    super::walk(&mut rented.desk, &rented.hand, "2024-05-20");
    // March and before at 100.00, April at 130.00, 15 of the 31 days of May at 100.00.
    assert_eq!(owed(&rented), 30_000 + 13_000 + 4839);
}
