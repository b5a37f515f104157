//! Subscriptions that go on: paused and resumed, extended, priced anew, with another asset.

use rentbook::domain::frequency::Frequency;
use rentbook::services::Action;
use rentbook::services::actions::order::ItemDraft;
use rentbook::services::actions::subscription::{Change, ChangeDraft};

use super::{Rented, cancel, rented, rented_as, sentence, walk};
use crate::fixture::{date, group, item, order, person, variant};

fn pause(from: &str, to: Option<&str>) -> Change {
    Change::Pause { from: date(from), to: to.map(date) }
}

#[test]
fn paused_days_of_a_period_that_is_billed_are_credited_and_the_rest_is_not_billed() {
    let mut rented = rented("2024-03-11");
    let changed = rented.change(pause("2024-03-11", None));
    assert_eq!((changed.credited.minor(), rented.state().as_str()), (8739, "paused to 2025-01-01 next none"));
    walk(&mut rented.desk, &rented.hand, "2024-05-16");
    assert_eq!(rented.payments().len(), 4);
    let changed = rented.change(Change::Resume { on: date("2024-05-16") });
    assert!(changed.effect.contains(&"What is due by today is billed at once.".to_owned()), "{:?}", changed.effect);
    // 16 of the 31 days of May; the anchor stays.
    assert_eq!(rented.payments()[4..], ["period 2024-05-01 6658 pending"]);
    assert_eq!(rented.state(), "active to 2025-01-01 next 2024-06-01");
    rented.undo();
    assert_eq!(rented.state(), "paused to 2025-01-01 next none");
    assert_eq!(rented.payments()[4..], ["period 2024-05-01 6658 cancelled"]);
}

#[test]
fn days_credited_because_nobody_knew_the_end_are_billed_again() {
    let mut rented = rented("2024-03-11");
    rented.change(pause("2024-03-11", None));
    rented.hand.set("2024-03-21");
    let changed = rented.change(Change::Resume { on: date("2024-03-21") });
    // F14: 11 of 31 days at 129.00, so that March comes to 87.39, its 21 days rounded once.
    assert_eq!(changed.charged.minor(), 4578);
    assert_eq!(rented.payments()[4..], ["extra 2024-03-21 4578 pending"]);
    assert_eq!(rented.state(), "active to 2025-01-01 next 2024-04-01");
}

#[test]
fn days_billed_again_are_credited_again_by_the_next_pause_and_by_a_cancellation() {
    let mut rented = rented("2024-03-11");
    let owed = |rented: &Rented| {
        let sql = "SELECT CAST(SUM(amount_minor - settled_minor) AS TEXT) FROM payment WHERE period_index = 2";
        rented.rows(sql).join("")
    };
    for _ in 0..3 {
        rented.change(pause("2024-03-11", None));
        assert_eq!(owed(&rented), "4161", "10 of the 31 days of March");
        rented.change(Change::Resume { on: date("2024-03-11") });
        assert_eq!(owed(&rented), "12900", "the whole month, once");
    }
    rented.hand.set("2024-03-21");
    rented.change(pause("2024-03-21", None));
    rented.hand.set("2024-03-26");
    rented.change(Change::Resume { on: date("2024-03-26") });
    assert_eq!(owed(&rented), "10819", "26 of 31 days");
    rented.change(cancel("2024-03-29"));
    assert_eq!(owed(&rented), "9571", "three days less");
    for whole in ["10819", "8323", "12900"] {
        rented.undo();
        assert_eq!(owed(&rented), whole);
    }
}

#[test]
fn a_pause_that_is_planned_begins_and_ends_with_the_pass() {
    let mut rented = rented("2024-03-11");
    rented.change(pause("2024-04-10", Some("2024-06-10")));
    assert_eq!(rented.state(), "active to 2025-01-01 next 2024-04-01");
    walk(&mut rented.desk, &rented.hand, "2024-04-11");
    assert!(rented.state().starts_with("paused "), "{}", rented.state());
    walk(&mut rented.desk, &rented.hand, "2024-07-02");
    assert!(rented.state().starts_with("active "), "{}", rented.state());
    // 9 of the 30 days of April, nothing of May, 21 of the 30 days of June.
    let april = ["period 2024-04-01 3870 pending", "period 2024-06-01 9030 pending", "period 2024-07-01 12900 pending"];
    assert_eq!(rented.payments()[4..], april);
    rented.sound();
}

#[test]
fn one_pass_after_the_pause_bills_what_passes_on_each_day_bill() {
    let run = |days: &[&str]| {
        let mut rented = rented("2024-03-11");
        rented.change(pause("2024-04-10", Some("2024-05-20")));
        for day in days {
            rented.hand.set(day);
            let options = rentbook::services::pass::PassOptions { confirm_gap: true, ..Default::default() };
            rented.desk.run_pass(&options).unwrap();
        }
        let invoices =
            "SELECT number || ' ' || invoiced_on || ' ' || due_on || ' ' || total_minor FROM invoice ORDER BY id";
        (rented.state(), rented.payments(), rented.rows(invoices))
    };
    let daily: Vec<String> = date("2024-03-12").iter_days().take(100).map(|day| day.to_string()).collect();
    let daily: Vec<&str> = daily.iter().map(String::as_str).collect();
    assert_eq!(run(&daily), run(&["2024-06-19"]));
}

#[test]
fn an_extension_bills_the_days_a_cut_period_lacked() {
    let mut rented = rented_as("2024-01-01", |laptop| ItemDraft {
        frequency: Frequency::Quarterly,
        ..item(laptop, "2024-01-01", 4)
    });
    walk(&mut rented.desk, &rented.hand, "2024-04-15");
    assert_eq!(rented.payments(), ["period 2024-01-01 38700 pending", "period 2024-04-01 12900 pending"]);
    let changed = rented.change(Change::Extend { months: 5 });
    assert_eq!(changed.charged.minor(), 25_800);
    assert_eq!(rented.payments()[2..], ["period 2024-05-01 25800 pending"]);
    assert_eq!(rented.state(), "active to 2024-10-01 next 2024-07-01");
    rented.undo();
    assert_eq!(rented.state(), "active to 2024-05-01 next none");
    assert_eq!(rented.payments()[2..], ["period 2024-05-01 25800 cancelled"]);
}

#[test]
fn a_contract_runs_at_least_a_month_longer_and_at_most_fifty_years() {
    let mut rented = rented("2024-03-11");
    assert_eq!(rented.refused(Change::Extend { months: 0 }), "months: a contract runs for at least 1 month");
    let said = rented.refused(Change::Extend { months: 1000 });
    assert_eq!(said, "months: a contract runs for at most 600 months, 1000 is longer");
    assert!(
        rented.refused(Change::Extend { months: 600 }).starts_with("months: a contract runs for at most 600 months")
    );
    assert_eq!(rented.change(Change::Extend { months: 12 }).end_on, date("2026-01-01"));
}

fn price(price: &str, from: Option<&str>) -> Change {
    Change::Reprice { price: price.into(), from: from.map(date) }
}

#[test]
fn a_new_price_starts_with_the_next_period_that_is_not_billed() {
    let mut rented = rented("2024-03-11");
    let changed = rented.change(price("99", None));
    assert_eq!(changed.effect, ["129.00 becomes 99.00 a month for 9 payments from 01 Apr 2024."]);
    rented.change(price("89", Some("2024-06-15")));
    walk(&mut rented.desk, &rented.hand, "2024-07-01");
    let from = ["period 2024-04-01 9900 pending", "period 2024-05-01 9900 pending", "period 2024-06-01 9900 pending"];
    assert_eq!(rented.payments()[4..7], from);
    assert_eq!(rented.payments()[7], "period 2024-07-01 8900 pending");
}

#[test]
fn a_price_is_taken_back_until_it_is_billed() {
    let mut rented = rented("2024-03-11");
    rented.change(price("99", None));
    rented.undo();
    assert_eq!(rented.rows("SELECT from_on FROM price_change"), Vec::<String>::new());
    rented.change(price("99", None));
    walk(&mut rented.desk, &rented.hand, "2024-04-01");
    let error = rented.desk.perform(Action::Undo(None)).unwrap_err();
    assert_eq!(sentence(&error), "subscription S-0001 was changed or billed since: take that back first");
}

#[test]
fn a_price_that_cannot_be_says_why() {
    let mut rented = rented("2024-03-11");
    for (change, why) in [
        (price("99.999", None), "price: USD has 2 digits after the point"),
        (price("-5", None), "price: an amount here cannot be negative"),
        (price("129.00", None), "price: that is its price already"),
        (price("1000000001", None), "price"),
        (price("99", Some("2024-03-12")), "from: the days before 01 Apr 2024 are billed"),
        (price("99", Some("2024-12-02")), "from: no period starts on that day or later"),
    ] {
        let said = rented.refused(change);
        assert!(said.starts_with(why), "{said}");
    }
}

fn replace(serial: &str, retire: bool) -> Change {
    Change::Replace { serial: serial.into(), on: date("2024-03-11"), retire, reason: "display broken".into() }
}

#[test]
fn another_asset_takes_the_place_of_one_that_broke() {
    let mut rented = rented("2024-03-11");
    rented.change(replace("7Q2-2", true));
    assert_eq!(rented.assets(), "7Q2-1 retired, 7Q2-2 rented");
    assert_eq!(rented.state(), "active to 2025-01-01 next 2024-04-01");
    assert_eq!(
        rented.rows("SELECT replaced_on || ' ' || reason FROM asset_replacement"),
        ["2024-03-11 display broken"]
    );
    rented.undo();
    assert_eq!(rented.assets(), "7Q2-1 rented, 7Q2-2 in_stock");
    assert_eq!(rented.rows("SELECT replaced_on FROM asset_replacement"), Vec::<String>::new());
}

#[test]
fn an_asset_that_is_rented_or_something_else_is_refused() {
    let mut rented = rented("2024-03-11");
    let phone = variant(&mut rented.desk, "Phone", "9");
    super::stock(&mut rented.desk, phone, "PH-1");
    assert_eq!(rented.refused(replace("7Q2-1", false)), "serial: 7Q2-1 is rented, not in stock");
    assert_eq!(rented.refused(replace("PH-1", false)), "serial: PH-1 is no Laptop, standard");
    assert_eq!(rented.refused(replace("none", false)), "there is no asset none in this book");
    assert_eq!(rented.refused(replace(" ", false)), "serial: say which asset takes its place");
}

#[test]
fn a_change_on_top_of_another_ones_is_refused() {
    let mut rented = rented("2024-03-11");
    rented.change(Change::Extend { months: 1 });
    let draft =
        ChangeDraft { subscription: rented.subscription, version: Some(1), change: Change::Extend { months: 1 } };
    let error = rented.desk.perform(Action::ChangeSubscription(Box::new(draft))).unwrap_err();
    assert_eq!(error.refusal().unwrap().code, "stale");
}

#[test]
fn what_a_group_pays_is_made_smaller_before_it_is_invoiced() {
    let mut rented = rented_as("2024-01-01", |laptop| item(laptop, "2024-01-01", 1));
    let acme = group(&mut rented.desk, "Acme HQ", "25");
    let ito = person(&mut rented.desk, "Ito");
    rented.desk.perform(Action::JoinGroup { group: acme, customer: ito }).unwrap();
    let (_, ids) = order(&mut rented.desk, ito, vec![item(rented.laptop, "2024-01-01", 12)]);
    rented.subscription = ids[0];
    rented.hand.set("2024-01-11");
    let changed = rented.change(super::cancel("2024-01-11"));
    assert_eq!((changed.credited.minor(), changed.cancelled), (0, 0));
    assert_eq!(rented.payments().last().unwrap(), "period 2024-01-01 4161 pending");
    rented.undo();
    assert_eq!(rented.payments().last().unwrap(), "period 2024-01-01 12900 pending");
    let changed = rented.change(super::cancel("2024-01-01"));
    assert_eq!(changed.cancelled, 1);
    rented.undo();
    walk(&mut rented.desk, &rented.hand, "2024-01-25");
    assert_eq!(rented.rows("SELECT CAST(total_minor AS TEXT) FROM invoice WHERE kind = 'consolidated'"), ["12900"]);
    // The fee of an early return is the group's too, on an invoice of its own.
    let back = Change::ReturnEarly {
        on: date("2024-01-25"),
        percent: "10".into(),
        condition: rentbook::domain::contract::Condition::Worn,
        note: String::new(),
        waive: String::new(),
    };
    let changed = rented.change(back);
    assert_eq!(changed.charged.minor(), 14_190);
    assert_eq!(rented.rows("SELECT payer_name FROM invoice ORDER BY id DESC LIMIT 1"), ["Acme HQ"]);
}

#[test]
fn changes_on_top_of_each_other_are_taken_back_one_after_the_other() {
    let mut rented = rented("2024-03-11");
    let start = (rented.state(), rented.assets());
    rented.change(Change::Extend { months: 6 });
    rented.change(Change::Reprice { price: "99".into(), from: None });
    rented.change(Change::Pause { from: date("2024-03-11"), to: None });
    rented.change(Change::Resume { on: date("2024-03-11") });
    let replaced =
        Change::Replace { serial: "7Q2-2".into(), on: date("2024-03-11"), retire: false, reason: String::new() };
    rented.change(replaced);
    rented.change(cancel("2024-03-11"));
    for _ in 0..6 {
        rented.undo();
    }
    assert_eq!((rented.state(), rented.assets()), start);
    // One that is not taken back still stands in the way of those before it.
    rented.change(Change::Extend { months: 6 });
    let first = rented.rows("SELECT CAST(MAX(id) AS TEXT) FROM activity")[0].parse().unwrap();
    rented.change(Change::Extend { months: 1 });
    rented.change(Change::Extend { months: 2 });
    rented.undo();
    let error = rented.desk.perform(Action::Undo(Some(first))).unwrap_err();
    assert_eq!(sentence(&error), "subscription S-0001 was changed or billed since: take that back first");
}
