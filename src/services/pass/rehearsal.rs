//! What a pass would do: reckoned from its plan for the dry run, or really done inside an attempt that is taken back.

use std::collections::HashSet;

use chrono::NaiveDate;

use super::{PassOptions, PassReport, Step};
use crate::domain::id::GroupId;
use crate::services::desk::Desk;
use crate::services::refusal::{DeskError, Result};
use crate::store::billing;

impl Desk {
    /// What the pass of `today` would do.
    pub(super) fn rehearse(&self, today: NaiveDate, last_run_on: Option<NaiveDate>) -> Result<PassReport> {
        let plan = self.plan(today)?;
        let mut report = PassReport { today, last_run_on, ..PassReport::default() };
        let mut waiting: HashSet<GroupId> = self.read(|db| {
            let some = |id: &GroupId| Ok::<_, DeskError>(!billing::uninvoiced_of_group(db, *id, today)?.is_empty());
            plan.groups.keys().filter_map(|id| some(id).map(|is| is.then_some(*id)).transpose()).collect()
        })?;
        for step in &plan.steps {
            match step {
                Step::Period(planned) => {
                    report.materialised += 1;
                    report.invoices_issued += usize::from(planned.invoice_on.is_some());
                    let group = plan.due.get(&planned.subscription).and_then(|due| due.group);
                    waiting.extend(planned.group_on.and(group));
                }
                Step::Group(id, _) => report.invoices_issued += usize::from(waiting.remove(id)),
            }
        }
        let (overdue, ended) = self.book().read(|db| {
            Ok::<_, DeskError>((billing::count_to_flag(db, today)?, billing::ended(db, today, u32::MAX)?.len()))
        })?;
        let late = |step: &&Step| matches!(step, Step::Period(p) if p.invoice_on.is_some() && p.due_on < today);
        let issued_late = plan.steps.iter().filter(late).count();
        report.became_overdue = usize::try_from(overdue).unwrap_or(0) + issued_late;
        report.subscriptions_ended = ended;
        report.tell();
        Ok(report)
    }

    /// What is refused because of the clock, with what the pass that confirms it would do.
    pub(in crate::services) fn rehearsed(&self, error: DeskError) -> DeskError {
        let DeskError::Refused(refusal) = error else { return error };
        if !matches!(refusal.code, "gap" | "clock_back") || refusal.details.is_some() {
            return refusal.into();
        }
        let report = self.read(billing::pass_state).and_then(|state| self.rehearse(self.today(), state.last_run_on));
        match report {
            Ok(report) => refusal.with(serde_json::json!({ "dry_run": report })).into(),
            Err(_) => refusal.into(),
        }
    }

    /// The pass of the day inside an attempt, as [`Desk::catch_up`] runs it for good. It waits for no other one: while an
    /// attempt lasts, nobody else writes.
    pub(in crate::services) fn try_pass(&self) -> Result<()> {
        let (today, last) = (self.today(), self.book().read(billing::pass_state)?.last_run_on);
        if last == Some(today) {
            return Ok(());
        }
        match self.guard(PassOptions::default(), today, last)? {
            Some(refused) => Err(refused.into()),
            None => self.really_run(today, last).map(drop),
        }
    }
}
