//! Whether papers can be made with a logo or a font: both are put on one before they are kept.

use std::rc::Rc;

use super::composition::{Composition, Label};
use super::letterhead::Letterhead;
use super::{Paper, PaperError};
use crate::paper::apart::apart;
use crate::paper::canvas::{Ink, Lettering, Line, Op};
use crate::paper::fallback::FallbackFont;
use crate::paper::font::{self, Break, Face, Glyph, Shaped, Typesetter};
use crate::paper::runs::Source;
use crate::paper::structure::Role;
use crate::paper::text::Block;

/// Letters that tell whether a font works at all; the whole of it is tried by [`check_font_whole`].
const SOME: usize = 200;
/// Letters on one trial paper.
const AT_ONCE: usize = 4_000;
const NOTE: Lettering = Lettering::new(Face::Regular, 90, 125, Ink::DARK);

/// Makes a paper with a logo, so that none fails later for it.
pub fn check_logo(bytes: &[u8]) -> Result<(), PaperError> {
    let letterhead = Letterhead { shop_name: "Logo".into(), logo: Some(bytes.to_vec()), ..Letterhead::default() };
    match apart(|| page(&letterhead, "")) {
        Err(PaperError::Broken | PaperError::Writer(_)) => Err(PaperError::Logo),
        made => made.map(drop),
    }
}

/// What neither the built-in faces nor these fonts can show of texts, each character once.
pub fn missing(fonts: &[FallbackFont], texts: &[&str]) -> Vec<char> {
    let Ok(mut setter) = Typesetter::new(fonts) else { return Vec::new() };
    for text in texts {
        setter.shape(Face::Regular, text);
    }
    setter.missing().to_vec()
}

/// Makes a paper with some letters of a font.
pub fn check_font(font: &FallbackFont) -> Result<(), PaperError> {
    tried(font, SOME)
}

/// Draws every shape of a font and makes papers with all of its letters. It takes a second where a font has tens of
/// thousands: not for the thread that draws.
pub fn check_font_whole(font: &FallbackFont) -> Result<(), PaperError> {
    apart(|| font.draw_all())?;
    tried(font, usize::MAX)
}

fn tried(font: &FallbackFont, most: usize) -> Result<(), PaperError> {
    // Only what the built-in faces lack is ever printed with it; a font that adds nothing is tried with what it has.
    let added: Vec<char> = font.letters().into_iter().filter(|letter| !font::has(*letter)).collect();
    let step = added.len().div_ceil(most.max(1)).max(1);
    let added: Vec<char> = added.into_iter().step_by(step).collect();
    let head = Letterhead { shop_name: "Font".into(), added_fonts: vec![font.clone()], ..Letterhead::default() };
    let made = apart(|| {
        page(&head, "")?;
        if most == usize::MAX {
            shapes(&head, font.glyphs())?;
        }
        added.chunks(AT_ONCE).try_for_each(|some| {
            // In words, so that they stand on lines of their own and right-to-left ones are not one endless run.
            let text: Vec<String> = some.chunks(12).map(|word| word.iter().collect()).collect();
            page(&head, &text.join(" ")).map(drop)
        })
    });
    made.map_err(|_| PaperError::NoFont)
}

fn page(letterhead: &Letterhead, text: &str) -> Result<Paper, PaperError> {
    let mut paper = Composition::start(letterhead)?;
    paper.head((&[], &[]), None);
    paper.paragraphs(text, NOTE);
    finished(paper)
}

/// A page with every shape of the added font, those too that only stand for letters side by side. The first shape of a
/// font stands for what is missing, and is never printed.
fn shapes(letterhead: &Letterhead, count: u32) -> Result<Paper, PaperError> {
    let mut paper = Composition::start(letterhead)?;
    paper.pen.structure.open(Role::Paragraph);
    let place = paper.pen.structure.place();
    for ids in (1..count).collect::<Vec<_>>().chunks(AT_ONCE) {
        let glyph = |(at, id): (usize, &u32)| Glyph {
            id: *id,
            source: Source::Added(0),
            level: 0,
            advance: 0,
            x: 0,
            y: 0,
            text: at..at + 1,
            breaks: Break::Anywhere,
        };
        let glyphs: Vec<Glyph> = ids.iter().enumerate().map(glyph).collect();
        let shaped = Shaped { face: Face::Regular, text: "x".repeat(ids.len()), glyphs, units: 1_000, base: 0 };
        let line = Line { glyphs: 0..ids.len(), shaped: Rc::new(shaped), width: 0 };
        let op = Op::Text { line, lettering: NOTE, x: 0, y: NOTE.baseline(), place };
        paper.flow.place(vec![Block { ops: vec![op], height: NOTE.leading, keep: false }]);
    }
    paper.pen.structure.close();
    finished(paper)
}

fn finished(paper: Composition<'_>) -> Result<Paper, PaperError> {
    paper.finish(&Label { title: String::new(), dated: chrono::NaiveDate::default(), backdrop: None })
}
