//! The built-in faces: which characters they have, how text becomes glyphs and how wide it is.
//!
//! Shaping is harfrust's. What the faces lack is never dropped: it is shown as U+FFFD, keeps its own text for whoever
//! copies or searches, and is collected for the note on the paper.

use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;
use std::sync::OnceLock;

use harfrust::{Direction, FontRef, Script, ShapeOptions, ShapePlan, Shaper, ShaperData, UnicodeBuffer, script};
use skrifa::MetadataProvider;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::decompose_canonical;

use super::PaperError;
use super::length::Length;

static REGULAR: &[u8] = include_bytes!("../../assets/fonts/NotoSans-Regular.ttf");
static BOLD: &[u8] = include_bytes!("../../assets/fonts/NotoSans-Bold.ttf");

/// A built-in face.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Face {
    Regular,
    Bold,
}

/// The scripts the faces have, each with a shaping plan of its own.
const SCRIPTS: [Script; 3] = [script::LATIN, script::GREEK, script::CYRILLIC];

/// A parsed face; parsed once a process.
pub(super) struct FaceFile {
    font: FontRef<'static>,
    shaping: ShaperData,
    plans: Vec<ShapePlan>,
    units: i32,
    /// The face as the PDF writer embeds it.
    pub(super) embedded: krilla::text::Font,
}

impl FaceFile {
    fn parse(bytes: &'static [u8]) -> Option<Self> {
        let font = FontRef::new(bytes).ok()?;
        let embedded = krilla::text::Font::new(bytes.into(), 0)?;
        let metrics = font.metrics(skrifa::instance::Size::unscaled(), skrifa::instance::LocationRef::default());
        let units = i32::from(metrics.units_per_em);
        let shaping = ShaperData::new(&font);
        let shaper = shaping.shaper(&font).build();
        let plan = |script| ShapePlan::new(&shaper, Direction::LeftToRight, Some(script), None, &[]);
        let plans = SCRIPTS.into_iter().map(plan).collect();
        Some(Self { font, shaping, plans, units, embedded })
    }
}

/// Both faces.
fn faces() -> Result<&'static [FaceFile; 2], PaperError> {
    static FACES: OnceLock<Option<[FaceFile; 2]>> = OnceLock::new();
    let parse = || Some([FaceFile::parse(REGULAR)?, FaceFile::parse(BOLD)?]);
    FACES.get_or_init(parse).as_ref().ok_or(PaperError::Font)
}

/// Whether a line may end after a glyph.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Break {
    /// No, and the next glyph belongs to the same character.
    Inside,
    /// Only where nothing better is found.
    Anywhere,
    /// Yes, as after a hyphen.
    After,
    /// Yes, and the glyph itself takes no room at the end of a line.
    Space,
}

/// One glyph, in units of its face.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Glyph {
    pub(super) id: u32,
    pub(super) advance: i32,
    pub(super) x: i32,
    pub(super) y: i32,
    /// The bytes of the text it stands for.
    pub(super) text: Range<usize>,
    pub(super) breaks: Break,
}

/// A text as glyphs of one face.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Shaped {
    pub(super) face: Face,
    pub(super) text: String,
    pub(super) glyphs: Vec<Glyph>,
    pub(super) units: i32,
}

impl Shaped {
    /// How wide some of its glyphs are at a size.
    pub(super) fn width(&self, glyphs: Range<usize>, size: Length) -> Length {
        let units: i64 = self.glyphs.get(glyphs).unwrap_or(&[]).iter().map(|glyph| i64::from(glyph.advance)).sum();
        Length::try_from(units * i64::from(size) / i64::from(self.units.max(1))).unwrap_or(Length::MAX)
    }
}

/// Turns text into glyphs for one paper and remembers what the faces lack.
pub(super) struct Typesetter {
    files: &'static [FaceFile; 2],
    shapers: [Shaper<'static>; 2],
    known: [HashMap<String, Rc<Shaped>>; 2],
    buffer: UnicodeBuffer,
    missing: Vec<char>,
}

impl Typesetter {
    /// A typesetter over the built-in faces.
    pub(super) fn new() -> Result<Self, PaperError> {
        let files = faces()?;
        let [regular, bold] = files;
        let shapers = [regular, bold].map(|file| file.shaping.shaper(&file.font).build());
        Ok(Self { files, shapers, known: Default::default(), buffer: UnicodeBuffer::new(), missing: Vec::new() })
    }

    /// The face as the PDF writer embeds it.
    pub(super) fn file(&self, face: Face) -> &'static FaceFile {
        let [regular, bold] = self.files;
        if face == Face::Bold { bold } else { regular }
    }

    /// What no face had so far, each character once, in the order it was met.
    pub(super) fn missing(&self) -> &[char] {
        &self.missing
    }

    /// The glyphs of a text, which is one line: control characters are blanks.
    pub(super) fn shape(&mut self, face: Face, text: &str) -> Rc<Shaped> {
        if let Some(known) = self.known[face as usize].get(text) {
            return Rc::clone(known);
        }
        let shaped = Rc::new(self.shape_anew(face, printable(text)));
        self.known[face as usize].insert(text.to_owned(), Rc::clone(&shaped));
        shaped
    }

    fn shape_anew(&mut self, face: Face, text: String) -> Shaped {
        let file = self.file(face);
        let mut glyphs = Vec::with_capacity(text.len());
        for (script, run) in runs(&text) {
            self.shape_run(face, script, &text, run, &mut glyphs);
        }
        Shaped { face, text, glyphs, units: file.units }
    }

    fn shape_run(&mut self, face: Face, script: usize, text: &str, run: Range<usize>, out: &mut Vec<Glyph>) {
        let file = self.file(face);
        let charmap = file.font.charmap();
        let mut buffer = std::mem::take(&mut self.buffer);
        for (at, letter) in text.get(run.clone()).unwrap_or("").char_indices() {
            let shown = stand_in(letter);
            let known = charmap.map(shown).is_some() || is_made_of(shown, |part| charmap.map(part).is_some());
            if !known && !self.missing.contains(&letter) {
                self.missing.push(letter);
            }
            let cluster = u32::try_from(run.start + at).unwrap_or(u32::MAX);
            buffer.add(if known { shown } else { char::REPLACEMENT_CHARACTER }, cluster);
        }
        buffer.set_direction(Direction::LeftToRight);
        buffer.set_script(SCRIPTS[script]);
        let options = ShapeOptions::new().plan(file.plans.get(script));
        let shaped = self.shapers[face as usize].shape(buffer, options);
        collect(&shaped, text, run.end, out);
        self.buffer = shaped.clear();
    }
}

/// Appends what the shaper made; a glyph's text runs to where the next cluster begins.
fn collect(shaped: &harfrust::GlyphBuffer, text: &str, end: usize, out: &mut Vec<Glyph>) {
    let infos = shaped.glyph_infos();
    let start = |at: usize| infos.get(at).map_or(end, |info| info.cluster as usize);
    for (at, place) in shaped.glyph_positions().iter().enumerate() {
        let from = start(at);
        let next = (at + 1..=infos.len()).map(start).find(|next| *next > from).unwrap_or(end);
        let breaks = if start(at + 1) == from { Break::Inside } else { break_after(text, from, next) };
        let id = infos.get(at).map_or(0, |info| info.glyph_id);
        out.push(Glyph {
            id,
            advance: place.x_advance,
            x: place.x_offset,
            y: place.y_offset,
            text: from..next,
            breaks,
        });
    }
}

/// Spaces end a line, hyphens do unless a digit follows (dates, ranges, serial numbers stay whole where they can).
fn break_after(text: &str, from: usize, next: usize) -> Break {
    let digit_follows = || text.get(next..).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    match text.get(from..next) {
        Some(" ") => Break::Space,
        Some("-" | "–" | "—" | "/" | "@" | "_") if !digit_follows() => Break::After,
        _ => Break::Anywhere,
    }
}

/// Composed text without what has no shape: controls, joiners, direction marks (which could also hide what is read).
fn printable(text: &str) -> String {
    if text.bytes().all(|byte| (b' '..=b'~').contains(&byte)) {
        return text.to_owned();
    }
    let shown = |c: char| match c {
        _ if c.is_control() => ' ',
        // Not characters, and a PDF to be kept may not hold them.
        _ if u32::from(c) & 0xfffe == 0xfffe => char::REPLACEMENT_CHARACTER,
        _ => c,
    };
    text.nfc().filter(|c| !is_shapeless(*c)).map(shown).collect()
}

/// The default ignorable code points of Unicode, assigned ranges.
const fn is_shapeless(c: char) -> bool {
    matches!(c as u32,
        0xad | 0x34f | 0x61c | 0x115f..=0x1160 | 0x17b4..=0x17b5 | 0x180b..=0x180f | 0x200b..=0x200f
        | 0x202a..=0x202e | 0x2060..=0x206f | 0x3164 | 0xfe00..=0xfe0f | 0xfeff | 0xffa0 | 0xfff0..=0xfff8
        | 0xe0000..=0xe0fff)
}

/// Whether all parts of an accented letter are known; the shaper then puts them together.
fn is_made_of(letter: char, known: impl Fn(char) -> bool) -> bool {
    let (mut parts, mut all) = (0, true);
    decompose_canonical(letter, |part| {
        parts += 1;
        all &= known(part);
    });
    parts > 1 && all
}

/// A character the faces have that looks the same.
const fn stand_in(c: char) -> char {
    match c {
        '\u{2212}' => '\u{2013}',
        '\u{25cf}' => '\u{2022}',
        '\u{2215}' => '\u{2044}',
        other => other,
    }
}

/// Cuts a text into runs of one script; digits, spaces and signs go with what stands before them.
fn runs(text: &str) -> Vec<(usize, Range<usize>)> {
    let mut runs: Vec<(usize, Range<usize>)> = Vec::new();
    let mut open = (None, 0);
    for (at, letter) in text.char_indices() {
        let Some(script) = script_of(letter) else { continue };
        match open {
            (Some(current), start) if current != script => {
                runs.push((current, start..at));
                open = (Some(script), at);
            }
            (_, start) => open = (Some(script), start),
        }
    }
    runs.push((open.0.unwrap_or(0), open.1..text.len()));
    runs
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

#[cfg(test)]
mod tests {
    use super::*;

    fn width(text: &str, face: Face) -> Length {
        let shaped = Typesetter::new().unwrap().shape(face, text);
        shaped.width(0..shaped.glyphs.len(), 10_000)
    }

    #[test]
    fn figures_are_of_one_width_whatever_stands_beside_them() {
        for face in [Face::Regular, Face::Bold] {
            for other in ["1,111.11", "7,777.77", "4,174.70", "9,040.11"] {
                assert_eq!(width(other, face), width("0,000.00", face), "{other} {face:?}");
            }
        }
    }

    #[test]
    fn both_faces_have_the_same_characters() {
        let [regular, bold] = faces().unwrap();
        let all = |file: &FaceFile| file.font.charmap().mappings().map(|(code, _)| code).collect::<Vec<_>>();
        assert_eq!(all(regular), all(bold));
        assert!(all(regular).len() > 1_000);
    }

    #[test]
    fn every_letter_of_the_languages_of_the_shop_is_there() {
        let mut setter = Typesetter::new().unwrap();
        let texts = [
            "Łukasz Żółć",
            "Ωμέγα Δοκιμή",
            "Zoë Müller-Straße ẞ",
            "Ünïcödé Ğüneş İstanbul",
            "Žluťoučký kůň Ďábelské",
            "Árvíztűrő tükörfúrógép",
            "Ștefan Țară",
            "Þórður Æsir",
            "Юрій Їжак Ђорђе Ґанок Ўзбек",
            "Nguyễn Thị Hồng Hạnh",
            "p\u{301} ŵ\u{323} Ỵ\u{300}",
            "€ £ ¥ ₹ ₺ ₽ ₴ ₩ ₫ ₪ ₱ ₿ ¢ ₦ ₵",
            "„Zitat“ «cité» ‚so‘ – — … • · † ‰ № ™ © ® ° ² ½ × ÷ ± µ § ¶",
        ];
        for text in texts {
            setter.shape(Face::Regular, text);
            assert_eq!(setter.missing(), &[] as &[char], "{text}");
        }
    }

    #[test]
    fn every_byte_of_a_text_belongs_to_a_glyph() {
        let mut setter = Typesetter::new().unwrap();
        for text in ["Zoë Ωμέγα Жук 12.30 ok", "e\u{301}\u{323}x q\u{308}\u{301}", "株a式", "", "  "] {
            let shaped = setter.shape(Face::Regular, text);
            let mut reached = 0;
            for glyph in &shaped.glyphs {
                assert!(glyph.text.start <= reached, "{text:?}: {glyph:?}");
                reached = reached.max(glyph.text.end);
            }
            assert_eq!(reached, shaped.text.len(), "{text:?}");
        }
    }
}
