//! Lines written by hand: prices finer than a cent, several lines of text, discounts. F65.

use rentbook::services::papers::Copy;

use super::{euro_shop, invoices, row, sound};
use crate::commands::Shop;
use crate::fixture::person;
use crate::papers::made::pages;
use rentbook::services::Action;
use rentbook::services::actions::invoicing::{InvoiceDraft, LineDraft};

#[test]
fn pages_at_a_fraction_of_a_cent_and_a_discount_stand_on_the_paper_as_they_were_reckoned() {
    let (mut desk, _) = euro_shop("2026-03-02");
    let ana = person(&mut desk, "Ito");
    let line = |text: &str, quantity: &str, unit_price: &str, discount: &str| LineDraft {
        text: text.into(),
        quantity: quantity.into(),
        unit_price: unit_price.into(),
        discount: discount.into(),
        ..LineDraft::default()
    };
    let lines = vec![
        line("Copies|of February|black and white", "1000", "0.0085", ""),
        line("Screens", "3", "10.00", "10 %"),
        line("Cable", "1", "12.50", "2.50"),
        line("Gift", "1", "5", "100 %"),
    ];
    desk.perform(Action::NewInvoice(Box::new(InvoiceDraft { customer: ana, lines, due_on: None }))).unwrap();
    let id = invoices(&desk)[0].id;
    // 8.50 + 27.00 + 10.00 + 0.00 and 19 % on it.
    assert_eq!(row(&desk, id).total.to_string(), "54.15");
    sound(&desk);
    let off = |discount: &str| InvoiceDraft {
        customer: ana,
        lines: vec![line("Cable", "1", "5.00", discount)],
        due_on: None,
    };
    let refused = desk.perform(Action::NewInvoice(Box::new(off("5.01")))).unwrap_err().to_string();
    assert!(refused.contains("never below zero"), "{refused}");
    let Some(text) = pages(&desk.invoice_paper(id, Copy::AsIssued).unwrap().bytes) else { return };
    let text = text.concat();
    for said in ["Copies", "of February", "black and white", "1,000 × 0.0085", "3 × 10.00 − 10 %", "1 × 12.50 − 2.50"]
    {
        assert!(text.contains(said), "{said}\n{text}");
    }
    assert!(!text.contains("Copies of February"), "{text}");
}

#[test]
fn by_command_a_line_has_its_discount_behind_its_tax() {
    let shop = Shop::with_ana("2026-03-02");
    let made = shop.does(&["invoice", "new", "--customer", "1", "--line", "Copies;1000;0.0085;0;10 %"]);
    assert_eq!(made["total"], "7.65");
    let (_, told) = shop.refuses(1, &["invoice", "new", "--customer", "1", "--line", "Copies;1;5;0;6"]);
    assert!(told.contains("below zero"), "{told}");
}

/// F64: whatever the shop's currency, a customer who pays in another is offered what is priced in it.
#[test]
fn an_order_is_made_in_the_currency_of_its_customer() {
    let shop = Shop::with_ana("2026-03-02");
    shop.does(&["customer", "add", "--last", "Weber", "--currency", "EUR"]);
    let (kind, _) = shop.refuses(1, &["order", "add", "--customer", "2", "--item", "1", "--months", "12", "--confirm"]);
    assert_eq!(kind, "currencies_differ");
    shop.does(&[
        "product",
        "add",
        "--name",
        "Laptop",
        "--variant",
        "14 inch EUR",
        "--price",
        "80",
        "--currency",
        "EUR",
    ]);
    shop.does(&["order", "add", "--customer", "2", "--item", "2", "--months", "12", "--confirm"]);
    let made = shop.does(&["invoice", "show", "2026-0001"]);
    assert_eq!((&made["total"], &made["currency"]), (&"80.00".into(), &"EUR".into()));
    assert_eq!(shop.does(&["check"])["ok"], true);
}
