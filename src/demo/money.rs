//! How the invoices of a demo are paid: planned when they are issued, done on the day.

use chrono::NaiveDate;

use super::chance::{Chance, Topic};
use super::diary::{Event, Noted, Pay, banking_day};
use super::open_money::Owing;
use super::people::Habit;
use super::stock::euros;
use super::year::Walk;
use crate::domain::calendar::add_days;
use crate::domain::id::InvoiceId;
use crate::domain::method::Method;
use crate::services::actions::customer::NoteDraft;
use crate::services::actions::invoicing::{InvoiceDraft, LineDraft};
use crate::services::actions::receiving::{ReceiptDraft, Target};
use crate::services::refusal::Result;
use crate::services::{Action, Outcome};
use crate::store::billing::{self, InvoiceHead};
use crate::store::receipt;

/// Why a card did not pay.
const FAILURES: &[&str] = &["insufficient funds", "declined", "expired card", "bank rejection"];

/// What is invoiced beside the contract: what for, and how much in cents.
const EXTRAS: &[(&str, i64)] = &[
    ("Delivery outside the usual area", 2_500),
    ("Replacement power supply", 3_900),
    ("Scratched lid, repaired", 6_500),
    ("Cleaning after the event", 4_500),
    ("Lost key, new lock", 3_200),
    ("On-site help, per hour", 5_800),
    ("Descaling set", 1_490),
];

impl Walk {
    /// Looks at the invoices issued since the last time, and plans when each is paid and how.
    pub fn plan_payments(&mut self) -> Result<()> {
        let seen = self.seen;
        for head in self.desk.read(|db| billing::invoices_after(db, seen))? {
            self.seen = head.id;
            self.open.issued(
                head.id,
                Owing {
                    payer: head.payer,
                    due_on: head.due_on,
                    total: head.total_minor,
                    open: head.total_minor - head.settled_minor,
                    is_touched: false,
                },
            );
            self.plan_payment(&head);
            self.plan_aftermath(&head);
        }
        Ok(())
    }

    fn plan_payment(&mut self, head: &InvoiceHead) {
        let mut chance = Chance::of(self.seed, Topic::Invoice, head.id.0.unsigned_abs());
        let person = head.payer.customer().and_then(|id| self.by_customer.get(&id).copied());
        let habit = person.map_or(Habit::Prompt, |at| self.people[at].habit);
        if self.is_left_open(head, &mut chance) {
            return;
        }
        if chance.percent(1) {
            self.diary.note(add_days(head.invoiced_on, 1), Event::Void(head.id));
        }
        let (from, due) = (head.invoiced_on, head.due_on);
        let on = |days| banking_day(add_days(due, days).max(from));
        let whole = Event::Pay(head.id, Pay::Whole(Method::BankTransfer));
        match habit {
            Habit::Prompt => {
                let early = (due - from).num_days().clamp(0, 5);
                let day = on(chance.between(-early, 1));
                self.plan_transfer(head.id, day, &mut chance);
            }
            Habit::Slow => {
                let day = on(chance.between(-1, 9));
                self.plan_transfer(head.id, day, &mut chance);
            }
            Habit::Together => self.diary.note(on(chance.between(0, 12)), Event::Pay(head.id, Pay::Everything)),
            Habit::Debit => {
                self.diary.note(due, Event::Process(head.id));
                self.diary.note(on(chance.between(2, 4)), whole);
            }
            Habit::Card if chance.percent(7) => {
                let reason: &&str = chance.pick(FAILURES);
                self.diary.note(due, Event::Fail(head.id, reason));
                let again =
                    if chance.percent(70) { Pay::Whole(Method::Card) } else { Pay::Whole(Method::BankTransfer) };
                self.diary.note(on(chance.between(3, 16)), Event::Pay(head.id, again));
            }
            Habit::Card => self.diary.note(due, Event::Pay(head.id, Pay::Whole(Method::Card))),
            Habit::Careless => {
                let day = on(chance.between(6, 30));
                if chance.percent(40) {
                    self.diary.note(day, Event::Pay(head.id, Pay::Part(chance.between(30, 70))));
                }
                if let Some(at) = person.filter(|_| chance.percent(30)) {
                    self.diary.note(on(5), Event::Note(at, REMINDED));
                }
                self.diary.note(banking_day(add_days(day, chance.between(4, 28))), whole);
            }
        }
    }

    /// A transfer, sometimes in two parts, sometimes a little too much.
    fn plan_transfer(&mut self, id: InvoiceId, day: NaiveDate, chance: &mut Chance) {
        match chance.below(1000) {
            0..=24 => {
                self.diary.note(day, Event::Pay(id, Pay::Part(chance.between(30, 70))));
                let rest = banking_day(add_days(day, chance.between(5, 15)));
                self.diary.note(rest, Event::Pay(id, Pay::Whole(Method::BankTransfer)));
            }
            25..=34 => self.diary.note(day, Event::Pay(id, Pay::More)),
            35..=49 => self.diary.note(day, Event::Pay(id, Pay::Whole(Method::Cash))),
            _ => self.diary.note(day, Event::Pay(id, Pay::Whole(Method::BankTransfer))),
        }
    }

    /// What is still open on the last day: some of what fell due in the weeks before, and most of what is due then.
    fn is_left_open(&self, head: &InvoiceHead, chance: &mut Chance) -> bool {
        let late = (self.last - head.due_on).num_days();
        match late {
            0 => chance.percent(70),
            5..=60 => chance.percent(9),
            _ => false,
        }
    }

    /// The money and the notes of a day.
    pub fn money_of(&mut self, events: Vec<Event>) -> Result<()> {
        let mut batch = Vec::with_capacity(events.len());
        let mut extras = Vec::new();
        let mut later = Vec::new();
        for event in events {
            match event {
                Event::Pay(id, how) => batch.extend(self.receipt(id, how)),
                Event::Process(id) => self.on_lines(id, &mut batch, |payment| Action::ProcessPayment { payment })?,
                Event::Fail(id, reason) => {
                    let fail = |payment| Action::FailPayment { payment, reason: reason.into() };
                    self.on_lines(id, &mut batch, fail)?;
                }
                Event::Void(id) => {
                    if self.open.get(id).is_some_and(|owing| owing.open == owing.total && !owing.is_touched) {
                        self.open.close(id);
                        batch
                            .push(Action::VoidInvoice { invoice: id, reason: "entered for the wrong customer".into() });
                    }
                }
                Event::Extra(at) => {
                    extras.push(batch.len());
                    batch.push(self.extra(at));
                }
                Event::Note(at, noted) => batch.push(self.note(at, noted)),
                event @ (Event::Again(_) | Event::Refund(_) | Event::Dispute(_) | Event::Decide(_)) => {
                    later.push(event);
                }
                // Orders were taken in the morning.
                Event::Order(..) | Event::Confirm(..) | Event::Cancel(..) | Event::Back(_) => {}
            }
        }
        let done = self.perform(&batch)?;
        for invoice in extras.into_iter().filter_map(|at| done.get(at)) {
            if let Outcome::Invoice(id, _) = invoice.outcome
                && Chance::of(self.seed, Topic::Extra, id.0.unsigned_abs()).percent(10)
            {
                self.diary.note(add_days(self.today, 1), Event::Void(id));
            }
        }
        self.plan_payments()?;
        // What comes after looks at what the day has made.
        let mut batch = Vec::new();
        for event in later {
            batch.extend(self.aftermath(&event)?);
        }
        self.perform(&batch).map(drop)
    }

    /// An Action for each line of an open invoice nobody has touched yet.
    pub fn on_lines(
        &mut self,
        id: InvoiceId,
        batch: &mut Vec<Action>,
        action: impl Fn(crate::domain::id::PaymentId) -> Action,
    ) -> Result<()> {
        if self.open.get(id).is_some_and(|owing| owing.open == owing.total && !owing.is_touched) {
            self.open.touch(id);
            let lines = self.desk.read(|db| receipt::owed_on_invoice(db, id))?;
            batch.extend(lines.iter().map(|line| action(line.id)));
        }
        Ok(())
    }

    /// Money that arrives; none where everything was paid meanwhile.
    pub fn receipt(&mut self, id: InvoiceId, how: Pay) -> Option<Action> {
        let owing = self.open.get(id)?;
        let mut chance = Chance::of(self.seed, Topic::Extra, id.0.unsigned_abs().wrapping_mul(1_000_003));
        let (amount, ids, method) = match how {
            Pay::Whole(method) => (owing.open, vec![id], method),
            Pay::Part(percent) => ((owing.open * percent / 100).max(1), vec![id], Method::BankTransfer),
            // Rounded up to the next ten.
            Pay::More => (owing.open + 1_000 - owing.open % 1_000, vec![id], Method::BankTransfer),
            Pay::Everything => {
                let ids = self.open.of(owing.payer);
                let sum = ids.iter().filter_map(|id| self.open.get(*id)).map(|owing| owing.open).sum();
                (sum, ids, Method::BankTransfer)
            }
        };
        for paid in &ids {
            self.open.pay(*paid, if matches!(how, Pay::Part(_)) { amount } else { i64::MAX });
        }
        let reference = match method {
            Method::BankTransfer => format!("BT-{:06}", chance.below(1_000_000)),
            // Letters only: digits could come out as a card number, which the book refuses.
            Method::Card => format!("ch_{}", chance.letters(12)),
            _ => String::new(),
        };
        Some(Action::Receive(Box::new(ReceiptDraft {
            target: Target::Invoices(ids),
            amount: euros(amount),
            received_on: self.today,
            method,
            reference,
            keep_credit: matches!(how, Pay::More),
            again: method == Method::Cash,
        })))
    }

    fn extra(&self, at: usize) -> Action {
        let mut chance = Chance::of(self.seed, Topic::Extra, (at as u64) << 20);
        let lines = (0..chance.between(1, 2)).map(|_| {
            let (text, price) = *chance.pick(EXTRAS);
            let quantity = if chance.percent(15) { "2" } else { "1" };
            LineDraft { text: text.into(), quantity: quantity.into(), unit_price: euros(price), ..LineDraft::default() }
        });
        let lines = lines.collect();
        let due_on = Some(add_days(self.today, 14));
        Action::NewInvoice(Box::new(InvoiceDraft { customer: self.people[at].id, lines, due_on }))
    }

    fn note(&self, at: usize, noted: Noted) -> Action {
        Action::AddNote(NoteDraft {
            on: None,
            customer: self.people[at].id,
            kind: noted.kind.into(),
            summary: noted.summary.into(),
            follow_up_on: noted.follow_up.map(|(days, _)| add_days(self.today, days)),
            follow_up_action: noted.follow_up.map(|(_, action)| action.into()).unwrap_or_default(),
        })
    }
}

const REMINDED: Noted = Noted {
    kind: "phone",
    summary: "Reminded of the open invoice; promised to pay next week.",
    follow_up: Some((7, "see whether the money came")),
};
