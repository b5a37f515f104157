//! Who only pays sees what is theirs, by every list, and nothing of anybody else.

use std::collections::BTreeSet;

use rentbook::domain::id::CustomerId;
use rentbook::services::actions::group::GroupDraft;
use rentbook::services::actions::receiving::Target;
use rentbook::services::reads::{InvoiceFilter, Page, PaymentFilter, PaymentView, ReceiptFilter, SubscriptionFilter};
use rentbook::services::rights::{Principal, Role};
use rentbook::services::seen::Seen;
use rentbook::services::{Action, Desk, Payer, StoreError};

use super::{TODAY, empty_shop};
use crate::fixture::{group_of_two, item, order, person, transfer, variant};

const MANAGER: Principal = Principal::Staff(Role::Manager);

/// What every list shows whoever asks, each row by a name of its own.
fn seen(desk: &Desk) -> BTreeSet<String> {
    let look = |seen: &Seen| {
        let page = Page::first(500);
        let all = PaymentFilter { view: PaymentView::All, ..PaymentFilter::default() };
        let mut rows = BTreeSet::new();
        rows.extend(seen.payments(&all, &page)?.rows.iter().map(|row| format!("payment {}", row.id)));
        rows.extend(
            seen.invoices(&InvoiceFilter::default(), &page)?.rows.iter().map(|row| format!("invoice {}", row.id)),
        );
        rows.extend(
            seen.receipts(&ReceiptFilter::default(), &page)?.rows.iter().map(|row| format!("receipt {}", row.head.id)),
        );
        let contracts = seen.subscriptions(&SubscriptionFilter::default(), &page)?.rows;
        rows.extend(contracts.iter().map(|row| format!("contract {}", row.id)));
        Ok::<_, StoreError>(rows)
    };
    desk.see(look).unwrap()
}

fn told(seen: &BTreeSet<String>, what: &str) -> usize {
    seen.iter().filter(|row| row.starts_with(what)).count()
}

/// Three people who rent and paid a part, and a group of two that is billed together.
fn shop() -> (Desk, [CustomerId; 3], Payer) {
    let mut desk = empty_shop();
    let laptop = variant(&mut desk, "Laptop", "89.00");
    let people = ["Delgado", "Ito", "Novak"].map(|last| person(&mut desk, last));
    for who in people {
        order(&mut desk, who, vec![item(laptop, TODAY, 12)]);
        let draft = transfer(&desk, Target::Payer(Payer::Customer(who)), "20.00", &format!("T{}", who.0));
        desk.perform(Action::Receive(Box::new(draft))).unwrap();
    }
    let draft = GroupDraft { name: "Acme HQ".into(), billing_day: "17".into(), ..GroupDraft::default() };
    let group = group_of_two(&mut desk, draft, &item(laptop, TODAY, 12));
    (desk, people, Payer::Group(group))
}

#[test]
fn each_payer_sees_what_is_theirs_and_together_they_see_all() {
    let (mut desk, people, group) = shop();
    let all = seen(&desk);
    let mut parts = 0;
    let mut together = BTreeSet::new();
    for payer in people.map(Payer::Customer).into_iter().chain([group]) {
        desk = desk.acting_as(Principal::Payer(payer));
        let own = seen(&desk);
        assert!(told(&own, "payment") > 0 && told(&own, "contract") > 0, "{payer:?}: {own:?}");
        assert!(own.is_disjoint(&together), "{payer:?} sees what is another's: {own:?}");
        parts += own.len();
        together.extend(own);
    }
    assert!(together.is_subset(&all) && parts == together.len());
    let drafts = all.difference(&together).filter(|row| !row.starts_with("invoice")).count();
    assert_eq!(drafts, 0, "{:?}", all.difference(&together));
}

#[test]
fn a_merge_during_a_session_changes_what_is_seen_at_the_next_request() {
    let (desk, [ana, ben, carla], _) = shop();
    let desk = desk.acting_as(Principal::Payer(Payer::Customer(ana)));
    let before = seen(&desk);
    let mut desk = desk.acting_as(MANAGER);
    desk.perform(Action::MergeCustomers { kept: ana, merged: ben }).unwrap();
    let desk = desk.acting_as(Principal::Payer(Payer::Customer(ana)));
    let after = seen(&desk);
    assert!(before.is_subset(&after) && after.len() == 2 * before.len(), "{before:?} {after:?}");
    // Whoever came by the merged one's door sees the same, and a third one nothing of it.
    let desk = desk.acting_as(Principal::Payer(Payer::Customer(ben)));
    assert_eq!(seen(&desk), after);
    let mut desk = desk.acting_as(Principal::Payer(Payer::Customer(carla)));
    assert!(seen(&desk).is_disjoint(&after));
    desk = desk.acting_as(MANAGER);
    desk.perform(Action::Undo(None)).unwrap();
    assert_eq!(seen(&desk.acting_as(Principal::Payer(Payer::Customer(ana)))), before);
}

#[test]
fn a_payer_gets_their_own_statement_and_export_and_no_look_at_the_whole_book() {
    let (desk, [ana, ben, _], group) = shop();
    let days = (desk.today(), desk.today());
    let desk = desk.acting_as(Principal::Payer(Payer::Customer(ana)));
    assert!(desk.statement_values(Payer::Customer(ana), days).is_ok());
    assert!(desk.dossier_json(ana).is_ok());
    for other in [Payer::Customer(ben), group] {
        assert!(desk.statement_values(other, days).is_err(), "{other:?}");
    }
    assert!(desk.dossier_json(ben).is_err());
    let refused = desk.read(rentbook::services::reads::reports::first_day);
    assert!(refused.is_err());
}
