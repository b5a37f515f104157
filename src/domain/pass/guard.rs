//! Whether a pass may run by itself, or a person looks first.

use chrono::NaiveDate;

/// The most days a pass may reach past the last one before a person has to confirm it.
pub const LONGEST_GAP: i64 = 45;

/// Whether a pass may run by itself.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Guard {
    /// It may.
    Clear,
    /// It would reach so many days past the last one, more than [`LONGEST_GAP`]: a person confirms it first.
    Gap {
        /// Days since the last pass.
        days: i64,
    },
    /// The clock stands before the last pass: a person confirms it first.
    ClockBack {
        /// The day of the last pass.
        last: NaiveDate,
    },
}

/// Looks at the clock before a pass on `today`. The first pass of a book has no gap.
pub fn guard(last_run: Option<NaiveDate>, today: NaiveDate) -> Guard {
    match last_run.map(|last| (last, (today - last).num_days())) {
        Some((last, ..0)) => Guard::ClockBack { last },
        Some((_, days)) if days > LONGEST_GAP => Guard::Gap { days },
        _ => Guard::Clear,
    }
}

/// The first day a pass on `today` may date an invoice: that of the last pass. It brought all there was to bill by then,
/// and what the days before it owed has been told; what is found late, as of a contract that bills again, came by a step
/// of that day or a later one.
pub fn first_untold(last_run: Option<NaiveDate>, today: NaiveDate) -> NaiveDate {
    last_run.map_or(NaiveDate::MIN, |last| last.min(today))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_pass_asks_before_a_long_gap_and_when_the_clock_went_back() {
        let last = day("2025-01-01");
        assert_eq!(guard(None, day("2099-01-01")), Guard::Clear);
        assert_eq!(guard(Some(last), last), Guard::Clear);
        assert_eq!(guard(Some(last), day("2025-02-15")), Guard::Clear);
        assert_eq!(guard(Some(last), day("2025-02-16")), Guard::Gap { days: 46 });
        assert_eq!(guard(Some(last), day("2024-12-31")), Guard::ClockBack { last });
    }

    #[test]
    fn no_invoice_is_dated_into_days_a_pass_has_been_through() {
        let last = Some(day("2025-01-07"));
        assert_eq!(first_untold(last, day("2025-01-20")), day("2025-01-07"));
        assert_eq!(first_untold(last, day("2025-01-03")), day("2025-01-03"));
        assert_eq!(first_untold(None, day("2025-01-07")), NaiveDate::MIN);
    }
}
