//! A walk of every Action that moves money, days or messages: deposits, groups, merges, pauses to come, locks, two operators,
//! undo and redo. After each step `check --deep` is well and the money in the book is what a model told from the steps
//! alone says; what reports said on a day they say a year later.
//!
//! `PROPTEST_CASES` says how many walks; [`left_out`] names what no walk performs, and why.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};
use rentbook::domain::contract::{Condition, RunningPeriod};
use rentbook::domain::id::{
    ActivityId, CustomerId, GroupId, InvoiceId, OrderId, PaymentId, ReceiptId, SubscriptionId, VariantId,
};
use rentbook::domain::method::Method;
use rentbook::domain::money::Money;
use rentbook::domain::reason::{CancelReason, DisputeOutcome, RefundReason};
use rentbook::services::actions::catalogue::AssetDraft;
use rentbook::services::actions::charging::{ChargeOutcome, RetryDraft};
use rentbook::services::actions::crediting::CreditDraft;
use rentbook::services::actions::deposit::CloseDraft;
use rentbook::services::actions::handing_over::Handed;
use rentbook::services::actions::invoicing::{InvoiceDraft, LineDraft};
use rentbook::services::actions::order::{ItemDraft, OrderDraft};
use rentbook::services::actions::receiving::{ReceiptDraft, Target};
use rentbook::services::actions::refunding::{RefundDraft, RefundFrom};
use rentbook::services::actions::sending::SendDraft;
use rentbook::services::actions::subscription::{Change, ChangeDraft};
use rentbook::services::actions::tax_change::RateDraft;
use rentbook::services::reads::Whose;
use rentbook::services::reads::reports::{self, Period};
use rentbook::services::{Action, Desk};

use super::books::number;
use super::mixed::{Mixed, ids};
use crate::chance::{Seeded, seeds, size};
use crate::figures::as_of;
use crate::fixture::{date, item, transfer};

/// Why no walk performs an Action; `None`: the walks do.
#[expect(clippy::too_many_lines, reason = "one line an Action")]
fn left_out(action: &Action) -> Option<&'static str> {
    const RECORDS: Option<&str> = Some("a record that moves no money and no day: people::, issuing:: walk them");
    match action {
        Action::SetUp(_) => Some("a book is set up once, before the walk"),
        Action::AddCustomer(_)
        | Action::AddProduct(_)
        | Action::AddGroup(_)
        | Action::SetBillingAddress { .. }
        | Action::AddShippingAddress { .. } => Some("made before the walk begins"),
        Action::EraseCustomer(_) => Some("erasing vacuums the file: people:: and trust::ledger do it"),
        Action::EditCustomer { .. }
        | Action::ChangeAddress { .. }
        | Action::RemoveAddress(_)
        | Action::SetPreferences { .. }
        | Action::AddSegment { .. }
        | Action::ChangeSegment { .. }
        | Action::RemoveSegment(_)
        | Action::AddNote(_)
        | Action::FollowUp(_)
        | Action::ChangeStock(_)
        | Action::EditGroup { .. }
        | Action::SetLogo(_)
        | Action::SetFont(_)
        | Action::AddMethod(_)
        | Action::DefaultMethod(_)
        | Action::RemoveMethod(_) => RECORDS,
        Action::ApproveInvoices(_) => {
            Some("review is a setting of the class, which no Action changes yet: issuing::approving")
        }
        Action::ChangeSetting { .. }
        | Action::ChangeTaxRate(_)
        | Action::MergeCustomers { .. }
        | Action::AddAsset(_)
        | Action::JoinGroup { .. }
        | Action::LeaveGroup { .. }
        | Action::AddOrder { .. }
        | Action::ConfirmOrder(_)
        | Action::CancelOrder(_)
        | Action::ChangeSubscription(_)
        | Action::CloseDeposit(_)
        | Action::NewInvoice(_)
        | Action::InvoiceGroup { .. }
        | Action::InvoiceGroupPart { .. }
        | Action::VoidInvoice { .. }
        | Action::BillAgain { .. }
        | Action::SendInvoices(_)
        | Action::ClaimMessages(_)
        | Action::SettleMessages(_)
        | Action::ReleaseMessages(_)
        | Action::CancelMessages(_)
        | Action::MarkSent(_)
        | Action::Receive(_)
        | Action::ReceiveEach(_)
        | Action::ProcessPayment { .. }
        | Action::FailPayment { .. }
        | Action::ReopenPayment { .. }
        | Action::ClearReceipt { .. }
        | Action::BounceReceipt { .. }
        | Action::RetryPayment(_)
        | Action::Credit { .. }
        | Action::Refund(_)
        | Action::CancelPayment { .. }
        | Action::WaivePayment { .. }
        | Action::WriteOff { .. }
        | Action::OpenDispute { .. }
        | Action::CloseDispute { .. }
        | Action::UseCredit { .. }
        | Action::BillAhead { .. }
        | Action::CancelUpcoming { .. }
        | Action::Undo(_)
        | Action::Redo => None,
    }
}

/// The Actions of the walks, by name: each is tried, and done at least once, in a run of some seeds.
const WALKED: [&str; 42] = [
    "ChangeSetting",
    "ChangeTaxRate",
    "MergeCustomers",
    "AddAsset",
    "JoinGroup",
    "LeaveGroup",
    "AddOrder",
    "ConfirmOrder",
    "CancelOrder",
    "ChangeSubscription",
    "CloseDeposit",
    "NewInvoice",
    "InvoiceGroup",
    "InvoiceGroupPart",
    "VoidInvoice",
    "BillAgain",
    "SendInvoices",
    "ClaimMessages",
    "SettleMessages",
    "ReleaseMessages",
    "CancelMessages",
    "MarkSent",
    "Receive",
    "ReceiveEach",
    "ProcessPayment",
    "FailPayment",
    "ReopenPayment",
    "ClearReceipt",
    "BounceReceipt",
    "RetryPayment",
    "Credit",
    "Refund",
    "CancelPayment",
    "WaivePayment",
    "WriteOff",
    "OpenDispute",
    "CloseDispute",
    "UseCredit",
    "BillAhead",
    "CancelUpcoming",
    "Undo",
    "Redo",
];

fn name(action: &Action) -> String {
    format!("{action:?}").split(|letter: char| !letter.is_alphanumeric()).next().unwrap_or_default().to_owned()
}

/// What a check or debit is by the steps so far: its amount, and whether the bank has it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Check {
    minor: i64,
    is_cleared: bool,
}

/// The money of the shop, told from the steps alone.
#[derive(Default)]
struct Till {
    /// What each step brought, by its row of the log.
    effects: BTreeMap<i64, i64>,
    /// What it made of a check, and what that was before.
    checks_before: BTreeMap<i64, (i64, Option<Check>)>,
    checks: BTreeMap<i64, Check>,
    total: i64,
}

impl Till {
    fn brought(&mut self, step: i64, minor: i64) {
        self.total += minor;
        self.effects.insert(step, minor);
    }

    fn check(&mut self, step: i64, receipt: i64, now: Option<Check>) {
        let before = self.checks.get(&receipt).copied();
        self.checks_before.insert(step, (receipt, before));
        match now {
            Some(check) => drop(self.checks.insert(receipt, check)),
            None => drop(self.checks.remove(&receipt)),
        }
    }

    /// A step is taken back.
    fn undone(&mut self, undo: i64, step: i64) {
        let minor = -self.effects.get(&step).copied().unwrap_or(0);
        self.brought(undo, minor);
        if let Some((receipt, before)) = self.checks_before.get(&step).copied() {
            self.check(undo, receipt, before);
        }
    }
}

/// A walk: the shop of the other walks, the till, who sits where, what reports said.
struct Walk {
    mixed: Mixed,
    other: Desk,
    till: Till,
    said: Vec<(NaiveDate, BTreeMap<&'static str, String>)>,
    done: BTreeSet<String>,
}

fn minor(amount: &str) -> i64 {
    amount.parse::<i64>().unwrap() * 100
}

impl Walk {
    fn new(seed: u64) -> Self {
        let (mixed, other) = Mixed::of_two(seed);
        Self { mixed, other, till: Till::default(), said: Vec::new(), done: BTreeSet::new() }
    }

    fn newest(&self, table: &str) -> i64 {
        number(&self.mixed.desk, &format!("SELECT COALESCE(MAX(id), 0) FROM {table}"))
    }

    /// Performs it, and tells the till what it brought.
    fn step(&mut self, action: Action) {
        assert_eq!(left_out(&action), None, "{action:?}");
        let (log, receipts) = (self.newest("activity"), self.newest("receipt"));
        let held = self.held_before(&action);
        let kind = name(&action);
        if !self.mixed.attempt(action.clone()) {
            return;
        }
        let now = self.newest("activity");
        if now == log {
            return;
        }
        // The step itself is the first row behind those there were, but for a pass that ran before it.
        let sql = format!(
            "SELECT COALESCE(MIN(id), {now}) FROM activity WHERE id > {log} AND action NOT LIKE 'pass%' AND action <> 'use_credit_unasked'"
        );
        let step = number(&self.mixed.desk, &sql);
        self.done.insert(kind);
        match &action {
            Action::Receive(draft) if draft.method == Method::BankTransfer => {
                self.till.brought(step, minor(&draft.amount));
            }
            Action::Receive(draft) => {
                let check = Check { minor: minor(&draft.amount), is_cleared: false };
                self.till.check(step, receipts + 1, Some(check));
            }
            Action::ReceiveEach(drafts) => {
                self.till.brought(step, drafts.iter().map(|draft| minor(&draft.amount)).sum());
            }
            Action::ClearReceipt { receipt, .. } => {
                let check = self.till.checks[&receipt.0];
                self.till.brought(step, check.minor);
                self.till.check(step, receipt.0, Some(Check { is_cleared: true, ..check }));
            }
            Action::BounceReceipt { receipt, .. } => {
                let check = self.till.checks[&receipt.0];
                self.till.brought(step, if check.is_cleared { -check.minor } else { 0 });
                self.till.check(step, receipt.0, None);
            }
            Action::Refund(draft) => self.till.brought(step, -minor(&draft.amount)),
            Action::RetryPayment(draft) if draft.outcome == ChargeOutcome::Paid => self.till.brought(step, held),
            Action::CloseDeposit(draft) if !draft.as_credit => {
                let kept = if draft.keep.is_empty() { 0 } else { minor(&draft.keep) };
                self.till.brought(step, kept - held);
            }
            Action::Undo(_) => self.tell_undone(log),
            Action::Redo => self.tell_redone(step, log, receipts),
            _ => {}
        }
    }

    /// What the money of a deposit or of a payment comes to before the step, where the step tells no amount.
    fn held_before(&self, action: &Action) -> i64 {
        match action {
            Action::CloseDeposit(draft) => number(
                &self.mixed.desk,
                &format!(
                    "SELECT COALESCE(SUM(a.amount_minor), 0) FROM deposit d JOIN allocation a ON a.payment_id = d.payment_id \
                     WHERE d.id = {} AND a.source = 'receipt'",
                    draft.deposit
                ),
            ),
            Action::RetryPayment(draft) => number(
                &self.mixed.desk,
                &format!(
                    "SELECT COALESCE(SUM(amount_minor - settled_minor), 0) FROM payment WHERE id = {}",
                    draft.payment
                ),
            ),
            _ => 0,
        }
    }

    /// Credit used unasked behind a step goes back with it, by a row of its own.
    fn tell_undone(&mut self, log: i64) {
        let sql = format!("SELECT id FROM activity WHERE id > {log} AND undoes_id IS NOT NULL ORDER BY id");
        for row in ids(&self.mixed.desk, &sql) {
            let undone = number(&self.mixed.desk, &format!("SELECT undoes_id FROM activity WHERE id = {row}"));
            self.till.undone(row, undone);
        }
    }

    fn tell_redone(&mut self, step: i64, log: i64, receipts: i64) {
        let sql = format!(
            "SELECT u.undoes_id FROM activity u JOIN activity a ON a.id = u.undoes_id WHERE u.id <= {log} \
             AND a.action <> 'use_credit_unasked' ORDER BY u.id DESC LIMIT 1"
        );
        let before = number(&self.mixed.desk, &sql);
        let minor = self.till.effects.get(&before).copied().unwrap_or(0);
        self.till.brought(step, minor);
        let again = self.till.checks_before.get(&before).copied();
        if let Some((receipt, was)) = again {
            // A check entered anew has a number of its own.
            let made = self.newest("receipt");
            let receipt = if made > receipts { made } else { receipt };
            let minor = number(&self.mixed.desk, &format!("SELECT amount_minor FROM receipt WHERE id = {receipt}"));
            let is_cleared = was.is_some_and(|check| !check.is_cleared);
            let bounced = was.is_some() && self.till.effects.get(&before).copied().unwrap_or(0) <= 0;
            self.till.check(step, receipt, (!bounced).then_some(Check { minor, is_cleared }));
        }
    }

    /// The book has the money the till has, and every rule holds.
    fn sound(&self) {
        let sql = "SELECT COALESCE(SUM(amount_minor - refunded_minor), 0) FROM receipt WHERE state = 'cleared'";
        let in_book = number(&self.mixed.desk, sql);
        if in_book != self.till.total {
            self.mixed.fail(&format!("the book has {in_book}, the till has {}", self.till.total));
        }
        self.mixed.sound();
    }

    /// What the reports say of today.
    fn report(&self, day: NaiveDate) -> BTreeMap<&'static str, String> {
        let period = Period { from: date("2025-01-01"), to: day, as_of: day };
        let mut told = as_of::told(&self.mixed.desk, period, &Whose::Everybody);
        // Plans taken back are deleted (DECISIONS): prices, pauses, contracts of a cancelled order; and a line that waits
        // follows a change of the law until it is issued.
        let mut summary = self.mixed.desk.read(|db| reports::summary(db, period, &Whose::Everybody)).unwrap();
        for row in &mut summary.rows {
            (row.monthly_recurring, row.due_not_invoiced) = (Money::zero(row.currency), Money::zero(row.currency));
        }
        told.insert("summary", format!("{summary:#?}"));
        told
    }

    /// The day is over: its pass runs once more, behind its last step; what it said is kept, and the next one begins.
    fn next_day(&mut self) {
        let day = self.mixed.today;
        self.mixed.evening();
        let said = self.report(day);
        self.said.retain(|(known, _)| *known != day);
        self.said.push((day, said));
        self.mixed.pass();
    }

    /// What is done again bears the days it had: entered later for an earlier day, it counts from that day (DECISIONS), so
    /// what was said since is not held against it.
    fn redoes_earlier(&mut self, action: &Action) {
        if !matches!(action, Action::Redo) {
            return;
        }
        let sql = "SELECT a.business_on FROM activity u JOIN activity a ON a.id = u.undoes_id \
                   WHERE a.action <> 'use_credit_unasked' ORDER BY u.id DESC LIMIT 1";
        let day = self.mixed.desk.read(|db| db.one(sql, &[], |row| row.date(0))).unwrap();
        self.said.retain(|(known, _)| day.is_none_or(|day| *known < day));
    }

    /// The other operator takes the seat.
    fn swap(&mut self) {
        std::mem::swap(&mut self.mixed.desk, &mut self.other);
    }
}

/// What is done next.
#[expect(clippy::too_many_lines, reason = "one arm an Action")]
fn any(walk: &mut Walk) -> Action {
    let till_checks: Vec<(i64, bool)> = walk.till.checks.iter().map(|(id, check)| (*id, check.is_cleared)).collect();
    let mixed = &mut walk.mixed;
    let today = mixed.today;
    let payment = PaymentId(mixed.one("SELECT id FROM payment WHERE status <> 'cancelled' ORDER BY id DESC LIMIT 8"));
    let open =
        PaymentId(mixed.one("SELECT id FROM payment WHERE status IN ('pending', 'failed') ORDER BY id DESC LIMIT 8"));
    let invoice = InvoiceId(mixed.one("SELECT id FROM invoice ORDER BY id DESC LIMIT 8"));
    let receipt = ReceiptId(mixed.one("SELECT id FROM receipt ORDER BY id DESC LIMIT 6"));
    let subscription = SubscriptionId(mixed.one("SELECT id FROM subscription"));
    let customer = CustomerId(mixed.chance.between(1, 3));
    let group = GroupId(1);
    let later = mixed.near(0, 60);
    let words = String::new();
    let message = mixed.one("SELECT id FROM outbox_message ORDER BY id DESC LIMIT 3");
    let amount = mixed.chance.of(&["5", "10", "30", "95"]).to_owned();
    let change = |change| Action::ChangeSubscription(Box::new(ChangeDraft { subscription, version: None, change }));
    match mixed.chance.below(64) {
        0..=5 => {
            let target = match mixed.chance.below(3) {
                0 => Target::Payments(vec![open]),
                1 => Target::Invoices(vec![invoice]),
                _ => Target::Payer(if mixed.chance.one_in(4) {
                    rentbook::services::Payer::Group(group)
                } else {
                    rentbook::services::Payer::Customer(customer)
                }),
            };
            let method = mixed.chance.of(&[Method::BankTransfer, Method::BankTransfer, Method::Check]);
            let draft = transfer(&mixed.desk, target, &amount, "BT");
            Action::Receive(Box::new(ReceiptDraft { keep_credit: true, again: true, method, ..draft }))
        }
        6 => {
            let each = |id| ReceiptDraft {
                keep_credit: true,
                again: true,
                ..transfer(&mixed.desk, Target::Payments(vec![id]), &amount, "EACH")
            };
            Action::ReceiveEach(vec![each(open), each(payment)])
        }
        7 | 8 => {
            let known: Vec<i64> = till_checks.iter().filter(|check| !check.1).map(|check| check.0).collect();
            match mixed.chance.any(&known) {
                Some(id) => Action::ClearReceipt { receipt: ReceiptId(id), on: today },
                None => Action::Redo,
            }
        }
        9 => {
            let known: Vec<i64> = till_checks.iter().map(|check| check.0).collect();
            match mixed.chance.any(&known) {
                Some(id) => Action::BounceReceipt { receipt: ReceiptId(id), reason: String::new() },
                None => Action::Redo,
            }
        }
        10 => Action::ProcessPayment { payment: open },
        11 => Action::FailPayment { payment, reason: "returned".into() },
        12 => Action::ReopenPayment { payment, reason: String::new() },
        13 => {
            let outcome = mixed.chance.one_in(2).then_some(ChargeOutcome::Paid);
            let outcome = outcome.unwrap_or_else(|| ChargeOutcome::Declined("no funds".into()));
            let reference = format!("CH-{}", mixed.chance.below(100_000));
            Action::RetryPayment(Box::new(RetryDraft { payment: open, method: None, outcome, on: today, reference }))
        }
        14 | 15 => {
            let draft = CreditDraft { amount: "3".into(), reason: "broken".into(), ..CreditDraft::default() };
            let lines = vec![(payment, "2".to_owned())];
            let named = CreditDraft { lines, reason: "late".into(), ..CreditDraft::default() };
            Action::Credit { invoice, draft: Box::new(if mixed.chance.one_in(2) { draft } else { named }) }
        }
        16..=18 => {
            let from = match mixed.chance.below(3) {
                0 => RefundFrom::Receipt(receipt),
                1 => RefundFrom::Payment(payment),
                _ => RefundFrom::Invoice(invoice),
            };
            let with_credit_note = mixed.chance.one_in(2);
            let (reason, reference) = (RefundReason::ServiceFailure, String::new());
            let amount = mixed.chance.of(&["4", "10", "30"]).to_owned();
            Action::Refund(Box::new(RefundDraft { from, amount, reason, words, with_credit_note, reference }))
        }
        19 => Action::CancelPayment { payment: open, reason: CancelReason::NotNeeded, words },
        20 => Action::WaivePayment { payment: open, reason: "good will".into() },
        21 => Action::WriteOff { invoice, reason: "lost".into() },
        22 => Action::OpenDispute { payment, reason: "never came".into() },
        23 => {
            let disputed = PaymentId(mixed.one("SELECT payment_id FROM dispute WHERE closed_on IS NULL"));
            let outcome = mixed.chance.of(&[DisputeOutcome::ForTheShop, DisputeOutcome::ForTheCustomer]);
            Action::CloseDispute { payment: disputed, outcome, words: "talked".into() }
        }
        24 => Action::UseCredit { target: Target::Payer(rentbook::services::Payer::Customer(customer)), amount: words },
        25 => Action::VoidInvoice { invoice, reason: "wrong".into() },
        26 => Action::BillAgain { invoice, reason: "wrong".into() },
        27 => Action::JoinGroup { group, customer },
        28 => Action::LeaveGroup { customer },
        29 => Action::InvoiceGroup { group, month: today },
        30 => Action::InvoiceGroupPart { group, month: today, leave_out: vec![subscription] },
        31 | 32 => change(Change::Pause { from: later, to: Some(later + Days::new(3 + mixed.chance.next() % 40)) }),
        33 => change(Change::Pause { from: later, to: None }),
        34 => change(Change::Resume { on: later }),
        35 => change(Change::Extend { months: 1 + u32::try_from(mixed.chance.below(4)).unwrap() }),
        36 => change(Change::Reprice { price: format!("{}", 20 + mixed.chance.below(30)), from: None }),
        37 => {
            let running = Some(mixed.chance.of(&[RunningPeriod::Prorate, RunningPeriod::Keep]));
            change(Change::Cancel { from: later, running, refund: false, reason: String::new() })
        }
        38 => change(Change::BuyOut { residual: "40".into() }),
        39 => {
            let (percent, note, waive) = ("20".into(), String::new(), String::new());
            change(Change::ReturnEarly { on: today, percent, condition: Condition::Good, note, waive })
        }
        40 => change(Change::Upgrade { item: Box::new(item(VariantId(1), &today.to_string(), 4)) }),
        41..=43 => {
            let deposit = mixed.one("SELECT id FROM deposit WHERE state = 'held'");
            let keep = mixed.chance.of(&["", "", "10"]).to_owned();
            let as_credit = mixed.chance.one_in(3);
            Action::CloseDeposit(Box::new(CloseDraft {
                deposit,
                keep,
                reason: "scratched".into(),
                as_credit,
                ..CloseDraft::default()
            }))
        }
        44 => Action::BillAhead { subscription, day: Some(later) },
        45 => Action::CancelUpcoming { subscription, day: Some(later), reason: CancelReason::NotNeeded, words },
        46 | 47 => {
            let months = 2 + u32::try_from(mixed.chance.below(5)).unwrap();
            let unit = ItemDraft { deposit: "50".into(), ..item(VariantId(1), &today.to_string(), months) };
            let draft = Box::new(OrderDraft { customer, bill_to: None, items: vec![unit] });
            Action::AddOrder { draft, confirm: mixed.chance.one_in(2) }
        }
        48 => Action::ConfirmOrder(OrderId(mixed.one("SELECT id FROM rental_order WHERE status = 'draft'"))),
        49 => Action::CancelOrder(OrderId(mixed.one("SELECT id FROM rental_order ORDER BY id DESC LIMIT 3"))),
        50 => {
            let line = LineDraft { text: "Cleaning".into(), unit_price: amount, ..LineDraft::default() };
            Action::NewInvoice(Box::new(InvoiceDraft { customer, lines: vec![line.clone(), line], due_on: None }))
        }
        51 if mixed.chance.one_in(3) => Action::MergeCustomers { kept: CustomerId(1), merged: CustomerId(2) },
        51 => {
            let serial = format!("SN-{}", mixed.chance.below(9999));
            Action::AddAsset(AssetDraft { variant: VariantId(1), serial, cost: "300".into(), bought_on: None })
        }
        52 => {
            let notes = ids(&mixed.desk, "SELECT id FROM credit_note ORDER BY id DESC LIMIT 2");
            let notes = notes.into_iter().map(rentbook::domain::id::CreditNoteId).collect();
            let to = Some("ana@example.org".to_owned());
            let invoices = if mixed.chance.one_in(2) { vec![invoice] } else { Vec::new() };
            Action::SendInvoices(Box::new(SendDraft { invoices, notes, to }))
        }
        53 => Action::ClaimMessages(vec![message]),
        54 => {
            let unsure = Handed::Unsure("no answer".into());
            let answer = if mixed.chance.one_in(2) { Handed::Gone } else { unsure };
            Action::SettleMessages(vec![(message, answer)])
        }
        55 => Action::ReleaseMessages(vec![message]),
        56 if mixed.chance.one_in(2) => Action::CancelMessages(vec![message]),
        56 => Action::MarkSent(vec![message]),
        57 => {
            let (key, value) = match mixed.chance.below(3) {
                // A lock, now and then.
                0 => ("locked_until", (today - Days::new(20)).to_string()),
                _ => ("use_credit", mixed.chance.of(&["yes", "no"]).to_owned()),
            };
            Action::ChangeSetting { key: key.into(), value }
        }
        58 => Action::ChangeTaxRate(RateDraft { from: "10".into(), to: "12".into(), on: later }),
        59 | 60 => Action::Redo,
        61 => {
            let newest = ids(&mixed.desk, "SELECT id FROM activity WHERE is_undoable = 1 ORDER BY id DESC LIMIT 12");
            Action::Undo(mixed.chance.any(&newest).map(ActivityId))
        }
        _ => Action::Undo(None),
    }
}

fn walk(seed: u64, steps: usize) -> BTreeSet<String> {
    let _seeded = Seeded(seed);
    let mut walk = Walk::new(seed);
    walk.sound();
    for _ in 0..steps {
        match walk.mixed.chance.below(10) {
            0 => walk.next_day(),
            1 => walk.swap(),
            _ => {
                let action = any(&mut walk);
                walk.redoes_earlier(&action);
                walk.step(action);
            }
        }
        walk.sound();
    }
    walk.next_day();
    walk.mixed.today = walk.mixed.today + Days::new(370);
    walk.mixed.pass();
    walk.sound();
    for (day, said) in &walk.said {
        let later = walk.report(*day);
        for (name, text) in said {
            if later[name] != *text {
                walk.mixed.fail(&format!("{name} as of {day} said\n{text}\nand a year later\n{}", later[name]));
            }
        }
    }
    walk.done
}

#[test]
fn every_action_in_any_order_keeps_the_book_right_and_the_money_what_the_steps_say() {
    let mut done = BTreeSet::new();
    for seed in seeds(size("PROPTEST_CASES", 2)) {
        done.extend(walk(seed, 40));
    }
    let never: Vec<&&str> = WALKED.iter().filter(|name| !done.contains(**name)).collect();
    assert!(size("PROPTEST_CASES", 2) < 60 || never.is_empty(), "never done: {never:?}");
}

/// Found by the walk: the schema alone said no.
#[test]
fn an_order_with_invoices_is_refused_by_its_own_rule() {
    let (mut mixed, _other) = Mixed::of_two(13);
    mixed.today = date("2025-02-20");
    mixed.pass();
    let why = mixed.desk.perform(Action::CancelOrder(OrderId(1))).unwrap_err();
    assert_eq!(why.refusal().map(|why| why.code), Some("invoiced"), "{why}");
}
