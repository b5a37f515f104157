//! How the numbers of documents look. That they have no gaps is the file's business: they are given inside the
//! transaction that issues the document.

use std::fmt;
use std::str::FromStr;

use chrono::NaiveDate;
use thiserror::Error;

use super::text::clean_line;

/// The format a new book starts with.
pub const DEFAULT: &str = "{year}-{seq:04}";

/// Numbers follow dates: the day that stands on a document wanted for a day, where `newest` is the day of the last number
/// of its series. Never before it, whatever the clock says and however late the document comes.
pub fn dated(wanted: NaiveDate, newest: Option<NaiveDate>) -> NaiveDate {
    newest.map_or(wanted, |newest| newest.max(wanted))
}

/// The longest format, in characters.
const LONGEST: usize = 40;
/// The most digits `{seq:0N}` pads to.
const WIDEST: usize = 12;

/// A number format: text, `{year}`, and `{seq}` or `{seq:0N}`. With `{year}` the count starts again every year.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct NumberFormat {
    pattern: String,
    parts: Vec<Part>,
}

#[derive(Clone, PartialEq, Eq, Hash, Debug)]
enum Part {
    Text(String),
    Year,
    Seq(usize),
}

/// Why a text is no number format.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum NumberingError {
    /// Numbers would all be the same.
    #[error("a number format needs {{seq}}, the running number, exactly once: for example {DEFAULT}")]
    Sequence,
    /// The year twice.
    #[error("a number format has {{year}} at most once")]
    Year,
    /// A word in braces that means nothing.
    #[error("“{{{0}}}” means nothing in a number format: use {{year}}, {{seq}} or {{seq:04}}")]
    Word(String),
    /// A brace that is not closed or not opened.
    #[error("a brace in the number format is not closed: write {{seq}} or {{year}}")]
    Brace,
    /// Characters that cannot be seen or turn text around, or a card number.
    #[error("a number format is plain text on one line")]
    Control,
    /// Longer than forty characters.
    #[error("a number format has at most {LONGEST} characters")]
    TooLong,
}

impl NumberFormat {
    /// Reads a format such as `INV-{year}-{seq:04}`.
    pub fn parse(pattern: &str) -> Result<Self, NumberingError> {
        let pattern = pattern.trim();
        if pattern.chars().count() > LONGEST {
            return Err(NumberingError::TooLong);
        }
        if clean_line(pattern, LONGEST).as_deref() != Ok(pattern) {
            return Err(NumberingError::Control);
        }
        let mut parts = Vec::new();
        let mut rest = pattern;
        while let Some((text, after)) = rest.split_once('{') {
            let (word, after) = after.split_once('}').ok_or(NumberingError::Brace)?;
            parts.push(text_part(text)?);
            parts.push(word_part(word)?);
            rest = after;
        }
        parts.push(text_part(rest)?);
        parts.retain(|part| *part != Part::Text(String::new()));
        if parts.iter().filter(|part| matches!(part, Part::Seq(_))).count() != 1 {
            return Err(NumberingError::Sequence);
        }
        if parts.iter().filter(|part| **part == Part::Year).count() > 1 {
            return Err(NumberingError::Year);
        }
        Ok(Self { pattern: pattern.to_owned(), parts })
    }

    /// A format that stands in a book already. It once was a format, whatever rules came since, so it is read as it can
    /// be: what means nothing is text, and a running number is never missing. Nobody is kept out of a book by it.
    pub fn stored(pattern: &str) -> Self {
        if let Ok(format) = Self::parse(pattern) {
            return format;
        }
        let (mut parts, mut text, mut rest) = (Vec::new(), String::new(), pattern);
        while let Some(c) = rest.chars().next() {
            let word = rest.strip_prefix('{').and_then(|inner| inner.split_once('}'));
            let known = word.and_then(|(word, after)| Some((word_part(word).ok()?, after)));
            match known {
                Some((part, after)) if !parts.iter().any(|known| same_kind(known, &part)) => {
                    parts.push(Part::Text(std::mem::take(&mut text)));
                    parts.push(part);
                    rest = after;
                }
                _ => {
                    text.push(c);
                    rest = rest.get(c.len_utf8()..).unwrap_or_default();
                }
            }
        }
        parts.push(Part::Text(text));
        if !parts.iter().any(|part| matches!(part, Part::Seq(_))) {
            parts.push(Part::Seq(1));
        }
        parts.retain(|part| *part != Part::Text(String::new()));
        Self { pattern: pattern.to_owned(), parts }
    }

    /// The number of document `seq` (from 1) of `year`, the year of its date.
    pub fn render(&self, year: i32, seq: i64) -> String {
        let piece = |part: &Part| match part {
            Part::Text(text) => text.clone(),
            Part::Year => format!("{year:04}"),
            Part::Seq(width) => format!("{seq:0width$}", width = *width),
        };
        self.parts.iter().map(piece).collect()
    }

    /// Whether the count starts again every year.
    pub fn has_year(&self) -> bool {
        self.parts.contains(&Part::Year)
    }
}

/// Whether both are the year or both the running number.
fn same_kind(one: &Part, other: &Part) -> bool {
    matches!((one, other), (Part::Year, Part::Year) | (Part::Seq(_), Part::Seq(_)))
}

/// Text between braces words.
fn text_part(text: &str) -> Result<Part, NumberingError> {
    if text.contains('}') { Err(NumberingError::Brace) } else { Ok(Part::Text(text.to_owned())) }
}

/// A word in braces.
fn word_part(word: &str) -> Result<Part, NumberingError> {
    let unknown = || NumberingError::Word(word.to_owned());
    match word {
        "year" => Ok(Part::Year),
        "seq" => Ok(Part::Seq(1)),
        _ => {
            let width: usize = word.strip_prefix("seq:0").ok_or_else(unknown)?.parse().map_err(|_| unknown())?;
            if (1..=WIDEST).contains(&width) { Ok(Part::Seq(width)) } else { Err(unknown()) }
        }
    }
}

impl Default for NumberFormat {
    fn default() -> Self {
        Self { pattern: DEFAULT.to_owned(), parts: vec![Part::Year, Part::Text("-".to_owned()), Part::Seq(4)] }
    }
}

impl FromStr for NumberFormat {
    type Err = NumberingError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

/// The format as it was written.
impl fmt::Display for NumberFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.pattern)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_format_renders_its_numbers() {
        for (pattern, number) in [
            (DEFAULT, "2025-0007"),
            ("{seq}", "7"),
            ("INV {seq:06}/{year}", "INV 000007/2025"),
            ("CN-{seq:01}", "CN-7"),
        ] {
            let format = NumberFormat::parse(pattern).unwrap();
            assert_eq!(format.render(2025, 7), number);
            assert_eq!(format.to_string(), pattern);
            assert_eq!(format.has_year(), pattern.contains("{year}"));
        }
        assert_eq!(NumberFormat::default(), NumberFormat::parse(DEFAULT).unwrap());
        assert_eq!(NumberFormat::default().render(2025, 12_345), "2025-12345");
    }

    #[test]
    fn a_format_that_stands_in_a_book_numbers_whatever_it_says() {
        for (pattern, number) in [
            (DEFAULT, "2025-0007"),
            ("{month}/{seq:04}", "{month}/0007"),
            ("{seq", "{seq7"),
            ("}{year}{year}-{seq}{seq}", "}2025{year}-7{seq}"),
            ("R", "R7"),
            ("", "7"),
        ] {
            let format = NumberFormat::stored(pattern);
            assert_eq!(format.render(2025, 7), number, "{pattern}");
            assert_eq!(format.to_string(), pattern);
        }
    }

    #[test]
    fn a_format_that_could_not_number_is_refused() {
        for (pattern, error) in [
            ("", NumberingError::Sequence),
            ("{year}", NumberingError::Sequence),
            ("{seq}{seq}", NumberingError::Sequence),
            ("{year}{year}{seq}", NumberingError::Year),
            ("{month}-{seq}", NumberingError::Word("month".into())),
            ("{seq:4}", NumberingError::Word("seq:4".into())),
            ("{seq:00}", NumberingError::Word("seq:00".into())),
            ("{seq:099}", NumberingError::Word("seq:099".into())),
            ("{seq", NumberingError::Brace),
            ("seq}{seq}", NumberingError::Brace),
            ("a\u{1b}{seq}", NumberingError::Control),
            ("\u{202e}{seq}", NumberingError::Control),
            ("4111111111111111-{seq}", NumberingError::Control),
            ("{seq}00000000000000000000000000000000000000000", NumberingError::TooLong),
        ] {
            assert_eq!(NumberFormat::parse(pattern), Err(error), "{pattern}");
        }
        assert_eq!(
            NumberFormat::parse("A").unwrap_err().to_string(),
            "a number format needs {seq}, the running number, exactly once: for example {year}-{seq:04}"
        );
    }

    #[test]
    fn a_document_is_never_dated_before_the_last_number_of_its_series() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let (monday, tuesday) = (day("2025-03-03"), day("2025-03-04"));
        assert_eq!(dated(monday, None), monday);
        assert_eq!(dated(tuesday, Some(monday)), tuesday);
        assert_eq!(dated(monday, Some(tuesday)), tuesday);
    }
}
