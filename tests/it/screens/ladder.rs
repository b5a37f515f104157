//! Esc climbs, never quits; held keys answer nothing; the message line speaks.

use super::demo::robot;

#[test]
fn esc_climbs_one_step_at_a_time_and_never_quits() {
    let mut robot = robot();
    robot.keys("<Tab>7<Enter><Enter><F2>Weber");
    assert_eq!((robot.app.depth(), robot.app.dialog_count()), (2, 1));
    robot.keys("<Esc>");
    assert!(robot.sees("Discard what you typed?"));
    robot.keys("<Esc>");
    assert_eq!((robot.app.depth(), robot.app.dialog_count()), (2, 0));
    robot.keys("<Esc><Esc>");
    assert_eq!(robot.app.depth(), 0);
    // The fifth Esc in a row does not stop at the text to find.
    robot.keys("<Esc>");
    assert!(robot.sees("[Today]"));
    robot.keys("<Esc><Esc><Esc><Esc><Esc><Esc>");
    assert!(robot.sees("[Today]") && !robot.has_left());
    assert_eq!(robot.message(), "This is the first page. Ctrl+Q leaves rentbook.");
}

#[test]
fn six_times_esc_lead_to_today_from_anywhere() {
    let places = ["", "abc", "<Tab>7", "<Tab><Enter><Enter><Enter><Enter><F2>x<F4>", "<F10>cust", "<F9>", "<F8>"];
    for way in ["", "<Tab>row 2", "<Tab>2<Enter><F2>W<Tab><Tab><Tab><Tab><Tab>mon"].into_iter().chain(places) {
        let mut robot = robot();
        robot.keys(way).keys("<Esc><Esc><Esc><Esc><Esc><Esc>");
        assert!(robot.sees("[Today]"), "{way}\n{}", robot.text());
        assert_eq!((robot.app.depth(), robot.app.dialog_count(), robot.has_left()), (0, 0, false), "{way}");
    }
}

#[test]
fn one_esc_clears_what_was_typed() {
    let mut robot = robot();
    robot.keys("<Tab>row 12");
    assert!(robot.sees("11 shown"));
    robot.keys("<Esc>");
    assert!(robot.sees("300 shown") && robot.sees("[Customers]"));
}

#[test]
fn thirty_times_enter_never_refund() {
    let mut robot = robot();
    robot.keys("<F8>").hold("Enter", 30);
    assert!(!robot.sees("1 done"));
    let mut robot = super::demo::robot();
    for _ in 0..30 {
        robot.keys("<F8><Enter>");
    }
    assert!(!robot.sees("1 done") && robot.sees("0 done"));
    robot.keys("<F8><Left>").hold("Enter", 1);
    assert!(robot.sees("1 done"));
}

#[test]
fn letters_answer_a_question_and_a_held_letter_does_not() {
    let mut robot = robot();
    robot.keys("<F8>n");
    assert!(robot.sees("0 done"));
    robot.keys("<F8>y");
    assert!(robot.sees("1 done"));
    assert_eq!(robot.message(), "Ana Refunded was added as a customer.", "{}", robot.text());
    robot.keys("<F8>").hold("x", 3).keys("<Esc>");
    assert!(robot.sees("1 done"));
}

#[test]
fn ctrl_q_leaves_but_never_with_unsaved_text() {
    let mut robot = robot();
    robot.keys("<F6>Weber<Ctrl+Q>");
    assert!(robot.sees("What you typed is not saved yet.") && !robot.has_left());
    robot.keys("<Enter>");
    assert!(robot.sees("Weber") && !robot.has_left());
    robot.keys("<Ctrl+Q>y");
    assert!(robot.has_left());
    let mut robot = super::demo::robot();
    robot.keys("<Ctrl+Q>");
    assert!(robot.has_left());
}

#[test]
fn letters_on_a_record_do_nothing_and_say_so() {
    let mut robot = robot();
    robot.keys("<Tab><Enter>d");
    assert!(robot.message().starts_with("Letters do nothing here"));
    assert_eq!(robot.app.depth(), 1);
}

#[test]
fn a_tab_is_as_it_was_left() {
    let mut robot = robot();
    robot.keys("<Tab>row 30<Tab>");
    assert!(robot.sees("[Payments]") && robot.sees("300 shown"));
    robot.keys("<Shift+Tab>");
    assert!(robot.sees("Find: row 30"));
    robot.keys("<Esc><Down><Down><Tab><Shift+Tab>");
    assert!(robot.sees(" > row 3"), "{}", robot.text());
}
