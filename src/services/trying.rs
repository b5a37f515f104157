//! An Action is tried, looked at, and taken back whole: what a person is shown before deciding.

use std::cell::Cell;

use super::action::Action;
use super::desk::Desk;
use super::done::Done;
use super::perform;
use super::refusal::{DeskError, Refusal, Result};
use crate::store::Db;

impl Desk {
    /// Does an Action, lets `look` see what came of it, and takes all of it back: no row, no number, no trace stays.
    /// Other writers wait for it as for a save.
    ///
    /// # Errors
    /// When a rule refuses the Action, or the book cannot be written.
    pub fn try_out<T>(&self, action: &Action, look: impl Fn(&Db, &Done) -> Result<T>) -> Result<T> {
        let seen = Cell::new(None);
        let taken_back = self.work(|work| {
            let done = perform::perform(work, action)?;
            seen.set(Some(look(work.db, &done)?));
            Err::<(), DeskError>(Refusal::new("only_tried", "this was only tried").into())
        });
        match (seen.into_inner(), taken_back) {
            (Some(seen), _) => Ok(seen),
            (None, Err(error)) => Err(error),
            (None, Ok(())) => Err(Refusal::new("only_tried", "nothing was tried").into()),
        }
    }
}
