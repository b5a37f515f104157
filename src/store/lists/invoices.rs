//! The list of invoices.

use chrono::NaiveDate;

use super::finders;
use super::plain::rows_of;
use super::shown::{currency, listed_name};
use crate::domain::id::{CustomerId, GroupId, InvoiceId};
use crate::domain::money::Money;
use crate::domain::status::{InvoiceKind, InvoiceState, InvoiceStatus};
use crate::store::engine::{Db, Row};
use crate::store::error::Result;
use crate::store::query::invoices::{Invoices, SUMS};
use crate::store::query::page::{Cursor, Key, Page, Slice, Totals};
use crate::store::scope::{Read, Scope};

pub use crate::domain::query::invoices::{InvoiceFilter, InvoiceSort};

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
    /// Settled by credit notes.
    pub credited: Money,
    /// Given up.
    pub written_off: Money,
    /// What is open; nothing on drafts and void ones.
    pub open: Money,
    pub version: i64,
    pub(super) payer_key: String,
    pub(super) number_key: Option<(i64, i64)>,
    /// How well a typed text means it, 0 the best.
    pub(super) rank: i64,
}

impl InvoiceRow {
    /// Its status on `today`.
    pub fn status(&self, today: NaiveDate) -> InvoiceStatus {
        let status = InvoiceStatus::of(self.state, self.total.minor(), self.settled.minor(), self.due_on, today);
        status.told(self.total.minor(), self.credited.minor(), self.written_off.minor())
    }

    /// What money settled.
    pub fn paid(&self) -> Money {
        let other = self.credited.minor() + self.written_off.minor();
        Money::new(self.settled.minor() - other, self.settled.currency())
    }

    /// How many days past due it is on `today`; `None` while it is not.
    pub fn overdue_days(&self, today: NaiveDate) -> Option<i64> {
        (self.status(today) == InvoiceStatus::Overdue).then(|| (today - self.due_on).num_days())
    }

    /// Its place in a list sorted so.
    pub fn cursor(&self, sort: InvoiceSort) -> Cursor {
        let (due, id) = (Key::from(self.due_on), Key::from(self.id.0));
        let payer = self.customer_id.map(|id| id.0).or(self.group_id.map(|id| id.0)).unwrap_or(0);
        match sort {
            InvoiceSort::Due => Cursor::new(self.rank, [due, id]),
            InvoiceSort::Number => {
                let (year, seq) = self.number_key.unwrap_or((0, 0));
                let has_number = Key::from(i64::from(self.number_key.is_some()));
                Cursor::new(self.rank, [has_number, year.into(), seq.into(), self.invoiced_on.into(), id])
            }
            InvoiceSort::Amount => Cursor::new(self.rank, [self.total.minor().into(), due, id]),
            InvoiceSort::Customer => Cursor::new(self.rank, [self.payer_key.as_str().into(), payer.into(), due, id]),
        }
    }
}

/// One page of the list, of the whole book.
pub fn invoices(db: &Db, filter: &InvoiceFilter, page: &Page, today: NaiveDate) -> Result<Slice<InvoiceRow>> {
    invoices_within(db, Scope::All, filter, page, today)
}

/// One page of the list, as far as a scope goes.
pub fn invoices_within(
    db: &Db,
    scope: Scope,
    filter: &InvoiceFilter,
    page: &Page,
    today: NaiveDate,
) -> Result<Slice<InvoiceRow>> {
    let Some(mut asked) = Invoices::read(db, filter, today)? else { return Ok(Slice::default()) };
    asked.is_narrow |= scope != Scope::All;
    asked.within.extend(scope.among(Read::Invoices));
    let found = finders::invoices(db, &asked, page)?;
    let mut rows = rows(db, &found.rows.iter().map(|found| found.id).collect::<Vec<_>>())?;
    for (row, found) in rows.iter_mut().zip(&found.rows) {
        row.rank = found.rank;
    }
    Ok(found.with(rows))
}

/// Which of these invoices a filter has: what is marked and still in sight.
pub fn invoices_among(db: &Db, filter: &InvoiceFilter, ids: &[InvoiceId], today: NaiveDate) -> Result<Vec<InvoiceId>> {
    let Some(asked) = Invoices::read(db, filter, today)? else { return Ok(Vec::new()) };
    let ids: Vec<i64> = ids.iter().map(|id| id.0).collect();
    Ok(asked.list().among(db, &ids)?.into_iter().map(InvoiceId).collect())
}

/// All invoices the filter has, in its order: for what goes through every one.
pub fn invoice_ids(db: &Db, filter: &InvoiceFilter, today: NaiveDate) -> Result<Vec<InvoiceId>> {
    let found = Invoices::read(db, filter, today)?.map_or_else(|| Ok(Vec::new()), |asked| asked.list().ids(db))?;
    Ok(found.into_iter().map(InvoiceId).collect())
}

/// How many invoices the filter has: for few, as one customer's; else [`invoices_total`] on a worker thread.
pub fn invoices_count(db: &Db, filter: &InvoiceFilter, today: NaiveDate) -> Result<i64> {
    Invoices::read(db, filter, today)?.map_or(Ok(0), |asked| asked.list().count(db))
}

/// How many invoices the filter has and what they add up to. May take a second: for a worker thread.
pub fn invoices_total(db: &Db, filter: &InvoiceFilter, today: NaiveDate) -> Result<Totals> {
    Invoices::read(db, filter, today)?.map_or_else(|| Ok(Totals::default()), |asked| asked.list().totals(db, &SUMS))
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
    COALESCE(c.sort_key, g.search_key), i.number_year, i.number_seq, \
    CASE WHEN i.settled_minor = 0 THEN 0 ELSE (SELECT CAST(COALESCE(SUM(a.amount_minor), 0) AS BIGINT) FROM payment p \
      JOIN allocation a ON a.payment_id = p.id WHERE p.invoice_id = i.id AND a.credit_note_id IS NOT NULL) END, \
    CASE WHEN i.settled_minor = 0 THEN 0 ELSE (SELECT CAST(COALESCE(SUM(a.amount_minor), 0) AS BIGINT) FROM payment p \
      JOIN allocation a ON a.payment_id = p.id WHERE p.invoice_id = i.id AND a.receipt_id IS NULL AND a.credit_note_id IS NULL) END \
    FROM invoice i LEFT JOIN customer m ON m.id = i.customer_id LEFT JOIN customer c ON c.id = COALESCE(m.root_id, m.id) \
    LEFT JOIN billing_group g ON g.id = i.group_id";

pub(super) fn rows(db: &Db, ids: &[i64]) -> Result<Vec<InvoiceRow>> {
    rows_of(db, ROW, "i.id", ids, |row| Ok((row.int(0)?, read(row)?)))
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
        credited: Money::new(row.int(19)?, currency),
        written_off: Money::new(row.int(20)?, currency),
        open: Money::new(if state == InvoiceState::Issued { total - settled } else { 0 }, currency),
        version: row.int(15)?,
        payer_key: row.text(16)?,
        number_key: row.opt_int(17)?.zip(row.opt_int(18)?),
        rank: 0,
    })
}
