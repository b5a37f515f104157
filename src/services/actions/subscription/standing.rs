//! Which days of a contract are billed, by its dates, its pauses and what a person cancelled.

use chrono::NaiveDate;

use crate::domain::billed_days::{Day, Holder, billed_days};
use crate::domain::contract::Pause;
use crate::domain::log::Log;
use crate::domain::schedule::{Period, Schedule};
use crate::domain::status::PaymentStatus;
use crate::store::period::PeriodPayment;

/// What says which days of a contract are billed.
#[derive(Clone, Debug)]
pub(super) struct Standing {
    /// As agreed.
    pub schedule: Schedule,
    pub pauses: Vec<Pause>,
    /// The first day that is not owed.
    pub until: NaiveDate,
}

impl Standing {
    /// The days of a period that are billed; those of none are none.
    pub fn days(&self, period: Option<Period>, lines: &[&PeriodPayment]) -> Vec<Day> {
        let held = |line: &&PeriodPayment| Holder {
            span: (line.start, line.end),
            is_given_up: line.status == PaymentStatus::Cancelled
                && !line.cancelled_by.is_some_and(|by| Log::OF_A_SUBSCRIPTION.contains(&by)),
        };
        let holders: Vec<Holder> = lines.iter().map(held).collect();
        period
            .map_or_else(Vec::new, |period| billed_days((period.start, period.end), &holders, &self.pauses, self.until))
    }
}
