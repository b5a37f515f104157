//! Deposits: held, returned, kept in part or whole.

use rentbook::services::actions::deposit::CloseDraft;
use rentbook::services::actions::receiving::Target;
use rentbook::services::{Action, Payer};

use super::{Rented, rented, sentence};
use crate::fixture::transfer;

/// The first invoice is paid: a month and the deposit.
fn paid() -> Rented {
    let mut rented = rented("2024-01-05");
    let owner = rentbook::domain::id::CustomerId(1);
    let draft = transfer(&rented.desk, Target::Payer(Payer::Customer(owner)), "329", "BT-1");
    rented.desk.perform(Action::Receive(Box::new(draft))).unwrap();
    rented
}

fn close(keep: &str, reason: &str, as_credit: bool) -> Action {
    Action::CloseDeposit(CloseDraft { deposit: 1, keep: keep.into(), reason: reason.into(), as_credit })
}

fn facts(rented: &Rented) -> [String; 4] {
    let one = |sql: &str| rented.rows(sql).join(",");
    [
        one("SELECT state || ' ' || kept_minor FROM deposit"),
        one("SELECT settled_minor || ' ' || status FROM payment WHERE kind = 'deposit'"),
        one("SELECT allocated_minor || ' ' || refunded_minor FROM receipt"),
        one("SELECT CAST(lifetime_minor AS TEXT) FROM customer WHERE id = 1"),
    ]
}

#[test]
fn a_deposit_stands_on_the_first_invoice_and_is_no_income() {
    let rented = paid();
    assert_eq!(rented.rows("SELECT CAST(total_minor AS TEXT) FROM invoice WHERE id = 1"), ["32900"]);
    assert_eq!(facts(&rented), ["held 0", "20000 paid", "32900 0", "12900"]);
}

#[test]
fn a_deposit_goes_back_and_comes_again_by_undo() {
    let mut rented = paid();
    let done = rented.desk.perform(close("", "", false)).unwrap();
    assert_eq!(done.said, "The deposit of subscription S-0001 is closed, 200.00 goes back.");
    assert_eq!(facts(&rented), ["returned 0", "20000 cancelled", "12900 20000", "12900"]);
    rented.sound();
    assert_eq!(rented.undo(), "The deposit is held again.");
    assert_eq!(facts(&rented), ["held 0", "20000 paid", "32900 0", "12900"]);
}

#[test]
fn a_part_is_kept_with_a_reason_and_is_no_income_either() {
    let mut rented = paid();
    let error = rented.desk.perform(close("50", "", false)).unwrap_err();
    assert_eq!(sentence(&error), "reason: say why it is kept");
    let done = rented.desk.perform(close("50", "scratched lid", false)).unwrap();
    let said = "The deposit of subscription S-0001 is closed, 50.00 is kept, 150.00 goes back.";
    assert_eq!(done.said, said);
    assert_eq!(facts(&rented), ["partly_kept 5000", "20000 paid", "17900 15000", "12900"]);
    rented.undo();
    rented.desk.perform(close("all", "never came back", false)).unwrap();
    assert_eq!(facts(&rented), ["kept 20000", "20000 paid", "32900 0", "12900"]);
    rented.sound();
}

#[test]
fn what_goes_back_may_stay_as_credit() {
    let mut rented = paid();
    let done = rented.desk.perform(close("", "", true)).unwrap();
    assert!(done.said.contains("200.00 stays as credit"), "{}", done.said);
    assert_eq!(facts(&rented), ["returned 0", "20000 cancelled", "12900 0", "12900"]);
    rented.sound();
}

#[test]
fn a_deposit_nobody_paid_is_simply_no_longer_owed() {
    let mut rented = rented("2024-01-05");
    let done = rented.desk.perform(close("", "", false)).unwrap();
    assert!(done.said.contains("nothing of it had been paid"), "{}", done.said);
    assert_eq!(
        rented.rows("SELECT settled_minor || ' ' || status FROM payment WHERE kind = 'deposit'"),
        ["20000 cancelled"]
    );
    rented.undo();
    assert_eq!(rented.rows("SELECT settled_minor || ' ' || status FROM payment WHERE kind = 'deposit'"), ["0 pending"]);
}

#[test]
fn a_deposit_is_closed_once_and_never_for_more_than_it_is() {
    let mut rented = paid();
    let error = rented.desk.perform(close("200.01", "greed", false)).unwrap_err();
    assert_eq!(sentence(&error), "keep: the deposit is 200.00");
    rented.desk.perform(close("", "", false)).unwrap();
    let error = rented.desk.perform(close("", "", false)).unwrap_err();
    assert_eq!(sentence(&error), "this deposit is returned already");
}
