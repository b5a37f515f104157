//! The list of invoices.

mod columns;
mod plan;
mod search;

use chrono::NaiveDate;

use plan::Plan;

use super::cond::{self, count_all};
use super::customers::CustomerFilter;
use super::keyset;
use super::page::{Cursor, DayRange, Key, Page, Slice, Totals};
use super::shown::{currency, listed_name};
use crate::domain::id::{CustomerId, GroupId, InvoiceId};
use crate::domain::money::Money;
use crate::domain::status::{InvoiceKind, InvoiceState, InvoiceStatus};
use crate::store::engine::{Db, Row};
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
    /// Only of the customers this has, as a segment does; those of billing groups are nobody's own.
    pub segment: Option<Box<CustomerFilter>>,
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
    pub id: InvoiceId,
    /// What it was made for.
    pub kind: InvoiceKind,
    pub state: InvoiceState,
    /// Its number, unless a draft.
    pub number: Option<String>,
    /// The customer who pays, merged ones resolved.
    pub customer_id: Option<CustomerId>,
    /// Or the group that does.
    pub group_id: Option<GroupId>,
    /// The payer's name as lists show it today.
    pub payer_name: String,
    pub invoiced_on: NaiveDate,
    /// When it is due.
    pub due_on: NaiveDate,
    /// What it asks for, gross.
    pub total: Money,
    /// Settled by receipts, credit notes and write-offs.
    pub settled: Money,
    /// What is open; nothing on drafts and void ones.
    pub open: Money,
    pub version: i64,
    pub(super) payer_key: String,
    pub(super) number_key: Option<(i64, i64)>,
    /// The part of a searched list it stands in.
    part: Option<i64>,
}

impl InvoiceRow {
    /// Its status on `today`.
    pub fn status(&self, today: NaiveDate) -> InvoiceStatus {
        InvoiceStatus::of(self.state, self.total.minor(), self.settled.minor(), self.due_on, today)
    }

    /// How many days past due it is on `today`; `None` while it is not.
    pub fn overdue_days(&self, today: NaiveDate) -> Option<i64> {
        (self.status(today) == InvoiceStatus::Overdue).then(|| (today - self.due_on).num_days())
    }

    /// Its place in a list sorted so.
    pub fn cursor(&self, sort: InvoiceSort) -> Cursor {
        let (due, id) = (Key::from(self.due_on), Key::from(self.id.0));
        let payer = self.customer_id.map(|id| id.0).or(self.group_id.map(|id| id.0)).unwrap_or(0);
        let place = match sort {
            InvoiceSort::Due => Cursor::new(0, [due, id]),
            InvoiceSort::Number => match self.number_key {
                Some((year, seq)) => Cursor::new(1, [year.into(), seq.into(), id]),
                None => Cursor::new(0, [self.invoiced_on.into(), id]),
            },
            InvoiceSort::Amount => Cursor::new(0, [self.total.minor().into(), due, id]),
            InvoiceSort::Customer => Cursor::new(0, [self.payer_key.as_str().into(), payer.into(), due, id]),
        };
        place.in_part(self.part)
    }
}

/// One page of the list.
pub fn invoices(db: &Db, filter: &InvoiceFilter, page: &Page, today: NaiveDate) -> Result<Slice<InvoiceRow>> {
    let Some(plan) = Plan::new(db, filter, today)? else { return Ok(Slice::default()) };
    let keys = keyset::page(db, &plan.sources(db)?, filter.reverse, &page.searched(&filter.query))?;
    let parts = keyset::parts(&keys);
    let mut rows = rows(db, &keyset::ids(&keys))?;
    rows.iter_mut().for_each(|row| row.part = parts.get(&row.id.0).copied());
    Ok(Slice { rows, more_before: keys.more_before, more_after: keys.more_after })
}

/// Which of these invoices a filter has: what is marked and still in sight.
pub fn invoices_among(db: &Db, filter: &InvoiceFilter, ids: &[InvoiceId], today: NaiveDate) -> Result<Vec<InvoiceId>> {
    let Some(plan) = Plan::new(db, filter, today)? else { return Ok(Vec::new()) };
    let ids: Vec<i64> = ids.iter().map(|id| id.0).collect();
    let found = cond::among_ids(db, "invoice i", columns::ID, &ids, &plan.whole())?;
    Ok(found.into_iter().map(InvoiceId).collect())
}

/// How many invoices the filter has: for few, as one customer's; else [`invoices_total`] on a worker thread.
pub fn invoices_count(db: &Db, filter: &InvoiceFilter, today: NaiveDate) -> Result<i64> {
    let Some(plan) = Plan::new(db, filter, today)? else { return Ok(0) };
    count_all(db, "invoice i", &plan.whole())
}

/// How many invoices the filter has and what they add up to. May take a second: for a worker thread.
pub fn invoices_total(db: &Db, filter: &InvoiceFilter, today: NaiveDate) -> Result<Totals> {
    let Some(plan) = Plan::new(db, filter, today)? else { return Ok(Totals::default()) };
    Totals::of(
        db,
        "SELECT i.currency, COUNT(*), CAST(SUM(i.total_minor) AS BIGINT), CAST(SUM(CASE WHEN i.state = 'issued' \
         THEN i.total_minor - i.settled_minor ELSE 0 END) AS BIGINT) FROM invoice i",
        "i.currency",
        &plan.whole(),
    )
}

/// The rows of these invoices, in this order; those that do not exist are left out.
pub fn invoices_by_id(db: &Db, ids: &[InvoiceId]) -> Result<Vec<InvoiceRow>> {
    rows(db, &ids.iter().map(|id| id.0).collect::<Vec<_>>())
}

/// The invoice of a number as printed.
pub fn invoice_by_number(db: &Db, number: &str) -> Result<Option<InvoiceRow>> {
    db.one(&format!("{ROW} WHERE i.number = ?1"), &[number.into()], read)
}

const ROW: &str = "SELECT i.id, i.kind, i.state, i.number, c.id, i.group_id, g.name, c.company_name, c.first_name, \
    c.last_name, i.invoiced_on, i.due_on, i.currency, i.total_minor, i.settled_minor, i.version, \
    COALESCE(c.sort_key, g.search_key), i.number_year, i.number_seq \
    FROM invoice i LEFT JOIN customer m ON m.id = i.customer_id LEFT JOIN customer c ON c.id = COALESCE(m.root_id, m.id) \
    LEFT JOIN billing_group g ON g.id = i.group_id";

pub(super) fn rows(db: &Db, ids: &[i64]) -> Result<Vec<InvoiceRow>> {
    keyset::rows_of(db, ROW, "i.id", ids, |row| Ok((row.int(0)?, read(row)?)))
}

fn read(row: &Row) -> Result<InvoiceRow> {
    let state: InvoiceState = row.parsed(2)?;
    let currency = currency(row, 12)?;
    let (total, settled) = (row.int(13)?, row.int(14)?);
    let payer_name = match row.opt_text(6)? {
        Some(group) => group,
        None => listed_name(row, 7)?,
    };
    Ok(InvoiceRow {
        id: InvoiceId(row.int(0)?),
        kind: row.parsed(1)?,
        state,
        number: row.opt_text(3)?,
        customer_id: row.opt_int(4)?.map(CustomerId),
        group_id: row.opt_int(5)?.map(GroupId),
        payer_name,
        invoiced_on: row.date(10)?,
        due_on: row.date(11)?,
        total: Money::new(total, currency),
        settled: Money::new(settled, currency),
        open: Money::new(if state == InvoiceState::Issued { total - settled } else { 0 }, currency),
        version: row.int(15)?,
        payer_key: row.text(16)?,
        number_key: row.opt_int(17)?.zip(row.opt_int(18)?),
        part: None,
    })
}
