//! The slip a customer cuts off and sends with a payment, where the shop has no account that a bank's transfer form knows.

use super::super::composition::Composition;
use super::super::sentence::Sentence;
use super::{InvoicePaper, Stamp, sums};
use crate::paper::canvas::{Ink, Lettering};
use crate::paper::font::Face;
use crate::paper::length::{Length, mm, pt, tenths};
use crate::paper::structure::Role;
use crate::paper::text::{Block, Column};

const QUIET: Lettering = Lettering::new(Face::Regular, 70, 95, Ink::QUIET);
const TEXT: Lettering = Lettering::new(Face::Regular, 90, 125, Ink::DARK);
const STRONG: Lettering = Lettering::new(Face::Bold, 90, 125, Ink::DARK);
const DASH: Length = pt(4);
/// Where the labels end and the values begin, right of the middle.
const LABELS: Length = mm(36);

/// The slip; none where nothing is to pay, where a transfer is the way, or where nobody knows where to send it.
pub(super) fn slip(paper: &InvoicePaper, sheet: &mut Composition) -> Option<Block> {
    let head = &paper.letterhead;
    let number = paper.number.as_ref()?;
    let has_iban = head.bank.as_ref().is_some_and(|bank| bank.iban.is_some());
    let is_over = sums::is_settled(paper) || matches!(paper.stamp, Some(Stamp::Void | Stamp::Draft));
    if has_iban || is_over || !paper.kind.asks() || head.address.is_empty() {
        return None;
    }
    let said = |sentence| head.language.sentence(sentence, &[]);
    let (width, style) = (sheet.width(), head.style);
    let mut block = Block::default();
    sheet.pen.structure.open(Role::Part);
    let cut = sheet.pen.part(Role::Paragraph, &mut block, &said(Sentence::Slip), QUIET, Column::left(0, width), mm(4));
    for at in 0..width / (2 * DASH) {
        block.fill(at * 2 * DASH, cut + pt(2), DASH, tenths(6), Ink::QUIET);
    }
    let top = cut + mm(6);
    let left = Column::left(0, width / 2 - mm(6));
    let mut y = sheet.pen.part(Role::Paragraph, &mut block, &said(Sentence::SlipTo), QUIET, left, top);
    y = sheet.pen.part(Role::Paragraph, &mut block, &head.shop_name, STRONG, left, y);
    for line in head.address.iter().take(6) {
        y = sheet.pen.part(Role::Paragraph, &mut block, line, TEXT, left, y);
    }
    let (label, asked) = sums::outcome(paper, sheet.words);
    let mut rows = vec![(said(Sentence::SlipNumber), number.clone())];
    rows.extend(paper.payer.first().map(|name| (String::new(), name.clone())));
    rows.extend(paper.due_on.map(|due| (sheet.words.due.to_owned(), style.date(due))));
    rows.push((label.to_owned(), format!("{} {}", asked.currency(), style.amount(asked))));
    rows.push((said(Sentence::SlipEnclosed), String::new()));
    let mut down = top;
    let x = width / 2;
    for (name, value) in rows {
        let end =
            sheet.pen.set_at_most(&mut block, &name, QUIET, Column::left(x, LABELS - pt(4)), down + tenths(20), 2);
        let values = Column::left(x + LABELS, width / 2 - LABELS);
        let stands = sheet.pen.set_at_most(&mut block, &value, STRONG, values, down, 2);
        if value.is_empty() {
            block.fill(x + LABELS, down + mm(6), width / 2 - LABELS, tenths(6), Ink::DARK);
        }
        down = end.max(stands).max(down + pt(13));
    }
    sheet.pen.structure.close();
    block.height = y.max(down + mm(3));
    Some(block)
}
