//! A paper in the making: sheet, shop's head and foot, running heads, page numbers. Every kind of paper begins and
//! ends here.

use chrono::NaiveDate;

use super::letterhead::{self, Letterhead, StampBlock};
use super::words::Words;
use super::{Paper, PaperError};
use crate::paper::canvas::{Ink, Lettering, Op};
use crate::paper::flow::{Flow, Frame};
use crate::paper::font::{Face, Typesetter};
use crate::paper::length::{Length, mm, pt, tenths};
use crate::paper::logo::Logo;
use crate::paper::print::{self, Imprint};
use crate::paper::structure::{Role, Structure};
use crate::paper::text::{Block, Column, Pen};

const MARGIN: Length = mm(20);
const TOP: Length = mm(14);
const TITLE: Lettering = Lettering::new(Face::Bold, 210, 250, Ink::DARK);
const RUNNING: Lettering = Lettering::new(Face::Regular, 75, 100, Ink::QUIET);

/// A paper in the making.
pub(super) struct Composition<'a> {
    pub(super) letterhead: &'a Letterhead,
    pub(super) words: &'static Words,
    pub(super) pen: Pen,
    pub(super) flow: Flow,
    logo: Option<Logo>,
    foot: Block,
}

/// What stands on every page and in the file's own description.
pub(super) struct Label {
    pub(super) title: String,
    /// The day the file says it was made.
    pub(super) dated: NaiveDate,
    /// A large word behind the text of every page.
    pub(super) backdrop: Option<(&'static str, Ink)>,
}

impl<'a> Composition<'a> {
    /// An empty first page with the shop's foot measured.
    pub(super) fn start(letterhead: &'a Letterhead) -> Result<Self, PaperError> {
        let logo = letterhead.logo.as_deref().map(Logo::read).transpose()?;
        let mut pen = Pen { setter: Typesetter::new(&letterhead.added_fonts)?, structure: Structure::default() };
        let (width, height) = letterhead.size.lengths();
        let foot = letterhead::foot(&mut pen, letterhead, width - 2 * MARGIN);
        let bottom = height - mm(17) - foot.height - mm(5);
        let flow = Flow::new(Frame { left: MARGIN, first_top: TOP, next_top: mm(27), bottom });
        Ok(Self { letterhead, words: letterhead.language.words(), pen, flow, logo, foot })
    }

    /// Room between the margins.
    pub(super) fn width(&self) -> Length {
        self.letterhead.size.lengths().0 - 2 * MARGIN
    }

    /// The shop's head with the payer, and a stamp beside it.
    pub(super) fn head(&mut self, payer: (&[String], &[String]), stamp: Option<StampBlock>) {
        let width = self.width();
        let head = letterhead::head(&mut self.pen, self.letterhead, self.logo.as_ref(), payer, stamp, width);
        self.flow.place(vec![head]);
    }

    /// What the paper is, large, in at most so many lines.
    pub(super) fn headline(&mut self, title: &str, lines: usize) -> Block {
        let mut block = Block::default();
        let column = Column::left(0, self.width());
        self.pen.structure.open(Role::Title);
        let end = self.pen.set_at_most(&mut block, title, TITLE, column, 0, lines);
        self.pen.structure.close();
        block.height = end + mm(4);
        block.kept()
    }

    /// Paragraphs that may go on to the next page, a line at least two to a side.
    pub(super) fn paragraphs(&mut self, text: &str, lettering: Lettering) {
        let column = Column::left(0, self.width());
        let mut blocks = Vec::new();
        self.pen.structure.open(Role::Paragraph);
        let place = self.pen.structure.place();
        let lines = self.pen.wrap(text, lettering, column.width, usize::MAX);
        let count = lines.len();
        for (at, line) in lines.into_iter().enumerate() {
            let op = Op::Text { line, lettering, x: 0, y: lettering.baseline(), place };
            blocks.push(Block { ops: vec![op], height: lettering.leading, keep: at == 0 || at + 2 == count });
        }
        self.pen.structure.close();
        if let Some(last) = blocks.last_mut() {
            last.keep = false;
        }
        self.flow.place(blocks);
    }

    /// Adds heads, feet and page numbers, and writes the file.
    pub(super) fn finish(mut self, label: &Label) -> Result<Paper, PaperError> {
        // Whatever a page's foot will show was met before; the title may not have been.
        self.pen.width(&label.title, RUNNING);
        let missing = self.pen.setter.missing().to_vec();
        let mut pages = std::mem::take(&mut self.flow.pages);
        let count = pages.len();
        for (at, page) in pages.iter_mut().enumerate() {
            if let Some((word, ink)) = label.backdrop {
                // Over tinted grounds, under everything else.
                let mut ops = std::mem::take(page);
                let is_ground = |op: &mut Op| matches!(op, Op::Fill { ink: Ink::TINT, .. });
                page.extend(ops.extract_if(.., is_ground));
                page.push(self.backdrop(word, ink));
                page.extend(ops);
            }
            page.extend(self.furniture(label, at, count));
        }
        let (width, height) = self.letterhead.size.lengths();
        let imprint = Imprint {
            title: label.title.clone(),
            shop: &self.letterhead.shop_name,
            language: self.letterhead.language.code(),
            dated: label.dated,
            width,
            height,
            logo: self.logo.as_ref(),
        };
        let bytes = print::print(&imprint, &pages, &self.pen.setter, &mut self.pen.structure)?;
        Ok(Paper { bytes, pages: count, missing, lost: Vec::new() })
    }

    /// What stands at the same place on every page: running head, foot, page number.
    fn furniture(&mut self, label: &Label, at: usize, count: usize) -> Vec<Op> {
        let width = self.width();
        let (_, height) = self.letterhead.size.lengths();
        self.pen.structure.furniture(true);
        let mut block = Block::default();
        let half = Column::left(0, width * 3 / 5);
        if at > 0 {
            let rest = Column::right(width * 3 / 5 + mm(4), width * 2 / 5 - mm(4));
            self.pen.set_at_most(&mut block, &self.letterhead.shop_name, RUNNING, half, mm(14), 1);
            self.pen.set_at_most(&mut block, &label.title, RUNNING, rest, mm(14), 1);
            block.fill(0, mm(14) + pt(15), width, tenths(5), Ink::HAIR);
        }
        let y = height - mm(13);
        let page = self.words.page.replace("{page}", &(at + 1).to_string()).replace("{pages}", &count.to_string());
        self.pen.set_at_most(&mut block, &label.title, RUNNING, half, y, 1);
        self.pen.set(&mut block, &page, RUNNING, Column::right(0, width), y);
        self.pen.structure.furniture(false);
        let foot = self.foot.ops.iter().cloned().map(|op| op.moved(0, height - mm(17) - self.foot.height));
        block.ops.into_iter().chain(foot).map(|op| op.moved(MARGIN, 0)).collect()
    }

    /// A word across the page, behind everything.
    fn backdrop(&mut self, word: &str, ink: Ink) -> Op {
        let (width, height) = self.letterhead.size.lengths();
        let at_ten = self.pen.width(word, Lettering::new(Face::Bold, 100, 100, ink));
        let size = (i64::from(mm(150)) * 100 / i64::from(at_ten.max(1))).clamp(300, 1500);
        let lettering = Lettering::new(Face::Bold, i32::try_from(size).unwrap_or(1000), 0, ink);
        let mut block = Block::default();
        self.pen.structure.furniture(true);
        let wide = self.pen.width(word, lettering);
        self.pen.set(&mut block, word, lettering, Column::left((width - wide) / 2, wide + 1), height / 2);
        self.pen.structure.furniture(false);
        Op::Turned { degrees: -35, x: width / 2, y: height / 2, ops: block.ops }
    }
}
