//! Charges tried again, checks that clear or bounce, disputes.

use rentbook::domain::id::ReceiptId;
use rentbook::domain::method::Method;
use rentbook::domain::reason::DisputeOutcome;
use rentbook::domain::status::PaymentStatus::{Failed, Paid, Pending, Processing};
use rentbook::services::Action;
use rentbook::services::actions::charging::{ChargeOutcome, RetryDraft};
use rentbook::services::actions::methods::MethodDraft;
use rentbook::services::actions::receiving::{ReceiptDraft, Target};
use rentbook::services::reads;

use super::{count, due_and_credit, invoice, pay, sound, stands, text, undo, with_customer};
use crate::fixture::{date, transfer};

fn attempts(desk: &rentbook::services::Desk) -> String {
    text(
        desk,
        "SELECT group_concat(state || '/' || COALESCE(decline_reason, '') || '/' || (receipt_id IS NOT NULL), ' ') FROM \
         (SELECT * FROM charge_attempt ORDER BY id)",
    )
}

#[test]
fn every_attempt_is_kept_with_its_reason_until_one_succeeds() {
    // Vector A16: a failed attempt frees the amount.
    let (mut desk, _, customer) = with_customer();
    let (id, number, lines) = invoice(&mut desk, customer, &[("50.00", "0")]);
    let payment = lines[0];
    desk.perform(Action::FailPayment { payment, reason: "Insufficient funds: no cover".into() }).unwrap();
    let card = MethodDraft {
        customer: Some(customer),
        kind: Method::Card,
        brand: "Visa".into(),
        last_four: "4242".into(),
        expires: "09/27".into(),
        ..MethodDraft::default()
    };
    desk.perform(Action::AddMethod(Box::new(card))).unwrap();
    let retry = |outcome| {
        let (on, reference) = (date("2025-11-17"), "ch_abc".to_owned());
        Action::RetryPayment(Box::new(RetryDraft { payment, method: Some(1), outcome, on, reference }))
    };
    desk.perform(retry(ChargeOutcome::Declined("Expired card".into()))).unwrap();
    assert_eq!(stands(&desk, payment), (Failed, 0, 0));
    desk.perform(retry(ChargeOutcome::Sent)).unwrap();
    assert_eq!(stands(&desk, payment), (Processing, 0, 0));
    let error = desk.perform(retry(ChargeOutcome::Sent)).unwrap_err().to_string();
    assert!(error.contains("is processing: there is nothing to retry"), "{error}");
    desk.perform(Action::FailPayment { payment, reason: "Bank rejection".into() }).unwrap();
    assert_eq!(attempts(&desk), "declined/insufficient_funds/0 declined/expired_card/0 declined/bank_rejection/0");
    assert_eq!(count(&desk, "SELECT attempt_count FROM payment"), 3);
    // The page tells the newest as the newest: three attempts and their changes.
    let page = desk.read(|db| reads::payment_page(db, payment, date("2025-11-17"))).unwrap().unwrap();
    assert_eq!(page.newest_attempt().unwrap().decline_reason.as_deref(), Some("bank_rejection"));
    let failed: Vec<&str> =
        page.changes_newest_first().filter(|one| one.to == Failed).map(|one| one.reason.as_str()).collect();
    assert_eq!(failed, ["Bank rejection", "Insufficient funds: no cover"]);
    let done = desk.perform(retry(ChargeOutcome::Paid)).unwrap();
    assert_eq!(done.said, format!("{number} is paid: Visa 4242, 09/27."));
    assert_eq!((stands(&desk, payment), due_and_credit(&desk, id)), ((Paid, 5000, 0), (0, 0)));
    assert!(attempts(&desk).ends_with(" settled//1"), "{}", attempts(&desk));
    assert_eq!(text(&desk, "SELECT method FROM payment"), "card");
    // F67: by which card, as far as it is known: brand and last four digits.
    let page = desk.read(|db| reads::payment_page(db, payment, date("2025-11-17"))).unwrap().unwrap();
    assert_eq!(page.card(), Some(&("Visa".to_owned(), "4242".to_owned())));
    sound(&desk);
    undo(&mut desk).unwrap();
    assert_eq!(stands(&desk, payment), (Failed, 0, 0));
    undo(&mut desk).unwrap();
    assert_eq!((stands(&desk, payment).0, count(&desk, "SELECT attempt_count FROM payment")), (Processing, 2));
    sound(&desk);
}

#[test]
fn a_charge_that_was_sent_has_a_way_back_and_a_way_on() {
    let (mut desk, _, customer) = with_customer();
    let (id, _, lines) = invoice(&mut desk, customer, &[("50.00", "0")]);
    let payment = lines[0];
    desk.perform(Action::FailPayment { payment, reason: "Declined".into() }).unwrap();
    let sent = || {
        let (on, reference) = (date("2025-11-17"), String::new());
        Action::RetryPayment(Box::new(RetryDraft {
            payment,
            method: None,
            outcome: ChargeOutcome::Sent,
            on,
            reference,
        }))
    };
    desk.perform(sent()).unwrap();
    undo(&mut desk).unwrap();
    assert_eq!((stands(&desk, payment).0, attempts(&desk)), (Failed, "declined/declined/0 void//0".into()));
    desk.perform(sent()).unwrap();
    desk.perform(Action::ReopenPayment { payment, reason: "not sent".into() }).unwrap();
    assert_eq!(stands(&desk, payment).0, Pending);
    desk.perform(sent()).unwrap();
    pay(&mut desk, id, "", "A");
    assert!(attempts(&desk).ends_with("void//0 settled//1"), "{}", attempts(&desk));
    sound(&desk);
}

#[test]
fn a_retry_wants_the_debtors_own_method_that_has_not_ended_and_no_dispute() {
    let (mut desk, hand, customer) = with_customer();
    let (_, _, lines) = invoice(&mut desk, customer, &[("50.00", "0")]);
    let payment = lines[0];
    let other = crate::fixture::person(&mut desk, "Berg");
    for (whose, expires) in [(customer, "11/25"), (other, "12/30")] {
        let card = MethodDraft {
            customer: Some(whose),
            kind: Method::Card,
            last_four: "1111".into(),
            expires: expires.into(),
            ..MethodDraft::default()
        };
        desk.perform(Action::AddMethod(Box::new(card))).unwrap();
    }
    hand.set("2025-12-01");
    let mut retry = |method| {
        let (on, reference, outcome) = (date("2025-12-01"), String::new(), ChargeOutcome::Paid);
        let draft = RetryDraft { payment, method, outcome, on, reference };
        desk.perform(Action::RetryPayment(Box::new(draft))).unwrap_err().to_string()
    };
    assert_eq!(retry(Some(1)), "method: that card has ended: Card 1111, 11/25");
    assert_eq!(retry(Some(2)), "method: that is not a payment method of this customer");
    desk.perform(Action::OpenDispute { payment, reason: "never came".into() }).unwrap();
    let draft = RetryDraft {
        payment,
        method: None,
        outcome: ChargeOutcome::Paid,
        on: date("2025-12-01"),
        reference: String::new(),
    };
    let error = desk.perform(Action::RetryPayment(Box::new(draft))).unwrap_err().to_string();
    assert!(error.contains("is disputed: nothing is charged"), "{error}");
}

// F4
#[test]
fn a_charge_made_elsewhere_is_booked_by_its_reference_only() {
    let (mut desk, _, customer) = with_customer();
    let (_, _, lines) = invoice(&mut desk, customer, &[("50.00", "0")]);
    let payment = lines[0];
    desk.perform(Action::FailPayment { payment, reason: "Declined".into() }).unwrap();
    let mut charged = |reference: &str| {
        let (on, outcome, reference) = (date("2025-11-17"), ChargeOutcome::Paid, reference.to_owned());
        let draft = RetryDraft { payment, method: None, outcome, on, reference };
        desk.perform(Action::RetryPayment(Box::new(draft)))
    };
    let error = charged("  ").unwrap_err().to_string();
    assert_eq!(error, "reference: type the reference of the card terminal or the processor");
    assert!(charged("ch_1").is_ok());
    assert_eq!((stands(&desk, payment).0, attempts(&desk)), (Paid, "declined/declined/0 settled//1".into()));
}

fn check(desk: &mut rentbook::services::Desk, target: Target, amount: &str) -> ReceiptId {
    let draft = ReceiptDraft { method: Method::Check, keep_credit: true, ..transfer(desk, target, amount, "CH-1") };
    desk.perform(Action::Receive(Box::new(draft))).unwrap();
    ReceiptId(count(desk, "SELECT MAX(id) FROM receipt"))
}

#[test]
fn a_check_leaves_its_payments_processing_until_it_clears() {
    let (mut desk, hand, customer) = with_customer();
    let (id, _, lines) = invoice(&mut desk, customer, &[("50.00", "0"), ("20.00", "0")]);
    let receipt = check(&mut desk, Target::Invoices(vec![id]), "75.00");
    assert_eq!((stands(&desk, lines[0]).0, due_and_credit(&desk, id)), (Processing, (7000, 0)));
    hand.set("2025-11-20");
    let clear = Action::ClearReceipt { receipt, on: date("2025-11-20") };
    let done = desk.perform(clear.clone()).unwrap();
    assert_eq!(done.said, "Receipt R-2025-0001 for 75.00 has cleared, 5.00 is kept as credit.");
    assert_eq!((stands(&desk, lines[1]), due_and_credit(&desk, id)), ((Paid, 2000, 0), (0, 500)));
    assert!(desk.perform(clear).unwrap_err().to_string().contains("is cleared: it is not on its way"));
    sound(&desk);
    let done = desk.perform(Action::BounceReceipt { receipt, reason: String::new() }).unwrap();
    assert_eq!(
        done.said,
        "Receipt R-2025-0001 bounced: what it paid is owed and has failed. No message: no email address."
    );
    assert_eq!((stands(&desk, lines[0]), due_and_credit(&desk, id)), ((Failed, 0, 0), (7000, 0)));
    assert_eq!(attempts(&desk), "declined/bank_rejection/0 declined/bank_rejection/0");
    sound(&desk);
}

#[test]
fn a_check_that_bounces_on_its_way_fails_what_it_was_meant_for() {
    let (mut desk, _, customer) = with_customer();
    let (id, _, lines) = invoice(&mut desk, customer, &[("50.00", "0")]);
    let receipt = check(&mut desk, Target::Invoices(vec![id]), "50.00");
    desk.perform(Action::BounceReceipt { receipt, reason: "Insufficient funds".into() }).unwrap();
    assert_eq!((stands(&desk, lines[0]), attempts(&desk)), ((Failed, 0, 0), "declined/insufficient_funds/0".into()));
    let again = check(&mut desk, Target::Payments(lines.clone()), "20.00");
    desk.perform(Action::ClearReceipt { receipt: again, on: date("2025-11-17") }).unwrap();
    assert_eq!(stands(&desk, lines[0]), (Pending, 2000, 0));
    sound(&desk);
}

#[test]
fn a_dispute_is_opened_once_and_closed_with_an_outcome() {
    let (mut desk, _, customer) = with_customer();
    let (_, _, lines) = invoice(&mut desk, customer, &[("50.00", "0")]);
    let payment = lines[0];
    let open = |reason: &str| Action::OpenDispute { payment, reason: reason.into() };
    assert_eq!(desk.perform(open("")).unwrap_err().to_string(), "reason: say what the customer disputes");
    desk.perform(open("was broken")).unwrap();
    assert!(desk.perform(open("again")).unwrap_err().to_string().contains("is disputed already, since 11/17/2025"));
    let disputed = "SELECT COUNT(*) FROM dispute WHERE closed_on IS NULL";
    let close = || Action::CloseDispute { payment, outcome: DisputeOutcome::ForTheShop, words: "photo".into() };
    desk.perform(close()).unwrap();
    assert_eq!(text(&desk, "SELECT outcome FROM dispute"), "For the shop: photo");
    assert!(desk.perform(close()).unwrap_err().to_string().contains("is not disputed"));
    undo(&mut desk).unwrap();
    assert_eq!(count(&desk, disputed), 1);
    desk.perform(close()).unwrap();
    desk.perform(open("once more")).unwrap();
    undo(&mut desk).unwrap();
    assert_eq!(count(&desk, disputed), 0);
    sound(&desk);
}
