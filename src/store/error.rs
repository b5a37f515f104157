//! What can be wrong with a book. One sentence a fault: what happened, what is safe, what to do.

use std::error::Error;
use std::path::{Path, PathBuf};

pub use super::sentences::StoreFault;
use super::sentences::sentence;

/// A result of the store.
pub type Result<T, E = StoreError> = std::result::Result<T, E>;

/// A fault of a book, with what is needed to say it well.
#[derive(Debug, thiserror::Error)]
#[error("{}", sentence(.fault, .path.as_deref(), .backup.as_deref()))]
pub struct StoreError {
    fault: StoreFault,
    path: Option<PathBuf>,
    backup: Option<PathBuf>,
    detail: String,
    source: Option<Box<dyn Error + Send + Sync>>,
}

impl StoreError {
    /// A fault without more to say.
    pub fn new(fault: StoreFault) -> Self {
        Self { fault, path: None, backup: None, detail: String::new(), source: None }
    }

    /// A rule of the store said no.
    pub fn refused(sentence: impl Into<String>) -> Self {
        Self::new(StoreFault::Refused(sentence.into()))
    }

    /// A fault of the program: what was seen.
    pub fn broken(detail: impl Into<String>) -> Self {
        Self { detail: detail.into(), ..Self::new(StoreFault::Broken) }
    }

    /// What is wrong.
    pub fn kind(&self) -> &StoreFault {
        &self.fault
    }

    /// What the schema said, when it was the schema that said no.
    pub fn refusal(&self) -> Option<&str> {
        match &self.fault {
            StoreFault::Refused(words) => Some(words),
            _ => None,
        }
    }

    /// What a developer wants to read in the log: never shown to staff, never with values.
    pub fn detail(&self) -> &str {
        &self.detail
    }

    /// The file concerned.
    pub fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// The newest good backup, when the book is damaged and there is one.
    pub fn backup(&self) -> Option<&Path> {
        self.backup.as_deref()
    }

    pub(super) fn caused(fault: StoreFault, source: impl Error + Send + Sync + 'static) -> Self {
        Self { source: Some(Box::new(source)), ..Self::new(fault) }
    }

    /// Names the file, unless a closer one is named already.
    pub(super) fn at(mut self, path: &Path) -> Self {
        self.path.get_or_insert_with(|| path.to_owned());
        self
    }

    /// The same error with more known about its fault.
    pub(super) fn because(mut self, fault: StoreFault) -> Self {
        self.fault = fault;
        self
    }

    pub(super) fn with_detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = detail.into();
        self
    }

    pub(super) fn with_backup(mut self, backup: Option<PathBuf>) -> Self {
        self.backup = backup;
        self
    }

    /// Notes the statement, for the log.
    pub(super) fn during(mut self, sql: &str) -> Self {
        let first: String = sql.split_whitespace().take(40).collect::<Vec<_>>().join(" ");
        if self.detail.is_empty() {
            self.detail = format!("in: {first}");
        } else if !self.detail.contains("in: ") {
            self.detail = format!("{} in: {first}", self.detail);
        }
        self
    }
}
