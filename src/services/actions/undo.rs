//! Undo: what an Action wrote is taken back by new rows, never by deleting. Which way back belongs to which step is said
//! here, once; the way itself stands beside the Action that wrote it.

use serde_json::json;

use super::{
    ahead, clearing_undo, customer_address, customer_merge, customer_preference, customer_segment, customer_undo,
    deposit, disputing, methods, receiving_undo, reversing, sending, setting, stock, subscription, tax_change, voiding,
};
use crate::domain::id::ActivityId;
use crate::domain::log::{Log, TakenBack};
use crate::services::done::{Done, Outcome, Touched};
use crate::services::notices;
use crate::services::refusal::{OrUnknown, Refusal, Result};
use crate::services::rights::Right;
use crate::services::work::{Entry, Work};
use crate::store::activity::{self, Activity};

/// Takes back the newest Action of this operator, or the one named, with the credit it used unasked. Where the newest
/// cannot be taken back nothing is: an older one, of which nobody thinks at that moment, is only taken back by its number.
pub(in crate::services) fn undo(work: &Work, which: Option<ActivityId>) -> Result<Done> {
    let (found, beside) = match which {
        Some(id) => {
            let found = activity::by_id(work.db, id)?.or_unknown("activity", id)?;
            let beside = activity::beside(work.db, found.id)?;
            // Credit that was named goes back alone.
            (found.clone(), if found.log == Log::UseCreditUnasked { Vec::new() } else { beside })
        }
        None => newest(work)?,
    };
    refuse_settled(work, &found, which.is_none())?;
    if found.operator != work.operator() {
        work.require(Right::Manage)?;
    }
    for credit in &beside {
        let step = work.beside();
        let row = logged(&step, credit)?;
        take_back(&step, credit, row)?;
    }
    taken_back(work, &found)
}

/// The newest step of this operator, with what was used beside it: both are one undo. What an undo used goes with what
/// it took back; where a step itself is not taken back, as an invoice is not, the credit it used is.
fn newest(work: &Work) -> Result<(Activity, Vec<Activity>)> {
    let mut before = ActivityId(i64::MAX);
    loop {
        let Some(found) = activity::done_before(work.db, work.operator(), before)?.filter(|it| it.log != Log::SetUp)
        else {
            return Err(Refusal::new("nothing_to_undo", "there is no step of yours to undo").into());
        };
        before = found.id;
        let main = activity::main_of(work.db, found.clone())?;
        let mut beside = activity::beside(work.db, main.id)?;
        if main.id == found.id {
            return Ok((found, beside));
        }
        if main.undoes.is_some() || activity::undone_by(work.db, main.id)?.is_some() {
            continue;
        }
        if main.log.taken_back() == TakenBack::ByUndo {
            return Ok((main, beside));
        }
        beside.retain(|credit| credit.id != found.id);
        return Ok((found, beside));
    }
}

fn logged(work: &Work, found: &Activity) -> Result<ActivityId> {
    work.log(&Entry {
        customer: found.customer,
        details: json!({ "undoes": found.id, "action": found.log }),
        undoes: Some(found.id),
        ..Entry::new(Log::Undo, found.subject)
    })
}

fn taken_back(work: &Work, found: &Activity) -> Result<Done> {
    let row = logged(work, found)?;
    let said = take_back(work, found, row)? + &notices::withdraw(work, found.id)?;
    let touched = [Touched::Money, Touched::Customers, Touched::Orders, Touched::Catalogue];
    Ok(Done::new(said, Outcome::Undone(found.id), &touched))
}

/// Takes back whatever the step wrote. Every step has its line: a new one does not compile before it has.
#[expect(clippy::too_many_lines, reason = "one line a step, and a step is never more than a line")]
fn take_back(work: &Work, found: &Activity, row: ActivityId) -> Result<String> {
    match found.log {
        Log::AddCustomer => customer_undo::withdraw(work, found),
        Log::EditCustomer => customer_undo::edit(work, found),
        Log::SetPreferences => customer_preference::take_back(work, found),
        Log::AddAddress | Log::ChangeAddress | Log::RemoveAddress | Log::SetBillingAddress => {
            customer_address::take_back(work, &found.facts())?;
            Ok("The address is as it was.".to_owned())
        }
        Log::MergeCustomers => customer_merge::take_back(work, found),
        Log::AddNote => customer_undo::note(work, found),
        Log::FollowUp => customer_undo::follow_up(work, found),
        Log::AddSegment => customer_segment::take_back_add(work, found),
        Log::ChangeSegment => customer_segment::take_back_change(work, found),
        Log::RemoveSegment => customer_segment::take_back_remove(work, found),
        Log::AddMethod | Log::DefaultMethod | Log::RemoveMethod => methods::take_back(work, found),
        Log::EditVariant
        | Log::OfferVariant
        | Log::WithdrawVariant
        | Log::EditAsset
        | Log::RetireAsset
        | Log::SellAsset => stock::take_back(work, found),
        Log::CancelSubscription
        | Log::PauseSubscription
        | Log::ResumeSubscription
        | Log::ExtendSubscription
        | Log::RepriceSubscription
        | Log::ReplaceSubscription
        | Log::UpgradeSubscription
        | Log::ReturnSubscription
        | Log::BuyOutSubscription
        | Log::ShipSubscription => {
            let said = subscription::undo::take_back(work, found, row)?;
            reversing::money(work, found, row)?;
            reversing::changes(work, found, row)?;
            Ok(said)
        }
        Log::ChangeTaxRate => tax_change::take_back(work, found),
        Log::ChangeSetting => setting::take_back_change(work, found),
        Log::CloseDeposit => {
            work.refuse_closed("that closing", found.business_on, "what was held on that day stays as it was")?;
            reversing::money(work, found, row)?;
            reversing::changes(work, found, row)?;
            deposit::take_back(work, found, row)
        }
        Log::BillAhead | Log::CancelUpcoming => ahead::take_back(work, found),
        Log::ClearReceipt => clearing_undo::take_back_clear(work, found, row),
        Log::BounceReceipt => clearing_undo::take_back_bounce(work, found, row),
        Log::FailPayment | Log::ReopenPayment => {
            clearing_undo::await_again(work, &found.facts())?;
            reversing::changes(work, found, row)
        }
        Log::ProcessPayment => reversing::changes(work, found, row),
        Log::RetryPayment | Log::Receive => receiving_undo::take_back(work, found, row),
        Log::SendInvoices | Log::SendCreditNotes => sending::take_back(work, &found.facts()),
        Log::OpenDispute => disputing::take_back_open(work, found),
        Log::CloseDispute => disputing::take_back_close(work, found),
        Log::CancelPayment | Log::WaivePayment | Log::CreditNote => {
            voiding::refuse_days_gone(work, found)?;
            match voiding::voided(found) {
                Some(invoice) => voiding::take_back_cancel(work, invoice),
                None => reversing::money_or_changes(work, found, row),
            }
        }
        Log::Refund | Log::UseCredit | Log::UseCreditUnasked | Log::PassCredit | Log::WriteOff => {
            reversing::money_or_changes(work, found, row)
        }
        Log::AddAsset
        | Log::AddConfirmedOrder
        | Log::AddGroup
        | Log::AddOrder
        | Log::AddProduct
        | Log::ApproveInvoices
        | Log::BillAgain
        | Log::CancelMessages
        | Log::ClaimMessages
        | Log::ReleaseMessages
        | Log::SettleMessages
        | Log::CancelOrder
        | Log::ConfirmOrder
        | Log::EditGroup
        | Log::EraseCustomer
        | Log::InvoiceGroup
        | Log::JoinGroup
        | Log::LeaveGroup
        | Log::MarkSent
        | Log::NewInvoice
        | Log::Pass
        | Log::PassDeposits
        | Log::PassDone
        | Log::PassEnded
        | Log::PassOverdue
        | Log::PassPauses
        | Log::PassTaxRates
        | Log::SetUp
        | Log::Undo
        | Log::VoidInvoice => Err(never(found, false)),
    }
}

/// Refuses what is not taken back, and what was already.
fn refuse_settled(work: &Work, found: &Activity, is_newest: bool) -> Result<()> {
    if !found.is_undoable {
        return Err(never(found, is_newest));
    }
    if activity::undone_by(work.db, found.id)?.is_some() {
        let message = format!("“{}” was taken back already", found.log.quoted());
        return Err(Refusal::new("undone_already", message).into());
    }
    Ok(())
}

/// A step that is never taken back: why, and what helps instead.
fn never(found: &Activity, is_newest: bool) -> crate::services::DeskError {
    let why = match found.log.taken_back() {
        TakenBack::Never(why) => why,
        TakenBack::ByUndo => "an older rentbook wrote it: change it where it was entered",
    };
    let what = found.log.quoted();
    let message = if is_newest {
        format!(
            "your newest step, “{what}” (activity {}), cannot be taken back: {why}. Nothing was taken back; an older step can be, by its number",
            found.id
        )
    } else {
        format!("“{what}” cannot be taken back: {why}")
    };
    Refusal::new("not_undoable", message).into()
}
