//! The front door, billing groups, reports and settings, by keys.

mod day;
mod drafts;
mod first_start;
mod groups;
mod readme;
mod reports;
mod review;
mod settings;

use std::path::Path;
use std::sync::Arc;

use rentbook::services::{Access, Book, Desk, Outside, books};
use rentbook::tui::screens;
use rentbook::tui::screens::first_start::{FirstStart, Front};

use crate::fixture::{Hand, draft, operator};
use crate::robot::Robot;

/// A robot at the door of a place, on a day; what stands in the way is said on the page.
fn at_the_door(book: &Path, day: &str) -> Robot {
    let outside: Arc<dyn Outside> = Arc::new(Hand::at(day));
    let fault = books::open(book, Access::ReadWrite, &outside, &operator("mia")).err();
    let fault = fault.and_then(|error| match error {
        rentbook::services::DeskError::Broken(error) if error.kind().word() != "missing" => Some(error),
        _ => None,
    });
    let desk = Desk::new(Book::in_memory().unwrap(), outside, operator("mia")).unwrap();
    let front = Front { book: book.to_owned(), access: Access::ReadWrite, time_zone: Some("Europe/Berlin".to_owned()) };
    let mut robot = Robot::at(desk, screens::open);
    robot.app.begin_with(Box::new(FirstStart::new(front, fault.as_ref())));
    robot.resize(80, 24);
    robot
}

/// Whether the page says a sentence, wherever its lines break.
fn says(robot: &Robot, sentence: &str) -> bool {
    robot.text().split_whitespace().collect::<Vec<_>>().join(" ").contains(sentence)
}

/// A shop that is set up, in a file.
fn shop_at(book: &Path, day: &str) -> (Desk, Hand) {
    let hand = Hand::at(day);
    let outside: Arc<dyn Outside> = Arc::new(hand.clone());
    (books::make(book, &draft(), &outside, &operator("mia")).unwrap(), hand)
}
