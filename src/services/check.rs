//! The proof that the book is right: the file, every reference, every invariant of money, the chain of the log.

use super::desk::Desk;
use super::refusal::{DeskError, Result};
pub use crate::store::check::Violation;
use crate::store::{StoreError, StoreFault, check, check_deep};

/// What a check found.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct CheckReport {
    /// Whether nothing was found.
    pub ok: bool,
    pub violations: Vec<Violation>,
}

/// Hears how many of how many steps are done, and says whether to go on.
type Told<'a> = &'a mut dyn FnMut(u64, u64) -> bool;

impl Desk {
    /// Proves the book, or says what is wrong with it.
    pub fn check(&self) -> Result<CheckReport> {
        self.prove(false, &mut |_, _| true)
    }

    /// Proves also what takes longer: every entry of every index, search texts and counters made anew, every row
    /// against the log.
    pub fn check_deep(&self) -> Result<CheckReport> {
        self.prove(true, &mut |_, _| true)
    }

    /// The same as [`Desk::check`] or [`Desk::check_deep`]; `told` hears of each step, and may stop it.
    pub fn prove(&self, deep: bool, told: Told) -> Result<CheckReport> {
        let of = u64::try_from(check::STEPS + 1).unwrap_or(u64::MAX);
        let (file, rules) = match self.again() {
            Ok(other) => self.prove_on_two(other, deep, told)?,
            // A book in memory has one connection.
            Err(_) => (prove_file(self, deep)?, self.prove_rules(deep, told)?),
        };
        told(of, of);
        let violations: Vec<_> = file.into_iter().chain(rules).chain(self.lacks_its_log()).collect();
        Ok(CheckReport { ok: violations.is_empty(), violations })
    }

    /// The file on one connection and the rules on another, at once.
    fn prove_on_two(&self, other: Self, deep: bool, told: Told) -> Result<(Vec<Violation>, Vec<Violation>)> {
        let stopper = other.book().stopper();
        std::thread::scope(|scope| {
            let file = scope.spawn(move || prove_file(&other, deep));
            let rules = self.prove_rules(deep, told).inspect_err(|_| stopper.stop());
            let file = file.join().map_err(|_| StoreError::broken("the check of the file broke off"))?;
            Ok((file?, rules?))
        })
    }

    fn prove_rules(&self, deep: bool, told: Told) -> Result<Vec<Violation>> {
        let of = u64::try_from(check::STEPS + 1).unwrap_or(u64::MAX);
        let mut done = 0;
        self.read(|db| {
            let mut found = check::violations(db, &mut || {
                done += 1;
                if told(done, of) { Ok(()) } else { Err(StoreError::new(StoreFault::Interrupted)) }
            })?;
            if deep {
                found.extend(check_deep::violations(db)?);
            }
            Ok::<_, DeskError>(found)
        })
    }

    /// A file that was copied away from its log lacks the last saves: no rule inside it can tell.
    fn lacks_its_log(&self) -> Option<Violation> {
        let name = "the file holds all that was saved: it was copied or moved while its book was open";
        let examples = vec!["the last saves".to_owned()];
        self.book().opening().lacks_its_log.then(|| Violation { name: name.to_owned(), count: 1, examples })
    }
}

fn prove_file(desk: &Desk, deep: bool) -> Result<Vec<Violation>> {
    desk.read(|db| Ok::<_, DeskError>(check::file_faults(db, deep)?))
}
