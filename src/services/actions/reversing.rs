//! The single steps of undo: one settlement, one status change by its opposite.

use std::collections::BTreeMap;

use crate::domain::id::{ActivityId, PaymentId, ReceiptId};
use crate::domain::status::PaymentStatus;
use crate::services::crediting;
use crate::services::refusal::{OrUnknown, Refusal, Result};
use crate::services::work::Work;
use crate::store::payment_change::{self, Change, NewChange};
use crate::store::receipt::{self, Owed};
use crate::store::receipt_page;
use crate::store::settlement::{self, NewSettlement, Settled};

/// One settlement by its opposite. A reversal is taken back by a new row of the same source.
pub(super) fn take_back_settlement(work: &Work, one: &Settled, row: ActivityId) -> Result<()> {
    let owed = receipt::owed(work.db, one.payment)?.or_unknown("payment", one.payment)?;
    let moved_on = || {
        let message = format!("the money of payment P-{} moved on since: take that back first", one.payment);
        Refusal::new("depended_on", message)
    };
    if one.amount_minor > 0 && one.is_reversed {
        // What it applied may stand in another row, where a later step was taken back before.
        let Some(receipt) = one.source.receipt() else { return Err(moved_on().into()) };
        let freed = crediting::free(work, row, one.payment, one.amount_minor, Some(receipt));
        return freed.map(drop).map_err(|_| moved_on().into());
    }
    if one.amount_minor < 0 {
        let unapplied = match one.source.receipt() {
            Some(id) => receipt_page::head(work.db, id)?.or_unknown("receipt", id)?.unapplied(),
            None => 0,
        };
        if unapplied < -one.amount_minor || owed.open_minor() < -one.amount_minor {
            return Err(moved_on().into());
        }
    }
    let new = NewSettlement {
        source: one.source,
        payment: &owed,
        amount_minor: -one.amount_minor,
        on: work.today,
        after: status_again(work, &owed, one)?,
        reason: "Taken back",
        reverses: (one.amount_minor > 0).then_some(one.id),
        activity: row,
    };
    Ok(settlement::settle(work.db, &new)?)
}

/// The status of a payment once a settlement is taken back: the one before it, as far as the money allows.
fn status_again(work: &Work, owed: &Owed, one: &Settled) -> Result<PaymentStatus> {
    if owed.settled_minor - one.amount_minor == owed.amount_minor {
        return Ok(PaymentStatus::Paid);
    }
    Ok(match owed.status {
        now if now == one.after && one.before.is_open() => one.before,
        PaymentStatus::Paid => settlement::status_before_paid(work.db, owed.id)?.unwrap_or(PaymentStatus::Pending),
        PaymentStatus::Cancelled => PaymentStatus::Pending,
        since => since,
    })
}

/// Whether a receipt pays just what it paid when it was applied; the rows may be others, where something since was
/// taken back.
pub(super) fn stands_as_applied(
    applied: &[Settled],
    receipt: ReceiptId,
    standing: impl Iterator<Item = (PaymentId, i64)>,
) -> bool {
    let mut sums: BTreeMap<PaymentId, i64> = BTreeMap::new();
    for row in applied.iter().filter(|row| row.source.receipt() == Some(receipt) && row.amount_minor > 0) {
        *sums.entry(row.payment).or_default() += row.amount_minor;
    }
    for (payment, minor) in standing {
        *sums.entry(payment).or_default() -= minor;
    }
    sums.values().all(|sum| *sum == 0)
}

/// Takes one status change back, where the payment still is what it made it.
pub(super) fn reverse(work: &Work, change: &Change, is: PaymentStatus, row: ActivityId) -> Result<()> {
    if is != change.to {
        let message = format!("payment P-{} moved on since: take that back first", change.payment);
        return Err(Refusal::new("depended_on", message).into());
    }
    let back = NewChange {
        payment: change.payment,
        from: change.to,
        to: change.from,
        on: work.today,
        reason: "",
        reverses: Some(change.id),
        activity: row,
    };
    Ok(payment_change::change(work.db, &back)?)
}
