//! One paper of every kind out of a real book: judged by other programs, and pictured in `docs/papers`.

use std::path::Path;
use std::process::Command;

use rentbook::domain::address::Address;
use rentbook::domain::id::InvoiceId;
use rentbook::domain::method::Method;
use rentbook::services::actions::catalogue::ProductDraft;
use rentbook::services::actions::crediting::CreditDraft;
use rentbook::services::actions::customer::CustomerDraft;
use rentbook::services::actions::group::GroupDraft;
use rentbook::services::actions::invoicing::{InvoiceDraft, LineDraft};
use rentbook::services::actions::receiving::Target;
use rentbook::services::actions::shop::ShopDraft;
use rentbook::services::papers::Copy;
use rentbook::services::pass::PassOptions;
use rentbook::services::{Action, Desk, Outcome, Payer};

use super::made::{SVG, has, kept, pages};
use crate::fixture::{Hand, date, draft, group_of_two, item, order, shop_with, transfer};

/// A paper of the book: its name, its bytes, words that stand on it.
type Made = (&'static str, Vec<u8>, Vec<&'static str>);

fn shop() -> (Desk, Hand) {
    let (mut desk, hand) = shop_with(
        "2026-01-05",
        &ShopDraft {
            name: "Harbour Rentals".into(),
            address: "14 Quay Street; Galway H91 X2Y3; Ireland".into(),
            country: "IE".into(),
            email: "rent@harbour.example".into(),
            phone: "+353 91 555 0142".into(),
            tax_number: "VAT IE1234567FA".into(),
            currency: "EUR".into(),
            language: "en".into(),
            tax_rate: "23".into(),
            bank_name: "Allied Irish Banks".into(),
            iban: "IE29AIBK93115212345678".into(),
            bic: "AIBKIE2D".into(),
            ..draft()
        },
    );
    desk.perform(Action::SetLogo(Some(SVG.into()))).unwrap();
    (desk, hand)
}

fn business(desk: &mut Desk, company: &str) -> rentbook::domain::id::CustomerId {
    let address = Address {
        line1: "12 Shop Lane".into(),
        city: "Dublin".into(),
        postcode: "D02 AF30".into(),
        country: "IE".into(),
        ..Address::default()
    };
    let draft = CustomerDraft {
        kind: "business".into(),
        company_name: company.into(),
        contact_person: "Zoë Müller".into(),
        email: "ap@shop.example".into(),
        terms: "14".into(),
        address,
        ..CustomerDraft::default()
    };
    crate::fixture::customer(desk, draft)
}

fn product(desk: &mut Desk, name: &str, variant: &str, price: &str) -> rentbook::domain::id::VariantId {
    let draft =
        ProductDraft { name: name.into(), variant: variant.into(), price: price.into(), ..ProductDraft::default() };
    match desk.perform(Action::AddProduct(draft)).unwrap().outcome {
        Outcome::Variant(_, id) => id,
        other => panic!("{other:?}"),
    }
}

fn issued(desk: &mut Desk, action: Action) -> InvoiceId {
    match desk.perform(action).unwrap().outcome {
        Outcome::Invoice(id, Some(_)) => id,
        other => panic!("{other:?}"),
    }
}

fn out_of_turn(desk: &mut Desk, customer: rentbook::domain::id::CustomerId) -> InvoiceId {
    let line = |text: &str, quantity: &str, price: &str| LineDraft {
        text: text.into(),
        quantity: quantity.into(),
        unit_price: price.into(),
        ..LineDraft::default()
    };
    let lines = vec![line("Delivery to the third floor", "1", "45.00"), line("Cleaning, hours", "2.5", "28.00")];
    issued(desk, Action::NewInvoice(Box::new(InvoiceDraft { customer, lines, due_on: None })))
}

/// A year's beginning of a shop, with a paper of every kind.
fn every() -> Vec<Made> {
    let (mut desk, hand) = shop();
    let laptop = product(&mut desk, "Laptop", "Pro 14", "89.00");
    let desks = product(&mut desk, "Desk", "sit and stand", "24.50");
    let acme = business(&mut desk, "Brightside Dental Ltd");
    let mut with_deposit = item(laptop, "2026-01-10", 12);
    with_deposit.deposit = "200.00".into();
    let (contract, _) = order(&mut desk, acme, vec![with_deposit, item(desks, "2026-01-10", 6)]);
    hand.set("2026-01-12");
    desk.run_pass(&PassOptions::default()).unwrap();
    let extra = out_of_turn(&mut desk, acme);
    let cash = rentbook::services::actions::receiving::ReceiptDraft {
        method: Method::Cash,
        ..transfer(&desk, Target::Invoices(vec![extra]), "100.00", "")
    };
    let receipt = match desk.perform(Action::Receive(Box::new(cash))).unwrap().outcome {
        Outcome::Received(received) => received.receipt,
        other => panic!("{other:?}"),
    };
    hand.set("2026-02-02");
    desk.run_pass(&PassOptions::default()).unwrap();
    let credit = CreditDraft { lines: vec![], amount: "30.00".into(), reason: "The lift was out of order".into() };
    let note = match desk.perform(Action::Credit { invoice: extra, draft: Box::new(credit) }).unwrap().outcome {
        Outcome::Credited(credited) => credited.number,
        other => panic!("{other:?}"),
    };
    let (group, consolidated) = group(&mut desk, &hand, laptop);
    let (days, regular) = ((date("2026-01-01"), desk.today()), InvoiceId(1));
    let open = desk.read(|db| rentbook::services::reads::invoices_by_id(db, &[regular])).unwrap().remove(0).open;
    let whole = transfer(&desk, Target::Invoices(vec![regular]), &open.to_string(), "BT-778123");
    desk.perform(Action::Receive(Box::new(whole))).unwrap();
    let current = |id, copy| desk.invoice_paper(id, copy).unwrap().bytes;
    vec![
        ("invoice", current(regular, Copy::AsIssued), vec!["Invoice 2026-0001", "Deposit", "IBAN", "RF"]),
        ("paid", current(regular, Copy::Current), vec!["PAID", "Bank transfer", "EUR 0.00"]),
        ("consolidated", current(consolidated, Copy::Current), vec!["Consolidated invoice", "Ito", "Ruiz"]),
        (
            "out_of_turn",
            current(extra, Copy::Current),
            vec!["Cleaning, hours", "2.5", "12/01/2026 Cash", "-88.26", "02/02/2026 Credit note"],
        ),
        ("credit_note", desk.credit_note_paper(&note).unwrap().bytes, vec!["Credit note CN-2026-0001", "30.00"]),
        ("receipt", desk.receipt_paper(receipt).unwrap().bytes, vec!["Receipt R-2026-0001", "100.00", "Cash"]),
        (
            "customer_account",
            desk.statement_paper(Payer::Customer(acme), days).unwrap().bytes,
            vec!["Statement of account", "CN-2026-0001", "R-2026-0001"],
        ),
        (
            "group_account",
            desk.statement_paper(Payer::Group(group), days).unwrap().bytes,
            vec!["Statement of account", "Acme HQ"],
        ),
        ("agreement", desk.agreement_paper(contract).unwrap().bytes, vec!["Rental agreement", "Laptop", "Deposit"]),
    ]
}

/// A group of two with its consolidated invoice.
fn group(
    desk: &mut Desk,
    hand: &Hand,
    laptop: rentbook::domain::id::VariantId,
) -> (rentbook::domain::id::GroupId, InvoiceId) {
    let draft = GroupDraft {
        name: "Acme HQ".into(),
        contact_name: "Dana Weber".into(),
        address: "12 Pier Street; Cork T12 ABC1".into(),
        terms: "30".into(),
        billing_day: "20".into(),
        ..GroupDraft::default()
    };
    let id = group_of_two(desk, draft, &item(laptop, "2026-02-05", 12));
    hand.set("2026-02-12");
    let month = date("2026-02-01");
    (id, issued(desk, Action::InvoiceGroup { group: id, month }))
}

#[test]
fn other_programs_find_no_fault_in_any_kind_of_paper_and_read_what_stands_on_it() {
    for (name, bytes, words) in every() {
        if let Some(pages) = pages(&bytes) {
            for word in words {
                assert!(pages.concat().contains(word), "{name} says no “{word}”\n{}", pages.concat());
            }
        }
        if has("qpdf") {
            let (_folder, path) = kept(&bytes);
            let out = Command::new("qpdf").arg("--check").arg(&path).output().unwrap();
            assert!(out.status.success(), "{name}: {}", String::from_utf8_lossy(&out.stderr));
        }
    }
}

#[test]
fn a_book_with_long_names_and_ten_thousand_lines_still_prints() {
    let (mut desk, _) = shop();
    let long = business(&mut desk, &"Wolkenstein ".repeat(25).trim_end().chars().take(300).collect::<String>());
    let line = |at: usize| LineDraft { text: format!("Chair {at}"), unit_price: "1.10".into(), ..LineDraft::default() };
    let lines = |count: usize| InvoiceDraft { customer: long, lines: (0..count).map(line).collect(), due_on: None };
    let refused = desk.perform(Action::NewInvoice(Box::new(lines(10_001)))).unwrap_err();
    assert!(refused.to_string().contains("1 to 10,000 lines"), "{refused}");
    let many = issued(&mut desk, Action::NewInvoice(Box::new(lines(10_000))));
    let paper = desk.invoice_paper(many, Copy::AsIssued).unwrap();
    assert!(paper.pages > 300, "{} pages", paper.pages);
    // 11,000.00 and 23 % of it, rounded once.
    let Some(pages) = pages(&paper.bytes) else { return };
    assert!(pages.last().unwrap().contains("13,530.00"), "{}", pages.last().unwrap());
}

/// Makes the pictures of `docs/papers` anew: `RENTBOOK_PICTURES=1 cargo test every`. Needs pdftoppm.
#[test]
fn papers_are_pictured() {
    if std::env::var_os("RENTBOOK_PICTURES").is_none() || !has("pdftoppm") {
        return;
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/papers");
    for (name, bytes, _) in every() {
        let (_kept, path) = kept(&bytes);
        let to = folder.join(name);
        let made = Command::new("pdftoppm").args(["-png", "-r", "80", "-singlefile"]).args([&path, &to]).status();
        assert!(made.unwrap().success(), "{name}");
    }
}
