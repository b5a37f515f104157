//! Money that comes for what was given up: the write-off is taken back with it, and stands again where that money is.

use chrono::NaiveDate;

use crate::domain::id::ActivityId;
use crate::domain::money::Money;
use crate::domain::status::PaymentStatus;
use crate::services::done::Allocated;
use crate::services::refusal::{OrUnknown, Result};
use crate::services::work::Work;
use crate::store::Db;
use crate::store::receipt::{self, Owed};
use crate::store::settlement::{self, NewSettlement, Settled, Source};

/// What was given up of a payment and stands.
fn given_up(db: &Db, owed: &Owed) -> Result<Vec<Settled>> {
    let mut standing = settlement::standing(db, owed.id)?;
    standing.retain(|one| one.source == Source::WriteOff);
    Ok(standing)
}

/// A payment as it is owed where nothing of it was given up; `None` where nothing was.
pub(super) fn owed_again(db: &Db, owed: &Owed) -> Result<Option<Owed>> {
    if owed.status != PaymentStatus::Paid {
        return Ok(None);
    }
    let given_up = given_up(db, owed)?;
    let Some(first) = given_up.last() else { return Ok(None) };
    let minor: i64 = given_up.iter().map(|one| one.amount_minor).sum();
    let status = if first.before.is_open() { first.before } else { PaymentStatus::Pending };
    let mut again = owed.clone();
    (again.status, again.given_up_minor) = (status, minor);
    again.settled_minor -= minor;
    if let Some(invoice) = &mut again.invoice {
        invoice.open_minor += minor;
    }
    Ok(Some(again))
}

/// Takes back what was given up of a payment, on the day its money counts, and never before it was given up.
pub(super) fn take_back(work: &Work, activity: ActivityId, late: &Owed, came: NaiveDate) -> Result<()> {
    if late.given_up_minor == 0 {
        return Ok(());
    }
    for one in given_up(work.db, late)? {
        let owed = receipt::owed(work.db, late.id)?.or_unknown("payment", late.id)?;
        let given_up_on = settlement::day_of(work.db, one.id)?.unwrap_or(came);
        let back = NewSettlement {
            source: Source::WriteOff,
            payment: &owed,
            amount_minor: -one.amount_minor,
            on: work.first_open(came.max(given_up_on)),
            after: late.status,
            reason: "Its money came",
            reverses: Some(one.id),
            activity,
        };
        settlement::settle(work.db, &back)?;
    }
    Ok(())
}

/// What is said of it beside what was paid.
pub(super) fn said(work: &Work, open: &[Owed], paid: &[Allocated]) -> String {
    let is_paid = |owed: &&Owed| paid.iter().any(|part| part.payment == owed.id);
    let late: Vec<&Owed> = open.iter().filter(is_paid).filter(|owed| owed.given_up_minor > 0).collect();
    let Some(first) = late.first() else { return String::new() };
    let sum = Money::new(late.iter().map(|owed| owed.given_up_minor).sum(), first.currency);
    format!(" The write-off of {} is taken back.", work.shop.style.amount(sum))
}

/// The money is gone again: what was given up before it came is given up again.
pub(super) fn give_up_again(work: &Work, applied: &[Settled], row: ActivityId) -> Result<()> {
    for one in applied.iter().filter(|one| one.source == Source::WriteOff && one.amount_minor < 0) {
        let owed = receipt::owed(work.db, one.payment)?.or_unknown("payment", one.payment)?;
        let minor = owed.open_minor().min(-one.amount_minor);
        if minor <= 0 || !owed.status.is_open() {
            continue;
        }
        let after = if minor == owed.open_minor() { PaymentStatus::Paid } else { owed.status };
        let again = NewSettlement {
            source: Source::WriteOff,
            payment: &owed,
            amount_minor: minor,
            on: work.today,
            after,
            reason: "The money that had come was taken back",
            reverses: None,
            activity: row,
        };
        settlement::settle(work.db, &again)?;
    }
    Ok(())
}
