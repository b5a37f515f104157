//! The seam to the services floor: every name the terminal takes from it comes through here.
//!
//! Until that floor stands this is a desk of paper, which only notes what it was asked; plugging the real one in
//! means replacing the types below by `pub use crate::services::…` and filling in the few functions.

use chrono::NaiveDate;

use crate::domain::format::Style;

/// What staff can do, performed one at a time.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Action {
    /// Notes a text.
    Note(String),
}

/// What came of an action.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Done {
    /// One sentence for the message line.
    pub said: String,
}

/// Why something was not done.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Trouble {
    /// A rule says no; a person can do something about it.
    Refused(String),
    /// Something is broken; the sentence says what is safe.
    Broken(String),
}

impl Trouble {
    /// The sentence to show.
    #[must_use]
    pub fn sentence(&self) -> &str {
        match self {
            Self::Refused(sentence) | Self::Broken(sentence) => sentence,
        }
    }
}

/// The desk staff work at.
#[derive(Debug)]
pub struct Desk {
    /// The shop's name.
    pub shop: String,
    /// The business day.
    pub today: NaiveDate,
    /// The way the shop writes numbers and dates.
    pub style: Style,
    /// What was performed.
    pub performed: Vec<Action>,
    /// Set to refuse everything, with this sentence.
    pub refuse: Option<String>,
}

impl Desk {
    /// A desk of paper.
    #[must_use]
    pub fn paper(shop: &str, today: NaiveDate) -> Self {
        Self { shop: shop.to_owned(), today, style: Style::default(), performed: Vec::new(), refuse: None }
    }
}

/// What the header line shows.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Banner {
    /// The shop's name.
    pub shop: String,
    /// The business day in words.
    pub today: String,
    /// How the last backup went.
    pub backup: String,
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
    let today = format!("{} {}", desk.today.format("%a"), desk.style.long_date(desk.today));
    Banner { shop: desk.shop.clone(), today, ..Banner::default() }
}

/// Performs one action.
///
/// # Errors
/// When a rule refuses it, or the book cannot be written.
pub fn perform(desk: &mut Desk, action: Action) -> Result<Done, Trouble> {
    if let Some(sentence) = &desk.refuse {
        return Err(Trouble::Refused(sentence.clone()));
    }
    let Action::Note(text) = &action;
    let said = format!("Noted: {text}. Ctrl+Z takes it back.");
    desk.performed.push(action);
    Ok(Done { said })
}

/// Takes back what was done last.
///
/// # Errors
/// As [`perform`].
pub fn undo(desk: &mut Desk) -> Result<Done, Trouble> {
    match desk.performed.pop() {
        Some(Action::Note(text)) => Ok(Done { said: format!("Taken back: {text}.") }),
        None => Err(Trouble::Refused("There is nothing to take back.".to_owned())),
    }
}

/// Does again what was taken back.
///
/// # Errors
/// As [`perform`].
pub fn redo(_desk: &mut Desk) -> Result<Done, Trouble> {
    Err(Trouble::Refused("There is nothing to do again.".to_owned()))
}

/// What may change while nobody types.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum News {
    /// The business day is another one.
    Day,
    /// Another terminal wrote to the book.
    Book,
}

/// Looks whether something changed since the last look.
pub const fn look(_desk: &mut Desk) -> Option<News> {
    None
}

/// Runs today's pass; safe to do twice.
///
/// # Errors
/// As [`perform`].
pub fn pass(_desk: &mut Desk) -> Result<Done, Trouble> {
    Ok(Done { said: "Read anew.".to_owned() })
}
