//! What is typed wrong about orders, subscriptions and assets: it stands below its field, and nothing is saved.

use rentbook::services::actions::subscription::Change;
use rentbook::tui::screens;

use super::rented;
use crate::robot::Robot;

/// In front of Ana's subscription.
fn page() -> Robot {
    let mut robot = Robot::at(rented("2024-08-20").desk, screens::open);
    robot.keys("<Tab>delg<Enter><Enter>");
    robot
}

/// The form of a change with something typed into it, and saved; what the screen says.
#[track_caller]
fn refuses(change: &str, typed: &str, why: &str) {
    let mut robot = page();
    let rows = |robot: &Robot| {
        let sql = "SELECT COUNT(*) || ' ' || (SELECT version FROM subscription WHERE id = 1) FROM activity";
        robot.app.desk().read(|db| db.all(sql, &[], |row| row.text(0))).unwrap()
    };
    let before = rows(&robot);
    robot.act(change).keys(typed).keys("<F2>");
    assert!(robot.sees(why), "{change} {typed}: {}", robot.text());
    assert_eq!(rows(&robot), before, "{change} {typed}");
}

#[test]
fn a_contract_of_no_month_or_of_a_thousand_is_refused() {
    refuses("Extend the contract", "<Ctrl+U>0", "x A contract runs for at least 1");
    refuses("Extend the contract", "<Ctrl+U>1000", "x A contract runs for at most");
    refuses("Extend the contract", "<Ctrl+U>x", "x Write a number of");
}

#[test]
fn a_day_before_the_first_one_is_refused() {
    refuses("Pause the billing", "<Tab>08192024", "x The day billing begins again has to be");
    refuses("Cancel from a day", "<Ctrl+U>12312023", "x The contract starts on 01 Jan 2024");
    refuses("Early return", "<Ctrl+U>12312023", "x The contract starts on 01 Jan 2024");
}

#[test]
fn a_price_finer_than_the_currency_is_refused() {
    refuses("Change the price", "<Ctrl+U>8.9999", "x USD has 2 digits");
    refuses("Buyout", "<Ctrl+U>142.0005", "x USD has 2 digits");
}

#[test]
fn an_asset_that_is_rented_is_not_offered() {
    refuses("Replace the asset", "7Q2-1", "x Choose one from the list");
}

#[test]
fn the_wizard_knows_the_same_limits() {
    let mut robot = Robot::at(rented("2024-08-20").desk, screens::open);
    robot.keys("<Tab>delg");
    robot.act("New order").keys("lap<Enter><Tab><Tab><Ctrl+U>1000<F2>");
    assert!(robot.sees("x Months: A contract runs for at most 600 months, 1000 is longer."), "{}", robot.text());
    robot.keys("<Ctrl+U>12<Tab><Tab><Ctrl+U>8.9999<F2>");
    assert!(robot.sees("x Price: USD has 2 digits after the point"), "{}", robot.text());
}

#[test]
fn a_serial_number_stands_for_one_asset() {
    let mut robot = page();
    robot.keys("<F10>go to products<Enter><F8>7Q2-2<Enter>1000<F2>");
    assert!(robot.sees("x There is an asset 7Q2-2"), "{}", robot.text());
}

#[test]
fn what_another_one_changed_meanwhile_is_not_overwritten() {
    let mut rented = rented("2024-08-20");
    let meanwhile = rented.action(Change::Extend { months: 1 });
    rented.desk.catch_up().unwrap();
    let mut robot = Robot::at(rented.desk, screens::open);
    robot.keys("<Tab>delg<Enter><Enter>");
    robot.act("Extend the contract").keys("<Ctrl+U>6");
    robot.app.desk_mut().perform(meanwhile).unwrap();
    robot.keys("<F2>");
    assert!(robot.sees("S-0001 was changed meanwhile: look at it again"), "{}", robot.text());
    let sql = "SELECT end_on FROM subscription WHERE id = 1";
    assert_eq!(robot.app.desk().read(|db| db.all(sql, &[], |row| row.text(0))).unwrap(), ["2025-02-01"]);
}
