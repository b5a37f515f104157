//! Dates as they are typed.

use chrono::{Datelike, NaiveDate};

use super::{TypedError, in_years, shown};
use crate::domain::calendar::add_days;
use crate::domain::format::DateStyle;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The furthest a date can be counted from today, in days.
const FURTHEST: i64 = 36_500;

/// Reads a typed date. `t` is today, `y` yesterday, `+3` and `-2` count from today, `+` and `-` one day. `17` is a day of
/// this month; `1711` or `17/11` one of this year; `171125`, `17/11/25` and `17.11.2025` say the year (two digits:
/// 20xx). Shops that write the month first type it first; `2025-11-17` is understood everywhere.
pub fn date(text: &str, style: DateStyle, today: NaiveDate) -> Result<NaiveDate, TypedError> {
    let typed = text.trim().to_lowercase();
    if typed.is_empty() {
        return Err(TypedError::DateMissing { example: example(style) });
    }
    match typed.as_str() {
        "t" | "today" => return Ok(today),
        "y" | "yesterday" => return in_years(add_days(today, -1)),
        _ => {}
    }
    if let Some(rest) = typed.strip_prefix('+') {
        return counted(&typed, rest, 1, style, today);
    }
    if let Some(rest) = typed.strip_prefix(['-', '\u{2212}']) {
        return counted(&typed, rest, -1, style, today);
    }
    let refuse = || TypedError::NotADate { text: shown(text.trim()), example: example(style) };
    let mut parts: Vec<&str> = typed.split(['/', '.', '-', ' ']).collect();
    if parts.len() > 1 && parts.last().is_some_and(|last| last.is_empty()) {
        parts.pop();
    }
    if !parts.iter().all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())) {
        return Err(refuse());
    }
    let (year, month, day) = match parts.as_slice() {
        [digits] => run_together(digits, style, today).ok_or_else(refuse)?,
        [a, b] => {
            let (day, month) = if month_leads(style) { (b, a) } else { (a, b) };
            (Some(today.year()), small(month).ok_or_else(refuse)?, small(day).ok_or_else(refuse)?)
        }
        [a, b, c] => {
            let (year, month, day) = match style {
                _ if a.len() == 4 => (a, b, c),
                DateStyle::Iso => (a, b, c),
                DateStyle::MonthFirst => (c, a, b),
                DateStyle::DayFirst | DateStyle::Dotted => (c, b, a),
            };
            (full_year(year), small(month).ok_or_else(refuse)?, small(day).ok_or_else(refuse)?)
        }
        _ => return Err(refuse()),
    };
    on(year.ok_or_else(refuse)?, month, day, style)
}

/// `+3`, `-2`, or the sign alone for one day.
fn counted(typed: &str, rest: &str, sign: i64, style: DateStyle, today: NaiveDate) -> Result<NaiveDate, TypedError> {
    let rest = rest.trim();
    if !rest.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(TypedError::NotADate { text: shown(typed), example: example(style) });
    }
    let days = if rest.is_empty() { Some(1) } else { rest.parse().ok().filter(|days| *days <= FURTHEST) };
    let days: i64 = days.ok_or_else(|| TypedError::TooManyDays(shown(typed)))?;
    in_years(add_days(today, sign * days))
}

/// Digits without a mark: `17`, `1711`, `171125`, `17112025`, `20251117`. A year, if any, a month and a day.
fn run_together(digits: &str, style: DateStyle, today: NaiveDate) -> Option<(Option<i32>, u32, u32)> {
    let part = |from: usize, to: usize| digits.get(from..to);
    let this_year = Some(today.year());
    match digits.len() {
        1 | 2 => Some((this_year, today.month(), small(digits)?)),
        4 => {
            let (day, month) = if month_leads(style) { (part(2, 4)?, part(0, 2)?) } else { (part(0, 2)?, part(2, 4)?) };
            Some((this_year, small(month)?, small(day)?))
        }
        6 => {
            let [a, b, c] = [part(0, 2)?, part(2, 4)?, part(4, 6)?];
            let (year, month, day) = match style {
                DateStyle::Iso => (a, b, c),
                DateStyle::MonthFirst => (c, a, b),
                DateStyle::DayFirst | DateStyle::Dotted => (c, b, a),
            };
            Some((full_year(year), small(month)?, small(day)?))
        }
        8 => {
            let (year, month, day) = match style {
                // No month is 19 or more, so a year in front is never mistaken for a day and month.
                DateStyle::Iso => (part(0, 4)?, part(4, 6)?, part(6, 8)?),
                _ if matches!(part(0, 2)?, "19" | "20") && !matches!(part(4, 6)?, "19" | "20") => {
                    (part(0, 4)?, part(4, 6)?, part(6, 8)?)
                }
                DateStyle::MonthFirst => (part(4, 8)?, part(0, 2)?, part(2, 4)?),
                DateStyle::DayFirst | DateStyle::Dotted => (part(4, 8)?, part(2, 4)?, part(0, 2)?),
            };
            Some((full_year(year), small(month)?, small(day)?))
        }
        _ => None,
    }
}

/// A year of two or four digits.
fn full_year(digits: &str) -> Option<i32> {
    let year: i32 = digits.parse().ok()?;
    match digits.len() {
        2 => Some(2000 + year),
        4 => Some(year),
        _ => None,
    }
}

/// A day or month of one or two digits.
fn small(digits: &str) -> Option<u32> {
    if digits.len() > 2 { None } else { digits.parse().ok() }
}

/// The day, or why there is none.
fn on(year: i32, month: u32, day: u32, style: DateStyle) -> Result<NaiveDate, TypedError> {
    let name = (month as usize).checked_sub(1).and_then(|at| MONTHS.get(at).copied());
    let name = name.ok_or(TypedError::NoSuchMonth { month, example: example(style) })?;
    let date = NaiveDate::from_ymd_opt(year, month, day);
    in_years(date.ok_or(TypedError::NoSuchDay { day, month: name, year })?)
}

/// Whether the month stands before the day.
const fn month_leads(style: DateStyle) -> bool {
    matches!(style, DateStyle::MonthFirst | DateStyle::Iso)
}

/// The seventeenth of November in the shop's way.
const fn example(style: DateStyle) -> &'static str {
    match style {
        DateStyle::DayFirst => "17, 1711 or 17/11/2025",
        DateStyle::MonthFirst => "17, 1117 or 11/17/2025",
        DateStyle::Iso => "17, 1117 or 2025-11-17",
        DateStyle::Dotted => "17, 1711 or 17.11.2025",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use DateStyle::{DayFirst, Dotted, Iso, MonthFirst};

    const TODAY: &str = "2025-11-20";

    fn read(text: &str, style: DateStyle) -> Result<String, String> {
        let today = TODAY.parse().unwrap();
        date(text, style, today).map(|day| day.to_string()).map_err(|error| error.to_string())
    }

    #[test]
    fn a_date_is_typed_as_short_as_it_can_be() {
        for style in [DayFirst, Dotted] {
            for text in ["17", "1711", "171125", "17112025", "17/11", "17.11.", "17-11-25", "17.11.2025", "17 11 2025"]
            {
                assert_eq!(read(text, style).as_deref(), Ok("2025-11-17"), "{text}");
            }
        }
        for text in ["17", "1117", "111725", "11172025", "11/17", "11/17/25", "11/17/2025"] {
            assert_eq!(read(text, MonthFirst).as_deref(), Ok("2025-11-17"), "{text}");
        }
        for text in ["17", "1117", "251117", "20251117", "11-17", "25-11-17"] {
            assert_eq!(read(text, Iso).as_deref(), Ok("2025-11-17"), "{text}");
        }
    }

    #[test]
    fn days_near_today_are_one_key_away_and_iso_is_understood_everywhere() {
        for style in [DayFirst, Dotted, MonthFirst, Iso] {
            for (text, day) in [
                ("t", TODAY),
                ("T", TODAY),
                ("y", "2025-11-19"),
                ("+3", "2025-11-23"),
                ("-2", "2025-11-18"),
                ("+", "2025-11-21"),
                ("-", "2025-11-19"),
                ("+0", TODAY),
                ("2025-11-17", "2025-11-17"),
                ("2025/11/17", "2025-11-17"),
                ("20251117", "2025-11-17"),
                ("20121211", "2012-12-11"),
            ] {
                assert_eq!(read(text, style).as_deref(), Ok(day), "{text}");
            }
        }
        assert_eq!(read("20112012", DayFirst).as_deref(), Ok("2012-11-20"));
    }

    #[test]
    fn a_day_that_does_not_exist_is_refused_in_words() {
        assert_eq!(read("2026-02-30", DayFirst).unwrap_err(), "there is no 30 February 2026");
        assert_eq!(read("31", DayFirst).unwrap_err(), "there is no 31 November 2025");
        assert_eq!(read("0", DayFirst).unwrap_err(), "there is no 0 November 2025");
        let said = read("17/11", MonthFirst).unwrap_err();
        assert_eq!(said, "there is no month 17: the shop writes a date like 17, 1117 or 11/17/2025");
        assert_eq!(
            read("01/01/1899", DayFirst).unwrap_err(),
            "the year 1899 is outside those the book knows (1900 to 2999)"
        );
    }

    #[test]
    fn what_is_no_date_says_how_to_write_one() {
        for text in
            ["", "x", "171", "17//11", "17/11/2", "1/2/3/4", "17/11/20255", "1711202", "٣", "+x", "--2", "999999999"]
        {
            let said = read(text, DayFirst).unwrap_err();
            assert!(said.contains("or t for today"), "{text}: {said}");
        }
        assert_eq!(
            read("+999999999999999999999", Iso).unwrap_err(),
            "+999999999999999999999 is too many days to count from today"
        );
    }
}
