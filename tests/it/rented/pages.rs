//! The same from keys: each change is chosen from the actions of the page and shows what would come of it.

use rentbook::services::actions::receiving::Target;
use rentbook::services::{Action, Payer};
use rentbook::tui::screens;

use super::{Rented, rented};
use crate::fixture::transfer;
use crate::robot::Robot;

/// In front of the subscription.
fn page(rented: Rented) -> Robot {
    let mut robot = Robot::at(rented.desk, screens::open);
    robot.keys("<Tab>delg<Enter><Enter>");
    assert!(robot.sees("S-0001  Laptop, standard"), "{}", robot.text());
    robot
}

/// The form of an entry of the actions.
fn form(action: &str) -> Robot {
    let mut robot = page(rented("2024-08-20"));
    robot.act(action);
    robot
}

#[test]
fn the_actions_of_a_subscription_say_what_can_be_done_and_why_not() {
    let mut robot = page(rented("2024-08-20"));
    robot.keys("<F9>");
    insta::assert_snapshot!("actions", robot.text());
}

#[test]
fn a_cancellation_is_shown_before_it_is_done_and_is_undone() {
    let mut robot = form("Cancel from a day");
    insta::assert_snapshot!("cancel", robot.text());
    robot.keys("<F2>");
    assert!(
        robot.message().starts_with("Subscription S-0001 of Ana Delgado is cancelled from 20 Aug 2024."),
        "{}",
        robot.message()
    );
    assert!(robot.sees("- Cancelled"), "{}", robot.text());
    robot.keys("<Ctrl+Z>");
    assert_eq!(robot.message(), "Subscription S-0001 is active as before: without the cancellation.");
    assert!(robot.sees("+ Active"), "{}", robot.text());
}

#[test]
fn an_early_return_shows_its_fee() {
    let mut robot = form("Early return");
    insta::assert_snapshot!("return", robot.text());
    robot.keys("<F2>");
    assert!(robot.message().contains("ended on 20 Aug 2024: returned early."), "{}", robot.message());
}

#[test]
fn a_buyout_shows_its_price() {
    let mut robot = form("Buyout");
    robot.keys("<Ctrl+U>142");
    insta::assert_snapshot!("buyout", robot.text());
    robot.keys("<F2>");
    assert!(robot.message().contains("Ana Delgado buys 7Q2-1"), "{}", robot.message());
}

#[test]
fn a_pause_and_its_end() {
    let mut robot = form("Pause the billing");
    insta::assert_snapshot!("pause", robot.text());
    robot.keys("<F2>");
    assert!(robot.sees("~ Paused"), "{}", robot.text());
    robot.act("Resume the billing");
    assert!(robot.sees("Resume the billing"), "{}", robot.text());
    robot.keys("<F2>");
    assert!(robot.sees("+ Active"), "{}", robot.text());
}

#[test]
fn a_price_that_cannot_be_is_refused_below_its_field() {
    let mut robot = form("Change the price");
    robot.keys("129<F2>");
    assert!(robot.sees("That is its price already"), "{}", robot.text());
    robot.keys("<Ctrl+U>99<F2>");
    assert!(robot.message().contains("costs 99.00 a month from 01 Sep 2024"), "{}", robot.message());
}

#[test]
fn an_extension_an_upgrade_and_another_asset() {
    let mut robot = form("Extend the contract");
    robot.keys("<Ctrl+U>6");
    assert!(robot.sees("The contract ends on 30 Jun 2025; 6 payments more."), "{}", robot.text());
    robot.keys("<F2><F9 Replace the asset>7Q2-2<Enter><F2>");
    assert!(robot.message().contains("7Q2-2 takes the place of 7Q2-1"), "{}", robot.message());
    robot.keys("<F9 Upgrade to something else>lapt<Enter>");
    insta::assert_snapshot!("upgrade", robot.text());
    robot.keys("<F2>");
    assert!(robot.message().contains("takes the place of S-0001"), "{}", robot.message());
}

#[test]
fn a_deposit_is_kept_in_part_from_keys() {
    let mut rented = rented("2024-08-20");
    let owner = Payer::Customer(rentbook::domain::id::CustomerId(1));
    let draft = transfer(&rented.desk, Target::Payer(owner), "1232", "BT-1");
    rented.desk.perform(Action::Receive(Box::new(draft))).unwrap();
    let mut robot = page(rented);
    robot.act("Return or keep the deposit");
    robot.keys("50");
    assert!(robot.sees("Say why it is kept"), "{}", robot.text());
    robot.keys("<Tab><Tab><Tab>scratched");
    insta::assert_snapshot!("deposit", robot.text());
    robot.keys("<F2>");
    assert!(robot.sees("150.00 USD goes back to Delgado, Ana"), "{}", robot.text());
    robot.keys("<Right><Enter>");
    assert!(robot.message().contains("50.00 is kept with invoice 2024-0009"), "{}", robot.message());
    assert!(robot.sees("200.00 of 200.00 received, kept 50.00, returned 150.00"), "{}", robot.text());
}

// F9
#[test]
fn a_deposit_pays_what_is_open_from_keys() {
    let mut rented = rented("2024-02-20");
    let first = Target::Invoices(vec![rentbook::domain::id::InvoiceId(1)]);
    let draft = transfer(&rented.desk, first, "329", "BT-1");
    rented.desk.perform(Action::Receive(Box::new(draft))).unwrap();
    let mut robot = page(rented);
    robot.act("Return or keep the deposit");
    robot.keys("129<Tab><F4>");
    assert!(robot.sees("Pays 2024-0002, 129.00 open"), "{}", robot.text());
    robot.keys("<End><Enter>");
    assert!(robot.sees("is kept and pays 2024-0002, 71.00 goes back"), "{}", robot.text());
    robot.keys("<F2><Right><Enter>");
    assert!(robot.message().contains("129.00 is kept and pays 2024-0002, 71.00 goes back"), "{}", robot.message());
}

// F9
#[test]
fn of_a_deposit_nobody_paid_nothing_can_be_kept() {
    let mut robot = form("Return or keep the deposit");
    assert!(robot.sees("Held     0.00 of 200.00 USD, 200.00 was never paid"), "{}", robot.text());
    assert!(!robot.sees("Keep "), "{}", robot.text());
    robot.keys("<F2>");
    assert!(robot.message().contains("nothing of it had been paid"), "{}", robot.message());
}
