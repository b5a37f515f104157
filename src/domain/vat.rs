//! VAT numbers: the form and the check digits of those of the European Union, Northern Ireland and Great Britain.
//!
//! The forms are those of the Commission's VIES service; the check digits those each country publishes. A number of
//! another country is kept as it was written. Whether a number is in use only the tax office tells.

use thiserror::Error;

use super::text::{TextError, clean_line};

/// The longest VAT number the book keeps, in characters.
const LONGEST: usize = 40;

/// Why a VAT number is refused.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum VatError {
    /// Its country writes it otherwise.
    #[error("a VAT number of {country} is written like {example}")]
    Form {
        /// The two letters it begins with.
        country: &'static str,
        /// One that is right.
        example: &'static str,
    },
    /// A typing mistake.
    #[error("the check digits of that VAT number are wrong: compare it with the original, one character may be wrong")]
    CheckDigits,
    /// Too long, or a card number.
    #[error(transparent)]
    Text(#[from] TextError),
}

/// How the check digits of a country are found.
#[derive(Clone, Copy)]
enum Check {
    /// None that is the same for all its numbers.
    None,
    /// Digits times weights, the last digit from the remainder.
    Weights(&'static [u32], fn(u32) -> Option<u32>),
    /// The last digit by ISO 7064, MOD 11,10.
    Hybrid,
    /// Anything else.
    Own(fn(&str) -> bool),
}

/// One country: its letters, a number that is right, the forms (`9` a digit, `A` a letter, `*` either, other
/// characters themselves), its check digits.
struct Country(&'static str, &'static str, &'static [&'static str], Check);

#[expect(clippy::unnecessary_wraps, reason = "one of several rules; others know remainders no number may have")]
const fn to_ten(sum: u32) -> Option<u32> {
    Some((10 - sum % 10) % 10)
}

/// Eleven minus the remainder by eleven, 10 and 11 as nothing.
#[expect(clippy::unnecessary_wraps, reason = "as above")]
const fn to_eleven(sum: u32) -> Option<u32> {
    let check = 11 - sum % 11;
    Some(if check > 9 { 0 } else { check })
}

const COUNTRIES: &[Country] = &[
    Country("AT", "ATU13585627", &["U99999999"], Check::Own(austria)),
    Country(
        "BE",
        "BE0428759497",
        &["9999999999"],
        Check::Own(|body| number(body, 0, 8) % 97 + number(body, 8, 10) == 97),
    ),
    Country("BG", "BG175074752", &["999999999", "9999999999"], Check::None),
    Country("CY", "CY10259033P", &["99999999A"], Check::None),
    Country("CZ", "CZ25123891", &["99999999", "999999999", "9999999999"], Check::Own(czechia)),
    Country("DE", "DE136695976", &["999999999"], Check::Hybrid),
    Country(
        "DK",
        "DK13585628",
        &["99999999"],
        Check::Own(|body| weighed(body, &[2, 7, 6, 5, 4, 3, 2, 1]).is_multiple_of(11)),
    ),
    Country("EE", "EE100931558", &["999999999"], Check::Weights(&[3, 7, 1, 3, 7, 1, 3, 7], to_ten)),
    Country(
        "EL",
        "EL094259216",
        &["999999999"],
        Check::Weights(&[256, 128, 64, 32, 16, 8, 4, 2], |sum| Some(sum % 11 % 10)),
    ),
    Country("ES", "ESB58378431", &["*9999999*"], Check::Own(spain)),
    Country(
        "FI",
        "FI20774740",
        &["99999999"],
        Check::Weights(&[7, 9, 10, 5, 8, 4, 2], |sum| match sum % 11 {
            0 => Some(0),
            1 => None,
            rest => Some(11 - rest),
        }),
    ),
    Country("FR", "FR40303265045", &["**999999999"], Check::Own(france)),
    Country("GB", "GB980780684", &["999999999", "999999999999"], Check::Own(britain)),
    Country("HR", "HR33392005961", &["99999999999"], Check::Hybrid),
    Country("HU", "HU12892312", &["99999999"], Check::Weights(&[9, 7, 3, 1, 9, 7, 3], to_ten)),
    Country("IE", "IE6433435F", &["9999999A", "9999999AA", "9*99999A"], Check::Own(ireland)),
    Country("IT", "IT00743110157", &["99999999999"], Check::Own(luhn)),
    Country("LT", "LT119511515", &["999999999", "999999999999"], Check::None),
    Country("LU", "LU15027442", &["99999999"], Check::Own(|body| number(body, 0, 6) % 89 == number(body, 6, 8))),
    Country("LV", "LV40003521600", &["99999999999"], Check::None),
    Country(
        "MT",
        "MT11679112",
        &["99999999"],
        Check::Own(|body| 37 - u64::from(weighed(body, &[3, 4, 6, 7, 8, 9]) % 37) == number(body, 6, 8)),
    ),
    Country("NL", "NL004495445B01", &["999999999B99"], Check::Own(netherlands)),
    Country(
        "PL",
        "PL8567346215",
        &["9999999999"],
        Check::Weights(&[6, 5, 7, 2, 3, 4, 5, 6, 7], |sum| if sum % 11 == 10 { None } else { Some(sum % 11) }),
    ),
    Country("PT", "PT501964843", &["999999999"], Check::Weights(&[9, 8, 7, 6, 5, 4, 3, 2], to_eleven)),
    Country(
        "RO",
        "RO18547290",
        &["99", "999", "9999", "99999", "999999", "9999999", "99999999", "999999999", "9999999999"],
        Check::None,
    ),
    Country("SE", "SE123456789701", &["999999999999"], Check::Own(|body| body.get(..10).is_some_and(luhn))),
    Country(
        "SI",
        "SI50223054",
        &["99999999"],
        Check::Weights(&[8, 7, 6, 5, 4, 3, 2], |sum| if sum.is_multiple_of(11) { None } else { to_eleven(sum) }),
    ),
    Country("SK", "SK2022749619", &["9999999999"], Check::Own(|body| number(body, 0, 10).is_multiple_of(11))),
    Country("XI", "XI980780684", &["999999999", "999999999999"], Check::Own(britain)),
];

/// A VAT number as it is kept: of the countries above in one piece and upper case, its form and check digits proved;
/// of another country as it was written.
pub fn vat_number(text: &str) -> Result<String, VatError> {
    let line = clean_line(text, LONGEST)?;
    let in_one_piece = |text: &str| -> String {
        text.chars().filter(|c| !" .-/,:".contains(*c)).map(|c| c.to_ascii_uppercase()).collect()
    };
    // A label in front of a colon is none of the number; the letters of its country are.
    let labelled = line.split_once(':').map(|(_, number)| in_one_piece(number));
    let begins_with_a_country = |number: &String| number.chars().take(2).all(|c| c.is_ascii_uppercase());
    let plain = labelled.filter(begins_with_a_country).unwrap_or_else(|| in_one_piece(&line));
    let letters = plain.get(..2).map(|letters| if letters == "GR" { "EL" } else { letters });
    let Some(Country(code, example, forms, check)) = COUNTRIES.iter().find(|country| Some(country.0) == letters) else {
        return Ok(line);
    };
    let body = &filled(code, plain.get(2..).unwrap_or_default());
    if !forms.iter().any(|form| has_form(body, form)) {
        return Err(VatError::Form { country: code, example });
    }
    let is_right = match check {
        Check::None => true,
        Check::Weights(weights, last) => last(weighed(body, weights)) == digit(body, weights.len()),
        Check::Hybrid => hybrid(body),
        Check::Own(proves) => proves(body),
    };
    if is_right { Ok(format!("{code}{body}")) } else { Err(VatError::CheckDigits) }
}

/// With the noughts in front that older papers leave out: Belgian numbers had nine digits until 2005, Greek ones eight;
/// the Dutch are written as short as they are.
fn filled(country: &str, body: &str) -> String {
    match country {
        "BE" if body.len() == 9 => format!("0{body}"),
        "EL" if body.len() == 8 => format!("0{body}"),
        "NL" => match body.split_once('B') {
            Some((number, branch)) if (5..9).contains(&number.len()) => format!("{number:0>9}B{branch}"),
            _ => body.to_owned(),
        },
        _ => body.to_owned(),
    }
}

fn has_form(body: &str, form: &str) -> bool {
    body.len() == form.len()
        && body.chars().zip(form.chars()).all(|(c, wanted)| match wanted {
            '9' => c.is_ascii_digit(),
            'A' => c.is_ascii_uppercase(),
            '*' => c.is_ascii_digit() || c.is_ascii_uppercase(),
            other => c == other,
        })
}

/// The digit at this place.
fn digit(body: &str, at: usize) -> Option<u32> {
    body.chars().nth(at).and_then(|c| c.to_digit(10))
}

/// The digits from one place up to another as a number; letters are left out.
fn number(body: &str, from: usize, to: usize) -> u64 {
    let digits = body.chars().skip(from).take(to - from).filter_map(|c| c.to_digit(10));
    digits.fold(0, |number, digit| number * 10 + u64::from(digit))
}

/// The first digits times these weights.
fn weighed(body: &str, weights: &[u32]) -> u32 {
    body.chars().zip(weights).map(|(c, weight)| c.to_digit(10).unwrap_or(0) * weight).sum()
}

fn hybrid(body: &str) -> bool {
    let mut product = 10;
    for c in body.chars().take(body.len().saturating_sub(1)) {
        let sum = (c.to_digit(10).unwrap_or(0) + product) % 10;
        product = if sum == 0 { 10 } else { sum } * 2 % 11;
    }
    digit(body, body.len().saturating_sub(1)) == Some((11 - product) % 10)
}

/// Every second digit from the end doubled, its digits added: a multiple of ten.
fn luhn(body: &str) -> bool {
    let digits = body.chars().rev().filter_map(|c| c.to_digit(10)).enumerate();
    let sum: u32 = digits.map(|(at, digit)| if at % 2 == 0 { digit } else { digit * 2 / 10 + digit * 2 % 10 }).sum();
    sum.is_multiple_of(10)
}

fn austria(body: &str) -> bool {
    let digits: Vec<u32> = body.chars().filter_map(|c| c.to_digit(10)).collect();
    let twice = |digit: u32| digit / 5 + digit * 2 % 10;
    let sum: u32 = digits.iter().take(7).enumerate().map(|(at, d)| if at % 2 == 0 { *d } else { twice(*d) }).sum();
    digits.get(7) == Some(&((10 - (sum + 4) % 10) % 10))
}

/// Companies have eight digits with a check digit; persons nine or ten, by their day of birth.
fn czechia(body: &str) -> bool {
    let check = 11 - weighed(body, &[8, 7, 6, 5, 4, 3, 2]) % 11;
    body.len() != 8 || digit(body, 7) == Some(check % 10)
}

/// A person's number ends in a letter by the remainder by 23; a company's in a digit, or a letter for it.
fn spain(body: &str) -> bool {
    let of_person = |number: u64| "TRWAGMYFPDXBNJZSQVHLCKE".chars().nth(usize::try_from(number % 23).unwrap_or(0));
    let (first, last) = (body.chars().next(), body.chars().last());
    match first {
        Some('0'..='9') => last == of_person(number(body, 0, 8)),
        Some(first @ ('X' | 'Y' | 'Z')) => {
            let lead = u64::from(u32::from(first) - u32::from('X'));
            last == of_person(lead * 10_000_000 + number(body, 1, 8))
        }
        Some('K' | 'L' | 'M') => last == of_person(number(body, 1, 8)),
        _ => {
            let doubled = |digit: u32| digit * 2 / 10 + digit * 2 % 10;
            let digits = body.chars().skip(1).take(7).filter_map(|c| c.to_digit(10)).enumerate();
            let sum: u32 = digits.map(|(at, digit)| if at % 2 == 0 { doubled(digit) } else { digit }).sum();
            let check = (10 - sum % 10) % 10;
            let letter = "JABCDEFGHI".chars().nth(usize::try_from(check).unwrap_or(0));
            last == letter || last.and_then(|c| c.to_digit(10)) == Some(check)
        }
    }
}

/// A key of two digits follows from the number; keys with letters are of another series.
fn france(body: &str) -> bool {
    let is_old = body.chars().take(2).all(|c| c.is_ascii_digit());
    !is_old || number(body, 0, 2) == (12 + 3 * (number(body, 2, 11) % 97)) % 97
}

fn britain(body: &str) -> bool {
    let sum = u64::from(weighed(body, &[8, 7, 6, 5, 4, 3, 2])) + number(body, 7, 9);
    sum.is_multiple_of(97) || (sum + 55).is_multiple_of(97)
}

/// Numbers of before 2013 whose second character is a letter have a check of their own, which few still need.
fn ireland(body: &str) -> bool {
    if digit(body, 1).is_none() {
        return true;
    }
    let letter = |at: usize| body.chars().nth(at).map_or(0, |c| (u32::from(c) - u32::from('A') + 1) % 23);
    let second = if body.len() == 9 { letter(8) * 9 } else { 0 };
    (weighed(body, &[8, 7, 6, 5, 4, 3, 2]) + second) % 23 == letter(7)
}

/// Companies by the remainder by eleven; sole traders since 2020 by the remainder by 97 over letters and digits.
fn netherlands(body: &str) -> bool {
    let company = weighed(body, &[9, 8, 7, 6, 5, 4, 3, 2]) % 11;
    let spelled = body.chars().fold(23_21_u64, |rest, c| match c.to_digit(36) {
        Some(digit @ 0..=9) => (rest * 10 + u64::from(digit)) % 97,
        Some(letter) => (rest * 100 + u64::from(letter)) % 97,
        None => rest,
    });
    digit(body, 8) == Some(company) || spelled == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_right_number_is_kept_in_one_piece() {
        for Country(_, example, ..) in COUNTRIES {
            assert_eq!(vat_number(example).as_deref(), Ok(*example), "{example}");
        }
        for (typed, kept) in [
            ("de 136.695 976", "DE136695976"),
            ("GR 094259216", "EL094259216"),
            ("NL123456789B13", "NL123456789B13"),
            ("IE6433435OA", "IE6433435OA"),
            ("ES54362315K", "ES54362315K"),
            ("ESX2482300W", "ESX2482300W"),
            ("FR K7399859412", "FRK7399859412"),
            // F73.
            ("DE: 136695976", "DE136695976"),
            ("USt-IdNr.: DE 136 695 976", "DE136695976"),
            ("VAT:ATU13585627", "ATU13585627"),
            ("BE 428.759.497", "BE0428759497"),
            ("EL 94259216", "EL094259216"),
            ("GR94259216", "EL094259216"),
            ("NL4495445B01", "NL004495445B01"),
        ] {
            assert_eq!(vat_number(typed).as_deref(), Ok(kept), "{typed}");
        }
    }

    #[test]
    fn one_wrong_digit_is_found_wherever_it_stands() {
        let checked = COUNTRIES.iter().filter(|country| !matches!(country.3, Check::None));
        for Country(_, example, ..) in checked {
            for at in 2..example.len() {
                let Some(digit) = example.chars().nth(at).and_then(|c| c.to_digit(10)) else { continue };
                // The second check digit of a Dutch number counts the establishments of a company.
                if example.starts_with("NL") && at > 10 || example.starts_with("SE") && at > 11 {
                    continue;
                }
                let wrong = char::from_digit((digit + 1) % 10, 10).unwrap();
                let typed = format!("{}{wrong}{}", &example[..at], &example[at + 1..]);
                assert!(vat_number(&typed).is_err(), "{typed} for {example}");
            }
        }
    }

    #[test]
    fn a_form_of_its_country_is_asked_for_and_others_are_left_alone() {
        for typed in ["DE12345", "ATU1234567", "FR1", "NL004495445X01", "BE", "IT0074311015A"] {
            assert!(matches!(vat_number(typed), Err(VatError::Form { .. })), "{typed}");
        }
        for typed in ["US-99-1234567", "CHE-116.281.710 MWST", "", "44-0917"] {
            assert_eq!(vat_number(typed).as_deref(), Ok(typed));
        }
        assert!(vat_number("4111 1111 1111 1111").is_err());
    }
}
