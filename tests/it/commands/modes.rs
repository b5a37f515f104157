//! Who may read what the program makes, however open the machine is.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::Shop;

/// Runs the binary as somebody whose files everybody may read and write.
fn openly(shop: &Shop, words: &[&str]) {
    let home = shop.at("home");
    let ran = Command::new("sh")
        .args(["-c", "umask 000; exec \"$0\" \"$@\"", env!("CARGO_BIN_EXE_rentbook")])
        .args(words)
        .env("RENTBOOK_BOOK", shop.at("made").join("shop.db"))
        .env("RENTBOOK_TODAY", "2026-03-02")
        .env("RENTBOOK_OPERATOR", "mia")
        .env("HOME", &home)
        .env("XDG_STATE_HOME", home.join("state"))
        .env("XDG_DATA_HOME", home.join("data"))
        .output()
        .unwrap();
    assert!(ran.status.success(), "{words:?}: {}", String::from_utf8_lossy(&ran.stderr));
}

fn below(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            below(&path, found);
        }
        found.push(path);
    }
}

// F112
#[test]
fn every_file_and_every_folder_it_makes_is_for_its_user_alone() {
    let shop = Shop::empty("2026-03-02");
    let made = shop.at("made");
    let at = |name: &str| made.join(name).into_os_string().into_string().unwrap();
    let line = "Repair;1;50";
    openly(
        &shop,
        &["init", "--name", "Harbour", "--currency", "USD", "--country", "US", "--email", "rent@harbour.example"],
    );
    openly(&shop, &["customer", "add", "--first", "Ana", "--last", "Delgado", "--email", "ana@example.com"]);
    openly(&shop, &["invoice", "new", "--customer", "1", "--line", line]);
    openly(&shop, &["invoice", "pdf", "2026-0001", &at("a.pdf")]);
    openly(&shop, &["invoice", "pdf", "--all", &at("papers")]);
    openly(&shop, &["invoice", "statement", "--customer", "1", "--from", "2026-01-01", &at("s.pdf")]);
    openly(&shop, &["invoice", "credit", "2026-0001", "--amount", "10", "--reason", "late", "--pdf", &at("n.pdf")]);
    openly(&shop, &["invoice", "send", "2026-0001", "--eml", &at("mail")]);
    openly(&shop, &["pay", "2026-0001"]);
    openly(&shop, &["receipt", "pdf", "R-2026-0001", &at("r.pdf")]);
    openly(&shop, &["customer", "list", "--csv", &at("c.csv")]);
    openly(&shop, &["customer", "export", "1", &at("e.json")]);
    openly(&shop, &["backup"]);
    openly(&shop, &["backup", &at("b.db")]);
    openly(&shop, &["demo", "--customers", "3", "--months", "1", "--book", &at("demo.db")]);
    let mut found = Vec::new();
    below(&shop.at("made"), &mut found);
    let names = found.iter().map(|path| path.display().to_string()).collect::<Vec<_>>().join("\n");
    for name in ["shop.db", "a.pdf", "papers/", "mail/", "c.csv", "e.json", "backups/", "b.db", "demo.db"] {
        assert!(names.contains(name), "{name}\n{names}");
    }
    for path in found {
        let bits = fs::metadata(&path).unwrap().permissions().mode() & 0o777;
        let right = if path.is_dir() { 0o700 } else { 0o600 };
        assert_eq!(bits, right, "{} is {bits:o}", path.display());
    }
}
