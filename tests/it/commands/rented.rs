//! Subscriptions, deposits, assets and agreements by commands.

use super::Shop;

/// A subscription of 12 months at 89.00 from 1 January, a deposit of 100.00, and a second asset in stock.
fn shop(today: &'static str) -> Shop {
    let shop = Shop::with_ana("2024-01-01");
    shop.does(&["asset", "add", "--variant", "1", "--serial", "SN-2", "--cost", "800"]);
    shop.does(&["order", "add", "--customer", "1", "--item", "1;1;12;month;89;2024-01-01;SN-1;100", "--confirm"]);
    let shop = Shop { today, ..shop };
    shop.does(&["run", "--confirm-gap"]);
    shop
}

#[test]
fn a_dry_run_shows_what_would_come_and_changes_nothing() {
    let shop = shop("2024-03-11");
    let before = shop.does(&["subscription", "show", "1"]);
    let tried = shop.does(&["subscription", "cancel", "1", "--dry-run"]);
    assert_eq!((&tried["dry_run"], &tried["status"]), (&true.into(), &"cancelled".into()));
    assert_eq!(tried["credited"], "60.29");
    assert!(tried["said"].as_str().unwrap().starts_with("Nothing was changed. "), "{tried}");
    assert_eq!(shop.does(&["subscription", "show", "1"]), before);
    let done = shop.does(&["subscription", "cancel", "1", "--reason", "moved"]);
    assert_eq!((&done["status"], &done["credit_notes"][0]), (&"cancelled".into(), &"CN-2024-0001".into()));
    assert_eq!(done["next_payment_on"], serde_json::Value::Null);
    shop.does(&["undo"]);
    assert_eq!(shop.does(&["subscription", "show", "1"])["status"], "active");
    assert_eq!(shop.does(&["check"])["ok"], true);
}

#[test]
fn every_change_has_its_command() {
    let shop = shop("2024-03-11");
    let on = |words: &[&str]| shop.does(&[&["subscription"], words].concat());
    assert_eq!(on(&["extend", "1", "--months", "6"])["end_on"], "2025-07-01");
    let price = on(&["price", "1", "--price", "79.50"]);
    assert_eq!(price["effect"][0], "89.00 becomes 79.50 a month for 15 payments from 01 Apr 2024.");
    assert_eq!(on(&["replace", "1", "--serial", "SN-2", "--reason", "broken"])["serial"], "SN-2");
    assert_eq!(on(&["pause", "1", "--from", "2024-03-11"])["status"], "paused");
    assert_eq!(on(&["resume", "1", "--on", "2024-03-11"])["status"], "active");
    let up = on(&["upgrade", "1", "--item", "1", "--months", "24", "--price", "99", "--asset", "SN-1"]);
    assert_eq!((&up["end_reason"], &up["new_subscription"]), (&"upgraded".into(), &2.into()));
    assert_eq!(shop.does(&["subscription", "show", "2"])["previous"], 1);
    shop.does(&["undo"]);
    let back = on(&["return", "1", "--percent", "10", "--condition", "worn"]);
    assert_eq!((&back["end_reason"], &back["charged"]), (&"returned_early".into(), &"119.25".into()));
    shop.does(&["undo"]);
    let sold = on(&["buyout", "1", "--residual", "142"]);
    assert_eq!((&sold["end_reason"], &sold["charged"]), (&"bought_out".into(), &"1334.50".into()));
    assert_eq!(shop.does(&["check"])["ok"], true);
}

#[test]
fn what_a_rule_refuses_exits_with_one() {
    let shop = shop("2024-03-11");
    for (words, code) in [
        (vec!["subscription", "extend", "1", "--months", "0"], "invalid"),
        (vec!["subscription", "extend", "1", "--months", "1000"], "invalid"),
        (vec!["subscription", "price", "1", "--price", "1.001"], "invalid"),
        (vec!["subscription", "cancel", "1", "--from", "2023-01-01"], "invalid"),
        (vec!["subscription", "replace", "1", "--serial", "SN-1"], "invalid"),
        (vec!["subscription", "resume", "1"], "invalid"),
        (vec!["subscription", "cancel", "9"], "unknown"),
        (vec!["deposit", "keep", "1", "--amount", "500", "--reason", "x"], "invalid"),
        (vec!["deposit", "return", "9"], "no_deposit"),
        (vec!["asset", "retire", "SN-1"], "not_in_stock"),
    ] {
        assert_eq!(shop.refuses(1, &words).0, code, "{words:?}");
    }
    shop.refuses(2, &["subscription", "extend", "1"]);
}

#[test]
fn deposits_are_listed_returned_and_kept() {
    let shop = shop("2024-01-05");
    shop.does(&["pay", "2024-0001"]);
    let list = shop.does(&["deposit", "list", "--status", "held"]);
    assert_eq!((&list["total"], &list["rows"][0]["received"]), (&1.into(), &"100.00".into()));
    let kept = shop.does(&["deposit", "keep", "1", "--amount", "30", "--reason", "scratched"]);
    assert_eq!((&kept["status"], &kept["kept"]), (&"partly_kept".into(), &"30.00".into()));
    assert_eq!(shop.does(&["report", "summary"])["total_income"], "89.00");
    shop.does(&["undo"]);
    assert_eq!(shop.does(&["deposit", "return", "1"])["status"], "returned");
    assert_eq!(shop.does(&["deposit", "list", "--status", "held"])["total"], 0);
    assert_eq!(shop.does(&["check"])["ok"], true);
}

#[test]
fn products_assets_and_agreements_by_commands() {
    let shop = shop("2024-03-11");
    shop.does(&["product", "edit", "1", "--price", "99"]);
    shop.does(&["product", "withdraw", "1"]);
    assert_eq!(shop.refuses(1, &["order", "again", "1"]).0, "invalid");
    shop.does(&["product", "offer", "1"]);
    assert_eq!(shop.does(&["order", "again", "1", "--start", "2024-04-01"])["status"], "draft");
    assert_eq!(shop.does(&["asset", "edit", "SN-2", "--new-serial", "SN-9"])["serial"], "SN-9");
    let asset = shop.does(&["asset", "show", "SN-1"]);
    assert_eq!((&asset["history"][0]["from"], asset["history"].as_array().unwrap().len()), (&"2024-01-01".into(), 1));
    assert_eq!(
        shop.does(&["asset", "sell", "SN-9", "--reason", "to Ben"])["said"],
        "Asset SN-9 is sold. `rentbook undo` takes it back."
    );
    let pdf = shop.at("agreement.pdf");
    let file = pdf.to_str().unwrap();
    shop.does(&["order", "agreement", "1", file]);
    assert!(std::fs::read(&pdf).unwrap().starts_with(b"%PDF-"));
    shop.refuses(3, &["order", "agreement", "1", file]);
    assert_eq!(shop.refuses(1, &["order", "agreement", "2", file]).0, "not_confirmed");
}
