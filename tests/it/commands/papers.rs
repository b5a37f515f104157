//! Papers, messages, reviews and groups from the command line.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::process::Command;

use super::Shop;
use crate::papers::letters::{ARABIC, LETTERS};
use crate::papers::made::logo;

/// Ana with three invoices of extra lines.
fn three() -> Shop {
    let shop = Shop::with_ana("2026-03-02");
    shop.does(&["settings", "set", "email", "rent@harbour.example"]);
    for text in ["Cleaning", "Repair", "Delivery"] {
        shop.does(&["invoice", "new", "--customer", "1", "--line", &format!("{text};1;50")]);
    }
    shop
}

#[test]
fn many_papers_go_into_a_folder_and_one_that_is_there_stops_only_itself() {
    let shop = three();
    let folder = shop.at("papers");
    let path = folder.to_str().unwrap();
    let printed = shop.does(&["invoice", "pdf", "--all", path]);
    assert_eq!((&printed["total"], &printed["failed"]), (&3.into(), &serde_json::json!([])));
    let mut names: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    assert_eq!(names, ["2026-0001-Delgado-Ana.pdf", "2026-0002-Delgado-Ana.pdf", "2026-0003-Delgado-Ana.pdf"]);
    fs::remove_file(folder.join("2026-0003-Delgado-Ana.pdf")).unwrap();
    let ran = shop.run(&["invoice", "pdf", "--all", path, "--json"]);
    let error = &ran.json()["error"];
    assert_eq!((ran.code, &error["kind"], &error["total"]), (1, &"not_all_printed".into(), &1.into()));
    assert_eq!(error["failed"].as_array().unwrap().len(), 2);
    assert!(folder.join("2026-0003-Delgado-Ana.pdf").exists());
    assert_eq!(shop.does(&["invoice", "pdf", "--view", "open", "--force", path])["total"], 3);
    assert_eq!(shop.does(&["invoice", "pdf", "--view", "paid", path])["total"], 0);
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 3, "no half file lies there");
}

#[test]
fn a_folder_that_cannot_be_written_is_told_before_anything_is_printed() {
    let shop = three();
    let folder = shop.at("closed");
    fs::create_dir(&folder).unwrap();
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o500)).unwrap();
    let inside = folder.join("papers");
    let may_write = fs::create_dir(&inside).is_ok();
    if !may_write {
        let (kind, _) = shop.refuses(3, &["invoice", "pdf", "--all", inside.to_str().unwrap()]);
        assert_eq!(kind, "file");
    }
    fs::write(shop.at("file"), "x").unwrap();
    let (kind, _) = shop.refuses(3, &["invoice", "pdf", "--all", shop.at("file").to_str().unwrap()]);
    assert_eq!(kind, "already_there");
    shop.refuses(2, &["invoice", "pdf", "--all", "2026-0001", folder.to_str().unwrap()]);
    shop.refuses(2, &["invoice", "pdf", folder.to_str().unwrap()]);
}

#[test]
fn a_number_that_looks_like_a_path_stays_in_its_folder() {
    let shop = Shop::with_ana("2026-03-02");
    shop.does(&["settings", "set", "invoice_numbers", "../../x/{year}-{seq}"]);
    shop.does(&["settings", "set", "email", "rent@harbour.example"]);
    shop.does(&["invoice", "new", "--customer", "1", "--line", "Cleaning;1;50"]);
    let folder = shop.at("papers");
    fs::create_dir(&folder).unwrap();
    let path = format!("{}/", folder.display());
    let printed = shop.does(&["invoice", "pdf", "../../x/2026-1", &path]);
    let file = printed["file"].as_str().unwrap();
    assert!(file.starts_with(folder.to_str().unwrap()) && !file.contains(".."), "{file}");
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 1);
    shop.does(&["invoice", "send", "../../x/2026-1", "--eml", folder.to_str().unwrap()]);
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 2);
}

#[test]
fn an_invoice_is_sent_and_withdrawn() {
    let shop = three();
    let folder = shop.at("mail");
    let sent = shop.does(&["invoice", "send", "2026-0001", "--eml", folder.to_str().unwrap()]);
    assert_eq!((&sent["queued"], &sent["rows"][0]["recipient"]), (&1.into(), &"ana@example.com".into()));
    let eml = fs::read_to_string(sent["rows"][0]["file"].as_str().unwrap()).unwrap();
    assert!(eml.contains("Subject: Invoice 2026-0001 from Harbour") && eml.contains("application/pdf"), "{eml}");
    shop.does(&["undo"]);
    let (_, message) = shop.refuses(1, &["invoice", "send", "2026-0001", "--to", "nobody"]);
    assert!(message.contains("nobody"), "{message}");
    let again = shop.does(&["invoice", "void", "2026-0002", "--reason", "wrong", "--again"]);
    assert_eq!((&again["number"], &again["status"]), (&"2026-0004".into(), &"unpaid".into()));
    assert_eq!(shop.does(&["invoice", "show", "2026-0002"])["status"], "void");
    assert_eq!(shop.does(&["check"])["ok"], true);
}

/// Runs a command that may write files of at most 10 kB: less than a paper needs, as on a disk that fills up.
pub fn on_a_full_disk(shop: &Shop, words: &[&str]) -> (i32, String) {
    let script = "trap '' XFSZ; ulimit -f 20; exec \"$0\" \"$@\"";
    let ran = Command::new("sh")
        .args(["-c", script, env!("CARGO_BIN_EXE_rentbook"), "--json", "--view-only"])
        .args(words)
        .env("RENTBOOK_BOOK", shop.book())
        .env("RENTBOOK_TODAY", "2026-03-02")
        .env("HOME", shop.at("home"))
        .env("XDG_STATE_HOME", shop.at("home"))
        .output()
        .unwrap();
    (ran.status.code().unwrap(), String::from_utf8(ran.stderr).unwrap())
}

#[test]
fn a_disk_that_fills_up_leaves_the_old_paper_and_no_half_one() {
    let shop = three();
    let folder = shop.at("papers");
    fs::create_dir(&folder).unwrap();
    let paper = folder.join("2026-0001.pdf");
    shop.does(&["invoice", "pdf", "2026-0001", paper.to_str().unwrap()]);
    shop.does(&["invoice", "send", "2026-0001"]);
    let before = fs::read(&paper).unwrap();
    let eml = folder.join("one.eml");
    // Open beside, so that the book's own helper files have their size and only the papers lack room.
    let beside = rentbook::store::Book::open(&shop.book(), rentbook::store::Access::ReadWrite, crate::a_shop::now());
    let beside = beside.unwrap();
    for words in [
        vec!["invoice", "pdf", "--force", "2026-0001", paper.to_str().unwrap()],
        vec!["invoice", "pdf", "--force", "2026-0001", "2026-0002", folder.to_str().unwrap()],
        vec!["outbox", "show", "1", "--eml", eml.to_str().unwrap()],
    ] {
        let (code, said) = on_a_full_disk(&shop, &words);
        assert!(code != 0 && said.contains("File too large"), "{code}: {said}");
        assert!(fs::read(&paper).unwrap() == before, "{words:?}");
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 1, "{words:?} leaves nothing behind");
    }
    beside.close().unwrap();
    assert_eq!(shop.does(&["check"])["ok"], true);
}

#[test]
fn the_outbox_is_listed_read_and_emptied() {
    let shop = three();
    assert_eq!(shop.does(&["outbox", "list"])["total"], 0);
    shop.does(&["invoice", "send", "2026-0001", "2026-0002", "--to", "office@example.com"]);
    let list = shop.does(&["outbox", "list"]);
    assert_eq!(
        (&list["total"], &list["queued"], &list["sent"], &list["failed"]),
        (&2.into(), &2.into(), &0.into(), &0.into())
    );
    let newest = &list["rows"][0];
    assert_eq!(
        (&newest["id"], &newest["invoice"], &newest["status"]),
        (&2.into(), &"2026-0002".into(), &"queued".into())
    );
    assert_eq!(shop.does(&["outbox", "list", "--query", "2026-0001"])["total"], 1);
    let file = shop.at("one.eml");
    let shown = shop.does(&["outbox", "show", "1", "--eml", file.to_str().unwrap()]);
    assert_eq!(shown["recipient"], "office@example.com");
    assert!(shown["body"].as_str().unwrap().contains("2026-0001"), "{shown}");
    assert!(fs::read_to_string(&file).unwrap().contains("application/pdf"));
    assert_eq!(shop.does(&["outbox", "cancel", "1"])["cancelled"][0], 1);
    let (_, message) = shop.refuses(1, &["outbox", "cancel", "2", "1"]);
    assert!(message.contains("message 1 is cancelled"), "{message}");
    let list = shop.does(&["outbox", "list", "--status", "cancelled"]);
    assert_eq!((&list["total"], &list["queued"]), (&1.into(), &1.into()), "all are withdrawn or none");
    shop.refuses(1, &["outbox", "show", "9"]);
    assert_eq!(shop.does(&["check"])["ok"], true);
}

#[test]
fn drafts_are_approved_one_or_all() {
    let shop = Shop::with_ana("2026-03-02");
    let book =
        rentbook::store::Book::open(&shop.book(), rentbook::store::Access::ReadWrite, crate::a_shop::now()).unwrap();
    book.write(|db| db.execute("UPDATE collection_policy SET review_required = 1", &[])).unwrap();
    book.close().unwrap();
    for _ in 0..3 {
        let made = shop.does(&["invoice", "new", "--customer", "1", "--line", "Cleaning;1;50"]);
        assert_eq!((&made["number"], &made["status"]), (&serde_json::Value::Null, &"in_review".into()));
    }
    assert_eq!(shop.does(&["invoice", "list", "--status", "draft,in_review"])["total"], 3);
    let one = shop.does(&["invoice", "approve", "2"]);
    assert_eq!((&one["number"], &one["status"]), (&"2026-0001".into(), &"unpaid".into()));
    let rest = shop.does(&["invoice", "approve", "--all"]);
    assert_eq!((&rest["total"], &rest["rows"][1]["number"]), (&2.into(), &"2026-0003".into()));
    shop.refuses(1, &["invoice", "approve", "--all"]);
    shop.refuses(1, &["invoice", "approve", "2"]);
    shop.refuses(2, &["invoice", "approve"]);
}

#[test]
fn a_statement_is_shown_and_printed() {
    let shop = three();
    shop.does(&["pay", "2026-0001"]);
    let file = shop.at("account.pdf");
    let told = shop.does(&["invoice", "statement", "--customer", "1", "--from", "2026-03-01", file.to_str().unwrap()]);
    assert_eq!((&told["opening"], &told["closing"]), (&"0.00".into(), &"100.00".into()));
    assert_eq!(told["rows"].as_array().unwrap().len(), 4);
    assert_eq!((&told["aging"][0]["bucket"], &told["aging"][0]["amount"]), (&"current".into(), &"100.00".into()));
    assert!(fs::read(&file).unwrap().starts_with(b"%PDF-"));
    shop.refuses(1, &["invoice", "statement", "--customer", "1", "--from", "2026-03-03"]);
    shop.refuses(1, &["invoice", "statement", "--customer", "9", "--from", "2026-03-01"]);
    shop.refuses(2, &["invoice", "statement", "--from", "2026-03-01"]);
}

#[test]
fn a_group_is_changed_filled_by_email_and_invoiced_in_part() {
    let shop = Shop::with_ana("2026-03-02");
    shop.does(&["customer", "add", "--first", "Ben", "--last", "Ruiz", "--email", "ben@example.com"]);
    shop.does(&["group", "add", "--name", "Acme", "--billing-day", "20"]);
    let changed = shop.does(&["group", "edit", "1", "--email", "ap@acme.example", "--terms", "14"]);
    assert_eq!(
        (&changed["email"], &changed["terms"], &changed["name"]),
        (&"ap@acme.example".into(), &14.into(), &"Acme".into())
    );
    let members = shop.does(&["group", "members", "1", "--add", "ana@example.com", "--add", "Ruiz"]);
    assert_eq!(members["total"], 2);
    let (kind, _) = shop.refuses(1, &["group", "members", "1", "--add", "nobody@example.com"]);
    assert_eq!(kind, "unknown");
    for customer in ["1", "2"] {
        shop.does(&["order", "add", "--customer", customer, "--item", "1", "--months", "12", "--confirm"]);
    }
    let tried = shop.does(&["group", "invoice", "1", "--period", "2026-03", "--leave-out", "2", "--dry-run"]);
    assert_eq!((&tried["total"], tried["lines"].as_array().unwrap().len()), (&"89.00".into(), 1));
    assert_eq!((&tried["left_out"][0]["subscription"], &tried["left_out"][0]["reason"]), (&2.into(), &"chosen".into()));
    assert_eq!(shop.does(&["invoice", "list"])["total"], 0);
    let made = shop.does(&["group", "invoice", "1", "--period", "2026-03", "--leave-out", "2"]);
    assert_eq!((&made["invoice"], &made["total"]), (&"2026-0001".into(), &"89.00".into()));
    let rest = shop.does(&["group", "invoice", "1", "--period", "2026-03", "--dry-run"]);
    assert_eq!(
        (&rest["total"], &rest["left_out"][0]["why"]),
        (&"89.00".into(), &"already on invoice 2026-0001".into())
    );
    assert_eq!(shop.does(&["check"])["ok"], true);
}

#[test]
fn a_logo_is_kept_and_taken_away() {
    let shop = Shop::with_ana("2026-03-02");
    fs::write(shop.at("logo.png"), logo(200, 80)).unwrap();
    fs::write(shop.at("logo.svg"), "<svg/>").unwrap();
    shop.does(&["settings", "logo", shop.at("logo.png").to_str().unwrap()]);
    let (_, message) = shop.refuses(1, &["settings", "logo", shop.at("logo.svg").to_str().unwrap()]);
    assert!(message.contains("SVG"), "{message}");
    shop.refuses(3, &["settings", "logo", shop.at("none.png").to_str().unwrap()]);
    shop.does(&["settings", "logo"]);
}

#[test]
fn what_no_font_has_is_told_to_the_shop() {
    let shop = Shop::with_ana("2026-03-02");
    shop.does(&["customer", "add", "--first", "東京", "--last", "שלום"]);
    shop.does(&["invoice", "new", "--customer", "2", "--line", "Cleaning;1;50"]);
    let printed = shop.does(&["invoice", "pdf", "2026-0001", shop.at("a.pdf").to_str().unwrap()]);
    assert_eq!(printed["rows"][0]["missing_fonts"], serde_json::json!(["Noto Sans CJK", "Noto Sans Hebrew"]));
    let font = shop.at("letters.ttf");
    fs::write(&font, LETTERS).unwrap();
    assert_eq!(shop.does(&["settings", "font", font.to_str().unwrap()])["font"], "Noto Sans Hebrew Regular");
    shop.does(&["settings", "set", "fallback-font", font.to_str().unwrap()]);
    let (_, message) = shop.refuses(1, &["settings", "font", shop.at("a.pdf").to_str().unwrap()]);
    assert!(message.contains("TrueType"), "{message}");
    shop.does(&["invoice", "new", "--customer", "2", "--line", "Cleaning;1;50"]);
    let printed = shop.does(&["invoice", "pdf", "2026-0002", shop.at("b.pdf").to_str().unwrap()]);
    assert_eq!(printed["rows"][0]["missing_fonts"], serde_json::json!(["Noto Sans CJK"]));
    // F37: a second font stands beside the first, and none takes both away.
    fs::write(&font, ARABIC).unwrap();
    let both = "Noto Sans Hebrew Regular, Noto Sans Arabic Regular";
    assert_eq!(shop.does(&["settings", "font", font.to_str().unwrap()])["font"], both);
    // Whoever types a name that cannot be printed hears it then.
    let said = shop.does(&["customer", "add", "--first", "東京", "--last", "שלום"])["said"].to_string();
    assert!(said.contains("Papers cannot show 東京: add the font Noto Sans CJK (settings, font)."), "{said}");
    let said = shop.does(&["customer", "add", "--first", "Zoë", "--last", "שלום"])["said"].to_string();
    assert!(!said.contains("cannot show"), "{said}");
    assert_eq!(shop.does(&["settings", "font"])["font"], serde_json::Value::Null);
}

/// F66, F61: several recipients, the channel a customer wants, what is sent and what went out by another way.
#[test]
fn an_invoice_goes_to_several_and_not_by_mail_to_who_wants_letters() {
    let shop = Shop::with_order("2026-03-02");
    shop.does(&["settings", "set", "email", "shop@example.com"]);
    let sent = shop.does(&["invoice", "send", "2026-0001", "--to", "a@example.com; b@example.com"]);
    assert_eq!(sent["rows"][0]["recipient"], "a@example.com, b@example.com");
    let folder = shop.at("mails");
    std::fs::create_dir(&folder).unwrap();
    let out = shop.does(&["outbox", "send", "--eml", folder.to_str().unwrap()]);
    assert_eq!(out["sent"], 1);
    let file = std::fs::read_to_string(out["rows"][0]["file"].as_str().unwrap()).unwrap();
    assert!(file.contains("a@example.com") && file.contains("b@example.com"), "{file}");
    assert_eq!(shop.does(&["outbox", "list"])["rows"][0]["status"], "sent");
    assert_eq!(shop.does(&["outbox", "send", "--eml", folder.to_str().unwrap()])["sent"], 0, "never twice");
    shop.does(&["customer", "prefer", "1", "--channel", "post"]);
    let (_, told) = shop.refuses(1, &["invoice", "send", "2026-0001"]);
    assert!(told.contains("wants letters"), "{told}");
    shop.does(&["invoice", "send", "2026-0001", "--to", "a@example.com"]);
    shop.does(&["outbox", "sent", "2"]);
    assert_eq!(shop.refuses(1, &["outbox", "sent", "2"]).0, "not_waiting");
}

/// F70, F67: a country by its name, its time zone and usual tax; a note of another day.
#[test]
fn a_shop_is_set_up_by_the_name_of_its_country_and_a_note_has_its_own_day() {
    let shop = Shop::empty("2026-03-02");
    let made = shop.run(&["init", "--name", "Hafen", "--currency", "EUR", "--country", "Deutschland"]);
    assert!(made.err.contains("19 %"), "{}", made.err);
    let settings = shop.does(&["settings", "show"]);
    assert_eq!((&settings["country"], &settings["time_zone"]), (&"DE".into(), &"Europe/Berlin".into()));
    assert_eq!(settings["left_to_set_up"], serde_json::json!(["address", "email", "iban", "logo"]));
    let told = shop.run(&["settings", "show"]).err;
    assert!(told.contains("invoices do not say where to pay: `rentbook settings set iban ...`"), "{told}");
    shop.does(&["customer", "add", "--last", "Ito", "--street", "Ring 1", "--city", "Wien", "--country", "Österreich"]);
    assert_eq!(shop.does(&["customer", "show", "1"])["billing_address"]["country"], "AT");
    shop.does(&["customer", "note", "1", "--summary", "called", "--on", "2026-02-27"]);
    assert_eq!(shop.does(&["customer", "notes", "1"])["rows"][0]["noted_on"], "2026-02-27");
    let (_, told) = shop.refuses(1, &["customer", "note", "1", "--summary", "calls", "--on", "2026-03-03"]);
    assert!(told.contains("still to come"), "{told}");
}
