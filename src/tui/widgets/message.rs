//! The one line in which rentbook speaks.

use ratatui::layout::Rect;

use super::canvas::Canvas;
use crate::tui::format;
use crate::tui::theme::Ink;

/// Draws a sentence, with a mark where its colour means something.
pub fn render(canvas: &mut Canvas<'_>, area: Rect, text: &str, ink: Ink) {
    let mark = match ink {
        Ink::Bad => "x ",
        Ink::Warn => "! ",
        Ink::Good => "+ ",
        _ => "",
    };
    canvas.put(area.x, area.y, area.width, &format!(" {mark}{text}"), ink);
}

/// Draws a hint at the left and a position at the right.
pub fn hint(canvas: &mut Canvas<'_>, area: Rect, left: &str, right: &str) {
    let cells = u16::try_from(format::width(right)).unwrap_or(u16::MAX);
    let room = area.width.saturating_sub(if cells == 0 { 0 } else { cells.saturating_add(2) });
    canvas.put(area.x, area.y, room, &format!(" {left}"), Ink::Dim);
    if room > 0 && cells > 0 {
        canvas.put(area.right() - cells - 1, area.y, cells, right, Ink::Plain);
    }
}
