//! A question answered by yes or no.

use super::Reply;

/// A question answered by yes or no.
#[derive(Debug)]
pub struct Question {
    /// What it is about.
    pub title: String,
    /// The question and what follows from yes; counts and sums stand here.
    pub lines: Vec<String>,
    /// The word on the yes button.
    pub yes: &'static str,
    /// The word on the no button.
    pub no: &'static str,
    /// It cannot be taken back: No has the cursor.
    pub dangerous: bool,
    /// Esc means yes as well: leaving a form by Esc, and Esc again.
    pub escape_is_yes: bool,
    /// What happens on yes.
    pub then: Reply,
}

impl Question {
    /// A question whose yes can be taken back.
    pub fn new(title: &str, line: &str, then: Reply) -> Self {
        let (title, lines) = (title.to_owned(), vec![line.to_owned()]);
        Self { title, lines, yes: "Yes", no: "No", dangerous: false, escape_is_yes: false, then }
    }

    /// A question whose yes cannot be taken back.
    pub fn dangerous(title: &str, line: &str, then: Reply) -> Self {
        Self { dangerous: true, ..Self::new(title, line, then) }
    }
}
