//! What rentbook says: whole, for as long as it takes, and once more later.

use super::harbour;

// F80
#[test]
fn what_went_wrong_or_became_of_money_stays_while_one_types_and_moves_and_can_be_read_again() {
    let mut robot = harbour::payments();
    robot.keys("<F8>BT-778123<F2>");
    let paid = robot.message();
    assert!(paid.contains("Ctrl+Z"), "{paid}");
    robot.keys("0104<Down><Up>");
    assert_eq!(robot.message(), paid, "it stays while one types the next number");
    robot.keys("<Esc>");
    assert_eq!(robot.message(), "", "Esc takes it away");
    robot.keys("<F2>");
    let remark = robot.message();
    assert!(!remark.is_empty());
    robot.keys("x");
    assert_eq!(robot.message(), "", "a remark goes with the next key");
    robot.keys("<Esc><F10>messages of<Enter>");
    let words: Vec<&str> = paid.split_whitespace().take(4).collect();
    assert!(robot.sees(&words.join(" ")) && robot.sees("newest first"), "{}", robot.text());
}

// F80
#[test]
fn a_long_message_takes_the_lines_it_needs_and_covers_nothing() {
    let mut robot = harbour::payments();
    robot.keys("<F10>backup<Enter>");
    assert!(!robot.message().is_empty());
    let lines = robot.lines();
    assert!(lines[23].contains("F1 Help"), "{}", robot.text());
    let told = lines.join(" ").split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(told.contains(&robot.message()), "{}", robot.text());
}
