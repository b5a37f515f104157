//! The invoice from top to bottom.

use super::super::composition::{Composition, Label};
use super::super::letterhead::StampBlock;
use super::super::sentence::Sentence;
use super::super::stamp;
use super::super::words::Words;
use super::super::{Paper, PaperError};
use super::{InvoicePaper, InvoicePaperKind, PaperLine, Prices, Stamp, payment, slip, sums};
use crate::domain::format::Style;
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
const LEGAL: Lettering = Lettering::new(Face::Regular, 75, 105, Ink::QUIET);
const NOTE: Lettering = Lettering::new(Face::Regular, 90, 125, Ink::DARK);

/// Lays an invoice out and writes it.
pub(super) fn lay_out(paper: &InvoicePaper) -> Result<Paper, PaperError> {
    let mut sheet = Composition::start(&paper.letterhead)?;
    let title = title(paper, sheet.words);
    let stamp = stamp_of(paper, &mut sheet);
    sheet.head((&paper.payer, &paper.payer_numbers), stamp);
    let opening = vec![sheet.headline(&title, 3), facts(paper, &mut sheet), Block::space(mm(6))];
    sheet.flow.place(opening);
    lines_and_sums(paper, &mut sheet)?;
    let backdrop = match paper.stamp {
        Some(Stamp::Draft) => Some((sheet.words.draft, Ink::GHOST)),
        Some(Stamp::Void) => Some((sheet.words.void, Ink::PALE_RED)),
        _ => None,
    };
    sheet.finish(&Label { title, dated: paper.invoiced_on, backdrop })
}

fn title(paper: &InvoicePaper, words: &Words) -> String {
    let kind = match paper.kind {
        InvoicePaperKind::Invoice => words.invoice,
        InvoicePaperKind::Consolidated => words.consolidated,
        InvoicePaperKind::CreditNote => words.credit_note,
        InvoicePaperKind::Receipt => words.receipt,
    };
    paper.number.as_ref().map_or_else(|| kind.to_owned(), |number| format!("{kind} {number}"))
}

fn stamp_of(paper: &InvoicePaper, sheet: &mut Composition) -> Option<StampBlock> {
    let style = paper.letterhead.style;
    let (word, day, ink) = match paper.stamp? {
        Stamp::Paid(day) => (sheet.words.paid, Some(style.date(day)), Ink::GREEN),
        Stamp::Credited => (sheet.words.stamp_credited, None, Ink::QUIET),
        Stamp::WrittenOff => (sheet.words.stamp_written_off, None, Ink::QUIET),
        Stamp::Void => (sheet.words.void, None, Ink::RED),
        Stamp::Draft => (sheet.words.draft, None, Ink::QUIET),
        Stamp::Copy => (sheet.words.copy, None, Ink::QUIET),
    };
    Some(stamp::stamp(&mut sheet.pen, word, day.as_deref(), ink))
}

/// Dates and references side by side, and what it is all about, the amount, at the right edge.
fn facts(paper: &InvoicePaper, sheet: &mut Composition) -> Block {
    let (words, style, width) = (sheet.words, paper.letterhead.style, sheet.width());
    let mut facts = vec![(words.date, style.date(paper.invoiced_on))];
    facts.extend(paper.due_on.map(|day| (words.due, style.date(day))));
    facts.extend(paper.corrects.clone().map(|number| (words.corrects, number)));
    facts.extend(paper.customer_reference.clone().map(|text| (words.customer_reference, text)));
    if !paper.reference.is_empty() {
        facts.push((words.reference, paper.reference.clone()));
    }
    let (hero_label, hero) = sums::outcome(paper, words);
    let hero_text = format!("{} {}", hero.currency(), style.amount(hero));
    let hero_width = sheet.pen.width(&hero_text, HERO).clamp(mm(38), width / 2);

    let mut block = Block::default();
    block.fill(0, 0, width, tenths(16), Ink::ACCENT);
    let y = pt(8);
    let share = (width - hero_width - pt(12)) / Length::try_from(facts.len()).unwrap_or(1).max(1);
    for (at, (label, value)) in facts.iter().enumerate() {
        let column = Column::left(share * Length::try_from(at).unwrap_or(0), share - pt(8));
        fact(sheet, &mut block, (label, LABEL), (value, FACT), column, y);
    }
    let lettering = if sums::is_settled(paper) { HERO.inked(Ink::GREEN) } else { HERO };
    fact(
        sheet,
        &mut block,
        (hero_label, LABEL),
        (&hero_text, lettering),
        Column::right(width - hero_width, hero_width),
        y,
    );
    block.height += pt(6);
    block.fill(0, block.height, width, tenths(5), Ink::HAIR);
    block
}

fn fact(
    sheet: &mut Composition,
    block: &mut Block,
    (label, quiet): (&str, Lettering),
    (value, loud): (&str, Lettering),
    column: Column,
    y: Length,
) {
    sheet.pen.structure.open(Role::Paragraph);
    let y = sheet.pen.set_at_most(block, label, quiet, column, y, 2);
    sheet.pen.set_at_most(block, value, loud, column, y, 3);
    sheet.pen.structure.close();
}

/// The table, and under its last row, on the same page, the sums.
fn lines_and_sums(paper: &InvoicePaper, sheet: &mut Composition) -> Result<(), PaperError> {
    let (words, width) = (sheet.words, sheet.width());
    let rows: Vec<Row> = paper.lines.iter().map(|line| row(paper, line)).collect();
    let amount = format!("{} {}", amount_word(paper, words), paper.total.currency());
    let mut headings = vec![Heading { text: words.description, align: Align::Left }];
    if is_priced(paper) {
        headings.push(Heading { text: words.quantity, align: Align::Right });
        headings.push(Heading { text: words.unit_price, align: Align::Right });
    }
    if sums::has_tax(paper) {
        headings.push(Heading { text: words.tax, align: Align::Right });
    }
    headings.push(Heading { text: &amount, align: Align::Right });
    let pen = &mut sheet.pen;
    let table = Table::new(pen, headings, &rows, width);

    let mut long = table.long(pen, &rows);
    let sums = sums::sums(paper, sheet);
    let details = payment::details(paper, sheet).unwrap_or_default();
    let (sums, after) =
        if sums::is_short(paper) { (vec![closing(paper, sheet, sums, details)], None) } else { (sums, Some(details)) };
    long.tail = sums.iter().take_while(|block| block.keep).map(|block| block.height).sum::<Length>();
    long.tail += sums.iter().find(|block| !block.keep).map_or(0, |block| block.height);
    let so_far = running_sums(paper)?;
    let (pen, style) = (&mut sheet.pen, paper.letterhead.style);
    sheet.flow.table(long, |count| {
        let sum = count.checked_sub(1).and_then(|at| so_far.get(at)).map_or_else(String::new, |sum| style.amount(*sum));
        Carried {
            forward: table.carried(pen, words.carried_forward, &sum, true),
            brought: table.carried(pen, words.brought_forward, &sum, false),
        }
    });
    sheet.flow.place(sums);
    sheet.flow.place(after.into_iter().collect());
    if !notes_fit(paper, sheet) {
        notes(paper, sheet);
    }
    legal(paper, sheet);
    if let Some(slip) = slip::slip(paper, sheet) {
        sheet.flow.place_at_foot(slip);
    }
    Ok(())
}

/// The sum after each line.
fn running_sums(paper: &InvoicePaper) -> Result<Vec<Money>, MoneyError> {
    let add = |sum: &mut Money, line: &PaperLine| {
        let next = sum.plus(amount(paper, line));
        *sum = next.clone().unwrap_or(*sum);
        Some(next)
    };
    paper.lines.iter().scan(Money::zero(paper.total.currency()), add).collect()
}

fn row(paper: &InvoicePaper, line: &PaperLine) -> Row {
    let style = paper.letterhead.style;
    let mut cells = vec![line.text.clone()];
    if is_priced(paper) {
        cells.extend([line.quantity.clone(), style.amount(line.unit_price)]);
    }
    if sums::has_tax(paper) {
        cells.push(line.tax_rate.clone());
    }
    cells.push(style.amount(amount(paper, line)));
    let supplied = line.supplied_on.map(|day| {
        let language = paper.letterhead.language;
        language.sentence(Sentence::Supplied, &[("day", &style.date(day))])
    });
    let under = line.period.map(|period| days(style, period)).or(supplied).into_iter().chain(line.detail.clone());
    let under = under.flat_map(|detail| detail.lines().map(str::to_owned).collect::<Vec<_>>());
    Row { cells, under: under.collect() }
}

/// First and last day of a period.
fn days(style: Style, (first, last): (chrono::NaiveDate, chrono::NaiveDate)) -> String {
    if first == last { style.date(first) } else { format!("{} – {}", style.date(first), style.date(last)) }
}

fn amount(paper: &InvoicePaper, line: &PaperLine) -> Money {
    match paper.prices {
        Prices::Net => line.net,
        Prices::Gross => line.gross,
    }
}

fn amount_word(paper: &InvoicePaper, words: &Words) -> &'static str {
    match paper.prices {
        _ if !sums::has_tax(paper) => words.amount,
        Prices::Net => words.amount_net,
        Prices::Gross => words.amount_gross,
    }
}

/// Whether its lines have quantities and prices; those of a receipt are sums.
fn is_priced(paper: &InvoicePaper) -> bool {
    paper.kind != InvoicePaperKind::Receipt
}

/// Sums at the right, payment details at the left, and short notes in the column that has more room.
fn closing(paper: &InvoicePaper, sheet: &mut Composition, sums: Vec<Block>, mut left: Block) -> Block {
    let mut right = sums::joined(sums);
    if notes_fit(paper, sheet) {
        let width = sheet.width();
        let (shorter, column, gap) = if left.height > right.height {
            (&mut right, Column::left(width - sums::WIDTH, sums::WIDTH), mm(4))
        } else {
            let gap = if left.height == 0 { payment::ABOVE } else { mm(4) };
            (&mut left, Column::left(0, width - sums::BESIDE), gap)
        };
        let mut y = shorter.height + gap;
        for note in paper.notes.iter().filter(|note| !note.trim().is_empty()) {
            y = sheet.pen.part(Role::Paragraph, shorter, note, NOTE, column, y) + pt(4);
        }
    }
    let height = left.height.max(right.height);
    left.ops.append(&mut right.ops);
    Block { height, ..left }
}

/// Whether the notes are short enough to stand beside the sums.
fn notes_fit(paper: &InvoicePaper, sheet: &mut Composition) -> bool {
    const FEW_LINES: usize = 7;
    let lines = |note: &String| sheet.pen.wrap(note, NOTE, sums::WIDTH, FEW_LINES + 1).len();
    sums::is_short(paper) && paper.notes.iter().map(lines).sum::<usize>() <= FEW_LINES
}

/// Required legal text, on whatever asks for money or takes it back.
fn legal(paper: &InvoicePaper, sheet: &mut Composition) {
    let Some(text) = paper.letterhead.legal.as_deref().filter(|_| paper.kind != InvoicePaperKind::Receipt) else {
        return;
    };
    for (at, line) in text.lines().enumerate() {
        sheet.flow.place(vec![Block::space(if at == 0 { mm(7) } else { pt(2) })]);
        sheet.paragraphs(line, LEGAL);
    }
}

fn notes(paper: &InvoicePaper, sheet: &mut Composition) {
    for (at, note) in paper.notes.iter().filter(|note| !note.trim().is_empty()).enumerate() {
        sheet.flow.place(vec![Block::space(if at == 0 { mm(7) } else { pt(5) })]);
        sheet.paragraphs(note, NOTE);
    }
}
