//! Shop settings: shown, changed, refused.

use std::sync::Arc;

use rentbook::services::{Access, Book, Outside, books};
use rentbook::tui::screens;

use crate::fixture::{operator, shop};
use crate::robot::Robot;

fn settings() -> Robot {
    let mut robot = Robot::at(shop("2025-11-17").0, screens::open);
    robot.keys("<F10>shop set<Enter>");
    assert!(robot.sees("Shop settings") && robot.sees("> Shop     Name"), "{}", robot.text());
    robot
}

#[test]
fn a_setting_is_changed_and_seen_at_once() {
    let mut robot = settings();
    robot.keys("<Enter> of Portland<F2>");
    assert!(robot.lines()[0].contains("of Portland"), "{}", robot.text());
    robot.keys("<Down><Down><Enter>irel<Enter><F2>");
    assert!(robot.sees("Ireland"), "{}", robot.text());
    // Dates are written the other way from now on, here and everywhere.
    robot.keys("<PgDn><PgUp><Home>").keys(&"<Down>".repeat(13)).keys("<Enter>");
    assert!(robot.sees("The third of December 2025  ["), "{}", robot.text());
    robot.keys("<End><F2>");
    assert!(robot.sees("03.12.2025"), "{}", robot.text());
}

#[test]
fn a_value_that_cannot_be_stands_under_its_field() {
    let mut robot = settings();
    robot.keys(&"<Down>".repeat(22)).keys("<Enter>");
    assert!(robot.sees("Days before a period  ["), "{}", robot.text());
    robot.keys("99<F2>");
    assert!(robot.sees("x Write a number of days from 0 to 90."), "{}", robot.text());
    robot.keys("<Ctrl+U>7<F2>");
    assert!(robot.sees("Days before a period        7"), "{}", robot.text());
    robot.keys("<End><Up><Up><Up><Enter>16<F2>");
    assert!(robot.sees("Closed up to                16 Nov 2025"), "{}", robot.text());
}

/// F60.
#[test]
fn a_rate_changed_by_law_is_counted_before_it_is_saved() {
    let mut robot = settings();
    robot.keys(&"<Down>".repeat(16)).keys("<Enter>");
    assert!(robot.sees("Tax rate changed by law"), "{}", robot.text());
    robot.keys("21<Tab>01.01.2026");
    robot.keys("<Shift+Tab><Shift+Tab><Ctrl+U>19").wait_for("21 % instead of 19 %");
    robot.keys("<F2>");
    assert!(robot.sees("19 % becomes 21 % on 01 Jan 2026"), "{}", robot.text());
}

// F87
#[test]
fn a_book_open_for_viewing_opens_no_form_that_writes_and_says_so_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("book.db");
    let book = Book::create(&path).unwrap();
    let (desk, hand) = crate::screens::harbour::desk_on(book);
    desk.leave().close().unwrap();
    let outside: Arc<dyn Outside> = Arc::new(hand);
    let desk = books::open(&path, Access::ViewOnly, &outside, &operator("mia")).unwrap();
    let mut robot = Robot::at(desk, screens::open);
    for keys in ["<Tab><F6>", "<Tab><F8>", "<Tab><F6>", "<Tab><F6>", "<Esc><F6>", "<F10>new order<Enter>"] {
        robot.keys(keys);
        assert!(robot.message().contains("open for viewing only"), "{keys}: {}\n{}", robot.message(), robot.text());
        robot.keys("<Esc><Esc>");
        assert_eq!(robot.app.dialog_count(), 0, "{}", robot.text());
    }
    robot.keys("<Tab><F4>");
    assert_eq!(robot.app.dialog_count(), 1, "a filter changes nothing in the book: {}", robot.text());
}

// F87
#[test]
fn colours_operator_and_backups_stand_on_the_page_of_settings() {
    let mut robot = settings();
    robot.keys("<End>");
    assert!(robot.sees("Colours") && robot.sees("Who works here") && robot.sees("Backups"), "{}", robot.text());
    robot.keys("<Up><Up><Enter>l");
    robot.keys("<Enter>");
    assert!(robot.message().contains("--theme"), "{}", robot.text());
    robot.keys("<Down><Enter>");
    assert!(robot.message().contains("--operator"), "{}", robot.text());
}
