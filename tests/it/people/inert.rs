//! What must not get in, and what must never hold anyone back.

use super::{at, go, shop};

#[test]
fn a_card_number_is_refused_in_a_name_and_in_a_note() {
    let mut robot = at(shop().desk);
    robot.keys("<F6><Tab><Tab>4111 1111 1111 1111<F2>");
    assert!(robot.sees("x That holds a full card number"), "{}", robot.text());
    assert!(robot.app.dialog_count() == 1);
    robot.keys("<Esc>y<F9 Add a note><Tab>card 4111-1111-1111-1111<F2>");
    assert!(robot.sees("x That holds a full card number"), "{}", robot.text());
}

#[test]
fn a_megabyte_pasted_is_cut_and_said_so() {
    let mut robot = at(shop().desk);
    robot.keys("<F6><Tab><Tab>").paste(&"x\x1b[31m\n".repeat(200_000));
    assert!(robot.message().starts_with("That was too long for this field"), "{}", robot.message());
    robot.keys("<F2>");
    assert!(robot.app.dialog_count() == 0 || robot.sees("x "), "{}", robot.text());
    let mut robot = at(shop().desk);
    robot.paste(&"żx\t".repeat(500_000));
    assert!(robot.sees("No customer matches"), "{}", robot.text());
    go(&mut robot, "new order");
    robot.paste(&"9".repeat(1_000_000)).keys("<F2>");
    assert!(robot.sees("x Choose one from the list"), "{}", robot.text());
}

#[test]
fn shift_tab_leaves_every_wrong_field() {
    let mut robot = at(shop().desk);
    robot.keys("<F6>");
    for _ in 0..40 {
        robot.keys("@@@<Shift+Tab>");
    }
    assert_eq!(robot.app.dialog_count(), 1);
    let mut robot = at(shop().desk);
    robot.keys("acme<F9 New order>");
    for _ in 0..40 {
        robot.keys("99/99<Shift+Tab>");
    }
    assert!(robot.sees("[2 Items]") && !robot.sees("x "), "{}", robot.text());
}

#[test]
fn impossible_days_and_amounts_are_refused_in_words() {
    let mut robot = at(shop().desk);
    robot.keys("acme<F9 Add a note><Tab>called<Tab>31/02<F2>");
    assert!(robot.sees("x There is no 31 February 2025."), "{}", robot.text());
    robot.keys("<Ctrl+U><Tab>do something<F2>");
    assert!(robot.sees("x Write the day on which to do it."), "{}", robot.text());
    robot.keys("<Esc>y");
    go(&mut robot, "products");
    robot.keys("<F6>Chair<Tab><Tab><Tab>-5<F2>");
    assert!(robot.sees("x An amount here cannot be negative."), "{}", robot.text());
    robot.keys("<Ctrl+U>99999999999999<F2>");
    assert!(robot.sees("x That amount is larger than the book can hold"), "{}", robot.text());
    robot.keys("<Ctrl+U>10<Tab><Ctrl+U>101<F2>");
    assert!(robot.sees("x "), "{}", robot.text());
}

#[test]
fn letters_change_nothing_on_the_pages_of_a_record() {
    let mut robot = at(shop().desk);
    let changes = |robot: &crate::robot::Robot| {
        robot.app.desk().read(|db| db.one("SELECT COUNT(*) FROM activity", &[], |row| row.int(0))).unwrap()
    };
    let before = changes(&robot);
    let letters = "abcdefghijklmnopqrstuvwxyz0123456789 ?/-+*.,;";
    robot.keys("<Enter>");
    for _ in 0..8 {
        robot.keys(letters);
        // `?` opened the help.
        robot.keys("<Esc><Tab>");
    }
    assert_eq!(changes(&robot), before);
}

#[test]
fn no_debug_text_is_ever_shown() {
    let mut robot = at(shop().desk);
    for keys in ["<F8>", "<Esc><Enter>", "<F9>", "<Esc><Tab><Enter>", "<Tab><Tab>", "<Esc><Esc>"] {
        robot.keys(keys);
        let text = robot.text();
        for word in ["Some(", "None", "Err(", "CustomerId", "{ ", "Money {"] {
            assert!(!text.contains(word), "{word}\n{text}");
        }
    }
}
