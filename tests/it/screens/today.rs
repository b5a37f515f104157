//! The start page: the queue, and Find anything.

use rentbook::services::actions::shop::ShopDraft;
use rentbook::tui::place::Tab;

use super::harbour::{desk_on, robot, unpaid};
use crate::robot::Robot;

#[test]
fn the_start_page_looks_like_this() {
    let mut robot = robot();
    insta::assert_snapshot!("today", robot.looks());
    robot.resize(120, 40);
    robot.keys("<Down>");
    insta::assert_snapshot!("today_wide", robot.text());
    robot.resize(80, 24).keys("acme");
    insta::assert_snapshot!("find", robot.looks());
    robot.resize(120, 40);
    insta::assert_snapshot!("find_wide", robot.text());
}

#[test]
fn a_line_opens_the_rows_behind_it() {
    for (steps, tab, sign) in [
        ("", Tab::Payments, "[Overdue]"),
        ("<Down>", Tab::Payments, "Due: 17 Nov 2025"),
        ("<Down><Down>", Tab::Payments, "[Failed]"),
        ("<Down><Down><Down>", Tab::Payments, "[Processing]"),
    ] {
        let mut robot = robot();
        robot.keys(steps).keys("<Enter>");
        assert_eq!(robot.app.tab(), tab);
        assert!(robot.sees(sign), "{sign}\n{}", robot.text());
        robot.keys("<Esc><Esc><Esc>");
        assert_eq!(robot.app.tab(), Tab::Today);
    }
    let mut robot = robot();
    robot.keys("<Up><Up><Enter>");
    assert!(robot.sees("Without billing address") && robot.sees("Acme Corp"), "{}", robot.text());
    robot.keys("acme<Enter>");
    assert_eq!(robot.app.depth(), 1, "the customer's page is open");
}

#[test]
fn a_transfer_is_booked_from_here_without_opening_a_list() {
    let mut robot = robot();
    robot.keys("0104<F8>BT-778123<F2>");
    assert_eq!(robot.pressed(), 15);
    assert_eq!(robot.message(), "2025-0104 is paid, 45.50. Ctrl+Z takes it back.");
    assert!(unpaid(robot.app.desk()).iter().all(|row| row.0 != "2025-0104"));
    assert!(robot.sees("name, invoice, reference or amount"), "the box is free for the next number");
    assert!(!robot.sees(". Due today"), "{}", robot.text());
}

#[test]
fn a_customer_pays_what_is_open_in_the_order_of_the_rules() {
    let mut robot = robot();
    robot.keys("acme corp<F8>");
    assert!(robot.sees("2 payments") && robot.sees("Open          166.14 USD"), "{}", robot.text());
    robot.keys("BT-1<Shift+Tab><Shift+Tab>77.14<F2>");
    assert_eq!(robot.message(), "2025-0097 is paid, 77.14. Ctrl+Z takes it back.");
}

#[test]
fn a_member_of_a_group_pays_with_the_group() {
    let mut robot = robot();
    robot.keys("weber<F8>");
    assert!(robot.sees("Acme HQ") && robot.sees("356.00 USD"), "{}", robot.text());
}

#[test]
fn letters_change_nothing_but_what_is_found() {
    let mut robot = robot();
    let before = unpaid(robot.app.desk());
    robot.keys("zzzqq");
    assert!(robot.sees("nothing found") && robot.sees("Nothing matches."), "{}", robot.text());
    robot.keys("<F8>");
    assert!(robot.message().starts_with("That key does nothing"), "{}", robot.message());
    robot.keys("<Esc>");
    assert!(robot.sees("What to do today"), "{}", robot.text());
    assert_eq!(before, unpaid(robot.app.desk()));
}

#[test]
fn commands_are_found_and_an_order_begins_with_the_customer() {
    let mut robot = robot();
    robot.keys("acme corp");
    assert!(robot.sees("New order for Acme Corp"), "{}", robot.text());
    robot.keys("<F6>");
    assert!(robot.sees("New order") && robot.sees("Acme Corp"), "{}", robot.text());
    robot.keys("<Esc><Esc><Esc>");
    robot.keys("<Ctrl+U>invoices<Up><Enter>");
    assert_eq!(robot.app.tab(), Tab::Invoices, "{}", robot.text());
}

#[test]
fn an_empty_book_says_what_to_do() {
    let [address, email, iban] = ["1 Quay", "rent@harbour.example", "DE89370400440532013000"].map(str::to_owned);
    let draft = ShopDraft { address, email, iban, tax_number: "12".into(), ..crate::fixture::draft() };
    let mut robot = Robot::at(crate::fixture::shop_with("2025-11-17", &draft).0, rentbook::tui::screens::open);
    assert!(robot.sees("Nothing overdue. Good.") && robot.sees("F6 takes an order"), "{}", robot.text());
    robot.keys("<Enter>");
    assert_eq!(robot.message(), "Nothing waits for you.");
}

// F70
#[test]
fn what_papers_and_mails_lack_stands_on_today_until_it_is_done() {
    let mut robot = Robot::at(crate::fixture::shop("2025-11-17").0, rentbook::tui::screens::open);
    assert!(robot.sees("? Things left to set up                     4"), "{}", robot.text());
    robot.keys("<Enter>");
    let asked = ["invoices bear only the name", "no message can be sent", "where to pay", "Logo, if there is one"];
    assert!(asked.iter().all(|lack| robot.sees(lack)) && !robot.sees("VAT"), "{}", robot.text());
    robot.keys("<Enter>14 Quay Street; Exampleton<F2>");
    assert!(robot.sees("? Things left to set up                     3"), "{}", robot.text());
    robot.keys("<Enter><Enter>rent@harbour.example<F2>");
    robot.keys("<Enter><Enter>DE89370400440532013000<F2>");
    assert!(!robot.sees("Things left to set up") && robot.sees("Nothing waits for you."), "{}", robot.text());
}

#[test]
fn the_day_before_the_pass_says_so() {
    let (desk, hand) = desk_on(rentbook::services::Book::in_memory().unwrap());
    hand.set("2025-11-18");
    let mut robot = Robot::at(desk, rentbook::tui::screens::open);
    assert!(robot.sees("Today's billing has not run yet: F5 runs it."), "{}", robot.text());
    robot.keys("<F5>");
    assert!(!robot.sees("not prepared yet"), "{}", robot.text());
}
