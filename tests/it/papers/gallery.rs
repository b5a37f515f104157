//! One paper of every kind, to be looked at.

use rentbook::documents::{
    Bank, InvoicePaper, InvoicePaperKind, Language, Movement, OpenByAge, PaperSettlement, PaperSize, Prices, SettledBy,
    Stamp, StatementPaper,
};
use rentbook::domain::format::{DateStyle, NumberStyle, Style};

use super::made::{day, eur, german, paid, paper};

/// All of them with their names.
pub fn all() -> Vec<(&'static str, InvoicePaper)> {
    let mut all = vec![("one", paper(4)), ("seven", paper(7)), ("seventeen", paper(17)), ("sixty", paper(60))];
    all.extend([
        ("paid", paid(5)),
        ("german", german()),
        ("french", french()),
        ("parts", parts()),
        ("code", with_code()),
    ]);
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

fn awkward() -> [(&'static str, InvoicePaper); 3] {
    let mut long = paper(3);
    long.letterhead.shop_name = "Rental ".repeat(30);
    long.payer = vec!["Maximiliane Wolkenstein ".repeat(13), "Karl-Theodor-Platz 1".into()];
    long.lines[1].text = "Very long description of a thing that is rented ".repeat(7);
    long.lines[2].text = "Donaudampfschifffahrtsgesellschaft".repeat(9);
    long.reference = "REF".repeat(40);
    long.letterhead.size = PaperSize::Letter;
    let mut odd = paper(2);
    odd.payer = vec!["株式会社 東京レンタル".into(), "שלום עולם".into(), "हैलो वर्ल्ड".into()];
    let mut letters = paper(2);
    letters.letterhead.added_fonts = vec![super::letters::font()];
    letters.payer =
        vec!["שלום (12) רון".into(), "Ron שלום 12 רון Smith".into(), "مرحبا عليك 34".into(), "株式会社".into()];
    [("long", long), ("odd", odd), ("letters", letters)]
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
    french.letterhead.logo = Some(super::made::SVG.into());
    french
}

fn parts() -> InvoicePaper {
    let mut parts = paper(3);
    parts.settled = (1..=25)
        .map(|at| PaperSettlement {
            on: day("2025-12-02"),
            text: format!("Cash, part {at}"),
            amount: eur(1_000),
            kind: SettledBy::Money,
        })
        .collect();
    parts.open = eur(parts.total.minor() - 25_000);
    parts.notes = vec!["A long note that goes on and on about the terms of the rental. ".repeat(12); 3];
    parts
}

/// An invoice with a code to scan and what was owed before.
pub fn with_code() -> InvoicePaper {
    let mut paper = paper(4);
    let reference = rentbook::domain::reference::creditor_reference("2025-0042").unwrap();
    paper.reference = rentbook::domain::reference::in_groups(&reference);
    paper.qr = rentbook::domain::epc::payment_code(&rentbook::domain::epc::Transfer {
        holder: "Harbour Cycles Ltd",
        iban: "IE29AIBK93115212345678",
        bic: Some("AIBKIE2D"),
        amount: paper.open,
        reference: &reference,
    });
    paper.account = Some(rentbook::documents::AccountBalance {
        previous: eur(12_000),
        received: eur(5_000),
        credited: eur(0),
        this: paper.open,
        to_pay: eur(7_000 + paper.open.minor()),
    });
    paper
}

/// A quarter of a customer's account.
pub fn account() -> StatementPaper {
    let moved = |on: &str, text: &str, detail: &str, minor: i64| Movement {
        on: day(on),
        text: text.into(),
        detail: Some(detail.into()).filter(|detail: &String| !detail.is_empty()),
        amount: eur(minor),
    };
    let paper = paper(1);
    let none = eur(0);
    StatementPaper {
        letterhead: paper.letterhead,
        payer: paper.payer,
        payer_numbers: paper.payer_numbers,
        period: (day("2025-10-01"), day("2025-12-31")),
        opening: eur(8_900),
        movements: vec![
            moved("2025-10-01", "Invoice 2025-0031", "Due date 15/10/2025", 8_900),
            moved("2025-10-09", "Payment received R-2025-0018", "Bank transfer, BT-778123", -8_900),
            moved("2025-11-01", "Invoice 2025-0036", "Due date 15/11/2025", 8_900),
            moved("2025-11-20", "Credit note CN-2025-0003", "2025-0036", -2_000),
            moved("2025-12-01", "Invoice 2025-0042", "Due date 08/12/2025", 10_947),
        ],
        closing: eur(26_747),
        open: OpenByAge { late: [none, eur(10_947), eur(6_900), eur(8_900), none], unapplied: none },
    }
}
