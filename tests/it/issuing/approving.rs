//! Drafts wait for a person; the number is given at approval.

use rentbook::domain::id::{InvoiceId, SubscriptionId};
use rentbook::domain::status::InvoiceState;
use rentbook::services::pass::PassOptions;
use rentbook::services::{Action, reads};

use super::{change, euro_shop, extra, invoices, row, sound};
use crate::fixture::{business, item, order, variant};

const REVIEW: &str = "UPDATE collection_policy SET review_required = 1";

#[test]
fn a_draft_gets_number_date_and_terms_on_the_day_of_approval() {
    let (mut desk, hand) = euro_shop("2026-03-02");
    let acme = business(&mut desk, "Acme", "14");
    let laptop = variant(&mut desk, "Laptop", "89.00");
    change(&desk, REVIEW);
    order(&mut desk, acme, vec![item(laptop, "2026-03-02", 6)]);
    let draft = invoices(&desk).remove(0);
    assert_eq!((draft.number.clone(), draft.state), (None, InvoiceState::InReview));
    let today = desk.read(|db| reads::today(db, desk.today())).unwrap();
    assert_eq!(today.to_review.count, 1, "it waits on Today");
    hand.set("2026-03-09");
    let done = desk.perform(Action::ApproveInvoices(vec![draft.id])).unwrap();
    assert_eq!(done.said, "Invoice 2026-0001 is approved and issued, 105.91.");
    let issued = row(&desk, draft.id);
    assert_eq!(issued.number.as_deref(), Some("2026-0001"));
    assert_eq!((issued.invoiced_on.to_string(), issued.due_on.to_string()), ("2026-03-09".into(), "2026-03-23".into()));
    let again = desk.perform(Action::ApproveInvoices(vec![draft.id])).unwrap_err();
    assert!(again.to_string().contains("2026-0001 is issued already"), "{again}");
    sound(&desk);
}

#[test]
fn many_are_approved_in_the_order_they_were_made_or_none() {
    let (mut desk, hand) = euro_shop("2026-03-02");
    let acme = business(&mut desk, "Acme", "14");
    change(&desk, REVIEW);
    let drafts: Vec<InvoiceId> = (0..3).map(|_| extra(&mut desk, acme, "Cleaning", "10")).collect();
    hand.set("2026-03-05");
    let unknown = desk.perform(Action::ApproveInvoices(vec![drafts[0], InvoiceId(99)])).unwrap_err();
    assert!(unknown.to_string().contains("no invoice 99"), "{unknown}");
    assert!(invoices(&desk).iter().all(|row| row.number.is_none()), "all of them or none");
    let backwards: Vec<InvoiceId> = drafts.iter().rev().copied().collect();
    let done = desk.perform(Action::ApproveInvoices(backwards)).unwrap();
    assert_eq!(done.said, "3 invoices are approved and issued, 2026-0001 to 2026-0003, 35.70.");
    let numbers: Vec<_> = drafts.iter().map(|id| row(&desk, *id).number.unwrap()).collect();
    assert_eq!(numbers, ["2026-0001", "2026-0002", "2026-0003"]);
    desk.run_pass(&PassOptions::default()).unwrap();
    sound(&desk);
}

#[test]
fn a_voided_invoice_is_cancelled_or_billed_again() {
    let (mut desk, hand) = euro_shop("2026-03-02");
    let acme = business(&mut desk, "Acme", "14");
    let laptop = variant(&mut desk, "Laptop", "89.00");
    order(&mut desk, acme, vec![item(laptop, "2026-03-02", 6)]);
    let first = invoices(&desk).remove(0).id;
    hand.set("2026-03-20");
    let blank = desk.perform(Action::BillAgain { invoice: first, reason: " ".into() }).unwrap_err();
    assert!(blank.to_string().contains("say why"), "{blank}");
    let done = desk.perform(Action::BillAgain { invoice: first, reason: "wrong address".into() }).unwrap();
    assert_eq!(done.said, "Invoice 2026-0001 is void; it is billed again on 2026-0002, 105.91.");
    let rows = invoices(&desk);
    assert_eq!((rows[0].state, rows[1].state), (InvoiceState::Void, InvoiceState::Issued));
    assert_eq!((rows[1].total, rows[1].invoiced_on.to_string()), (rows[0].total, "2026-03-20".to_owned()));
    sound(&desk);
    hand.set("2026-04-02");
    desk.run_pass(&PassOptions::default()).unwrap();
    assert_eq!(invoices(&desk).len(), 3, "April is billed once, March not a third time");
    super::pay(&mut desk, rows[1].id, "105.91");
    let paid = desk.perform(Action::BillAgain { invoice: rows[1].id, reason: "no".into() }).unwrap_err();
    assert!(paid.to_string().contains("credit note"), "{paid}");
    let cancelled = rows_of(&desk, 3);
    desk.perform(Action::VoidInvoice { invoice: cancelled, reason: "typed twice".into() }).unwrap();
    desk.run_pass(&PassOptions::default()).unwrap();
    assert_eq!(invoices(&desk).len(), 3, "a pass never bills a voided period again");
    sound(&desk);
}

fn rows_of(desk: &rentbook::services::Desk, number: usize) -> InvoiceId {
    invoices(desk)[number - 1].id
}

#[test]
fn a_deposit_comes_along_when_its_invoice_is_billed_again() {
    let (mut desk, _) = euro_shop("2026-03-02");
    let acme = business(&mut desk, "Acme", "14");
    let laptop = variant(&mut desk, "Laptop", "89.00");
    let mut rented = item(laptop, "2026-03-02", 6);
    rented.deposit = "200.00".into();
    order(&mut desk, acme, vec![rented]);
    let first = invoices(&desk).remove(0).id;
    desk.perform(Action::BillAgain { invoice: first, reason: "wrong".into() }).unwrap();
    assert_eq!(row(&desk, first).state, InvoiceState::Void);
    let again = invoices(&desk).remove(1).id;
    assert_eq!(row(&desk, again).total, row(&desk, first).total, "rent and deposit both");
    let held =
        |desk: &rentbook::services::Desk| desk.read(|db| reads::deposit_of(db, SubscriptionId(1))).unwrap().unwrap();
    assert_eq!((held(&desk).deposit.state.code(), held(&desk).received.minor()), ("held", 0));
    super::pay(&mut desk, again, "305.91");
    assert_eq!(held(&desk).received.minor(), 20_000);
    sound(&desk);
}
