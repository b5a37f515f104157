//! What is chosen by command for a contract, a line and a customer: how often it bills, when it was supplied, and who gets
//! the invoices.

use serde_json::json;

use super::Shop;

// F65
#[test]
fn a_contract_bills_every_half_year_or_every_two_years_in_any_spelling() {
    let shop = Shop::with_ana("2026-03-02");
    shop.does(&["product", "add", "--name", "Crane", "--price", "100"]);
    let plan = |every: &str, months: &str| {
        let args = ["schedule", "--start", "2026-01-01", "--months", months, "--every", every, "--price", "100"];
        shop.does(&args)["payments"].clone()
    };
    let starts = |rows: &serde_json::Value| -> Vec<(String, String)> {
        let text = |row: &serde_json::Value, key: &str| row[key].as_str().unwrap().to_owned();
        rows.as_array().unwrap().iter().map(|row| (text(row, "period_start"), text(row, "amount"))).collect()
    };
    let pair = |start: &str, amount: &str| (start.to_owned(), amount.to_owned());
    for every in ["half-year", "half_year", "6 months"] {
        assert_eq!(starts(&plan(every, "12")), [pair("2026-01-01", "600.00"), pair("2026-07-01", "600.00")]);
    }
    assert_eq!(starts(&plan("two-years", "36")), [pair("2026-01-01", "2400.00"), pair("2028-01-01", "1200.00")]);
    shop.does(&["customer", "prefer", "1", "--every", "two-years"]);
    assert_eq!(shop.does(&["customer", "show", "1"])["preferences"]["every"], "two_years");
    shop.does(&["order", "add", "--customer", "1", "--item", "1", "--months", "48", "--confirm"]);
    let contract = shop.does(&["subscription", "show", "1"]);
    assert_eq!(contract["every"], "two_years");
    let table = shop.run(&["subscription", "show", "1"]);
    assert!(table.out.contains("billed every 2 years"), "{}", table.out);
    let (_, told) =
        shop.refuses(2, &["schedule", "--start", "2026-01-01", "--months", "3", "--every", "week", "--price", "1"]);
    assert!(told.contains("month, quarter, half-year, year or two-years"), "{told}");
    assert_eq!(shop.does(&["check", "--deep"])["ok"], true);
}

// F38
#[test]
fn a_line_names_the_day_it_was_supplied() {
    let shop = Shop::with_ana("2026-03-02");
    let line = |text: &str| shop.does(&["invoice", "new", "--customer", "1", "--line", text])["lines"][0].clone();
    let days = line("Repair;1;50;;10 %;2026-02-10..2026-02-12");
    assert_eq!((&days["period_start"], &days["net"]), (&"2026-02-10".into(), &"45.00".into()), "{days}");
    assert_eq!(line("Repair;1;50;2026-02-27")["period_start"], "2026-02-27");
    assert_eq!(line("Repair; on site;1;50")["period_start"], json!(null));
    let backwards = "Repair;1;50;2026-02-12..2026-02-10";
    assert!(!shop.refuses(1, &["invoice", "new", "--customer", "1", "--line", backwards]).1.is_empty());
    assert_eq!(shop.does(&["check", "--deep"])["ok"], true);
}

// F66
#[test]
fn invoices_go_to_a_standing_list_of_a_customer_and_of_a_group() {
    let shop = Shop::with_ana("2026-03-02");
    shop.does(&["settings", "set", "email", "rent@harbour.example"]);
    let set = |to: &str| shop.does(&["customer", "edit", "1", "--invoice-emails", to]);
    set("ap@acme.example; boss@ACME.example, ap@acme.example");
    let both = json!(["ap@acme.example", "boss@acme.example"]);
    assert_eq!(shop.does(&["customer", "show", "1"])["invoice_emails"], both);
    shop.does(&["invoice", "new", "--customer", "1", "--line", "Repair;1;50"]);
    let queued = shop.does(&["invoice", "send", "2026-0001"]);
    assert_eq!(queued["rows"][0]["recipient"], "ap@acme.example, boss@acme.example");
    shop.refuses(1, &["customer", "edit", "1", "--invoice-emails", "ap@acme.example, nobody"]);
    set("");
    assert_eq!(shop.does(&["customer", "show", "1"])["invoice_emails"], json!([]));
    shop.does(&["undo"]);
    assert_eq!(shop.does(&["customer", "show", "1"])["invoice_emails"], both, "undo gives the list back");
    // One invoice may go elsewhere; the list stays.
    let once = shop.does(&["invoice", "send", "2026-0001", "--to", "tax@acme.example"]);
    assert_eq!(once["rows"][0]["recipient"], "tax@acme.example");
    let folder = shop.at("mails");
    std::fs::create_dir(&folder).unwrap();
    let out = shop.does(&["outbox", "send", "--eml", folder.to_str().unwrap()]);
    let file = std::fs::read_to_string(out["rows"][0]["file"].as_str().unwrap()).unwrap();
    assert!(file.contains("To: ap@acme.example, boss@acme.example"), "{file}");
    shop.does(&["pay", "2026-0001"]);
    shop.does(&["customer", "anonymise", "1"]);
    assert_eq!(shop.does(&["customer", "show", "1"])["invoice_emails"], json!([]));
    shop.does(&["group", "add", "--name", "Acme HQ", "--invoice-emails", "a@acme.example b@acme.example"]);
    let group = shop.does(&["group", "show", "1"]);
    assert_eq!(group["invoice_emails"], json!(["a@acme.example", "b@acme.example"]));
    shop.does(&["group", "edit", "1", "--invoice-emails", "c@acme.example"]);
    assert_eq!(shop.does(&["group", "show", "1"])["invoice_emails"], json!(["c@acme.example"]));
    assert_eq!(shop.does(&["check", "--deep"])["ok"], true);
}
