//! Orders: their rental agreement, taken once more, cancelled; what cannot be ordered.

use rentbook::domain::id::OrderId;
use rentbook::services::actions::order::{ItemDraft, OrderDraft};
use rentbook::services::{Action, Outcome};

use super::{rented, sentence, stock};
use crate::fixture::{date, item, person, variant};
use crate::papers::made::pages;

#[test]
fn the_agreement_names_parties_items_serials_term_schedule_and_deposit() {
    let rented = rented("2024-03-11");
    let paper = rented.desk.agreement_paper(OrderId(1)).unwrap();
    assert_eq!(paper.bytes, rented.desk.agreement_paper(OrderId(1)).unwrap().bytes);
    // Without the reading tool the bytes alone are compared.
    let Some(text) = pages(&paper.bytes).map(|pages| pages.concat()) else { return };
    for part in [
        "Rental agreement O-1",
        "Harbour Rentals rents to Ana Delgado",
        "Laptop, standard",
        "Serial no. 7Q2-1",
        "01/01/2024",
        "12/31/2024",
        "USD 1,548.00",
        "200.00",
        "12/12",
        "For the customer",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
}

#[test]
fn the_agreement_keeps_the_serial_it_began_with_and_is_none_of_a_draft() {
    let mut rented = rented("2024-03-11");
    rented.change(rentbook::services::actions::subscription::Change::Replace {
        serial: "7Q2-2".into(),
        on: date("2024-03-11"),
        retire: false,
        reason: String::new(),
    });
    if let Some(pages) = pages(&rented.desk.agreement_paper(OrderId(1)).unwrap().bytes) {
        let text = pages.concat();
        assert!(text.contains("7Q2-1") && !text.contains("7Q2-2"), "{text}");
    }
    let draft = Box::new(rented.desk.order_again(OrderId(1), date("2024-04-01")).unwrap());
    rented.desk.perform(Action::AddOrder { draft, confirm: false }).unwrap();
    let error = rented.desk.agreement_paper(OrderId(2)).unwrap_err();
    assert_eq!(sentence(&error), "order O-2 is draft: an agreement is printed of a confirmed one");
}

#[test]
fn a_customer_orders_again_with_the_next_free_asset() {
    let mut rented = rented("2024-03-11");
    let draft = Box::new(rented.desk.order_again(OrderId(1), date("2024-03-11")).unwrap());
    let done = rented.desk.perform(Action::AddOrder { draft, confirm: true }).unwrap();
    assert!(matches!(&done.outcome, Outcome::Order(OrderId(2), ids) if ids.len() == 1), "{done:?}");
    assert_eq!(rented.assets(), "7Q2-1 rented, 7Q2-2 rented");
    let sql = "SELECT start_on || ' ' || end_on || ' ' || price_minor FROM subscription WHERE id = 2";
    assert_eq!(rented.rows(sql), ["2024-03-11 2025-03-11 12900"]);
    rented.sound();
}

#[test]
fn an_order_is_cancelled_while_nothing_is_invoiced() {
    let mut rented = rented("2024-03-11");
    let draft = Box::new(rented.desk.order_again(OrderId(1), date("2024-05-01")).unwrap());
    rented.desk.perform(Action::AddOrder { draft, confirm: true }).unwrap();
    rented.desk.perform(Action::CancelOrder(OrderId(2))).unwrap();
    assert_eq!(rented.assets(), "7Q2-1 rented, 7Q2-2 in_stock");
    assert!(rented.desk.perform(Action::CancelOrder(OrderId(1))).is_err());
    rented.sound();
}

#[test]
fn what_cannot_be_ordered_says_why() {
    let mut rented = rented("2024-03-11");
    let ben = person(&mut rented.desk, "Novak");
    let phone = variant(&mut rented.desk, "Phone", "9");
    stock(&mut rented.desk, phone, "PH-1");
    let laptop = rented.laptop;
    let unit = || item(laptop, "2024-03-11", 3);
    for (item, why) in [
        (ItemDraft { months: 0, ..unit() }, "months: a contract runs for at least 1 month"),
        (ItemDraft { months: 1000, ..unit() }, "months: a contract runs for at most 600 months"),
        (ItemDraft { price: "9.999".into(), ..unit() }, "price: USD has 2 digits after the point"),
        (ItemDraft { deposit: "-1".into(), ..unit() }, "deposit: an amount here cannot be negative"),
        (ItemDraft { serial: "7Q2-1".into(), ..unit() }, "asset: 7Q2-1 is rented, not in stock"),
        (ItemDraft { serial: "PH-1".into(), ..unit() }, "asset: PH-1 is no Laptop"),
        (ItemDraft { serial: "7Q2-2".into(), quantity: 2, ..unit() }, "asset: a serial number stands for one unit"),
    ] {
        let draft = Box::new(OrderDraft { customer: ben, bill_to: None, items: vec![item] });
        let error = rented.desk.perform(Action::AddOrder { draft, confirm: true }).unwrap_err();
        assert!(sentence(&error).starts_with(why), "{}", sentence(&error));
    }
}
