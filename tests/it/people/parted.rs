//! Two who were one are parted only where nothing ties them: what was written meanwhile is taken back first, by name.

use std::collections::BTreeSet;
use std::sync::Arc;

use rentbook::domain::id::{ActivityId, CustomerId, InvoiceId, ReceiptId};
use rentbook::domain::method::Method;
use rentbook::domain::reason::RefundReason;
use rentbook::services::actions::invoicing::{InvoiceDraft, LineDraft};
use rentbook::services::actions::receiving::{ReceiptDraft, Target};
use rentbook::services::actions::refunding::{RefundDraft, RefundFrom};
use rentbook::services::actions::shop::ShopDraft;
use rentbook::services::{Access, Action, Book, Desk, Outcome, Payer};
use rentbook::store::merge::NAMED;

use crate::chance::{Chance, Seeded, seeds, size};
use crate::fixture::{Hand, draft, group, item, operator, order, person, shop, transfer, variant};

/// Ann and Bob at one book.
fn two() -> (tempfile::TempDir, Hand, Desk, Desk) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().canonicalize().unwrap().join("shop.db");
    let hand = Hand::at("2025-01-10");
    let mut ann = Desk::new(Book::create(&path).unwrap(), Arc::new(hand.clone()), operator("ann")).unwrap();
    ann.perform(Action::SetUp(Box::new(ShopDraft { tax_rate: "0".into(), ..draft() }))).unwrap();
    let book = Book::open(&path, Access::ReadWrite, crate::a_shop::now()).unwrap();
    let bob = Desk::new(book, Arc::new(hand.clone()), operator("bob")).unwrap();
    (folder, hand, ann, bob)
}

fn invoice(desk: &mut Desk, customer: CustomerId, price: &str) -> (InvoiceId, String) {
    let line = LineDraft { text: "Repair".into(), unit_price: price.into(), ..LineDraft::default() };
    let draft = InvoiceDraft { customer, lines: vec![line], due_on: None };
    match desk.perform(Action::NewInvoice(Box::new(draft))).unwrap().outcome {
        Outcome::Invoice(id, Some(number)) => (id, number),
        other => panic!("{other:?}"),
    }
}

fn undo(desk: &mut Desk) -> Result<String, String> {
    desk.perform(Action::Undo(None)).map(|done| done.said).map_err(|error| error.to_string())
}

fn number(desk: &Desk, sql: &str) -> i64 {
    desk.read(|db| db.one(sql, &[], |row| row.int(0))).unwrap().unwrap_or(0)
}

fn receive(desk: &mut Desk, draft: ReceiptDraft) -> bool {
    desk.perform(Action::Receive(Box::new(draft))).is_ok()
}

#[test]
fn a_merge_is_not_taken_back_while_money_of_one_pays_the_other() {
    // F11
    let (_folder, _, mut ann, mut bob) = two();
    let (one, other) = (person(&mut ann, "Able"), person(&mut ann, "Baker"));
    let ((first, _), (second, name)) = (invoice(&mut ann, one, "10"), invoice(&mut ann, other, "20"));
    ann.perform(Action::MergeCustomers { kept: one, merged: other }).unwrap();
    for method in [Method::BankTransfer, Method::Check] {
        let both = Target::Invoices(vec![first, second]);
        let draft = ReceiptDraft { method, ..transfer(&bob, both, "", method.code()) };
        assert!(receive(&mut bob, draft));
        let receipt = format!("R-2025-000{}", if method == Method::Check { 2 } else { 1 });
        let what = if method == Method::Check { "is on its way to" } else { "pays" };
        assert_eq!(
            undo(&mut ann).unwrap_err(),
            format!("receipt {receipt} {what} invoice {name} since they were merged: take that back first")
        );
        undo(&mut bob).unwrap();
    }
    assert_eq!(undo(&mut ann).unwrap(), "Ana Baker is a customer of its own again.");
    assert!(ann.check().unwrap().ok);
}

#[test]
fn a_merge_is_not_taken_back_while_money_went_back_across_it_or_a_group_waits() {
    let (_folder, hand, mut ann, mut bob) = two();
    let (one, other) = (person(&mut ann, "Able"), person(&mut ann, "Baker"));
    let (id, number) = invoice(&mut ann, other, "20");
    ann.perform(Action::MergeCustomers { kept: one, merged: other }).unwrap();
    let draft = ReceiptDraft { keep_credit: true, ..transfer(&bob, Target::Payer(Payer::Customer(one)), "20.00", "A") };
    assert!(receive(&mut bob, draft));
    let refund = RefundDraft {
        from: RefundFrom::Invoice(id),
        amount: "20".into(),
        reason: RefundReason::ServiceFailure,
        words: String::new(),
        with_credit_note: false,
        reference: String::new(),
    };
    bob.perform(Action::Refund(Box::new(refund))).unwrap();
    let error = undo(&mut ann).unwrap_err();
    assert!(
        error.starts_with(&format!("money of receipt R-2025-0001 went back for invoice {number} since")),
        "{error}"
    );
    undo(&mut bob).unwrap();
    undo(&mut bob).unwrap();
    // What the merged one owes is billed with the kept one's group, and waits for its invoice.
    let acme = group(&mut bob, "Acme", "20");
    bob.perform(Action::JoinGroup { group: acme, customer: one }).unwrap();
    let laptop = variant(&mut bob, "Laptop", "89");
    hand.set("2025-01-12");
    let merged_order = order(&mut bob, one, vec![item(laptop, "2025-01-12", 2)]);
    assert_eq!(merged_order.1.len(), 1);
    bob.perform(Action::LeaveGroup { customer: one }).unwrap();
    assert_eq!(undo(&mut ann).unwrap(), "Ana Baker is a customer of its own again.");
    assert!(ann.check().unwrap().ok);
}

#[test]
fn who_leaves_a_group_takes_along_what_waited_for_those_merged_into_it() {
    let (mut desk, hand) = shop("2025-01-10");
    let (kept, twin) = (person(&mut desk, "Able"), person(&mut desk, "Baker"));
    let laptop = variant(&mut desk, "Laptop", "89");
    order(&mut desk, twin, vec![item(laptop, "2025-01-12", 2)]);
    desk.perform(Action::MergeCustomers { kept, merged: twin }).unwrap();
    let merge = ActivityId(number(&desk, "SELECT MAX(id) FROM activity"));
    let acme = group(&mut desk, "Acme", "20");
    desk.perform(Action::JoinGroup { group: acme, customer: kept }).unwrap();
    hand.set("2025-01-13");
    desk.catch_up().unwrap();
    assert_eq!(number(&desk, "SELECT COUNT(*) FROM payment WHERE group_id IS NOT NULL AND invoice_id IS NULL"), 1);
    let error = desk.perform(Action::Undo(Some(merge))).unwrap_err().to_string();
    assert_eq!(error, "P-1 waits for the invoice of Acme since they were merged: take that back first");
    desk.perform(Action::LeaveGroup { customer: kept }).unwrap();
    assert_eq!(number(&desk, "SELECT COUNT(*) FROM invoice WHERE customer_id = 2 AND state = 'issued'"), 1);
    desk.perform(Action::Undo(Some(merge))).unwrap();
    assert!(desk.check().unwrap().ok);
}

#[test]
fn the_methods_of_who_is_merged_are_the_kept_ones() {
    let (mut desk, _) = shop("2025-01-10");
    let (kept, twin) = (person(&mut desk, "Able"), person(&mut desk, "Baker"));
    for customer in [kept, twin] {
        let draft = rentbook::services::actions::methods::MethodDraft {
            customer: Some(customer),
            kind: Method::Cash,
            ..rentbook::services::actions::methods::MethodDraft::default()
        };
        desk.perform(Action::AddMethod(Box::new(draft))).unwrap();
    }
    desk.perform(Action::MergeCustomers { kept, merged: twin }).unwrap();
    for customer in [kept, twin] {
        let methods = desk.read(|db| rentbook::services::reads::methods_of(db, customer)).unwrap();
        assert_eq!(methods.len(), 2);
    }
    desk.perform(Action::DefaultMethod(2)).unwrap();
    assert_eq!(number(&desk, "SELECT SUM(is_default) FROM payment_method"), 1, "one default for both");
}

#[test]
fn every_column_that_names_a_customer_says_what_a_merge_makes_of_it() {
    // F11: whoever adds a table says here how it is read.
    let (desk, _) = shop("2025-01-10");
    let sql = "SELECT t.name || '.' || f.\"from\" FROM sqlite_schema t JOIN pragma_foreign_key_list(t.name) f \
        WHERE t.type = 'table' AND f.\"table\" = 'customer' AND f.\"to\" = 'id' \
        UNION SELECT t.name || '.' || c.name FROM sqlite_schema t JOIN pragma_table_info(t.name) c \
        WHERE t.type = 'table' AND (c.name LIKE '%customer_id' OR c.name IN ('root_id', 'merged_into'))";
    let found: BTreeSet<String> = desk.read(|db| db.all(sql, &[], |row| row.text(0))).unwrap().into_iter().collect();
    let named: BTreeSet<String> = NAMED.iter().map(|(table, column, _)| format!("{table}.{column}")).collect();
    assert_eq!(found, named);
}

/// One thing one of two people does.
fn step(desk: &mut Desk, chance: &mut Chance, people: &[CustomerId], invoices: &[InvoiceId]) {
    let (customer, id) = (chance.of(people), chance.of(invoices));
    let today = desk.today();
    let receipt = ReceiptId(chance.between(1, 1 + number(desk, "SELECT COALESCE(MAX(id), 0) FROM receipt")));
    let amount = chance.of(&["", "3.00", "17.50"]);
    let action = match chance.below(9) {
        0 | 1 => Action::MergeCustomers { kept: customer, merged: chance.of(people) },
        2..5 => {
            let target = match chance.below(3) {
                0 => Target::Payer(Payer::Customer(customer)),
                1 => Target::Invoices(vec![id]),
                _ => Target::Invoices(vec![id, chance.of(invoices)]),
            };
            let method = chance.of(&[Method::BankTransfer, Method::BankTransfer, Method::Check]);
            let draft = transfer(desk, target, amount, "");
            Action::Receive(Box::new(ReceiptDraft { method, keep_credit: true, again: true, ..draft }))
        }
        5 => Action::ClearReceipt { receipt, on: today },
        6 => Action::UseCredit { target: Target::Invoices(vec![id]), amount: String::new() },
        7 => Action::Refund(Box::new(RefundDraft {
            from: RefundFrom::Receipt(receipt),
            amount: amount.into(),
            reason: RefundReason::ServiceFailure,
            words: String::new(),
            with_credit_note: false,
            reference: String::new(),
        })),
        _ => {
            let any = format!(
                "SELECT id FROM activity WHERE is_undoable = 1 AND action <> 'add_customer' ORDER BY id % {}, id LIMIT 1",
                chance.between(2, 7)
            );
            Action::Undo(if chance.one_in(2) { None } else { Some(ActivityId(number(desk, &any))) })
        }
    };
    let what = format!("{action:?}");
    if matches!(action, Action::Undo(None))
        && number(desk, "SELECT action = 'add_customer' FROM activity ORDER BY id DESC LIMIT 1") == 1
    {
        return;
    }
    if let Err(error) = desk.perform(action) {
        assert!(error.refusal().is_some(), "{what}: {error:?}");
        assert!(!error.to_string().contains("constraint"), "{what}: {error}");
        assert!(!error.to_string().contains("pays only what its own payer owes"), "{what}: {error}");
    }
}

#[test]
fn whatever_two_people_merge_pay_and_take_back_nothing_gets_stuck() {
    // F11
    for seed in seeds(6) {
        let _seeded = Seeded(seed);
        let mut chance = Chance::new(seed);
        let (_folder, _, mut ann, mut bob) = two();
        let people = ["Able", "Baker", "Charlie", "Dog"].map(|name| person(&mut ann, name));
        let invoices: Vec<InvoiceId> =
            (0..8).map(|n| invoice(&mut ann, people[n % 4], ["10", "17.50", "3"][n % 3]).0).collect();
        for _ in 0..size("RENTBOOK_STEPS", 60) {
            let desk = if chance.one_in(2) { &mut ann } else { &mut bob };
            step(desk, &mut chance, &people, &invoices);
            assert!(ann.check().unwrap().ok, "{:?}", ann.check().unwrap().violations);
        }
        // Newest first everything is taken back, whoever did it.
        let standing = "SELECT id FROM activity a WHERE is_undoable = 1 AND action <> 'add_customer' \
            AND NOT EXISTS (SELECT 1 FROM activity u WHERE u.undoes_id = a.id) ORDER BY id DESC LIMIT 1";
        loop {
            let newest = number(&ann, standing);
            if newest == 0 {
                break;
            }
            ann.perform(Action::Undo(Some(ActivityId(newest))))
                .unwrap_or_else(|error| panic!("activity {newest}: {error}"));
        }
        assert_eq!(number(&ann, "SELECT SUM(settled_minor) FROM invoice"), 0);
        assert_eq!(number(&ann, "SELECT COUNT(*) FROM customer WHERE merged_into IS NOT NULL"), 0);
        assert!(ann.check().unwrap().ok);
    }
}
