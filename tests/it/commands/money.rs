//! What becomes of money, by commands: refunds, credit, credit notes, disputes, tries, checks, methods, receipts.

use super::Shop;

/// Ana with an invoice over two lines: 100.00 and 20.00, no tax.
fn invoiced() -> Shop {
    let shop = Shop::with_ana("2025-11-17");
    shop.does(&["invoice", "new", "--customer", "1", "--line", "Repair;1;100", "--line", "Parts;2;10"]);
    shop
}

#[test]
fn money_goes_back_and_every_step_is_taken_back() {
    let shop = invoiced();
    let paid = shop.does(&["pay", "2025-0001", "--method", "cash"]);
    assert_eq!(paid["receipt"], "R-2025-0001");
    let back = shop.does(&["refund", "2025-0001", "--amount", "30", "--reason", "early_return", "--with-credit-note"]);
    assert_eq!((&back["refunded"], &back["credit_notes"][0]), (&"30.00".into(), &"CN-2025-0001".into()));
    assert_eq!(shop.does(&["invoice", "show", "2025-0001"])["open"], "0.00");
    let more = shop.refuses(1, &["refund", "R-2025-0001", "--amount", "90.01", "--reason", "dispute", "--still-owed"]);
    assert!(more.1.contains("never more than was received"), "{more:?}");
    // F5: a dispute does not tell whether it is owed again.
    let asked = shop.refuses(1, &["refund", "R-2025-0001", "--amount", "90", "--reason", "dispute"]);
    assert_eq!(asked.0, "invalid");
    shop.does(&["refund", "R-2025-0001", "--amount", "90", "--reason", "dispute", "--still-owed"]);
    assert_eq!(shop.does(&["invoice", "show", "2025-0001"])["open"], "90.00");
    assert_eq!(shop.does(&["receipt", "show", "R-2025-0001"])["refunded"], "120.00");
    assert_eq!(shop.refuses(1, &["refund", "nothing", "--reason", "other"]).0, "unknown");
    shop.does(&["undo"]);
    shop.does(&["undo"]);
    assert_eq!(shop.does(&["receipt", "show", "R-2025-0001"])["refunded"], "0.00");
    assert_eq!(shop.does(&["check"])["ok"], true);
}

#[test]
fn credit_is_noted_shown_used_and_written_off() {
    let shop = invoiced();
    shop.does(&["pay", "2025-0001"]);
    let note = shop.does(&["invoice", "credit", "2025-0001", "--line", "2", "--line", "1=15", "--reason", "scratched"]);
    assert_eq!((&note["total"], &note["freed"]), (&"35.00".into(), &"35.00".into()));
    let file = shop.at("note.pdf");
    let printed =
        ["invoice", "credit", "2025-0001", "--amount", "1", "--reason", "more", "--pdf", file.to_str().unwrap()];
    shop.does(&printed);
    assert!(std::fs::read(&file).unwrap().starts_with(b"%PDF"));
    shop.does(&["undo"]);
    assert_eq!(shop.does(&["credit", "show", "--customer", "1"])["credit"], "35.00");
    shop.does(&["invoice", "new", "--customer", "1", "--line", "Case;1;50"]);
    let used = shop.does(&["credit", "use", "2025-0002"]);
    assert_eq!(
        (&used["allocations"][0]["amount"], &used["allocations"][0]["is_paid"]),
        (&"35.00".into(), &false.into())
    );
    let off = shop.does(&["writeoff", "2025-0002", "--reason", "moved away"]);
    // F31: nobody paid it.
    assert_eq!((&off["status"], &off["open"]), (&"written_off".into(), &"0.00".into()));
    assert_eq!(
        (&off["paid"], &off["written_off"], &off["credited"]),
        (&"35.00".into(), &"15.00".into(), &"0.00".into())
    );
    let count = |status: &str| shop.does(&["invoice", "list", "--status", status])["total"].as_i64().unwrap();
    assert_eq!((count("written_off"), count("credited"), count("paid"), count("paid,written_off")), (1, 0, 1, 2));
    assert_eq!(shop.refuses(1, &["writeoff", "2025-0002", "--reason", "again"]).0, "nothing_open");
    assert_eq!(shop.does(&["check"])["ok"], true);
}

#[test]
fn a_payment_is_tried_again_disputed_waived_and_cancelled() {
    let shop = invoiced();
    let card = ["customer", "method", "add", "1", "--method", "card", "--brand", "Visa", "--last-four", "4242"];
    let card = shop.does(&[&card[..], &["--expires", "09/27"]].concat());
    assert_eq!((&card["default"], &card["expires"]), (&true.into(), &"09/27".into()));
    let number = ["customer", "method", "add", "1", "--method", "card", "--last-four", "4242424242424242"];
    assert_eq!(shop.refuses(1, &[&number[..], &["--expires", "09/27"]].concat()).0, "invalid");
    shop.does(&["payment", "fail", "1", "--reason", "insufficient funds"]);
    assert_eq!(shop.does(&["payment", "retry", "1", "--method", "1", "--sent"])["status"], "processing");
    assert_eq!(shop.does(&["payment", "release", "1"])["status"], "pending");
    assert_eq!(shop.does(&["payment", "retry", "1", "--declined", "expired card"])["status"], "failed");
    let shown = shop.does(&["payment", "show", "1"]);
    let reasons: Vec<&str> =
        shown["charges"].as_array().unwrap().iter().filter_map(|one| one["reason"].as_str()).collect();
    assert_eq!(reasons, ["insufficient_funds", "expired_card"]);
    assert_eq!(shop.does(&["payment", "dispute", "1", "--reason", "was broken"])["disputed"], true);
    assert_eq!(shop.does(&["payment", "list", "--disputed"])["total"], 1);
    assert_eq!(shop.refuses(1, &["payment", "retry", "1"]).0, "disputed");
    assert_eq!(shop.does(&["payment", "dispute", "1", "--close", "adjusted"])["disputed"], false);
    assert_eq!(shop.does(&["payment", "retry", "1", "--method", "1", "--reference", "ch_1"])["status"], "paid");
    // F67
    assert_eq!(
        shop.does(&["payment", "show", "1"])["card"],
        serde_json::json!({ "brand": "Visa", "last_four": "4242" })
    );
    assert_eq!(shop.does(&["payment", "show", "2"])["card"], serde_json::Value::Null);
    assert_eq!(shop.does(&["payment", "waive", "2", "--reason", "good will"])["status"], "cancelled");
    shop.does(&["undo"]);
    assert_eq!(shop.does(&["payment", "cancel", "2", "--reason", "not_needed"])["status"], "cancelled");
    assert_eq!(shop.does(&["customer", "method", "remove", "1"])["removed"], true);
    assert_eq!(shop.does(&["customer", "method", "list", "1"])["total"], 0);
    assert_eq!(shop.does(&["check"])["ok"], true);
}

#[test]
fn a_check_clears_or_bounces_and_receipts_are_printed() {
    let shop = invoiced();
    shop.does(&["pay", "2025-0001", "--method", "check"]);
    assert_eq!(shop.does(&["payment", "show", "1"])["status"], "processing");
    assert_eq!(shop.does(&["receipt", "clear", "R-2025-0001"])["status"], "cleared");
    assert_eq!(shop.does(&["receipt", "bounce", "R-2025-0001"])["status"], "reversed");
    assert_eq!(shop.does(&["payment", "show", "1"])["status"], "failed");
    let file = shop.at("receipt.pdf");
    shop.does(&["receipt", "pdf", "R-2025-0001", file.to_str().unwrap()]);
    assert!(std::fs::read(&file).unwrap().starts_with(b"%PDF"));
    assert_eq!(shop.does(&["receipt", "list", "--customer", "1"])["total"], 1);
    assert_eq!(shop.does(&["check"])["ok"], true);
}

#[test]
fn money_is_parted_by_hand_and_several_receipts_are_one_step() {
    let shop = invoiced();
    shop.does(&["invoice", "new", "--customer", "1", "--line", "Case;1;50"]);
    let parted = shop.does(&["pay", "--part", "2025-0001=20", "--part", "2025-0002=30"]);
    assert_eq!((&parted["allocations"].as_array().unwrap().len(), &parted["credit"]), (&2, &"0.00".into()));
    assert_eq!(shop.refuses(1, &["pay", "--part", "2025-0002=20.01"]).0, "part_too_large");
    let each = ["pay", "--each", "2025-0001;2025-11-17;BT-1", "--each", "2025-0002;2025-11-17;BT-2"];
    assert_eq!(shop.does(&each)["total"], 2);
    assert_eq!(shop.does(&["payment", "list", "--view", "open"])["total"], 0);
    shop.does(&["undo"]);
    assert_eq!(shop.does(&["invoice", "show", "2025-0002"])["open"], "20.00");
}

#[test]
fn the_next_period_is_billed_ahead_or_cancelled() {
    let shop = Shop::with_order("2025-11-17");
    let ahead = shop.does(&["payment", "ahead", "1"]);
    assert_eq!((&ahead["status"], &ahead["period_start"]), (&"pending".into(), &"2025-12-17".into()));
    let cancelled = shop.does(&["payment", "cancel", "--subscription", "1", "--reason", "not_needed"]);
    assert_eq!((&cancelled["status"], &cancelled["period_start"]), (&"cancelled".into(), &"2026-01-17".into()));
    assert_eq!(shop.does(&["check"])["ok"], true);
}

// F32
#[test]
fn a_credit_note_is_a_document_like_an_invoice() {
    let shop = invoiced();
    let number = shop.does(&["invoice", "list"])["rows"][0]["number"].as_str().unwrap().to_owned();
    let note = shop.does(&["invoice", "credit", &number, "--amount", "10", "--reason", "late"])["number"].clone();
    let note = note.as_str().unwrap();
    let listed = shop.does(&["invoice", "list", "--kind", "credit_note"]);
    let row = &listed["rows"][0];
    assert_eq!((&listed["total"], &row["number"], &row["status"]), (&1.into(), &note.into(), &"issued".into()));
    assert_eq!((&row["invoice"], &row["total"]), (&number.as_str().into(), &"10.00".into()));
    assert_eq!(shop.does(&["invoice", "list", "--kind", "credit_note", "--query", "%"])["total"], 0);
    assert_eq!(shop.does(&["invoice", "list", "--kind", "credit_note", "--query", note])["total"], 1);
    let shown = shop.does(&["invoice", "show", note]);
    assert_eq!((&shown["kind"], &shown["total"]), (&"credit_note".into(), &"10.00".into()));
    let file = shop.at("note.pdf");
    assert_eq!(shop.does(&["invoice", "pdf", note, file.to_str().unwrap()])["number"], note);
    assert!(std::fs::read(&file).unwrap().starts_with(b"%PDF"));
    shop.does(&["undo"]);
    assert_eq!(shop.does(&["invoice", "show", note])["status"], "taken_back");
    // It stays on the statement, its counter entry after it.
    let words = ["invoice", "statement", "--customer", "1", "--from", "2020-01-01"];
    let statement = shop.does(&words);
    let moved: Vec<&str> = statement["rows"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|row| row.to_string().contains(note))
        .map(|row| row["amount"].as_str().unwrap())
        .collect();
    assert_eq!(moved, ["-10.00", "10.00"]);
}
