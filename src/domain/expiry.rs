//! The month a card ends with.

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, NaiveDate};
use thiserror::Error;

use super::calendar::{add_days, on_anchor};

/// Cards that end within so many days stand on the start page (SPEC P11).
pub const SOON_DAYS: i64 = 60;

/// The last month in which a card pays.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct Expiry {
    year: i32,
    month: u32,
}

/// Why a text is no month of a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("write the month the card ends with as it stands on the card, like 09/27")]
pub struct ExpiryError;

impl Expiry {
    /// The month `month` (1 to 12) of `year` (2000 to 2200).
    pub const fn new(year: i32, month: u32) -> Result<Self, ExpiryError> {
        if year < 2000 || year > 2200 || month < 1 || month > 12 {
            return Err(ExpiryError);
        }
        Ok(Self { year, month })
    }

    /// Its year.
    pub const fn year(self) -> i32 {
        self.year
    }

    /// Its month, 1 to 12.
    pub const fn month(self) -> u32 {
        self.month
    }

    /// The last day on which the card pays.
    pub fn last_day(self) -> NaiveDate {
        on_anchor(self.year, self.month, 31).unwrap_or(NaiveDate::MAX)
    }

    /// Whether it ended before `today`.
    pub fn is_over(self, today: NaiveDate) -> bool {
        self.last_day() < today
    }

    /// Whether it has not ended, and will within [`SOON_DAYS`] days.
    pub fn is_soon(self, today: NaiveDate) -> bool {
        !self.is_over(today) && self.last_day() <= add_days(today, SOON_DAYS)
    }

    /// The months, first and last, of cards that end soon or ended at most a year ago: what a person should renew.
    pub fn to_renew(today: NaiveDate) -> (Self, Self) {
        let month_of = |day: NaiveDate| Self { year: day.year(), month: day.month() };
        let until = add_days(today, SOON_DAYS);
        let last = month_of(until);
        // A month that is not over on that day ends later.
        let last = if last.last_day() <= until { last } else { last.before() };
        (Self { year: today.year() - 1, month: today.month() }, last)
    }

    const fn before(self) -> Self {
        match self.month {
            1 => Self { year: self.year - 1, month: 12 },
            month => Self { year: self.year, month: month - 1 },
        }
    }
}

/// Reads `09/27`, `9/2027`, `0927` and `2027-09`.
impl FromStr for Expiry {
    type Err = ExpiryError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim();
        let number = |text: &str| -> Result<u32, ExpiryError> {
            let is_plain = !text.is_empty() && text.len() <= 4 && text.bytes().all(|byte| byte.is_ascii_digit());
            if is_plain { text.parse().map_err(|_| ExpiryError) } else { Err(ExpiryError) }
        };
        let (first, second) = match text.split_once(['/', '-', '.', ' ']) {
            Some(parts) => parts,
            None if text.len() == 4 && text.is_ascii() => text.split_at(2),
            None => return Err(ExpiryError),
        };
        let (first, second) = if first.len() == 4 { (second, first) } else { (first, second) };
        let year = number(second)?;
        let year = if second.len() == 2 { 2000 + year } else { year };
        Self::new(i32::try_from(year).map_err(|_| ExpiryError)?, number(first)?)
    }
}

/// As it stands on the card: `09/27`.
impl fmt::Display for Expiry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("{:02}/{:02}", self.month, self.year.rem_euclid(100)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn the_month_is_read_as_it_stands_on_the_card() {
        for text in ["09/27", "9/27", "09/2027", "0927", "2027-09", " 09 27 "] {
            assert_eq!(text.parse::<Expiry>().unwrap().to_string(), "09/27", "{text}");
        }
        for text in ["", "13/27", "0/27", "09", "09/", "x/27", "09/27/1", "-9/27", "09/1999", "09999"] {
            assert_eq!(text.parse::<Expiry>(), Err(ExpiryError), "{text}");
        }
    }

    #[test]
    fn a_card_pays_until_the_last_day_of_its_month_and_is_listed_sixty_days_before() {
        let card: Expiry = "01/26".parse().unwrap();
        assert_eq!(card.last_day(), day("2026-01-31"));
        for (today, soon, over) in [
            ("2025-12-01", false, false),
            ("2025-12-02", true, false),
            ("2026-01-31", true, false),
            ("2026-02-01", false, true),
        ] {
            assert_eq!((card.is_soon(day(today)), card.is_over(day(today))), (soon, over), "{today}");
        }
    }

    #[test]
    fn the_months_to_renew_hold_exactly_what_is_soon_or_over() {
        let mut today = day("2024-12-15");
        for _ in 0..420 {
            let (first, last) = Expiry::to_renew(today);
            for month in 0..30 {
                let card = Expiry::new(2024 + month / 12, u32::try_from(month % 12).unwrap() + 1).unwrap();
                let listed = first <= card && card <= last;
                let due = card.is_soon(today) || (card.is_over(today) && first <= card);
                assert_eq!(listed, due, "{card} on {today}");
            }
            today = today.succ_opt().unwrap();
        }
    }
}
