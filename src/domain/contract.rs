//! What changing or ending a contract costs: days given back, the fee of an early return, a buyout, a longer term.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::calendar::{add_months, month_number};
use super::format::coded;
use super::money::LARGEST;
use super::rounding::{Rounding, narrow};

/// What becomes of the period that runs when a subscription is cancelled; a setting of the shop.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RunningPeriod {
    /// Its days from the cancelling on are given back.
    #[default]
    Prorate,
    /// It is owed to its end.
    Keep,
}

coded!(RunningPeriod { Prorate = "prorate", Keep = "keep" });

impl RunningPeriod {
    /// From which day on nothing is owed when a subscription is cancelled on `day`, while `running` is the period that
    /// holds the day before it and the day itself. No period runs where the day is the first of one.
    pub fn owed_until(self, day: NaiveDate, running: Option<(NaiveDate, NaiveDate)>) -> NaiveDate {
        match (self, running) {
            (Self::Keep, Some((start, end))) if start < day && day < end => end,
            _ => day,
        }
    }
}

/// In what condition an asset comes back.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Condition {
    /// As it went out: it can be rented again.
    #[default]
    Good,
    /// Used, and can be rented again.
    Worn,
    /// It cannot be rented again: it is retired.
    Damaged,
}

coded!(Condition { Good = "good", Worn = "worn", Damaged = "damaged" });

impl Condition {
    /// The word on screens.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Good => "Good",
            Self::Worn => "Worn",
            Self::Damaged => "Damaged, retired",
        }
    }
}

/// A pause: the first day paused, and the first one that bills again.
pub type Pause = (NaiveDate, Option<NaiveDate>);

/// How many months a contract has left from `from` to its `end` (exclusive); a month that is begun counts.
pub fn months_left(from: NaiveDate, end: NaiveDate) -> u32 {
    if end <= from {
        return 0;
    }
    let months = month_number(end) - month_number(from);
    let is_enough = add_months(from, months).is_some_and(|day| day >= end);
    (months + i32::from(!is_enough)).unsigned_abs()
}

/// The fee of an early return: months left × monthly price × rate (parts per million), rounded once. 4 × 129.00 at
/// 50 % is 258.00.
pub fn early_return_fee(months: u32, monthly_minor: i64, rate_ppm: i64) -> i64 {
    let whole = i128::from(months) * i128::from(monthly_minor) * i128::from(rate_ppm);
    narrow(Rounding::HalfUp.div(whole, 1_000_000))
}

/// The price of a buyout: the rent that remains and the residual value of the asset, 516.00 + 142.00 = 658.00. `None`
/// where it is more than the book can hold.
pub fn buyout(remaining_minor: i64, residual_minor: i64) -> Option<i64> {
    remaining_minor.checked_add(residual_minor).filter(|sum| *sum <= LARGEST)
}

/// The end of a contract that runs `months` longer: whole months are counted from its start, so that a contract from
/// the 31st keeps its day; one that was cut elsewhere goes on from there.
pub fn extended_end(start: NaiveDate, end: NaiveDate, months: u32) -> Option<NaiveDate> {
    let more = i32::try_from(months).ok()?;
    let had = month_number(end) - month_number(start);
    if add_months(start, had) == Some(end) { add_months(start, had.checked_add(more)?) } else { add_months(end, more) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn the_running_period_is_cut_or_kept() {
        let running = Some((day("2025-09-01"), day("2025-10-01")));
        for (rule, on, until) in [
            (RunningPeriod::Prorate, "2025-09-11", "2025-09-11"),
            (RunningPeriod::Keep, "2025-09-11", "2025-10-01"),
            (RunningPeriod::Keep, "2025-09-01", "2025-09-01"),
            (RunningPeriod::Prorate, "2025-09-01", "2025-09-01"),
        ] {
            assert_eq!(rule.owed_until(day(on), running), day(until), "{rule:?} {on}");
        }
        assert_eq!(RunningPeriod::Keep.owed_until(day("2025-09-11"), None), day("2025-09-11"));
    }

    #[test]
    fn a_month_that_is_begun_counts() {
        for (from, end, months) in [
            ("2025-09-01", "2026-01-01", 4),
            ("2025-09-02", "2026-01-01", 4),
            ("2025-12-31", "2026-01-01", 1),
            ("2026-01-01", "2026-01-01", 0),
            ("2026-02-01", "2026-01-01", 0),
            ("2025-01-31", "2025-02-28", 1),
            ("2025-08-15", "2026-01-01", 5),
        ] {
            assert_eq!(months_left(day(from), day(end)), months, "{from} {end}");
        }
    }

    #[test]
    fn the_fee_of_an_early_return_and_the_price_of_a_buyout() {
        assert_eq!(early_return_fee(4, 12_900, 500_000), 25_800);
        assert_eq!(early_return_fee(1, 101, 500_000), 51);
        assert_eq!(early_return_fee(0, 12_900, 500_000), 0);
        assert_eq!(early_return_fee(4, 12_900, 0), 0);
        assert_eq!(buyout(51_600, 14_200), Some(65_800));
        assert_eq!(buyout(LARGEST, 1), None);
    }

    #[test]
    fn a_longer_contract_keeps_its_day() {
        assert_eq!(extended_end(day("2025-01-31"), day("2025-02-28"), 1), Some(day("2025-03-31")));
        assert_eq!(extended_end(day("2025-01-01"), day("2026-01-01"), 6), Some(day("2026-07-01")));
        assert_eq!(extended_end(day("2025-01-01"), day("2025-05-12"), 2), Some(day("2025-07-12")));
    }

    proptest! {
        #[test]
        fn the_months_left_reach_the_end_and_one_less_does_not(start in 0_i64..3_000, length in 1_i64..3_000) {
            let from = day("2020-01-01") + chrono::Duration::days(start);
            let end = from + chrono::Duration::days(length);
            let months = months_left(from, end).cast_signed();
            prop_assert!(add_months(from, months).unwrap() >= end);
            prop_assert!(add_months(from, months - 1).unwrap() < end);
        }

        #[test]
        fn extending_twice_is_extending_by_the_sum(start in 0_i64..1_500, had in 1_u32..60, one in 1_u32..24, two in 1_u32..24) {
            let start = day("2020-01-01") + chrono::Duration::days(start);
            let end = add_months(start, had.cast_signed()).unwrap();
            let there = extended_end(start, extended_end(start, end, one).unwrap(), two);
            prop_assert_eq!(there, extended_end(start, end, one + two));
        }
    }
}
