//! A book of a shop in each language with every kind of paper. What people typed into it is in no language, so that each
//! word of English on a paper is one the program put there.

use rentbook::documents::{Language, Paper};
use rentbook::domain::address::Address;
use rentbook::domain::id::{CustomerId, InvoiceId, ReceiptId, VariantId};
use rentbook::domain::method::Method;
use rentbook::domain::reason::{CancelReason, KeptFor, RefundReason};
use rentbook::services::actions::crediting::CreditDraft;
use rentbook::services::actions::customer::CustomerDraft;
use rentbook::services::actions::deposit::CloseDraft;
use rentbook::services::actions::group::GroupDraft;
use rentbook::services::actions::invoicing::{InvoiceDraft, LineDraft};
use rentbook::services::actions::receiving::{ReceiptDraft, Target};
use rentbook::services::actions::refunding::{RefundDraft, RefundFrom};
use rentbook::services::actions::shop::ShopDraft;
use rentbook::services::actions::subscription::Change;
use rentbook::services::papers::Copy;
use rentbook::services::pass::PassOptions;
use rentbook::services::{Action, Desk, Outcome, Payer};

use super::made::pages;
use crate::fixture::{
    Hand, change, date, draft, group as plain_group, group_of_two, item, order, shop_with, transfer, variant,
};

/// A shop where that language is spoken.
fn shop(language: Language) -> (Desk, Hand) {
    let (country, iban, address, rate) = match language {
        Language::English => ("IE", "IE29AIBK93115212345678", "14 Kai; Galway H91 X2Y3", "13.5"),
        Language::German => ("DE", "DE89370400440532013000", "Kai 14; 24103 Kiel", "19"),
        Language::French => ("FR", "FR1420041010050500013M02606", "14 quai Zo; 44000 Nantes", "5.5"),
        Language::Spanish => ("ES", "ES9121000418450200051332", "Kai 14; 36202 Vigo", "21"),
    };
    shop_with(
        "2026-01-05",
        &ShopDraft {
            name: "Kaimo".into(),
            address: address.into(),
            country: country.into(),
            email: "zo@kaimo.example".into(),
            tax_number: format!("{country}999"),
            currency: "EUR".into(),
            language: language.code().into(),
            tax_rate: rate.into(),
            bank_name: "Zobu".into(),
            iban: iban.into(),
            ..draft()
        },
    )
}

fn customer(desk: &mut Desk, company: &str, country: &str) -> CustomerId {
    let address = Address {
        line1: "Zeil 1".into(),
        city: "Ulmo".into(),
        postcode: "1010".into(),
        country: country.into(),
        ..Address::default()
    };
    let draft = CustomerDraft {
        kind: "business".into(),
        company_name: company.into(),
        terms: "14".into(),
        address,
        ..CustomerDraft::default()
    };
    crate::fixture::customer(desk, draft)
}

fn billed(desk: &mut Desk, customer: CustomerId, price: &str) -> InvoiceId {
    let line =
        LineDraft { text: "Dolo".into(), quantity: "1.5".into(), unit_price: price.into(), ..LineDraft::default() };
    let draft = InvoiceDraft { customer, lines: vec![line], due_on: None };
    match desk.perform(Action::NewInvoice(Box::new(draft))).unwrap().outcome {
        Outcome::Invoice(id, _) => id,
        other => panic!("{other:?}"),
    }
}

fn paid(desk: &mut Desk, invoice: InvoiceId, amount: &str, method: Method, more: bool) -> ReceiptId {
    let draft = ReceiptDraft {
        method,
        keep_credit: more,
        again: true,
        ..transfer(desk, Target::Invoices(vec![invoice]), amount, "")
    };
    match desk.perform(Action::Receive(Box::new(draft))).unwrap().outcome {
        Outcome::Received(received) => received.receipt,
        other => panic!("{other:?}"),
    }
}

fn invoices_of(desk: &Desk, customer: CustomerId) -> Vec<InvoiceId> {
    desk.read(|db| {
        db.all("SELECT id FROM invoice WHERE customer_id = ?1 ORDER BY id", &[customer.into()], |row| row.int(0))
    })
    .unwrap()
    .into_iter()
    .map(InvoiceId)
    .collect()
}

/// One contract for each way to end or change it, of one customer.
fn contracts(desk: &mut Desk, hand: &Hand, thing: VariantId) -> CustomerId {
    let who = customer(desk, "Kontrakto", "AT");
    for serial in 1..9 {
        let asset = rentbook::services::actions::catalogue::AssetDraft {
            variant: thing,
            serial: format!("Z{serial}"),
            cost: "10".into(),
            bought_on: None,
        };
        desk.perform(Action::AddAsset(asset)).unwrap();
    }
    let mut held = item(thing, "2026-01-10", 12);
    held.deposit = "200.00".into();
    held.quantity = 6;
    let (_, subs) = order(desk, who, vec![held]);
    hand.set("2026-02-12");
    desk.run_pass(&PassOptions::default()).unwrap();
    for invoice in invoices_of(desk, who) {
        paid(desk, invoice, "", Method::BankTransfer, false);
    }
    hand.set("2026-02-20");
    let cancel = Change::Cancel { from: date("2026-02-25"), running: None, refund: true, reason: "Zz".into() };
    change(desk, subs[0], cancel);
    change(desk, subs[1], Change::Pause { from: date("2026-02-21"), to: Some(date("2026-03-15")) });
    let early = Change::ReturnEarly {
        on: date("2026-02-20"),
        percent: "12.5".into(),
        condition: rentbook::domain::contract::Condition::Good,
        note: String::new(),
        waive: String::new(),
    };
    change(desk, subs[2], early);
    change(desk, subs[3], Change::BuyOut { residual: "150".into() });
    change(desk, subs[4], Change::Upgrade { item: Box::new(item(thing, "2026-02-20", 12)) });
    for (deposit, kept) in [(1, "80"), (2, ""), (3, "80")] {
        let draft = CloseDraft {
            deposit,
            keep: kept.into(),
            kept_for: if deposit == 1 { KeptFor::Damage } else { KeptFor::Cleaning },
            reason: if kept.is_empty() { String::new() } else { "Zz".into() },
            ..CloseDraft::default()
        };
        desk.perform(Action::CloseDeposit(Box::new(draft))).unwrap();
    }
    who
}

/// One invoice for each thing that can become of it, of one customer.
fn invoices(desk: &mut Desk, hand: &Hand) -> (CustomerId, Vec<(&'static str, InvoiceId)>, Vec<ReceiptId>) {
    let who = customer(desk, "Fakturo", "CZ");
    hand.set("2026-03-02");
    let mut all = Vec::new();
    let mut receipts = Vec::new();
    let mut next = |desk: &mut Desk, name| {
        let id = billed(desk, who, "1100.50");
        all.push((name, id));
        id
    };
    let part = next(desk, "part_paid");
    receipts.push(paid(desk, part, "1000.25", Method::Cash, false));
    let whole = next(desk, "paid");
    receipts.push(paid(desk, whole, "", Method::Check, false));
    desk.perform(Action::ClearReceipt { receipt: receipts[1], on: date("2026-03-02") }).unwrap();
    let void = next(desk, "void");
    desk.perform(Action::VoidInvoice { invoice: void, reason: "Zz".into() }).unwrap();
    let credited = next(desk, "credited");
    let reason = || CreditDraft { reason: "Zz".into(), ..CreditDraft::default() };
    desk.perform(Action::Credit { invoice: credited, draft: Box::new(reason()) }).unwrap();
    let off = next(desk, "written_off");
    desk.perform(Action::WriteOff { invoice: off, reason: "Zz".into() }).unwrap();
    let waived = next(desk, "waived");
    let payment = |desk: &Desk, id: InvoiceId| {
        let sql = "SELECT id FROM payment WHERE invoice_id = ?1";
        let id = desk.read(|db| db.one(sql, &[id.into()], |row| row.int(0))).unwrap().unwrap();
        rentbook::domain::id::PaymentId(id)
    };
    let one = payment(desk, waived);
    desk.perform(Action::WaivePayment { payment: one, reason: "Zz".into() }).unwrap();
    let cancelled = next(desk, "cancelled");
    receipts.push(paid(desk, cancelled, "20.00", Method::Card, false));
    let payment = payment(desk, cancelled);
    let cancel = Action::CancelPayment { payment, reason: CancelReason::NotNeeded, words: String::new() };
    desk.perform(cancel).unwrap();
    let refunded = next(desk, "refunded");
    receipts.push(paid(desk, refunded, "", Method::DirectDebit, false));
    desk.perform(Action::ClearReceipt { receipt: receipts[3], on: date("2026-03-02") }).unwrap();
    for reason in RefundReason::ALL {
        let draft = RefundDraft {
            from: RefundFrom::Invoice(refunded),
            amount: "10.50".into(),
            reason: *reason,
            words: if *reason == RefundReason::Other { "Zz".into() } else { String::new() },
            with_credit_note: true,
            reference: String::new(),
        };
        desk.perform(Action::Refund(Box::new(draft))).unwrap();
    }
    hand.set("2026-03-09");
    let with_previous = next(desk, "previous_balance");
    receipts.push(paid(desk, with_previous, "0.50", Method::BankTransfer, false));
    desk.perform(Action::Undo(None)).unwrap();
    next(desk, "open");
    (who, all, receipts)
}

fn consolidated(desk: &mut Desk, hand: &Hand, thing: VariantId) -> (Payer, InvoiceId) {
    let draft = GroupDraft {
        name: "Grupo".into(),
        address: "Zeil 2; 1010 Ulmo; Zobia".into(),
        terms: "30".into(),
        billing_day: "20".into(),
        ..GroupDraft::default()
    };
    let mut one = item(thing, "2026-03-10", 12);
    one.deposit = "50".into();
    let id = group_of_two(desk, draft, &one);
    hand.set("2026-03-12");
    let made = desk.perform(Action::InvoiceGroup { group: id, month: date("2026-03-01") }).unwrap().outcome;
    let Outcome::Invoice(invoice, _) = made else { panic!("{made:?}") };
    (Payer::Group(id), invoice)
}

fn untaxed(desk: &mut Desk, treatment: &str) -> InvoiceId {
    let who = customer(desk, "Untaxo", "IT");
    crate::issuing::change(desk, &format!("UPDATE customer SET tax_treatment = '{treatment}' WHERE id = {who}"));
    billed(desk, who, "100")
}

/// Every paper of a shop in this language, by name.
pub fn every(language: Language) -> Vec<(String, Paper)> {
    let (mut desk, hand) = shop(language);
    let thing = variant(&mut desk, "Zorba", "89.50");
    let tenant = contracts(&mut desk, &hand, thing);
    let (payer, named, receipts) = invoices(&mut desk, &hand);
    let (group, together) = consolidated(&mut desk, &hand, thing);
    let reverse = untaxed(&mut desk, "reverse_charge");
    let exempt = untaxed(&mut desk, "exempt");
    plain_group(&mut desk, "Zweito", "1");
    let mut all = Vec::new();
    let mut keep = |name: String, paper: Paper| all.push((name, paper));
    for (name, id) in named.into_iter().chain([("group", together), ("reverse", reverse), ("exempt", exempt)]) {
        keep(format!("invoice_{name}"), desk.invoice_paper(id, Copy::Current).unwrap());
        keep(format!("issued_{name}"), desk.invoice_paper(id, Copy::AsIssued).unwrap());
    }
    for id in invoices_of(&desk, tenant) {
        keep(format!("contract_{id}"), desk.invoice_paper(id, Copy::Current).unwrap());
    }
    let sql = "SELECT number FROM credit_note ORDER BY id";
    for number in desk.read(|db| db.all(sql, &[], |row| row.text(0))).unwrap() {
        keep(format!("note_{number}"), desk.credit_note_paper(&number).unwrap());
    }
    for id in receipts {
        keep(format!("receipt_{id}"), desk.receipt_paper(id).unwrap());
    }
    let days = (date("2026-01-01"), desk.today());
    for (name, payer) in [("tenant", Payer::Customer(tenant)), ("payer", Payer::Customer(payer)), ("group", group)] {
        keep(format!("statement_{name}"), desk.statement_paper(payer, days).unwrap());
    }
    keep("agreement".into(), desk.agreement_paper(rentbook::domain::id::OrderId(1)).unwrap());
    all
}

/// Writes them all to look at: `RENTBOOK_TONGUES=folder cargo test tongues`.
#[test]
fn papers_of_every_language_can_be_looked_at() {
    let Some(folder) = std::env::var_os("RENTBOOK_TONGUES") else { return };
    for language in Language::ALL {
        let folder = std::path::Path::new(&folder).join(language.code());
        std::fs::create_dir_all(&folder).unwrap();
        for (name, paper) in every(*language) {
            std::fs::write(folder.join(format!("{name}.pdf")), paper.bytes).unwrap();
        }
    }
}

/// What people typed into the book, and what is written alike everywhere.
const TYPED: &str = "Kaimo Kai quai Zo Kontrakto Fakturo Untaxo Grupo Zobia Zeil Ulmo Galway Kiel Nantes Vigo Zobu Dolo Zz Zorba \
    standard Ana Ito Ruiz H91 X2Y3 zo kaimo example IBAN EUR SN CN x";

/// Words that are the same in that language and in English.
const fn shared(language: Language) -> &'static str {
    match language {
        Language::English => "",
        Language::German => "Bank Reverse",
        Language::French => "Date Page Description Total Net code due Payable",
        Language::Spanish => "Total Austria No no residual",
    }
}

fn words(text: &str) -> std::collections::BTreeSet<String> {
    let parts = text.split(|letter: char| !letter.is_alphanumeric());
    let is_word = |part: &&str| part.chars().filter(|letter| letter.is_alphabetic()).count() > 1;
    // Numbers of papers and accounts have digits; words have none.
    parts
        .filter(is_word)
        .filter(|part| !part.contains(|letter: char| letter.is_ascii_digit()))
        .map(str::to_owned)
        .collect()
}

/// `89.50`, `5.5`: no amount, quantity or rate of a language that writes commas. `1.964,39` and `02.03.2026` are none.
fn has_point(word: &&str) -> bool {
    let word = word.trim_matches(|letter: char| !letter.is_ascii_digit());
    word.split_once('.').is_some_and(|(whole, rest)| {
        let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        digits(whole) && digits(rest) && rest.len() < 3
    })
}

// F35
#[test]
fn no_paper_of_another_language_has_a_word_or_a_number_of_english() {
    let text = |language| {
        let read = every(language).into_iter().filter_map(|(name, paper)| Some((name, pages(&paper.bytes)?.concat())));
        read.collect::<Vec<_>>()
    };
    let mut english: std::collections::BTreeSet<String> =
        text(Language::English).iter().flat_map(|(_, page)| words(page)).collect();
    for typed in TYPED.split_whitespace() {
        english.remove(typed);
    }
    let mut faults = Vec::new();
    for language in [Language::German, Language::French, Language::Spanish] {
        for (name, page) in text(language) {
            let shared: Vec<&str> = shared(language).split(' ').collect();
            let strange =
                words(&page).into_iter().filter(|word| english.contains(word) && !shared.contains(&word.as_str()));
            faults.extend(strange.map(|word| format!("{language:?} {name}: {word}")));
            let points = page.split_whitespace().filter(has_point);
            faults.extend(points.map(|number| format!("{language:?} {name}: {number}")));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
