//! The sections of one record, gone through with Tab: the open one in brackets, each with its count where it is known.

use ratatui::layout::Rect;

use super::canvas::Canvas;
use super::hits::Target;
use crate::tui::command::Command;
use crate::tui::format;
use crate::tui::theme::Ink;

/// The names of the sections, and which one is open.
#[derive(Clone, Debug)]
pub struct Sections {
    names: Vec<&'static str>,
    counts: Vec<Option<usize>>,
    active: usize,
}

impl Sections {
    /// Sections by their names; the first is open.
    pub fn new(names: &[&'static str]) -> Self {
        Self { names: names.to_vec(), counts: vec![None; names.len()], active: 0 }
    }

    /// The number of the open one.
    pub const fn active(&self) -> usize {
        self.active
    }

    /// Says how many rows a section has.
    pub fn set_count(&mut self, section: usize, count: usize) {
        if let Some(known) = self.counts.get_mut(section) {
            *known = Some(count);
        }
    }

    /// Opens another one; false when it was open already, or there is none of that number.
    pub const fn choose(&mut self, section: usize) -> bool {
        let changed = section != self.active && section < self.names.len();
        if changed {
            self.active = section;
        }
        changed
    }

    /// Tab and Shift+Tab, round the end; false when the command is another one.
    pub const fn command(&mut self, command: Command) -> bool {
        let count = self.names.len();
        let step = match command {
            Command::Next => 1,
            Command::Prev if count > 0 => count - 1,
            _ => return false,
        };
        if count > 0 {
            self.active = (self.active + step) % count;
        }
        true
    }

    /// Draws one line; counts give way where there is little room. A press of the mouse is [`Target::Chip`].
    pub fn render(&self, canvas: &mut Canvas<'_>, area: Rect) {
        let texts = |counted: bool| -> Vec<String> {
            let text = |(number, name): (usize, &&str)| match self.counts.get(number).copied().flatten() {
                Some(count) if counted => format!("{name} {count}"),
                _ => (*name).to_owned(),
            };
            self.names.iter().enumerate().map(text).collect()
        };
        let needed = |texts: &[String]| texts.iter().map(|text| format::width(text) + 1).sum::<usize>() + 2;
        let mut shown = texts(true);
        if needed(&shown) > usize::from(area.width) {
            shown = texts(false);
        }
        // Two blanks between the names where they fit, else one.
        let gap = u16::from(needed(&shown) + shown.len() <= usize::from(area.width));
        let mut x = area.x;
        for (number, text) in shown.into_iter().enumerate() {
            let open = number == self.active;
            let (text, ink) = if open { (format!("[{text}]"), Ink::Active) } else { (text, Ink::Plain) };
            let used = canvas.put(x, area.y, area.right().saturating_sub(x), &text, ink);
            canvas.target(Rect { x, width: used, height: 1, ..area }, Target::Chip(number));
            x += used + 1 + gap;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tab_goes_round_both_ways() {
        let mut sections = Sections::new(&["Overview", "Orders", "Notes"]);
        assert!(sections.command(Command::Prev));
        assert_eq!(sections.active(), 2);
        assert!(sections.command(Command::Next));
        assert_eq!(sections.active(), 0);
        assert!(!sections.command(Command::Up) && sections.choose(1) && !sections.choose(1) && !sections.choose(9));
        assert!(Sections::new(&[]).command(Command::Next));
    }
}
