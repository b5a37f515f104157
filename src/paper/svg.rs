//! A logo drawn in shapes: an SVG file read into paths, drawn sharp at any size.
//!
//! Shapes, colours, gradients, opacity and clips are drawn. Text, pictures, filters, masks and patterns are not there:
//! a file that has them is refused by name, never shown in part.
#![expect(
    clippy::disallowed_types,
    clippy::float_arithmetic,
    reason = "shapes on paper are floats; no amount of money comes here"
)]

use std::collections::HashMap;

use krilla::color::rgb;
use krilla::geom::{Path, PathBuilder, Transform};
use krilla::num::NormalizedF32;
use krilla::paint::{
    Fill, FillRule, LineCap, LineJoin, LinearGradient, Paint, RadialGradient, SpreadMethod, Stop, Stroke, StrokeDash,
};
use krilla::surface::Surface;
use usvg::roxmltree::{Document as XmlTree, Node as XmlNode};
use usvg::tiny_skia_path::{PathSegment, Transform as Turned};
use usvg::{Group, ImageHrefResolver, Node, Options, Tree};

use super::PaperError;

/// More shapes than a logo has.
const MOST_SHAPES: usize = 20_000;
/// More lines and curves than a logo has, clips and shades counted wherever they are used: each is written into every
/// paper.
const MOST_POINTS: usize = 200_000;
/// More elements inside each other than a logo has: each level takes room on the stack.
const DEEPEST: usize = 64;
/// More bytes of shapes than a logo has, each counted as often as the file draws it: one that names a shape, or a piece
/// of text, a thousand times over is refused before memory and time are taken for it.
const MOST_BYTES: usize = 8_000_000;

/// More attributes than an element of a logo has: the reader compares each with each.
const MOST_ATTRIBUTES: usize = 1_000;

/// More bytes of style sheets and clips than a logo has, each counted once for every element.
const MOST_TRIED: usize = 100_000_000;
/// What an element costs beside what is written in it.
const ELEMENT: usize = 16;

/// A drawing that can be printed.
pub(crate) struct Drawing {
    tree: Tree,
}

impl Drawing {
    /// Reads an SVG file. Nothing outside it is ever read.
    pub(crate) fn read(bytes: &[u8]) -> Result<Self, PaperError> {
        let text = std::str::from_utf8(bytes).map_err(|_| PaperError::Logo)?;
        // Before anything is parsed: between two `<` stands one element at most, also in an entity.
        let is_crowded = text.split('<').any(|element| element.matches('=').count() > MOST_ATTRIBUTES);
        if is_crowded || spelled_out(text) > MOST_BYTES {
            return Err(PaperError::Logo);
        }
        let parsing = usvg::roxmltree::ParsingOptions { allow_dtd: true, nodes_limit: 200_000, ..Default::default() };
        let xml = usvg::roxmltree::Document::parse_with_options(text, parsing).map_err(|_| PaperError::Logo)?;
        if let Some(held) = xml.descendants().find_map(|node| unprintable(node.tag_name().name())) {
            return Err(PaperError::LogoHolds(held));
        }
        Weight::of(&xml).check(&xml)?;
        let nothing_outside =
            ImageHrefResolver { resolve_data: Box::new(|_, _, _| None), resolve_string: Box::new(|_, _| None) };
        let options = Options { image_href_resolver: nothing_outside, ..Options::default() };
        let tree = Tree::from_xmltree(&xml, &options).map_err(|_| PaperError::Logo)?;
        match shapes(tree.root())? {
            1..=MOST_SHAPES if points_left(tree.root(), MOST_POINTS).is_some() => Ok(Self { tree }),
            _ => Err(PaperError::Logo),
        }
    }

    /// Width and height in hundredths of the file's own unit.
    pub(crate) fn size(&self) -> (u32, u32) {
        let size = self.tree.size();
        (hundredths(size.width()), hundredths(size.height()))
    }

    /// Draws it so many points wide, from the left upper corner.
    pub(crate) fn draw(&self, surface: &mut Surface<'_>, wide: f32) {
        let scale = wide / self.tree.size().width();
        surface.push_transform(&Transform::from_scale(scale, scale));
        let (width, height) = (self.tree.size().width(), self.tree.size().height());
        let edge = krilla::geom::Rect::from_xywh(0.0, 0.0, width, height);
        let sheet = edge.and_then(|edge| {
            let mut path = PathBuilder::new();
            path.push_rect(edge);
            path.finish()
        });
        if let Some(sheet) = &sheet {
            surface.push_clip_path(sheet, &FillRule::NonZero);
        }
        draw_group(surface, self.tree.root());
        if sheet.is_some() {
            surface.pop();
        }
        surface.pop();
        surface.set_stroke(None);
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to what a number holds")]
fn hundredths(length: f32) -> u32 {
    (length * 100.0).round().clamp(1.0, 1.0e8) as u32
}

/// What stands in the way of printing, in words.
fn unprintable(element: &str) -> Option<&'static str> {
    Some(match element {
        "text" | "tspan" | "textPath" => "text",
        "image" | "foreignObject" => "a picture inside",
        "filter" => "a filter",
        "mask" => "a mask",
        "pattern" => "a pattern",
        "marker" => "a marker",
        "script" => "a script",
        _ => return None,
    })
}

/// What a file can grow to when its entities are spelled out, at most: the reader takes 255 references inside of one.
fn spelled_out(text: &str) -> usize {
    let value = |entity: &str| {
        let (at, quote) = entity.char_indices().find(|(_, letter)| matches!(letter, '\'' | '"'))?;
        entity.get(at + 1..)?.find(quote)
    };
    let longest = text.split("<!ENTITY").skip(1).filter_map(value).max().unwrap_or(0);
    text.len().saturating_add(longest.saturating_mul(256).saturating_mul(text.matches('&').count()))
}

/// What drawing a file costs, reckoned before it is drawn.
struct Weight<'a> {
    named: HashMap<&'a str, XmlNode<'a, 'a>>,
    left: usize,
}

impl<'a> Weight<'a> {
    fn of(xml: &'a XmlTree<'a>) -> Self {
        let named = xml.descendants().filter_map(|node| node.attribute("id").map(|id| (id, node))).collect();
        Self { named, left: MOST_BYTES }
    }

    fn check(mut self, xml: &'a XmlTree<'a>) -> Result<(), PaperError> {
        self.draw(xml.root_element(), DEEPEST)?;
        let elements = (MOST_BYTES - self.left) / ELEMENT;
        // A style sheet is tried on every element; a clip is made anew for each that it cuts.
        let each = |node: XmlNode| match node.tag_name().name() {
            "style" => node.children().filter_map(|child| child.text()).map(str::len).sum(),
            "clipPath" => node.range().len(),
            _ => 0,
        };
        let each: usize = xml.descendants().map(each).sum();
        if each.saturating_mul(elements) > MOST_TRIED { Err(PaperError::Logo) } else { Ok(()) }
    }

    fn draw(&mut self, node: XmlNode<'a, 'a>, deeper: usize) -> Result<(), PaperError> {
        let Some(deeper) = deeper.checked_sub(1) else { return Err(PaperError::Logo) };
        self.spend(ELEMENT + node.attributes().map(|one| one.value().len()).sum::<usize>())?;
        if node.tag_name().name() == "use" {
            let mut names = node.attributes().filter(|one| one.name() == "href");
            let drawn = names.next().and_then(|one| one.value().trim().strip_prefix('#'));
            if let Some(target) = drawn.and_then(|name| self.named.get(name).copied()) {
                self.draw(target, deeper)?;
            }
        }
        node.children().filter(XmlNode::is_element).try_for_each(|child| self.draw(child, deeper))
    }

    fn spend(&mut self, bytes: usize) -> Result<(), PaperError> {
        self.left = self.left.checked_sub(bytes).ok_or(PaperError::Logo)?;
        Ok(())
    }
}

/// How many shapes stand in a group.
fn shapes(group: &Group) -> Result<usize, PaperError> {
    if group.blend_mode() != usvg::BlendMode::Normal {
        return Err(PaperError::LogoHolds("a blend mode"));
    }
    let mut count = 0;
    for node in group.children() {
        count += match node {
            Node::Group(inner) => shapes(inner)?,
            Node::Path(_) => 1,
            Node::Image(_) | Node::Text(_) => return Err(PaperError::LogoHolds("text or a picture")),
        };
    }
    Ok(count)
}

/// What is left of so many lines, curves and colours once a group is written; none where it has more.
fn points_left(group: &Group, mut left: usize) -> Option<usize> {
    let mut clip = group.clip_path();
    while let Some(one) = clip {
        left = points_left(one.root(), left)?;
        clip = one.clip_path();
    }
    for node in group.children() {
        left = match node {
            Node::Group(inner) => points_left(inner, left)?,
            Node::Path(path) => {
                let paints = [path.fill().map(usvg::Fill::paint), path.stroke().map(usvg::Stroke::paint)];
                left.checked_sub(path.data().len() + paints.into_iter().flatten().map(stops).sum::<usize>())?
            }
            Node::Image(_) | Node::Text(_) => left,
        };
    }
    Some(left)
}

fn stops(paint: &usvg::Paint) -> usize {
    match paint {
        usvg::Paint::LinearGradient(shade) => shade.stops().len(),
        usvg::Paint::RadialGradient(shade) => shade.stops().len(),
        usvg::Paint::Color(_) | usvg::Paint::Pattern(_) => 0,
    }
}

fn draw_group(surface: &mut Surface<'_>, group: &Group) {
    let mut pushed = 1;
    surface.push_transform(&turned(group.transform()));
    let mut clip = group.clip_path();
    while let Some(one) = clip {
        if let Some((path, rule)) = clip_of(one) {
            surface.push_clip_path(&path, &rule);
            pushed += 1;
        }
        clip = one.clip_path();
    }
    if group.opacity().get() < 1.0 {
        surface.push_opacity(part(group.opacity().get()));
        pushed += 1;
    }
    for node in group.children() {
        match node {
            Node::Group(inner) => draw_group(surface, inner),
            Node::Path(path) => draw_path(surface, path),
            Node::Image(_) | Node::Text(_) => {}
        }
    }
    for _ in 0..pushed {
        surface.pop();
    }
}

fn draw_path(surface: &mut Surface<'_>, path: &usvg::Path) {
    let mut outline = PathBuilder::new();
    trace(&mut outline, path.data(), Turned::identity());
    let Some(outline) = outline.finish().filter(|_| path.is_visible()) else { return };
    let (fill, stroke) = (path.fill().and_then(fill), path.stroke().and_then(stroke));
    let passes = match path.paint_order() {
        usvg::PaintOrder::FillAndStroke => vec![(fill, stroke)],
        usvg::PaintOrder::StrokeAndFill => vec![(None, stroke), (fill, None)],
    };
    for (fill, stroke) in passes.into_iter().filter(|(fill, stroke)| fill.is_some() || stroke.is_some()) {
        surface.set_fill(fill);
        surface.set_stroke(stroke);
        surface.draw_path(&outline);
    }
}

/// All shapes of a clip as one outline.
fn clip_of(clip: &usvg::ClipPath) -> Option<(Path, FillRule)> {
    let (mut outline, mut rule) = (PathBuilder::new(), FillRule::NonZero);
    trace_group(&mut outline, clip.root(), clip.transform(), &mut rule);
    outline.finish().map(|path| (path, rule))
}

fn trace_group(outline: &mut PathBuilder, group: &Group, turn: Turned, rule: &mut FillRule) {
    let turn = turn.pre_concat(group.transform());
    for node in group.children() {
        match node {
            Node::Group(inner) => trace_group(outline, inner, turn, rule),
            Node::Path(path) => {
                if let Some(fill) = path.fill() {
                    *rule = fill_rule(fill.rule());
                }
                trace(outline, path.data(), turn);
            }
            Node::Image(_) | Node::Text(_) => {}
        }
    }
}

fn trace(outline: &mut PathBuilder, path: &usvg::tiny_skia_path::Path, turn: Turned) {
    let Some(path) = path.clone().transform(turn) else { return };
    for segment in path.segments() {
        match segment {
            PathSegment::MoveTo(p) => outline.move_to(p.x, p.y),
            PathSegment::LineTo(p) => outline.line_to(p.x, p.y),
            PathSegment::QuadTo(a, p) => outline.quad_to(a.x, a.y, p.x, p.y),
            PathSegment::CubicTo(a, b, p) => outline.cubic_to(a.x, a.y, b.x, b.y, p.x, p.y),
            PathSegment::Close => outline.close(),
        }
    }
}

fn fill(fill: &usvg::Fill) -> Option<Fill> {
    let (opacity, rule) = (part(fill.opacity().get()), fill_rule(fill.rule()));
    paint(fill.paint()).map(|paint| Fill { paint, opacity, rule })
}

fn stroke(stroke: &usvg::Stroke) -> Option<Stroke> {
    let line_cap = match stroke.linecap() {
        usvg::LineCap::Butt => LineCap::Butt,
        usvg::LineCap::Round => LineCap::Round,
        usvg::LineCap::Square => LineCap::Square,
    };
    let line_join = match stroke.linejoin() {
        usvg::LineJoin::Miter | usvg::LineJoin::MiterClip => LineJoin::Miter,
        usvg::LineJoin::Round => LineJoin::Round,
        usvg::LineJoin::Bevel => LineJoin::Bevel,
    };
    Some(Stroke {
        paint: paint(stroke.paint())?,
        width: stroke.width().get(),
        miter_limit: stroke.miterlimit().get(),
        line_cap,
        line_join,
        opacity: part(stroke.opacity().get()),
        dash: stroke.dasharray().map(|array| StrokeDash { array: array.to_vec(), offset: stroke.dashoffset() }),
    })
}

fn paint(paint: &usvg::Paint) -> Option<Paint> {
    Some(match paint {
        usvg::Paint::Color(colour) => rgb::Color::new(colour.red, colour.green, colour.blue).into(),
        usvg::Paint::LinearGradient(shade) => LinearGradient {
            x1: shade.x1(),
            y1: shade.y1(),
            x2: shade.x2(),
            y2: shade.y2(),
            transform: turned(shade.transform()),
            spread_method: spread(shade.spread_method()),
            stops: shade.stops().iter().map(stop).collect(),
            anti_alias: false,
        }
        .into(),
        usvg::Paint::RadialGradient(shade) => RadialGradient {
            cx: shade.cx(),
            cy: shade.cy(),
            cr: shade.r().get(),
            fx: shade.fx(),
            fy: shade.fy(),
            fr: shade.fr().get(),
            transform: turned(shade.transform()),
            spread_method: spread(shade.spread_method()),
            stops: shade.stops().iter().map(stop).collect(),
            anti_alias: false,
        }
        .into(),
        // Refused when the file was read.
        usvg::Paint::Pattern(_) => return None,
    })
}

fn stop(stop: &usvg::Stop) -> Stop {
    let usvg::Color { red, green, blue } = stop.color();
    Stop {
        offset: part(stop.offset().get()),
        color: rgb::Color::new(red, green, blue).into(),
        opacity: part(stop.opacity().get()),
    }
}

const fn spread(method: usvg::SpreadMethod) -> SpreadMethod {
    match method {
        usvg::SpreadMethod::Pad => SpreadMethod::Pad,
        usvg::SpreadMethod::Reflect => SpreadMethod::Reflect,
        usvg::SpreadMethod::Repeat => SpreadMethod::Repeat,
    }
}

const fn fill_rule(rule: usvg::FillRule) -> FillRule {
    match rule {
        usvg::FillRule::NonZero => FillRule::NonZero,
        usvg::FillRule::EvenOdd => FillRule::EvenOdd,
    }
}

fn part(opacity: f32) -> NormalizedF32 {
    NormalizedF32::new(opacity).unwrap_or(NormalizedF32::ONE)
}

fn turned(turn: Turned) -> Transform {
    Transform::from_row(turn.sx, turn.ky, turn.kx, turn.sy, turn.tx, turn.ty)
}
