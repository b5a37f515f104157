//! The money box: everything that was settled, credited, written off or sent back, in the order it took effect.

use std::collections::HashSet;

use chrono::NaiveDate;

use crate::domain::id::{ActivityId, CreditNoteId, ReceiptId};
use crate::domain::method::Method;
use crate::domain::money::Money;
use crate::store::engine::{Db, Row, Value};
use crate::store::error::Result;

/// What moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MoneyKind {
    /// A receipt was applied.
    Receipt,
    /// A credit note settled a part.
    CreditNote,
    /// A part was written off.
    WriteOff,
    /// Money went back to the payer. It changes what is open only through the reversal beside it.
    Refund,
}

/// One line of the money box.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MoneyLine {
    /// The day it took effect.
    pub on: NaiveDate,
    pub kind: MoneyKind,
    /// Whether it takes an earlier line back.
    pub is_reversal: bool,
    /// What it settles; below zero where it takes back. Of a refund: what went back.
    pub amount: Money,
    /// What is open after it.
    pub open_after: Money,
    pub receipt_id: Option<ReceiptId>,
    /// The credit note.
    pub credit_note_id: Option<CreditNoteId>,
    /// Number of the receipt or credit note.
    pub number: Option<String>,
    pub method: Option<Method>,
    pub reference: String,
    pub reason: String,
    /// The Action that did it.
    pub activity_id: Option<ActivityId>,
}

const MOVES: &str = "SELECT a.allocated_on, a.source, a.amount_minor, a.receipt_id, a.credit_note_id, \
    COALESCE(r.number, n.number), r.method, COALESCE(r.reference, ''), a.reason, a.activity_id, a.id \
    FROM payment p CROSS JOIN allocation a ON a.payment_id = p.id LEFT JOIN receipt r ON r.id = a.receipt_id \
    LEFT JOIN credit_note n ON n.id = a.credit_note_id";

const REFUNDS: &str = "SELECT f.refunded_on, 'refund', f.amount_minor, f.receipt_id, f.credit_note_id, r.number, r.method, f.reference, \
    f.reason, f.activity_id, f.id FROM payment p CROSS JOIN refund f ON f.payment_id = p.id JOIN receipt r ON r.id = f.receipt_id";

/// Everything that moved on the payments `which` names (`p.invoice_id = ?1`), with what was open after each, from `total`.
/// What one receipt did on one day stands in one line.
pub(super) fn moves(db: &Db, which: &str, id: i64, total: Money) -> Result<Vec<MoneyLine>> {
    let params: [Value; 1] = [id.into()];
    let mut lines: Vec<MoneyLine> = Vec::new();
    let sql = format!("{MOVES} WHERE {which} UNION ALL {REFUNDS} WHERE {which} ORDER BY 1, 10, 11");
    for line in db.all(&sql, &params, |row| read(row, total))? {
        match lines.last_mut() {
            Some(last)
                if last.activity_id == line.activity_id
                    && last.kind == line.kind
                    && last.receipt_id == line.receipt_id =>
            {
                last.amount = Money::new(last.amount.minor() + line.amount.minor(), total.currency());
            }
            _ => lines.push(line),
        }
    }
    Ok(stand(lines, total))
}

/// Says after each line what is open. A refund that leaves its amount owed again stands in one line with what it freed.
fn stand(lines: Vec<MoneyLine>, total: Money) -> Vec<MoneyLine> {
    let freed = |line: &MoneyLine| {
        let minor = line.amount.minor();
        let freed = if line.kind == MoneyKind::Refund { minor } else { -minor };
        (line.activity_id, line.receipt_id, freed)
    };
    let all = |kind| lines.iter().filter(|line| line.kind == kind).map(freed).collect::<HashSet<_>>();
    let (of_receipts, refunds) = (all(MoneyKind::Receipt), all(MoneyKind::Refund));
    let mut open = total.minor();
    let mut shown = Vec::with_capacity(lines.len());
    for mut line in lines {
        match line.kind {
            MoneyKind::Refund if of_receipts.contains(&freed(&line)) => open += line.amount.minor(),
            MoneyKind::Refund => {}
            MoneyKind::Receipt if refunds.contains(&freed(&line)) => continue,
            _ => open -= line.amount.minor(),
        }
        line.open_after = Money::new(open, total.currency());
        shown.push(line);
    }
    shown
}

fn read(row: &Row, total: Money) -> Result<MoneyLine> {
    let amount = row.int(2)?;
    Ok(MoneyLine {
        on: row.date(0)?,
        kind: match row.text(1)?.as_str() {
            "receipt" => MoneyKind::Receipt,
            "credit_note" => MoneyKind::CreditNote,
            "write_off" => MoneyKind::WriteOff,
            _ => MoneyKind::Refund,
        },
        is_reversal: amount < 0,
        amount: Money::new(amount, total.currency()),
        open_after: total,
        receipt_id: row.opt_int(3)?.map(ReceiptId),
        credit_note_id: row.opt_int(4)?.map(CreditNoteId),
        number: row.opt_text(5)?,
        method: row.opt_parsed(6)?,
        reference: row.text(7)?,
        reason: row.text(8)?,
        activity_id: row.opt_int(9)?.map(ActivityId),
    })
}
