//! From an empty shop to a running rental, by keys alone.

use super::{at, empty_shop, go, says};

#[test]
fn product_asset_customer_and_an_order_of_twelve_months() {
    let mut robot = at(empty_shop());
    go(&mut robot, "products");
    assert!(robot.sees("There are no products yet. F6 adds the first one"), "{}", robot.text());
    robot.keys("<F6>Laptop Pro 14<Enter>Office<Enter>grey<Enter>89<F2>");
    assert_eq!(robot.message(), "Laptop Pro 14, grey was added.");
    robot.keys("<F8>7Q2-9921<Enter>1500<F2>");
    assert_eq!(robot.message(), "Laptop Pro 14, grey 7Q2-9921 is in stock.");
    assert!(robot.lines().iter().any(|line| line.contains("Laptop Pro 14") && line.contains("89.00")));
    go(&mut robot, "customers");
    robot.keys("<F6>").keys("b<Tab>Acme Corp<Tab>ap@acme.example<F2>Quay 1<F2>");
    assert_eq!(robot.message(), "Acme Corp was added as a customer.");
    robot.keys("<Enter>");
    assert!(robot.sees("Rents nothing now. F6 takes an order."), "{}", robot.text());
    robot.keys("<F6>");
    assert!(robot.sees("[2 Items]") && robot.sees("Acme Corp (Business)"), "{}", robot.text());
    robot.keys("lap<Enter><F4><Enter>");
    assert!(robot.sees("7Q2-9921") && robot.sees("89.00"), "{}", robot.text());
    robot.keys("<Tab><Tab><Tab><Tab>0112<Enter>");
    assert!(robot.sees("First payment 01 Dec 2025") && robot.sees("1,068.00"), "{}", robot.text());
    robot.keys("<F2><F2>");
    assert!(robot.sees("[4 Check and save]") && robot.sees("12 payments"), "{}", robot.text());
    assert!(robot.sees("01 Dec 2025 31 Dec 2025"), "{}", robot.text());
    robot.keys("<F2>");
    assert_eq!(robot.message(), "Order O-1 of Acme Corp is confirmed: S-0001 runs, nothing is due yet.");
    assert!(robot.sees("Order O-1") && robot.sees("+ Confirmed"), "{}", robot.text());
    robot.keys("<Esc>");
    assert!(
        robot.sees("Customers > Acme Corp") && robot.sees("S-0001") && robot.sees("30 Nov 2026"),
        "{}",
        robot.text()
    );
    assert!(robot.sees("Monthly 89.00") && robot.sees("Subscr. 1 of 1"), "{}", robot.text());
    robot.keys("<Enter>");
    assert!(
        robot.sees("[Schedule 12]") && robot.sees("to come") && robot.sees("Next payment  15 Dec 2025"),
        "{}",
        robot.text()
    );
    assert!(robot.app.desk().check().unwrap().ok);
}

#[test]
fn a_customer_made_on_the_way_is_taken_at_once() {
    let mut robot = at(super::shop().desk);
    go(&mut robot, "new order");
    robot.keys("Zoe Nobody<F6><F2>Quay 1<F2>");
    assert_eq!(robot.message(), "Zoe Nobody was added as a customer.");
    assert!(robot.sees("Nobody, Zoe (Individual)"), "{}", robot.text());
    robot.keys("<F2>mon<Enter><F2><Tab><Right><F2>");
    assert!(robot.sees("F2 keeps it as a draft"), "{}", robot.text());
    robot.keys("<F2>");
    assert_eq!(robot.message(), "Order O-2 of Zoe Nobody is a draft.");
    assert!(robot.sees("o Draft"), "{}", robot.text());
    robot.keys("<F8>");
    assert!(says(&robot, "It starts 1 subscription; 1 payment invoiced at once, 39.00 USD."), "{}", robot.text());
    robot.keys("<Enter>");
    assert!(robot.message().starts_with("Order O-2 of Zoe Nobody is confirmed"), "{}", robot.message());
    assert!(robot.sees("+ Confirmed"));
}

#[test]
fn a_product_nobody_knows_yet_is_made_on_the_way() {
    let mut robot = at(empty_shop());
    go(&mut robot, "customers");
    robot.keys("<F6><Tab>Ana<Tab>Delgado<F2>Quay 1<F2><Enter><F6>");
    assert!(robot.sees("[2 Items]"), "{}", robot.text());
    robot.keys("Laptop");
    assert!(robot.sees("There is no product of that name yet; F6 adds it."), "{}", robot.text());
    robot.keys("<F6>");
    assert!(robot.sees("New product or variant") && robot.sees("Product         [Laptop "), "{}", robot.text());
    robot.keys("<Tab><Tab><Tab>89<F2>");
    assert!(robot.sees("89.00") && robot.sees("First payment 17 Nov 2025"), "{}", robot.text());
    robot.keys("<F2><F2><F2>");
    assert_eq!(robot.message(), "Order O-1 of Ana Delgado is confirmed: S-0001 runs, 1 invoice is issued.");
}
