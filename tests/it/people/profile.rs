//! The page of a customer.

use super::{at, shop};
use crate::fixture::{item, transfer, variant};
use crate::robot::Robot;
use rentbook::domain::id::SubscriptionId;
use rentbook::services::actions::receiving::Target;
use rentbook::services::actions::subscription::{Change, ChangeDraft};
use rentbook::services::{Action, Payer};

fn acme() -> Robot {
    let mut robot = at(shop().desk);
    robot.keys("acme<Enter>");
    robot
}

#[test]
fn the_head_says_what_a_customer_is_worth_and_owes() {
    let shop = shop();
    let mut desk = shop.desk;
    let draft = transfer(&desk, Target::Payer(Payer::Customer(shop.acme)), "89.00", "BT-1");
    desk.perform(Action::Receive(Box::new(draft))).unwrap();
    let mut robot = at(desk);
    robot.keys("acme<Enter>");
    assert!(robot.sees("Acme Corp, Business, Net 14") && robot.sees("customer since 17 Nov 2025"), "{}", robot.text());
    assert!(robot.sees("Dana Weber   ap@acme.example   +1 555 0142   VAT US-99-1234567"), "{}", robot.text());
    assert!(robot.sees("Lifetime 89.00   Monthly 89.00   Average sub. 89.00   Subscr. 1 of 1"), "{}", robot.text());
    assert!(robot.sees("Owes 89.00") && robot.sees("12 Pier St"), "{}", robot.text());
    assert!(robot.sees("Follow-up") && robot.sees("send copy of contract"), "{}", robot.text());
}

#[test]
fn tab_goes_through_the_sections_and_enter_opens_the_row() {
    let mut robot = acme();
    for (section, text) in [
        ("Subs", "+ Active"),
        ("Orders", "+ Confirmed"),
        ("Payments", "2025-0001"),
        ("Invoices", "2025-0001"),
        ("Address", "holds now"),
        ("Notes", "pays Fridays"),
        ("Methods", "How this customer pays is not known yet."),
        ("Prefs", "No preferences or upgrades are known yet."),
        ("Log", "Order taken and confirmed"),
    ] {
        robot.keys("<Tab>");
        assert!(robot.sees(&format!("[{section}")) && robot.sees(text), "{section}\n{}", robot.text());
    }
    robot.keys("<Tab>");
    assert!(robot.sees("[Overview"));
    robot.keys("<Shift+Tab><Shift+Tab><Shift+Tab><Shift+Tab><Enter>");
    assert!(robot.sees("call Dana, not the accounts") && robot.app.dialog_count() == 1, "{}", robot.text());
    robot.keys("<Esc><Tab><Tab><Tab><Tab><Enter>");
    assert!(robot.sees("Customers > Acme Corp > S-0001"), "{}", robot.text());
    robot.keys("<Esc><Tab><Tab><Enter>");
    assert!(robot.sees("Customers > Acme Corp > Order O-1"), "{}", robot.text());
    robot.keys("<Esc><Esc>");
    assert!(robot.sees("[Customers]"));
}

#[test]
fn left_and_right_show_the_others_by_name() {
    let mut robot = acme();
    robot.keys("<Tab><Right>");
    assert!(robot.sees("Customers > Brightside Dental") && robot.sees("[Subs"), "{}", robot.text());
    robot.keys("<Right>");
    assert!(robot.sees("Customers > Delgado, Ana"));
    robot.keys("<Right>");
    assert_eq!(robot.message(), "This is the last customer by name.");
    robot.keys("<Left><Left><Left>");
    assert_eq!(robot.message(), "This is the first customer by name.");
    assert!(robot.sees("Customers > Acme Corp"));
}

#[test]
fn a_note_and_an_address_are_added_where_they_stand() {
    let mut robot = acme();
    robot.keys("<Tab><Tab><Tab><Tab><Tab><F6>1");
    assert!(robot.sees("New billing address"), "{}", robot.text());
    robot.keys("<Ctrl+U>1 New Road<F2>");
    assert!(
        robot.sees("1 New Road, Portland, OR 97209, US") && robot.sees("12 Pier St, Portland OR 97209"),
        "{}",
        robot.text()
    );
    assert!(robot.message().starts_with("The billing address of Acme Corp is saved"));
    robot.keys("<Tab><F6>e<Tab>Asked for a copy.<Enter>Wants it by post.<F2>");
    assert_eq!(robot.message(), "Note on Acme Corp saved.");
    assert!(robot.sees("Asked for a copy."), "{}", robot.text());
    robot.keys("<F6><F2>");
    assert!(robot.sees("x Write what was said."), "{}", robot.text());
}

#[test]
fn a_group_is_left_and_joined() {
    let mut robot = at(shop().desk);
    robot.keys("delgado<Enter>");
    assert!(robot.sees("Group Acme HQ"));
    robot.act("Join a billing group");
    assert!(robot.message().contains("leave that group first"), "{}", robot.message());
    robot.keys("<Esc>").act("Leave billing group").keys("y");
    assert!(!robot.sees("Group Acme HQ"), "{}", robot.text());
    robot.act("Join a billing group").keys("acme<Enter>");
    assert!(robot.sees("Group Acme HQ"), "{}", robot.text());
}

#[test]
fn payments_are_filtered_and_marked_as_paid_in_place() {
    let mut robot = acme();
    robot.keys("<Tab><Tab><Tab>");
    assert!(robot.sees("2025-0001") && robot.sees("2025-0002"), "{}", robot.text());
    robot.keys("<F4>");
    assert!(robot.sees("Which payments") && robot.sees("shown now"));
    robot.keys("6");
    assert!(robot.sees("No such payments. F4 shows others"), "{}", robot.text());
    robot.keys("<F4>2<F8>BT-9<F2>");
    assert!(robot.message().contains("is paid"), "{}", robot.message());
    robot.keys("<F4>6");
    assert!(robot.sees("+ Paid"), "{}", robot.text());
}

#[test]
fn the_customer_is_edited_and_its_number_copied() {
    let mut robot = acme();
    robot.keys("<F2><Tab><Ctrl+U>Acme Limited<F2>");
    assert!(robot.sees("Customers > Acme Limited"), "{}", robot.text());
    robot.act("Copy the customer number 1");
    assert_eq!(robot.noted(), ["copied 1"]);
}

#[test]
fn its_receipts_stand_in_the_place_of_its_payments_and_the_one_under_the_cursor_is_refunded() {
    let shop = shop();
    let mut desk = shop.desk;
    for (amount, reference) in [("200.00", "BT-1"), ("20.00", "BT-2")] {
        let mut draft = transfer(&desk, Target::Payer(Payer::Customer(shop.acme)), amount, reference);
        draft.keep_credit = true;
        desk.perform(Action::Receive(Box::new(draft))).unwrap();
    }
    let mut robot = at(desk);
    robot.keys("acme<Enter><Tab><Tab><Tab><F4><Down><Down><Down><Down><Down><Down><Enter>");
    insta::assert_snapshot!("receipts", robot.text());
    robot.keys("<Down><Enter>");
    assert!(robot.sees("Receipt R-2025-0001") && robot.sees("Applied     178.00 USD"), "{}", robot.text());
    assert!(robot.sees("2025-0001   89.00 USD"), "{}", robot.text());
    robot.keys("<Esc>");
    assert!(robot.sees("F7 PDF"), "{}", robot.text());
    robot.keys("<Up>").act("Refund credit of R-2025-0002");
    assert!(robot.sees("Receipt       R-2025-0002") && robot.sees("20.00"), "{}", robot.text());
    robot.keys("<F2>y");
    let given_back = robot.app.desk().read(|db| rentbook::services::reads::receipt_numbered(db, "R-2025-0002"));
    assert_eq!(given_back.unwrap().map(|head| (head.refunded_minor, head.unapplied())), Some((2000, 0)));
    robot.keys("<F9>");
    assert!(robot.sees("Refund credit of R-2025-0002"), "{}", robot.text());
    robot.keys("<Esc><F4><Enter>");
    assert!(robot.sees("Subscr.") && robot.sees("2025-0001"), "{}", robot.text());
}

#[test]
fn what_was_upgraded_stands_with_the_preferences_and_opens_the_new_subscription() {
    let mut shop = super::shop();
    let pro = variant(&mut shop.desk, "Laptop Max", "129.00");
    let up = Change::Upgrade { item: Box::new(item(pro, "2025-11-17", 12)) };
    let draft = ChangeDraft { subscription: SubscriptionId(1), version: None, change: up };
    shop.desk.perform(Action::ChangeSubscription(Box::new(draft))).unwrap();
    let mut robot = at(shop.desk);
    robot.keys("acme<Enter><Tab><Tab><Tab><Tab><Tab><Tab><Tab><Tab>");
    assert!(robot.sees("[Prefs]") && robot.sees("Upgraded 17 Nov 2025"), "{}", robot.text());
    assert!(robot.sees("Laptop Pro, standard to Laptop Max, standard"), "{}", robot.text());
    robot.keys("<Enter>");
    assert!(robot.sees("S-0002") && robot.sees("Laptop Max"), "{}", robot.text());
    robot.keys("<Esc><Ctrl+Z>");
    assert!(!robot.sees("Upgraded"), "{}", robot.text());
}
