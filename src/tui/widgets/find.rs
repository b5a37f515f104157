//! The box one types into to find something. The caret stays at its end: Left and Right change the view.

use ratatui::layout::Rect;
use tui_input::{Input, InputRequest};

use super::canvas::Canvas;
use crate::domain::text::LONGEST_SEARCH as LONGEST;
use crate::tui::command::Command;
use crate::tui::format;
use crate::tui::theme::Ink;

/// A text to find.
#[derive(Clone, Debug, Default)]
pub struct Find(Input);

impl Find {
    /// A box with a text in it.
    pub fn with(text: &str) -> Self {
        Self(Input::new(format::clean_input(text, LONGEST)))
    }

    /// What was typed.
    pub fn text(&self) -> &str {
        self.0.value()
    }

    /// Whether nothing is typed.
    pub fn is_empty(&self) -> bool {
        self.text().is_empty()
    }

    /// Writes a character. False when nothing changed: a leading blank finds nothing.
    pub fn typed(&mut self, letter: char) -> bool {
        let refused =
            format::is_hidden(letter) || (letter == ' ' && self.is_empty()) || self.text().chars().count() >= LONGEST;
        if !refused {
            self.0.handle(InputRequest::InsertChar(letter));
        }
        !refused
    }

    /// Writes a pasted text.
    pub fn pasted(&mut self, text: &str) -> bool {
        let mut changed = false;
        for letter in text.trim().chars().take(LONGEST) {
            changed |= self.typed(letter);
        }
        changed
    }

    /// Does what the command means for the box. `None` when it means nothing here, else whether the text changed.
    pub fn command(&mut self, command: Command) -> Option<bool> {
        let changed = !self.is_empty();
        match command {
            Command::FindErase => {
                self.0.handle(InputRequest::DeletePrevChar);
            }
            Command::FindClear => self.clear(),
            _ => return None,
        }
        Some(changed)
    }

    /// Empties the box.
    pub fn clear(&mut self) {
        self.0.reset();
    }

    /// Draws one line: ` Find: text_      remark`. The remark stands at the right while there is room.
    pub fn render(&self, canvas: &mut Canvas<'_>, area: Rect, label: &str, remark: &str) {
        if area.is_empty() {
            return;
        }
        let label = format!(" {label}: ");
        let start = area.x + canvas.put(area.x, area.y, area.width, &label, Ink::Title);
        let room = area.right().saturating_sub(start + 1);
        // One types at its end, so that is the part to show.
        let text = format::clean(self.text());
        let shown = format::clip_end(&text, usize::from(room));
        let used = canvas.put(start, area.y, room, shown, Ink::Plain);
        canvas.set_caret(start + used, area.y);
        let cells = u16::try_from(format::width(remark)).unwrap_or(u16::MAX);
        if cells > 0 && start + used + 2 + cells < area.right() {
            canvas.put(area.right() - cells - 1, area.y, cells, remark, Ink::Dim);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typing_and_erasing_go_by_what_people_see() {
        let mut find = Find::default();
        assert!(!find.typed(' '));
        assert!(find.pasted("  Zoë e\u{301}\u{202e} "));
        assert_eq!(find.text(), "Zoë e\u{301}");
        assert_eq!(find.command(Command::FindErase), Some(true));
        assert_eq!(find.text(), "Zoë ");
        assert_eq!(find.command(Command::FindClear), Some(true));
        assert_eq!(find.command(Command::FindErase), Some(false));
        assert_eq!(find.command(Command::Up), None);
    }
}
