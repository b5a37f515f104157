//! The shop's head and foot, shared by every paper.

use super::words::Language;
use crate::domain::format::Style;
use crate::paper::canvas::{Area, Ink, Lettering, Op};
use crate::paper::fallback::FallbackFont;
use crate::paper::font::Face;
use crate::paper::length::{Length, mm, pt, tenths};
use crate::paper::logo::Logo;
use crate::paper::structure::Role;
use crate::paper::text::{Block, Column, Pen};

/// The sheet a paper is laid out for.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum PaperSize {
    /// 210 × 297 mm.
    #[default]
    A4,
    /// 8.5 × 11 inches, the sheet of the Americas.
    Letter,
}

impl PaperSize {
    /// Width and height.
    pub(super) const fn lengths(self) -> (Length, Length) {
        match self {
            Self::A4 => (mm(210), mm(297)),
            Self::Letter => (pt(612), pt(792)),
        }
    }
}

/// Where a customer pays to.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Bank {
    pub holder: String,
    /// IBAN as stored; it is printed in groups of four.
    pub iban: Option<String>,
    pub bic: Option<String>,
    /// Name of the bank.
    pub name: Option<String>,
    /// Other details, printed as they are, e.g. `Routing no. 021000021`.
    pub account_lines: Vec<String>,
}

/// The shop as its papers show it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Letterhead {
    /// Name of the shop.
    pub shop_name: String,
    /// Postal address, one part a line.
    pub address: Vec<String>,
    /// Mail address, phone, web site.
    pub contact: Vec<String>,
    /// Tax and register numbers with their labels, e.g. `VAT ID DE123456789`.
    pub tax_numbers: Vec<String>,
    pub bank: Option<Bank>,
    /// Logo, the bytes of a PNG, JPEG or SVG picture.
    pub logo: Option<Vec<u8>>,
    /// The fonts for what the built-in ones lack.
    pub added_fonts: Vec<FallbackFont>,
    /// How numbers and dates are written.
    pub style: Style,
    /// Payment instructions, printed above the bank details.
    pub instructions: Option<String>,
    /// What the law wants on every invoice and credit note, in lines.
    pub legal: Option<String>,
    /// Language of the labels.
    pub language: Language,
    pub size: PaperSize,
}

const NAME: Lettering = Lettering::new(Face::Bold, 170, 210, Ink::ACCENT);
const SHOP_STRONG: Lettering = Lettering::new(Face::Bold, 80, 112, Ink::DARK);
const SHOP: Lettering = Lettering::new(Face::Regular, 80, 112, Ink::QUIET);
const SENDER: Lettering = Lettering::new(Face::Regular, 62, 90, Ink::QUIET);
const PAYER_STRONG: Lettering = Lettering::new(Face::Bold, 100, 138, Ink::DARK);
const PAYER: Lettering = Lettering::new(Face::Regular, 100, 138, Ink::DARK);
const FOOT: Lettering = Lettering::new(Face::Regular, 68, 92, Ink::QUIET);
const FOOT_STRONG: Lettering = Lettering::new(Face::Bold, 68, 92, Ink::QUIET);

/// Where the payer stands so that a window envelope shows it, from the top of the head.
const WINDOW_TOP: Length = mm(32);
const WINDOW_WIDTH: Length = mm(85);
const SHOP_WIDTH: Length = mm(58);
/// The head never takes more than this of a page, whatever was typed into an address.
const MOST_ADDRESS_LINES: usize = 16;
const MOST_NAME_LINES: usize = 10;
const MOST_NUMBER_LINES: usize = 4;
const MOST_FOOT_LINES: usize = 7;

/// A stamp beside the payer: its size and what is drawn, from its left upper corner.
pub(super) struct StampBlock {
    pub(super) width: Length,
    pub(super) height: Length,
    pub(super) op: Op,
}

/// Logo or name, the shop's address, and the payer in the window; `width` is the room between the margins.
pub(super) fn head(
    pen: &mut Pen,
    letterhead: &Letterhead,
    logo: Option<&Logo>,
    payer: (&[String], &[String]),
    stamp: Option<StampBlock>,
    width: Length,
) -> Block {
    let mut block = Block::default();
    pen.structure.open(Role::Part);
    let shop = shop(pen, &mut block, letterhead, logo, width);
    pen.structure.close();
    window(pen, &mut block, letterhead, payer);
    if let Some(stamp) = stamp {
        let y = (shop + mm(7)).max(mm(44));
        block.ops.push(stamp.op.moved(width - stamp.width - mm(3), y));
        block.height = block.height.max(y + stamp.height);
    }
    block.height = block.height.max(mm(62)) + mm(8);
    block
}

fn shop(pen: &mut Pen, block: &mut Block, letterhead: &Letterhead, logo: Option<&Logo>, width: Length) -> Length {
    let side = Column::left(width - SHOP_WIDTH, SHOP_WIDTH);
    let mut left = MOST_ADDRESS_LINES;
    let mut y = 0;
    if let Some(logo) = logo {
        pen.structure.open(Role::Picture);
        let (wide, high) = logo.fit(mm(70), mm(22));
        let area = Area { x: 0, y: 0, width: wide, height: high };
        block.ops.push(Op::Logo { area, place: pen.structure.place() });
        pen.structure.close();
        y = lines(pen, block, std::slice::from_ref(&letterhead.shop_name), SHOP_STRONG, side, (y, &mut left));
    } else {
        pen.structure.open(Role::Paragraph);
        pen.set_at_most(block, &letterhead.shop_name, NAME, Column::left(0, width - SHOP_WIDTH - mm(8)), -pt(3), 3);
        pen.structure.close();
    }
    y = lines(pen, block, &letterhead.address, SHOP, side, (y, &mut left));
    y += if letterhead.address.is_empty() || letterhead.contact.is_empty() { 0 } else { pt(4) };
    lines(pen, block, &letterhead.contact, SHOP, side, (y, &mut left))
}

/// The address field: the sender in small letters, a hairline, the payer.
fn window(pen: &mut Pen, block: &mut Block, letterhead: &Letterhead, (payer, numbers): (&[String], &[String])) {
    let field = Column::left(0, WINDOW_WIDTH);
    let sender: Vec<&str> =
        std::iter::once(&letterhead.shop_name).chain(&letterhead.address).map(String::as_str).collect();
    pen.structure.furniture(true);
    let mut y = pen.set_at_most(block, &sender.join(" · "), SENDER, field, WINDOW_TOP, 1);
    pen.structure.furniture(false);
    block.fill(0, y + pt(1), WINDOW_WIDTH, tenths(4), Ink::HAIR);
    y += pt(9);
    pen.structure.open(Role::Part);
    let mut left = MOST_ADDRESS_LINES;
    let (name, address) = payer.split_at(payer.len().min(1));
    y = lines(pen, block, name, PAYER_STRONG, field, (y, &mut left));
    y = lines(pen, block, address, PAYER, field, (y, &mut left));
    lines(pen, block, numbers, SHOP, field, (y + pt(3), &mut MOST_NUMBER_LINES.clone()));
    pen.structure.close();
}

/// Lines one below the other, each a paragraph, as long as there are lines left; then an ellipsis.
fn lines(
    pen: &mut Pen,
    block: &mut Block,
    texts: &[String],
    lettering: Lettering,
    column: Column,
    (mut y, left): (Length, &mut usize),
) -> Length {
    for (at, text) in texts.iter().enumerate() {
        let text = if *left == 1 && at + 1 < texts.len() { "…" } else { text };
        pen.structure.open(Role::Paragraph);
        let end = pen.set_at_most(block, text, lettering, column, y, MOST_NAME_LINES.min(*left));
        pen.structure.close();
        *left = left.saturating_sub(usize::try_from((end - y) / lettering.leading).unwrap_or(0));
        y = end;
    }
    y
}

/// The foot: shop, contact, tax numbers and bank side by side under a hairline.
pub(super) fn foot(pen: &mut Pen, letterhead: &Letterhead, width: Length) -> Block {
    let mut columns = vec![[std::slice::from_ref(&letterhead.shop_name), &letterhead.address].concat()];
    columns.push(letterhead.contact.clone());
    columns.push(letterhead.tax_numbers.clone());
    columns.push(letterhead.bank.as_ref().map(|bank| bank_lines(letterhead, bank)).unwrap_or_default());
    columns.retain(|column| column.iter().any(|line| !line.trim().is_empty()));

    let mut block = Block::default();
    pen.structure.furniture(true);
    block.fill(0, 0, width, tenths(5), Ink::HAIR);
    let mut x = 0;
    let (widths, gap) = spread(pen, &columns, width);
    for (at, (column, wide)) in columns.iter().zip(widths).enumerate() {
        let (mut y, mut left) = (pt(6), MOST_FOOT_LINES);
        for (row, line) in column.iter().enumerate() {
            let lettering = if at == 0 && row == 0 { FOOT_STRONG } else { FOOT };
            let end = pen.set_at_most(&mut block, line, lettering, Column::left(x, wide), y, left.min(2));
            left = left.saturating_sub(usize::try_from((end - y) / lettering.leading).unwrap_or(0));
            y = end;
        }
        x += wide + gap;
    }
    pen.structure.furniture(false);
    block
}

/// Widths of the foot's columns and the gap between them: natural where they fit, else the widest give way.
fn spread(pen: &mut Pen, columns: &[Vec<String>], width: Length) -> (Vec<Length>, Length) {
    let least = pt(14);
    let gaps = Length::try_from(columns.len().saturating_sub(1)).unwrap_or(1);
    let mut wants: Vec<Length> = Vec::new();
    for column in columns {
        wants.push(column.iter().map(|line| pen.width(line, FOOT_STRONG)).max().unwrap_or(0).clamp(pt(30), width));
    }
    let room = width - gaps * least;
    let mut narrow_first: Vec<usize> = (0..wants.len()).collect();
    narrow_first.sort_by_key(|at| wants[*at]);
    let (mut rest, mut open) = (room, gaps + 1);
    for at in narrow_first {
        wants[at] = wants[at].min(rest / open.max(1));
        rest -= wants[at];
        open -= 1;
    }
    let gap = if gaps == 0 { 0 } else { least + rest / gaps };
    (wants, gap)
}

fn bank_lines(letterhead: &Letterhead, bank: &Bank) -> Vec<String> {
    let words = letterhead.language.words();
    let mut lines = Vec::new();
    if bank.holder != letterhead.shop_name && !bank.holder.is_empty() {
        lines.push(bank.holder.clone());
    }
    lines.extend(bank.name.clone());
    lines.extend(bank.iban.as_ref().map(|iban| format!("{} {}", words.iban, grouped(iban))));
    lines.extend(bank.bic.as_ref().map(|bic| format!("{} {bic}", words.bic)));
    lines.extend(bank.account_lines.iter().cloned());
    lines
}

/// An IBAN in groups of four.
pub(super) fn grouped(iban: &str) -> String {
    let mut out = String::new();
    for (at, letter) in iban.chars().filter(|c| !c.is_whitespace()).enumerate() {
        if at > 0 && at.is_multiple_of(4) {
            out.push(' ');
        }
        out.push(letter);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_iban_is_read_in_fours() {
        assert_eq!(grouped("DE89370400440532013000"), "DE89 3704 0044 0532 0130 00");
        assert_eq!(grouped("DE89 3704 0044 0532 0130 00"), "DE89 3704 0044 0532 0130 00");
        assert_eq!(grouped(""), "");
    }
}
