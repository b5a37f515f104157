//! How a table looks: a head, then as many rows as fit, `>` at the cursor and `*` at marks.

use std::hash::Hash;

use ratatui::layout::Rect;

use super::columns::{layout, needs};
use super::{Row, Table};
use crate::tui::format;
use crate::tui::theme::Ink;
use crate::tui::widgets::canvas::Canvas;
use crate::tui::widgets::hits::Target;

/// The cells before the first column: a blank, the cursor, the mark.
const GUTTER: u16 = 3;
/// So many rows are measured: enough to know how long names are.
const MEASURED: usize = 200;

impl<K: Copy + Eq + Hash> Table<K> {
    /// Draws head and rows into `area`; `empty` says why there are none and which key fills the list.
    pub fn render(&mut self, canvas: &mut Canvas<'_>, area: Rect, empty: &str) {
        let rows = Rect { y: area.y.saturating_add(1), height: area.height.saturating_sub(1), ..area };
        self.height = usize::from(rows.height);
        self.scroll();
        if area.width <= GUTTER || rows.is_empty() {
            return;
        }
        let widths = layout(&self.columns, &self.natural(), area.width - GUTTER - 1);
        self.head(canvas, area, &widths);
        if self.rows.is_empty() {
            let lines = format::wrap(empty, usize::from(area.width.saturating_sub(2 * GUTTER)));
            for (y, line) in (rows.y + 1..rows.bottom()).zip(lines) {
                canvas.put(area.x + GUTTER, y, area.width - GUTTER, &line, Ink::Dim);
            }
            return;
        }
        let shown = self.rows.iter().enumerate().skip(self.offset);
        for (y, (number, row)) in (rows.y..rows.bottom()).zip(shown) {
            let line = Rect { y, height: 1, ..rows };
            self.line(canvas, line, row, number == self.at && self.has_focus, &widths);
            // A press means the table with the cursor: of several on a page only its rows can be pressed.
            if self.has_focus {
                canvas.target(line, Target::Row(number));
            }
        }
    }

    /// How wide the texts of each column are.
    fn natural(&self) -> Vec<u16> {
        let widest = |number: usize| {
            let cells = self.rows.iter().take(MEASURED).filter_map(|row| row.cells.get(number));
            cells.map(|cell| format::width(&cell.text)).max().unwrap_or(0)
        };
        (0..self.columns.len()).map(|number| u16::try_from(widest(number)).unwrap_or(u16::MAX)).collect()
    }

    /// The cells a list of this width wants so that its words are not cut.
    pub fn needs(&self, least: u16) -> u16 {
        needs(&self.columns, &self.natural(), least.saturating_sub(GUTTER + 1)).saturating_add(GUTTER + 1)
    }

    /// Keeps the cursor in the window.
    const fn scroll(&mut self) {
        if self.is_loose {
            // The wheel chose what is seen.
        } else if self.at < self.offset {
            self.offset = self.at;
        } else if self.at >= self.offset + self.height {
            self.offset = self.at + 1 - if self.height == 0 { 1 } else { self.height };
        }
        // A window that grew, or rows that went, leave no blank rows below the last one.
        let most = self.rows.len().saturating_sub(self.height);
        if self.offset > most {
            self.offset = most;
        }
    }

    fn head(&self, canvas: &mut Canvas<'_>, area: Rect, widths: &[(usize, u16)]) {
        let mut x = area.x + GUTTER;
        for (number, width) in widths {
            if let Some(column) = self.columns.get(*number) {
                let text = format::pad(&column.head(), usize::from(*width), column.align);
                canvas.put(x, area.y, *width, &text, Ink::Head);
                canvas.target(Rect { x, width: *width, height: 1, ..area }, Target::Head(*number));
            }
            x += width + 1;
        }
    }

    fn line(&self, canvas: &mut Canvas<'_>, line: Rect, row: &Row<K>, cursor: bool, widths: &[(usize, u16)]) {
        let marked = self.is_marked(row.key);
        let gutter = match (cursor, marked) {
            (true, true) => " >*",
            (true, false) => " > ",
            (false, true) => " * ",
            (false, false) => "   ",
        };
        let whole = match (cursor, marked) {
            (true, _) => Some(Ink::Cursor),
            (false, true) => Some(Ink::Marked),
            (false, false) => None,
        };
        canvas.put(line.x, line.y, GUTTER, gutter, Ink::Plain);
        let mut x = line.x + GUTTER;
        for (number, width) in widths {
            if let (Some(cell), Some(column)) = (row.cells.get(*number), self.columns.get(*number)) {
                let text = format::pad(&cell.text, usize::from(*width), column.align);
                canvas.put(x, line.y, *width, &text, whole.unwrap_or(cell.ink));
            }
            x += width + 1;
        }
        if let Some(ink) = whole {
            canvas.tint(line, ink);
        }
    }
}
