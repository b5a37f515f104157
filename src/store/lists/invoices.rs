//! The list of invoices.

use chrono::NaiveDate;

use super::page::{Cursor, DayRange, Key, Page, Slice, Totals};
use super::plain::{self, Plain};
use super::shown::{currency, money};
use crate::domain::id::{CustomerId, GroupId, InvoiceId};
use crate::domain::money::Money;
use crate::domain::status::{InvoiceKind, InvoiceState, InvoiceStatus};
use crate::store::engine::{Db, Row, Value};
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
pub fn invoices(db: &Db, filter: &InvoiceFilter, page: &Page, today: NaiveDate) -> Result<Slice<InvoiceRow>> {
    let ids = plain::ids(db, &plain(filter, today), page)?;
    let rows = invoices_by_id(db, &ids.rows.iter().map(|id| InvoiceId(*id)).collect::<Vec<_>>())?;
    Ok(plain::with_rows(&ids, rows))
}

/// How many invoices the filter has and what they add up to. May take a second: for a worker thread.
///
/// # Errors
/// When the file fails or the read is interrupted.
pub fn invoices_total(db: &Db, filter: &InvoiceFilter, today: NaiveDate) -> Result<Totals> {
    let list = plain(filter, today);
    let sql = plain::numbered(&format!(
        "SELECT i.currency, COUNT(*), CAST(SUM(i.total_minor) AS BIGINT), \
         CAST(SUM(CASE WHEN i.state = 'issued' THEN i.total_minor - i.settled_minor ELSE 0 END) AS BIGINT) \
         FROM {} GROUP BY i.currency ORDER BY i.currency",
        list.from
    ));
    let mut totals = Totals::default();
    db.each(&sql, &list.values, |row| {
        totals.count += row.int(1)?;
        totals.amount.push(money(row, 2, 0)?);
        totals.open.push(money(row, 3, 0)?);
        Ok(())
    })?;
    Ok(totals)
}

fn plain<'a>(filter: &InvoiceFilter, today: NaiveDate) -> Plain<'a> {
    let mut values: Vec<Value> = Vec::new();
    let mut from = String::from("invoice i WHERE 1");
    typed(&filter.query, &mut from, &mut values);
    if !filter.statuses.is_empty() {
        let each: Vec<String> = filter.statuses.iter().map(|status| shown_as(*status, today, &mut values)).collect();
        from.push_str(&format!(" AND ({})", each.join(" OR ")));
    }
    if let Some(kind) = filter.kind {
        from.push_str(" AND i.kind = ?");
        values.push(kind.code().into());
    }
    for (column, range) in [("i.invoiced_on", filter.invoiced), ("i.due_on", filter.due)] {
        for (day, sign) in [(range.0, ">="), (range.1, "<=")] {
            if let Some(day) = day {
                from.push_str(&format!(" AND {column} {sign} ?"));
                values.push(day.into());
            }
        }
    }
    for (column, id) in [("i.customer_id", filter.customer.map(|id| id.0)), ("i.group_id", filter.group.map(|id| id.0))]
    {
        if let Some(id) = id {
            from.push_str(&format!(" AND {column} = ?"));
            values.push(id.into());
        }
    }
    let columns = match filter.sort {
        InvoiceSort::Due => vec![("i.due_on", false), ("i.id", false)],
        InvoiceSort::Number => {
            vec![("COALESCE(i.number_year, 9999)", true), ("COALESCE(i.number_seq, 0)", true), ("i.id", true)]
        }
        InvoiceSort::Amount => vec![("i.total_minor", true), ("i.due_on", true), ("i.id", true)],
        InvoiceSort::Customer => vec![("i.payer_name", false), ("i.due_on", false), ("i.id", false)],
    };
    Plain { from, values, columns, reverse: filter.reverse }
}

/// A status as a condition.
fn shown_as(status: InvoiceStatus, today: NaiveDate, values: &mut Vec<Value>) -> String {
    let open = "i.state = 'issued' AND i.settled_minor < i.total_minor";
    match status {
        InvoiceStatus::Draft => "i.state = 'draft'".to_owned(),
        InvoiceStatus::InReview => "i.state = 'in_review'".to_owned(),
        InvoiceStatus::Void => "i.state = 'void'".to_owned(),
        InvoiceStatus::Paid => "(i.state = 'issued' AND i.settled_minor >= i.total_minor)".to_owned(),
        InvoiceStatus::Overdue => {
            values.push(today.into());
            format!("({open} AND i.due_on < ?)")
        }
        InvoiceStatus::PartiallyPaid => {
            values.push(today.into());
            format!("({open} AND i.settled_minor > 0 AND i.due_on >= ?)")
        }
        InvoiceStatus::Unpaid => {
            values.push(today.into());
            format!("({open} AND i.settled_minor = 0 AND i.due_on >= ?)")
        }
    }
}

/// What was typed: a running number, the start of a number as printed, or a part of the payer's name.
fn typed(query: &str, from: &mut String, values: &mut Vec<Value>) {
    let query = query.trim();
    if query.is_empty() {
        return;
    }
    if let Ok(seq) = query.parse::<i64>() {
        from.push_str(" AND (i.number_seq = ? OR (i.number >= ? AND i.number < ?))");
        values.extend([seq.into(), query.to_owned().into(), format!("{query}\u{10ffff}").into()]);
        return;
    }
    let mut people = Vec::new();
    let like = plain::like("c.search_key", query, &mut people);
    let groups = plain::like("g.search_key", query, &mut people);
    from.push_str(&format!(
        " AND ((i.number >= ? AND i.number < ?) OR i.customer_id IN (SELECT c.id FROM customer c WHERE 1{like}) \
         OR i.group_id IN (SELECT g.id FROM billing_group g WHERE 1{groups}))"
    ));
    values.extend([query.to_owned().into(), format!("{query}\u{10ffff}").into()]);
    values.extend(people);
}

const ROW: &str = "SELECT i.id, i.kind, i.state, i.number, i.customer_id, i.group_id, i.payer_name, i.invoiced_on, i.due_on, \
    i.currency, i.total_minor, i.settled_minor, i.version, COALESCE(i.number_year, 9999), COALESCE(i.number_seq, 0) FROM invoice i";

fn read(row: &Row) -> Result<InvoiceRow> {
    let currency = currency(row, 9)?;
    let state = row.parsed(2)?;
    let (total, settled) = (row.int(10)?, row.int(11)?);
    let open = if state == InvoiceState::Issued { total - settled } else { 0 };
    Ok(InvoiceRow {
        id: InvoiceId(row.int(0)?),
        kind: row.parsed(1)?,
        state,
        number: row.opt_text(3)?,
        customer_id: row.opt_int(4)?.map(CustomerId),
        group_id: row.opt_int(5)?.map(GroupId),
        payer_name: row.text(6)?,
        invoiced_on: row.date(7)?,
        due_on: row.date(8)?,
        total: Money::new(total, currency),
        settled: Money::new(settled, currency),
        open: Money::new(open, currency),
        version: row.int(12)?,
        payer_key: row.text(6)?,
        number_key: (row.int(13)?, row.int(14)?),
    })
}

/// The rows of these invoices, in this order; those that do not exist are left out.
///
/// # Errors
/// When the file fails.
pub fn invoices_by_id(db: &Db, ids: &[InvoiceId]) -> Result<Vec<InvoiceRow>> {
    let ids: Vec<i64> = ids.iter().map(|id| id.0).collect();
    plain::rows(&ids, |id| db.one(&format!("{ROW} WHERE i.id = ?1"), &[id.into()], read))
}

/// The invoice of a number as printed.
///
/// # Errors
/// When the file fails.
pub fn invoice_by_number(db: &Db, number: &str) -> Result<Option<InvoiceRow>> {
    db.one(&format!("{ROW} WHERE i.number = ?1"), &[number.into()], read)
}
