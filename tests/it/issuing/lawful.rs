//! What the law of its country wants on an invoice.

use rentbook::domain::id::InvoiceId;
use rentbook::services::actions::crediting::CreditDraft;
use rentbook::services::actions::invoicing::{InvoiceDraft, LineDraft};
use rentbook::services::actions::shop::ShopDraft;
use rentbook::services::papers::Copy;
use rentbook::services::{Action, Desk};

use super::{euro_shop, extra};
use crate::fixture::{draft, person, shop_with};
use crate::papers::made::pages;

fn page(desk: &Desk, id: InvoiceId) -> Option<String> {
    Some(pages(&desk.invoice_paper(id, Copy::Current).unwrap().bytes)?.concat())
}

fn set(desk: &mut Desk, key: &str, value: &str) {
    desk.perform(Action::ChangeSetting { key: key.into(), value: value.into() }).unwrap();
}

// F38
#[test]
fn what_the_law_wants_said_stands_on_every_invoice_and_note_as_it_was_at_issue() {
    let (mut desk, _) = euro_shop("2026-03-02");
    let ana = person(&mut desk, "Ito");
    let before = extra(&mut desk, ana, "Cleaning", "100");
    let lines =
        "SARL au capital de 10 000 €, RCS Nantes 123 456 789 | Pas d’escompte ; indemnité de 40 € en cas de retard";
    set(&mut desk, "legal_text", lines);
    assert!(desk.shop().unwrap().legal_text.contains("789\nPas"), "a semicolon ends no line");
    let id = extra(&mut desk, ana, "Repair", "100");
    let credit = CreditDraft { amount: "10".into(), reason: "late".into(), ..CreditDraft::default() };
    desk.perform(Action::Credit { invoice: id, draft: Box::new(credit) }).unwrap();
    let (Some(old), Some(new)) = (page(&desk, before), page(&desk, id)) else { return };
    assert!(!old.contains("RCS Nantes"), "{old}");
    let note = pages(&desk.credit_note_paper("CN-2026-0001").unwrap().bytes).unwrap().concat();
    for paper in [new, note] {
        assert!(paper.contains("RCS Nantes 123 456 789\n") && paper.contains("indemnité de 40 €"), "{paper}");
    }
    let too_long = Action::ChangeSetting { key: "legal_text".into(), value: "x | ".repeat(21) };
    assert!(desk.perform(too_long).unwrap_err().to_string().contains("20 lines"));
    let shop = ShopDraft { legal_text: "Said from the start".into(), ..draft() };
    let (desk, _) = shop_with("2026-03-02", &shop);
    assert_eq!(desk.shop().unwrap().legal_text, "Said from the start");
}

// F38
#[test]
fn what_bears_no_tax_has_its_base_and_its_reason_beside_what_is_taxed() {
    let (mut desk, _) = euro_shop("2026-03-02");
    let ana = person(&mut desk, "Ito");
    let line = |text: &str, tax: &str| LineDraft {
        text: text.into(),
        unit_price: "100".into(),
        tax_rate: tax.into(),
        ..LineDraft::default()
    };
    let draft = InvoiceDraft { customer: ana, lines: vec![line("Book", "0"), line("Lamp", "")], due_on: None };
    let done = desk.perform(Action::NewInvoice(Box::new(draft))).unwrap();
    let rentbook::services::Outcome::Invoice(id, _) = done.outcome else { panic!() };
    let Some(mixed) = page(&desk, id) else { return };
    assert!(mixed.contains("0 % on 100.00") && mixed.contains("19 % on 100.00"), "{mixed}");
    super::change(
        &desk,
        "UPDATE customer SET tax_treatment = 'reverse_charge', vat_number = 'ATU12345678' WHERE id = 1",
    );
    let id = extra(&mut desk, ana, "Repair", "100");
    let credit = CreditDraft { amount: "10".into(), reason: "late".into(), ..CreditDraft::default() };
    desk.perform(Action::Credit { invoice: id, draft: Box::new(credit) }).unwrap();
    let reverse = page(&desk, id).unwrap();
    assert!(reverse.contains("0 % on 100.00") && reverse.contains("VAT no. ATU12345678"), "{reverse}");
    let note = pages(&desk.credit_note_paper("CN-2026-0001").unwrap().bytes).unwrap().concat();
    assert!(note.contains("0 % on 10.00") && note.contains("Reverse charge"), "{note}");
    // A shop that never charges tax says nothing of it.
    let (mut desk, _) = shop_with("2026-03-02", &draft_of("US"));
    let ana = person(&mut desk, "Ito");
    let id = extra(&mut desk, ana, "Repair", "100");
    assert!(!page(&desk, id).unwrap().contains('%'));
}

fn draft_of(country: &str) -> ShopDraft {
    ShopDraft { country: country.into(), address: "1 Main Street; Springfield, IL 62701".into(), ..draft() }
}

// F38
#[test]
fn every_line_says_when_it_was_supplied_and_terms_are_in_words() {
    let (mut desk, _) = euro_shop("2026-03-02");
    let acme = crate::fixture::business(&mut desk, "Acme", "14");
    let laptop = crate::fixture::variant(&mut desk, "Laptop", "89");
    let mut held = crate::fixture::item(laptop, "2026-03-02", 12);
    held.deposit = "50".into();
    crate::fixture::order(&mut desk, acme, vec![held]);
    let id = extra(&mut desk, acme, "Repair", "100");
    let (Some(regular), Some(free)) = (page(&desk, InvoiceId(1)), page(&desk, id)) else { return };
    assert!(free.contains("Supplied on 2026-03-02"), "{free}");
    assert!(!regular.contains("Supplied on"), "a period says it, a deposit is no supply: {regular}");
    assert!(regular.contains("Payable within 14 days, by 2026-03-16."), "{regular}");
}

// F38
#[test]
fn where_there_is_no_iban_a_slip_is_sent_back_with_the_payment() {
    let (mut desk, _) = shop_with("2026-03-02", &draft_of("US"));
    let ana = person(&mut desk, "Ito");
    let id = extra(&mut desk, ana, "Repair", "100");
    let Some(open) = page(&desk, id) else { return };
    for word in ["cut off here", "Pay to", "1 Main Street", "Amount enclosed", "USD 100.00"] {
        assert!(open.contains(word), "{word}\n{open}");
    }
    super::pay(&mut desk, id, "100");
    assert!(!page(&desk, id).unwrap().contains("cut off here"), "nothing is to pay");
    let (mut desk, _) = euro_shop("2026-03-02");
    let ana = person(&mut desk, "Ito");
    let id = extra(&mut desk, ana, "Repair", "100");
    assert!(!page(&desk, id).unwrap().contains("cut off here"), "a transfer is the way");
}

// F38
#[test]
fn a_free_line_says_the_day_or_the_days_it_was_supplied_in_the_language_of_the_shop() {
    for (language, said) in [
        ("en", "Supplied on"),
        ("de", "Leistungsdatum"),
        ("fr", "Date de la prestation"),
        ("es", "Fecha de la operación:"),
    ] {
        let shop = ShopDraft { language: language.into(), ..draft() };
        let (mut desk, _) = shop_with("2026-03-02", &shop);
        let ana = person(&mut desk, "Ito");
        let line = |supplied: Option<&str>| LineDraft {
            text: "Zobu".into(),
            unit_price: "100".into(),
            supplied: supplied.map(|days| days.parse().unwrap()),
            ..LineDraft::default()
        };
        let lines = vec![line(None), line(Some("2026-02-27")), line(Some("2026-02-10..2026-02-12"))];
        let invoice = InvoiceDraft { customer: ana, lines, due_on: None };
        desk.perform(Action::NewInvoice(Box::new(invoice))).unwrap();
        let Some(paper) = page(&desk, InvoiceId(1)) else { return };
        for day in ["03/02/2026", "02/27/2026"] {
            assert!(paper.lines().any(|line| line.contains(said) && line.contains(day)), "{language} {day}: {paper}");
        }
        assert!(paper.contains("02/10/2026 – 02/12/2026"), "{paper}");
        let report = desk.check_deep().unwrap();
        assert!(report.ok, "{:#?}", report.violations);
    }
}
