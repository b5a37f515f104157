//! What is done with money from the keys: given back, tried again, credited, disputed, cancelled, parted by hand.

use rentbook::domain::status::PaymentStatus;

use super::harbour::{payments, unpaid};
use crate::robot::Robot;

fn row(robot: &Robot, number: &str) -> Option<(PaymentStatus, i64)> {
    unpaid(robot.app.desk()).into_iter().find(|row| row.0 == number).map(|row| (row.1, row.2))
}

fn number(robot: &Robot, sql: &str) -> i64 {
    robot.app.desk().read(|db| db.one(sql, &[], |row| row.int(0))).unwrap().unwrap_or(0)
}

#[test]
fn a_customer_is_found_with_five_keys() {
    let mut robot = super::harbour::robot();
    robot.keys("lind<Enter>");
    assert_eq!(robot.pressed(), 5);
    assert!(robot.sees("Customers > Lindqvist Design AB"), "{}", robot.text());
}

#[test]
fn a_card_charged_elsewhere_is_booked_by_its_outcome_and_reference() {
    // F4: nothing is charged from here, so nothing is booked by keys that say nothing.
    let mut robot = payments();
    let before = robot.pressed();
    robot.keys("<Right><Right><Down><F8>");
    insta::assert_snapshot!("retry", robot.text());
    robot.keys("<F2>");
    assert!(robot.sees("x Choose one from the list"), "{}", robot.text());
    robot.keys("c<F2>");
    assert!(robot.sees("x Please fill in: reference."), "{}", robot.text());
    assert_eq!(number(&robot, "SELECT COUNT(*) FROM receipt WHERE reference = 'ch_1'"), 0);
    robot.keys("ch_1<F2>");
    assert_eq!(robot.pressed() - before, 12);
    assert!(robot.message().contains(" is paid: Card. Ctrl+Z takes it back."), "{}", robot.message());
    assert_eq!(number(&robot, "SELECT COUNT(*) FROM charge_attempt WHERE state = 'settled'"), 1);
    robot.keys("<Ctrl+Z>");
    assert_eq!(number(&robot, "SELECT COUNT(*) FROM payment WHERE status = 'failed'"), 2);
}

#[test]
fn a_charge_that_was_sent_or_declined_is_said_so() {
    let mut robot = payments();
    robot.keys("<Right><Right><F8>sent<F2>");
    assert!(robot.message().contains("is being charged: Card"), "{}", robot.message());
    assert_eq!(number(&robot, "SELECT COUNT(*) FROM payment WHERE status = 'processing'"), 2);
    robot.keys("<F8>dec");
    assert!(robot.sees("Reason") && robot.sees("the attempt is kept with its reason"), "{}", robot.text());
    robot.keys("<F2>");
    assert!(robot.message().contains("failed again. A message waits to be sent."), "{}", robot.message());
    assert!(robot.sees("x Failed  2nd"), "{}", robot.text());
}

#[test]
fn a_partial_refund_takes_seventeen_keys_and_asks_with_no_in_focus() {
    let mut robot = payments();
    let before = robot.pressed();
    // The view of what is paid, a number, the actions, the amount.
    robot.keys("<Right><Right><Right><Right>0087<F9>");
    let letter = robot
        .lines()
        .iter()
        .find_map(|line| line.split_once(" Refund ").and_then(|(before, _)| before.trim_end().chars().last()));
    robot.keys(&letter.unwrap().to_string());
    insta::assert_snapshot!("refund", robot.looks());
    robot.keys("20.5<F2>");
    assert!(
        robot.sees("20.50 USD of 2025-0087 goes back to the payer.") && robot.sees("nothing is owed for it."),
        "{}",
        robot.text()
    );
    assert!(robot.sees(">[ n Not yet ]"), "{}", robot.text());
    robot.keys("y");
    assert!(robot.pressed() - before <= 17, "{} keys", robot.pressed() - before);
    assert!(robot.message().contains("with credit note CN-2025-0001, nothing is owed for it"), "{}", robot.message());
    assert_eq!(row(&robot, "2025-0087"), None);
    robot.keys("<Ctrl+Z>");
    assert_eq!(row(&robot, "2025-0087"), None);
}

#[test]
fn thirty_enters_never_confirm_a_refund() {
    let mut robot = payments();
    robot.keys("<Right><Right><Right><Right>0087");
    robot.act("Refund");
    robot.keys("<F2>").hold("Enter", 30);
    assert_eq!(number(&robot, "SELECT COUNT(*) FROM refund"), 0);
}

#[test]
fn a_refund_with_a_credit_note_shows_the_state_after_it() {
    let mut robot = payments();
    robot.keys("<Right><Right><Right><Right>0087");
    robot.act("Refund");
    robot.keys("20");
    assert!(robot.sees("After saving: open 0.00, status + Paid, 20.00 back"), "{}", robot.text());
    robot.keys("<F2>y");
    assert!(robot.message().contains("with credit note CN-2025-0001, nothing is owed for it"), "{}", robot.message());
    assert!(robot.sees("Amount 89.00 USD, 20.00 back"), "{}", robot.text());
}

#[test]
fn cancelling_the_only_line_of_an_invoice_says_that_the_invoice_falls_with_it() {
    let mut robot = payments();
    robot.keys("0104");
    robot.act("Cancel the payment");
    insta::assert_snapshot!("cancel_payment", robot.text());
    robot.keys("<F2>");
    assert_eq!(row(&robot, "2025-0104"), Some((PaymentStatus::Cancelled, 4550)));
    robot.keys("<Ctrl+Z>");
    assert!(robot.message().contains("is owed again, on 2025-"), "{}", robot.message());
}

#[test]
fn a_credit_note_and_a_waiver_are_taken_back_by_undo() {
    let mut robot = payments();
    robot.keys("0104");
    robot.act("Credit note on");
    robot.keys("10<Tab>late delivery");
    assert!(robot.sees("After saving: open 35.50 of the invoice"), "{}", robot.text());
    robot.keys("<F2>");
    assert_eq!(robot.message(), "Credit note CN-2025-0001 for 10.00. Ctrl+Z takes it back.");
    robot.act("Waive the rest of");
    robot.keys("good will<F2>");
    assert_eq!(row(&robot, "2025-0104"), Some((PaymentStatus::Cancelled, 0)));
    robot.keys("<Ctrl+Z><Ctrl+Z>");
    assert_eq!(row(&robot, "2025-0104"), Some((PaymentStatus::Pending, 4550)));
}

#[test]
fn a_check_clears_and_bounces_from_the_actions() {
    let mut robot = payments();
    robot.keys("0104<F8>CH-1<Shift+Tab><Right><Right><Right><F2>");
    assert!(robot.message().contains("is on its way"), "{}", robot.message());
    robot.keys("<Esc><Esc><Right><Right><Right>0104");
    robot.act("check/debit cleared");
    assert!(robot.message().contains("has cleared"), "{}", robot.message());
    assert_eq!(row(&robot, "2025-0104"), None);
    robot.keys("<Esc><Esc><Right>0104");
    robot.act("check/debit bounced");
    robot.keys("<F2>y");
    assert_eq!(row(&robot, "2025-0104"), Some((PaymentStatus::Failed, 4550)));
}

#[test]
fn cash_is_given_its_receipt_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().canonicalize().unwrap().join("shop.db");
    let (desk, _) = super::harbour::desk_on(rentbook::services::Book::create(&path).unwrap());
    let mut robot = Robot::at(desk, rentbook::tui::screens::open);
    robot.keys("<Tab><Tab>0104<F8><Shift+Tab><Right><Right><Right><Right><F2>");
    let noted = robot.noted().pop().unwrap_or_default();
    assert!(noted.contains("receipts/2025/R-2025-"), "{noted}\n{}", robot.text());
    let pdf = std::fs::read(noted.trim_start_matches("viewed ")).unwrap();
    assert!(pdf.starts_with(b"%PDF"));
}

#[test]
fn a_period_ahead_is_invoiced_and_paid_or_cancelled() {
    let mut robot = payments();
    robot.keys("<Left>tanaka");
    assert!(robot.sees("[Upcoming]"), "{}", robot.text());
    let before = number(&robot, "SELECT COUNT(*) FROM invoice");
    robot.keys("<F8>");
    assert_eq!(number(&robot, "SELECT COUNT(*) FROM invoice"), before + 1);
    assert!(robot.sees("Payments > "), "it is shown, to be paid:\n{}", robot.text());
    robot.keys("<F8>BT-9<F2>");
    assert!(robot.message().contains("is paid"), "{}", robot.message());
    robot.keys("<Esc>");
    robot.act("Cancel this period");
    robot.keys("<F2>");
    assert!(robot.message().contains("is cancelled and never billed"), "{}", robot.message());
    robot.keys("<Ctrl+Z>");
    assert!(robot.message().contains("is upcoming again"), "{}", robot.message());
}

#[test]
fn the_parts_of_a_receipt_are_proposed_and_can_be_made_by_hand() {
    let mut robot = payments();
    robot.keys("weber<Insert><Esc>weber<Down><Insert><F8>");
    insta::assert_snapshot!("mark_paid_parts", robot.text());
    robot.keys("BT-7<Shift+Tab><Shift+Tab>100");
    assert!(robot.sees("11.00] of 89.00"), "the proposal follows the amount:\n{}", robot.text());
    robot.keys("<Tab><Tab><Tab>40<Tab>60");
    assert!(robot.sees("After saving: open 78.00, parted by hand"), "{}", robot.text());
    robot.keys("<F2>");
    assert!(robot.message().starts_with("2 payments, 100.00 with receipt"), "{}", robot.message());
    let parts = "SELECT COUNT(*) FROM allocation a JOIN receipt r ON r.id = a.receipt_id WHERE r.reference = 'BT-7' \
        AND a.amount_minor IN (4000, 6000)";
    assert_eq!(number(&robot, parts), 2);
}

#[test]
fn marked_payments_are_paid_each_with_its_own_reference_and_day() {
    let mut robot = payments();
    robot.keys("<Space><Space>");
    robot.act("2 marked: a receipt for each");
    // F6: the first reference goes to the first payment.
    robot.keys("BT-1<Tab><Tab>");
    robot.keys("<F2>");
    assert!(robot.sees("2 payments with 218.00 in all are marked as paid."), "{}", robot.text());
    assert!(robot.sees("Without a reference: 2025-0088.") && robot.sees(">[ n Not yet ]"), "{}", robot.text());
    robot.keys("nBT-2<Tab>-");
    insta::assert_snapshot!("mark_each", robot.text());
    robot.keys("<F2>");
    assert!(!robot.sees("Without a reference"), "{}", robot.text());
    robot.keys("y");
    assert_eq!(robot.message(), "2 payments with 2 receipts. Ctrl+Z takes them back.");
    let own = "SELECT COUNT(*) FROM receipt WHERE (reference = 'BT-1' AND received_on = '2025-11-17') \
        OR (reference = 'BT-2' AND received_on = '2025-11-16')";
    assert_eq!(number(&robot, own), 2);
}

#[test]
fn payment_methods_stand_on_the_customers_page_and_ending_cards_on_the_start_page() {
    let mut robot = super::harbour::robot();
    robot.keys("tanaka<Enter><Shift+Tab><Shift+Tab><Shift+Tab>");
    assert!(robot.sees("[Methods"), "{}", robot.text());
    robot.keys("<F6><Tab>Visa<Tab>4242424242424242<Tab>12/25<F2>");
    assert!(robot.sees("card number"), "{}", robot.text());
    robot.keys("<Ctrl+U>4242<F2>");
    assert_eq!(robot.message(), "Visa 4242, 12/25 is kept. Ctrl+Z takes it back.");
    robot.keys("<F6><Right><F2>");
    robot.keys("<Ctrl+U>M-17<Tab>t<F2>");
    insta::assert_snapshot!("methods", robot.text());
    robot.keys("<Down>");
    robot.act("Make it the default method");
    assert_eq!(robot.message(), "Direct debit, mandate M-17 is the default now. Ctrl+Z takes it back.");
    robot.keys("<Esc><Esc>");
    assert!(robot.sees("? Cards ending within 60 days"), "{}", robot.text());
}

#[test]
fn what_is_not_possible_with_a_payment_says_why_in_the_list() {
    let mut robot = payments();
    robot.keys("0104");
    robot.act("money is on its way");
    robot.keys("<Esc><Esc><Right><Right><Right>0104");
    for (entry, why) in [
        ("check/debit cleared", "No check or debit for it was written down"),
        ("check/debit bounced", "No check or debit for it was written down"),
        ("Receipt PDF of", "No receipt stands on it."),
        ("from credit", "Money for it is on its way"),
        ("Refund", "Nothing to refund: no payment received yet."),
    ] {
        robot.act(entry);
        assert!(robot.sees(why), "{entry}: {}", robot.text());
        robot.keys("<Esc>");
    }
}

#[test]
fn a_receipt_is_printed_from_the_customers_page() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().canonicalize().unwrap().join("shop.db");
    let (desk, _) = super::harbour::desk_on(rentbook::services::Book::create(&path).unwrap());
    let mut robot = Robot::at(desk, rentbook::tui::screens::open);
    robot.keys("<Tab><Tab>0104<F8>BT-5<F2>");
    assert!(robot.message().contains("is paid"), "{}", robot.message());
    robot.keys("<Shift+Tab>okafor<Enter>");
    for _ in 0..9 {
        if !robot.sees("[Payments") {
            robot.keys("<Tab>");
        }
    }
    robot.keys("<F4>");
    let digit = robot.lines().iter().find_map(|line| line.split_once(" Receipts")?.0.trim_end().chars().last());
    robot.keys(&digit.unwrap().to_string());
    assert!(robot.sees("R-2025-"), "{}", robot.text());
    robot.keys("<F7>");
    let noted = robot.noted().pop().unwrap_or_default();
    assert!(noted.contains("receipts/2025/R-2025-"), "{noted}\n{}", robot.text());
    assert!(std::fs::read(noted.trim_start_matches("viewed ")).unwrap().starts_with(b"%PDF"));
}

// F5
#[test]
fn the_reason_of_a_refund_decides_whether_it_is_owed_again_and_two_reasons_ask() {
    let mut robot = payments();
    robot.keys("<Right><Right><Right><Right>0087");
    robot.act("Refund");
    robot.keys("20<Tab>");
    assert!(
        robot.sees("Charged incorrectly: wrong amount") && robot.sees("No: with a credit note"),
        "{}",
        robot.text()
    );
    robot.keys("<Right>");
    assert!(robot.sees("Charged incorrectly: taken twice") && robot.sees("Yes: it is open again"), "{}", robot.text());
    robot.keys("disp");
    assert!(robot.sees("Dispute") && !robot.sees("Yes: it is open again"), "{}", robot.text());
    robot.keys("<F2>");
    assert!(!robot.sees("goes back to the payer"), "{}", robot.text());
}
