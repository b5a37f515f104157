//! A text in runs that are shaped as one: of one font, one script and one direction (UAX #9).

use std::ops::Range;

use harfrust::{Script, script};
use unicode_bidi::BidiInfo;

/// The scripts the built-in faces have, each with a shaping plan of its own.
pub(crate) const SCRIPTS: [Script; 3] = [script::LATIN, script::GREEK, script::CYRILLIC];

/// Where glyphs come from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Source {
    /// A built-in face.
    Own,
    /// One of the fonts the shop added, by its place.
    Added(usize),
}

/// Some bytes of a text that are shaped as one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Run {
    pub(crate) bytes: Range<usize>,
    pub(crate) source: Source,
    /// The place in [`SCRIPTS`] of what a built-in face has; none of digits and signs alone.
    pub(crate) own_script: Option<usize>,
    /// The script of what an added font has.
    pub(crate) script: Option<Script>,
    /// Its level of embedding: odd ones run from right to left.
    pub(crate) level: u8,
}

/// Cuts a text into runs; digits, spaces and signs go with what stands before them. With them the level of the whole.
pub(crate) fn runs(text: &str, added: impl Fn(char) -> Option<usize>) -> (Vec<Run>, u8) {
    let levels = levels(text);
    let level = |at: usize| levels.as_ref().and_then(|(levels, _)| levels.get(at)).copied().unwrap_or(0);
    let mut runs: Vec<Run> = Vec::new();
    for (at, letter) in text.char_indices() {
        let end = at + letter.len_utf8();
        let (source, own, script) = match added(letter) {
            Some(font) => (Source::Added(font), None, script_beyond(letter)),
            None => (Source::Own, script_of(letter), None),
        };
        match runs.last_mut() {
            Some(run) if run.source == source && run.level == level(at) && goes_on(run, own, script) => {
                run.bytes.end = end;
                run.own_script = own.or(run.own_script);
            }
            _ => runs.push(Run { bytes: at..end, source, own_script: own, script, level: level(at) }),
        }
    }
    (runs, levels.map_or(0, |(_, base)| base))
}

fn goes_on(run: &Run, own: Option<usize>, script: Option<Script>) -> bool {
    run.script == script && (own.is_none() || run.own_script.is_none() || run.own_script == own)
}

/// The level of each byte and of the whole; none where all runs from left to right.
fn levels(text: &str) -> Option<(Vec<u8>, u8)> {
    if !text.chars().any(may_run_left) {
        return None;
    }
    let info = BidiInfo::new(text, None);
    let base = info.paragraphs.first().map_or(0, |paragraph| paragraph.level.number());
    Some((info.levels.iter().map(unicode_bidi::Level::number).collect(), base))
}

/// Whether a letter is of a block with scripts that run from right to left.
const fn may_run_left(letter: char) -> bool {
    matches!(letter as u32,
        0x590..=0x8ff | 0xfb1d..=0xfdff | 0xfe70..=0xfefe | 0x10800..=0x10fff | 0x1e800..=0x1efff)
}

/// In which order things of these levels are seen from left to right, by their places (rule L2).
pub(crate) fn seen(levels: &[u8]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..levels.len()).collect();
    let highest = levels.iter().copied().max().unwrap_or(0);
    for level in (1..=highest).rev() {
        let mut at = 0;
        while at < order.len() {
            let high = |at: usize| order.get(at).and_then(|place| levels.get(*place)).is_some_and(|own| *own >= level);
            let end = (at..order.len()).find(|at| !high(*at)).unwrap_or(order.len());
            if let Some(part) = order.get_mut(at..end) {
                part.reverse();
            }
            at = end.max(at) + 1;
        }
    }
    order
}

/// The place in [`SCRIPTS`] of a letter's script.
const fn script_of(letter: char) -> Option<usize> {
    match letter as u32 {
        0x41..=0x5a | 0x61..=0x7a | 0xaa | 0xba | 0xc0..=0xd6 | 0xd8..=0xf6 | 0xf8..=0x24f | 0x1e00..=0x1eff => Some(0),
        0x370..=0x3ff | 0x1f00..=0x1fff => Some(1),
        0x400..=0x52f => Some(2),
        _ => None,
    }
}

/// The script of a letter no built-in face has, as far as shaping differs by it.
const fn script_beyond(letter: char) -> Option<Script> {
    Some(match letter as u32 {
        0x530..=0x58f => script::ARMENIAN,
        0x590..=0x5ff | 0xfb1d..=0xfb4f => script::HEBREW,
        0x600..=0x6ff | 0x750..=0x77f | 0x8a0..=0x8ff | 0xfb50..=0xfdff | 0xfe70..=0xfefe => script::ARABIC,
        0x900..=0x97f => script::DEVANAGARI,
        0x980..=0x9ff => script::BENGALI,
        0xa00..=0xa7f => script::GURMUKHI,
        0xa80..=0xaff => script::GUJARATI,
        0xb80..=0xbff => script::TAMIL,
        0xc00..=0xc7f => script::TELUGU,
        0xc80..=0xcff => script::KANNADA,
        0xd00..=0xd7f => script::MALAYALAM,
        0xd80..=0xdff => script::SINHALA,
        0xe00..=0xe7f => script::THAI,
        0xe80..=0xeff => script::LAO,
        0x1000..=0x109f => script::MYANMAR,
        0x10a0..=0x10ff => script::GEORGIAN,
        0x1200..=0x137f => script::ETHIOPIC,
        0x1780..=0x17ff => script::KHMER,
        0x3040..=0x309f => script::HIRAGANA,
        0x30a0..=0x30ff => script::KATAKANA,
        0x1100..=0x11ff | 0xac00..=0xd7ff => script::HANGUL,
        0x2e80..=0x2fdf | 0x3400..=0x9fff | 0xf900..=0xfaff | 0x20000..=0x3ffff => script::HAN,
        _ => return None,
    })
}

/// Whether a line may end after a character although no space follows: the scripts of East Asia.
pub(crate) const fn ends_lines(letter: char) -> bool {
    matches!(letter as u32, 0x2e80..=0x2fdf | 0x3000..=0x9fff | 0xac00..=0xd7ff | 0xf900..=0xfaff | 0x20000..=0x3ffff)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<(&str, Source, u8)> {
        let (runs, _) = runs(text, |c| (c as u32 > 0x58f).then_some(usize::from(c as u32 > 0x2e7f)));
        runs.into_iter().map(|run| (&text[run.bytes], run.source, run.level)).collect()
    }

    #[test]
    fn a_text_is_cut_where_font_script_or_direction_change() {
        use Source::{Added, Own};
        assert_eq!(cut("Zoë 12 Ωμ"), [("Zoë 12 ", Own, 0), ("Ωμ", Own, 0)]);
        assert_eq!(
            cut("a שלום 12 b"),
            [("a ", Own, 0), ("שלום", Added(0), 1), (" ", Own, 1), ("12", Own, 2), (" b", Own, 0)]
        );
        assert_eq!(cut("株式カタ"), [("株式", Added(1), 0), ("カタ", Added(1), 0)]);
        assert_eq!(cut(""), []);
        assert_eq!(runs("שלום", |_| Some(0)).1, 1);
    }

    #[test]
    fn what_runs_to_the_left_is_seen_backwards_and_figures_in_it_are_not() {
        assert_eq!(seen(&[0, 0, 0]), [0, 1, 2]);
        assert_eq!(seen(&[1, 1, 1, 2, 2]), [3, 4, 2, 1, 0]);
        assert_eq!(seen(&[0, 1, 1, 0]), [0, 2, 1, 3]);
        assert_eq!(seen(&[]), Vec::<usize>::new());
    }
}
