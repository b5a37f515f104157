//! Footer, help, menu, actions, pickers: all from one table.

use super::demo::robot;

#[test]
fn the_footer_says_what_can_be_done_and_can_be_pressed() {
    let mut robot = robot();
    robot.keys("<Tab>");
    let footer = robot.lines()[23].clone();
    assert_eq!(footer, " F1 Help  (F2 Edit) F4 Filter F6 New F7 Print F8 Refund F9 Actions F10 Menu Esc");
    robot.click("(F2 Edit)");
    assert_eq!(robot.message(), "Row 1 is never changed.");
    robot.keys("<Down>").click("F2 Edit");
    assert!(robot.sees("Add a person"));
}

#[test]
fn f1_explains_the_keys_of_the_page_and_finds_one() {
    let mut robot = robot();
    robot.keys("?");
    assert!(robot.sees("Help: ") && robot.sees("How to"), "{}", robot.text());
    robot.keys("oops");
    assert!(!robot.sees("Ctrl+Z"));
    robot.keys("<Backspace><Backspace><Backspace><Backspace>undoes");
    assert!(robot.sees("Ctrl+Z"), "{}", robot.text());
    robot.keys("<Esc>a?");
    assert!(robot.sees("Find: a?"));
}

#[test]
fn the_menu_lists_every_command_with_its_key_and_says_why_not() {
    let mut robot = robot();
    robot.keys("<Tab><F10>");
    assert!(robot.sees("F8, Ctrl+K"), "{}", robot.text());
    robot.keys("edit the");
    assert!(robot.sees("(Edit the record under the cursor)"), "{}", robot.text());
    robot.keys("<Enter>");
    assert_eq!(robot.message(), "Row 1 is never changed.");
    robot.keys("<Esc>go to invoices<Enter>");
    assert!(robot.sees("[Invoices]"), "{}", robot.text());
    robot.keys("<F10>refund<Enter>");
    assert!(robot.sees("Refund 89.00 USD?"));
}

#[test]
fn actions_are_picked_by_a_digit_and_say_why_not() {
    let mut robot = robot();
    robot.keys("<F9>3");
    assert_eq!(robot.message(), "A paid invoice is not voided.");
    robot.keys("2");
    assert!(robot.sees("[Invoices]") && robot.sees("Find: 7"));
    robot.keys("<F9>1");
    assert!(robot.sees("Terms") && robot.sees("word word"));
    robot.keys("<PgDn><PgDn><Down><Esc>");
    assert_eq!(robot.app.dialog_count(), 0);
}

#[test]
fn a_choice_comes_back_to_the_one_that_asked() {
    let mut robot = robot();
    robot.keys("<Tab><F4>gre<Enter>");
    assert_eq!(robot.message(), "Chosen: green");
    robot.keys("<F4>").click("blue");
    assert_eq!(robot.message(), "Chosen: blue");
}

#[test]
fn what_is_open_is_finished_first() {
    let mut robot = robot();
    robot.keys("<F6><F10>");
    assert!(robot.message().starts_with("Finish what is open"));
    robot.keys("<Ctrl+Z>");
    assert!(robot.message().starts_with("Finish what is open"));
}

#[test]
fn long_work_reports_and_the_number_is_copied() {
    let mut robot = robot();
    robot.keys("<Tab><F7>").wait_for_job();
    assert_eq!(robot.message(), "Counted to five.");
    robot.keys("<Ctrl+C>");
    assert_eq!(robot.noted(), ["copied 2025-0108"]);
}

#[test]
fn undo_speaks_of_what_there_is_to_take_back() {
    let mut robot = robot();
    robot.keys("<Ctrl+Z>");
    assert!(robot.message().ends_with('.') && robot.app.message().is_some(), "{}", robot.message());
    robot.keys("<F5>");
    assert!(robot.message().starts_with("Refreshed"), "{}", robot.message());
}

#[test]
fn tabs_and_rows_can_be_pressed_and_the_wheel_scrolls() {
    let mut robot = robot();
    robot.click("Reports");
    assert!(robot.sees("[Reports]"));
    robot.click("row 4").wheel(3);
    assert!(robot.sees(" > row 4") && !robot.sees("  row 3 "), "{}", robot.text());
    robot.click("row 7").click("row 7");
    assert!(robot.sees("Customers > Customer"));
    robot.keys("<F6>");
    assert_eq!(robot.message(), "That key does nothing on this page. F1 shows the keys.");
}
