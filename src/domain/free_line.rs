//! What a line written by hand costs: a unit price as fine as one likes, less a discount in percent or as an amount.
//!
//! A line is one payment in whole minor units. Where the reckoning is finer than the book keeps prices, or something is
//! taken off, the line is one piece at what comes of it, and says below its text how that came about.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use thiserror::Error;

use super::currency::Currency;
use super::format::Style;
use super::money::LARGEST;

/// Digits behind the point that a unit price has at most.
const FINEST: u32 = 6;

/// What is taken off a line.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Discount {
    #[default]
    None,
    Percent(Decimal),
    /// In whole units of the currency.
    Amount(Decimal),
}

/// Why a line cannot be reckoned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum FreeLineError {
    /// No price.
    #[error("write the price of one, such as 89.00 or 0.0085, at most {FINEST} digits behind the point")]
    Unit,
    /// No discount.
    #[error("write the discount in percent, such as 10 %, or as an amount, such as 5.00")]
    Discount,
    /// More off than there is.
    #[error("the discount is more than the line costs: a line is never below zero")]
    TooMuch,
    /// Too much for one payment.
    #[error("that is more than the book can hold")]
    TooLarge,
}

impl Discount {
    /// Reads `10 %`, `10%`, `5.00` or nothing, in plain decimals.
    pub fn read(text: &str) -> Result<Self, FreeLineError> {
        let text = text.trim();
        if text.is_empty() {
            return Ok(Self::None);
        }
        let (number, is_percent) = text.strip_suffix('%').map_or((text, false), |number| (number.trim_end(), true));
        let read = Decimal::from_str_exact(number).ok().filter(|read| read.is_sign_positive() && read.scale() <= 4);
        match read.ok_or(FreeLineError::Discount)? {
            zero if zero.is_zero() => Ok(Self::None),
            percent if is_percent && percent > Decimal::ONE_HUNDRED => Err(FreeLineError::TooMuch),
            percent if is_percent => Ok(Self::Percent(percent)),
            amount => Ok(Self::Amount(amount)),
        }
    }
}

/// A price of one in plain decimals.
pub fn unit_price(text: &str) -> Result<Decimal, FreeLineError> {
    let read = Decimal::from_str_exact(text.trim()).map_err(|_| FreeLineError::Unit)?;
    if read.is_sign_negative() || read.normalize().scale() > FINEST { Err(FreeLineError::Unit) } else { Ok(read) }
}

/// A line written by hand.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct FreeLine {
    pub quantity: Decimal,
    pub unit: Decimal,
    pub discount: Discount,
}

impl FreeLine {
    /// What it costs in minor units: quantity times price, rounded half away from zero, less the discount, which is rounded
    /// by itself.
    pub fn cost(&self, currency: Currency) -> Result<i64, FreeLineError> {
        let minor = Decimal::from(10_i64.pow(currency.exponent()));
        let rounded = |value: Decimal| {
            value.round_dp_with_strategy(0, rust_decimal::RoundingStrategy::MidpointAwayFromZero).to_i64()
        };
        let whole = self.quantity.checked_mul(self.unit).and_then(|cost| cost.checked_mul(minor)).and_then(rounded);
        let whole = whole.filter(|whole| *whole <= LARGEST).ok_or(FreeLineError::TooLarge)?;
        let off = match self.discount {
            Discount::None => Some(0),
            Discount::Percent(percent) => rounded(Decimal::from(whole) * percent / Decimal::ONE_HUNDRED),
            Discount::Amount(amount) => {
                amount.checked_mul(minor).filter(Decimal::is_integer).and_then(|off| off.to_i64())
            }
        };
        let off = off.ok_or(FreeLineError::Discount)?;
        if off > whole { Err(FreeLineError::TooMuch) } else { Ok(whole - off) }
    }

    /// Whether the book keeps it as it is written: a price of whole minor units, and nothing off.
    pub fn is_plain(&self, currency: Currency) -> bool {
        self.discount == Discount::None && self.unit.normalize().scale() <= currency.exponent()
    }

    /// How its cost came about: `1,000 × 0.0085 − 10 %`.
    pub fn reckoning(&self, currency: Currency, style: Style) -> String {
        let number = |value: Decimal| style.number(&value.normalize().to_string());
        let amount = |value: Decimal| {
            let digits = value.normalize().scale().max(currency.exponent());
            style.number(&format!("{value:.*}", digits as usize))
        };
        let off = match self.discount {
            Discount::None => String::new(),
            Discount::Percent(percent) => format!(" \u{2212} {} %", number(percent)),
            Discount::Amount(off) => format!(" \u{2212} {}", amount(off)),
        };
        format!("{} \u{d7} {}{off}", number(self.quantity), amount(self.unit))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::format::NumberStyle;

    fn line(quantity: &str, unit: &str, discount: &str) -> FreeLine {
        let quantity = quantity.parse().unwrap();
        FreeLine { quantity, unit: unit_price(unit).unwrap(), discount: Discount::read(discount).unwrap() }
    }

    /// F65.
    #[test]
    fn a_line_costs_what_its_pages_and_its_discount_make() {
        for (quantity, unit, discount, cost, is_plain) in [
            ("1000", "0.0085", "", Ok(850), false),
            ("3", "0.005", "", Ok(2), false),
            ("3", "10.00", "10 %", Ok(2700), false),
            ("3", "10", "10%", Ok(2700), false),
            ("1", "0.99", "33.3333 %", Ok(66), false),
            ("3", "10.00", "5.00", Ok(2500), false),
            ("3", "10.00", "30", Ok(0), false),
            ("3", "10.00", "30.01", Err(FreeLineError::TooMuch), false),
            ("3", "10.00", "0.001", Err(FreeLineError::Discount), false),
            ("2.5", "10.00", "", Ok(2500), true),
            ("1000000000", "1000000000", "", Err(FreeLineError::TooLarge), true),
        ] {
            let line = line(quantity, unit, discount);
            assert_eq!(line.cost(Currency::EUR), cost, "{quantity} {unit} {discount}");
            assert_eq!(line.is_plain(Currency::EUR), is_plain, "{quantity} {unit} {discount}");
        }
    }

    #[test]
    fn how_it_came_about_is_said_as_the_shop_writes_numbers() {
        let style = Style { number: NumberStyle::PointComma, ..Style::default() };
        let said = line("1000", "0.0085", "10 %").reckoning(Currency::EUR, style);
        assert_eq!(said, "1.000 × 0,0085 − 10 %");
        assert_eq!(line("3", "10", "5").reckoning(Currency::EUR, style), "3 × 10,00 − 5,00");
    }

    #[test]
    fn what_is_no_price_and_no_discount_is_refused() {
        for text in ["", "x", "-1", "0.0000001", "1,5"] {
            assert!(unit_price(text).is_err(), "{text}");
        }
        for text in ["x", "-1", "%", "101 %", "10 % %"] {
            assert!(Discount::read(text).is_err(), "{text}");
        }
        assert_eq!(Discount::read("0 %"), Ok(Discount::None));
    }
}
