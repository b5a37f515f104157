//! Where what is rented goes, from keys.

use rentbook::domain::address::Address;
use rentbook::services::Action;
use rentbook::services::actions::customer_address::AddressDraft;
use rentbook::tui::screens;

use super::{Rented, rented};
use crate::robot::Robot;

fn address(label: &str, street: &str) -> Box<AddressDraft> {
    let address = Address { line1: street.into(), city: "Salem".into(), ..Address::default() };
    Box::new(AddressDraft { label: label.into(), address, is_default: false })
}

/// Ana with a workshop, her usual place, and a shed.
fn places() -> Robot {
    let Rented { mut desk, .. } = rented("2024-08-20");
    let customer = rentbook::domain::id::CustomerId(1);
    for (label, street) in [("Workshop", "5 Dock Rd"), ("Shed", "9 Field Way")] {
        desk.perform(Action::AddShippingAddress { customer, draft: address(label, street) }).unwrap();
    }
    Robot::at(desk, screens::open)
}

#[test]
fn a_subscription_is_shipped_elsewhere() {
    let mut robot = places();
    robot.keys("<Tab>delg<Enter><Enter>");
    robot.act("Ship it elsewhere").keys("shed<Enter>");
    insta::assert_snapshot!("ship", robot.text());
    robot.keys("<F2>");
    assert!(robot.sees("Ship to   Shed: 9 Field Way, Salem"), "{}", robot.text());
    assert!(
        robot.message().starts_with("Subscription S-0001 of Ana Delgado is shipped to Shed"),
        "{}",
        robot.message()
    );
    robot.keys("<Tab><Tab>");
    assert!(robot.sees("Shipped elsewhere"), "{}", robot.text());
    robot.keys("<Ctrl+Z>");
    assert!(!robot.sees("Ship to   "), "{}", robot.text());
}

#[test]
fn a_place_of_nobody_is_refused_below_its_field() {
    let mut robot = places();
    robot.keys("<Tab>delg<Enter><Enter>");
    robot.act("Ship it elsewhere").keys("nowhere<F2>");
    assert!(robot.sees("x Choose one from the list"), "{}", robot.text());
}

#[test]
fn an_order_is_billed_and_shipped_where_it_is_said() {
    let mut robot = places();
    robot.keys("<Tab>delg");
    robot.act("New order").keys("lap<Enter><F2>");
    assert!(robot.sees("[3 Terms]") && robot.sees("Workshop: 5 Dock Rd, Salem"), "{}", robot.text());
    insta::assert_snapshot!("terms", robot.text());
    robot.keys("<Tab><Tab>shed<Enter><F2>");
    insta::assert_snapshot!("terms_checked", robot.text());
    robot.keys("<F2>");
    assert!(robot.sees("9 Field Way, Salem"), "{}", robot.text());
    let order =
        robot.app.desk().read(|db| rentbook::services::reads::order_by_id(db, rentbook::domain::id::OrderId(2)));
    let order = order.unwrap().unwrap();
    let address = |id: i64| Some(rentbook::domain::id::AddressId(id));
    assert_eq!((order.billing_address, order.items[0].shipping_address), (address(2), address(1)));
}

/// A new order for Ana with two laptops, the caret where the second one goes.
fn two_items() -> Robot {
    let mut robot = places();
    robot.keys("<Tab>delg");
    robot.act("New order").keys("lap<Enter><F6>lap<Enter><Tab><Tab><Tab><Tab><Tab><Tab><Tab>");
    assert!(robot.sees("F4 lists the addresses; F6 makes another one."), "{}", robot.text());
    assert!(robot.sees("Ship to [Workshop: 5 Dock Rd, Salem"), "{}", robot.text());
    robot
}

/// Where the items of the newest order go, by number; none: the billing address.
fn goes_to(robot: &Robot) -> Vec<Option<i64>> {
    let id = rentbook::domain::id::OrderId(2);
    let order = robot.app.desk().read(|db| rentbook::services::reads::order_by_id(db, id)).unwrap().unwrap();
    order.items.iter().map(|item| item.shipping_address.map(|at| at.0)).collect()
}

#[test]
fn each_item_goes_to_an_address_of_its_own() {
    let mut robot = two_items();
    robot.keys("<F4>");
    insta::assert_snapshot!("item_places_list", robot.text());
    robot.keys("<Esc><Ctrl+U>shed<Enter>");
    insta::assert_snapshot!("item_places", robot.text());
    robot.keys("<F2><F2>");
    insta::assert_snapshot!("item_places_checked", robot.text());
    robot.keys("<F2>");
    assert_eq!(goes_to(&robot), [Some(1), Some(2)]);
    insta::assert_snapshot!("item_places_order", robot.text());
    // What was just said stays while one moves; something else takes its place.
    robot.keys("<Down><F9><Esc>");
    assert!(robot.sees("Ordered to go to Shed: 9 Field Way, Salem."), "{}", robot.text());
}

#[test]
fn an_item_goes_to_an_address_that_is_typed_on_the_way() {
    let mut robot = two_items();
    robot.keys("<Ctrl+U>12 Quay<F6>");
    assert!(robot.sees("New shipping address") && robot.sees("[12 Quay"), "{}", robot.text());
    robot.keys("Hut<F2>");
    assert!(robot.sees("Ship to [Hut: 12 Quay"), "{}", robot.text());
    assert!(robot.sees("to Hut: 12 Quay"), "below its row: {}", robot.text());
    robot.keys("<F2><F2><F2>");
    assert_eq!(goes_to(&robot), [Some(1), Some(3)]);
}

#[test]
fn items_go_where_the_order_goes_unless_they_were_told_otherwise() {
    let mut robot = two_items();
    robot.keys("<Ctrl+U>bill<Enter><F2><Tab><Tab><Tab><Ctrl+U>shed<Enter><F2>");
    assert!(robot.sees("[4 Check and save]") && robot.sees("Row 2 goes to the billing address."), "{}", robot.text());
    robot.keys("<F2>");
    assert_eq!(goes_to(&robot), [Some(2), None]);
}

#[test]
fn a_place_of_an_item_that_nobody_knows_stands_below_its_row() {
    let mut robot = two_items();
    robot.keys("<Ctrl+U>nowhere<F2>");
    assert!(robot.sees("x Ship to: Choose one from the list"), "{}", robot.text());
}
