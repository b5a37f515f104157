//! Random keys, mouse, pastes and sizes: nothing panics, nothing is left, letters change nothing.

use rentbook::tui::event::{Event, Mouse};

use super::demo::robot;
use crate::chance::Chance;

const KEYS: &[&str] = &[
    "<F1>",
    "<F2>",
    "<F3>",
    "<F4>",
    "<F5>",
    "<F6>",
    "<F7>",
    "<F8>",
    "<F9>",
    "<F10>",
    "<Enter>",
    "<Esc>",
    "<Tab>",
    "<Shift+Tab>",
    "<Up>",
    "<Down>",
    "<Left>",
    "<Right>",
    "<Home>",
    "<End>",
    "<PgUp>",
    "<PgDn>",
    "<Insert>",
    "<Delete>",
    "<Backspace>",
    "<Ctrl+A>",
    "<Ctrl+U>",
    "<Ctrl+W>",
    "<Ctrl+D>",
    "<Ctrl+C>",
    "<Ctrl+L>",
    "<Ctrl+Z>",
    "<Ctrl+T>",
    "<Shift+Up>",
    "<Shift+Down>",
    "a",
    "7",
    "y",
    "n",
    "t",
    "+",
    "-",
    " ",
    "?",
    "漢",
    "é",
    "\u{301}",
];

#[test]
fn ten_thousand_random_keys_never_panic() {
    let mut robot = robot().glancing(5);
    let mut chance = Chance::new(0x5eed_2025);
    for _ in 0..10_000 {
        match chance.below(60) {
            0 => {
                let (width, height) = (chance.below(140), chance.below(50));
                robot.resize(u16::try_from(width).unwrap(), u16::try_from(height).unwrap());
            }
            1 => {
                robot.paste("a\x1b[2Jb\u{202e}c\r\nd漢");
            }
            2 => {
                let (x, y) = (chance.below(80), chance.below(24));
                let wheel = chance.of(&[0, 0, 3, -3]);
                let mouse = Mouse { x: u16::try_from(x).unwrap(), y: u16::try_from(y).unwrap(), wheel };
                robot.event(Event::Mouse(mouse));
            }
            3..15 => {
                robot.resize(80, 24);
            }
            _ => {
                robot.keys(chance.of(KEYS));
            }
        }
    }
    // One Esc more than from anywhere: a job may be under way, which takes one to stop.
    robot.resize(80, 24).keys("<Esc><Esc><Esc><Esc><Esc><Esc><Esc>").resize(80, 24);
    assert!(robot.sees("[Today]"), "{}", robot.text());
    assert!(robot.lines()[0].starts_with(" rentbook   Harbour Rentals"), "{}", robot.text());
}

#[test]
fn random_letters_on_lists_and_records_change_nothing() {
    for way in ["", "<Tab>", "<Tab><Enter>", "<Tab><Tab><Down>"] {
        let mut robot = robot();
        robot.keys(way);
        let mut chance = Chance::new(42);
        for _ in 0..500 {
            let letter = char::from(u8::try_from(0x21 + chance.below(0x5e)).unwrap());
            if letter != '?' && letter != '<' {
                robot.keys(&letter.to_string());
            }
        }
        assert!(robot.app.dialog_count() == 0 && !robot.has_left(), "{way}");
        let customers = robot.app.desk().read(|db| db.all("SELECT count(*) FROM customer", &[], |row| row.int(0)));
        assert_eq!(customers.unwrap(), [0], "{way}");
    }
}

#[test]
fn a_paste_bomb_is_inert() {
    let mut robot = robot();
    robot.paste(&"<F8>\r\ny\x1b[20~\n\x1b".repeat(2_000));
    assert!(robot.sees("Nothing fits") && robot.app.dialog_count() == 0);
    robot.keys("<Esc><F6>").paste(&"y\n\x1b\u{202e}漢".repeat(20_000)).keys("<Esc>n<F2>");
    assert!(!robot.has_left());
    assert!(robot.text().chars().all(|letter| letter == '\n' || !rentbook::tui::format::is_hidden(letter)));
}
