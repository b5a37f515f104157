//! What the keys do here, from the keymap. Typing narrows the list.

use ratatui::layout::Rect;

use super::boxed;
use crate::tui::command::Command;
use crate::tui::desk::Desk;
use crate::tui::format::{self, Align};
use crate::tui::keymap::{self, Context, Group};
use crate::tui::reply::{Dialog, Input, Reply};
use crate::tui::theme::Ink;
use crate::tui::widgets::canvas::Canvas;
use crate::tui::widgets::find::Find;

/// The headings, in the order they are read.
const ORDER: [Group; 5] = [Group::Record, Group::Find, Group::Typing, Group::Move, Group::Everywhere];

/// The keys of one context.
#[derive(Debug)]
pub struct Help {
    context: Context,
    find: Find,
    top: usize,
    page: usize,
    most: usize,
}

impl Help {
    /// Explains the keys of `context`.
    pub fn new(context: Context) -> Self {
        Self { context, find: Find::default(), top: 0, page: 1, most: usize::MAX }
    }

    /// Heading or `keys, sentence`.
    fn lines(&self) -> Vec<(String, &'static str)> {
        let wanted = self.find.text().to_lowercase();
        let mut lines = Vec::new();
        for group in ORDER {
            let rows = keymap::rows(self.context).filter(|row| row.group == group && !row.help.is_empty());
            let named = rows.map(|row| (keymap::keys_of(self.context, row.command), row.help));
            let fits = |(keys, help): &(String, &str)| {
                keys.to_lowercase().contains(&wanted) || help.to_lowercase().contains(&wanted)
            };
            let found: Vec<_> = named.filter(fits).collect();
            if !found.is_empty() {
                lines.push((group.title().to_owned(), ""));
                lines.extend(found);
            }
        }
        lines
    }
}

impl Dialog for Help {
    fn context(&self) -> Context {
        Context::Help
    }

    fn typing(&self) -> bool {
        true
    }

    fn handle(&mut self, input: Input, _desk: &Desk) -> Reply {
        match input {
            Input::Typed(letter) => {
                self.find.typed(letter);
                self.top = 0;
            }
            Input::Pasted(text) => {
                self.find.pasted(&text);
                self.top = 0;
            }
            Input::Command(Command::Up) => self.top = self.top.saturating_sub(1),
            Input::Command(Command::Down) => self.top = (self.top + 1).min(self.most),
            Input::Command(Command::PageUp) => self.top = self.top.saturating_sub(self.page),
            Input::Command(Command::PageDown) => self.top = (self.top + self.page).min(self.most),
            Input::Command(Command::Help) => return Reply::Close,
            Input::Command(command) if self.find.command(command).is_some() => {}
            Input::Command(_) => return Reply::Pass,
            Input::Clicked(_) | Input::Given(_) => {}
        }
        Reply::Nothing
    }

    fn hint(&self) -> String {
        "Type to find a key or a word; Up and Down scroll.".to_owned()
    }

    fn render(&mut self, canvas: &mut Canvas<'_>, area: Rect) {
        let lines = self.lines();
        let inside = boxed(canvas, area, area.width.min(100), area.height, "Keys on this page");
        if inside.height < 3 {
            return;
        }
        self.find.render(canvas, Rect { height: 1, ..inside }, "Find", "");
        let body = Rect { y: inside.y + 1, height: inside.height - 1, ..inside };
        let keys = lines.iter().filter(|line| !line.1.is_empty()).map(|line| format::width(&line.0)).max();
        let keys = keys.unwrap_or(0).min(24);
        let room = usize::from(body.width).saturating_sub(keys + 4);
        let mut shown: Vec<(String, Ink)> = Vec::new();
        for (left, help) in &lines {
            if help.is_empty() {
                shown.push((left.clone(), Ink::Head));
                continue;
            }
            for (number, part) in format::wrap(help, room).into_iter().enumerate() {
                let left = format::pad(if number == 0 { left } else { "" }, keys, Align::Left);
                shown.push((format!("  {left}  {part}"), Ink::Plain));
            }
        }
        self.page = usize::from(body.height).max(1);
        self.most = shown.len().saturating_sub(self.page);
        self.top = self.top.min(self.most);
        for (y, (text, ink)) in (body.y..body.bottom()).zip(shown.iter().skip(self.top)) {
            canvas.put(body.x + 1, y, body.width.saturating_sub(1), text, *ink);
        }
        if shown.is_empty() {
            canvas.put(body.x + 1, body.y, body.width, "No key does that here. Backspace shows all again.", Ink::Dim);
        }
    }
}
