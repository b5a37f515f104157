//! A word stamped onto a paper: a frame, slightly turned.

use super::letterhead::StampBlock;
use crate::paper::canvas::{Area, Ink, Lettering, Op};
use crate::paper::font::Face;
use crate::paper::length::{Length, mm, pt, tenths};
use crate::paper::structure::Role;
use crate::paper::text::{Block, Column, Pen};

const WORD: i32 = 210;
const DAY: i32 = 90;

/// A stamp with a word and, under it, a day.
pub(super) fn stamp(pen: &mut Pen, word: &str, day: Option<&str>, ink: Ink) -> StampBlock {
    let large = Lettering::new(Face::Bold, WORD, 260, ink);
    let small = Lettering::new(Face::Bold, DAY, 130, ink);
    let text = pen.width(word, large).max(day.map_or(0, |day| pen.width(day, small)));
    let width = text + mm(12);
    let mut block = Block::default();
    pen.structure.open(Role::Paragraph);
    let mut y = centred(pen, &mut block, word, large, width, pt(6));
    if let Some(day) = day {
        y = centred(pen, &mut block, day, small, width, y + pt(1)) + pt(1);
    }
    pen.structure.close();
    let height = y + pt(5);
    let area = Area { x: 0, y: 0, width, height };
    block.ops.push(Op::Frame { area, radius: pt(5), thick: tenths(20), ink });
    let op = Op::Turned { degrees: -4, x: width / 2, y: height / 2, ops: block.ops };
    StampBlock { width, height, op }
}

fn centred(pen: &mut Pen, block: &mut Block, text: &str, lettering: Lettering, width: Length, y: Length) -> Length {
    let wide = pen.width(text, lettering);
    pen.set(block, text, lettering, Column::left((width - wide) / 2, wide + 1), y)
}
