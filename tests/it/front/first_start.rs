//! While there is no book: setting up, looking around, opening a file, and what is wrong with one.

use std::fs;

use rentbook::services::actions::shop_settings::settings;

use super::{at_the_door, says, shop_at};
use crate::robot::Robot;

/// The value of a setting of the open book.
fn setting(robot: &Robot, key: &str) -> String {
    let all = settings(robot.app.desk().shop().unwrap());
    all.into_iter().find(|(known, _)| *known == key).unwrap().1
}

#[test]
fn a_shop_is_set_up_in_five_pages() {
    let folder = tempfile::tempdir().unwrap();
    let book = folder.path().join("shop.db");
    let mut robot = at_the_door(&book, "2025-11-17");
    assert!(robot.sees("How would you like to begin?") && robot.sees("> 1  Set up my shop"));
    assert!(!robot.message().contains("not set up"), "nobody did anything wrong: {}", robot.text());
    robot.keys("1Harbour Rentals<Enter>germ<Enter>Kai 4; 20457 Hamburg<Enter>rent@harbour.example<F2>");
    assert!(robot.sees("[2 Money]") && robot.sees("[EUR") && robot.sees("[1.200,50"), "{}", robot.text());
    robot.keys("<Up><Up><Up><Up>19,5");
    assert!(robot.sees("A price of 89,00 is 89,00 and 17,36 tax: 106,36 on the invoice."), "{}", robot.text());
    robot.keys("<F2>");
    assert!(robot.sees("[7   ]") && robot.sees("The first invoices are 2025-0001 and 2025-0002."), "{}", robot.text());
    robot.keys("<Down>0");
    assert!(robot.sees("With 0 an invoice is made on the day it is due"));
    robot.keys("<Backspace>14<F2>");
    robot.keys("DE89 3704 0044 0532 0130 00<F2>");
    assert!(robot.sees("EUR, prices net, tax 19.5 %") && robot.sees("14 days before a period"), "{}", robot.text());
    assert!(!book.exists(), "nothing is written before the last page");
    robot.keys("<F2>");
    assert!(book.exists() && robot.sees("Harbour Rentals is set up."), "{}", robot.text());
    assert!(robot.sees("[Today]") && robot.lines()[0].starts_with(" rentbook   Harbour Rentals"));
    for (key, value) in [
        ("name", "Harbour Rentals"),
        ("country", "DE"),
        ("time_zone", "Europe/Berlin"),
        ("currency", "EUR"),
        ("tax_rate", "19.5"),
        ("lead_days", "14"),
        ("iban", "DE89370400440532013000"),
        ("date_style", "dotted"),
        ("language", "de"),
    ] {
        assert_eq!(setting(&robot, key), value, "{key}");
    }
}

#[test]
fn one_goes_back_with_all_that_was_typed_and_a_wrong_value_stands_under_its_field() {
    let folder = tempfile::tempdir().unwrap();
    let mut robot = at_the_door(&folder.path().join("shop.db"), "2025-11-17");
    robot.keys("<Enter><F2>");
    assert!(robot.sees("x Please fill in: name of the shop."), "{}", robot.text());
    robot.keys("Harbour<Enter>usa<Enter>");
    assert!(robot.sees("Nothing matches") || robot.sees("[usa"), "{}", robot.text());
    robot.keys("<Shift+Tab><Ctrl+U>united st<Enter><Tab>mia@nowhere<F2>");
    assert!(robot.sees("[1 Shop]") && robot.sees("x “mia@nowhere”"), "{}", robot.text());
    robot.keys("<Ctrl+U><F2>");
    assert!(robot.sees("[2 Money]") && robot.sees("[USD"), "{}", robot.text());
    robot.keys("<Tab><Tab><Tab><Tab>120<F2>");
    assert!(robot.sees("[2 Money]") && robot.sees("x "), "{}", robot.text());
    robot.keys("<Ctrl+U>8<F2><F2>");
    assert!(robot.sees("[4 Bank]"));
    robot.keys("DE89 3704 0044 0532 0130 01<F2>");
    assert!(robot.sees("[4 Bank]") && robot.sees("x "), "{}", robot.text());
    // Back to the first page, to the choices, and in again: it all waits.
    robot.keys("<Esc><Esc><Esc>");
    assert!(robot.sees("[1 Shop]") && robot.sees("[Harbour ") && robot.sees("[United States"), "{}", robot.text());
    robot.keys("<Esc>");
    assert!(robot.sees("How would you like to begin?"));
    robot.keys("1<F2>");
    assert!(robot.sees("[2 Money]") && robot.sees("[8 "), "{}", robot.text());
    robot.keys("<Ctrl+Q>");
    assert!(robot.sees("What you typed is not saved yet.") && !robot.has_left());
    robot.keys("<Enter><Ctrl+Q>y");
    assert!(robot.has_left());
}

#[test]
fn the_tabs_lead_nowhere_while_there_is_no_book() {
    let folder = tempfile::tempdir().unwrap();
    let mut robot = at_the_door(&folder.path().join("shop.db"), "2025-11-17");
    robot.keys("<Tab><Tab><Tab><Shift+Tab><F10>");
    assert!(!robot.sees("Go to Customers") && !robot.sees("Shop settings"), "{}", robot.text());
    robot.keys("<Esc><F5><F6><F8><Esc><Esc>9x");
    assert!(robot.sees("How would you like to begin?") && robot.sees("> 3  Open"), "{}", robot.text());
    robot.keys("4");
    assert!(robot.message().starts_with("Importing comes in a later version"), "{}", robot.message());
}

#[test]
fn a_file_is_copied_to_the_place_or_opened_where_it_lies() {
    let folder = tempfile::tempdir().unwrap();
    let other = folder.path().join("other.db");
    drop(shop_at(&other, "2025-11-17"));
    let book = folder.path().join("mine.db");
    let mut robot = at_the_door(&book, "2025-11-18");
    robot.keys("3").paste("/no/such/file.db").keys("<F2>");
    assert!(robot.sees("There is no book at /no/such/file.db."), "{}", robot.text());
    robot.keys("<Ctrl+U>").paste(other.to_str().unwrap()).keys("<F2>");
    assert!(robot.sees("[Today]") && robot.lines()[0].contains("Harbour Rentals"), "{}", robot.text());
    assert!(book.exists() && robot.app.desk().book().path() == book.canonicalize().unwrap());
    let mut robot = at_the_door(&folder.path().join("free.db"), "2025-11-18");
    robot.keys("3").paste(other.to_str().unwrap()).keys("<Tab><Right><F2>");
    assert_eq!(robot.app.desk().book().path(), other.canonicalize().unwrap());
    assert!(!folder.path().join("free.db").exists());
}

#[test]
fn what_is_wrong_with_a_book_is_said_and_tried_again() {
    let folder = tempfile::tempdir().unwrap();
    let book = folder.path().join("shop.db");
    fs::write(&book, "this is a shopping list and has been for years and years and years, nothing else").unwrap();
    let mut robot = at_the_door(&book, "2025-11-17");
    assert!(
        says(&robot, "The book could not be opened.")
            && says(&robot, "is not a rent book but some other kind of file.")
    );
    assert!(!robot.sees("Set up my shop"), "{}", robot.text());
    robot.keys("1");
    assert!(robot.message().starts_with("It still cannot be opened."), "{}", robot.message());
    fs::remove_file(&book).unwrap();
    drop(shop_at(&book, "2025-11-17"));
    robot.keys("1");
    assert!(robot.sees("[Today]") && robot.lines()[0].contains("Harbour Rentals"), "{}", robot.text());
}

#[test]
fn a_damaged_book_comes_back_from_its_newest_backup() {
    let folder = tempfile::tempdir().unwrap();
    let book = folder.path().join("shop.db");
    let (desk, _) = shop_at(&book, "2025-11-17");
    desk.back_up_if_due().unwrap();
    drop(desk);
    let bytes = fs::read(&book).unwrap();
    fs::write(&book, &bytes[..bytes.len() / 2]).unwrap();
    let mut robot = at_the_door(&book, "2025-11-18");
    assert!(says(&robot, "is cut off: a part at the end is missing."), "{}", robot.text());
    robot.keys("2");
    assert!(robot.sees("Bring back a backup") && robot.sees(">[ n Not now ]"), "{}", robot.text());
    robot.hold("Enter", 30);
    assert!(robot.sees("The book could not be opened."));
    robot.keys("2y");
    assert!(robot.sees("[Today]") && robot.lines()[0].contains("Harbour Rentals"), "{}", robot.text());
    let kept = fs::read_dir(folder.path()).unwrap().flatten();
    assert_eq!(kept.filter(|file| file.file_name().to_string_lossy().contains("before-restore")).count(), 1);
}

#[test]
fn one_looks_around_in_a_shop_that_is_made_up() {
    let folder = tempfile::tempdir().unwrap();
    let book = folder.path().join("shop.db");
    let mut robot = at_the_door(&book, "2025-11-17");
    robot.keys("2").wait_for_job();
    assert!(robot.lines()[0].contains("Harbour Rentals (demo)") && robot.lines()[0].contains("DEMO"));
    assert!(robot.message().contains("made up"), "{}", robot.message());
    assert!(folder.path().join("demo.db").exists() && !book.exists());
    let mut robot = at_the_door(&book, "2026-03-01");
    assert!(robot.sees("the made-up shop, as you left it"));
    robot.keys("2");
    // Months have gone by: a made-up shop asks nobody about them.
    assert!(robot.lines()[0].contains("DEMO") && robot.app.dialog_count() == 0, "{}", robot.text());
}

#[test]
fn making_a_shop_to_look_around_in_can_be_stopped() {
    let folder = tempfile::tempdir().unwrap();
    let mut robot = at_the_door(&folder.path().join("shop.db"), "2025-11-17");
    robot.keys("2<Esc>").wait_for_job();
    assert!(robot.message().to_lowercase().contains("stopped on request"), "{}", robot.message());
    assert!(!folder.path().join("demo.db").exists() && robot.sees("How would you like to begin?"));
}
