//! How the rows of items look.

use ratatui::layout::Rect;

use super::NewOrder;
use super::columns::{COLUMNS, SHIP_TO, place, row_count};
use super::draw::Anchor;
use super::places::Places;
use super::reading::about;
use crate::tui::format::{self, Align};
use crate::tui::forms::{Field, Read};
use crate::tui::theme::Ink;
use crate::tui::widgets::canvas::Canvas;
use crate::tui::widgets::hits::Target;
use crate::tui::widgets::inputs::Kind;

/// The heads of the rows, and the cells of each column; the first one takes what is left over.
const HEADS: [(&str, u16); 8] = [
    ("Item", 16),
    ("Serial no", 9),
    ("Qty", 3),
    ("Mths", 4),
    ("Every", 9),
    ("Price", 9),
    ("Starts", 10),
    ("Deposit", 7),
];

impl NewOrder {
    pub(super) fn draw_items(&self, canvas: &mut Canvas<'_>, body: Rect) -> Anchor {
        let widths = widths(body.width);
        let mut x = body.x + 3;
        for ((head, _), width) in HEADS.iter().zip(widths) {
            let align = if is_number(head) { Align::Right } else { Align::Left };
            canvas.put(x, body.y, width, &format::pad(head, usize::from(width), align), Ink::Head);
            x += width + 1;
        }
        let rows = Rect { y: body.y + 1, height: body.height.saturating_sub(9), ..body };
        let above = self.draw_rows(canvas, rows, widths);
        let y = body.bottom().saturating_sub(8);
        let place = self.draw_place(canvas, Rect { y, height: 2, ..body });
        self.draw_sums(canvas, Rect { y: y + 3, height: 3, ..body });
        above.or(place)
    }

    /// Where the item of the focused row goes, and what is known of it.
    fn draw_place(&self, canvas: &mut Canvas<'_>, area: Rect) -> Anchor {
        let form = &self.forms[1];
        let (_, row) = form.fields().get(form.focus()).and_then(|field| place(&field.name))?;
        let about = about(&Read::new(form.fields()), row, &self.catalogue, self.style);
        let ink = if about.contains('!') { Ink::Warn } else { Ink::Dim };
        canvas.put(area.x + 3, area.y + 1, area.width.saturating_sub(4), &about, ink);
        let number = row * COLUMNS.len() + SHIP_TO;
        let field = form.fields().get(number)?;
        canvas.put(area.x + 3, area.y, 8, "Ship to", Ink::Dim);
        let cell = Rect { x: area.x + 12, y: area.y, width: area.width.saturating_sub(15).min(60), height: 1 };
        let focused = number == form.focus();
        draw_cell(canvas, cell, field, focused);
        canvas.target(cell, Target::Field(number));
        focused.then_some((cell.x, cell.y))
    }

    fn draw_rows(&self, canvas: &mut Canvas<'_>, area: Rect, widths: [u16; 8]) -> Anchor {
        let form = &self.forms[1];
        let (fields, places) = (form.fields(), self.places.borrow());
        let at = fields.get(form.focus()).and_then(|field| place(&field.name)).map_or(0, |(_, row)| row);
        let mut anchor = None;
        let mut y = area.y;
        for row in first_row(fields, &places, at, usize::from(area.height))..row_count(fields) {
            if y >= area.bottom() {
                break;
            }
            let mark = if row == at && self.on_button().is_none() { ">" } else { " " };
            canvas.put(area.x + 1, y, 1, mark, Ink::Plain);
            let cells = fields.iter().enumerate().skip(row * COLUMNS.len());
            let mut x = area.x + 3;
            for ((number, field), width) in cells.zip(widths) {
                let (cell, focused) = (Rect { x, y, width, height: 1 }, number == form.focus());
                draw_cell(canvas, cell, field, focused);
                canvas.target(cell, Target::Field(number));
                anchor = if focused { Some((x, y)) } else { anchor };
                x += width + 1;
            }
            y += 1;
            for (line, ink) in below(fields, &places, row) {
                if y < area.bottom() {
                    canvas.put(area.x + 3, y, area.width.saturating_sub(4), &line, ink);
                    y += 1;
                }
            }
        }
        anchor
    }
}

/// What stands below a row: where it goes when that is elsewhere than the order, and what is wrong with it.
fn below(fields: &[Field], places: &Places, row: usize) -> Vec<(String, Ink)> {
    let cells = fields.iter().skip(row * COLUMNS.len()).take(COLUMNS.len());
    let why = cells.into_iter().find_map(|field| field.error.as_ref().map(|why| format!("x {}: {why}", field.label)));
    let to = places.elsewhere(fields, row).map(|to| (format!("to {to}"), Ink::Dim));
    to.into_iter().chain(why.map(|why| (why, Ink::Bad))).collect()
}

fn is_number(head: &str) -> bool {
    matches!(head, "Qty" | "Mths" | "Price" | "Deposit")
}

/// The cells of each column in a row of that width.
fn widths(cells: u16) -> [u16; 8] {
    let mut widths = HEADS.map(|(_, width)| width);
    let needed: u16 = widths.iter().sum::<u16>() + 7 + 4;
    let spare = cells.saturating_sub(needed);
    widths[1] += (spare / 3).min(14);
    widths[7] += (spare / 6).min(5);
    widths[0] += spare - (spare / 3).min(14) - (spare / 6).min(5);
    widths
}

/// The first row in sight, so that the focused one is, with what stands below it.
fn first_row(fields: &[Field], places: &Places, at: usize, height: usize) -> usize {
    let lines = |row: usize| 1 + below(fields, places, row).len();
    let (mut first, mut used) = (at, lines(at));
    while first > 0 && used + lines(first - 1) <= height {
        first -= 1;
        used += lines(first);
    }
    first
}

/// Draws one value; the focused one stands in brackets.
fn draw_cell(canvas: &mut Canvas<'_>, place: Rect, field: &Field, focused: bool) {
    let cells = usize::from(place.width);
    let (text, caret) = match &field.kind {
        Kind::Choice { .. } => (field.item().map_or_else(String::new, |item| item.text.clone()), None),
        Kind::Text(line) | Kind::Amount(line) | Kind::Date { line, .. } | Kind::Lookup { line, .. } if focused => {
            // Behind a text that just fits the caret stands on the bracket.
            let fits = format::width(line.text()) <= cells;
            let (text, caret) = line.view(if fits { cells + 1 } else { cells });
            (text, Some(caret))
        }
        Kind::Text(line) | Kind::Amount(line) | Kind::Date { line, .. } | Kind::Lookup { line, .. } => {
            (format::cut(line.text(), cells), None)
        }
        Kind::Check(_) | Kind::Notes(..) => (String::new(), None),
    };
    let is_right = place.width <= 9 && !matches!(field.kind, Kind::Choice { .. });
    let align = if is_right || matches!(field.kind, Kind::Amount(_)) { Align::Right } else { Align::Left };
    let indent = if align == Align::Right { cells.saturating_sub(format::width(&text)) } else { 0 };
    let ink = match (focused, field.error.is_some()) {
        (true, _) => Ink::Focus,
        (false, true) => Ink::Bad,
        (false, false) => Ink::Field,
    };
    canvas.put(place.x, place.y, place.width, &format::pad(&text, cells, align), ink);
    if focused {
        canvas.put(place.x - 1, place.y, 1, "[", Ink::Plain);
        canvas.put(place.right(), place.y, 1, "]", Ink::Plain);
    }
    if let Some(caret) = caret {
        let column = u16::try_from(indent + caret).unwrap_or(0).min(place.width);
        canvas.set_caret(place.x + column, place.y);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::frequency::Frequency;

    #[test]
    fn every_frequency_has_room_for_its_word() {
        let room = HEADS.iter().find(|(head, _)| *head == "Every").map(|(_, cells)| usize::from(*cells));
        for frequency in Frequency::ALL {
            assert!(room >= Some(format::width(frequency.word())), "{frequency}");
        }
    }
}
