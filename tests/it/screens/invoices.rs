//! The list of invoices, the page of one, and the page of a payment.

use rentbook::domain::status::PaymentStatus;
use rentbook::services::Book;
use rentbook::tui::screens;

use super::harbour::{desk_on, robot, unpaid};
use crate::robot::Robot;

/// A robot on the tab of invoices.
fn invoices() -> Robot {
    let mut robot = robot();
    robot.keys("<Tab><Tab><Tab><Tab>");
    robot
}

#[test]
fn the_list_of_invoices_looks_like_this() {
    let mut robot = invoices();
    robot.keys("<Down><Down><Down><Down>");
    insta::assert_snapshot!("invoices", robot.looks());
    robot.resize(120, 40);
    insta::assert_snapshot!("invoices_wide", robot.text());
    for (view, sign) in [
        ("[Overdue]", "! Overdue 17 d"),
        ("[Paid]", "+ Paid"),
        ("[Drafts]", "No invoice waits for approval."),
        ("[Void]", "No invoice was withdrawn."),
        ("[All]", "2025-0107"),
    ] {
        robot.keys("<Right>");
        assert!(robot.sees(view) && robot.sees(sign), "{view}\n{}", robot.text());
    }
}

#[test]
fn the_page_of_an_invoice_looks_like_this() {
    let mut robot = invoices();
    robot.keys("0097<Enter>");
    insta::assert_snapshot!("invoice", robot.looks());
    robot.resize(120, 40);
    insta::assert_snapshot!("invoice_wide", robot.text());
    robot.resize(80, 24).keys("<Tab><Enter>");
    assert!(robot.message().starts_with("Money has no page of its own"), "{}", robot.message());
    robot.keys("<Right>");
    assert!(robot.sees("Invoices > 2025-0098"), "{}", robot.text());
    robot.keys("<Left><Left>");
    assert!(robot.sees("Invoices > 2025-0096"), "{}", robot.text());
}

#[test]
fn the_page_of_a_payment_looks_like_this() {
    let mut robot = robot();
    robot.keys("<Tab><Tab>0097<Enter>");
    insta::assert_snapshot!("payment", robot.looks());
    robot.resize(120, 40);
    insta::assert_snapshot!("payment_wide", robot.text());
    robot.resize(80, 24).keys("<Left>");
    assert!(robot.sees("Payments > 2025-00") && !robot.sees("> 2025-0097"), "{}", robot.text());
    robot.keys("<Right><Enter>");
    assert!(robot.sees("Invoices > 2025-0097"), "{}", robot.text());
    robot.keys("<Esc>");
    assert!(robot.sees("Payments > 2025-0097"), "{}", robot.text());
}

#[test]
fn a_payment_is_taken_on_the_page_and_stands_in_the_money_box() {
    let mut robot = invoices();
    robot.keys("0097<Enter><F8>BT-778123<F2>");
    assert_eq!(robot.message(), "2025-0097 is paid, 77.14. Ctrl+Z takes it back.");
    assert!(robot.sees("+ PAID") && robot.sees("Bank transfer BT-778123") && robot.sees("0.00 │"), "{}", robot.text());
    robot.keys("<F8>");
    assert_eq!(robot.message(), "It is paid already.");
    robot.keys("<Ctrl+Z>");
    assert!(robot.sees("Taken back") && robot.sees("OPEN BALANCE   77.14 USD"), "{}", robot.text());
}

#[test]
fn a_whole_group_invoice_is_paid_in_one_step() {
    let mut robot = invoices();
    robot.keys("0088<F8>BT-1<F2>");
    assert!(robot.message().starts_with("2 payments, 178.00 with receipt"), "{}", robot.message());
    assert!(unpaid(robot.app.desk()).iter().all(|row| row.0 != "2025-0088"));
}

#[test]
fn an_invoice_is_voided_with_a_reason_and_a_question_that_no_held_key_answers() {
    let mut robot = invoices();
    robot.keys("0104<Enter>").act("Void 2025-0104");
    robot.keys("<F2>");
    assert!(robot.sees("x Please fill in: reason."), "{}", robot.text());
    robot.keys("entered twice<F2>");
    assert!(robot.sees("for 45.50 USD becomes void"), "{}", robot.text());
    robot.hold("Enter", 30);
    assert!(robot.sees("Okafor") && !robot.sees("VOID"), "{}", robot.text());
    robot.keys("<F2>y");
    assert_eq!(robot.message(), "Invoice 2025-0104 is void; its payments are cancelled.");
    assert!(robot.sees("- VOID"), "{}", robot.text());
    let rows: Vec<_> = unpaid(robot.app.desk()).into_iter().filter(|row| row.0 == "2025-0104").collect();
    assert!(rows.iter().all(|row| row.1 == PaymentStatus::Cancelled));
}

#[test]
fn an_invoice_out_of_turn_is_typed_in_and_opens() {
    let mut robot = invoices();
    robot.keys("0104<F6>");
    assert!(robot.sees("New extra invoice") && robot.sees("Okafor, Ngozi"), "{}", robot.text());
    robot.keys("Broken lens<Tab>2<Tab>12,50<F6>");
    insta::assert_snapshot!("new_invoice", robot.text());
    robot.keys("<Tab><Tab><Tab><Tab>Discount<Tab><Tab>-5<F2>");
    assert!(robot.sees("x A line cannot be below zero") && robot.sees("take the discount"), "{}", robot.text());
    robot.keys("<Ctrl+U><Shift+Tab><Shift+Tab><Ctrl+U><F2>");
    assert_eq!(robot.message(), "Invoice 2025-0108 is issued, 25.00.", "{}", robot.text());
    assert!(robot.sees("Invoices > 2025-0108") && robot.sees("Broken lens"), "{}", robot.text());
}

#[test]
fn papers_lie_beside_the_book_one_or_many() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().canonicalize().unwrap().join("shop.db");
    let (desk, _) = desk_on(Book::create(&path).unwrap());
    let mut robot = Robot::at(desk, screens::open);
    robot.keys("<Tab><Tab><Tab><Tab><Space><Space><Space><F7>").wait_for_job();
    assert!(robot.message().starts_with("3 PDFs were made, in "), "{}", robot.message());
    let made = std::fs::read_dir(path.with_file_name("invoices").join("2025")).unwrap().count();
    assert_eq!(made, 3);
    robot.keys("<Enter><F9>");
    assert!(robot.sees("as issued"), "{}", robot.text());
    robot.keys("h");
    let noted = robot.noted().pop().unwrap();
    assert!(noted.ends_with(" as issued.pdf"), "{noted}");
}

#[test]
fn marked_invoices_that_are_issued_are_not_approved() {
    let mut robot = invoices();
    robot.keys("<Space><Space><F9>");
    assert!(robot.sees("Approve 2 invoices") && robot.sees("Take payment of 2 invoices"), "{}", robot.text());
    robot.keys("<Esc>");
    robot.act("Approve 2 invoices");
    assert!(robot.sees("None of the marked invoices waits for approval."), "{}", robot.text());
}

// F3
#[test]
fn a_deed_works_on_the_marked_rows_or_says_why_not_and_names_what_it_works_on() {
    let mut robot = super::harbour::robot();
    robot.keys("<Tab><Tab><Tab><Tab><Space><Space><Space><F9>");
    assert!(robot.sees("Take payment of 3 invoices") && robot.sees("PDFs of 3 invoices"), "{}", robot.text());
    robot.keys("v");
    assert_eq!(robot.message(), "This works on one invoice, and 3 are marked: Esc unmarks them.");
    robot.keys("w").keys("t");
    assert_eq!(robot.message(), "This works on one invoice, and 3 are marked: Esc unmarks them.");
    assert_eq!(robot.app.dialog_count(), 1, "the menu is open still");
    // One marked row is worked on, wherever the cursor is; and named.
    robot.keys("<Esc><Esc><Space><Down><Down><F9>");
    let marked =
        robot.lines().iter().find_map(|line| line.split_once(" Void 2").map(|(_, rest)| format!("2{}", &rest[..8])));
    let marked = marked.unwrap();
    robot.keys("v");
    assert!(robot.sees(&format!("Void invoice   {marked}")), "{marked}:\n{}", robot.text());
}

// F3
#[test]
fn in_the_list_of_payments_too() {
    let mut robot = super::harbour::payments();
    robot.keys("<Space><Space><F7>");
    assert_eq!(robot.message(), "This works on one payment, and 2 are marked: Esc unmarks them.");
    robot.keys("<F9>");
    assert!(
        robot.sees("2 marked: one receipt for all") && robot.sees("2 marked: a receipt for each"),
        "{}",
        robot.text()
    );
    robot.keys("r");
    assert_eq!(robot.message(), "This works on one payment, and 2 are marked: Esc unmarks them.");
}
