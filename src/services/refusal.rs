//! Two ways an Action can fail: a rule said no, or something broke.

use std::fmt;

use thiserror::Error;

use crate::documents::PaperError;
use crate::store::{StoreError, StoreFault};

/// A rule said no: nothing was written, and the sentence says what and where.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub struct Refusal {
    /// A short code for scripts: `over_paid`.
    pub code: &'static str,
    /// The sentence for a person.
    pub message: String,
    /// The field it is about, where one is.
    pub field: Option<&'static str>,
    /// More for scripts, as JSON: the dry run of a refused pass.
    pub details: Option<serde_json::Value>,
}

impl Refusal {
    /// A refusal with its sentence.
    pub fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), field: None, details: None }
    }

    /// A refusal about one field.
    pub fn of_field(field: &'static str, message: impl fmt::Display) -> Self {
        Self { code: "invalid", message: message.to_string(), field: Some(field), details: None }
    }

    /// With more for scripts.
    pub fn with(mut self, details: serde_json::Value) -> Self {
        self.details = Some(details);
        self
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.field {
            Some(field) => write!(f, "{}: {}", field.replace('_', " "), self.message),
            None => f.write_str(&self.message),
        }
    }
}

/// Why an Action was not done.
#[derive(Debug, Error)]
pub enum DeskError {
    /// A rule said no.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The book cannot be read or written, or the program is wrong.
    #[error("{0}")]
    Broken(StoreError),
}

/// What the schema refuses is a refusal, whoever asked; the rest is broken.
impl From<StoreError> for DeskError {
    fn from(error: StoreError) -> Self {
        match error.refusal() {
            Some(sentence) => Self::Refused(Refusal::new("refused_by_the_book", sentence.to_owned())),
            None => Self::Broken(error),
        }
    }
}

/// A paper that cannot be made is no fault of the book.
impl From<PaperError> for DeskError {
    fn from(error: PaperError) -> Self {
        Refusal::new("no_paper", error.to_string()).into()
    }
}

impl DeskError {
    /// The refusal, if it is one.
    pub fn refusal(&self) -> Option<&Refusal> {
        match self {
            Self::Refused(refusal) => Some(refusal),
            Self::Broken(_) => None,
        }
    }

    /// What is wrong with the book, if something is.
    pub fn fault(&self) -> Option<&StoreFault> {
        match self {
            Self::Refused(_) => None,
            Self::Broken(error) => Some(error.kind()),
        }
    }
}

/// A result of a desk.
pub type Result<T, E = DeskError> = std::result::Result<T, E>;

/// Turns a domain error into a refusal of a field.
pub(super) trait OfField<T> {
    /// The value, or the refusal of `field` with the domain's own sentence.
    fn of_field(self, field: &'static str) -> Result<T>;
}

impl<T, E: fmt::Display> OfField<T> for Result<T, E> {
    fn of_field(self, field: &'static str) -> Result<T> {
        self.map_err(|error| Refusal::of_field(field, error).into())
    }
}

/// Turns "there is none" into a refusal.
pub(super) trait OrUnknown<T> {
    /// The value, or the refusal that there is no such thing.
    fn or_unknown(self, what: &str, id: impl fmt::Display) -> Result<T>;
}

impl<T> OrUnknown<T> for Option<T> {
    fn or_unknown(self, what: &str, id: impl fmt::Display) -> Result<T> {
        self.ok_or_else(|| Refusal::new("unknown", format!("there is no {what} {id} in this book")).into())
    }
}
