//! What a person says of a deposit that is over, read against what is held of it.

use super::CloseDraft;
use crate::documents::Sentence;
use crate::domain::deposit::{DepositStanding, Tally};
use crate::domain::money::Money;
use crate::domain::text;
use crate::services::actions::payable;
use crate::services::letterhead::said;
use crate::services::refusal::{OfField, OrUnknown, Refusal, Result};
use crate::services::work::Work;
use crate::store::deposit::{self, Deposit};
use crate::store::receipt::{self, Owed};

/// A deposit about to be closed.
pub(super) struct Plan {
    pub deposit: Deposit,
    pub tally: Tally,
    /// Its payment.
    pub owed: Owed,
    /// What the shop keeps.
    pub kept: Money,
    /// The open lines that it pays; none where it is billed.
    pub pays: Vec<Owed>,
    /// As said.
    pub reason: String,
    /// As it stands on papers and in the log.
    pub why: String,
}

impl Plan {
    /// Whether what is kept stands on an invoice of its own.
    pub fn is_billed(&self) -> bool {
        !self.kept.is_zero() && self.pays.is_empty()
    }

    /// The numbers of the invoices that are paid with what is kept.
    pub fn paid(&self) -> String {
        let mut numbers: Vec<&str> = Vec::new();
        for number in self.pays.iter().filter_map(|owed| owed.invoice.as_ref()?.number.as_deref()) {
            if !numbers.contains(&number) {
                numbers.push(number);
            }
        }
        numbers.join(", ")
    }
}

/// Reads what is said.
pub(super) fn read(work: &Work, draft: &CloseDraft) -> Result<Plan> {
    let deposit = deposit::by_id(work.db, draft.deposit)?.or_unknown("deposit", draft.deposit)?;
    let owed = receipt::owed(work.db, deposit.payment)?.or_unknown("payment", deposit.payment)?;
    let tally = deposit::money(work.db, &deposit)?;
    refuse_over(&deposit, &owed, &tally)?;
    let pays = pays(work, draft, &owed)?;
    let open: i64 = pays.iter().map(Owed::open_minor).sum();
    let most = if draft.pays.is_some() { tally.held.min(open) } else { tally.held };
    let currency = deposit.amount.currency();
    let kept = match draft.keep.trim() {
        "" if draft.pays.is_none() => Money::zero(currency),
        "" | "all" => Money::new(most, currency),
        amount => Money::parse(amount, currency).of_field("keep")?,
    };
    let wants_all = draft.pays.is_some() || draft.keep.trim() == "all";
    if kept.minor() > most || kept.minor() < 0 || (wants_all && tally.held == 0) {
        return Err(too_much(work, &deposit, &tally, most));
    }
    let reason = text::clean_line(&draft.reason, 300).of_field("reason")?;
    if kept.minor() > 0 && reason.is_empty() && draft.pays.is_none() {
        return Err(Refusal::of_field("reason", "say why it is kept").into());
    }
    let mut plan = Plan { deposit, tally, owed, kept, pays, reason, why: String::new() };
    plan.why = match (plan.reason.as_str(), kept.is_zero()) {
        ("", true) => "Deposit returned".to_owned(),
        ("", false) => said(work, Sentence::DepositPays, &[("what", &plan.paid())]),
        (reason, _) => said(work, Sentence::DepositFor, &[("why", reason)]),
    };
    Ok(plan)
}

fn refuse_over(deposit: &Deposit, owed: &Owed, tally: &Tally) -> Result<()> {
    let is_owed = owed.status.is_open();
    let stands = DepositStanding::of(deposit.state, is_owed, tally.held, tally.received > 0);
    match stands {
        DepositStanding::Held | DepositStanding::Unpaid => Ok(()),
        DepositStanding::NeverPaid => {
            Err(Refusal::new("closed_already", "nothing of this deposit is held or owed: it was never paid").into())
        }
        over => {
            let message = format!("this deposit is {} already", over.word().to_lowercase());
            Err(Refusal::new("closed_already", message).into())
        }
    }
}

fn too_much(work: &Work, deposit: &Deposit, tally: &Tally, most: i64) -> crate::services::DeskError {
    let style = work.shop.style;
    let shown = |minor: i64| style.amount(Money::new(minor, deposit.amount.currency()));
    let message = match tally.held {
        0 => "nothing of this deposit has been paid: there is nothing to keep".to_owned(),
        held if held > most => format!("only {} is open there that it could pay", shown(most)),
        held => format!("{} of this deposit is held: no more than that can be kept", shown(held)),
    };
    Refusal::of_field("keep", message).into()
}

/// The open lines that are paid with what is kept: the same payer's, and never the deposit itself.
fn pays(work: &Work, draft: &CloseDraft, owed: &Owed) -> Result<Vec<Owed>> {
    let Some(target) = &draft.pays else { return Ok(Vec::new()) };
    let (payer, mut open) = payable::payable(work.db, target)?;
    if !payable::same_payer(work.db, payer, owed.payer())? {
        let message = "a deposit pays only what its own payer owes";
        return Err(Refusal::new("payers_differ", message).into());
    }
    // What other money is on its way to is not paid twice.
    open.retain(|line| line.id != owed.id && line.spoken_for_minor() == 0 && line.given_up_minor == 0);
    if open.is_empty() {
        return Err(Refusal::new("nothing_open", "nothing is open there that the deposit could pay").into());
    }
    Ok(open)
}
