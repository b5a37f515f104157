//! The serial number on a line comes from its own column, never out of the sentence.

use rentbook::services::Action;
use rentbook::services::actions::catalogue::AssetDraft;
use rentbook::services::papers::Copy;

use super::made::pages;
use crate::fixture::{item, order, person, shop, variant};

#[test]
fn a_product_with_brackets_in_its_name_is_printed_whole() {
    let (mut desk, _) = shop("2025-01-10");
    let who = person(&mut desk, "Delgado");
    let (edition, plain) = (variant(&mut desk, "Tent (SN edition)", "89"), variant(&mut desk, "Lamp (SN", "5"));
    let asset = AssetDraft { variant: edition, serial: "77".into(), cost: "10".into(), bought_on: None };
    desk.perform(Action::AddAsset(asset)).unwrap();
    let mut tent = item(edition, "2025-01-10", 3);
    tent.serial = "77".into();
    order(&mut desk, who, vec![tent, item(plain, "2025-01-10", 3)]);
    let texts: Vec<(String, String)> = desk
        .read(|db| {
            db.all("SELECT text, serial FROM payment ORDER BY id LIMIT 2", &[], |row| Ok((row.text(0)?, row.text(1)?)))
        })
        .unwrap();
    assert_eq!(texts[0].1, "77", "{texts:?}");
    assert_eq!(texts[1].1, "", "{texts:?}");
    let paper = desk.invoice_paper(rentbook::domain::id::InvoiceId(1), Copy::AsIssued).unwrap();
    let Some(pages) = pages(&paper.bytes) else { return };
    assert!(pages[0].contains("Tent (SN edition), ") && pages[0].contains("SN 77"), "{}", pages[0]);
    assert!(!pages[0].contains("(SN 77)"), "{}", pages[0]);
}
