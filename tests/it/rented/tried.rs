//! What a change would do is shown as it would be done: after the pass of the day, where that has not run yet.

use rentbook::services::Action;
use rentbook::services::actions::subscription::Change;
use rentbook::services::pass::PassOptions;

use super::{Rented, cancel, rented};

/// A morning on which nobody has run the pass yet: the period of 1 April is due.
fn before_the_pass() -> Rented {
    let rented = rented("2024-03-11");
    rented.hand.set("2024-04-05");
    rented
}

#[test]
fn a_cancellation_credits_the_invoice_that_the_pass_of_the_day_will_write() {
    let mut rented = before_the_pass();
    let before = rented.rows("SELECT COUNT(*) || ' ' || MAX(id) FROM activity");
    let shown = rented.desk.try_out(&rented.action(cancel("2024-04-05")), |_, done| Ok(done.clone())).unwrap();
    assert_eq!(rented.rows("SELECT COUNT(*) || ' ' || MAX(id) FROM activity"), before, "no trace stays");
    assert_eq!(rented.payments().len(), 4, "January to March and the deposit: April is not in the book");
    let action = rented.action(cancel("2024-04-05"));
    let done = rented.desk.perform(action).unwrap();
    assert_eq!(shown, done);
    let rentbook::services::Outcome::Subscription(changed) = done.outcome else { panic!("{done:?}") };
    assert_eq!(changed.credited.to_string(), "311.80", "26 of the 30 days of April, and the deposit nobody paid");
    rented.sound();
}

#[test]
fn early_return_and_buyout_are_shown_as_they_are_done() {
    let back = Change::ReturnEarly {
        on: crate::fixture::date("2024-04-05"),
        percent: "50".into(),
        condition: "good".parse().unwrap(),
        note: String::new(),
        waive: String::new(),
    };
    for change in [back, Change::BuyOut { residual: "142".into() }] {
        let mut rented = before_the_pass();
        let action = rented.action(change);
        let shown = rented.desk.try_out(&action, |_, done| Ok(done.clone())).unwrap();
        assert_eq!(shown, rented.desk.perform(action).unwrap());
    }
}

#[test]
fn a_gap_that_waits_for_a_person_is_said_before_anything_is_tried() {
    let mut rented = before_the_pass();
    rented.hand.set("2024-09-01");
    let action = rented.action(cancel("2024-09-01"));
    let tried = rented.desk.try_out(&action, |_, _| Ok(())).unwrap_err();
    assert_eq!(tried.refusal().unwrap().code, "gap");
    assert_eq!(rented.desk.perform(action.clone()).unwrap_err().refusal().unwrap().code, "gap");
    rented.desk.run_pass(&PassOptions { confirm_gap: true, ..PassOptions::default() }).unwrap();
    rented.desk.try_out(&action, |_, _| Ok(())).unwrap();
}

#[test]
fn what_fails_half_way_leaves_nothing_and_the_desk_works_on() {
    let mut rented = before_the_pass();
    let wrong = rented.action(Change::Extend { months: 0 });
    rented.desk.try_out(&wrong, |_, _| Ok(())).unwrap_err();
    assert_eq!(rented.payments().len(), 4);
    rented.desk.perform(Action::CancelOrder(rentbook::domain::id::OrderId(1))).unwrap_err();
    rented.desk.catch_up().unwrap();
    assert_eq!(rented.payments().len(), 5);
    rented.sound();
}
