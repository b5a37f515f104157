//! How long an invoice takes: one page, a hundred lines, two thousand.

use std::hint::black_box;

use chrono::NaiveDate;
use criterion::{Criterion, criterion_group, criterion_main};
use rentbook::documents::{Bank, InvoicePaper, InvoicePaperKind, Letterhead, PaperLine, PaperTax, Prices, invoice};
use rentbook::domain::currency::Currency;
use rentbook::domain::money::Money;

fn paper(lines: u32) -> InvoicePaper {
    let eur = |minor| Money::new(minor, Currency::EUR);
    let day = |day| NaiveDate::from_ymd_opt(2025, 12, day).unwrap_or_default();
    let line = |at| PaperLine {
        text: format!("Cargo bike no. {at}, long wheelbase"),
        detail: Some(format!("Serial HC-{:04}", 1200 + at)),
        period: Some((day(1), day(31))),
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

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(20);
    targets = papers
}
criterion_main!(benches);
