//! A question answered by yes or no.
//!
//! Where yes cannot be taken back, No has the cursor, and a press that may come from a held key never answers: Enter
//! held down on the row behind must not run through the question.

use ratatui::layout::Rect;

use super::boxed;
use crate::tui::command::Command;
use crate::tui::desk::Desk;
use crate::tui::format;
use crate::tui::keymap::Context;
use crate::tui::reply::{Dialog, Input, Question, Reply};
use crate::tui::theme::Ink;
use crate::tui::widgets::canvas::Canvas;
use crate::tui::widgets::hits::Target;

/// The widest line of a question.
const WIDEST: u16 = 60;

/// A question on the screen.
#[derive(Debug)]
pub struct Confirm {
    question: Box<Question>,
    yes: bool,
}

impl Confirm {
    /// Asks.
    pub fn new(question: Box<Question>) -> Self {
        let yes = !question.dangerous;
        Self { question, yes }
    }

    fn answer(&mut self, yes: bool) -> Reply {
        if yes {
            let then = std::mem::replace(&mut self.question.then, Reply::Nothing);
            Reply::All(vec![Reply::Close, then])
        } else {
            Reply::Close
        }
    }
}

impl Dialog for Confirm {
    fn context(&self) -> Context {
        Context::Dialog
    }

    fn takes_soon(&self, command: Command) -> bool {
        self.takes_held(command)
    }

    fn takes_held(&self, command: Command) -> bool {
        !matches!(command, Command::Press | Command::Yes | Command::Back)
    }

    fn word(&self, command: Command) -> Option<&'static str> {
        match command {
            Command::Yes => Some(self.question.yes),
            Command::No => Some(self.question.no),
            Command::Back => Some(if self.question.escape_is_yes { self.question.yes } else { self.question.no }),
            Command::Press => Some(if self.yes { self.question.yes } else { self.question.no }),
            _ => None,
        }
    }

    fn handle(&mut self, input: Input, _desk: &Desk) -> Reply {
        match input {
            Input::Command(Command::Yes) | Input::Clicked(Target::Button(0)) => self.answer(true),
            Input::Command(Command::No) | Input::Clicked(Target::Button(_)) => self.answer(false),
            Input::Command(Command::Press) => self.answer(self.yes),
            Input::Command(Command::Back) => self.answer(self.question.escape_is_yes),
            Input::Command(Command::Left | Command::Right | Command::Next | Command::Prev) => {
                self.yes = !self.yes;
                Reply::Nothing
            }
            Input::Command(_) => Reply::Pass,
            Input::Typed(_) | Input::Pasted(_) | Input::Clicked(_) | Input::Given(_) => Reply::Nothing,
        }
    }

    fn hint(&self) -> String {
        let plain = "Letters answer: y is yes, n is no.";
        if self.question.escape_is_yes { "y discards, n keeps typing; Esc again discards too." } else { plain }
            .to_owned()
    }

    fn render(&mut self, canvas: &mut Canvas<'_>, area: Rect) {
        let room = area.width.saturating_sub(6).min(WIDEST);
        let wrapped = |line: &String| format::wrap(line, usize::from(room));
        let lines: Vec<String> = self.question.lines.iter().flat_map(wrapped).collect();
        let buttons = format::width(self.question.yes) + format::width(self.question.no) + 20;
        let needed = lines.iter().map(|line| format::width(line)).max().unwrap_or(0);
        let needed = needed.max(buttons).max(format::width(&self.question.title) + 4);
        let width = u16::try_from(needed).unwrap_or(room).min(room);
        let height = u16::try_from(lines.len()).unwrap_or(u16::MAX).saturating_add(6);
        let inside = boxed(canvas, area, width + 6, height, &self.question.title);
        for (y, line) in (inside.y + 1..inside.bottom()).zip(&lines) {
            canvas.put(inside.x + 2, y, inside.width.saturating_sub(2), line, Ink::Plain);
        }
        let words = [(self.question.yes, 'y', self.yes), (self.question.no, 'n', !self.yes)];
        let y = inside.bottom().saturating_sub(2);
        let mut x = inside.x + 3;
        for (number, (word, letter, chosen)) in words.into_iter().enumerate() {
            let text = format!("{}[ {letter} {word} ]", if chosen { '>' } else { ' ' });
            let used = canvas.put(x, y, inside.right().saturating_sub(x), &text, Ink::Plain);
            let place = Rect { x, y, width: used, height: 1 };
            if chosen {
                canvas.tint(place, Ink::Cursor);
            }
            canvas.target(place, Target::Button(number));
            x += used + 3;
        }
    }
}
