//! The built-in faces: which characters they have, how text becomes glyphs and how wide it is.
//!
//! Shaping is harfrust's. What the faces lack comes from the font the shop added; what that lacks too is never dropped:
//! it is shown as U+FFFD, keeps its own text for whoever copies or searches, and is collected for the note on the paper.

use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;
use std::sync::OnceLock;

use harfrust::{Direction, FontRef, ShapeOptions, ShapePlan, Shaper, ShaperData, UnicodeBuffer};
use skrifa::MetadataProvider;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::decompose_canonical;

use super::PaperError;
use super::fallback::FallbackFont;
use super::length::Length;
use super::runs::{Run, SCRIPTS, Source, ends_lines, runs, seen};

static REGULAR: &[u8] = include_bytes!("../../assets/fonts/NotoSans-Regular.ttf");
static BOLD: &[u8] = include_bytes!("../../assets/fonts/NotoSans-Bold.ttf");

/// A built-in face.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Face {
    Regular,
    Bold,
}

/// A parsed face; parsed once a process.
pub(crate) struct FaceFile {
    font: FontRef<'static>,
    shaping: ShaperData,
    plans: Vec<ShapePlan>,
    units: i32,
    /// The face as the PDF writer embeds it.
    pub(crate) embedded: krilla::text::Font,
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

    /// Whether it can show a character, if need be put together from its parts.
    fn has(&self, letter: char) -> bool {
        let charmap = self.font.charmap();
        let shown = stand_in(letter);
        charmap.map(shown).is_some() || is_made_of(shown, |part| charmap.map(part).is_some())
    }
}

/// Both faces.
fn faces() -> Result<&'static [FaceFile; 2], PaperError> {
    static FACES: OnceLock<Option<[FaceFile; 2]>> = OnceLock::new();
    let parse = || Some([FaceFile::parse(REGULAR)?, FaceFile::parse(BOLD)?]);
    FACES.get_or_init(parse).as_ref().ok_or(PaperError::Font)
}

/// Whether a built-in face can show a letter.
pub(crate) fn has(letter: char) -> bool {
    faces().is_ok_and(|[regular, _]| regular.has(letter))
}

/// Whether a line may end after a glyph.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Break {
    /// No, and the next glyph belongs to the same character.
    Inside,
    /// Only where nothing better is found.
    Anywhere,
    /// Yes, as after a hyphen.
    After,
    /// Yes, and the glyph itself takes no room at the end of a line.
    Space,
}

/// One glyph, in units of the built-in face of its text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Glyph {
    pub(crate) id: u32,
    pub(crate) source: Source,
    /// Its level of embedding: odd ones run from right to left.
    pub(crate) level: u8,
    pub(crate) advance: i32,
    pub(crate) x: i32,
    pub(crate) y: i32,
    /// The bytes of the text it stands for.
    pub(crate) text: Range<usize>,
    pub(crate) breaks: Break,
}

impl Glyph {
    /// Its lengths in units of another face.
    fn scaled(&mut self, to: i32, from: i32) {
        let scale = |length: i32| i64::from(length) * i64::from(to) / i64::from(from.max(1));
        let scale = |length| i32::try_from(scale(length)).unwrap_or(length);
        (self.advance, self.x, self.y) = (scale(self.advance), scale(self.x), scale(self.y));
    }
}

/// A text as glyphs, in the order it is read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Shaped {
    pub(crate) face: Face,
    pub(crate) text: String,
    pub(crate) glyphs: Vec<Glyph>,
    pub(crate) units: i32,
    /// The level of the whole text.
    pub(crate) base: u8,
}

impl Shaped {
    /// Some of its glyphs in the order they are seen from left to right; blanks at the end of a line stand at the level of
    /// the whole (UAX #9, rule L1).
    pub(crate) fn seen(&self, glyphs: Range<usize>) -> Vec<&Glyph> {
        let glyphs = self.glyphs.get(glyphs).unwrap_or(&[]);
        if glyphs.iter().all(|glyph| glyph.level == 0) {
            return glyphs.iter().collect();
        }
        let mut levels: Vec<u8> = glyphs.iter().map(|glyph| glyph.level).collect();
        for (level, _) in levels.iter_mut().zip(glyphs).rev().take_while(|(_, glyph)| glyph.breaks == Break::Space) {
            *level = self.base;
        }
        seen(&levels).into_iter().filter_map(|at| glyphs.get(at)).collect()
    }

    /// How wide some of its glyphs are at a size.
    pub(crate) fn width(&self, glyphs: Range<usize>, size: Length) -> Length {
        let units: i64 = self.glyphs.get(glyphs).unwrap_or(&[]).iter().map(|glyph| i64::from(glyph.advance)).sum();
        Length::try_from(units * i64::from(size) / i64::from(self.units.max(1))).unwrap_or(Length::MAX)
    }
}

/// Turns text into glyphs for one paper and remembers what the faces lack.
pub(crate) struct Typesetter {
    files: &'static [FaceFile; 2],
    shapers: [Shaper<'static>; 2],
    known: [HashMap<String, Rc<Shaped>>; 2],
    buffer: UnicodeBuffer,
    added: Vec<FallbackFont>,
    missing: Vec<char>,
}

impl Typesetter {
    /// A typesetter over the built-in faces and the fonts the shop added: the first that has a letter shows it.
    pub(crate) fn new(added: &[FallbackFont]) -> Result<Self, PaperError> {
        let files = faces()?;
        let [regular, bold] = files;
        let shapers = [regular, bold].map(|file| file.shaping.shaper(&file.font).build());
        let (buffer, added, missing) = (UnicodeBuffer::new(), added.to_vec(), Vec::new());
        Ok(Self { files, shapers, known: Default::default(), buffer, added, missing })
    }

    fn file(&self, face: Face) -> &'static FaceFile {
        let [regular, bold] = self.files;
        if face == Face::Bold { bold } else { regular }
    }

    /// The font of glyphs as the PDF writer embeds it.
    pub(crate) fn embedded(&self, face: Face, source: Source) -> krilla::text::Font {
        match self.added(source) {
            Some(font) => font.embedded(),
            None => self.file(face).embedded.clone(),
        }
    }

    fn added(&self, source: Source) -> Option<&FallbackFont> {
        match source {
            Source::Own => None,
            Source::Added(place) => self.added.get(place),
        }
    }

    /// What no face had so far, each character once, in the order it was met.
    pub(crate) fn missing(&self) -> &[char] {
        &self.missing
    }

    /// The glyphs of a text, which is one line: control characters are blanks.
    pub(crate) fn shape(&mut self, face: Face, text: &str) -> Rc<Shaped> {
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
        let added = |letter| if file.has(letter) { None } else { self.added.iter().position(|font| font.has(letter)) };
        let (runs, base) = runs(&text, added);
        for run in &runs {
            self.shape_run(face, &text, run, &mut glyphs);
        }
        Shaped { face, text, glyphs, units: file.units, base }
    }

    fn shape_run(&mut self, face: Face, text: &str, run: &Run, out: &mut Vec<Glyph>) {
        let file = self.file(face);
        let mut buffer = std::mem::take(&mut self.buffer);
        for (at, letter) in text.get(run.bytes.clone()).unwrap_or("").char_indices() {
            let known = run.source != Source::Own || file.has(letter);
            if !known && !self.missing.contains(&letter) {
                self.missing.push(letter);
            }
            let shown = if run.source == Source::Own { stand_in(letter) } else { letter };
            let cluster = u32::try_from(run.bytes.start + at).unwrap_or(u32::MAX);
            buffer.add(if known { shown } else { char::REPLACEMENT_CHARACTER }, cluster);
        }
        let first = out.len();
        let shaped = match self.added(run.source) {
            Some(font) => font.shape(buffer, run),
            None => Some(self.shape_own(buffer, face, run)),
        };
        let Some(shaped) = shaped else { return };
        collect(&shaped, text, run, out);
        self.buffer = shaped.clear();
        if let Some(font) = self.added(run.source) {
            out.iter_mut().skip(first).for_each(|glyph| glyph.scaled(file.units, font.units()));
        }
    }

    fn shape_own(&self, mut buffer: UnicodeBuffer, face: Face, run: &Run) -> harfrust::GlyphBuffer {
        let own_script = run.own_script.unwrap_or(0);
        buffer.set_script(SCRIPTS[own_script]);
        let is_leftwards = run.level % 2 == 1;
        buffer.set_direction(if is_leftwards { Direction::RightToLeft } else { Direction::LeftToRight });
        let plan = self.file(face).plans.get(own_script).filter(|_| !is_leftwards);
        self.shapers[face as usize].shape(buffer, ShapeOptions::new().plan(plan))
    }
}

/// Appends what the shaper made, in the order it is read; a glyph's text runs to where the next cluster begins.
fn collect(shaped: &harfrust::GlyphBuffer, text: &str, run: &Run, out: &mut Vec<Glyph>) {
    let mut made: Vec<_> = shaped.glyph_infos().iter().zip(shaped.glyph_positions()).collect();
    if run.level % 2 == 1 {
        made.reverse();
    }
    let end = run.bytes.end;
    let start = |at: usize| made.get(at).map_or(end, |(info, _)| info.cluster as usize);
    for (at, (info, place)) in made.iter().enumerate() {
        let from = start(at);
        let next = (at + 1..=made.len()).map(start).find(|next| *next > from).unwrap_or(end);
        let breaks = if start(at + 1) == from { Break::Inside } else { break_after(text, from, next) };
        out.push(Glyph {
            id: info.glyph_id,
            source: run.source,
            level: run.level,
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
        Some(letter) if letter.chars().next_back().is_some_and(ends_lines) && !closes(text, next) => Break::After,
        _ => Break::Anywhere,
    }
}

/// Whether what follows may not begin a line.
fn closes(text: &str, next: usize) -> bool {
    text.get(next..).is_some_and(|rest| {
        rest.starts_with(['。', '、', '，', '．', '）', '」', '』', '！', '？', 'ー', ')', ',', '.'])
    })
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

#[cfg(test)]
mod tests {
    use super::*;

    fn width(text: &str, face: Face) -> Length {
        let shaped = Typesetter::new(&[]).unwrap().shape(face, text);
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
        let mut setter = Typesetter::new(&[]).unwrap();
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
        let mut setter = Typesetter::new(&[]).unwrap();
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
