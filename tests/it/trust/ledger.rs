//! The balances of a shop, told a second time: what is owed, what came, what it paid, what is taken back. As plain as
//! the rules are written; nothing of it asks the book what the answer should be.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use rentbook::domain::id::PaymentId;
use rentbook::domain::status::PaymentStatus::{self, Cancelled, Failed, Paid, Pending, Processing};
use rentbook::services::Payer;
use rentbook::services::actions::receiving::{ReceiptDraft, Target};

/// A line of an issued invoice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub invoice: i64,
    pub number: String,
    pub invoiced_on: NaiveDate,
    pub due_on: NaiveDate,
    pub payer: Payer,
    pub customer: i64,
    pub amount: i64,
    pub is_deposit: bool,
    pub settled: i64,
    pub status: PaymentStatus,
    pub paid_on: Option<NaiveDate>,
}

impl Line {
    fn open(&self) -> i64 {
        self.amount - self.settled
    }

    fn is_open(&self) -> bool {
        self.open() > 0 && matches!(self.status, Pending | Processing | Failed)
    }
}

/// Money that came.
#[derive(Clone, Debug)]
struct Receipt {
    payer: Payer,
    received_on: NaiveDate,
    reference: String,
    amount: i64,
    parts: Vec<Part>,
    is_cleared: bool,
    stands: bool,
}

/// What money is of one payment.
#[derive(Clone, Debug)]
struct Part {
    payment: i64,
    /// How much it is meant to pay, and how much it did: nothing while it is on its way.
    meant: i64,
    paid: i64,
    before: PaymentStatus,
    /// The day it counts from.
    on: NaiveDate,
}

/// What can be taken back, newest last.
#[derive(Clone, Debug)]
enum Step {
    Received(usize),
    /// Payment and the statuses it went through.
    Moved(i64, Vec<PaymentStatus>),
    /// A customer was added.
    Joined(i64),
    /// What moved with the statuses it went through, and the receipts that did not come with it.
    Bounced(Vec<(i64, Vec<PaymentStatus>)>, Vec<usize>),
    /// A setting was changed, which moves nothing.
    Set,
    /// Days were closed; what was closed before.
    Closed(Option<NaiveDate>),
    /// Something that cannot be taken back.
    Fixed,
}

impl Step {
    /// Whether it moved money or a status: what is taken back by its number.
    fn is_of_money(&self) -> bool {
        matches!(self, Self::Received(_) | Self::Moved(..) | Self::Bounced(..))
    }
}

/// The balances.
#[derive(Default)]
pub struct Ledger {
    pub lines: BTreeMap<i64, Line>,
    receipts: Vec<Receipt>,
    steps: Vec<Step>,
    pub locked_until: Option<NaiveDate>,
    /// How often money did not come, and nobody took that back.
    pub failures: i64,
}

/// Why it is refused.
pub type No = &'static str;

impl Ledger {
    /// What a customer has open on issued invoices, as credit, and has brought in.
    pub fn of_customer(&self, customer: i64) -> (i64, i64, i64) {
        let own = || self.lines.values().filter(move |line| line.customer == customer);
        let open = own().filter(|line| line.is_open()).map(Line::open).sum();
        let lifetime = own().filter(|line| !line.is_deposit).map(|line| line.settled).sum();
        (open, self.credit(|payer| matches!(payer, Payer::Customer(id) if id.0 == customer)), lifetime)
    }

    fn credit(&self, of: impl Fn(Payer) -> bool) -> i64 {
        let cleared = self.receipts.iter().filter(|receipt| receipt.stands && receipt.is_cleared && of(receipt.payer));
        cleared.map(|receipt| receipt.amount - receipt.parts.iter().map(|part| part.paid).sum::<i64>()).sum()
    }

    /// All that came and stands, and what of it is on no payment.
    pub fn received(&self) -> (i64, i64) {
        let standing = self.receipts.iter().filter(|receipt| receipt.stands && receipt.is_cleared);
        (standing.map(|receipt| receipt.amount).sum(), self.credit(|_| true))
    }

    /// Something was done that cannot be taken back.
    pub fn fixed(&mut self) {
        self.steps.push(Step::Fixed);
    }

    /// A setting was changed.
    pub fn set(&mut self) {
        self.steps.push(Step::Set);
    }

    /// Days were closed up to one; what was closed before comes back by undo.
    pub fn closed(&mut self, until: NaiveDate) {
        self.steps.pop();
        self.steps.push(Step::Closed(self.locked_until.replace(until)));
    }

    /// How many steps can be taken back by their number.
    pub fn undoable(&self) -> usize {
        self.steps.iter().filter(|step| step.is_of_money()).count()
    }

    /// A customer was added.
    pub fn joined(&mut self, customer: i64) {
        self.steps.push(Step::Joined(customer));
    }

    /// The customer whose being added is the newest step.
    pub fn just_joined(&self) -> Option<i64> {
        if let Some(Step::Joined(customer)) = self.steps.last() { Some(*customer) } else { None }
    }

    /// What checks that have not cleared are meant to pay of a line.
    fn awaited(&self, payment: i64) -> i64 {
        let waiting = self.receipts.iter().filter(|receipt| receipt.stands && !receipt.is_cleared);
        waiting.flat_map(|receipt| &receipt.parts).filter(|part| part.payment == payment).map(|part| part.meant).sum()
    }

    /// What of a line no money is on its way to.
    fn free(&self, payment: i64, line: &Line) -> i64 {
        match self.awaited(payment) {
            0 if line.status == Processing => 0,
            awaited => line.open() - awaited.min(line.open()),
        }
    }

    /// The day on which the last part of a line that stands took effect.
    fn last_part(&self, payment: i64) -> Option<NaiveDate> {
        let standing = self.receipts.iter().filter(|receipt| receipt.stands && receipt.is_cleared);
        standing
            .flat_map(|receipt| &receipt.parts)
            .filter(|part| part.payment == payment && part.paid > 0)
            .map(|part| part.on)
            .max()
    }

    /// What a receipt is meant for, and whose it is.
    fn payable(&self, draft: &ReceiptDraft) -> Result<(Payer, BTreeSet<i64>), No> {
        let mut chosen = BTreeSet::new();
        match &draft.target {
            Target::Payer(payer) => {
                let is_theirs =
                    |id: i64, line: &Line| line.payer == *payer && line.is_open() && self.free(id, line) > 0;
                let theirs = self.lines.iter().filter(|(id, line)| is_theirs(**id, line)).map(|(id, _)| *id);
                return Ok((*payer, theirs.collect()));
            }
            Target::Invoices(ids) => {
                for id in ids {
                    let of = |line: &&Line| line.invoice == id.0 && line.is_open();
                    let open: Vec<i64> = self.lines.iter().filter(|(_, line)| of(line)).map(|(id, _)| *id).collect();
                    if open.is_empty() {
                        return Err("nothing_open");
                    }
                    chosen.extend(open);
                }
            }
            Target::Parts(parts) => {
                for (PaymentId(id), _) in parts {
                    match self.lines.get(id) {
                        Some(line) if line.is_open() => chosen.insert(*id),
                        _ => return Err("nothing_open"),
                    };
                }
            }
            Target::Payments(ids) => {
                for PaymentId(id) in ids {
                    match self.lines.get(id) {
                        Some(line) if line.is_open() => chosen.insert(*id),
                        _ => return Err("nothing_open"),
                    };
                }
            }
        }
        let mut payers: Vec<Payer> = chosen.iter().map(|id| self.lines[id].payer).collect();
        payers.dedup();
        match payers.as_slice() {
            [payer] => Ok((*payer, chosen)),
            _ => Err("payers_differ"),
        }
    }

    /// The parts of an amount: all to the one invoice it matches, else oldest first.
    fn parts(
        &self,
        amount: i64,
        chosen: &BTreeSet<i64>,
        offered: &dyn Fn(i64, &Line) -> i64,
    ) -> (Vec<(i64, i64)>, i64) {
        let mut ordered: Vec<(i64, &Line)> = chosen.iter().map(|id| (*id, &self.lines[id])).collect();
        ordered.sort_by_key(|(id, line)| {
            (line.is_deposit, line.due_on, line.invoiced_on, line.number.len(), line.number.clone(), *id)
        });
        let open_of = |invoice| {
            let own = self.lines.iter().filter(|(_, line)| line.invoice == invoice && line.status != Cancelled);
            own.map(|(id, line)| offered(*id, line)).sum::<i64>()
        };
        let chosen_of =
            |invoice| ordered.iter().filter(|(_, l)| l.invoice == invoice).map(|(id, l)| offered(*id, l)).sum();
        let exact = ordered.iter().map(|(_, line)| line.invoice).find(|invoice| {
            let all: i64 = chosen_of(*invoice);
            all == amount && open_of(*invoice) == amount
        });
        let mut rest = amount;
        let mut parts = Vec::new();
        for (id, line) in ordered.iter().filter(|(_, line)| exact.is_none_or(|invoice| line.invoice == invoice)) {
            let part = rest.min(offered(*id, line));
            if part > 0 {
                parts.push((*id, part));
                rest -= part;
            }
        }
        (parts, rest)
    }

    /// Money comes; `typed` is the amount in minor units, none for what is open.
    pub fn receive(&mut self, draft: &ReceiptDraft, typed: Option<i64>, today: NaiveDate) -> Result<(), No> {
        if draft.received_on > today {
            return Err("invalid");
        }
        let (payer, chosen) = self.payable(draft)?;
        let is_named = !matches!(draft.target, Target::Payer(_));
        let offered = |id: i64, line: &Line| if is_named { line.open() } else { self.free(id, line) };
        let amount = typed.unwrap_or_else(|| chosen.iter().map(|id| offered(*id, &self.lines[id])).sum());
        if amount <= 0 {
            return Err(if typed.is_none() { "nothing_open" } else { "invalid" });
        }
        let (parts, rest) = self.parts(amount, &chosen, &offered);
        if rest > 0 && !draft.keep_credit {
            return Err("over_paid");
        }
        let is_twin = |receipt: &Receipt| {
            receipt.stands
                && (receipt.payer, receipt.received_on, receipt.amount) == (payer, draft.received_on, amount)
                && receipt.reference == draft.reference
        };
        if !draft.again && self.receipts.iter().any(is_twin) {
            return Err("repeated");
        }
        if !draft.again
            && parts.iter().any(|(id, part)| self.awaited(*id) > 0 && part + self.awaited(*id) > self.lines[id].open())
        {
            return Err("awaited");
        }
        let opens = self.locked_until.and_then(|until| until.succ_opt()).unwrap_or(draft.received_on);
        let is_cleared = draft.method.clears_at_once();
        let mut kept = Vec::new();
        for (id, part) in parts {
            let line = self.lines.get_mut(&id).unwrap();
            let on = draft.received_on.max(line.invoiced_on).max(opens);
            kept.push(Part {
                payment: id,
                meant: part,
                paid: if is_cleared { part } else { 0 },
                before: line.status,
                on,
            });
            if is_cleared {
                line.settled += part;
                line.status = if line.settled == line.amount { Paid } else { line.status };
            } else {
                line.status = Processing;
            }
        }
        self.receipts.push(Receipt {
            payer,
            received_on: draft.received_on,
            reference: draft.reference.clone(),
            amount,
            parts: kept,
            is_cleared,
            stands: true,
        });
        self.date(&chosen);
        self.steps.push(Step::Received(self.receipts.len() - 1));
        Ok(())
    }

    /// What is paid now was on the day its last part took effect.
    fn date(&mut self, chosen: &BTreeSet<i64>) {
        for id in chosen {
            let on = self.last_part(*id);
            let line = self.lines.get_mut(id).unwrap();
            line.paid_on = if line.status == Paid { on } else { line.paid_on };
        }
    }

    /// A payment moves without money.
    pub fn change(&mut self, payment: i64, to: PaymentStatus) -> Result<(), No> {
        let line = self.lines.get_mut(&payment).ok_or("no_such_move")?;
        let path = match (line.status, to) {
            (Pending | Failed, Processing) | (Processing, Failed | Pending) => vec![line.status, to],
            (Pending, Failed) => vec![Pending, Processing, Failed],
            _ => return Err("no_such_move"),
        };
        let leaves = line.status == Processing;
        line.status = to;
        self.failures += i64::from(to == Failed);
        let is_meant = |receipt: &Receipt, id| receipt.parts.iter().any(|part| part.payment == id);
        let awaited = |receipts: &[Receipt], id| {
            receipts.iter().any(|receipt| receipt.stands && !receipt.is_cleared && is_meant(receipt, id))
        };
        if !leaves || !awaited(&self.receipts, payment) {
            self.steps.push(Step::Moved(payment, path));
            return Ok(());
        }
        // A check that bounces did not come for anything it was meant for.
        let (mut others, mut bounced, mut moved) = (Vec::new(), Vec::new(), vec![(payment, path)]);
        for (at, receipt) in self.receipts.iter_mut().enumerate() {
            if receipt.stands && !receipt.is_cleared && is_meant(receipt, payment) {
                receipt.stands = false;
                bounced.push(at);
                others.extend(receipt.parts.iter().map(|part| part.payment));
            }
        }
        for id in others {
            if self.lines[&id].status == Processing && !awaited(&self.receipts, id) {
                self.lines.get_mut(&id).unwrap().status = to;
                self.failures += i64::from(to == Failed);
                moved.push((id, vec![Processing, to]));
            }
        }
        self.steps.push(Step::Bounced(moved, bounced));
        Ok(())
    }

    /// An invoice is withdrawn.
    pub fn void(&mut self, invoice: i64) -> Result<(), No> {
        let lines = || self.lines.iter().filter(|(_, line)| line.invoice == invoice);
        if lines().next().is_none_or(|(_, line)| line.status == Cancelled) {
            return Err("not_issued");
        }
        if lines().any(|(_, line)| line.settled != 0) {
            return Err("settled");
        }
        if lines().any(|(_, line)| self.locked_until.is_some_and(|until| line.invoiced_on <= until)) {
            return Err("closed");
        }
        if lines().any(|(_, line)| line.status == Processing) {
            return Err("on_its_way");
        }
        for line in self.lines.values_mut().filter(|line| line.invoice == invoice) {
            (line.status, line.paid_on) = (Cancelled, None);
        }
        self.fixed();
        Ok(())
    }

    /// The newest step is taken back.
    pub fn undo(&mut self, is_tied: bool) -> Result<(), No> {
        match self.steps.last() {
            None => Err("nothing_to_undo"),
            Some(Step::Fixed) => Err("not_undoable"),
            Some(Step::Joined(_)) if is_tied => Err("depended_on"),
            Some(_) => self.undo_at(self.steps.len() - 1),
        }
    }

    /// The newest step that can be is taken back, by its number.
    pub fn undo_named(&mut self) -> Result<(), No> {
        let at = self.steps.iter().rposition(Step::is_of_money).unwrap();
        self.undo_at(at)
    }

    fn undo_at(&mut self, at: usize) -> Result<(), No> {
        match self.steps[at].clone() {
            Step::Fixed => return Err("not_undoable"),
            Step::Joined(_) | Step::Set => {}
            Step::Closed(before) => self.locked_until = before,
            Step::Bounced(moved, receipts) => {
                if moved.iter().any(|(id, path)| self.lines[id].status != path[path.len() - 1]) {
                    return Err("depended_on");
                }
                for (id, path) in moved {
                    let line = self.lines.get_mut(&id).unwrap();
                    self.failures -= i64::from(line.status == Failed);
                    line.status = path[0];
                }
                for at in receipts {
                    self.receipts[at].stands = true;
                }
            }
            Step::Moved(payment, path) => {
                let line = self.lines.get_mut(&payment).unwrap();
                if line.status != path[path.len() - 1] {
                    return Err("depended_on");
                }
                self.failures -= i64::from(line.status == Failed);
                line.status = path[0];
            }
            Step::Received(at) => self.give_back(at)?,
        }
        self.steps.remove(at);
        Ok(())
    }

    fn give_back(&mut self, at: usize) -> Result<(), No> {
        let receipt = self.receipts[at].clone();
        if !receipt.stands {
            return Err("undone_already");
        }
        let moved_on = |part: &Part| part.before != Processing && self.lines[&part.payment].status != Processing;
        if !receipt.is_cleared && receipt.parts.iter().any(moved_on) {
            return Err("depended_on");
        }
        for Part { payment, paid, before, .. } in receipt.parts {
            let line = self.lines.get_mut(&payment).unwrap();
            line.settled -= paid;
            // What made it paid was the newest step, this one; else its status stays what it became since.
            line.status = match line.status {
                Paid => before,
                Processing if !receipt.is_cleared => before,
                since => since,
            };
            line.paid_on = line.paid_on.filter(|_| line.status == Paid);
        }
        self.receipts[at].stands = false;
        Ok(())
    }
}
