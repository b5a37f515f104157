//! What a person types into a field: amounts, percents and dates in the shop's way of writing.

mod amount;
mod date;
mod fine;

use chrono::NaiveDate;
use thiserror::Error;

use super::money::MoneyError;
use super::tax::TaxRateError;

pub use amount::{amount, percent};
pub use date::date;
pub use fine::{discount, unit_price};

/// Why what was typed cannot be taken. Every sentence says what to type instead.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum TypedError {
    /// An amount the book does not take.
    #[error(transparent)]
    Amount(#[from] MoneyError),
    /// Nothing stands where an amount is needed.
    #[error("an amount is needed here, such as {example}")]
    AmountMissing {
        /// Eighty-nine, as the shop writes it.
        example: String,
    },
    /// No amount.
    #[error("“{text}” is not an amount: write it like {example}")]
    NotAnAmount {
        text: String,
        /// Eighty-nine, as the shop writes it.
        example: String,
    },
    /// One mark with three digits behind it: thousands or a fraction.
    #[error("“{text}” can be read two ways: write {whole} or {fraction}")]
    Ambiguous {
        text: String,
        /// Where the mark groups thousands.
        whole: String,
        /// Where it is the decimal point.
        fraction: String,
    },
    /// Marks where the shop has none.
    #[error("“{text}” is not grouped as the shop writes amounts: write it like {example}")]
    Grouping {
        text: String,
        /// One thousand two hundred and a half.
        example: &'static str,
    },
    /// No percent.
    #[error(transparent)]
    Percent(#[from] TaxRateError),
    /// Nothing stands where a date is needed.
    #[error("a date is needed here, such as {example}, or t for today")]
    DateMissing {
        /// The seventeenth of November.
        example: &'static str,
    },
    /// No date.
    #[error("“{text}” is not a date: write it like {example}, or t for today")]
    NotADate {
        text: String,
        /// The seventeenth of November.
        example: &'static str,
    },
    /// A day the month does not have.
    #[error("there is no {day} {month} {year}")]
    NoSuchDay {
        /// Day of the month.
        day: u32,
        /// Name of the month.
        month: &'static str,
        year: i32,
    },
    /// A month the year does not have.
    #[error("there is no month {month}: the shop writes a date like {example}")]
    NoSuchMonth {
        /// What stands where the month is written.
        month: u32,
        /// The seventeenth of November.
        example: &'static str,
    },
    /// A date nobody can mean.
    #[error("the year {0} is outside those the book knows (1900 to 2999)")]
    Year(i32),
    /// A number of days beyond the calendar of the book.
    #[error("{0} is too many days to count from today")]
    TooManyDays(String),
}

/// What of an input is shown back in an error.
fn shown(text: &str) -> String {
    text.chars().take(40).collect()
}

/// Whether a date is within the years of the book.
fn in_years(day: NaiveDate) -> Result<NaiveDate, TypedError> {
    use chrono::Datelike;
    if (1900..=2999).contains(&day.year()) { Ok(day) } else { Err(TypedError::Year(day.year())) }
}
