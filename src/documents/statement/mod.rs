//! The statement of account: what was open before a period, every movement in it, what is open after it and how old that is.

mod sheet;
mod words;

use chrono::NaiveDate;

use super::guard::{self, Headed};
use super::letterhead::Letterhead;
use super::{Paper, PaperError};
use crate::domain::money::Money;

/// One movement of the account.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Movement {
    /// Its business day.
    pub on: NaiveDate,
    /// What it was, in the words of the paper's language: `Invoice 2025-0042`.
    pub text: String,
    /// A second, quieter line.
    pub detail: Option<String>,
    /// What it adds to the account: above zero what is charged, below what is credited.
    pub amount: Money,
}

/// What is open at the end of the period, by how late it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct OpenByAge {
    /// Not due, 1–30, 31–60, 61–90 and more than 90 days late.
    pub late: [Money; 5],
    /// Money received and not used yet.
    pub unapplied: Money,
}

/// Everything a statement shows. `opening + Σ movements = closing = Σ late − unapplied`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StatementPaper {
    pub letterhead: Letterhead,
    /// Name and address of whose account it is, one part a line.
    pub payer: Vec<String>,
    /// Tax numbers with their labels.
    pub payer_numbers: Vec<String>,
    /// First and last day, both included; the last is also the file's creation date.
    pub period: (NaiveDate, NaiveDate),
    /// What was open before.
    pub opening: Money,
    /// What happened, by day.
    pub movements: Vec<Movement>,
    /// What is open after it.
    pub closing: Money,
    /// How old that is.
    pub open: OpenByAge,
}

impl Headed for StatementPaper {
    fn head(&self) -> &Letterhead {
        &self.letterhead
    }

    fn head_mut(&mut self) -> &mut Letterhead {
        &mut self.letterhead
    }
}

/// Lays a statement out.
pub fn statement(paper: &StatementPaper) -> Result<Paper, PaperError> {
    guard::made(paper, sheet::lay_out)
}
