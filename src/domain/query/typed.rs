//! What a typed text may mean: part of a name, a number of a document, a reference, an amount. Read once; every list
//! then looks for what it has of these.
//!
//! | typed | means |
//! |---|---|
//! | `0002`, `2026-0002`, `2026 0002`, `RE202600002`, `RF31 2026 0002` | the document whose number is so or ends so: it wins |
//! | `2026-0` | documents whose number begins so |
//! | `S-2`, `O-12` | that subscription, that order; a bare number means neither |
//! | `Müller`, `Mueller`, `Muller` | customers with that name, however it is spelled |
//! | `89`, `89,00` | what costs so much |

use crate::domain::currency::Currency;
use crate::domain::money::Money;
use crate::domain::text::{loose, sought, sought_key};

/// Words of a text that count.
const WORDS: usize = 6;
/// Digits at the end of a text that are tried as a running number.
const LONGEST_RUN: usize = 12;
/// The shortest text that begins a number, and that stands for what begins a reference.
const SHORTEST: (usize, usize) = (5, 3);

/// What people and banks put before the number of an invoice that has no letters. `R` and `CN` are other documents.
const INVOICE_WORDS: [&str; 13] =
    ["RE", "RG", "RNR", "RECHNUNG", "INV", "INVOICE", "FA", "FAC", "FACT", "FACTURE", "FACTURA", "NR", "NO"];

/// A word of a name, folded.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Word {
    /// As it is searched first.
    pub plain: String,
    /// The same without what people spell in two ways.
    pub loose: String,
}

/// A number of a document, however its parts are joined.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ending {
    /// Letters and digits alone, in capitals: what the number's own end in.
    pub compact: String,
    /// The digits behind a word for invoice, which the number itself may lack (`RE20250002` for 2025-0002).
    pub bare: Option<String>,
    /// The running numbers it may have: one for each count of digits the text ends in.
    pub runs: Vec<i64>,
}

/// A typed text, taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed {
    pub words: Vec<Word>,
    /// All digits: a running number.
    pub run: Option<i64>,
    /// `S-0101`: a subscription and nothing else.
    pub subscription: Option<i64>,
    /// `O-12`: an order.
    pub order: Option<i64>,
    /// As it may be a number: as typed, and in capitals.
    pub numbers: Vec<String>,
    /// As it may be a number that is joined otherwise, or the end of one.
    pub ending: Option<Ending>,
    /// As it may begin a reference, folded.
    pub reference: Option<String>,
    /// In minor units.
    pub amount: Option<i64>,
}

impl Typed {
    /// Takes a text apart; `None` where nothing is typed. Amounts are in the shop's currency.
    pub fn read(typed: &str, currency: Option<Currency>) -> Option<Self> {
        let (plain, folded) = (sought(typed.trim()), sought_key(typed));
        if folded.is_empty() {
            return None;
        }
        let lettered =
            |letter| folded.strip_prefix(letter).map(|rest| rest.trim_start_matches('-')).and_then(whole_number);
        let (subscription, order) = (lettered('s'), lettered('o'));
        let has_digit = plain.contains(|letter: char| letter.is_ascii_digit());
        let is_number = has_digit && subscription.is_none() && order.is_none();
        let mut numbers = Vec::new();
        if is_number && !plain.contains(char::is_whitespace) {
            numbers.push(plain.to_owned());
            numbers.push(plain.to_uppercase());
            numbers.dedup();
        }
        Some(Self {
            words: words(&folded),
            run: whole_number(plain),
            subscription,
            order,
            numbers,
            ending: is_number.then(|| ending(plain)).flatten(),
            reference: (folded.len() >= SHORTEST.1).then(|| folded.clone()),
            amount: currency.filter(|_| has_digit).and_then(|currency| amount(plain, currency)),
        })
    }

    /// As numbers may begin with it.
    pub fn beginnings(&self) -> impl Iterator<Item = &String> {
        self.numbers.iter().filter(|number| number.len() >= SHORTEST.0)
    }
}

/// The words of a name; of what looks like a phone number, its digits.
fn words(folded: &str) -> Vec<Word> {
    let digits: String = folded.chars().filter(char::is_ascii_digit).collect();
    let like_a_phone = folded.chars().all(|letter| letter.is_ascii_digit() || " +-()/.".contains(letter));
    let words: Vec<&str> = if like_a_phone && digits.len() >= 6 {
        vec![&digits]
    } else {
        folded.split(' ').map(|word| word.trim_end_matches(',')).filter(|word| !word.is_empty()).take(WORDS).collect()
    };
    words.into_iter().map(|word| Word { plain: word.to_owned(), loose: loose(word) }).collect()
}

/// Letters and digits in capitals, the head of a creditor reference (`RF31`) taken off; `None` unless it ends in digits
/// and has no words in it.
fn ending(plain: &str) -> Option<Ending> {
    let joins = |letter: char| letter.is_ascii_alphanumeric() || " -/._#".contains(letter);
    if !plain.chars().all(joins) {
        return None;
    }
    let compact: String =
        plain.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_uppercase()).collect();
    let headless = compact.strip_prefix("RF").and_then(|rest| {
        let (check, body) = rest.split_at_checked(2)?;
        (check.bytes().all(|byte| byte.is_ascii_digit()) && !body.is_empty()).then(|| body.to_owned())
    });
    let compact = headless.unwrap_or(compact);
    let digits = compact.bytes().rev().take_while(u8::is_ascii_digit).count();
    let tail = compact.get(compact.len() - digits..).unwrap_or_default();
    let starts = (0..tail.len()).rev().take(LONGEST_RUN);
    let mut runs: Vec<i64> = starts.filter_map(|at| tail.get(at..)?.parse().ok()).filter(|run| *run > 0).collect();
    runs.dedup();
    let is_named = compact.get(..compact.len() - digits).is_some_and(|word| INVOICE_WORDS.contains(&word));
    let bare = (is_named && digits >= SHORTEST.0).then(|| tail.to_owned());
    (!runs.is_empty()).then_some(Ending { compact, bare, runs })
}

fn whole_number(text: &str) -> Option<i64> {
    (!text.is_empty() && text.chars().all(|letter| letter.is_ascii_digit())).then(|| text.parse().ok()).flatten()
}

/// `89`, `89.00`, `89,00` as minor units; a text that could be grouped thousands is no amount.
fn amount(typed: &str, currency: Currency) -> Option<i64> {
    let plain = typed.trim().replace(',', ".");
    if plain.matches('.').count() > 1 {
        return None;
    }
    Money::parse(&plain, currency).ok().map(Money::minor).filter(|minor| *minor > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(text: &str) -> Typed {
        Typed::read(text, Some(Currency::EUR)).unwrap()
    }

    fn plain(text: &str) -> Vec<String> {
        typed(text).words.into_iter().map(|word| word.plain).collect()
    }

    #[test]
    fn every_word_of_a_name_is_looked_for_on_its_own() {
        assert_eq!(plain(" Żółć,  Łukasz "), ["zolc", "lukasz"]);
        assert_eq!(plain("100%_a"), ["100%_a"]);
        assert_eq!(Typed::read("  ", None), None);
    }

    #[test]
    fn a_phone_number_is_looked_for_by_its_digits() {
        assert_eq!(plain("+1 555-0142"), ["15550142"]);
        assert_eq!(plain("0108"), ["0108"]);
    }

    /// F62.
    #[test]
    fn a_name_is_one_word_however_it_is_spelled() {
        for spelled in ["Müller", "Mueller", "Muller", "MUELLER"] {
            assert_eq!(typed(spelled).words[0].loose, "muller", "{spelled}");
        }
        assert_eq!(typed("O'Brien").words[0].loose, typed("OBrien").words[0].loose);
        assert_eq!(typed("O’Brien").words[0].loose, "obrien");
    }

    /// F1.
    #[test]
    fn a_bare_number_is_a_running_number_and_never_a_subscription() {
        assert_eq!((typed("0108").run, typed("0108").subscription, typed("0108").order), (Some(108), None, None));
        assert_eq!((typed("s-0101").run, typed("S-0101").subscription), (None, Some(101)));
        assert_eq!((typed("S-0101").ending, typed("S-0101").numbers.len()), (None, 0));
        assert_eq!(typed("smith").subscription, None);
        assert_eq!(typed("inv-2025-1").numbers, ["inv-2025-1", "INV-2025-1"]);
    }

    /// F62: as it is printed for the bank, and as the bank brings it back.
    #[test]
    fn a_number_is_read_however_its_parts_are_joined() {
        for (text, compact) in [
            ("RF31 2026 0001", "20260001"),
            ("RF3120260001", "20260001"),
            ("2026 0001", "20260001"),
            ("2026-0001", "20260001"),
            ("RE202600001", "RE202600001"),
            ("0001", "0001"),
        ] {
            let ending = typed(text).ending.unwrap();
            assert_eq!(ending.compact, compact, "{text}");
            assert!(ending.runs.contains(&1), "{text}");
        }
        assert_eq!(typed("RE20250002").ending.unwrap().bare.as_deref(), Some("20250002"));
        assert_eq!(typed("RE2").ending.unwrap().bare, None);
        assert_eq!(typed("0012").ending.unwrap().runs, [2, 12]);
        assert_eq!(typed("Ann 2 Weber").ending, None);
        assert_eq!(typed("89,00").ending, None);
    }

    #[test]
    fn an_amount_is_read_with_a_point_or_a_comma() {
        for (text, minor) in [("89", Some(8900)), ("89.5", Some(8950)), ("89,00", Some(8900)), ("1.234", None)] {
            assert_eq!(typed(text).amount, minor, "{text}");
        }
        assert_eq!(typed("2025-0108").amount, None);
        assert_eq!(typed("0").amount, None);
    }
}
