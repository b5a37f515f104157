//! The font a shop adds for names the built-in faces cannot show.

use std::fmt;
use std::sync::Arc;

use harfrust::{Direction, FontRef, ShapeOptions, ShaperData, UnicodeBuffer};
use skrifa::MetadataProvider;
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::string::StringId;

use super::PaperError;
use super::apart::apart;
use super::runs::Run;

/// A parsed TrueType or OpenType font, the first of a collection. Cloning it is free.
#[derive(Clone)]
pub struct FallbackFont(Arc<Parsed>);

struct Parsed {
    bytes: Arc<Vec<u8>>,
    shaping: ShaperData,
    units: i32,
    name: String,
    embedded: krilla::text::Font,
}

impl FallbackFont {
    /// Reads a font nobody knows yet: a file that brings the reader down is refused like any other.
    pub fn read_apart(bytes: &[u8]) -> Result<Self, PaperError> {
        apart(|| Self::read(bytes.to_vec())).map_err(|_| PaperError::NoFont)
    }

    /// Reads a font.
    pub fn read(bytes: Vec<u8>) -> Result<Self, PaperError> {
        let bytes = Arc::new(bytes);
        let font = FontRef::from_index(&bytes, 0).map_err(|_| PaperError::NoFont)?;
        let embedded = krilla::text::Font::new(Arc::clone(&bytes).into(), 0).ok_or(PaperError::NoFont)?;
        let metrics = font.metrics(skrifa::instance::Size::unscaled(), skrifa::instance::LocationRef::default());
        let units = i32::from(metrics.units_per_em);
        if units == 0 || font.charmap().mappings().next().is_none() {
            return Err(PaperError::NoFont);
        }
        let name = font.localized_strings(StringId::FULL_NAME).english_or_first();
        let name = name.map(|name| name.chars().filter(|c| !c.is_control()).take(60).collect()).unwrap_or_default();
        let shaping = ShaperData::new(&font);
        Ok(Self(Arc::new(Parsed { bytes, shaping, units, name, embedded })))
    }

    /// Its own name.
    pub fn name(&self) -> &str {
        &self.0.name
    }

    /// All letters it has.
    pub(crate) fn letters(&self) -> Vec<char> {
        let Some(font) = self.font() else { return Vec::new() };
        font.charmap().mappings().filter_map(|(code, _)| char::from_u32(code)).filter(|c| c.is_alphanumeric()).collect()
    }

    /// How many shapes it has.
    pub(crate) fn glyphs(&self) -> u32 {
        let instance = (skrifa::instance::Size::unscaled(), skrifa::instance::LocationRef::default());
        self.font().map_or(0, |font| font.glyph_metrics(instance.0, instance.1).glyph_count())
    }

    /// Draws each of its shapes, to find one that cannot be.
    pub(crate) fn draw_all(&self) -> Result<(), PaperError> {
        let font = self.font().ok_or(PaperError::NoFont)?;
        let (size, location) = (skrifa::instance::Size::unscaled(), skrifa::instance::LocationRef::default());
        let outlines = font.outline_glyphs();
        let mut shapes = outlines.iter();
        shapes.try_for_each(|(_, outline)| {
            outline.draw(DrawSettings::unhinted(size, location), &mut Nowhere).map(drop).map_err(|_| PaperError::NoFont)
        })
    }

    fn font(&self) -> Option<FontRef<'_>> {
        FontRef::from_index(&self.0.bytes, 0).ok()
    }

    /// Whether it can show a character.
    pub(crate) fn has(&self, letter: char) -> bool {
        self.font().is_some_and(|font| font.charmap().map(letter).is_some())
    }

    /// As the PDF writer embeds it.
    pub(crate) fn embedded(&self) -> krilla::text::Font {
        self.0.embedded.clone()
    }

    /// Units of its em square.
    pub(crate) fn units(&self) -> i32 {
        self.0.units
    }

    /// The glyphs of a run, as they are seen from left to right.
    pub(crate) fn shape(&self, mut buffer: UnicodeBuffer, run: &Run) -> Option<harfrust::GlyphBuffer> {
        buffer.set_direction(if run.level % 2 == 1 { Direction::RightToLeft } else { Direction::LeftToRight });
        if let Some(script) = run.script {
            buffer.set_script(script);
        }
        let font = self.font()?;
        Some(self.0.shaping.shaper(&font).build().shape(buffer, ShapeOptions::new()))
    }
}

impl PartialEq for FallbackFont {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || self.0.bytes == other.0.bytes
    }
}

impl Eq for FallbackFont {}

impl fmt::Debug for FallbackFont {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "FallbackFont({})", self.0.name)
    }
}

/// A pen that leaves no mark.
struct Nowhere;

#[expect(clippy::disallowed_types, reason = "shapes are floats; no amount of money comes here")]
impl OutlinePen for Nowhere {
    fn move_to(&mut self, _x: f32, _y: f32) {}
    fn line_to(&mut self, _x: f32, _y: f32) {}
    fn quad_to(&mut self, _cx: f32, _cy: f32, _x: f32, _y: f32) {}
    fn curve_to(&mut self, _ax: f32, _ay: f32, _bx: f32, _by: f32, _x: f32, _y: f32) {}
    fn close(&mut self) {}
}
