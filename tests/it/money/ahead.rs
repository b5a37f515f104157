//! The next period of a subscription, billed ahead or cancelled before it is billed.

use rentbook::domain::reason::CancelReason;
use rentbook::domain::status::PaymentStatus::Cancelled;
use rentbook::services::actions::receiving::Target;
use rentbook::services::pass::PassOptions;
use rentbook::services::{Action, Outcome};

use super::{count, sound, stands, text};
use crate::fixture::{item, order, person, shop, transfer, variant};

#[test]
fn a_period_billed_ahead_is_paid_now_and_never_billed_again() {
    let (mut desk, hand) = shop("2025-01-10");
    let customer = person(&mut desk, "Lund");
    let laptop = variant(&mut desk, "Laptop", "89.00");
    let (_, subscriptions) = order(&mut desk, customer, vec![item(laptop, "2025-01-10", 4)]);
    hand.set("2025-01-20");
    let done = desk.perform(Action::BillAhead(subscriptions[0])).unwrap();
    let Outcome::Payment(payment) = done.outcome else { panic!("{done:?}") };
    assert_eq!(
        text(&desk, &format!("SELECT period_start_on || ' ' || due_on FROM payment WHERE id = {payment}")),
        "2025-02-10 2025-02-10"
    );
    assert_eq!(text(&desk, "SELECT invoiced_on FROM invoice ORDER BY id DESC LIMIT 1"), "2025-01-20");
    let receipt = transfer(&desk, Target::Payments(vec![payment]), "", "A");
    desk.perform(Action::Receive(Box::new(receipt))).unwrap();
    for day in ["2025-02-20", "2025-03-20", "2025-04-20", "2025-05-20"] {
        hand.set(day);
        desk.run_pass(&PassOptions::default()).unwrap();
    }
    assert_eq!(count(&desk, "SELECT COUNT(*) FROM payment"), 4);
    let error = desk.perform(Action::BillAhead(subscriptions[0])).unwrap_err().to_string();
    assert!(error.contains("bills no further period"), "{error}");
    sound(&desk);
}

#[test]
fn a_period_cancelled_ahead_stands_as_cancelled_and_the_next_one_follows() {
    let (mut desk, hand) = shop("2025-01-10");
    let customer = person(&mut desk, "Lund");
    let laptop = variant(&mut desk, "Laptop", "89.00");
    let (_, subscriptions) = order(&mut desk, customer, vec![item(laptop, "2025-01-10", 4)]);
    let cancel = |subscription| Action::CancelUpcoming {
        subscription,
        reason: CancelReason::NotNeeded,
        words: "closed in February".into(),
    };
    let done = desk.perform(cancel(subscriptions[0])).unwrap();
    let Outcome::Payment(payment) = done.outcome else { panic!("{done:?}") };
    assert_eq!(stands(&desk, payment), (Cancelled, 0, 0));
    for day in ["2025-02-20", "2025-03-20", "2025-04-20"] {
        hand.set(day);
        desk.run_pass(&PassOptions::default()).unwrap();
    }
    assert_eq!(count(&desk, "SELECT COUNT(*) FROM invoice"), 3);
    assert_eq!(text(&desk, "SELECT reason FROM payment_change"), "Not needed: closed in February");
    sound(&desk);
    let later = order(&mut desk, customer, vec![item(laptop, "2025-06-01", 4)]).1;
    let error = desk.perform(cancel(later[0])).unwrap_err().to_string();
    assert!(error.contains("the first period of the contract"), "{error}");
}
