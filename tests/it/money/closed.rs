//! Whatever is done after a period was closed, its figures stay: refused, or dated today.

use rentbook::domain::id::{ActivityId, InvoiceId, PaymentId, ReceiptId};
use rentbook::domain::method::Method;
use rentbook::domain::reason::CancelReason;
use rentbook::services::actions::receiving::{ReceiptDraft, Target};
use rentbook::services::actions::refunding::RefundFrom;
use rentbook::services::actions::subscription::{Change, ChangeDraft};
use rentbook::services::{Action, Desk};

use super::{count, invoice, pay, refund, sound, text};
use crate::fixture::{Hand, date, item, order, person, shop, transfer, variant};

/// The last closed day.
const CLOSED: &str = "2025-01-31";

/// A shop whose January is closed: Ana rents since the 2nd and has paid some of what stands in it.
fn closed() -> (Desk, Hand, Vec<InvoiceId>) {
    let (mut desk, hand) = shop("2025-01-02");
    let ana = person(&mut desk, "Lund");
    let laptop = variant(&mut desk, "Laptop", "30.00");
    order(&mut desk, ana, vec![item(laptop, "2025-01-02", 12)]);
    let (paid, _, _) = invoice(&mut desk, ana, &[("60.00", "0")]);
    let (open, _, _) = invoice(&mut desk, ana, &[("40.00", "0"), ("5.00", "0")]);
    let (waiting, _, _) = invoice(&mut desk, ana, &[("7.00", "0")]);
    hand.set("2025-01-10");
    desk.catch_up().unwrap();
    pay(&mut desk, paid, "70.00", "A");
    let check = ReceiptDraft { method: Method::Check, ..transfer(&desk, Target::Invoices(vec![waiting]), "", "C") };
    desk.perform(Action::Receive(Box::new(check))).unwrap();
    desk.perform(Action::ClearReceipt { receipt: ReceiptId(2), on: date("2025-01-10") }).unwrap();
    for day in ["2025-01-20", "2025-02-05"] {
        hand.set(day);
        desk.catch_up().unwrap();
    }
    desk.perform(Action::ChangeSetting { key: "locked_until".into(), value: CLOSED.into() }).unwrap();
    (desk, hand, vec![InvoiceId(1), paid, open, waiting])
}

/// What January says: what each invoice of it owed at its end, what came in, what was sold.
fn january(desk: &Desk) -> String {
    let open = format!(
        "SELECT GROUP_CONCAT(line, '; ') FROM (SELECT i.number || ' ' || (i.total_minor - COALESCE((SELECT SUM(a.amount_minor) \
         FROM payment p JOIN allocation a ON a.payment_id = p.id WHERE p.invoice_id = i.id AND a.allocated_on <= '{CLOSED}'), 0)) AS line \
         FROM invoice i WHERE i.invoiced_on <= '{CLOSED}' AND i.state = 'issued' ORDER BY i.id)"
    );
    let income =
        format!("SELECT 'income ' || COALESCE(SUM(amount_minor), 0) FROM allocation WHERE allocated_on <= '{CLOSED}'");
    let cleared =
        format!("SELECT 'came ' || COALESCE(SUM(amount_minor), 0) FROM receipt WHERE cleared_on <= '{CLOSED}'");
    let ended = format!("SELECT 'ended ' || COUNT(*) FROM subscription WHERE ended_on <= '{CLOSED}'");
    [open, income, cleared, ended].map(|sql| text(desk, &sql)).join("\n")
}

#[test]
fn no_action_changes_a_figure_of_a_closed_day() {
    // F12
    let change = |change| {
        Action::ChangeSubscription(Box::new(ChangeDraft {
            subscription: rentbook::domain::id::SubscriptionId(1),
            version: None,
            change,
        }))
    };
    let reason = || "wrong".to_owned();
    let (desk, _, ids) = closed();
    let first = |invoice: InvoiceId| {
        PaymentId(count(&desk, &format!("SELECT MIN(id) FROM payment WHERE invoice_id = {invoice}")))
    };
    let steps = count(&desk, "SELECT MAX(id) FROM activity");
    let mut actions = vec![
        Action::VoidInvoice { invoice: ids[2], reason: reason() },
        Action::BillAgain { invoice: ids[2], reason: reason() },
        Action::VoidInvoice { invoice: ids[0], reason: reason() },
        Action::CancelPayment { payment: first(ids[0]), reason: CancelReason::NotNeeded, words: "x".into() },
        Action::WaivePayment { payment: first(ids[2]), reason: reason() },
        Action::WriteOff { invoice: ids[2], reason: reason() },
        Action::Refund(Box::new(refund(RefundFrom::Invoice(ids[1]), "60.00", true))),
        Action::Refund(Box::new(refund(RefundFrom::Receipt(ReceiptId(1)), "70.00", false))),
        Action::BounceReceipt { receipt: ReceiptId(2), reason: reason() },
        Action::UseCredit { target: Target::Invoices(vec![ids[2]]), amount: String::new() },
        Action::FailPayment { payment: first(ids[2]), reason: reason() },
        Action::OpenDispute { payment: first(ids[1]), reason: reason() },
        change(Change::Cancel { from: date("2025-01-20"), reason: reason(), running: None, refund: false }),
        change(Change::Pause { from: date("2025-01-20"), to: None }),
    ];
    for day in ["2025-01-15", "2025-02-03"] {
        let draft = transfer(&desk, Target::Invoices(vec![ids[2]]), "", "late");
        actions.push(Action::Receive(Box::new(ReceiptDraft { received_on: date(day), ..draft })));
    }
    actions.extend((1..=steps).map(|id| Action::Undo(Some(ActivityId(id)))));
    for action in actions {
        let (mut desk, _, _) = closed();
        let before = january(&desk);
        let what = format!("{action:?}");
        if let Err(error) = desk.perform(action) {
            assert!(error.refusal().is_some(), "{what}: {error:?}");
        }
        assert_eq!(january(&desk), before, "{what}");
        sound(&desk);
    }
}

#[test]
fn an_invoice_of_a_closed_day_is_credited_and_says_so() {
    // F12
    let (mut desk, _, ids) = closed();
    let error = desk.perform(Action::VoidInvoice { invoice: ids[2], reason: "x".into() }).unwrap_err();
    assert_eq!(
        error.to_string(),
        "invoice 2025-0003 is of 01/02/2025, which is closed: correct it with a credit note, which is dated today"
    );
    let payment = PaymentId(count(&desk, "SELECT id FROM payment WHERE invoice_id = 1"));
    let said = desk
        .perform(Action::CancelPayment { payment, reason: CancelReason::NotNeeded, words: "x".into() })
        .unwrap()
        .said;
    assert!(said.contains("CN-2025-0001"), "{said}");
    let undone = desk.perform(Action::Undo(Some(ActivityId(count(
        &desk,
        "SELECT id FROM activity WHERE action = 'clear_receipt'",
    )))));
    assert!(
        undone.unwrap_err().to_string().contains("which is closed: where the money did not come, say that it bounced")
    );
    sound(&desk);
}

#[test]
fn a_period_is_closed_once_its_billing_has_run_and_no_invoice_is_dated_into_it() {
    // F12
    let (mut desk, hand, _) = closed();
    hand.set("2025-04-20");
    let lock = |value: &str| Action::ChangeSetting { key: "locked-until".into(), value: value.into() };
    let error = desk.perform(lock("2025-03-31")).unwrap_err().to_string();
    assert!(error.contains("billing last ran"), "{error}");
    desk.run_pass(&rentbook::services::pass::PassOptions { confirm_gap: true, ..Default::default() }).unwrap();
    desk.perform(lock("2025-04-19")).unwrap();
    // More days ahead: the period of 2 May would be dated 2 April.
    desk.perform(Action::ChangeSetting { key: "lead_days".into(), value: "30".into() }).unwrap();
    desk.run_pass(&rentbook::services::pass::PassOptions::default()).unwrap();
    assert_eq!(text(&desk, "SELECT MAX(invoiced_on) FROM invoice"), "2025-04-20");
    sound(&desk);
}

#[test]
fn check_finds_what_was_written_into_a_period_after_it_was_closed() {
    let (mut desk, _, ids) = closed();
    pay(&mut desk, ids[2], "45.00", "B");
    sound(&desk);
    let planted = [
        "DROP TRIGGER allocation_frozen",
        "UPDATE allocation SET allocated_on = '2025-01-20' WHERE id = (SELECT MAX(id) FROM allocation)",
    ];
    desk.book()
        .write(|db| {
            planted
                .iter()
                .try_for_each(|sql| db.execute(sql, &[]).map(drop))
                .map_err(rentbook::services::DeskError::from)
        })
        .unwrap();
    let found: Vec<String> = desk.check().unwrap().violations.into_iter().map(|violation| violation.name).collect();
    assert!(found.contains(&"nothing is written into a period after it was closed".to_owned()), "{found:?}");
}

#[test]
fn a_period_closed_by_mistake_is_opened_by_undo_and_check_knows_it() {
    // F15
    let (mut desk, _, ids) = closed();
    let until = |desk: &Desk| text(desk, "SELECT COALESCE(locked_until_on, 'open') FROM shop");
    desk.perform(Action::ChangeSetting { key: "locked_until".into(), value: "2025-02-03".into() }).unwrap();
    desk.perform(Action::Undo(None)).unwrap();
    assert_eq!(until(&desk), CLOSED, "the lock before holds again");
    let reason = || "wrong".to_owned();
    assert!(desk.perform(Action::VoidInvoice { invoice: ids[2], reason: reason() }).is_err());
    desk.perform(Action::Undo(None)).unwrap();
    assert_eq!(until(&desk), "open");
    desk.perform(Action::VoidInvoice { invoice: ids[2], reason: reason() }).unwrap();
    sound(&desk);
}
