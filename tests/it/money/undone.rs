//! Checks that cleared or bounced by mistake, and payments cancelled with their invoice: taken back by new rows.

use std::sync::Arc;

use rentbook::domain::id::{ActivityId, CustomerId, PaymentId, ReceiptId};
use rentbook::domain::method::Method;
use rentbook::domain::reason::CancelReason;
use rentbook::domain::status::PaymentStatus::{Cancelled, Failed, Paid, Pending, Processing};
use rentbook::services::actions::receiving::{ReceiptDraft, Target};
use rentbook::services::actions::refunding::RefundFrom;
use rentbook::services::{Action, Desk, Outcome, Payer};

use super::{back, count, invoice, pay, sound, stands, text, undo, with_customer};
use crate::fixture::{Hand, item, operator, order, person, shop, transfer, variant};

/// A check for one payment.
fn check(desk: &mut Desk, payment: PaymentId, amount: &str) -> ReceiptId {
    let target = Target::Payments(vec![payment]);
    let draft = ReceiptDraft { method: Method::Check, keep_credit: true, ..transfer(desk, target, amount, "7") };
    let Outcome::Received(received) = desk.perform(Action::Receive(Box::new(draft))).unwrap().outcome else { panic!() };
    received.receipt
}

fn newest(desk: &Desk) -> ActivityId {
    ActivityId(count(desk, "SELECT MAX(id) FROM activity"))
}

/// A book with an invoice over two lines, 30.00 and 40.00.
fn two_lines() -> (Desk, Hand, CustomerId, Vec<PaymentId>) {
    let (mut desk, hand, customer) = with_customer();
    let (_, _, payments) = invoice(&mut desk, customer, &[("30.00", "0"), ("40.00", "0")]);
    (desk, hand, customer, payments)
}

#[test]
fn a_check_said_to_have_cleared_is_on_its_way_again_by_undo_after_a_restart_too() {
    let (mut desk, hand, _, payments) = two_lines();
    let receipt = check(&mut desk, payments[0], "35");
    desk.perform(Action::ClearReceipt { receipt, on: desk.today() }).unwrap();
    assert_eq!(stands(&desk, payments[0]), (Paid, 3000, 0));
    let mut desk = Desk::new(desk.leave(), Arc::new(hand), operator("mia")).unwrap();
    let said = undo(&mut desk).unwrap().said;
    assert!(said.contains("R-2025-0001 is on its way again"), "{said}");
    assert_eq!(stands(&desk, payments[0]), (Processing, 0, 0));
    assert_eq!(text(&desk, "SELECT state || COALESCE(cleared_on, ' on no day') FROM receipt"), "pending on no day");
    desk.perform(Action::ClearReceipt { receipt, on: desk.today() }).unwrap();
    assert_eq!(stands(&desk, payments[0]), (Paid, 3000, 0));
    // Everything again, down to the check itself.
    undo(&mut desk).unwrap();
    undo(&mut desk).unwrap();
    assert_eq!(stands(&desk, payments[0]), (Pending, 0, 0));
    sound(&desk);
}

#[test]
fn clearing_is_not_taken_back_under_what_was_done_with_the_money() {
    let (mut desk, _, customer, payments) = two_lines();
    let receipt = check(&mut desk, payments[0], "35");
    desk.perform(Action::ClearReceipt { receipt, on: desk.today() }).unwrap();
    let cleared = newest(&desk);
    let target = Target::Payer(Payer::Customer(customer));
    desk.perform(Action::UseCredit { target, amount: String::new() }).unwrap();
    let error = desk.perform(Action::Undo(Some(cleared))).unwrap_err().to_string();
    assert!(error.contains("money of receipt R-2025-0001 moved on since"), "{error}");
    undo(&mut desk).unwrap();
    back(&mut desk, RefundFrom::Receipt(receipt), "5", false).unwrap();
    let error = desk.perform(Action::Undo(Some(cleared))).unwrap_err().to_string();
    assert!(error.contains("was refunded since"), "{error}");
    undo(&mut desk).unwrap();
    desk.perform(Action::BounceReceipt { receipt, reason: String::new() }).unwrap();
    let error = desk.perform(Action::Undo(Some(cleared))).unwrap_err().to_string();
    assert!(error.contains("has been reversed since: take that back first"), "{error}");
    undo(&mut desk).unwrap();
    desk.perform(Action::Undo(Some(cleared))).unwrap();
    assert_eq!(stands(&desk, payments[0]), (Processing, 0, 0));
    sound(&desk);
}

#[test]
fn a_bounce_is_taken_back_before_and_after_the_check_cleared() {
    for clears in [false, true] {
        let (mut desk, _, _, payments) = two_lines();
        let receipt = check(&mut desk, payments[0], "20");
        if clears {
            desk.perform(Action::ClearReceipt { receipt, on: desk.today() }).unwrap();
        }
        let before = stands(&desk, payments[0]);
        assert_eq!(before, if clears { (Pending, 2000, 0) } else { (Processing, 0, 0) });
        desk.perform(Action::BounceReceipt { receipt, reason: "no funds".into() }).unwrap();
        assert_eq!(stands(&desk, payments[0]), (Failed, 0, 0));
        let attempts = "SELECT attempt_count FROM payment ORDER BY id LIMIT 1";
        assert_eq!(count(&desk, attempts), 1);
        assert_eq!(
            count(&desk, "SELECT COUNT(*) FROM outbox_message WHERE state = 'queued'"),
            0,
            "nobody has an address"
        );
        let bounced = newest(&desk);
        undo(&mut desk).unwrap();
        assert_eq!((stands(&desk, payments[0]), count(&desk, attempts)), (before, 0));
        let again = desk.perform(Action::Undo(Some(bounced))).unwrap_err().to_string();
        assert!(again.contains("taken back already"), "{again}");
        // Paid by other money since: the check cannot pay it again.
        desk.perform(Action::BounceReceipt { receipt, reason: String::new() }).unwrap();
        let bounced = newest(&desk);
        let target = Target::Payments(vec![payments[0]]);
        desk.perform(Action::Receive(Box::new(transfer(&desk, target, "", "BT")))).unwrap();
        let error = desk.perform(Action::Undo(Some(bounced))).unwrap_err().to_string();
        assert!(error.contains("moved on since"), "{error}");
        sound(&desk);
    }
}

#[test]
fn a_charge_under_way_that_a_bounce_ended_is_under_way_again() {
    let (mut desk, _, _, payments) = two_lines();
    let (on, reference) = (desk.today(), String::new());
    let outcome = rentbook::services::actions::charging::ChargeOutcome::Sent;
    let draft = rentbook::services::actions::charging::RetryDraft {
        payment: payments[0],
        method: None,
        outcome,
        on,
        reference,
    };
    desk.perform(Action::RetryPayment(Box::new(draft))).unwrap();
    let receipt = check(&mut desk, payments[0], "30");
    desk.perform(Action::BounceReceipt { receipt, reason: String::new() }).unwrap();
    let state = "SELECT state FROM charge_attempt";
    assert_eq!(text(&desk, state), "declined");
    undo(&mut desk).unwrap();
    assert_eq!((text(&desk, state), stands(&desk, payments[0])), ("sent".to_owned(), (Processing, 0, 0)));
    desk.perform(Action::ClearReceipt { receipt, on }).unwrap();
    assert_eq!(text(&desk, state), "settled");
    undo(&mut desk).unwrap();
    assert_eq!((text(&desk, state), stands(&desk, payments[0])), ("sent".to_owned(), (Processing, 0, 0)));
    sound(&desk);
}

#[test]
fn a_payment_cancelled_with_its_invoice_is_billed_again_by_undo() {
    let (mut desk, hand) = shop("2025-01-10");
    let customer = person(&mut desk, "Lund");
    let laptop = variant(&mut desk, "Laptop", "89.00");
    order(&mut desk, customer, vec![item(laptop, "2025-01-10", 2)]);
    let payment = PaymentId(count(&desk, "SELECT MIN(id) FROM payment"));
    let reason = CancelReason::NotNeeded;
    desk.perform(Action::CancelPayment { payment, reason, words: String::new() }).unwrap();
    let cancelled = newest(&desk);
    hand.set("2025-01-12");
    let said = undo(&mut desk).unwrap().said;
    assert_eq!(said, "The amount of invoice 2025-0001 is owed again, on 2025-0002.");
    assert_eq!(stands(&desk, payment), (Cancelled, 0, 0), "what is void stays void");
    let anew = "SELECT i.number || ' ' || i.invoiced_on || ' ' || p.status || ' ' || p.period_start_on || ' ' || p.amount_minor \
        FROM payment p JOIN invoice i ON i.id = p.invoice_id WHERE i.state = 'issued'";
    assert_eq!(text(&desk, anew), "2025-0002 2025-01-12 pending 2025-01-10 8900");
    let again = desk.perform(Action::Undo(Some(cancelled))).unwrap_err().to_string();
    assert!(again.contains("taken back already"), "{again}");
    sound(&desk);
}

#[test]
fn a_cancelled_payment_is_not_owed_again_where_its_period_is_billed_or_over() {
    let (mut desk, hand) = shop("2025-01-10");
    let customer = person(&mut desk, "Lund");
    let laptop = variant(&mut desk, "Laptop", "89.00");
    order(&mut desk, customer, vec![item(laptop, "2025-01-10", 3)]);
    hand.set("2025-02-10");
    desk.catch_up().unwrap();
    let payment = PaymentId(count(&desk, "SELECT MAX(id) FROM payment"));
    desk.perform(Action::CancelPayment { payment, reason: CancelReason::NotNeeded, words: String::new() }).unwrap();
    let cancelled = newest(&desk);
    let sql = "UPDATE subscription SET ended_on = '2025-02-01', status = 'cancelled', next_start_on = NULL";
    desk.book().write(|db| db.execute(sql, &[]).map_err(rentbook::services::DeskError::from)).unwrap();
    let error = desk.perform(Action::Undo(Some(cancelled))).unwrap_err().to_string();
    assert!(error.contains("the subscription ended since"), "{error}");
}

#[test]
fn an_overpayment_is_kept_and_pays_the_next_invoice_when_someone_says_so() {
    let (mut desk, _, customer) = with_customer();
    let (first, _, _) = invoice(&mut desk, customer, &[("30.00", "0")]);
    let done = pay(&mut desk, first, "50", "BT-1");
    assert!(done.said.contains("20.00 is kept as credit"), "{}", done.said);
    let (second, _, payments) = invoice(&mut desk, customer, &[("15.00", "0")]);
    desk.perform(Action::UseCredit { target: Target::Invoices(vec![second]), amount: String::new() }).unwrap();
    assert_eq!(stands(&desk, payments[0]), (Paid, 1500, 0));
    sound(&desk);
}
