//! The days on which the shop asks for its money: attempts, reminders, notices, fees.

use std::fmt;
use std::str::FromStr;

use chrono::NaiveDate;
use thiserror::Error;

use super::calendar::add_days;
use super::rounding::share;

/// The most days in one list.
const MOST: usize = 20;
/// The furthest day from the due date.
const FURTHEST: u32 = 365;
/// Days between repeated late fees.
const FEE_EVERY: i64 = 30;

/// Days counted from a due date, as a person types them: `0,3,7`. Kept sorted, each once.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Offsets(Vec<u32>);

/// Why a text is no list of days.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum OffsetsError {
    /// Something that is no number.
    #[error("“{0}” is not a number of days: write them with commas, like 0,3,7")]
    NotADay(String),
    /// Too far away.
    #[error("{0} days is further from the due date than a year")]
    TooFar(u32),
    /// Too many.
    #[error("at most {MOST} days can be listed")]
    TooMany,
}

impl Offsets {
    /// The days, ascending.
    pub fn days(&self) -> &[u32] {
        &self.0
    }

    /// Whether no day is listed.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The dates so many days after `due_on`, in order.
    pub fn after(&self, due_on: NaiveDate) -> Vec<NaiveDate> {
        dates(due_on, self.0.iter().map(|day| i64::from(*day)))
    }

    /// The dates so many days before `due_on`, in order.
    pub fn before(&self, due_on: NaiveDate) -> Vec<NaiveDate> {
        dates(due_on, self.0.iter().map(|day| -i64::from(*day)))
    }
}

/// Reads `0,3,7`; spaces are welcome, an empty text is no day at all.
impl FromStr for Offsets {
    type Err = OffsetsError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut days = Vec::new();
        for word in text.split([',', ' ', ';']).map(str::trim).filter(|word| !word.is_empty()) {
            let refuse = || OffsetsError::NotADay(word.chars().take(20).collect());
            if !word.bytes().all(|byte| byte.is_ascii_digit()) {
                return Err(refuse());
            }
            let day: u32 = word.parse().map_err(|_| refuse())?;
            if day > FURTHEST {
                return Err(OffsetsError::TooFar(day));
            }
            days.push(day);
        }
        days.sort_unstable();
        days.dedup();
        if days.len() > MOST { Err(OffsetsError::TooMany) } else { Ok(Self(days)) }
    }
}

/// As it is typed: `0,3,7`.
impl fmt::Display for Offsets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words: Vec<String> = self.0.iter().map(u32::to_string).collect();
        f.pad(&words.join(","))
    }
}

/// The dates `offsets` days from `due_on` (before it below zero), ascending, each once: two causes on one day make one
/// attempt.
pub fn dates(due_on: NaiveDate, offsets: impl IntoIterator<Item = i64>) -> Vec<NaiveDate> {
    let mut dates: Vec<NaiveDate> = offsets.into_iter().map(|days| add_days(due_on, days)).collect();
    dates.sort_unstable();
    dates.dedup();
    dates
}

/// The one date of `dates` to act on by `today` after the last action: the latest that has come. Days that were missed
/// make one attempt, not several.
pub fn pending_date(dates: &[NaiveDate], last: Option<NaiveDate>, today: NaiveDate) -> Option<NaiveDate> {
    dates.iter().copied().filter(|date| *date <= today && last.is_none_or(|last| *date > last)).max()
}

/// Whether steps after the due date are taken for `due` minor units: not at or under the class's threshold. Card
/// attempts are made all the same.
pub const fn is_worth_collecting(due: i64, threshold: i64) -> bool {
    due > threshold
}

/// The first day of a step that comes `after_days` after the due date: never inside the grace days, which count from
/// the due date too.
pub fn step_on(due_on: NaiveDate, grace_days: u32, after_days: u32) -> NaiveDate {
    add_days(due_on, i64::from(after_days.max(grace_days.saturating_add(1))))
}

/// How many late fees an invoice has had cause for by `today`: one when its grace days are over, and where the class
/// repeats it, one more each 30 days.
pub fn fees_by(due_on: NaiveDate, grace_days: u32, repeats: bool, today: NaiveDate) -> u32 {
    match (today - step_on(due_on, grace_days, 0)).num_days() {
        ..0 => 0,
        late if repeats => u32::try_from(late / FEE_EVERY).unwrap_or(u32::MAX).saturating_add(1),
        _ => 1,
    }
}

/// The late fee on an invoice of `original` minor units: `fixed` and `ppm` parts per million of the original amount,
/// earlier fees not counted in, and no more than what the `cap` leaves after `charged` in fees before.
pub fn late_fee(original: i64, fixed: i64, ppm: u32, cap: Option<i64>, charged: i64) -> i64 {
    let fee = fixed.saturating_add(share(original, i64::from(ppm), 1_000_000));
    let left = cap.map_or(fee, |cap| cap.saturating_sub(charged));
    fee.min(left).max(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn days_are_read_sorted_and_shown_as_typed() {
        assert_eq!("7, 0,3,3".parse::<Offsets>().unwrap().to_string(), "0,3,7");
        assert!("".parse::<Offsets>().unwrap().is_empty());
        assert!(matches!("0,x".parse::<Offsets>(), Err(OffsetsError::NotADay(_))));
        assert!(matches!("-5".parse::<Offsets>(), Err(OffsetsError::NotADay(_))));
        assert_eq!("366".parse::<Offsets>(), Err(OffsetsError::TooFar(366)));
        let many: Vec<String> = (0..30).map(|n: u32| n.to_string()).collect();
        assert_eq!(many.join(",").parse::<Offsets>(), Err(OffsetsError::TooMany));
        let reminders: Offsets = "7,2".parse().unwrap();
        assert_eq!(reminders.before(day("2025-03-08")), [day("2025-03-01"), day("2025-03-06")]);
        assert_eq!(reminders.after(day("2025-03-08")), [day("2025-03-10"), day("2025-03-15")]);
        assert_eq!(reminders.days(), [2, 7]);
    }

    #[test]
    fn days_that_were_missed_make_one_attempt() {
        let dates = dates(day("2025-09-15"), [0, 3, 7]);
        assert_eq!(pending_date(&dates, None, day("2025-09-14")), None);
        assert_eq!(pending_date(&dates, None, day("2025-09-20")), Some(day("2025-09-18")));
        assert_eq!(pending_date(&dates, Some(day("2025-09-20")), day("2025-09-21")), None);
        assert_eq!(pending_date(&dates, Some(day("2025-09-20")), day("2025-10-21")), Some(day("2025-09-22")));
    }

    #[test]
    fn an_amount_at_the_threshold_is_not_collected() {
        assert!(!is_worth_collecting(50, 100));
        assert!(!is_worth_collecting(100, 100));
        assert!(is_worth_collecting(101, 100));
    }

    #[test]
    fn a_fee_comes_once_or_each_thirty_days_after_the_grace_days() {
        let due = day("2025-01-01");
        assert_eq!(fees_by(due, 0, false, due), 0);
        assert_eq!(fees_by(due, 0, false, day("2025-01-02")), 1);
        assert_eq!(fees_by(due, 5, true, day("2025-01-06")), 0);
        assert_eq!(fees_by(due, 5, true, day("2025-01-07")), 1);
        assert_eq!(fees_by(due, 5, true, day("2025-02-05")), 1);
        assert_eq!(fees_by(due, 5, true, day("2025-02-06")), 2);
        assert_eq!(fees_by(due, 5, false, day("2026-02-06")), 1);
        assert_eq!(step_on(due, 5, 3), day("2025-01-07"));
        assert_eq!(step_on(due, 5, 20), day("2025-01-21"));
    }

    #[test]
    fn a_fee_is_taken_from_the_original_amount_up_to_its_cap() {
        assert_eq!(late_fee(10_000, 1000, 0, None, 0), 1000);
        assert_eq!(late_fee(10_000, 0, 150_000, None, 1000), 1500);
        assert_eq!(late_fee(10_000, 1000, 150_000, Some(2000), 0), 2000);
        assert_eq!(late_fee(10_000, 1000, 0, Some(2000), 1500), 500);
        assert_eq!(late_fee(10_000, 1000, 0, Some(2000), 2500), 0);
    }
}
