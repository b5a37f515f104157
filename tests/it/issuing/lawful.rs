//! What the law of its country wants on an invoice.

use rentbook::domain::id::InvoiceId;
use rentbook::services::actions::crediting::CreditDraft;
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
