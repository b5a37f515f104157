//! Products, variants and assets are edited, withdrawn, retired and sold; and who had an asset when.

use rentbook::domain::id::{AssetId, VariantId};
use rentbook::services::actions::catalogue::{AssetDraft, ProductDraft};
use rentbook::services::actions::stock::StockDraft;
use rentbook::services::actions::subscription::Change;
use rentbook::services::{Action, reads};

use super::{Rented, rented, sentence};
use crate::fixture::{date, item, order, person};

fn stock(rented: &mut Rented, draft: StockDraft) -> Result<String, String> {
    rented.desk.perform(Action::ChangeStock(draft)).map(|done| done.said).map_err(|error| sentence(&error))
}

fn variant(id: VariantId, version: Option<i64>, name: &str, price: &str) -> StockDraft {
    let draft = ProductDraft { name: name.into(), price: price.into(), ..ProductDraft::default() };
    StockDraft::Variant { id, version, draft }
}

fn asset(id: AssetId, serial: &str, cost: &str) -> StockDraft {
    StockDraft::Asset { id, version: None, serial: serial.into(), cost: cost.into(), bought_on: None }
}

fn dispose(id: AssetId, sold: bool) -> StockDraft {
    StockDraft::Dispose { id, sold, reason: "old".into() }
}

#[test]
fn a_price_is_edited_for_new_orders_and_what_runs_keeps_its_own() {
    let mut rented = rented("2024-03-11");
    let said = stock(&mut rented, variant(rented_variant(), Some(1), "Notebook", "149.00")).unwrap();
    assert_eq!(said, "Notebook, standard is saved, 149.00 a month.");
    let facts = "SELECT p.name || ' ' || v.search_key || ' ' || v.price_minor FROM variant v JOIN product p ON p.id = v.product_id";
    assert_eq!(rented.rows(facts), ["Notebook notebook standard 14900"]);
    assert_eq!(rented.rows("SELECT CAST(price_minor AS TEXT) FROM subscription"), ["12900"]);
    assert_eq!(stock(&mut rented, variant(rented_variant(), Some(1), "", "99")).unwrap_err(), stale());
    rented.undo();
    assert_eq!(rented.rows(facts), ["Laptop laptop standard 12900"]);
}

fn rented_variant() -> VariantId {
    VariantId(1)
}

fn stale() -> String {
    "it was changed meanwhile: look at it again, nothing was saved".to_owned()
}

#[test]
fn what_is_withdrawn_cannot_be_ordered_until_it_is_offered_again() {
    let mut rented = rented("2024-03-11");
    stock(&mut rented, StockDraft::Offer { id: rented_variant(), offered: false }).unwrap();
    let ben = person(&mut rented.desk, "Novak");
    let items = vec![item(rented.laptop, "2024-03-11", 3)];
    let draft =
        Box::new(rentbook::services::actions::order::OrderDraft { customer: ben, bill_to: None, items: items.clone() });
    let error = rented.desk.perform(Action::AddOrder { draft, confirm: true }).unwrap_err();
    assert_eq!(sentence(&error), "variant: Laptop, standard is no longer offered");
    stock(&mut rented, StockDraft::Offer { id: rented_variant(), offered: true }).unwrap();
    order(&mut rented.desk, ben, items);
    rented.sound();
}

#[test]
fn a_serial_number_stands_for_one_asset() {
    let mut rented = rented("2024-03-11");
    let draft = AssetDraft { variant: rented.laptop, serial: "7Q2-1".into(), cost: "1".into(), bought_on: None };
    let error = rented.desk.perform(Action::AddAsset(draft)).unwrap_err();
    assert_eq!(sentence(&error), "serial: there is an asset 7Q2-1 already");
    let said = stock(&mut rented, asset(AssetId(2), "7Q2-1", "")).unwrap_err();
    assert_eq!(said, "serial: there is an asset 7Q2-1 already");
    stock(&mut rented, asset(AssetId(2), "7Q2-9", "1,5")).unwrap_err();
    stock(&mut rented, asset(AssetId(2), "7Q2-9", "800")).unwrap();
    assert_eq!(rented.assets(), "7Q2-1 rented, 7Q2-9 in_stock");
    assert_eq!(stock(&mut rented, asset(AssetId(2), "", "")).unwrap_err(), "nothing was changed");
}

#[test]
fn an_asset_in_stock_is_retired_or_sold_and_a_rented_one_is_not() {
    let mut rented = rented("2024-03-11");
    let why = "asset 7Q2-1 is rented: end its subscription first, by a return or a buyout";
    assert_eq!(stock(&mut rented, dispose(AssetId(1), false)).unwrap_err(), why);
    stock(&mut rented, dispose(AssetId(2), false)).unwrap();
    assert_eq!(stock(&mut rented, dispose(AssetId(2), true)).unwrap_err(), "asset 7Q2-2 is retired already");
    assert_eq!(rented.undo(), "Asset 7Q2-2 is in stock as before.");
    stock(&mut rented, dispose(AssetId(2), true)).unwrap();
    assert_eq!(rented.assets(), "7Q2-1 rented, 7Q2-2 sold");
    rented.sound();
}

#[test]
fn the_history_of_an_asset_says_who_had_it_when() {
    let mut rented = rented("2024-03-11");
    rented.change(Change::Replace {
        serial: "7Q2-2".into(),
        on: date("2024-03-11"),
        retire: false,
        reason: "display broken".into(),
    });
    let ben = person(&mut rented.desk, "Novak");
    let mut unit = item(rented.laptop, "2024-03-11", 3);
    unit.serial = "7Q2-1".into();
    order(&mut rented.desk, ben, vec![unit]);
    let stays = |id| {
        let stays = rented.desk.read(|db| reads::stays(db, AssetId(id))).unwrap();
        stays
            .iter()
            .map(|stay| {
                let to = stay.to.map(|to| to.to_string()).unwrap_or_default();
                format!("{} {} - {to} {}", stay.customer_name, stay.from, stay.reason)
            })
            .collect::<Vec<_>>()
    };
    assert_eq!(stays(1), ["Novak, Ana 2024-03-11 -  ", "Delgado, Ana 2024-01-01 - 2024-03-11 display broken"]);
    assert_eq!(stays(2), ["Delgado, Ana 2024-03-11 -  "]);
}

/// F63.
#[test]
fn a_serial_number_is_one_however_it_is_written() {
    let shop = crate::commands::Shop::with_ana("2026-03-02");
    shop.does(&["asset", "add", "--item", "1", "--serial", "LP-2", "--cost", "900"]);
    for written in ["lp-2", "LP 2", "Lp2"] {
        let (_, told) = shop.refuses(1, &["asset", "add", "--item", "1", "--serial", written, "--cost", "900"]);
        assert!(told.contains("LP-2"), "{told}");
        let found = shop.does(&["asset", "list", "--query", written]);
        assert_eq!(found["rows"][0]["serial"], "LP-2", "{written}");
    }
    let order = ["order", "add", "--customer", "1", "--item", "1", "--months", "12", "--asset", "lp 2", "--confirm"];
    shop.does(&order);
    let (_, told) = shop.refuses(1, &order);
    assert!(told.contains("not in stock"), "{told}");
}
