//! Papers to test with, and the tools that read them back.
#![expect(clippy::unwrap_used, reason = "what is made here is known to be right")]

use std::path::PathBuf;
use std::process::Command;

use chrono::NaiveDate;
use rentbook::documents::{
    AccountBalance, Bank, InvoicePaper, InvoicePaperKind, Language, Letterhead, PaperLine, PaperSettlement, PaperTax,
    Prices, SettledBy, Stamp,
};
use rentbook::domain::currency::Currency;
use rentbook::domain::format::{DateStyle, NumberStyle, Style};
use rentbook::domain::money::Money;

/// Euro cents.
pub fn eur(minor: i64) -> Money {
    Money::new(minor, Currency::EUR)
}

/// A date.
pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// An Irish shop.
pub fn letterhead() -> Letterhead {
    Letterhead {
        shop_name: "Harbour Cycles & Tools".into(),
        address: vec!["14 Quay Street".into(), "Galway H91 X2Y3".into(), "Ireland".into()],
        contact: vec!["rent@harbourcycles.example".into(), "+353 91 555 0142".into(), "harbourcycles.example".into()],
        tax_numbers: vec!["VAT IE1234567FA".into(), "Registered in Ireland 654321".into()],
        bank: Some(Bank {
            holder: "Harbour Cycles Ltd".into(),
            iban: Some("IE29AIBK93115212345678".into()),
            bic: Some("AIBKIE2D".into()),
            name: Some("Allied Irish Banks".into()),
            account_lines: vec![],
        }),
        instructions: Some("Please transfer the amount due and quote the payment reference.".into()),
        ..Letterhead::default()
    }
}

/// Line number `at`.
pub fn line(at: i64) -> PaperLine {
    let names = ["Cargo bike, long wheelbase", "Mini excavator 1.8 t", "Party tent 6 × 12 m", "E-bike, medium frame"];
    let net = 8_900 + at % 7 * 1_250;
    PaperLine {
        text: names[usize::try_from(at).unwrap() % names.len()].into(),
        detail: Some(format!("Serial HC-{:04}", 1200 + at)),
        period: Some((day("2025-12-01"), day("2025-12-31"))),
        supplied_on: None,
        quantity: "1".into(),
        unit_price: eur(net),
        net: eur(net),
        tax_rate: "23%".into(),
        gross: eur(net * 123 / 100),
    }
}

/// An unpaid invoice of so many lines.
pub fn paper(lines: i64) -> InvoicePaper {
    let lines: Vec<PaperLine> = (0..lines).map(line).collect();
    let net: i64 = lines.iter().map(|line| line.net.minor()).sum();
    let tax = net * 23 / 100;
    InvoicePaper {
        letterhead: letterhead(),
        kind: InvoicePaperKind::Invoice,
        number: Some("2025-0042".into()),
        invoiced_on: day("2025-11-24"),
        due_on: Some(day("2025-12-08")),
        payer: ["Zoë Müller-Straße", "Łukasz Żółć", "Ωμέγα Δοκιμή", "12 Shop Lane", "Dublin D02 AF30"]
            .map(String::from)
            .into(),
        payer_numbers: vec!["VAT IE7654321AB".into()],
        customer_reference: Some("PO 4711".into()),
        corrects: None,
        prices: Prices::Net,
        lines,
        subtotal: eur(net),
        taxes: vec![PaperTax { rate: "VAT 23%".into(), base: eur(net), tax: eur(tax) }],
        total: eur(net + tax),
        settled: vec![],
        open: eur(net + tax),
        account: None,
        stamp: None,
        reference: "RB-2025-0042-17".into(),
        notes: vec!["Thank you for renting with us. Questions about this invoice are welcome at any time.".into()],
        qr: None,
    }
}

/// The same, paid by transfer.
pub fn paid(lines: i64) -> InvoicePaper {
    let mut paper = paper(lines);
    paper.settled = vec![PaperSettlement {
        on: day("2025-12-02"),
        text: "Bank transfer".into(),
        amount: paper.total,
        kind: SettledBy::Money,
    }];
    paper.open = eur(0);
    paper.stamp = Some(Stamp::Paid(day("2025-12-02")));
    paper
}

/// A German invoice over two pages, with a logo and the account.
pub fn german() -> InvoicePaper {
    let mut paper = paper(14);
    let head = &mut paper.letterhead;
    head.shop_name = "Werkzeugverleih Süd GmbH".into();
    head.address = vec!["Straße der Einheit 8".into(), "86150 Augsburg".into()];
    head.tax_numbers = vec!["USt-IdNr. DE123456789".into(), "HRB 12345, Amtsgericht Augsburg".into()];
    head.language = Language::German;
    head.style = Style { number: NumberStyle::PointComma, date: DateStyle::Dotted };
    head.instructions = Some("Bitte überweisen Sie den Betrag unter Angabe des Verwendungszwecks.".into());
    head.logo = Some(logo(420, 120));
    paper.notes = vec!["Vielen Dank für Ihren Auftrag.".into()];
    paper.account = Some(AccountBalance {
        previous: eur(12_000),
        received: eur(5_000),
        credited: eur(0),
        this: paper.open,
        to_pay: eur(12_000 - 5_000 + paper.open.minor()),
    });
    paper
}

/// A PNG made here: stored (uncompressed) deflate blocks, one colour with a border.
pub fn logo(width: u32, height: u32) -> Vec<u8> {
    let edge = |x, y| x < 8 || y < 8 || x + 8 >= width || y + 8 >= height;
    png(width, height, |x, y| if edge(x, y) { [11, 90, 107] } else { [214, 233, 236] })
}

/// A PNG that no compression makes smaller.
pub fn noise(width: u32, height: u32) -> Vec<u8> {
    let mut state = 1_u32;
    png(width, height, |_, _| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let [_, rest @ ..] = state.to_le_bytes();
        rest
    })
}

fn png(width: u32, height: u32, mut dot: impl FnMut(u32, u32) -> [u8; 3]) -> Vec<u8> {
    let mut raw = Vec::new();
    for y in 0..height {
        raw.push(0);
        for x in 0..width {
            raw.extend(dot(x, y));
        }
    }
    let mut zlib = vec![0x78, 0x01];
    let mut blocks = raw.chunks(0xffff).peekable();
    while let Some(block) = blocks.next() {
        let size = u16::try_from(block.len()).unwrap();
        zlib.push(u8::from(blocks.peek().is_none()));
        zlib.extend(size.to_le_bytes());
        zlib.extend((!size).to_le_bytes());
        zlib.extend(block);
    }
    let (mut a, mut b) = (1_u32, 0_u32);
    for byte in &raw {
        a = (a + u32::from(*byte)) % 65_521;
        b = (b + a) % 65_521;
    }
    zlib.extend((b << 16 | a).to_be_bytes());
    let mut header = [width.to_be_bytes(), height.to_be_bytes()].concat();
    header.extend([8, 2, 0, 0, 0]);
    let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
    for (name, body) in [(b"IHDR", header), (b"IDAT", zlib), (b"IEND", vec![])] {
        let named = [&name[..], &body].concat();
        png.extend(u32::try_from(body.len()).unwrap().to_be_bytes());
        png.extend(&named);
        png.extend(crc(&named).to_be_bytes());
    }
    png
}

fn crc(bytes: &[u8]) -> u32 {
    let step = |crc: u32| if crc & 1 == 1 { 0xedb8_8320 ^ (crc >> 1) } else { crc >> 1 };
    !bytes.iter().fold(!0, |crc, byte| (0..8).fold(crc ^ u32::from(*byte), |crc, _| step(crc)))
}

/// Whether a tool is installed; where it is not, says that its judgement is missing.
pub fn has(tool: &str) -> bool {
    let found = Command::new("which").arg(tool).output().is_ok_and(|found| found.status.success());
    if !found {
        println!("{tool} is not installed: what it judges is not judged");
    }
    found
}

/// The bytes as a file, gone with the folder.
pub fn kept(bytes: &[u8]) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("paper.pdf");
    std::fs::write(&path, bytes).unwrap();
    (folder, path)
}

/// The text of each page as pdftotext reads it; none where that tool is not installed.
pub fn pages(bytes: &[u8]) -> Option<Vec<String>> {
    if !has("pdftotext") {
        return None;
    }
    let (_folder, path) = kept(bytes);
    let out = Command::new("pdftotext").args(["-layout", "-enc", "UTF-8"]).arg(&path).arg("-").output().unwrap();
    let text = String::from_utf8(out.stdout).unwrap();
    Some(text.trim_end_matches('\u{c}').split('\u{c}').map(str::to_owned).collect())
}

/// A logo in shapes: gradient, clip, stroke, opacity.
pub const SVG: &str = r##"<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 240 80">
  <defs>
    <linearGradient id="sea" x1="0" y1="0" x2="1" y2="1"><stop offset="0" stop-color="#0b5a6b"/>
      <stop offset="1" stop-color="#4fb3bf"/></linearGradient>
    <clipPath id="round"><circle cx="40" cy="40" r="36"/></clipPath>
    <path id="wave" d="M0 50 q10 -14 20 0 t20 0 t20 0 t20 0 V80 H0 Z"/>
  </defs>
  <g clip-path="url(#round)"><rect width="80" height="80" fill="url(#sea)"/>
    <use xlink:href="#wave" fill="#fff" opacity=".6"/><use xlink:href="#wave" y="10" fill="#fff"/></g>
  <path d="M100 20 v40 M100 40 h24 M124 20 v40" fill="none" stroke="#1b2430" stroke-width="7" stroke-linecap="round"/>
  <rect x="142" y="20" width="34" height="40" rx="8" fill="#1d7548"/>
  <path d="M190 60 l17 -40 l17 40 z" fill="#ad2a24" fill-rule="evenodd" stroke="#1b2430" stroke-dasharray="4 2"/>
</svg>"##;
