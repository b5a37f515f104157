//! Subscriptions that end before their time: cancelled, returned early, bought out, upgraded.

use rentbook::domain::contract::{Condition, RunningPeriod};
use rentbook::domain::id::CustomerId;
use rentbook::services::actions::order::ItemDraft;
use rentbook::services::actions::receiving::Target;
use rentbook::services::actions::subscription::Change;
use rentbook::services::reads::subscription_page;
use rentbook::services::{Action, Payer};

use super::{cancel, rented, rented_as, stock, walk};
use crate::fixture::{date, item, transfer, variant};

/// What falls of every contract here, minor units: nobody has paid its deposit.
const UNPAID_DEPOSIT: i64 = 20_000;

fn money(changed: &rentbook::services::done::Changed) -> [i64; 3] {
    [changed.credited.minor(), changed.freed.minor(), changed.charged.minor()]
}

#[test]
fn cancelled_from_today_the_rest_of_the_running_period_is_credited() {
    let mut rented = rented("2024-03-11");
    let changed = rented.change(cancel("2024-03-11"));
    // 21 of the 31 days of March at 129.00: 129.00 - 41.61; and the deposit, which nobody has paid.
    assert_eq!(money(&changed), [8739 + UNPAID_DEPOSIT, 0, 0]);
    assert_eq!(changed.credit_notes, ["CN-2024-0001", "CN-2024-0002"]);
    assert_eq!(rented.state(), "cancelled to 2025-01-01 over 2024-03-11 next none");
    assert_eq!(rented.assets(), "7Q2-1 in_stock, 7Q2-2 in_stock");
    assert_eq!(
        rented.rows("SELECT settled_minor || ' ' || status FROM payment WHERE period_index = 2"),
        ["8739 pending"]
    );
    // A later pass bills nothing more (vector C07).
    let (mut desk, hand) = (rented.desk, rented.hand);
    walk(&mut desk, &hand, "2024-06-02");
    let bills: i64 = desk.read(|db| db.one("SELECT COUNT(*) FROM payment", &[], |row| row.int(0))).unwrap().unwrap();
    assert_eq!(bills, 4);
}

#[test]
fn the_running_period_is_kept_where_the_shop_says_so() {
    let mut rented = rented("2024-03-11");
    let key = || "cancel_running_period".to_owned();
    rented.desk.perform(Action::ChangeSetting { key: key(), value: "keep".into() }).unwrap();
    assert_eq!(money(&rented.change(cancel("2024-03-11"))), [UNPAID_DEPOSIT, 0, 0]);
    assert_eq!(rented.state(), "cancelled to 2025-01-01 over 2024-03-11 next none");
    rented.undo();
    let running = Some(RunningPeriod::Prorate);
    let change = Change::Cancel { from: date("2024-03-11"), running, refund: false, reason: "moved away".into() };
    assert_eq!(money(&rented.change(change)), [8739 + UNPAID_DEPOSIT, 0, 0]);
}

#[test]
fn money_that_was_paid_comes_free_and_goes_back_where_asked() {
    // Vector K03: 90.00 (75 + 20 %) paid with 75.00 and stopped after 14 of 21 days: a note of 30.00 frees 15.00.
    let mut rented = rented_as("2024-01-01", |laptop| item(laptop, "2024-01-01", 1));
    let desk = &mut rented.desk;
    desk.perform(Action::ChangeSetting { key: "tax_rate".into(), value: "20".into() }).unwrap();
    let trial = variant(desk, "Trial", "75.00");
    let ben = crate::fixture::person(desk, "Novak");
    // 21 days: 11 January to 1 February by the anchor, prorated to 75.00 of a month that costs 110.71.
    let mut unit = item(trial, "2024-01-11", 1);
    (unit.anchor_day, unit.price) = (Some(1), "110.71".into());
    rented.hand.set("2024-01-11");
    let (_, ids) = crate::fixture::order(&mut rented.desk, ben, vec![unit]);
    rented.subscription = ids[0];
    let total = rented.rows("SELECT CAST(total_minor AS TEXT) FROM invoice ORDER BY id DESC LIMIT 1");
    assert_eq!(total, ["9000"]);
    let draft = transfer(&rented.desk, Target::Payer(Payer::Customer(ben)), "75.00", "BT-1");
    rented.desk.perform(Action::Receive(Box::new(draft))).unwrap();
    rented.hand.set("2024-01-25");
    let changed = rented.change(cancel("2024-01-25"));
    assert_eq!(money(&changed), [3000, 1500, 0]);
    let payment = "SELECT settled_minor || ' ' || status FROM payment ORDER BY id DESC LIMIT 1";
    assert_eq!(rented.rows(payment), ["9000 paid"]);
    let receipt = "SELECT allocated_minor || ' ' || refunded_minor FROM receipt";
    assert_eq!(rented.rows(receipt), ["6000 0"]);
    rented.undo();
    assert_eq!(rented.rows(payment), ["7500 pending"]);
    assert_eq!(rented.rows(receipt), ["7500 0"]);
    let change = Change::Cancel { from: date("2024-01-25"), running: None, refund: true, reason: String::new() };
    assert_eq!(money(&rented.change(change)), [3000, 1500, 0]);
    assert_eq!(rented.rows(receipt), ["6000 1500"]);
    rented.undo();
    assert_eq!(rented.rows(receipt), ["7500 0"]);
    assert_eq!(rented.rows(payment), ["7500 pending"]);
}

#[test]
fn a_day_to_come_shortens_the_contract_and_the_pass_ends_it() {
    let mut rented = rented("2024-03-11");
    let changed = rented.change(cancel("2024-05-16"));
    assert_eq!(money(&changed), [0, 0, 0]);
    assert_eq!(rented.state(), "active to 2024-05-16 over 2024-05-16 next 2024-04-01");
    walk(&mut rented.desk, &rented.hand, "2024-05-20");
    assert_eq!(rented.state(), "cancelled to 2024-05-16 over 2024-05-16 next none");
    assert_eq!(rented.payments().last().unwrap(), "period 2024-05-01 6242 pending");
    assert_eq!(rented.assets(), "7Q2-1 in_stock, 7Q2-2 in_stock");
}

#[test]
fn who_thinks_again_has_the_contract_back_though_it_billed_meanwhile() {
    let mut rented = rented("2024-03-11");
    rented.change(cancel("2024-05-16"));
    walk(&mut rented.desk, &rented.hand, "2024-04-02");
    rented.undo();
    assert_eq!(rented.state(), "active to 2025-01-01 next 2024-05-01");
    walk(&mut rented.desk, &rented.hand, "2024-05-02");
    assert_eq!(rented.payments().last().unwrap(), "period 2024-05-01 12900 pending");
}

#[test]
fn undo_brings_back_what_was_cancelled() {
    let mut rented = rented("2024-03-11");
    let (state, assets, payments) = (rented.state(), rented.assets(), rented.payments());
    rented.change(cancel("2024-02-01"));
    assert_eq!(rented.payments()[2], "period 2024-02-01 12900 cancelled");
    assert_eq!(rented.undo(), "Subscription S-0001 is active as before: without the cancellation.");
    assert_eq!((rented.state(), rented.assets(), rented.payments()), (state, assets, payments));
    assert_eq!(rented.rows("SELECT CAST(SUM(settled_minor) AS TEXT) FROM payment"), ["0"]);
    // And once more: the first notes credit nothing any more.
    assert_eq!(money(&rented.change(cancel("2024-02-01"))), [25_800 + UNPAID_DEPOSIT, 0, 0]);
}

#[test]
fn undo_waits_while_the_asset_is_with_somebody_else() {
    let mut rented = rented("2024-03-11");
    rented.change(cancel("2024-03-11"));
    let ben = crate::fixture::person(&mut rented.desk, "Novak");
    let mut unit = item(rented.laptop, "2024-03-11", 3);
    unit.serial = "7Q2-1".into();
    crate::fixture::order(&mut rented.desk, ben, vec![unit]);
    let cancelled = rented.rows("SELECT CAST(MAX(id) AS TEXT) FROM activity WHERE action = 'cancel_subscription'");
    let id = rentbook::domain::id::ActivityId(cancelled[0].parse().unwrap());
    let error = rented.desk.perform(Action::Undo(Some(id))).unwrap_err();
    assert_eq!(super::sentence(&error), "the asset was changed meanwhile");
    rented.sound();
}

fn back(on: &str, percent: &str, waive: &str) -> Change {
    let (percent, waive) = (percent.into(), waive.into());
    Change::ReturnEarly { on: date(on), percent, condition: Condition::Good, note: String::new(), waive }
}

#[test]
fn an_early_return_costs_half_of_the_four_months_left() {
    let mut rented = rented("2024-08-20");
    let changed = rented.change(back("2024-08-20", "", ""));
    assert_eq!(money(&changed), [UNPAID_DEPOSIT, 0, 25_800]);
    assert_eq!(changed.invoice.as_ref().unwrap().1.as_deref(), Some("2024-0009"));
    assert!(changed.effect.contains(&"Fee 258.00 = 4 months left x 129.00 x 50 %.".to_owned()), "{:?}", changed.effect);
    assert_eq!(rented.state(), "ended to 2025-01-01 over 2024-08-20 returned_early next none");
    assert_eq!(rented.payments().last().unwrap(), "fee - 25800 pending");
    rented.undo();
    assert_eq!(rented.state(), "active to 2025-01-01 next 2024-09-01");
    assert_eq!(rented.payments().last().unwrap(), "fee - 25800 cancelled");
}

#[test]
fn a_fee_is_waived_with_a_reason_and_a_broken_asset_is_retired() {
    let mut rented = rented("2024-09-01");
    let mut change = back("2024-09-01", "25", "good customer");
    if let Change::ReturnEarly { condition, .. } = &mut change {
        *condition = Condition::Damaged;
    }
    let changed = rented.change(change);
    // September is billed on the day of the return and falls away: the four months are those that are left.
    assert_eq!(money(&changed), [12_900 + UNPAID_DEPOSIT, 0, 0]);
    let waived = "The fee of 129.00 (4 months left x 129.00 x 25 %) is waived: good customer";
    assert!(changed.effect.contains(&waived.to_owned()), "{:?}", changed.effect);
    assert_eq!(rented.assets(), "7Q2-1 retired, 7Q2-2 in_stock");
    let text = rented.rows("SELECT text FROM activity_text ORDER BY activity_id DESC LIMIT 1");
    assert_eq!(text, ["condition: damaged; good customer"]);
    rented.undo();
    assert_eq!(rented.assets(), "7Q2-1 rented, 7Q2-2 in_stock");
}

#[test]
fn a_buyout_is_the_rent_that_remains_and_the_residual_value() {
    let mut rented = rented("2024-08-20");
    let changed = rented.change(Change::BuyOut { residual: "142".into() });
    assert_eq!(money(&changed), [UNPAID_DEPOSIT, 0, 65_800]);
    let sum = "516.00 remaining rent (4 payments) + 142.00 residual value = 658.00.";
    assert!(changed.effect.contains(&sum.to_owned()), "{:?}", changed.effect);
    assert_eq!(rented.assets(), "7Q2-1 sold, 7Q2-2 in_stock");
    assert_eq!(rented.state(), "ended to 2025-01-01 over 2024-08-20 bought_out next none");
    let kind = rented.rows("SELECT kind || ' ' || total_minor FROM invoice ORDER BY id DESC LIMIT 1");
    assert_eq!(kind, ["out_of_turn 65800"]);
    rented.undo();
    assert_eq!(rented.assets(), "7Q2-1 rented, 7Q2-2 in_stock");
    assert_eq!(rented.state(), "active to 2025-01-01 next 2024-09-01");
}

#[test]
fn a_buyout_that_is_paid_is_not_taken_back() {
    let mut rented = rented("2024-08-20");
    let (invoice, _) = rented.change(Change::BuyOut { residual: "142".into() }).invoice.unwrap();
    let draft = transfer(&rented.desk, Target::Invoices(vec![invoice]), "", "BT-9");
    rented.desk.perform(Action::Receive(Box::new(draft))).unwrap();
    let bought = rented.rows("SELECT CAST(MAX(id) AS TEXT) FROM activity WHERE action = 'buy_out_subscription'");
    let id = rentbook::domain::id::ActivityId(bought[0].parse().unwrap());
    let error = rented.desk.perform(Action::Undo(Some(id))).unwrap_err();
    let why = "invoice 2024-0009 is paid, credited or waits for review: take that back first";
    assert_eq!(super::sentence(&error), why);
}

#[test]
fn an_upgrade_is_a_new_subscription_that_names_the_old_one() {
    let mut rented = rented("2024-03-11");
    let pro = variant(&mut rented.desk, "Laptop Pro", "189.00");
    stock(&mut rented.desk, pro, "PRO-1");
    let changed = rented.change(Change::Upgrade { item: Box::new(item(pro, "2024-03-11", 12)) });
    assert_eq!(money(&changed)[0], 8739 + UNPAID_DEPOSIT);
    assert_eq!(rented.state(), "ended to 2025-01-01 over 2024-03-11 upgraded next none");
    let new = "SELECT status || ' ' || start_on || ' after ' || previous_id || ' ' || price_minor FROM subscription WHERE id = 2";
    assert_eq!(rented.rows(new), ["active 2024-03-11 after 1 18900"]);
    assert_eq!(rented.assets(), "7Q2-1 in_stock, 7Q2-2 in_stock, PRO-1 rented");
    rented.undo();
    assert_eq!(rented.assets(), "7Q2-1 rented, 7Q2-2 in_stock, PRO-1 in_stock");
    assert_eq!(rented.rows("SELECT status FROM subscription ORDER BY id"), ["active", "cancelled"]);
    assert_eq!(rented.rows("SELECT status FROM rental_order ORDER BY id"), ["confirmed", "cancelled"]);
}

#[test]
fn the_deposit_of_an_upgrade_goes_with_it_when_it_is_taken_back() {
    let mut rented = rented("2024-03-11");
    let pro = variant(&mut rented.desk, "Laptop Pro", "189.00");
    stock(&mut rented.desk, pro, "PRO-1");
    let item = ItemDraft { deposit: "300".into(), ..item(pro, "2024-03-11", 12) };
    rented.change(Change::Upgrade { item: Box::new(item) });
    let deposit = "SELECT state || ' ' || amount_minor FROM deposit WHERE subscription_id = 2";
    assert_eq!(rented.rows(deposit), ["held 30000"]);
    rented.undo();
    assert_eq!(rented.rows(deposit), ["returned 30000"]);
}

#[test]
fn what_cannot_end_says_why() {
    let mut rented = rented("2024-03-11");
    for (change, why) in [
        (cancel("2023-12-31"), "from: the contract starts on 01 Jan 2024"),
        (cancel("2025-01-01"), "from: the contract ends on 31 Dec 2024 anyway"),
        (back("2024-03-12", "", ""), "on: that day is still to come: today is 03/11/2024"),
        (back("2024-03-11", "101", ""), "percent"),
        (Change::BuyOut { residual: "1.001".into() }, "residual: USD has 2 digits after the point"),
        (Change::BuyOut { residual: "-1".into() }, "residual: an amount here cannot be negative"),
        (
            Change::Upgrade { item: Box::new(item(rented.laptop, "2024-03-12", 12)) },
            "start on: that day is still to come",
        ),
    ] {
        let said = rented.refused(change);
        assert!(said.starts_with(why), "{said}");
    }
    rented.change(cancel("2024-03-11"));
    assert_eq!(rented.refused(cancel("2024-03-11")), "subscription S-0001 is cancelled");
}

#[test]
fn six_payments_of_89_recover_53_4_percent_of_an_asset_of_1000() {
    let mut rented =
        rented_as("2024-06-01", |laptop| ItemDraft { price: "89".into(), ..item(laptop, "2024-01-01", 12) });
    let paid = transfer(&rented.desk, Target::Payer(Payer::Customer(CustomerId(1))), "534.00", "BT-534");
    rented.desk.perform(Action::Receive(Box::new(paid))).unwrap();
    let page = rented.desk.read(|db| subscription_page(db, rented.subscription, rented.desk.today())).unwrap().unwrap();
    assert_eq!((page.recovery.received.minor(), page.recovery.per_mille()), (53_400, Some(534)));
    let mut robot = crate::robot::Robot::at(rented.desk, rentbook::tui::screens::open);
    robot.keys("<Tab>delg<Enter><Enter>");
    assert!(robot.sees("53.4%  534.00 of 1,000.00 net"), "{}", robot.text());
}
