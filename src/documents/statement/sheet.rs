//! The statement from top to bottom.

use super::super::composition::{Composition, Label};
use super::super::{Paper, PaperError};
use super::StatementPaper;
use super::words::words;
use crate::domain::money::{Money, MoneyError};
use crate::paper::canvas::{Ink, Lettering};
use crate::paper::flow::Carried;
use crate::paper::font::Face;
use crate::paper::length::{Length, mm, pt, tenths};
use crate::paper::structure::Role;
use crate::paper::table::{Heading, Row, Table};
use crate::paper::text::{Align, Block, Column};

const LABEL: Lettering = Lettering::new(Face::Regular, 75, 105, Ink::QUIET);
const FACT: Lettering = Lettering::new(Face::Bold, 95, 125, Ink::DARK);
const HERO: Lettering = Lettering::new(Face::Bold, 150, 170, Ink::ACCENT);
const SUM: Lettering = Lettering::new(Face::Regular, 90, 125, Ink::DARK);
const TOTAL: Lettering = Lettering::new(Face::Bold, 105, 145, Ink::DARK);
const WIDTH: Length = mm(84);

/// Lays a statement out and writes it.
pub(super) fn lay_out(paper: &StatementPaper) -> Result<Paper, PaperError> {
    let mut sheet = Composition::start(&paper.letterhead)?;
    sheet.head((&paper.payer, &paper.payer_numbers), None);
    let title = words(paper.letterhead.language).statement.to_owned();
    let opening = vec![sheet.headline(&title, 2), facts(paper, &mut sheet), Block::space(mm(6))];
    sheet.flow.place(opening);
    movements(paper, &mut sheet)?;
    sheet.finish(&Label { title, dated: paper.period.1, backdrop: None })
}

/// The period, what was open before it, and at the right edge what is open now.
fn facts(paper: &StatementPaper, sheet: &mut Composition) -> Block {
    let (words, style, width) = (words(paper.letterhead.language), paper.letterhead.style, sheet.width());
    let money = |money: Money| format!("{} {}", money.currency(), style.amount(money));
    let days = format!("{} – {}", style.date(paper.period.0), style.date(paper.period.1));
    let mut block = Block::default();
    block.fill(0, 0, width, tenths(16), Ink::ACCENT);
    let hero = mm(60);
    let half = (width - hero) / 2;
    let opening = money(paper.opening);
    let closing = money(paper.closing);
    for (label, value, lettering, column) in [
        (words.period, &days, FACT, Column::left(0, half - pt(8))),
        (words.opening, &opening, FACT, Column::left(half, half - pt(8))),
        (words.closing, &closing, HERO, Column::right(width - hero, hero)),
    ] {
        sheet.pen.structure.open(Role::Paragraph);
        let y = sheet.pen.set_at_most(&mut block, label, LABEL, column, pt(8), 2);
        sheet.pen.set_at_most(&mut block, value, lettering, column, y, 3);
        sheet.pen.structure.close();
    }
    block.height += pt(6);
    block.fill(0, block.height, width, tenths(5), Ink::HAIR);
    block
}

/// Every movement with the balance after it; under the last one, on the same page, the closing balance and its age.
fn movements(paper: &StatementPaper, sheet: &mut Composition) -> Result<(), PaperError> {
    let (words, width, style) = (words(paper.letterhead.language), sheet.width(), paper.letterhead.style);
    let common = sheet.words;
    let balances = balances(paper)?;
    let mut rows = vec![Row {
        cells: vec![words.opening.into(), String::new(), String::new(), style.amount(paper.opening)],
        ..Row::default()
    }];
    for (movement, balance) in paper.movements.iter().zip(&balances) {
        let text = format!("{}  {}", style.date(movement.on), movement.text);
        let amount = style.amount(Money::new(movement.amount.minor().abs(), movement.amount.currency()));
        let (charged, credited) =
            if movement.amount.minor() < 0 { (String::new(), amount) } else { (amount, String::new()) };
        let cells = vec![text, charged, credited, style.amount(*balance)];
        rows.push(Row { cells, under: movement.detail.clone().into_iter().collect() });
    }
    let balance = format!("{} {}", words.balance, paper.closing.currency());
    let headings = vec![
        Heading { text: words.movement, align: Align::Left },
        Heading { text: words.charged, align: Align::Right },
        Heading { text: words.credited_short, align: Align::Right },
        Heading { text: &balance, align: Align::Right },
    ];
    let pen = &mut sheet.pen;
    let table = Table::new(pen, headings, &rows, width);
    let mut long = table.long(pen, &rows);
    let end = closing(paper, sheet);
    long.tail = end.height;
    let pen = &mut sheet.pen;
    sheet.flow.table(long, |count| {
        // Row 0 is the opening balance.
        let so_far = count.checked_sub(2).and_then(|at| balances.get(at)).unwrap_or(&paper.opening);
        let sum = style.amount(*so_far);
        Carried {
            forward: table.carried(pen, common.carried_forward, &sum, true),
            brought: table.carried(pen, common.brought_forward, &sum, false),
        }
    });
    sheet.flow.place(vec![end]);
    Ok(())
}

/// The balance after each movement.
fn balances(paper: &StatementPaper) -> Result<Vec<Money>, MoneyError> {
    let mut balance = paper.opening;
    paper
        .movements
        .iter()
        .map(|movement| {
            balance = balance.plus(movement.amount)?;
            Ok(balance)
        })
        .collect()
}

/// The closing balance, and under it how old what is open is.
fn closing(paper: &StatementPaper, sheet: &mut Composition) -> Block {
    let (words, style) = (words(paper.letterhead.language), paper.letterhead.style);
    let mut block = Block::default();
    sheet.pen.structure.open(Role::Table);
    let label = format!("{} {}", words.closing, paper.closing.currency());
    let mut y = row(sheet, &mut block, &label, &style.amount(paper.closing), TOTAL, pt(8)) + pt(8);
    let left = Column::left(sheet.width() - WIDTH, WIDTH);
    y = sheet.pen.part(Role::RowHead, &mut block, words.by_age, LABEL, left, y) + pt(2);
    let late = |days: &str| words.days_late.replace("{days}", days);
    let labels = [words.not_due.to_owned(), late("1–30"), late("31–60"), late("61–90"), late("90+")];
    for (label, amount) in labels.iter().zip(paper.open.late) {
        y = row(sheet, &mut block, label, &style.amount(amount), SUM, y) + pt(1);
    }
    if !paper.open.unapplied.is_zero() {
        let amount = Money::new(-paper.open.unapplied.minor(), paper.open.unapplied.currency());
        row(sheet, &mut block, words.unapplied, &style.amount(amount), SUM, y);
    }
    sheet.pen.structure.close();
    block
}

fn row(
    sheet: &mut Composition,
    block: &mut Block,
    label: &str,
    amount: &str,
    lettering: Lettering,
    y: Length,
) -> Length {
    let (width, pen) = (sheet.width(), &mut sheet.pen);
    let room = (WIDTH - pen.width(amount, lettering) - pt(10)).max(WIDTH / 4);
    pen.structure.open(Role::Row);
    pen.structure.open(Role::RowHead);
    let end = pen.set_at_most(block, label, lettering, Column::left(width - WIDTH, room), y, 3);
    pen.structure.close();
    pen.structure.open(Role::Cell);
    pen.set(block, amount, lettering, Column::right(width - WIDTH, WIDTH), y);
    pen.structure.close();
    pen.structure.close();
    end
}
