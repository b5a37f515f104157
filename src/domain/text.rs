//! Text as it enters the book: nothing that moves a terminal, hides, or must never be kept.

use deunicode::deunicode;
use thiserror::Error;
use unicode_normalization::UnicodeNormalization;

use super::card_number::{holds_card_number, is_spread_over};

/// Why a text is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum TextError {
    /// Longer than its field.
    #[error("that is too long: at most {max} characters, it has {has}")]
    TooLong {
        /// Characters the field takes.
        max: usize,
        has: usize,
    },
    /// A full card number.
    #[error("that holds a full card number: card numbers never belong in the book, keep only the last four digits")]
    CardNumber,
}

/// One line of text, as names, references and reasons are. Escape sequences, control, bidirectional and invisible
/// characters go, line breaks and runs of spaces become one space, the ends are trimmed, and accents are composed
/// (NFC). Names such as “Łukasz Żółć” and “O'Brien” stay as they are. Cleaning twice changes nothing more.
pub fn clean_line(input: &str, max_chars: usize) -> Result<String, TextError> {
    checked(settle(input, |text| text.split_whitespace().collect::<Vec<_>>().join(" ")), max_chars)
}

/// Several lines of text, as notes are: like [`clean_line`], but line breaks stay, at most one empty line between two.
pub fn clean_text(input: &str, max_chars: usize) -> Result<String, TextError> {
    let tidy = |text: &str| {
        let lines = text.replace("\r\n", "\n").replace(['\r', '\u{2028}', '\u{2029}'], "\n");
        let mut kept: Vec<String> = Vec::new();
        for line in lines.split('\n') {
            let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
            if !line.is_empty() || kept.last().is_some_and(|last| !last.is_empty()) {
                kept.push(line);
            }
        }
        kept.join("\n").trim().to_owned()
    };
    checked(settle(input, tidy), max_chars)
}

/// Refuses a card number that is spread over texts of words entered together.
pub fn refuse_spread(texts: &[&str]) -> Result<(), TextError> {
    if is_spread_over(texts) { Err(TextError::CardNumber) } else { Ok(()) }
}

/// The key a text is searched and sorted by: plain ASCII, lower case, single spaces (“Żółć” → `zolc`).
pub fn fold(text: &str) -> String {
    let composed: String = text.nfc().collect();
    let plain = deunicode(&composed).to_lowercase();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The longest text that is searched for; what is typed beyond counts for nothing, on screen and in commands.
pub const LONGEST_SEARCH: usize = 200;

/// What was typed into a search, as far as it counts.
pub fn sought(typed: &str) -> &str {
    typed.char_indices().nth(LONGEST_SEARCH).and_then(|(end, _)| typed.get(..end)).unwrap_or(typed)
}

/// The same folded. A letter may be spelled out in many: cut once more, well under the longest pattern a book looks
/// for, each letter of which may take two.
pub fn sought_key(typed: &str) -> String {
    let mut key = fold(sought(typed));
    key.truncate(2 * LONGEST_SEARCH);
    key.trim_end().to_owned()
}

/// A folded text without what people spell in two ways: apostrophes go, and `ae`, `oe`, `ue` are the bare vowel, so that
/// Müller, Mueller and Muller are one, and O'Brien is found without its apostrophe. For comparing
/// only.
pub fn loose(folded: &str) -> String {
    folded.replace('\'', "").replace("ae", "a").replace("oe", "o").replace("ue", "u")
}

/// A serial number without what people write in two ways, blanks, dashes and capitals: LP-2, lp-2 and “LP 2” are one. The
/// schema refuses two that are.
pub fn serial_key(serial: &str) -> String {
    serial.chars().filter(|c| !" -".contains(*c)).map(|c| c.to_ascii_uppercase()).collect()
}

fn checked(text: String, max: usize) -> Result<String, TextError> {
    let has = text.chars().count();
    if has > max {
        return Err(TextError::TooLong { max, has });
    }
    if holds_card_number(&text) { Err(TextError::CardNumber) } else { Ok(text) }
}

/// Strips, composes and tidies until nothing changes: what is taken out can bring together what then composes.
fn settle(input: &str, tidy: impl Fn(&str) -> String) -> String {
    let mut text = without_escapes(input);
    loop {
        let composed: Vec<char> = text.nfc().collect();
        let next = tidy(&visible(&composed));
        if next == text {
            return text;
        }
        text = next;
    }
}

/// The characters that can be seen, and the spaces. A joiner stays only inside scripts that need it.
fn visible(chars: &[char]) -> String {
    let mut out = String::with_capacity(chars.len());
    let mut before = None;
    for (at, &c) in chars.iter().enumerate() {
        let keep = match c {
            '\n' | '\r' | '\t' => true,
            '\u{200c}' | '\u{200d}' => before.is_some_and(joins) && chars.get(at + 1).copied().is_some_and(joins),
            // What only changes the letter before it is nothing by itself.
            '\u{180b}'..='\u{180d}' | '\u{180f}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}' => {
                before.is_some_and(|before| !before.is_whitespace())
            }
            _ => !c.is_control() && !is_hidden(c),
        };
        if keep {
            out.push(c);
            before = Some(c);
        }
    }
    out
}

/// Whether a zero-width joiner beside this character does anything: in scripts beyond the Latin one, and in emoji.
fn joins(c: char) -> bool {
    c > '\u{2ff}' && !c.is_whitespace() && !is_hidden(c) && !matches!(c, '\u{200c}' | '\u{200d}')
}

/// Characters that turn the direction of text, or stand in it unseen: letters without a shape among them.
const fn is_hidden(c: char) -> bool {
    matches!(
        c,
        '\u{ad}'
            | '\u{34f}'
            | '\u{61c}'
            | '\u{115f}'..='\u{1160}'
            | '\u{17b4}'..='\u{17b5}'
            | '\u{2800}'
            | '\u{3164}'
            | '\u{ffa0}'
            | '\u{1d173}'..='\u{1d17a}'
            | '\u{180e}'
            | '\u{200b}'
            | '\u{200e}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e007f}'
    )
}

/// The text without terminal escape sequences: CSI (`ESC [ … letter`), strings (`ESC ]`, `P`, `X`, `^`, `_` up to their
/// end) and the eight-bit forms of both. A sequence that never ends loses its introducer only.
fn without_escapes(input: &str) -> String {
    let mut out = String::with_capacity(input.len());
    let mut rest = input;
    while let Some(c) = rest.chars().next() {
        let after = rest.get(c.len_utf8()..).unwrap_or_default();
        rest = match c {
            '\u{1b}' => match after.chars().next() {
                Some('[') => after_csi(after.get(1..).unwrap_or_default()),
                Some(']' | 'P' | 'X' | '^' | '_') => after_string(after.get(1..).unwrap_or_default()),
                _ => after,
            },
            '\u{9b}' => after_csi(after),
            '\u{90}' | '\u{98}' | '\u{9d}' | '\u{9e}' | '\u{9f}' => after_string(after),
            _ => {
                out.push(c);
                after
            }
        };
    }
    out
}

/// What follows the parameters and the final letter of a CSI.
fn after_csi(text: &str) -> &str {
    let rest = text.trim_start_matches(|c| matches!(c, ' '..='?'));
    rest.strip_prefix(|c| matches!(c, '@'..='~')).unwrap_or(text)
}

/// What follows the end (BEL, `ESC \`, ST) of a control string.
fn after_string(text: &str) -> &str {
    let ends = ["\u{7}", "\u{1b}\\", "\u{9c}"];
    let end = ends.into_iter().filter_map(|end| text.find(end).map(|at| at + end.len())).min();
    end.and_then(|end| text.get(end..)).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(input: &str) -> String {
        clean_line(input, 100).unwrap()
    }

    #[test]
    fn names_of_people_stay_as_they_are() {
        for name in
            ["Łukasz Żółć", "O'Brien", "Nguyễn Văn An", "Анна-Мария", "山田 太郎", "می‌خواهم", "José ♥", "👩‍🔧 Ann"]
        {
            assert_eq!(line(name), name);
        }
        assert_eq!(line("Z\u{307}o\u{301}łc\u{301}"), "Żółć");
    }

    #[test]
    fn nothing_that_moves_a_terminal_stays() {
        for (input, kept) in [
            ("\u{1b}[31mRed\u{1b}[0m", "Red"),
            ("\u{1b}]0;title\u{7}Ann", "Ann"),
            ("\u{1b}]8;;http://x\u{1b}\\link\u{1b}]8;;\u{1b}\\", "link"),
            ("\u{9b}2JAnn\u{85}", "Ann"),
            ("\u{1b}\u{1b}[1mA", "A"),
            ("\u{1b}]never ends", "never ends"),
            ("\u{1b}[", ""),
            ("A\0B\u{8}C\u{7f}", "ABC"),
        ] {
            assert_eq!(line(input), kept, "{input:?}");
        }
    }

    #[test]
    fn what_hides_or_turns_text_around_is_taken_out() {
        assert_eq!(line("abc\u{202e}fdp.exe\u{202c}"), "abcfdp.exe");
        assert_eq!(line("\u{feff}A\u{200b}n\u{2060}n\u{200d}a\u{61c}\u{2066}"), "Anna");
        assert_eq!(line("e\u{200d}\u{301}"), "é");
        // F117: a name of these is none.
        for nothing in
            ["\u{3164}", "\u{115f}\u{1160}", "\u{2800} \u{2800}", "\u{fe0f}", "\u{34f}", " \u{e0100}", "\u{ffa0}"]
        {
            assert_eq!(line(nothing), "", "{nothing:?}");
        }
        assert_eq!(line("葛\u{e0100}城 ❤\u{fe0f}"), "葛\u{e0100}城 ❤\u{fe0f}");
    }

    #[test]
    fn line_breaks_and_runs_of_spaces_become_one_space() {
        assert_eq!(line("  a\r\n\tb\u{a0} c \u{3000}"), "a b c");
        assert_eq!(clean_text(" a \r\n\r\n\r\n\r\nb\tc\rd ", 100).unwrap(), "a\n\nb c\nd");
    }

    #[test]
    fn a_text_too_long_for_its_field_says_by_how_much() {
        assert_eq!(clean_line("żółć", 4).unwrap(), "żółć");
        let said = clean_line("żółćx", 4).unwrap_err().to_string();
        assert_eq!(said, "that is too long: at most 4 characters, it has 5");
    }

    #[test]
    fn a_full_card_number_is_refused_and_not_repeated() {
        for input in ["card 4111 1111 1111 1111", "4111\u{200b}111111111111", "4111 1111\n1111 1111"] {
            assert_eq!(clean_line(input, 100), Err(TextError::CardNumber));
            assert_eq!(clean_text(input, 100), Err(TextError::CardNumber));
        }
        assert!(!TextError::CardNumber.to_string().contains("4111"));
    }

    #[test]
    fn search_finds_a_name_without_its_accents() {
        assert_eq!(fold("Żółć"), "zolc");
        assert_eq!(fold("  Müller   GmbH "), "muller gmbh");
        assert_eq!(fold("Z\u{307}o\u{301}łc\u{301}"), "zolc");
    }
}
