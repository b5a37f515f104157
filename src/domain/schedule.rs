//! The billing periods of a subscription: contiguous, always counted from the anchor, never from the last date.

use chrono::{Datelike, NaiveDate};
use thiserror::Error;

use super::calendar::{add_months, month_number, on_anchor_of};
use super::frequency::Frequency;
use super::proration::prorate;

/// The longest contract, in months.
pub const LONGEST_MONTHS: u32 = 600;

/// The years a contract may touch; outside them a typing mistake is meant, not a contract.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=2999;

/// A contract from `start` to `end` (exclusive), billed every [`Frequency`] on an anchor day.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Schedule {
    /// First day of the contract.
    pub start: NaiveDate,
    /// The day after the last one.
    pub end: NaiveDate,
    /// The length of a full period.
    pub frequency: Frequency,
    /// The day of the month periods start on, 1 to 31, clamped in shorter months.
    pub anchor_day: u32,
}

/// One billing period, `[start, end)`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Period {
    /// Its place in the schedule, from 0.
    pub index: u32,
    /// First day billed.
    pub start: NaiveDate,
    /// The day after the last one billed.
    pub end: NaiveDate,
    /// Where the full period it belongs to starts; before `start` only in a first period that is cut.
    pub aligned_start: NaiveDate,
    /// Where the full period it belongs to ends (exclusive); after `end` only in a last period that is cut.
    pub aligned_end: NaiveDate,
    /// The anchor day of its schedule.
    pub anchor_day: u32,
}

/// Why there is no such schedule.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ScheduleError {
    /// No day to bill.
    #[error("the contract must end after it starts ({start})")]
    Empty {
        /// The first day asked for.
        start: NaiveDate,
    },
    /// Zero months.
    #[error("a contract runs for at least 1 month")]
    NoMonths,
    /// More than [`LONGEST_MONTHS`].
    #[error("a contract runs for at most {LONGEST_MONTHS} months, {0} is longer")]
    TooLong(u32),
    /// No such day of the month.
    #[error("the anchor day is a day of the month from 1 to 31, not {0}")]
    AnchorDay(u32),
    /// A date nobody can mean.
    #[error("{0} is outside the years the book knows (1900 to 2999)")]
    Year(NaiveDate),
}

/// The first day from `start` on that falls on the anchor day of its month, clamped in shorter months. The frequency
/// does not matter: even an annual contract starts its first full period within a month. `None` for anchor day 0.
pub fn first_anchor(start: NaiveDate, anchor_day: u32) -> Option<NaiveDate> {
    let month = month_number(start);
    on_anchor_of(month, anchor_day).filter(|day| *day >= start).or_else(|| on_anchor_of(month + 1, anchor_day))
}

impl Schedule {
    /// A contract from `start` to `end` (exclusive). Without an anchor day it is the start's own.
    pub fn new(
        start: NaiveDate,
        end: NaiveDate,
        frequency: Frequency,
        anchor_day: Option<u32>,
    ) -> Result<Self, ScheduleError> {
        let anchor_day = anchor_day.unwrap_or_else(|| start.day());
        if let Some(day) = [start, end].into_iter().find(|day| !YEARS.contains(&day.year())) {
            return Err(ScheduleError::Year(day));
        }
        if !(1..=31).contains(&anchor_day) {
            return Err(ScheduleError::AnchorDay(anchor_day));
        }
        if end <= start {
            return Err(ScheduleError::Empty { start });
        }
        let longest = add_months(start, LONGEST_MONTHS.cast_signed());
        if longest.is_none_or(|longest| end > longest) {
            return Err(ScheduleError::TooLong((month_number(end) - month_number(start)).unsigned_abs()));
        }
        Ok(Self { start, end, frequency, anchor_day })
    }

    /// A contract of `months` months; it ends (exclusive) that many months after its start, clamped.
    pub fn for_months(
        start: NaiveDate,
        months: u32,
        frequency: Frequency,
        anchor_day: Option<u32>,
    ) -> Result<Self, ScheduleError> {
        if months == 0 {
            return Err(ScheduleError::NoMonths);
        }
        if months > LONGEST_MONTHS {
            return Err(ScheduleError::TooLong(months));
        }
        let end = add_months(start, months.cast_signed()).ok_or(ScheduleError::Year(start))?;
        Self::new(start, end, frequency, anchor_day)
    }

    /// The first day from the start on that is on the anchor: where the first full period begins.
    pub fn first_anchor(&self) -> NaiveDate {
        first_anchor(self.start, self.anchor_day).unwrap_or(self.start)
    }

    /// 1 where days before the first anchor make a first, cut period; else 0.
    fn stubs(&self) -> u32 {
        u32::from(self.first_anchor() > self.start)
    }

    /// The `k`th anchor from the first one on; below zero those before it.
    fn anchor(&self, k: i32) -> Option<NaiveDate> {
        let step = self.frequency.months().cast_signed();
        on_anchor_of(month_number(self.first_anchor()).checked_add(k.checked_mul(step)?)?, self.anchor_day)
    }

    /// The period at `index`, without walking those before it; `None` past the last one.
    pub fn period(&self, index: u32) -> Option<Period> {
        if index >= self.count() {
            return None;
        }
        let k = i32::try_from(index).ok()? - self.stubs().cast_signed();
        let (aligned_start, aligned_end) = (self.anchor(k)?, self.anchor(k + 1)?);
        let (start, end) = (aligned_start.max(self.start), aligned_end.min(self.end));
        Some(Period { index, start, end, aligned_start, aligned_end, anchor_day: self.anchor_day })
    }

    /// All periods, in order.
    pub fn periods(&self) -> impl Iterator<Item = Period> + use<> {
        let schedule = *self;
        (0..schedule.count()).map_while(move |index| schedule.period(index))
    }

    /// How many periods, and so payments, there are.
    pub fn count(&self) -> u32 {
        self.starts_before(self.end)
    }

    /// How many periods start before `day`: also the index of the first period that starts on it or later.
    pub fn starts_before(&self, day: NaiveDate) -> u32 {
        let day = day.min(self.end);
        if day <= self.start {
            return 0;
        }
        let first = self.first_anchor();
        if day <= first {
            return self.stubs();
        }
        let step = self.frequency.months();
        let months = (month_number(day) - month_number(first)).unsigned_abs();
        let on_a_start = months.is_multiple_of(step);
        let one_more = on_a_start && on_anchor_of(month_number(day), self.anchor_day).is_some_and(|start| start < day);
        self.stubs() + months.div_ceil(step) + u32::from(one_more)
    }

    /// The period that holds `day`, if the contract does.
    pub fn period_on(&self, day: NaiveDate) -> Option<Period> {
        if day < self.start || day >= self.end {
            return None;
        }
        self.period(self.starts_before(day.succ_opt()?).checked_sub(1)?)
    }
}

impl Period {
    /// The last day billed, as screens and papers show it.
    pub fn last_day(&self) -> NaiveDate {
        self.end.pred_opt().unwrap_or(self.end)
    }

    /// As far as it lies before `until`; none where no day of it does.
    pub fn before(&self, until: NaiveDate) -> Option<Self> {
        (self.start < until).then(|| Self { end: self.end.min(until), ..*self })
    }

    /// How many days are billed.
    pub fn days(&self) -> i64 {
        (self.end - self.start).num_days()
    }

    /// Whether it is a full period, cut on neither side.
    pub fn is_whole(&self) -> bool {
        self.start == self.aligned_start && self.end == self.aligned_end
    }
}

/// What a period costs, in minor units as priced (no tax added): a full one the monthly price × its months; a first
/// one that is cut, its days of the full period it belongs to; a last one that is cut, the price × its whole months
/// and the rest of days of the month they fall in.
pub fn price(period: &Period, frequency: Frequency, monthly_minor: i64) -> i64 {
    let full = monthly_minor.saturating_mul(i64::from(frequency.months()));
    if period.is_whole() {
        return full;
    }
    if period.start > period.aligned_start {
        return prorate(full, period.days(), (period.aligned_end - period.aligned_start).num_days());
    }
    let first_month = month_number(period.aligned_start);
    let month_start = |n: i32| on_anchor_of(first_month + n, period.anchor_day);
    let mut whole_months = 0;
    while month_start(whole_months + 1).is_some_and(|day| day <= period.end) {
        whole_months += 1;
    }
    let rest = match (month_start(whole_months), month_start(whole_months + 1)) {
        (Some(from), Some(to)) => prorate(monthly_minor, (period.end - from).num_days(), (to - from).num_days()),
        _ => 0,
    };
    monthly_minor.saturating_mul(i64::from(whole_months)).saturating_add(rest)
}

/// By what its days are priced where some of them are not billed: an amount, and the days it is for. A first period that
/// is cut, and a last one shorter than a month, go by the full period they belong to, so that they are rounded once; else
/// it is what the period costs, and its days.
pub fn day_basis(period: &Period, frequency: Frequency, monthly_minor: i64) -> (i64, i64) {
    if period.start > period.aligned_start || frequency == Frequency::Monthly {
        let full = monthly_minor.saturating_mul(i64::from(frequency.months()));
        (full, (period.aligned_end - period.aligned_start).num_days())
    } else {
        (price(period, frequency, monthly_minor), period.days())
    }
}

/// What a period costs when the contract was cancelled to `until`: its price by the days before it, nothing where it
/// starts later.
pub fn price_before(period: &Period, frequency: Frequency, monthly_minor: i64, until: NaiveDate) -> i64 {
    let (full, days) = day_basis(period, frequency, monthly_minor);
    prorate(full, period.before(until).map_or(0, |cut| cut.days()), days)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn starts(schedule: &Schedule) -> Vec<String> {
        schedule.periods().map(|period| period.start.to_string()).collect()
    }

    #[test]
    fn a_contract_of_a_year_has_twelve_monthly_payments() {
        let schedule = Schedule::for_months(day("2025-01-01"), 12, Frequency::Monthly, None).unwrap();
        assert_eq!(schedule.count(), 12);
        assert_eq!(starts(&schedule).last().unwrap(), "2025-12-01");
        assert!(schedule.periods().all(|period| price(&period, Frequency::Monthly, 8900) == 8900));
    }

    #[test]
    fn an_end_of_month_start_comes_back_to_the_31st() {
        let schedule = Schedule::for_months(day("2024-01-31"), 4, Frequency::Monthly, None).unwrap();
        assert_eq!(starts(&schedule), ["2024-01-31", "2024-02-29", "2024-03-31", "2024-04-30"]);
    }

    #[test]
    fn days_before_the_first_anchor_are_a_period_of_their_own() {
        let schedule = Schedule::for_months(day("2025-01-20"), 3, Frequency::Monthly, Some(1)).unwrap();
        assert_eq!(starts(&schedule), ["2025-01-20", "2025-02-01", "2025-03-01", "2025-04-01"]);
        let prices: Vec<i64> = schedule.periods().map(|period| price(&period, Frequency::Monthly, 3100)).collect();
        assert_eq!(prices, [1200, 3100, 3100, 1963]);
    }

    #[test]
    fn a_short_last_quarter_costs_its_whole_months_and_the_days_of_the_rest() {
        let schedule = Schedule::new(day("2025-01-31"), day("2025-06-15"), Frequency::Quarterly, None).unwrap();
        let prices: Vec<i64> = schedule.periods().map(|period| price(&period, Frequency::Quarterly, 3000)).collect();
        // 31 Jan – 29 Apr whole; 30 Apr – 30 May one month, then 15 of the 30 days from 31 May to 29 June.
        assert_eq!(prices, [9000, 4500]);
    }

    #[test]
    fn a_contract_that_ends_before_its_first_anchor_is_one_short_period() {
        let schedule = Schedule::new(day("2026-01-10"), day("2026-01-12"), Frequency::Annual, Some(20)).unwrap();
        assert_eq!(schedule.count(), 1);
        assert_eq!(price(&schedule.period(0).unwrap(), Frequency::Annual, 36500), 2400);
    }

    #[test]
    fn the_period_of_a_day_is_found_without_walking() {
        let schedule = Schedule::for_months(day("2025-01-20"), 600, Frequency::Monthly, Some(1)).unwrap();
        for period in schedule.periods() {
            assert_eq!(schedule.period_on(period.start), Some(period));
            assert_eq!(schedule.period_on(period.last_day()), Some(period));
            assert_eq!(schedule.starts_before(period.start), period.index);
        }
        assert_eq!(schedule.period_on(day("2025-01-19")), None);
        assert_eq!(schedule.period_on(schedule.end), None);
        assert_eq!(schedule.period(schedule.count()), None);
    }

    #[test]
    fn all_days_of_a_period_cost_what_it_costs() {
        for frequency in Frequency::ALL.iter().copied() {
            for (start, end, anchor) in [("2024-01-20", "2025-03-07", 31), ("2024-02-29", "2024-03-05", 10)] {
                let schedule = Schedule::new(day(start), day(end), frequency, Some(anchor)).unwrap();
                for period in schedule.periods() {
                    let (whole, cut) =
                        (price(&period, frequency, 9137), price_before(&period, frequency, 9137, day(end)));
                    assert_eq!(whole, cut, "{frequency:?} {period:?}");
                    assert_eq!(price_before(&period, frequency, 9137, period.start), 0);
                }
            }
        }
    }

    #[test]
    fn a_contract_nobody_can_mean_is_refused_in_words() {
        let months = |n| Schedule::for_months(day("2025-01-01"), n, Frequency::Monthly, None);
        assert_eq!(months(0).unwrap_err().to_string(), "a contract runs for at least 1 month");
        assert!(months(600).is_ok());
        let said = months(601).unwrap_err().to_string();
        assert_eq!(said, "a contract runs for at most 600 months, 601 is longer");
        let span = |from: &str, to: &str, anchor| Schedule::new(day(from), day(to), Frequency::Monthly, anchor);
        assert!(matches!(span("2025-01-02", "2025-01-02", None), Err(ScheduleError::Empty { .. })));
        assert!(matches!(span("2025-01-02", "2075-01-03", None), Err(ScheduleError::TooLong(_))));
        assert!(matches!(span("2025-01-01", "2025-02-01", Some(32)), Err(ScheduleError::AnchorDay(32))));
        assert!(matches!(span("0025-01-01", "2025-02-01", None), Err(ScheduleError::Year(_))));
    }
}
