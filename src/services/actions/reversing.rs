//! The single steps of undo that many ways back share: money and status changes by their opposites.

use std::collections::BTreeMap;

use super::payable;
use crate::domain::id::{ActivityId, PaymentId, ReceiptId};
use crate::domain::log::Log;
use crate::domain::status::{AttemptState, PaymentStatus};
use crate::services::crediting;
use crate::services::refusal::{OrUnknown, Refusal, Result};
use crate::services::work::Work;
use crate::store::activity::Activity;
use crate::store::attempt;
use crate::store::payment_change::{self, Change, NewChange};
use crate::store::receipt::{self, Owed};
use crate::store::receipt_page;
use crate::store::refund::{self, NewRefund};
use crate::store::settlement::{self, NewSettlement, Settled, Source};

/// One settlement by its opposite. A reversal is taken back by a new row of the same source.
pub(super) fn take_back_settlement(work: &Work, one: &Settled, row: ActivityId) -> Result<()> {
    let owed = receipt::owed(work.db, one.payment)?.or_unknown("payment", one.payment)?;
    let moved_on = || {
        let message = format!("the money of payment P-{} moved on since: take that back first", one.payment);
        Refusal::new("depended_on", message)
    };
    if one.amount_minor > 0 && one.is_reversed && one.source == Source::WriteOff {
        // Late money took it back, and that was undone: it stands in a row written anew.
        let standing = settlement::standing(work.db, one.payment)?;
        let is_it = |other: &&Settled| other.source == Source::WriteOff && other.amount_minor == one.amount_minor;
        let anew = standing.iter().find(is_it).ok_or_else(moved_on)?;
        return take_back_settlement(work, &Settled { before: one.before, ..*anew }, row);
    }
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
        refuse_parted(work, one, &owed)?;
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

/// Money does not go back to what its payer, parted from the other one since, does not owe.
fn refuse_parted(work: &Work, one: &Settled, owed: &Owed) -> Result<()> {
    let Some(id) = one.source.receipt() else { return Ok(()) };
    let head = receipt_page::head(work.db, id)?.or_unknown("receipt", id)?;
    if payable::same_payer(work.db, head.payer, owed.payer())? {
        return Ok(());
    }
    let message =
        format!("receipt {} and payment P-{} have different payers since a merge was taken back", head.number, owed.id);
    Err(Refusal::new("depended_on", message).into())
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

/// Refunds, credit notes, credit used and write-offs: each row by its opposite, newest first; money that was freed is
/// applied again. `None` where the Action moved no money.
pub(super) fn money(work: &Work, found: &Activity, row: ActivityId) -> Result<Option<String>> {
    let refunds = refund::of_activity(work.db, found.id)?;
    for given in &refunds {
        let back = NewRefund {
            receipt: given.receipt,
            payment: given.payment,
            credit_note: given.credit_note,
            currency: receipt_page::head(work.db, given.receipt)?.or_unknown("receipt", given.receipt)?.currency,
            amount_minor: -given.amount_minor,
            on: work.today,
            reason: &given.reason,
            reference: "",
            reverses: Some(given.id),
            activity: row,
        };
        refund::insert(work.db, &back)?;
    }
    let settled = settlement::of_activity(work.db, found.id)?;
    for one in &settled {
        take_back_settlement(work, one, row)?;
    }
    let said = match found.log {
        _ if refunds.is_empty() && settled.is_empty() => return Ok(None),
        Log::Refund => "The refund is taken back; what it was of is paid again.",
        Log::UseCredit | Log::UseCreditUnasked | Log::PassCredit => "The credit is there again; what it paid is open.",
        Log::WriteOff => "What was written off is owed again.",
        _ => "The credit note is taken back; what it credited is owed again.",
    };
    Ok(Some(said.to_owned()))
}

/// What moved money, by its money; what moved none, by the status changes.
pub(super) fn money_or_changes(work: &Work, found: &Activity, row: ActivityId) -> Result<String> {
    let money = money(work, found, row)?;
    let changes = changes(work, found, row)?;
    Ok(money.unwrap_or(changes))
}

/// The status changes of an Action are reversed, newest first.
pub(super) fn changes(work: &Work, found: &Activity, row: ActivityId) -> Result<String> {
    let mut payments = Vec::new();
    let mut counted = Vec::new();
    for change in payment_change::changes_of(work.db, found.id)? {
        let (payment, from) = (change.payment, change.from);
        let owed = receipt::owed(work.db, payment)?.or_unknown("payment", payment)?;
        reverse(work, &change, owed.status, row)?;
        if change.to == PaymentStatus::Failed {
            payment_change::count_attempt(work.db, payment, -1)?;
            counted.push(payment);
        }
        payments.push(format!("P-{payment} is {} again", from.word().to_lowercase()));
    }
    payments.extend(attempts(work, found, &counted)?);
    payments.dedup();
    Ok(format!("{}.", payments.last().cloned().unwrap_or_else(|| "Nothing was left to take back".to_owned())))
}

/// Attempts of an Action that are still open are void; one that failed once more, and changed no status by it, counts no
/// more. What is said of that.
pub(super) fn attempts(work: &Work, found: &Activity, counted: &[PaymentId]) -> Result<Option<String>> {
    let mut said = None;
    let is_declined = found.facts().get("declined").and_then(serde_json::Value::as_bool) == Some(true);
    for attempt in attempt::of_activity(work.db, found.id)? {
        if attempt.state.is_open() {
            attempt::finish(work.db, attempt.id, AttemptState::Void, None)?;
        }
        if is_declined && !counted.contains(&attempt.payment) {
            payment_change::count_attempt(work.db, attempt.payment, -1)?;
            said = Some(format!("The attempt on P-{} does not count", attempt.payment));
        }
    }
    Ok(said)
}
