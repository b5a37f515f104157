//! What a paper says is what was so when it was issued.

use std::process::Command;

use rentbook::domain::address::Address;
use rentbook::services::Action;
use rentbook::services::actions::crediting::CreditDraft;
use rentbook::services::actions::invoicing::{InvoiceDraft, LineDraft};
use rentbook::services::actions::receiving::{ReceiptDraft, Target};
use rentbook::services::papers::Copy;

use super::{change, euro_shop, extra, extra_at, invoices, pay, row, sound};
use crate::fixture::{business, person};
use crate::papers::letters::LETTERS;
use crate::papers::made::{has, kept, logo, pages};

fn setting(desk: &mut rentbook::services::Desk, key: &str, value: &str) {
    desk.perform(Action::ChangeSetting { key: key.into(), value: value.into() }).unwrap();
}

#[test]
fn the_copy_as_issued_is_the_same_bytes_whatever_happens_since() {
    let (mut desk, hand) = euro_shop("2026-03-02");
    desk.perform(Action::SetLogo(Some(logo(120, 60)))).unwrap();
    desk.perform(Action::SetFont(Some(LETTERS.to_vec()))).unwrap();
    let ana = person(&mut desk, "שלום");
    let first = extra(&mut desk, ana, "Cleaning", "100");
    let issued = desk.invoice_paper(first, Copy::AsIssued).unwrap().bytes;
    let open = desk.invoice_paper(first, Copy::Current).unwrap().bytes;
    hand.set("2026-04-10");
    let address = Address { line1: "New Street 1".into(), city: "Bonn".into(), ..Address::default() };
    desk.perform(Action::SetBillingAddress { customer: ana, address }).unwrap();
    setting(&mut desk, "name", "Another Name");
    setting(&mut desk, "language", "de");
    setting(&mut desk, "iban", "");
    desk.perform(Action::SetLogo(None)).unwrap();
    desk.perform(Action::SetFont(None)).unwrap();
    extra(&mut desk, ana, "More", "40");
    assert!(issued == desk.invoice_paper(first, Copy::AsIssued).unwrap().bytes);
    assert!(open == desk.invoice_paper(first, Copy::Current).unwrap().bytes);
    pay(&mut desk, first, "119.00");
    assert!(issued == desk.invoice_paper(first, Copy::AsIssued).unwrap().bytes);
    let paid = desk.invoice_paper(first, Copy::Current).unwrap().bytes;
    assert!(paid != open && paid == desk.invoice_paper(first, Copy::Current).unwrap().bytes);
    desk.perform(Action::Undo(None)).unwrap();
    assert!(open == desk.invoice_paper(first, Copy::Current).unwrap().bytes, "the same settlement is the same paper");
    sound(&desk);
}

#[test]
fn an_open_invoice_asks_for_its_amount_by_reference_and_a_paid_one_for_nothing() {
    let (mut desk, _) = euro_shop("2026-03-02");
    let ana = person(&mut desk, "Ito");
    let id = extra(&mut desk, ana, "Cleaning", "100");
    let Some(open) = pages(&desk.invoice_paper(id, Copy::Current).unwrap().bytes) else { return };
    for word in ["RF31 2026 0001", "DE89 3704 0044 0532 0130 00", "Scan this code", "119.00"] {
        assert!(open[0].contains(word), "{word}\n{}", open[0]);
    }
    pay(&mut desk, id, "119.00");
    let Some(paid) = pages(&desk.invoice_paper(id, Copy::Current).unwrap().bytes) else { return };
    assert!(paid[0].contains("PAID") && !paid[0].contains("Scan this code"), "{}", paid[0]);
    assert!(paid[0].lines().any(|line| line.contains("Amount due EUR") && line.trim_end().ends_with(" 0.00")));
}

/// What a phone reads from the paper.
fn scanned(bytes: &[u8]) -> Option<Vec<String>> {
    if !has("pdftoppm") {
        return None;
    }
    let (folder, path) = kept(bytes);
    let out = folder.path().join("page");
    assert!(Command::new("pdftoppm").args(["-gray", "-r", "150"]).arg(&path).arg(&out).status().unwrap().success());
    let page = std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().path());
    let page = page.filter(|path| path.extension().is_some_and(|ending| ending == "pgm")).min().unwrap();
    let pgm = std::fs::read(page).unwrap();
    let mut words = pgm.split(u8::is_ascii_whitespace);
    let mut number = || words.next().and_then(|word| std::str::from_utf8(word).ok()?.parse::<usize>().ok());
    let _magic = number();
    let (width, height) = (number()?, number()?);
    let dots = &pgm[pgm.len() - width * height..];
    let mut image = rqrr::PreparedImage::prepare_from_greyscale(width, height, |x, y| dots[y * width + x]);
    Some(image.detect_grids().iter().filter_map(|grid| grid.decode().ok()).map(|(_, text)| text).collect())
}

#[test]
fn a_phone_reads_the_transfer_from_the_printed_page() {
    let (mut desk, _) = euro_shop("2026-03-02");
    let ana = person(&mut desk, "Ito");
    let id = extra(&mut desk, ana, "Cleaning", "100");
    let bytes = desk.invoice_paper(id, Copy::Current).unwrap().bytes;
    let Some(codes) = scanned(&bytes) else { return };
    let expected = "BCD\n002\n1\nSCT\n\nHafen Verleih\nDE89370400440532013000\nEUR119.00\n\nRF3120260001";
    assert_eq!(codes, [expected]);
    if has("zbarimg") {
        let (folder, path) = kept(&bytes);
        let out = folder.path().join("page");
        Command::new("pdftoppm").args(["-png", "-r", "150"]).arg(&path).arg(&out).status().unwrap();
        let png = std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().path());
        let png = png.filter(|path| path.extension().is_some_and(|ending| ending == "png")).min().unwrap();
        let read = Command::new("zbarimg").args(["--quiet", "--raw"]).arg(png).output().unwrap();
        assert_eq!(String::from_utf8(read.stdout).unwrap().trim_end(), expected);
    }
    pay(&mut desk, id, "19.00");
    let rest = scanned(&desk.invoice_paper(id, Copy::Current).unwrap().bytes).unwrap();
    assert!(rest[0].contains("EUR100.00"), "the code asks for what is open: {rest:?}");
}

#[test]
fn what_was_owed_before_stands_on_the_next_invoice() {
    let (mut desk, hand) = euro_shop("2026-03-02");
    let ana = person(&mut desk, "Ito");
    let first = extra_at(&mut desk, ana, "Cleaning", "100", "0");
    let Some(page) = pages(&desk.invoice_paper(first, Copy::AsIssued).unwrap().bytes) else { return };
    assert!(!page[0].contains("Previous balance"), "nothing was owed before");
    pay(&mut desk, first, "30.00");
    hand.set("2026-03-10");
    let second = extra_at(&mut desk, ana, "Repair", "50", "0");
    let Some(page) = pages(&desk.invoice_paper(second, Copy::AsIssued).unwrap().bytes) else { return };
    let line = |label: &str| {
        let found = page[0].lines().find(|line| line.contains(label)).unwrap_or_else(|| panic!("{label}\n{}", page[0]));
        found.split_whitespace().last().unwrap().to_owned()
    };
    assert_eq!(line("Previous balance"), "100.00");
    assert_eq!(line("Received since"), "-30.00");
    assert_eq!(line("Total EUR"), "50.00");
    assert_eq!(line("Total to pay EUR"), "120.00");
    // One paper asks for one sum: head, sums and code agree.
    assert!(!page[0].contains("Amount due") && page[0].matches("120.00").count() == 2, "{}", page[0]);
    if let Some(codes) = scanned(&desk.invoice_paper(second, Copy::AsIssued).unwrap().bytes) {
        assert!(codes[0].contains("EUR120.00"), "{codes:?}");
    }
    pay(&mut desk, first, "70.00");
    let Some(page) = pages(&desk.invoice_paper(second, Copy::AsIssued).unwrap().bytes) else { return };
    assert!(page[0].contains("120.00"), "what was so at issue stays");
}

#[test]
fn an_untaxed_invoice_says_why() {
    let (mut desk, _) = euro_shop("2026-03-02");
    let acme = business(&mut desk, "Acme", "14");
    change(&desk, "UPDATE customer SET tax_treatment = 'reverse_charge', vat_number = 'ATU12345678' WHERE id = 1");
    let id = extra(&mut desk, acme, "Cleaning", "100");
    assert_eq!(super::row(&desk, id).total.to_string(), "100.00", "no tax is charged");
    change(&desk, "UPDATE customer SET tax_treatment = 'exempt' WHERE id = 1");
    let other = extra(&mut desk, acme, "Cleaning", "100");
    let taxed = extra_at(&mut desk, acme, "Cleaning", "100", "7");
    let note = |id| pages(&desk.invoice_paper(id, Copy::AsIssued).unwrap().bytes).map(|pages| pages.concat());
    let (Some(reverse), Some(exempt), Some(taxed)) = (note(id), note(other), note(taxed)) else { return };
    assert!(reverse.contains("Reverse charge") && reverse.contains("ATU12345678"), "{reverse}");
    assert!(exempt.contains("Exempt from tax.") && !exempt.contains("Reverse charge"), "{exempt}");
    assert!(!taxed.contains("Exempt from tax."), "{taxed}");
}

#[test]
fn a_line_of_nothing_is_paid_at_issue_and_one_below_is_refused_with_what_to_do() {
    let (mut desk, _) = euro_shop("2026-03-02");
    let ana = person(&mut desk, "Ito");
    let line = |price: &str| LineDraft { text: "Visit".into(), unit_price: price.into(), ..LineDraft::default() };
    let draft = |prices: &[&str]| {
        let lines = prices.iter().map(|price| line(price)).collect();
        Action::NewInvoice(Box::new(InvoiceDraft { customer: ana, lines, due_on: None }))
    };
    let refused = desk.perform(draft(&["100", "-10"])).unwrap_err().to_string();
    assert!(refused.contains("below zero") && refused.contains("credit note"), "{refused}");
    desk.perform(draft(&["100", "0"])).unwrap();
    let id = invoices(&desk).remove(0).id;
    assert_eq!(row(&desk, id).total.minor(), 11_900);
    desk.perform(draft(&["0"])).unwrap();
    let nothing = invoices(&desk).remove(1);
    assert_eq!((nothing.total.minor(), nothing.open.minor()), (0, 0));
    sound(&desk);
}

#[test]
fn an_added_font_is_kept_once_and_one_that_is_none_is_refused() {
    let (mut desk, _) = euro_shop("2026-03-02");
    let ron = person(&mut desk, "שלום");
    let lacking = extra(&mut desk, ron, "Cleaning", "100");
    assert_eq!(desk.invoice_paper(lacking, Copy::AsIssued).unwrap().missing.len(), 4);
    for _ in 0..2 {
        desk.perform(Action::SetFont(Some(LETTERS.to_vec()))).unwrap();
        desk.perform(Action::SetFont(None)).unwrap();
    }
    desk.perform(Action::SetFont(Some(LETTERS.to_vec()))).unwrap();
    let count = desk.read(|db| db.one("SELECT COUNT(*) FROM font", &[], |row| row.int(0))).unwrap();
    assert_eq!(count, Some(1), "the same bytes are one row");
    assert_eq!(desk.font_name().unwrap().as_deref(), Some("Noto Sans Hebrew Regular"));
    let shown = extra(&mut desk, ron, "Cleaning", "100");
    assert_eq!(desk.invoice_paper(shown, Copy::AsIssued).unwrap().missing, Vec::<char>::new());
    assert_eq!(desk.invoice_paper(lacking, Copy::AsIssued).unwrap().missing.len(), 4, "as it was issued");
    for (bytes, word) in [(b"no font".to_vec(), "TrueType or OpenType"), (vec![0; 24_000_001], "24 million")] {
        let refused = desk.perform(Action::SetFont(Some(bytes))).unwrap_err();
        assert!(refused.to_string().contains(word), "{refused}");
    }
    sound(&desk);
}

#[test]
fn a_logo_is_a_picture_or_refused_in_words() {
    let (mut desk, _) = euro_shop("2026-03-02");
    for (bytes, word) in [
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>".to_vec(), "SVG"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><text>Quay</text></svg>".to_vec(), "turn it into paths"),
        (b"GIF89a".to_vec(), "PNG, JPEG or SVG"),
        (vec![0; 1_000_001], "million bytes"),
    ] {
        let error = desk.perform(Action::SetLogo(Some(bytes))).unwrap_err();
        assert!(error.to_string().contains(word), "{error}");
    }
    assert_eq!(desk.logo_size().unwrap(), None);
}

/// The text of the first page; none where no reader of PDFs is installed.
fn first_page(desk: &rentbook::services::Desk, id: rentbook::domain::id::InvoiceId, copy: Copy) -> Option<String> {
    pages(&desk.invoice_paper(id, copy).unwrap().bytes).map(|pages| pages.concat())
}

// F34
#[test]
fn a_void_invoice_asks_for_nothing_and_its_copy_as_issued_stays_what_it_was() {
    let (mut desk, _) = euro_shop("2026-03-02");
    let ana = person(&mut desk, "Ito");
    extra(&mut desk, ana, "Cleaning", "100");
    let second = extra(&mut desk, ana, "Repair", "50");
    let issued = desk.invoice_paper(second, Copy::AsIssued).unwrap().bytes;
    desk.perform(Action::VoidInvoice { invoice: second, reason: "wrong".into() }).unwrap();
    assert!(issued == desk.invoice_paper(second, Copy::AsIssued).unwrap().bytes, "as issued is as issued, always");
    let Some(page) = first_page(&desk, second, Copy::Current) else { return };
    assert!(page.contains("VOID") && page.contains("0.00"), "{page}");
    // The letter's foot names the shop's account; no second one asks for money.
    let once = ["IBAN", "59.50"].map(|word| page.matches(word).count());
    assert!(once == [1, 1] && !page.contains("Previous balance"), "{page}");
    sound(&desk);
}

// F30
#[test]
fn the_account_on_an_invoice_calls_money_money_and_credit_credit_and_adds_up() {
    let (mut desk, hand) = euro_shop("2026-03-02");
    let ana = person(&mut desk, "Ito");
    let first = extra(&mut desk, ana, "Cleaning", "100");
    let much = crate::fixture::transfer(&desk, Target::Invoices(vec![first]), "200", "BT-9");
    desk.perform(Action::Receive(Box::new(ReceiptDraft { keep_credit: true, ..much }))).unwrap();
    let second = extra(&mut desk, ana, "Repair", "50");
    let issued = desk.invoice_paper(second, Copy::AsIssued).unwrap().bytes;
    let Some(page) = first_page(&desk, second, Copy::AsIssued) else { return };
    for word in ["Previous balance", "119.00", "-200.00", "59.50", "In your favour EUR", "Nothing to pay", "21.50"] {
        assert!(page.contains(word), "{word}\n{page}");
    }
    assert!(page.matches("IBAN").count() == 1 && !page.contains("Amount due"), "{page}");
    hand.set("2026-03-05");
    // What is credited is no money.
    let draft = CreditDraft { amount: "10".into(), reason: "late".into(), ..CreditDraft::default() };
    desk.perform(Action::Credit { invoice: second, draft: Box::new(draft) }).unwrap();
    let page = first_page(&desk, second, Copy::Current).unwrap();
    assert!(page.contains("Credit note") && page.contains("-10.00") && page.contains("31.50"), "{page}");
    assert!(issued == desk.invoice_paper(second, Copy::AsIssued).unwrap().bytes);
    // The newest invoice carries the account on; an older one speaks of itself.
    let third = extra(&mut desk, ana, "More", "100");
    assert!(!first_page(&desk, second, Copy::Current).unwrap().contains("Previous balance"));
    let page = first_page(&desk, third, Copy::Current).unwrap();
    for word in ["Previous balance", "-21.50", "-10.00", "119.00", "Total to pay EUR", "87.50"] {
        assert!(page.contains(word), "{word}\n{page}");
    }
    // Nobody is asked for what was paid since.
    pay(&mut desk, third, "119.00");
    let page = first_page(&desk, third, Copy::Current).unwrap();
    assert!(page.contains("PAID") && page.contains("-119.00") && page.contains("31.50"), "{page}");
    sound(&desk);
}

// F31
#[test]
fn a_paper_says_paid_of_money_alone() {
    let (mut desk, _) = euro_shop("2026-03-02");
    let ana = person(&mut desk, "Ito");
    let [off, credited, both] = ["Cleaning", "Repair", "More"].map(|text| extra(&mut desk, ana, text, "100"));
    desk.perform(Action::WriteOff { invoice: off, reason: "moved away".into() }).unwrap();
    let draft = CreditDraft { reason: "late".into(), ..CreditDraft::default() };
    desk.perform(Action::Credit { invoice: credited, draft: Box::new(draft.clone()) }).unwrap();
    pay(&mut desk, both, "19.00");
    desk.perform(Action::Credit { invoice: both, draft: Box::new(CreditDraft { amount: "100".into(), ..draft }) })
        .unwrap();
    let today = desk.today();
    let status = |id| row(&desk, id).status(today).code();
    assert_eq!([status(off), status(credited), status(both)], ["written_off", "credited", "paid"]);
    let sums = |id| (row(&desk, id).paid().to_string(), row(&desk, id).credited.to_string());
    assert_eq!((sums(credited), sums(both)), (("0.00".into(), "119.00".into()), ("19.00".into(), "100.00".into())));
    for (id, word) in [(off, "WRITTEN OFF"), (credited, "CREDITED"), (both, "PAID")] {
        let Some(page) = first_page(&desk, id, Copy::Current) else { return };
        assert_eq!(page.contains("PAID"), word == "PAID", "{page}");
        assert!(page.contains(word), "{word}\n{page}");
    }
    sound(&desk);
}

// F35
#[test]
fn numbers_on_a_paper_are_written_as_its_shop_writes_them() {
    let (mut desk, _) = euro_shop("2026-03-02");
    for (key, value) in [("number_style", "point_comma"), ("language", "de")] {
        setting(&mut desk, key, value);
    }
    let ana = person(&mut desk, "Ito");
    let line = LineDraft {
        discount: String::new(),
        supplied: None,
        text: "Reinigung".into(),
        quantity: "1.5".into(),
        unit_price: "100".into(),
        tax_rate: "5.5".into(),
    };
    desk.perform(Action::NewInvoice(Box::new(InvoiceDraft { customer: ana, lines: vec![line], due_on: None })))
        .unwrap();
    let id = invoices(&desk)[0].id;
    let Some(page) = first_page(&desk, id, Copy::Current) else { return };
    assert!(page.contains("5,5 %") && page.contains("1,5") && !page.contains("5.5") && !page.contains("1.5"), "{page}");
}
