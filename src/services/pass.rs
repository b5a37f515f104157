//! The scheduler pass: what is due is materialised and invoiced, what is late is flagged, what is over ends.
//!
//! It reads what is due by index, plans from values alone, and writes in chunks of some 500 invoices in number order,
//! one activity row each. A kill between chunks is finished by the next pass; two passes at once cannot write a period
//! twice, because each claims it first and the schema holds one payment a period.

mod deposits;
mod rehearsal;

use std::collections::HashMap;

use chrono::{DateTime, Duration, NaiveDate, Utc};
use serde_json::json;

use super::actions::tax_change::come_into_force;
use super::actions::using_credit::use_unasked;
use super::billing::Billing;
use super::desk::{Desk, clock_back, gap};
use super::planning::next_starts;
use super::refusal::{OrUnknown, Refusal, Result};
use super::work::{Entry, Work};
use crate::domain::id::{GroupId, SubscriptionId};
use crate::domain::log::{Log, Subject};
use crate::domain::numbering::dated;
use crate::domain::pass::{self, Guard, Planned};
use crate::store::Db;
use crate::store::billing::{self, DueSubscription};
use crate::store::group::{self, Group};
use crate::store::tax_change::{self, KeptChange};

/// Invoices a transaction.
const CHUNK: usize = 500;

/// How long a lease stands without a sign of life.
const LEASE_SECONDS: i64 = 5;

/// How a pass is asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PassOptions {
    /// Says what it would do, and does nothing.
    pub dry_run: bool,
    /// A person has seen that it reaches far past the last one.
    pub confirm_gap: bool,
    /// A person has seen that the clock stands before the last pass.
    pub confirm_clock: bool,
}

/// What a pass did, or would do.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct PassReport {
    /// The day it was for.
    pub today: NaiveDate,
    /// The day of the pass before.
    pub last_run_on: Option<NaiveDate>,
    pub materialised: usize,
    /// Invoices issued or put in review.
    pub invoices_issued: usize,
    /// Invoices that became overdue.
    pub became_overdue: usize,
    pub subscriptions_ended: usize,
    /// What happened, a sentence a step.
    pub steps: Vec<String>,
}

impl PassReport {
    fn tell(&mut self) {
        let count = |n: usize, one: &str, many: &str| match n {
            1 => format!("1 {one}"),
            n => format!("{n} {many}"),
        };
        self.steps = [
            (self.materialised, count(self.materialised, "payment came due", "payments came due")),
            (self.invoices_issued, count(self.invoices_issued, "invoice was issued", "invoices were issued")),
            (self.became_overdue, count(self.became_overdue, "invoice became overdue", "invoices became overdue")),
            (self.subscriptions_ended, count(self.subscriptions_ended, "contract ended", "contracts ended")),
        ]
        .into_iter()
        .filter(|(n, _)| *n > 0)
        .map(|(_, step)| step)
        .collect();
    }
}

/// What there is to write, in number order.
struct Plan {
    due: HashMap<SubscriptionId, DueSubscription>,
    steps: Vec<Step>,
    starts: HashMap<(SubscriptionId, u32), Option<NaiveDate>>,
    groups: HashMap<GroupId, Group>,
}

impl Plan {
    /// Whether anything waits for the invoice of a group, in the book or in this plan.
    fn waits_for(&self, db: &Db, group: GroupId, dated: NaiveDate) -> Result<bool> {
        let is_of_group = |planned: &Planned| {
            planned.group_on.is_some_and(|on| on <= dated)
                && self.due.get(&planned.subscription).is_some_and(|due| due.group == Some(group))
        };
        let is_planned = self.steps.iter().any(|step| matches!(step, Step::Period(planned) if is_of_group(planned)));
        Ok(is_planned || !billing::uninvoiced_of_group(db, group, pass::horizon(dated, 0))?.is_empty())
    }
}

/// One step of a pass.
enum Step {
    /// A period of a subscription.
    Period(Planned),
    /// A group's billing day.
    Group(GroupId, NaiveDate),
}

impl Step {
    /// Dates first; on one day a group's members before its invoice, single invoices by subscription before both.
    fn order(&self) -> (NaiveDate, u8, i64, u32) {
        match self {
            Self::Period(p) => match (p.invoice_on, p.group_on) {
                (Some(on), _) => (on, 0, p.subscription.0, p.period.index),
                (None, on) => (on.unwrap_or(p.due_on), 1, p.subscription.0, p.period.index),
            },
            Self::Group(id, on) => (*on, 2, id.0, 0),
        }
    }
}

impl Desk {
    /// Runs the pass of the day when it has not run yet.
    pub fn catch_up(&mut self) -> Result<()> {
        let last = self.read(billing::pass_state)?.last_run_on;
        if last != Some(self.today()) {
            self.run_pass(&PassOptions::default())?;
        }
        Ok(())
    }

    /// Runs the pass of the day. Safe to run twice, from two terminals at once, after weeks of absence.
    pub fn run_pass(&mut self, options: &PassOptions) -> Result<PassReport> {
        self.reload()?;
        let today = self.today();
        let state = self.book().read(billing::pass_state)?;
        let refused = self.guard(*options, today, state.last_run_on)?;
        if options.dry_run || refused.is_some() {
            let report = self.rehearse(today, state.last_run_on)?;
            return match refused {
                Some(refusal) if !options.dry_run => Err(refusal.with(json!({ "dry_run": report })).into()),
                _ => Ok(report),
            };
        }
        if self.somebody_else_did_it(today)? {
            let mut report = PassReport { today, last_run_on: state.last_run_on, ..PassReport::default() };
            report.steps.push("another terminal did it meanwhile".to_owned());
            return Ok(report);
        }
        self.really_run(today, state.last_run_on)
    }

    /// Why the pass of `today` needs a person first.
    fn guard(&self, options: PassOptions, today: NaiveDate, last: Option<NaiveDate>) -> Result<Option<Refusal>> {
        Ok(match pass::guard(last, today) {
            Guard::Gap { days } if !options.confirm_gap => Some(gap(days)),
            Guard::ClockBack { last } if !options.confirm_clock => Some(clock_back(self.shop()?.style, today, last)),
            _ => None,
        })
    }

    /// Waits a moment for a pass that runs elsewhere. Whether it did the work of today.
    fn somebody_else_did_it(&self, today: NaiveDate) -> Result<bool> {
        let mine = self.lease_name();
        for _ in 0..50 {
            let state = self.book().read(billing::pass_state)?;
            let now = self.outside().now();
            let held = state.lease_holder.as_ref().is_some_and(|holder| *holder != mine)
                && state.lease_until_at.is_some_and(|until| until > now && until < now + Duration::seconds(60));
            if !held {
                return Ok(false);
            }
            std::thread::sleep(std::time::Duration::from_millis(100));
            if self.book().read(billing::pass_state)?.last_run_on == Some(today) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn lease_name(&self) -> String {
        format!("{}:{}", self.operator().host, self.operator().pid)
    }

    fn really_run(&self, today: NaiveDate, last_run_on: Option<NaiveDate>) -> Result<PassReport> {
        let mut report = PassReport { today, last_run_on, ..PassReport::default() };
        self.let_rates_come()?;
        // What bills again is billed by this pass; what rests from today on is billed up to here first.
        self.tell_pauses(today, true)?;
        let plan = self.plan(today)?;
        for chunk in plan.steps.chunks(CHUNK) {
            let (payments, invoices) = self.work(|work| self.write_chunk(work, &plan, chunk))?;
            report.materialised += payments;
            report.invoices_issued += invoices;
        }
        loop {
            let waits = |db: &Db| Ok(!billing::ended(db, today, 1)?.is_empty());
            let ended = self.chunk_of(Log::PassEnded, waits, |work| {
                let ended = billing::ended(work.db, today, u32::try_from(CHUNK).unwrap_or(u32::MAX))?;
                for (id, on, asset) in &ended {
                    billing::end_subscription(work.db, *id, *on, *asset)?;
                }
                Ok(ended.len())
            })?;
            report.subscriptions_ended += ended;
            if ended < CHUNK {
                break;
            }
        }
        // Before what is late is marked: what fell with a contract before it was due was never late.
        self.let_deposits_fall(last_run_on)?;
        loop {
            let waits = |db: &Db| Ok(billing::count_to_flag(db, today)? > 0);
            let flagged = self.chunk_of(Log::PassOverdue, waits, |work| {
                Ok(billing::flag_overdue(work.db, today, u32::try_from(CHUNK * 4).unwrap_or(u32::MAX))? as usize)
            })?;
            report.became_overdue += flagged;
            if flagged < CHUNK * 4 {
                break;
            }
        }
        self.tell_pauses(today, false)?;
        report.tell();
        self.finish(today, &report)?;
        Ok(report)
    }

    /// Products get the tax rates whose day has come; a trace stays only where one did.
    fn let_rates_come(&self) -> Result<()> {
        let today = self.today();
        let is_due = |kept: &KeptChange| kept.applied_on.is_none() && kept.change.on <= today;
        if !self.read(tax_change::all)?.iter().any(is_due) {
            return Ok(());
        }
        self.work(|work| {
            let count = come_into_force(work)?;
            work.log(&Entry { details: json!({ "count": count }), ..Entry::new(Log::PassTaxRates, Subject::Pass) })?;
            Ok(())
        })
    }

    /// The status of subscriptions follows their pauses; a trace stays only where one changed.
    fn tell_pauses(&self, today: NaiveDate, bills_again: bool) -> Result<()> {
        if self.read(|db| billing::pauses_to_tell(db, today, bills_again))?.is_empty() {
            return Ok(());
        }
        self.work(|work| {
            let found = billing::pauses_to_tell(work.db, today, bills_again)?;
            for id in &found {
                billing::tell_pause(work.db, *id, bills_again)?;
            }
            let details = json!({ "count": found.len(), "bills_again": bills_again });
            work.log(&Entry { details, ..Entry::new(Log::PassPauses, Subject::Pass) })?;
            Ok(())
        })
    }

    /// One chunk of a later step, skipped without a trace where nothing waits for it.
    fn chunk_of(
        &self,
        action: Log,
        waits: impl Fn(&Db) -> Result<bool>,
        step: impl Fn(&Work) -> Result<usize>,
    ) -> Result<usize> {
        if !self.read(waits)? {
            return Ok(0);
        }
        self.work(|work| {
            let done = step(work)?;
            let details = json!({ "count": done });
            work.log(&Entry { details, ..Entry::new(action, Subject::Pass) })?;
            Ok(done)
        })
    }

    fn write_chunk(&self, work: &Work, plan: &Plan, chunk: &[Step]) -> Result<(usize, usize)> {
        billing::hold_pass(work.db, &self.lease_name(), until(work.now))?;
        let billing = Billing::new(work);
        let (mut payments, mut invoices) = (0, 0);
        for step in chunk {
            match step {
                Step::Period(planned) => {
                    let due = plan.due.get(&planned.subscription).or_unknown("subscription", planned.subscription)?;
                    let next = plan.starts.get(&(planned.subscription, planned.period.index)).copied().flatten();
                    let billed = billing.period(due, planned, next)?;
                    payments += billed.payments;
                    invoices += billed.invoices;
                }
                Step::Group(id, dated) => {
                    let group = plan.groups.get(id).or_unknown("billing group", id)?;
                    if group::by_id(work.db, *id)?.is_some_and(|now| now.last_billed_on < Some(*dated)) {
                        let is_billed = billing.consolidated(group, *dated)?.is_some();
                        invoices += usize::from(is_billed);
                        // A day that is not over may still bring a first member: it is done once it made an invoice.
                        if is_billed || *dated < work.today {
                            group::set_last_billed(work.db, *id, *dated)?;
                        }
                    }
                }
            }
        }
        let details = json!({ "payments": payments, "invoices": invoices });
        work.log(&Entry { details, ..Entry::new(Log::Pass, Subject::Pass) })?;
        use_unasked(work)?;
        Ok((payments, invoices))
    }

    fn finish(&self, today: NaiveDate, report: &PassReport) -> Result<()> {
        // Of several passes at once the one that found nothing left to do leaves no trace.
        let is_done = self.book().read(billing::pass_state)?.last_run_on == Some(today);
        if is_done && report.steps.is_empty() {
            return Ok(());
        }
        self.work(|work| {
            let details = json!({
                "materialised": report.materialised,
                "invoices_issued": report.invoices_issued,
                "became_overdue": report.became_overdue,
                "subscriptions_ended": report.subscriptions_ended,
                "since": report.last_run_on,
            });
            billing::finish_pass(work.db, today, work.now)?;
            work.log(&Entry { details, ..Entry::new(Log::PassDone, Subject::Pass) })?;
            Ok(())
        })
    }

    /// Everything there is to write for `today`, in number order. Reads what is due, by index, and nothing else.
    fn plan(&self, today: NaiveDate) -> Result<Plan> {
        let lead_days = self.shop()?.lead_days;
        self.read(|db| {
            let groups: HashMap<GroupId, Group> = group::all(db)?.into_iter().map(|group| (group.id, group)).collect();
            let mut due = billing::due(db, today + Duration::days(lead_days.into()))?;
            for group in groups.values().filter(|group| pass::looks_ahead(group.billing_day, today, lead_days)) {
                due.extend(billing::due_of_group(db, group.id, pass::horizon(today, lead_days))?);
            }
            let newest = billing::newest_invoice_day(db, today)?;
            let from = pass::first_untold(billing::pass_state(db)?.last_run_on, today);
            let turns = if due.is_empty() { HashMap::new() } else { billing::turns(db)? };
            let mut plan =
                Plan { due: HashMap::with_capacity(due.len()), steps: Vec::new(), starts: HashMap::new(), groups };
            for row in due {
                if plan.due.contains_key(&row.id) {
                    continue;
                }
                let day = row.group.and_then(|id| plan.groups.get(&id)).map(|group| group.billing_day);
                let mut billable = billing::billable(&row, day, turns.get(&row.id).map_or(&[], Vec::as_slice))?;
                if billable.group.is_none() {
                    // As after a longer lead, or where a contract bills again because its end is taken back.
                    billable.activated_on = dated(billable.activated_on, newest).max(from);
                }
                let planned = pass::plan(&billable, today, lead_days);
                next_starts(&billable, &planned, &mut plan.starts);
                plan.steps.extend(planned.into_iter().map(Step::Period));
                plan.due.insert(row.id, row);
            }
            let mut groups = Vec::new();
            for group in plan.groups.values() {
                let days = pass::billing_days(group.billing_day, group.last_billed_on, group.created_on, today);
                for (dated, _) in days {
                    if dated < today || plan.waits_for(db, group.id, dated)? {
                        groups.push(Step::Group(group.id, dated));
                    }
                }
            }
            plan.steps.append(&mut groups);
            plan.steps.sort_unstable_by_key(Step::order);
            Ok::<_, super::DeskError>(plan)
        })
    }
}

fn until(now: DateTime<Utc>) -> DateTime<Utc> {
    now + Duration::seconds(LEASE_SECONDS)
}
