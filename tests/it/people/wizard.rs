//! The wizard for a new order.

use rentbook::services::Action;
use rentbook::services::actions::customer_preference::PreferenceDraft;

use super::{Shop, at, go, says, shop};
use crate::robot::Robot;

/// A wizard with the items of Acme Corp open.
fn items() -> Robot {
    let mut robot = at(shop().desk);
    robot.keys("acme<F9 New order>");
    assert!(robot.sees("[2 Items]"), "{}", robot.text());
    robot
}

fn whole(robot: &Robot) -> Vec<String> {
    robot.lines()[1..22].to_vec()
}

#[test]
fn back_and_forth_loses_nothing() {
    let mut robot = items();
    robot.keys("lap<Enter><Tab><Tab><Ctrl+U>24<Tab><Right><Tab>79.50<Tab>1512<Tab>100<F2>15<F2>");
    assert!(robot.sees("[4 Check and save]"), "{}", robot.text());
    let last = whole(&robot);
    robot.keys("<Esc>");
    assert!(robot.sees("[3 Terms]") && robot.sees("[15  ]"));
    robot.keys("<Esc>");
    assert!(robot.sees("[2 Items]") && robot.sees("79.50") && robot.sees("15/12/2025") && robot.sees("quarter"));
    robot.keys("<Esc>");
    assert!(robot.sees("[1 Customer]") && robot.sees("[Acme Corp"));
    robot.keys("<F2><F2><F2>");
    assert_eq!(whole(&robot), last);
}

#[test]
fn leaving_what_was_typed_asks_and_leaving_nothing_does_not() {
    let mut robot = items();
    robot.keys("<Esc><Esc>");
    assert!(robot.sees("[Customers]") && robot.app.depth() == 0, "{}", robot.text());
    let mut robot = items();
    robot.keys("lap<Enter><Esc><Esc>");
    assert!(robot.sees("What you typed here is not saved yet. Discard it?"), "{}", robot.text());
    robot.keys("<Enter>");
    assert!(robot.sees("[1 Customer]"));
    robot.keys("<Esc><Esc>");
    assert_eq!(robot.app.depth(), 0);
}

#[test]
fn the_menu_and_quitting_ask_too() {
    let mut robot = items();
    robot.keys("lap<Enter>");
    go(&mut robot, "payments");
    assert!(robot.sees("Discard it?"), "{}", robot.text());
    robot.keys("n<Ctrl+Q>");
    assert!(says(&robot, "Discard it and leave rentbook?"));
    robot.keys("n");
    assert!(robot.sees("[2 Items]") && robot.sees("Laptop Pro"));
    robot.keys("<Ctrl+Z>");
    assert!(robot.message().starts_with("Save what you typed first"), "{}", robot.message());
    go(&mut robot, "payments");
    robot.keys("y");
    assert!(robot.sees("[Payments]"), "{}", robot.text());
}

#[test]
fn six_times_esc_reach_today_from_the_last_step() {
    let mut robot = items();
    robot.keys("lap<Enter><F2><F2>");
    assert!(robot.sees("[4 Check and save]"));
    robot.keys("<Esc><Esc><Esc><Esc><Esc><Esc>");
    assert!(robot.sees("[Today]") && !robot.has_left(), "{}", robot.text());
}

#[test]
fn what_cannot_be_read_stands_below_its_row() {
    let mut robot = items();
    robot.keys("<F2>");
    assert!(robot.sees("x Item: Choose what is rented"), "{}", robot.text());
    robot.keys("lap<Enter><Tab><Tab><Ctrl+U>0<F2>");
    assert!(robot.sees("x Months: A contract runs for at least 1 month."), "{}", robot.text());
    robot.keys("<Ctrl+U>12<Tab><Tab><Ctrl+U>8x9<F2>");
    assert!(robot.sees("x Price: “8x9” is not an amount"), "{}", robot.text());
    robot.keys("<Ctrl+U>89<Tab>30/02<F2>");
    assert!(robot.sees("x Starts: There is no 30 February 2025."), "{}", robot.text());
    robot.keys("<Ctrl+U>t<Shift+Tab><Shift+Tab><Shift+Tab><Shift+Tab><Ctrl+U>1001<F2>");
    assert!(robot.sees("x Qty: Write a number of units from 1 to 1000."), "{}", robot.text());
    robot.keys("<Ctrl+U>1<F2>");
    assert!(robot.sees("[3 Terms]"), "{}", robot.text());
    robot.keys("32<F2>");
    assert!(robot.sees("x Write a day of the month from 1 to 31"), "{}", robot.text());
}

#[test]
fn an_amount_with_two_readings_is_asked_about() {
    let mut robot = items();
    robot.keys("lap<Enter><Tab><Tab><Tab><Tab><Ctrl+U>1.234<F2>");
    assert!(robot.sees("can be read two ways"), "{}", robot.text());
}

#[test]
fn a_serial_number_is_free_of_this_kind_and_taken_once() {
    let mut robot = items();
    robot.keys("lap<Enter>7Q2-9914<F2>");
    assert!(robot.sees("x Serial no.: There is no free asset 7Q2-9914 of this kind"), "{}", robot.text());
    robot.keys("<Ctrl+U>7Q2-9921<Enter><Ctrl+U>2<F2>");
    assert!(robot.sees("x Qty: A serial number stands for one unit"), "{}", robot.text());
    robot.keys("<Ctrl+U>1<F6>lap<Enter>7Q2-9921<F2>");
    assert!(robot.sees("x Serial no.: Row 1 has this one already."), "{}", robot.text());
}

#[test]
fn rows_are_added_removed_and_walked_through() {
    let mut robot = items();
    robot.keys("lap<Enter><Tab><Tab><Ctrl+U>6<F6>mon<Enter>");
    assert!(robot.sees("row 2 of 2") && robot.sees("Monitor 27"), "{}", robot.text());
    let months = robot.lines().into_iter().find(|line| line.contains("Monitor 27")).unwrap();
    assert!(months.contains("  6 "), "a new row begins with the months of the row above: {months}");
    robot.keys("<Up>");
    assert!(robot.sees("row 1 of 2"));
    robot.keys("<Down><Down>");
    assert!(robot.sees(">[ F2 Next: Terms ]"), "{}", robot.text());
    robot.keys("<Up><Up><F9 Remove row>");
    assert!(!robot.sees("Laptop Pro") && robot.sees("row 1 of 1") && robot.sees("Monitor 27"), "{}", robot.text());
    robot.act("Remove row");
    assert!(robot.sees("row 1 of 1") && !robot.sees("Monitor 27"), "{}", robot.text());
}

#[test]
fn an_emptied_row_is_left_out() {
    let mut robot = items();
    robot.keys("lap<Enter><F6><F6><F2><F2>");
    assert!(robot.sees("[4 Check and save]") && robot.sees("12 payments"), "{}", robot.text());
}

#[test]
fn another_item_brings_its_price_and_drops_the_serial_number() {
    let mut robot = items();
    robot.keys("lap<Enter><F4><Enter>");
    assert!(robot.sees("7Q2-9921") && robot.sees("89.00"));
    robot.keys("<Shift+Tab><Shift+Tab>mon<Enter>");
    assert!(!robot.sees("7Q2-9921") && robot.sees(" 39.00 "), "{}", robot.text());
}

#[test]
fn many_rows_scroll_and_any_size_works() {
    let mut robot = items();
    for _ in 0..15 {
        robot.keys("lap<Enter><F6>");
    }
    assert!(robot.sees("row 16 of 16"), "{}", robot.text());
    let before = robot.text();
    robot.resize(1, 1).keys("<Esc>xyz<F2><Tab>").resize(80, 24);
    assert_eq!(robot.text(), before);
    robot.resize(120, 40);
    assert!(robot.sees("row 16 of 16"));
    robot.resize(80, 24);
    assert_eq!(robot.text(), before);
}

#[test]
fn a_held_f2_never_saves_and_a_held_enter_neither() {
    let mut robot = items();
    robot.keys("lap<Enter>").hold("F2", 40);
    assert!(robot.sees("[4 Check and save]"), "{}", robot.text());
    robot.hold("Enter", 40);
    assert!(robot.sees("[4 Check and save]"));
    let mut robot = items();
    robot.keys("lap<Enter>").hold("Enter", 60);
    assert!(!robot.message().contains("confirmed"), "{}", robot.message());
}

#[test]
fn a_first_period_that_is_cut_is_priced_by_the_day() {
    let mut robot = items();
    robot.keys("lap<Enter><Tab><Tab><Tab><Tab><Tab>1612<F2>1<F2>");
    assert!(robot.sees("16 Dec 2025 31 Dec 2025      1/13") && robot.sees("45.94"), "{}", robot.text());
}

#[test]
fn an_asset_taken_meanwhile_is_refused_in_words_and_nothing_is_lost() {
    let Shop { desk, laptop, ana, .. } = shop();
    let mut robot = at(desk);
    robot.keys("acme<F9 New order>lap<Enter>7Q2-9921<Enter><F2><F2>");
    assert!(robot.sees("[4 Check and save]"), "{}", robot.text());
    crate::fixture::order(robot.app.desk_mut(), ana, vec![crate::fixture::item(laptop, "2025-11-17", 3)]);
    robot.keys("<F2>");
    assert!(robot.message().contains("is rented, not in stock") && robot.message().contains("Nothing is saved"));
    assert!(robot.sees("[4 Check and save]"));
    robot.keys("<Esc><Esc>");
    assert!(robot.sees("[2 Items]") && robot.sees("7Q2-9921"));
}

#[test]
fn what_a_customer_prefers_fills_its_rows_and_is_offered_first() {
    let mut shop = super::shop();
    let draft = PreferenceDraft {
        months: "24".into(),
        frequency: "quarter".into(),
        text: "big monitors".into(),
        ..PreferenceDraft::default()
    };
    shop.desk.perform(Action::SetPreferences { customer: shop.acme, draft: Box::new(draft) }).unwrap();
    let mut robot = super::at(shop.desk);
    robot.keys("acme<Enter><F6>");
    assert!(robot.sees("[2 Items]") && robot.sees("24") && robot.sees("quarter"), "{}", robot.text());
    robot.keys("<F4>");
    let at = |text: &str| robot.lines().iter().position(|line| line.contains(text)).unwrap_or(usize::MAX);
    assert!(at("Monitor 27") < at("Laptop Pro"), "{}", robot.text());
}
