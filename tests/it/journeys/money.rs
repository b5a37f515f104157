//! Money comes in, fails to come, is disputed and goes back: each scenario by keys.

use rentbook::domain::status::PaymentStatus;
use rentbook::tui::screens;

use crate::rented::rented;
use crate::robot::Robot;
use crate::screens::harbour::{self, payments, unpaid};

/// What is open of an invoice, and the statuses of its payments that are not paid.
fn open_of(robot: &Robot, number: &str) -> (i64, Vec<PaymentStatus>) {
    let rows: Vec<_> = unpaid(robot.app.desk()).into_iter().filter(|row| row.0 == number).collect();
    (rows.iter().map(|row| row.2).sum(), rows.into_iter().map(|row| row.1).collect())
}

fn number(robot: &Robot, sql: &str) -> i64 {
    robot.app.desk().read(|db| db.one(sql, &[], |row| row.int(0))).unwrap().unwrap_or(0)
}

/// Goes home from wherever it is, and on to another tab.
fn tab(robot: &mut Robot, name: &str) {
    robot.keys("<Esc><Esc><Esc><Esc><Esc><Esc>");
    for _ in 0..6 {
        if robot.sees(&format!("[{name}]")) {
            return;
        }
        robot.keys("<Tab>");
    }
    panic!("no tab {name}:\n{}", robot.text());
}

/// Goes on with Tab until a section of the page is open.
fn section(robot: &mut Robot, name: &str) {
    for _ in 0..12 {
        if robot.sees(&format!("[{name}")) {
            return;
        }
        robot.keys("<Tab>");
    }
    panic!("no section {name}:\n{}", robot.text());
}

#[test]
fn recording_a_bank_transfer_takes_fifteen_keys() {
    let mut robot = payments();
    assert_eq!(open_of(&robot, "2025-0104"), (4550, vec![PaymentStatus::Pending]));
    let before = robot.pressed();
    robot.keys("0104<F8>BT-778123<F2>");
    assert_eq!(robot.pressed() - before, 15);
    assert_eq!(robot.message(), "2025-0104 is paid, 45.50. Ctrl+Z takes it back.");
    assert_eq!(open_of(&robot, "2025-0104"), (0, vec![]));
    assert!(robot.sees("15 payments, open 1,814.64 USD"), "{}", robot.text());
    assert!(robot.sees(" Find:      "), "the box is free for the next number");
    robot.keys("<Ctrl+Z>");
    assert_eq!(open_of(&robot, "2025-0104"), (4550, vec![PaymentStatus::Pending]));
    assert!(robot.sees("16 payments, open 1,860.14 USD"), "{}", robot.text());
}

#[test]
fn handling_a_card_decline() {
    let mut robot = harbour::robot();
    // Today says what failed; Enter leads to the rows.
    assert!(robot.sees("x Failed - retry or call"), "{}", robot.text());
    robot.keys("brightside<Enter>");
    section(&mut robot, "Methods");
    robot.keys("<F6><Tab>Visa<Tab>4242<Tab>12/27<F2>");
    assert_eq!(robot.message(), "Visa 4242, 12/27 is kept. Ctrl+Z takes it back.");
    // The old card fails once more: the attempt is kept, and the customer is told.
    tab(&mut robot, "Payments");
    robot.keys("<Right><Right>brightside");
    assert!(robot.sees("x Failed  1st"), "{}", robot.text());
    robot.keys("<F8>declined<F2>");
    assert!(robot.message().contains("failed again. A message waits to be sent."), "{}", robot.message());
    assert!(robot.sees("x Failed  2nd"), "{}", robot.text());
    // The new one is charged.
    robot.keys("<F8>charge<Tab><Tab>ch_2<F2>");
    assert!(robot.message().contains(" is paid: Visa 4242"), "{}", robot.message());
    assert_eq!(number(&robot, "SELECT COUNT(*) FROM payment WHERE status = 'failed'"), 1);
    assert_eq!(number(&robot, "SELECT COUNT(*) FROM charge_attempt WHERE state = 'settled'"), 1);
    robot.keys("<Ctrl+Z>");
    assert_eq!(number(&robot, "SELECT COUNT(*) FROM payment WHERE status = 'failed'"), 2);
}

#[test]
fn customer_disputes_a_payment() {
    let mut robot = payments();
    robot.keys("0104");
    robot.act("Dispute of");
    robot.keys("was broken for two weeks<F2>");
    assert!(robot.message().contains("is disputed: no reminders, charges or fees"), "{}", robot.message());
    assert!(robot.sees("Disputed"), "{}", robot.text());
    // The filter finds it, and stands on the screen until Esc.
    robot.keys("<Esc><F4>");
    for _ in 0..9 {
        robot.keys("<Tab>");
    }
    robot.keys("<Space><F2>");
    assert!(robot.sees("Dispute: open") && robot.sees("1 payment, open 45.50 USD"), "{}", robot.text());
    // Half of it is credited, and the dispute is closed.
    robot.act("Credit note on");
    robot.keys("22.75<Tab>broken for two weeks<F2>");
    assert_eq!(robot.message(), "Credit note CN-2025-0001 for 22.75. Ctrl+Z takes it back.");
    robot.act("Close the dispute");
    robot.keys("<Right><F2>");
    assert!(robot.message().contains("is closed: for the shop"), "{}", robot.message());
    robot.keys("<Esc>");
    assert!(!robot.sees("Dispute: open"), "{}", robot.text());
    assert_eq!(open_of(&robot, "2025-0104"), (2275, vec![PaymentStatus::Pending]));
    robot.keys("<Ctrl+Z><Ctrl+Z><Ctrl+Z>");
    assert_eq!(open_of(&robot, "2025-0104"), (4550, vec![PaymentStatus::Pending]));
    assert_eq!(number(&robot, "SELECT COUNT(*) FROM dispute WHERE closed_on IS NULL"), 0);
}

#[test]
fn refund_after_early_return() {
    let mut robot = Robot::at(rented("2024-08-20").desk, screens::open);
    // The running month is paid, then the laptop comes back.
    robot.keys("<Tab><Tab>2024-0008<F8>BT-8<F2>");
    assert!(robot.message().starts_with("2024-0008 is paid, 129.00"), "{}", robot.message());
    tab(&mut robot, "Customers");
    robot.keys("delg<Enter><Enter>");
    robot.act("Early return");
    robot.keys("<F2>");
    assert!(robot.message().contains("ended on 20 Aug 2024: returned early."), "{}", robot.message());
    // A part of the month goes back and is owed no more: money out asks, and a held Enter answers nothing.
    tab(&mut robot, "Payments");
    robot.keys("<Right><Right><Right><Right>2024-0008");
    robot.act("Refund");
    robot.keys("45.77<Tab>early");
    assert!(robot.sees("After saving: open 0.00, status + Paid, 45.77 back"), "{}", robot.text());
    robot.keys("<F2>");
    assert!(robot.sees(">[ n Not yet ]"), "{}", robot.text());
    robot.hold("Enter", 30);
    assert_eq!(number(&robot, "SELECT COUNT(*) FROM refund"), 0);
    robot.keys("<F2>y");
    assert!(robot.message().contains("with credit note CN-2024-0002, nothing is owed for it"), "{}", robot.message());
    assert_eq!(number(&robot, "SELECT SUM(amount_minor) FROM refund"), 4577);
    assert_eq!(open_of(&robot, "2024-0008"), (0, vec![]));
    robot.keys("<Ctrl+Z>");
    assert_eq!(number(&robot, "SELECT SUM(amount_minor) FROM refund"), 0);
}

#[test]
fn one_transfer_for_three_invoices() {
    let mut robot = Robot::at(rented("2024-08-20").desk, screens::open);
    robot.keys("<Tab><Tab>delg<Down><Down><Insert><Insert><Insert>");
    assert!(robot.sees("3 marked = 387.00 USD"), "{}", robot.text());
    robot.keys("<F8>");
    assert!(robot.sees("3 payments    2024-0002, 2024-0003, 2024-0004"), "{}", robot.text());
    robot.keys("BT-77<F2>");
    assert!(robot.message().starts_with("3 payments, 387.00 with receipt R-2024-0001"), "{}", robot.message());
    let parts = "SELECT COUNT(*) FROM allocation a JOIN receipt r ON r.id = a.receipt_id WHERE r.reference = 'BT-77'";
    assert_eq!(number(&robot, parts), 3);
    assert_eq!(number(&robot, "SELECT COUNT(*) FROM receipt"), 1);
    robot.keys("<Ctrl+Z>");
    assert_eq!(open_of(&robot, "2024-0003"), (12900, vec![PaymentStatus::Pending]));
}

#[test]
fn a_transfer_that_pays_other_invoices_exactly_is_said_and_taken_only_by_a_person() {
    let mut robot = Robot::at(rented("2024-08-20").desk, screens::open);
    robot.keys("<Tab><Tab>0004<F8>BT-78<Shift+Tab><Shift+Tab><Ctrl+U>258");
    assert!(robot.sees("[ ] exactly 2024-0002, 2024-0003"), "{}", robot.text());
    assert!(robot.sees("[ ] pays what else is open, oldest first: "), "{}", robot.text());
    robot.keys("<Tab><Tab><Tab><Space>");
    assert!(robot.sees("After saving: 2024-0002, 2024-0003 paid, nothing is left over."), "{}", robot.text());
    robot.keys("<F2>");
    assert_eq!((open_of(&robot, "2024-0002").0, open_of(&robot, "2024-0003").0), (0, 0), "{}", robot.message());
    assert_eq!(open_of(&robot, "2024-0004").0, 12900);
}

#[test]
fn more_than_one_payment_takes_pays_the_oldest_of_the_others_when_somebody_says_so() {
    let mut robot = Robot::at(rented("2024-08-20").desk, screens::open);
    robot.keys("<Tab><Tab>0004<F8>BT-79<Shift+Tab><Shift+Tab><Ctrl+U>150<F2>");
    assert!(robot.sees("“The rest” in the form pays what else is open."), "{}", robot.text());
    robot.keys("n<Tab><Tab><Tab><Space>");
    assert!(robot.sees("After saving: 2 payments get a part, nothing is left over."), "{}", robot.text());
    robot.keys("<F2>");
    assert_eq!((open_of(&robot, "2024-0004").0, open_of(&robot, "2024-0001").0), (0, 30800), "{}", robot.message());
    assert_eq!(number(&robot, "SELECT amount_minor FROM receipt"), 15000);
}

#[test]
fn overpayment_kept_as_credit_and_used_later() {
    let mut robot = Robot::at(rented("2024-08-20").desk, screens::open);
    robot.keys("<Tab><Tab>0001<F8>BT-80<Shift+Tab><Shift+Tab><Ctrl+U>200<F2>y");
    assert_eq!(
        robot.message(),
        "129.00 of 2024-0001 is paid, 200.00 of the invoice stays open, 71.00 is kept as credit. Ctrl+Z takes it back."
    );
    tab(&mut robot, "Customers");
    robot.keys("delg<Enter>");
    assert!(robot.sees("71.00"), "the page of the customer shows its credit:\n{}", robot.text());
    tab(&mut robot, "Payments");
    robot.keys("0002");
    robot.act("from credit");
    robot.keys("<F2>");
    assert_eq!(open_of(&robot, "2024-0002"), (5800, vec![PaymentStatus::Pending]), "{}", robot.message());
    robot.keys("<Ctrl+Z>");
    assert_eq!(open_of(&robot, "2024-0002"), (12900, vec![PaymentStatus::Pending]));
    robot.keys("<Ctrl+Y>");
    assert_eq!(robot.message(), "“use credit” is not done again by itself: enter it anew.");
}

#[test]
fn a_check_clears_and_bounces_from_its_receipt() {
    let mut robot = payments();
    robot.keys("0104<F8>CH-1<Shift+Tab><Right><Right><Right><F2>");
    assert!(robot.message().contains("is on its way"), "{}", robot.message());
    tab(&mut robot, "Customers");
    robot.keys("okafor<Enter>");
    section(&mut robot, "Payments");
    robot.keys("<F4>");
    let letter = robot.lines().iter().find_map(|line| line.split_once(" Receipts")?.0.trim_end().chars().last());
    robot.keys(&letter.unwrap().to_string());
    assert!(robot.sees("CH-1"), "{}", robot.text());
    robot.act("check/debit cleared");
    assert!(robot.message().contains("has cleared"), "{}", robot.message());
    assert_eq!(open_of(&robot, "2025-0104"), (0, vec![]));
    robot.act("check/debit bounced");
    robot.keys("<F2>");
    assert_eq!(open_of(&robot, "2025-0104"), (4550, vec![PaymentStatus::Failed]), "{}", robot.text());
}
