//! Prices finer than the currency, and discounts, as they are typed.

use rust_decimal::Decimal;

use super::TypedError;
use super::amount::amount;
use crate::domain::currency::Currency;
use crate::domain::format::NumberStyle;
use crate::domain::free_line;
use crate::domain::money::MoneyError;

/// A price of one, read as an amount is, with as many digits as are written: `0,0085`.
pub fn unit_price(text: &str, style: NumberStyle, currency: Currency) -> Result<Decimal, String> {
    let plain = match amount(text, style, currency) {
        Ok(money) => money.to_string(),
        Err(TypedError::Amount(MoneyError::TooFine { text, .. })) => text,
        Err(error) => return Err(error.to_string()),
    };
    free_line::unit_price(&plain).map_err(|error| error.to_string())
}

/// A discount in plain decimals: `10 %` as it is, an amount as it is typed.
pub fn discount(text: &str, style: NumberStyle, currency: Currency) -> Result<String, String> {
    match text.trim() {
        "" => Ok(String::new()),
        percent if percent.ends_with('%') => Ok(percent.replace(',', ".")),
        typed => amount(typed, style, currency).map(|money| money.to_string()).map_err(|error| error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// F65.
    #[test]
    fn a_price_finer_than_a_cent_is_read_as_it_is_typed() {
        let read =
            |text| unit_price(text, NumberStyle::PointComma, Currency::EUR).map(|price| price.normalize().to_string());
        assert_eq!(read("0,0085").as_deref(), Ok("0.0085"));
        assert_eq!(read("89").as_deref(), Ok("89"));
        assert_eq!(read("1.200,50").as_deref(), Ok("1200.5"));
        assert!(read("").is_err() && read("-1").is_err());
        let off = |text| discount(text, NumberStyle::PointComma, Currency::EUR);
        assert_eq!(
            (off("7,5 %").as_deref(), off("5,00").as_deref(), off("").as_deref()),
            (Ok("7.5 %"), Ok("5.00"), Ok(""))
        );
    }
}
