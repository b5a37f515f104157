//! What is billed already follows the days: whatever a change made of pauses and ends, each period owes its days that
//! are billed, rounded once. What is too much is credited, made smaller or falls away, what is too little is billed.

use std::collections::HashSet;

use chrono::NaiveDate;

use super::billed::NewLine;
use super::changing::{Changing, Trail};
use super::standing::Standing;
use crate::documents::Sentence;
use crate::domain::billed_days::{Cost, Day, runs, without};
use crate::domain::credit_note::{credit_gross, credit_net};
use crate::domain::id::{InvoiceId, PaymentId};
use crate::domain::rounding::share;
use crate::domain::schedule::{Period, day_basis};
use crate::domain::status::{InvoiceKind, InvoiceState, PaymentKind};
use crate::services::billing::Billing;
use crate::services::contract_credits::TakenBack;
use crate::services::letterhead::said;
use crate::services::refusal::{OrUnknown, Refusal, Result};
use crate::store::period::{self as periods, PeriodPayment, Size};
use crate::store::subscription as store;

impl Changing<'_> {
    /// Brings what stands on payments to the days as they are billed now, up to `until`. What is billed again or more
    /// stands on lines of its own.
    pub fn settle(&mut self, until: NaiveDate) -> Result<()> {
        let now = Standing { schedule: self.schedule()?, pauses: self.pauses(), until };
        let lines = self.lines()?;
        let billable = self.billable()?;
        let count = now.schedule.count().max(self.was.schedule.count());
        let mut more = Vec::new();
        for index in (0..count).filter(|index| billable.is_done(*index)) {
            let of: Vec<&PeriodPayment> = lines.iter().filter(|line| line.index == index).collect();
            let (was, is) = (self.was.schedule.period(index), now.schedule.period(index));
            let (before, after) = (self.was.days(was, &of), now.days(is, &of));
            if before == after {
                continue;
            }
            let monthly = is.or(was).and_then(|period| billable.monthly(&period)).unwrap_or(self.due.price_minor);
            let cost = |period: Option<Period>, days: &[Day]| {
                let basis = period.map(|period| day_basis(&period, now.schedule.frequency, monthly));
                let (full_minor, of) = basis.unwrap_or_default();
                Cost { full_minor, days: of, billed: i64::try_from(days.len()).unwrap_or(i64::MAX) }
            };
            let left: i64 = of.iter().map(|line| line.left()).sum();
            let change = cost(was, &before).becomes(cost(is, &after), left) - left;
            if change < 0 {
                self.take_back(&of, &without(&before, &after), -change)?;
            } else {
                self.add(&mut more, index, &without(&after, &before), change)?;
            }
        }
        self.bill(InvoiceKind::Regular, more).map(drop)
    }

    /// The payments that stand for days, without those that a change made which was taken back.
    fn lines(&self) -> Result<Vec<PeriodPayment>> {
        let (mut payments, mut invoices): (HashSet<PaymentId>, HashSet<InvoiceId>) = Default::default();
        for details in store::taken_back_changes(self.work.db, self.sub.id)? {
            let details: serde_json::Value = serde_json::from_str(&details).unwrap_or_default();
            let trail = details.get("trail").cloned().unwrap_or_default();
            let trail: Trail = serde_json::from_value(trail).unwrap_or_default();
            payments.extend(trail.payments);
            invoices.extend(trail.invoices);
        }
        let mut lines = periods::lines(self.work.db, self.sub.id)?;
        lines.retain(|line| !payments.contains(&line.id) && line.invoice.is_none_or(|(id, _)| !invoices.contains(&id)));
        Ok(lines)
    }

    /// Takes so much back of what the lines of a period ask for, for days that are no longer billed: from those that
    /// stand for them first.
    fn take_back(&mut self, lines: &[&PeriodPayment], off: &[Day], minor: i64) -> Result<()> {
        let total = i64::try_from(off.len()).unwrap_or(i64::MAX);
        let (mut rest, mut counted, mut given) = (minor, 0, 0);
        let mut parts: Vec<(usize, i64, Vec<Day>)> = Vec::new();
        for at in (0..lines.len()).filter(|at| off.iter().any(|(_, held)| *held == Some(*at))) {
            let own: Vec<Day> = off.iter().filter(|(_, held)| *held == Some(at)).copied().collect();
            counted += i64::try_from(own.len()).unwrap_or(0);
            let upto = share(minor, counted, total);
            let part = (upto - given).min(lines[at].left());
            given = upto;
            rest -= part;
            parts.push((at, part, own));
        }
        // What lines that were credited by hand cannot give is taken from those that can, the newest first.
        for at in (0..lines.len()).rev() {
            let had = parts.iter().position(|(line, _, _)| *line == at);
            let more = rest.min(lines[at].left() - had.map_or(0, |place| parts[place].1));
            rest -= more;
            match had {
                Some(place) => parts[place].1 += more,
                None if more > 0 => parts.push((at, more, off.to_vec())),
                None => {}
            }
        }
        for (at, part, days) in parts.iter().filter(|(_, part, _)| *part > 0) {
            self.take_from(lines[*at], days, *part)?;
        }
        Ok(())
    }

    fn take_from(&mut self, line: &PeriodPayment, days: &[Day], minor: i64) -> Result<()> {
        match line.invoice {
            None => self.shrink(line, days, minor),
            Some((_, InvoiceState::Issued)) => {
                self.credit(line, days, minor);
                Ok(())
            }
            Some(_) => {
                let message = "an invoice of this subscription waits for review: approve it first";
                Err(Refusal::new("in_review", message).into())
            }
        }
    }

    fn shrink(&mut self, line: &PeriodPayment, days: &[Day], minor: i64) -> Result<()> {
        if minor == line.unit_minor {
            self.cancels.push(line.id);
            return Ok(());
        }
        let had = periods::size(self.work.db, line.id)?.or_unknown("payment", line.id)?;
        let unit_minor = line.unit_minor - minor;
        let taxed = Billing::new(self.work).tax(&[(unit_minor, line.tax, self.due.basis)]);
        let (net_minor, tax_minor) = taxed.first().map_or((unit_minor, 0), |line| (line.net, line.tax));
        let last = runs(days).pop().filter(|run| run.1 >= line.end && run.0 > line.start);
        let end = last.map_or(line.end, |run| run.0);
        periods::resize(self.work.db, line.id, &Size { end, unit_minor, net_minor, tax_minor })?;
        self.trail.sizes.push((line.id, had));
        Ok(())
    }

    fn credit(&mut self, line: &PeriodPayment, days: &[Day], minor: i64) {
        let part = match (minor == line.left(), line.is_gross()) {
            (true, _) => line.whole.minus(line.credited),
            (false, true) => credit_gross(line.whole, line.credited, minor).unwrap_or_default(),
            (false, false) => credit_net(line.whole, line.credited, minor).unwrap_or_default(),
        };
        let span = days.first().zip(days.last()).map_or_else(String::new, |(first, last)| {
            let (from, to) = (self.paper_day(first.0), self.paper_day(last.0));
            said(self.work, Sentence::Days, &[("from", &from), ("to", &to)])
        });
        self.credits.push(TakenBack { payment: line.id, text: format!("{}{span}", line.text), part });
    }

    /// Adds lines for days that are billed from now on; together they come to so much.
    fn add(&self, more: &mut Vec<NewLine>, index: u32, on: &[Day], minor: i64) -> Result<()> {
        let facts = crate::store::billing::line_facts(self.work.db, self.sub.id)?;
        let total = i64::try_from(on.len()).unwrap_or(i64::MAX);
        let (mut counted, mut given) = (0, 0);
        for (from, to) in runs(on) {
            counted += (to - from).num_days();
            let upto = share(minor, counted, total);
            let is_longer = self.was.schedule.period(index).is_some_and(|period| from >= period.end);
            more.push(NewLine {
                kind: if is_longer { PaymentKind::Period } else { PaymentKind::Extra },
                text: facts.text.clone(),
                serial: facts.serial.clone(),
                priced: upto - given,
                period: Some((index, from, to)),
            });
            given = upto;
        }
        Ok(())
    }
}
