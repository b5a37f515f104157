//! What was half typed when the terminal went away.

use rentbook::services::Book;
use rentbook::tui::event::Event;
use rentbook::tui::screens;

use crate::robot::Robot;

// F115
#[test]
fn what_was_half_typed_is_kept_for_its_owner_and_offered_once_without_card_numbers() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("book.db");
    let (desk, _) = crate::screens::harbour::desk_on(Book::create(&path).unwrap());
    let mut robot = Robot::at(desk, screens::open);
    robot.keys("<Tab>").act("Add a note");
    robot.keys("<Tab>called about the projector<Tab><Tab>4242 4242 4242 4242");
    robot.event(Event::Terminate);
    assert!(robot.has_left());
    let draft = folder.path().join("book.db.draft");
    let text = std::fs::read_to_string(&draft).unwrap();
    assert!(text.contains("called about the projector") && !text.contains("4242"), "{text}");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(std::fs::metadata(&draft).unwrap().permissions().mode() & 0o777, 0o600);
    }
    robot.keys("<Esc><Esc>y<Esc>");
    robot.app.offer_draft();
    robot.resize(80, 24);
    assert!(robot.sees("Not saved the last time") && robot.sees("called about the projector"), "{}", robot.text());
    assert!(!draft.exists(), "it is offered once");
    robot.keys("<Esc>");
    robot.event(Event::Terminate);
    assert!(!draft.exists(), "where nothing is typed nothing is kept");
}
