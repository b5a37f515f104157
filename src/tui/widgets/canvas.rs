//! The one way text gets into the buffer: cleaned, cut by cells, clipped to the screen.
//!
//! A wide character lies in two cells. Writing over the second one alone would make the terminal draw the first one
//! over it again, which is how a dialog loses its left border; [`Canvas::put`] and [`Canvas::wipe`] blank the orphan.

use ratatui::buffer::{Buffer, CellWidth as _};
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::hits::{Hits, Target};
use crate::tui::format::{self, Align};
use crate::tui::theme::{Ink, Theme};

/// A buffer with a theme, the targets of the mouse and the caret.
#[derive(Debug)]
pub struct Canvas<'a> {
    buffer: &'a mut Buffer,
    theme: &'a Theme,
    hits: &'a mut Hits,
    caret: Option<Position>,
}

impl<'a> Canvas<'a> {
    /// A canvas on a buffer.
    pub fn new(buffer: &'a mut Buffer, theme: &'a Theme, hits: &'a mut Hits) -> Self {
        Self { buffer, theme, hits, caret: None }
    }

    /// The whole area.
    pub const fn area(&self) -> Rect {
        self.buffer.area
    }

    /// The theme.
    pub const fn theme(&self) -> &'a Theme {
        self.theme
    }

    /// Where the caret stands, if anything asked for it.
    pub const fn caret(&self) -> Option<Position> {
        self.caret
    }

    /// Puts the caret somewhere; the last one asked for counts.
    pub const fn set_caret(&mut self, x: u16, y: u16) {
        self.caret = Some(Position { x, y });
    }

    /// Takes the caret away: something covers it.
    pub const fn hide_caret(&mut self) {
        self.caret = None;
    }

    /// Declares what the mouse can press.
    pub fn target(&mut self, area: Rect, target: Target) {
        self.hits.add(area.intersection(self.buffer.area), target);
    }

    /// Forgets the targets below a dialog.
    pub fn cover_targets(&mut self) {
        self.hits.clear();
    }

    /// Writes text into at most `cells` cells and returns how many it took.
    pub fn put(&mut self, x: u16, y: u16, cells: u16, text: &str, ink: Ink) -> u16 {
        self.put_styled(x, y, cells, text, self.theme.style(ink))
    }

    /// Writes text flush right into exactly `cells` cells.
    pub fn put_right(&mut self, x: u16, y: u16, cells: u16, text: &str, ink: Ink) {
        self.put(x, y, cells, &format::pad(text, usize::from(cells), Align::Right), ink);
    }

    fn put_styled(&mut self, x: u16, y: u16, cells: u16, text: &str, style: Style) -> u16 {
        let area = self.buffer.area;
        if y < area.top() || y >= area.bottom() || x < area.left() || x >= area.right() {
            return 0;
        }
        let room = cells.min(area.right() - x);
        let shown = format::cut(text, usize::from(room));
        if shown.is_empty() {
            return 0;
        }
        self.free(x, y);
        let (end, _) = self.buffer.set_stringn(x, y, shown, usize::from(room), style);
        end - x
    }

    /// Blanks the first half of a wide character whose second half lies at `x`.
    fn free(&mut self, x: u16, y: u16) {
        let before = x.checked_sub(1).and_then(|left| self.buffer.cell_mut((left, y)));
        if let Some(cell) = before.filter(|cell| cell.cell_width() > 1) {
            cell.set_symbol(" ");
        }
    }

    /// Gives an area an ink, text kept.
    pub fn tint(&mut self, area: Rect, ink: Ink) {
        self.buffer.set_style(area, self.theme.style(ink));
    }

    /// Fills an area with blanks.
    pub fn wipe(&mut self, area: Rect, ink: Ink) {
        let area = area.intersection(self.buffer.area);
        for y in area.top()..area.bottom() {
            self.free(area.left(), y);
            for x in area.left()..area.right() {
                self.buffer[(x, y)].reset();
            }
        }
        self.tint(area, ink);
    }

    /// A horizontal line.
    pub fn rule(&mut self, x: u16, y: u16, cells: u16, ink: Ink) {
        let line = self.theme.lines().across.repeat(usize::from(cells));
        self.put(x, y, cells, &line, ink);
    }

    /// A box around `area`; returns what lies inside.
    pub fn frame(&mut self, area: Rect, ink: Ink) -> Rect {
        let area = area.intersection(self.buffer.area);
        if area.width < 2 || area.height < 2 {
            return Rect { width: 0, height: 0, ..area };
        }
        let lines = self.theme.lines();
        let (right, bottom) = (area.right() - 1, area.bottom() - 1);
        self.rule(area.x + 1, area.y, area.width - 2, ink);
        self.rule(area.x + 1, bottom, area.width - 2, ink);
        for y in area.y + 1..bottom {
            self.put(area.x, y, 1, lines.down, ink);
            self.put(right, y, 1, lines.down, ink);
        }
        let places = [(area.x, area.y), (right, area.y), (area.x, bottom), (right, bottom)];
        for ((x, y), corner) in places.into_iter().zip(lines.corners) {
            self.put(x, y, 1, corner, ink);
        }
        Rect { x: area.x + 1, y: area.y + 1, width: area.width - 2, height: area.height - 2 }
    }

    /// A dividing line across a box at row `y`, from frame to frame.
    pub fn divide(&mut self, area: Rect, y: u16, ink: Ink) {
        if area.width < 2 {
            return;
        }
        let [left, right] = self.theme.lines().tees;
        self.rule(area.x + 1, y, area.width - 2, ink);
        self.put(area.x, y, 1, left, ink);
        self.put(area.right() - 1, y, 1, right, ink);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(width: u16, height: u16, draw: impl FnOnce(&mut Canvas<'_>)) -> Vec<String> {
        let (theme, mut hits) = (Theme::default(), Hits::default());
        let mut buffer = Buffer::empty(Rect::new(0, 0, width, height));
        draw(&mut Canvas::new(&mut buffer, &theme, &mut hits));
        let row = |y| (0..width).map(|x| buffer[(x, y)].symbol().to_owned()).collect::<String>();
        (0..height).map(row).collect()
    }

    #[test]
    fn a_box_over_wide_characters_keeps_its_border() {
        let lines = drawn(10, 3, |canvas| {
            for y in 0..3 {
                canvas.put(0, y, 10, "漢漢漢漢漢", Ink::Plain);
            }
            let inside = Rect::new(3, 0, 4, 3);
            canvas.wipe(inside, Ink::Plain);
            canvas.frame(inside, Ink::Line);
        });
        assert_eq!(lines[1], "漢  │  │ 漢 ");
        assert_eq!(lines[0], "漢  ┌──┐ 漢 ");
    }

    #[test]
    fn nothing_is_written_outside_and_nothing_hidden_inside() {
        let lines = drawn(4, 1, |canvas| {
            assert_eq!(canvas.put(9, 0, 5, "no", Ink::Plain), 0);
            assert_eq!(canvas.put(0, 9, 5, "no", Ink::Plain), 0);
            assert_eq!(canvas.put(0, 0, 99, "a\u{202e}\x1bb漢", Ink::Plain), 4);
            canvas.frame(Rect::new(0, 0, 1, 1), Ink::Line);
            canvas.frame(Rect::new(2, 0, 90, 90), Ink::Line);
            canvas.divide(Rect::new(0, 0, 1, 1), 0, Ink::Line);
        });
        assert_eq!(lines, ["ab漢 "]);
    }
}
