//! Customers by commands: the journeys of a shop's day with them.

use std::fs;

use super::Shop;

fn words(line: &str) -> Vec<&str> {
    line.split(' ').collect()
}

#[test]
fn a_customer_changes_its_address_and_asks_for_what_is_held() {
    let shop = Shop::with_order("2024-01-01");
    shop.does(&["customer", "address", "1", "--street", "1 Old Rd", "--city", "Salem"]);
    let moved = shop.does(&["customer", "address", "1", "--street", "2 New Rd", "--city", "Salem"]);
    assert_eq!(moved["billing_address"]["line1"], "2 New Rd");
    shop.does(&["customer", "address", "1", "--shipping", "--label", "Workshop", "--street", "5 Dock Rd"]);
    let all = shop.does(&words("customer address 1 --list"));
    assert_eq!(all["total"], 3, "the old one is history");
    let shipping = all["rows"].as_array().unwrap().iter().find(|row| row["kind"] == "shipping").unwrap();
    let id = shipping["id"].to_string();
    shop.does(&["customer", "address", "1", "--change", &id, "--street", "6 Dock Rd"]);
    shop.does(&["undo"]);
    shop.does(&["customer", "address", "1", "--remove", &id]);
    let held = shop.does(&words("customer export 1"));
    let lines: Vec<&str> =
        held["addresses"].as_array().unwrap().iter().map(|row| row["line1"].as_str().unwrap()).collect();
    assert_eq!(lines, ["1 Old Rd", "2 New Rd", "5 Dock Rd", "6 Dock Rd"]);
    assert_eq!(held["invoices"][0]["total"], "89.00");
    for ending in ["json", "csv"] {
        let file = shop.at(&format!("ana.{ending}"));
        shop.does(&["customer", "export", "1", file.to_str().unwrap()]);
        assert!(fs::read_to_string(&file).unwrap().contains("ana@example.com"));
        assert_eq!(shop.refuses(3, &["customer", "export", "1", file.to_str().unwrap()]).0, "already_there");
    }
}

#[test]
fn a_business_that_needs_an_invoice_says_its_vat_number_and_becomes_a_person_later() {
    let shop = Shop::with_ana("2024-01-01");
    let add = ["customer", "add", "--company", "Acme GmbH", "--terms", "30", "--vat", "de 136 695 976"];
    let acme = shop.does(&add);
    assert_eq!((&acme["vat_number"], &acme["terms"]), (&"DE136695976".into(), &30.into()));
    let (kind, message) = shop.refuses(1, &["customer", "edit", "2", "--vat", "DE136695977"]);
    assert_eq!(kind, "invalid");
    assert!(message.contains("check digits"), "{message}");
    shop.does(&["invoice", "new", "--customer", "2", "--line", "Set-up;1;100;0"]);
    shop.does(&words("customer edit 2 --kind individual --first Ann --last Lee"));
    let ann = shop.does(&words("customer show 2"));
    assert_eq!((&ann["kind"], &ann["terms"], &ann["vat_number"]), (&"individual".into(), &0.into(), &"".into()));
    assert_eq!(shop.does(&words("invoice show 2024-0001"))["payer_name"], "Acme GmbH");
    shop.does(&["undo"]);
    assert_eq!(shop.does(&words("customer show 2"))["name"], "Acme GmbH");
}

#[test]
fn who_may_be_in_the_book_already_is_named() {
    let shop = Shop::with_ana("2024-01-01");
    let other = shop.does(&words("customer add --first B. --last Berg --email BO@Example.com"));
    assert_eq!(other["duplicates"], serde_json::json!([]));
    let again = shop.does(&words("customer add --first B. --last Berg --email BO@Example.com"));
    assert_eq!(again["duplicates"][0]["id"], other["id"]);
    assert_eq!(again["duplicates"][0]["alike"], "same email");
}

#[test]
fn duplicates_are_merged_and_parted_and_one_currency_stays_one() {
    let shop = Shop::with_order("2024-01-01");
    shop.does(&words("customer add --first Anna --last Delgado"));
    let moves = shop.does(&words("customer merge 2 1 --dry-run"));
    assert_eq!((&moves["moves"]["orders"], &moves["dry_run"]), (&1.into(), &true.into()));
    assert_eq!(shop.does(&words("customer show 1"))["id"], 1, "only a look");
    shop.does(&words("customer merge 2 1"));
    let kept = shop.does(&words("customer show 1"));
    assert_eq!((&kept["id"], &kept["outstanding"], &kept["merged"][0]["id"]), (&2.into(), &"89.00".into(), &1.into()));
    assert_eq!(shop.does(&words("customer find Ana"))["rows"][0]["id"], 2, "still found by the old name");
    shop.does(&["undo"]);
    assert_eq!(shop.does(&words("customer show 1"))["outstanding"], "89.00");
    shop.does(&words("customer add --first Eva --last Euro --currency EUR"));
    assert_eq!(shop.refuses(1, &words("customer merge 1 3")).0, "currencies_differ");
}

#[test]
fn segments_preferences_and_follow_ups_by_commands() {
    let shop = Shop::with_order("2024-01-01");
    shop.does(&["customer", "add", "--company", "Acme GmbH"]);
    shop.does(&["segment", "add", "Firms", "--kind", "business"]);
    let listed = shop.does(&words("customer list --segment firms"));
    assert_eq!((&listed["total"], &listed["rows"][0]["name"]), (&1.into(), &"Acme GmbH".into()));
    assert_eq!(shop.does(&words("customer list --segment firms --kind individual"))["total"], 0);
    assert_eq!(shop.does(&words("customer list --segment new"))["total"], 1);
    assert_eq!(shop.does(&words("segment list"))["total"], 6);
    assert_eq!(shop.refuses(2, &words("customer list --segment nobody")).0, "usage");
    shop.does(&words("segment edit Firms --name Companies"));
    shop.does(&words("segment remove Companies"));
    shop.does(&["undo"]);
    assert_eq!(shop.does(&words("segment list"))["total"], 6);
    let file = shop.at("customers.csv");
    let written = shop.does(&["customer", "list", "--csv", file.to_str().unwrap()]);
    assert_eq!(written["total"], 2);
    shop.does(&words("customer prefer 1 --months 24 --channel post"));
    let ana = shop.does(&words("customer prefer 1 --method cash"));
    assert_eq!((&ana["preferences"]["months"], &ana["preferences"]["method"]), (&24.into(), &"cash".into()));
    let note = ["customer", "note", "1", "--summary", "called", "--follow-up", "2024-01-05"];
    let id = shop.does(&note)["id"].to_string();
    shop.does(&["customer", "follow-up", &id]);
    assert_eq!(shop.does(&words("customer notes 1"))["rows"][0]["followed_up_on"], "2024-01-01");
    assert_eq!(shop.refuses(1, &["customer", "follow-up", &id]).0, "followed_up_already");
}

#[test]
fn who_owes_is_not_forgotten_and_who_owes_nothing_is() {
    let shop = Shop::with_order("2024-01-01");
    assert_eq!(shop.refuses(1, &words("customer anonymise 1")).0, "still_active");
    shop.does(&["customer", "add", "--first", "Zwetschge", "--last", "Quitte", "--email", "zq@example.com"]);
    let look = shop.does(&words("customer anonymise 2 --dry-run"));
    assert_eq!((&look["erased"], &look["kept"]["invoices"]), (&false.into(), &0.into()));
    assert_eq!(shop.does(&words("customer anonymise 2"))["erased"], true);
    let bytes = fs::read(shop.book()).unwrap();
    assert!(!bytes.windows(9).any(|window| window == b"Zwetschge"), "a byte of it stayed");
    assert_eq!(shop.does(&words("customer show 2"))["name"], "Erased customer 2");
    assert_eq!(shop.does(&["check", "--deep"])["ok"], true);
}

#[test]
fn reports_and_lists_are_narrowed_to_a_segment_by_name_or_number() {
    let shop = Shop::with_order("2024-01-01");
    shop.does(&["customer", "add", "--company", "Acme GmbH", "--terms", "0"]);
    shop.does(&[
        "order",
        "add",
        "--customer",
        "2",
        "--item",
        "1",
        "--months",
        "12",
        "--price",
        "40",
        "--start",
        "2024-01-01",
        "--confirm",
    ]);
    let firms = shop.does(&["segment", "add", "Firms", "--kind", "business"])["id"].to_string();
    let of = |report: &str, segment: &str| shop.does(&["report", report, "--segment", segment]);
    assert_eq!(shop.does(&["report", "summary"])["outstanding"], "129.00");
    for name in ["Firms", "business", &firms] {
        let summary = of("summary", name);
        assert_eq!((&summary["outstanding"], &summary["monthly_recurring"]), (&"40.00".into(), &"40.00".into()));
    }
    assert_eq!(of("summary", &firms)["segment"], "Firms");
    assert_eq!(of("aging", "Firms")["outstanding"], "40.00");
    assert_eq!(of("expected", "Firms")["rows"][0]["due"], "40.00");
    let due = |json: serde_json::Value| {
        json["rows"].as_array().unwrap().iter().map(|row| row["due"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(due(shop.does(&["report", "income", "--from", "2024-01-01", "--segment", "Firms"])), ["40.00"]);
    assert_eq!(of("status", "Firms")["rows"][0]["count"], 1);
    assert_eq!(
        of("failures", "Firms")["rows"].as_array().unwrap().len(),
        of("failures", "new")["rows"].as_array().unwrap().len()
    );
    for list in ["payment", "invoice"] {
        let rows = shop.does(&[list, "list", "--segment", "Firms"]);
        assert_eq!((&rows["total"], &rows["sums"][0]["open"]), (&1.into(), &"40.00".into()));
    }
    assert_eq!(shop.refuses(2, &["report", "aging", "--segment", "nobody"]).0, "usage");
    let (_, why) = shop.refuses(2, &["payment", "list", "--view", "upcoming", "--method", "cash"]);
    assert_eq!(
        why,
        "periods still to come know only --query, --customer, --segment, --group, --due-from and --due-to: leave --method out"
    );
    let said = shop.run(&["report", "aging", "--segment", "Firms"]);
    assert!(said.out.contains("Of the customers who are in “Firms” today."), "{}", said.out);
}
