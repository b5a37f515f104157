//! Reports: the figures, the periods, the rows behind.

use std::sync::Arc;

use rentbook::demo::{DemoOptions, make};
use rentbook::services::actions::receiving::Target;
use rentbook::services::{Access, Action, Book, Desk, Outside};
use rentbook::services::{Payer, pass::PassOptions};
use rentbook::tui::screens;

use crate::fixture::{Hand, business, date, item, operator, order, person, shop, transfer, variant};
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
    assert!(robot.sees("8 rows = 712.00 USD: + Paid") && !robot.sees("Novak"), "{}", robot.text());
    robot.keys("<Enter>");
    assert!(robot.sees("Payments > ") && robot.sees("+ Paid"), "{}", robot.text());
    robot.keys("<Esc>");
    assert!(robot.sees("> Payments by status"), "Esc comes back to the figure: {}", robot.text());
}

#[test]
fn the_oldest_bucket_leads_to_its_payments() {
    let mut robot = shop_in_november();
    robot.keys("<Down><Down><Down>");
    assert!(robot.sees("> Open by age") && robot.sees("356.00"), "{}", robot.text());
    robot.keys("<Enter>over<Enter>");
    assert!(robot.sees("1 row = 89.00 USD: Over 90 days") && robot.sees("Novak"), "{}", robot.text());
}

#[test]
fn periods_go_left_and_right_and_f4_chooses_one() {
    let mut robot = shop_in_november();
    robot.keys("<Left>");
    assert!(robot.sees("Period: Dec 2023 - Nov 2024"), "{}", robot.text());
    robot.keys("<Right><Right>");
    assert_eq!(robot.message(), "That period is still in the future.");
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
    assert!(figure(&robot, "Open on invoices").contains("434.00"), "{}", robot.text());
    robot.keys("<F4><Tab><Tab>b");
    assert!(robot.sees("of the customers who are in “Business” today"), "{}", robot.text());
    robot.keys("<F2>");
    assert!(figure(&robot, "Open on invoices").contains(" 78.00"), "{}", robot.text());
    insta::assert_snapshot!("reports_of_a_segment_80x24", robot.text());
    // From period to period, to another tab and back.
    robot.keys("<Left><Right><Tab><Shift+Tab>");
    assert!(
        robot.sees("Segment: Business") && figure(&robot, "Open on invoices").contains(" 78.00"),
        "{}",
        robot.text()
    );
    robot.resize(120, 40);
    insta::assert_snapshot!("reports_of_a_segment_120x40", robot.text());
    robot.resize(80, 24);
    robot.keys("<Esc>");
    assert!(!robot.sees("Segment:") && figure(&robot, "Open on invoices").contains("434.00"), "{}", robot.text());
}

#[test]
fn the_payments_behind_a_figure_of_a_segment_are_its_own() {
    let mut robot = with_a_company();
    robot.keys("<F4><Tab><Tab>b<F2><Down><Down><Enter>open<Enter>");
    assert!(robot.sees("2 rows = 78.00 USD: Open on invoices") && !robot.sees("Novak"), "{}", robot.text());
    robot.keys("<Esc><Esc>");
    assert!(!robot.sees("Segment:") && robot.sees("434.00"), "{}", robot.text());
}

/// A made-up shop in its second year: some of everything.
fn demo(folder: &tempfile::TempDir) -> Desk {
    let options = DemoOptions { customers: 40, months: 6, seed: 7 };
    let path = folder.path().join("demo.db");
    make(&path, date("2025-06-30"), options, &mut |_, _| true).unwrap();
    let hand = Hand::at("2025-06-30");
    Desk::new(Book::open(&path, Access::ReadWrite, hand.now()).unwrap(), Arc::new(hand), operator("mia")).unwrap()
}

/// The line that has the cursor in a list that is open.
fn chosen(robot: &Robot) -> String {
    let text = robot.text();
    let line = text.lines().rev().find_map(|line| line.split_once("\u{2502} > ")).unwrap_or_default().1;
    line.split('\u{2502}').next().unwrap_or_default().trim().to_owned()
}

/// What stands behind it: how many rows, and their sum as it is written.
fn rows_behind(robot: &mut Robot) -> (i64, String) {
    robot.keys("<Enter>");
    let text = robot.text();
    let title = text.lines().find_map(|line| line.split_once(" rows = ").or_else(|| line.split_once(" row = ")));
    let Some((before, after)) = title else {
        assert!(robot.message().ends_with("there is nothing behind it."), "{text}");
        return (0, "0.00".to_owned());
    };
    let count = before.rsplit(' ').next().unwrap().replace(',', "").parse().unwrap();
    let sum = after.split(' ').next().unwrap().to_owned();
    robot.keys("<Esc>");
    (count, sum)
}

/// F51: whatever figure is opened, its rows are as many and add up to what it said, of any period.
#[test]
fn every_figure_of_every_box_opens_the_rows_it_counts() {
    let folder = tempfile::tempdir().unwrap();
    let mut robot = at_reports(demo(&folder));
    robot.resize(120, 40);
    let mut seen = 0;
    for period in ["", "<Left>"] {
        robot.keys(period);
        robot.wait_for("success");
        for _ in 0..7 {
            robot.keys("<Down>");
            let is_of_groups = robot.sees("> Billing groups");
            let (mut at, mut first, mut came_due, mut shares) = (0, None, None, Vec::new());
            loop {
                if is_of_groups {
                    break;
                }
                robot.keys("<Enter>").keys(&"<Down>".repeat(at));
                let line = chosen(&robot);
                let next = chosen(robot.keys("<Down>"));
                robot.keys("<Up>");
                let (count, sum) = rows_behind(&mut robot);
                let says = |what: &str| line.split_whitespace().any(|word| word == what);
                if line.starts_with("Came due") {
                    assert!(says(&count.to_string()), "{line}: {count}");
                    came_due = Some(count);
                } else if line.contains("rate:") {
                    shares.push((line.clone(), count));
                } else if line.starts_with("Average") {
                    assert_eq!(count == 0, line.ends_with(" -"), "{line}: {count}");
                } else if line.contains(" failed   ") {
                    assert!(says(&count.to_string()), "{line}: {count}");
                } else {
                    assert!(says(&sum), "{line}: {count} rows, {sum}");
                }
                seen += 1;
                at += 1;
                let first = first.get_or_insert(line);
                if next == *first || at > 40 {
                    break;
                }
            }
            for (line, count) in shares {
                let Some(ppm) = (count * 1_000_000_i64).checked_div(came_due.unwrap()) else { continue };
                assert!(
                    line.contains(&format!("{}.{} %", (ppm + 500) / 10_000, (ppm + 500) / 1000 % 10)),
                    "{line}: {count}"
                );
            }
        }
    }
    assert!(seen > 40, "{seen} figures");
}

/// F51: the entries of the menu lead to the box they name, and every report has one.
#[test]
fn every_report_of_the_menu_opens_its_box() {
    for (typed, title) in [
        ("report income", "> Income by month"),
        ("report aging", "> Open by age"),
        ("report expected", "> Expected"),
        ("report failed", "> Failed per week"),
        ("report status", "> Payments by status"),
        ("report key", "> Key figures"),
    ] {
        let mut robot = Robot::at(november(), screens::open);
        robot.keys(&format!("<F10>{typed}<Enter>"));
        assert!(robot.sees("[Reports]") && robot.sees(title), "{typed}: {}", robot.text());
    }
}
