//! How to pay: the customer's account with this invoice, instructions, bank details.

use super::super::canvas::{Ink, Lettering};
use super::super::composition::Composition;
use super::super::font::Face;
use super::super::length::{Length, mm, pt, tenths};
use super::super::letterhead::grouped;
use super::super::structure::Role;
use super::super::text::{Block, Column};
use super::{InvoicePaper, InvoicePaperKind, Stamp, sums};

const HEADING: Lettering = Lettering::new(Face::Bold, 100, 140, Ink::ACCENT);
const TEXT: Lettering = Lettering::new(Face::Regular, 90, 125, Ink::DARK);
const LABEL: Lettering = Lettering::new(Face::Regular, 75, 105, Ink::QUIET);
const VALUE: Lettering = Lettering::new(Face::Regular, 90, 122, Ink::DARK);
const PAD: Length = mm(4);

/// Previous balance, received, this invoice, total to pay.
pub(super) fn account(paper: &InvoicePaper, sheet: &mut Composition) {
    let Some(account) = &paper.account else { return };
    let (words, style) = (sheet.words, paper.letterhead.style);
    let mut blocks = vec![Block::space(mm(5)).kept()];
    sheet.pen.structure.open(Role::Table);
    for (label, amount) in [
        (words.previous, style.amount(account.previous)),
        (words.received, format!("-{}", style.amount(account.received))),
        (words.this_invoice, style.amount(paper.open)),
    ] {
        blocks.push(sums::sum(sheet, label, &amount, TEXT).kept());
    }
    let label = format!("{} {}", words.to_pay, account.to_pay.currency());
    blocks.push(sums::ruled(sheet, &label, &style.amount(account.to_pay)));
    sheet.pen.structure.close();
    sheet.flow.place(blocks);
}

/// Instructions and bank details on a tinted ground, where there is something to pay.
pub(super) fn instructions(paper: &InvoicePaper, sheet: &mut Composition) {
    let nothing = paper.open.minor() <= 0 || paper.kind == InvoicePaperKind::CreditNote;
    let letterhead = &paper.letterhead;
    if nothing || paper.stamp == Some(Stamp::Void) || (letterhead.bank.is_none() && letterhead.instructions.is_none()) {
        return;
    }
    let width = sheet.width();
    let inner = Column::left(PAD, width - 2 * PAD);
    let mut block = Block::default();
    sheet.pen.structure.open(Role::Part);
    let mut y = sheet.pen.part(Role::Heading, &mut block, sheet.words.pay, HEADING, inner, PAD);
    for paragraph in letterhead.instructions.iter().flat_map(|text| text.lines()) {
        sheet.pen.structure.open(Role::Paragraph);
        y = sheet.pen.set_at_most(&mut block, paragraph, TEXT, inner, y + pt(2), 12);
        sheet.pen.structure.close();
    }
    let half = (inner.width - mm(8)) / 2;
    let left = details(sheet, &mut block, &bank(paper, sheet), Column::left(PAD, half), y + pt(4));
    let right = Column::left(PAD + half + mm(8), half);
    let right = details(sheet, &mut block, &quote(paper, sheet), right, y + pt(4));
    sheet.pen.structure.close();
    let height = left.max(right) + PAD - pt(2);
    let mut ground = Block::default();
    ground.fill(0, 0, width, height, Ink::TINT);
    ground.fill(0, 0, tenths(24), height, Ink::ACCENT);
    ground.ops.append(&mut block.ops);
    ground.height = height;
    sheet.flow.place(vec![Block::space(mm(8)).kept(), ground]);
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

/// What to quote.
fn quote(paper: &InvoicePaper, sheet: &Composition) -> Vec<(&'static str, String)> {
    let (words, style) = (sheet.words, paper.letterhead.style);
    let mut rows = Vec::new();
    if !paper.reference.is_empty() {
        rows.push((words.reference, paper.reference.clone()));
    }
    rows.push((words.amount, format!("{} {}", paper.open.currency(), style.amount(paper.open))));
    rows.extend(paper.due_on.map(|day| (words.pay_by, style.date(day))));
    rows
}

/// Labels and values in two columns.
fn details(
    sheet: &mut Composition,
    block: &mut Block,
    rows: &[(&'static str, String)],
    column: Column,
    y: Length,
) -> Length {
    let pen = &mut sheet.pen;
    let label = rows.iter().map(|(label, _)| pen.width(label, LABEL)).max().unwrap_or(0) + pt(10);
    let mut y = y;
    for (name, value) in rows {
        pen.structure.open(Role::Paragraph);
        pen.set(block, name, LABEL, Column::left(column.x, label), y + tenths(9));
        y = pen.set_at_most(block, value, VALUE, Column::left(column.x + label, column.width - label), y, 3) + pt(2);
        pen.structure.close();
    }
    y
}
