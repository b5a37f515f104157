//! The day or the days on which the work of a free line was done. An invoice says it for each of its lines (Directive
//! 2006/112/EC, article 226, 7); a line that names none was supplied on the day of its invoice.

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, NaiveDate};
use thiserror::Error;

/// From the first to the last day, both included.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct SupplyDays {
    first: NaiveDate,
    last: NaiveDate,
}

/// Why these are no such days.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum SupplyError {
    /// The wrong way round.
    #[error("the last day comes before the first")]
    Backwards,
    /// Years nobody means.
    #[error("{0} is outside the years the book knows (1900 to 2999)")]
    Year(NaiveDate),
    /// No days at all.
    #[error("“{0}” is no day and no days: write 2026-03-31 or 2026-03-01..2026-03-31")]
    Odd(String),
}

impl SupplyDays {
    /// From one day to another one, both included.
    pub fn new(first: NaiveDate, last: NaiveDate) -> Result<Self, SupplyError> {
        if let Some(odd) = [first, last].into_iter().find(|day| !(1900..=2999).contains(&day.year())) {
            return Err(SupplyError::Year(odd));
        }
        if last < first { Err(SupplyError::Backwards) } else { Ok(Self { first, last }) }
    }

    /// The first day, and the day after the last one, as the book keeps periods.
    pub fn period(self) -> (NaiveDate, NaiveDate) {
        (self.first, self.last.succ_opt().unwrap_or(self.last))
    }

    /// Reads one day, or two with `..`, a dash between blanks or a long dash in between; `day` reads each.
    pub fn read<E>(text: &str, day: impl Fn(&str) -> Result<NaiveDate, E>) -> Result<Self, String>
    where
        E: fmt::Display,
    {
        let parted = ["..", "–", " - "].into_iter().find_map(|mark| text.split_once(mark));
        let (first, last) = parted.unwrap_or((text, text));
        let read = |part: &str| day(part.trim()).map_err(|why| why.to_string());
        Self::new(read(first)?, read(last)?).map_err(|why| why.to_string())
    }
}

/// As [`fmt::Display`] writes them: ISO dates.
impl FromStr for SupplyDays {
    type Err = SupplyError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let odd = || SupplyError::Odd(text.trim().chars().take(40).collect());
        let (first, last) = text.split_once("..").unwrap_or((text, text));
        let day = |part: &str| part.trim().parse::<NaiveDate>().map_err(|_| odd());
        Self::new(day(first)?, day(last)?)
    }
}

impl fmt::Display for SupplyDays {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.first == self.last { write!(f, "{}", self.first) } else { write!(f, "{}..{}", self.first, self.last) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_or_days_are_read_and_written_alike() {
        for text in ["2026-03-31", "2026-03-01..2026-03-31"] {
            assert_eq!(text.parse::<SupplyDays>().unwrap().to_string(), text);
        }
        for text in ["2026-03-01 – 2026-03-31", "2026-03-01 - 2026-03-31", "2026-03-01..2026-03-31"] {
            let read = SupplyDays::read(text, str::parse::<NaiveDate>).unwrap();
            assert_eq!(read.to_string(), "2026-03-01..2026-03-31");
        }
        let until = SupplyDays::read("2026-02-28", str::parse::<NaiveDate>).unwrap().period();
        assert_eq!((until.1 - until.0).num_days(), 1);
        assert_eq!("2026-03-31..2026-03-01".parse::<SupplyDays>(), Err(SupplyError::Backwards));
        assert!("0026-03-31".parse::<SupplyDays>().is_err() && "March".parse::<SupplyDays>().is_err());
    }
}
