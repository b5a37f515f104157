//! What money is meant for: the payments a target has open, and the one payer they have.

use super::late;
use crate::domain::format::Style;
use crate::domain::id::{InvoiceId, PaymentId};
use crate::domain::money::Money;
use crate::domain::status::{InvoiceState, PaymentStatus};
use crate::services::refusal::{OrUnknown, Refusal, Result};
use crate::services::work::Work;
use crate::store::billing::{self, Payer};
use crate::store::receipt::{self, Owed};
use crate::store::{Db, activity, awaited, customer, receipt_page, settlement, shop};

/// What a receipt is meant for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// These invoices.
    Invoices(Vec<InvoiceId>),
    /// These payments.
    Payments(Vec<PaymentId>),
    /// Whatever this payer owes, in the order of the rules.
    Payer(Payer),
    /// So much of each of these payments, in minor units, as a person parted it.
    Parts(Vec<(PaymentId, i64)>),
}

/// What the target has open, and who pays it. One receipt has one payer.
pub(in crate::services) fn payable(db: &Db, target: &Target) -> Result<(Payer, Vec<Owed>)> {
    let mut open = Vec::new();
    match target {
        Target::Payer(payer) => return Ok((*payer, unspoken(receipt::owed_by(db, *payer)?))),
        Target::Invoices(ids) => {
            for id in ids {
                let head = billing::invoice(db, *id)?.or_unknown("invoice", id)?;
                let lines = receipt::owed_on_invoice(db, *id)?;
                let mut still: Vec<Owed> = lines.iter().filter(|owed| is_open(owed)).cloned().collect();
                if still.is_empty() {
                    for owed in &lines {
                        still.extend(late::owed_again(db, owed)?);
                    }
                }
                if still.is_empty() {
                    return Err(nothing_open(db, &head)?);
                }
                open.extend(still);
            }
        }
        Target::Payments(ids) => {
            for id in ids {
                open.push(open_payment(db, *id)?);
            }
        }
        Target::Parts(parts) => {
            for (id, _) in parts {
                open.push(open_payment(db, *id)?);
            }
        }
    }
    open.sort_by_key(|owed| owed.id);
    open.dedup_by_key(|owed| owed.id);
    let Some(payer) = open.first().map(Owed::payer) else {
        return Err(Refusal::of_field("invoice", "say what was paid").into());
    };
    for owed in &open {
        if !same_payer(db, payer, owed.payer())? {
            let message = "these payments have different payers: one receipt is one payer's money";
            return Err(Refusal::new("payers_differ", message).into());
        }
    }
    Ok((payer, open))
}

/// Of what a payer owes, what no money is on its way to: that is not paid a second time unless somebody names it.
fn unspoken(mut all: Vec<Owed>) -> Vec<Owed> {
    let held: Vec<(Option<InvoiceId>, i64)> =
        all.iter().map(|owed| (owed.invoice.as_ref().map(|invoice| invoice.id), owed.spoken_for_minor())).collect();
    for owed in &mut all {
        owed.held_back_minor = owed.spoken_for_minor();
        if let Some(invoice) = &mut owed.invoice {
            let of_it = held.iter().filter(|(id, _)| *id == Some(invoice.id));
            invoice.open_minor -= of_it.map(|(_, minor)| minor).sum::<i64>();
        }
    }
    all.retain(|owed| owed.payable_minor() > 0);
    all
}

/// What money is on its way to: for which invoices, as a person reads it; nothing where none is.
pub(in crate::services) fn on_its_way(db: &Db, style: Style, payer: Payer) -> Result<Option<String>> {
    let mut all = receipt::owed_by(db, payer)?;
    all.retain(|owed| owed.spoken_for_minor() > 0);
    let Some(first) = all.first() else { return Ok(None) };
    let sum = Money::new(all.iter().map(Owed::spoken_for_minor).sum(), first.currency);
    let mut numbers: Vec<String> =
        all.iter().filter_map(|owed| owed.invoice.as_ref().and_then(|invoice| invoice.number.clone())).collect();
    numbers.dedup();
    Ok(Some(format!("{} is on its way for {}", style.amount(sum), numbers.join(", "))))
}

/// Refuses money for what other money is on its way to, until somebody says that it came as well.
pub(super) fn refuse_awaited(work: &Work, open: &[Owed], parts: &[(PaymentId, i64)]) -> Result<()> {
    for (payment, minor) in parts {
        let Some(owed) = open.iter().find(|owed| owed.id == *payment) else { continue };
        if minor + owed.awaited_minor <= owed.open_minor() {
            continue;
        }
        let Some((id, number)) = awaited::awaited(work.db, *payment)?.into_iter().next_back() else { continue };
        let head = receipt_page::head(work.db, id)?.or_unknown("receipt", id)?;
        let style = work.shop.style;
        let name = owed.invoice.as_ref().and_then(|invoice| invoice.number.clone()).unwrap_or_default();
        let message = format!(
            "receipt {number} for {}, {}, of {} is on its way to invoice {name}. Enter more for it only if it really came as well",
            style.amount(Money::new(head.amount_minor, head.currency)),
            head.method.word().to_lowercase(),
            style.date(head.received_on),
        );
        return Err(Refusal::new("awaited", message).into());
    }
    Ok(())
}

/// A payment with something open, or who settled it when.
fn open_payment(db: &Db, id: PaymentId) -> Result<Owed> {
    let owed = receipt::owed(db, id)?.or_unknown("payment", id)?;
    if owed.status.is_open() && !owed.invoice.as_ref().is_some_and(|invoice| invoice.is_issued) {
        let message = format!("payment P-{id} has no invoice yet: it is paid once it is invoiced");
        return Err(Refusal::new("not_invoiced", message).into());
    }
    if !is_open(&owed) {
        if let Some(again) = late::owed_again(db, &owed)? {
            return Ok(again);
        }
        let state = owed.status.word().to_lowercase();
        let message = format!("payment P-{id} is {state}: nothing is open{}", settled_by(db, id)?);
        return Err(Refusal::new("nothing_open", message).into());
    }
    Ok(owed)
}

/// Who settled a payment last, and when: for the one of two terminals that comes second.
fn settled_by(db: &Db, payment: PaymentId) -> Result<String> {
    let (Some((who, at)), Some(shop)) = (settlement::last_settler(db, payment)?, shop::load(db)?) else {
        return Ok(String::new());
    };
    let at = at.with_timezone(&shop.time_zone);
    Ok(format!(". {who} did that on {} at {}", shop.style.date(at.date_naive()), at.format("%H:%M")))
}

fn is_open(owed: &Owed) -> bool {
    owed.open_minor() > 0
        && owed.invoice.as_ref().is_some_and(|invoice| invoice.is_issued)
        && matches!(owed.status, PaymentStatus::Pending | PaymentStatus::Processing | PaymentStatus::Failed)
}

/// Somebody may have been quicker: who it was and when is what one wants to know then.
fn nothing_open(db: &Db, head: &billing::InvoiceHead) -> Result<crate::services::DeskError> {
    let name = head.number.clone().unwrap_or_else(|| format!("draft {}", head.id));
    let why = match head.state {
        InvoiceState::Issued => match (activity::settled_by(db, head.id)?, shop::load(db)?) {
            (Some((who, at)), Some(shop)) => {
                let local = at.with_timezone(&shop.time_zone);
                let on = shop.style.date(local.date_naive());
                format!("is paid already, by {who} on {on} at {}: nothing is open", local.format("%H:%M"))
            }
            _ => "is paid already: nothing is open".to_owned(),
        },
        InvoiceState::Void => "is void".to_owned(),
        _ => "is not issued yet".to_owned(),
    };
    Ok(Refusal::new("nothing_open", format!("invoice {name} {why}")).into())
}

/// After the clock was put back an invoice may carry a day that has not come again yet.
pub(super) fn refuse_to_come(work: &Work, open: &[Owed]) -> Result<()> {
    let invoices = open.iter().filter_map(|owed| owed.invoice.as_ref());
    let Some(invoice) = invoices.into_iter().find(|invoice| invoice.invoiced_on > work.today) else { return Ok(()) };
    let (name, on) = (invoice.number.clone().unwrap_or_default(), work.shop.style.date(invoice.invoiced_on));
    Err(Refusal::of_field("date", format!("invoice {name} carries the day {on}: it is paid from then on")).into())
}

/// Whether two payers are one: a merged customer is the one it was merged into.
pub(super) fn same_payer(db: &Db, one: Payer, other: Payer) -> Result<bool> {
    Ok(match (one, other) {
        (Payer::Customer(one), Payer::Customer(other)) if one != other => {
            customer::root(db, one)? == customer::root(db, other)?
        }
        (one, other) => one == other,
    })
}
