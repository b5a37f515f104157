//! Money arrives and pays: mark as paid.

use chrono::{Datelike, NaiveDate};
use serde_json::json;

pub use super::payable::Target;
use super::{late, payable};
use crate::domain::allocation::{self, Allocated as Split, OpenItem};
use crate::domain::id::{ActivityId, PaymentId, ReceiptId};
use crate::domain::log::{Log, Subject};
use crate::domain::method::Method;
use crate::domain::money::{LARGEST, Money};
use crate::domain::status::{AttemptState, PaymentStatus};
use crate::domain::text;
use crate::services::done::{Allocated, Done, Outcome, Received, Touched, WayBack};
use crate::services::refusal::{OfField, OrUnknown, Refusal, Result};
use crate::services::work::{Entry, Work};
use crate::store::billing::{self, Payer, next_number};
use crate::store::payment_change::{self, NewChange};
use crate::store::receipt::{self, NewAllocation, NewReceipt, Owed};
use crate::store::{attempt, customer};

/// What a person says of money that arrived.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReceiptDraft {
    /// What it is meant for.
    pub target: Target,
    /// How much, plain decimal text; what is open where it is empty.
    pub amount: String,
    pub received_on: NaiveDate,
    pub method: Method,
    /// What the bank says.
    pub reference: String,
    /// Whether more than is open may stay as credit.
    pub keep_credit: bool,
    /// Whether it really came as well: beside a receipt that is just like it, or one on its way to the same.
    pub again: bool,
}

/// Writes down money that arrived and what it pays.
pub(in crate::services) fn receive(work: &Work, draft: &ReceiptDraft) -> Result<Done> {
    let arrival = plan(work, draft)?;
    let activity = log(work, &arrival, &arrival.split.parts)?;
    let received = write(work, &arrival, activity)?;
    let said = said(work, &received, &arrival);
    Ok(Done::new(said, Outcome::Received(received), &[Touched::Money, Touched::Customers]).back(WayBack::It))
}

/// Writes down several receipts, each with its own day and reference, in one step.
pub(in crate::services) fn receive_each(work: &Work, drafts: &[ReceiptDraft]) -> Result<Done> {
    let Some(first) = drafts.first() else {
        return Err(Refusal::of_field("invoice", "say what was paid").into());
    };
    let customer = plan(work, first)?.payer.customer();
    let details = json!({ "receipts": drafts.len() });
    let activity = work.log(&Entry { customer, details, ..Entry::new(Log::Receive, Subject::Nothing) })?;
    let mut all = Vec::new();
    for draft in drafts {
        let arrival = plan(work, draft)?;
        all.push(write(work, &arrival, activity)?);
    }
    let paid: usize = all.iter().map(|one| one.allocations.len()).sum();
    let said = format!("{paid} payments with {} receipts.", all.len());
    Ok(Done::new(said, Outcome::ReceivedEach(all), &[Touched::Money, Touched::Customers]).back(WayBack::Them))
}

/// Money that arrived, looked at and not written yet.
pub(super) struct Arrival<'d> {
    draft: &'d ReceiptDraft,
    reference: String,
    payer: Payer,
    open: Vec<Owed>,
    amount: Money,
    split: Split,
}

/// Reads what a person says of money, and parts it.
pub(super) fn plan<'d>(work: &Work, draft: &'d ReceiptDraft) -> Result<Arrival<'d>> {
    let reference = text::clean_line(&draft.reference, 140).of_field("reference")?;
    work.has_come("date", draft.received_on)?;
    let (payer, open) = payable::payable(work.db, &draft.target)?;
    if !draft.method.clears_at_once() && open.iter().any(|owed| owed.given_up_minor > 0) {
        let message = "this was written off: enter its money once it has cleared, as a transfer of that day";
        return Err(Refusal::new("written_off", message).into());
    }
    let currency = match open.first() {
        Some(first) => first.currency,
        None => payer_currency(work, payer)?,
    };
    let amount = amount(work, draft, &open, currency)?;
    let split = if let Target::Parts(parts) = &draft.target {
        by_hand(work, parts, &open, amount)?
    } else {
        let items: Vec<OpenItem> = open.iter().map(Owed::item).collect();
        allocation::allocate(amount.minor(), &items)
    };
    let arrival = Arrival { draft, reference, payer, open, amount, split };
    refuse_odd(work, &arrival)?;
    Ok(arrival)
}

/// The parts a person made: none more than is open, all together no more than came.
fn by_hand(work: &Work, parts: &[(PaymentId, i64)], open: &[Owed], amount: Money) -> Result<Split> {
    let shown = |minor: i64| work.shop.style.amount(Money::new(minor, amount.currency()));
    for (payment, minor) in parts {
        let owed = open.iter().find(|owed| owed.id == *payment).or_unknown("payment", payment)?;
        if *minor < 0 || *minor > owed.open_minor() {
            let message = format!("between nothing and {} of payment P-{payment} is open", shown(owed.open_minor()));
            return Err(Refusal::new("part_too_large", message).into());
        }
    }
    let sum: i64 = parts.iter().map(|(_, minor)| minor).sum();
    if sum > amount.minor() {
        let message = format!("the parts add up to {}, which is more than {}", shown(sum), shown(amount.minor()));
        return Err(Refusal::new("parts_too_large", message).into());
    }
    let given = parts.iter().filter(|(_, minor)| *minor > 0);
    Ok(Split { parts: given.copied().collect(), rest: amount.minor() - sum })
}

/// Writes a receipt and what it pays.
pub(super) fn write(work: &Work, arrival: &Arrival, activity: ActivityId) -> Result<Received> {
    let (draft, currency) = (arrival.draft, arrival.amount.currency());
    let year = if work.shop.receipt_numbers.has_year() { draft.received_on.year() } else { 0 };
    let seq = next_number(work.db, "receipt", year)?;
    let number = work.shop.receipt_numbers.render(draft.received_on.year(), seq);
    let new = NewReceipt {
        payer: arrival.payer,
        currency,
        numbered: (year, seq),
        number: &number,
        amount_minor: arrival.amount.minor(),
        received_on: draft.received_on,
        counts_on: work.first_open(draft.received_on),
        method: draft.method,
        reference: &arrival.reference,
        activity,
    };
    let receipt = receipt::insert(work.db, &new)?;
    for invoice in arrival.open.iter().filter_map(|owed| owed.invoice.as_ref()) {
        billing::flag_if_late(work.db, invoice.id, work.today)?;
    }
    let mut allocations = Vec::new();
    for (payment, minor) in &arrival.split.parts {
        let owed = arrival.open.iter().find(|owed| owed.id == *payment).or_unknown("payment", payment)?;
        late::take_back(work, activity, owed, draft.received_on)?;
        let is_paid = apply(work, (receipt, activity), owed, *minor, draft)?;
        allocations.push(Allocated {
            payment: *payment,
            invoice: owed.invoice.as_ref().and_then(|invoice| invoice.number.clone()),
            amount: Money::new(*minor, currency),
            is_paid,
        });
    }
    Ok(Received { receipt, number, allocations, credit: Money::new(arrival.split.rest, currency) })
}

fn payer_currency(work: &Work, payer: Payer) -> Result<crate::domain::currency::Currency> {
    match payer {
        Payer::Customer(id) => Ok(customer::by_id(work.db, id)?.or_unknown("customer", id)?.currency),
        Payer::Group(id) => Ok(crate::store::group::by_id(work.db, id)?.or_unknown("billing group", id)?.currency),
    }
}

fn amount(
    work: &Work,
    draft: &ReceiptDraft,
    open: &[Owed],
    currency: crate::domain::currency::Currency,
) -> Result<Money> {
    let amount = match (draft.amount.trim(), &draft.target) {
        ("", Target::Parts(parts)) => Money::new(parts.iter().map(|(_, minor)| minor).sum(), currency),
        ("", _) => Money::new(open.iter().map(Owed::payable_minor).sum(), currency),
        (text, _) => Money::parse(text, currency).of_field("amount")?,
    };
    if amount.minor() <= 0 && draft.amount.trim().is_empty() {
        let way = beside_it(work, draft)?.map(|way| format!(": {way}")).unwrap_or_default();
        return Err(Refusal::new("nothing_open", format!("nothing is open{way}")).into());
    }
    if amount.minor() <= 0 {
        return Err(Refusal::of_field("amount", "the amount has to be more than 0").into());
    }
    if amount.minor() > LARGEST {
        return Err(Refusal::of_field("amount", "this is more than one receipt can hold: enter a part of it").into());
    }
    Ok(amount)
}

/// What is asked about before it is kept.
fn refuse_odd(work: &Work, arrival: &Arrival) -> Result<()> {
    let Arrival { draft, reference, payer, open, amount, split } = arrival;
    let (style, amount, rest) = (work.shop.style, *amount, split.rest);
    if rest > 0 && !draft.keep_credit {
        let due: i64 = open.iter().map(Owed::payable_minor).sum();
        let message = format!(
            "{} is {} more than what is open ({}{}): keep the rest as credit, or correct the amount",
            style.amount(amount),
            style.amount(Money::new(rest, amount.currency())),
            style.amount(Money::new(due, amount.currency())),
            beside_it(work, draft)?.map(|way| format!("; {way}")).unwrap_or_default(),
        );
        return Err(Refusal::new("over_paid", message).into());
    }
    if !draft.again
        && let Some(number) = receipt::twin(work.db, *payer, draft.received_on, amount.minor(), reference)?
    {
        let message = format!(
            "receipt {number} is the same money: {}, {}{}. Enter it again only if it really came twice",
            style.date(draft.received_on),
            style.amount(amount),
            if reference.is_empty() { String::new() } else { format!(", {reference}") },
        );
        return Err(Refusal::new("repeated", message).into());
    }
    if !draft.again {
        payable::refuse_awaited(work, open, &split.parts)?;
    }
    payable::refuse_to_come(work, open)
}

/// What is on its way beside money that names no invoice.
fn beside_it(work: &Work, draft: &ReceiptDraft) -> Result<Option<String>> {
    match draft.target {
        Target::Payer(payer) => payable::on_its_way(work.db, work.shop.style, payer),
        _ => Ok(None),
    }
}

fn log(work: &Work, arrival: &Arrival, parts: &[(PaymentId, i64)]) -> Result<ActivityId> {
    let (open, amount) = (&arrival.open, arrival.amount);
    let subject = match parts.first().and_then(|(id, _)| open.iter().find(|owed| owed.id == *id)) {
        Some(Owed { invoice: Some(invoice), .. }) => Subject::Invoice(invoice.id),
        _ => Subject::Nothing,
    };
    let customer = arrival.payer.customer();
    let details =
        json!({ "amount": amount.to_string(), "currency": amount.currency().code(), "payments": parts.len() });
    work.log(&Entry { customer, details, ..Entry::new(Log::Receive, subject) })
}

/// Applies one part: at once where the money is there, planned where it has to clear. Whether the payment is paid now.
fn apply(
    work: &Work,
    (receipt, activity): (ReceiptId, ActivityId),
    owed: &Owed,
    minor: i64,
    draft: &ReceiptDraft,
) -> Result<bool> {
    let is_paid = minor == owed.open_minor();
    let on = pays_on(work, owed, draft.received_on);
    if draft.method.clears_at_once() {
        let after = if is_paid { PaymentStatus::Paid } else { owed.status };
        let new = NewAllocation {
            receipt,
            payment: owed,
            amount_minor: minor,
            allocated_on: on,
            before: owed.status,
            after,
            reverses: None,
            activity,
        };
        receipt::allocate(work.db, &new)?;
        if let Some(open) = attempt::open(work.db, owed.id)? {
            attempt::finish(work.db, open.id, AttemptState::Settled, Some(receipt))?;
        }
        return Ok(is_paid);
    }
    receipt::plan_allocation(work.db, receipt, owed.id, minor)?;
    if owed.status != PaymentStatus::Processing {
        let change = NewChange {
            payment: owed.id,
            from: owed.status,
            to: PaymentStatus::Processing,
            on,
            reason: "",
            reverses: None,
            activity,
        };
        payment_change::change(work.db, &change)?;
    }
    Ok(false)
}

/// The day on which money that came on `came` pays a payment.
fn pays_on(work: &Work, owed: &Owed, came: NaiveDate) -> NaiveDate {
    work.pays_on(came, owed.invoice.as_ref().map(|invoice| invoice.invoiced_on))
}

/// What money does not do on the day it came, in words: it came before an invoice it pays, or in a closed period.
fn counts_later(work: &Work, arrival: &Arrival) -> String {
    let (came, style) = (arrival.draft.received_on, work.shop.style);
    let opens = work.first_open(came);
    if opens > came {
        return format!(" {} is closed: it counts from {}.", style.date(came), style.date(opens));
    }
    let pays = |owed: &&Owed| arrival.split.parts.iter().any(|(payment, _)| *payment == owed.id);
    let invoices = arrival.open.iter().filter(pays).filter_map(|owed| owed.invoice.as_ref());
    match invoices.filter(|invoice| invoice.invoiced_on > came).max_by_key(|invoice| invoice.invoiced_on) {
        Some(invoice) if arrival.draft.method.clears_at_once() => {
            let name = invoice.number.clone().unwrap_or_default();
            format!(" It came before invoice {name}, which it pays on {}.", style.date(invoice.invoiced_on))
        }
        _ => String::new(),
    }
}

fn said(work: &Work, received: &Received, arrival: &Arrival) -> String {
    let (style, number, credit) = (work.shop.style, &received.number, received.credit);
    let (amount, method) = (arrival.amount, arrival.draft.method);
    let allocations = received.allocations.as_slice();
    let what = match allocations {
        [] => format!("Receipt {number} for {} is kept as credit", style.amount(amount)),
        [one] if !method.clears_at_once() => format!("{} is on its way, {}", name(one), style.amount(one.amount)),
        [one] if one.is_paid => match left_of_invoice(one, arrival) {
            0 => format!("{} is paid, {}", name(one), style.amount(one.amount)),
            left => {
                let left = style.amount(Money::new(left, one.amount.currency()));
                format!("{} of {} is paid, {left} of the invoice stays open", style.amount(one.amount), name(one))
            }
        },
        [one] => format!("{} is part paid, {}", name(one), style.amount(one.amount)),
        many => format!("{} payments, {} with receipt {number}", many.len(), style.amount(amount)),
    };
    let rest = match credit.minor() {
        1.. if !allocations.is_empty() => format!(", {} is kept as credit", style.amount(credit)),
        _ => String::new(),
    };
    format!("{what}{rest}.{}{}", late::said(work, &arrival.open, allocations), counts_later(work, arrival))
}

/// What stays open of the invoice of a part, in minor units: by its other lines.
fn left_of_invoice(part: &Allocated, arrival: &Arrival) -> i64 {
    let owed = arrival.open.iter().find(|owed| owed.id == part.payment);
    owed.and_then(|owed| owed.invoice.as_ref()).map_or(0, |invoice| invoice.open_minor - part.amount.minor())
}

fn name(part: &Allocated) -> String {
    part.invoice.clone().unwrap_or_else(|| format!("P-{}", part.payment))
}
