//! Tables: columns as wide as their figures, one wide column for words, rows between hairlines.

use super::canvas::{Ink, Lettering};
use super::flow::LongTable;
use super::font::Face;
use super::length::{Length, pt, tenths};
use super::structure::Role;
use super::text::{Align, Block, Column, Pen};

/// A column head.
const HEAD: Lettering = Lettering::new(Face::Bold, 75, 105, Ink::QUIET);
/// A cell.
pub(crate) const CELL: Lettering = Lettering::new(Face::Regular, 90, 125, Ink::DARK);
/// A quieter line in a cell.
const UNDER: Lettering = Lettering::new(Face::Regular, 78, 108, Ink::QUIET);
/// Between columns.
const GAP: Length = pt(14);
/// The widest a column of figures gets before its text wraps.
const WIDEST: Length = pt(96);
/// Above and below the text of a row.
const PAD: Length = tenths(36);
/// A cell of more lines ends in an ellipsis, so that any row fits on a page.
const MOST_LINES: usize = 24;

/// A column: its head and the side its cells stand on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Heading<'a> {
    pub(crate) text: &'a str,
    pub(crate) align: Align,
}

/// The text of a row: one string a column, and quieter lines under the first.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub(crate) struct Row {
    pub(crate) cells: Vec<String>,
    pub(crate) under: Vec<String>,
}

/// A table's columns on the sheet. The first takes the room the others leave.
pub(crate) struct Table<'a> {
    headings: Vec<Heading<'a>>,
    columns: Vec<Column>,
    width: Length,
}

impl<'a> Table<'a> {
    /// Columns over `width`, the others as wide as their widest cell.
    pub(crate) fn new(pen: &mut Pen, headings: Vec<Heading<'a>>, rows: &[Row], width: Length) -> Self {
        let mut columns = Vec::new();
        let mut right = width;
        for (at, heading) in headings.iter().enumerate().skip(1).rev() {
            let cells = rows.iter().filter_map(|row| row.cells.get(at));
            let widest = cells.map(|cell| pen.width(cell, CELL)).max().unwrap_or(0).max(pen.width(heading.text, HEAD));
            let wide = widest.min(WIDEST);
            columns.push(Column { x: right - wide, width: wide, align: heading.align });
            right -= wide + GAP;
        }
        columns.push(Column::left(0, right.max(width / 4)));
        columns.reverse();
        Self { headings, columns, width }
    }

    /// Head and rows, tagged as one table; every page keeps room for a carried sum, none yet for what stands under it.
    pub(crate) fn long(&self, pen: &mut Pen, rows: &[Row]) -> LongTable {
        pen.structure.open(Role::Table);
        pen.structure.open(Role::TableHead);
        let head = self.head(pen);
        pen.structure.close();
        pen.structure.open(Role::TableBody);
        let last = rows.len().saturating_sub(1);
        let rows = rows.iter().enumerate().map(|(at, row)| self.row(pen, row, at == last)).collect();
        pen.structure.close();
        pen.structure.close();
        let again = self.head_again(pen);
        LongTable { head, again, rows, carried: Self::carried_height(), tail: 0 }
    }

    /// The head row.
    fn head(&self, pen: &mut Pen) -> Block {
        let mut block = Block::default();
        pen.structure.open(Role::Row);
        for (heading, column) in self.headings.iter().zip(&self.columns) {
            pen.part(Role::ColumnHead, &mut block, heading.text, HEAD, *column, 0);
        }
        pen.structure.close();
        block.height += tenths(40);
        block.fill(0, block.height, self.width, tenths(9), Ink::DARK);
        block.height += tenths(9);
        block
    }

    /// The head row where the table goes on; it is not read out again.
    fn head_again(&self, pen: &mut Pen) -> Block {
        pen.structure.furniture(true);
        let block = self.head(pen);
        pen.structure.furniture(false);
        block
    }

    /// A row; `last` closes the table with a full line.
    fn row(&self, pen: &mut Pen, row: &Row, last: bool) -> Block {
        let mut block = Block::default();
        pen.structure.open(Role::Row);
        for (at, (cell, column)) in row.cells.iter().zip(&self.columns).enumerate() {
            pen.structure.open(if at == 0 { Role::RowHead } else { Role::Cell });
            let mut y = pen.set_at_most(&mut block, cell, CELL, *column, PAD, MOST_LINES);
            for under in if at == 0 { under(pen, &row.under, column.width) } else { Vec::new() } {
                y = pen.set_at_most(&mut block, &under, UNDER, *column, y, MOST_LINES);
            }
            pen.structure.close();
        }
        pen.structure.close();
        self.close(&mut block, if last { Ink::DARK } else { Ink::HAIR });
        block
    }

    /// The sum so far, where a page ends or begins; it is not read out, because the table's end says it again.
    pub(crate) fn carried(&self, pen: &mut Pen, label: &str, amount: &str, ends: bool) -> Block {
        let mut block = Block::default();
        pen.structure.furniture(true);
        let lettering = Lettering { face: Face::Bold, ..UNDER };
        let room = self.width - pen.width(amount, lettering) - GAP;
        pen.set_at_most(&mut block, label, lettering, Column::left(0, room), PAD, 1);
        pen.set(&mut block, amount, lettering, Column::right(0, self.width), PAD);
        pen.structure.furniture(false);
        self.close(&mut block, if ends { Ink::DARK } else { Ink::HAIR });
        block
    }

    /// Room a carried row takes.
    pub(crate) const fn carried_height() -> Length {
        PAD + UNDER.leading + PAD + tenths(9)
    }

    fn close(&self, block: &mut Block, ink: Ink) {
        block.height += PAD;
        let thick = if ink == Ink::HAIR { tenths(5) } else { tenths(9) };
        block.fill(0, block.height, self.width, thick, ink);
        block.height += thick;
    }
}

/// The quieter lines of a row: one line where they fit side by side.
fn under(pen: &mut Pen, texts: &[String], width: Length) -> Vec<String> {
    let joined = texts.join("  ·  ");
    if pen.width(&joined, UNDER) <= width { vec![joined] } else { texts.to_vec() }
}
