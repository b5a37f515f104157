//! An order with a billing address of its own: its invoices go there, frozen at issue; those of a group to the group's.

use rentbook::domain::address::Address;
use rentbook::domain::id::{AddressId, CustomerId, OrderId};
use rentbook::services::Action;
use rentbook::services::actions::customer_address::{AddressDraft, ShipTo};
use rentbook::services::actions::order::{ItemDraft, OrderDraft};
use rentbook::services::actions::subscription::Change;
use rentbook::services::pass::PassOptions;

use super::{Rented, rented, sentence, walk};
use crate::fixture::{date, group, item};

const ANA: CustomerId = CustomerId(1);

fn at(street: &str) -> Address {
    Address { line1: street.into(), city: "Salem".into(), ..Address::default() }
}

fn named(label: &str, street: &str) -> Box<AddressDraft> {
    Box::new(AddressDraft { label: label.into(), address: at(street), is_default: false })
}

/// Ana at 1 Old Rd has a second order from 11 March on, billed to her office (address 2).
fn office() -> Rented {
    let mut rented = rented("2024-03-11");
    rented.desk.perform(Action::SetBillingAddress { customer: ANA, address: at("1 Old Rd") }).unwrap();
    let draft = named("Office", "5 Dock Rd");
    rented.desk.perform(Action::AddShippingAddress { customer: ANA, draft }).unwrap();
    let unit = ItemDraft { price: "50".into(), ship_to: ShipTo::Billing, ..item(rented.laptop, "2024-03-11", 12) };
    order(&mut rented, Some(AddressId(2)), unit);
    rented
}

fn order(rented: &mut Rented, bill_to: Option<AddressId>, item: ItemDraft) {
    let draft = Box::new(OrderDraft { customer: ANA, bill_to, items: vec![item] });
    rented.desk.perform(Action::AddOrder { draft, confirm: true }).unwrap();
}

/// Each invoice from 11 March on: its lines' order and the first line of the address it was issued with.
fn issued(rented: &Rented) -> Vec<String> {
    rented.rows(
        "SELECT i.invoiced_on || ' O-' || s.order_id || ' ' || REPLACE(i.payer_address, char(10), ', ') FROM invoice i \
         JOIN payment p ON p.invoice_id = i.id AND p.line = 1 JOIN subscription s ON s.id = p.subscription_id \
         WHERE i.invoiced_on >= '2024-03-11' ORDER BY i.id",
    )
}

#[test]
fn invoices_of_an_order_go_to_its_own_billing_address_by_hand_and_by_the_pass() {
    let mut rented = office();
    rented.hand.set("2024-04-11");
    rented.desk.run_pass(&PassOptions::default()).unwrap();
    rented.sound();
    assert_eq!(
        issued(&rented),
        ["2024-03-11 O-2 5 Dock Rd, Salem", "2024-04-01 O-1 1 Old Rd, Salem", "2024-04-11 O-2 5 Dock Rd, Salem",]
    );
}

#[test]
fn what_is_billed_for_a_change_goes_there_too() {
    let mut rented = office();
    rented.subscription = rentbook::domain::id::SubscriptionId(2);
    rented.change(Change::BuyOut { residual: "142".into() });
    assert_eq!(issued(&rented).pop().unwrap(), "2024-03-11 O-2 5 Dock Rd, Salem");
    let sql = "SELECT kind || ' ' || payer_address FROM invoice ORDER BY id DESC LIMIT 1";
    assert_eq!(rented.rows(sql), ["out_of_turn 5 Dock Rd\nSalem"]);
}

#[test]
fn one_pass_at_the_end_leaves_the_same_addresses_as_one_each_day() {
    let (mut daily, mut once) = (office(), office());
    let mut day = date("2024-03-11");
    while day < date("2024-04-20") {
        day = day.succ_opt().unwrap();
        daily.hand.set(&day.to_string());
        daily.desk.run_pass(&PassOptions::default()).unwrap();
    }
    once.hand.set("2024-04-20");
    once.desk.run_pass(&PassOptions::default()).unwrap();
    assert_eq!(issued(&daily), issued(&once));
}

#[test]
fn an_order_that_names_none_follows_the_customers_billing_address() {
    let mut rented = office();
    // Address 1 is the billing address: an order that names it has none of its own.
    let unit = item(rented.laptop, "2024-03-20", 6);
    order(&mut rented, Some(AddressId(1)), unit);
    rented.desk.perform(Action::SetBillingAddress { customer: ANA, address: at("9 New St") }).unwrap();
    rented.hand.set("2024-04-11");
    rented.desk.run_pass(&PassOptions::default()).unwrap();
    assert_eq!(
        issued(&rented),
        [
            "2024-03-11 O-2 5 Dock Rd, Salem",
            "2024-03-20 O-3 9 New St, Salem",
            "2024-04-01 O-1 9 New St, Salem",
            "2024-04-11 O-2 5 Dock Rd, Salem",
        ]
    );
}

#[test]
fn a_changed_address_is_billed_as_it_is_then_and_what_was_issued_stays() {
    let mut rented = office();
    rented.desk.perform(Action::ChangeAddress { address: AddressId(2), draft: named("Office", "7 Hill St") }).unwrap();
    walk(&mut rented.desk, &rented.hand.clone(), "2024-04-11");
    let last = |rented: &Rented| issued(rented).into_iter().filter(|line| line.contains("O-2")).collect::<Vec<_>>();
    assert_eq!(last(&rented), ["2024-03-11 O-2 5 Dock Rd, Salem", "2024-04-11 O-2 7 Hill St, Salem"]);
    // Undo opens the address before again, and the order is billed there.
    assert!(rented.undo().contains("address"), "the change of the address is the newest Action");
    walk(&mut rented.desk, &rented.hand.clone(), "2024-05-11");
    assert_eq!(last(&rented).pop().unwrap(), "2024-05-11 O-2 5 Dock Rd, Salem");
}

#[test]
fn an_address_that_is_billed_is_not_removed() {
    let mut rented = office();
    let error = rented.desk.perform(Action::RemoveAddress(AddressId(2))).unwrap_err();
    assert_eq!(sentence(&error), "order O-2 is billed there: change the address instead");
}

#[test]
fn a_billing_group_is_billed_at_its_own_address() {
    let mut rented = office();
    let group = group(&mut rented.desk, "Acme HQ", "15");
    rented.desk.perform(Action::JoinGroup { group, customer: ANA }).unwrap();
    rented.hand.set("2024-04-15");
    rented.desk.run_pass(&PassOptions::default()).unwrap();
    let sql = "SELECT kind || ' ' || payer_name || ' ' || payer_address FROM invoice ORDER BY id DESC LIMIT 1";
    assert_eq!(rented.rows(sql), ["consolidated Acme HQ "]);
}

#[test]
fn the_page_and_the_agreement_say_where_it_is_billed() {
    let rented = office();
    let page = |id| {
        rented
            .desk
            .read(|db| rentbook::services::reads::order_page(db, OrderId(id), rented.desk.today()))
            .unwrap()
            .unwrap()
    };
    assert_eq!(page(1).billing_address, "1 Old Rd, Salem");
    assert_eq!(page(2).billing_address, "Office: 5 Dock Rd, Salem");
    let Some(pages) = crate::papers::made::pages(&rented.desk.agreement_paper(OrderId(2)).unwrap().bytes) else {
        return;
    };
    assert!(pages.concat().contains("5 Dock Rd"), "{}", pages.concat());
}
