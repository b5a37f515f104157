//! Random keys at the real binary: lists, forms, dialogs, sizes, pastes, cut escapes. Nothing panics, nothing hangs, the
//! book is sound afterwards; letters alone change no row.
//!
//! `RENTBOOK_SEED` and `RENTBOOK_KEYS` choose another walk and another length; what fails prints its seed.

use std::path::Path;
use std::time::{Duration, Instant};

use rentbook::services::{Access, Book, DeskError};

use super::command;
use super::window::Window;
use crate::chance::{Chance, size};

/// Keys that are no characters, as a terminal sends them. Ctrl+Q stays out: it would be right to leave.
const KEYS: &[&str] = &[
    "\x1bOP",
    "\x1bOQ",
    "\x1bOR",
    "\x1bOS",
    "\x1b[15~",
    "\x1b[17~",
    "\x1b[18~",
    "\x1b[19~",
    "\x1b[20~",
    "\x1b[21~",
    "\r",
    "\x1b",
    "\t",
    "\x1b[Z",
    "\x1b[A",
    "\x1b[B",
    "\x1b[C",
    "\x1b[D",
    "\x1b[H",
    "\x1b[F",
    "\x1b[5~",
    "\x1b[6~",
    "\x1b[2~",
    "\x1b[3~",
    "\x7f",
    "\x01",
    "\x03",
    "\x04",
    "\x0c",
    "\x14",
    "\x15",
    "\x17",
    "\x19",
    "\x1a",
    "\x1b[1;2A",
    "\x1b[1;2B",
    "\x1b[A",
    "\x1b[B",
    "\r",
    "\t",
    "\x1b[21~",
    "\x1b[20~",
];

/// Pastes, mice and what a terminal never sends whole.
const ODD: &[&str] = &[
    "\x1b[200~one\r\ntwo\x1b[2Jthree\x1b[201~",
    "\x1b[200~=cmd|' /C calc'!A0\u{202e}\x1b[201~",
    "\x1b[<0;10;5M",
    "\x1b[<0;40;23M",
    "\x1b[<64;10;10M",
    "\x1b[<65;10;10M",
    "\x1b[<0;99999;99999M",
    "\x1b[<0;3",
    "\x1b[99999999999~",
    "\x1bO",
    "\x1b[",
    "\u{0}",
];

const LETTERS: &str = "abcdefghijklmnopqrstuvwxyz0123456789 .,-+/?@äé漢Ω ";

const SIZES: &[(u16, u16)] = &[(1, 1), (0, 0), (500, 200), (79, 24), (80, 23), (120, 40), (81, 25), (200, 60), (2, 90)];

fn letter(chance: &mut Chance) -> char {
    let letters: Vec<char> = LETTERS.chars().collect();
    chance.of(&letters)
}

fn demo(folder: &Path) -> std::path::PathBuf {
    let book = folder.join("shop.db");
    command(&book, &["demo", "--customers", "12", "--months", "5"]);
    book
}

/// Whatever is open, a few Esc lead to Today; a program that hangs never gets there.
///
/// What the screen shows may be older than the keys that still wait in the terminal. So a word nobody typed before is
/// written into Today's box: once it stands there, everything before it was done. False when the program has ended.
fn comes_home(window: &mut Window, chance: &mut Chance, seed: u64) -> bool {
    window.resize(80, 24);
    // A cut escape must not swallow what follows: crossterm waits for the M of a mouse that was cut, whatever comes
    // before it. A mouse that only moves does nothing by itself.
    window.write("\x1b[A\x1b[<35;1;1M");
    let deadline = Instant::now() + Duration::from_mins(1);
    while Instant::now() < deadline {
        if !window.is_running() {
            return false;
        }
        window.write("\x1b");
        // Closer together, two presses are taken for one that is held down, and such a press answers no question.
        std::thread::sleep(Duration::from_millis(750));
        window.catch_up();
        if !window.text().contains("[Today]") {
            continue;
        }
        let word = format!("zq{}", chance.below(1_000_000_000));
        window.write(&word);
        if !window.comes(&word, Duration::from_secs(5)) {
            continue;
        }
        let is_home = window.text().contains("[Today]") && window.text().contains(&format!("Find: {word}"));
        window.write("\x15");
        if is_home && window.goes(&word, Duration::from_secs(10)) {
            return true;
        }
    }
    panic!("seed {seed}: it never came back to Today\n{}", window.text());
}

#[test]
fn random_keys_never_break_it() {
    let seed = size("RENTBOOK_SEED", 0x5eed_2025);
    let keys = size("RENTBOOK_KEYS", 20_000);
    let folder = tempfile::tempdir().unwrap();
    let book = demo(folder.path());
    let mut window = Window::at(&book);
    window.wait_for("[Today]");
    let mut chance = Chance::new(seed);
    let mut pressed = 0;
    while pressed < keys {
        // Bursts, as from a held key or a typist in a hurry: up to a hundred keys in one write.
        let mut burst = String::new();
        for _ in 0..=chance.below(100) {
            match chance.below(12) {
                0..6 => burst.push_str(chance.of(KEYS)),
                6 if chance.below(8) == 0 => burst.push_str(chance.of(ODD)),
                _ => burst.push(letter(&mut chance)),
            }
            pressed += 1;
        }
        window.write(&burst);
        if chance.below(9) == 0 {
            let (width, height) = chance.of(SIZES);
            window.resize(width, height);
        } else if chance.below(3) == 0 {
            window.resize(80, 24);
        }
        window.catch_up();
        if chance.below(40) == 0 {
            comes_home(&mut window, &mut chance, seed);
        }
        if !window.is_running() {
            // The menu of all commands ends with the way out, and with nothing typed it is right to take it.
            ended_well(&mut window, &book, seed);
            window = Window::at(&book);
            window.wait_for("[Today]");
        }
    }
    if comes_home(&mut window, &mut chance, seed) {
        window.write("\x11");
    }
    ended_well(&mut window, &book, seed);
}

/// It said goodbye, the terminal is as it was, and the book is sound.
fn ended_well(window: &mut Window, book: &Path, seed: u64) {
    let (code, _) = window.wait_for_end();
    assert_eq!(code, 0, "seed {seed}");
    window.assert_restored();
    assert_eq!(command(book, &["check"])["ok"], true, "seed {seed}");
}

/// The rows of every table, and how often it was written to.
fn rows(book: &Path) -> Vec<(String, i64)> {
    let book = Book::open(book, Access::ViewOnly, "2025-11-17T12:00:00Z".parse().unwrap()).unwrap();
    // Not what the program notes of the file, and not the samples of the planner.
    let tables = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' \
                  AND name <> 'book_state' ORDER BY name";
    book.read(|db| {
        let names = db.all(tables, &[], |row| row.text(0))?;
        let count = |name: &String| {
            let sql = format!("SELECT COUNT(*) FROM \"{name}\"");
            Ok((name.clone(), db.one(&sql, &[], |row| row.int(0))?.unwrap_or(0)))
        };
        names.iter().map(count).collect::<Result<_, DeskError>>()
    })
    .unwrap()
}

#[test]
fn letters_on_lists_and_records_change_no_row() {
    let seed = size("RENTBOOK_SEED", 42);
    let keys = size("RENTBOOK_KEYS", 20_000) / 10;
    let folder = tempfile::tempdir().unwrap();
    let book = demo(folder.path());
    let mut window = Window::at(&book);
    window.wait_for("[Today]");
    let before = rows(&book);
    let mut chance = Chance::new(seed);
    // Each tab, and the first record of each list.
    for way in ["", "\t", "\t\r", "\t\t", "\t\t\r", "\t\t\t", "\t\t\t\r", "\t\t\t\t", "\t\t\t\t\r", "\x1b[Z"] {
        window.write(way);
        for _ in 0..keys / 100 {
            let burst: String = (0..10).map(|_| letter(&mut chance)).filter(|letter| *letter != '?').collect();
            window.write(&burst);
            window.catch_up();
        }
        assert!(comes_home(&mut window, &mut chance, seed), "seed {seed}: it ended\n{}", window.text());
    }
    window.write("\x11");
    assert_eq!(window.wait_for_end().0, 0);
    assert_eq!(rows(&book), before, "seed {seed}");
}
