//! The sums under the lines: subtotal, taxes, total, what settled it, what is left.

use super::super::composition::Composition;
use super::super::words::Words;
use super::{AccountBalance, InvoicePaper, InvoicePaperKind, PaperSettlement, SettledBy};
use crate::domain::money::Money;
use crate::paper::canvas::{Ink, Lettering};
use crate::paper::font::Face;
use crate::paper::length::{Length, mm, pt, tenths};
use crate::paper::structure::Role;
use crate::paper::text::{Block, Column};

const SUM: Lettering = Lettering::new(Face::Regular, 90, 125, Ink::DARK);
const QUIET: Lettering = Lettering::new(Face::Regular, 90, 125, Ink::QUIET);
const TOTAL: Lettering = Lettering::new(Face::Bold, 105, 145, Ink::DARK);
const OPEN: Lettering = Lettering::new(Face::Bold, 115, 160, Ink::WHITE);
pub(super) const WIDTH: Length = mm(78);
/// Room left of the sums, where the payment details stand.
pub(super) const BESIDE: Length = WIDTH + OUT + mm(5);
/// How far the ground of the last sum stands out on both sides.
const OUT: Length = mm(3);
/// More settlements than this no longer stay on one page with the total.
const FEW: usize = 6;

/// What the paper is about, with its label: the one sum that is to pay, or what was credited.
pub(super) fn outcome(paper: &InvoicePaper, words: &Words) -> (&'static str, Money) {
    match paper.kind {
        InvoicePaperKind::CreditNote => (words.credited, paper.total),
        InvoicePaperKind::Receipt => (words.amount_received, paper.total),
        _ if paper.account.as_ref().is_some_and(|account| account.to_pay.minor() <= 0) => {
            (words.nothing, paper.asked())
        }
        _ if paper.account.is_some() => (words.to_pay, paper.asked()),
        InvoicePaperKind::Invoice | InvoicePaperKind::Consolidated => (words.amount_due, paper.open),
    }
}

/// Whether nothing is left to pay.
pub(super) fn is_settled(paper: &InvoicePaper) -> bool {
    paper.kind.asks() && paper.asked().minor() <= 0
}

/// Whether the paper speaks of tax at all.
pub(super) fn has_tax(paper: &InvoicePaper) -> bool {
    !paper.taxes.is_empty() || paper.lines.iter().any(|line| !line.tax_rate.is_empty())
}

/// The sums. All of them are one block, with the payment details beside it, unless there are many settlements: then
/// those up to the total are kept together and the others follow.
pub(super) fn sums(paper: &InvoicePaper, sheet: &mut Composition) -> Vec<Block> {
    let (words, style) = (sheet.words, paper.letterhead.style);
    let mut blocks = vec![Block::space(pt(5)).kept()];
    sheet.pen.structure.open(Role::Table);
    if has_tax(paper) {
        blocks.push(sum(sheet, words.subtotal, &style.amount(paper.subtotal), SUM).kept());
    }
    for tax in &paper.taxes {
        let label = format!("{} {} {}", tax.rate, words.tax_base, style.amount(tax.base));
        blocks.push(sum(sheet, &label, &style.amount(tax.tax), SUM).kept());
    }
    let total = format!("{} {}", words.total, paper.total.currency());
    blocks.push(ruled(sheet, &total, &style.amount(paper.total)));
    if paper.kind.asks() {
        let few = is_short(paper);
        if let Some(total) = blocks.last_mut() {
            total.keep = few;
        }
        let rows = paper.account.as_ref().map_or_else(|| settled(paper), |account| since(paper, account, words));
        let count = rows.len();
        for (at, (label, amount)) in rows.into_iter().enumerate() {
            let row = sum(sheet, &label, &style.amount(amount), QUIET);
            blocks.push(Block { keep: few || at + 1 == count, ..row });
        }
        blocks.push(outcome_row(paper, sheet));
    }
    sheet.pen.structure.close();
    blocks
}

/// What settled it, a row each.
fn settled(paper: &InvoicePaper) -> Vec<(String, Money)> {
    paper.settled.iter().map(|part| settled_row(paper, part)).collect()
}

fn settled_row(paper: &InvoicePaper, part: &PaperSettlement) -> (String, Money) {
    (format!("{}  {}", paper.letterhead.style.date(part.on), part.text), negative(part.amount))
}

/// What stands between the total and what the account comes to: the balance before, what came and what was credited
/// since. Where that is just what settled this invoice, each part of it by its day.
fn since(paper: &InvoicePaper, account: &AccountBalance, words: &Words) -> Vec<(String, Money)> {
    let mut rows = vec![(words.previous.to_owned(), account.previous)];
    let received = if account.received.minor() < 0 { words.paid_back } else { words.received };
    for (kind, label, since) in
        [(SettledBy::Money, received, account.received), (SettledBy::Loss, words.credited_since, account.credited)]
    {
        let parts: Vec<&PaperSettlement> = paper.settled.iter().filter(|part| part.kind == kind).collect();
        if parts.iter().map(|part| part.amount.minor()).sum::<i64>() == since.minor() {
            rows.extend(parts.into_iter().map(|part| settled_row(paper, part)));
        } else {
            rows.push((label.to_owned(), negative(since)));
        }
    }
    rows.retain(|(_, amount)| !amount.is_zero());
    rows
}

fn negative(money: Money) -> Money {
    Money::new(-money.minor(), money.currency())
}

/// The blocks as one.
pub(super) fn joined(blocks: Vec<Block>) -> Block {
    let mut one = Block::default();
    for block in blocks {
        one.ops.extend(block.ops.into_iter().map(|op| op.moved(0, one.height)));
        one.height += block.height;
    }
    one
}

/// Whether the sums are short enough to be one block.
pub(super) fn is_short(paper: &InvoicePaper) -> bool {
    paper.settled.len() <= FEW || !paper.kind.asks()
}

/// A label and an amount, at the right edge of the table above.
fn sum(sheet: &mut Composition, label: &str, amount: &str, lettering: Lettering) -> Block {
    let mut block = Block::default();
    set(sheet, &mut block, label, amount, lettering, tenths(22));
    block.height += tenths(22);
    block
}

fn set(sheet: &mut Composition, block: &mut Block, label: &str, amount: &str, lettering: Lettering, y: Length) {
    let (width, pen) = (sheet.width(), &mut sheet.pen);
    let room = (WIDTH - pen.width(amount, lettering) - pt(10)).max(WIDTH / 4);
    pen.structure.open(Role::Row);
    pen.structure.open(Role::RowHead);
    pen.set_at_most(block, label, lettering, Column::left(width - WIDTH, room), y, 4);
    pen.structure.close();
    pen.structure.open(Role::Cell);
    pen.set(block, amount, lettering, Column::right(width - WIDTH, WIDTH), y);
    pen.structure.close();
    pen.structure.close();
}

/// A sum that closes the ones above it.
fn ruled(sheet: &mut Composition, label: &str, amount: &str) -> Block {
    let mut block = Block::default();
    let width = sheet.width();
    block.fill(width - WIDTH, pt(3), WIDTH, tenths(9), Ink::DARK);
    set(sheet, &mut block, label, amount, TOTAL, pt(7));
    block.height += pt(3);
    block
}

/// What is left to pay, on a ground of its own.
fn outcome_row(paper: &InvoicePaper, sheet: &mut Composition) -> Block {
    let in_favour = paper.account.as_ref().map(|account| account.to_pay).filter(|left| left.minor() < 0);
    let (label, amount) = match in_favour {
        Some(left) => (sheet.words.in_favour, negative(left)),
        None => outcome(paper, sheet.words),
    };
    let (style, width) = (paper.letterhead.style, sheet.width());
    let mut text = Block::default();
    let label = format!("{label} {}", amount.currency());
    set(sheet, &mut text, &label, &style.amount(amount), OPEN, pt(8));
    let mut block = Block::default();
    let ink = if is_settled(paper) { Ink::GREEN } else { Ink::ACCENT };
    block.fill(width - WIDTH - OUT, pt(3), WIDTH + 2 * OUT, text.height + pt(2), ink);
    block.ops.extend(text.ops);
    block.height = text.height + pt(5);
    block
}
