//! A customer's record on the screen: segments, merging, addresses, preferences, follow-ups, exporting, erasing.

use super::{at, go, says, shop};
use crate::fixture::{business, person};
use crate::robot::Robot;

fn profile(section_tabs: usize) -> Robot {
    let mut robot = at(shop().desk);
    robot.keys("acme<Enter>");
    for _ in 0..section_tabs {
        robot.keys("<Tab>");
    }
    robot
}

#[test]
fn what_is_shown_is_kept_as_a_segment_and_found_again() {
    let mut robot = at(shop().desk);
    robot.keys("<F4><Right><Right><F2>");
    assert!(robot.sees("Kind: Business") && robot.sees("2 customers"), "{}", robot.text());
    robot.act("Save what is shown");
    assert!(robot.sees("Save as a segment"), "{}", robot.text());
    robot.keys("Firms<F2>");
    assert_eq!(robot.message(), "Segment Firms is saved.");
    robot.keys("<Esc>");
    assert!(robot.sees("3 customers"), "{}", robot.text());
    robot.act("Show a segment");
    for name in ["High value", "At risk", "Loyal", "New", "Business", "Firms"] {
        assert!(robot.sees(name), "{name}\n{}", robot.text());
    }
    robot.keys("6");
    assert!(robot.sees("Segment: Firms") && robot.sees("2 customers") && !robot.sees("Delgado"), "{}", robot.text());
    // A view and a segment hold together.
    robot.keys("<Right>");
    assert!(robot.sees("[Active]") && robot.sees("1 customer"), "{}", robot.text());
    robot.keys("<Left><F9 Rename a segment>1<Ctrl+U>Companies<F2>");
    assert_eq!(robot.message(), "Segment Companies is saved.");
    robot.keys("<F9 Remove a segment>1");
    assert!(robot.text().contains("Remove the segment"), "{}", robot.text());
    robot.keys("y");
    assert!(robot.message().starts_with("Segment Companies is removed"), "{}", robot.message());
    robot.keys("<Ctrl+Z>");
    assert_eq!(robot.message(), "Segment Companies is back.");
}

#[test]
fn a_segment_is_laid_open_changed_and_kept_again_under_its_name() {
    let mut robot = at(shop().desk);
    robot.keys("<F4><Right><Right><F2>").act("Save what is shown as a segment").keys("Firms<F2>");
    robot.keys("<Esc>").act("Change who is in a segment").keys("1");
    assert!(robot.sees("Filter and sort customers") && robot.sees("Business"), "{}", robot.text());
    robot.keys("<Tab><Right><F2>");
    assert!(robot.sees("Changing: Firms") && robot.sees("Active: yes") && robot.sees("1 customer"), "{}", robot.text());
    robot.act("Save what is shown as a segment");
    assert!(robot.sees("[Firms") && robot.sees("Firms holds the customers the list shows"), "{}", robot.text());
    robot.keys("<F2>");
    assert_eq!(robot.message(), "Segment Firms is saved.");
    assert!(!robot.sees("Changing"), "{}", robot.text());
    robot.keys("<Esc>").act("Show a segment").keys("6");
    assert!(robot.sees("Segment: Firms") && robot.sees("1 customer") && robot.sees("Acme Corp"), "{}", robot.text());
    robot.keys("<Ctrl+Z>");
    assert_eq!(robot.message(), "Segment Firms is as it was.");
    robot.keys("<Esc>").act("Show a segment").keys("6");
    assert!(robot.sees("2 customers"), "{}", robot.text());
    // Under another name it is one more; Esc lets go of the change.
    robot.act("Change who is in a segment").keys("1<F2>").act("Save what is shown as a segment");
    robot.keys("<Ctrl+U>Companies<F2>");
    assert_eq!(robot.message(), "Segment Companies is saved.");
    robot.act("Change who is in a segment").keys("1<F2><Esc>");
    assert!(!robot.sees("Changing") && robot.sees("3 customers"), "{}", robot.text());
}

#[test]
fn group_class_and_segment_filter_together_and_show_as_chips() {
    let mut robot = at(shop().desk);
    robot.keys("<F4><Tab><Tab><Tab><Tab><Right><Right><Right><Right><Tab>acme<Enter><F2>");
    assert!(robot.sees("Segment: New") && robot.sees("Group: Acme HQ"), "{}", robot.text());
    assert!(robot.sees("No customer matches this view"), "Ana is in the group and rents nothing\n{}", robot.text());
}

#[test]
fn a_duplicate_is_merged_after_a_look_at_what_moves_and_parted_again() {
    let mut shop = shop();
    business(&mut shop.desk, "Acme Corporation", "14");
    let mut robot = at(shop.desk);
    robot.keys("acme corporation<Enter>").act("Merge with another record");
    assert!(robot.sees("Which customer is the same one?"), "{}", robot.text());
    robot.keys("acme corp<Enter>");
    assert!(robot.sees("Which one is kept?") && robot.sees("Keep Acme Corp"), "{}", robot.text());
    robot.keys("2");
    assert!(says(&robot, "Acme Corporation will be merged into Acme Corp."), "{}", robot.text());
    robot.keys("y");
    assert!(robot.message().starts_with("Acme Corporation is merged into Acme Corp"), "{}", robot.message());
    assert!(robot.sees("Customers > Acme Corp"), "{}", robot.text());
    robot.keys("<Esc><Esc>acme corporation");
    assert!(robot.sees("1 customer") && robot.sees("> Acme Corp "), "{}", robot.text());
    robot.keys("<Esc><Ctrl+Z>");
    assert_eq!(robot.message(), "Acme Corporation is a customer of its own again.");
    assert!(robot.sees("4 customers"), "{}", robot.text());
}

#[test]
fn what_a_customer_prefers_stands_in_a_section_of_its_own() {
    let mut robot = profile(8);
    robot.keys("<F2>24<Tab><Right><Right><Tab><Right><Tab><Right><Tab>grey laptops<F2>");
    assert!(robot.message().starts_with("What Acme Corp prefers is saved"), "{}", robot.message());
    for text in ["24 months", "every quarter", "bank transfer", "by email", "grey laptops"] {
        assert!(robot.sees(text), "{text}\n{}", robot.text());
    }
}

#[test]
fn a_follow_up_is_done_from_its_note_and_from_today() {
    let mut robot = profile(6);
    robot.keys("<F8>");
    assert_eq!(robot.message(), "Followed up on Acme Corp. Ctrl+Z takes it back.");
    assert!(robot.sees("+ done"), "{}", robot.text());
    robot.keys("<F8>");
    assert_eq!(robot.message(), "This note has nothing left to do.");
    robot.keys("<F6><Tab>call again<Tab>t<Tab>call Dana<F2><Esc><Esc>");
    go(&mut robot, "today");
    assert!(robot.sees("Follow-ups from customer notes"), "{}", robot.text());
    while !robot.lines().iter().any(|line| line.contains("> * Follow-ups")) {
        robot.keys("<Down>");
    }
    robot.keys("<Enter>");
    assert!(robot.sees("Acme Corp: call Dana"), "{}", robot.text());
    robot.keys("<Enter>1");
    assert_eq!(robot.message(), "Followed up on Acme Corp. Ctrl+Z takes it back.");
    assert!(!robot.sees("Follow-ups from customer notes"), "{}", robot.text());
}

#[test]
fn left_and_right_follow_the_list_one_came_from() {
    let mut robot = at(shop().desk);
    robot.keys("<Right><Right><Enter>");
    assert!(robot.sees("Customers > Acme Corp"), "{}", robot.text());
    robot.keys("<Right>");
    assert!(robot.sees("Customers > Brightside Dental"), "{}", robot.text());
    robot.keys("<Right>");
    assert_eq!(robot.message(), "This is the last customer of that list.", "Ana is no business");
}

#[test]
fn erasing_says_what_stands_in_the_way_then_what_stays_and_asks() {
    let mut shop = shop();
    person(&mut shop.desk, "Forget");
    let mut robot = at(shop.desk);
    robot.keys("acme<Enter>").act("Erase the personal data");
    assert_eq!(robot.message(), "Acme Corp still rents: its subscriptions have to end first.");
    robot.keys("<Esc><Esc>forget<Enter>").act("Erase the personal data");
    assert!(says(&robot, "Erase name, contacts, addresses, notes and messages of Forget, Ana?"), "{}", robot.text());
    robot.hold("Enter", 30);
    assert!(robot.sees("Customers > Forget, Ana"), "{}", robot.text());
    robot.act("Erase the personal data").keys("y");
    assert!(robot.message().starts_with("The personal data is erased"), "{}", robot.message());
    assert!(robot.sees("Erased customer 4") && !robot.sees("Forget"), "{}", robot.text());
    robot.act("Erase the personal data");
    assert!(robot.message().contains("is erased already") || robot.sees("is erased already"), "{}", robot.text());
}

#[test]
fn a_book_without_a_folder_says_so_when_something_is_to_be_written() {
    let mut robot = profile(0);
    robot.act("Export everything").keys("1");
    assert_eq!(robot.message(), "A book in memory has no folder for its papers.");
}
