//! The proof that the book is right: the file, every reference, every invariant of money, the chain of the log.

use super::desk::Desk;
use super::refusal::Result;
pub use crate::store::check::Violation;

/// What a check found.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct CheckReport {
    /// Whether nothing was found.
    pub ok: bool,
    /// What was found.
    pub violations: Vec<Violation>,
}

impl Desk {
    /// Proves the book, or says what is wrong with it.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn check(&self) -> Result<CheckReport> {
        let violations = self.read(|db| {
            let mut found = crate::store::check::file_faults(db)?;
            found.extend(crate::store::check::violations(db)?);
            Ok::<_, super::DeskError>(found)
        })?;
        Ok(CheckReport { ok: violations.is_empty(), violations })
    }
}
