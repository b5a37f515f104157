//! The price of a part of a period, by days.

use chrono::NaiveDate;

use super::rounding::share;

/// `minor × used ÷ total` days in minor units, rounded once, half away from zero. Days outside `0..=total` are taken
/// as the nearest end; a period of no days costs nothing.
pub fn prorate(minor: i64, used_days: i64, total_days: i64) -> i64 {
    if total_days <= 0 {
        return 0;
    }
    share(minor, used_days.clamp(0, total_days), total_days)
}

/// The price of `[a, b)` within the period `[p0, p1)` that costs `minor`; the ends are exclusive. Days outside the
/// period count for nothing.
pub fn prorate_between(minor: i64, a: NaiveDate, b: NaiveDate, p0: NaiveDate, p1: NaiveDate) -> i64 {
    let (from, to) = (a.max(p0), b.min(p1));
    prorate(minor, (to - from).num_days(), (p1 - p0).num_days())
}

/// Cuts `minor` after `used` of `total` days: the first part is rounded, the second is what remains, so that both
/// always add up to the whole.
pub fn cut(minor: i64, used_days: i64, total_days: i64) -> (i64, i64) {
    let first = prorate(minor, used_days, total_days);
    (first, minor - first)
}

/// What the days from `day` on cost of a period `[p0, p1)` that costs `minor`: the second part of [`cut`]. This is
/// the credit when a subscription is cancelled from `day`.
pub fn from_day_on(minor: i64, day: NaiveDate, p0: NaiveDate, p1: NaiveDate) -> i64 {
    cut(minor, (day - p0).num_days(), (p1 - p0).num_days()).1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_parts_of_a_cut_add_up_even_at_a_half() {
        assert_eq!(cut(1, 14, 28), (1, 0));
        assert_eq!(cut(-1, 14, 28), (-1, 0));
        assert_eq!(cut(8900, 10, 31), (2871, 6029));
    }

    #[test]
    fn days_outside_the_period_cost_nothing() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let (p0, p1) = (day("2025-02-01"), day("2025-03-01"));
        assert_eq!(prorate_between(2800, day("2025-01-01"), day("2025-02-08"), p0, p1), 700);
        assert_eq!(prorate_between(2800, day("2025-03-01"), day("2025-04-01"), p0, p1), 0);
        assert_eq!(from_day_on(2800, day("2025-02-08"), p0, p1), 2100);
        assert_eq!(from_day_on(2800, day("2025-04-08"), p0, p1), 0);
        assert_eq!(from_day_on(2800, day("2025-01-08"), p0, p1), 2800);
        assert_eq!(prorate(100, 1, 0), 0);
    }
}
