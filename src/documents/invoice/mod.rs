//! The invoice paper: what it shows, and how it is laid out.

mod payment;
mod sheet;
mod slip;
mod sums;

use chrono::NaiveDate;

use super::guard::{self, Headed};
use super::letterhead::Letterhead;
use super::{Paper, PaperError};
use crate::domain::money::Money;

/// What the paper calls itself.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum InvoicePaperKind {
    /// An invoice, regular or out of turn.
    #[default]
    Invoice,
    /// One invoice for many subscriptions.
    Consolidated,
    /// A credit note; [`InvoicePaper::corrects`] names the invoice it belongs to.
    CreditNote,
    /// A receipt: money that arrived, and what it paid.
    Receipt,
}

impl InvoicePaperKind {
    /// Whether it asks for money and says what is left to pay.
    pub(super) const fn asks(self) -> bool {
        matches!(self, Self::Invoice | Self::Consolidated)
    }
}

/// Which amounts the lines show and carry from page to page.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Prices {
    /// Without tax, which is added below.
    #[default]
    Net,
    /// With the tax in them.
    Gross,
}

/// A word set across the paper.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Stamp {
    /// Settled in full on that day.
    Paid(NaiveDate),
    /// Nothing due any more, and no money settled it.
    Credited,
    /// Nothing waited for any more.
    WrittenOff,
    /// Void: nothing is owed.
    Void,
    /// Not issued yet.
    Draft,
    /// A further copy of what was issued.
    Copy,
}

/// One line of the table.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PaperLine {
    /// What was rented or done.
    pub text: String,
    /// A second, quieter line: serial number, customer of a group.
    pub detail: Option<String>,
    /// First and last day, both included.
    pub period: Option<(NaiveDate, NaiveDate)>,
    /// The day it was supplied, where it has no period; none for what is no supply, as a deposit.
    pub supplied_on: Option<NaiveDate>,
    pub quantity: String,
    /// Price of one, with or without tax as [`InvoicePaper::prices`] says.
    pub unit_price: Money,
    pub net: Money,
    /// Tax rate as shown, e.g. `19%`; empty where none applies.
    pub tax_rate: String,
    pub gross: Money,
}

/// The tax of one rate.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PaperTax {
    /// Rate as shown, e.g. `VAT 19%`.
    pub rate: String,
    /// What it was computed on.
    pub base: Money,
    pub tax: Money,
}

/// Money or credit that settled a part of the invoice.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PaperSettlement {
    /// The day it took effect.
    pub on: NaiveDate,
    /// What it was: `Bank transfer`, `Credit note 2025-0004`.
    pub text: String,
    pub amount: Money,
    pub kind: SettledBy,
}

/// What kind of thing settled a part of an invoice.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum SettledBy {
    /// Money that came for it.
    #[default]
    Money,
    /// Money that had been kept as credit.
    Credit,
    /// A credit note or a write-off.
    Loss,
}

/// Where the customer's account stands with this invoice: `previous − received − credited + this = to_pay`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AccountBalance {
    /// What was open before this invoice.
    pub previous: Money,
    /// Money that came in since, less what went back.
    pub received: Money,
    /// What was credited, voided or written off since.
    pub credited: Money,
    pub this: Money,
    /// What there is to pay altogether; below zero what is in the customer's favour.
    pub to_pay: Money,
}

/// Everything an invoice paper shows.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct InvoicePaper {
    pub letterhead: Letterhead,
    /// What the paper calls itself.
    pub kind: InvoicePaperKind,
    /// Its number; none on a draft.
    pub number: Option<String>,
    /// Invoice date; also the file's creation date, so that the bytes depend on the invoice alone.
    pub invoiced_on: NaiveDate,
    /// Due date; none where nothing falls due (a credit note).
    pub due_on: Option<NaiveDate>,
    /// Name and address of who pays, one part a line.
    pub payer: Vec<String>,
    /// The payer's tax numbers with their labels.
    pub payer_numbers: Vec<String>,
    /// The customer's number or own reference (an order number).
    pub customer_reference: Option<String>,
    /// Number of the invoice a credit note belongs to.
    pub corrects: Option<String>,
    /// Which of a line's amounts is printed.
    pub prices: Prices,
    pub lines: Vec<PaperLine>,
    pub subtotal: Money,
    /// Tax, one entry a rate.
    pub taxes: Vec<PaperTax>,
    pub total: Money,
    /// What settled it so far.
    pub settled: Vec<PaperSettlement>,
    /// What is left to pay.
    pub open: Money,
    /// The account with this invoice, where the shop prints it.
    pub account: Option<AccountBalance>,
    /// A word set across the paper.
    pub stamp: Option<Stamp>,
    /// Payment reference to quote.
    pub reference: String,
    /// Free text below the sums, one paragraph each.
    pub notes: Vec<String>,
    /// Text of a payment code (EPC) over the sum that is asked for, drawn under the bank details.
    pub qr: Option<String>,
}

impl InvoicePaper {
    /// The one sum the paper asks for: what the account comes to where it is printed, else what is open of the invoice.
    pub fn asked(&self) -> Money {
        let asked = self.account.as_ref().map_or(self.open, |account| account.to_pay);
        if asked.minor() < 0 { Money::zero(asked.currency()) } else { asked }
    }
}

impl Headed for InvoicePaper {
    fn head(&self) -> &Letterhead {
        &self.letterhead
    }

    fn head_mut(&mut self) -> &mut Letterhead {
        &mut self.letterhead
    }
}

/// Lays an invoice out.
pub fn invoice(paper: &InvoicePaper) -> Result<Paper, PaperError> {
    guard::made(paper, sheet::lay_out)
}
