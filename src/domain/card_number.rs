//! Full card numbers, so that they can be refused wherever text enters the book.
//!
//! A number is refused only when it passes the Luhn check, begins like a brand's numbers and has exactly as many digits
//! as that brand's: Luhn alone would refuse a tenth of all honest bank references.

use deunicode::deunicode;

use super::iban::is_iban;

/// First digits of a brand's numbers, from … to (both included), and the lengths they have.
type Range = (u32, u32, &'static [usize]);

/// The ranges of the brands, as far as six digits tell them.
const RANGES: &[Range] = &[
    (4, 4, &[13, 16, 19]),                           // Visa
    (51, 55, &[16]),                                 // Mastercard
    (2221, 2720, &[16]),                             // Mastercard, 2-series
    (34, 34, &[15]),                                 // American Express
    (37, 37, &[15]),                                 // American Express
    (6011, 6011, &[16, 17, 18, 19]),                 // Discover
    (644, 649, &[16, 17, 18, 19]),                   // Discover
    (65, 65, &[16, 17, 18, 19]),                     // Discover
    (300, 305, &[14]),                               // Diners Club
    (36, 36, &[14]),                                 // Diners Club
    (38, 39, &[14]),                                 // Diners Club
    (3528, 3589, &[16, 17, 18, 19]),                 // JCB
    (62, 62, &[16, 17, 18, 19]),                     // UnionPay
    (5018, 5018, &[12, 13, 14, 15, 16, 17, 18, 19]), // Maestro
    (5020, 5020, &[12, 13, 14, 15, 16, 17, 18, 19]), // Maestro
    (5038, 5038, &[12, 13, 14, 15, 16, 17, 18, 19]), // Maestro
    (5893, 5893, &[12, 13, 14, 15, 16, 17, 18, 19]), // Maestro
    (6304, 6304, &[12, 13, 14, 15, 16, 17, 18, 19]), // Maestro
    (6759, 6759, &[12, 13, 14, 15, 16, 17, 18, 19]), // Maestro
    (6761, 6763, &[12, 13, 14, 15, 16, 17, 18, 19]), // Maestro
];

/// The fewest and the most digits of a card number.
const LENGTHS: std::ops::RangeInclusive<usize> = 12..=19;
/// Of so many texts at most every two are looked at together, of more only neighbours.
const MOST_PAIRED: usize = 20;
/// The longest international phone number, in digits.
const LONGEST_PHONE: usize = 15;

/// Whether a full card number stands anywhere in the text: in one piece, in groups with spaces or dashes between them,
/// or in groups of three digits and more with points or slashes between them (dates and French phone numbers have
/// groups of two; lists of invoice numbers have commas). A phone number written with its `+` and a valid IBAN are none, whatever their digits.
///
/// Digits of every script count, and raised, lowered and framed ones: searches go by the text in plain letters, where
/// all of them are ASCII digits and what joined them is gone.
pub fn holds_card_number(text: &str) -> bool {
    is_in(text) || (!text.is_ascii() && is_in(&deunicode(text)))
}

fn is_in(text: &str) -> bool {
    let chars: Vec<char> = text.chars().collect();
    let mut at = 0;
    while at < chars.len() {
        if let Some(end) = iban_end(&chars, at) {
            at = end;
        } else if digit(&chars, at).is_some() {
            let (groups, end) = run(&chars, at);
            let digits: usize = groups.iter().map(|group| group.digits.len()).sum();
            let phone = at > 0 && chars.get(at - 1) == Some(&'+') && digits <= LONGEST_PHONE;
            if !phone && groups_hold(&groups) {
                return true;
            }
            at = end;
        } else {
            at += 1;
        }
    }
    false
}

/// Whether these digits, and nothing else, are a card number.
pub fn is_card_number(digits: &[u8]) -> bool {
    LENGTHS.contains(&digits.len()) && in_a_range(digits) && luhn(digits)
}

/// The digit at a place: ASCII, full-width or Arabic ones, which look the same to a reader.
fn digit(chars: &[char], at: usize) -> Option<u8> {
    let c = *chars.get(at)?;
    let zero = match c {
        '0'..='9' => '0',
        '\u{660}'..='\u{669}' => '\u{660}',
        '\u{6f0}'..='\u{6f9}' => '\u{6f0}',
        '\u{ff10}'..='\u{ff19}' => '\u{ff10}',
        _ => return None,
    };
    u8::try_from(u32::from(c) - u32::from(zero)).ok()
}

/// Digits side by side.
#[derive(Default)]
struct Group {
    digits: Vec<u8>,
    /// Whether a point or slash stands before it, not only spaces and dashes.
    is_loose: bool,
}

/// The groups of digits from `at` on with only spaces, dashes, points and slashes between them, and the place after the
/// last.
fn run(chars: &[char], mut at: usize) -> (Vec<Group>, usize) {
    let (mut groups, mut end): (Vec<Group>, usize) = (vec![], at);
    let mut is_loose = false;
    while let Some(&c) = chars.get(at) {
        match digit(chars, at) {
            Some(digit) => {
                match groups.last_mut() {
                    Some(group) if end == at => group.digits.push(digit),
                    _ => groups.push(Group { digits: vec![digit], is_loose: std::mem::take(&mut is_loose) }),
                }
                end = at + 1;
            }
            None if c.is_whitespace() || matches!(c, '-' | '_' | '\u{2010}'..='\u{2015}' | '\u{2212}') => {}
            None if matches!(c, '.' | '/' | '\\' | '|' | ':' | '*' | '\u{b7}' | '\u{2022}' | '\u{2044}') => {
                is_loose = true;
            }
            None => break,
        }
        at += 1;
    }
    (groups, end)
}

/// Whether some neighbouring whole groups together are a card number.
fn groups_hold(groups: &[Group]) -> bool {
    (0..groups.len()).any(|first| {
        let (mut digits, mut is_loose, mut shortest): (Vec<u8>, bool, usize) = (Vec::new(), false, usize::MAX);
        groups.iter().skip(first).enumerate().any(|(at, group)| {
            is_loose |= at > 0 && group.is_loose;
            shortest = shortest.min(group.digits.len());
            digits.extend(&group.digits);
            (!is_loose || shortest >= 3) && is_card_number(&digits)
        })
    })
}

/// Whether a card number is spread over texts that are entered together, none of which holds one: over neighbours, or
/// over any two. Only for texts of words: two honest numbers side by side look like one every hundredth time.
pub fn is_spread_over(texts: &[&str]) -> bool {
    let texts: Vec<&str> = texts.iter().filter(|text| has_digit(text)).copied().collect();
    let few = if texts.len() <= MOST_PAIRED { texts.as_slice() } else { &[] };
    let pairs = few.iter().enumerate().flat_map(|(at, one)| few.iter().skip(at + 1).map(move |other| [*one, *other]));
    holds_card_number(&texts.join(" ")) || pairs.into_iter().any(|pair| holds_card_number(&pair.join(" ")))
}

fn has_digit(text: &str) -> bool {
    let is_digit = |text: &str| text.bytes().any(|byte| byte.is_ascii_digit());
    is_digit(text) || (!text.is_ascii() && is_digit(&deunicode(text)))
}

/// Where a valid IBAN that begins at `at` ends. It is looked for longest first, in groups or in one piece.
fn iban_end(chars: &[char], at: usize) -> Option<usize> {
    let letter = |place: usize| chars.get(place).is_some_and(char::is_ascii_alphabetic);
    let fresh = at == 0 || chars.get(at - 1).is_some_and(|c| !c.is_alphanumeric());
    if !(fresh && letter(at) && letter(at + 1) && digit(chars, at + 2).is_some() && digit(chars, at + 3).is_some()) {
        return None;
    }
    let (mut compact, mut found) = (String::new(), None);
    for (place, c) in chars.iter().enumerate().skip(at) {
        if c.is_ascii_alphanumeric() {
            compact.push(c.to_ascii_uppercase());
            let ends = chars.get(place + 1).is_none_or(|next| !next.is_ascii_alphanumeric());
            if ends && compact.len() >= 15 && is_iban(&compact) {
                found = Some(place + 1);
            }
        } else if !" -.".contains(*c) {
            break;
        }
        if compact.len() > 34 {
            break;
        }
    }
    found
}

/// Whether the number begins like a brand's and is as long as that brand's are.
fn in_a_range(digits: &[u8]) -> bool {
    RANGES.iter().any(|(from, to, lengths)| {
        let places = from.checked_ilog10().map_or(1, |log| log as usize + 1);
        let head = digits.iter().take(places).fold(0_u32, |head, digit| head * 10 + u32::from(*digit));
        (*from..=*to).contains(&head) && lengths.contains(&digits.len())
    })
}

/// The Luhn check: every second digit from the right is doubled, and the digit sum ends in 0.
fn luhn(digits: &[u8]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(at, digit)| match (at % 2, u32::from(*digit)) {
            (0, digit) => digit,
            (_, digit) if digit > 4 => digit * 2 - 9,
            (_, digit) => digit * 2,
        })
        .sum();
    sum.is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_brands_test_numbers_are_seen_however_they_are_written() {
        for number in [
            "4111111111111111",
            "4111 1111 1111 1111",
            "4111-1111-1111-1111",
            "4111  1111 – 1111 1111",
            "4222222222222",
            "5555555555554444",
            "2223003122003222",
            "378282246310005",
            "3782 822463 10005",
            "6011111111111117",
            "30569309025904",
            "36227206271667",
            "3530111333300000",
            "6205500000000000004",
            "6759649826438453",
            "card:4111111111111111,exp 12/28",
            "ref 12 4111 1111 1111 1111 99",
            "４１１１１１１１１１１１１１１１",
            "RF12x 4111 1111 1111 1111",
            "4111.1111.1111.1111",
            "4111/1111/1111/1111",
            "4111 1111 / 1111 1111",
            "visa 3782.822463.10005!",
            "4111·1111·1111·1111",
        ] {
            assert!(holds_card_number(number), "{number}");
        }
    }

    /// F105
    #[test]
    fn what_is_searched_by_never_holds_a_card_number_whatever_digits_it_was_typed_in() {
        let plain = "4111111111111111";
        let typed = |digit: char, other: &str| plain.replace(digit, other);
        let mut tried = 0;
        for c in '\u{80}'..=char::MAX {
            if let [b'1'] = deunicode(&c.to_string()).as_bytes() {
                let text = typed('1', &c.to_string());
                assert!(holds_card_number(&text), "{text}");
                assert!(is_spread_over(&[&text[..text.len() - c.len_utf8()], &c.to_string()]), "{text}");
                tried += 1;
            }
        }
        assert!(tried > 50, "{tried}");
        for digits in
            ["⁴¹¹¹ ¹¹¹¹ ¹¹¹¹ ¹¹¹¹", "४१११११११११११११११", "₄₁₁₁-₁₁₁₁-₁₁₁₁-₁₁₁₁", "4️⃣1️⃣1️⃣1️⃣1️⃣1️⃣1️⃣1️⃣1️⃣1️⃣1️⃣1️⃣1️⃣1️⃣1️⃣1️⃣"]
        {
            assert!(holds_card_number(digits), "{digits}");
        }
        for honest in ["x² + y² = 4", "4½ Zimmer, ½ Miete, ⅓ Anzahlung", "ΔΩ 2025-0007", "١٢٣٤", "№ 411111111111111"]
        {
            assert!(!holds_card_number(honest), "{honest}");
        }
    }

    #[test]
    fn honest_numbers_pass() {
        for number in [
            "4111111111111112",
            "**** **** **** 1111",
            "1111",
            "INV 2025-0007 2025-0008",
            "DE89 3704 0044 0532 0130 00",
            "DE89370400440532013000",
            "paid from GB29 NWBK 6016 1331 9268 19, thanks",
            "+49 151 12345678",
            "+41 44 668 18 00",
            "RF18 5390 0754 7034",
            "41111111111111111",
            "2025-11-17 2025-12-17",
            "41.11.11.11.11.11.11.11",
            "4012, 4013, 4014, 4019",
            "06.12.34.56.78 / 06.98.76.54.32",
            "192.168.100.200/255.255.255.0",
            "0000000000000000",
            "",
        ] {
            assert!(!holds_card_number(number), "{number}");
        }
    }

    #[test]
    fn a_number_spread_over_the_fields_of_a_form_is_seen() {
        assert!(is_spread_over(&["Ana 41111111", "11111111 Delgado"]));
        assert!(is_spread_over(&["4111 1111", "", "Quay", "1111 1111"]));
        assert!(is_spread_over(&["4111", "1111", "1111", "1111"]));
        assert!(!is_spread_over(&["Ana 4111", "Delgado 1111", "1111", "Room 1111"]));
        assert!(!is_spread_over(&[]));
    }

    #[test]
    fn a_phone_number_with_its_plus_is_none_even_where_its_digits_would_be() {
        assert!(holds_card_number("4222222222222"));
        assert!(!holds_card_number("+4222222222222"));
        assert!(holds_card_number("+4111111111111111"));
    }
}
