//! Files beside what is booked, and places whose names are no text.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;
use std::process::Command;

use super::Shop;
use crate::papers::letters::LETTERS;
use crate::papers::made::{logo, noise};

/// Ana with an invoice over 50.00.
fn one() -> Shop {
    let shop = Shop::with_ana("2026-03-02");
    shop.does(&["invoice", "new", "--customer", "1", "--line", "Cleaning;1;50"]);
    shop
}

fn open_of(shop: &Shop, number: &str) -> String {
    shop.does(&["invoice", "show", number])["open"].as_str().unwrap().to_owned()
}

// F18
#[test]
fn nothing_is_booked_where_its_file_cannot_be_made() {
    let shop = one();
    let (there, folder) = (shop.at("there.pdf"), shop.at("folder"));
    fs::write(&there, "mine").unwrap();
    fs::create_dir(&folder).unwrap();
    let long = shop.at(&"x".repeat(300));
    let credit = |file: &Path| {
        ["invoice", "credit", "2026-0001", "--amount", "10", "--reason", "late", "--pdf", file.to_str().unwrap()]
            .map(str::to_owned)
    };
    for file in [&there, &folder, &shop.at("none/a.pdf"), &long] {
        let words = credit(file);
        let (_, message) = shop.refuses(3, &words.each_ref().map(String::as_str));
        assert!(message.ends_with("Nothing was changed in the book."), "{message}");
        assert_eq!(open_of(&shop, "2026-0001"), "50.00", "{message}");
    }
    shop.refuses(2, &["invoice", "credit", "2026-0001", "--amount", "10", "--reason", "late", "--force"]);
    let mut words = credit(&there).to_vec();
    words.push("--force".to_owned());
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    assert_eq!(shop.does(&words)["file"], there.to_str().unwrap());
    assert!(fs::read(&there).unwrap().starts_with(b"%PDF-"));
    assert_eq!(open_of(&shop, "2026-0001"), "40.00");
}

// F18, F39
#[test]
fn a_message_is_queued_only_where_its_file_can_be_written() {
    let shop = one();
    let folder = shop.at("mail");
    let words = ["invoice", "send", "2026-0001", "--eml", folder.to_str().unwrap()];
    let (kind, message) = shop.refuses(1, &words);
    assert!(message.contains("settings, email"), "{kind}: {message}");
    assert_eq!(shop.does(&["outbox", "list"])["total"], 0);
    shop.does(&["settings", "set", "email", "rent@harbour.example"]);
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("2026-0001-1.eml"), "of another book").unwrap();
    let sent = shop.does(&words);
    assert!(sent["rows"][0]["file"].as_str().unwrap().ends_with("2026-0001-1-2.eml"), "{sent}");
    assert_eq!(fs::read(folder.join("2026-0001-1.eml")).unwrap(), b"of another book");
    let there = folder.join("2026-0001-1.eml");
    let (kind, _) = shop.refuses(3, &["outbox", "show", "1", "--eml", there.to_str().unwrap()]);
    assert_eq!(kind, "already_there");
    shop.does(&["outbox", "show", "1", "--force", "--eml", there.to_str().unwrap()]);
}

// F18
#[test]
fn a_file_that_fails_after_booking_never_says_that_nothing_happened() {
    let shop = one();
    let picture = shop.at("logo.png");
    // Its PDF is larger than a file may become below, and what is booked is smaller.
    fs::write(&picture, noise(500, 500)).unwrap();
    shop.does(&["settings", "logo", picture.to_str().unwrap()]);
    shop.does(&["invoice", "new", "--customer", "1", "--line", "Repair;1;50"]);
    let beside = rentbook::store::Book::open(&shop.book(), rentbook::store::Access::ReadWrite, crate::a_shop::now());
    let beside = beside.unwrap();
    let pdf = shop.at("note.pdf");
    let script = "trap '' XFSZ; ulimit -f 600; exec \"$0\" \"$@\"";
    let ran = Command::new("sh")
        .args(["-c", script, env!("CARGO_BIN_EXE_rentbook"), "--json", "invoice", "credit", "2026-0002"])
        .args(["--amount", "10", "--reason", "late", "--pdf"])
        .arg(&pdf)
        .env("RENTBOOK_BOOK", shop.book())
        .env("RENTBOOK_TODAY", "2026-03-02")
        .env("HOME", shop.at("home"))
        .env("XDG_STATE_HOME", shop.at("home"))
        .output()
        .unwrap();
    beside.close().unwrap();
    let said = String::from_utf8(ran.stderr).unwrap();
    assert_eq!(ran.status.code(), Some(3), "{said}");
    assert!(said.contains("CN-2026-0001") && said.contains("could not be written"), "{said}");
    assert!(!said.contains("Nothing was changed"), "{said}");
    let json: serde_json::Value = serde_json::from_slice(&ran.stdout).unwrap();
    let error = (&json["error"]["kind"], &json["error"]["number"]);
    assert_eq!(error, (&"file_after_booking".into(), &"CN-2026-0001".into()));
    assert!(!pdf.exists());
    assert_eq!(open_of(&shop, "2026-0002"), "40.00");
}

// F103, F104
#[test]
fn a_logo_and_a_font_are_tried_before_they_are_kept_and_a_bad_one_of_old_stops_no_paper() {
    let shop = one();
    let (picture, font) = (shop.at("logo.png"), shop.at("font.ttf"));
    fs::write(&picture, logo(120, 60).split_at(5_000).0).unwrap();
    let (_, message) = shop.refuses(1, &["settings", "logo", picture.to_str().unwrap()]);
    assert!(message.contains("cannot be read"), "{message}");
    let mut damaged = LETTERS.to_vec();
    let end = damaged.len();
    damaged[end / 2..].fill(0xff);
    fs::write(&font, damaged).unwrap();
    let (_, message) = shop.refuses(1, &["settings", "font", font.to_str().unwrap()]);
    assert!(message.contains("font"), "{message}");
    // A book of before: nothing tried its logo.
    let book = crate::a_shop::other_program(&shop.book());
    book.execute("UPDATE shop SET logo = ?1, version = version + 1", [logo(120, 60).split_at(5_000).0]).unwrap();
    drop(book);
    shop.does(&["invoice", "new", "--customer", "1", "--line", "Repair;1;50"]);
    let pdf = shop.at("a.pdf");
    let printed = shop.does(&["invoice", "pdf", "2026-0002", pdf.to_str().unwrap()]);
    assert_eq!(printed["left_out"], serde_json::json!(["logo"]));
    let ran = shop.run(&["invoice", "pdf", "--force", "2026-0002", pdf.to_str().unwrap()]);
    assert!(
        ran.out.contains("The logo of this paper cannot be printed") && ran.err.is_empty(),
        "{}{}",
        ran.out,
        ran.err
    );
    let folder = shop.at("all");
    let ran = shop.run(&["invoice", "pdf", "--all", folder.to_str().unwrap()]);
    assert!(ran.out.contains("2026-0002: The logo"), "{}", ran.out);
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 2);
}

fn runs(book: &Path, home: &Path, words: &[&OsStr]) -> (i32, String) {
    let ran = Command::new(env!("CARGO_BIN_EXE_rentbook"))
        .args(["--json", "--book"])
        .arg(book)
        .args(words)
        .env("RENTBOOK_TODAY", "2026-03-02")
        .env("RENTBOOK_OPERATOR", "mia")
        .env("HOME", home)
        .env("XDG_STATE_HOME", home)
        .env("XDG_DATA_HOME", home)
        .output()
        .unwrap();
    let said = [ran.stdout, ran.stderr].map(|bytes| String::from_utf8(bytes).unwrap()).concat();
    (ran.status.code().unwrap(), said)
}

// F104
#[test]
fn a_name_that_is_no_text_stops_no_command() {
    let shop = Shop::empty("2026-03-02");
    let odd = |name: &str| [OsStr::new(name), OsStr::from_bytes(b"-\xff\xfe")].join(OsStr::new(""));
    let folder = shop.at("").join(odd("f"));
    fs::create_dir(&folder).unwrap();
    let picture = folder.join(odd("logo"));
    fs::write(&picture, logo(20, 10)).unwrap();
    let book = folder.join(odd("book"));
    let file = |name: &str| folder.join(odd(name)).into_os_string();
    let word = |text: &str| OsString::from(text);
    let with = |text: &str, rest: Vec<OsString>| text.split(' ').map(word).chain(rest).collect::<Vec<_>>();
    let all = vec![
        with("init --name Harbour --currency USD --country US --email", vec![word("rent@harbour.example")]),
        with("customer add --first Ana --last Delgado --email ana@example.com", vec![]),
        with("product add --name Laptop --variant Small --price 89", vec![]),
        with("order add --customer 1 --item 1 --months 3 --confirm", vec![]),
        with("settings logo", vec![picture.clone().into_os_string()]),
        with("invoice pdf 2026-0001", vec![file("a.pdf")]),
        with("invoice pdf --all", vec![file("papers")]),
        with("invoice statement --customer 1 --from 2026-01-01", vec![file("s.pdf")]),
        with("invoice credit 2026-0001 --amount 10 --reason late --pdf", vec![file("n.pdf")]),
        with("invoice send 2026-0001 --eml", vec![file("mail")]),
        with("outbox show 1 --eml", vec![file("m.eml")]),
        with("order agreement 1", vec![file("g.pdf")]),
        with("pay 2026-0001", vec![]),
        with("receipt pdf R-2026-0001", vec![file("r.pdf")]),
        with("customer list --csv", vec![file("c.csv")]),
        with("customer export 1", vec![folder.join(OsStr::from_bytes(b"\xff.json")).into_os_string()]),
        with("backup", vec![]),
        with("backup", vec![file("b.db")]),
        with("check --deep", vec![]),
        with("restore", vec![file("b.db")]),
        with("customer list", vec![]),
    ];
    for words in &all {
        let words: Vec<&OsStr> = words.iter().map(OsString::as_os_str).collect();
        let (code, said) = runs(&book, &shop.at("home"), &words);
        assert_eq!(code, 0, "{words:?}: {said}");
    }
    let demo = folder.join(odd("demo"));
    let words = ["demo", "--customers", "3", "--months", "1"].map(OsStr::new);
    let (code, said) = runs(&demo, &shop.at("home"), &words);
    assert_eq!(code, 0, "{said}");
    for words in [with("settings font", vec![file("none")]), with("invoice pdf 2026-0001", vec![file("none/a.pdf")])] {
        let words: Vec<&OsStr> = words.iter().map(OsString::as_os_str).collect();
        let (code, said) = runs(&book, &shop.at("home"), &words);
        assert_eq!(code, 3, "{words:?}: {said}");
    }
}
