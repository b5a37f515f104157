//! A repeat customer orders again: the wizard is filled in as the old order was, and nothing is saved before its end.

use rentbook::domain::address::Address;
use rentbook::domain::id::{OrderId, SubscriptionId};
use rentbook::services::Action;
use rentbook::services::actions::customer_address::{AddressDraft, ShipTo};
use rentbook::services::actions::order::{ItemDraft, OrderDraft};
use rentbook::services::actions::stock::StockDraft;
use rentbook::services::reads::{OrderFilter, order_by_id, orders};

use super::{Shop, at, shop};
use crate::fixture::{date, item};
use crate::robot::Robot;

/// Acme Corp rented a laptop by the quarter to its workshop, and two monitors from the 15th on, all billed on the first.
fn repeat_customer() -> Robot {
    let Shop { mut desk, acme, laptop, .. } = shop();
    let address = Address { line1: "5 Dock Rd".into(), city: "Salem".into(), ..Address::default() };
    let draft = Box::new(AddressDraft { label: "Workshop".into(), address, is_default: false });
    desk.perform(Action::AddShippingAddress { customer: acme, draft }).unwrap();
    let monitor = rentbook::domain::id::VariantId(laptop.0 + 1);
    let quarterly = ItemDraft {
        frequency: "quarter".parse().unwrap(),
        price: "79.50".into(),
        deposit: "100".into(),
        anchor_day: Some(1),
        ..item(laptop, "2025-12-01", 24)
    };
    let monitors =
        ItemDraft { quantity: 2, anchor_day: Some(1), ship_to: ShipTo::Billing, ..item(monitor, "2025-12-15", 6) };
    let draft = Box::new(OrderDraft { customer: acme, bill_to: None, items: vec![quarterly, monitors] });
    desk.perform(Action::AddOrder { draft, confirm: false }).unwrap();
    let mut robot = at(desk);
    robot.keys("acme<Enter><Tab><Tab><Enter>");
    assert!(robot.sees("Order O-2"), "{}", robot.text());
    robot
}

fn count(robot: &Robot) -> usize {
    let page = rentbook::services::reads::Page::first(50);
    robot.app.desk().read(|db| orders(db, &OrderFilter::default(), &page)).unwrap().rows.len()
}

#[test]
fn the_wizard_is_filled_in_and_saves_at_its_end_alone() {
    let mut robot = repeat_customer();
    robot.act("Order the same again");
    assert!(robot.sees("Order O-2 again") && robot.sees("[2 Items]"), "{}", robot.text());
    insta::assert_snapshot!("again", robot.text());
    robot.keys("<F2>");
    assert!(robot.sees("Bills on day  [1"), "{}", robot.text());
    robot.keys("<F2>");
    insta::assert_snapshot!("again_checked", robot.text());
    assert_eq!(count(&robot), 2, "nothing is saved before the last F2");
    robot.keys("<F2>");
    assert!(robot.message().starts_with("Order O-3 of Acme Corp is confirmed"), "{}", robot.message());
    let desk = robot.app.desk();
    let [old, new] = [OrderId(2), OrderId(3)].map(|id| desk.read(|db| order_by_id(db, id)).unwrap().unwrap());
    assert_eq!((old.customer, old.billing_address), (new.customer, new.billing_address));
    for (was, is) in old.items.iter().zip(&new.items) {
        assert_eq!(
            (was.variant, was.quantity, was.months, was.frequency),
            (is.variant, is.quantity, is.months, is.frequency)
        );
        assert_eq!((was.price, was.deposit, was.anchor_day), (is.price, is.deposit, is.anchor_day));
        assert_eq!(was.shipping_address, is.shipping_address);
    }
    let starts: Vec<_> = new.items.iter().map(|item| item.start_on).collect();
    assert_eq!(starts, [date("2025-11-17"), date("2025-12-01")], "from today on, and the days between stay");
    assert!(new.items[0].asset.is_some(), "a free asset was proposed");
    assert!(desk.check().unwrap().ok);
}

#[test]
fn leaving_it_untouched_asks_nothing_and_saves_nothing() {
    let mut robot = repeat_customer();
    robot.act("Order the same again").keys("<Esc><Esc>");
    assert!(robot.sees("Order O-2") && !robot.sees("again"), "{}", robot.text());
    assert_eq!(count(&robot), 2);
}

#[test]
fn what_is_no_longer_offered_waits_for_a_choice() {
    let Shop { mut desk, laptop, .. } = shop();
    desk.perform(Action::ChangeStock(StockDraft::Offer { id: laptop, offered: false })).unwrap();
    let mut robot = at(desk);
    robot.keys("acme<Enter><Tab><Tab><Enter>");
    robot.act("Order the same again").keys("<F2>");
    assert!(robot.sees("x Item: Choose one from the list"), "{}", robot.text());
    robot.keys("<Ctrl+U>mon<Enter><F2><F2><F2>");
    assert!(robot.message().starts_with("Order O-2 of Acme Corp is confirmed"), "{}", robot.message());
    assert_eq!(
        robot.app.desk().read(|db| rentbook::services::reads::order_subscriptions(db, OrderId(2))).unwrap(),
        [SubscriptionId(2)]
    );
}
