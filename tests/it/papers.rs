//! The papers: what a reader, a mail program and a printer get.

mod every;
mod gallery;
pub mod letters;
pub mod made;
mod serials;
mod tongues;

use std::path::Path;
use std::process::Command;

use made::{day, eur, german, has, kept, logo, pages, paid, paper};
use rentbook::documents::{
    Bank, InvoicePaperKind, Language, Letterhead, Lost, PaperError, PaperSettlement, PaperSize, PaperTax, Prices,
    SettledBy, Stamp, check_logo, invoice, statement,
};
use rentbook::domain::currency::Currency;
use rentbook::domain::format::{DateStyle, NumberStyle, Style};
use rentbook::domain::money::Money;

#[test]
fn the_same_invoice_gives_the_same_bytes() {
    for paper in [paper(1), paper(40), paid(3), german()] {
        assert_eq!(invoice(&paper).unwrap(), invoice(&paper).unwrap());
    }
}

#[test]
fn nothing_in_the_file_tells_of_the_machine_or_the_hour() {
    let bytes = invoice(&paper(2)).unwrap().bytes;
    let text = String::from_utf8_lossy(&bytes).into_owned();
    assert!(text.contains("D:20251124000000"), "the creation date is the invoice date");
    assert!(text.contains("/Lang(en)") || text.contains("/Lang (en)"), "the language is named");
    assert!(text.contains("Invoice 2025-0042"), "the title is named");
    assert!(text.contains("/StructTreeRoot"), "screen readers find a reading order");
    assert!(text.contains("pdfaid:part>2<") && text.contains("pdfaid:conformance>U<"), "it can be kept for years");
    assert!(!text.contains("krilla"), "no library, no version");
}

#[test]
fn a_page_of_an_invoice_is_small() {
    for paper in [paper(1), paper(6), paid(8)] {
        let made = invoice(&paper).unwrap();
        assert_eq!(made.pages, 1);
        assert!(made.bytes.len() < 60_000, "{} bytes", made.bytes.len());
    }
}

#[test]
fn lines_fill_as_many_pages_as_they_need() {
    for (lines, expected) in [(0, 1), (1, 1), (7, 1), (9, 2), (40, 3), (200, 12)] {
        let made = invoice(&paper(lines)).unwrap();
        assert_eq!(made.pages, expected, "{lines} lines");
        if let Some(pages) = pages(&made.bytes) {
            assert_eq!(pages.len(), made.pages, "{lines} lines");
        }
    }
}

#[test]
fn names_can_be_selected_and_read() {
    let Some(pages) = pages(&invoice(&paper(3)).unwrap().bytes) else { return };
    for name in ["Zoë Müller-Straße", "Łukasz Żółć", "Ωμέγα Δοκιμή", "Serial HC-1200", "01/12/2025 – 31/12/2025"]
    {
        assert!(pages[0].contains(name), "{name}\n{}", pages[0]);
    }
}

#[test]
fn every_page_repeats_the_head_says_where_it_is_and_carries_the_sum() {
    let made = invoice(&paper(75)).unwrap();
    let Some(pages) = pages(&made.bytes) else { return };
    let amount = |page: &str, label: &str| {
        let line = page.lines().find(|line| line.trim_start().starts_with(label))?;
        line.split_whitespace().last().map(str::to_owned)
    };
    for (at, page) in pages.iter().enumerate() {
        assert!(page.contains("Description") && page.contains("Net amount EUR"), "page {} has no head", at + 1);
        assert!(page.contains(&format!("Page {} of {}", at + 1, pages.len())), "page {}", at + 1);
        assert!(page.contains("IBAN IE29 AIBK 9311 5212 3456 78"), "page {} has no foot", at + 1);
        let last = at + 1 == pages.len();
        assert_eq!(amount(page, "Carried forward").is_none(), last, "page {}", at + 1);
        if let Some(next) = pages.get(at + 1) {
            assert_eq!(amount(page, "Carried forward"), amount(next, "Brought forward"));
        }
    }
}

#[test]
fn what_is_carried_forward_is_what_the_lines_above_add_up_to() {
    let paper = paper(30);
    let Some(pages) = pages(&invoice(&paper).unwrap().bytes) else { return };
    let on_first = pages[0].matches("Serial HC-").count();
    let sum: i64 = paper.lines.iter().take(on_first).map(|line| line.net.minor()).sum();
    assert!(pages[0].contains(&Style::default().amount(eur(sum))), "{}", pages[0]);
}

#[test]
fn the_total_is_never_alone_on_a_page() {
    for lines in 1..=30 {
        let made = invoice(&paper(lines)).unwrap();
        let Some(pages) = pages(&made.bytes) else { return };
        let with_total = pages.iter().find(|page| page.contains("Total EUR")).unwrap();
        assert!(with_total.contains("Serial HC-"), "{lines} lines: no line stands on the page of the total");
        assert!(with_total.contains("Amount due EUR"), "{lines} lines: total and amount due stand apart");
    }
}

#[test]
fn a_paid_invoice_says_so_and_that_nothing_is_due() {
    let Some(pages) = pages(&invoice(&paid(3)).unwrap().bytes) else { return };
    let page = &pages[0];
    assert!(page.contains("PAID") && page.contains("EUR 0.00"), "{page}");
    assert!(page.lines().any(|line| line.contains("Amount due EUR") && line.trim_end().ends_with(" 0.00")), "{page}");
    assert!(page.contains("02/12/2025 Bank transfer"), "{page}");
    assert!(!page.contains("How to pay"), "there is nothing left to pay");
}

#[test]
fn a_draft_has_no_number_and_a_void_invoice_asks_for_nothing() {
    let mut draft = paper(2);
    draft.number = None;
    draft.stamp = Some(Stamp::Draft);
    let mut void = paper(2);
    void.stamp = Some(Stamp::Void);
    let (Some(draft), Some(void)) = (pages(&invoice(&draft).unwrap().bytes), pages(&invoice(&void).unwrap().bytes))
    else {
        return;
    };
    assert!(draft[0].contains("DRAFT") && !draft[0].contains("2025-0042\n"), "{}", draft[0]);
    assert!(void[0].contains("VOID") && !void[0].contains("How to pay"), "{}", void[0]);
}

#[test]
fn labels_and_figures_follow_the_shops_language() {
    let mut french = german();
    french.letterhead.language = Language::French;
    french.letterhead.style = Style { number: NumberStyle::SpaceComma, date: DateStyle::DayFirst };
    let mut spanish = german();
    spanish.letterhead.language = Language::Spanish;
    let expected = [
        (german(), ["Rechnung 2025-0042", "Gesamtbetrag EUR", "Seite 1 von 2", "2.178,33", "Insgesamt zu zahlen EUR"]),
        (french, ["Facture 2025-0042", "Total hors taxes", "Page 1 sur 2", "2 178,33", "Total à payer EUR"]),
        (spanish, ["Factura 2025-0042", "Base imponible", "Página 1 de 2", "2.178,33", "Total a pagar EUR"]),
    ];
    for (paper, words) in expected {
        let Some(pages) = pages(&invoice(&paper).unwrap().bytes) else { return };
        let text = pages.concat();
        for word in words {
            assert!(text.contains(word), "{word}\n{text}");
        }
    }
}

#[test]
fn gross_prices_are_what_the_lines_show() {
    let mut gross = paper(2);
    gross.prices = Prices::Gross;
    let Some(pages) = pages(&invoice(&gross).unwrap().bytes) else { return };
    assert!(pages[0].contains("Amount incl. tax EUR") && pages[0].contains("109.47"), "{}", pages[0]);
}

#[test]
fn a_credit_note_names_its_invoice_and_asks_for_nothing() {
    let mut note = paper(1);
    note.kind = InvoicePaperKind::CreditNote;
    note.number = Some("CN-2025-0003".into());
    note.corrects = Some("2025-0042".into());
    note.due_on = None;
    let Some(pages) = pages(&invoice(&note).unwrap().bytes) else { return };
    for word in ["Credit note CN-2025-0003", "For invoice", "2025-0042", "Amount credited"] {
        assert!(pages[0].contains(word), "{word}\n{}", pages[0]);
    }
    assert!(!pages[0].contains("How to pay") && !pages[0].contains("Amount due"));
}

#[test]
fn what_the_fonts_lack_is_named_and_never_silent() {
    let mut odd = paper(1);
    odd.payer =
        vec!["株式会社".into(), "שלום".into(), "क\u{200d}".into(), "minus \u{2212}5 \u{25cf} \u{e000}\u{fffe}".into()];
    let made = invoice(&odd).unwrap();
    assert_eq!(made.missing, "株式会社שלוםक\u{e000}".chars().collect::<Vec<_>>());
    let Some(pages) = pages(&made.bytes) else { return };
    // F37: the shop is told; its customer reads no technician's note.
    assert!(!pages[0].contains("U+") && !pages[0].contains("cannot be shown"), "{}", pages[0]);
    assert!(pages[0].contains("株式会社"), "whoever copies the name gets the name");
    assert_eq!(invoice(&paper(1)).unwrap().missing, Vec::<char>::new());
}

#[test]
fn decomposed_letters_are_the_same_as_composed_ones() {
    let (mut one, mut two) = (paper(1), paper(1));
    one.payer = vec!["Zoe\u{308} Z\u{307}o\u{301}łc\u{301}".into()];
    two.payer = vec!["Zoë Żółć".into()];
    assert_eq!(invoice(&one).unwrap().bytes, invoice(&two).unwrap().bytes);
}

#[test]
fn bad_input_still_makes_a_paper() {
    let endless = "Wolkenstein ".repeat(2_000);
    let mut all = vec![paper(3); 6];
    all[0].payer = vec!["x".repeat(300), endless.clone()];
    all[0].letterhead.shop_name = "y".repeat(300);
    all[0].letterhead.address = vec![endless.clone(); 40];
    all[0].reference = "REF".repeat(200);
    all[1].payer = vec![];
    all[1].letterhead = Letterhead::default();
    all[2].lines[0].text = endless.clone();
    all[2].lines[1].quantity = "9".repeat(300);
    all[2].lines[2].text = String::new();
    all[2].notes = vec![endless.clone(), String::new(), "\u{0}\t\r\n\u{7f}\u{feff}\u{202e}".into()];
    all[3].lines[0].net = eur(-8_900);
    all[3].lines[1].net = eur(0);
    all[3].total = eur(-1);
    all[3].open = eur(-1);
    all[4].settled = (0..120)
        .map(|_| PaperSettlement {
            on: day("2025-12-02"),
            text: endless.clone(),
            amount: eur(1),
            kind: SettledBy::Money,
        })
        .collect();
    all[4].taxes = (0..60).map(|_| PaperTax { rate: "VAT 23%".into(), base: eur(1), tax: eur(1) }).collect();
    all[5].number = Some("2025-".repeat(200));
    all[5].letterhead.size = PaperSize::Letter;
    all[5].letterhead.bank = Some(Bank { account_lines: vec!["Routing".repeat(60); 30], ..Bank::default() });
    for (at, paper) in all.iter().enumerate() {
        let made = invoice(paper).unwrap_or_else(|error| panic!("{at}: {error}"));
        assert!(made.pages >= 1 && made.pages < 300, "{at}: {} pages", made.pages);
    }
}

#[test]
fn amounts_of_any_size_and_currency_stand_in_their_columns() {
    for (code, minor) in [("JPY", 100_000_000_000), ("BHD", 99_999_999_999), ("IDR", 100_000_000_000)] {
        let currency = Currency::new(code).unwrap();
        let mut paper = paper(1);
        let huge = Money::new(minor, currency);
        (paper.lines[0].unit_price, paper.lines[0].net, paper.lines[0].gross) = (huge, huge, huge);
        (paper.subtotal, paper.total, paper.open) = (huge, huge, huge);
        paper.taxes = vec![];
        let Some(pages) = pages(&invoice(&paper).unwrap().bytes) else { return };
        let shown = Style::default().amount(huge);
        assert!(pages[0].matches(&shown).count() >= 5, "{shown}\n{}", pages[0]);
    }
}

#[test]
fn mixed_currencies_are_refused() {
    let mut paper = paper(2);
    paper.lines[1].net = Money::new(1, Currency::new("JPY").unwrap());
    assert!(matches!(invoice(&paper), Err(PaperError::Money(_))));
}

// F103
#[test]
fn a_logo_that_is_no_picture_is_refused_in_words_and_left_out_where_a_paper_has_it() {
    let mut small = logo(10, 10);
    small.truncate(60);
    let mut huge = logo(4, 4);
    huge[16..24].copy_from_slice(&[0, 1, 0, 0, 0, 1, 0, 0]);
    let mut half = logo(200, 100);
    half.truncate(half.len() / 2);
    let without = invoice(&paper(1)).unwrap();
    for bytes in [vec![], b"GIF89a".to_vec(), logo(0, 10), small, huge, half] {
        assert_eq!(check_logo(&bytes).unwrap_err(), PaperError::Logo);
        let mut paper = paper(1);
        paper.letterhead.logo = Some(bytes);
        let made = invoice(&paper).unwrap();
        assert_eq!(made.lost, [Lost::Logo]);
        assert!(made.bytes == without.bytes);
    }
    check_logo(&logo(200, 100)).unwrap();
}

#[test]
fn ten_thousand_lines_are_printed() {
    let made = invoice(&paper(10_000)).unwrap();
    assert!(made.pages > 400, "{} pages", made.pages);
}

#[test]
fn an_account_adds_up_on_its_paper_and_mixed_currencies_are_refused() {
    let paper = gallery::account();
    assert_eq!(statement(&paper).unwrap(), statement(&paper).unwrap());
    let Some(pages) = pages(&statement(&paper).unwrap().bytes) else { return };
    for word in ["Statement of account", "Opening balance", "Credit note CN-2025-0003", "267.47", "31–60 days late"] {
        assert!(pages[0].contains(word), "{word}\n{}", pages[0]);
    }
    let mut mixed = gallery::account();
    mixed.movements[0].amount = Money::new(1, Currency::new("JPY").unwrap());
    assert!(matches!(statement(&mixed), Err(PaperError::Money(_))));
    let mut endless = gallery::account();
    endless.movements[0].text = "Wolkenstein ".repeat(2_000);
    endless.payer = vec!["x".repeat(300); 40];
    assert!(statement(&endless).unwrap().pages < 10);
}

#[test]
fn a_code_stands_where_there_is_something_to_pay() {
    let with = invoice(&gallery::with_code()).unwrap().bytes;
    let mut without = gallery::with_code();
    without.qr = None;
    assert!(with.len() > invoice(&without).unwrap().bytes.len());
    let mut settled = gallery::with_code();
    settled.open = eur(0);
    settled.account = None;
    let mut plain = settled.clone();
    plain.qr = None;
    assert!(invoice(&settled).unwrap() == invoice(&plain).unwrap(), "a paid invoice shows no code");
}

#[test]
fn a_pdf_checker_finds_no_fault() {
    if !has("qpdf") {
        return;
    }
    let papers = [paper(1), paper(60), paid(3), german(), gallery::with_code()];
    let made = papers.iter().map(|paper| invoice(paper).unwrap().bytes);
    for bytes in made.chain([statement(&gallery::account()).unwrap().bytes]) {
        let (_folder, path) = kept(&bytes);
        let out = Command::new("qpdf").arg("--check").arg(&path).output().unwrap();
        assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    }
}

/// Writes papers to look at: `RENTBOOK_PAPERS=1 cargo test papers`.
#[test]
fn papers_can_be_looked_at() {
    if std::env::var_os("RENTBOOK_PAPERS").is_none() {
        return;
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/papers");
    std::fs::create_dir_all(&folder).unwrap();
    for (name, paper) in gallery::all() {
        let paper = invoice(&paper).unwrap();
        std::fs::write(folder.join(format!("{name}.pdf")), paper.bytes).unwrap();
    }
    let account = statement(&gallery::account()).unwrap();
    std::fs::write(folder.join("statement.pdf"), account.bytes).unwrap();
}
