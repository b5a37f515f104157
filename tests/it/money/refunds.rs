//! Money goes back: in parts, with a credit note and without, never more than came.

use rentbook::domain::status::PaymentStatus::{Cancelled, Paid, Pending};
use rentbook::services::actions::crediting::CreditDraft;
use rentbook::services::actions::refunding::RefundFrom;
use rentbook::services::{Action, Outcome};

use super::{back, count, due_and_credit, invoice, pay, sound, stands, undo, with_customer};

#[test]
fn two_payments_are_refunded_one_after_the_other_and_nothing_is_due() {
    // Vector A09.
    let (mut desk, _, customer) = with_customer();
    let (id, _, lines) = invoice(&mut desk, customer, &[("10.00", "0")]);
    pay(&mut desk, id, "4.00", "A");
    assert_eq!(due_and_credit(&desk, id), (600, 0));
    pay(&mut desk, id, "6.00", "B");
    assert_eq!(due_and_credit(&desk, id), (0, 0));
    let receipt = |desk: &rentbook::services::Desk, reference: &str| {
        let sql = format!("SELECT id FROM receipt WHERE reference = '{reference}'");
        RefundFrom::Receipt(rentbook::domain::id::ReceiptId(count(desk, &sql)))
    };
    let (first, second) = (receipt(&desk, "A"), receipt(&desk, "B"));
    back(&mut desk, first, "4.00", true).unwrap();
    assert_eq!((due_and_credit(&desk, id), stands(&desk, lines[0])), ((0, 0), (Paid, 1000, 400)));
    back(&mut desk, second, "6.00", true).unwrap();
    assert_eq!((due_and_credit(&desk, id), stands(&desk, lines[0])), ((0, 0), (Paid, 1000, 1000)));
    let linked = "SELECT COUNT(*) FROM refund f JOIN receipt r ON r.id = f.receipt_id \
        WHERE f.amount_minor = r.amount_minor AND f.payment_id IS NOT NULL AND f.credit_note_id IS NOT NULL";
    assert_eq!((count(&desk, linked), count(&desk, "SELECT COUNT(*) FROM receipt")), (2, 2));
    sound(&desk);
}

#[test]
fn a_full_refund_leaves_the_debt_open_without_a_credit_note_and_settled_with_one() {
    // Vector A11.
    for (with_note, due) in [(false, 23_382), (true, 0)] {
        let (mut desk, _, customer) = with_customer();
        let (id, number, lines) = invoice(&mut desk, customer, &[("233.82", "0")]);
        pay(&mut desk, id, "", "A");
        let done = back(&mut desk, RefundFrom::Invoice(id), "", with_note).unwrap();
        assert_eq!(due_and_credit(&desk, id), (due, 0));
        let said = if with_note {
            format!("233.82 of {number} went back with credit note CN-2025-0001, nothing is owed for it.")
        } else {
            format!("233.82 of {number} went back, which is owed again.")
        };
        assert_eq!(done.said, said);
        sound(&desk);
        undo(&mut desk).unwrap();
        assert_eq!((due_and_credit(&desk, id), stands(&desk, lines[0])), ((0, 0), (Paid, 23_382, 0)));
        sound(&desk);
    }
}

#[test]
fn a_credit_note_in_full_frees_the_money_which_is_then_refunded() {
    // Vector K04: 200.00 and 20 % tax.
    let (mut desk, _, customer) = with_customer();
    let (id, _, lines) = invoice(&mut desk, customer, &[("200.00", "20")]);
    pay(&mut desk, id, "", "A");
    let draft = CreditDraft { reason: "wrong customer".into(), ..CreditDraft::default() };
    let done = desk.perform(Action::Credit { invoice: id, draft: Box::new(draft) }).unwrap();
    let Outcome::Credited(note) = done.outcome else { panic!("{done:?}") };
    assert_eq!((note.total.minor(), note.freed.minor()), (24_000, 24_000));
    assert_eq!((stands(&desk, lines[0]), due_and_credit(&desk, id)), ((Cancelled, 24_000, 0), (0, 24_000)));
    let receipt = rentbook::domain::id::ReceiptId(count(&desk, "SELECT id FROM receipt"));
    back(&mut desk, RefundFrom::Receipt(receipt), "", false).unwrap();
    assert_eq!(due_and_credit(&desk, id), (0, 0));
    sound(&desk);
    undo(&mut desk).unwrap();
    undo(&mut desk).unwrap();
    assert_eq!((stands(&desk, lines[0]), due_and_credit(&desk, id)), ((Paid, 24_000, 0), (0, 0)));
    sound(&desk);
}

#[test]
fn several_refunds_never_exceed_what_was_received() {
    let (mut desk, _, customer) = with_customer();
    let (id, _, lines) = invoice(&mut desk, customer, &[("60.00", "0"), ("40.00", "0")]);
    pay(&mut desk, id, "80.00", "A");
    back(&mut desk, RefundFrom::Payment(lines[0]), "20.00", false).unwrap();
    back(&mut desk, RefundFrom::Payment(lines[0]), "30.00", true).unwrap();
    assert_eq!(stands(&desk, lines[0]), (Pending, 4000, 5000));
    let error = back(&mut desk, RefundFrom::Payment(lines[0]), "10.01", false).unwrap_err();
    assert_eq!(error, "amount: at most 10.00 can go back: never more than was received");
    let error = back(&mut desk, RefundFrom::Invoice(id), "30.01", true).unwrap_err();
    assert!(error.contains("at most 30.00 can go back"), "{error}");
    for amount in ["0", "-1.00"] {
        back(&mut desk, RefundFrom::Invoice(id), amount, false).unwrap_err();
    }
    back(&mut desk, RefundFrom::Invoice(id), "30.00", false).unwrap();
    let error = back(&mut desk, RefundFrom::Invoice(id), "", false).unwrap_err();
    assert!(error.ends_with("there is no money left to give back"), "{error}");
    assert_eq!(count(&desk, "SELECT SUM(amount_minor - refunded_minor) FROM receipt"), 0);
    sound(&desk);
    for _ in 0..3 {
        undo(&mut desk).unwrap();
    }
    assert_eq!((stands(&desk, lines[0]), stands(&desk, lines[1])), ((Paid, 6000, 0), (Pending, 2000, 0)));
    sound(&desk);
}

#[test]
fn a_refund_with_note_keeps_net_and_tax_to_the_cent() {
    let (mut desk, _, customer) = with_customer();
    // 136.66 and 20 %: 163.99, refunded in halves.
    let (id, _, _) = invoice(&mut desk, customer, &[("136.66", "20")]);
    pay(&mut desk, id, "", "A");
    back(&mut desk, RefundFrom::Invoice(id), "82.00", true).unwrap();
    back(&mut desk, RefundFrom::Invoice(id), "81.99", true).unwrap();
    assert_eq!(count(&desk, "SELECT SUM(net_minor) FROM credit_note"), 13_666);
    assert_eq!(count(&desk, "SELECT SUM(tax_minor) FROM credit_note"), 2_733);
    assert_eq!(count(&desk, "SELECT MAX(number_seq) FROM credit_note"), 2);
    sound(&desk);
}

#[test]
fn what_a_refund_freed_and_was_used_since_is_not_undone_behind_it() {
    let (mut desk, _, customer) = with_customer();
    let (first, _, _) = invoice(&mut desk, customer, &[("50.00", "0")]);
    pay(&mut desk, first, "", "A");
    let draft = CreditDraft { amount: "20.00".into(), reason: "scratched".into(), ..CreditDraft::default() };
    desk.perform(Action::Credit { invoice: first, draft: Box::new(draft) }).unwrap();
    let credit_note = count(&desk, "SELECT MAX(id) FROM activity");
    let receipt = rentbook::domain::id::ReceiptId(count(&desk, "SELECT id FROM receipt"));
    back(&mut desk, RefundFrom::Receipt(receipt), "20.00", false).unwrap();
    let undo_note = Action::Undo(Some(rentbook::domain::id::ActivityId(credit_note)));
    let error = desk.perform(undo_note.clone()).unwrap_err().to_string();
    assert!(error.contains("moved on since: take that back first"), "{error}");
    undo(&mut desk).unwrap();
    desk.perform(undo_note).unwrap();
    assert_eq!(due_and_credit(&desk, first), (0, 0));
    sound(&desk);
}

#[test]
fn the_money_box_says_what_is_open_after_a_refund_that_is_owed_again() {
    let (mut desk, _, customer) = with_customer();
    let (id, _, lines) = invoice(&mut desk, customer, &[("22.76", "0")]);
    pay(&mut desk, id, "", "A");
    back(&mut desk, RefundFrom::Payment(lines[0]), "10.00", false).unwrap();
    let money = |desk: &rentbook::services::Desk| -> Vec<(String, i64)> {
        let page =
            desk.read(|db| rentbook::services::reads::payment_page(db, lines[0], desk.today())).unwrap().unwrap();
        page.money
            .iter()
            .map(|line| (format!("{:?} {}", line.kind, line.amount.minor()), line.open_after.minor()))
            .collect()
    };
    assert_eq!(money(&desk), [("Receipt 2276".to_owned(), 0), ("Refund 1000".to_owned(), 1000)]);
    undo(&mut desk).unwrap();
    assert_eq!(money(&desk).last().unwrap(), &("Refund -1000".to_owned(), 0));
    back(&mut desk, RefundFrom::Payment(lines[0]), "10.00", true).unwrap();
    assert_eq!(money(&desk).last().unwrap().1, 0);
    sound(&desk);
}
