//! Money by hand-made parts, several receipts at once, and who was first.

use std::sync::Arc;

use rentbook::domain::method::Method;
use rentbook::domain::status::PaymentStatus::{Paid, Pending};
use rentbook::services::actions::receiving::{ReceiptDraft, Target};
use rentbook::services::{Access, Action, Book, Desk, Outcome};

use super::{due_and_credit, invoice, sound, stands, undo, with_customer};
use crate::fixture::{Hand, date, draft, operator, person, transfer};

#[test]
fn a_receipt_is_parted_by_hand_within_what_is_open_and_what_came() {
    let (mut desk, _, customer) = with_customer();
    let (id, _, lines) = invoice(&mut desk, customer, &[("60.00", "0"), ("40.00", "0")]);
    let parts = |desk: &Desk, parts: [i64; 2], amount: &str| {
        let target = Target::Parts(lines.iter().copied().zip(parts).collect());
        Action::Receive(Box::new(transfer(desk, target, amount, "A")))
    };
    for (by_hand, amount, why) in [
        ([6001, 0], "70.00", "between nothing and 60.00 of payment"),
        ([-1, 0], "70.00", "between nothing and 60.00 of payment"),
        ([4000, 4000], "70.00", "the parts add up to 80.00, which is more than 70.00"),
        ([3000, 3000], "70.00", "70.00 is 10.00 more than what is open"),
    ] {
        let action = parts(&desk, by_hand, amount);
        let error = desk.perform(action).unwrap_err().to_string();
        assert!(error.contains(why), "{error}");
    }
    let action = parts(&desk, [3000, 4000], "70.00");
    desk.perform(action).unwrap();
    assert_eq!((stands(&desk, lines[0]), stands(&desk, lines[1])), ((Pending, 3000, 0), (Paid, 4000, 0)));
    undo(&mut desk).unwrap();
    assert_eq!(due_and_credit(&desk, id), (10_000, 0));
    sound(&desk);
}

#[test]
fn several_receipts_with_their_own_day_and_reference_are_one_step() {
    let (mut desk, hand, customer) = with_customer();
    let other = person(&mut desk, "Berg");
    let (first, _, _) = invoice(&mut desk, customer, &[("60.00", "0")]);
    let (second, _, _) = invoice(&mut desk, other, &[("40.00", "0")]);
    hand.set("2025-11-20");
    let one = |invoice, day: &str, reference: &str| ReceiptDraft {
        received_on: date(day),
        ..transfer(&desk, Target::Invoices(vec![invoice]), "", reference)
    };
    let both = vec![one(first, "2025-11-18", "A"), one(second, "2025-11-19", "B")];
    let wrong = vec![one(first, "2025-11-18", "A"), one(first, "2025-11-19", "B")];
    assert!(desk.perform(Action::ReceiveEach(wrong)).is_err(), "all or nothing");
    assert_eq!(due_and_credit(&desk, first).0, 6000);
    let done = desk.perform(Action::ReceiveEach(both)).unwrap();
    let Outcome::ReceivedEach(receipts) = done.outcome else { panic!("no receipts") };
    assert_eq!(receipts.iter().map(|one| one.number.as_str()).collect::<Vec<_>>(), ["R-2025-0001", "R-2025-0002"]);
    assert_eq!((due_and_credit(&desk, first).0, due_and_credit(&desk, second).0), (0, 0));
    undo(&mut desk).unwrap();
    assert_eq!((due_and_credit(&desk, first).0, due_and_credit(&desk, second).0), (6000, 4000));
    sound(&desk);
}

#[test]
fn of_two_terminals_that_mark_the_same_payment_one_wins_and_the_other_is_told_who_and_when() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().canonicalize().unwrap().join("shop.db");
    let hand = Hand::at("2025-11-17");
    let mut ann = Desk::new(Book::create(&path).unwrap(), Arc::new(hand.clone()), operator("Ann")).unwrap();
    let shop = rentbook::services::actions::shop::ShopDraft { time_zone: "Europe/Berlin".into(), ..draft() };
    ann.perform(Action::SetUp(Box::new(shop))).unwrap();
    let customer = person(&mut ann, "Lund");
    let (id, number, lines) = invoice(&mut ann, customer, &[("60.00", "0")]);
    let book = Book::open(&path, Access::ReadWrite, crate::a_shop::now()).unwrap();
    let mut tom = Desk::new(book, Arc::new(hand), operator("Tom")).unwrap();
    let pay = |desk: &Desk, target, reference: &str| {
        let draft = ReceiptDraft { method: Method::Card, ..transfer(desk, target, "", reference) };
        Action::Receive(Box::new(draft))
    };
    let action = pay(&ann, Target::Invoices(vec![id]), "A");
    ann.perform(action).unwrap();
    for target in [Target::Payments(lines.clone()), Target::Invoices(vec![id])] {
        let action = pay(&tom, target, "B");
        let error = tom.perform(action).unwrap_err().to_string();
        assert!(error.contains("nothing is open") && error.contains("Ann"), "{error}");
        assert!(error.contains("on 11/17/2025 at 10:00"), "{error}");
    }
    assert!(tom.perform(Action::Undo(None)).is_err(), "it is not Tom's to take back");
    assert_eq!(stands(&tom, lines[0]).0, Paid);
    assert!(!number.is_empty());
}
