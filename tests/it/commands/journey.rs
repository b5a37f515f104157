//! From an empty folder to a paid year, by commands alone.

use std::fs;

use rentbook::store::{Access, Book};

use super::{Shop, rentbook};

#[test]
fn a_rental_year_is_kept_by_commands_alone() {
    let shop = Shop::with_ana("2024-01-01");
    let order = shop.does(&[
        "order",
        "add",
        "--customer",
        "1",
        "--item",
        "1",
        "--asset",
        "SN-1",
        "--months",
        "12",
        "--every",
        "month",
        "--price",
        "89",
        "--start",
        "2024-01-01",
        "--confirm",
    ]);
    assert_eq!(order["total"], "1068.00");
    assert_eq!(order["subscriptions"][0], 1);
    for month in 2..=12 {
        let ran = rentbook(&shop.book(), &format!("2024-{month:02}-01"), &["run", "--json"]);
        assert_eq!((ran.code, ran.json()["invoices_issued"].as_i64()), (0, Some(1)), "{}", ran.out);
    }
    let end = Shop { today: "2024-12-31", ..shop };
    let paid = end.does(&["pay", "2024-0001", "--on", "2024-01-03", "--reference", "BT-778123"]);
    assert_eq!(paid["receipt"], "R-2024-0001");
    assert_eq!(paid["allocations"][0]["amount"], "89.00");
    let summary = end.does(&["report", "summary"]);
    assert_eq!((&summary["total_income"], &summary["outstanding"]), (&"89.00".into(), &"979.00".into()));
    assert_eq!(summary["success_rate"], "0.0833");
    let rest = end.does(&["pay", "--customer", "1", "--amount", "979.00", "--method", "cash"]);
    assert_eq!(rest["allocations"].as_array().unwrap().len(), 11);
    let ana = end.does(&["customer", "show", "1"]);
    assert_eq!((&ana["lifetime_value"], &ana["outstanding"]), (&"1068.00".into(), &"0.00".into()));
    assert_eq!(end.does(&["check"])["ok"], true);
    assert_eq!(end.does(&["check", "--deep"])["ok"], true);
    let pdf = end.at("invoice.pdf");
    end.does(&["invoice", "pdf", "2024-0001", pdf.to_str().unwrap()]);
    assert!(fs::read(&pdf).unwrap().starts_with(b"%PDF-"));
}

#[test]
fn undo_takes_back_the_newest_step_of_this_operator_also_later() {
    let shop = Shop::with_order("2024-01-01");
    shop.does(&["pay", "2024-0001"]);
    let theirs = shop.refuses(1, &["undo", "--operator", "ben"]);
    assert_eq!(theirs.0, "nothing_to_undo");
    assert!(shop.does(&["undo"])["undone"].as_i64().unwrap() > 0);
    assert_eq!(shop.does(&["invoice", "show", "2024-0001"])["status"], "unpaid");
    assert_eq!(shop.refuses(1, &["redo", "--operator", "ben"]).0, "nothing_to_redo");
    assert_eq!(shop.does(&["redo"])["receipt"], "R-2024-0002");
    assert_eq!(shop.does(&["invoice", "show", "2024-0001"])["status"], "paid");
    assert_eq!(shop.refuses(1, &["redo"]).0, "nothing_to_redo");
    assert_eq!(shop.does(&["check", "--deep"])["ok"], true);
}

#[test]
fn a_pass_after_a_long_time_shows_what_it_would_do_and_waits() {
    let shop = Shop { today: "2024-06-01", ..Shop::with_order("2024-01-01") };
    let ran = shop.run(&["run", "--json"]);
    let error = &ran.json()["error"];
    assert_eq!((ran.code, &error["kind"]), (1, &"gap".into()));
    assert_eq!(error["dry_run"]["materialised"], 5);
    assert!(error["message"].as_str().unwrap().contains("--confirm-gap"));
    assert_eq!(shop.does(&["run", "--dry-run"])["materialised"], 5);
    assert_eq!(shop.does(&["payment", "list"])["total"], 1);
    assert_eq!(shop.does(&["run", "--confirm-gap"])["materialised"], 5);
    let back = Shop { today: "2024-05-01", ..shop };
    assert_eq!(back.refuses(1, &["run"]).0, "clock_back");
}

#[test]
fn a_backup_brings_back_what_was() {
    let shop = Shop::with_order("2024-01-01");
    let kept = shop.at("kept.db");
    assert_eq!(shop.does(&["backup", kept.to_str().unwrap()])["file"], kept.to_str().unwrap());
    shop.does(&["customer", "add", "--last", "Later"]);
    let restored = shop.does(&["restore", kept.to_str().unwrap()]);
    assert!(restored["kept"].as_str().unwrap().contains("before-restore"));
    assert_eq!(shop.does(&["customer", "list"])["total"], 1);
    assert!(shop.does(&["backup"])["file"].as_str().unwrap().contains("backups"));
    assert_eq!(shop.refuses(3, &["backup", kept.to_str().unwrap()]).0, "already_there");
}

#[test]
fn papers_go_into_a_folder_under_safe_names_and_replace_nothing_unasked() {
    let shop = Shop::with_order("2024-01-01");
    shop.does(&["customer", "add", "--company", "../../Żółć / Söhne"]);
    shop.does(&["invoice", "new", "--customer", "2", "--line", "Repair;1;20.00;0"]);
    let folder = shop.at("papers");
    let target = folder.to_str().unwrap();
    fs::create_dir(&folder).unwrap();
    let made = shop.does(&["invoice", "pdf", "2024-0001", "2024-0002", target]);
    assert_eq!(made["total"], 2);
    let mut names: Vec<String> =
        fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    assert_eq!(names, ["2024-0001-Delgado-Ana.pdf", "2024-0002-Zolc-Sohne.pdf"]);
    assert_eq!(shop.refuses(3, &["invoice", "pdf", "2024-0001", target]).0, "already_there");
    shop.does(&["invoice", "pdf", "2024-0001", target, "--force"]);
    assert_eq!(shop.refuses(1, &["invoice", "pdf", "../../etc/passwd", target]).0, "unknown");
    assert_eq!(shop.refuses(2, &["invoice", "pdf", "2024-0001", "2024-0002", "no-folder.pdf"]).0, "usage");
}

#[test]
fn a_group_pays_with_one_receipt() {
    let shop = Shop::with_ana("2024-01-15");
    shop.does(&["customer", "add", "--first", "Ben", "--last", "Berg"]);
    let group = shop.does(&["group", "add", "--name", "Acme HQ", "--billing-day", "1", "--terms", "14"]);
    assert_eq!(group["id"], 1);
    let members = shop.does(&["group", "members", "1", "--add", "1", "--add", "2"]);
    assert_eq!(members["total"], 2);
    for customer in ["1", "2"] {
        let item = "1;1;3;month;30.00;2024-01-15";
        shop.does(&["order", "add", "--customer", customer, "--item", item, "--confirm"]);
    }
    let invoice = shop.does(&["group", "invoice", "1", "--period", "2024-01"]);
    assert_eq!((&invoice["invoice"], &invoice["total"]), (&"2024-0001".into(), &"60.00".into()));
    let shown = shop.does(&["invoice", "show", "2024-0001"]);
    assert_eq!((&shown["kind"], &shown["due_on"]), (&"consolidated".into(), &"2024-01-29".into()));
    assert_eq!(shown["lines"].as_array().unwrap().len(), 2);
    let other = shop.refuses(1, &["pay", "2024-0001", "--customer", "1"]);
    assert_eq!(other.0, "payers_differ");
    assert_eq!(shop.does(&["pay", "--group", "1"])["allocations"].as_array().unwrap().len(), 2);
    assert_eq!(shop.does(&["group", "show", "1"])["outstanding"], "0.00");
    shop.does(&["group", "members", "1", "--remove", "2"]);
    assert_eq!(shop.does(&["check"])["ok"], true);
}

#[test]
fn commands_work_beside_an_open_book_and_read_without_writing() {
    let shop = Shop::with_order("2024-01-01");
    let open = Book::open(&shop.book(), Access::ReadWrite, "2024-01-01T09:00:00Z".parse().unwrap()).unwrap();
    let before = open.data_version().unwrap();
    shop.does(&["pay", "2024-0001"]);
    assert_ne!(open.data_version().unwrap(), before);
    assert_eq!(shop.does(&["payment", "list", "--view-only"])["rows"][0]["status"], "paid");
    assert_eq!(shop.refuses(3, &["restore", shop.book().to_str().unwrap()]).0, "locked");
    open.close().unwrap();
    let beside = fs::read_dir(shop.at("."))
        .unwrap()
        .filter(|entry| entry.as_ref().is_ok_and(|entry| entry.file_name().to_string_lossy().starts_with("book.db-")));
    assert_eq!(beside.count(), 0, "a log is left beside a closed book");
}

#[test]
fn help_is_asked_for_in_every_way_and_is_no_fault() {
    let shop = Shop::empty("2024-01-01");
    for words in [&["--help"][..], &["help"], &["--version"], &["customer", "add", "--help"], &["help", "pay"]] {
        let ran = shop.run(words);
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{words:?}");
        assert!(ran.out.contains("rentbook"), "{words:?}: {}", ran.out);
    }
    assert!(shop.run(&["--help"]).out.contains("Exit codes"));
}
