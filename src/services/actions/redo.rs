//! Redo: what undo took back just now is done once more, as a new Action that can be taken back again.

use super::customer::NoteDraft;
use super::receiving::{ReceiptDraft, Target};
use super::{customer, payment, receiving};
use crate::domain::id::PaymentId;
use crate::domain::log::{Log, Subject};
use crate::domain::status::PaymentStatus;
use crate::services::done::Done;
use crate::services::refusal::{OrUnknown, Refusal, Result};
use crate::services::work::Work;
use crate::store::activity::{self, Activity};
use crate::store::{Db, again, note, payment_change};

/// Does once more what this operator took back, where that was the newest step. Today's rules decide as for any other
/// step: what was paid meanwhile is not paid twice.
pub(in crate::services) fn redo(work: &Work) -> Result<Done> {
    let newest = activity::newest_of(work.db, work.operator())?;
    let newest = newest.map(|newest| activity::main_of(work.db, newest)).transpose()?;
    let undone = match newest.and_then(|newest| newest.undoes) {
        Some(id) => activity::by_id(work.db, id)?.or_unknown("activity", id)?,
        None => return Err(nothing()),
    };
    match undone.log {
        Log::Receive => receiving::receive(work, &receipt(work.db, &undone)?),
        Log::AddNote => customer::note(work, &note(work.db, &undone)?),
        Log::ProcessPayment => payment::process(work, moved(&undone)?),
        Log::FailPayment => payment::fail(work, moved(&undone)?, &reason(work.db, &undone)?),
        Log::ReopenPayment => payment::reopen(work, moved(&undone)?, &reason(work.db, &undone)?),
        other => {
            let what = other.quoted();
            Err(Refusal::new("nothing_to_redo", format!("“{what}” is not done again by itself: enter it anew")).into())
        }
    }
}

fn nothing() -> crate::services::DeskError {
    Refusal::new("nothing_to_redo", "there is nothing to do again: enter it anew").into()
}

/// The receipt as it was said.
fn receipt(db: &Db, undone: &Activity) -> Result<ReceiptDraft> {
    let was = again::receipt_of(db, undone.id)?.ok_or_else(nothing)?;
    let target = if was.payments.is_empty() { Target::Payer(was.payer) } else { Target::Payments(was.payments) };
    Ok(ReceiptDraft {
        target,
        amount: was.amount.to_string(),
        received_on: was.received_on,
        method: was.method,
        reference: was.reference,
        keep_credit: true,
        again: false,
    })
}

/// The note as it was written.
fn note(db: &Db, undone: &Activity) -> Result<NoteDraft> {
    let Subject::Note(id) = undone.subject else { return Err(nothing()) };
    let was = note::written(db, id)?.ok_or_else(nothing)?;
    let (customer, kind, summary) = (was.customer, was.kind, was.summary);
    let on = Some(was.noted_on);
    Ok(NoteDraft {
        customer,
        on,
        kind,
        summary,
        follow_up_on: was.follow_up_on,
        follow_up_action: was.follow_up_action,
    })
}

/// The payment an Action changed.
fn moved(undone: &Activity) -> Result<PaymentId> {
    match undone.subject {
        Subject::Payment(id) => Ok(id),
        _ => Err(nothing()),
    }
}

fn reason(db: &Db, undone: &Activity) -> Result<String> {
    Ok(payment_change::reason_of(db, undone.id, PaymentStatus::Processing)?.unwrap_or_default())
}
