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
        ("aging", "Report: open by age (aging)"),
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

/// Everything the help says, however long it is.
fn help(robot: &mut Robot) -> String {
    robot.resize(120, 90).keys("<F1>");
    let text = robot.text();
    robot.keys("<Esc>");
    text
}

// F82
#[test]
fn f1_says_what_a_page_is_for_how_its_jobs_are_done_and_only_keys_that_do_something() {
    let mut robot = harbour::robot();
    for (about, has, lacks) in [
        ("Today shows what waits", "New order.", "F7, Ctrl+X"),
        ("All customers, people and companies", "Take payment.", "Fill in"),
        ("A payment is what a customer owes", "Mark paid.", "F2, Ctrl+O"),
        ("A billing group is several customers", "New group.", "F7, Ctrl+X"),
        ("All invoices and credit notes", "New invoice.", "F2, Ctrl+O"),
        ("The figures of the shop", "Rows behind.", "F8, Ctrl+K"),
    ] {
        let text = help(&mut robot);
        assert!(text.contains(about) && text.contains("How to") && text.contains(has), "{text}");
        assert!(!text.contains(lacks), "{lacks}: {text}");
        assert!(text.contains("Esc, F3, F12") && text.contains("Ctrl+Z"), "{text}");
        robot.keys("<Tab>");
    }
    robot.keys("<F10>shop set<Enter>");
    let text = help(&mut robot);
    assert!(text.contains("Put your logo on papers"), "{text}");
    assert!(!text.contains("F6") && !text.contains("F9, Ctrl+E") && !text.contains("Shows the next record"), "{text}");
    robot.keys("<Enter>");
    let text = help(&mut robot);
    assert!(text.contains("Nothing is saved until you press F2") && !text.contains("Ctrl+Z"), "{text}");
}
