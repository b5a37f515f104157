//! Hostile text through every field of the command line: refused with a sentence or cleaned, never in the terminal's
//! bytes, never raw in the book. A full card number is refused everywhere, and no byte of it stays.
//!
//! `RENTBOOK_STRINGS` says how many strings each field gets; each string meets some field anyway.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

use super::kill::{FIRST, desk, shop};
use super::naughty::{STRINGS, evil_cells, is_evil, long, texts};
use super::program::done;
use crate::chance::{Chance, Seeded, size};

/// Commands with a place for text; `{}` is where it goes.
const FIELDS: &[&str] = &[
    "customer|add|--last|{}",
    "customer|add|--first|{}|--last|Berg",
    "customer|add|--last|Berg|--email|{}",
    "customer|add|--last|Berg|--phone|{}",
    "customer|add|--kind|business|--company|{}",
    "customer|add|--kind|business|--company|Acme|--contact|{}",
    "customer|add|--kind|business|--company|Acme|--vat|{}",
    "customer|add|--kind|business|--company|Acme|--registration|{}",
    "customer|add|--last|Berg|--currency|{}",
    "customer|add|--last|Berg|--kind|{}",
    "customer|edit|1|--last|{}",
    "customer|edit|1|--street|{}|--city|Exampleton",
    "customer|address|1|--street|{}",
    "customer|address|1|--street|Quay 1|--street2|{}",
    "customer|address|1|--street|Quay 1|--postcode|{}",
    "customer|address|1|--street|Quay 1|--city|{}",
    "customer|address|1|--street|Quay 1|--region|{}",
    "customer|address|1|--street|Quay 1|--country|{}",
    "customer|note|1|--summary|{}",
    "customer|note|1|--summary|called|--follow-up|2024-02-01|--follow-up-action|{}",
    "customer|note|1|--summary|called|--kind|{}",
    "customer|find|{}",
    "customer|list|--query|{}",
    "product|add|--name|{}|--price|1",
    "product|add|--name|Laptop|--variant|{}|--price|1",
    "product|add|--name|Chair|--category|{}|--price|1",
    "product|add|--name|Desk|--price|{}",
    "asset|add|--variant|1|--serial|{}",
    "order|add|--customer|1|--item|1|--months|1|--asset|{}",
    "order|add|--customer|1|--item|{}",
    "invoice|new|--customer|1|--line|{};1;1",
    "invoice|new|--customer|1|--line|Repair;{};1",
    "invoice|void|2024-0001|--reason|{}",
    "invoice|show|{}",
    "invoice|list|--query|{}",
    "payment|fail|1|--reason|{}",
    "payment|release|1|--reason|{}",
    "payment|list|--query|{}",
    "pay|--customer|1|--amount|0.01|--reference|{}|--again|--keep-credit",
    "pay|{}",
    "group|add|--name|{}",
    "group|add|--name|Group A|--contact|{}",
    "group|add|--name|Group B|--email|{}",
    "group|add|--name|Group C|--address|{}",
    "group|add|--name|Group D|--vat|{}",
    "settings|set|{}|x",
    "settings|set|name|{}",
    "settings|set|address|{}",
    "settings|set|email|{}",
    "settings|set|phone|{}",
    "settings|set|website|{}",
    "settings|set|tax_number|{}",
    "settings|set|registration_number|{}",
    "settings|set|bank_name|{}",
    "settings|set|bank_holder|{}",
    "settings|set|iban|{}",
    "settings|set|bic|{}",
    "settings|set|bank_account|{}",
    "settings|set|payment_instructions|{}",
    "settings|set|receipt_numbers|{}",
    "settings|set|credit_note_numbers|{}",
    "undo|{}",
];

/// A book with something in each list, in a folder that is the user's home as well.
fn book() -> (TempDir, PathBuf) {
    let (folder, path) = shop();
    let add = ["customer", "add", "--first", "Ana", "--last", "Delgado", "--line1", "Quay 1", "--city", "Exampleton"];
    done(&path, "ann", &[&["--today", FIRST], &add[..]].concat());
    let order = ["order", "add", "--customer", "1", "--item", "1;3;12;month;;2024-01-01", "--confirm"];
    done(&path, "ann", &[&["--today", FIRST], &order[..]].concat());
    (folder, path)
}

fn at(path: &Path, operator: &str, json: bool, words: &[String]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rentbook"));
    let home = path.parent().unwrap();
    for name in ["HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"] {
        command.env(name, home);
    }
    for name in ["RENTBOOK_BOOK", "RENTBOOK_TODAY", "RENTBOOK_OPERATOR"] {
        command.env_remove(name);
    }
    command.arg("--book").arg(path).args(["--today", FIRST, "--operator", operator]);
    if json {
        command.arg("--json");
    }
    command.args(words).stdin(Stdio::null()).output().unwrap()
}

fn filled(field: &str, text: &str) -> Vec<String> {
    field.split('|').map(|word| word.replace("{}", text)).collect()
}

/// What came out, where it is no plain text.
fn refuse_evil(output: &Output, words: &[String]) {
    for bytes in [&output.stdout, &output.stderr] {
        let said = std::str::from_utf8(bytes).unwrap_or_else(|_| panic!("{words:?}: no text"));
        let evil: Vec<char> = said.chars().filter(|c| *c != '\n' && is_evil(*c)).collect();
        assert!(evil.is_empty(), "{words:?}: {evil:?} in {said:?}");
    }
}

#[test]
fn naughty_text_is_refused_in_words_or_cleaned_in_every_field() {
    let seed = size("RENTBOOK_SEED", 1);
    let _seeded = Seeded(seed);
    let each = usize::try_from(size("RENTBOOK_STRINGS", 3)).unwrap();
    let mut chance = Chance::new(seed);
    let (_folder, path) = book();
    let long = long();
    let (mut kept, mut refused) = (0, 0);
    for (number, field) in FIELDS.iter().enumerate() {
        for turn in 0..each.min(STRINGS.len()) {
            let text = STRINGS[(number * each + turn + usize::try_from(seed).unwrap()) % STRINGS.len()];
            let text = if turn == 0 && number % 4 == 0 { long.as_str() } else { text };
            let words = filled(field, text);
            let output = at(&path, "ann", chance.one_in(2), &words);
            refuse_evil(&output, &words);
            match output.status.code() {
                Some(0) => kept += 1,
                Some(1 | 2) => {
                    refused += 1;
                    let said = String::from_utf8_lossy(&output.stderr);
                    assert!(said.trim().len() > 10, "{words:?}: no sentence");
                    assert!(!said.contains("constraint failed") && !said.contains("panicked"), "{words:?}: {said}");
                }
                code => panic!("{words:?}: {code:?} {}", String::from_utf8_lossy(&output.stderr)),
            }
        }
    }
    assert!(kept > 20 && refused > 20, "{kept} kept, {refused} refused");
    let desk = desk(&path);
    assert_eq!(evil_cells(&desk), Vec::<String>::new());
    let report = desk.check_deep().unwrap();
    assert!(report.ok, "{:#?}", report.violations);
    drop(desk);
    for list in ["customer|list", "product|list", "invoice|list", "payment|list", "group|list", "settings|show"] {
        for json in [true, false] {
            let words = filled(list, "");
            refuse_evil(&at(&path, "ann", json, &words), &words);
        }
    }
}

#[test]
fn an_operator_s_name_is_text_like_any_other() {
    let (_folder, path) = book();
    for text in STRINGS.iter().filter(|text| **text != "--help") {
        let words = filled("customer|add|--last|Berg", "");
        let output = at(&path, text, false, &words);
        refuse_evil(&output, &words);
        assert!(matches!(output.status.code(), Some(0..=2)), "{text:?}: {output:?}");
    }
    assert_eq!(evil_cells(&desk(&path)), Vec::<String>::new());
}

const CARD: &str = "4539578763621486";

#[test]
fn a_card_number_is_refused_everywhere_and_leaves_no_byte() {
    let (folder, path) = book();
    let spelled = [
        CARD,
        "4539 5787 6362 1486",
        "4539-5787-6362-1486",
        "4539.5787.6362.1486",
        "4539/5787/6362/1486",
        "card 45395787 63621486, 12/28",
        "4539\u{200b}578763621486",
        "４５３９５７８７６３６２１４８６",
    ];
    let reads = |field: &str| ["find", "list", "show"].contains(&field.split('|').nth(1).unwrap_or_default());
    for (number, field) in FIELDS.iter().enumerate().filter(|(_, field)| !reads(field)) {
        for turn in 0..2 {
            let words = filled(field, spelled[(number + turn * 3) % spelled.len()]);
            let output = at(&path, "ann", false, &words);
            assert!(matches!(output.status.code(), Some(1 | 2)), "{words:?}: {output:?}");
        }
    }
    for words in [
        "customer|add|--first|45395787|--last|63621486",
        "customer|add|--last|4539 5787|--street|6362 1486",
        "customer|address|1|--street|4539 5787|--street2|6362 1486",
        "customer|note|1|--summary|4539 5787|--follow-up|2024-02-01|--follow-up-action|6362 1486",
        "group|add|--name|4539 5787|--contact|6362 1486",
        "product|add|--name|45395787|--variant|63621486|--price|1",
        "invoice|new|--customer|1|--line|45395787;1;1|--line|63621486;1;1",
        "settings|set|address|45395787;63621486",
    ] {
        let words = filled(words, "");
        let output = at(&path, "ann", true, &words);
        assert_eq!(output.status.code(), Some(1), "{words:?}: {output:?}");
        assert!(!String::from_utf8_lossy(&output.stdout).contains("63621486"), "{words:?}: it is said again");
    }
    at(&path, CARD, false, &filled("customer|add|--last|Berg", ""));
    done(&path, "ann", &["backup"]);
    for (place, text) in texts(&desk(&path)) {
        assert!(!digits(text.as_bytes()).contains(CARD), "{place}: {text}");
    }
    let halves = ["4539578763621486", "4539 5787", "4539-5787", "4539.5787", "4539/5787", "63621486"];
    for file in files(folder.path()) {
        let bytes = std::fs::read(&file).unwrap();
        for half in halves {
            let found = bytes.windows(half.len()).any(|window| window == half.as_bytes());
            assert!(!found, "{half} stands in {}", file.display());
        }
    }
}

fn digits(bytes: &[u8]) -> String {
    bytes.iter().filter(|byte| byte.is_ascii_digit()).map(|byte| char::from(*byte)).collect()
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push(path);
        }
    }
    assert!(!found.is_empty());
    found
}
