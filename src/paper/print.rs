//! Pages of drawn things as the bytes of a PDF: the one file that talks to the PDF writer about drawing.
#![expect(
    clippy::disallowed_types,
    clippy::float_arithmetic,
    reason = "the PDF writer takes lengths on paper as floats; no amount of money comes here"
)]

use chrono::{Datelike, NaiveDate};
use krilla::SerializeSettings;
use krilla::color::rgb;
use krilla::configure::{Archival, Configuration, ConfigurationBuilder};
use krilla::error::KrillaError;
use krilla::geom::{Path, PathBuilder, Point, Rect, Size, Transform};
use krilla::metadata::{DateTime, Metadata};
use krilla::num::NormalizedF32;
use krilla::page::PageSettings;
use krilla::paint::{Fill, FillRule, Stroke};
use krilla::surface::Surface;
use krilla::tagging::{Artifact, ArtifactType, ContentTag, SpanTag};
use krilla::text::{Glyph as Drawn, GlyphId};

use super::PaperError;
use super::canvas::{Area, Ink, Lettering, Line, Op, Squares};
use super::font::{Glyph, Typesetter};
use super::length::Length;
use super::logo::{Art, Logo};
use super::structure::{Place, Structure};

/// What a file says about itself, and the sheet it is printed on.
pub(crate) struct Imprint<'a> {
    pub(crate) title: String,
    pub(crate) shop: &'a str,
    pub(crate) language: &'a str,
    /// Creation date: of what the paper says, never of the machine.
    pub(crate) dated: NaiveDate,
    pub(crate) width: Length,
    pub(crate) height: Length,
    pub(crate) logo: Option<&'a Logo>,
}

/// Writes the file: as PDF/A-2u, made to be kept for years, and as plain PDF only where a text forbids that.
pub(crate) fn print(
    imprint: &Imprint,
    pages: &[Vec<Op>],
    setter: &Typesetter,
    structure: &mut Structure,
) -> Result<Vec<u8>, PaperError> {
    let builder = ConfigurationBuilder::new().with_archival_validator(Archival::A2_U);
    let archival = builder.finish().unwrap_or_default();
    let written = match write(imprint, pages, setter, structure, archival) {
        Err(KrillaError::Validation(_)) => write(imprint, pages, setter, structure, Configuration::default()),
        other => other,
    };
    written.map_err(|error| match error {
        KrillaError::Image(..) | KrillaError::SixteenBitImage(..) => PaperError::Logo,
        other => PaperError::Writer(other.to_string()),
    })
}

fn write(
    imprint: &Imprint,
    pages: &[Vec<Op>],
    setter: &Typesetter,
    structure: &mut Structure,
    configuration: Configuration,
) -> Result<Vec<u8>, KrillaError> {
    structure.nothing_drawn();
    let settings = SerializeSettings { configuration, ..SerializeSettings::default() };
    let mut document = krilla::Document::new_with(settings);
    for ops in pages {
        let sheet = PageSettings::from_wh(points(imprint.width), points(imprint.height));
        let mut page = document.start_page_with(sheet.unwrap_or_default());
        let mut surface = page.surface();
        let mut printer = Printer { surface: &mut surface, setter, structure, logo: imprint.logo, open: None };
        printer.draw(ops);
        printer.leave();
        surface.finish();
        page.finish();
    }
    document.set_tag_tree(structure.tree(imprint.shop).with_lang(Some(imprint.language.to_owned())));
    document.set_metadata(metadata(imprint));
    document.finish()
}

fn metadata(imprint: &Imprint) -> Metadata {
    let small = |number: u32| u8::try_from(number).unwrap_or(1);
    let day = imprint.dated;
    let dated = DateTime::new(u16::try_from(day.year()).unwrap_or(0)).month(small(day.month())).day(small(day.day()));
    Metadata::new()
        .title(imprint.title.clone())
        .authors(vec![imprint.shop.to_owned()].into_iter().filter(|shop| !shop.is_empty()).collect())
        .creator("rentbook".to_owned())
        .producer("rentbook".to_owned())
        .language(imprint.language.to_owned())
        .creation_date(dated.hour(0).minute(0).second(0).utc_offset_hour(0))
}

/// Draws on one page and keeps the marked stretches of text apart.
struct Printer<'a, 'b, 's> {
    surface: &'a mut Surface<'b>,
    setter: &'s Typesetter,
    structure: &'s mut Structure,
    logo: Option<&'s Logo>,
    open: Option<Place>,
}

impl Printer<'_, '_, '_> {
    fn draw(&mut self, ops: &[Op]) {
        for op in ops {
            match op {
                Op::Text { line, lettering, x, y, place } => {
                    self.enter(*place);
                    self.text(line, *lettering, Point::from_xy(points(*x), points(*y)));
                }
                Op::Fill { area, ink } => {
                    self.enter(Place::FURNITURE);
                    self.fill(*area, *ink);
                }
                Op::Frame { area, radius, thick, ink } => {
                    self.enter(Place::FURNITURE);
                    self.frame(*area, *radius, *thick, *ink);
                }
                Op::Logo { area, place } => {
                    self.enter(*place);
                    self.logo(*area);
                }
                Op::Squares { area, squares, place } => {
                    self.enter(*place);
                    self.squares(*area, squares);
                }
                Op::Turned { degrees, x, y, ops } => {
                    // A stretch cannot stay open across a change of the coordinates.
                    self.leave();
                    let turn = Transform::from_rotate_at(f32::from(*degrees), points(*x), points(*y));
                    self.surface.push_transform(&turn);
                    self.draw(ops);
                    self.leave();
                    self.surface.pop();
                }
            }
        }
    }

    fn enter(&mut self, place: Place) {
        if self.open == Some(place) {
            return;
        }
        self.leave();
        let tag = if place.is_furniture() {
            ContentTag::Artifact(Artifact::with_kind(ArtifactType::PaginationOther))
        } else {
            ContentTag::Span(SpanTag::empty())
        };
        let name = self.surface.start_tagged(tag);
        self.structure.drawn(place, name);
        self.open = Some(place);
    }

    fn leave(&mut self) {
        if self.open.take().is_some() {
            self.surface.end_tagged();
        }
    }

    fn text(&mut self, line: &Line, lettering: Lettering, start: Point) {
        let shaped = &line.shaped;
        let units = unit(shaped.units.max(1));
        let size = points(lettering.size);
        let glyphs: Vec<Placed> = shaped.seen(line.glyphs.clone()).into_iter().map(|g| Placed(g, units)).collect();
        self.surface.set_fill(Some(filled(lettering.ink)));
        let mut start = start;
        for part in glyphs.chunk_by(|a, b| a.0.source == b.0.source) {
            let Some(first) = part.first() else { continue };
            let font = self.setter.embedded(shaped.face, first.0.source);
            self.surface.draw_glyphs(start, part, font, &shaped.text, size, false);
            start.x += part.iter().map(|glyph| glyph.x_advance(size)).sum::<f32>();
        }
    }

    fn fill(&mut self, area: Area, ink: Ink) {
        let Some(rect) = rect(area) else { return };
        let mut path = PathBuilder::new();
        path.push_rect(rect);
        self.surface.set_fill(Some(filled(ink)));
        if let Some(path) = path.finish() {
            self.surface.draw_path(&path);
        }
    }

    fn frame(&mut self, area: Area, radius: Length, thick: Length, ink: Ink) {
        let Some(path) = rounded(area, radius) else { return };
        self.surface.set_fill(None);
        let paint = colour(ink).into();
        self.surface.set_stroke(Some(Stroke { paint, width: points(thick), ..Stroke::default() }));
        self.surface.draw_path(&path);
        self.surface.set_stroke(None);
    }

    /// All dark squares as one path: a run of them in a row is one rectangle.
    fn squares(&mut self, area: Area, squares: &Squares) {
        let one = area.width / i32::try_from(squares.side.max(1)).unwrap_or(1);
        let mut path = PathBuilder::new();
        for (row, y) in squares.dark.chunks(squares.side.max(1)).zip(0..) {
            let mut x = 0;
            for run in row.chunk_by(|a, b| a == b) {
                let count = i32::try_from(run.len()).unwrap_or(0);
                let area = Area { x: area.x + x * one, y: area.y + y * one, width: count * one, height: one };
                if let Some(rect) = rect(area).filter(|_| run.first() == Some(&true)) {
                    path.push_rect(rect);
                }
                x += count;
            }
        }
        self.surface.set_fill(Some(filled(Ink::BLACK)));
        if let Some(path) = path.finish() {
            self.surface.draw_path(&path);
        }
    }

    fn logo(&mut self, area: Area) {
        let Some(art) = self.logo.map(Logo::art) else { return };
        let Some(size) = Size::from_wh(points(area.width), points(area.height)) else { return };
        self.surface.push_transform(&Transform::from_translate(points(area.x), points(area.y)));
        match art {
            Art::Image(image) => self.surface.draw_image(image.clone(), size),
            Art::Drawing(drawing) => drawing.draw(self.surface, size.width()),
        }
        self.surface.pop();
    }
}

/// A glyph and the units of its face.
struct Placed<'a>(&'a Glyph, f32);

impl Drawn for Placed<'_> {
    fn glyph_id(&self) -> GlyphId {
        GlyphId::new(self.0.id)
    }

    fn text_range(&self) -> std::ops::Range<usize> {
        self.0.text.clone()
    }

    fn x_advance(&self, size: f32) -> f32 {
        unit(self.0.advance) / self.1 * size
    }

    fn x_offset(&self, size: f32) -> f32 {
        unit(self.0.x) / self.1 * size
    }

    fn y_offset(&self, size: f32) -> f32 {
        unit(self.0.y) / self.1 * size
    }

    fn y_advance(&self, _size: f32) -> f32 {
        0.0
    }

    fn location(&self) -> Option<krilla::surface::Location> {
        None
    }
}

fn filled(ink: Ink) -> Fill {
    Fill { paint: colour(ink).into(), opacity: NormalizedF32::ONE, rule: FillRule::default() }
}

fn colour(Ink(red, green, blue): Ink) -> rgb::Color {
    rgb::Color::new(red, green, blue)
}

fn rect(area: Area) -> Option<Rect> {
    Rect::from_xywh(points(area.x), points(area.y), points(area.width), points(area.height))
}

/// A rectangle with round corners: four lines, four curves whose handles stand at 0.5523 of the radius.
fn rounded(area: Area, radius: Length) -> Option<Path> {
    let (left, top, r) = (points(area.x), points(area.y), points(radius));
    let (right, bottom) = (left + points(area.width), top + points(area.height));
    let rest = r * (1.0 - 0.5523);
    let mut path = PathBuilder::new();
    path.move_to(left + r, top);
    path.line_to(right - r, top);
    path.cubic_to(right - rest, top, right, top + rest, right, top + r);
    path.line_to(right, bottom - r);
    path.cubic_to(right, bottom - rest, right - rest, bottom, right - r, bottom);
    path.line_to(left + r, bottom);
    path.cubic_to(left + rest, bottom, left, bottom - rest, left, bottom - r);
    path.line_to(left, top + r);
    path.cubic_to(left, top + rest, left + rest, top, left + r, top);
    path.close();
    path.finish()
}

fn points(length: Length) -> f32 {
    unit(length) / 1000.0
}

#[expect(clippy::cast_precision_loss, reason = "a length on a page is far below 2^24 thousandths")]
fn unit(number: i32) -> f32 {
    number as f32
}
