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
    // 60.29 of March, and the deposit of 100.00 that nobody paid.
    assert_eq!(tried["credited"], "160.29");
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
fn an_order_is_as_the_customer_prefers_where_nothing_else_is_said() {
    let shop = shop("2024-03-11");
    let (_, asked) = shop.refuses(2, &["order", "add", "--customer", "1", "--item", "1"]);
    assert!(asked.contains("say how long it runs"), "{asked}");
    shop.does(&["customer", "prefer", "1", "--months", "24", "--every", "quarter"]);
    let terms = |words: &[&str]| {
        let order = shop.does(&[&["order", "add", "--customer", "1", "--item"], words].concat());
        (order["items"][0]["months"].clone(), order["items"][0]["every"].clone())
    };
    assert_eq!(terms(&["1"]), (24.into(), "quarter".into()));
    assert_eq!(terms(&["1", "--months", "6"]), (6.into(), "quarter".into()));
    assert_eq!(terms(&["1;1;;;89;"]), (24.into(), "quarter".into()));
    assert_eq!(terms(&["1;1;12;month;89;2024-04-01"]), (12.into(), "month".into()));
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
    assert_eq!((&kept["held"], &kept["returned"]), (&"0.00".into(), &"70.00".into()));
    let summary = shop.does(&["report", "summary"]);
    assert_eq!(summary["total_income"], "119.00");
    let row = &summary["rows"][0];
    assert_eq!((&row["deposits_held"], &row["deposits_kept"]), (&"0.00".into(), &"30.00".into()));
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

/// Ana with a billing address (1), a workshop that is her usual place (2), a shed (3), and Ben with a house (4).
fn places() -> Shop {
    let shop = Shop::with_ana("2024-01-01");
    shop.does(&["customer", "address", "1", "--street", "1 Old Rd", "--city", "Salem"]);
    shop.does(&["customer", "address", "1", "--shipping", "--label", "Workshop", "--street", "5 Dock Rd"]);
    shop.does(&["customer", "address", "1", "--shipping", "--label", "Shed", "--street", "9 Field Way"]);
    shop.does(&["customer", "add", "--first", "Ben", "--last", "Ott", "--email", "ben@example.com"]);
    shop.does(&["customer", "address", "2", "--street", "7 Hill St"]);
    shop
}

#[test]
fn an_order_says_where_it_is_billed_and_shipped() {
    let shop = places();
    let add = |more: &[&str]| {
        let words = ["order", "add", "--customer", "1", "--item", "1", "--months", "12", "--confirm"];
        shop.does(&[&words, more].concat())
    };
    let usual = add(&[]);
    assert_eq!((&usual["billing_address"]["id"], &usual["items"][0]["shipping_address"]["id"]), (&1.into(), &2.into()));
    let named = add(&["--bill-to", "3", "--ship-to", "3"]);
    assert_eq!(named["billing_address"]["text"], "9 Field Way");
    assert_eq!(named["items"][0]["shipping_address"]["label"], "Shed");
    let billing = add(&["--ship-to", "billing"]);
    assert!(billing["items"][0]["shipping_address"].is_null(), "{billing}");
    // The billing address by its number is the same: what moves with it later is shipped there too.
    assert!(add(&["--ship-to", "1"])["items"][0]["shipping_address"].is_null());
    let items = ["1;1;12;month;;2024-01-01;;;3", "1;1;12;month;;2024-01-01"];
    let coded =
        shop.does(&["order", "add", "--customer", "1", "--item", items[0], "--item", items[1], "--ship-to", "billing"]);
    assert_eq!(coded["items"][0]["shipping_address"]["id"], 3);
    assert!(coded["items"][1]["shipping_address"].is_null(), "{coded}");
    let of = |id: &str| shop.does(&["subscription", "show", id])["shipping_address"]["id"].clone();
    assert_eq!((of("1"), of("2"), of("3")), (2.into(), 3.into(), serde_json::Value::Null));
    let other = ["order", "add", "--customer", "1", "--item", "1", "--months", "12"];
    for (more, code) in
        [(["--ship-to", "4"], "invalid"), (["--bill-to", "4"], "invalid"), (["--bill-to", "99"], "unknown")]
    {
        assert_eq!(shop.refuses(1, &[&other[..], &more].concat()).0, code, "{more:?}");
    }
    shop.refuses(2, &[&other[..], &["--ship-to", "home"]].concat());
    assert_eq!(shop.does(&["check", "--deep"])["ok"], true);
}

#[test]
fn a_subscription_is_shipped_elsewhere_and_back() {
    let shop = places();
    shop.does(&["order", "add", "--customer", "1", "--item", "1", "--months", "12", "--confirm"]);
    let to_place = |to: &str| shop.does(&["subscription", "ship", "1", "--to", to]);
    let at = || shop.does(&["subscription", "show", "1"])["shipping_address"]["text"].clone();
    let tried = shop.does(&["subscription", "ship", "1", "--to", "3", "--dry-run"]);
    assert_eq!(tried["shipping_address"]["id"], 3);
    assert_eq!(at(), "5 Dock Rd");
    let done = to_place("3");
    assert_eq!(done["effect"][0], "It goes to Shed: 9 Field Way; before to Workshop: 5 Dock Rd.");
    assert!(to_place("billing")["shipping_address"].is_null());
    shop.does(&["undo"]);
    assert_eq!(at(), "9 Field Way");
    for to in ["3", "4"] {
        assert_eq!(shop.refuses(1, &["subscription", "ship", "1", "--to", to]).0, "invalid", "{to}");
    }
    assert_eq!(shop.refuses(1, &["customer", "address", "1", "--remove", "3"]).0, "shipped_there");
    shop.does(&["customer", "address", "1", "--change", "3", "--street", "10 Field Way"]);
    assert_eq!(at(), "10 Field Way");
    shop.does(&["undo"]);
    assert_eq!(at(), "9 Field Way");
    let up = shop.does(&["subscription", "upgrade", "1", "--item", "1", "--months", "24"]);
    assert_eq!(up["new_subscription"], 2);
    assert_eq!(shop.does(&["subscription", "show", "2"])["shipping_address"]["id"], 3);
    assert_eq!(shop.does(&["check", "--deep"])["ok"], true);
}

#[test]
fn a_draft_follows_the_address_it_is_to_be_shipped_to() {
    let shop = places();
    shop.does(&["order", "add", "--customer", "1", "--item", "1", "--months", "12", "--ship-to", "3"]);
    assert_eq!(shop.refuses(1, &["customer", "address", "1", "--remove", "3"]).0, "shipped_there");
    shop.does(&["customer", "address", "1", "--change", "3", "--street", "10 Field Way"]);
    let text = || shop.does(&["order", "show", "1"])["items"][0]["shipping_address"]["text"].clone();
    assert_eq!(text(), "10 Field Way");
    shop.does(&["undo"]);
    assert_eq!(text(), "9 Field Way");
    shop.does(&["order", "confirm", "1"]);
    assert_eq!(shop.does(&["subscription", "show", "1"])["shipping_address"]["id"], 3);
}

#[test]
fn an_address_that_something_is_shipped_to_is_not_taken_back() {
    let shop = Shop::with_order("2024-01-01");
    shop.does(&["customer", "address", "1", "--shipping", "--street", "5 Dock Rd"]);
    shop.does(&["subscription", "ship", "1", "--to", "1"]);
    // The address is the seventh step, after a pass; the eighth ships there.
    assert_eq!(shop.refuses(1, &["undo", "7"]).0, "depended_on");
    shop.does(&["undo"]);
    shop.does(&["undo"]);
    assert!(shop.does(&["subscription", "show", "1"])["shipping_address"].is_null());
}

#[test]
fn what_was_upgraded_is_told_with_the_customer() {
    let shop = shop("2024-01-01");
    shop.does(&["product", "add", "--name", "Laptop Pro", "--variant", "16 inch", "--price", "129"]);
    assert_eq!(shop.does(&["customer", "show", "1"])["upgrades"], serde_json::json!([]));
    shop.does(&["subscription", "upgrade", "1", "--item", "2", "--months", "24"]);
    let ana = shop.does(&["customer", "show", "1"]);
    let up = &ana["upgrades"][0];
    assert_eq!((&up["from"], &up["to"], &up["on"]), (&1.into(), &2.into(), &"2024-01-01".into()), "{up}");
    assert_eq!((&up["from_product"], &up["to_product"]), (&"Laptop, 14 inch".into(), &"Laptop Pro, 16 inch".into()));
    assert_eq!((&up["from_price"], &up["to_price"]), (&"89.00".into(), &"129.00".into()));
    assert!(shop.run(&["customer", "show", "1"]).out.contains("Laptop Pro, 16 inch (S-0002)"));
    shop.does(&["undo"]);
    assert_eq!(shop.does(&["customer", "show", "1"])["upgrades"], serde_json::json!([]), "it was taken back");
}
