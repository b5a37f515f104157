//! What nobody paid of a deposit falls with its contract.

use chrono::NaiveDate;
use serde_json::json;

use super::CHUNK;
use crate::documents::Sentence;
use crate::domain::credit_note::NetTax;
use crate::domain::log::{Log, Subject};
use crate::services::contract_credits::{self, TakenBack};
use crate::services::desk::Desk;
use crate::services::letterhead::said;
use crate::services::refusal::Result;
use crate::services::work::{Entry, Work};
use crate::store::credit_note;
use crate::store::deposit::{self, LeftOver};

impl Desk {
    /// A credit note over what is open of the deposit of each contract that is over. It is dated as by a pass of the day
    /// it was over, where that day is after the pass before; else today.
    pub(super) fn let_deposits_fall(&self, last_run_on: Option<NaiveDate>) -> Result<()> {
        while !self.read(|db| deposit::left_over(db, 1))?.is_empty() {
            self.work(|work| {
                let found = deposit::left_over(work.db, CHUNK)?;
                let details = json!({ "count": found.len() });
                let activity = work.log(&Entry { details, ..Entry::new(Log::PassDeposits, Subject::Pass) })?;
                for one in &found {
                    let work = work.dated(day(work, one, last_run_on)?);
                    let text = said(&work, Sentence::DepositFalls, &[("number", &one.subscription.shown())]);
                    let part = NetTax { net: one.open_minor, tax: 0 };
                    let back = TakenBack { payment: one.payment, text: text.clone(), part };
                    contract_credits::credit(&work, activity, vec![back], &text)?;
                }
                Ok(())
            })?;
        }
        Ok(())
    }
}

/// The day of the note: never before its invoice or the newest note, never closed.
fn day(work: &Work, one: &LeftOver, last_run_on: Option<NaiveDate>) -> Result<NaiveDate> {
    let day = one.over_on.max(one.invoiced_on);
    let is_closed = work.shop.locked_until_on.is_some_and(|until| day <= until);
    if is_closed || day > work.today || last_run_on.is_some_and(|last| day <= last) {
        return Ok(work.today);
    }
    Ok(credit_note::newest_day(work.db)?.map_or(day, |newest| newest.max(day)))
}
