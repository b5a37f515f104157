//! What was agreed stays agreed, and what was taken back counts nowhere.

use rentbook::domain::id::CustomerId;
use rentbook::services::Action;
use rentbook::services::actions::subscription::Change;
use rentbook::services::reads::{CustomerFilter, Page, Segment, customer_page, customers};

use super::{Rented, cancel, rented, stock};
use crate::fixture::{date, draft, item, order, person, shop_with, variant};

/// A laptop at 93.00 a month and 19 % tax, prices without it, from 1 January 2024 on.
fn taxed() -> Rented {
    let (mut desk, hand) =
        shop_with("2024-01-01", &rentbook::services::actions::shop::ShopDraft { tax_rate: "19".into(), ..draft() });
    let ana = person(&mut desk, "Delgado");
    let laptop = variant(&mut desk, "Laptop", "93.00");
    stock(&mut desk, laptop, "7Q2-1");
    let (_, subscriptions) = order(&mut desk, ana, vec![item(laptop, "2024-01-01", 12)]);
    Rented { desk, hand, laptop, subscription: subscriptions[0] }
}

fn set(rented: &mut Rented, key: &str, value: &str) -> String {
    rented.desk.perform(Action::ChangeSetting { key: key.into(), value: value.into() }).unwrap().said
}

#[test]
fn a_contract_keeps_the_price_basis_it_was_agreed_with() {
    // F15: 93.00 and 19 % are 110.67, whatever the shop says of new prices.
    let mut rented = taxed();
    let said = set(&mut rented, "prices", "gross");
    assert!(
        said.contains("1 contract that runs keeps the prices it was agreed at")
            || said.contains("1 contract that runs keeps"),
        "{said}"
    );
    super::walk(&mut rented.desk, &rented.hand, "2024-03-16");
    let lines = "SELECT amount_minor || ' ' || net_minor FROM payment WHERE kind = 'period' ORDER BY id";
    assert_eq!(rented.rows(lines), ["11067 9300"; 3]);
    // Cut, paused and bought by the same basis.
    let changed = rented.change(cancel("2024-03-16"));
    assert_eq!(changed.credited.minor(), 11_067 - 5355);
    rented.undo();
    let changed = rented.change(Change::BuyOut { residual: "100".into() });
    assert_eq!(changed.charged.minor(), (9 * 9300 + 10_000) * 119 / 100);
    // A new contract is agreed as the shop prices now.
    let laptop = rented.laptop;
    order(&mut rented.desk, CustomerId(1), vec![item(laptop, "2024-03-16", 3)]);
    assert_eq!(rented.rows("SELECT price_basis FROM subscription ORDER BY id"), ["net", "gross"]);
    assert_eq!(rented.rows(&format!("{lines} DESC LIMIT 1")), ["9300 7815"]);
    rented.sound();
}

#[test]
fn a_setting_is_taken_back_unless_it_was_changed_since() {
    // F15.
    let mut rented = taxed();
    set(&mut rented, "prices", "gross");
    assert_eq!(rented.undo(), "Setting prices is as it was.");
    assert_eq!(rented.rows("SELECT price_basis FROM shop"), ["net"]);
    set(&mut rented, "lead_days", "7");
    let first = rented.rows("SELECT CAST(MAX(id) AS TEXT) FROM activity")[0].parse().unwrap();
    set(&mut rented, "lead_days", "9");
    let error = rented.desk.perform(Action::Undo(Some(rentbook::domain::id::ActivityId(first)))).unwrap_err();
    assert_eq!(super::sentence(&error), "setting lead_days was changed since: take that back first");
    rented.undo();
    rented.desk.perform(Action::Undo(Some(rentbook::domain::id::ActivityId(first)))).unwrap();
    assert_eq!(rented.rows("SELECT CAST(lead_days AS TEXT) FROM shop"), ["0"]);
}

#[test]
fn a_contract_says_with_or_without_tax_by_the_basis_it_was_agreed_with() {
    // F85: nothing is said while contract and shop both add it on the invoice.
    let mut rented = taxed();
    let said = |rented: &Rented, id: i64| {
        let (id, day) = (rentbook::domain::id::SubscriptionId(id), rented.desk.today());
        let page = rented.desk.read(|db| rentbook::services::reads::subscription_page(db, id, day)).unwrap().unwrap();
        page.tax_word()
    };
    assert_eq!(said(&rented, 1), "");
    set(&mut rented, "prices", "gross");
    assert_eq!(said(&rented, 1), " without tax");
    let (laptop, today) = (rented.laptop, rented.desk.today().to_string());
    order(&mut rented.desk, CustomerId(1), vec![item(laptop, &today, 3)]);
    assert_eq!(said(&rented, 2), " with tax");
}

#[test]
fn a_group_bills_contracts_of_both_ways_of_pricing_on_one_invoice() {
    // F15.
    let mut rented = taxed();
    set(&mut rented, "prices", "gross");
    let group = crate::fixture::group(&mut rented.desk, "Acme", "5");
    let customer = CustomerId(1);
    rented.desk.perform(Action::JoinGroup { group, customer }).unwrap();
    let laptop = rented.laptop;
    rented.hand.set("2024-02-01");
    rented.desk.catch_up().unwrap();
    order(&mut rented.desk, customer, vec![item(laptop, "2024-02-01", 3)]);
    super::walk(&mut rented.desk, &rented.hand, "2024-02-06");
    let lines = "SELECT p.amount_minor || ' ' || p.net_minor FROM payment p JOIN invoice i ON i.id = p.invoice_id \
                 WHERE i.kind = 'consolidated' ORDER BY p.line";
    assert_eq!(rented.rows(lines), ["11067 9300", "9300 7815"]);
    rented.sound();
}

#[test]
fn an_upgrade_that_was_taken_back_counts_nowhere() {
    // F17: 93.00 came in for one subscription, however often an upgrade was tried.
    let mut rented = rented("2024-01-02");
    let paid = crate::fixture::transfer(
        &rented.desk,
        rentbook::services::actions::receiving::Target::Payer(rentbook::services::Payer::Customer(CustomerId(1))),
        "129",
        "BT-1",
    );
    rented.desk.perform(Action::Receive(Box::new(paid))).unwrap();
    let pro = variant(&mut rented.desk, "Laptop Pro", "189.00");
    for _ in 0..2 {
        rented.change(Change::Upgrade { item: Box::new(item(pro, "2024-01-02", 12)) });
        rented.undo();
        let page = rented.desk.read(|db| customer_page(db, CustomerId(1), date("2024-01-02"))).unwrap().unwrap();
        assert_eq!(page.row.subscriptions, 1);
        assert_eq!(page.average_subscription_value.unwrap().minor(), 12_900);
        let of = |segment| {
            let filter = CustomerFilter { segment: Some(segment), ..CustomerFilter::default() };
            rented.desk.read(|db| customers(db, &filter, &Page::first(9), date("2024-01-02"))).unwrap().rows.len()
        };
        assert_eq!((of(Segment::Loyal), of(Segment::New)), (0, 1));
        let page = rented
            .desk
            .read(|db| rentbook::services::reads::subscription_page(db, rented.subscription, date("2024-01-02")));
        assert_eq!(page.unwrap().unwrap().next_id, None);
    }
    assert!(rented.desk.check_deep().unwrap().ok);
}

#[test]
fn an_order_that_was_cancelled_makes_nobody_new_or_loyal() {
    // F17, its brother: an order is cancelled before anything is invoiced.
    let mut rented = rented("2024-03-02");
    let laptop = rented.laptop;
    let (id, _) = order(&mut rented.desk, CustomerId(1), vec![item(laptop, "2024-05-01", 3)]);
    let count = "SELECT CAST(subscription_count AS TEXT) FROM customer WHERE id = 1";
    assert_eq!(rented.rows(count), ["2"]);
    rented.desk.perform(Action::CancelOrder(id)).unwrap();
    assert_eq!(rented.rows(count), ["1"]);
    assert!(rented.desk.check_deep().unwrap().ok);
}
