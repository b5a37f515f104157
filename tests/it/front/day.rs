//! The pass at the start of a day, the backup, and a book that may only be looked at.

use std::sync::Arc;
use std::time::{Duration, Instant};

use rentbook::services::{Access, Desk, Outside, books};
use rentbook::tui::event::Event;
use rentbook::tui::screens;

use super::shop_at;
use crate::fixture::{item, operator, order, person, shop, variant};
use crate::robot::Robot;

fn payments(desk: &Desk) -> i64 {
    desk.read(|db| db.one("SELECT COUNT(*) FROM payment", &[], |row| row.int(0))).unwrap().unwrap()
}

/// A robot at a shop with one contract from 1 November, which did its pass on 17 November; and its clock.
fn rented() -> (Robot, crate::fixture::Hand) {
    let (mut desk, hand) = shop("2025-11-17");
    let ana = person(&mut desk, "Delgado");
    let laptop = variant(&mut desk, "Laptop", "89.00");
    order(&mut desk, ana, vec![item(laptop, "2025-11-01", 12)]);
    let mut robot = Robot::at(desk, screens::open);
    robot.event(Event::DayChanged);
    (robot, hand)
}

#[test]
fn a_day_that_begins_while_rentbook_is_open_runs_its_pass() {
    let (mut robot, hand) = rented();
    assert_eq!(payments(robot.app.desk()), 1);
    hand.set("2025-12-01");
    robot.app.look();
    assert_eq!(payments(robot.app.desk()), 2);
    assert!(robot.message().contains("1 payment came due"), "{}", robot.message());
}

#[test]
fn a_long_gap_is_shown_and_only_yes_runs_the_pass() {
    let (mut robot, hand) = rented();
    hand.set("2026-02-03");
    robot.app.look();
    robot.resize(80, 24);
    assert!(robot.sees("Today's billing has not run yet") && robot.sees("- 3 payments come due"), "{}", robot.text());
    assert!(robot.sees(">[ n Not now ]"));
    robot.hold("Enter", 30);
    assert_eq!((robot.app.dialog_count(), payments(robot.app.desk())), (0, 1));
    robot.keys("<F5>");
    assert!(robot.sees("Today's billing has not run yet"));
    robot.keys("y");
    assert_eq!((robot.app.dialog_count(), payments(robot.app.desk())), (0, 4));
    assert!(robot.message().contains("3 payments came due"), "{}", robot.message());
}

#[test]
fn a_clock_that_goes_back_is_asked_about() {
    let (mut robot, hand) = rented();
    hand.set("2025-11-10");
    robot.app.look();
    robot.resize(80, 24);
    assert!(robot.sees("The clock says 10 Nov 2025"), "{}", robot.text());
    assert!(robot.sees("Say no and set the clock of this computer right"), "{}", robot.text());
    robot.keys("<Esc>");
    assert_eq!(robot.app.dialog_count(), 0);
}

#[test]
fn a_book_for_viewing_shows_all_and_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let book = folder.path().join("shop.db");
    let (desk, hand) = shop_at(&book, "2025-11-17");
    drop(desk);
    let outside: Arc<dyn Outside> = Arc::new(hand);
    let desk = books::open(&book, Access::ViewOnly, &outside, &operator("mia")).unwrap();
    let mut robot = Robot::at(desk, screens::open);
    robot.event(Event::DayChanged);
    assert!(robot.lines()[0].contains("VIEW ONLY") && robot.message().starts_with("Viewing only"));
    robot.keys("<F5>");
    assert!(robot.message().contains("billing does not run"), "{}", robot.message());
    robot.keys("<Tab><Tab><Tab><F6>");
    assert!(robot.sees("open for viewing only"), "{}", robot.text());
    assert!(!folder.path().join("backups").exists());
}

#[test]
fn the_backup_of_the_day_is_made_beside_the_screen_and_the_header_says_when() {
    let folder = tempfile::tempdir().unwrap();
    let (desk, _) = shop_at(&folder.path().join("shop.db"), "2025-11-17");
    let mut robot = Robot::at(desk, screens::open);
    robot.event(Event::DayChanged);
    robot.wait_for("backup OK 09:00");
    assert_eq!(std::fs::read_dir(folder.path().join("backups")).unwrap().count(), 1);
    let start = Instant::now();
    drop(robot.app.finish());
    assert!(start.elapsed() < Duration::from_secs(1));
}

#[test]
fn what_another_terminal_saves_is_seen() {
    let folder = tempfile::tempdir().unwrap();
    let (desk, hand) = shop_at(&folder.path().join("shop.db"), "2025-11-17");
    let outside: Arc<dyn Outside> = Arc::new(hand);
    let mut other = books::open(desk.book().path(), Access::ReadWrite, &outside, &operator("tom")).unwrap();
    let mut robot = Robot::at(desk, screens::open);
    robot.event(Event::DayChanged);
    robot.keys("<Tab><Tab><Tab>");
    assert!(robot.sees("There are no billing groups yet"), "{}", robot.text());
    crate::fixture::group(&mut other, "Acme HQ", "1");
    robot.app.look();
    robot.resize(80, 24);
    assert!(robot.sees("> Acme HQ"), "{}", robot.text());
}

/// A robot at a shop in a file.
fn at_a_file(path: &std::path::Path) -> Robot {
    drop(shop_at(path, "2025-11-17"));
    let outside: Arc<dyn Outside> = Arc::new(crate::fixture::Hand::at("2025-11-17"));
    let desk = books::open(path, Access::ReadWrite, &outside, &operator("mia")).unwrap();
    Robot::at(desk, screens::open)
}

#[test]
fn damage_that_is_found_beside_the_screen_makes_the_book_one_for_viewing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("shop.db");
    let mut robot = at_a_file(&path);
    let other = crate::a_shop::other_program(&path);
    other.set_db_config(rusqlite::config::DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false).unwrap();
    other
        .execute_batch(
            "PRAGMA ignore_check_constraints = ON; INSERT INTO number_series (kind, year, last) VALUES ('odd', -7, 1)",
        )
        .unwrap();
    drop(other);
    robot.event(Event::DayChanged);
    robot.wait_for("is damaged");
    assert!(robot.sees("VIEW ONLY"), "{}", robot.text());
    assert!(robot.app.desk().is_view_only() && robot.app.desk().shop().is_ok());
}

/// F101
#[test]
fn a_book_that_is_moved_under_the_screen_is_said_within_one_look() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("shop.db");
    let mut robot = at_a_file(&path);
    robot.app.look();
    std::fs::rename(&path, folder.path().join("elsewhere.db")).unwrap();
    assert_eq!(robot.app.look(), rentbook::tui::app::Flow::Draw);
    assert!(robot.message().contains("was moved, removed or replaced"), "{}", robot.message());
    assert_eq!(robot.app.look(), rentbook::tui::app::Flow::Still, "said once");
}

/// F72
#[test]
fn while_nobody_types_the_file_becomes_whole_by_itself() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("shop.db");
    let mut robot = at_a_file(&path);
    person(robot.app.desk_mut(), "Delgado");
    person(robot.app.desk_mut(), "Berg");
    let copied = |name: &str| {
        let to = folder.path().join(name);
        std::fs::copy(&path, &to).unwrap();
        crate::a_shop::open(&to).unwrap()
    };
    let people = "SELECT COUNT(*) FROM customer";
    let count = |book: &rentbook::store::Book| book.read(|db| db.one(people, &[], |row| row.int(0))).unwrap();
    let early = copied("early.db");
    assert!(early.opening().lacks_its_log && count(&early) == Some(1));
    robot.app.look();
    let late = copied("late.db");
    assert!(!late.opening().lacks_its_log && count(&late) == Some(2));
}
