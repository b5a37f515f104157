//! Saved views and active filters, as words: the chosen view in brackets, each filter with its value.

use ratatui::layout::Rect;

use super::canvas::Canvas;
use super::hits::Target;
use crate::tui::command::Command;
use crate::tui::format;
use crate::tui::theme::Ink;

/// Saved views one goes through with Left and Right.
#[derive(Clone, Debug)]
pub struct Views {
    names: Vec<&'static str>,
    active: usize,
}

impl Views {
    /// Views by their names; the first is active.
    pub const fn new(names: Vec<&'static str>) -> Self {
        Self { names, active: 0 }
    }

    /// The number of the active view.
    pub const fn active(&self) -> usize {
        self.active
    }

    /// The name of the active view.
    pub fn name(&self) -> &'static str {
        self.names.get(self.active).copied().unwrap_or("")
    }

    /// Makes another view active; false when it was already, or there is none of that number.
    pub const fn choose(&mut self, number: usize) -> bool {
        let changed = number != self.active && number < self.names.len();
        if changed {
            self.active = number;
        }
        changed
    }

    /// Makes the view of that name active.
    pub fn choose_named(&mut self, name: &str) -> bool {
        let number = self.names.iter().position(|known| known.eq_ignore_ascii_case(name));
        number.is_some_and(|number| self.choose(number))
    }

    /// Left and Right, around the end. `None` when the command is another one.
    pub const fn command(&mut self, command: Command) -> Option<bool> {
        let count = self.names.len();
        if count == 0 {
            return None;
        }
        let step = match command {
            Command::ViewNext => 1,
            Command::ViewPrev => count - 1,
            _ => return None,
        };
        Some(self.choose((self.active + step) % count))
    }

    /// Draws ` View: [Open] Overdue Paid   Due: to 30 Nov`; a press of the mouse is [`Target::Chip`].
    pub fn render(&self, canvas: &mut Canvas<'_>, area: Rect, label: &str, filters: &[(&str, String)]) {
        if area.is_empty() {
            return;
        }
        let end = area.right();
        let mut x = area.x + canvas.put(area.x, area.y, area.width, &format!(" {label}: "), Ink::Title);
        for (number, name) in self.names.iter().enumerate() {
            let (text, ink) = if number == self.active {
                (format!("[{name}]"), Ink::Active)
            } else {
                ((*name).to_owned(), Ink::Plain)
            };
            let cells = canvas.put(x, area.y, end.saturating_sub(x), &text, ink);
            canvas.target(Rect { x, width: cells, height: 1, ..area }, Target::Chip(number));
            x += cells + 1;
        }
        for (name, value) in filters {
            x += 2;
            x += canvas.put(x, area.y, end.saturating_sub(x), &format!("{name}: "), Ink::Dim);
            x += canvas.put(x, area.y, end.saturating_sub(x), value, Ink::Active);
        }
    }

    /// The cells the views take.
    pub fn width(&self) -> usize {
        self.names.iter().map(|name| format::width(name) + 1).sum::<usize>() + 2
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn views_go_round() {
        let mut views = Views::new(vec!["Open", "Overdue", "All"]);
        assert_eq!(views.command(Command::ViewPrev), Some(true));
        assert_eq!(views.name(), "All");
        assert_eq!(views.command(Command::ViewNext), Some(true));
        assert_eq!(views.name(), "Open");
        assert!(views.choose_named("overdue") && !views.choose_named("Overdue") && !views.choose(9));
        assert_eq!(views.command(Command::Up), None);
        assert_eq!(Views::new(vec![]).command(Command::ViewNext), None);
    }
}
