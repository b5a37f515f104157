//! What is taken back, what bounces, what was late: the corners of undo, of checks on their way, of the clock.

use std::sync::Arc;

use rentbook::domain::id::{ActivityId, InvoiceId, PaymentId};
use rentbook::domain::method::Method;
use rentbook::domain::status::PaymentStatus::{self, Failed, Paid, Pending, Processing};
use rentbook::services::actions::invoicing::{InvoiceDraft, LineDraft};
use rentbook::services::actions::order::ItemDraft;
use rentbook::services::actions::receiving::{ReceiptDraft, Target};
use rentbook::services::pass::PassOptions;
use rentbook::services::{Action, Desk, DeskError, Payer, reads};

use super::books::{differing, digest, number, rows, sound};
use crate::fixture::{Hand, date, item, operator, order, person, shop, transfer, variant};

fn rented(day: &str, price: &str, months: u32) -> (Desk, Hand, rentbook::domain::id::CustomerId) {
    let (mut desk, hand) = shop(day);
    let ana = person(&mut desk, "Delgado");
    let laptop = variant(&mut desk, "Laptop", price);
    order(&mut desk, ana, vec![item(laptop, day, months)]);
    (desk, hand, ana)
}

fn pay(desk: &mut Desk, target: Target, amount: &str, method: Method, reference: &str) -> ActivityId {
    let draft = ReceiptDraft { method, again: true, ..transfer(desk, target, amount, reference) };
    desk.perform(Action::Receive(Box::new(draft))).unwrap();
    desk.read(|db| rentbook::store::activity::newest(db, 1)).unwrap()[0].id
}

fn statuses(desk: &Desk) -> Vec<PaymentStatus> {
    desk.read(|db| db.all("SELECT status FROM payment ORDER BY id", &[], |row| row.parsed(0))).unwrap()
}

fn receipts(desk: &Desk) -> Vec<String> {
    rows(desk, "SELECT state FROM receipt ORDER BY id")
}

fn refusal(result: Result<rentbook::services::Done, DeskError>) -> (String, String) {
    let error = result.expect_err("it was done");
    let refusal = error.refusal().unwrap_or_else(|| panic!("broken: {error}"));
    (refusal.code.to_owned(), refusal.message.clone())
}

fn pass(desk: &mut Desk) {
    desk.run_pass(&PassOptions { confirm_gap: true, ..PassOptions::default() }).unwrap();
}

#[test]
fn undo_never_passes_over_the_newest_step_to_take_an_older_one() {
    let (mut desk, _, ana) = rented("2024-01-01", "30", 1);
    let paid = pay(&mut desk, Target::Payer(Payer::Customer(ana)), "30", Method::Cash, "one");
    variant(&mut desk, "Desk", "9.00");
    let before = digest(&desk);
    let (code, sentence) = refusal(desk.perform(Action::Undo(None)));
    assert_eq!(code, "not_undoable");
    assert!(sentence.contains("“add product” (activity ") && sentence.contains("Nothing was taken back"), "{sentence}");
    assert_eq!(differing(&before, &digest(&desk)), Vec::<String>::new());
    desk.perform(Action::Undo(Some(paid))).unwrap();
    assert_eq!(statuses(&desk), [Pending]);
    let void = Action::VoidInvoice { invoice: InvoiceId(1), reason: "wrong".into() };
    desk.perform(void).unwrap();
    let (_, sentence) = refusal(desk.perform(Action::Undo(None)));
    assert!(sentence.contains("“void invoice”") && sentence.contains("stays void"), "{sentence}");
    sound(&desk);
}

#[test]
fn two_checks_on_one_payment_are_two_until_both_are_taken_back() {
    for first in [0, 1] {
        let (mut desk, _, ana) = rented("2024-01-01", "30", 1);
        let untouched = digest(&desk)["payment"];
        let target = Target::Payer(Payer::Customer(ana));
        let checks = [
            pay(&mut desk, target.clone(), "10", Method::Check, "7"),
            pay(&mut desk, target, "20", Method::Check, "8"),
        ];
        desk.perform(Action::Undo(Some(checks[first]))).unwrap();
        assert_eq!(statuses(&desk), [Processing], "the other check is still on its way");
        desk.perform(Action::Undo(Some(checks[1 - first]))).unwrap();
        assert_eq!(digest(&desk)["payment"], untouched);
        assert_eq!(receipts(&desk), ["failed", "failed"]);
        sound(&desk);
    }
}

#[test]
fn a_person_s_word_that_money_is_on_its_way_outlives_a_check() {
    let (mut desk, _, _) = rented("2024-01-01", "30", 1);
    desk.perform(Action::ProcessPayment { payment: PaymentId(1) }).unwrap();
    pay(&mut desk, Target::Payments(vec![PaymentId(1)]), "30", Method::Check, "7");
    desk.perform(Action::Undo(None)).unwrap();
    assert_eq!(statuses(&desk), [Processing]);
    desk.perform(Action::Undo(None)).unwrap();
    assert_eq!(statuses(&desk), [Pending]);
    sound(&desk);
}

#[test]
fn a_check_that_bounces_is_no_longer_on_its_way_for_anything() {
    for (fails, becomes) in [(true, Failed), (false, Pending)] {
        let (mut desk, hand, _) = rented("2024-01-01", "30", 3);
        hand.set("2024-03-02");
        pass(&mut desk);
        let target = Target::Payments(vec![PaymentId(1), PaymentId(2)]);
        pay(&mut desk, target, "60", Method::Check, "7");
        pay(&mut desk, Target::Payments(vec![PaymentId(2)]), "5", Method::Check, "8");
        assert_eq!(statuses(&desk), [Processing, Processing, Pending]);
        let (payment, reason) = (PaymentId(1), "Insufficient funds".to_owned());
        let action =
            if fails { Action::FailPayment { payment, reason } } else { Action::ReopenPayment { payment, reason } };
        let said = desk.perform(action).unwrap().said;
        assert!(said.contains("R-2024-0001 did not come"), "{said}");
        assert_eq!(receipts(&desk), ["failed", "pending"]);
        assert_eq!(statuses(&desk), [becomes, Processing, Pending], "the second waits for the other check");
        desk.perform(Action::Undo(None)).unwrap();
        assert_eq!(receipts(&desk), ["pending", "pending"], "they are on their way again");
        assert_eq!(statuses(&desk), [Processing, Processing, Pending]);
        desk.perform(Action::Redo).unwrap();
        assert_eq!(statuses(&desk), [becomes, Processing, Pending]);
        // F21: the money on its way is spoken for where nothing is named.
        let target = Target::Payments([1, 2, 3].map(PaymentId).to_vec());
        pay(&mut desk, target, "90", Method::Cash, "at last");
        assert_eq!(statuses(&desk), [Paid, Paid, Paid]);
        sound(&desk);
    }
}

#[test]
fn a_failure_is_an_attempt_until_it_is_taken_back() {
    let (mut desk, _, _) = rented("2024-01-01", "30", 1);
    let page = |desk: &Desk| {
        let today = desk.today();
        desk.read(|db| reads::payment_page(db, PaymentId(1), today)).unwrap().unwrap().attempts
    };
    let reason = "Insufficient funds: says the bank".to_owned();
    desk.perform(Action::FailPayment { payment: PaymentId(1), reason: reason.clone() }).unwrap();
    let attempts = page(&desk);
    assert_eq!(attempts.len(), 1);
    assert_eq!(attempts[0].decline_reason.as_deref(), Some("insufficient_funds"));
    assert_eq!((attempts[0].attempted_on, attempts[0].decline_text.as_str()), (date("2024-01-01"), reason.as_str()));
    assert_eq!(attempts[0].amount.minor(), 3000);
    desk.perform(Action::Undo(None)).unwrap();
    assert_eq!(page(&desk), []);
    desk.perform(Action::FailPayment { payment: PaymentId(1), reason }).unwrap();
    assert_eq!(page(&desk).len(), 1);
    sound(&desk);
}

#[test]
fn the_method_of_a_payment_goes_with_its_receipt() {
    let (mut desk, _, ana) = rented("2024-01-01", "30", 1);
    let method = |desk: &Desk| rows(desk, "SELECT COALESCE(method, 'none') FROM payment");
    let target = Target::Payer(Payer::Customer(ana));
    let cash = pay(&mut desk, target.clone(), "10", Method::Cash, "one");
    pay(&mut desk, target, "20", Method::Card, "two");
    assert_eq!(method(&desk), ["card"]);
    desk.perform(Action::Undo(None)).unwrap();
    assert_eq!(method(&desk), ["cash"]);
    desk.perform(Action::Undo(Some(cash))).unwrap();
    assert_eq!(method(&desk), ["none"]);
    sound(&desk);
}

#[test]
fn what_was_late_is_late_whenever_the_pass_ran() {
    type Deed = fn(&mut Desk);
    let paid: Deed = |desk| {
        let ana = rentbook::domain::id::CustomerId(1);
        pay(desk, Target::Payer(Payer::Customer(ana)), "30", Method::Cash, "late");
    };
    let void: Deed = |desk| {
        desk.perform(Action::VoidInvoice { invoice: InvoiceId(1), reason: "wrong".into() }).unwrap();
    };
    for (deed, day, late) in [(paid, "2024-01-20", true), (void, "2024-01-20", true), (paid, "2024-01-01", false)] {
        let days = |passes: &[&str]| {
            let (mut desk, hand, _) = rented("2024-01-01", "30", 1);
            for pass_on in passes {
                hand.set(pass_on);
                pass(&mut desk);
            }
            hand.set(day);
            deed(&mut desk);
            hand.set("2024-02-10");
            pass(&mut desk);
            sound(&desk);
            rows(&desk, "SELECT COALESCE(overdue_on, 'never') FROM invoice")
        };
        let once = days(&[]);
        assert_eq!(once, [if late { "2024-01-02" } else { "never" }]);
        if late {
            assert_eq!(once, days(&["2024-01-10", "2024-01-20"]));
        }
    }
}

#[test]
fn what_a_customer_owes_is_on_issued_invoices() {
    let (mut desk, hand, ana) = rented("2024-01-01", "30", 3);
    desk.book()
        .write(|db| db.execute("UPDATE collection_policy SET review_required = 1", &[]).map_err(DeskError::from))
        .unwrap();
    hand.set("2024-02-05");
    pass(&mut desk);
    assert_eq!(rows(&desk, "SELECT state FROM invoice ORDER BY id"), ["issued", "in_review"]);
    let today = desk.today();
    let page = desk.read(|db| reads::payment_page(db, PaymentId(1), today)).unwrap().unwrap();
    assert_eq!((page.customer_open.minor(), page.customer_open_count), (3000, 1));
    let row = desk.read(|db| reads::customers_by_id(db, &[ana], today)).unwrap().remove(0);
    assert_eq!((row.outstanding.minor(), row.overdue.minor()), (3000, 3000));
    let page = desk.read(|db| reads::customer_page(db, ana, today)).unwrap().unwrap();
    assert_eq!((page.open_payment_count, page.oldest_overdue_on), (1, Some(date("2024-01-01"))));
}

#[test]
fn more_than_one_receipt_can_be_over_is_said_in_words() {
    let (mut desk, hand, ana) = rented("2024-01-01", "900000000", 2);
    hand.set("2024-02-01");
    pass(&mut desk);
    let draft = transfer(&desk, Target::Payer(Payer::Customer(ana)), "", "all");
    let error = desk.perform(Action::Receive(Box::new(draft))).expect_err("it was kept");
    let refusal = error.refusal().unwrap();
    assert_eq!(refusal.field, Some("amount"));
    assert!(!refusal.message.contains("constraint") && refusal.message.contains("one receipt"), "{refusal}");
    sound(&desk);
}

#[test]
fn a_void_invoice_holds_no_deposit() {
    let (mut desk, _) = shop("2024-01-01");
    let ana = person(&mut desk, "Delgado");
    let laptop = variant(&mut desk, "Laptop", "30");
    order(&mut desk, ana, vec![ItemDraft { deposit: "50".into(), ..item(laptop, "2024-01-01", 2) }]);
    desk.perform(Action::VoidInvoice { invoice: InvoiceId(1), reason: "wrong".into() }).unwrap();
    assert_eq!(rows(&desk, "SELECT state || ' ' || closed_on FROM deposit"), ["returned 2024-01-01"]);
    sound(&desk);
}

#[test]
fn a_book_with_a_number_format_of_other_days_opens_and_numbers() {
    let (mut desk, hand, _) = rented("2024-01-01", "30", 3);
    let sql = "UPDATE shop SET invoice_number_format = '{month}-{seq:04}'";
    desk.book().write(|db| db.execute(sql, &[]).map_err(DeskError::from)).unwrap();
    desk.reload().unwrap();
    hand.set("2024-02-01");
    pass(&mut desk);
    assert_eq!(rows(&desk, "SELECT number FROM invoice ORDER BY id"), ["2024-0001", "{month}-0001"]);
    sound(&desk);
}

#[test]
fn numbers_follow_dates_after_the_clock_was_put_back() {
    let (mut desk, hand, ana) = rented("2024-01-31", "30", 6);
    hand.set("2024-03-10");
    pass(&mut desk);
    hand.set("2024-02-28");
    let line = LineDraft { text: "Repair".into(), unit_price: "5".into(), ..LineDraft::default() };
    let new = Action::NewInvoice(Box::new(InvoiceDraft { customer: ana, lines: vec![line], due_on: None }));
    assert_eq!(refusal(desk.perform(new.clone())).0, "clock_back");
    desk.run_pass(&PassOptions { confirm_clock: true, ..PassOptions::default() }).unwrap();
    let ben = person(&mut desk, "Berg");
    let laptop = variant(&mut desk, "Desk", "10");
    order(&mut desk, ben, vec![item(laptop, "2024-02-20", 2)]);
    desk.perform(new).unwrap();
    let newest = rows(&desk, "SELECT invoiced_on || ' ' || due_on FROM invoice ORDER BY id DESC LIMIT 2");
    assert_eq!(newest, ["2024-02-29 2024-03-13", "2024-02-29 2024-02-29"]);
    sound(&desk);
    hand.set("2024-03-11");
    pass(&mut desk);
    sound(&desk);
    assert_eq!(number(&desk, "SELECT COUNT(*) FROM payment"), 2 + 1 + 1);
}

#[test]
fn nothing_is_dated_before_the_day_the_book_has_come_to() {
    let (mut desk, hand, ana) = rented("2024-01-31", "30", 6);
    hand.set("2024-03-10");
    pass(&mut desk);
    hand.set("2024-02-28");
    let before = digest(&desk);
    let cash = ReceiptDraft { method: Method::Cash, ..transfer(&desk, Target::Payer(Payer::Customer(ana)), "5", "x") };
    let actions = [
        Action::Receive(Box::new(cash)),
        Action::FailPayment { payment: PaymentId(1), reason: "no".into() },
        Action::VoidInvoice { invoice: InvoiceId(1), reason: "wrong".into() },
        Action::ChangeSetting { key: "lead_days".into(), value: "7".into() },
        Action::ChangeSetting { key: "phone".into(), value: "12345".into() },
        Action::Undo(None),
    ];
    for action in actions {
        let what = format!("{action:?}");
        let (code, sentence) = refusal(desk.perform(action));
        assert_eq!(code, "clock_back", "{what}");
        assert!(sentence.contains("28") && sentence.contains("10") && sentence.contains("confirms"), "{sentence}");
    }
    assert_eq!(differing(&before, &digest(&desk)), Vec::<String>::new());
    desk.run_pass(&PassOptions { confirm_clock: true, ..PassOptions::default() }).unwrap();
    desk.perform(Action::FailPayment { payment: PaymentId(1), reason: "no".into() }).unwrap();
    sound(&desk);
}

#[test]
fn what_was_taken_back_just_now_is_done_again_and_taken_back_again() {
    let (mut desk, hand, ana) = rented("2024-01-01", "30", 3);
    hand.set("2024-03-02");
    pass(&mut desk);
    assert_eq!(refusal(desk.perform(Action::Redo)).0, "nothing_to_redo");
    let target = Target::Payer(Payer::Customer(ana));
    let draft = ReceiptDraft { keep_credit: true, ..transfer(&desk, target, "100", "BT-7") };
    desk.perform(Action::Receive(Box::new(draft))).unwrap();
    for _ in 0..3 {
        desk.perform(Action::Undo(None)).unwrap();
        assert_eq!(statuses(&desk), [Pending, Pending, Pending]);
        desk.perform(Action::Redo).unwrap();
        assert_eq!(statuses(&desk), [Paid, Paid, Paid]);
        assert_eq!(refusal(desk.perform(Action::Redo)).0, "nothing_to_redo");
    }
    let newest = "SELECT amount_minor || ' ' || allocated_minor || ' ' || reference || ' ' || received_on FROM receipt \
        WHERE state = 'cleared'";
    assert_eq!(rows(&desk, newest), ["10000 9000 BT-7 2024-03-02"]);
    desk.perform(Action::Undo(None)).unwrap();
    desk.perform(Action::FailPayment { payment: PaymentId(2), reason: "Expired card".into() }).unwrap();
    desk.perform(Action::Undo(None)).unwrap();
    desk.perform(Action::Redo).unwrap();
    assert_eq!(statuses(&desk), [Pending, Failed, Pending]);
    assert_eq!(rows(&desk, "SELECT reason FROM payment_change ORDER BY id DESC LIMIT 1"), ["Expired card"]);
    // Whoever does something else in between has nothing to do again.
    desk.perform(Action::Undo(None)).unwrap();
    person(&mut desk, "Berg");
    assert_eq!(refusal(desk.perform(Action::Redo)).0, "nothing_to_redo");
    sound(&desk);
}

// F81
#[test]
fn a_note_that_was_taken_back_comes_again_with_its_text() {
    let (mut desk, _, ana) = rented("2024-01-01", "30", 3);
    let note = rentbook::services::actions::customer::NoteDraft {
        on: None,
        customer: ana,
        kind: "phone".into(),
        summary: "pays on Fridays".into(),
        follow_up_on: Some(date("2024-02-01")),
        follow_up_action: "call her".into(),
    };
    desk.perform(Action::AddNote(note)).unwrap();
    desk.perform(Action::Undo(None)).unwrap();
    desk.perform(Action::Redo).unwrap();
    let stands = "SELECT n.summary || '|' || n.follow_up_on || '|' || n.follow_up_action FROM note n WHERE n.id IN \
        (SELECT CAST(SUBSTR(a.subject, 6) AS INTEGER) FROM activity a WHERE a.action = 'add_note' \
         AND NOT EXISTS (SELECT 1 FROM activity u WHERE u.undoes_id = a.id))";
    assert_eq!(rows(&desk, stands), ["pays on Fridays|2024-02-01|call her"]);
    sound(&desk);
}

#[test]
fn money_that_came_meanwhile_is_not_taken_twice_by_redo() {
    let (mut desk, _, ana) = rented("2024-01-01", "30", 1);
    let target = Target::Payer(Payer::Customer(ana));
    pay(&mut desk, target.clone(), "30", Method::Cash, "one");
    desk.perform(Action::Undo(None)).unwrap();
    let as_operator =
        |desk: Desk, name: &str| Desk::new(desk.leave(), Arc::new(Hand::at("2024-01-01")), operator(name)).unwrap();
    let mut ben = as_operator(desk, "ben");
    pay(&mut ben, target, "30", Method::Cash, "two");
    let mut mia = as_operator(ben, "mia");
    assert_eq!(refusal(mia.perform(Action::Redo)).0, "nothing_open");
    sound(&mia);
}
