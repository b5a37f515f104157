//! The list of values that opens below a field: type to narrow, arrows to choose.

use ratatui::layout::Rect;

use super::field::Item;
use super::{Ahead, Unknown};
use crate::tui::command::Command;
use crate::tui::format::{self, Align};
use crate::tui::theme::Ink;
use crate::tui::widgets::canvas::Canvas;
use crate::tui::widgets::hits::Target;
use crate::tui::widgets::panel;

/// The rows a list shows at most.
const ROWS: u16 = 8;

/// Values to choose from.
#[derive(Clone, Debug)]
pub struct List {
    title: String,
    items: Vec<Item>,
    at: usize,
    /// Letters go to the value that begins so; else they narrow the list.
    ahead: Option<Ahead>,
}

impl List {
    /// A list; the cursor stands on the item with `key`, or on the first.
    pub fn new(title: impl Into<String>, items: Vec<Item>, key: Option<&str>) -> Self {
        let at = items.iter().position(|item| Some(item.key.as_str()) == key).unwrap_or(0);
        Self { title: title.into(), items, at, ahead: None }
    }

    /// A list whose values are found by typing a word of one.
    pub fn fixed(title: impl Into<String>, items: Vec<Item>, key: Option<&str>) -> Self {
        Self { ahead: Some(Ahead::default()), ..Self::new(title, items, key) }
    }

    /// Whether letters go to the value that begins so.
    pub const fn is_fixed(&self) -> bool {
        self.ahead.is_some()
    }

    /// Puts the cursor on the value that begins with what was typed; the list stays open.
    pub fn typed(&mut self, letter: char) -> Result<(), Unknown> {
        if let Some(ahead) = &mut self.ahead {
            self.at = ahead.typed(self.items.iter().map(|item| item.text.as_str()), letter)?;
        }
        Ok(())
    }

    /// The item under the cursor.
    pub fn item(&self) -> Option<&Item> {
        self.items.get(self.at)
    }

    /// The item of that number.
    pub fn at(&self, number: usize) -> Option<&Item> {
        self.items.get(number)
    }

    /// Moves the cursor; false when the command means nothing to a list.
    pub fn command(&mut self, command: Command) -> bool {
        let last = self.items.len().saturating_sub(1);
        self.at = match command {
            Command::FieldUp | Command::Up => self.at.saturating_sub(1),
            Command::FieldDown | Command::Down => (self.at + 1).min(last),
            Command::DelLeft if self.ahead.is_some() => {
                let texts = self.items.iter().map(|item| item.text.as_str());
                let found = self.ahead.as_mut().and_then(|ahead| ahead.erased(texts));
                self.at = found.unwrap_or(self.at);
                return true;
            }
            _ => return false,
        };
        if let Some(ahead) = &mut self.ahead {
            ahead.clear();
        }
        true
    }

    /// Draws the list below the cell (`x`, `y`), or above it when there is no room below.
    pub fn render(&self, canvas: &mut Canvas<'_>, within: Rect, x: u16, y: u16) {
        let count = u16::try_from(self.items.len()).unwrap_or(u16::MAX).clamp(1, ROWS);
        let height = count + 2;
        let below = within.bottom().saturating_sub(y + 1) >= height;
        let top = if below { y + 1 } else { y.saturating_sub(height).max(within.y) };
        let widest =
            |text: fn(&Item) -> &str| self.items.iter().map(|item| format::width(text(item))).max().unwrap_or(0);
        let (texts, notes) = (widest(|item| &item.text), widest(|item| &item.note));
        let wanted = (texts + notes + 8).max(format::width(&self.title) + 8).max(40);
        let width = u16::try_from(wanted).unwrap_or(u16::MAX).min(within.width);
        let left = x.min(within.right().saturating_sub(width));
        let area = Rect { x: left, y: top, width, height }.intersection(within);
        canvas.wipe(area, Ink::Plain);
        let inside = panel::draw(canvas, area, &self.title, "");
        self.rows(canvas, inside, texts.min(usize::from(width).saturating_sub(notes + 8)));
    }

    fn rows(&self, canvas: &mut Canvas<'_>, inside: Rect, texts: usize) {
        if self.items.is_empty() {
            canvas.put(inside.x + 1, inside.y, inside.width, "Nothing matches. Type something else.", Ink::Dim);
            return;
        }
        let height = usize::from(inside.height).max(1);
        let first = (self.at + 1).saturating_sub(height);
        for (y, (number, item)) in (inside.y..inside.bottom()).zip(self.items.iter().enumerate().skip(first)) {
            let line = Rect { y, height: 1, ..inside };
            let cursor = if number == self.at { " > " } else { "   " };
            let text = format!("{cursor}{}  {}", format::pad(&item.text, texts, Align::Left), item.note);
            canvas.put(line.x, y, line.width, &text, Ink::Plain);
            if number == self.at {
                canvas.tint(line, Ink::Cursor);
            }
            canvas.target(line, Target::Row(number));
        }
    }
}
