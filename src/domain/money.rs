//! Amounts of money: an integer count of minor units with a currency. No float ever touches them.

use std::fmt;

use rust_decimal::Decimal;
use thiserror::Error;

use super::currency::Currency;

/// The largest amount the book accepts, in minor units, either sign (one thousand million of a two-digit currency).
pub const LARGEST: i64 = 100_000_000_000;

/// An exact amount: a count of minor units (cents for EUR, yen for JPY) of one currency.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Money {
    minor: i64,
    currency: Currency,
}

/// Why an amount is refused.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum MoneyError {
    /// The text is no amount.
    #[error("“{0}” is not an amount: write it like 89 or 89.00")]
    NotAnAmount(String),
    /// More digits after the point than the currency has.
    #[error("{currency} has {digits} digits after the point, “{text}” has more")]
    TooFine {
        text: String,
        /// The currency it was meant in.
        currency: Currency,
        /// The digits that currency has.
        digits: u32,
    },
    /// Above [`LARGEST`].
    #[error("that amount is larger than the book can hold (at most 1,000,000,000)")]
    TooLarge,
    /// Below zero where only money coming in or a price can stand.
    #[error("an amount here cannot be negative")]
    Negative,
    /// Two currencies in one sum.
    #[error("{0} and {1} cannot be added: sums never mix currencies")]
    Mixed(Currency, Currency),
}

impl Money {
    /// `minor` units of `currency`.
    pub const fn new(minor: i64, currency: Currency) -> Self {
        Self { minor, currency }
    }

    /// Nothing, in `currency`.
    pub const fn zero(currency: Currency) -> Self {
        Self { minor: 0, currency }
    }

    /// The count of minor units.
    pub const fn minor(self) -> i64 {
        self.minor
    }

    /// The currency.
    pub const fn currency(self) -> Currency {
        self.currency
    }

    /// Whether it is exactly nothing.
    pub const fn is_zero(self) -> bool {
        self.minor == 0
    }

    /// The sum.
    pub fn plus(self, other: Self) -> Result<Self, MoneyError> {
        if self.currency != other.currency {
            return Err(MoneyError::Mixed(self.currency, other.currency));
        }
        let minor = self.minor.checked_add(other.minor).ok_or(MoneyError::TooLarge)?;
        Ok(Self { minor, ..self })
    }

    /// The difference.
    pub fn minus(self, other: Self) -> Result<Self, MoneyError> {
        self.plus(Self { minor: -other.minor, ..other })
    }

    /// Reads plain decimal text as scripts write it: `89`, `89.5`, `89.00`, with `.` as the point and no grouping.
    /// What a person types goes through [`super::typed::amount`], which knows the shop's own point and grouping.
    pub fn parse(text: &str, currency: Currency) -> Result<Self, MoneyError> {
        let text = text.trim();
        let plain = |c: char| c.is_ascii_digit() || c == '.';
        let unsigned = text.strip_prefix('-').unwrap_or(text);
        let refuse = || MoneyError::NotAnAmount(text.chars().take(40).collect());
        let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, "0"));
        if whole.is_empty() || fraction.is_empty() || !unsigned.chars().all(plain) || fraction.contains('.') {
            return Err(refuse());
        }
        if text.starts_with('-') {
            return Err(MoneyError::Negative);
        }
        if whole.trim_start_matches('0').len() > 12 {
            return Err(MoneyError::TooLarge);
        }
        let digits = currency.exponent();
        let fraction = fraction.trim_end_matches('0');
        if fraction.len() > digits as usize {
            return Err(MoneyError::TooFine { text: text.chars().take(40).collect(), currency, digits });
        }
        let padded = format!("{whole}{fraction:0<width$}", width = digits as usize);
        let minor: i64 = padded.parse().map_err(|_| refuse())?;
        if minor > LARGEST { Err(MoneyError::TooLarge) } else { Ok(Self { minor, currency }) }
    }

    /// The amount as a decimal number.
    pub fn decimal(self) -> Decimal {
        Decimal::new(self.minor, self.currency.exponent())
    }
}

/// Plain decimal text with the currency's digits and no code: `1204.00`, `-3.10`, `500` for yen.
impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.decimal().to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn eur(text: &str) -> Result<Money, MoneyError> {
        Money::parse(text, Currency::EUR)
    }

    #[test]
    fn plain_text_is_read_and_shown_with_the_digits_of_its_currency() {
        for (text, shown) in [("89", "89.00"), ("89.5", "89.50"), ("0.07", "0.07"), ("1000000000", "1000000000.00")] {
            assert_eq!(eur(text).unwrap().to_string(), shown);
        }
        assert_eq!(Money::parse("500", Currency::new("JPY").unwrap()).unwrap().to_string(), "500");
        assert_eq!(Money::parse("1.5", Currency::new("BHD").unwrap()).unwrap().to_string(), "1.500");
    }

    #[test]
    fn what_is_no_amount_is_refused() {
        for text in ["", ".", "1.", ".5", "1.2.3", "1,5", "1e5", "NaN", "+1", "--1", "٣", "1 000", "0x1"] {
            assert!(matches!(eur(text), Err(MoneyError::NotAnAmount(_))), "{text}");
        }
        assert_eq!(eur("-1"), Err(MoneyError::Negative));
        assert_eq!(eur("1000000000000000000"), Err(MoneyError::TooLarge));
        assert_eq!(eur("1000000000.01"), Err(MoneyError::TooLarge));
        assert!(matches!(eur("1.005"), Err(MoneyError::TooFine { .. })));
    }

    #[test]
    fn sums_never_mix_currencies() {
        let yen = Money::new(1, Currency::new("JPY").unwrap());
        assert!(eur("1").unwrap().plus(yen).is_err());
        assert_eq!(eur("1").unwrap().minus(eur("0.25").unwrap()).unwrap().to_string(), "0.75");
    }
}
