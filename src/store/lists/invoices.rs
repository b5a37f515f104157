//! The list of invoices.

use chrono::NaiveDate;

use super::page::{Cursor, DayRange, Key, Page, Slice, Totals};
use crate::domain::id::{CustomerId, GroupId, InvoiceId};
use crate::domain::money::Money;
use crate::domain::status::{InvoiceKind, InvoiceState, InvoiceStatus};
use crate::store::engine::Db;
use crate::store::error::Result;

/// What the list is sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum InvoiceSort {
    /// Oldest due day first.
    #[default]
    Due,
    /// Newest number first; drafts before them all.
    Number,
    /// Highest total first, then oldest.
    Amount,
    /// Payer A–Z, then oldest.
    Customer,
}

/// What the list shows. Parts combine.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct InvoiceFilter {
    /// Payer, invoice number, reference or amount.
    pub query: String,
    /// Only these statuses; empty: all.
    pub statuses: Vec<InvoiceStatus>,
    /// Only this kind.
    pub kind: Option<InvoiceKind>,
    /// Dated from … to ….
    pub invoiced: DayRange,
    /// Due from … to ….
    pub due: DayRange,
    /// Only this customer's, with those merged into it.
    pub customer: Option<CustomerId>,
    /// Only this group's.
    pub group: Option<GroupId>,
    /// The order.
    pub sort: InvoiceSort,
    /// The order turned round.
    pub reverse: bool,
}

/// One invoice as lists show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvoiceRow {
    /// Its row number.
    pub id: InvoiceId,
    /// What it was made for.
    pub kind: InvoiceKind,
    /// The document's state.
    pub state: InvoiceState,
    /// Its number, unless a draft.
    pub number: Option<String>,
    /// The customer who pays, merged ones resolved.
    pub customer_id: Option<CustomerId>,
    /// Or the group that does.
    pub group_id: Option<GroupId>,
    /// The payer's name as lists show it today.
    pub payer_name: String,
    /// Its date.
    pub invoiced_on: NaiveDate,
    /// When it is due.
    pub due_on: NaiveDate,
    /// What it asks for, gross.
    pub total: Money,
    /// Settled by receipts, credit notes and write-offs.
    pub settled: Money,
    /// What is open; nothing on drafts and void ones.
    pub open: Money,
    /// Counts saved changes.
    pub version: i64,
    pub(super) payer_key: String,
    pub(super) number_key: (i64, i64),
}

impl InvoiceRow {
    /// Its status on `today`.
    #[must_use]
    pub fn status(&self, today: NaiveDate) -> InvoiceStatus {
        InvoiceStatus::of(self.state, self.total.minor(), self.settled.minor(), self.due_on, today)
    }

    /// How many days past due it is on `today`; `None` while it is not.
    #[must_use]
    pub fn overdue_days(&self, today: NaiveDate) -> Option<i64> {
        (self.status(today) == InvoiceStatus::Overdue).then(|| (today - self.due_on).num_days())
    }

    /// Its place in a list sorted so.
    #[must_use]
    pub fn cursor(&self, sort: InvoiceSort) -> Cursor {
        let (due, id) = (Key::from(self.due_on), Key::from(self.id.0));
        match sort {
            InvoiceSort::Due => Cursor::new(0, [due, id]),
            InvoiceSort::Number => Cursor::new(0, [self.number_key.0.into(), self.number_key.1.into(), id]),
            InvoiceSort::Amount => Cursor::new(0, [self.total.minor().into(), due, id]),
            InvoiceSort::Customer => Cursor::new(0, [self.payer_key.as_str().into(), due, id]),
        }
    }
}

/// One page of the list.
///
/// # Errors
/// When the file fails.
pub fn invoices(_db: &Db, _filter: &InvoiceFilter, _page: &Page, _today: NaiveDate) -> Result<Slice<InvoiceRow>> {
    Ok(Slice::default())
}

/// How many invoices the filter has and what they add up to. May take a second: for a worker thread.
///
/// # Errors
/// When the file fails or the read is interrupted.
pub fn invoices_total(_db: &Db, _filter: &InvoiceFilter, _today: NaiveDate) -> Result<Totals> {
    Ok(Totals::default())
}

/// The rows of these invoices, in this order; those that do not exist are left out.
///
/// # Errors
/// When the file fails.
pub fn invoices_by_id(_db: &Db, _ids: &[InvoiceId]) -> Result<Vec<InvoiceRow>> {
    Ok(Vec::new())
}

/// The invoice of a number as printed.
///
/// # Errors
/// When the file fails.
pub fn invoice_by_number(_db: &Db, _number: &str) -> Result<Option<InvoiceRow>> {
    Ok(None)
}
