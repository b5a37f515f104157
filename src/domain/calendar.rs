//! Civil dates: months added without drifting, and the shop's own day of an instant.

use chrono::{DateTime, Datelike, Days, Months, NaiveDate, Utc};
use chrono_tz::Tz;

/// The day `n` months after (or, below zero, before) `day`, clamped to the end of a shorter month: 31 January + 1
/// is 28 or 29 February. `None` only beyond the calendar chrono knows.
pub fn add_months(day: NaiveDate, n: i32) -> Option<NaiveDate> {
    let months = Months::new(n.unsigned_abs());
    if n < 0 { day.checked_sub_months(months) } else { day.checked_add_months(months) }
}

/// The day `n` days after (or before) `day`; stays on the last day of the calendar instead of leaving it.
pub fn add_days(day: NaiveDate, n: i64) -> NaiveDate {
    let days = Days::new(n.unsigned_abs());
    if n < 0 {
        day.checked_sub_days(days).unwrap_or(NaiveDate::MIN)
    } else {
        day.checked_add_days(days).unwrap_or(NaiveDate::MAX)
    }
}

/// Days in a month, 28 to 31. `None` where there is no such month.
pub fn days_in_month(year: i32, month: u32) -> Option<u32> {
    let last = NaiveDate::from_ymd_opt(year, month, 1)?.checked_add_months(Months::new(1))?.pred_opt()?;
    Some(last.day())
}

/// The anchor day of a month, clamped to its last day: anchor 31 in February is the 28th or 29th.
/// `None` where there is no such month or the anchor is 0.
pub fn on_anchor(year: i32, month: u32, anchor_day: u32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(year, month, anchor_day.min(days_in_month(year, month)?))
}

/// A month as one number (year × 12 + month from 0), so that months are counted by plain subtraction.
pub fn month_number(day: NaiveDate) -> i32 {
    day.year() * 12 + day.month0().cast_signed()
}

/// [`on_anchor`] for a month given by its [`month_number`].
pub fn on_anchor_of(month_number: i32, anchor_day: u32) -> Option<NaiveDate> {
    let month0 = month_number.rem_euclid(12).cast_unsigned();
    on_anchor(month_number.div_euclid(12), month0 + 1, anchor_day)
}

/// The shop's civil day at an instant. Books hold civil days; an instant appears only in the activity log.
pub fn local_date(instant: DateTime<Utc>, tz: Tz) -> NaiveDate {
    instant.with_timezone(&tz).date_naive()
}

/// How many of the shop's civil days two instants touch, both ends included; daylight saving does not change it.
pub fn days_between_local(from: DateTime<Utc>, to: DateTime<Utc>, tz: Tz) -> i64 {
    (local_date(to, tz) - local_date(from, tz)).num_days() + 1
}

/// The optional term “end of month”: `days` after issue, then `months` months on, then the last day of that month.
/// A function only: no setting of the shop offers it. `None` beyond the calendar.
pub fn end_of_month_terms(issued_on: NaiveDate, months: u32, days: u32) -> Option<NaiveDate> {
    let month = add_months(add_days(issued_on, i64::from(days)), i32::try_from(months).ok()?)?;
    on_anchor(month.year(), month.month(), 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn adding_months_stops_at_the_end_of_a_shorter_month() {
        assert_eq!(add_months(day("2024-01-31"), 1), Some(day("2024-02-29")));
        assert_eq!(add_months(day("2023-01-31"), 1), Some(day("2023-02-28")));
        assert_eq!(add_months(day("2024-03-31"), -1), Some(day("2024-02-29")));
        assert_eq!(add_months(day("2024-02-29"), 12), Some(day("2025-02-28")));
    }

    #[test]
    fn the_anchor_day_is_the_last_day_of_a_month_that_is_too_short() {
        assert_eq!(on_anchor(2024, 2, 31), Some(day("2024-02-29")));
        assert_eq!(on_anchor(2024, 4, 31), Some(day("2024-04-30")));
        assert_eq!(on_anchor(2024, 4, 15), Some(day("2024-04-15")));
        assert_eq!(on_anchor(2024, 13, 1), None);
        assert_eq!(on_anchor(2024, 1, 0), None);
    }

    #[test]
    fn a_day_beyond_the_calendar_is_no_crash() {
        assert_eq!(add_days(NaiveDate::MAX, 1), NaiveDate::MAX);
        assert_eq!(add_days(NaiveDate::MIN, -1), NaiveDate::MIN);
        assert_eq!(add_months(NaiveDate::MAX, i32::MAX), None);
    }
}
