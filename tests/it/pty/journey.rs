//! From the first page to a paid invoice and out again.

use super::command;
use super::window::Window;

/// F2, F8, F10.
const F2: &str = "\x1bOQ";
const F8: &str = "\x1b[19~";

#[test]
fn a_shop_is_set_up_rents_is_paid_and_left() {
    let folder = tempfile::tempdir().unwrap();
    let book = folder.path().join("shop.db");
    let mut window = Window::at(&book);
    window.wait_for("How would you like to begin?");
    window.type_for("1", "[1 Shop]");
    window.write("Harbour Rentals\t");
    window.type_for("united st", "United States");
    window.type_for(&format!("\r{F2}"), "[2 Money]");
    window.type_for(F2, "[3 Invoices]");
    window.type_for(F2, "[4 Bank]");
    window.type_for(F2, "Everything is ready");
    window.pause();
    window.type_for(F2, "is set up.");
    // What a colleague types elsewhere is seen here.
    let variant = command(&book, &["product", "add", "--name", "Laptop", "--variant", "14 inch", "--price", "89.00"]);
    let variant = variant["variant_id"].to_string();
    let ana = command(&book, &["customer", "add", "--first", "Ana", "--last", "Delgado", "--email", "ana@example.org"]);
    let ana = ana["id"].to_string();
    command(
        &book,
        &[
            "order",
            "add",
            "--customer",
            &ana,
            "--item",
            &variant,
            "--months",
            "12",
            "--every",
            "month",
            "--price",
            "89.00",
            "--start",
            "2025-11-17",
            "--confirm",
        ],
    );
    window.type_for("\t\t", "2025-0001");
    assert!(window.text().contains("Delgado"), "{}", window.text());
    window.type_for(F8, "Mark as paid");
    window.type_for(&format!("BT-778123{F2}"), "is paid, 89.00");
    window.write("\x11");
    let (code, _) = window.wait_for_end();
    assert_eq!(code, 0);
    window.assert_restored();
    let paid = command(&book, &["payment", "list", "--status", "paid"]);
    assert_eq!(paid["total"], 1);
    assert_eq!(command(&book, &["check"])["ok"], true);
}

#[test]
fn leaving_the_page_of_a_fault_says_it_and_ends_with_3() {
    let folder = tempfile::tempdir().unwrap();
    let book = folder.path().join("shop.db");
    std::fs::write(&book, "a shopping list, which is longer than the head of a book and has nothing to do with one")
        .unwrap();
    let mut window = Window::at(&book);
    window.wait_for("The book could not be opened.");
    window.write("\x11");
    let (code, _) = window.wait_for_end();
    assert_eq!(code, 3);
    window.assert_restored();
    assert!(window.all().contains("is not a rent book"));
}

#[test]
fn two_windows_work_beside_each_other() {
    let folder = tempfile::tempdir().unwrap();
    let book = folder.path().join("shop.db");
    command(&book, &["init", "--name", "Harbour Rentals", "--currency", "USD"]);
    let mut mia = Window::at(&book);
    mia.wait_for("[Today]");
    let mut tom = Window::at(&book);
    tom.type_for("\t\t\t", "There are no billing groups yet");
    mia.type_for("\t\t\t\x1b[17~Acme HQ", "New billing group");
    mia.type_for(F2, "Group Acme HQ was added.");
    tom.wait_for("> Acme HQ");
    for window in [&mut mia, &mut tom] {
        window.write("\x11");
        assert_eq!(window.wait_for_end().0, 0);
        window.assert_restored();
    }
}
