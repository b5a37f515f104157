//! How long an invoice takes: one page, a hundred lines, two thousand; and a thousand invoices from a book into a folder.

use std::hint::black_box;
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use criterion::{Criterion, criterion_group, criterion_main};
use rentbook::adapters::printing;
use rentbook::documents::{Bank, InvoicePaper, InvoicePaperKind, Letterhead, PaperLine, PaperTax, Prices, invoice};
use rentbook::domain::currency::Currency;
use rentbook::domain::id::InvoiceId;
use rentbook::domain::money::Money;
use rentbook::services::actions::customer::CustomerDraft;
use rentbook::services::actions::invoicing::{InvoiceDraft, LineDraft};
use rentbook::services::actions::shop::ShopDraft;
use rentbook::services::papers::Copy;
use rentbook::services::{Action, Book, Desk, Operator, Outcome, Outside};

fn paper(lines: u32) -> InvoicePaper {
    let eur = |minor| Money::new(minor, Currency::EUR);
    let day = |day| NaiveDate::from_ymd_opt(2025, 12, day).unwrap_or_default();
    let line = |at| PaperLine {
        text: format!("Cargo bike no. {at}, long wheelbase"),
        detail: Some(format!("Serial HC-{:04}", 1200 + at)),
        period: Some((day(1), day(31))),
        supplied_on: None,
        quantity: "1".into(),
        unit_price: eur(8_900 + i64::from(at)),
        net: eur(8_900 + i64::from(at)),
        tax_rate: "23%".into(),
        gross: eur(10_947),
    };
    let total = eur(109_470 * i64::from(lines));
    InvoicePaper {
        letterhead: Letterhead {
            shop_name: "Harbour Cycles & Tools".into(),
            address: vec!["14 Quay Street".into(), "Galway H91 X2Y3".into()],
            contact: vec!["rent@harbourcycles.example".into()],
            tax_numbers: vec!["VAT IE1234567FA".into()],
            bank: Some(Bank {
                holder: "Harbour Cycles Ltd".into(),
                iban: Some("IE29AIBK93115212345678".into()),
                ..Bank::default()
            }),
            ..Letterhead::default()
        },
        kind: InvoicePaperKind::Invoice,
        number: Some("2025-0042".into()),
        invoiced_on: day(1),
        due_on: Some(day(8)),
        payer: vec!["Zoë Müller-Straße".into(), "Łukasz Żółć".into(), "Ωμέγα Δοκιμή".into()],
        payer_numbers: vec![],
        customer_reference: None,
        corrects: None,
        prices: Prices::Net,
        lines: (0..lines).map(line).collect(),
        subtotal: total,
        taxes: vec![PaperTax { rate: "VAT 23%".into(), base: total, tax: total }],
        total,
        settled: vec![],
        open: total,
        account: None,
        stamp: None,
        reference: "RB-2025-0042-17".into(),
        notes: vec![],
        qr: None,
    }
}

fn papers(criterion: &mut Criterion) {
    for (name, lines) in [("invoice of one page", 6), ("invoice of 100 lines", 100), ("invoice of 2,000 lines", 2_000)]
    {
        let paper = paper(lines);
        criterion.bench_function(name, |bencher| bencher.iter(|| invoice(black_box(&paper))));
    }
}

/// A day on which nothing changes.
struct Still;

impl Outside for Still {
    fn now(&self) -> DateTime<Utc> {
        NaiveDate::from_ymd_opt(2026, 3, 2).unwrap_or_default().and_time(NaiveTime::MIN).and_utc()
    }

    fn salt(&self) -> String {
        "salt".into()
    }
}

/// A book of a thousand invoices of one page, with a bank account and so with a code to scan.
fn book() -> Option<(Desk, Vec<InvoiceId>)> {
    let operator = Operator { name: "bench".into(), host: "here".into(), pid: 1 };
    let mut desk = Desk::new(Book::in_memory().ok()?, Arc::new(Still), operator).ok()?;
    let shop = ShopDraft {
        name: "Harbour".into(),
        currency: "EUR".into(),
        iban: "DE89370400440532013000".into(),
        ..ShopDraft::default()
    };
    desk.perform(Action::SetUp(Box::new(shop))).ok()?;
    let who = CustomerDraft { first_name: "Ana".into(), last_name: "Ito".into(), ..CustomerDraft::default() };
    let Outcome::Customer(customer) = desk.perform(Action::AddCustomer(Box::new(who))).ok()?.outcome else {
        return None;
    };
    let line = LineDraft { text: "Cargo bike, long wheelbase".into(), unit_price: "89".into(), ..LineDraft::default() };
    let draft = InvoiceDraft { customer, lines: vec![line; 6], due_on: None };
    let mut ids = Vec::new();
    for _ in 0..1_000 {
        if let Outcome::Invoice(id, _) = desk.perform(Action::NewInvoice(Box::new(draft.clone()))).ok()?.outcome {
            ids.push(id);
        }
    }
    Some((desk, ids))
}

fn batch(criterion: &mut Criterion) {
    let (Some((desk, ids)), Ok(folder)) = (book(), tempfile::tempdir()) else { return };
    criterion.bench_function("batch of 1,000 invoices into a folder", |bencher| {
        bencher.iter(|| printing::print(&desk, &ids, (folder.path(), true), Copy::Current, |_, _| true).files.len());
    });
}

criterion_group! {
    name = many;
    config = Criterion::default().sample_size(10);
    targets = batch
}
criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(20);
    targets = papers
}
criterion_main!(benches, many);
