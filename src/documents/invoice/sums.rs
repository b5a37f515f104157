//! The sums under the lines: subtotal, taxes, total, what settled it, what is left.

use super::super::composition::Composition;
use super::super::words::Words;
use super::{InvoicePaper, InvoicePaperKind};
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

/// What the paper is about, with its label: what is to pay, or what was credited.
pub(super) fn outcome(paper: &InvoicePaper, words: &Words) -> (&'static str, Money) {
    match paper.kind {
        InvoicePaperKind::CreditNote => (words.credited, paper.total),
        InvoicePaperKind::Receipt => (words.amount_received, paper.total),
        _ if is_covered(paper) => (words.to_pay, Money::zero(paper.open.currency())),
        InvoicePaperKind::Invoice | InvoicePaperKind::Consolidated => (words.amount_due, paper.open),
    }
}

/// Whether nothing is left to pay.
pub(super) fn is_settled(paper: &InvoicePaper) -> bool {
    paper.kind.asks() && (paper.open.minor() <= 0 || is_covered(paper))
}

/// Whether the account has what is open here.
fn is_covered(paper: &InvoicePaper) -> bool {
    paper.open.minor() > 0 && paper.account.as_ref().is_some_and(|account| account.to_pay.minor() <= 0)
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
        for (at, settled) in paper.settled.iter().enumerate() {
            let label = format!("{}  {}", style.date(settled.on), settled.text);
            let amount = format!("-{}", style.amount(settled.amount));
            let row = sum(sheet, &label, &amount, QUIET);
            blocks.push(Block { keep: few || at + 1 == paper.settled.len(), ..row });
        }
        // Where the account covers it, the account says what is to pay.
        if !is_covered(paper) {
            blocks.push(outcome_row(paper, sheet));
        }
    }
    account(paper, sheet, &mut blocks);
    sheet.pen.structure.close();
    blocks
}

/// Previous balance, received, this invoice, total to pay.
fn account(paper: &InvoicePaper, sheet: &mut Composition, blocks: &mut Vec<Block>) {
    let Some(account) = &paper.account else { return };
    let (words, style) = (sheet.words, paper.letterhead.style);
    blocks.push(Block::space(pt(9)).kept());
    for (label, amount) in [
        (words.previous, style.amount(account.previous)),
        (words.received, style.amount(negative(account.received))),
        (words.credited_since, style.amount(negative(account.credited))),
        (words.this_invoice, style.amount(account.this)),
    ] {
        if label != words.credited_since || !account.credited.is_zero() {
            blocks.push(sum(sheet, label, &amount, QUIET).kept());
        }
    }
    let is_in_favour = account.to_pay.minor() < 0;
    let (label, amount) =
        if is_in_favour { (words.in_favour, negative(account.to_pay)) } else { (words.to_pay, account.to_pay) };
    blocks.push(ruled(sheet, &format!("{label} {}", amount.currency()), &style.amount(amount)));
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
    let (label, amount) = outcome(paper, sheet.words);
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
