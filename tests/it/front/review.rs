//! Drafts, messages and statements, by keys.

use rentbook::services::Action;
use rentbook::services::actions::customer::CustomerDraft;
use rentbook::tui::screens;

use crate::fixture::shop;
use crate::issuing::{change, extra, sound};
use crate::robot::Robot;

/// Three drafts of a customer with an address.
fn drafts() -> Robot {
    let (mut desk, _) = shop("2026-03-02");
    let ana = CustomerDraft {
        first_name: "Ana".into(),
        last_name: "Ito".into(),
        email: "ana@example.com".into(),
        ..CustomerDraft::default()
    };
    desk.perform(Action::AddCustomer(Box::new(ana))).unwrap();
    change(&desk, "UPDATE collection_policy SET review_required = 1");
    for text in ["Cleaning", "Repair", "Delivery"] {
        extra(&mut desk, rentbook::domain::id::CustomerId(1), text, "50");
    }
    Robot::at(desk, screens::open)
}

#[test]
fn today_leads_to_the_drafts_and_one_or_all_shown_are_approved() {
    let mut robot = drafts();
    assert!(robot.sees("Invoices to approve"), "{}", robot.text());
    robot.keys("<Tab><Tab><Tab><Tab><Right><Right><Right>");
    assert!(robot.sees("[Drafts]") && robot.sees("F8 Approve"), "{}", robot.text());
    robot.keys("<F8>");
    assert_eq!(robot.message(), "Invoice 2026-0001 is approved and issued, 50.00.");
    robot.keys("<Ctrl+A><F8>");
    assert!(robot.sees("2 invoices for 100.00 USD get their numbers"), "{}", robot.text());
    robot.keys("<Enter>");
    assert!(robot.sees("[Drafts]") && robot.sees("Repair") | robot.sees("Ito, Ana"), "No has the cursor");
    robot.keys("<F8>y");
    assert_eq!(robot.message(), "2 invoices are approved and issued, 2026-0002 to 2026-0003, 100.00.");
    assert!(robot.sees("No invoice waits for approval"), "{}", robot.text());
    sound(robot.app.desk());
}

#[test]
fn an_invoice_is_sent_to_its_contact_and_that_is_taken_back() {
    let mut robot = drafts();
    robot.keys("<Tab><Tab><Tab><Tab><Right><Right><Right><F8><Left><Left><Left>");
    robot.act("to its contact");
    assert!(robot.sees("[ana@example.com"), "{}", robot.text());
    robot.keys("<Ctrl+U>nobody<F2>");
    assert!(robot.sees("x “nobody”"), "{}", robot.text());
    robot.keys("<Ctrl+U><F2>");
    assert_eq!(robot.message(), "A message to ana@example.com waits to be sent.");
    robot.keys("<Ctrl+Z>");
    assert_eq!(robot.message(), "The message is withdrawn.");
}

#[test]
fn a_voided_invoice_asks_what_becomes_of_its_lines() {
    let mut robot = drafts();
    robot.keys("<Tab><Tab><Tab><Tab><Right><Right><Right><F8><Left><Left><Left>");
    robot.act("Void 20");
    robot.keys("wrong address<Tab>");
    assert!(robot.sees("its payments are cancelled"), "{}", robot.text());
    robot.keys("<Right>");
    assert!(robot.sees("its lines stand on a new invoice"), "{}", robot.text());
    robot.keys("<F2>y");
    assert!(
        robot.message().starts_with("Invoice 2026-0001 is void; its replacement waits for review"),
        "{}",
        robot.message()
    );
    sound(robot.app.desk());
}
