//! The frame of one record's page: what it is in the border, a few lines about it, its sections, and the room below.

use ratatui::layout::Rect;

use super::canvas::Canvas;
use super::panel;
use super::sections::Sections;
use crate::tui::theme::Ink;

/// A line of pieces, each in its ink.
pub type Pieces = Vec<(String, Ink)>;

/// What stands above the sections.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Head {
    /// At the left in the border.
    pub title: String,
    /// At the right in the border.
    pub state: String,
    pub lines: Vec<Pieces>,
}

/// A piece in plain ink.
pub fn plain(text: impl Into<String>) -> (String, Ink) {
    (text.into(), Ink::Plain)
}

/// A name in dim ink.
pub fn name(text: impl Into<String>) -> (String, Ink) {
    (text.into(), Ink::Dim)
}

/// Draws frame, head and sections; returns the room below them, inside the frame.
pub fn draw(canvas: &mut Canvas<'_>, area: Rect, head: &Head, sections: &Sections) -> Rect {
    let inside = panel::draw(canvas, area, &head.title, &head.state);
    let mut y = inside.y;
    for pieces in &head.lines {
        let mut x = inside.x + 1;
        for (text, ink) in pieces {
            x += canvas.put(x, y, inside.right().saturating_sub(x), text, *ink);
        }
        y += 1;
    }
    panel::divide(canvas, area, y, "", "");
    sections.render(canvas, Rect { x: inside.x + 1, y: y + 1, width: inside.width.saturating_sub(1), height: 1 });
    let top = y + 2;
    Rect { y: top, height: inside.bottom().saturating_sub(top), ..inside }
}
