//! The proof that the book is right: the file, every reference, every invariant of money, the chain of the log.

use super::desk::Desk;
use super::refusal::Result;
pub use crate::store::check::Violation;

/// What a check found.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct CheckReport {
    /// Whether nothing was found.
    pub ok: bool,
    pub violations: Vec<Violation>,
}

impl Desk {
    /// Proves the book, or says what is wrong with it.
    pub fn check(&self) -> Result<CheckReport> {
        self.prove(false)
    }

    /// Proves also what takes longer: search texts and counters made anew, every row against the log.
    pub fn check_deep(&self) -> Result<CheckReport> {
        self.prove(true)
    }

    /// A file that was copied away from its log lacks the last saves: no rule inside it can tell.
    fn lacks_its_log(&self) -> Option<Violation> {
        let name = "the file holds all that was saved: it was copied or moved while its book was open";
        let examples = vec!["the last saves".to_owned()];
        self.book().opening().lacks_its_log.then(|| Violation { name: name.to_owned(), count: 1, examples })
    }

    fn prove(&self, deep: bool) -> Result<CheckReport> {
        let violations = self.read(|db| {
            let mut found = crate::store::check::file_faults(db)?;
            found.extend(crate::store::check::violations(db)?);
            if deep {
                found.extend(crate::store::check_deep::violations(db)?);
            }
            Ok::<_, super::DeskError>(found)
        })?;
        let mut violations = violations;
        violations.extend(self.lacks_its_log());
        Ok(CheckReport { ok: violations.is_empty(), violations })
    }
}
