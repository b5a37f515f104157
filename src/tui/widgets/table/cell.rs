//! A cell of a table.

use crate::shown::standing::Seen;
use crate::tui::theme::Ink;

/// One cell: its text and how it is meant.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Cell {
    pub text: String,
    /// How it is meant.
    pub ink: Ink,
}

impl Cell {
    /// A cell with an ink of its own.
    pub fn new(text: impl Into<String>, ink: Ink) -> Self {
        Self { text: text.into(), ink }
    }
}

impl From<Seen> for Cell {
    fn from(seen: Seen) -> Self {
        Self::new(seen.text, seen.tone.into())
    }
}

impl<T: Into<String>> From<T> for Cell {
    fn from(text: T) -> Self {
        Self::new(text, Ink::Plain)
    }
}
