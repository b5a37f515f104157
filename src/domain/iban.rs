//! Whether a text is an IBAN. Length and form of most countries are known to a crate; of the two it lacks they stand here.

use iban::{Iban, IbanLike, ParseIbanError};

/// Countries of the registry that the crate does not know: letters, letters of the bank, length.
const LACKING: [(&str, usize, usize); 2] = [("PK", 4, 24), ("HN", 4, 28)];

/// Whether this is an IBAN in one piece and capitals: its length, form and check digits are right.
pub fn is_iban(compact: &str) -> bool {
    match compact.parse::<Iban>() {
        Ok(_) => true,
        Err(ParseIbanError::UnknownCountry(base)) => LACKING.iter().any(|(country, letters, length)| {
            base.country_code() == *country
                && compact.len() == *length
                && compact.bytes().skip(4).take(*letters).all(|byte| byte.is_ascii_uppercase())
        }),
        Err(_) => false,
    }
}

/// A text in one piece and capitals, without the blanks, dashes and points people write between, and the word in front.
pub fn in_one_piece(text: &str) -> String {
    let marks = |c: char| c.is_whitespace() || "-\u{2010}\u{2011}\u{2013}.:".contains(c);
    let compact: String = text.chars().filter(|c| !marks(*c)).map(|c| c.to_ascii_uppercase()).collect();
    compact.strip_prefix("IBAN").map(str::to_owned).unwrap_or(compact)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// F73.
    #[test]
    fn ibans_of_every_country_are_read_however_they_are_written() {
        for typed in [
            "PK36 SCBL 0000 0011 2345 6702",
            "HN88 CABF 0000 0000 0002 5000 5469",
            "DE89-3704-0044-0532-0130-00",
            "IBAN: de89 3704 0044 0532 0130 00",
            "GB33BUKB20201555555555",
        ] {
            assert!(is_iban(&in_one_piece(typed)), "{typed}");
        }
        for typed in ["PK36SCBL000000112345670", "PK36SCBL0000001123456703", "HN88CABF0000000000025000546", "DE89"] {
            assert!(!is_iban(&in_one_piece(typed)), "{typed}");
        }
    }
}
