//! Which days of a period are billed, and what a change of them gives back or bills anew. What a period still owes is
//! the price of its days that are billed, rounded once over the period, however many cuts led there.

use chrono::NaiveDate;

use super::contract::Pause;
use super::proration::prorate;

/// A payment that stands for days of a period; of several that hold a day the newest stands for it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Holder {
    /// First day and the day after the last one.
    pub span: (NaiveDate, NaiveDate),
    /// Whether a person cancelled it: its days are owed no more, whatever else changes.
    pub is_given_up: bool,
}

/// A day that is billed, and the place of the payment that stands for it; none where no payment does yet.
pub type Day = (NaiveDate, Option<usize>);

/// The days of `[start, end)` that are billed: in no pause, before `until`, and not given up. `holders` stand oldest
/// first.
pub fn billed_days(
    (start, end): (NaiveDate, NaiveDate),
    holders: &[Holder],
    pauses: &[Pause],
    until: NaiveDate,
) -> Vec<Day> {
    let rests = |day: NaiveDate| pauses.iter().any(|(from, to)| *from <= day && to.is_none_or(|to| day < to));
    let held = |day: NaiveDate| holders.iter().rposition(|held| held.span.0 <= day && day < held.span.1);
    let is_given_up = |at: Option<usize>| at.and_then(|at| holders.get(at)).is_some_and(|held| held.is_given_up);
    let days = start.iter_days().take_while(|day| *day < end.min(until)).filter(|day| !rests(*day));
    days.map(|day| (day, held(day))).filter(|(_, at)| !is_given_up(*at)).collect()
}

/// Days of the first that are not among the second.
pub fn without(days: &[Day], others: &[Day]) -> Vec<Day> {
    days.iter().filter(|(day, _)| others.binary_search_by_key(day, |(other, _)| *other).is_err()).copied().collect()
}

/// Days that follow one another, as first day and the day after the last one.
pub fn runs(days: &[Day]) -> Vec<(NaiveDate, NaiveDate)> {
    let mut runs: Vec<(NaiveDate, NaiveDate)> = Vec::new();
    for (day, _) in days {
        let next = day.succ_opt().unwrap_or(*day);
        match runs.last_mut() {
            Some(run) if run.1 == *day => run.1 = next,
            _ => runs.push((*day, next)),
        }
    }
    runs
}

/// A period with so many of its days billed, at a price: see [`day_basis`](super::schedule::day_basis).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Cost {
    /// An amount, minor units, for so many days.
    pub full_minor: i64,
    pub days: i64,
    /// Those that are billed.
    pub billed: i64,
}

impl Cost {
    /// What is owed for the days that are billed, rounded once.
    pub fn owed(self) -> i64 {
        prorate(self.full_minor, self.billed, self.days)
    }

    /// What is still to be owed of `left` minor units when the days that are billed become those of `after`. Where
    /// `left` is what the days cost, it is what they cost then. Where a person credited a part of it, that made all its
    /// days cheaper, and days that go take their share of what is left; days that come cost what they cost.
    pub fn becomes(self, after: Self, left: i64) -> i64 {
        if left == self.owed() {
            after.owed()
        } else if after.billed < self.billed {
            prorate(left, after.billed, self.billed)
        } else {
            left + after.owed() - self.owed()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    const JANUARY: (&str, &str) = ("2024-01-01", "2024-02-01");

    fn january() -> (NaiveDate, NaiveDate) {
        (day(JANUARY.0), day(JANUARY.1))
    }

    fn held(from: &str, to: &str, is_given_up: bool) -> Holder {
        Holder { span: (day(from), day(to)), is_given_up }
    }

    #[test]
    fn days_of_a_line_that_a_person_cancelled_are_owed_no_more() {
        // F14: paused from the 5th to the 24th, billed again from the 10th on a line that was cancelled by hand, and
        // over from the 20th: four days of January at 100.00 are 12.90.
        let lines = [held("2024-01-01", "2024-02-01", false), held("2024-01-10", "2024-01-25", true)];
        let pauses = [(day("2024-01-05"), Some(day("2024-01-10")))];
        let cost = |until| Cost {
            full_minor: 10_000,
            days: 31,
            billed: i64::try_from(billed_days(january(), &lines, &pauses, until).len()).unwrap(),
        };
        let (before, after) = (cost(NaiveDate::MAX), cost(day("2024-01-20")));
        assert_eq!((before.billed, before.owed(), after.billed), (11, 3548, 4));
        assert_eq!(before.becomes(after, 3548), 1290);
    }

    #[test]
    fn two_pauses_of_a_period_are_rounded_once() {
        // F14: a February at 67.00, paused for 9 days and then for 6 more. Rounding what is left each time gives 31.10.
        let of = |billed| Cost { full_minor: 6700, days: 28, billed };
        let once = of(28).becomes(of(19), 6700);
        assert_eq!((once, of(19).becomes(of(13), once)), (4546, 3111));
        // And back again.
        assert_eq!(of(13).becomes(of(28), 3111), 6700);
    }

    #[test]
    fn what_a_person_credited_makes_all_days_cheaper() {
        let of = |billed| Cost { full_minor: 10_000, days: 31, billed };
        assert_eq!(of(31).becomes(of(15), 9000), 4355);
        assert_eq!(of(31).becomes(of(0), 9000), 0);
        assert_eq!(of(15).becomes(of(31), 4000), 4000 + 10_000 - 4839);
    }

    #[test]
    fn the_newest_line_that_holds_a_day_stands_for_it() {
        let lines = [held("2024-01-01", "2024-02-01", true), held("2024-01-30", "2024-02-01", false)];
        let days = billed_days(january(), &lines, &[], NaiveDate::MAX);
        assert_eq!(days, [(day("2024-01-30"), Some(1)), (day("2024-01-31"), Some(1))]);
        assert_eq!(runs(&days), [(day("2024-01-30"), day("2024-02-01"))]);
        let open = [(day("2024-01-31"), None)];
        assert_eq!(billed_days(january(), &lines[1..], &open, NaiveDate::MAX).len(), 30);
        let apart = without(&billed_days(january(), &[], &[], NaiveDate::MAX), &days[..1]);
        assert_eq!(runs(&apart).len(), 2);
    }

    proptest! {
        #[test]
        fn however_it_is_cut_what_is_left_is_what_the_days_cost(
            full_minor in 0_i64..10_000_000, days in 1_i64..367, steps in prop::collection::vec(0_i64..367, 1..8),
        ) {
            let of = |billed: i64| Cost { full_minor, days, billed: billed.min(days) };
            let (mut at, mut left) = (of(days), full_minor);
            for billed in steps {
                left = at.becomes(of(billed), left);
                at = of(billed);
                prop_assert_eq!(left, at.owed());
            }
            prop_assert_eq!(at.becomes(of(0), left), 0);
        }
    }
}
