//! More contracts than free assets: said with the count, made, and waiting on Today until each has one.

use rentbook::domain::id::CustomerId;
use rentbook::services::Action;
use rentbook::services::actions::order::{ItemDraft, OrderDraft};
use rentbook::services::actions::subscription::Change;
use rentbook::services::reads;

use super::rented;
use crate::fixture::{date, item};

#[test]
fn contracts_without_an_asset_are_counted_and_wait_on_today() {
    // F22: one laptop is free; nine are ordered.
    let mut rented = rented("2024-03-11");
    let laptop = rented.laptop;
    let nine = || ItemDraft { quantity: 9, price: "89".into(), ..item(laptop, "2024-03-11", 3) };
    let draft = |items| Box::new(OrderDraft { customer: CustomerId(1), bill_to: None, items });
    let done = rented.desk.perform(Action::AddOrder { draft: draft(vec![nine()]), confirm: false }).unwrap();
    assert_eq!(
        done.said,
        "Order O-2 of Ana Delgado is a draft: 9 contracts of 89.00 a month; 8 of them would wait for an asset, too few are free."
    );
    let done = rented.desk.perform(Action::AddOrder { draft: draft(vec![nine()]), confirm: true }).unwrap();
    assert!(done.said.ends_with("8 of them have no asset yet: Today lists what needs one."), "{}", done.said);
    let waiting = |rented: &super::Rented| {
        let today = rented.desk.today();
        let line = rented.desk.read(|db| reads::today(db, today)).unwrap().needing_asset;
        let rows = rented.desk.read(|db| reads::needing_asset(db, 50, today)).unwrap();
        assert_eq!(line.count, i64::try_from(rows.len()).unwrap());
        (rows.len(), line.oldest_on, rows.first().map(|row| row.id))
    };
    let (count, oldest, first) = waiting(&rented);
    assert_eq!((count, oldest), (8, Some(date("2024-03-11"))));
    // One comes back into stock and is assigned.
    super::stock(&mut rented.desk, laptop, "7Q2-3");
    rented.subscription = first.unwrap();
    let on = date("2024-03-11");
    rented.change(Change::Replace { serial: "7Q2-3".into(), on, retire: false, reason: String::new() });
    assert_eq!(waiting(&rented).0, 7);
}

#[test]
fn what_nobody_keeps_assets_of_waits_for_none() {
    // F22.
    let mut rented = rented("2024-03-11");
    let tent = crate::fixture::variant(&mut rented.desk, "Tent", "12.00");
    let items = vec![ItemDraft { quantity: 3, ..item(tent, "2024-03-11", 3) }];
    let draft = Box::new(OrderDraft { customer: CustomerId(1), bill_to: None, items });
    let said = rented.desk.perform(Action::AddOrder { draft, confirm: true }).unwrap().said;
    assert!(said.ends_with("3 subscriptions run, 3 invoices are issued."), "{said}");
    assert_eq!(rented.desk.read(|db| reads::today(db, date("2024-03-11"))).unwrap().needing_asset.count, 0);
}
