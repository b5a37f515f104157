//! What people and scripts get wrong: each has its exit code and a sentence, and nothing is written.

use std::fs;
use std::process::{Command, Stdio};

use super::Shop;

#[test]
fn what_is_typed_wrong_is_refused_with_its_exit_code() {
    let shop = Shop::with_order("2024-01-01");
    let order = ["order", "add", "--customer", "1", "--item", "1", "--months", "12"];
    let with = |more: &[&'static str]| [&order[..], more].concat();
    let long = "x".repeat(120_000);
    let cases: &[(i32, &str, Vec<&str>)] = &[
        (2, "usage", with(&["--start", "2026-02-30"])),
        (2, "usage", with(&["--start", "01/02/2026"])),
        (2, "usage", with(&["--every", "week"])),
        (1, "invalid", with(&["--price", "1.2.3"])),
        (1, "invalid", with(&["--price", "-5"])),
        (1, "invalid", with(&["--price", "1000000000000000000"])),
        (1, "invalid", with(&["--price", "1e5"])),
        (1, "invalid", with(&["--price", "٣"])),
        (1, "invalid", with(&["--price", "1.234"])),
        (1, "invalid", with(&["--quantity", "0"])),
        (1, "invalid", with(&["--anchor-day", "32"])),
        (1, "invalid", vec!["order", "add", "--customer", "1", "--item", "1", "--months", "0"]),
        (1, "invalid", vec!["order", "add", "--customer", "1", "--item", "1", "--months", "601"]),
        (1, "unknown", vec!["order", "add", "--customer", "99", "--item", "1", "--months", "12"]),
        (1, "unknown", vec!["order", "add", "--customer", "1", "--item", "99", "--months", "12"]),
        (2, "usage", vec!["order", "add", "--customer", "one", "--item", "1", "--months", "12"]),
        (2, "usage", vec!["order", "add", "--customer", "1", "--item", "1;2;3", "--months", "12"]),
        (2, "usage", vec!["order", "add", "--customer", "1", "--item", "1"]),
        (1, "unknown", vec!["customer", "show", "99"]),
        (1, "unknown", vec!["order", "show", "99"]),
        (1, "unknown", vec!["subscription", "show", "99"]),
        (1, "unknown", vec!["payment", "show", "99"]),
        (1, "unknown", vec!["payment", "process", "99"]),
        (1, "unknown", vec!["invoice", "show", "2024-9999"]),
        (1, "unknown", vec!["group", "show", "99"]),
        (1, "unknown", vec!["undo", "9999"]),
        (1, "unknown", vec!["pay", "2024-9999"]),
        (2, "usage", vec!["pay"]),
        (1, "over_paid", vec!["pay", "2024-0001", "--amount", "90"]),
        (1, "invalid", vec!["pay", "2024-0001", "--amount", "0"]),
        (1, "invalid", vec!["pay", "2024-0001", "--on", "2024-01-02"]),
        (2, "usage", vec!["pay", "2024-0001", "--method", "barter"]),
        (1, "invalid", vec!["customer", "add"]),
        (1, "invalid", vec!["customer", "add", "--last", "B", "--email", "no-address"]),
        (1, "invalid", vec!["customer", "add", "--last", "B", "--kind", "ghost"]),
        (1, "invalid", vec!["customer", "add", "--last", &long]),
        (1, "invalid", vec!["settings", "set", "no_such", "1"]),
        (1, "invalid", vec!["settings", "set", "currency", "XXQ"]),
        (1, "invalid", vec!["invoice", "new", "--customer", "1", "--line", "Fee;1;x"]),
        (2, "usage", vec!["invoice", "new", "--customer", "1", "--line", "Fee"]),
        (2, "usage", vec!["payment", "list", "--status", "late"]),
        (2, "usage", vec!["payment", "list", "--sort", "colour"]),
        (2, "usage", vec!["no-such-command"]),
        (2, "usage", vec!["customer"]),
        (2, "usage", vec!["check", "--today", "2024-13-01"]),
        (1, "view_only", vec!["customer", "add", "--last", "B", "--view-only"]),
    ];
    for (code, kind, words) in cases {
        let found = shop.refuses(*code, words);
        assert_eq!(found.0, *kind, "{words:?}: {}", found.1);
        assert!(found.1.len() < 20_000, "{} bytes of message", found.1.len());
    }
    assert_eq!(shop.does(&["order", "list"])["total"], 1);
    assert_eq!(shop.does(&["customer", "list"])["total"], 1);
    assert_eq!(shop.does(&["check"])["ok"], true);
}

#[test]
fn a_discount_is_no_line_below_zero() {
    let shop = Shop::with_order("2024-01-01");
    for discount in ["Discount;1;-2", "Discount;-1;2"] {
        let words = ["invoice", "new", "--customer", "1", "--line", "Fee;1;10", "--line", discount];
        let (kind, message) = shop.refuses(1, &words);
        assert!(kind == "invalid" && message.contains("credit note"), "{message}");
    }
}

#[test]
fn a_card_number_is_refused_with_why_and_kept_nowhere() {
    let shop = Shop::with_order("2024-01-01");
    let card = "4111 1111 1111 1111";
    for words in [
        &["pay", "2024-0001", "--reference", card][..],
        &["customer", "note", "1", "--summary", card],
        &["customer", "add", "--last", card],
        &["invoice", "new", "--customer", "1", "--line", "card 4111111111111111;1;5;0"],
    ] {
        let (_, message) = shop.refuses(1, words);
        assert!(message.contains("card number") && !message.contains("4111"), "{words:?}: {message}");
    }
    for entry in fs::read_dir(shop.at(".")).unwrap() {
        let path = entry.unwrap().path();
        let bytes = fs::read(&path).unwrap_or_default();
        assert!(!bytes.windows(8).any(|part| part == b"41111111" || part == b"4111 111"), "{}", path.display());
    }
}

#[test]
fn nothing_that_moves_a_terminal_gets_in_or_out() {
    let shop = Shop::with_ana("2024-01-01");
    let evil = "Ev\u{1b}[31mil\u{202e}\u{200b}\u{7}\u{9b}2J";
    let added = shop.does(&["customer", "add", "--first", evil, "--last", "Name"]);
    assert_eq!(added["first_name"], "Evil");
    for words in [&["customer", "show", evil][..], &[evil], &["customer", "list", "--kind", evil, "--json"]] {
        let ran = shop.run(words);
        assert_eq!(ran.code, 2, "{words:?}");
        for text in [&ran.out, &ran.err] {
            assert!(!text.chars().any(|c| (c.is_control() && c != '\n') || c == '\u{202e}'), "{text:?}");
        }
    }
}

#[test]
fn every_book_that_cannot_be_opened_has_its_sentence() {
    let shop = Shop::empty("2024-01-01");
    let (kind, message) = shop.refuses(3, &["check"]);
    assert_eq!(kind, "missing");
    assert!(message.contains("rentbook init") && message.contains("rentbook demo"), "{message}");
    fs::write(shop.book(), "no book at all, but long enough to be read as the head of something").unwrap();
    assert_eq!(shop.refuses(3, &["check"]).0, "not_a_database");
    fs::write(shop.book(), "").unwrap();
    assert_eq!(shop.refuses(3, &["customer", "list"]).0, "empty");
    fs::remove_file(shop.book()).unwrap();
    fs::create_dir(shop.book()).unwrap();
    assert_eq!(shop.refuses(3, &["run"]).0, "folder");
    let good = Shop::with_ana("2024-01-01");
    let mut bytes = fs::read(good.book()).unwrap();
    bytes[60..64].copy_from_slice(&99_u32.to_be_bytes());
    fs::write(good.book(), bytes).unwrap();
    assert_eq!(good.refuses(3, &["report", "summary"]).0, "newer_version");
}

#[test]
fn a_shop_that_is_refused_leaves_no_file_and_one_that_stands_is_kept() {
    let shop = Shop::empty("2024-01-01");
    for words in [
        &["init", "--name", "H", "--currency", "EURO"][..],
        &["init", "--name", " ", "--currency", "EUR"],
        &["init", "--name", "H", "--currency", "EUR", "--iban", "DE00 0000"],
        &["init", "--name", "H", "--currency", "EUR", "--tax-rate", "-1"],
        &["init", "--name", "H", "--currency", "EUR", "--number-format", "{year}"],
    ] {
        assert_eq!(shop.refuses(1, words).0, "invalid", "{words:?}");
    }
    assert_eq!(fs::read_dir(shop.at(".")).unwrap().count(), 0);
    shop.does(&["init", "--name", "H", "--currency", "EUR"]);
    let before = fs::read(shop.book()).unwrap();
    assert_eq!(shop.refuses(3, &["init", "--name", "H", "--currency", "EUR"]).0, "already_there");
    assert_eq!(shop.refuses(3, &["demo"]).0, "already_there");
    assert!(fs::read(shop.book()).unwrap() == before, "the book that stood there was touched");
}

#[test]
fn the_same_money_twice_is_asked_about() {
    let shop = Shop::with_order("2024-01-01");
    let pay = ["pay", "--customer", "1", "--amount", "40", "--reference", "BT-1"];
    shop.does(&pay);
    assert_eq!(shop.refuses(1, &pay).0, "repeated");
    assert_eq!(shop.does(&[&pay[..], &["--again"]].concat())["receipt"], "R-2024-0002");
    assert_eq!(shop.does(&["pay", "2024-0001", "--amount", "10", "--keep-credit"])["credit"], "1.00");
}

#[test]
fn without_a_terminal_the_interface_says_so_and_a_closed_pipe_ends_quietly() {
    let shop = Shop::with_order("2024-01-01");
    assert_eq!(shop.refuses(2, &[]).0, "usage");
    let mut child = Command::new(env!("CARGO_BIN_EXE_rentbook"))
        .args(["man"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), &b""[..]));
}
