//! A long text to read: what an import would do, a message, a report of trouble.

use ratatui::layout::Rect;

use super::boxed;
use crate::tui::command::{Able, Command};
use crate::tui::desk::Desk;
use crate::tui::format;
use crate::tui::keymap::Context;
use crate::tui::reply::{Dialog, Input, Reply};
use crate::tui::theme::Ink;
use crate::tui::widgets::canvas::Canvas;

/// A text with a title.
#[derive(Debug)]
pub struct Text {
    title: String,
    body: String,
    top: usize,
    page: usize,
    most: usize,
}

impl Text {
    /// A text; its lines are broken where the window ends.
    pub fn new(title: impl Into<String>, text: impl Into<String>) -> Self {
        Self { title: title.into(), body: text.into(), top: 0, page: 1, most: usize::MAX }
    }
}

impl Dialog for Text {
    fn context(&self) -> Context {
        Context::Help
    }

    fn can(&self, command: Command) -> Able {
        if command == Command::FindErase { Able::NotHere } else { Able::Yes }
    }

    fn handle(&mut self, input: Input, _desk: &Desk) -> Reply {
        let Input::Command(command) = input else { return Reply::Nothing };
        self.top = match command {
            Command::Up => self.top.saturating_sub(1),
            Command::Down => self.top + 1,
            Command::PageUp => self.top.saturating_sub(self.page),
            Command::PageDown => self.top + self.page,
            Command::Copy => return Reply::Copy(self.body.clone()),
            _ => return Reply::Pass,
        }
        .min(self.most);
        Reply::Nothing
    }

    fn hint(&self) -> String {
        "Up and Down scroll; Ctrl+C copies the text.".to_owned()
    }

    fn render(&mut self, canvas: &mut Canvas<'_>, area: Rect) {
        let width = area.width.saturating_sub(4).min(100);
        let lines = format::wrap(&self.body, usize::from(width.saturating_sub(4)));
        let wanted = u16::try_from(lines.len()).unwrap_or(u16::MAX).saturating_add(2);
        let inside = boxed(canvas, area, width, wanted.min(area.height.saturating_sub(2)), &self.title);
        self.page = usize::from(inside.height).max(1);
        self.most = lines.len().saturating_sub(self.page);
        self.top = self.top.min(self.most);
        for (y, line) in (inside.y..inside.bottom()).zip(lines.iter().skip(self.top)) {
            canvas.put(inside.x + 1, y, inside.width.saturating_sub(2), line, Ink::Plain);
        }
    }
}
