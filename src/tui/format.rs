//! Text in cells: what may reach the terminal, how wide it is, how it is cut and padded.
//!
//! A terminal counts cells, not characters: `漢` takes two, a combining accent none. Everything shown goes through
//! [`clean`], because names come from people, files and statements, and a bidi override or an escape in one of
//! them would reorder or hide its neighbours.

use std::borrow::Cow;

use ratatui::buffer::CellWidth as _;
use unicode_segmentation::UnicodeSegmentation as _;

/// What stands where text was lost.
pub const ELLIPSIS: &str = "..";

/// Where a text stands in the cells it was given.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Align {
    /// At the left, as words do.
    #[default]
    Left,
    /// At the right, as amounts do.
    Right,
}

/// Whether a character never reaches the terminal: controls, bidi marks and overrides, and what has no cell.
pub const fn is_hidden(character: char) -> bool {
    matches!(character,
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}'
        | '\u{ad}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}'
        | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

/// The text as it may be shown: tabs and line ends become blanks, hidden characters go.
pub fn clean(text: &str) -> Cow<'_, str> {
    if text.chars().any(is_hidden) { Cow::Owned(text.chars().filter_map(shown).collect()) } else { Cow::Borrowed(text) }
}

const fn shown(character: char) -> Option<char> {
    match character {
        '\t' | '\n' | '\r' | '\u{2028}' | '\u{2029}' => Some(' '),
        hidden if is_hidden(hidden) => None,
        plain => Some(plain),
    }
}

/// The text as it may be kept from a key or a paste: line ends and tabs become blanks, controls and bidi marks go.
/// Joiners stay, because scripts need them; [`clean`] leaves them out where cells are counted.
pub fn clean_input(text: &str, cap: usize) -> String {
    let joiner = |c: char| matches!(c, '\u{200c}' | '\u{200d}' | '\u{fe0e}' | '\u{fe0f}');
    let keep = |c: char| if joiner(c) { Some(c) } else { shown(c) };
    text.replace("\r\n", "\n").chars().filter_map(keep).take(cap).collect()
}

/// The cells of one grapheme.
fn cells_of(grapheme: &str) -> usize {
    usize::from(grapheme.cell_width())
}

/// The cells a text takes when shown.
pub fn width(text: &str) -> usize {
    clean(text).graphemes(true).map(cells_of).sum()
}

/// The longest start of a cleaned text that fits into `cells`, and the cells it takes.
pub fn clip(text: &str, cells: usize) -> (&str, usize) {
    let (mut bytes, mut used) = (0, 0);
    for grapheme in text.graphemes(true) {
        let wide = cells_of(grapheme);
        if used + wide > cells {
            break;
        }
        bytes += grapheme.len();
        used += wide;
    }
    (text.get(..bytes).unwrap_or(""), used)
}

/// The longest end of a cleaned text that fits into `cells`.
pub fn clip_end(text: &str, cells: usize) -> &str {
    let mut used = 0;
    let fits = |(_, grapheme): &(usize, &str)| {
        used += cells_of(grapheme);
        used <= cells
    };
    let start = text.grapheme_indices(true).rev().take_while(fits).last().map_or(text.len(), |(at, _)| at);
    text.get(start..).unwrap_or("")
}

/// The text in at most `cells`, with [`ELLIPSIS`] where something was lost.
pub fn cut(text: &str, cells: usize) -> String {
    let text = clean(text);
    if width(&text) <= cells {
        return text.into_owned();
    }
    if cells < 4 {
        return clip(&text, cells).0.to_owned();
    }
    let (start, _) = clip(&text, cells - ELLIPSIS.len());
    format!("{}{ELLIPSIS}", start.trim_end())
}

/// The text in exactly `cells`: cut when longer, filled with blanks when shorter.
pub fn pad(text: &str, cells: usize, align: Align) -> String {
    let text = cut(text, cells);
    let blanks = " ".repeat(cells.saturating_sub(width(&text)));
    match align {
        Align::Left => text + &blanks,
        Align::Right => blanks + &text,
    }
}

/// The text in lines of at most `cells`, broken between words; a longer word is broken where it must be.
pub fn wrap(text: &str, cells: usize) -> Vec<String> {
    let cells = cells.max(1);
    let mut lines = Vec::new();
    for paragraph in text.lines() {
        let (before, mut line) = (lines.len(), String::new());
        for word in clean(paragraph).split(' ') {
            push_word(&mut lines, &mut line, word, cells);
        }
        if !line.is_empty() || lines.len() == before {
            lines.push(line);
        }
    }
    lines
}

fn push_word(lines: &mut Vec<String>, line: &mut String, word: &str, cells: usize) {
    let gap = usize::from(!line.is_empty());
    if width(line) + gap + width(word) <= cells {
        line.push_str(if gap == 1 { " " } else { "" });
        line.push_str(word);
        return;
    }
    if !line.is_empty() {
        lines.push(std::mem::take(line));
    }
    let mut rest = word;
    while width(rest) > cells {
        let (start, _) = clip(rest, cells);
        // A grapheme wider than the line would otherwise never be used up.
        let start = if start.is_empty() { rest.graphemes(true).next().unwrap_or(rest) } else { start };
        lines.push(start.to_owned());
        rest = rest.get(start.len()..).unwrap_or("");
    }
    line.push_str(rest);
}

/// Words as a sentence: a capital at the start, a full stop at the end.
pub fn sentence(words: &str) -> String {
    let mut letters = words.trim().chars();
    let first = letters.next().map(char::to_uppercase);
    let mut sentence: String = first.into_iter().flatten().chain(letters).collect();
    if !sentence.is_empty() && !sentence.ends_with(['.', '?', '!', '…']) {
        sentence.push('.');
    }
    sentence
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn width_counts_cells_not_characters() {
        for (text, cells) in [("abc", 3), ("漢字", 4), ("e\u{301}", 1), ("", 0), ("👨‍👩‍👧", 6)] {
            assert_eq!(width(text), cells, "{text}");
        }
    }

    #[test]
    fn nothing_hidden_reaches_the_terminal() {
        assert_eq!(clean("a\u{1b}[31mb\u{202e}c\u{200b}d\te"), "a[31mbcd e");
        assert_eq!(clean("plain"), "plain");
        assert_eq!(clean_input("a\r\nb\u{7}c\u{2066}d", 99), "a bcd");
        assert_eq!(clean_input("abcdef", 3), "abc");
    }

    #[test]
    fn a_wide_character_is_never_cut_in_half() {
        assert_eq!(cut("漢字漢字", 7), "漢字..");
        assert_eq!(cut("漢字", 4), "漢字");
        assert_eq!(pad("漢字", 3, Align::Left), "漢 ");
        assert_eq!(pad("e\u{301}e\u{301}e\u{301}", 2, Align::Left), "e\u{301}e\u{301}");
        assert_eq!(pad("12.00", 8, Align::Right), "   12.00");
        assert_eq!(cut("abc", 0), "");
        assert_eq!((clip_end("abcdef", 3), clip_end("漢字漢", 3), clip_end("ab", 0)), ("def", "漢", ""));
    }

    #[test]
    fn every_cut_text_fits_whatever_it_holds() {
        for text in ["", "漢", "a漢b", "👍🏽👍🏽", "\u{301}\u{301}", "ﷺﷺ", "Z\u{351}\u{32b}\u{343}", "\u{1b}]0;x\u{7}"]
        {
            for cells in 0..12 {
                assert_eq!(width(&pad(text, cells, Align::Left)), cells, "{text} in {cells}");
            }
        }
    }

    #[test]
    fn a_sentence_begins_with_a_capital_and_ends() {
        for (words, said) in [
            ("there is none", "There is none."),
            ("Why?", "Why?"),
            ("Écrit.", "Écrit."),
            ("who?", "Who?"),
            ("89.00 is more", "89.00 is more."),
            ("", ""),
        ] {
            assert_eq!(sentence(words), said);
        }
    }

    #[test]
    fn long_words_are_broken_and_short_ones_are_not() {
        assert_eq!(wrap("one two three", 7), ["one two", "three"]);
        assert_eq!(wrap("abcdefgh", 3), ["abc", "def", "gh"]);
        assert_eq!(wrap("漢字漢", 1), ["漢", "字", "漢"]);
        assert_eq!(wrap("a\n\nb", 5), ["a", "", "b"]);
    }
}
