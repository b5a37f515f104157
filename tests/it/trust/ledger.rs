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
    /// Payment, how much, and its status before.
    parts: Vec<(i64, i64, PaymentStatus)>,
    is_cleared: bool,
    stands: bool,
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
        cleared.map(|receipt| receipt.amount - receipt.parts.iter().map(|part| part.1).sum::<i64>()).sum()
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

    /// What a receipt is meant for, and whose it is.
    fn payable(&self, draft: &ReceiptDraft) -> Result<(Payer, BTreeSet<i64>), No> {
        let mut chosen = BTreeSet::new();
        match &draft.target {
            Target::Payer(payer) => {
                let is_theirs =
                    |line: &&Line| line.payer == *payer && line.is_open() && line.invoiced_on <= draft.received_on;
                let theirs = self.lines.iter().filter(|(_, line)| is_theirs(line)).map(|(id, _)| *id);
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
    fn parts(&self, amount: i64, chosen: &BTreeSet<i64>) -> (Vec<(i64, i64)>, i64) {
        let mut ordered: Vec<(i64, &Line)> = chosen.iter().map(|id| (*id, &self.lines[id])).collect();
        ordered.sort_by_key(|(id, line)| {
            (line.is_deposit, line.due_on, line.invoiced_on, line.number.len(), line.number.clone(), *id)
        });
        let open_of = |invoice| {
            let own = self.lines.values().filter(|line| line.invoice == invoice && line.status != Cancelled);
            own.map(Line::open).sum::<i64>()
        };
        let chosen_of = |invoice| ordered.iter().filter(|(_, l)| l.invoice == invoice).map(|(_, l)| l.open()).sum();
        let exact = ordered.iter().map(|(_, line)| line.invoice).find(|invoice| {
            let all: i64 = chosen_of(*invoice);
            all == amount && open_of(*invoice) == amount
        });
        let mut rest = amount;
        let mut parts = Vec::new();
        for (id, line) in ordered.iter().filter(|(_, line)| exact.is_none_or(|invoice| line.invoice == invoice)) {
            let part = rest.min(line.open());
            if part > 0 {
                parts.push((*id, part));
                rest -= part;
            }
        }
        (parts, rest)
    }

    /// Money comes; `typed` is the amount in minor units, none for what is open.
    pub fn receive(&mut self, draft: &ReceiptDraft, typed: Option<i64>, today: NaiveDate) -> Result<(), No> {
        if draft.received_on > today || self.locked_until.is_some_and(|until| draft.received_on <= until) {
            return Err("invalid");
        }
        let (payer, chosen) = self.payable(draft)?;
        let amount = typed.unwrap_or_else(|| chosen.iter().map(|id| self.lines[id].open()).sum());
        if amount <= 0 {
            return Err("invalid");
        }
        let (parts, rest) = self.parts(amount, &chosen);
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
        if chosen.iter().any(|id| self.lines[id].invoiced_on > draft.received_on) {
            return Err("invalid");
        }
        let is_cleared = draft.method.clears_at_once();
        let mut kept = Vec::new();
        for (id, part) in parts {
            let line = self.lines.get_mut(&id).unwrap();
            kept.push((id, if is_cleared { part } else { 0 }, line.status));
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
        self.steps.push(Step::Received(self.receipts.len() - 1));
        Ok(())
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
        let is_meant = |receipt: &Receipt, id| receipt.parts.iter().any(|part| part.0 == id);
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
                others.extend(receipt.parts.iter().map(|part| part.0));
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
        if lines().any(|(_, line)| line.status == Processing) {
            return Err("on_its_way");
        }
        for line in self.lines.values_mut().filter(|line| line.invoice == invoice) {
            line.status = Cancelled;
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
            Step::Joined(_) => {}
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
        let moved_on =
            |(id, _, before): &(i64, i64, PaymentStatus)| *before != Processing && self.lines[id].status != Processing;
        if !receipt.is_cleared && receipt.parts.iter().any(moved_on) {
            return Err("depended_on");
        }
        for (id, part, before) in receipt.parts {
            let line = self.lines.get_mut(&id).unwrap();
            line.settled -= part;
            // What made it paid was the newest step, this one; else its status stays what it became since.
            line.status = match line.status {
                Paid => before,
                Processing if !receipt.is_cleared => before,
                since => since,
            };
        }
        self.receipts[at].stands = false;
        Ok(())
    }
}
