//! One line of text with a caret, on tui-input.

use tui_input::{Input, InputRequest};

use crate::tui::command::Command;
use crate::tui::format;

/// A line one types into. A text filled in beforehand is *fresh*: the first character typed replaces it.
#[derive(Clone, Debug)]
pub struct Line {
    input: Input,
    fresh: bool,
    longest: usize,
}

impl Line {
    /// An empty line for at most `longest` characters.
    pub fn new(longest: usize) -> Self {
        Self { input: Input::default(), fresh: true, longest }
    }

    /// Puts a text in; it is fresh.
    pub fn set(&mut self, text: &str) {
        self.input = Input::new(format::clean_input(text, self.longest));
        self.fresh = true;
    }

    /// What stands there.
    pub fn text(&self) -> &str {
        self.input.value()
    }

    /// Nothing was typed since it was filled in.
    pub const fn is_fresh(&self) -> bool {
        self.fresh
    }

    /// The text is to be changed, not replaced.
    pub const fn touch(&mut self) {
        self.fresh = false;
    }

    /// Writes a character; false when there is no room for it or it has no business here.
    pub fn typed(&mut self, letter: char) -> bool {
        if format::is_hidden(letter) {
            return false;
        }
        if self.fresh {
            self.input.reset();
        }
        self.fresh = false;
        let room = self.text().chars().count() < self.longest;
        if room {
            self.input.handle(InputRequest::InsertChar(letter));
        }
        room
    }

    /// Writes a pasted text, as far as there is room.
    pub fn pasted(&mut self, text: &str) -> bool {
        let text = text.trim();
        text.chars().filter(|letter| self.typed(*letter)).count() > 0
    }

    /// Moves the caret or deletes. `None` when the command means nothing to a line, else whether the text changed.
    pub fn command(&mut self, command: Command) -> Option<bool> {
        let request = match command {
            Command::Left => InputRequest::GoToPrevChar,
            Command::Right => InputRequest::GoToNextChar,
            Command::Home => InputRequest::GoToStart,
            Command::End => InputRequest::GoToEnd,
            Command::DelLeft => InputRequest::DeletePrevChar,
            Command::DelRight => InputRequest::DeleteNextChar,
            Command::DelWord => InputRequest::DeletePrevWord,
            Command::ClearField => InputRequest::DeleteLine,
            _ => return None,
        };
        self.fresh = false;
        Some(self.input.handle(request).is_some_and(|changed| changed.value))
    }

    /// The part of the line to show in `cells`, and the cell of the caret in it; the caret is always in sight.
    pub fn view(&self, cells: usize) -> (String, usize) {
        let before: String = self.text().chars().take(self.input.cursor()).collect();
        let before = format::clean(&before).into_owned();
        let mut start = 0;
        let caret = format::width(&before);
        let text = format::clean(self.text()).into_owned();
        let mut rest: &str = &text;
        while caret - start >= cells.max(1) {
            let (first, used) = match format::clip(rest, 1) {
                ("", _) => format::clip(rest, 2),
                one => one,
            };
            if first.is_empty() {
                break;
            }
            rest = rest.get(first.len()..).unwrap_or("");
            start += used;
            if start > caret {
                break;
            }
        }
        (format::clip(rest, cells).0.to_owned(), caret.saturating_sub(start))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_filled_in_is_replaced_by_typing_and_kept_by_moving() {
        let mut line = Line::new(10);
        line.set("89.00");
        assert!(line.is_fresh());
        line.typed('4');
        assert_eq!(line.text(), "4");
        line.set("89.00");
        line.command(Command::DelLeft);
        assert_eq!(line.text(), "89.0");
        line.typed('5');
        assert_eq!(line.text(), "89.05");
    }

    #[test]
    fn no_more_than_the_longest_and_nothing_hidden() {
        let mut line = Line::new(4);
        assert!(line.pasted(" ab\u{202e}cdef "));
        assert_eq!(line.text(), "abcd");
        assert!(!line.typed('e'));
        assert_eq!(line.command(Command::Up), None);
    }

    #[test]
    fn the_caret_is_always_in_sight() {
        let mut line = Line::new(200);
        line.set("漢字漢字漢字");
        for cells in 0..20 {
            let (shown, caret) = line.view(cells);
            assert!(format::width(&shown) <= cells, "{shown} in {cells}");
            assert!(caret <= cells.max(2), "{caret} in {cells}");
        }
        assert_eq!(line.view(20), ("漢字漢字漢字".to_owned(), 12));
        line.command(Command::Home);
        assert_eq!(line.view(4), ("漢字".to_owned(), 0));
        line.set("1200");
        assert_eq!(line.view(4), ("200".to_owned(), 3), "no more goes than the caret needs");
        assert_eq!(line.view(5), ("1200".to_owned(), 4));
    }
}
