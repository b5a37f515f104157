//! Hostile text through every field of every form, by paste and by keys: nothing of it moves the terminal, and nothing
//! stands raw in the book.

use rentbook::tui::screens;

use super::naughty::{STRINGS, evil_cells, is_evil, texts};
use crate::chance::{Seeded, size};
use crate::people::{at, go, shop};
use crate::robot::Robot;

/// The way to a form, from the list of customers, and how many fields it has at most.
const FORMS: &[(&str, &str, usize)] = &[
    ("", "<F6>", 14),
    ("", "acme<F2>", 14),
    ("", "acme<F4>", 10),
    ("", "acme<F9 Add a note>", 6),
    ("", "acme<Enter><F10>new billing address<Enter>", 9),
    ("products", "<F6>", 7),
    ("products", "<F8>", 5),
    ("billing groups", "<F6>", 9),
    ("billing groups", "<F2>", 9),
    ("billing groups", "<F10>add a member<Enter>", 2),
    ("payments", "<F8>", 8),
    ("payments", "<F4>", 12),
    ("payments", "<F10>did not come<Enter>", 4),
    ("invoices", "<F6>", 12),
    ("invoices", "<F4>", 10),
    ("invoices", "<F10>void<Enter>", 3),
    ("settings", "<Enter>", 4),
    ("settings", "<Down><Down><Enter>", 4),
    ("reports", "<F4>", 4),
    ("new order", "", 8),
];

fn draws_nothing_evil(robot: &Robot, what: &str) {
    for line in robot.lines() {
        let evil: Vec<char> = line.chars().filter(|c| is_evil(*c)).collect();
        assert!(evil.is_empty(), "{what}: {evil:?} on the screen\n{}", robot.text());
    }
}

/// Opens the form. Whether there is a place to type in.
fn open(robot: &mut Robot, (page, keys, _): (&str, &str, usize)) -> bool {
    if !page.is_empty() {
        go(robot, page);
    }
    robot.keys(keys);
    robot.app.dialog_count() > 0 || page == "new order"
}

/// Leaves whatever is open.
fn leave(robot: &mut Robot) {
    for _ in 0..12 {
        robot.keys("<Esc>");
        if robot.sees("Discard") {
            robot.keys("y");
        }
    }
}

#[test]
fn naughty_text_moves_no_screen_and_stands_raw_in_no_row() {
    let seed = size("RENTBOOK_SEED", 1);
    let _seeded = Seeded(seed);
    let each = size("RENTBOOK_STRINGS", 1);
    let mut shut = Vec::new();
    for (number, form) in FORMS.iter().enumerate() {
        let mut robot = at(shop().desk);
        for turn in 0..each {
            if !open(&mut robot, *form) {
                // What was saved the first time may have nothing left to do.
                if turn == 0 {
                    shut.push((form, robot.message()));
                }
                break;
            }
            let first = number + usize::try_from(seed * 7 + turn * 13).unwrap();
            for field in 0..form.2 {
                let text = STRINGS[(first + field) % STRINGS.len()];
                let what = format!("{form:?}, field {field}, {text:?}");
                if field % 2 == 0 {
                    robot.paste(text);
                } else {
                    for letter in text.chars().filter(|c| !c.is_control() && *c != '<') {
                        robot.paste(&letter.to_string());
                    }
                }
                draws_nothing_evil(&robot, &what);
                robot.keys("<Tab>");
                draws_nothing_evil(&robot, &what);
            }
            robot.keys("<F2>");
            draws_nothing_evil(&robot, &format!("{form:?}, saved"));
            leave(&mut robot);
        }
        assert_eq!(evil_cells(robot.app.desk()), Vec::<String>::new(), "{form:?}");
        let report = robot.app.desk().check_deep().unwrap();
        assert!(report.ok, "{form:?}: {:#?}", report.violations);
    }
    assert!(shut.is_empty(), "not opened: {shut:#?}");
}

#[test]
fn a_card_number_typed_into_any_field_of_any_form_is_not_kept() {
    let card = "4539578763621486";
    let spelled = ["4539 5787 6362 1486", card, "4539.5787.6362.1486"];
    let turns = usize::try_from(size("RENTBOOK_STRINGS", 1)).unwrap().min(spelled.len());
    for (number, form) in FORMS.iter().enumerate() {
        for turn in 0..turns {
            let mut robot = at(shop().desk);
            assert!(open(&mut robot, *form), "{form:?}");
            for field in 0..form.2 {
                let spelled = spelled[(number + turn + field) % spelled.len()];
                robot.keys("<Ctrl+U>");
                if field % 2 == 0 {
                    robot.keys(spelled)
                } else {
                    robot.paste(spelled)
                };
                robot.keys("<Tab>");
            }
            robot.keys("<F2>");
            leave(&mut robot);
            for (place, text) in texts(robot.app.desk()) {
                let digits: String = text.chars().filter(char::is_ascii_digit).collect();
                assert!(!digits.contains(card), "{form:?}: {place}: {text}");
            }
        }
    }
}

#[test]
fn a_megabyte_pasted_into_any_form_is_cut_and_holds_nobody_back() {
    let bomb = "ж\u{1b}[2J\u{202e}漢 ".repeat(120_000);
    for form in FORMS {
        let mut robot = Robot::at(shop().desk, screens::open);
        robot.keys("<Tab>");
        if open(&mut robot, *form) {
            robot.paste(&bomb).keys("<Tab>").paste(&bomb).keys("<F2>");
            draws_nothing_evil(&robot, &format!("{form:?}"));
        }
        leave(&mut robot);
        assert_eq!(evil_cells(robot.app.desk()), Vec::<String>::new(), "{form:?}");
    }
}
