//! What customers ask for, by commands: an invoice, their data, another address, help with a payment.

use std::fs;

use super::Shop;

/// Acme, a business with an address, rents a laptop from today.
fn acme(today: &'static str) -> Shop {
    let shop = Shop::with_ana(today);
    let who = ["customer", "add", "--company", "Acme GmbH", "--email", "ap@acme.example", "--terms", "14"];
    shop.does(&[&who[..], &["--vat", "DE136695976"]].concat());
    shop.does(&["customer", "address", "2", "--street", "1 Old Rd", "--city", "Salem"]);
    shop.does(&["order", "add", "--customer", "2", "--item", "1", "--months", "12", "--confirm"]);
    shop
}

#[test]
fn a_business_customer_needs_an_invoice() {
    let shop = acme("2024-01-01");
    let listed = shop.does(&["invoice", "list", "--customer", "2"]);
    assert_eq!((&listed["total"], &listed["rows"][0]["number"]), (&1.into(), &"2024-0001".into()));
    let invoice = shop.does(&["invoice", "show", "2024-0001"]);
    assert_eq!((&invoice["payer_name"], &invoice["payer_tax_number"]), (&"Acme GmbH".into(), &"DE136695976".into()));
    assert_eq!(invoice["due_on"], "2024-01-15", "14 days");
    let file = shop.at("invoice.pdf");
    shop.does(&["invoice", "pdf", "2024-0001", file.to_str().unwrap()]);
    assert!(fs::read(&file).unwrap().starts_with(b"%PDF-"));
    let sent = shop.does(&["invoice", "send", "2024-0001"]);
    assert_eq!(sent["rows"][0]["recipient"], "ap@acme.example");
}

#[test]
fn a_customer_asks_for_everything_held_on_it() {
    let shop = acme("2024-01-01");
    shop.does(&["pay", "2024-0001", "--reference", "BT-1"]);
    shop.does(&["customer", "note", "2", "--summary", "asked for its data"]);
    let held = shop.does(&["customer", "export", "2"]);
    for (section, rows) in
        [("orders", 1), ("subscriptions", 1), ("invoices", 1), ("receipts", 1), ("notes", 1), ("addresses", 1)]
    {
        assert_eq!(held[section].as_array().map(Vec::len), Some(rows), "{section}: {held}");
    }
    let account = shop.does(&["invoice", "statement", "--customer", "2", "--from", "2024-01-01"]);
    assert_eq!(
        (&account["closing"], &account["rows"][0]["text"]),
        (&"0.00".into(), &"Invoice 2024-0001".into()),
        "{account}"
    );
}

#[test]
fn a_customer_moves_and_an_issued_invoice_keeps_its_address() {
    let shop = acme("2024-01-01");
    let address = |number: &str| shop.does(&["invoice", "show", number])["payer_address"].to_string();
    assert!(address("2024-0001").contains("1 Old Rd"));
    shop.does(&["customer", "address", "2", "--street", "2 New Rd", "--city", "Salem"]);
    assert!(address("2024-0001").contains("1 Old Rd"), "it was issued");
    let later = Shop { today: "2024-02-01", ..shop };
    later.does(&["run"]);
    let shown = later.does(&["invoice", "show", "2024-0002"]);
    assert!(shown["payer_address"].to_string().contains("2 New Rd"), "{shown}");
    let old = later.does(&["invoice", "show", "2024-0001"]);
    assert!(old["payer_address"].to_string().contains("1 Old Rd"), "{old}");
}

#[test]
fn a_customer_has_a_payment_issue() {
    let shop = acme("2024-01-01");
    shop.does(&["payment", "fail", "1", "--reason", "insufficient funds"]);
    let failed = shop.does(&["payment", "list", "--customer", "2", "--view", "failed"]);
    assert_eq!((&failed["total"], &failed["rows"][0]["status"]), (&1.into(), &"failed".into()));
    assert_eq!(shop.does(&["customer", "list", "--segment", "at_risk"])["rows"][0]["id"], 2);
    let card = ["customer", "method", "add", "2", "--method", "card", "--last-four", "4242", "--expires", "09/27"];
    let card = shop.does(&card)["id"].to_string();
    let paid = shop.does(&["payment", "retry", "1", "--method", &card, "--reference", "ch_1"]);
    assert_eq!(paid["status"], "paid");
    assert_eq!(shop.does(&["customer", "show", "2"])["outstanding"], "0.00");
    assert_eq!(shop.does(&["check"])["ok"], true);
}

#[test]
fn an_edit_on_top_of_an_older_version_tells_what_stands_now() {
    let shop = acme("2024-01-01");
    let version = shop.does(&["customer", "show", "2"])["version"].to_string();
    shop.does(&["customer", "edit", "2", "--email", "new@acme.example"]);
    let stale = shop.run(&["customer", "edit", "2", "--version", &version, "--phone", "555 0199", "--json"]);
    let error = &stale.json()["error"];
    assert_eq!((stale.code, &error["kind"], &error["by"]), (1, &"stale".into(), &"mia".into()));
    assert_eq!(error["now"]["email"], "new@acme.example");
    let version = error["version"].to_string();
    let saved = shop.does(&["customer", "edit", "2", "--version", &version, "--phone", "555 0199"]);
    assert_eq!((&saved["email"], &saved["phone"]), (&"new@acme.example".into(), &"555 0199".into()));
}
