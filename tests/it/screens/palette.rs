//! The menu of everything (F10): found by everyday words, with its key, and why not.

use super::harbour;
use crate::robot::Robot;

/// The entry that has the cursor.
fn first(robot: &Robot) -> String {
    robot
        .lines()
        .iter()
        .find_map(|line| line.rsplit_once("│ > "))
        .map(|(_, entry)| entry.to_owned())
        .unwrap_or_default()
}

// F82
#[test]
fn f10_finds_what_one_means_by_everyday_words_from_any_page() {
    let meant = [
        ("undo", "Undo the last step"),
        ("mistake", "Undo the last step"),
        ("backup", "Make a backup now"),
        ("restore", "Bring back a backup"),
        ("export", "Export customers"),
        ("excel", "Export customers"),
        ("statement", "Print a statement of account"),
        ("quit", "Quit rentbook"),
        ("exit", "Quit rentbook"),
        ("new order", "New order"),
        ("rental", "New order"),
        ("new customer", "New customer"),
        ("new invoice", "New extra invoice"),
        ("settings", "Go to Shop settings"),
        ("logo", "Go to Shop settings"),
        ("overdue", "Go to Payments"),
        ("refund", "Refund"),
        ("aging", "Report: what is open, by age"),
        ("help", "Help for this page"),
    ];
    for tab in ["", "<Tab>", "<Tab><Tab>", "<Tab><Tab><Tab><Tab>", "<Tab><Tab><Tab><Tab><Tab>"] {
        let mut robot = harbour::robot();
        robot.keys(tab);
        for (typed, entry) in meant {
            robot.keys("<F10>").keys(typed);
            assert!(robot.sees(entry), "{typed}: {}", robot.text());
            robot.keys("<Esc><Esc>");
        }
        robot.keys("<F10>pay");
        let found = first(&robot);
        assert!(found.contains("as paid") || found.contains("ayment"), "{found}\n{}", robot.text());
    }
}

// F82
#[test]
fn a_deed_of_the_row_stands_before_those_of_the_program_with_its_key() {
    let mut robot = harbour::payments();
    robot.keys("<F10>pay");
    let found = first(&robot);
    assert!(found.contains("Mark 2025-") && found.contains("F8"), "{}", robot.text());
    robot.keys("<Esc><Esc><F10>money back");
    assert!(first(&robot).contains("Refund money: choose the payment"), "{}", robot.text());
    robot.keys("<Down>");
    assert!(first(&robot).contains("(Refund 2025-"), "{}", robot.text());
    assert!(robot.sees("Nothing to refund: no payment received yet."), "{}", robot.text());
}

// F82
#[test]
fn a_payment_is_taken_and_a_backup_made_from_wherever_one_is() {
    let mut robot = harbour::robot();
    robot.keys("<F10>pay<Enter>");
    assert!(robot.sees("Which invoice was paid?"), "{}", robot.text());
    robot.keys("<Enter>");
    assert!(robot.sees("After saving"), "{}", robot.text());
    robot.keys("<Esc><F10>statement<Enter>");
    assert!(robot.sees("Whose statement of account?"), "{}", robot.text());
    robot.keys("<Enter>");
    assert!(robot.sees("First day"), "{}", robot.text());
    robot.keys("<Esc><F10>restore<Enter>");
    assert!(robot.sees("restore BACKUP"), "{}", robot.text());
    robot.keys("<Esc>");
}
