//! Two records of one customer become one, and two again.

use proptest::prelude::*;
use rentbook::domain::id::CustomerId;
use rentbook::services::actions::customer::CustomerDraft;
use rentbook::services::actions::receiving::Target;
use rentbook::services::pass::PassOptions;
use rentbook::services::reads::{self, CustomerFilter, Page};
use rentbook::services::{Action, Desk, Outcome, Payer};

use super::known::{page, undo};
use crate::fixture::{group, item, order, person, shop, transfer, variant};

fn merge(desk: &mut Desk, kept: CustomerId, merged: CustomerId) -> Result<String, String> {
    desk.perform(Action::MergeCustomers { kept, merged }).map(|done| done.said).map_err(|error| error.to_string())
}

fn found(desk: &Desk, query: &str) -> Vec<String> {
    let filter = CustomerFilter { query: query.into(), ..CustomerFilter::default() };
    let slice = desk.read(|db| reads::customers(db, &filter, &Page::first(50), desk.today())).unwrap();
    slice.rows.into_iter().map(|row| row.name).collect()
}

/// Sums over all customers of the list: how many, lifetime, open, credit, subscriptions.
fn sums(desk: &Desk) -> [i64; 4] {
    let filter = CustomerFilter { closed: true, ..CustomerFilter::default() };
    let slice = desk.read(|db| reads::customers(db, &filter, &Page::first(500), desk.today())).unwrap();
    slice.rows.iter().fold([0; 4], |mut sums, row| {
        for (sum, own) in sums.iter_mut().zip([
            row.lifetime_value.minor(),
            row.outstanding.minor(),
            row.credit.minor(),
            row.subscriptions,
        ]) {
            *sum += own;
        }
        sums
    })
}

#[test]
fn a_merged_customer_reads_as_the_kept_one_and_is_still_found() {
    let (mut desk, _) = shop("2025-01-10");
    let (kept, twin) = (person(&mut desk, "Delgado"), person(&mut desk, "Delgadillo"));
    let laptop = variant(&mut desk, "Laptop", "89");
    order(&mut desk, kept, vec![item(laptop, "2025-01-01", 12)]);
    order(&mut desk, twin, vec![item(laptop, "2025-01-05", 12)]);
    assert_eq!(merge(&mut desk, kept, twin).unwrap(), "Ana Delgadillo is merged into Ana Delgado.");
    assert_eq!(found(&desk, "delgadillo"), ["Delgado, Ana"]);
    let one = page(&desk, twin);
    assert_eq!((one.row.id, one.row.subscriptions, one.row.outstanding.minor()), (kept, 2, 17_800));
    assert_eq!(one.merged, [(twin, "Delgadillo, Ana".to_owned())]);
    // One transfer pays what both owed, and what comes next is billed to the kept one's name.
    let money = transfer(&desk, Target::Payer(Payer::Customer(kept)), "178.00", "BT-1");
    desk.perform(Action::Receive(Box::new(money))).unwrap();
    assert_eq!(page(&desk, kept).row.outstanding.minor(), 0);
    desk.run_pass(&PassOptions::default()).unwrap();
    assert!(desk.check().unwrap().ok);
}

#[test]
fn what_is_billed_after_the_merge_is_billed_as_the_kept_one() {
    let (mut desk, clock) = shop("2025-01-10");
    let draft = CustomerDraft {
        kind: "business".into(),
        company_name: "Acme GmbH".into(),
        terms: "30".into(),
        ..CustomerDraft::default()
    };
    let Outcome::Customer(kept) = desk.perform(Action::AddCustomer(Box::new(draft))).unwrap().outcome else { panic!() };
    let twin = person(&mut desk, "Acme");
    let laptop = variant(&mut desk, "Laptop", "89");
    order(&mut desk, twin, vec![item(laptop, "2025-01-01", 12)]);
    merge(&mut desk, kept, twin).unwrap();
    clock.set("2025-02-01");
    desk.run_pass(&PassOptions::default()).unwrap();
    let last = "SELECT payer_name || ' ' || invoiced_on || ' ' || due_on FROM invoice ORDER BY id DESC LIMIT 1";
    let last = desk.read(|db| db.one(last, &[], |row| row.text(0))).unwrap().unwrap();
    assert_eq!(last, "Acme GmbH 2025-02-01 2025-03-03", "its name and its terms");
}

#[test]
fn a_merge_is_taken_back_and_chains_follow() {
    let (mut desk, _) = shop("2025-01-10");
    let [a, b, c] = ["Able", "Baker", "Charlie"].map(|name| person(&mut desk, name));
    merge(&mut desk, b, c).unwrap();
    merge(&mut desk, a, b).unwrap();
    assert_eq!((page(&desk, c).row.id, page(&desk, b).row.id), (a, a));
    assert_eq!(merge(&mut desk, a, c).unwrap_err(), "that customer is merged into Ana Baker already");
    assert_eq!(undo(&mut desk).unwrap(), "Ana Baker is a customer of its own again.");
    assert_eq!((page(&desk, c).row.id, page(&desk, b).row.id), (b, b));
    undo(&mut desk).unwrap();
    assert_eq!(page(&desk, c).row.id, c);
    assert!(desk.check().unwrap().ok);
}

#[test]
fn what_cannot_be_one_is_refused() {
    let (mut desk, _) = shop("2025-01-10");
    let (a, b) = (person(&mut desk, "Able"), person(&mut desk, "Baker"));
    let draft = CustomerDraft { last_name: "Euro".into(), currency: "EUR".into(), ..CustomerDraft::default() };
    let Outcome::Customer(euro) = desk.perform(Action::AddCustomer(Box::new(draft))).unwrap().outcome else { panic!() };
    assert_eq!(
        merge(&mut desk, a, euro).unwrap_err(),
        "Euro pays in EUR, Ana Able in USD: their sums cannot become one"
    );
    assert_eq!(merge(&mut desk, a, a).unwrap_err(), "Ana Able cannot be merged into itself");
    let staff = group(&mut desk, "Staff", "1");
    desk.perform(Action::JoinGroup { group: staff, customer: b }).unwrap();
    assert!(merge(&mut desk, a, b).unwrap_err().contains("take it out of that group first"));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    #[test]
    fn sums_are_the_same_before_and_after(
        orders in prop::collection::vec((0_usize..4, 1_i64..4), 1..6),
        paid in prop::collection::vec((0_usize..4, 1_i64..200), 0..5),
        merges in prop::collection::vec((0_usize..4, 0_usize..4), 1..5),
    ) {
        let (mut desk, clock) = shop("2025-01-10");
        let people = ["Able", "Baker", "Charlie", "Dog"].map(|name| person(&mut desk, name));
        let laptop = variant(&mut desk, "Laptop", "89");
        for (who, quantity) in orders {
            let item = rentbook::services::actions::order::ItemDraft {
                quantity: u32::try_from(quantity).unwrap(),
                ..item(laptop, "2025-01-01", 12)
            };
            order(&mut desk, people[who], vec![item]);
        }
        clock.set("2025-03-02");
        desk.run_pass(&PassOptions { confirm_gap: true, ..PassOptions::default() }).unwrap();
        for (number, (who, amount)) in paid.into_iter().enumerate() {
            let target = Target::Payer(Payer::Customer(people[who]));
            let money = transfer(&desk, target, &amount.to_string(), &format!("BT-{number}"));
            // Who owes nothing pays nothing.
            let _ = desk.perform(Action::Receive(Box::new(rentbook::services::actions::receiving::ReceiptDraft {
                keep_credit: true,
                ..money
            })));
        }
        let before = sums(&desk);
        let mut done = 0;
        for (kept, merged) in merges {
            done += i32::from(merge(&mut desk, people[kept], people[merged]).is_ok());
            prop_assert_eq!(sums(&desk), before);
        }
        prop_assert!(desk.check().unwrap().ok);
        for _ in 0..done {
            undo(&mut desk).unwrap();
            prop_assert_eq!(sums(&desk), before);
        }
        for who in people {
            prop_assert_eq!(page(&desk, who).row.id, who);
        }
    }
}
