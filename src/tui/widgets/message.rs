//! The one line in which rentbook speaks.

use ratatui::layout::Rect;

use super::canvas::Canvas;
use crate::tui::format;
use crate::tui::theme::Ink;

/// A reminder at the end of many sentences; it goes before they are cut.
const UNDO: &str = " Ctrl+Z takes it back.";

/// Draws a sentence, with a mark where its colour means something.
pub fn render(canvas: &mut Canvas<'_>, area: Rect, text: &str, ink: Ink) {
    let mark = match ink {
        Ink::Bad => "x ",
        Ink::Warn => "! ",
        Ink::Good => "+ ",
        _ => "",
    };
    let line = format!(" {mark}{text}");
    canvas.put(area.x, area.y, area.width, fitting(&line, usize::from(area.width)), ink);
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

/// The sentence without its reminder, where both do not fit.
fn fitting(line: &str, cells: usize) -> &str {
    match line.strip_suffix(UNDO) {
        Some(short) if format::width(line) > cells => short,
        _ => line,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_reminder_of_undo_goes_before_a_sentence_is_cut() {
        let line = "Asset 7 is saved. Ctrl+Z takes it back.";
        assert_eq!(fitting(line, 39), line);
        assert_eq!(fitting(line, 38), "Asset 7 is saved.");
        assert_eq!(fitting("Asset 7 is saved.", 5), "Asset 7 is saved.");
    }
}
