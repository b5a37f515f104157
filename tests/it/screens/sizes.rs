//! Every size works; looks are the same in every theme but for their styles.

use rentbook::tui::app::Flow;
use rentbook::tui::event::Event;
use rentbook::tui::theme::{Look, Theme};

use super::demo::{open, robot};
use crate::robot::Robot;

#[test]
fn a_window_that_is_too_small_says_so_and_loses_nothing() {
    let mut robot = robot();
    robot.keys("<F6>Weber");
    let before = robot.text();
    for (width, height) in [(1, 1), (0, 0), (79, 24), (80, 19), (2, 50), (500, 1)] {
        robot.resize(width, height).keys("lost<F2><Esc><Esc><Ctrl+Q>");
    }
    assert!(!robot.has_left());
    robot.resize(60, 20);
    assert!(robot.sees("rentbook needs 80 by 20 characters"), "{}", robot.text());
    robot.resize(80, 24);
    assert_eq!(robot.text(), before);
}

#[test]
fn every_new_size_is_drawn_from_an_empty_window() {
    let mut robot = robot();
    for (width, height) in [(40, 10), (80, 24), (80, 24)] {
        assert_eq!(robot.event(Event::Resize(width, height)), Flow::Redraw, "cells may be lost in between");
    }
}

#[test]
fn the_frame_around_pages_forms_and_menus_looks_like_this() {
    let mut robot = robot();
    robot.keys("<Tab>row 2<Down><Insert><Down>");
    insta::assert_snapshot!("a_list", robot.looks());
    robot.keys("<F6>Weber<Tab><Tab>9<Tab><Tab><Tab>mon");
    insta::assert_snapshot!("a_form", robot.looks());
    robot.keys("<Esc><Esc>");
    insta::assert_snapshot!("a_question", robot.looks());
    robot.keys("y<F9><Down><Down>");
    insta::assert_snapshot!("actions", robot.looks());
    robot.keys("<Esc><F10>");
    insta::assert_snapshot!("the_menu", robot.looks());
    robot.keys("<Esc><F1>");
    insta::assert_snapshot!("help", robot.looks());
}

#[test]
fn larger_windows_show_more() {
    let mut robot = robot();
    robot.keys("<Tab>").resize(120, 40);
    assert!(robot.lines()[4].ends_with("── row 1 ────────────────────────────────┐") || robot.sees("┐┌─ row 1 "));
    assert!(robot.sees("Ctrl+Q Quit") && robot.sees("Enter Open"));
    robot.resize(500, 200).resize(80, 24);
    assert!(robot.sees("├─ row 1 "));
}

#[test]
fn a_look_changes_styles_never_text() {
    let page = |theme| {
        let mut robot = Robot::with_theme(crate::fixture::shop("2025-11-17").0, open, theme);
        robot.keys("<Tab>row 1<Down><Insert>");
        (robot.text(), robot.looks())
    };
    let (text, dark) = page(Theme::default());
    assert!(text.contains(" * row 10") && text.contains("1 marked = 10.00 EUR"), "{text}");
    for look in Look::ALL {
        let (other, looks) = page(Theme::new(*look, false));
        assert_eq!(other, text, "{look:?}");
        assert_eq!(looks == dark, *look == Look::Dark, "{look:?}");
        if *look == Look::Mono {
            assert!(!looks.contains("Cyan") && !looks.contains("Light"), "{looks}");
        }
    }
    let (ascii, _) = page(Theme::new(Look::Dark, true));
    assert!(ascii.is_ascii(), "{ascii}");
}

// F84
#[test]
fn names_have_room_a_head_sorts_and_the_wheel_scrolls() {
    let mut robot = super::harbour::payments();
    robot.resize(120, 40);
    let cut = |robot: &Robot| robot.lines().iter().filter(|line| line.contains(".. S-")).count();
    assert_eq!(cut(&robot), 0, "{}", robot.text());
    robot.click("Customer   ");
    assert!(robot.sees("Customer v"), "{}", robot.text());
    robot.click("Customer v");
    assert!(robot.sees("Customer ^"), "{}", robot.text());
    robot.click("Invoice   ");
    assert!(robot.message().starts_with("Rows cannot be sorted by"), "{}", robot.message());
    robot.resize(80, 24).keys("<Esc><Home>");
    let first = robot.lines()[6].clone();
    robot.wheel(3);
    assert!(!robot.sees(first.trim_start_matches("│ > ")), "{}", robot.text());
    assert!(!robot.sees("│ > "), "{}", robot.text());
    robot.wheel(-3).keys("<Down>");
    assert!(robot.sees("│ > ") && robot.lines()[7].starts_with("│ > "), "{}", robot.text());
    robot.keys("<Right><Right><Right><Right>");
    assert!(robot.sees("Paid ^"), "{}", robot.text());
}

// F84
#[test]
fn twenty_rows_are_enough_for_every_page() {
    let mut robot = super::harbour::robot();
    robot.resize(80, 20);
    for _ in 0..6 {
        assert!(robot.lines()[19].contains("F1 Help"), "{}", robot.text());
        assert!(!robot.sees("rentbook needs"), "{}", robot.text());
        robot.keys("<Tab>");
    }
    robot.resize(80, 19);
    assert!(robot.sees("rentbook needs 80 by 20"), "{}", robot.text());
}
