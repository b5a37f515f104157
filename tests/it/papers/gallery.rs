//! One paper of every kind, to be looked at.

use rentbook::documents::{Bank, InvoicePaper, InvoicePaperKind, Language, PaperSettlement, PaperSize, Prices, Stamp};
use rentbook::domain::format::{DateStyle, NumberStyle, Style};

use super::made::{day, eur, german, logo, paid, paper};

/// All of them with their names.
pub fn all() -> Vec<(&'static str, InvoicePaper)> {
    let mut all = vec![("one", paper(4)), ("seven", paper(7)), ("seventeen", paper(17)), ("sixty", paper(60))];
    all.extend([("paid", paid(5)), ("german", german()), ("french", french()), ("parts", parts())]);
    all.extend(stamped());
    all.extend(awkward());
    all
}

fn stamped() -> [(&'static str, InvoicePaper); 3] {
    let mut draft = paper(4);
    draft.number = None;
    draft.stamp = Some(Stamp::Draft);
    let mut void = paper(40);
    void.stamp = Some(Stamp::Void);
    let mut note = paper(2);
    note.kind = InvoicePaperKind::CreditNote;
    note.number = Some("CN-2025-0003".into());
    note.corrects = Some("2025-0042".into());
    note.due_on = None;
    [("draft", draft), ("void", void), ("note", note)]
}

fn awkward() -> [(&'static str, InvoicePaper); 2] {
    let mut long = paper(3);
    long.letterhead.shop_name = "Rental ".repeat(30);
    long.payer = vec!["Maximiliane Wolkenstein ".repeat(13), "Karl-Theodor-Platz 1".into()];
    long.lines[1].text = "Very long description of a thing that is rented ".repeat(7);
    long.lines[2].text = "Donaudampfschifffahrtsgesellschaft".repeat(9);
    long.reference = "REF".repeat(40);
    long.letterhead.size = PaperSize::Letter;
    let mut odd = paper(2);
    odd.payer = vec!["株式会社 東京レンタル".into(), "שלום עולם".into(), "हैलो वर्ल्ड".into()];
    [("long", long), ("odd", odd)]
}

fn french() -> InvoicePaper {
    let mut french = paper(5);
    french.letterhead.language = Language::French;
    french.letterhead.style = Style { number: NumberStyle::SpaceComma, date: DateStyle::DayFirst };
    french.letterhead.bank = Some(Bank {
        holder: "Cycles du Port SARL".into(),
        iban: Some("FR7630006000011234567890189".into()),
        bic: Some("AGRIFRPP".into()),
        ..Bank::default()
    });
    french.kind = InvoicePaperKind::Consolidated;
    french.prices = Prices::Gross;
    french.stamp = Some(Stamp::Copy);
    french.letterhead.logo = Some(logo(200, 200));
    french
}

fn parts() -> InvoicePaper {
    let mut parts = paper(3);
    parts.settled = (1..=25)
        .map(|at| PaperSettlement { on: day("2025-12-02"), text: format!("Cash, part {at}"), amount: eur(1_000) })
        .collect();
    parts.open = eur(parts.total.minor() - 25_000);
    parts.notes = vec!["A long note that goes on and on about the terms of the rental. ".repeat(12); 3];
    parts
}
