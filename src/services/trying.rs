//! An Action is tried, looked at, and taken back whole: what a person is shown before deciding.

use super::action::Action;
use super::actions::{customer_erase, customer_merge};
use super::desk::{Desk, refuse_odd_day};
use super::done::Done;
use super::perform;
use super::refusal::Result;
use crate::domain::id::CustomerId;
use crate::store::Db;

impl Desk {
    /// Whether two records of a customer may become one: asked before a person decides, and nothing is written.
    pub fn may_merge(&self, kept: CustomerId, merged: CustomerId) -> Result<()> {
        self.refuse_viewing()?;
        let style = self.shop()?.style;
        self.read(|db| customer_merge::may(db, style, kept, merged)).map(drop)
    }

    /// Whether the personal data of a customer may be erased: asked before a person decides, and nothing is written.
    pub fn may_erase(&self, id: CustomerId) -> Result<()> {
        self.refuse_viewing()?;
        let style = self.shop()?.style;
        self.read(|db| customer_erase::may(db, style, id)).map(drop)
    }

    /// Does an Action as [`Desk::perform`] would, after the pass of the day where that comes first; lets `look` see what
    /// came of it, and takes all of it back: no row, no number, no trace stays. Other writers wait for it as for a save.
    pub fn try_out<T>(&self, action: &Action, look: impl Fn(&Db, &Done) -> Result<T>) -> Result<T> {
        self.refuse_viewing()?;
        self.book().try_out(|| {
            if self.wants_the_pass(action) {
                self.try_pass()?;
            }
            self.work(|work| {
                refuse_odd_day(work)?;
                let done = perform::with_credit(work, action)?;
                look(work.db, &done)
            })
        })
    }
}
