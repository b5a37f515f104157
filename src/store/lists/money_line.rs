//! The money box: everything that was settled, credited, written off or sent back, in the order it took effect.

use chrono::NaiveDate;

use crate::domain::id::{ActivityId, CreditNoteId, ReceiptId};
use crate::domain::method::Method;
use crate::domain::money::Money;

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
    /// What moved.
    pub kind: MoneyKind,
    /// Whether it takes an earlier line back.
    pub is_reversal: bool,
    /// What it settles; below zero where it takes back. Of a refund: what went back.
    pub amount: Money,
    /// What is open after it.
    pub open_after: Money,
    /// The receipt.
    pub receipt_id: Option<ReceiptId>,
    /// The credit note.
    pub credit_note_id: Option<CreditNoteId>,
    /// Number of the receipt or credit note.
    pub number: Option<String>,
    /// How it came.
    pub method: Option<Method>,
    /// The payer's reference.
    pub reference: String,
    /// The reason given.
    pub reason: String,
    /// The Action that did it.
    pub activity_id: Option<ActivityId>,
}
