//! Billing groups: made, filled, invoiced.

use rentbook::services::Desk;
use rentbook::tui::screens;

use crate::fixture::{group, item, order, person, shop, variant};
use crate::robot::Robot;

fn sound(desk: &Desk) {
    let report = desk.check_deep().unwrap();
    assert!(report.ok, "{:#?}", report.violations);
}

/// A shop with two people, each renting a laptop from 1 November, and an empty group billed on the 15th.
fn acme() -> Robot {
    let (mut desk, _) = shop("2025-11-17");
    let laptop = variant(&mut desk, "Laptop", "89.00");
    group(&mut desk, "Acme HQ", "15");
    for last in ["Ito", "Ruiz"] {
        let who = person(&mut desk, last);
        order(&mut desk, who, vec![item(laptop, "2025-11-20", 12)]);
    }
    let mut robot = Robot::at(desk, screens::open);
    robot.keys("<Tab><Tab><Tab>");
    robot
}

#[test]
fn a_group_is_made_and_gets_the_cursor() {
    let mut robot = acme();
    robot.keys("Zebra<F6>");
    assert!(robot.sees("[Zebra "), "{}", robot.text());
    robot.keys("<End> Studio<Enter>Dana Weber<Enter>nobody<F2>");
    assert!(robot.sees("x “nobody”"), "{}", robot.text());
    robot.keys("<Ctrl+U>ap@zebra.example<Enter><Enter><Enter><Enter>400<F2>");
    assert!(robot.sees("x Write a number from 0 to 365."), "{}", robot.text());
    robot.keys("<Ctrl+U>14<Enter>5<F2>");
    assert_eq!(robot.message(), "Group Zebra Studio was added.");
    assert!(robot.sees("> Zebra Studio") && robot.sees("2 groups") && robot.sees("5, net 14"), "{}", robot.text());
    robot.keys("<F2>");
    assert!(robot.sees("[Dana Weber "), "{}", robot.text());
    robot.keys("<Ctrl+U>Zebra Works<F2>");
    assert!(robot.sees("> Zebra Works"), "{}", robot.text());
    robot.keys("<F2><Ctrl+U>Acme HQ<F2>");
    assert!(robot.sees("x There is a group Acme HQ already."), "{}", robot.text());
}

#[test]
fn members_join_by_a_part_of_their_name_and_leave_again() {
    let mut robot = acme();
    robot.keys("<Enter>");
    assert!(robot.sees("Nobody is in this group yet. F6 adds a member."), "{}", robot.text());
    robot.keys("<F6>it");
    assert!(robot.sees("Ito, Ana"), "{}", robot.text());
    robot.keys("<Enter><F2>");
    assert_eq!(robot.message(), "Ana Ito is billed through Acme HQ from now on.");
    assert!(robot.sees("[Members 1]") && robot.sees("Subscriptions 1"), "{}", robot.text());
    robot.act("Take Ito, Ana out of the group");
    assert_eq!(robot.message(), "Ana Ito is billed separately from now on.");
    assert!(robot.sees("[Members 0]") && robot.sees("17 Nov 2025"), "{}", robot.text());
    sound(robot.app.desk());
}

#[test]
fn the_invoice_of_a_month_is_seen_before_it_is_issued() {
    let mut robot = acme();
    robot.keys("<F8>");
    assert!(robot.sees("Nothing of Acme HQ waits for"), "{}", robot.text());
    robot.keys("<F2>");
    assert!(robot.sees("Nothing is saved"), "{}", robot.text());
    robot.keys("<Esc><Enter><F6>ito<Enter><F2><F6>ruiz<Enter><F2>");
    robot.keys("<F8>");
    assert!(robot.sees("[November 2025") && robot.sees("20 Nov - 19 Dec") && robot.sees("178.00"), "{}", robot.text());
    assert!(robot.sees("Number 2025-0001, due 17 Dec 2025"), "{}", robot.text());
    let untouched = |robot: &Robot| {
        let count = |table: &str| {
            let sql = format!("SELECT COUNT(*) FROM {table}");
            robot.app.desk().read(|db| db.one(&sql, &[], |row| row.int(0))).unwrap().unwrap()
        };
        (count("invoice"), count("payment"))
    };
    assert_eq!(untouched(&robot), (0, 0), "what is shown is taken back");
    robot.keys("<Right>");
    assert!(robot.sees("[December 2025") && robot.sees("20 Dec - 19 Jan") && robot.sees("356.00"), "{}", robot.text());
    robot.keys("<Left><F2>");
    assert_eq!(robot.message(), "Invoice 2025-0001 is issued, 178.00.");
    assert_eq!(untouched(&robot), (1, 2));
    robot.keys("<Esc>");
    assert!(robot.sees("Billing Groups > Acme HQ") && robot.sees("Owes 178.00 USD"), "{}", robot.text());
    robot.keys("<Tab><Tab>");
    assert!(robot.sees("> 2025-0001") && robot.sees(". Unpaid"), "{}", robot.text());
    sound(robot.app.desk());
}

#[test]
fn letters_do_nothing_on_the_page_and_the_neighbours_are_an_arrow_away() {
    let mut robot = acme();
    robot.keys("Umbra<F6><F2><Enter>");
    assert!(robot.sees("Billing Groups > Umbra"), "{}", robot.text());
    robot.keys("<Left>");
    assert!(robot.sees("Billing Groups > Acme HQ"), "{}", robot.text());
    robot.keys("<Left>");
    assert_eq!(robot.message(), "This is the first group.");
    robot.keys("xyz");
    assert!(robot.message().starts_with("Letters do nothing here"), "{}", robot.message());
    robot.keys("<Right><Esc>");
    assert!(robot.sees("[Billing Groups]") && robot.sees("2 groups"), "{}", robot.text());
}

#[test]
fn a_subscription_is_left_for_later_with_the_space_bar() {
    let mut robot = acme();
    robot.keys("<Enter><F6>ito<Enter><F2><F6>ruiz<Enter><F2><F8>");
    assert!(robot.sees("Take") && robot.sees("178.00"), "{}", robot.text());
    insta::assert_snapshot!("group_invoice", robot.text());
    robot.keys("<Tab><Space>");
    assert!(
        robot.sees("left out: waits for a later invoice") && robot.sees("TOTAL USD      89.00"),
        "{}",
        robot.text()
    );
    robot.keys("<Space>");
    assert!(robot.sees("178.00") && !robot.sees("left out"), "{}", robot.text());
    robot.keys("<Space><F2>");
    assert_eq!(robot.message(), "Invoice 2025-0001 is issued, 89.00.");
    robot.keys("<Esc><F8>");
    assert!(robot.sees("left out: already on invoice 2025-0001"), "{}", robot.text());
    sound(robot.app.desk());
}
