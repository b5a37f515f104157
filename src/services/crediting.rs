//! Credit notes issued, and money freed from what it had paid: what cancelling, refunding, disputes and subscriptions
//! that end have in common.

use chrono::Datelike;

use super::refusal::{OrUnknown, Refusal, Result};
use super::work::Work;
use crate::domain::credit_note::{NetTax, credit_gross};
use crate::domain::id::{ActivityId, CreditNoteId, InvoiceId, PaymentId, ReceiptId};
use crate::domain::money::Money;
use crate::domain::numbering::dated;
use crate::domain::status::PaymentStatus;
use crate::domain::taking_back::{newest_first, once_credited, to_free};
use crate::store::billing::{self, next_number};
use crate::store::credit_note::{self, CreditableLine, NewCreditNote};
use crate::store::receipt;
use crate::store::settlement::{self, NewSettlement, Settled, Source};
use crate::store::shop;

/// A credit note that was issued.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issued {
    /// Its number in the file.
    pub id: CreditNoteId,
    /// Its number on paper.
    pub number: String,
    /// What it credits, tax included.
    pub total: Money,
    /// Money that had paid what is credited and is free now: credit of the payer until it is used or refunded.
    pub freed: Vec<(ReceiptId, i64)>,
}

/// What is credited of one line.
#[derive(Clone, Debug)]
pub struct Part {
    /// The line, as it stands.
    pub line: CreditableLine,
    /// How much of it.
    pub credit: NetTax,
}

impl Part {
    /// So much of a line, tax included.
    pub fn gross(line: CreditableLine, minor: i64) -> Result<Self> {
        let credit = credit_gross(line.whole, line.credited, minor)
            .map_err(|error| Refusal::of_field("amount", format!("line {}: {error}", line.line)))?;
        Ok(Self { line, credit })
    }

    /// All that is left of a line; `None` where nothing is.
    pub fn rest(line: &CreditableLine) -> Option<Self> {
        let credit = line.whole.minus(line.credited);
        (credit.gross() > 0 && !line.is_cancelled).then(|| Self { line: line.clone(), credit })
    }
}

/// The line a payment is on its invoice.
pub(super) fn line_of(work: &Work, invoice: InvoiceId, payment: PaymentId) -> Result<CreditableLine> {
    let lines = credit_note::lines_of(work.db, invoice)?;
    lines.into_iter().find(|line| line.payment == payment).or_unknown("line of payment", payment)
}

/// Issues a credit note dated today over parts of an issued invoice. What is open on a line is credited first; where
/// that is not enough, the newest money on it is freed. `is_refund`: the freed money goes back, and the lines stay paid.
pub(super) fn issue(
    work: &Work,
    activity: ActivityId,
    invoice: InvoiceId,
    parts: &[Part],
    (reason, is_refund): (&str, bool),
) -> Result<Issued> {
    let head = billing::invoice(work.db, invoice)?.or_unknown("invoice", invoice)?;
    refuse_earlier_note(work)?;
    if parts.is_empty() {
        return Err(Refusal::new("nothing_to_credit", "nothing is left to credit on this invoice").into());
    }
    let format = &work.shop.credit_note_numbers;
    let year = if format.has_year() { work.today.year() } else { 0 };
    let seq = next_number(work.db, "credit_note", year)?;
    let number = format.render(work.today.year(), seq);
    let letterhead = shop::letterhead(work.db, &super::letterhead::letterhead_text(work.db, work.shop)?)?;
    let lines: Vec<_> = parts.iter().map(|part| (part.line.payment, part.line.text.as_str(), part.credit)).collect();
    let new = NewCreditNote {
        invoice,
        currency: head.currency,
        numbered: (year, seq),
        number: &number,
        issued_on: work.today,
        reason,
        lines: &lines,
        letterhead,
    };
    let id = credit_note::insert(work.db, &new)?;
    billing::flag_if_late(work.db, invoice, work.today)?;
    let mut freed = Vec::new();
    for part in parts {
        let gross = part.credit.gross();
        let owed = receipt::owed(work.db, part.line.payment)?.or_unknown("payment", part.line.payment)?;
        if owed.status == PaymentStatus::Processing {
            return Err(on_its_way(owed.id));
        }
        freed.extend(free(work, activity, owed.id, to_free(gross, owed.open_minor()), None)?);
        let owed = receipt::owed(work.db, part.line.payment)?.or_unknown("payment", part.line.payment)?;
        let credited = part.line.credited.gross() + gross;
        let after = match owed.open_minor() - gross {
            0 => once_credited(credited, owed.amount_minor, is_refund),
            _ => owed.status,
        };
        let settlement = NewSettlement {
            source: Source::CreditNote(id),
            payment: &owed,
            amount_minor: gross,
            on: work.today,
            after,
            reason: "",
            reverses: None,
            activity,
        };
        settlement::settle(work.db, &settlement)?;
    }
    let total = Money::new(parts.iter().map(|part| part.credit.gross()).sum(), head.currency);
    Ok(Issued { id, number, total, freed })
}

/// A credit note is issued today or not at all: what it takes back is taken back on the day it is said.
fn refuse_earlier_note(work: &Work) -> Result<()> {
    let day = dated(work.today, credit_note::newest_day(work.db)?);
    if day == work.today {
        return Ok(());
    }
    let day = work.shop.style.date(day);
    let message = format!("the newest credit note is dated {day}: none is issued for a day before it");
    Err(Refusal::new("clock_back", message).into())
}

fn on_its_way(payment: PaymentId) -> super::DeskError {
    let message = format!("money for payment P-{payment} is on its way: say first that it did not come");
    Refusal::new("on_its_way", message).into()
}

/// Frees `minor` of the money on a payment, newest receipt first: each of its allocations is reversed whole, and what
/// of it stays is applied anew, both dated today. `only` frees the money of one receipt. What each receipt gave back.
pub(super) fn free(
    work: &Work,
    activity: ActivityId,
    payment: PaymentId,
    minor: i64,
    only: Option<ReceiptId>,
) -> Result<Vec<(ReceiptId, i64)>> {
    let standing = settlement::standing(work.db, payment)?;
    let money = standing.iter().filter_map(|row| row.source.receipt().map(|id| (row, id)));
    let money: Vec<_> = money.filter(|(_, id)| only.is_none_or(|only| only == *id)).collect();
    let held: Vec<(usize, i64)> = money.iter().enumerate().map(|(at, (row, _))| (at, row.amount_minor)).collect();
    let Some(taken) = newest_first(minor, &held) else {
        let message = format!("less than that of payment P-{payment} was paid with money");
        return Err(Refusal::new("not_received", message).into());
    };
    let mut freed = Vec::new();
    for (at, part) in taken {
        let Some((row, receipt_id)) = money.get(at) else { continue };
        reverse(work, activity, row, PaymentStatus::Pending)?;
        let rest = row.amount_minor - part;
        if rest > 0 {
            let owed = receipt::owed(work.db, payment)?.or_unknown("payment", payment)?;
            let again = NewSettlement {
                source: row.source,
                payment: &owed,
                amount_minor: rest,
                on: work.today,
                after: owed.status,
                reason: "",
                reverses: None,
                activity,
            };
            settlement::settle(work.db, &again)?;
        }
        freed.push((*receipt_id, part));
    }
    Ok(freed)
}

/// Reverses one settlement with today's date; a payment that was paid becomes `unpaid`.
pub(super) fn reverse(work: &Work, activity: ActivityId, row: &Settled, unpaid: PaymentStatus) -> Result<()> {
    let owed = receipt::owed(work.db, row.payment)?.or_unknown("payment", row.payment)?;
    let after = if owed.status == PaymentStatus::Paid { unpaid } else { owed.status };
    let reversal = NewSettlement {
        source: row.source,
        payment: &owed,
        amount_minor: -row.amount_minor,
        on: work.today,
        after,
        reason: "",
        reverses: Some(row.id),
        activity,
    };
    settlement::settle(work.db, &reversal)?;
    Ok(())
}
