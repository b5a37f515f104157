//! Amounts of several currencies added up.

use super::money::{Money, MoneyError};

/// One sum a currency, in the order in which the currencies came.
pub fn of(amounts: impl IntoIterator<Item = Money>) -> Result<Vec<Money>, MoneyError> {
    let mut sums: Vec<Money> = Vec::new();
    for amount in amounts {
        match sums.iter_mut().find(|sum| sum.currency() == amount.currency()) {
            Some(sum) => *sum = sum.plus(amount)?,
            None => sums.push(amount),
        }
    }
    Ok(sums)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::currency::Currency;

    #[test]
    fn each_currency_has_a_sum_and_none_is_larger_than_the_book_can_hold() {
        let money = |minor, code| Money::new(minor, Currency::new(code).unwrap());
        let amounts = [money(100, "USD"), money(5, "EUR"), money(20, "USD")];
        assert_eq!(of(amounts).unwrap(), [money(120, "USD"), money(5, "EUR")]);
        assert_eq!(of([]).unwrap(), []);
        assert!(of([money(i64::MAX, "USD"), money(1, "USD")]).is_err());
    }
}
