//! Every way a window or the system can end the program: the terminal comes back, in under a second.

use std::path::Path;
use std::time::Duration;

use super::command;
use super::window::Window;

fn shop(folder: &Path) -> std::path::PathBuf {
    let book = folder.join("shop.db");
    command(&book, &["init", "--name", "Harbour Rentals", "--currency", "USD"]);
    book
}

#[test]
fn signals_end_it_in_under_a_second_whatever_is_open() {
    let folder = tempfile::tempdir().unwrap();
    let book = shop(folder.path());
    // On the first tab; in a form with something typed; in the menu.
    for (name, keys, shown) in [
        ("-TERM", "", "[Today]"),
        ("-HUP", "\t\t\t\x1b[17~Acme", "New billing group"),
        ("-INT", "\x1b[21~sett", "What would you like to do?"),
    ] {
        let mut window = Window::at(&book);
        window.wait_for("[Today]");
        window.type_for(keys, shown);
        window.signal(name);
        let (_, taken) = window.wait_for_end();
        assert!(taken < Duration::from_secs(1), "{name} took {taken:?}");
        window.assert_restored();
        // What was half typed is offered at the next start, once.
        drop(std::fs::remove_file(folder.path().join("shop.db.draft")));
    }
    assert_eq!(command(&book, &["check"])["ok"], true);
    assert_eq!(command(&book, &["group", "list"])["total"], 0, "nothing half typed is saved");
}

#[test]
fn a_window_that_is_closed_ends_it_in_under_a_second() {
    let folder = tempfile::tempdir().unwrap();
    let book = shop(folder.path());
    let mut window = Window::at(&book);
    window.wait_for("[Today]");
    window.close();
    let (_, taken) = window.wait_for_end();
    assert!(taken < Duration::from_secs(1), "{taken:?}");
    assert_eq!(command(&book, &["check"])["ok"], true);
}

/// F118
#[test]
fn a_window_that_is_closed_where_no_caret_is_shown_ends_it_without_a_panic() {
    let folder = tempfile::tempdir().unwrap();
    let book = shop(folder.path());
    for _ in 0..8 {
        let mut window = Window::at(&book);
        window.type_for("\t", "[Customers]");
        window.type_for("\t", "[Payments]");
        window.type_for("\x1b[17~", "");
        window.close();
        let (code, _) = window.wait_for_end();
        assert_ne!(code, 101);
        drop(std::fs::remove_file(folder.path().join("shop.db.draft")));
    }
}

#[test]
fn without_a_terminal_it_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let book = shop(folder.path());
    let mut run = std::process::Command::new(env!("CARGO_BIN_EXE_rentbook"));
    let output = run.arg("--book").arg(&book).stdin(std::process::Stdio::null()).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("needs a terminal"));
}
