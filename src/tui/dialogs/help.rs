//! The help of a page: what it is for, how its jobs are done, what the keys do here. Typing narrows it.

use ratatui::layout::Rect;

use super::boxed;
use crate::tui::command::Command;
use crate::tui::desk::Desk;
use crate::tui::format::{self, Align};
use crate::tui::guide::Guide;
use crate::tui::keymap::{Context, Group};
use crate::tui::reply::{Dialog, Input, Reply};
use crate::tui::theme::Ink;
use crate::tui::widgets::canvas::Canvas;
use crate::tui::widgets::find::Find;

/// The headings, in the order they are read.
const ORDER: [Group; 5] = [Group::Record, Group::Find, Group::Typing, Group::Move, Group::Everywhere];

/// A key that does something here: its heading, the keys, what they do.
pub type KeyLine = (Group, String, String);

/// What a page is for, how its jobs are done, and the keys that do something on it.
#[derive(Debug)]
pub struct Help {
    title: String,
    guide: &'static Guide,
    keys: Vec<KeyLine>,
    find: Find,
    top: usize,
    page: usize,
    most: usize,
}

/// One line of the help.
enum Line {
    Head(String),
    /// What stands at the left, and a sentence that may need several lines.
    Told(String, String),
}

impl Help {
    /// The help of a page.
    pub fn new(title: impl Into<String>, guide: &'static Guide, keys: Vec<KeyLine>) -> Self {
        Self { title: title.into(), guide, keys, find: Find::default(), top: 0, page: 1, most: usize::MAX }
    }

    /// The lines that have what was typed.
    fn lines(&self) -> Vec<Line> {
        let wanted = self.find.text().to_lowercase();
        let fits =
            |left: &str, text: &str| left.to_lowercase().contains(&wanted) || text.to_lowercase().contains(&wanted);
        let mut lines = Vec::new();
        if wanted.is_empty() {
            lines.push(Line::Told(String::new(), self.guide.about.to_owned()));
        }
        let jobs: Vec<_> = self.guide.jobs.iter().filter(|(job, steps)| fits(job, steps)).collect();
        if !jobs.is_empty() {
            lines.push(Line::Head("How to".to_owned()));
        }
        for (job, steps) in jobs {
            lines.push(Line::Told("-".to_owned(), format!("{job}: {steps}")));
        }
        for group in ORDER {
            let own = self.keys.iter().filter(|(of, keys, help)| *of == group && fits(keys, help));
            let found: Vec<_> = own.map(|(_, keys, help)| Line::Told(keys.clone(), help.clone())).collect();
            if !found.is_empty() {
                lines.push(Line::Head(group.title().to_owned()));
                lines.extend(found);
            }
        }
        lines
    }

    /// The lines as they are drawn, broken at `width` cells.
    fn drawn(&self, width: usize) -> Vec<(String, Ink)> {
        let keys = self.keys.iter().map(|(_, keys, _)| format::width(keys)).max().unwrap_or(0).min(20);
        let mut shown: Vec<(String, Ink)> = Vec::new();
        for line in self.lines() {
            match line {
                Line::Head(text) => shown.push((text, Ink::Head)),
                Line::Told(left, text) if left.is_empty() => {
                    shown.extend(
                        format::wrap(&text, width.saturating_sub(2)).into_iter().map(|part| (part, Ink::Plain)),
                    );
                }
                Line::Told(left, text) => {
                    let keys = if left == "-" { 1 } else { keys };
                    for (number, part) in format::wrap(&text, width.saturating_sub(keys + 5)).into_iter().enumerate() {
                        let left = format::pad(if number == 0 { &left } else { "" }, keys, Align::Left);
                        let left = if keys == 1 { left } else { format!("{left} ") };
                        shown.push((format!("  {left} {part}"), Ink::Plain));
                    }
                }
            }
        }
        shown
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
        "Type to find a key or a word; Up and Down scroll, Esc closes.".to_owned()
    }

    fn render(&mut self, canvas: &mut Canvas<'_>, area: Rect) {
        let inside = boxed(canvas, area, area.width.min(100), area.height, &self.title);
        if inside.height < 3 {
            return;
        }
        self.find.render(canvas, Rect { height: 1, ..inside }, "Find", "");
        let body = Rect { y: inside.y + 1, height: inside.height - 1, ..inside };
        let shown = self.drawn(usize::from(body.width));
        self.page = usize::from(body.height).max(1);
        self.most = shown.len().saturating_sub(self.page);
        self.top = self.top.min(self.most);
        for (y, (text, ink)) in (body.y..body.bottom()).zip(shown.iter().skip(self.top)) {
            canvas.put(body.x + 1, y, body.width.saturating_sub(1), text, *ink);
        }
        if shown.is_empty() {
            canvas.put(
                body.x + 1,
                body.y,
                body.width,
                "Nothing here matches. Backspace shows all again; F10 finds a command.",
                Ink::Dim,
            );
        }
    }
}
