//! The billing days of a group.

use chrono::{Datelike, NaiveDate};

use crate::domain::calendar::add_months;
use crate::domain::schedule::first_anchor;

/// The first billing day of a group on or after `from`.
pub fn next_billing_day(billing_day: u32, from: NaiveDate) -> NaiveDate {
    first_anchor(from, billing_day).unwrap_or(from)
}

/// The billing days of a group that have come by `today`, each with the first day of its month, in order: those after
/// the one billed `after`, none before `from`.
pub fn billing_days(
    billing_day: u32,
    after: Option<NaiveDate>,
    from: NaiveDate,
    today: NaiveDate,
) -> Vec<(NaiveDate, NaiveDate)> {
    let begin = after.and_then(|last| last.succ_opt()).map_or(from, |next| next.max(from));
    let mut days = Vec::new();
    let mut dated = next_billing_day(billing_day, begin);
    while dated <= today {
        days.push((dated, dated.with_day(1).unwrap_or(dated)));
        match add_months(dated, 1) {
            Some(next) => dated = next,
            None => break,
        }
    }
    days
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_group_is_billed_once_a_month_on_its_day() {
        let dates = |after: Option<&str>, from: &str, today: &str| {
            let days = billing_days(28, after.map(day), day(from), day(today));
            days.iter().map(|(dated, first)| format!("{dated} {first}")).collect::<Vec<_>>()
        };
        assert_eq!(dates(None, "2025-01-10", "2025-03-27"), ["2025-01-28 2025-01-01", "2025-02-28 2025-02-01"]);
        assert_eq!(dates(Some("2025-01-28"), "2025-01-10", "2025-02-28"), ["2025-02-28 2025-02-01"]);
        assert_eq!(dates(Some("2025-02-28"), "2025-01-10", "2025-02-28"), Vec::<String>::new());
    }
}
