//! The notice of a failed payment: queued with the failure, withdrawn with it, and only where the customer wants it.

use rentbook::adapters::mail;
use rentbook::domain::id::{CustomerId, PaymentId};
use rentbook::services::actions::charging::{ChargeOutcome, RetryDraft};
use rentbook::services::actions::customer::CustomerDraft;
use rentbook::services::actions::customer_preference::PreferenceDraft;
use rentbook::services::actions::shop::ShopDraft;
use rentbook::services::{Action, Desk, Outcome};

use super::{count, invoice, sound, text, undo};
use crate::fixture::{Hand, date, draft, shop_with};

fn with_email() -> (Desk, Hand, CustomerId) {
    let (mut desk, hand) =
        shop_with("2025-11-17", &ShopDraft { email: "rent@harbour.example".into(), tax_rate: "0".into(), ..draft() });
    let ana = CustomerDraft {
        first_name: "Ana".into(),
        last_name: "Lund".into(),
        email: "ana@example.com".into(),
        ..CustomerDraft::default()
    };
    match desk.perform(Action::AddCustomer(Box::new(ana))).unwrap().outcome {
        Outcome::Customer(customer) => (desk, hand, customer),
        other => panic!("{other:?}"),
    }
}

fn fail(desk: &mut Desk, payment: PaymentId) -> String {
    desk.perform(Action::FailPayment { payment, reason: "Declined: the bank <said> no".into() }).unwrap().said
}

fn states(desk: &Desk) -> String {
    text(
        desk,
        "SELECT COALESCE(group_concat(kind || '/' || state, ' '), '') FROM (SELECT * FROM outbox_message ORDER BY id)",
    )
}

#[test]
fn a_failure_by_hand_queues_a_notice_and_undo_withdraws_it() {
    let (mut desk, _, customer) = with_email();
    let (_, number, lines) = invoice(&mut desk, customer, &[("50.00", "0")]);
    let said = fail(&mut desk, lines[0]);
    assert_eq!(said, "Payment P-1 has failed. A message waits to be sent.");
    let message = desk.outgoing(1).unwrap();
    assert_eq!(message.recipient, "ana@example.com");
    assert_eq!(message.subject, format!("Payment of invoice {number} failed"));
    for word in ["Dear Ana Lund", "USD 50.00 are open, due on 12/01/2025", number.as_str()] {
        assert!(message.body.contains(word), "{word}\n{}", message.body);
    }
    assert!(!message.body.contains("<said>"), "what staff wrote down is not for the customer");
    let eml = String::from_utf8(mail::eml(&message).unwrap()).unwrap();
    assert!(eml.contains("text/plain") && !eml.contains("application/pdf"), "{eml}");
    let said = undo(&mut desk).unwrap().said;
    assert!(said.ends_with("The message about it is withdrawn."), "{said}");
    assert_eq!(states(&desk), "payment_failed/cancelled");
    // The same failure once more is another event, and another message.
    fail(&mut desk, lines[0]);
    assert_eq!(states(&desk), "payment_failed/cancelled payment_failed/queued");
    sound(&desk);
}

#[test]
fn undo_says_so_where_the_notice_went_out_already() {
    let (mut desk, _, customer) = with_email();
    let (_, _, lines) = invoice(&mut desk, customer, &[("50.00", "0")]);
    fail(&mut desk, lines[0]);
    let now = "2025-11-17T12:00:00Z".parse().unwrap();
    desk.book().write(|db| rentbook::store::outbox::hand_over(db, now)).unwrap();
    let said = undo(&mut desk).unwrap().said;
    assert!(said.ends_with("The message about it had gone out already."), "{said}");
    assert_eq!(states(&desk), "payment_failed/sent");
    assert_eq!(text(&desk, "SELECT status FROM payment"), "pending");
    sound(&desk);
}

#[test]
fn a_retry_that_is_declined_queues_one_too_and_success_does_not() {
    let (mut desk, _, customer) = with_email();
    let (_, _, lines) = invoice(&mut desk, customer, &[("50.00", "0")]);
    fail(&mut desk, lines[0]);
    let mut retry = |outcome| {
        let (on, reference) = (date("2025-11-17"), "ch_1".to_owned());
        let draft = RetryDraft { payment: lines[0], method: None, outcome, on, reference };
        desk.perform(Action::RetryPayment(Box::new(draft))).unwrap().said
    };
    let said = retry(ChargeOutcome::Declined("Expired card".into()));
    assert!(said.contains("A message waits to be sent."), "{said}");
    let said = retry(ChargeOutcome::Paid);
    assert!(!said.contains("message"), "{said}");
    assert_eq!(states(&desk), "payment_failed/queued payment_failed/queued");
    undo(&mut desk).unwrap();
    undo(&mut desk).unwrap();
    assert_eq!(states(&desk), "payment_failed/queued payment_failed/cancelled");
}

#[test]
fn who_does_not_want_email_gets_none_and_the_answer_says_why() {
    let wishes = [("phone", "wants calls"), ("post", "wants letters"), ("none", "wants none")];
    for (channel, why) in wishes {
        let (mut desk, _, customer) = with_email();
        let (_, _, lines) = invoice(&mut desk, customer, &[("50.00", "0")]);
        let draft = Box::new(PreferenceDraft { channel: channel.into(), ..PreferenceDraft::default() });
        desk.perform(Action::SetPreferences { customer, draft }).unwrap();
        let said = fail(&mut desk, lines[0]);
        assert_eq!(said, format!("Payment P-1 has failed. No message: customer {why}."));
        assert_eq!(count(&desk, "SELECT COUNT(*) FROM outbox_message"), 0);
    }
}

#[test]
fn a_disputed_payment_sends_no_notice() {
    let (mut desk, _, customer) = with_email();
    let (_, _, lines) = invoice(&mut desk, customer, &[("50.00", "0")]);
    desk.perform(Action::OpenDispute { payment: lines[0], reason: "was broken".into() }).unwrap();
    let said = fail(&mut desk, lines[0]);
    assert!(said.contains("No message: it is disputed."), "{said}");
    assert_eq!(count(&desk, "SELECT COUNT(*) FROM outbox_message"), 0);
}
