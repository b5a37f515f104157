//! Reports: the figures, the periods, the rows behind.

use rentbook::services::actions::receiving::Target;
use rentbook::services::{Action, Desk};
use rentbook::services::{Payer, pass::PassOptions};
use rentbook::tui::screens;

use crate::fixture::{business, item, order, person, shop, transfer, variant};
use crate::robot::Robot;

/// Three people rent from August; two pay in time, one not at all.
fn november() -> Desk {
    let (mut desk, hand) = shop("2025-08-01");
    let laptop = variant(&mut desk, "Laptop", "89.00");
    let people: Vec<_> = ["Delgado", "Ito", "Novak"].map(|last| person(&mut desk, last)).to_vec();
    for who in &people {
        order(&mut desk, *who, vec![item(laptop, "2025-08-01", 12)]);
    }
    for month in 8..=11 {
        hand.set(&format!("2025-{month:02}-01"));
        desk.run_pass(&PassOptions::default()).unwrap();
        for who in &people[..2] {
            let reference = format!("T{month}-{}", who.0);
            let draft = transfer(&desk, Target::Payer(Payer::Customer(*who)), "", &reference);
            desk.perform(Action::Receive(Box::new(draft))).unwrap();
        }
    }
    hand.set("2025-11-17");
    desk.run_pass(&PassOptions::default()).unwrap();
    desk
}

fn at_reports(desk: Desk) -> Robot {
    let mut robot = Robot::at(desk, screens::open);
    robot.keys("<Shift+Tab>");
    robot
}

fn shop_in_november() -> Robot {
    at_reports(november())
}

#[test]
fn every_figure_is_printed_beside_its_bar() {
    let mut robot = shop_in_november();
    insta::assert_snapshot!("reports_80x24", robot.text());
    robot.resize(120, 40);
    insta::assert_snapshot!("reports_120x40", robot.text());
    robot.resize(109, 40).resize(200, 60).resize(80, 24);
    assert!(robot.sees("Period: Dec 2024 - Nov 2025   up to 17 Nov 2025"), "{}", robot.text());
}

#[test]
fn boxes_go_up_and_down_and_lead_to_the_payments_behind() {
    let mut robot = shop_in_november();
    assert!(robot.sees("> Income by month"));
    robot.keys("<Up>");
    assert!(robot.sees("> Failed per week"), "{}", robot.text());
    robot.keys("<Down><Down><Enter>");
    assert!(robot.sees("! Overdue") || robot.sees(". Pending"), "{}", robot.text());
    robot.keys("paid<Enter>");
    assert!(robot.sees("[Payments]") && robot.sees("[All]") && robot.sees("+ Paid"), "{}", robot.text());
    assert!(robot.sees("8 payments") && !robot.sees("Novak"), "{}", robot.text());
}

#[test]
fn the_oldest_bucket_leads_to_its_payments() {
    let mut robot = shop_in_november();
    robot.keys("<Down><Down><Down>");
    assert!(robot.sees("> Open by age") && robot.sees("356.00"), "{}", robot.text());
    robot.keys("<Enter>over<Enter>");
    assert!(
        robot.sees("[Payments]") && robot.sees("1 payment, open 89.00 USD") && robot.sees("Novak"),
        "{}",
        robot.text()
    );
}

#[test]
fn periods_go_left_and_right_and_f4_chooses_one() {
    let mut robot = shop_in_november();
    robot.keys("<Left>");
    assert!(robot.sees("Period: Dec 2023 - Nov 2024"), "{}", robot.text());
    robot.keys("<Right><Right>");
    assert_eq!(robot.message(), "That period has not begun yet.");
    robot.keys("<F4>o<F2>");
    assert!(robot.sees("Period: Nov 2025   up to 17 Nov 2025"), "{}", robot.text());
    robot.keys("<Left>");
    assert!(robot.sees("Period: Oct 2025 "), "{}", robot.text());
    let income = robot.lines().into_iter().find(|line| line.contains("Total income")).unwrap();
    assert!(income.contains("178.00") && income.contains("+ 0.0 %"), "{income}");
    robot.keys("<F4><End><Tab>15<Tab>0910<F2>");
    assert!(robot.sees("10 Sep 2025 - 15"), "{}", robot.text());
    robot.keys("<F4><Tab>1<Tab>20<F2>");
    assert!(robot.sees("That is before the first day."), "{}", robot.text());
}

#[test]
fn figures_of_a_book_in_a_file_come_from_beside_the_screen() {
    let folder = tempfile::tempdir().unwrap();
    let (mut desk, _) = super::shop_at(&folder.path().join("shop.db"), "2025-11-17");
    let laptop = variant(&mut desk, "Laptop", "89.00");
    let ana = person(&mut desk, "Delgado");
    order(&mut desk, ana, vec![item(laptop, "2025-11-17", 12)]);
    let mut robot = Robot::at(desk, screens::open);
    robot.keys("<Shift+Tab>");
    assert!(robot.sees("[Reports]") && robot.sees("> Income by month"), "{}", robot.text());
    robot.wait_for("Current      89.00");
    for _ in 0..40 {
        robot.keys("<Left><Left><Right><Right>");
    }
    robot.wait_for("Current      89.00");
}

/// The same with a company that owes all of its rent.
fn with_a_company() -> Robot {
    let mut desk = november();
    let acme = business(&mut desk, "Acme Corp", "0");
    let monitor = variant(&mut desk, "Monitor", "39.00");
    order(&mut desk, acme, vec![item(monitor, "2025-10-01", 12)]);
    at_reports(desk)
}

fn figure(robot: &Robot, label: &str) -> String {
    robot.lines().into_iter().find(|line| line.contains(label)).unwrap_or_default()
}

#[test]
fn f4_narrows_the_reports_to_a_segment_that_stays_until_esc() {
    let mut robot = with_a_company();
    assert!(figure(&robot, "Open balance").contains("434.00"), "{}", robot.text());
    robot.keys("<F4><Tab><Tab>b");
    assert!(robot.sees("of the customers who are in “Business” today"), "{}", robot.text());
    robot.keys("<F2>");
    assert!(figure(&robot, "Open balance").contains(" 78.00"), "{}", robot.text());
    insta::assert_snapshot!("reports_of_a_segment_80x24", robot.text());
    // From period to period, to another tab and back.
    robot.keys("<Left><Right><Tab><Shift+Tab>");
    assert!(robot.sees("Segment: Business") && figure(&robot, "Open balance").contains(" 78.00"), "{}", robot.text());
    robot.resize(120, 40);
    insta::assert_snapshot!("reports_of_a_segment_120x40", robot.text());
    robot.resize(80, 24);
    robot.keys("<Esc>");
    assert!(!robot.sees("Segment:") && figure(&robot, "Open balance").contains("434.00"), "{}", robot.text());
}

#[test]
fn the_payments_behind_a_figure_of_a_segment_are_its_own() {
    let mut robot = with_a_company();
    robot.keys("<F4><Tab><Tab>b<F2><Down><Down><Enter>open<Enter>");
    assert!(robot.sees("[Payments]") && robot.sees("Segment: Business"), "{}", robot.text());
    assert!(robot.sees("2 payments, open 78.00 USD") && !robot.sees("Novak"), "{}", robot.text());
    robot.keys("<Esc>");
    assert!(!robot.sees("Segment:") && robot.sees("Novak"), "{}", robot.text());
    // What bills next is listed of everybody: no list stands behind it.
    robot.keys("<Tab><Tab><Tab><Enter>next<Enter>");
    assert!(!robot.sees("[Upcoming]"), "{}", robot.text());
}
