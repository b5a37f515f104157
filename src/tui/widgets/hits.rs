//! Where the mouse can press: each drawing declares its targets anew.

use ratatui::layout::{Position, Rect};

use crate::tui::command::Command;

/// What is pressed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Target {
    /// A word of the footer or a button that is a command.
    Command(Command),
    /// A tab, by its number.
    Tab(usize),
    /// A row of a table or list, by its number among the rows that are loaded.
    Row(usize),
    /// The head of a column, by its number.
    Head(usize),
    /// The wheel turned over a list, so many rows; down is positive.
    Wheel(i8),
    /// A saved view or a filter, by its number.
    Chip(usize),
    /// A field of a form, by its number.
    Field(usize),
    /// A button, by its number.
    Button(usize),
}

/// All targets of the last drawing.
#[derive(Debug, Default)]
pub struct Hits(Vec<(Rect, Target)>);

impl Hits {
    /// Declares a target; a later one lies above an earlier one.
    pub fn add(&mut self, area: Rect, target: Target) {
        if !area.is_empty() {
            self.0.push((area, target));
        }
    }

    /// Forgets all targets: something now lies above them.
    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// What lies at a cell.
    pub fn at(&self, x: u16, y: u16) -> Option<Target> {
        let cell = Position { x, y };
        self.0.iter().rev().find(|(area, _)| area.contains(cell)).map(|(_, target)| *target)
    }
}
