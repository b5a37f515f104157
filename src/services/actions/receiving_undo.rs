//! Money that was written down is taken back: what it paid is open again, what waited for it waits no more.

use super::{late, reversing};
use crate::domain::id::{ActivityId, PaymentId, ReceiptId};
use crate::domain::status::{PaymentStatus, ReceiptState};
use crate::services::refusal::{OrUnknown, Refusal, Result};
use crate::services::work::Work;
use crate::store::activity::Activity;
use crate::store::awaited;
use crate::store::payment_change;
use crate::store::receipt::{self, NewAllocation};
use crate::store::settlement::{self, Settled};

/// The receipts of an Action are reversed: each allocation by its opposite, dated today. A charge that brought none is
/// reversed by its status changes.
pub(super) fn take_back(work: &Work, found: &Activity, row: ActivityId) -> Result<String> {
    let receipts = receipt::of_activity(work.db, found.id)?;
    if receipts.is_empty() {
        return reversing::changes(work, found, row);
    }
    let mut numbers = Vec::new();
    let applied = settlement::of_activity(work.db, found.id)?;
    for (id, number, state, refunded) in receipts {
        if !matches!(state, ReceiptState::Pending | ReceiptState::Cleared) {
            let message = format!("receipt {number} is {} already", state.word().to_lowercase());
            return Err(Refusal::new("undone_already", message).into());
        }
        if refunded > 0 {
            let message = format!("money of receipt {number} was refunded since: take that back first");
            return Err(Refusal::new("depended_on", message).into());
        }
        let standing = receipt::standing(work.db, id)?;
        let pays = standing.iter().map(|row| (row.payment, row.amount_minor));
        if !reversing::stands_as_applied(&applied, id, pays) {
            let message = format!("credit of receipt {number} was used since: take that back first");
            return Err(Refusal::new("depended_on", message).into());
        }
        for standing in standing {
            let owed = receipt::owed(work.db, standing.payment)?.or_unknown("payment", standing.payment)?;
            let reversal = NewAllocation {
                receipt: id,
                payment: &owed,
                amount_minor: -standing.amount_minor,
                allocated_on: work.today,
                before: owed.status,
                after: match owed.status {
                    // Open again, as it was before the money that made it paid, which need not be this receipt's.
                    PaymentStatus::Paid => match before_it_paid(&applied, owed.id) {
                        Some(before) => before,
                        None => settlement::status_before_paid(work.db, owed.id)?.unwrap_or(standing.before),
                    },
                    since => since,
                },
                reverses: Some(standing.id),
                activity: row,
            };
            receipt::allocate(work.db, &reversal)?;
        }
        let to = if state == ReceiptState::Pending { ReceiptState::Failed } else { ReceiptState::Reversed };
        receipt::set_state(work.db, id, to)?;
        if state == ReceiptState::Pending {
            no_longer_awaited(work, id, found.id, row)?;
        }
        numbers.push(number);
    }
    late::give_up_again(work, &applied, row)?;
    reversing::attempts(work, found, &[])?;
    Ok(format!("Receipt {} is taken back; what it paid is open again.", numbers.join(", ")))
}

/// What a payment was before these rows paid the rest of it. Whether money is on its way to it may have changed since.
fn before_it_paid(applied: &[Settled], payment: PaymentId) -> Option<PaymentStatus> {
    let paid = |one: &&Settled| one.payment == payment && one.amount_minor > 0 && one.after == PaymentStatus::Paid;
    applied.iter().find(paid).map(|one| one.before).filter(|before| *before != PaymentStatus::Processing)
}

/// What this receipt was meant for is on its way no more, unless other money is or a person said that it is. Where the
/// receipt itself had moved it, only money that came later keeps it so: before it, it stood as it stands again.
fn no_longer_awaited(work: &Work, id: ReceiptId, wrote: ActivityId, row: ActivityId) -> Result<()> {
    for payment in awaited::meant_for(work.db, id)? {
        let Some(change) = payment_change::newest_standing(work.db, payment)? else { continue };
        let by_money = change.to == PaymentStatus::Processing && awaited::wrote_receipt(work.db, change.activity)?;
        let awaited = awaited::awaited(work.db, payment)?;
        if !by_money || awaited.iter().any(|(other, _)| change.activity != wrote || *other > id) {
            continue;
        }
        let owed = receipt::owed(work.db, payment)?.or_unknown("payment", payment)?;
        reversing::reverse(work, &change, owed.status, row)?;
    }
    Ok(())
}
