//! Credit of a payer: kept, used by choice, oldest money first, given back.

use rentbook::domain::status::PaymentStatus::{Paid, Pending};
use rentbook::services::actions::receiving::{ReceiptDraft, Target};
use rentbook::services::actions::refunding::RefundFrom;
use rentbook::services::{Action, Outcome, Payer};

use super::{back, count, due_and_credit, invoice, pay, sound, stands, undo, with_customer};
use crate::fixture::{person, transfer};

#[test]
fn credit_is_kept_and_pays_a_part_of_the_next_invoice() {
    // Vector A12: 80.63 of credit, the next invoice over 249.95, 169.32 is left to charge.
    let (mut desk, _, customer) = with_customer();
    let (first, _, _) = invoice(&mut desk, customer, &[("19.37", "0")]);
    pay(&mut desk, first, "100.00", "A");
    let (next, number, lines) = invoice(&mut desk, customer, &[("249.95", "0")]);
    assert_eq!(due_and_credit(&desk, next), (24_995, 8063), "nothing is used unless somebody says so");
    let using = Action::UseCredit { target: Target::Invoices(vec![next]), amount: String::new() };
    let done = desk.perform(using.clone()).unwrap();
    assert_eq!(done.said, "80.63 of credit is used, 0.00 is left.");
    let Outcome::Used(used) = done.outcome else { panic!("no credit") };
    assert_eq!((used.len(), used[0].invoice.clone(), used[0].is_paid), (1, Some(number), false));
    assert_eq!(due_and_credit(&desk, next), (16_932, 0));
    assert!(desk.perform(using).unwrap_err().to_string().contains("has no credit"));
    undo(&mut desk).unwrap();
    assert_eq!((due_and_credit(&desk, next), stands(&desk, lines[0])), ((24_995, 8063), (Pending, 0, 0)));
    sound(&desk);
}

#[test]
fn credit_of_several_receipts_pays_the_oldest_first_and_in_parts() {
    let (mut desk, hand, customer) = with_customer();
    for (day, reference) in [("2025-11-17", "A"), ("2025-11-18", "B")] {
        hand.set(day);
        let draft = ReceiptDraft {
            keep_credit: true,
            ..transfer(&desk, Target::Payer(Payer::Customer(customer)), "30.00", reference)
        };
        desk.perform(Action::Receive(Box::new(draft))).unwrap();
    }
    let (id, _, lines) = invoice(&mut desk, customer, &[("20.00", "0"), ("25.00", "0")]);
    let using = |amount: &str| Action::UseCredit { target: Target::Invoices(vec![id]), amount: amount.into() };
    for amount in ["45.01", "0", "-1"] {
        let error = desk.perform(using(amount)).unwrap_err().to_string();
        assert!(error.starts_with("amount: "), "{error}");
    }
    desk.perform(using("45.00")).unwrap();
    assert_eq!((stands(&desk, lines[0]).0, stands(&desk, lines[1]).0), (Paid, Paid));
    assert_eq!(count(&desk, "SELECT amount_minor - allocated_minor FROM receipt WHERE reference = 'A'"), 0);
    assert_eq!(count(&desk, "SELECT amount_minor - allocated_minor FROM receipt WHERE reference = 'B'"), 1500);
    assert_eq!(count(&desk, "SELECT COUNT(*) FROM allocation"), 3);
    sound(&desk);
    undo(&mut desk).unwrap();
    assert_eq!(due_and_credit(&desk, id), (4500, 6000));
    sound(&desk);
}

#[test]
fn credit_is_refunded_from_its_receipt_and_is_nobody_elses() {
    let (mut desk, _, customer) = with_customer();
    let (first, _, _) = invoice(&mut desk, customer, &[("10.00", "0")]);
    pay(&mut desk, first, "25.00", "A");
    let receipt = RefundFrom::Receipt(rentbook::domain::id::ReceiptId(count(&desk, "SELECT id FROM receipt")));
    let done = back(&mut desk, receipt, "15.00", false).unwrap();
    assert_eq!(done.said, "15.00 of receipt R-2025-0001 went back.");
    assert_eq!(due_and_credit(&desk, first), (0, 0));
    undo(&mut desk).unwrap();
    let other = person(&mut desk, "Berg");
    let (theirs, _, _) = invoice(&mut desk, other, &[("10.00", "0")]);
    let using = Action::UseCredit { target: Target::Invoices(vec![theirs]), amount: String::new() };
    assert!(desk.perform(using).unwrap_err().to_string().contains("has no credit"));
    // Credit first, then what the receipt paid.
    back(&mut desk, receipt, "18.00", false).unwrap();
    assert_eq!(due_and_credit(&desk, first), (300, 0));
    sound(&desk);
}

#[test]
fn what_money_is_on_its_way_to_takes_no_credit() {
    // Vector A13.
    let (mut desk, _, customer) = with_customer();
    let (old, _, lines) = invoice(&mut desk, customer, &[("10.00", "0")]);
    let (new, _, _) = invoice(&mut desk, customer, &[("10.00", "0")]);
    let draft = ReceiptDraft { keep_credit: true, ..transfer(&desk, Target::Payments(lines.clone()), "15.00", "A") };
    desk.perform(Action::Receive(Box::new(draft))).unwrap();
    undo(&mut desk).unwrap();
    desk.perform(Action::ProcessPayment { payment: lines[0] }).unwrap();
    let (third, _, _) = invoice(&mut desk, customer, &[("1.00", "0")]);
    pay(&mut desk, third, "9.00", "B");
    let using = Action::UseCredit { target: Target::Payer(Payer::Customer(customer)), amount: String::new() };
    desk.perform(using).unwrap();
    assert_eq!((due_and_credit(&desk, old).0, due_and_credit(&desk, new)), (1000, (200, 0)));
    sound(&desk);
}
