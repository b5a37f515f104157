//! The seam to the services floor: what the terminal asks of a desk beyond reading, and how it hears of trouble.

use chrono::NaiveDate;

use crate::domain::format::Style;
use crate::services::pass::PassOptions;
use crate::services::{Access, DeskError};

pub use crate::services::{Action, Desk, Done};

/// Why something was not done, as a sentence to show.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Trouble {
    /// A rule says no; a person can do something about it.
    Refused {
        /// A short code: `over_paid`.
        code: &'static str,
        /// The sentence.
        sentence: String,
        /// The field it is about.
        field: Option<&'static str>,
    },
    /// Something is broken; the sentence says what.
    Broken(String),
}

impl Trouble {
    /// A refusal of the terminal's own.
    #[must_use]
    pub fn refused(sentence: &str) -> Self {
        Self::Refused { code: "refused", sentence: sentence.to_owned(), field: None }
    }

    /// The sentence to show.
    #[must_use]
    pub fn sentence(&self) -> &str {
        match self {
            Self::Refused { sentence, .. } | Self::Broken(sentence) => sentence,
        }
    }

    /// The field it is about.
    #[must_use]
    pub const fn field(&self) -> Option<&'static str> {
        match self {
            Self::Refused { field, .. } => *field,
            Self::Broken(_) => None,
        }
    }
}

impl From<DeskError> for Trouble {
    fn from(error: DeskError) -> Self {
        match error {
            DeskError::Refused(refusal) => {
                Self::Refused { code: refusal.code, sentence: sentence(&refusal.message), field: refusal.field }
            }
            DeskError::Broken(error) => {
                tracing::error!(%error, "the book failed");
                Self::Broken(sentence(&error.to_string()))
            }
        }
    }
}

/// A message of a lower floor as a sentence: a capital at its start, a stop at its end.
fn sentence(message: &str) -> String {
    let mut letters = message.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    let stop = if message.ends_with(['.', '?', '!']) { "" } else { "." };
    format!("{first}{}{stop}", letters.as_str())
}

/// How the shop writes numbers and dates; the usual way before it is set up.
#[must_use]
pub fn style(desk: &Desk) -> Style {
    desk.shop().map(|shop| shop.style).unwrap_or_default()
}

/// What the header line shows.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Banner {
    /// The shop's name.
    pub shop: String,
    /// The business day in words.
    pub today: String,
    /// Who works here.
    pub operator: String,
    /// The book is a made-up one.
    pub demo: bool,
    /// The book was opened for viewing.
    pub view_only: bool,
}

/// The header of this desk.
#[must_use]
pub fn banner(desk: &Desk) -> Banner {
    let today = desk.today();
    let shop = desk.shop().ok();
    Banner {
        shop: shop.map_or_else(|| "no shop yet".to_owned(), |shop| shop.name.clone()),
        today: format!("{} {}", today.format("%a"), style(desk).long_date(today)),
        operator: desk.operator().name.clone(),
        demo: shop.is_some_and(|shop| shop.is_demo),
        view_only: desk.book().access() == Access::ViewOnly,
    }
}

/// Performs one action.
///
/// # Errors
/// When a rule refuses it, or the book cannot be written.
pub fn perform(desk: &mut Desk, action: Action) -> Result<Done, Trouble> {
    desk.perform(action).map_err(Trouble::from)
}

/// Takes back what was done last.
///
/// # Errors
/// As [`perform`].
pub fn undo(desk: &mut Desk) -> Result<Done, Trouble> {
    perform(desk, Action::Undo(None))
}

/// Does again what was taken back.
///
/// # Errors
/// Always, so far: no action can be done again.
pub fn redo(_desk: &mut Desk) -> Result<Done, Trouble> {
    Err(Trouble::refused("What was taken back is not done again by itself: do it once more."))
}

/// Runs today's pass, which is safe to do twice, and says what it did; `None` when nothing was new.
///
/// # Errors
/// When it waits for a person, or the book cannot be written.
pub fn pass(desk: &mut Desk) -> Result<Option<String>, Trouble> {
    if !desk.is_set_up() || desk.book().access() == Access::ViewOnly {
        return Ok(None);
    }
    let report = desk.run_pass(&PassOptions::default())?;
    Ok((!report.steps.is_empty()).then(|| sentence(&report.steps.join(", "))))
}

/// What may change while nobody types.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum News {
    /// The business day is another one.
    Day,
    /// Another terminal wrote to the book.
    Book,
}

/// What was seen at the last look.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Seen {
    today: NaiveDate,
    version: Option<i64>,
}

/// What is to be seen now.
#[must_use]
pub fn seen(desk: &Desk) -> Seen {
    Seen { today: desk.today(), version: desk.book().data_version().ok() }
}

/// Looks whether something changed since the last look.
pub fn look(desk: &mut Desk, last: &mut Seen) -> Option<News> {
    let now = seen(desk);
    let before = std::mem::replace(last, now);
    if before.version != now.version
        && let Err(error) = desk.reload()
    {
        tracing::warn!(%error, "the settings could not be read again");
    }
    match (before.today != now.today, before.version != now.version) {
        (true, _) => Some(News::Day),
        (false, true) => Some(News::Book),
        (false, false) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_of_lower_floors_are_sentences() {
        assert_eq!(sentence("there is no customer 7 in this book"), "There is no customer 7 in this book.");
        assert_eq!(sentence("Écrit."), "Écrit.");
        assert_eq!(sentence("who?"), "Who?");
        assert_eq!(sentence(""), ".");
    }
}
