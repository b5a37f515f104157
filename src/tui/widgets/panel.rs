//! A box with a title at the left and a remark at the right, and dividing lines of the same kind.

use ratatui::layout::Rect;

use super::canvas::Canvas;
use crate::tui::format;
use crate::tui::theme::Ink;

/// Draws a box; returns what lies inside.
pub fn draw(canvas: &mut Canvas<'_>, area: Rect, left: &str, right: &str) -> Rect {
    let inside = canvas.frame(area, Ink::Line);
    if !inside.is_empty() {
        titles(canvas, area, area.y, left, right);
    }
    inside
}

/// Draws a dividing line across the box `area` at row `y`, with titles.
pub fn divide(canvas: &mut Canvas<'_>, area: Rect, y: u16, left: &str, right: &str) {
    canvas.divide(area, y, Ink::Line);
    titles(canvas, area, y, left, right);
}

/// Splits a box at row `y`: what lies above and what lies below that line, inside the frame.
pub const fn split(inside: Rect, y: u16) -> (Rect, Rect) {
    let above = Rect { height: y.saturating_sub(inside.y), ..inside };
    let top = y + 1;
    (above, Rect { y: top, height: inside.bottom().saturating_sub(top), ..inside })
}

fn titles(canvas: &mut Canvas<'_>, area: Rect, y: u16, left: &str, right: &str) {
    let room = usize::from(area.width.saturating_sub(4));
    let right_cells = if right.is_empty() { 0 } else { format::width(right) + 2 };
    let left_room = room.saturating_sub(right_cells);
    if !left.is_empty() && left_room > 4 {
        let text = format!(" {} ", format::cut(left, left_room - 3));
        canvas.put(area.x + 2, y, area.width.saturating_sub(4), &text, Ink::Title);
    }
    if right_cells > 0 && right_cells <= room {
        let cells = u16::try_from(right_cells).unwrap_or(0);
        canvas.put(area.right() - 2 - cells, y, cells, &format!(" {right} "), Ink::Plain);
    }
}
