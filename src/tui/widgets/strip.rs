//! What is known of the row under the cursor: a strip below the list, or a pane beside it on a wide screen.

use ratatui::layout::Rect;

use super::canvas::Canvas;
use super::panel;
use crate::tui::format;
use crate::tui::theme::Ink;

/// From this width the details stand beside the list.
pub const SIDE_FROM: u16 = 110;
/// The cells of the pane beside the list, and how few it is left with where the list has long names.
const SIDE: u16 = 40;
const SIDE_LEAST: u16 = 30;

/// A name and its value; the name may be empty.
pub type Detail = (String, String);

/// Where list and details go.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Places {
    /// Inside the frame, for the list.
    pub list: Rect,
    /// Inside the frame, for the details; empty when they are hidden or there is no room.
    pub details: Rect,
}

/// Draws the frame of a list with its details and says where both go. `rows` is the height of the strip; `left` and
/// `right` are the titles of the details. `needs` says what a list of some width wants: the pane takes nothing of it.
pub fn frame(
    canvas: &mut Canvas<'_>,
    area: Rect,
    (rows, needs): (u16, &dyn Fn(u16) -> u16),
    left: &str,
    right: &str,
) -> Places {
    let hidden = Rect { width: 0, height: 0, ..area };
    if rows == 0 || area.height < rows + 6 {
        return Places { list: panel::draw(canvas, area, "", right), details: hidden };
    }
    if area.width >= SIDE_FROM {
        let wanted = needs(area.width - SIDE - 2).saturating_add(2);
        let main = Rect { width: wanted.clamp(area.width - SIDE, area.width - SIDE_LEAST), ..area };
        let side = Rect { x: main.right(), width: area.width - main.width, ..area };
        return Places { list: panel::draw(canvas, main, "", right), details: panel::draw(canvas, side, left, "") };
    }
    let inside = panel::draw(canvas, area, "", "");
    let line = area.bottom() - rows - 2;
    panel::divide(canvas, area, line, left, right);
    let (list, details) = panel::split(inside, line);
    Places { list, details }
}

/// Draws the details: two columns in a strip, one below the other in a pane, where long values go on below.
pub fn details(canvas: &mut Canvas<'_>, area: Rect, details: &[Detail]) {
    if area.is_empty() {
        return;
    }
    if area.width < SIDE_FROM / 2 {
        return pane(canvas, area, details);
    }
    let width = (area.width - 1) / 2;
    for (number, (name, value)) in (0_u16..).zip(details) {
        let (x, y) = (area.x + 1 + number % 2 * width, area.y + number / 2);
        if y >= area.bottom() {
            return;
        }
        let cells = width.saturating_sub(1);
        let used = if name.is_empty() { 0 } else { canvas.put(x, y, cells, &format!("{name} "), Ink::Dim) };
        let room = usize::from(cells.saturating_sub(used));
        canvas.put(x + used, y, cells - used, &format::cut(value, room), Ink::Plain);
    }
}

fn pane(canvas: &mut Canvas<'_>, area: Rect, details: &[Detail]) {
    let (x, cells) = (area.x + 1, area.width.saturating_sub(2));
    let mut y = area.y;
    for (name, value) in details.iter().filter(|(name, value)| !(name.is_empty() && value.is_empty())) {
        let text = if name.is_empty() { value.clone() } else { format!("{name} {value}") };
        for (number, line) in format::wrap(&text, usize::from(cells)).iter().enumerate() {
            if y >= area.bottom() {
                return;
            }
            let indent = if number == 0 { 0 } else { 2 };
            canvas.put(x + indent, y, cells.saturating_sub(indent), line, Ink::Plain);
            if number == 0 && !name.is_empty() {
                let name = u16::try_from(format::width(name)).unwrap_or(0);
                canvas.tint(Rect { x, y, width: name.min(cells), height: 1 }, Ink::Dim);
            }
            y += 1;
        }
    }
}
