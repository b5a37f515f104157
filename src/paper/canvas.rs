//! What is drawn on a page, as values: the layout makes them, `print` hands them to the PDF writer.

use std::ops::Range;
use std::rc::Rc;

use super::font::{Face, Shaped};
use super::length::Length;
use super::structure::Place;

/// A colour, red, green and blue.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Ink(pub(crate) u8, pub(crate) u8, pub(crate) u8);

impl Ink {
    /// Text.
    pub(crate) const DARK: Self = Self(0x1b, 0x24, 0x30);
    /// Labels and second lines.
    pub(crate) const QUIET: Self = Self(0x5f, 0x6b, 0x78);
    /// Lines between rows.
    pub(crate) const HAIR: Self = Self(0xd5, 0xdb, 0xe1);
    /// Grounds.
    pub(crate) const TINT: Self = Self(0xf2, 0xf6, 0xf7);
    /// The one colour of the papers.
    pub(crate) const ACCENT: Self = Self(0x0b, 0x5a, 0x6b);
    /// Settled.
    pub(crate) const GREEN: Self = Self(0x1d, 0x75, 0x48);
    /// Void.
    pub(crate) const RED: Self = Self(0xad, 0x2a, 0x24);
    /// A word behind the text.
    pub(crate) const GHOST: Self = Self(0xea, 0xee, 0xf1);
    /// A word behind the text that warns.
    pub(crate) const PALE_RED: Self = Self(0xf8, 0xe3, 0xe1);
    /// Codes.
    pub(crate) const BLACK: Self = Self(0, 0, 0);
    /// On a dark ground.
    pub(crate) const WHITE: Self = Self(0xff, 0xff, 0xff);
}

/// How text looks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Lettering {
    pub(crate) face: Face,
    pub(crate) size: Length,
    /// From one line to the next.
    pub(crate) leading: Length,
    pub(crate) ink: Ink,
}

impl Lettering {
    /// `size` and `leading` in tenths of a point.
    pub(crate) const fn new(face: Face, size: i32, leading: i32, ink: Ink) -> Self {
        Self { face, size: size * 100, leading: leading * 100, ink }
    }

    /// The same in another colour.
    pub(crate) const fn inked(self, ink: Ink) -> Self {
        Self { ink, ..self }
    }

    /// From the top of a line to its baseline; capitals stand in the middle of the line.
    pub(crate) const fn baseline(self) -> Length {
        self.leading / 2 + self.size * 357 / 1000
    }
}

/// One line of text: some glyphs of a shaped text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Line {
    pub(crate) shaped: Rc<Shaped>,
    pub(crate) glyphs: Range<usize>,
    /// Without the blanks at its end.
    pub(crate) width: Length,
}

/// A rectangle; `x` to the right, `y` down.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Area {
    pub(crate) x: Length,
    pub(crate) y: Length,
    pub(crate) width: Length,
    pub(crate) height: Length,
}

/// Which squares of a code are dark, row by row.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Squares {
    pub(crate) side: usize,
    pub(crate) dark: Vec<bool>,
}

/// One thing drawn.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Op {
    /// A line of text from `x` on its baseline `y`.
    Text { line: Line, lettering: Lettering, x: Length, y: Length, place: Place },
    /// A filled rectangle.
    Fill { area: Area, ink: Ink },
    /// A rounded frame.
    Frame { area: Area, radius: Length, thick: Length, ink: Ink },
    /// The logo, fitted into the area from its left upper corner.
    Logo { area: Area, place: Place },
    /// The dark squares of a code.
    Squares { area: Area, squares: Rc<Squares>, place: Place },
    /// Things turned around a point, degrees clockwise.
    Turned { degrees: i16, x: Length, y: Length, ops: Vec<Op> },
}

impl Op {
    /// The same elsewhere.
    pub(crate) fn moved(mut self, right: Length, down: Length) -> Self {
        match &mut self {
            Self::Text { x, y, .. } => {
                *x += right;
                *y += down;
            }
            Self::Fill { area, .. }
            | Self::Frame { area, .. }
            | Self::Logo { area, .. }
            | Self::Squares { area, .. } => {
                area.x += right;
                area.y += down;
            }
            Self::Turned { x, y, ops, .. } => {
                *x += right;
                *y += down;
                *ops = std::mem::take(ops).into_iter().map(|op| op.moved(right, down)).collect();
            }
        }
        self
    }
}
