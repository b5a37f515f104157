//! Lists that are reached through the menu: each found, searched, worked on.

use rentbook::domain::id::CustomerId;

use super::harbour;
use crate::fixture::{item, order, variant};

/// A robot on a page of the menu.
fn on(page: &str) -> crate::robot::Robot {
    let mut robot = harbour::robot();
    robot.keys(&format!("<F10>go to {page}<Enter>"));
    robot
}

// F74
#[test]
fn every_list_of_the_menu_is_found_searched_and_left() {
    for (page, typed, sees) in [
        ("orders", "lindq", "Lindqvist Design AB"),
        ("subscriptions", "tanaka", "Tanaka, Yui"),
        ("receipts", "BT-776310", "Acme Corp"),
        ("activity", "fridays", "Note saved"),
    ] {
        let mut robot = on(page);
        robot.keys(typed);
        assert!(robot.sees(sees), "{page}: {}", robot.text());
        robot.keys(" of no kind");
        assert!(robot.sees("Esc clears the text"), "{page}: {}", robot.text());
        robot.keys("<Esc><F9>");
        assert!(robot.app.dialog_count() == 1, "{page}: {}", robot.text());
        robot.keys("<Esc><Esc>");
        assert!(robot.sees("[Today]"), "{page}: {}", robot.text());
    }
    for page in ["deposits", "credit notes"] {
        let mut robot = on(page);
        // Where there is nothing, the menu says so in a box that Esc closes: F83.
        robot.keys("<F9>");
        assert!(robot.sees("Nothing more can be done"), "{page}: {}", robot.text());
        robot.keys("<Esc><Esc>");
        assert!(robot.sees("[Today]"), "{page}: {}", robot.text());
    }
}

// F74
#[test]
fn a_named_step_is_taken_back_in_the_list_of_what_was_done() {
    let mut robot = on("activity");
    robot.keys("fridays");
    assert!(robot.sees("F8 takes it back"), "{}", robot.text());
    robot.keys("<F8>");
    assert_eq!(robot.message(), "Note removed.");
    assert!(robot.sees("taken back"), "{}", robot.text());
    robot.keys("<F8>");
    assert_eq!(robot.message(), "It was taken back already.");
    robot.keys("<Esc>order<F9>b");
    assert!(robot.message().contains("voiding its invoice"), "{}", robot.message());
}

// F81
#[test]
fn undo_that_stops_at_an_order_leads_to_the_list_of_what_can_be_taken_back() {
    let mut robot = harbour::robot();
    let laptop = variant(robot.app.desk_mut(), "Tablet", "30");
    order(robot.app.desk_mut(), CustomerId(1), vec![item(laptop, harbour::DAY, 3)]);
    robot.keys("<Ctrl+Z>");
    assert!(robot.sees("cannot be taken back") && robot.sees("Show the list"), "{}", robot.text());
    robot.keys("y");
    assert!(robot.sees("[Can be taken back]") && robot.sees("Note saved"), "{}", robot.text());
    robot.keys("<F8>");
    assert_eq!(robot.message(), "Note removed.");
}

// F2
#[test]
fn every_list_marks_all_its_rows_and_drops_what_a_search_hides() {
    for (tab, typed) in [("<Tab>", "acme"), ("<Tab><Tab>", "acme"), ("<Tab><Tab><Tab><Tab>", "acme")] {
        let mut robot = harbour::robot();
        robot.keys(tab).keys("<Ctrl+A>");
        assert!(robot.sees("marked"), "{}", robot.text());
        robot.keys(typed);
        assert!(robot.message().contains("dropped: not in this view"), "{tab}: {}", robot.text());
    }
}

// F83
#[test]
fn on_a_customers_page_a_letter_means_what_it_means_in_the_list() {
    let mut robot = harbour::robot();
    robot.keys("<Tab><F9>");
    assert!(robot.sees("j Add a note") && robot.sees("c Copy"), "{}", robot.text());
    robot.keys("<Esc><Enter><F9>");
    assert!(robot.sees("j Add a note") && robot.sees("c Copy the email address"), "{}", robot.text());
    robot.keys("g");
    assert!(robot.sees("Which customer is the same one?"), "{}", robot.text());
    robot.keys("lindqvist<Enter>");
    assert!(robot.sees("Which one is kept?"), "{}", robot.text());
    robot.keys("<Enter>");
    assert!(robot.sees("Merge customers"), "{}", robot.text());
    robot.keys("<Esc><F9>s");
    assert!(robot.sees("New billing address") && robot.sees("Shipping address"), "{}", robot.text());
}
