//! What happens with the money of a demo beside being paid: cards, second tries, refunds, disputes, credit.

use super::chance::{Chance, Topic};
use super::diary::Event;
use super::year::Walk;
use crate::demo::people::Habit;
use crate::demo::stock::euros;
use crate::domain::calendar::{add_days, add_months};
use crate::domain::id::InvoiceId;
use crate::domain::method::Method;
use crate::domain::reason::{DisputeOutcome, RefundReason};
use crate::domain::status::{InvoiceState, PaymentStatus};
use crate::services::Action;
use crate::services::actions::charging::{ChargeOutcome, RetryDraft};
use crate::services::actions::methods::MethodDraft;
use crate::services::actions::receiving::{ReceiptDraft, Target};
use crate::services::actions::refunding::{RefundDraft, RefundFrom};
use crate::services::refusal::Result;
use crate::store::billing::{self, InvoiceHead};
use crate::store::receipt::Owed;
use crate::store::{dispute, receipt, receipt_page, settlement};

/// Why money goes back.
const REFUNDS: &[(RefundReason, &str)] = &[
    (RefundReason::ServiceFailure, "two days without a working unit"),
    (RefundReason::ChargedIncorrectly, "old price on the invoice"),
    (RefundReason::EarlyReturn, "came back a week early"),
    (RefundReason::Other, "good will"),
];

/// What customers say.
const DISPUTES: &[&str] =
    &["says the unit was collected earlier", "was charged for the wrong colour", "never ordered the extra"];

impl Walk {
    /// How somebody pays, where it is a card or a debit. Some cards end soon after the last day.
    pub fn method(&self, at: usize) -> Option<Action> {
        let person = &self.people[at];
        let mut chance = Chance::of(self.seed, Topic::Method, person.at as u64);
        let draft = match person.habit {
            Habit::Card => {
                let months = i32::try_from(chance.between(0, 40)).unwrap_or(12);
                let ends = add_months(self.last, months).unwrap_or(self.last);
                MethodDraft {
                    kind: Method::Card,
                    brand: (*chance.pick(&["Visa", "Visa", "Mastercard"])).into(),
                    last_four: format!("{:04}", chance.below(10_000)),
                    expires: ends.format("%m/%Y").to_string(),
                    processor: "terminal".into(),
                    token: format!("tok_{}", chance.letters(12)),
                    ..MethodDraft::default()
                }
            }
            Habit::Debit => MethodDraft {
                kind: Method::DirectDebit,
                mandate_reference: format!("MANDATE-{}", person.at),
                mandate_on: Some(person.joins_on),
                ..MethodDraft::default()
            },
            _ => return None,
        };
        Some(Action::AddMethod(Box::new(MethodDraft { customer: Some(person.id), ..draft })))
    }

    /// Plans what becomes of an invoice after it is paid, or of a charge that failed.
    pub fn plan_aftermath(&mut self, head: &InvoiceHead) {
        let mut chance = Chance::of(self.seed, Topic::After, head.id.0.unsigned_abs());
        let on = |days| add_days(head.due_on, days);
        if chance.percent(2) {
            self.diary.note(on(chance.between(14, 30)), Event::Refund(head.id));
        }
        if chance.percent(1) {
            let day = on(chance.between(3, 8));
            self.diary.note(day, Event::Dispute(head.id));
            self.diary.note(add_days(day, chance.between(5, 20)), Event::Decide(head.id));
        }
        self.diary.note(on(2), Event::Again(head.id));
    }

    /// The Actions of one of these events; none where it does not fit any more.
    pub fn aftermath(&mut self, event: &Event) -> Result<Vec<Action>> {
        match event {
            Event::Again(id) if self.open.get(*id).is_some_and(|owing| owing.is_touched) => self.tried_again(*id),
            Event::Refund(id) => Ok(self.refund(*id)?.into_iter().collect()),
            Event::Dispute(id) => Ok(self.dispute(*id)?.into_iter().collect()),
            Event::Decide(id) => Ok(self.decide(*id)?.into_iter().collect()),
            _ => Ok(Vec::new()),
        }
    }

    fn lines(&self, id: InvoiceId) -> Result<Vec<Owed>> {
        self.desk.read(|db| receipt::owed_on_invoice(db, id))
    }

    /// A card that failed is tried once more, and fails once more.
    fn tried_again(&self, id: InvoiceId) -> Result<Vec<Action>> {
        let mut chance = Chance::of(self.seed, Topic::After, id.0.unsigned_abs().wrapping_mul(31));
        let failed = self.lines(id)?.into_iter().filter(|line| line.status == PaymentStatus::Failed);
        let again = |line: Owed| {
            let outcome = ChargeOutcome::Declined("declined".into());
            let draft =
                RetryDraft { payment: line.id, method: None, outcome, on: self.today, reference: String::new() };
            Action::RetryPayment(Box::new(draft))
        };
        if chance.percent(50) { Ok(failed.map(again).collect()) } else { Ok(Vec::new()) }
    }

    /// A part of what was paid goes back; the customer owes it no more.
    fn refund(&self, id: InvoiceId) -> Result<Option<Action>> {
        let mut chance = Chance::of(self.seed, Topic::After, id.0.unsigned_abs().wrapping_mul(37));
        let head = self.desk.read(|db| billing::invoice(db, id))?;
        let Some(head) = head.filter(|head| head.state == InvoiceState::Issued && head.total_minor > 0) else {
            return Ok(None);
        };
        let (reason, words) = *chance.pick(REFUNDS);
        let amount = (head.total_minor * chance.between(10, 40) / 100).max(1);
        let is_paid = head.settled_minor == head.total_minor;
        // A deposit goes back by its own name, so it is not among what an invoice can give.
        let amount = if is_paid { amount.min(self.can_go_back(id)?) } else { 0 };
        Ok((amount > 0).then(|| {
            Action::Refund(Box::new(RefundDraft {
                from: RefundFrom::Invoice(id),
                amount: euros(amount),
                reason,
                words: words.into(),
                with_credit_note: true,
                reference: String::new(),
            }))
        }))
    }

    /// The money that stands on what is no deposit.
    fn can_go_back(&self, id: InvoiceId) -> Result<i64> {
        let mut held = 0;
        for line in self.lines(id)?.iter().filter(|line| !line.is_deposit) {
            let standing = self.desk.read(|db| settlement::standing(db, line.id))?;
            held +=
                standing.iter().filter(|row| row.source.receipt().is_some()).map(|row| row.amount_minor).sum::<i64>();
        }
        Ok(held)
    }

    fn dispute(&self, id: InvoiceId) -> Result<Option<Action>> {
        let mut chance = Chance::of(self.seed, Topic::After, id.0.unsigned_abs().wrapping_mul(41));
        let line = self.lines(id)?.into_iter().next();
        let Some(line) = line.filter(|line| line.invoice.as_ref().is_some_and(|invoice| invoice.is_issued)) else {
            return Ok(None);
        };
        // On the last day one may still be open.
        if self.desk.read(|db| dispute::open_of(db, line.id))?.is_some() {
            return Ok(None);
        }
        let reason: &&str = chance.pick(DISPUTES);
        Ok(Some(Action::OpenDispute { payment: line.id, reason: (*reason).into() }))
    }

    fn decide(&self, id: InvoiceId) -> Result<Option<Action>> {
        let mut chance = Chance::of(self.seed, Topic::After, id.0.unsigned_abs().wrapping_mul(43));
        let Some(line) = self.lines(id)?.into_iter().next() else { return Ok(None) };
        let open = self.desk.read(|db| dispute::open_of(db, line.id))?;
        let outcome = *chance.pick(DisputeOutcome::ALL);
        Ok(open.map(|_| Action::CloseDispute { payment: line.id, outcome, words: String::new() }))
    }

    /// The last day: an open dispute, credit that pays a part, a check on its way.
    pub fn last_money(&mut self) -> Result<()> {
        let mut batch = Vec::new();
        let mut left: Vec<(InvoiceId, super::open_money::Owing)> = self.open.all();
        left.retain(|(_, owing)| owing.open == owing.total && !owing.is_touched);
        let late: Vec<InvoiceId> =
            left.iter().filter(|(_, owing)| owing.due_on < self.last).map(|(id, _)| *id).collect();
        if let Some(id) = late.last() {
            batch.extend(self.dispute(*id)?);
        }
        if let Some((id, owing)) = left.iter().rev().find(|(_, owing)| owing.due_on > self.last) {
            batch.push(Action::Receive(Box::new(ReceiptDraft {
                target: Target::Invoices(vec![*id]),
                amount: euros(owing.open),
                received_on: self.today,
                method: Method::Check,
                reference: "CHECK 001734".into(),
                keep_credit: false,
                again: false,
            })));
            self.open.touch(*id);
        }
        for (id, owing) in self.open.all().into_iter().filter(|(_, owing)| !owing.is_touched) {
            let held = self.desk.read(|db| receipt_page::with_credit(db, owing.payer))?;
            if !held.is_empty() {
                batch.push(Action::UseCredit { target: Target::Invoices(vec![id]), amount: String::new() });
                break;
            }
        }
        self.perform(&batch).map(drop)
    }
}
