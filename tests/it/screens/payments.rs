//! The list of payments and marking as paid.

use rentbook::domain::status::PaymentStatus;
use rentbook::tui::screens;

use super::harbour::{payments, robot, unpaid};
use crate::robot::Robot;

/// The open amount of an invoice number, and the statuses of its payments.
fn open_of(robot: &Robot, number: &str) -> (i64, Vec<PaymentStatus>) {
    let rows: Vec<_> = unpaid(robot.app.desk()).into_iter().filter(|row| row.0 == number).collect();
    (rows.iter().map(|row| row.2).sum(), rows.into_iter().map(|row| row.1).collect())
}

#[test]
fn the_list_of_payments_looks_like_this() {
    let mut robot = payments();
    robot.keys("<Down><Space><Space><Down>");
    insta::assert_snapshot!("payments", robot.looks());
    robot.resize(120, 40);
    insta::assert_snapshot!("payments_wide", robot.text());
    robot.resize(80, 24).keys("<Right>nov");
    insta::assert_snapshot!("payments_overdue_found", robot.text());
    robot.keys("<Esc><Right><Right><Right>");
    insta::assert_snapshot!("payments_paid", robot.text());
}

#[test]
fn every_view_says_what_it_shows_and_why_it_is_empty() {
    let mut robot = payments();
    for (view, sign) in [
        ("[Open]", "31 Oct"),
        ("[Overdue]", "! Overdue 17 d"),
        ("[Failed]", "x Failed  1st"),
        ("[Processing]", "Lindqvist"),
        ("[Paid]", "+ Paid"),
        ("[All]", "+ Paid"),
        ("[Upcoming]", "What"),
    ] {
        assert!(robot.sees(view) && (robot.sees(sign) || view == "[Paid]"), "{view}\n{}", robot.text());
        robot.keys("<Right>");
    }
    robot.keys("zzz");
    assert!(robot.sees("Nothing among open payments has \"zzz\"."), "{}", robot.text());
    assert!(robot.sees("0 payments"), "{}", robot.text());
    robot.keys("<Esc>");
    assert!(robot.sees("16 payments, open 1,860.14 USD"), "{}", robot.text());
}

#[test]
fn the_dialog_looks_like_this() {
    let mut robot = payments();
    robot.keys("0104<F8>BT-778123");
    insta::assert_snapshot!("mark_paid", robot.looks());
    robot.keys("<Shift+Tab><Shift+Tab>20");
    insta::assert_snapshot!("mark_paid_in_part", robot.text());
    robot.keys("<Ctrl+U>100<F2>");
    insta::assert_snapshot!("mark_paid_too_much", robot.text());
}

#[test]
fn less_leaves_a_part_and_says_so() {
    let mut robot = payments();
    robot.keys("0104<F8>BT-1<Shift+Tab><Shift+Tab>20");
    assert!(robot.sees("25.50 stays open") && robot.sees("After saving: open 25.50, part paid 20.00 of 45.50"));
    robot.keys("<F2>");
    assert_eq!(robot.message(), "2025-0104 is part paid, 20.00. Ctrl+Z takes it back.");
    assert!(robot.sees(". 20.00 of 45.50"), "{}", robot.text());
    assert!(robot.sees("Open 25.50 of 45.50 USD"), "{}", robot.text());
    assert_eq!(open_of(&robot, "2025-0104"), (2550, vec![PaymentStatus::Pending]));
}

#[test]
fn more_is_kept_as_credit_only_when_somebody_says_so() {
    let mut robot = payments();
    robot.keys("0104<F8>BT-2<Shift+Tab><Shift+Tab>50<F2>");
    assert!(robot.sees("50.00 is 4.50 more than what is open"), "{}", robot.text());
    robot.keys("n");
    assert_eq!(open_of(&robot, "2025-0104").0, 4550);
    assert!(robot.sees("BT-2"), "what was typed is still here");
    robot.keys("<F2>y");
    assert_eq!(robot.message(), "2025-0104 is paid, 45.50, 4.50 is kept as credit. Ctrl+Z takes it back.");
}

#[test]
fn the_same_money_twice_is_asked_about_and_a_reference_seen_before_is_said() {
    let mut robot = payments();
    robot.keys("0104<F8>BT-3<Shift+Tab><Shift+Tab>20<F2>");
    robot.keys("<F8>BT-3<Shift+Tab><Shift+Tab>20");
    assert!(robot.sees("! This reference was used before: receipt R-2025-"), "{}", robot.text());
    robot.keys("<F2>");
    assert!(robot.sees("The same money twice?"), "{}", robot.text());
    robot.hold("Enter", 30);
    assert_eq!(open_of(&robot, "2025-0104").0, 2550, "a held Enter answers nothing");
    robot.keys("<F2>y");
    assert_eq!(open_of(&robot, "2025-0104").0, 550);
}

#[test]
fn marked_payments_keep_their_sum_and_are_paid_with_one_receipt() {
    let mut robot = payments();
    robot.keys("weber<Insert><Esc>");
    robot.keys("weber<Down>");
    assert!(robot.sees("1 marked = 89.00 USD"), "what is in sight keeps its mark:\n{}", robot.text());
    robot.keys("<Insert>");
    assert!(robot.sees("2 marked = 178.00 USD"), "{}", robot.text());
    robot.keys("<Down><F8>");
    assert!(robot.sees("2 payments"), "{}", robot.text());
    robot.keys("BT-9<F2>");
    assert!(robot.message().starts_with("2 payments, 178.00 with receipt R-2025-"), "{}", robot.message());
    assert!(!robot.sees("marked ="), "{}", robot.text());
}

// F2
#[test]
fn a_mark_that_a_search_a_view_or_a_filter_hides_is_dropped_and_that_is_said() {
    let mut robot = payments();
    robot.keys("<Space><Space>").paste("0104");
    assert_eq!(robot.message(), "2 marks dropped: not in this view.");
    robot.keys("<F8>");
    assert!(robot.sees("Mark as paid   2025-0104   Okafor, Ngozi"), "{}", robot.text());
    robot.keys("<Esc><Insert><Esc>");
    assert!(robot.sees("1 marked = 45.50 USD"), "{}", robot.text());
    robot.keys("<Right>");
    assert_eq!(robot.message(), "1 mark dropped: not in this view.");
    robot.keys("<Space><F4><Tab>11/1<Tab>11/10<F2>");
    assert_eq!(robot.message(), "1 mark dropped: not in this view.");
    assert!(!robot.sees("marked ="), "{}", robot.text());
}

#[test]
fn payments_of_two_payers_are_not_one_receipt() {
    let mut robot = payments();
    robot.keys("<Space><Space><F8>");
    assert_eq!(robot.message(), "These payments have different payers: one receipt is one payer's money.");
    assert_eq!(robot.app.dialog_count(), 0);
}

#[test]
fn errors_stand_under_their_field() {
    let mut robot = payments();
    robot.keys("0104<F8>BT-4<Shift+Tab><Shift+Tab>x<F2>");
    assert!(robot.sees("x “x” is not an amount"), "{}", robot.text());
    robot.keys("<Ctrl+U>45.50<Shift+Tab>+<F2>");
    assert!(robot.sees("x That day is still to come: today is"), "{}", robot.text());
    robot.keys("<Ctrl+U>1/1/2025");
    assert!(robot.sees("It came before the invoice, which it pays on"), "{}", robot.text());
    robot.keys("t<F2>");
    assert_eq!(open_of(&robot, "2025-0104").0, 0, "{}", robot.text());
}

#[test]
fn a_failed_payment_moves_by_the_actions_and_back_by_undo() {
    let mut robot = payments();
    robot.keys("0104<F9>");
    insta::assert_snapshot!("payment_actions", robot.text());
    robot.keys("<Esc>").act("money did not come");
    robot.keys("<Right><Tab>card is lost<F2>");
    assert_eq!(open_of(&robot, "2025-0104"), (4550, vec![PaymentStatus::Failed]));
    assert!(robot.sees("x Failed  1st") && robot.sees("Failed 17 Nov Insufficient funds: c"), "{}", robot.text());
    robot.keys("<Ctrl+Z>");
    assert_eq!(open_of(&robot, "2025-0104"), (4550, vec![PaymentStatus::Pending]));
}

#[test]
fn the_filter_narrows_and_one_esc_takes_it_away() {
    let mut robot = payments();
    robot.keys("<F4>");
    insta::assert_snapshot!("payment_filter", robot.text());
    robot.keys("<Tab>11/1<Tab>11/10<F2>");
    assert!(robot.sees("Due: 01 Nov - 10 Nov 2025") && robot.sees("6 payments"), "{}", robot.text());
    robot.keys("<F4><Up><Up><Up><Right><F2>");
    robot.keys("<Esc>");
    assert!(robot.sees("16 payments"), "{}", robot.text());
    assert!(!robot.sees("Due: 01 Nov"), "{}", robot.text());
}

#[test]
fn undo_works_after_a_restart_and_sums_come_from_beside() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().canonicalize().unwrap().join("shop.db");
    let (desk, hand) = super::harbour::desk_on(rentbook::services::Book::create(&path).unwrap());
    let mut robot = Robot::at(desk, screens::open);
    robot.keys("<Tab><Tab>0104<F8>BT-5<F2>");
    assert_eq!(open_of(&robot, "2025-0104").0, 0);
    robot.wait_for("15 payments, open 1,814.64 USD");
    drop(robot);
    let book =
        rentbook::services::Book::open(&path, rentbook::services::Access::ReadWrite, crate::a_shop::now()).unwrap();
    let desk = rentbook::services::Desk::new(book, std::sync::Arc::new(hand), crate::fixture::operator("mia")).unwrap();
    let mut robot = Robot::at(desk, screens::open);
    robot.keys("<Tab><Tab><Ctrl+Z>");
    assert_eq!(open_of(&robot, "2025-0104").0, 4550);
    robot.keys("<Ctrl+Y>");
    assert_eq!(open_of(&robot, "2025-0104").0, 0);
    robot.keys("<Ctrl+Y>");
    assert_eq!(robot.message(), "There is nothing to do again: enter it anew.");
    robot.keys("<Ctrl+Z>");
    assert_eq!(open_of(&robot, "2025-0104").0, 4550);
    robot.keys("0104<F7>");
    let noted = robot.noted().pop().unwrap();
    assert!(noted.ends_with("invoices/2025/2025-0104.pdf"), "{noted}");
    let pdf = std::fs::read(noted.trim_start_matches("viewed ")).unwrap();
    assert!(pdf.starts_with(b"%PDF"));
}

#[test]
fn keys_that_change_nothing_say_why() {
    let mut robot = payments();
    robot.keys("<Left><Left><Left><Down><F8>");
    assert_eq!(robot.message(), "It is paid already.");
    robot.keys("<F2>");
    assert!(robot.message().starts_with("That key does nothing"), "{}", robot.message());
    robot.keys("<Ctrl+C>");
    assert!(robot.noted().pop().unwrap().starts_with("copied 2025-"));
}

#[test]
fn six_times_esc_lead_to_today_from_the_deepest_places() {
    for way in [
        "<Tab><Tab><F4><Tab>11/1<F2><Space>acme<F8>x<F9><F4>",
        "<Tab><Tab>acme<Enter><Enter><F8>BT<F4>",
        "<Tab><Tab><Tab><Tab>0104<F6>x<Tab>y<F4>",
        "<Tab><Tab><Tab><Tab>0104<Enter><F9>",
        "acme<F8>BT-1<Shift+Tab><Shift+Tab>9999<F2>",
        "<Tab><Tab><F10>mark",
    ] {
        let mut robot = robot();
        robot.keys(way).keys("<Esc><Esc><Esc><Esc><Esc><Esc>");
        assert_eq!(robot.app.tab(), rentbook::tui::place::Tab::Today, "{way}\n{}", robot.text());
        assert_eq!((robot.app.depth(), robot.app.dialog_count()), (0, 0), "{way}");
        assert!(!robot.has_left());
    }
}

#[test]
fn letters_change_no_row_on_lists_and_pages() {
    let mut robot = payments().glancing(50);
    let before = unpaid(robot.app.desk());
    let mut seed = 7_u32;
    for way in ["", "<Esc><Esc><Enter>", "<Esc><Esc><Tab><Tab>", "<Enter>"] {
        robot.keys(way);
        for _ in 0..300 {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let letter = char::from_u32(0x20 + (seed >> 16) % 0x5f).unwrap();
            robot.keys(&if "<?".contains(letter) { "a".to_owned() } else { letter.to_string() });
        }
        robot.keys("<Ctrl+U>");
    }
    assert_eq!(unpaid(robot.app.desk()), before);
    assert_eq!(robot.app.dialog_count(), 0);
}
