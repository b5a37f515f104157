//! How a customer is reached: email addresses, phone numbers, and the bank account they pay from.

use thiserror::Error;

use super::card_number::holds_card_number;
use super::iban;
use super::text::{TextError, clean_line};

/// Why a contact detail is refused.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ContactError {
    /// No email address.
    #[error("“{0}” is not an email address: write it like name@example.com")]
    Email(String),
    /// More than one message goes to.
    #[error("a message goes to at most {MOST_EMAILS} addresses")]
    TooMany,
    /// No phone number.
    #[error("“{0}” is not a phone number: write its digits, like +49 30 123456")]
    Phone(String),
    /// Too few or too many digits.
    #[error("a phone number has 5 to 15 digits, this one has {0}")]
    PhoneDigits(usize),
    /// No IBAN, or a typing mistake in one.
    #[error("“{0}” is not a valid IBAN: compare it with the original, one character may be wrong")]
    Iban(String),
    /// Too long, or a card number.
    #[error(transparent)]
    Text(#[from] TextError),
}

/// The most addresses a message goes to.
const MOST_EMAILS: usize = 10;

/// The longest email address mail servers take, in characters.
const LONGEST_EMAIL: usize = 254;

/// What of an input is shown back in an error.
fn shown(text: &str) -> String {
    text.chars().take(60).collect()
}

/// An email address, its domain in lower case. What a mail server would refuse for certain is refused here; whether the
/// mailbox exists only a letter tells.
pub fn email(text: &str) -> Result<String, ContactError> {
    let text = clean_line(text, LONGEST_EMAIL)?;
    let refuse = || ContactError::Email(shown(&text));
    let (name, domain) = text.rsplit_once('@').ok_or_else(refuse)?;
    let dotted = |part: &str| part.split('.').all(|piece| !piece.is_empty());
    let name_char = |c: char| c.is_alphanumeric() || (c.is_ascii_graphic() && !"()<>[]:;@\\,\"".contains(c));
    let label = |label: &str| {
        label.len() <= 63
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|c| c.is_alphanumeric() || c == '-')
    };
    let good_name = name.len() <= 64 && dotted(name) && name.chars().all(name_char);
    let good_domain = domain.contains('.') && dotted(domain) && domain.split('.').all(label);
    if good_name && good_domain { Ok(format!("{name}@{}", domain.to_lowercase())) } else { Err(refuse()) }
}

/// Several email addresses, parted by commas, semicolons or blanks: each tidied, none twice, at most ten.
pub fn emails(text: &str) -> Result<String, ContactError> {
    let mut kept: Vec<String> = Vec::new();
    for one in text.split([',', ';', ' ', '\n']).map(str::trim).filter(|one| !one.is_empty()) {
        let one = email(one)?;
        if !kept.iter().any(|known| known.eq_ignore_ascii_case(&one)) {
            kept.push(one);
        }
    }
    match kept.len() {
        0 => Err(ContactError::Email(shown(text))),
        1..=MOST_EMAILS => Ok(kept.join(", ")),
        _ => Err(ContactError::TooMany),
    }
}

/// As [`emails`]; nothing for nothing.
pub fn emails_if_any(text: &str) -> Result<String, ContactError> {
    if text.trim().is_empty() { Ok(String::new()) } else { emails(text) }
}

/// A phone number as it was written, tidied: digits, spaces, `-`, `/`, `.`, parentheses, a leading `+` and an
/// extension behind `x` or `ext`.
pub fn phone(text: &str) -> Result<String, ContactError> {
    // Too many digits are said to be too many before they could be taken for a card number.
    let digits = text.chars().filter(char::is_ascii_digit).count();
    if digits > 25 {
        return Err(ContactError::PhoneDigits(digits));
    }
    let text = clean_line(text, 40)?;
    let refuse = || ContactError::Phone(shown(&text));
    let lower = text.to_ascii_lowercase();
    let (number, extension) = match lower.split_once("ext").or_else(|| lower.split_once('x')) {
        Some((number, extension)) => (number, extension.trim_start_matches(['.', ' '])),
        None => (lower.as_str(), "0"),
    };
    let body = number.strip_prefix('+').unwrap_or(number);
    let marks = |c: char| c.is_ascii_digit() || " -/.()".contains(c);
    let good_extension = (1..=6).contains(&extension.len()) && extension.bytes().all(|byte| byte.is_ascii_digit());
    if !body.chars().all(marks) || !good_extension {
        return Err(refuse());
    }
    match body.chars().filter(char::is_ascii_digit).count() {
        5..=15 => Ok(text),
        count => Err(ContactError::PhoneDigits(count)),
    }
}

/// The digits two spellings of one phone number share, for finding duplicates: no marks, no `00` or `+` in front, no
/// extension.
pub fn phone_key(text: &str) -> String {
    let number = text.split(['x', 'X', 'e', 'E']).next().unwrap_or_default();
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    digits.strip_prefix("00").map(str::to_owned).unwrap_or(digits)
}

/// Whether two spellings are one phone number: abroad with the code of the country in front, at home with a nought
/// (`0171 2345678` and `+49 171 2345678`).
pub fn is_same_phone(one: &str, other: &str) -> bool {
    let (one, other) = (phone_key(&at_home(one)), phone_key(&at_home(other)));
    let abroad = |full: &str, home: &str| {
        let home = home.trim_start_matches('0');
        // The shortest number one can dial from abroad, and the longest code of a country.
        home.len() >= 7
            && full.strip_suffix(home).is_some_and(|code| (1..=3).contains(&code.len()) && !code.starts_with('0'))
    };
    one.len() >= 5
        && (one == other
            || (other.starts_with('0') && abroad(&one, &other))
            || (one.starts_with('0') && abroad(&other, &one)))
}

/// The nought of a number at home, written between brackets beside the code of the country, goes: `+49 (0)171`.
fn at_home(text: &str) -> String {
    if text.trim_start().starts_with(['+', '0']) { text.replacen("(0)", "", 1) } else { text.to_owned() }
}

/// An IBAN in one piece and upper case, its length and check digits proved.
pub fn iban(text: &str) -> Result<String, ContactError> {
    let compact = iban::in_one_piece(text);
    if iban::is_iban(&compact) {
        return Ok(compact);
    }
    if holds_card_number(text) {
        return Err(TextError::CardNumber.into());
    }
    Err(ContactError::Iban(shown(text.trim())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_email_address_keeps_its_name_and_lowers_its_domain() {
        for (input, kept) in [
            (" Ann.Lee+shop@Example.COM ", "Ann.Lee+shop@example.com"),
            ("o'brien@mail.example.co.uk", "o'brien@mail.example.co.uk"),
            ("łukasz@żółć.pl", "łukasz@żółć.pl"),
        ] {
            assert_eq!(email(input).unwrap(), kept);
        }
    }

    /// F66.
    #[test]
    fn several_addresses_are_read_apart_and_none_twice() {
        assert_eq!(emails("a@x.example; b@x.example,A@X.example").as_deref(), Ok("a@x.example, b@x.example"));
        assert_eq!(emails("a@x.example").as_deref(), Ok("a@x.example"));
        assert!(emails("a@x.example, nobody").is_err() && emails(" ; ").is_err());
        let many: Vec<String> = (0..11).map(|n| format!("a{n}@x.example")).collect();
        assert_eq!(emails(&many.join(" ")), Err(ContactError::TooMany));
    }

    #[test]
    fn what_no_mail_server_takes_is_no_email_address() {
        for input in [
            "",
            "ann",
            "@example.com",
            "ann@",
            "ann@example",
            "ann@.com",
            "ann@example..com",
            "a b@example.com",
            "ann@exa mple.com",
            "ann@example.com, bob@example.com",
            "<ann@example.com>",
            "ann..lee@example.com",
            "ann@-example.com",
            "ann@example.com\nBcc: x@example.com",
            "ann@@example.com",
        ] {
            assert!(email(input).is_err(), "{input:?}");
        }
    }

    #[test]
    fn a_phone_number_is_kept_as_people_write_it() {
        for input in ["+49 30 123456", "(030) 12-34-56", "0049/30/123456", "555.010.9999", "+1 415 555 2671 ext 12"] {
            assert_eq!(phone(input).unwrap(), input);
        }
        assert_eq!(phone(" +49  30 123456 ").unwrap(), "+49 30 123456");
        for input in ["", "12", "call me", "12345678901234567890", "+49 +30 123456", "12345x", "030;123456"] {
            assert!(phone(input).is_err(), "{input}");
        }
        assert_eq!(phone("4111 1111 1111 1111"), Err(ContactError::Text(TextError::CardNumber)));
        assert_eq!(phone_key("0049 (30) 123-456"), phone_key("+49 30 123456 ext 7"));
    }

    /// F62.
    #[test]
    fn a_number_at_home_is_the_one_dialled_from_abroad() {
        for (one, other) in [
            ("0171 2345678", "+49 171 2345678"),
            ("0049 171/2345678", "0171-2345678"),
            ("+49 (0)171 2345678", "01712345678"),
            ("+353 86 123 4567", "086 1234567"),
            ("030 123456 ext 7", "030123456"),
        ] {
            assert!(is_same_phone(one, other) && is_same_phone(other, one), "{one} {other}");
        }
        for (one, other) in [
            ("0171 2345678", "+49 172 2345678"),
            ("0171 2345678", "0172 2345678"),
            ("+49 171 2345678", "+43 171 2345678"),
            ("0123456", "+49123456"),
            ("", ""),
        ] {
            assert!(!is_same_phone(one, other), "{one} {other}");
        }
    }

    #[test]
    fn an_iban_is_proved_by_its_check_digits() {
        assert_eq!(iban("de89 3704 0044 0532 0130 00").unwrap(), "DE89370400440532013000");
        for input in ["", "DE89 3704 0044 0532 0130 01", "DE89", "4111 1111 1111 1111", "XX00 1234 1234 1234"] {
            assert!(iban(input).is_err(), "{input}");
        }
    }
}
