//! F32: whatever makes a credit note makes a document: found by its number, opened, printed, sent, marked when it was
//! taken back.

use rentbook::domain::contract::Condition;
use rentbook::domain::id::{CreditNoteId, CustomerId, InvoiceId, PaymentId};
use rentbook::domain::reason::{CancelReason, RefundReason};
use rentbook::services::actions::crediting::CreditDraft;
use rentbook::services::actions::customer::CustomerDraft;
use rentbook::services::actions::deposit::CloseDraft;
use rentbook::services::actions::order::ItemDraft;
use rentbook::services::actions::receiving::Target;
use rentbook::services::actions::refunding::{RefundDraft, RefundFrom};
use rentbook::services::actions::sending::SendDraft;
use rentbook::services::actions::subscription::{Change, ChangeDraft};
use rentbook::services::reads::{self, NoteFilter, Page};
use rentbook::services::{Action, Desk, Outcome, Payer};
use rentbook::tui::screens;

use super::{Rented, cancel, rented};
use crate::fixture::{date, item, order, transfer};
use crate::robot::Robot;

/// Ana has paid a month and the deposit, and has an address to write to.
fn paid() -> Rented {
    let mut rented = rented("2024-01-05");
    let ana = CustomerId(1);
    let money = transfer(&rented.desk, Target::Payer(Payer::Customer(ana)), "329", "BT-1");
    rented.desk.perform(Action::Receive(Box::new(money))).unwrap();
    let own = Action::ChangeSetting { key: "email".into(), value: "rent@harbour.example".into() };
    rented.desk.perform(own).unwrap();
    let one =
        |column: &str| rented.rows(&format!("SELECT CAST({column} AS TEXT) FROM customer WHERE id = 1")).remove(0);
    let (first_name, last_name, email) = (one("first_name"), one("last_name"), "ana@example.org".to_owned());
    let draft = Box::new(CustomerDraft { first_name, last_name, email, ..CustomerDraft::default() });
    let version = one("version").parse().unwrap();
    rented.desk.perform(Action::EditCustomer { id: ana, version, draft }).unwrap();
    rented
}

fn changed(change: Change) -> Action {
    let subscription = rentbook::domain::id::SubscriptionId(1);
    Action::ChangeSubscription(Box::new(ChangeDraft { subscription, version: None, change }))
}

/// What makes one, with a name for it.
fn makers(rented: &Rented) -> Vec<(&'static str, Action)> {
    let refund = RefundDraft {
        from: RefundFrom::Payment(PaymentId(1)),
        amount: "20".into(),
        reason: RefundReason::ServiceFailure,
        words: String::new(),
        with_credit_note: true,
        reference: String::new(),
    };
    let close = |keep: &str| {
        let (keep, reason) = (keep.to_owned(), "scratched".to_owned());
        Action::CloseDeposit(Box::new(CloseDraft { deposit: 1, keep, reason, ..CloseDraft::default() }))
    };
    let credit = CreditDraft { amount: "10".into(), reason: "a day without it".into(), ..CreditDraft::default() };
    let upgrade = Change::Upgrade { item: Box::new(item(rented.laptop, "2024-01-05", 12)) };
    let early = Change::ReturnEarly {
        on: date("2024-01-05"),
        percent: "10".into(),
        condition: Condition::Good,
        note: String::new(),
        waive: String::new(),
    };
    vec![
        ("credit", Action::Credit { invoice: InvoiceId(1), draft: Box::new(credit) }),
        ("refund", Action::Refund(Box::new(refund))),
        ("cancel", changed(cancel("2024-01-20"))),
        ("pause", changed(Change::Pause { from: date("2024-01-10"), to: Some(date("2024-01-20")) })),
        ("upgrade", changed(upgrade)),
        ("return", changed(early)),
        ("deposit returned", close("")),
        ("deposit kept in part", close("50")),
    ]
}

fn notes(desk: &Desk) -> Vec<reads::CreditNote> {
    desk.read(|db| reads::credit_notes(db, &NoteFilter::default(), 99)).unwrap()
}

/// It is a document like any other.
fn is_a_document(desk: &mut Desk, note: &reads::CreditNote, what: &str) {
    let found = desk.read(|db| reads::credit_note_numbered(db, &note.number)).unwrap();
    assert_eq!(found.as_ref(), Some(note), "{what}");
    let page = desk.read(|db| reads::credit_notes_page(db, &note.number, &Page::first(9))).unwrap();
    assert!(page.rows.contains(note), "{what}: in the list on the screen");
    assert!(!desk.read(|db| reads::credit_note_lines(db, note.id)).unwrap().is_empty(), "{what}");
    assert!(desk.credit_note_paper(&note.number).unwrap().bytes.starts_with(b"%PDF-"), "{what}");
    let draft = SendDraft { notes: vec![note.id], ..SendDraft::default() };
    let done = desk.perform(Action::SendInvoices(Box::new(draft))).unwrap();
    assert_eq!(done.said, "A message to ana@example.org waits to be sent.", "{what}");
    let Outcome::Messages(ids) = done.outcome else { panic!("{what}") };
    let message = desk.outgoing(ids[0]).unwrap();
    assert_eq!(message.file_name, format!("{}.pdf", note.number), "{what}");
    let (subject, corrects) = (format!("Credit note {} from", note.number), format!("invoice {}", note.invoice_number));
    assert!(message.subject.starts_with(&subject) && message.body.contains(&corrects), "{what}: {}", message.body);
    assert!(message.body.contains(&format!("credit note {} for ", note.number)), "{what}: {}", message.body);
    assert!(rentbook::adapters::mail::eml(&message).is_ok() && message.attachment.starts_with(b"%PDF-"), "{what}");
}

#[test]
fn whatever_makes_a_credit_note_makes_one_that_is_found_opened_printed_and_sent() {
    for (what, action) in makers(&paid()) {
        let mut rented = paid();
        if what == "return" {
            // The period that runs is owed; what is billed ahead is not.
            let ahead = Action::BillAhead { subscription: rented.subscription, day: None };
            rented.desk.perform(ahead).unwrap();
        }
        rented.desk.perform(action).unwrap();
        let made = notes(&rented.desk);
        assert!(!made.is_empty(), "{what} makes no credit note");
        for note in &made {
            is_a_document(&mut rented.desk, note, what);
        }
        rented.sound();
        // Both steps are taken back: the message first, then what made it.
        for _ in 0..=made.len() {
            rented.desk.perform(Action::Undo(None)).unwrap();
        }
        let stay = notes(&rented.desk);
        assert_eq!(stay.len(), made.len(), "{what}");
        for note in stay {
            assert!(note.is_taken_back, "{what}");
            let draft = SendDraft { notes: vec![note.id], ..SendDraft::default() };
            let why = rented.desk.perform(Action::SendInvoices(Box::new(draft))).unwrap_err().to_string();
            assert!(why.contains("was taken back"), "{what}: {why}");
            assert!(rented.desk.credit_note_paper(&note.number).is_ok(), "{what}: what was printed stays printable");
        }
        rented.sound();
    }
}

#[test]
fn a_payment_waived_cancelled_or_credited_whole_on_an_invoice_of_several_lines_has_one_too() {
    let waive = |payment| Action::WaivePayment { payment, reason: "goodwill".into() };
    let cancelled = |payment| Action::CancelPayment { payment, reason: CancelReason::NotNeeded, words: String::new() };
    for (what, make) in [("waive", &waive as &dyn Fn(PaymentId) -> Action), ("cancel", &cancelled)] {
        let mut rented = paid();
        let line = |text: &str| rentbook::services::actions::invoicing::LineDraft {
            text: text.into(),
            unit_price: "40".into(),
            ..rentbook::services::actions::invoicing::LineDraft::default()
        };
        let draft = rentbook::services::actions::invoicing::InvoiceDraft {
            customer: CustomerId(1),
            lines: vec![line("Cleaning"), line("Cable")],
            due_on: None,
        };
        rented.desk.perform(Action::NewInvoice(Box::new(draft))).unwrap();
        let newest = rented.rows("SELECT CAST(MAX(id) AS TEXT) FROM payment")[0].parse().unwrap();
        rented.desk.perform(make(PaymentId(newest))).unwrap();
        let made = notes(&rented.desk);
        assert_eq!(made.len(), 1, "{what}");
        is_a_document(&mut rented.desk, &made[0], what);
        rented.sound();
    }
}

#[test]
fn a_deposit_nobody_paid_falls_by_a_document_as_well() {
    let mut rented = paid();
    let item = ItemDraft { deposit: "80".into(), ..item(rented.laptop, "2024-01-05", 2) };
    order(&mut rented.desk, CustomerId(1), vec![item]);
    let second = rentbook::domain::id::SubscriptionId(2);
    let change = cancel("2024-01-05");
    crate::fixture::change(&mut rented.desk, second, change);
    let made = notes(&rented.desk);
    assert!(!made.is_empty());
    for note in &made {
        is_a_document(&mut rented.desk, note, "unpaid deposit");
    }
    rented.sound();
}

#[test]
fn a_credit_note_is_sent_by_key_too() {
    let mut rented = paid();
    let (_, action) = makers(&rented).remove(0);
    rented.desk.perform(action).unwrap();
    let mut robot = Robot::at(rented.desk, screens::open);
    robot.keys("<F10>credit notes<Enter>").act("Send credit note");
    assert!(robot.sees("ana@example.org"), "{}", robot.text());
    robot.keys("<F2>");
    assert_eq!(robot.message(), "A message to ana@example.org waits to be sent.", "{}", robot.text());
}

#[test]
fn the_message_of_a_credit_note_is_in_the_language_of_the_shop() {
    for (language, word) in [
        ("en", "It corrects invoice"),
        ("de", "Sie berichtigt die Rechnung"),
        ("fr", "Il corrige la facture"),
        ("es", "Rectifica la factura"),
    ] {
        let mut rented = paid();
        let (_, action) = makers(&rented).remove(0);
        rented.desk.perform(action).unwrap();
        let set = Action::ChangeSetting { key: "language".into(), value: language.into() };
        if language != "en" {
            rented.desk.perform(set).unwrap();
        }
        let draft = SendDraft { notes: vec![CreditNoteId(1)], ..SendDraft::default() };
        let done = rented.desk.perform(Action::SendInvoices(Box::new(draft))).unwrap();
        let Outcome::Messages(ids) = done.outcome else { panic!() };
        let message = rented.desk.outgoing(ids[0]).unwrap();
        assert!(message.body.contains(word), "{}", message.body);
        assert!(!message.body.contains('{'), "{}", message.body);
    }
}
