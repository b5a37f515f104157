//! A customer is forgotten: no byte of its personal data stays, the books do.

use std::path::Path;
use std::sync::Arc;

use rentbook::domain::address::Address;
use rentbook::domain::currency::Currency;
use rentbook::domain::id::{CustomerId, InvoiceId};
use rentbook::domain::money::Money;
use rentbook::services::actions::customer::{CustomerDraft, NoteDraft};
use rentbook::services::actions::customer_address::AddressDraft;
use rentbook::services::actions::customer_preference::PreferenceDraft;
use rentbook::services::actions::receiving::Target;
use rentbook::services::dossier::Known;
use rentbook::services::papers::Copy;
use rentbook::services::{Action, Book, Desk, Outcome, Payer};

use super::known::page;
use crate::fixture::{Hand, date, draft, item, operator, order, transfer, variant};

/// What must be nowhere afterwards.
const SECRETS: [&str; 9] = [
    "Zwetschgenrauch",
    "Quittenbaum",
    "zq.forgetme@example.com",
    "5550199777",
    "Holunderweg",
    "Mispelhof",
    "Schlehenstadt",
    "sloe gin allergy",
    "medlar lover",
];

fn has(file: &Path, secret: &str) -> bool {
    let bytes = std::fs::read(file).unwrap_or_default();
    bytes.windows(secret.len()).any(|window| window.eq_ignore_ascii_case(secret.as_bytes()))
}

fn desk(path: &Path) -> Desk {
    let hand = Hand::at("2025-01-10");
    let mut desk = Desk::new(Book::create(path).unwrap(), Arc::new(hand), operator("mia")).unwrap();
    desk.perform(Action::SetUp(Box::new(rentbook::services::actions::shop::ShopDraft {
        tax_rate: "0".into(),
        ..draft()
    })))
    .unwrap();
    desk
}

fn quince(desk: &mut Desk) -> CustomerId {
    let draft = CustomerDraft {
        first_name: "Zwetschgenrauch".into(),
        last_name: "Quittenbaum".into(),
        email: "zq.forgetme@example.com".into(),
        phone: "5550199777".into(),
        address: Address { line1: "Holunderweg 1".into(), city: "Schlehenstadt".into(), ..Address::default() },
        ..CustomerDraft::default()
    };
    let Outcome::Customer(id) = desk.perform(Action::AddCustomer(Box::new(draft))).unwrap().outcome else { panic!() };
    let place = Address { line1: "Mispelhof 2".into(), ..Address::default() };
    let shipping = AddressDraft { address: place, ..AddressDraft::default() };
    desk.perform(Action::AddShippingAddress { customer: id, draft: Box::new(shipping) }).unwrap();
    let note = NoteDraft {
        on: None,
        customer: id,
        kind: "phone".into(),
        summary: "sloe gin allergy".into(),
        follow_up_on: Some(date("2025-02-01")),
        follow_up_action: "ask Quittenbaum".into(),
    };
    desk.perform(Action::AddNote(note)).unwrap();
    let likes = PreferenceDraft { text: "medlar lover".into(), ..PreferenceDraft::default() };
    desk.perform(Action::SetPreferences { customer: id, draft: Box::new(likes) }).unwrap();
    let mut again = CustomerDraft::of_page(&page(desk, id));
    again.phone = String::new();
    let version = page(desk, id).version;
    desk.perform(Action::EditCustomer { id, version, draft: Box::new(again) }).unwrap();
    desk.book()
        .write(|db| {
            db.execute(
                "INSERT INTO outbox_message (dedup_key, kind, customer_id, recipient, subject, body, message_id, queued_at) \
                 VALUES ('k', 'invoice', ?1, 'zq.forgetme@example.com', 'Dear Quittenbaum', 'Holunderweg', 'm', '2025-01-10')",
                &[id.into()],
            )?;
            db.execute(
                "INSERT INTO known_payer (payer_key, customer_id, seen_on) VALUES ('quittenbaum', ?1, '2025-01-10')",
                &[id.into()],
            )
        })
        .unwrap();
    id
}

#[test]
fn no_byte_of_an_erased_customer_stays_in_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().canonicalize().unwrap().join("shop.db");
    let mut desk = desk(&path);
    for number in 0..150 {
        let last = format!("Other{number:03}");
        let draft =
            CustomerDraft { last_name: last, email: format!("o{number}@example.com"), ..CustomerDraft::default() };
        desk.perform(Action::AddCustomer(Box::new(draft))).unwrap();
    }
    let id = quince(&mut desk);
    desk.book().write(|db| db.execute("ANALYZE", &[])).unwrap();
    let log = path.with_file_name("shop.db-wal");
    for secret in SECRETS {
        assert!(has(&path, secret) || has(&log, secret), "{secret} was never written: this test would prove nothing");
    }
    let done = desk.perform(Action::EraseCustomer(id)).unwrap();
    assert!(done.said.contains("Nothing has to be kept"), "{}", done.said);
    for secret in SECRETS {
        assert!(!has(&path, secret), "{secret} is in the book");
        assert!(!has(&log, secret), "{secret} is in its log");
    }
    assert!(desk.check().unwrap().ok, "the log is whole without its texts");
    let now = page(&desk, id);
    assert_eq!(
        (now.row.name.as_str(), now.erased_on),
        (format!("Erased customer {id}").as_str(), Some(date("2025-01-10")))
    );
    let refused = desk.perform(Action::SetPreferences { customer: id, draft: Box::default() }).unwrap_err();
    assert_eq!(refused.refusal().unwrap().code, "erased");
    assert!(desk.perform(Action::Undo(None)).is_err(), "what was erased does not come back by undo");
}

#[test]
fn beside_a_reader_the_bytes_go_when_the_book_is_opened_next() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().canonicalize().unwrap().join("shop.db");
    let mut desk = desk(&path);
    let id = quince(&mut desk);
    let reader = desk.again().unwrap();
    reader
        .read(|db| {
            let _ = db.one("SELECT COUNT(*) FROM customer", &[], |row| row.int(0))?;
            desk.perform(Action::EraseCustomer(id)).unwrap();
            Ok::<_, rentbook::services::DeskError>(())
        })
        .unwrap();
    assert!(desk.read(rentbook::store::forget::is_marked).unwrap(), "a reader was in the way");
    drop(reader);
    desk.leave().close().unwrap();
    let hand = Hand::at("2025-01-10");
    let book =
        Book::open(&path, rentbook::services::Access::ReadWrite, rentbook::services::Outside::now(&hand)).unwrap();
    let desk = Desk::new(book, Arc::new(hand), operator("mia")).unwrap();
    for secret in SECRETS {
        assert!(!has(&path, secret), "{secret} is in the book");
    }
    let marked = desk.read(rentbook::store::forget::is_marked).unwrap();
    assert!(!marked);
}

#[test]
fn what_is_owed_active_or_held_stands_in_the_way_and_issued_papers_stay() {
    let (mut desk, clock) = crate::fixture::shop("2025-01-10");
    let id = quince(&mut desk);
    let laptop = variant(&mut desk, "Laptop", "89");
    order(&mut desk, id, vec![item(laptop, "2025-01-10", 1)]);
    let erase = |desk: &mut Desk| desk.perform(Action::EraseCustomer(id)).map(|done| done.said);
    let code = |result: Result<String, rentbook::services::DeskError>| result.unwrap_err().refusal().unwrap().code;
    assert_eq!(code(erase(&mut desk)), "still_active");
    clock.set("2025-02-10");
    desk.run_pass(&rentbook::services::pass::PassOptions::default()).unwrap();
    assert_eq!(code(erase(&mut desk)), "still_owed");
    let money = transfer(&desk, Target::Payer(Payer::Customer(id)), "100", "BT-1");
    desk.perform(Action::Receive(Box::new(rentbook::services::actions::receiving::ReceiptDraft {
        keep_credit: true,
        ..money
    })))
    .unwrap();
    assert_eq!(code(erase(&mut desk)), "still_credit");
    desk.perform(Action::Undo(None)).unwrap();
    let money = transfer(&desk, Target::Payer(Payer::Customer(id)), "89", "BT-2");
    desk.perform(Action::Receive(Box::new(money))).unwrap();
    let said = erase(&mut desk).unwrap();
    assert!(
        said.ends_with(
            "Kept, as the law asks: 1 issued invoice with name and address, 2 receipts with their references."
        ),
        "{said}"
    );
    let payer = desk.read(|db| db.one("SELECT payer_name FROM invoice", &[], |row| row.text(0))).unwrap().unwrap();
    assert_eq!(payer, "Zwetschgenrauch Quittenbaum", "an issued invoice never changes");
    assert_eq!(page(&desk, id).row.lifetime_value.minor(), 8_900, "the books stay");
    assert!(desk.check().unwrap().ok);
}

// F33
#[test]
fn erasing_says_that_the_name_stays_on_the_lines_of_group_invoices() {
    let (mut desk, clock) = crate::fixture::shop("2025-01-10");
    let id = quince(&mut desk);
    let laptop = variant(&mut desk, "Laptop", "89");
    let acme = crate::fixture::group(&mut desk, "Acme", "15");
    desk.perform(Action::JoinGroup { group: acme, customer: id }).unwrap();
    order(&mut desk, id, vec![item(laptop, "2025-01-12", 1)]);
    clock.set("2025-01-15");
    desk.run_pass(&rentbook::services::pass::PassOptions::default()).unwrap();
    let issued = desk.invoice_paper(InvoiceId(1), Copy::AsIssued).unwrap().bytes;
    let money = transfer(&desk, Target::Payer(Payer::Group(acme)), "89", "BT-1");
    desk.perform(Action::Receive(Box::new(money))).unwrap();
    clock.set("2025-02-12");
    desk.run_pass(&rentbook::services::pass::PassOptions::default()).unwrap();
    desk.perform(Action::LeaveGroup { customer: id }).unwrap();
    let said = desk.perform(Action::EraseCustomer(id)).unwrap().said;
    assert!(said.ends_with("Kept, as the law asks: 1 group invoice with the name on its line."), "{said}");
    assert!(issued == desk.invoice_paper(InvoiceId(1), Copy::AsIssued).unwrap().bytes, "as issued is as issued");
}

#[test]
fn everything_held_is_exported_and_no_internal_column_with_it() {
    let (mut desk, _) = crate::fixture::shop("2025-01-10");
    let id = quince(&mut desk);
    let laptop = variant(&mut desk, "Laptop", "89");
    order(&mut desk, id, vec![item(laptop, "2025-01-10", 12)]);
    let json = desk.dossier_json(id).unwrap();
    let text = json.to_string();
    for secret in SECRETS {
        assert!(text.contains(secret), "{secret} is held and not told");
    }
    assert_eq!(json["payments"][0]["amount"], "89.00");
    assert_eq!(json["invoices"][0]["payer_name"], "Zwetschgenrauch Quittenbaum");
    for hidden in ["search_key", "sort_key", "digest", "token", "version"] {
        assert!(!text.contains(hidden), "{hidden}");
    }
    let facts = desk.dossier_facts(id).unwrap();
    let is_told = |section, field, value| {
        facts.iter().any(|fact| fact.section == section && fact.field == field && fact.value == value)
    };
    assert!(is_told("notes", "summary", Known::Text("sloe gin allergy".into())));
    // F68: a number is a number, an amount has its currency.
    assert!(is_told("payments", "amount", Known::Amount(Money::new(8900, Currency::new("USD").unwrap()))), "{facts:?}");
    assert!(is_told("order_items", "months", Known::Number(12)));
    assert_eq!(json["payments"][0]["id"], 1);
    assert_eq!(json["addresses"][0]["is_default"], true);
    assert!(desk.dossier_json(CustomerId(99)).is_err());
}

/// F69: what staff typed as a reason goes too.
#[test]
fn the_reasons_staff_typed_go_with_the_customer() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().canonicalize().unwrap().join("shop.db");
    let mut desk = desk(&path);
    let id = quince(&mut desk);
    let laptop = variant(&mut desk, "Laptop", "10.00");
    order(&mut desk, id, vec![item(laptop, "2025-01-10", 1)]);
    let one = |desk: &Desk, sql: &str| desk.read(|db| db.one(sql, &[], |row| row.int(0))).unwrap().unwrap();
    let payment = rentbook::domain::id::PaymentId(one(&desk, "SELECT MAX(id) FROM payment"));
    let invoice = rentbook::domain::id::InvoiceId(one(&desk, "SELECT MAX(id) FROM invoice"));
    desk.perform(Action::OpenDispute { payment, reason: "pilfered plumbago".into() }).unwrap();
    let outcome = rentbook::domain::reason::DisputeOutcome::ALL[0];
    desk.perform(Action::CloseDispute { payment, outcome, words: String::new() }).unwrap();
    desk.perform(Action::FailPayment { payment, reason: "plumbago bankrupt".into() }).unwrap();
    desk.perform(Action::WriteOff { invoice, reason: "plumbago moved away".into() }).unwrap();
    desk.book().write(|db| db.execute("UPDATE subscription SET status = 'ended', end_reason = 'completed', ended_on = '2025-02-10', next_start_on = NULL", &[])).unwrap();
    desk.perform(Action::EraseCustomer(id)).unwrap();
    assert!(!has(&path, "plumbago") && !has(&path.with_file_name("shop.db-wal"), "plumbago"));
    let report = desk.check().unwrap();
    assert!(report.ok, "{:#?}", report.violations);
}
