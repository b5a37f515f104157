//! Random money beside a model told a second time: after every step the book says what the model says, what the model
//! refuses the book refuses, and when everything is taken back the balances are those of the start.

use std::collections::BTreeMap;

use proptest::prelude::*;
use rentbook::domain::id::{InvoiceId, PaymentId, ReceiptId};
use rentbook::domain::money::Money;
use rentbook::domain::reason::{CancelReason, DisputeOutcome};
use rentbook::domain::status::PaymentStatus::{self, Cancelled, Failed, Paid, Pending, Processing};
use rentbook::services::actions::charging::{ChargeOutcome, RetryDraft};
use rentbook::services::actions::crediting::CreditDraft;
use rentbook::services::actions::receiving::{ReceiptDraft, Target};
use rentbook::services::actions::refunding::RefundFrom;
use rentbook::services::{Action, Desk};

use super::{count, invoice, refund, sound, with_customer};
use crate::fixture::{Hand, transfer};

/// A line of an invoice: what settled it, what went back of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Line {
    invoice: InvoiceId,
    amount: i64,
    money: i64,
    credited: i64,
    written_off: i64,
    /// Where it stood before it was given up.
    stood: PaymentStatus,
    refunded: i64,
    attempts: i64,
    status: PaymentStatus,
    is_disputed: bool,
}

impl Line {
    fn settled(&self) -> i64 {
        self.money + self.credited + self.written_off
    }

    fn open(&self) -> i64 {
        self.amount - self.settled()
    }

    /// Money comes: what was given up is owed again.
    fn late(&mut self) {
        if self.status == Paid && self.written_off > 0 {
            (self.written_off, self.status) = (0, self.stood);
        }
    }

    fn is_owed(&self) -> bool {
        matches!(self.status, Pending | Failed) && self.open() > 0
    }
}

/// All balances.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Balances {
    lines: BTreeMap<i64, Line>,
    /// Money that is on no payment.
    credit: i64,
    /// Checks, each meant for one line.
    checks: BTreeMap<i64, Check>,
}

/// A check: for which line, how much of it, how much it is over, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Check {
    line: i64,
    meant: i64,
    amount: i64,
    state: &'static str,
}

impl Balances {
    /// Whether a check for a line is on its way.
    fn awaits(&self, id: i64) -> bool {
        self.checks.values().any(|check| check.line == id && check.state == "pending")
    }

    fn line(&mut self, id: i64) -> &mut Line {
        self.lines.get_mut(&id).unwrap()
    }

    /// A credit note over a part of a line; none of it where it does not fit.
    fn credited(&mut self, id: i64, part: i64) -> bool {
        let line = self.line(id);
        let freed = (part - line.open()).max(0);
        if part <= 0 || part > line.amount - line.credited || freed > line.money || line.status == Processing {
            return false;
        }
        line.money -= freed;
        line.credited += part;
        if line.open() == 0 {
            line.status = if line.credited == line.amount { Cancelled } else { Paid };
        }
        self.credit += freed;
        true
    }
}

struct Shop {
    desk: Desk,
    hand: Hand,
    now: Balances,
    /// The balances before each step that can be taken back, and the line it cancelled with its invoice.
    before: Vec<(Balances, Option<i64>)>,
    /// Invoices with a credit note, also one that was taken back.
    noted: Vec<InvoiceId>,
    day: u64,
}

/// One thing somebody does: which, to which line, with which number.
type Step = (u8, u8, u16);

impl Shop {
    fn begin() -> Self {
        let (mut desk, hand, customer) = with_customer();
        let mut now = Balances::default();
        for prices in [&["10.00"][..], &["25.00", "7.33"], &["3.10", "60.00", "12.99"]] {
            let lines: Vec<(&str, &str)> = prices.iter().map(|price| (*price, "19")).collect();
            let (id, _, payments) = invoice(&mut desk, customer, &lines);
            for payment in payments {
                let amount = count(&desk, &format!("SELECT amount_minor FROM payment WHERE id = {payment}"));
                let line = Line {
                    invoice: id,
                    amount,
                    money: 0,
                    credited: 0,
                    written_off: 0,
                    stood: Pending,
                    refunded: 0,
                    attempts: 0,
                    status: Pending,
                    is_disputed: false,
                };
                now.lines.insert(payment.0, line);
            }
        }
        Self { desk, hand, now, before: Vec::new(), noted: Vec::new(), day: 17 }
    }

    fn written(&self, minor: i64) -> String {
        Money::new(minor, self.desk.shop().unwrap().currency).to_string()
    }

    /// The desk does what the model did, or refuses it as the model does.
    fn both(&mut self, action: Action, then: Option<Balances>, can_be_undone: bool) {
        let what = format!("{action:?}");
        let done = self.desk.perform(action);
        match (done, then) {
            (Ok(_), Some(then)) => {
                let before = std::mem::replace(&mut self.now, then);
                if can_be_undone { self.before.push((before, None)) } else { self.before.clear() }
            }
            (Err(error), None) => {
                assert!(error.refusal().is_some(), "{what}: broken: {error}");
                assert!(!error.to_string().contains("constraint failed"), "{what}: {error}");
            }
            (Ok(done), None) => panic!("{what}: the model refuses it, the desk says {}", done.said),
            (Err(error), Some(_)) => panic!("{what}: the model does it, the desk says {error}"),
        }
        self.compare(&what);
    }

    fn compare(&self, what: &str) {
        for (id, line) in &self.now.lines {
            let sql = "SELECT status, settled_minor, refunded_minor, attempt_count, \
                EXISTS (SELECT 1 FROM dispute d WHERE d.payment_id = p.id AND d.closed_on IS NULL) FROM payment p WHERE id = ?1";
            let read = |row: &rentbook::store::Row| {
                Ok((row.parsed::<PaymentStatus>(0)?, row.int(1)?, row.int(2)?, row.int(3)?, row.flag(4)?))
            };
            let found = self.desk.read(|db| db.one(sql, &[(*id).into()], read)).unwrap().unwrap();
            let known = (line.status, line.settled(), line.refunded, line.attempts, line.is_disputed);
            assert_eq!(found, known, "payment {id} after {what}");
        }
        let credit = "SELECT COALESCE(SUM(amount_minor - allocated_minor - refunded_minor), 0) FROM receipt \
            WHERE state = 'cleared'";
        assert_eq!(count(&self.desk, credit), self.now.credit, "credit after {what}");
        for (id, check) in &self.now.checks {
            let sql = format!("SELECT state FROM receipt WHERE id = {id}");
            assert_eq!(super::text(&self.desk, &sql), check.state, "check {id} after {what}");
        }
    }

    fn step(&mut self, (what, which, number): Step) {
        let ids: Vec<i64> = self.now.lines.keys().copied().collect();
        let id = ids[usize::from(which) % ids.len()];
        let line = self.now.lines[&id];
        let amount = 1 + i64::from(number) % (line.amount + 200);
        match what % 20 {
            0..3 => self.receive(id, amount),
            3 | 4 => self.refund(id, amount, number % 2 == 0),
            5 => self.credit_note(id, amount),
            6 => self.use_credit(id, amount),
            7 => self.cancel(id),
            8 => self.waive(id),
            9 => self.write_off(line.invoice),
            10 | 11 => self.move_to(id, [Processing, Failed, Pending][usize::from(number % 3)]),
            12 => self.retry(id, number),
            13 => self.dispute(id),
            16 | 17 => self.check(id, amount),
            18 => self.clear(number),
            19 => self.bounce(number),
            14 => self.refund_credit(amount),
            _ if number % 3 == 0 => {
                self.day += 1;
                self.hand.set(&format!("2025-{:02}-{:02}", 11 + (self.day - 1) / 28, 1 + (self.day - 1) % 28));
            }
            _ => self.undo(),
        }
    }

    fn receive(&mut self, id: i64, amount: i64) {
        let mut then = self.now.clone();
        let line = then.line(id);
        line.late();
        let part = amount.min(line.open());
        let takes = line.open() > 0 && matches!(line.status, Pending | Failed | Processing);
        if takes {
            line.money += part;
            line.status = if line.open() == 0 { Paid } else { line.status };
            then.credit += amount - part;
        }
        let target = Target::Payments(vec![PaymentId(id)]);
        let text = self.written(amount);
        let draft = ReceiptDraft { keep_credit: true, again: true, ..transfer(&self.desk, target, &text, "A") };
        self.both(Action::Receive(Box::new(draft)), takes.then_some(then), true);
    }

    fn refund(&mut self, id: i64, amount: i64, with_note: bool) {
        let mut then = self.now.clone();
        let line = then.line(id);
        let fits = amount <= line.money && !(with_note && line.status == Processing);
        if fits {
            line.money -= amount;
            line.refunded += amount;
            if with_note {
                line.credited += amount;
                self.noted.push(line.invoice);
            } else if line.status == Paid {
                line.status = Pending;
            }
        }
        let draft = refund(RefundFrom::Payment(PaymentId(id)), &self.written(amount), with_note);
        self.both(Action::Refund(Box::new(draft)), fits.then_some(then), true);
    }

    fn refund_credit(&mut self, amount: i64) {
        let oldest = "SELECT id FROM receipt WHERE state = 'cleared' AND allocated_minor + refunded_minor < amount_minor \
            ORDER BY id LIMIT 1";
        let receipt = count(&self.desk, oldest);
        let held = format!("SELECT amount_minor - allocated_minor - refunded_minor FROM receipt WHERE id = {receipt}");
        let held = count(&self.desk, &held);
        if held == 0 {
            return;
        }
        let amount = amount.min(held);
        let mut then = self.now.clone();
        then.credit -= amount;
        let draft = refund(RefundFrom::Receipt(ReceiptId(receipt)), &self.written(amount), false);
        self.both(Action::Refund(Box::new(draft)), Some(then), true);
    }

    fn credit_note(&mut self, id: i64, amount: i64) {
        let mut then = self.now.clone();
        let invoice = then.line(id).invoice;
        let is_void = self.is_void(invoice);
        let fits = !is_void && then.credited(id, amount);
        if fits {
            self.noted.push(invoice);
        }
        let lines = vec![(PaymentId(id), self.written(amount))];
        let draft = Box::new(CreditDraft { lines, reason: "late".into(), ..CreditDraft::default() });
        self.both(Action::Credit { invoice, draft }, fits.then_some(then), true);
    }

    fn is_void(&self, invoice: InvoiceId) -> bool {
        count(&self.desk, &format!("SELECT state = 'void' FROM invoice WHERE id = {invoice}")) == 1
    }

    fn use_credit(&mut self, id: i64, amount: i64) {
        let mut then = self.now.clone();
        let credit = then.credit;
        let line = then.line(id);
        let fits = line.is_owed() && amount <= line.open() && amount <= credit;
        if fits {
            line.money += amount;
            line.status = if line.open() == 0 { Paid } else { line.status };
            then.credit -= amount;
        }
        let action = Action::UseCredit { target: Target::Payments(vec![PaymentId(id)]), amount: self.written(amount) };
        self.both(action, fits.then_some(then), true);
    }

    fn cancel(&mut self, id: i64) {
        let mut then = self.now.clone();
        let line = *then.line(id);
        let beside: Vec<Line> =
            self.now.lines.values().filter(|other| other.invoice == line.invoice).copied().collect();
        let open_beside = beside.iter().filter(|other| other.status != Cancelled).count();
        let is_alone = open_beside == 1 && beside.iter().all(|other| other.settled() == 0);
        let is_alone = is_alone && !self.noted.contains(&line.invoice);
        let mut fits = line.is_owed();
        if fits && is_alone {
            then.line(id).status = Cancelled;
        } else if fits {
            fits = then.credited(id, line.amount - line.credited);
            self.noted.extend(fits.then_some(line.invoice));
        }
        let action =
            Action::CancelPayment { payment: PaymentId(id), reason: CancelReason::NotNeeded, words: "x".into() };
        self.both(action, fits.then_some(then), true);
        if let (true, true, Some(newest)) = (fits, is_alone, self.before.last_mut()) {
            newest.1 = Some(id);
        }
    }

    fn waive(&mut self, id: i64) {
        let mut then = self.now.clone();
        let line = *then.line(id);
        let fits = line.is_owed() && then.credited(id, line.open());
        self.noted.extend(fits.then_some(line.invoice));
        let action = Action::WaivePayment { payment: PaymentId(id), reason: "good will".into() };
        self.both(action, fits.then_some(then), true);
    }

    fn write_off(&mut self, invoice: InvoiceId) {
        let mut then = self.now.clone();
        let of = |line: &&mut Line| line.invoice == invoice && line.open() > 0 && line.status.is_open();
        let open: Vec<&mut Line> = then.lines.values_mut().filter(of).collect();
        let fits = !open.is_empty() && open.iter().all(|line| line.status != Processing);
        for line in open {
            line.written_off += line.open();
            line.stood = line.status;
            line.status = Paid;
        }
        let action = Action::WriteOff { invoice, reason: "insolvent".into() };
        self.both(action, fits.then_some(then), true);
    }

    fn move_to(&mut self, id: i64, to: PaymentStatus) {
        let mut then = self.now.clone();
        let line = then.line(id);
        let fits = matches!(
            (line.status, to),
            (Pending | Failed, Processing) | (Pending | Processing, Failed) | (Processing, Pending)
        );
        if line.status == Processing {
            let own = then.checks.values_mut().filter(|check| check.line == id && check.state == "pending");
            own.for_each(|check| check.state = "failed");
        }
        let line = then.line(id);
        line.status = to;
        line.attempts += i64::from(to == Failed);
        let (payment, reason) = (PaymentId(id), "Declined".to_owned());
        let action = match to {
            Processing => Action::ProcessPayment { payment },
            Failed => Action::FailPayment { payment, reason },
            _ => Action::ReopenPayment { payment, reason },
        };
        self.both(action, fits.then_some(then), true);
    }

    fn retry(&mut self, id: i64, number: u16) {
        let mut then = self.now.clone();
        let line = then.line(id);
        let fits = line.is_owed() && !line.is_disputed;
        let outcome = match number % 3 {
            0 => {
                line.money += line.open();
                line.status = Paid;
                ChargeOutcome::Paid
            }
            1 => {
                line.status = Processing;
                ChargeOutcome::Sent
            }
            _ => {
                line.status = Failed;
                line.attempts += 1;
                ChargeOutcome::Declined("Expired card".into())
            }
        };
        let (payment, on, reference) = (PaymentId(id), self.desk.today(), "ch_1".to_owned());
        let draft = RetryDraft { payment, method: None, outcome, on, reference };
        self.both(Action::RetryPayment(Box::new(draft)), fits.then_some(then), true);
    }

    fn dispute(&mut self, id: i64) {
        let payment = PaymentId(id);
        let mut then = self.now.clone();
        let invoice = then.line(id).invoice;
        let line = then.line(id);
        let was = line.is_disputed;
        line.is_disputed = !was;
        let fits = was || !self.is_void(invoice);
        let action = if was {
            Action::CloseDispute { payment, outcome: DisputeOutcome::Withdrawn, words: String::new() }
        } else {
            Action::OpenDispute { payment, reason: "was broken".into() }
        };
        self.both(action, fits.then_some(then), true);
    }

    /// A check comes for a line.
    fn check(&mut self, id: i64, amount: i64) {
        let mut then = self.now.clone();
        let line = then.line(id);
        let takes = line.open() > 0 && matches!(line.status, Pending | Failed | Processing);
        let meant = amount.min(line.open());
        line.status = Processing;
        let next = count(&self.desk, "SELECT COALESCE(MAX(id), 0) + 1 FROM receipt");
        then.checks.insert(next, Check { line: id, meant, amount, state: "pending" });
        let target = Target::Payments(vec![PaymentId(id)]);
        let text = self.written(amount);
        let draft = transfer(&self.desk, target, &text, "C");
        let method = rentbook::domain::method::Method::Check;
        let draft = ReceiptDraft { method, keep_credit: true, again: true, ..draft };
        self.both(Action::Receive(Box::new(draft)), takes.then_some(then), true);
    }

    /// One of the checks, whatever became of it.
    fn any_check(&self, number: u16) -> Option<i64> {
        let all: Vec<i64> = self.now.checks.keys().copied().collect();
        (!all.is_empty()).then(|| all[usize::from(number) % all.len()])
    }

    fn clear(&mut self, number: u16) {
        let Some(receipt) = self.any_check(number) else { return };
        let mut then = self.now.clone();
        let check = then.checks[&receipt].clone();
        then.checks.get_mut(&receipt).unwrap().state = "cleared";
        let awaits = then.awaits(check.line);
        let line = then.lines.get_mut(&check.line);
        let mut part = 0;
        if let Some(line) = line.filter(|line| line.status.is_open()) {
            part = check.meant.min(line.open());
            line.money += part;
            if part > 0 && line.open() == 0 {
                line.status = Paid;
            } else if part > 0 && line.status == Processing && !awaits {
                line.status = Pending;
            }
        }
        then.credit += check.amount - part;
        let action = Action::ClearReceipt { receipt: ReceiptId(receipt), on: self.desk.today() };
        self.both(action, (check.state == "pending").then_some(then), true);
    }

    fn bounce(&mut self, number: u16) {
        let Some(receipt) = self.any_check(number) else { return };
        let mut then = self.now.clone();
        let check = then.checks[&receipt].clone();
        let refunded = count(&self.desk, &format!("SELECT refunded_minor FROM receipt WHERE id = {receipt}"));
        let fits = matches!(check.state, "pending" | "cleared") && refunded == 0;
        let mut hit = vec![check.line];
        if check.state == "cleared" {
            hit = self.now.lines.keys().copied().collect();
            let mut left = check.amount;
            hit.retain(|id| {
                let sql = "SELECT COALESCE(SUM(amount_minor), 0) FROM allocation WHERE receipt_id";
                let part = count(&self.desk, &format!("{sql} = {receipt} AND payment_id = {id}"));
                left -= part;
                let unpaid = if then.awaits(*id) { Processing } else { Failed };
                let line = then.line(*id);
                line.money -= part;
                if part > 0 && line.status == Paid {
                    line.status = unpaid;
                }
                part > 0
            });
            then.credit -= left;
        }
        then.checks.get_mut(&receipt).unwrap().state = if check.state == "pending" { "failed" } else { "reversed" };
        for id in hit {
            let awaits = then.awaits(id);
            if let Some(line) = then.lines.get_mut(&id).filter(|line| line.status.is_open() && !awaits) {
                line.status = Failed;
                line.attempts += 1;
            }
        }
        let action = Action::BounceReceipt { receipt: ReceiptId(receipt), reason: String::new() };
        self.both(action, fits.then_some(then), true);
    }

    /// What was cancelled with its invoice is a new payment on a new one; what was done with the old is not taken back.
    fn billed_anew(&mut self, id: i64) {
        let old = self.now.lines.remove(&id).unwrap();
        let anew = count(&self.desk, "SELECT MAX(id) FROM payment");
        let invoice = InvoiceId(count(&self.desk, "SELECT MAX(id) FROM invoice"));
        let is_new = |line: &Line| line.invoice == old.invoice;
        assert!(!self.now.lines.values().any(is_new), "it stood alone on its invoice");
        let line = Line { invoice, refunded: 0, attempts: 0, status: Pending, is_disputed: false, ..old };
        self.now.lines.insert(anew, line);
        self.before.clear();
    }

    fn undo(&mut self) {
        let Some((before, cancelled)) = self.before.pop() else { return };
        let done = self.desk.perform(Action::Undo(None));
        assert!(done.is_ok(), "the newest step is taken back: {done:?}");
        self.now = before;
        if let Some(id) = cancelled {
            self.billed_anew(id);
        }
        self.compare("undo");
    }
}

/// How many walks: `RENTBOOK_STEPS` asks for more.
fn cases() -> u32 {
    std::env::var("RENTBOOK_STEPS").ok().and_then(|text| text.parse().ok()).unwrap_or(48)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), max_shrink_iters: 400, ..ProptestConfig::default() })]

    #[test]
    fn the_book_says_what_a_model_of_its_money_says_and_everything_can_be_taken_back(
        steps in prop::collection::vec((0_u8..20, 0_u8..6, 0_u16..20_000), 1..70)
    ) {
        let mut shop = Shop::begin();
        for step in steps {
            shop.step(step);
        }
        sound(&shop.desk);
        while !shop.before.is_empty() {
            shop.undo();
        }
        sound(&shop.desk);
        if shop.now.lines.values().all(|line| line.settled() == 0) {
            prop_assert_eq!(shop.now.credit, 0);
        }
    }
}

#[test]
fn a_check_taken_back_leaves_the_status_before_it_also_where_another_is_on_its_way() {
    let mut shop = Shop::begin();
    for step in [(16, 3, 0), (0, 3, 11_179), (3, 3, 247), (16, 3, 0)] {
        shop.step(step);
    }
    shop.undo();
}

#[test]
fn a_bounce_taken_back_leaves_the_status_before_it() {
    let mut shop = Shop::begin();
    let all = [
        (0, 4, 2965),
        (0, 4, 12_225),
        (16, 2, 401),
        (18, 0, 0),
        (0, 0, 0),
        (0, 2, 469),
        (6, 0, 0),
        (19, 0, 0),
        (5, 2, 5762),
    ];
    for step in all {
        shop.step(step);
    }
    while !shop.before.is_empty() {
        shop.undo();
    }
}
