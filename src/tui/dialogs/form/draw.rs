//! How a form looks.

use ratatui::layout::Rect;

use super::FormDialog;
use crate::tui::dialogs::boxed;
use crate::tui::format::{self, Align};
use crate::tui::theme::Ink;
use crate::tui::widgets::canvas::Canvas;
use crate::tui::widgets::hits::Target;
use crate::tui::widgets::inputs::{Field, Kind};

/// The narrowest form.
const NARROWEST: usize = 50;
/// The longest line of why it was not saved: with it the form still fits a window of 80 cells.
const REFUSAL: usize = 68;

/// The fewest lines of fields that are leafed through above what stays.
const FEWEST: usize = 5;

/// One line of the form.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Part<'a> {
    Blank,
    Plain(&'a str),
    /// A line of why it was not saved.
    Refusal(usize),
    Field(usize),
    /// A further line of a field of several lines.
    More,
    /// What is wrong with the field of that number, and which line of it.
    Error(usize, usize),
    Buttons,
}

impl Part<'_> {
    /// Whether it may stand below the last field.
    const fn is_below(self) -> bool {
        matches!(self, Self::Blank | Self::Plain(_) | Self::Refusal(_) | Self::Buttons)
    }
}

impl FormDialog {
    pub(super) fn draw(&mut self, canvas: &mut Canvas<'_>, area: Rect) {
        let labels = self.labels();
        let width = self.width(labels).min(usize::from(area.width.saturating_sub(4)));
        let parts = self.parts(error_cells(width.saturating_sub(2), labels));
        let height = u16::try_from(parts.len() + 2).unwrap_or(u16::MAX).min(area.height);
        let title = self.heading();
        let inside = boxed(canvas, area, u16::try_from(width).unwrap_or(area.width), height, &title);
        // Where not all fits, the fields are leafed through; what saving does and the buttons stay below them.
        let below = parts.iter().rposition(|part| !part.is_below()).map_or(0, |last| parts.len() - last - 1);
        let room = usize::from(inside.height);
        let is_tall = parts.len() > room && below + FEWEST <= room;
        let (leafed, kept) = parts.split_at(parts.len() - if is_tall { below } else { 0 });
        let focused = parts.iter().position(|part| self.is_focus(*part)).unwrap_or(0).min(leafed.len());
        let top = scrolled(self.top, focused, leafed.len(), room - kept.len());
        let mut anchor = None;
        let seen = leafed.iter().skip(top).take(room - kept.len()).chain(kept);
        for (y, part) in (inside.y..inside.bottom()).zip(seen) {
            if let Part::Field(number) = *part
                && let Some(field) = self.fields.get(number)
            {
                let line = Rect { y, height: inside.bottom() - y, ..inside };
                let x = draw_field(canvas, line, field, labels, number == self.focus);
                canvas.target(Rect { height: 1, ..line }, Target::Field(number));
                if number == self.focus {
                    anchor = Some((x, y));
                }
            } else if let Part::Error(number, at) = *part {
                let why = self.fields.get(number).and_then(|field| field.error.as_deref()).unwrap_or("");
                draw_error(canvas, Rect { y, height: 1, ..inside }, why, (labels, at));
            } else {
                self.draw_part(canvas, Rect { y, height: 1, ..inside }, *part);
            }
        }
        if is_tall && top + room - kept.len() < leafed.len() {
            let line = inside.y + u16::try_from(room - kept.len()).unwrap_or(0);
            canvas.put(inside.x + 2, line, inside.width.saturating_sub(2), "v more fields below: Tab", Ink::Dim);
        }
        if let (Some(list), Some((x, y))) = (&self.list, anchor) {
            list.render(canvas, area, x, y);
        }
        self.top = top;
    }

    /// Draws only the fields, one below the other, for a page that wraps a form. Returns the row below the last one,
    /// and where the value of the focused field begins.
    pub fn draw_fields(&self, canvas: &mut Canvas<'_>, area: Rect) -> (u16, Option<(u16, u16)>) {
        let labels = self.labels();
        let (mut y, mut anchor) = (area.y, None);
        for (number, field) in self.shown() {
            if y >= area.bottom() {
                break;
            }
            let line = Rect { y, height: area.bottom() - y, ..area };
            let x = draw_field(canvas, line, field, labels, number == self.focus);
            canvas.target(Rect { height: 1, ..line }, Target::Field(number));
            if number == self.focus {
                anchor = Some((x, y));
            }
            y += 1;
            if let Some(why) = &field.error {
                for at in 0..error_lines(why, error_cells(usize::from(area.width), labels)).len() {
                    draw_error(canvas, Rect { y, height: 1, ..area }, why, (labels, at));
                    y += 1;
                }
            }
        }
        (y, anchor)
    }

    /// The fields that belong to what is filled in, with their numbers.
    fn shown(&self) -> impl Iterator<Item = (usize, &Field)> {
        self.fields.iter().enumerate().filter(|(_, field)| !field.is_hidden)
    }

    fn labels(&self) -> usize {
        self.shown().map(|(_, field)| format::width(&field.label)).max().unwrap_or(0)
    }

    fn width(&self, labels: usize) -> usize {
        let of_field = |field: &Field| {
            let hint = if field.hint.is_empty() { 0 } else { format::width(&field.hint) + 1 };
            labels + usize::from(field.width) + hint + 9
        };
        let texts = self.head.iter().chain(&self.effect).map(|line| format::width(line) + 6);
        let refusal = self.refusal_lines().iter().map(|line| format::width(line) + 8).max();
        let widest = self.shown().map(|(_, field)| of_field(field)).chain(texts).chain(refusal).max().unwrap_or(0);
        widest.max(NARROWEST).max(format::width(&self.heading()) + 8)
    }

    /// All lines; a field's error is broken after so many `cells`.
    fn parts(&self, cells: usize) -> Vec<Part<'_>> {
        let mut parts: Vec<Part<'_>> = self.head.iter().map(|line| Part::Plain(line)).collect();
        parts.push(Part::Blank);
        for (number, field) in self.shown() {
            parts.push(Part::Field(number));
            if let Kind::Notes(_, rows) = field.kind {
                parts.extend((1..rows).map(|_| Part::More));
            }
            let lines = field.error.as_ref().map_or(0, |why| error_lines(why, cells).len());
            parts.extend((0..lines).map(|at| Part::Error(number, at)));
        }
        parts.push(Part::Blank);
        if !self.effect.is_empty() {
            parts.extend(self.effect.iter().map(|line| Part::Plain(line)));
            parts.push(Part::Blank);
        }
        let refusal = self.refusal_lines().len();
        parts.extend((0..refusal).map(Part::Refusal));
        if refusal > 0 {
            parts.push(Part::Blank);
        }
        parts.push(Part::Buttons);
        parts
    }

    /// Why it was not saved, line by line.
    fn refusal_lines(&self) -> Vec<String> {
        self.refusal.as_ref().map_or_else(Vec::new, |refusal| format::wrap(refusal, REFUSAL))
    }

    fn is_focus(&self, part: Part<'_>) -> bool {
        match part {
            Part::Field(number) => number == self.focus,
            Part::Buttons => self.on_button(),
            _ => false,
        }
    }

    fn draw_part(&self, canvas: &mut Canvas<'_>, line: Rect, part: Part<'_>) {
        let cells = line.width.saturating_sub(2);
        match part {
            Part::Plain(text) => {
                canvas.put(line.x + 2, line.y, cells, text, Ink::Plain);
            }
            Part::Refusal(number) => {
                let lines = self.refusal_lines();
                let text = lines.get(number).map_or("", String::as_str);
                let mark = if number == 0 { "x" } else { " " };
                canvas.put(line.x + 2, line.y, cells, &format!("{mark} {text}"), Ink::Bad);
            }
            Part::Buttons => self.buttons(canvas, line),
            Part::Blank | Part::Field(_) | Part::More | Part::Error(..) => {}
        }
    }

    fn buttons(&self, canvas: &mut Canvas<'_>, line: Rect) {
        let words = [format!("[ F2 {} ]", self.form.save_word()), format!("[ Esc {} ]", self.form.leave_word())];
        let needed: usize = words.iter().map(|word| format::width(word) + 1).sum::<usize>() + 5;
        let mut x = line.x + line.width.saturating_sub(u16::try_from(needed).unwrap_or(0)) / 2;
        for (number, word) in words.iter().enumerate() {
            let focused = self.focus == self.save_button() + number;
            let text = format!("{}{word}", if focused { '>' } else { ' ' });
            let used = canvas.put(x, line.y, line.right().saturating_sub(x), &text, Ink::Plain);
            let place = Rect { x, width: used, ..line };
            if focused {
                canvas.tint(place, Ink::Cursor);
            }
            canvas.target(place, Target::Button(number));
            x += used + 5;
        }
    }
}

/// The cells an error has in a line of `width`, behind its indent.
const fn error_cells(width: usize, labels: usize) -> usize {
    width.saturating_sub(labels + 5)
}

/// What is wrong, broken into lines; the first has the mark.
fn error_lines(why: &str, cells: usize) -> Vec<String> {
    let lines = format::wrap(why, cells.saturating_sub(2).max(8));
    lines.into_iter().enumerate().map(|(at, line)| format!("{} {line}", if at == 0 { "x" } else { " " })).collect()
}

/// One line of what is wrong, below the value it is about.
fn draw_error(canvas: &mut Canvas<'_>, line: Rect, why: &str, (labels, at): (usize, usize)) {
    let indent = u16::try_from(labels).unwrap_or(0) + 4;
    let lines = error_lines(why, error_cells(usize::from(line.width), labels));
    let text = lines.get(at).map_or("", String::as_str);
    canvas.put(line.x + indent, line.y, line.width.saturating_sub(indent), text, Ink::Bad);
}

/// The first line in sight, so that the focused one is, with a line below it where there is one.
fn scrolled(top: usize, focused: usize, count: usize, height: usize) -> usize {
    let last = (focused + 2).min(count);
    top.clamp(last.saturating_sub(height), focused.min(count.saturating_sub(height)).max(last.saturating_sub(height)))
}

/// Draws one field and says in which column its value begins.
fn draw_field(canvas: &mut Canvas<'_>, line: Rect, field: &Field, labels: usize, focused: bool) -> u16 {
    let label = format::pad(&field.label, labels, Align::Left);
    let cursor = if focused { '>' } else { ' ' };
    let ink = if focused { Ink::Title } else { Ink::Plain };
    let start = line.x + canvas.put(line.x, line.y, line.width, &format!("{cursor} {label}  "), ink);
    let room = line.right().saturating_sub(start + 3);
    let cells = field.width.min(room);
    let ink = if focused { Ink::Focus } else { Ink::Field };
    let end = match &field.kind {
        Kind::Check(on) => {
            let used = canvas.put(start, line.y, 3, if *on { "[x]" } else { "[ ]" }, Ink::Plain);
            if focused {
                canvas.tint(Rect { x: start, width: used, height: 1, ..line }, ink);
            }
            start + used
        }
        Kind::Choice { .. } => {
            let text = field.item().map_or("- choose -", |item| item.text.as_str());
            let text = format::pad(text, usize::from(cells.saturating_sub(2)), Align::Left);
            value(canvas, line, (start, cells), &format!("{text} v"), ink)
        }
        Kind::Notes(notes, rows) => {
            let (lines, (column, row)) = notes.view(usize::from(*rows));
            for (y, number) in (line.y..line.bottom()).zip(0..usize::from(*rows)) {
                let text = lines.get(number).map_or("", String::as_str);
                value(canvas, Rect { y, ..line }, (start, cells), text, ink);
            }
            if focused {
                put_caret(canvas, start + 1, line.y + u16::try_from(row).unwrap_or(0), column);
            }
            start + cells + 2
        }
        Kind::Text(text) | Kind::Amount(text) | Kind::Date { line: text, .. } | Kind::Lookup { line: text, .. } => {
            let (shown, caret) = text.view(usize::from(cells));
            let indent = match field.align() {
                Align::Right => usize::from(cells).saturating_sub(format::width(&shown)),
                Align::Left => 0,
            };
            let end = value(canvas, line, (start, cells), &format!("{}{shown}", " ".repeat(indent)), ink);
            if focused {
                put_caret(canvas, start + 1, line.y, (indent + caret).min(usize::from(cells)));
            }
            end
        }
    };
    canvas.put(end + 1, line.y, line.right().saturating_sub(end + 1), &field.hint, Ink::Dim);
    start
}

/// Draws `[value      ]` and returns the column behind it.
fn value(canvas: &mut Canvas<'_>, line: Rect, (x, cells): (u16, u16), text: &str, ink: Ink) -> u16 {
    canvas.put(x, line.y, 1, "[", Ink::Plain);
    canvas.put(x + 1, line.y, cells, &format::pad(text, usize::from(cells), Align::Left), ink);
    canvas.put(x + 1 + cells, line.y, 1, "]", Ink::Plain);
    x + cells + 2
}

fn put_caret(canvas: &mut Canvas<'_>, x: u16, y: u16, column: usize) {
    canvas.set_caret(x + u16::try_from(column).unwrap_or(0), y);
}
