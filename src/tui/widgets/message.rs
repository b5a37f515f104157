//! The line in which rentbook speaks; a long message takes more than one.

use ratatui::layout::Rect;

use super::canvas::Canvas;
use crate::tui::format;
use crate::tui::theme::Ink;

/// The most lines a message takes; the whole of a longer one stands among the messages of the session.
const MOST: usize = 4;
/// What stands at the end of one that needs more.
const MORE: &str = ".. F10, messages";

/// The lines of a sentence, with a mark where its colour means something.
pub fn lines(text: &str, ink: Ink, width: u16) -> Vec<String> {
    let mark = match ink {
        Ink::Bad => "x ",
        Ink::Warn => "! ",
        Ink::Good => "+ ",
        _ => "",
    };
    let room = usize::from(width).saturating_sub(1 + mark.len()).max(1);
    let mut parts = format::wrap(text, room);
    if parts.len() > MOST {
        parts.truncate(MOST);
        if let Some(last) = parts.last_mut() {
            *last = format!("{} {MORE}", format::cut(last, room.saturating_sub(format::width(MORE) + 1)).trim_end());
        }
    }
    let indent = " ".repeat(mark.len());
    let lead = |number: usize| if number == 0 { mark } else { indent.as_str() };
    parts.iter().enumerate().map(|(number, part)| format!(" {}{part}", lead(number))).collect()
}

/// Draws the lines of a sentence.
pub fn render(canvas: &mut Canvas<'_>, area: Rect, lines: &[String], ink: Ink) {
    for (y, line) in (area.y..area.bottom()).zip(lines) {
        canvas.put(area.x, y, area.width, line, ink);
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    // F80
    #[test]
    fn a_sentence_takes_the_lines_it_needs_and_says_where_the_rest_of_a_very_long_one_is() {
        assert_eq!(lines("Asset 7 is saved.", Ink::Good, 30), [" + Asset 7 is saved."]);
        assert_eq!(
            lines("Asset 7 is saved. Ctrl+Z undoes.", Ink::Good, 22),
            [" + Asset 7 is saved.", "   Ctrl+Z undoes."]
        );
        assert_eq!(lines("Read anew.", Ink::Plain, 80), [" Read anew."]);
        let long = lines(&"word ".repeat(100), Ink::Bad, 40);
        assert_eq!(long.len(), MOST);
        assert!(long.iter().all(|line| format::width(line) <= 40) && long[3].ends_with(MORE), "{long:?}");
    }
}
