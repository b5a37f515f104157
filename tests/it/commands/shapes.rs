//! The shape of every command's answer: the keys scripts rely on.

use serde_json::Value;

use super::Shop;

/// Fails unless the object has all these keys.
#[track_caller]
fn has(json: &Value, keys: &str) {
    for key in keys.split_whitespace() {
        assert!(json.get(key).is_some(), "no {key} in {json}");
    }
}

#[track_caller]
fn rows(json: &Value, total: i64, keys: &str) {
    assert_eq!(json["total"], total, "{json}");
    for row in json["rows"].as_array().unwrap() {
        has(row, keys);
    }
}

#[test]
fn every_command_answers_in_its_shape() {
    let shop = Shop::with_order("2024-01-01");
    let customer = "id name lifetime_value outstanding credit active_subscriptions currency";
    has(&shop.does(&["customer", "show", "1"]), &format!("{customer} monthly_income billing_address"));
    rows(&shop.does(&["customer", "list", "--sort", "ltv"]), 1, customer);
    rows(&shop.does(&["customer", "find", "delga"]), 1, customer);
    has(&shop.does(&["customer", "note", "1", "--summary", "Called", "--kind", "phone"]), "id");
    rows(&shop.does(&["product", "list"]), 1, "id variant_id name variant price currency tax_rate");
    rows(&shop.does(&["asset", "list"]), 1, "id variant_id serial cost recovered currency status");
    has(&shop.does(&["order", "show", "1"]), "id customer customer_name subscriptions total currency status items");
    rows(&shop.does(&["order", "list"]), 1, "id customer customer_name total currency status");
    let subscription = "id customer customer_name status start_on end_on next_payment_on price currency";
    let shown = shop.does(&["subscription", "show", "1"]);
    has(&shown, &format!("{subscription} schedule"));
    assert_eq!(shown["schedule"].as_array().unwrap().len(), 12);
    rows(&shop.does(&["subscription", "list"]), 1, subscription);
    let payment = "id customer customer_name subscription amount open due_on status method invoice paid_on currency";
    has(&shop.does(&["payment", "show", "1"]), payment);
    rows(&shop.does(&["payment", "list"]), 1, payment);
    rows(&shop.does(&["payment", "list", "--view", "upcoming"]), 1, payment);
    let invoice = "number kind status issued_on due_on total paid open currency";
    let shown = shop.does(&["invoice", "show", "2024-0001"]);
    has(&shown, &format!("{invoice} subtotal tax lines"));
    has(&shown["lines"][0], "text net tax gross");
    rows(&shop.does(&["invoice", "list"]), 1, invoice);
    has(&shop.does(&["settings", "show"]), "name currency lead_days invoice_numbers");
    assert_eq!(shop.does(&["settings", "set", "lead_days", "7"])["lead_days"], "7");
    has(&shop.does(&["run"]), "materialised invoices_issued became_overdue subscriptions_ended steps");
    has(&shop.does(&["check"]), "ok violations");
    has(&shop.does(&["keys"]), "rows total");
    has(&shop.does(&["man"]), "man");
    has(&shop.does(&["completions", "bash"]), "script");
}

#[test]
fn every_report_answers_in_its_shape() {
    let shop = Shop { today: "2024-02-20", ..Shop::with_order("2024-01-01") };
    shop.does(&["run", "--confirm-gap"]);
    has(
        &shop.does(&["report", "summary", "--from", "2024-01-01", "--to", "2024-12-31"]),
        "total_income outstanding success_rate failed_rate average_payment currency rows",
    );
    let aging = shop.does(&["report", "aging"]);
    let found: Vec<(&str, &str)> = aging["rows"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| (row["bucket"].as_str().unwrap(), row["amount"].as_str().unwrap()))
        .collect();
    let want = [("current", "0.00"), ("1-30", "89.00"), ("31-60", "89.00"), ("61-90", "0.00"), ("90+", "0.00")];
    assert_eq!(found, want);
    assert_eq!(aging["outstanding"], "178.00");
    has(&shop.does(&["report", "income", "--from", "2024-01-01"]), "rows total");
    has(&shop.does(&["report", "status"]), "rows total");
    has(&shop.does(&["report", "failures", "--from", "2024-02-01"]), "rows total");
    has(&shop.does(&["report", "expected"]), "rows total");
    let file = shop.at("status.csv");
    shop.does(&["report", "status", "--csv", file.to_str().unwrap()]);
    let table = std::fs::read_to_string(&file).unwrap();
    assert!(table.contains("status,count,currency,amount\n"), "{table}");
    let said = shop.run(&["report", "--help"]).out;
    for verb in ["summary", "income", "status", "failures", "aging", "expected"] {
        assert!(said.contains(&format!("\n  {verb} ")), "{said}");
    }
}

#[test]
fn a_schedule_needs_no_book() {
    let shop = Shop::empty("2024-01-01");
    let words = ["schedule", "--start", "2024-01-31", "--every", "month", "--months", "3", "--price", "10"];
    let json = shop.does(&words);
    let starts: Vec<&str> =
        json["payments"].as_array().unwrap().iter().map(|row| row["period_start"].as_str().unwrap()).collect();
    assert_eq!(starts, ["2024-01-31", "2024-02-29", "2024-03-31"]);
    has(&json["payments"][0], "n period_start period_end last_day due_on amount");
    assert_eq!((&json["payments"][0]["last_day"], &json["total"]), (&"2024-02-28".into(), &"30.00".into()));
    for wrong in [
        ["--months", "0", "--price", "10"],
        ["--months", "3", "--price", "x"],
        ["--months", "3", "--price", "-10"],
        ["--end", "2024-01-31", "--price", "10"],
    ] {
        shop.refuses(1, &[&["schedule", "--start", "2024-01-31"][..], &wrong[..]].concat());
    }
}

#[test]
fn a_status_moves_by_commands_and_comes_back() {
    let shop = Shop::with_order("2024-01-01");
    assert_eq!(shop.does(&["payment", "process", "1"])["status"], "processing");
    assert_eq!(shop.does(&["payment", "release", "P-1", "--reason", "bank was wrong"])["status"], "pending");
    assert_eq!(shop.does(&["payment", "fail", "1", "--reason", "insufficient funds"])["status"], "failed");
    shop.does(&["undo"]);
    assert_eq!(shop.does(&["payment", "show", "1"])["status"], "pending");
    let void = shop.does(&["invoice", "void", "2024-0001", "--reason", "typed wrong"]);
    assert_eq!(void["status"], "void");
    assert_eq!(shop.does(&["payment", "show", "1"])["status"], "cancelled");
}

#[test]
fn a_customer_is_edited_field_by_field() {
    let shop = Shop::with_ana("2024-01-01");
    let moved = shop.does(&["customer", "address", "1", "--street", "Quay 1", "--city", "Cork", "--country", "ie"]);
    assert_eq!(moved["billing_address"]["country"], "IE");
    let edited = shop.does(&["customer", "edit", "1", "--phone", "+1 555 0100", "--city", "Dublin"]);
    assert_eq!((&edited["phone"], &edited["email"]), (&"+1 555 0100".into(), &"ana@example.com".into()));
    assert_eq!(edited["billing_address"]["line1"], "Quay 1");
    assert_eq!(edited["billing_address"]["city"], "Dublin");
    let firm = shop.does(&["customer", "edit", "1", "--kind", "business", "--company", "Delgado Ltd", "--terms", "14"]);
    assert_eq!((&firm["kind"], &firm["terms"], &firm["name"]), (&"business".into(), &14.into(), &"Delgado Ltd".into()));
}

#[test]
fn lists_are_filtered_sorted_and_cut() {
    let shop = Shop::with_ana("2024-01-01");
    for company in ["Zeta", "Acme"] {
        shop.does(&["customer", "add", "--company", company, "--terms", "30"]);
    }
    let names = |words: &[&str]| -> Vec<String> {
        let json = shop.does(&[&["customer", "list"], words].concat());
        json["rows"].as_array().unwrap().iter().map(|row| row["name"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(names(&[]), ["Acme", "Delgado, Ana", "Zeta"]);
    assert_eq!(names(&["--kind", "business", "--reverse"]), ["Zeta", "Acme"]);
    assert_eq!(names(&["--query", "zet"]), ["Zeta"]);
    assert_eq!(names(&["--limit", "1"]), ["Acme"]);
    assert_eq!(shop.does(&["customer", "list", "--limit", "1"])["total"], 3);
    assert_eq!(shop.does(&["product", "list", "--limit", "0"])["total"], 1);
    let item = "1;2;3;quarter;10.00;2024-01-01;;50";
    shop.does(&[
        "order",
        "add",
        "--customer",
        "2",
        "--item",
        item,
        "--item",
        "1;1;12;year;5.00;2024-01-01",
        "--confirm",
    ]);
    assert_eq!(shop.does(&["subscription", "list", "--customer", "2", "--limit", "1"])["total"], 3);
    let due = shop.does(&["payment", "list", "--customer", "2", "--sort", "-amount"]);
    let amounts: Vec<&str> =
        due["rows"].as_array().unwrap().iter().map(|row| row["amount"].as_str().unwrap()).collect();
    assert_eq!(amounts, ["30.00", "30.00", "50.00", "50.00", "60.00"]);
    assert_eq!(due["sums"][0]["open"], "220.00");
}

#[test]
fn people_get_aligned_tables_and_sentences() {
    let shop = Shop::with_order("2024-01-01");
    let ran = shop.run(&["payment", "list"]);
    let lines: Vec<&str> = ran.out.lines().collect();
    assert!(lines[0].starts_with("ID  CUSTOMER") && lines[1].contains("Delgado, Ana"), "{}", ran.out);
    assert_eq!(lines[0].find("CUSTOMER"), lines[1].find("Delgado"));
    let ran = shop.run(&["pay", "2024-0001"]);
    assert_eq!(ran.out, "Receipt R-2024-0001. 2024-0001 is paid, 89.00. `rentbook undo` takes it back.\n");
    assert_eq!(shop.run(&["group", "list"]).out, "There are none.\n");
    let ran = shop.run(&["customer", "show", "99"]);
    assert_eq!((ran.out.as_str(), ran.err.as_str()), ("", "rentbook: there is no customer 99 in this book\n"));
}

// F109
#[test]
fn a_list_is_one_object_whatever_was_searched_for() {
    let shop = Shop::with_order("2026-03-02");
    shop.does(&["group", "add", "--name", "Acme"]);
    for letter in ["a", "%", "ﷺ", "1", "東"] {
        let long = letter.repeat(1_000);
        for noun in ["group", "customer", "payment", "invoice", "subscription", "order", "product", "asset", "outbox"] {
            let ran = shop.run(&[noun, "list", "--query", &long, "--json"]);
            if ran.code == 2 && ran.err.contains("unexpected argument") {
                continue;
            }
            assert_eq!(ran.code, 0, "{noun} {letter}: {}{}", ran.out, ran.err);
            assert!(ran.json()["total"].is_number(), "{noun}: {}", ran.out);
        }
    }
    // What is typed beyond the longest search counts for nothing, as on screen.
    let padded = format!("Acme{}x", " ".repeat(300));
    assert_eq!(shop.does(&["group", "list", "--query", &padded])["total"], 1);
}
