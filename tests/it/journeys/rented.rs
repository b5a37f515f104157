//! A customer calls: orders again, has moved, needs a paper, asks what is owed, cannot pay. Each job whole, by keys.

use std::path::PathBuf;
use std::sync::Arc;

use rentbook::domain::address::Address;
use rentbook::domain::id::{OrderId, SubscriptionId, VariantId};
use rentbook::services::actions::catalogue::AssetDraft;
use rentbook::services::actions::customer::CustomerDraft;
use rentbook::services::actions::customer_address::{AddressDraft, ShipTo};
use rentbook::services::actions::order::{ItemDraft, OrderDraft};
use rentbook::services::actions::shop::ShopDraft;
use rentbook::services::actions::stock::StockDraft;
use rentbook::services::pass::PassOptions;
use rentbook::services::reads::{OrderFilter, order_by_id, orders};
use rentbook::services::{Action, Outcome, Outside, books};
use rentbook::tui::screens;
use tempfile::TempDir;

use crate::fixture::{Hand, date, draft, group, item, operator, order, person, variant};
use crate::people::{Shop, at, shop};
use crate::robot::Robot;

/// A shop in a folder of its own, on Today. Acme Corp rents a laptop for 89.00 since 1 October,
/// net 14; it is 17 November, and October and November are late.
struct Counter {
    robot: Robot,
    hand: Hand,
    home: TempDir,
}

fn counter() -> Counter {
    let home = tempfile::tempdir().unwrap();
    let hand = Hand::at("2025-10-06");
    let outside: Arc<dyn Outside> = Arc::new(hand.clone());
    let shop = ShopDraft { tax_rate: "0".into(), date_style: "day_first".into(), ..draft() };
    let mut desk = books::make(&home.path().join("shop.db"), &shop, &outside, &operator("mia")).unwrap();
    let acme = CustomerDraft {
        kind: "business".into(),
        company_name: "Acme Corp".into(),
        email: "ap@acme.example".into(),
        contact_person: "Dana Weber".into(),
        vat_number: "US-99-1234567".into(),
        terms: "14".into(),
        address: Address { line1: "12 Pier St".into(), city: "Portland".into(), ..Address::default() },
        ..CustomerDraft::default()
    };
    let Outcome::Customer(acme) = desk.perform(Action::AddCustomer(Box::new(acme))).unwrap().outcome else {
        panic!("no customer")
    };
    let laptop = variant(&mut desk, "Laptop Pro", "89.00");
    let asset = AssetDraft { variant: laptop, serial: "7Q2-9914".into(), cost: "900".into(), bought_on: None };
    desk.perform(Action::AddAsset(asset)).unwrap();
    order(&mut desk, acme, vec![item(laptop, "2025-10-01", 12)]);
    hand.set("2025-11-17");
    desk.run_pass(&PassOptions::default()).unwrap();
    Counter { robot: Robot::at(desk, screens::open), hand, home }
}

impl Counter {
    fn keys(&mut self, script: &str) -> &mut Robot {
        self.robot.keys(script)
    }

    fn sees(&self, texts: &[&str]) {
        for text in texts {
            assert!(self.robot.sees(text), "{text}\n{}", self.robot.text());
        }
    }

    /// The paper that was shown last: it is a PDF below the book's folder.
    fn paper(&self) -> PathBuf {
        let noted = self.robot.noted().pop().unwrap_or_default();
        let file = PathBuf::from(noted.strip_prefix("viewed ").unwrap_or_default());
        let home = self.home.path().canonicalize().unwrap();
        assert!(file.canonicalize().is_ok_and(|file| file.starts_with(home)), "{noted}\n{}", self.robot.text());
        assert!(std::fs::read(&file).unwrap().starts_with(b"%PDF"), "{noted}");
        file
    }

    fn is_sound(&self) {
        let report = self.robot.app.desk().check().unwrap();
        assert!(report.ok, "{:#?}", report.violations);
    }

    fn number(&self, sql: &str) -> i64 {
        self.robot.app.desk().read(|db| db.one(sql, &[], |row| row.int(0))).unwrap().unwrap()
    }

    fn text(&self, sql: &str) -> String {
        self.robot.app.desk().read(|db| db.one(sql, &[], |row| row.text(0))).unwrap().unwrap()
    }
}

#[test]
fn a_customer_who_moved_gets_new_invoices_there_and_issued_ones_keep_their_address() {
    let mut counter = counter();
    counter.keys("acme<Enter><Tab><Tab><Tab><Tab><Tab><F2>");
    counter.sees(&["Change billing address"]);
    counter.keys("<Ctrl+U>99 Hill St<F2>");
    counter.sees(&["99 Hill St, Portland", "12 Pier St, Portland"]);
    counter.keys("<F6>2Workshop<Tab>5 Dock Rd<Tab><Tab><Tab>Salem<F2>");
    counter.sees(&["Workshop: 5 Dock Rd, Salem", "default"]);
    counter.keys("<End><F2>");
    assert_eq!(counter.robot.message(), "That address is no longer in use. F6 adds one.");
    counter.hand.set("2025-12-01");
    counter.keys("<F5>");
    let to = |number: i64| format!("SELECT payer_address FROM invoice WHERE number_seq = {number}");
    let (old, new) = (counter.text(&to(1)), counter.text(&to(3)));
    assert!(old.contains("12 Pier St") && !old.contains("99 Hill St"), "{old}");
    assert!(new.contains("99 Hill St") && !new.contains("12 Pier St"), "{new}");
    counter.keys("<Shift+Tab><End><Enter>");
    counter.sees(&["Invoice 2025-0001", "12 Pier St"]);
    counter.is_sound();
}

#[test]
fn a_business_customer_gets_the_invoice_it_asks_for_with_all_its_books_need() {
    let mut counter = counter();
    counter.keys("acme<Enter><Tab><Tab><Tab><Tab><End><Enter>");
    counter.sees(&["Invoice 2025-0001", "Acme Corp", "US-99-1234567", "14 days to pay", "Laptop Pro"]);
    counter.keys("<F7>");
    assert!(counter.paper().ends_with("invoices/2025/2025-0001.pdf"));
    counter.robot.act("Send");
    counter.keys("<F2>");
    assert!(counter.robot.message().contains("ap@acme.example"), "{}", counter.robot.text());
    assert_eq!(counter.number("SELECT COUNT(*) FROM outbox_message WHERE state = 'queued'"), 1);
    counter.is_sound();
}

#[test]
fn who_asks_for_account_information_hears_it_from_one_page_and_gets_it_on_paper() {
    let mut counter = counter();
    counter.keys("acme<Enter>");
    counter.sees(&[
        "Owes 178.00",
        "Monthly 89.00",
        "Subscr. 1 of 1",
        "S-0001 Laptop Pro",
        "20 Oct 2025",
        "15 Nov 2025",
    ]);
    counter.robot.act("Statement of account");
    counter.keys("<F2>");
    assert!(counter.paper().starts_with(counter.home.path()));
    counter.robot.act("Export everything");
    counter.sees(&["Acme Corp"]);
    counter.is_sound();
}

#[test]
fn who_cannot_pay_is_called_the_promise_is_noted_and_the_money_comes() {
    let mut counter = counter();
    counter.sees(&["! Overdue - follow up"]);
    counter.keys("<Enter><Enter>");
    counter.sees(&["2025-0001", "Acme Corp"]);
    counter.keys("<Esc><Esc><Esc>acme<Enter><F9 Add a note>");
    counter.keys("<Tab>pays both on Thursday<Tab>2011<Tab>did it come?<F2>");
    counter.sees(&["pays both on Thursday", "20 Nov 2025: did it come?"]);
    counter.hand.set("2025-11-20");
    counter.keys("<Esc><Esc><F5>");
    counter.sees(&["Follow-ups from customer notes"]);
    counter.keys("acme<F8>BT-1<F2>");
    assert!(counter.robot.message().contains("178.00"), "{}", counter.robot.text());
    counter.keys("<Esc>");
    assert!(!counter.robot.sees("Overdue - follow up"), "{}", counter.robot.text());
    counter.keys("<Enter><Enter>1");
    assert_eq!(counter.robot.message(), "Followed up on Acme Corp. Ctrl+Z takes it back.");
    assert_eq!(counter.number("SELECT COUNT(*) FROM payment WHERE status = 'paid'"), 2);
    counter.is_sound();
}

#[test]
fn monthly_invoices_for_a_billing_group_take_nine_keys() {
    let Counter { robot, hand, home } = counter();
    let mut desk = robot.app.desk().again().unwrap();
    for (name, last) in [("Acme HQ", "Ito"), ("Zebra", "Ruiz")] {
        let group = group(&mut desk, name, "15");
        let who = person(&mut desk, last);
        desk.perform(Action::JoinGroup { group, customer: who }).unwrap();
        order(&mut desk, who, vec![item(VariantId(1), "2025-11-20", 12)]);
    }
    let mut counter = Counter { robot: Robot::at(desk, screens::open), hand, home };
    // To the groups, find it, make its invoice, look at the paper.
    counter.keys("<Tab><Tab><Tab>ze<F8><F2><F7>");
    assert!(counter.robot.pressed() <= 9, "{} keys", counter.robot.pressed());
    assert!(counter.paper().ends_with("invoices/2025/2025-0003.pdf"));
    counter.sees(&["Zebra", "89.00"]);
    counter.is_sound();
}

/// Acme Corp rented a laptop by the quarter to its workshop, and two monitors from the 15th on, all billed on the first.
fn repeat_customer() -> Robot {
    let Shop { mut desk, acme, laptop, .. } = shop();
    let address = Address { line1: "5 Dock Rd".into(), city: "Salem".into(), ..Address::default() };
    let draft = Box::new(AddressDraft { label: "Workshop".into(), address, is_default: false });
    desk.perform(Action::AddShippingAddress { customer: acme, draft }).unwrap();
    let monitor = VariantId(laptop.0 + 1);
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
