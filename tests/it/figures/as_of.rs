//! F50: a report as of a day is the same whenever it is made, whatever came after: money in and back, credit notes, voids,
//! checks that cleared or bounced, deposits, contracts that changed, and all of it taken back.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use proptest::prelude::*;
use rentbook::domain::id::{InvoiceId, PaymentId, ReceiptId};
use rentbook::domain::method::Method;
use rentbook::domain::reason::{CancelReason, KeptFor};
use rentbook::domain::status::PaymentStatus;
use rentbook::services::actions::charging::{ChargeOutcome, RetryDraft};
use rentbook::services::actions::crediting::CreditDraft;
use rentbook::services::actions::deposit::CloseDraft;
use rentbook::services::actions::order::ItemDraft;
use rentbook::services::actions::receiving::{ReceiptDraft, Target};
use rentbook::services::actions::refunding::RefundFrom;
use rentbook::services::actions::subscription::{Change, ChangeDraft};
use rentbook::services::reads::Whose;
use rentbook::services::reads::reports::{self, Period};
use rentbook::services::{Action, Desk, StoreError};

use crate::fixture::{Hand, date, item, order, person, transfer, variant};
use crate::money;

/// Everything a period says, seen from its last day.
pub fn told(desk: &Desk, period: Period, whose: &Whose) -> BTreeMap<&'static str, String> {
    desk.read(|db| {
        Ok::<_, StoreError>(BTreeMap::from([
            ("summary", format!("{:#?}", reports::summary(db, period, whose)?)),
            ("income", format!("{:#?}", reports::income_by_month(db, period, whose)?)),
            ("status", format!("{:#?}", reports::status_distribution(db, period, whose)?)),
            ("failures", format!("{:#?}", reports::failures_by_week(db, period, whose)?)),
            ("aging", format!("{:#?}", reports::aging(db, period.as_of, whose)?)),
        ]))
    })
    .unwrap()
}

struct Shop {
    desk: Desk,
    hand: Hand,
}

impl Shop {
    /// A customer with three invoices, and two contracts of which one has a deposit.
    fn begin() -> Self {
        let (mut desk, hand, customer) = money::with_customer();
        let (tent, other) = (variant(&mut desk, "Tent", "60.00"), person(&mut desk, "Berg"));
        let with_deposit = ItemDraft { deposit: "100".into(), ..item(tent, "2025-11-17", 12) };
        order(&mut desk, customer, vec![with_deposit]);
        order(&mut desk, other, vec![item(tent, "2025-11-20", 12)]);
        for prices in [&["10.00"][..], &["25.00", "7.33"], &["3.10", "60.00", "12.99"]] {
            let lines: Vec<(&str, &str)> = prices.iter().map(|price| (*price, "19")).collect();
            money::invoice(&mut desk, customer, &lines);
        }
        Self { desk, hand }
    }

    fn next_day(&mut self, days: u64) {
        let next = self.desk.today() + chrono::Days::new(days);
        self.hand.set(&next.to_string());
        self.desk.catch_up().unwrap();
    }

    fn ids(&self, table: &str) -> Vec<i64> {
        let sql = format!("SELECT id FROM {table} ORDER BY id");
        self.desk.read(|db| db.all(&sql, &[], |row| row.int(0))).unwrap()
    }

    /// What can be done is done; what is refused is left alone.
    #[expect(clippy::too_many_lines, reason = "one arm an Action")]
    fn step(&mut self, (what, which, number): (u8, u8, u16), changes_contracts: bool) {
        let pick = |ids: &[i64]| ids.get(usize::from(which) % ids.len().max(1)).copied().unwrap_or(1);
        let payment = PaymentId(pick(&self.ids("payment")));
        let (invoice, receipt) = (InvoiceId(pick(&self.ids("invoice"))), ReceiptId(pick(&self.ids("receipt"))));
        let amount = format!("{}.{:02}", number % 90, number % 97);
        let (today, reason) = (self.desk.today(), "late".to_owned());
        let money = |method| {
            let draft = transfer(&self.desk, Target::Payments(vec![payment]), &amount, "A");
            Action::Receive(Box::new(ReceiptDraft { method, keep_credit: true, again: true, ..draft }))
        };
        let change = |change| Action::ChangeSubscription(Box::new(change));
        let contract = rentbook::domain::id::SubscriptionId(1 + i64::from(which % 2));
        let later = today + chrono::Days::new(u64::from(number % 40));
        let contracted = |what| ChangeDraft { subscription: contract, version: None, change: what };
        let action = match what % 24 {
            0 | 1 => money(Method::BankTransfer),
            2 => money(Method::Check),
            3 => Action::ClearReceipt { receipt, on: today },
            4 => Action::BounceReceipt { receipt, reason },
            5 | 6 => {
                let from = if number % 3 == 0 { RefundFrom::Receipt(receipt) } else { RefundFrom::Payment(payment) };
                Action::Refund(Box::new(money::refund(from, &amount, number % 2 == 0)))
            }
            7 => {
                let lines = vec![(payment, amount)];
                Action::Credit { invoice, draft: Box::new(CreditDraft { lines, reason, ..CreditDraft::default() }) }
            }
            8 => Action::UseCredit { target: Target::Payments(vec![payment]), amount },
            9 => Action::CancelPayment { payment, reason: CancelReason::NotNeeded, words: reason },
            10 => Action::WaivePayment { payment, reason },
            11 => Action::WriteOff { invoice, reason },
            12 => Action::FailPayment { payment, reason },
            13 => Action::ProcessPayment { payment },
            14 => Action::VoidInvoice { invoice, reason },
            15 => Action::BillAgain { invoice, reason },
            16 => {
                let outcome = match number % 3 {
                    0 => ChargeOutcome::Paid,
                    1 => ChargeOutcome::Sent,
                    _ => ChargeOutcome::Declined("Expired card".into()),
                };
                let reference = "ch_1".to_owned();
                Action::RetryPayment(Box::new(RetryDraft { payment, method: None, outcome, on: today, reference }))
            }
            17 => {
                let keep = if number % 2 == 0 { String::new() } else { (number % 100).to_string() };
                let kept_for = KeptFor::Damage;
                let draft = CloseDraft {
                    deposit: 1,
                    keep,
                    pays: None,
                    kept_for,
                    tax_rate: String::new(),
                    reason,
                    as_credit: false,
                };
                Action::CloseDeposit(Box::new(draft))
            }
            18 if changes_contracts => change(contracted(Change::Pause { from: later, to: None })),
            19 if changes_contracts => change(contracted(Change::Resume { on: later })),
            20 if changes_contracts => change(contracted(Change::Reprice { price: amount, from: None })),
            21 if changes_contracts => {
                let running = None;
                change(contracted(Change::Cancel { from: later, running, refund: number % 2 == 0, reason }))
            }
            22 => return self.next_day(1 + u64::from(number % 9)),
            _ => Action::Undo(None),
        };
        if let Err(error) = self.desk.perform(action) {
            assert!(error.refusal().is_some(), "{error}");
        }
    }
}

fn cases() -> u32 {
    std::env::var("RENTBOOK_STEPS").ok().and_then(|text| text.parse().ok()).unwrap_or(24)
}

fn steps(most: usize) -> impl Strategy<Value = Vec<(u8, u8, u16)>> {
    prop::collection::vec((0_u8..24, 0_u8..12, 0_u16..20_000), 1..most)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), max_shrink_iters: 200, ..ProptestConfig::default() })]

    #[test]
    fn a_report_as_of_a_day_is_the_same_made_that_day_and_later(before in steps(40), after in steps(40)) {
        let mut shop = Shop::begin();
        for step in before {
            shop.step(step, false);
        }
        let day: NaiveDate = shop.desk.today();
        let period = Period { from: date("2025-11-01"), to: day, as_of: day };
        let whom = [Whose::Everybody, Whose::Only(vec![1])];
        let then = whom.each_ref().map(|whose| told(&shop.desk, period, whose));
        shop.next_day(1);
        for step in after {
            shop.step(step, true);
        }
        for (whose, then) in whom.iter().zip(then) {
            let now = told(&shop.desk, period, whose);
            for (report, then) in then {
                prop_assert_eq!(&now[report], &then, "{} of {:?} as of {}", report, whose, day);
            }
        }
    }
}

/// F50: outstanding with an invoice that is voided later: 350 for 650.
#[test]
fn what_is_voided_later_was_outstanding_before() {
    let mut shop = Shop::begin();
    let day = shop.desk.today();
    let period = Period { from: day, to: day, as_of: day };
    let open =
        |shop: &Shop| shop.desk.read(|db| reports::summary(db, period, &Whose::Everybody)).unwrap().rows[0].outstanding;
    let before = open(&shop);
    shop.next_day(3);
    let voided = shop.desk.perform(Action::VoidInvoice { invoice: InvoiceId(4), reason: "wrong".into() });
    assert!(voided.is_ok(), "{voided:?}");
    assert_eq!(open(&shop), before);
    let payment = shop.desk.read(|db| rentbook::store::receipt::owed_on_invoice(db, InvoiceId(4))).unwrap();
    assert!(payment.iter().all(|owed| owed.status == PaymentStatus::Cancelled));
}
