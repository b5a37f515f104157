//! The first hour as README.md tells it, key by key.

use rentbook::tui::screens;

use crate::fixture::shop;
use crate::robot::Robot;

// F86
#[test]
fn the_first_hour_of_the_readme_works_key_by_key() {
    let readme = include_str!("../../../README.md");
    for said in [
        "**F10**, *products*, **Enter**; **F6**",
        "**F8** on it",
        "**Enter** opens the customer",
        "**Right** twice to *Paid*",
    ] {
        assert!(readme.contains(said), "{said}");
    }
    let mut robot = Robot::at(shop("2025-11-17").0, screens::open);
    robot.keys("<F10>products<Enter>");
    assert!(robot.sees("Products"), "{}", robot.text());
    robot.keys("<F6>Laptop<Tab><Tab><Tab>89");
    assert!(robot.sees("without tax"), "{}", robot.text());
    robot.keys("<F2>");
    assert!(robot.message().contains("was added"), "{}", robot.text());
    assert_eq!(robot.app.dialog_count(), 0, "{}", robot.text());
    robot.keys("<F8>");
    assert!(robot.sees("Serial"), "{}", robot.text());
    robot.keys("SN-1<Tab>900<F2>");
    assert!(robot.message().contains("in stock"), "{}", robot.text());
    robot.keys("<Esc><Esc><Esc><Esc>");
    robot.keys("<Tab><F6>");
    assert!(robot.sees("New customer"), "{}", robot.text());
    robot.keys("<Esc>");
    let mut robot = super::super::screens::harbour::robot();
    robot.keys("<Tab><Enter><F6>");
    assert!(robot.sees("New order"), "{}", robot.text());
    robot.keys("<Esc><Esc><Esc><Esc><Esc><Tab><Tab>0104<F8>BT-1<F2>");
    assert!(robot.message().contains("is paid"), "{}", robot.message());
    robot.keys("<Ctrl+Z><Tab><Tab><Right><Right><F7>");
    assert!(robot.sees("[Paid]") && robot.sees("[Invoices]"), "{}", robot.text());
    assert!(!robot.message().contains("no row"), "{}", robot.message());
}

// F85
#[test]
fn a_shop_whose_prices_have_their_tax_in_them_says_so_where_a_price_is_typed() {
    let mut robot = Robot::at(shop("2025-11-17").0, screens::open);
    robot.keys("<F10>shop set<Enter>").keys(&"<Down>".repeat(14)).keys("<Enter>");
    assert!(robot.sees("Prices are written"), "{}", robot.text());
    robot.keys("<End><F2>");
    robot.keys("<Esc><F10>products<Enter><F6>");
    assert!(robot.sees("with tax") && !robot.sees("without tax"), "{}", robot.text());
}
