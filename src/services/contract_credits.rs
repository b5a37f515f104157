//! Credit notes written inside an Action, and taken back by undo: one note an invoice, in its own number series.
//!
//! A credit note first takes money off its line, newest first, then settles the line; money that was taken off and is
//! not needed goes back on it. What is freed stays with its receipt as credit of the payer, or is refunded. (RULES)

use chrono::Datelike;

use super::letterhead::letterhead_text;
use super::refusal::{OrUnknown, Refusal, Result};
use super::work::Work;
use crate::domain::credit_note::NetTax;
use crate::domain::id::{ActivityId, CreditNoteId, InvoiceId, PaymentId, ReceiptId};
use crate::domain::status::PaymentStatus;
use crate::store::billing;
use crate::store::contract_credit::{self as rows, NewNote, NewSettlement, NoteLine};
use crate::store::receipt::{self, Owed};
use crate::store::shop;

/// What credit notes took back, and the money that came free.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::services) struct Credited {
    /// Number in the file and on paper of each note.
    pub notes: Vec<(CreditNoteId, String)>,
    /// What all of them take back with tax, minor units.
    pub total_minor: i64,
    /// Money that came free: receipt, the payment it was on, the note, minor units.
    pub freed: Vec<(ReceiptId, PaymentId, CreditNoteId, i64)>,
}

impl Credited {
    /// The money that came free, minor units.
    pub fn freed_minor(&self) -> i64 {
        self.freed.iter().map(|(_, _, _, minor)| minor).sum()
    }
}

/// Takes `lines` back by credit notes dated today, one an invoice; their rows carry `activity`.
///
/// # Errors
/// Refused where a line stands on no issued invoice or its money is on its way, or more would be taken back than is left.
pub(in crate::services) fn credit(
    work: &Work,
    activity: ActivityId,
    lines: Vec<NoteLine>,
    reason: &str,
) -> Result<Credited> {
    let mut by_invoice: Vec<(InvoiceId, Vec<(Owed, NoteLine)>)> = Vec::new();
    for line in lines.into_iter().filter(|line| line.part.gross() > 0) {
        let owed = receipt::owed(work.db, line.payment)?.or_unknown("payment", line.payment)?;
        let invoice = creditable(&owed)?;
        match by_invoice.iter_mut().find(|(id, _)| *id == invoice) {
            Some((_, of)) => of.push((owed, line)),
            None => by_invoice.push((invoice, vec![(owed, line)])),
        }
    }
    let mut credited = Credited::default();
    if by_invoice.is_empty() {
        return Ok(credited);
    }
    let letterhead = shop::letterhead(work.db, &letterhead_text(work.db, work.shop)?)?;
    for (invoice, of) in by_invoice {
        let (owed, lines): (Vec<Owed>, Vec<NoteLine>) = of.into_iter().unzip();
        let format = &work.shop.credit_note_numbers;
        let year = if format.has_year() { work.today.year() } else { 0 };
        let seq = billing::next_number(work.db, "credit_note", year)?;
        let number = format.render(work.today.year(), seq);
        let currency = owed.first().map_or(work.shop.currency, |owed| owed.currency);
        let (issued_on, number) = (work.today, number.as_str());
        let lines = lines.as_slice();
        let new = NewNote { invoice, currency, numbered: (year, seq), number, issued_on, reason, letterhead, lines };
        let note = rows::insert(work.db, &new)?;
        for line in lines {
            credited.freed.extend(
                settle_line(work, (note, activity), line)?
                    .into_iter()
                    .map(|(of, minor)| (of, line.payment, note, minor)),
            );
            credited.total_minor += line.part.gross();
        }
        credited.notes.push((note, number.to_owned()));
    }
    Ok(credited)
}

/// The invoice a payment stands on, where it can be credited.
fn creditable(owed: &Owed) -> Result<InvoiceId> {
    let id = owed.id;
    match &owed.invoice {
        Some(invoice) if invoice.is_issued && owed.status == PaymentStatus::Processing => {
            let number = invoice.number.clone().unwrap_or_default();
            let message = format!("money for invoice {number} is on its way: say first whether it came");
            Err(Refusal::new("on_its_way", message).into())
        }
        Some(invoice) if invoice.is_issued => Ok(invoice.id),
        _ => Err(Refusal::new("not_invoiced", format!("payment P-{id} stands on no issued invoice")).into()),
    }
}

/// Settles one line by a credit note. The money that came free, receipt by receipt.
fn settle_line(
    work: &Work,
    (note, activity): (CreditNoteId, ActivityId),
    line: &NoteLine,
) -> Result<Vec<(ReceiptId, i64)>> {
    let credit = line.part.gross();
    let load = || receipt::owed(work.db, line.payment)?.or_unknown("payment", line.payment);
    let mut owed = load()?;
    let mut taken = Vec::new();
    for (id, receipt, minor) in rows::money_on(work.db, line.payment)? {
        if owed.open_minor() >= credit {
            break;
        }
        let after = if owed.status == PaymentStatus::Paid { PaymentStatus::Pending } else { owed.status };
        write(work, &owed, (None, Some(receipt)), (-minor, Some(id)), after, activity)?;
        taken.push((receipt, minor));
        owed = load()?;
    }
    let (whole, before) = rows::line_and_credited(work.db, line.payment)?.or_unknown("payment", line.payment)?;
    let is_whole = before == whole;
    let after = match credit == owed.open_minor() {
        true if is_whole => PaymentStatus::Cancelled,
        true => PaymentStatus::Paid,
        false => owed.status,
    };
    write(work, &owed, (Some(note), None), (credit, None), after, activity)?;
    let mut freed = Vec::new();
    // The oldest money goes back first, so that the newest is what comes free.
    for (receipt, minor) in taken.into_iter().rev() {
        let owed = load()?;
        let again = minor.min(owed.open_minor());
        if again > 0 {
            let after = if again == owed.open_minor() { PaymentStatus::Paid } else { owed.status };
            write(work, &owed, (None, Some(receipt)), (again, None), after, activity)?;
        }
        if minor > again {
            freed.push((receipt, minor - again));
        }
    }
    Ok(freed)
}

fn write(
    work: &Work,
    payment: &Owed,
    (note, receipt): (Option<CreditNoteId>, Option<ReceiptId>),
    (amount_minor, reverses): (i64, Option<crate::domain::id::AllocationId>),
    after: PaymentStatus,
    activity: ActivityId,
) -> Result<()> {
    let on = work.today;
    let new = NewSettlement { payment, note, receipt, amount_minor, on, after, reverses, activity };
    Ok(rows::settle(work.db, &new)?)
}

/// Gives the money that came free back to the payer.
pub(in crate::services) fn give_back(
    work: &Work,
    credited: &Credited,
    activity: ActivityId,
    reason: &str,
) -> Result<()> {
    for (receipt, payment, note, minor) in &credited.freed {
        let owed = receipt::owed(work.db, *payment)?.or_unknown("payment", payment)?;
        let money = (*minor, owed.currency);
        rows::give_back(work.db, (*receipt, *payment, *note), money, work.today, reason, (None, activity))?;
    }
    Ok(())
}

/// What is left of a payment that credit notes have not taken back, and what they took.
pub(in crate::services) fn left(work: &Work, payment: PaymentId) -> Result<(NetTax, NetTax)> {
    rows::line_and_credited(work.db, payment)?.or_unknown("payment", payment)
}

/// Takes back what `credit` and `give_back` wrote under the activity `of`: the notes keep their numbers and credit
/// nothing, money that was taken off its line goes on it again.
///
/// # Errors
/// Refused where the payment moved on, or the money that came free was used since.
pub(in crate::services) fn take_back(work: &Work, of: ActivityId, row: ActivityId) -> Result<()> {
    for given in rows::given_back_by(work.db, of)? {
        let owed = receipt::owed(work.db, given.payment)?.or_unknown("payment", given.payment)?;
        let money = (-given.amount_minor, owed.currency);
        let about = (given.receipt, given.payment, given.note);
        rows::give_back(work.db, about, money, work.today, "taken back", (Some(given.id), row))?;
    }
    for written in rows::written_by(work.db, of)? {
        let owed = receipt::owed(work.db, written.payment)?.or_unknown("payment", written.payment)?;
        if owed.status != written.after {
            let message = format!("payment P-{} moved on since: take that back first", owed.id);
            return Err(Refusal::new("depended_on", message).into());
        }
        let reverses = (written.amount_minor > 0).then_some(written.id);
        if let (None, Some(receipt)) = (reverses, written.receipt)
            && rows::left_of_receipt(work.db, receipt)? < -written.amount_minor
        {
            let message = "the money that came free was used since: take that back first";
            return Err(Refusal::new("depended_on", message).into());
        }
        let settles = (written.note, written.receipt);
        write(work, &owed, settles, (-written.amount_minor, reverses), written.before, row)?;
    }
    Ok(())
}
