//! What stands behind an option, read: days, months, row numbers.

use chrono::NaiveDate;

/// The years the book knows.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=2999;

/// A day as `2024-01-31`.
pub fn day(text: &str) -> Result<NaiveDate, String> {
    use chrono::Datelike;
    let wrong = || "write a day that exists as YYYY-MM-DD, such as 2024-01-31".to_owned();
    let bytes = text.as_bytes();
    let is_iso = bytes.len() == 10
        && bytes
            .iter()
            .enumerate()
            .all(|(at, byte)| if matches!(at, 4 | 7) { *byte == b'-' } else { byte.is_ascii_digit() });
    let day = if is_iso { text.parse::<NaiveDate>().map_err(|_| wrong())? } else { return Err(wrong()) };
    if YEARS.contains(&day.year()) { Ok(day) } else { Err("the book knows the years 1900 to 2999".to_owned()) }
}

/// The first day of a month as `2024-01`.
pub fn month(text: &str) -> Result<NaiveDate, String> {
    day(&format!("{text}-01")).map_err(|_| "write a month as YYYY-MM, such as 2024-01".to_owned())
}

/// A row number, also as screens write it: `12` and `P-12`.
pub fn id<T: std::str::FromStr>(text: &str) -> Result<T, String> {
    let wrong = || "write its number, such as 12".to_owned();
    let digits = match text.split_once('-') {
        Some((letter, digits)) if letter.len() == 1 && letter.bytes().all(|byte| byte.is_ascii_uppercase()) => digits,
        _ => text,
    };
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) || digits.bytes().all(|byte| byte == b'0')
    {
        return Err(wrong());
    }
    digits.parse().map_err(|_| wrong())
}

/// One of the words of a state or kind, as the book writes them: `bank_transfer`, also `bank-transfer`.
pub fn word<T>(text: &str) -> Result<T, String>
where
    T: std::str::FromStr,
    T::Err: std::fmt::Display,
{
    let plain = text.trim().to_ascii_lowercase().replace(['-', ' '], "_");
    plain.parse().map_err(|error: T::Err| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::id::PaymentId;

    #[test]
    fn a_day_is_written_in_one_way_and_exists() {
        assert_eq!(day("2024-02-29").unwrap().to_string(), "2024-02-29");
        for text in
            ["2026-02-30", "2026-2-3", "20260203", "1899-12-31", "3000-01-01", "", "+2024-01-1", "２０２４-01-01"]
        {
            assert!(day(text).is_err(), "{text}");
        }
        assert_eq!(month("2024-02").unwrap().to_string(), "2024-02-01");
        assert!(month("2024-13").is_err());
    }

    #[test]
    fn a_word_may_be_written_with_hyphens_and_capitals() {
        use crate::domain::method::Method;
        for text in ["bank_transfer", "bank-transfer", "Bank transfer"] {
            assert_eq!(word::<Method>(text), Ok(Method::BankTransfer), "{text}");
        }
        assert!(word::<Method>("bank").unwrap_err().contains("is not one of"));
    }

    #[test]
    fn a_row_number_may_carry_its_letter() {
        assert_eq!(id::<PaymentId>("P-12").unwrap(), PaymentId(12));
        assert_eq!(id::<PaymentId>("12").unwrap(), PaymentId(12));
        for text in ["", "-", "P-", "0", "-1", "1.5", "99999999999999999999", "p-12", "2024-0001x"] {
            assert!(id::<PaymentId>(text).is_err(), "{text}");
        }
    }
}
