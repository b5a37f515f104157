//! The structured creditor reference of ISO 11649 (`RF18 5390 0754 7034`), which a payer's bank checks and passes on.

use thiserror::Error;

/// The longest body, in characters.
const LONGEST: usize = 21;

/// Why no reference can be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum ReferenceError {
    /// No letter or digit.
    #[error("a payment reference needs at least one letter or digit")]
    Empty,
    /// More than fit.
    #[error("a payment reference has at most {LONGEST} letters and digits, {0} are too many")]
    TooLong(usize),
}

/// The reference of a document number: its ASCII letters and digits, upper case, behind `RF` and two check digits
/// (`2025-0007` → `RF1520250007`).
pub fn creditor_reference(number: &str) -> Result<String, ReferenceError> {
    let body = compact(number);
    match body.len() {
        0 => Err(ReferenceError::Empty),
        length if length > LONGEST => Err(ReferenceError::TooLong(length)),
        _ => Ok(format!("RF{:02}{body}", 98 - remainder(&format!("{body}RF00")))),
    }
}

/// Whether a text is a valid reference; spaces and case do not matter.
pub fn is_creditor_reference(text: &str) -> bool {
    let text = compact(text);
    let Some(rest) = text.strip_prefix("RF") else { return false };
    match rest.split_at_checked(2) {
        Some((check, body)) => {
            check.bytes().all(|byte| byte.is_ascii_digit())
                && (1..=LONGEST).contains(&body.len())
                && remainder(&format!("{body}RF{check}")) == 1
        }
        None => false,
    }
}

/// The reference in groups of four, as it is printed.
pub fn in_groups(reference: &str) -> String {
    let chars: Vec<char> = reference.chars().filter(|c| !c.is_whitespace()).collect();
    chars.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}

/// ASCII letters and digits only, upper case.
fn compact(text: &str) -> String {
    text.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect()
}

/// The remainder by 97 of the number a text stands for, letters counting 10 to 35.
fn remainder(text: &str) -> u32 {
    text.chars().filter_map(|c| c.to_digit(36)).fold(0, |rest, value| {
        let shift = if value > 9 { 100 } else { 10 };
        (rest * shift + value) % 97
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_examples_of_the_standard_are_valid() {
        for reference in
            ["RF18 5390 0754 7034", "rf18539007547034", "RF712348231", "RF45G72UUR", "RF18000000000539007547034"]
        {
            assert!(is_creditor_reference(reference), "{reference}");
        }
        for other in
            ["", "RF", "RF18", "RF19 5390 0754 7034", "2025-0007", "RF1A539007547034", "RF180000000000000539007547034"]
        {
            assert!(!is_creditor_reference(other), "{other}");
        }
    }

    #[test]
    fn a_document_number_becomes_a_reference_that_checks() {
        assert_eq!(creditor_reference("5390 0754 7034").unwrap(), "RF18539007547034");
        for number in ["2025-0007", "INV/2025/0001", "1", "ABCDEFGHIJKLMNOPQRSTU"] {
            assert!(is_creditor_reference(&creditor_reference(number).unwrap()), "{number}");
        }
        assert_eq!(in_groups("RF18539007547034"), "RF18 5390 0754 7034");
        assert_eq!(creditor_reference(" -/"), Err(ReferenceError::Empty));
        assert_eq!(creditor_reference("ABCDEFGHIJKLMNOPQRSTUV"), Err(ReferenceError::TooLong(22)));
    }
}
