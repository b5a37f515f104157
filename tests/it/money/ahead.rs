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
    let done = desk.perform(Action::BillAhead { subscription: subscriptions[0], day: None }).unwrap();
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
    let error = desk.perform(Action::BillAhead { subscription: subscriptions[0], day: None }).unwrap_err().to_string();
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
        day: None,
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

fn late(desk: &mut rentbook::services::Desk, hand: &crate::fixture::Hand, day: &str) {
    hand.set(day);
    desk.run_pass(&PassOptions { confirm_gap: true, ..PassOptions::default() }).unwrap();
}

const PERIODS: &str = "SELECT GROUP_CONCAT(line, ', ') FROM (SELECT p.period_start_on || ' ' || p.status || ' ' \
    || COALESCE(i.invoiced_on, '-') AS line FROM payment p LEFT JOIN invoice i ON i.id = p.invoice_id \
    ORDER BY p.period_start_on, p.id)";

#[test]
fn any_period_to_come_is_billed_or_cancelled_and_the_pass_makes_the_ones_between_whenever_it_runs() {
    let year = |passes: &[&str]| {
        let (mut desk, hand) = shop("2025-01-10");
        let customer = person(&mut desk, "Lund");
        let laptop = variant(&mut desk, "Laptop", "89.00");
        let (_, subscriptions) = order(&mut desk, customer, vec![item(laptop, "2025-01-10", 6)]);
        let subscription = subscriptions[0];
        let day = |text: &str| Some(crate::fixture::date(text));
        hand.set("2025-01-20");
        desk.perform(Action::BillAhead { subscription, day: day("2025-04-15") }).unwrap();
        let (reason, words) = (CancelReason::NotNeeded, String::new());
        desk.perform(Action::CancelUpcoming { subscription, day: day("2025-03-10"), reason, words }).unwrap();
        for (again, why) in [
            ("2025-04-10", "is billed or cancelled already"),
            ("2025-03-12", "is billed or cancelled already"),
            ("2025-07-10", "is not in the contract"),
        ] {
            let error = desk.perform(Action::BillAhead { subscription, day: day(again) }).unwrap_err().to_string();
            assert!(error.contains(why), "{again}: {error}");
        }
        for pass in passes {
            late(&mut desk, &hand, pass);
        }
        late(&mut desk, &hand, "2025-07-20");
        sound(&desk);
        text(&desk, PERIODS)
    };
    let once = year(&[]);
    assert_eq!(
        once,
        "2025-01-10 pending 2025-01-10, 2025-02-10 pending 2025-02-10, 2025-03-10 cancelled -, \
         2025-04-10 pending 2025-01-20, 2025-05-10 pending 2025-05-10, 2025-06-10 pending 2025-06-10"
    );
    assert_eq!(once, year(&["2025-02-10", "2025-03-10", "2025-04-10", "2025-05-10", "2025-06-10"]));
    assert_eq!(once, year(&["2025-03-01", "2025-03-01", "2025-05-20"]));
}

#[test]
fn a_period_billed_or_cancelled_ahead_is_to_come_again_by_undo() {
    for far in [false, true] {
        let (mut desk, hand) = shop("2025-01-10");
        let customer = person(&mut desk, "Lund");
        let laptop = variant(&mut desk, "Laptop", "89.00");
        let subscription = order(&mut desk, customer, vec![item(laptop, "2025-01-10", 6)]).1[0];
        let next =
            "SELECT next_index || ' ' || next_start_on || ' ' || (SELECT COUNT(*) FROM period_ahead) FROM subscription";
        let before = text(&desk, next);
        let day = far.then(|| crate::fixture::date("2025-05-10"));
        let bill = Action::BillAhead { subscription, day };
        let Outcome::Payment(payment) = desk.perform(bill.clone()).unwrap().outcome else { panic!() };
        desk.perform(Action::Undo(None)).unwrap();
        assert_eq!((stands(&desk, payment), text(&desk, next)), ((Cancelled, 0, 0), before.clone()));
        let (reason, words) = (CancelReason::NotNeeded, String::new());
        desk.perform(Action::CancelUpcoming { subscription, day, reason, words }).unwrap();
        desk.perform(Action::Undo(None)).unwrap();
        assert_eq!(text(&desk, next), before);
        // What was paid ahead, or whose turn has come, is owed.
        let Outcome::Payment(payment) = desk.perform(bill.clone()).unwrap().outcome else { panic!() };
        let receipt = transfer(&desk, Target::Payments(vec![payment]), "", "A");
        let billed = count(&desk, "SELECT MAX(id) FROM activity");
        desk.perform(Action::Receive(Box::new(receipt))).unwrap();
        let undo = Action::Undo(Some(rentbook::domain::id::ActivityId(billed)));
        let error = desk.perform(undo.clone()).unwrap_err().to_string();
        assert!(error.contains("money is settled on invoice"), "{error}");
        desk.perform(Action::Undo(None)).unwrap();
        late(&mut desk, &hand, "2025-05-12");
        let error = desk.perform(undo).unwrap_err().to_string();
        assert!(error.contains("by now, so it is owed"), "{error}");
        sound(&desk);
    }
}

#[test]
fn a_period_cancelled_ahead_by_mistake_is_billed_on_the_day_it_is_noticed() {
    let (mut desk, hand) = shop("2025-01-10");
    let customer = person(&mut desk, "Lund");
    let laptop = variant(&mut desk, "Laptop", "89.00");
    let subscription = order(&mut desk, customer, vec![item(laptop, "2025-01-10", 4)]).1[0];
    let (reason, words) = (CancelReason::NotNeeded, String::new());
    desk.perform(Action::CancelUpcoming { subscription, day: None, reason, words }).unwrap();
    late(&mut desk, &hand, "2025-03-15");
    let said = desk.perform(Action::Undo(None)).unwrap().said;
    assert!(said.contains("is owed again"), "{said}");
    late(&mut desk, &hand, "2025-05-15");
    assert_eq!(
        text(&desk, PERIODS),
        "2025-01-10 pending 2025-01-10, 2025-02-10 cancelled -, 2025-02-10 pending 2025-03-15, \
         2025-03-10 pending 2025-03-10, 2025-04-10 pending 2025-04-10"
    );
    sound(&desk);
}
