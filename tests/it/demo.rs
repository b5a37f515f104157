//! The demo book: the same rows every time, something of everything, and nothing wrong with it.

use std::path::Path;

use rentbook::services::demo::{DemoOptions, make};
use rentbook::services::{Access, Book, Desk};

use crate::fixture::{Hand, date, operator};

const TODAY: &str = "2025-06-30";

fn made(path: &Path, customers: usize, seed: u64) -> Desk {
    let options = DemoOptions { customers, seed, ..DemoOptions::default() };
    let mut told = (0, 0);
    let report = make(path, date(TODAY), options, &mut |done, total| told = (done, total)).unwrap();
    assert_eq!(told.0, told.1);
    assert_eq!(report.customers, customers);
    let hand = Hand::at(TODAY);
    let now = rentbook::services::Outside::now(&hand);
    let book = Book::open(path, Access::ReadWrite, now).unwrap();
    Desk::new(book, std::sync::Arc::new(hand), operator("mia")).unwrap()
}

#[test]
fn a_demo_holds_something_of_everything_and_nothing_wrong() {
    let folder = tempfile::tempdir().unwrap();
    let desk = made(&folder.path().join("demo.rentbook"), 60, 1);
    let report = desk.check().unwrap();
    assert!(report.ok, "{:#?}", report.violations);
}
