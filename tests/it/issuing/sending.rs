//! Messages with the PDF, kept in the transaction of their Action.

use rentbook::adapters::mail;
use rentbook::services::actions::customer::CustomerDraft;
use rentbook::services::actions::sending::SendDraft;
use rentbook::services::{Action, Desk, Outcome};

use super::{euro_shop, extra, pay, row};
use crate::fixture::person;

fn with_email(desk: &mut Desk, last: &str, email: &str) -> rentbook::domain::id::CustomerId {
    let draft = CustomerDraft {
        first_name: "Ana".into(),
        last_name: last.into(),
        email: email.into(),
        ..CustomerDraft::default()
    };
    crate::fixture::customer(desk, draft)
}

fn send(desk: &mut Desk, draft: SendDraft) -> Result<(String, Vec<i64>), String> {
    match desk.perform(Action::SendInvoices(Box::new(draft))) {
        Ok(done) => match done.outcome {
            Outcome::Messages(ids) => Ok((done.said, ids)),
            other => panic!("{other:?}"),
        },
        Err(error) => Err(error.to_string()),
    }
}

#[test]
fn a_message_says_what_is_to_pay_and_carries_the_paper() {
    let (mut desk, _) = euro_shop("2026-03-02");
    let ana = with_email(&mut desk, "Ito", "ana@example.com");
    let id = extra(&mut desk, ana, "Cleaning", "100");
    let draft = SendDraft { invoices: vec![id], to: None, ..SendDraft::default() };
    let (said, messages) = send(&mut desk, draft.clone()).unwrap();
    assert_eq!(said, "A message to ana@example.com waits to be sent.");
    let message = desk.outgoing(messages[0]).unwrap();
    assert_eq!((message.recipient.as_str(), message.file_name.as_str()), ("ana@example.com", "2026-0001.pdf"));
    assert_eq!(message.subject, "Invoice 2026-0001 from Hafen Verleih");
    for word in ["Dear Ana Ito", "EUR 119.00 are due on", "IBAN DE89370400440532013000", "RF31 2026 0001"] {
        assert!(message.body.contains(word), "{word}\n{}", message.body);
    }
    assert!(message.attachment.starts_with(b"%PDF-"));
    let eml = String::from_utf8(mail::eml(&message).unwrap()).unwrap();
    assert!(eml.contains("To: ana@example.com") && eml.contains("X-Unsent: 1"), "{eml}");
    // Sent again is another message, and tells what is so now.
    pay(&mut desk, id, "119.00");
    let (_, again) = send(&mut desk, draft).unwrap();
    assert_ne!(again, messages);
    let second = desk.outgoing(again[0]).unwrap();
    assert_ne!(second.message_id, message.message_id);
    assert!(second.body.contains("nothing is due") && !second.body.contains("IBAN"), "{}", second.body);
}

#[test]
fn whoever_has_no_address_is_named_and_the_others_are_written_to() {
    let (mut desk, _) = euro_shop("2026-03-02");
    let (ana, ben) = (with_email(&mut desk, "Ito", "ana@example.com"), person(&mut desk, "Ruiz"));
    let (first, second) = (extra(&mut desk, ana, "Cleaning", "100"), extra(&mut desk, ben, "Cleaning", "100"));
    let both = SendDraft { invoices: vec![first, second], to: None, ..SendDraft::default() };
    let (said, messages) = send(&mut desk, both).unwrap();
    assert_eq!(said, "A message to ana@example.com waits to be sent. Without an email address: 2026-0002.");
    assert_eq!(messages.len(), 1);
    let none = send(&mut desk, SendDraft { invoices: vec![second], to: None, ..SendDraft::default() }).unwrap_err();
    assert!(none.contains("no email address") && none.contains("2026-0002"), "{none}");
    let (_, one) =
        send(&mut desk, SendDraft { invoices: vec![second], to: Some("b@example.com".into()), ..SendDraft::default() })
            .unwrap();
    assert_eq!(desk.outgoing(one[0]).unwrap().recipient, "b@example.com");
    let mixed = SendDraft { invoices: vec![first, second], to: Some("b@example.com".into()), ..SendDraft::default() };
    assert!(send(&mut desk, mixed).unwrap_err().contains("several payers"));
    let wrong = SendDraft { invoices: vec![first], to: Some("nobody".into()), ..SendDraft::default() };
    assert!(send(&mut desk, wrong).is_err());
}

#[test]
fn a_message_that_waits_is_withdrawn_by_undo_and_a_void_invoice_is_not_sent() {
    let (mut desk, _) = euro_shop("2026-03-02");
    let ana = with_email(&mut desk, "Ito", "ana@example.com");
    let id = extra(&mut desk, ana, "Cleaning", "100");
    send(&mut desk, SendDraft { invoices: vec![id], to: None, ..SendDraft::default() }).unwrap();
    assert_eq!(desk.perform(Action::Undo(None)).unwrap().said, "The message is withdrawn.");
    let waiting = "SELECT COUNT(*) FROM outbox_message WHERE state = 'queued'";
    assert_eq!(desk.read(|db| db.one(waiting, &[], |row| row.int(0))).unwrap(), Some(0));
    assert_eq!(row(&desk, id).open.to_string(), "119.00");
    desk.perform(Action::VoidInvoice { invoice: id, reason: "wrong".into() }).unwrap();
    assert!(
        send(&mut desk, SendDraft { invoices: vec![id], to: None, ..SendDraft::default() })
            .unwrap_err()
            .contains("void")
    );
}

// F40
#[test]
fn a_message_says_what_is_so_on_the_day_it_is_written() {
    let (mut desk, hand) = euro_shop("2026-03-02");
    let ana = with_email(&mut desk, "Ito", "ana@example.com");
    let late = extra(&mut desk, ana, "Cleaning", "100");
    let given_up = extra(&mut desk, ana, "Repair", "100");
    desk.perform(Action::WriteOff { invoice: given_up, reason: "moved away".into() }).unwrap();
    hand.set("2026-03-20");
    let (_, ids) =
        send(&mut desk, SendDraft { invoices: vec![late, given_up], to: None, ..SendDraft::default() }).unwrap();
    let bodies = [0, 1].map(|at| desk.outgoing(ids[at]).unwrap().body);
    for word in ["were due on 2026-03-16", "Account holder: Hafen Verleih", "IBAN DE89", "Payment reference: RF"] {
        assert!(bodies[0].contains(word), "{word}\n{}", bodies[0]);
    }
    assert!(bodies[1].contains("Nothing is due on it") && !bodies[1].contains("is paid"), "{}", bodies[1]);
}
