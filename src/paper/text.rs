//! Text in lines: wrapping, aligning, and blocks of lines that move as one.

use std::rc::Rc;

use super::canvas::{Area, Ink, Lettering, Line, Op};
use super::font::{Break, Shaped, Typesetter};
use super::length::Length;
use super::structure::{Role, Structure};

/// On which side of its column text stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Align {
    Left,
    Right,
}

/// A column of text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Column {
    pub(crate) x: Length,
    pub(crate) width: Length,
    pub(crate) align: Align,
}

impl Column {
    /// Text from the left.
    pub(crate) const fn left(x: Length, width: Length) -> Self {
        Self { x, width, align: Align::Left }
    }

    /// Text to the right edge.
    pub(crate) const fn right(x: Length, width: Length) -> Self {
        Self { x, width, align: Align::Right }
    }
}

/// Drawn things with a height; `y` counts from its top.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub(crate) struct Block {
    pub(crate) ops: Vec<Op>,
    pub(crate) height: Length,
    /// Whether it stays on one page with the block after it.
    pub(crate) keep: bool,
}

impl Block {
    /// Empty room.
    pub(crate) fn space(height: Length) -> Self {
        Self { height, ..Self::default() }
    }

    /// The same, on one page with what follows.
    pub(crate) fn kept(self) -> Self {
        Self { keep: true, ..self }
    }

    /// A filled rectangle.
    pub(crate) fn fill(&mut self, x: Length, y: Length, width: Length, height: Length, ink: Ink) {
        self.ops.push(Op::Fill { area: Area { x, y, width, height }, ink });
    }
}

/// What every part of a paper is made with.
pub(crate) struct Pen {
    pub(crate) setter: Typesetter,
    pub(crate) structure: Structure,
}

impl Pen {
    /// Sets text into a column from `y` down, as many lines as it takes, and returns where it ends.
    pub(crate) fn set(
        &mut self,
        block: &mut Block,
        text: &str,
        lettering: Lettering,
        column: Column,
        y: Length,
    ) -> Length {
        self.set_at_most(block, text, lettering, column, y, usize::MAX)
    }

    /// As [`Pen::set`]; what does not go into `most` lines ends in an ellipsis.
    pub(crate) fn set_at_most(
        &mut self,
        block: &mut Block,
        text: &str,
        lettering: Lettering,
        column: Column,
        y: Length,
        most: usize,
    ) -> Length {
        let mut y = y;
        for line in self.wrap(text, lettering, column.width, most) {
            let spare = if column.align == Align::Right { column.width - line.width } else { 0 };
            let place = self.structure.place();
            let baseline = y + lettering.baseline();
            block.ops.push(Op::Text { line, lettering, x: column.x + spare, y: baseline, place });
            y += lettering.leading;
        }
        block.height = block.height.max(y);
        y
    }

    /// As [`Pen::set`], as a part of its own in the reading order.
    pub(crate) fn part(
        &mut self,
        role: Role,
        block: &mut Block,
        text: &str,
        lettering: Lettering,
        column: Column,
        y: Length,
    ) -> Length {
        self.structure.open(role);
        let end = self.set(block, text, lettering, column, y);
        self.structure.close();
        end
    }

    /// How wide a text is in one line.
    pub(crate) fn width(&mut self, text: &str, lettering: Lettering) -> Length {
        let shaped = self.setter.shape(lettering.face, text);
        shaped.width(0..shaped.glyphs.len(), lettering.size)
    }

    /// Cuts a text into lines of at most a width.
    pub(crate) fn wrap(&mut self, text: &str, lettering: Lettering, width: Length, most: usize) -> Vec<Line> {
        // No line holds that many characters; what cannot show is not shaped.
        let longest = most.saturating_mul(500);
        let text = text.char_indices().nth(longest).and_then(|(end, _)| text.get(..end)).unwrap_or(text);
        let mut lines = Vec::new();
        for paragraph in text.lines() {
            let shaped = self.setter.shape(lettering.face, paragraph);
            lines.extend(cut(&shaped, lettering.size, width));
        }
        if lines.len() > most {
            lines.truncate(most);
            if let Some(last) = lines.pop() {
                lines.push(self.cut_short(&last, lettering, width));
            }
        }
        lines
    }

    /// A line that says it goes on.
    fn cut_short(&mut self, line: &Line, lettering: Lettering, width: Length) -> Line {
        let from = line.shaped.glyphs.get(line.glyphs.start).map_or(0, |glyph| glyph.text.start);
        let end = line.glyphs.end.checked_sub(1).and_then(|at| line.shaped.glyphs.get(at)).map_or(from, |g| g.text.end);
        let mut text = line.shaped.text.get(from..end).unwrap_or("").trim_end().to_owned();
        loop {
            let shaped = self.setter.shape(lettering.face, &format!("{text}…"));
            let glyphs = 0..shaped.glyphs.len();
            let wide = shaped.width(glyphs.clone(), lettering.size);
            if wide <= width || text.pop().is_none() {
                return Line { shaped, glyphs, width: wide };
            }
        }
    }
}

/// Cuts shaped text at its spaces and hyphens, and a word that is too long anywhere.
fn cut(shaped: &Rc<Shaped>, size: Length, width: Length) -> Vec<Line> {
    let mut lines = Vec::new();
    // One thousandth more, because the width of a text is rounded down to whole ones.
    let fits = (i64::from(width) + 1) * i64::from(shaped.units);
    let mut start = 0;
    // The line so far and up to its last good end, in units of the face: (glyphs, width).
    let (mut reach, mut good) = (0_i64, None);
    let mut at = 0;
    while let Some(glyph) = shaped.glyphs.get(at) {
        let wide = (reach + i64::from(glyph.advance)) * i64::from(size);
        if glyph.breaks != Break::Space && wide > fits && at > start {
            let end = good.unwrap_or_else(|| whole(shaped, start, at));
            lines.push(line(shaped, start, end, size));
            (start, at, reach, good) = (end, end, 0, None);
            continue;
        }
        reach += i64::from(glyph.advance);
        at += 1;
        if matches!(glyph.breaks, Break::Space | Break::After) {
            good = Some(at);
        }
    }
    lines.push(line(shaped, start, shaped.glyphs.len(), size));
    lines
}

/// The last end before `at` that cuts no character from its marks; `at` itself where there is none.
fn whole(shaped: &Shaped, start: usize, at: usize) -> usize {
    let inside = |end: usize| shaped.glyphs.get(end - 1).is_some_and(|glyph| glyph.breaks == Break::Inside);
    (start + 1..=at).rev().find(|end| !inside(*end)).unwrap_or(at)
}

fn line(shaped: &Rc<Shaped>, start: usize, end: usize, size: Length) -> Line {
    let blank = |at: usize| shaped.glyphs.get(at - 1).is_some_and(|glyph| glyph.breaks == Break::Space);
    let seen = (start + 1..=end).rev().find(|at| !blank(*at)).unwrap_or(start);
    Line { shaped: Rc::clone(shaped), glyphs: start..end, width: shaped.width(start..seen, size) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::paper::font::{Face, Glyph};

    const TEN: Lettering = Lettering::new(Face::Regular, 100, 130, Ink::DARK);

    fn pen() -> Pen {
        Pen { setter: Typesetter::new(&[]).unwrap(), structure: Structure::default() }
    }

    fn shown(lines: &[Line]) -> Vec<String> {
        let of = |line: &Line, glyph: &Glyph| line.shaped.text[glyph.text.clone()].to_owned();
        let text = |line: &Line| line.shaped.glyphs[line.glyphs.clone()].iter().map(|glyph| of(line, glyph)).collect();
        lines.iter().map(text).collect()
    }

    #[test]
    fn lines_end_at_spaces_and_hyphens_and_long_words_are_cut() {
        let mut pen = pen();
        let width = pen.width("Müller-Straße", TEN);
        let mut wrapped = |text| shown(&pen.wrap(text, TEN, width, 99));
        assert_eq!(wrapped("Zoë Müller-Straße"), ["Zoë Müller-", "Straße"]);
        assert_eq!(wrapped("Zoë Zoë  Zoë Zoë"), ["Zoë Zoë  Zoë ", "Zoë"]);
        assert_eq!(wrapped("one\ntwo"), ["one", "two"]);
        assert_eq!(wrapped("wwwwwwwwwwwwwww").len(), 2);
        assert!(wrapped("").is_empty());
    }

    #[test]
    fn what_does_not_fit_says_so() {
        let mut pen = pen();
        let lines = pen.wrap("one two three four five", TEN, 30_000, 2);
        assert_eq!(shown(&lines), ["one ", "two…"]);
        assert!(lines.iter().all(|line| line.width <= 30_000));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn wrapping_loses_nothing_and_keeps_to_its_width(text in "[a-zżόй 株e\u{301}-]{0,80}", width in 8_000..90_000_i32) {
            let lines = pen().wrap(&text, TEN, width, usize::MAX);
            for pair in lines.windows(2) {
                prop_assert_eq!(pair[0].glyphs.end, pair[1].glyphs.start);
            }
            for line in &lines {
                let letters = line.shaped.glyphs[line.glyphs.clone()].iter().filter(|g| !matches!(g.breaks, Break::Inside | Break::Space));
                prop_assert!(line.width <= width + 1 || letters.count() <= 1);
            }
            if let (Some(first), Some(last)) = (lines.first(), lines.last()) {
                prop_assert_eq!((first.glyphs.start, last.glyphs.end), (0, last.shaped.glyphs.len()));
            }
        }
    }
}
