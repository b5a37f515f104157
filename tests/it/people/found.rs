//! What is searched lies in memory: it follows everything that changes a name.

use rentbook::domain::id::CustomerId;
use rentbook::services::actions::customer::CustomerDraft;
use rentbook::services::reads::{CustomerFilter, Page, customer_page, customers};
use rentbook::services::{Action, Desk, DeskError};

use super::{TODAY, empty_shop, shop};
use crate::fixture::{date, item, order, person, variant};

fn found(desk: &Desk, typed: &str) -> Vec<CustomerId> {
    let filter = CustomerFilter { query: typed.into(), closed: true, ..CustomerFilter::default() };
    let read = desk.read(|db| customers(db, &filter, &Page::first(20), date(TODAY)).map_err(DeskError::from));
    read.unwrap().rows.into_iter().map(|row| row.id).collect()
}

#[test]
fn a_search_follows_new_names_changed_ones_undo_merging_and_erasing() {
    let mut desk = empty_shop();
    assert_eq!(found(&desk, "delg"), []);
    let ana = person(&mut desk, "Delgado");
    let ben = person(&mut desk, "Berg");
    assert_eq!((found(&desk, "delg"), found(&desk, "ber")), (vec![ana], vec![ben]));

    let page = desk.read(|db| customer_page(db, ana, date(TODAY)).map_err(DeskError::from)).unwrap().unwrap();
    let draft = CustomerDraft { last_name: "Quintero".into(), ..CustomerDraft::of_page(&page) };
    desk.perform(Action::EditCustomer { id: ana, version: page.version, draft: Box::new(draft) }).unwrap();
    assert_eq!((found(&desk, "delg"), found(&desk, "quint")), (vec![], vec![ana]));
    desk.perform(Action::Undo(None)).unwrap();
    assert_eq!((found(&desk, "delg"), found(&desk, "quint")), (vec![ana], vec![]));

    desk.perform(Action::MergeCustomers { kept: ana, merged: ben }).unwrap();
    assert_eq!(found(&desk, "ber"), [ana]);
    desk.perform(Action::EraseCustomer(ana)).unwrap();
    assert_eq!((found(&desk, "delg"), found(&desk, "ber")), (vec![], vec![]));
    assert_eq!(found(&desk, "erased"), [ana]);
}

#[test]
fn a_customer_of_many_payments_has_all_of_them_on_the_page() {
    let shop = shop();
    let mut desk = shop.desk;
    let printer = variant(&mut desk, "Printer", "10.00");
    let mut many = item(printer, "2025-01-01", 11);
    many.quantity = 25;
    order(&mut desk, shop.acme, vec![many]);
    let mut robot = super::at(desk);
    robot.keys("acme<Enter><Tab><Tab><Tab>");
    assert!(robot.sees("row 1 of 277") && !robot.sees("2025-0003 "), "{}", robot.text());
    robot.keys("<End>");
    assert!(robot.sees("row 277 of 277") && robot.sees("2025-0003 "), "{}", robot.text());
    robot.keys("<Tab>");
    assert!(robot.sees("row 1 of 277"), "{}", robot.text());
    robot.keys("<End><Up>");
    assert!(robot.sees("row 276 of 277"), "{}", robot.text());
}
