//! Corners where a rent book goes wrong first, one test a suspicion.

use rentbook::domain::frequency::Frequency;
use rentbook::domain::id::{InvoiceId, PaymentId};
use rentbook::domain::method::Method;
use rentbook::domain::status::PaymentStatus;
use rentbook::services::actions::invoicing::{InvoiceDraft, LineDraft};
use rentbook::services::actions::order::{ItemDraft, OrderDraft};
use rentbook::services::actions::receiving::{ReceiptDraft, Target};
use rentbook::services::actions::shop::ShopDraft;
use rentbook::services::pass::PassOptions;
use rentbook::services::{Action, Desk, Payer};

use super::books::{differing, digest, number, rows, sound, take_back};
use crate::fixture::{date, draft, group, item, order, person, shop, shop_with, transfer, variant};

const INVOICES: &str = "SELECT number || ' ' || invoiced_on || ' due ' || due_on || ' ' || total_minor || ' ' || state \
    FROM invoice ORDER BY id";

fn set(desk: &mut Desk, key: &str, value: &str) {
    desk.perform(Action::ChangeSetting { key: key.into(), value: value.into() }).unwrap();
}

fn pass(desk: &mut Desk) {
    desk.run_pass(&PassOptions { confirm_gap: true, ..PassOptions::default() }).unwrap();
}

fn status(desk: &Desk, payment: i64) -> PaymentStatus {
    let sql = format!("SELECT status FROM payment WHERE id = {payment}");
    desk.read(|db| db.one(&sql, &[], |row| row.parsed(0))).unwrap().unwrap()
}

fn refused(desk: &mut Desk, action: Action) -> String {
    desk.catch_up().unwrap();
    let before = digest(desk);
    let error = desk.perform(action).expect_err("it was done");
    let refusal = error.refusal().unwrap_or_else(|| panic!("broken: {error}")).clone();
    assert_eq!(differing(&before, &digest(desk)), Vec::<String>::new(), "a refused Action wrote something");
    refusal.to_string()
}

#[test]
fn who_leaves_a_group_is_invoiced_alone_for_what_waited() {
    let (mut desk, hand) = shop("2024-01-01");
    set(&mut desk, "lead_days", "30");
    let ben = person(&mut desk, "Berg");
    let acme = group(&mut desk, "Acme HQ", "28");
    desk.perform(Action::JoinGroup { group: acme, customer: ben }).unwrap();
    let laptop = variant(&mut desk, "Laptop", "30.00");
    let with_deposit = ItemDraft { deposit: "100".into(), ..item(laptop, "2024-01-05", 3) };
    order(&mut desk, ben, vec![with_deposit]);
    assert_eq!(rows(&desk, INVOICES), Vec::<String>::new());
    hand.set("2024-01-10");
    desk.perform(Action::LeaveGroup { customer: ben }).unwrap();
    assert_eq!(number(&desk, "SELECT COUNT(*) FROM payment WHERE invoice_id IS NULL AND group_id IS NULL"), 0);
    assert_eq!(
        rows(&desk, INVOICES),
        ["2024-0001 2024-01-10 due 2024-01-10 13000 issued", "2024-0002 2024-01-10 due 2024-02-05 3000 issued"]
    );
    hand.set("2024-05-01");
    pass(&mut desk);
    assert_eq!(number(&desk, "SELECT SUM(amount_minor) FROM payment WHERE invoice_id IS NOT NULL"), 19_000);
    sound(&desk);
}

#[test]
fn a_deposit_stands_on_the_group_invoice_of_its_first_period_whenever_the_pass_runs() {
    let year = |days: &[&str]| {
        let (mut desk, hand) = shop("2024-01-10");
        set(&mut desk, "lead_days", "30");
        let ben = person(&mut desk, "Berg");
        let acme = group(&mut desk, "Acme HQ", "28");
        desk.perform(Action::JoinGroup { group: acme, customer: ben }).unwrap();
        let laptop = variant(&mut desk, "Laptop", "30.00");
        order(&mut desk, ben, vec![ItemDraft { deposit: "100".into(), ..item(laptop, "2024-02-20", 2) }]);
        for day in days {
            hand.set(day);
            pass(&mut desk);
        }
        sound(&desk);
        rows(&desk, INVOICES)
    };
    let once = year(&["2024-04-01"]);
    assert_eq!(once, year(&["2024-01-22", "2024-01-28", "2024-02-28", "2024-04-01"]));
    assert_eq!(once[0], "2024-0001 2024-02-28 due 2024-03-29 13000 issued");
}

#[test]
fn numbers_follow_dates_when_the_lead_days_grow() {
    let (mut desk, hand) = shop("2024-01-01");
    let (ana, ben) = (person(&mut desk, "Delgado"), person(&mut desk, "Berg"));
    let laptop = variant(&mut desk, "Laptop", "30.00");
    order(&mut desk, ana, vec![item(laptop, "2024-01-01", 12)]);
    hand.set("2024-01-20");
    order(&mut desk, ben, vec![item(laptop, "2024-01-20", 12)]);
    set(&mut desk, "lead_days", "30");
    pass(&mut desk);
    hand.set("2024-03-20");
    pass(&mut desk);
    sound(&desk);
}

#[test]
fn a_price_no_payment_can_hold_is_refused_at_the_order_not_by_the_pass() {
    let (mut desk, hand) = shop_with("2024-01-01", &ShopDraft { tax_rate: "19".into(), ..draft() });
    let ana = person(&mut desk, "Delgado");
    let crane = variant(&mut desk, "Crane", "900000000");
    let dear = ItemDraft { frequency: Frequency::Annual, anchor_day: Some(1), ..item(crane, "2024-03-30", 24) };
    for items in [vec![dear.clone()], vec![ItemDraft { frequency: Frequency::Monthly, ..dear }]] {
        let draft = Box::new(OrderDraft { customer: ana, bill_to: None, items });
        let sentence = refused(&mut desk, Action::AddOrder { draft, confirm: true });
        assert!(sentence.contains("price"), "{sentence}");
    }
    let line = LineDraft { text: "Crane".into(), unit_price: "900000000".into(), ..LineDraft::default() };
    let draft = Box::new(InvoiceDraft { customer: ana, lines: vec![line], due_on: None });
    let sentence = refused(&mut desk, Action::NewInvoice(draft));
    assert!(!sentence.contains("CHECK"), "{sentence}");
    hand.set("2025-06-01");
    pass(&mut desk);
}

#[test]
fn an_invoice_of_nothing_can_be_voided() {
    let (mut desk, _) = shop("2024-01-01");
    let ana = person(&mut desk, "Delgado");
    let free = variant(&mut desk, "Trial", "0");
    order(&mut desk, ana, vec![item(free, "2024-01-01", 2)]);
    order(&mut desk, ana, vec![ItemDraft { deposit: "50".into(), ..item(free, "2024-01-01", 2) }]);
    assert_eq!(status(&desk, 1), PaymentStatus::Paid);
    for invoice in [InvoiceId(1), InvoiceId(2)] {
        desk.perform(Action::VoidInvoice { invoice, reason: "wrong".into() }).unwrap();
    }
    assert_eq!(number(&desk, "SELECT COUNT(*) FROM payment WHERE status <> 'cancelled'"), 0);
    sound(&desk);
}

#[test]
fn an_invoice_with_money_on_its_way_is_not_voided_and_the_sentence_says_why() {
    let (mut desk, _) = shop("2024-01-01");
    let ana = person(&mut desk, "Delgado");
    let laptop = variant(&mut desk, "Laptop", "30.00");
    order(&mut desk, ana, vec![item(laptop, "2024-01-01", 2)]);
    desk.perform(Action::ProcessPayment { payment: PaymentId(1) }).unwrap();
    let void = Action::VoidInvoice { invoice: InvoiceId(1), reason: "wrong".into() };
    let sentence = refused(&mut desk, void.clone());
    assert!(sentence.contains("on its way"), "{sentence}");
    desk.perform(Action::ReopenPayment { payment: PaymentId(1), reason: String::new() }).unwrap();
    desk.perform(void).unwrap();
    sound(&desk);
}

#[test]
fn money_entered_late_pays_what_stood_on_the_day_it_came() {
    let (mut desk, hand) = shop("2024-01-01");
    let ana = person(&mut desk, "Delgado");
    let laptop = variant(&mut desk, "Laptop", "30.00");
    order(&mut desk, ana, vec![item(laptop, "2024-01-01", 3)]);
    hand.set("2024-02-03");
    pass(&mut desk);
    let target = Target::Payer(Payer::Customer(ana));
    let late = ReceiptDraft { received_on: date("2024-01-05"), ..transfer(&desk, target, "30", "BT-1") };
    desk.perform(Action::Receive(Box::new(late))).unwrap();
    assert_eq!((status(&desk, 1), status(&desk, 2)), (PaymentStatus::Paid, PaymentStatus::Pending));
    sound(&desk);
}

#[test]
fn an_undone_failure_counts_no_attempt() {
    let (mut desk, _) = shop("2024-01-01");
    let ana = person(&mut desk, "Delgado");
    let laptop = variant(&mut desk, "Laptop", "30.00");
    order(&mut desk, ana, vec![item(laptop, "2024-01-01", 3)]);
    let before = digest(&desk)["payment"];
    desk.perform(Action::FailPayment { payment: PaymentId(1), reason: "no money".into() }).unwrap();
    desk.perform(Action::Undo(None)).unwrap();
    assert_eq!(digest(&desk)["payment"], before);
}

#[test]
fn undoing_an_older_receipt_by_name_leaves_the_payment_what_it_became_since() {
    let (mut desk, _) = shop("2024-01-01");
    let ana = person(&mut desk, "Delgado");
    let laptop = variant(&mut desk, "Laptop", "30.00");
    order(&mut desk, ana, vec![item(laptop, "2024-01-01", 3)]);
    let target = Target::Payer(Payer::Customer(ana));
    let part = transfer(&desk, target.clone(), "10", "one");
    desk.perform(Action::Receive(Box::new(part))).unwrap();
    let named = desk.read(|db| rentbook::store::activity::newest(db, 1)).unwrap()[0].id;
    desk.perform(Action::FailPayment { payment: PaymentId(1), reason: "no money".into() }).unwrap();
    desk.perform(Action::Undo(Some(named))).unwrap();
    assert_eq!(status(&desk, 1), PaymentStatus::Failed);
    desk.perform(Action::Undo(None)).unwrap();
    assert_eq!(status(&desk, 1), PaymentStatus::Pending);

    let part = transfer(&desk, target.clone(), "10", "two");
    desk.perform(Action::Receive(Box::new(part))).unwrap();
    let named = desk.read(|db| rentbook::store::activity::newest(db, 1)).unwrap()[0].id;
    desk.perform(Action::ProcessPayment { payment: PaymentId(1) }).unwrap();
    // F21: what is on its way is spoken for; this came as well.
    let named_one = Target::Payments(vec![PaymentId(1)]);
    let rest = ReceiptDraft { again: true, ..transfer(&desk, named_one, "20", "three") };
    desk.perform(Action::Receive(Box::new(rest))).unwrap();
    desk.perform(Action::Undo(Some(named))).unwrap();
    assert_eq!(status(&desk, 1), PaymentStatus::Processing, "the rest of the money is still on its way");
    desk.perform(Action::Undo(None)).unwrap();
    desk.perform(Action::Undo(None)).unwrap();
    assert_eq!(status(&desk, 1), PaymentStatus::Pending);
    sound(&desk);
}

#[test]
fn a_cancelled_order_leaves_nothing_for_its_group_to_pay() {
    let (mut desk, hand) = shop("2024-01-02");
    let ben = person(&mut desk, "Berg");
    let acme = group(&mut desk, "Acme HQ", "28");
    desk.perform(Action::JoinGroup { group: acme, customer: ben }).unwrap();
    let laptop = variant(&mut desk, "Laptop", "30.00");
    let (id, _) = order(&mut desk, ben, vec![ItemDraft { deposit: "9".into(), ..item(laptop, "2024-01-02", 3) }]);
    desk.perform(Action::CancelOrder(id)).unwrap();
    assert_eq!(rows(&desk, "SELECT state || ' ' || closed_on FROM deposit"), ["returned 2024-01-02"]);
    hand.set("2024-03-01");
    pass(&mut desk);
    assert_eq!(rows(&desk, INVOICES), Vec::<String>::new());
    sound(&desk);
}

#[test]
fn a_receipt_of_last_year_is_numbered_in_last_year_and_one_of_a_closed_day_counts_from_the_first_open_one() {
    let (mut desk, hand) = shop("2023-12-28");
    let ana = person(&mut desk, "Delgado");
    let laptop = variant(&mut desk, "Laptop", "30.00");
    order(&mut desk, ana, vec![item(laptop, "2023-12-28", 3)]);
    hand.set("2024-01-05");
    let target = Target::Payer(Payer::Customer(ana));
    let old = ReceiptDraft { received_on: date("2023-12-30"), ..transfer(&desk, target.clone(), "10", "a") };
    let closed = ReceiptDraft { reference: "c".into(), ..old.clone() };
    desk.perform(Action::Receive(Box::new(old))).unwrap();
    desk.perform(Action::Receive(Box::new(transfer(&desk, target, "10", "b")))).unwrap();
    assert_eq!(rows(&desk, "SELECT number FROM receipt ORDER BY id"), ["R-2023-0001", "R-2024-0001"]);
    set(&mut desk, "locked_until", "2023-12-31");
    let said = desk.perform(Action::Receive(Box::new(closed))).unwrap().said;
    assert!(said.contains("is closed: it counts from 01/01/2024"), "{said}");
    for _ in 0..3 {
        take_back(&mut desk);
    }
    let in_closed = "SELECT COUNT(*) FROM allocation WHERE amount_minor < 0 AND allocated_on <= '2023-12-31'";
    assert_eq!(number(&desk, in_closed), 0, "a reversal carries today's date");
    assert_eq!(status(&desk, 1), PaymentStatus::Pending);
    sound(&desk);
}

#[test]
fn nothing_is_written_into_a_day_that_was_closed() {
    let (mut desk, _) = shop("2024-01-10");
    let ana = person(&mut desk, "Delgado");
    let laptop = variant(&mut desk, "Laptop", "30.00");
    order(&mut desk, ana, vec![item(laptop, "2024-01-10", 3)]);
    let target = Target::Payer(Payer::Customer(ana));
    desk.perform(Action::Receive(Box::new(transfer(&desk, target, "10", "b")))).unwrap();
    let sentence = refused(&mut desk, Action::ChangeSetting { key: "locked_until".into(), value: "2024-01-10".into() });
    assert!(sentence.contains("today"), "{sentence}");
    set(&mut desk, "locked_until", "2024-01-09");
}

#[test]
fn credit_stays_the_customer_s_own_when_it_joins_a_group() {
    let (mut desk, hand) = shop("2024-01-02");
    let ben = person(&mut desk, "Berg");
    let laptop = variant(&mut desk, "Laptop", "30.00");
    order(&mut desk, ben, vec![item(laptop, "2024-01-02", 6)]);
    let target = Target::Payer(Payer::Customer(ben));
    let much = ReceiptDraft { keep_credit: true, ..transfer(&desk, target, "100", "b") };
    desk.perform(Action::Receive(Box::new(much))).unwrap();
    let acme = group(&mut desk, "Acme HQ", "28");
    desk.perform(Action::JoinGroup { group: acme, customer: ben }).unwrap();
    hand.set("2024-03-01");
    pass(&mut desk);
    let credit = |desk: &Desk| {
        let read =
            |db: &rentbook::store::Db| rentbook::services::reads::customers_by_id(db, &[ben], date("2024-03-01"));
        desk.read(read).unwrap()[0].credit.minor()
    };
    assert_eq!(credit(&desk), 7000);
    let target = Target::Payer(Payer::Group(acme));
    desk.perform(Action::Receive(Box::new(transfer(&desk, target, "", "g")))).unwrap();
    assert_eq!(credit(&desk), 7000);
    sound(&desk);
    for _ in 0..2 {
        take_back(&mut desk);
    }
    assert_eq!(credit(&desk), 0);
    sound(&desk);
}

#[test]
fn a_check_is_on_its_way_until_it_is_taken_back() {
    let (mut desk, _) = shop("2024-01-01");
    let ana = person(&mut desk, "Delgado");
    let laptop = variant(&mut desk, "Laptop", "30.00");
    order(&mut desk, ana, vec![item(laptop, "2024-01-01", 3)]);
    let before = digest(&desk)["payment"];
    let target = Target::Payer(Payer::Customer(ana));
    let check = ReceiptDraft { method: Method::Check, ..transfer(&desk, target, "30", "check 7") };
    desk.perform(Action::Receive(Box::new(check))).unwrap();
    assert_eq!(status(&desk, 1), PaymentStatus::Processing);
    sound(&desk);
    desk.perform(Action::Undo(None)).unwrap();
    assert_eq!(digest(&desk)["payment"], before);
    sound(&desk);
}

#[test]
fn currencies_without_cents_and_with_three_digits_bill_and_pay() {
    for (currency, price, amount) in [("JPY", "1234", 1234), ("BHD", "1.235", 1235), ("EUR", "0.01", 1)] {
        let draft =
            ShopDraft { currency: currency.into(), prices: "gross".into(), tax_rate: "9.975".into(), ..draft() };
        let (mut desk, hand) = shop_with("2024-01-31", &draft);
        let ana = person(&mut desk, "Delgado");
        let laptop = variant(&mut desk, "Laptop", price);
        order(&mut desk, ana, vec![item(laptop, "2024-01-31", 3)]);
        hand.set("2024-04-30");
        pass(&mut desk);
        assert_eq!(number(&desk, "SELECT SUM(amount_minor) FROM payment"), 3 * amount, "{currency}");
        let target = Target::Payer(Payer::Customer(ana));
        desk.perform(Action::Receive(Box::new(transfer(&desk, target, "", "all")))).unwrap();
        assert_eq!(number(&desk, "SELECT SUM(settled_minor) FROM invoice"), 3 * amount, "{currency}");
        desk.invoice_paper(InvoiceId(1), rentbook::services::papers::Copy::Current).unwrap();
        sound(&desk);
    }
}
