//! What was added by mistake is taken back: customers, notes, addresses, payment methods.

use rentbook::domain::address::Address;
use rentbook::domain::id::{ActivityId, AddressId, CustomerId, SubscriptionId};
use rentbook::services::actions::customer::NoteDraft;
use rentbook::services::actions::customer_address::{AddressDraft, ShipTo};
use rentbook::services::actions::methods::MethodDraft;
use rentbook::services::actions::order::OrderDraft;
use rentbook::services::actions::subscription::{Change, ChangeDraft};
use rentbook::services::reads::{self, CustomerFilter};
use rentbook::services::{Action, Desk, Outcome};

use super::known::{page, undo};
use super::{Shop, at, empty_shop, says, shop};
use crate::fixture::{date, group, item, order, person, variant};

fn listed(desk: &Desk, query: &str) -> i64 {
    let filter = CustomerFilter { query: query.into(), ..CustomerFilter::default() };
    desk.read(|db| reads::customers_count(db, &filter, desk.today())).unwrap()
}

fn note(customer: CustomerId) -> Action {
    Action::AddNote(NoteDraft {
        on: None,
        customer,
        kind: "phone".into(),
        summary: "will pay on Friday".into(),
        follow_up_on: Some(date("2025-11-17")),
        follow_up_action: "look".into(),
    })
}

#[test]
fn a_customer_added_by_mistake_is_closed_and_still_found() {
    let mut robot = at(empty_shop());
    robot.keys("Zoe Nobody<F6><F2>Quay 1<F2>");
    assert_eq!(robot.message(), "Zoe Nobody was added as a customer.");
    robot.keys("<Ctrl+Z>");
    assert_eq!(robot.message(), "Zoe Nobody is closed: lists leave it out unless their filter asks for closed ones.");
    assert!(robot.sees("There are no customers yet"), "{}", robot.text());
    assert_eq!((listed(robot.app.desk(), ""), listed(robot.app.desk(), "nobody")), (0, 0));
    robot.keys("<Shift+Tab>nobody");
    assert!(robot.sees("Nobody, Zoe"), "Find anything still finds it: {}", robot.text());
    assert!(robot.app.desk().check().unwrap().ok);
}

#[test]
fn a_customer_one_deals_with_is_not_taken_back() {
    let mut desk = empty_shop();
    let laptop = variant(&mut desk, "Laptop", "89.00");
    let ana = person(&mut desk, "Delgado");
    let added =
        ActivityId(desk.read(|db| db.one("SELECT MAX(id) FROM activity", &[], |row| row.int(0))).unwrap().unwrap());
    let team = group(&mut desk, "Team", "15");
    desk.perform(Action::JoinGroup { group: team, customer: ana }).unwrap();
    let refused = desk.perform(Action::Undo(Some(added))).unwrap_err().to_string();
    assert_eq!(refused, "Ana Delgado has 1 billing group by now, so adding the customer cannot be undone");
    desk.perform(Action::LeaveGroup { customer: ana }).unwrap();
    order(&mut desk, ana, vec![item(laptop, "2025-11-17", 12)]);
    let refused = desk.perform(Action::Undo(Some(added))).unwrap_err().to_string();
    assert_eq!(refused, "Ana Delgado has 1 order by now, so adding the customer cannot be undone");
    assert_eq!(listed(&desk, ""), 1);
}

#[test]
fn a_note_that_was_taken_back_stands_nowhere() {
    let mut desk = empty_shop();
    let ana = person(&mut desk, "Delgado");
    let Outcome::Note(id) = desk.perform(note(ana)).unwrap().outcome else { panic!("no note") };
    let due = |desk: &Desk| {
        let today = desk.read(|db| reads::today(db, desk.today())).unwrap().follow_ups.count;
        (today, desk.read(|db| reads::follow_ups(db, desk.today(), 9)).unwrap().len())
    };
    assert_eq!(due(&desk), (1, 1));
    desk.perform(Action::FollowUp(id)).unwrap();
    let added = ActivityId(
        desk.read(|db| db.one("SELECT MAX(id) FROM activity WHERE action = 'add_note'", &[], |row| row.int(0)))
            .unwrap()
            .unwrap(),
    );
    let refused = desk.perform(Action::Undo(Some(added))).unwrap_err().to_string();
    assert_eq!(refused, "that was followed up since: take that back first");
    undo(&mut desk).unwrap();
    assert_eq!(undo(&mut desk).unwrap(), "Note removed.");
    assert_eq!(due(&desk), (0, 0));
    assert!(page(&desk, ana).latest_note.is_none());
    assert!(desk.read(|db| reads::customer_notes(db, ana, 9)).unwrap().is_empty());
    assert_eq!(desk.perform(Action::FollowUp(id)).unwrap_err().refusal().unwrap().code, "unknown");
}

#[test]
fn an_address_and_a_payment_method_are_taken_back_in_turn() {
    let mut desk = empty_shop();
    let ana = person(&mut desk, "Delgado");
    let address = Address { line1: "1 Dock Rd".into(), city: "Salem".into(), ..Address::default() };
    desk.perform(Action::SetBillingAddress { customer: ana, address }).unwrap();
    let method = MethodDraft {
        customer: Some(ana),
        kind: rentbook::domain::method::Method::Card,
        last_four: "4242".into(),
        expires: "09/27".into(),
        ..MethodDraft::default()
    };
    desk.perform(Action::AddMethod(Box::new(method))).unwrap();
    undo(&mut desk).unwrap();
    assert!(desk.read(|db| reads::methods_of(db, ana)).unwrap().is_empty());
    undo(&mut desk).unwrap();
    assert!(page(&desk, ana).billing_address.is_none());
    assert!(undo(&mut desk).unwrap().starts_with("Ana Delgado is closed"));
    assert!(desk.check().unwrap().ok);
}

/// The addresses of Acme, by street.
fn shipped(desk: &Desk) -> String {
    let sql = "SELECT COALESCE((SELECT line1 FROM address a WHERE a.id = s.shipping_address_id), 'billing') \
               FROM subscription s WHERE s.id = 1";
    desk.read(|db| db.one(sql, &[], |row| row.text(0))).unwrap().unwrap()
}

fn place(line1: &str) -> Box<AddressDraft> {
    let address = Address { line1: line1.into(), city: "Salem".into(), ..Address::default() };
    Box::new(AddressDraft { label: "Workshop".into(), address, is_default: false })
}

fn changed(desk: &mut Desk, change: Change) -> ActivityId {
    let draft = ChangeDraft { subscription: SubscriptionId(1), version: None, change };
    desk.perform(Action::ChangeSubscription(Box::new(draft))).unwrap();
    ActivityId(desk.read(|db| db.one("SELECT MAX(id) FROM activity", &[], |row| row.int(0))).unwrap().unwrap())
}

fn newest_address(desk: &Desk) -> AddressId {
    AddressId(desk.read(|db| db.one("SELECT MAX(id) FROM address", &[], |row| row.int(0))).unwrap().unwrap())
}

#[test]
fn a_change_of_address_is_no_change_of_the_subscriptions_shipped_there() {
    let mut shop = shop();
    let (desk, acme) = (&mut shop.desk, shop.acme);
    desk.perform(Action::AddShippingAddress { customer: acme, draft: place("1 Dock Rd") }).unwrap();
    let first = newest_address(desk);
    let moved = changed(desk, Change::Ship { to: ShipTo::Address(first) });
    let extended = changed(desk, Change::Extend { months: 6 });
    desk.perform(Action::ChangeAddress { address: first, draft: place("2 Dock Rd") }).unwrap();
    assert_eq!(shipped(desk), "2 Dock Rd");
    // The extension is taken back, and the place of today stays.
    desk.perform(Action::Undo(Some(extended))).unwrap();
    assert_eq!(shipped(desk), "2 Dock Rd");
    assert_eq!(
        desk.read(|db| db.one("SELECT end_on FROM subscription", &[], |row| row.text(0))).unwrap().unwrap(),
        "2026-10-01"
    );
    assert!(desk.check().unwrap().ok);
    let second = newest_address(desk);
    desk.perform(Action::AddShippingAddress { customer: acme, draft: place("9 Quay") }).unwrap();
    let third = newest_address(desk);
    let elsewhere = changed(desk, Change::Ship { to: ShipTo::Address(third) });
    desk.perform(Action::RemoveAddress(second)).unwrap();
    let refused = desk.perform(Action::Undo(Some(elsewhere))).unwrap_err().to_string();
    assert_eq!(refused, "the address that S-0001 was shipped to was changed since: take that back first");
    assert_eq!(shipped(desk), "9 Quay");
    undo(desk).unwrap();
    desk.perform(Action::Undo(Some(elsewhere))).unwrap();
    assert_eq!(shipped(desk), "2 Dock Rd");
    assert_ne!(moved, extended);
}

#[test]
fn who_is_closed_takes_no_new_orders_and_is_listed_by_the_filter_alone() {
    let Shop { mut desk, laptop, .. } = shop();
    let zoe = person(&mut desk, "Nobody");
    undo(&mut desk).unwrap();
    let again = Box::new(OrderDraft { customer: zoe, bill_to: None, items: vec![item(laptop, "2025-11-17", 12)] });
    let refused = desk.perform(Action::AddOrder { draft: again, confirm: true }).unwrap_err().to_string();
    assert!(refused.contains("takes no new orders"), "{refused}");
    let mut robot = at(desk);
    robot.keys("nobody");
    assert!(
        robot.sees("No customer matches \"nobody\". F6 makes it a new customer; F4 adds closed"),
        "{}",
        robot.text()
    );
    robot.keys("<Esc><F10>go to new order<Enter>nobody<Enter>");
    assert!(robot.sees("takes no new orders"), "{}", robot.text());
    robot.keys("<F2>");
    assert!(says(&robot, "x This customer is closed and takes no new orders"), "{}", robot.text());
    assert!(robot.sees("[1 Customer]"), "{}", robot.text());
    robot.keys("<Esc>y<F4>");
    for _ in 0..20 {
        if robot.lines().iter().any(|line| line.contains("> Closed ones too") || line.contains(">[ ] Closed")) {
            break;
        }
        robot.keys("<Tab>");
    }
    robot.keys(" <F2>nobody");
    assert!(robot.sees("Nobody, Ana"), "{}", robot.text());
    robot.keys("<Enter><F6>");
    assert!(robot.sees("[1 Customer]") && robot.sees("takes no new orders"), "{}", robot.text());
}
