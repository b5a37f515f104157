//! A clock far ahead: nothing at all is dated there until somebody confirms it.

use std::collections::BTreeSet;

use rentbook::domain::address::Address;
use rentbook::domain::id::{
    ActivityId, AddressId, CustomerId, GroupId, InvoiceId, NoteId, OrderId, PaymentId, ReceiptId, SegmentId,
    SubscriptionId, VariantId,
};
use rentbook::domain::reason::{CancelReason, DisputeOutcome, RefundReason};
use rentbook::services::actions::catalogue::{AssetDraft, ProductDraft};
use rentbook::services::actions::charging::{ChargeOutcome, RetryDraft};
use rentbook::services::actions::customer::NoteDraft;
use rentbook::services::actions::deposit::CloseDraft;
use rentbook::services::actions::handing_over::Handed;
use rentbook::services::actions::invoicing::InvoiceDraft;
use rentbook::services::actions::order::OrderDraft;
use rentbook::services::actions::receiving::Target;
use rentbook::services::actions::refunding::{RefundDraft, RefundFrom};
use rentbook::services::actions::stock::StockDraft;
use rentbook::services::actions::subscription::{Change, ChangeDraft};
use rentbook::services::actions::tax_change::RateDraft;
use rentbook::services::pass::PassOptions;
use rentbook::services::{Action, Desk};

use super::books::{differing, digest};
use crate::fixture::{item, order, person, shop, transfer, variant};

/// What is done at the counter every day.
fn everyday(desk: &Desk) -> Vec<Action> {
    let (customer, payment, invoice) = (CustomerId(1), PaymentId(1), InvoiceId(1));
    let receipt = transfer(desk, Target::Invoices(vec![invoice]), "30", "BK 1");
    let order = OrderDraft { customer, bill_to: None, items: vec![item(VariantId(1), "2024-03-01", 3)] };
    vec![
        Action::Receive(Box::new(receipt.clone())),
        Action::ReceiveEach(vec![receipt]),
        Action::ProcessPayment { payment },
        Action::FailPayment { payment, reason: "no".into() },
        Action::ReopenPayment { payment, reason: "no".into() },
        Action::RetryPayment(Box::new(RetryDraft {
            payment,
            method: None,
            outcome: ChargeOutcome::Paid,
            on: desk.today(),
            reference: String::new(),
        })),
        Action::ClearReceipt { receipt: ReceiptId(1), on: desk.today() },
        Action::BounceReceipt { receipt: ReceiptId(1), reason: "no".into() },
        Action::Refund(Box::new(RefundDraft {
            from: RefundFrom::Invoice(invoice),
            amount: String::new(),
            reason: RefundReason::Other,
            words: "x".into(),
            with_credit_note: false,
            reference: String::new(),
        })),
        Action::Credit { invoice, draft: Box::default() },
        Action::WriteOff { invoice, reason: "x".into() },
        Action::WaivePayment { payment, reason: "x".into() },
        Action::CancelPayment { payment, reason: CancelReason::NotNeeded, words: "x".into() },
        Action::OpenDispute { payment, reason: "x".into() },
        Action::CloseDispute { payment, outcome: DisputeOutcome::ForTheShop, words: "x".into() },
        Action::UseCredit { target: Target::Invoices(vec![invoice]), amount: String::new() },
        Action::NewInvoice(Box::new(InvoiceDraft { customer, lines: vec![], due_on: None })),
        Action::VoidInvoice { invoice, reason: "x".into() },
        Action::BillAgain { invoice, reason: "x".into() },
        Action::ApproveInvoices(vec![invoice]),
        Action::SendInvoices(Box::default()),
        Action::ClaimMessages(vec![1]),
        Action::SettleMessages(vec![(1, Handed::Gone)]),
        Action::ReleaseMessages(vec![1]),
        Action::CancelMessages(vec![1]),
        Action::AddOrder { draft: Box::new(order), confirm: false },
        Action::ConfirmOrder(OrderId(1)),
        Action::CancelOrder(OrderId(1)),
        Action::Undo(None),
        Action::Undo(Some(ActivityId(2))),
        Action::Redo,
    ]
}

/// What is done now and then.
fn rare() -> Vec<Action> {
    let (customer, subscription, group) = (CustomerId(1), SubscriptionId(1), GroupId(1));
    let month = "2024-03-01".parse().unwrap();
    let asset = AssetDraft { variant: VariantId(1), serial: "L-1".into(), cost: "5".into(), bought_on: None };
    vec![
        Action::AddCustomer(Box::default()),
        Action::EditCustomer { id: customer, version: 1, draft: Box::default() },
        Action::SetBillingAddress { customer, address: Address::default() },
        Action::AddShippingAddress { customer, draft: Box::default() },
        Action::ChangeAddress { address: AddressId(1), draft: Box::default() },
        Action::RemoveAddress(AddressId(1)),
        Action::SetPreferences { customer, draft: Box::default() },
        Action::MergeCustomers { kept: customer, merged: CustomerId(2) },
        Action::EraseCustomer(customer),
        Action::AddSegment { name: "x".into(), filter: Box::default() },
        Action::ChangeSegment { segment: SegmentId(1), name: None, filter: None },
        Action::RemoveSegment(SegmentId(1)),
        Action::AddNote(NoteDraft {
            on: None,
            customer,
            kind: String::new(),
            summary: "x".into(),
            follow_up_on: None,
            follow_up_action: String::new(),
        }),
        Action::FollowUp(NoteId(1)),
        Action::AddProduct(ProductDraft::default()),
        Action::AddAsset(asset),
        Action::ChangeStock(StockDraft::Offer { id: VariantId(1), offered: false }),
        Action::AddGroup(Box::default()),
        Action::EditGroup { id: group, version: 1, draft: Box::default() },
        Action::JoinGroup { group, customer },
        Action::LeaveGroup { customer },
        Action::InvoiceGroup { group, month },
        Action::InvoiceGroupPart { group, month, leave_out: vec![] },
        Action::ChangeSubscription(Box::new(ChangeDraft {
            subscription,
            version: None,
            change: Change::Extend { months: 1 },
        })),
        Action::BillAhead { subscription, day: None },
        Action::CancelUpcoming { subscription, day: None, reason: CancelReason::NotNeeded, words: "x".into() },
        Action::CloseDeposit(Box::new(CloseDraft { deposit: 1, ..CloseDraft::default() })),
        Action::AddMethod(Box::default()),
        Action::DefaultMethod(1),
        Action::RemoveMethod(1),
        Action::SetLogo(None),
        Action::SetFont(None),
        Action::ChangeSetting { key: "phone".into(), value: "030 1".into() },
        Action::ChangeTaxRate(RateDraft { from: "19".into(), to: "16".into(), on: month }),
        Action::MarkSent(vec![1]),
    ]
}

fn name(action: &Action) -> String {
    format!("{action:?}").chars().take_while(char::is_ascii_alphabetic).collect()
}

/// Every variant as the source spells it.
fn every_name() -> BTreeSet<String> {
    let source = include_str!("../../../src/services/action.rs");
    let body = source.split_once("pub enum Action {").unwrap().1.split_once("\n}").unwrap().0;
    let variants = body.lines().filter(|line| line.starts_with("    ") && !line.starts_with("     "));
    let names = variants.map(|line| line.trim().chars().take_while(char::is_ascii_alphabetic).collect());
    names.filter(|name: &String| name.starts_with(|c: char| c.is_ascii_uppercase())).collect()
}

/// F106
#[test]
fn no_action_at_all_is_dated_at_a_clock_far_ahead_until_somebody_confirms_it() {
    let (mut desk, hand) = shop("2024-03-01");
    let ana = person(&mut desk, "Delgado");
    let laptop = variant(&mut desk, "Laptop", "30");
    order(&mut desk, ana, vec![item(laptop, "2024-03-01", 3)]);
    desk.run_pass(&PassOptions::default()).unwrap();
    let mut tried = BTreeSet::from(["SetUp".to_owned()]);
    for (day, code) in [("2105-03-01", "gap"), ("2024-04-16", "gap"), ("2024-02-29", "clock_back")] {
        hand.set(day);
        let before = digest(&desk);
        let all: Vec<Action> = everyday(&desk).into_iter().chain(rare()).collect();
        for action in all {
            let name = name(&action);
            let error = desk.perform(action.clone()).expect_err(&name);
            let refusal = error.refusal().unwrap_or_else(|| panic!("{name}: {error}"));
            assert_eq!(refusal.code, code, "{day} {name}: {refusal}");
            assert!(refusal.details.as_ref().is_some_and(|more| more["dry_run"].is_object()), "{name}");
            let tried_out = desk.try_out(&action, |_, _| Ok(())).expect_err(&name);
            assert_eq!(tried_out.refusal().map(|refusal| refusal.code), Some(code), "{day} {name}: {tried_out}");
            tried.insert(name);
        }
        assert_eq!(differing(&before, &digest(&desk)), Vec::<String>::new(), "{day}");
    }
    assert_eq!(tried, every_name());
    hand.set("2024-04-15");
    person(&mut desk, "within forty-five days");
}
