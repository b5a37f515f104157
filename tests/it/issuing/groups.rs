//! Billing groups: every day of a member is billed once, to one payer, and a group's money pays oldest first.

use std::collections::BTreeMap;

use proptest::prelude::*;
use rentbook::domain::id::CustomerId;
use rentbook::services::actions::receiving::Target;
use rentbook::services::papers::Copy;
use rentbook::services::pass::PassOptions;
use rentbook::services::reads::{self, LeftOutWhy};
use rentbook::services::{Action, Desk, Outcome, Payer};

use super::{change, euro_shop, invoices, sound};
use crate::fixture::{date, group, item, order, person, transfer, variant};

/// Every day of each subscription that an invoice or a waiting payment bills, and how often.
fn days_billed(desk: &Desk) -> BTreeMap<(i64, String), usize> {
    let sql = "SELECT subscription_id, period_start_on, period_end_on FROM payment WHERE kind = 'period' AND status <> 'cancelled'";
    let read = |row: &rentbook::store::Row| Ok((row.int(0)?, row.date(1)?, row.date(2)?));
    let mut days = BTreeMap::new();
    for (subscription, start, end) in desk.read(|db| db.all(sql, &[], read)).unwrap() {
        for day in start.iter_days().take_while(|day| *day < end) {
            *days.entry((subscription, day.to_string())).or_insert(0) += 1;
        }
    }
    days
}

#[test]
fn a_member_who_joins_or_leaves_in_the_middle_is_billed_once_and_only_once() {
    let (mut desk, hand) = euro_shop("2026-01-05");
    let laptop = variant(&mut desk, "Laptop", "89.00");
    let acme = group(&mut desk, "Acme", "15");
    let ana = person(&mut desk, "Ito");
    order(&mut desk, ana, vec![item(laptop, "2026-01-05", 12)]);
    assert_eq!(invoices(&desk).len(), 1, "January is the customer's own");
    hand.set("2026-01-20");
    desk.perform(Action::JoinGroup { group: acme, customer: ana }).unwrap();
    for day in ["2026-02-05", "2026-02-15", "2026-03-05", "2026-03-10"] {
        hand.set(day);
        desk.run_pass(&PassOptions::default()).unwrap();
    }
    let of_group = |desk: &Desk| invoices(desk).iter().filter(|row| row.group_id.is_some()).count();
    assert_eq!(of_group(&desk), 1, "February is the group's");
    desk.perform(Action::LeaveGroup { customer: ana }).unwrap();
    assert_eq!(
        (of_group(&desk), invoices(&desk).len()),
        (1, 3),
        "March waited for the group and is the customer's now"
    );
    for day in ["2026-03-15", "2026-04-05", "2026-04-15"] {
        hand.set(day);
        desk.run_pass(&PassOptions::default()).unwrap();
    }
    assert_eq!((of_group(&desk), invoices(&desk).len()), (1, 4));
    assert!(days_billed(&desk).values().all(|times| *times == 1));
    sound(&desk);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10))]

    #[test]
    fn no_day_is_billed_twice_or_forgotten_however_members_come_and_go(
        moves in prop::collection::vec((1..25_u64, any::<bool>(), any::<bool>()), 1..14),
    ) {
        let (mut desk, hand) = euro_shop("2026-01-05");
        let laptop = variant(&mut desk, "Laptop", "89.00");
        let acme = group(&mut desk, "Acme", "15");
        let ana = person(&mut desk, "Ito");
        order(&mut desk, ana, vec![item(laptop, "2026-01-05", 24)]);
        let mut day = date("2026-01-05");
        for (wait, joins, by_hand) in moves {
            day = day + chrono::Days::new(wait);
            hand.set(&day.to_string());
            desk.run_pass(&PassOptions::default()).unwrap();
            let _ = if joins {
                desk.perform(Action::JoinGroup { group: acme, customer: ana })
            } else {
                desk.perform(Action::LeaveGroup { customer: ana })
            };
            if by_hand {
                let _ = desk.perform(Action::InvoiceGroup { group: acme, month: day });
            }
        }
        sound(&desk);
        let days = days_billed(&desk);
        prop_assert!(days.values().all(|times| *times == 1));
        let first = days.keys().next().unwrap().1.clone();
        prop_assert_eq!(first, "2026-01-05");
        let last = date(&days.keys().last().unwrap().1);
        let span = usize::try_from((last - date("2026-01-05")).num_days() + 1).unwrap();
        prop_assert_eq!(days.len(), span, "no day between is forgotten");
    }
}

/// Three members with a laptop each, from 1 February.
fn acme() -> (Desk, crate::fixture::Hand, rentbook::domain::id::GroupId, Vec<CustomerId>) {
    acme_after("")
}

/// The same, with something changed before the first pass.
fn acme_after(sql: &str) -> (Desk, crate::fixture::Hand, rentbook::domain::id::GroupId, Vec<CustomerId>) {
    let (mut desk, hand) = euro_shop("2026-01-05");
    let laptop = variant(&mut desk, "Laptop", "100.00");
    let acme = group(&mut desk, "Acme", "10");
    let members: Vec<CustomerId> = ["Ito", "Ruiz", "Weber"].iter().map(|last| person(&mut desk, last)).collect();
    for who in &members {
        desk.perform(Action::JoinGroup { group: acme, customer: *who }).unwrap();
        order(&mut desk, *who, vec![item(laptop, "2026-02-01", 12)]);
    }
    if !sql.is_empty() {
        change(&desk, sql);
    }
    hand.set("2026-02-03");
    desk.run_pass(&PassOptions::default()).unwrap();
    (desk, hand, acme, members)
}

#[test]
fn a_line_that_is_left_out_waits_for_the_next_invoice_and_is_said_to() {
    let (mut desk, hand, acme, _) = acme_after("UPDATE subscription SET status = 'paused' WHERE id = 3");
    let february = date("2026-02-01");
    let second = rentbook::domain::id::SubscriptionId(2);
    let part = Action::InvoiceGroupPart { group: acme, month: february, leave_out: vec![second] };
    let left = desk
        .try_out(&part, |db, done| {
            let Outcome::Invoice(id, _) = done.outcome else { panic!("{done:?}") };
            Ok(reads::group_left_out(db, acme, id, (february, date("2026-02-28")), &[second])?)
        })
        .unwrap();
    let why: Vec<(i64, LeftOutWhy)> = left.into_iter().map(|one| (one.subscription_id.0, one.why)).collect();
    assert_eq!(why, [(2, LeftOutWhy::Chosen), (3, LeftOutWhy::Paused)]);
    assert!(invoices(&desk).is_empty(), "it was only tried");
    desk.perform(part).unwrap();
    assert_eq!(invoices(&desk)[0].total.to_string(), "119.00");
    hand.set("2026-02-10");
    desk.run_pass(&PassOptions::default()).unwrap();
    let rows = invoices(&desk);
    assert_eq!(
        (rows.len(), rows[1].total.to_string()),
        (2, "119.00".to_owned()),
        "the pass takes it on the billing day"
    );
    sound(&desk);
}

#[test]
fn each_line_names_its_customer_and_one_payment_pays_all() {
    let (mut desk, hand, acme, _) = acme();
    hand.set("2026-02-10");
    desk.run_pass(&PassOptions::default()).unwrap();
    let invoice = invoices(&desk).remove(0);
    assert_eq!(invoice.total.to_string(), "357.00");
    let page = desk.read(|db| reads::invoice_page(db, invoice.id, desk.today())).unwrap().unwrap();
    let names: Vec<&str> = page.lines.iter().map(|line| line.payment.customer_name.as_str()).collect();
    assert_eq!(names, ["Ito, Ana", "Ruiz, Ana", "Weber, Ana"]);
    hand.set("2026-03-10");
    desk.run_pass(&PassOptions::default()).unwrap();
    let part = transfer(&desk, Target::Payer(Payer::Group(acme)), "476.00", "BT-7");
    desk.perform(Action::Receive(Box::new(part))).unwrap();
    let open: Vec<String> = invoices(&desk).iter().map(|row| row.open.to_string()).collect();
    assert_eq!(open, ["0.00", "238.00"], "oldest first");
    let rest = transfer(&desk, Target::Invoices(vec![invoices(&desk)[1].id]), "238.00", "BT-8");
    desk.perform(Action::Receive(Box::new(rest))).unwrap();
    assert!(invoices(&desk).iter().all(|row| row.open.is_zero()));
    sound(&desk);
}

#[test]
fn a_groups_voided_lines_wait_for_its_next_invoice() {
    let (mut desk, hand, acme, _) = acme();
    desk.perform(Action::InvoiceGroup { group: acme, month: date("2026-02-01") }).unwrap();
    let first = invoices(&desk)[0].id;
    let done = desk.perform(Action::BillAgain { invoice: first, reason: "wrong month".into() }).unwrap();
    assert_eq!(done.said, "Invoice 2026-0001 is void; its lines wait for the group's next invoice, 357.00.");
    hand.set("2026-02-10");
    desk.run_pass(&PassOptions::default()).unwrap();
    let rows = invoices(&desk);
    assert_eq!((rows.len(), rows[1].total.to_string()), (2, "357.00".to_owned()));
    assert!(days_billed(&desk).values().all(|times| *times == 1));
    sound(&desk);
}

#[test]
fn a_deposit_of_a_voided_group_invoice_stands_on_the_next_one() {
    let (mut desk, hand) = euro_shop("2026-02-05");
    let laptop = variant(&mut desk, "Laptop", "100.00");
    let acme = group(&mut desk, "Acme", "10");
    let ana = person(&mut desk, "Ito");
    desk.perform(Action::JoinGroup { group: acme, customer: ana }).unwrap();
    let mut rented = item(laptop, "2026-02-05", 12);
    rented.deposit = "200.00".into();
    order(&mut desk, ana, vec![rented]);
    desk.perform(Action::InvoiceGroup { group: acme, month: date("2026-02-01") }).unwrap();
    let first = invoices(&desk)[0].clone();
    desk.perform(Action::BillAgain { invoice: first.id, reason: "wrong address".into() }).unwrap();
    hand.set("2026-02-10");
    desk.run_pass(&PassOptions::default()).unwrap();
    let again = invoices(&desk)[1].clone();
    assert_eq!((first.total.to_string(), again.total), ("319.00".to_owned(), first.total));
    let whole = transfer(&desk, Target::Invoices(vec![again.id]), "319.00", "BT-9");
    desk.perform(Action::Receive(Box::new(whole))).unwrap();
    let held = desk.read(|db| reads::deposit_of(db, rentbook::domain::id::SubscriptionId(1))).unwrap().unwrap();
    assert_eq!((held.deposit.state.code(), held.received.minor()), ("held", 20_000));
    sound(&desk);
}

// F33
#[test]
fn what_a_group_invoice_said_of_a_member_stays_when_the_member_is_renamed() {
    let (mut desk, _) = euro_shop("2026-03-02");
    let acme = group(&mut desk, "Acme HQ", "15");
    let ben = person(&mut desk, "Ruiz");
    desk.perform(Action::JoinGroup { group: acme, customer: ben }).unwrap();
    let laptop = variant(&mut desk, "Laptop", "89.00");
    order(&mut desk, ben, vec![item(laptop, "2026-03-02", 12)]);
    let month = "2026-03-01".parse().unwrap();
    let done = desk.perform(Action::InvoiceGroup { group: acme, month }).unwrap();
    let Outcome::Invoice(id, _) = done.outcome else { panic!("{done:?}") };
    let issued = desk.invoice_paper(id, Copy::AsIssued).unwrap().bytes;
    change(&desk, "UPDATE customer SET last_name = 'Erased customer 1', first_name = '', version = version + 1");
    assert!(issued == desk.invoice_paper(id, Copy::AsIssued).unwrap().bytes);
}
