//! The pages of an order, of a subscription, and of what the shop rents out.

use super::{at, go, says, shop};
use crate::robot::Robot;

fn subscription() -> Robot {
    let mut robot = at(shop().desk);
    robot.keys("acme<Enter><Enter>");
    robot
}

#[test]
fn a_subscription_shows_its_whole_schedule() {
    let mut robot = subscription();
    assert!(robot.sees("S-0001  Laptop Pro, standard") && robot.sees("+ Active"), "{}", robot.text());
    assert!(robot.sees("89.00 USD a month, billed every month on day 1"), "{}", robot.text());
    assert!(robot.sees("01 Oct 2025 - 30 Sep 2026") && robot.sees("0%  0.00 of 1,000.00 net"), "{}", robot.text());
    assert!(robot.sees("[Schedule 12]") && robot.sees("2025-0001") && robot.sees("to come"), "{}", robot.text());
    robot.keys("<End>");
    assert!(robot.sees("To come: shown as priced"), "{}", robot.text());
    robot.keys("<Enter>");
    assert!(robot.message().contains("not invoiced yet"), "{}", robot.message());
    robot.keys("<F8>");
    assert!(robot.message().contains("not invoiced yet"), "{}", robot.message());
}

#[test]
fn a_payment_of_the_schedule_is_marked_as_paid_where_it_stands() {
    let mut robot = subscription();
    robot.keys("<F8>BT-1<F2>");
    assert!(robot.message().contains("is paid"), "{}", robot.message());
    assert!(robot.sees("+ Paid") && robot.sees("89.00 of 1,000.00 net"), "{}", robot.text());
    robot.keys("<F9>");
    assert!(robot.sees("Open order O-1") && robot.sees("Copy the serial number"), "{}", robot.text());
    robot.keys("o");
    assert!(robot.sees("Order O-1"), "{}", robot.text());
}

#[test]
fn the_page_of_an_order_has_items_subscriptions_and_schedule() {
    let mut robot = at(shop().desk);
    robot.keys("acme<Enter><Tab><Tab><Enter>");
    assert!(robot.sees("Order O-1  of 17 Nov 2025") && robot.sees("+ Confirmed"), "{}", robot.text());
    assert!(robot.sees("12 Pier St, Portland OR 97209"), "{}", robot.text());
    robot.keys("<Tab><Tab>");
    assert!(robot.sees("[Schedule 12]") && robot.sees("1,068.00"), "{}", robot.text());
    robot.keys("<F8>");
    assert_eq!(robot.message(), "It is confirmed already; its subscriptions run.");
    robot.act("Cancel order O-");
    assert!(says(&robot, "This works only while nothing of it is invoiced."), "{}", robot.text());
    robot.hold("Enter", 30);
    assert!(robot.sees("+ Confirmed"));
}

#[test]
fn products_lead_to_their_assets_and_to_who_rents_them() {
    let mut robot = at(shop().desk);
    go(&mut robot, "products");
    assert!(robot.sees("Laptop Pro") && robot.sees("Monitor 27"), "{}", robot.text());
    robot.keys("<Enter>");
    assert!(robot.sees("[All assets]") && robot.sees("7Q2-9914") && robot.sees("Acme Corp"), "{}", robot.text());
    robot.keys("<Enter>");
    assert!(robot.sees("S-0001  Laptop Pro"), "{}", robot.text());
    robot.keys("<Esc><Right>");
    assert!(robot.sees("[In stock]") && robot.sees("7Q2-9921") && !robot.sees("7Q2-9914"), "{}", robot.text());
    robot.keys("<F6>7Q2-9921<Enter>900<F2>");
    assert!(says(&robot, "x There is an asset 7Q2-9921 already."), "{}", robot.text());
    robot.keys("<Ctrl+U>7Q2-9955<F2>");
    assert_eq!(robot.message(), "Laptop Pro, standard 7Q2-9955 is in stock.");
    robot.keys("<Esc>");
    assert!(robot.sees("[Products]"), "{}", robot.text());
    robot.keys("<F9 Add another variant><Tab><Tab>silver<Tab>99<F2>");
    assert_eq!(robot.message(), "Laptop Pro, silver was added.");
    robot.keys("<F9 Add another variant><Tab><Tab>silver<Tab>99<F2>");
    assert!(says(&robot, "x Laptop Pro has a variant silver already."), "{}", robot.text());
}

#[test]
fn a_list_without_rows_says_what_fills_it() {
    let mut robot = at(shop().desk);
    robot.keys("bright<Enter>");
    for text in [
        "Rents nothing now. F6",
        "Never rented",
        "No orders yet. F6",
        "No such payments",
        "No invoices yet",
        "No address yet. F6",
        "No notes yet. F6",
    ] {
        assert!(robot.sees(text), "{text}\n{}", robot.text());
        robot.keys("<Tab>");
    }
}
