//! How late money is, in the five buckets of the aging report.

use chrono::NaiveDate;

use super::format::coded;

/// Days past the due date. The buckets of a report add up to what is outstanding.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Bucket {
    /// Not past the due date.
    Current,
    /// 1 to 30 days late.
    Days30,
    /// 31 to 60 days late.
    Days60,
    /// 61 to 90 days late.
    Days90,
    /// More than 90 days late.
    Older,
}

coded!(Bucket { Current = "current", Days30 = "1-30", Days60 = "31-60", Days90 = "61-90", Older = "90+" });

impl Bucket {
    /// The words on screens and papers.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Current => "Current",
            Self::Days30 => "1-30 days",
            Self::Days60 => "31-60 days",
            Self::Days90 => "61-90 days",
            Self::Older => "Over 90 days",
        }
    }
}

/// The bucket on `as_of` of what was due on `due_on`.
pub fn bucket(due_on: NaiveDate, as_of: NaiveDate) -> Bucket {
    match (as_of - due_on).num_days() {
        ..=0 => Bucket::Current,
        1..=30 => Bucket::Days30,
        31..=60 => Bucket::Days60,
        61..=90 => Bucket::Days90,
        _ => Bucket::Older,
    }
}

/// What is open in each bucket of [`Bucket::ALL`] on `as_of`, in minor units of one currency.
pub fn aging(open: impl IntoIterator<Item = (NaiveDate, i64)>, as_of: NaiveDate) -> [i64; 5] {
    let mut sums = [0_i64; 5];
    for (due_on, amount) in open {
        let place = bucket(due_on, as_of) as usize;
        if let Some(sum) = sums.get_mut(place) {
            *sum = sum.saturating_add(amount);
        }
    }
    sums
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bucket_holds_thirty_days_and_the_due_day_is_current() {
        let as_of: NaiveDate = "2025-06-30".parse().unwrap();
        for (late, code) in [
            (-1, "current"),
            (0, "current"),
            (1, "1-30"),
            (30, "1-30"),
            (31, "31-60"),
            (60, "31-60"),
            (61, "61-90"),
            (90, "61-90"),
            (91, "90+"),
        ] {
            assert_eq!(bucket(as_of - chrono::TimeDelta::days(late), as_of).code(), code, "{late} days late");
        }
    }

    #[test]
    fn the_buckets_add_up_to_what_is_outstanding_on_any_day() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let open: Vec<(NaiveDate, i64)> = day("2024-10-01").iter_days().take(200).zip(1..).collect();
        for as_of in day("2024-09-01").iter_days().take(400) {
            assert_eq!(aging(open.iter().copied(), as_of).iter().sum::<i64>(), 20_100);
        }
        let sums = aging([(day("2025-01-01"), 5), (day("2024-10-02"), 7), (day("2024-10-03"), 9)], day("2025-01-01"));
        assert_eq!(sums, [5, 0, 0, 9, 7]);
    }
}
