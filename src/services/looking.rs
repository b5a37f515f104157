//! The file looked through beside the work: opening never waits for it.

use std::time::{Duration, Instant};

use super::desk::Desk;
use super::refusal::{DeskError, Result};
use crate::store::backup;
use crate::store::soundness;
pub use crate::store::soundness::Round;
use crate::store::{Access, StoreFault};

/// How often the book is told how far a round is. Most rounds are over before.
const BETWEEN: Duration = Duration::from_secs(1);

impl Desk {
    /// What of the file is to be looked through today.
    pub fn look_due(&self) -> Result<Option<Round>> {
        let today = self.today();
        self.read(|db| Ok::<_, DeskError>(soundness::due(db, today)?))
    }

    /// Looks through what is due, table by table. `told` hears after each how many of a whole round are done, and says
    /// whether to go on. Damage ends it: the book is for viewing only from then on.
    pub fn look_through(&self, round: &Round, told: &mut dyn FnMut(u64, u64) -> bool) -> Result<()> {
        let count = |number: usize| u64::try_from(number).unwrap_or(u64::MAX);
        let before = round.total.saturating_sub(round.tables.len());
        let mut noted = Instant::now();
        for (at, table) in round.tables.iter().enumerate() {
            if at == round.of_money {
                self.book().doubt(false);
            }
            let found = match self.read(|db| Ok::<_, DeskError>(soundness::look_at(db, table)?)) {
                Err(DeskError::Broken(error)) if *error.kind() == StoreFault::Corrupt => {
                    vec![error.detail().to_owned()]
                }
                found => found?,
            };
            if !found.is_empty() {
                self.book().set_damaged();
                return Err(backup::damaged(self.book(), &found).into());
            }
            if noted.elapsed() > BETWEEN {
                noted = Instant::now();
                self.note(|db| soundness::note_table(db, table))?;
            }
            if !told(count(before + at + 1), count(round.total)) {
                return Ok(());
            }
        }
        self.book().doubt(false);
        let today = self.today();
        self.note(|db| soundness::note_done(db, today))
    }

    /// Notes something about the file. Where it cannot be noted now, the next round begins earlier, that is all.
    fn note(&self, what: impl Fn(&crate::store::Db) -> crate::store::Result<()>) -> Result<()> {
        if self.book().access() == Access::ViewOnly {
            return Ok(());
        }
        match self.book().write(what) {
            Err(error) if !matches!(error.kind(), StoreFault::Locked { .. } | StoreFault::DiskFull) => {
                Err(error.into())
            }
            _ => Ok(()),
        }
    }
}
