//! The two lines at the top: the shop and the day, then the tabs or the way to this page.

use ratatui::layout::Rect;

use super::canvas::Canvas;
use super::hits::Target;
use crate::tui::format;
use crate::tui::theme::Ink;

/// What the first line says.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Header {
    pub shop: String,
    /// The business day.
    pub day: String,
    /// How the backup went, or another state of the book.
    pub state: String,
    pub operator: String,
    /// Marks in capitals: `DEMO`, `VIEW ONLY`.
    pub marks: Vec<&'static str>,
}

/// Draws the first line.
pub fn header(canvas: &mut Canvas<'_>, area: Rect, header: &Header) {
    canvas.tint(area, Ink::Banner);
    let end = area.right();
    let mut x = area.x + canvas.put(area.x, area.y, area.width, " rentbook   ", Ink::Banner);
    let mut right = end;
    // From the right: state and operator give way first, the day and the marks stay.
    let marks = header.marks.join("  ");
    let parts = [marks.as_str(), &header.day, &header.state, &header.operator];
    let mut kept: Vec<&str> = Vec::new();
    let mut needed = 0;
    for part in parts.into_iter().filter(|part| !part.is_empty()) {
        let cells = format::width(part) + 3;
        if needed + cells + 12 < usize::from(end.saturating_sub(x)) {
            needed += cells;
            kept.push(part);
        }
    }
    for part in kept.iter().rev() {
        let cells = u16::try_from(format::width(part)).unwrap_or(0);
        right = right.saturating_sub(cells + 3);
        canvas.put(right + 2, area.y, cells, part, Ink::Banner);
    }
    x += canvas.put(x, area.y, right.saturating_sub(x), &header.shop, Ink::Banner);
    debug_assert!(x <= end || area.is_empty(), "the header stays in its line");
}

/// Draws the tabs, the active one in brackets; a press of the mouse is [`Target::Tab`].
pub fn tabs(canvas: &mut Canvas<'_>, area: Rect, names: &[&str], active: usize) {
    let mut x = area.x;
    for (number, name) in names.iter().enumerate() {
        let on = number == active;
        let text = if on { format!("[{name}]") } else { format!(" {name} ") };
        let used =
            canvas.put(x, area.y, area.right().saturating_sub(x), &text, if on { Ink::Active } else { Ink::Plain });
        canvas.target(Rect { x, width: used, height: 1, ..area }, Target::Tab(number));
        x += used + 1;
    }
}

/// Draws the way to this page and a remark at the right: ` Customers > Acme Corp      3 of 41`.
pub fn crumbs(canvas: &mut Canvas<'_>, area: Rect, way: &[String], remark: &str) {
    let text = format!(" {}", way.join(" > "));
    let cells = u16::try_from(format::width(remark)).unwrap_or(u16::MAX);
    let room = area.width.saturating_sub(if cells == 0 { 0 } else { cells.saturating_add(3) });
    canvas.put(area.x, area.y, room, &text, Ink::Title);
    if room > 0 {
        canvas.put(area.right().saturating_sub(cells + 1), area.y, cells, remark, Ink::Dim);
    }
}
