//! When money counts: before its invoice, in a closed period, in parts entered out of turn, beside money on its way.

use rentbook::domain::method::Method;
use rentbook::domain::status::PaymentStatus::{Paid, Pending, Processing};
use rentbook::services::actions::receiving::{ReceiptDraft, Target};
use rentbook::services::{Action, Desk, Payer};

use super::{count, due_and_credit, invoice, sound, stands, text, undo, with_customer};
use crate::fixture::{date, group, item, order, person, shop, transfer, variant};

/// Money of a day.
fn of_day(desk: &Desk, target: Target, amount: &str, day: &str) -> ReceiptDraft {
    ReceiptDraft { received_on: date(day), ..transfer(desk, target, amount, day) }
}

fn receive(desk: &mut Desk, draft: ReceiptDraft) -> Result<String, String> {
    desk.perform(Action::Receive(Box::new(draft))).map(|done| done.said).map_err(|error| error.to_string())
}

fn code(desk: &mut Desk, draft: ReceiptDraft) -> Option<&'static str> {
    desk.perform(Action::Receive(Box::new(draft))).unwrap_err().refusal().map(|refusal| refusal.code)
}

/// When it came, when it counts, and when the payment was paid.
const DAYS: &str = "SELECT GROUP_CONCAT(r.received_on || ' ' || a.allocated_on || ' ' || COALESCE(p.paid_on, '-'), '; ') \
    FROM allocation a JOIN receipt r ON r.id = a.receipt_id JOIN payment p ON p.id = a.payment_id WHERE a.amount_minor > 0";

#[test]
fn money_that_came_before_its_invoice_pays_it_on_the_day_of_the_invoice() {
    // F19
    let (mut desk, hand, customer) = with_customer();
    hand.set("2025-11-20");
    let (id, number, lines) = invoice(&mut desk, customer, &[("60.00", "0")]);
    let draft = of_day(&desk, Target::Invoices(vec![id]), "", "2025-11-19");
    let said = receive(&mut desk, draft).unwrap();
    assert_eq!(said, format!("{number} is paid, 60.00. It came before invoice {number}, which it pays on 11/20/2025."));
    assert_eq!(text(&desk, DAYS), "2025-11-19 2025-11-20 2025-11-20");
    assert_eq!(stands(&desk, lines[0]).0, Paid);
    let shop = desk.shop().unwrap().clone();
    let paper = desk.read(|db| rentbook::store::paper::settlements(db, id, shop.currency)).unwrap();
    assert_eq!(
        (paper[0].came_on, paper[0].on),
        (date("2025-11-19"), date("2025-11-20")),
        "the paper shows the day it came"
    );
    undo(&mut desk).unwrap();
    assert_eq!(due_and_credit(&desk, id), (6000, 0));
    sound(&desk);
}

#[test]
fn money_before_its_invoice_is_taken_from_a_payer_a_group_each_and_a_check() {
    // F19: its brothers.
    let (mut desk, hand, customer) = with_customer();
    let acme = group(&mut desk, "Acme HQ", "19");
    let ben = person(&mut desk, "Berg");
    desk.perform(Action::JoinGroup { group: acme, customer: ben }).unwrap();
    let laptop = variant(&mut desk, "Laptop", "30.00");
    order(&mut desk, ben, vec![item(laptop, "2025-11-18", 1)]);
    hand.set("2025-11-20");
    desk.run_pass(&rentbook::services::pass::PassOptions::default()).unwrap();
    let (first, _, _) = invoice(&mut desk, customer, &[("60.00", "0")]);
    let draft = of_day(&desk, Target::Payer(Payer::Customer(customer)), "60.00", "2025-11-18");
    receive(&mut desk, draft).unwrap();
    assert_eq!(due_and_credit(&desk, first), (0, 0));
    let draft = of_day(&desk, Target::Payer(Payer::Group(acme)), "", "2025-11-17");
    receive(&mut desk, draft).unwrap();
    assert_eq!(count(&desk, "SELECT COUNT(*) FROM payment WHERE group_id IS NOT NULL AND status = 'paid'"), 1);
    let (second, _, _) = invoice(&mut desk, customer, &[("10.00", "0")]);
    let (third, _, lines) = invoice(&mut desk, customer, &[("20.00", "0")]);
    let each = [(second, "2025-11-17"), (third, "2025-11-21")]
        .map(|(id, day)| of_day(&desk, Target::Invoices(vec![id]), "", day));
    assert!(desk.perform(Action::ReceiveEach(each.to_vec())).is_err(), "tomorrow is still to come");
    desk.perform(Action::ReceiveEach(each[..1].to_vec())).unwrap();
    let check =
        ReceiptDraft { method: Method::Check, ..of_day(&desk, Target::Invoices(vec![third]), "", "2025-11-18") };
    receive(&mut desk, check).unwrap();
    assert_eq!(text(&desk, "SELECT MAX(changed_on) FROM payment_change"), "2025-11-20");
    let receipt = rentbook::domain::id::ReceiptId(count(&desk, "SELECT MAX(id) FROM receipt"));
    desk.perform(Action::ClearReceipt { receipt, on: date("2025-11-19") }).unwrap();
    assert_eq!(stands(&desk, lines[0]).0, Paid);
    assert_eq!(
        count(&desk, "SELECT COUNT(*) FROM allocation WHERE allocated_on <> '2025-11-20'"),
        1,
        "the group's of the 19th"
    );
    sound(&desk);
}

#[test]
fn a_payment_is_paid_on_the_day_its_last_part_took_effect() {
    // F20
    let (mut desk, hand, customer) = with_customer();
    let (id, _, lines) = invoice(&mut desk, customer, &[("100.00", "0")]);
    hand.set("2025-11-20");
    let ahead = ReceiptDraft {
        keep_credit: true,
        ..transfer(&desk, Target::Parts(vec![(lines[0], 0)]), "50.00", "in advance")
    };
    receive(&mut desk, ahead).unwrap();
    desk.perform(Action::UseCredit { target: Target::Invoices(vec![id]), amount: String::new() }).unwrap();
    let draft = of_day(&desk, Target::Invoices(vec![id]), "50.00", "2025-11-18");
    receive(&mut desk, draft).unwrap();
    assert_eq!(text(&desk, "SELECT paid_on FROM payment"), "2025-11-20");
    sound(&desk);
    undo(&mut desk).unwrap();
    assert_eq!(
        (stands(&desk, lines[0]), text(&desk, "SELECT COALESCE(paid_on, '-') FROM payment")),
        ((Pending, 5000, 0), "-".into())
    );
    sound(&desk);
}

#[test]
fn money_on_its_way_is_spoken_for() {
    // F21
    let (mut desk, _, customer) = with_customer();
    let (first, number, lines) = invoice(&mut desk, customer, &[("60.00", "0")]);
    let (second, _, _) = invoice(&mut desk, customer, &[("40.00", "0")]);
    let check = |desk: &Desk, amount: &str, reference: &str| ReceiptDraft {
        method: Method::Check,
        ..transfer(desk, Target::Invoices(vec![first]), amount, reference)
    };
    let draft = check(&desk, "", "C1");
    receive(&mut desk, draft).unwrap();
    assert_eq!(stands(&desk, lines[0]).0, Processing);
    // Nobody named the invoice: it is left out.
    let whole = Target::Payer(Payer::Customer(customer));
    let draft = transfer(&desk, whole.clone(), "100.00", "T");
    let error = receive(&mut desk, draft).unwrap_err();
    assert!(error.contains(&format!("is open (40.00; 60.00 is on its way for {number})")), "{error}");
    let draft = transfer(&desk, whole.clone(), "", "T");
    receive(&mut desk, draft).unwrap();
    assert_eq!((due_and_credit(&desk, first).0, due_and_credit(&desk, second).0), (6000, 0));
    let draft = transfer(&desk, whole, "", "T");
    assert_eq!(receive(&mut desk, draft).unwrap_err(), format!("nothing is open: 60.00 is on its way for {number}"));
    // Somebody named it: that is asked about, for a check as for a transfer.
    let draft = check(&desk, "", "C2");
    let error = receive(&mut desk, draft.clone()).unwrap_err();
    assert!(
        error.starts_with("receipt R-2025-0001 for 60.00, check, of 11/17/2025 is on its way to invoice"),
        "{error}"
    );
    assert_eq!(code(&mut desk, draft.clone()), Some("awaited"));
    let transfer = transfer(&desk, Target::Invoices(vec![first]), "", "T2");
    assert_eq!(code(&mut desk, transfer), Some("awaited"));
    receive(&mut desk, ReceiptDraft { again: true, ..draft }).unwrap();
    undo(&mut desk).unwrap();
    sound(&desk);
}

#[test]
fn a_check_over_a_part_leaves_the_rest_to_other_money() {
    // F21: as much as is spoken for, no more.
    let (mut desk, _, customer) = with_customer();
    let (id, _, lines) = invoice(&mut desk, customer, &[("100.00", "0")]);
    let check = ReceiptDraft { method: Method::Check, ..transfer(&desk, Target::Invoices(vec![id]), "40.00", "C") };
    receive(&mut desk, check).unwrap();
    let payer = Target::Payer(Payer::Customer(customer));
    let draft = transfer(&desk, payer.clone(), "60.01", "A");
    assert_eq!(code(&mut desk, draft), Some("over_paid"));
    let draft = transfer(&desk, payer, "", "B");
    receive(&mut desk, draft).unwrap();
    assert_eq!(stands(&desk, lines[0]), (Processing, 6000, 0));
    let receipt = rentbook::domain::id::ReceiptId(count(&desk, "SELECT MIN(id) FROM receipt"));
    desk.perform(Action::ClearReceipt { receipt, on: desk.today() }).unwrap();
    assert_eq!(stands(&desk, lines[0]), (Paid, 10_000, 0));
    // A charge a person says is under way speaks for all of it, and its own money is no second.
    let (next, _, payments) = invoice(&mut desk, customer, &[("10.00", "0")]);
    desk.perform(Action::ProcessPayment { payment: payments[0] }).unwrap();
    let draft = transfer(&desk, Target::Payer(Payer::Customer(customer)), "10.00", "C");
    assert_eq!(code(&mut desk, draft), Some("over_paid"));
    let draft = transfer(&desk, Target::Invoices(vec![next]), "", "D");
    receive(&mut desk, draft).unwrap();
    sound(&desk);
}

#[test]
fn money_of_a_closed_period_keeps_its_day_and_counts_from_the_first_open_one() {
    // F12
    let (mut desk, hand) = shop("2025-11-17");
    let customer = person(&mut desk, "Lund");
    let (id, number, lines) = invoice(&mut desk, customer, &[("60.00", "0")]);
    hand.set("2025-12-05");
    desk.run_pass(&rentbook::services::pass::PassOptions::default()).unwrap();
    desk.perform(Action::ChangeSetting { key: "locked_until".into(), value: "2025-11-30".into() }).unwrap();
    let draft = ReceiptDraft { keep_credit: true, ..of_day(&desk, Target::Invoices(vec![id]), "70.00", "2025-11-28") };
    let said = receive(&mut desk, draft).unwrap();
    assert_eq!(
        said,
        format!("{number} is paid, 60.00, 10.00 is kept as credit. 11/28/2025 is closed: it counts from 12/01/2025.")
    );
    assert_eq!(text(&desk, DAYS), "2025-11-28 2025-12-01 2025-12-01");
    assert_eq!(text(&desk, "SELECT cleared_on FROM receipt"), "2025-12-01");
    undo(&mut desk).unwrap();
    assert_eq!(stands(&desk, lines[0]), (Pending, 0, 0));
    sound(&desk);
}
