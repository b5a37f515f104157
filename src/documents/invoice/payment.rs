//! How to pay: the customer's account with this invoice, instructions, bank details.

use super::super::composition::Composition;
use super::super::letterhead::grouped;
use super::super::sentence::Sentence;
use super::{InvoicePaper, Stamp, sums};
use crate::paper::canvas::{Ink, Lettering};
use crate::paper::font::Face;
use crate::paper::length::{Length, mm, pt, tenths};
use crate::paper::qr;
use crate::paper::structure::Role;
use crate::paper::text::{Block, Column};

const HEADING: Lettering = Lettering::new(Face::Bold, 100, 140, Ink::ACCENT);
const TEXT: Lettering = Lettering::new(Face::Regular, 90, 125, Ink::DARK);
const LABEL: Lettering = Lettering::new(Face::Regular, 75, 105, Ink::QUIET);
const VALUE: Lettering = Lettering::new(Face::Regular, 83, 118, Ink::DARK);
/// Longer labels wrap, so that the longest account numbers of Europe's large countries stay on one line.
const WIDEST_LABEL: Length = pt(70);
const PAD: Length = mm(4);
/// From the line that closes the table.
pub(super) const ABOVE: Length = mm(4);

/// Instructions, bank details and what to quote, on a tinted ground left of the sums, where there is something to pay.
pub(super) fn details(paper: &InvoicePaper, sheet: &mut Composition) -> Option<Block> {
    let nothing = sums::is_settled(paper) || !paper.kind.asks();
    let letterhead = &paper.letterhead;
    if nothing || paper.stamp == Some(Stamp::Void) {
        return None;
    }
    let width = sheet.width() - sums::BESIDE;
    let inner = Column::left(PAD, width - PAD - pt(3));
    let mut block = Block::default();
    sheet.pen.structure.open(Role::Part);
    let mut y = sheet.pen.part(Role::Heading, &mut block, sheet.words.pay, HEADING, inner, ABOVE + pt(8));
    let terms = terms(paper);
    let said = terms.as_deref().into_iter().chain(letterhead.instructions.iter().flat_map(|text| text.lines()));
    for paragraph in said {
        sheet.pen.structure.open(Role::Paragraph);
        y = sheet.pen.set_at_most(&mut block, paragraph, TEXT, inner, y + pt(2), 12);
        sheet.pen.structure.close();
    }
    let mut rows = bank(paper, sheet);
    if !paper.reference.is_empty() {
        rows.push((sheet.words.reference, paper.reference.clone()));
    }
    y = facts(sheet, &mut block, &rows, inner, y + pt(5)) + pt(7);
    y = code(paper, sheet, &mut block, inner, y);
    sheet.pen.structure.close();
    let mut ground = Block::default();
    ground.fill(0, ABOVE, width, y - ABOVE, Ink::TINT);
    ground.fill(0, ABOVE, tenths(24), y - ABOVE, Ink::ACCENT);
    ground.ops.append(&mut block.ops);
    ground.height = y;
    Some(ground)
}

/// When it is to be paid, in words.
fn terms(paper: &InvoicePaper) -> Option<String> {
    let due = paper.due_on?;
    let days = (due - paper.invoiced_on).num_days();
    let sentence = match days {
        ..=0 => Sentence::TermsAtOnce,
        1 => Sentence::TermsOneDay,
        _ => Sentence::Terms,
    };
    let parts = [("days", days.to_string()), ("day", paper.letterhead.style.date(due))];
    Some(paper.letterhead.language.sentence(sentence, &parts.each_ref().map(|(name, value)| (*name, value.as_str()))))
}

/// The payment code, with what to do with it beside it.
fn code(paper: &InvoicePaper, sheet: &mut Composition, block: &mut Block, column: Column, y: Length) -> Length {
    let Some(text) = &paper.qr else { return y };
    if !qr::draw(&mut sheet.pen, block, text, column.x, y) {
        return y;
    }
    let beside = Column::left(column.x + qr::SIDE + pt(8), column.width - qr::SIDE - pt(8));
    sheet.pen.part(Role::Paragraph, block, sheet.words.scan, TEXT, beside, y + pt(4));
    y + qr::SIDE + pt(8)
}

/// Where to.
fn bank(paper: &InvoicePaper, sheet: &Composition) -> Vec<(&'static str, String)> {
    let words = sheet.words;
    let Some(bank) = &paper.letterhead.bank else { return Vec::new() };
    let mut rows = Vec::new();
    if !bank.holder.is_empty() {
        rows.push((words.holder, bank.holder.clone()));
    }
    rows.extend(bank.iban.as_ref().map(|iban| (words.iban, grouped(iban))));
    rows.extend(bank.bic.clone().map(|bic| (words.bic, bic)));
    rows.extend(bank.name.clone().map(|name| (words.bank, name)));
    rows.extend(bank.account_lines.iter().take(6).map(|line| ("", line.clone())));
    rows
}

/// Labels and values in two columns.
fn facts(
    sheet: &mut Composition,
    block: &mut Block,
    rows: &[(&'static str, String)],
    column: Column,
    y: Length,
) -> Length {
    let pen = &mut sheet.pen;
    let label = rows.iter().map(|(label, _)| pen.width(label, LABEL)).max().unwrap_or(0).min(WIDEST_LABEL);
    let values = Column::left(column.x + label + pt(6), column.width - label - pt(6));
    let mut y = y;
    for (name, value) in rows {
        pen.structure.open(Role::Paragraph);
        let end = pen.set_at_most(block, name, LABEL, Column::left(column.x, label), y + tenths(7), 2);
        y = end.max(pen.set_at_most(block, value, VALUE, values, y, 8)) + tenths(15);
        pen.structure.close();
    }
    y
}
