//! F31: money that comes for what was given up takes the write-off back, and undo gives it up again.

use rentbook::domain::method::Method;
use rentbook::services::Action;
use rentbook::services::actions::receiving::{ReceiptDraft, Target};
use rentbook::tui::screens;

use super::{count, due_and_credit, invoice, pay, sound, stands, with_customer};
use crate::fixture::transfer;
use crate::robot::Robot;

fn given_up(desk: &rentbook::services::Desk) -> i64 {
    count(
        desk,
        "SELECT COALESCE(SUM(amount_minor), 0) FROM allocation WHERE receipt_id IS NULL AND credit_note_id IS NULL",
    )
}

#[test]
fn late_money_takes_the_write_off_back_and_undo_gives_it_up_again() {
    let (mut desk, hand, customer) = with_customer();
    let (id, number, lines) = invoice(&mut desk, customer, &[("100.00", "0"), ("20.00", "0")]);
    desk.perform(Action::WriteOff { invoice: id, reason: "insolvent".into() }).unwrap();
    hand.set("2025-12-20");
    let done = pay(&mut desk, id, "", "LATE");
    assert_eq!(
        (done.said.matches("The write-off of 120.00 is taken back.").count(), given_up(&desk)),
        (1, 0),
        "{}",
        done.said
    );
    assert_eq!(stands(&desk, lines[0]).0.code(), "paid");
    sound(&desk);
    desk.perform(Action::Undo(None)).unwrap();
    assert_eq!((given_up(&desk), due_and_credit(&desk, id)), (12_000, (0, 0)));
    assert_eq!(stands(&desk, lines[0]).0.code(), "paid", "settled, and told as written off");
    sound(&desk);
    // A part of it: the rest is owed again.
    let target = Target::Payments(vec![lines[0]]);
    let part = transfer(&desk, target, "30.00", "PART");
    desk.perform(Action::Receive(Box::new(part))).unwrap();
    assert_eq!(
        (stands(&desk, lines[0]).1, stands(&desk, lines[0]).0.code(), given_up(&desk)),
        (3_000, "pending", 2_000)
    );
    sound(&desk);
    desk.perform(Action::Undo(None)).unwrap();
    assert_eq!(given_up(&desk), 12_000);
    // A check that may bounce takes nothing back.
    let check = ReceiptDraft { method: Method::Check, ..transfer(&desk, Target::Invoices(vec![id]), "", "C") };
    let refused = desk.perform(Action::Receive(Box::new(check))).unwrap_err();
    assert!(refused.to_string().contains("once it has cleared"), "{refused}");
    // Credit is no late money.
    pay_too_much(&mut desk, customer);
    let none = desk.perform(Action::UseCredit { target: Target::Invoices(vec![id]), amount: String::new() });
    assert!(none.is_err_and(|error| error.to_string().contains("nothing is open")), "{number}");
}

fn pay_too_much(desk: &mut rentbook::services::Desk, customer: rentbook::domain::id::CustomerId) {
    let (id, ..) = invoice(desk, customer, &[("5.00", "0")]);
    pay(desk, id, "50.00", "MORE");
}

#[test]
fn it_is_taken_from_the_screen_too() {
    let (mut desk, _, customer) = with_customer();
    let (id, ..) = invoice(&mut desk, customer, &[("100.00", "0")]);
    desk.perform(Action::WriteOff { invoice: id, reason: "insolvent".into() }).unwrap();
    let mut robot = Robot::at(desk, screens::open);
    robot.keys("<Shift+Tab><Shift+Tab><Left><F8>");
    assert!(robot.sees("100.00"), "{}", robot.text());
    robot.keys("<F2>");
    assert!(robot.message().contains("The write-off of 100.00 is taken back."), "{}", robot.text());
}
