//! Several lines of text with a caret.

use tui_input::{Input, InputRequest};

use crate::tui::command::Command;
use crate::tui::format;

/// The longest text, in characters.
const LONGEST: usize = 4_000;

/// A text of several lines. Long lines are broken at the cell where they end; moving up and down goes by these.
#[derive(Clone, Debug)]
pub struct Notes {
    input: Input,
    width: usize,
}

/// A shown line: its characters and the number of the first one.
struct Shown {
    from: usize,
    text: String,
}

impl Notes {
    /// A text to change, shown in lines of `width` cells.
    pub fn with(text: &str, width: u16) -> Self {
        let lines: Vec<String> = text.lines().map(|line| format::clean_input(line, LONGEST)).collect();
        Self { input: Input::new(lines.join("\n").chars().take(LONGEST).collect()), width: usize::from(width.max(2)) }
    }

    /// What stands there.
    pub fn text(&self) -> &str {
        self.input.value()
    }

    /// Writes a character.
    pub fn typed(&mut self, letter: char) -> bool {
        let fits = self.text().chars().count() < LONGEST && (letter == '\n' || !format::is_hidden(letter));
        if fits {
            self.input.handle(InputRequest::InsertChar(letter));
        }
        fits
    }

    /// Writes a pasted text.
    pub fn pasted(&mut self, text: &str) -> bool {
        text.chars().filter(|letter| self.typed(*letter)).count() > 0
    }

    /// Moves the caret, deletes, starts a line. `None` when it means nothing here, else whether the text changed.
    pub fn command(&mut self, command: Command) -> Option<bool> {
        let request = match command {
            Command::Newline => return Some(self.typed('\n')),
            Command::Up => return Some(self.up_down(false)),
            Command::Down => return Some(self.up_down(true)),
            Command::Home => return Some(self.go_to_line_end(false)),
            Command::End => return Some(self.go_to_line_end(true)),
            Command::Left => InputRequest::GoToPrevChar,
            Command::Right => InputRequest::GoToNextChar,
            Command::DelLeft => InputRequest::DeletePrevChar,
            Command::DelRight => InputRequest::DeleteNextChar,
            Command::DelWord => InputRequest::DeletePrevWord,
            _ => return None,
        };
        Some(self.input.handle(request).is_some_and(|changed| changed.value))
    }

    fn shown(&self) -> Vec<Shown> {
        let mut lines = vec![Shown { from: 0, text: String::new() }];
        for (number, letter) in self.text().chars().enumerate() {
            let Some(line) = lines.last_mut() else { continue };
            if letter == '\n' {
                lines.push(Shown { from: number + 1, text: String::new() });
                continue;
            }
            line.text.push(letter);
            if format::width(&line.text) > self.width {
                line.text.pop();
                lines.push(Shown { from: number, text: letter.to_string() });
            }
        }
        lines
    }

    /// The shown line with the caret, and the characters before the caret in it.
    fn caret(&self, lines: &[Shown]) -> (usize, usize) {
        let cursor = self.input.cursor();
        let row = lines.iter().rposition(|line| line.from <= cursor).unwrap_or(0);
        (row, cursor - lines.get(row).map_or(0, |line| line.from))
    }

    fn up_down(&mut self, down: bool) -> bool {
        let lines = self.shown();
        let (row, column) = self.caret(&lines);
        let other = if down { row + 1 } else { row.wrapping_sub(1) };
        if let Some(line) = lines.get(other) {
            let column = column.min(line.text.chars().count());
            self.input.handle(InputRequest::SetCursor(line.from + column));
        }
        false
    }

    fn go_to_line_end(&mut self, end: bool) -> bool {
        let lines = self.shown();
        let (row, _) = self.caret(&lines);
        if let Some(line) = lines.get(row) {
            let column = if end { line.text.chars().count() } else { 0 };
            self.input.handle(InputRequest::SetCursor(line.from + column));
        }
        false
    }

    /// The lines to show in `rows`, and where the caret is among them (column, row).
    pub fn view(&self, rows: usize) -> (Vec<String>, (usize, usize)) {
        let lines = self.shown();
        let (row, column) = self.caret(&lines);
        let first = (row + 1).saturating_sub(rows);
        let before: String = lines.get(row).map(|line| line.text.chars().take(column).collect()).unwrap_or_default();
        let shown = lines.into_iter().skip(first).take(rows).map(|line| line.text).collect();
        (shown, (format::width(&before), row - first))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_broken_and_the_caret_goes_up_and_down() {
        let mut notes = Notes::with("one\r\ntwo three", 5);
        assert_eq!(notes.view(9).0, ["one", "two t", "hree"]);
        assert_eq!(notes.view(2).1, (4, 1));
        notes.command(Command::Up);
        assert_eq!(notes.view(9).1, (4, 1));
        notes.command(Command::Up);
        notes.typed('!');
        assert_eq!(notes.text(), "one!\ntwo three");
        notes.command(Command::Newline);
        notes.command(Command::Home);
        assert!(notes.command(Command::DelLeft).unwrap());
        assert_eq!(notes.text(), "one!\ntwo three");
        assert_eq!(notes.command(Command::Next), None);
    }

    #[test]
    fn nothing_hidden_gets_in() {
        let mut notes = Notes::with("", 40);
        notes.pasted("a\x1bb\u{202e}c\nd");
        assert_eq!(notes.text(), "abc\nd");
    }
}
