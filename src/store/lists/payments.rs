//! The list of payments.

use chrono::NaiveDate;

use super::finders;
use super::plain::rows_of;
use super::shown::{CREDITED, WRITTEN_OFF, currency, listed_name};
use crate::domain::id::{CustomerId, GroupId, InvoiceId, PaymentId, SubscriptionId};
use crate::domain::method::Method;
use crate::domain::money::Money;
use crate::domain::status::{PaymentKind, PaymentStanding, PaymentStatus};
use crate::store::engine::{Db, Row};
use crate::store::error::Result;
use crate::store::query::page::{Cursor, Key, Page, Slice, Totals};
use crate::store::query::payments::{Payments, SUMS};
use crate::store::scope::{Read, Scope};

pub(super) use crate::domain::query::payments::rank;
pub use crate::domain::query::payments::{PaymentFilter, PaymentSort, PaymentView};

/// One payment as lists show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaymentRow {
    pub id: PaymentId,
    /// What it is for.
    pub kind: PaymentKind,
    /// Its status; overdue follows from it and a day.
    pub status: PaymentStatus,
    /// Whose, merged ones resolved.
    pub customer_id: CustomerId,
    /// As lists show the name.
    pub customer_name: String,
    /// Billed to this group.
    pub group_id: Option<GroupId>,
    pub group_name: Option<String>,
    pub subscription_id: Option<SubscriptionId>,
    /// When it is due.
    pub due_on: NaiveDate,
    /// What is owed, gross.
    pub amount: Money,
    /// What is still open of it; nothing once paid or cancelled.
    pub open: Money,
    /// What money settled of it: receipts, less what was reversed.
    pub paid: Money,
    /// What went back of it.
    pub refunded: Money,
    /// Settled by credit notes.
    pub credited: Money,
    /// Given up.
    pub written_off: Money,
    pub invoice_id: Option<InvoiceId>,
    /// The invoice's number, unless a draft.
    pub invoice_number: Option<String>,
    /// How it was paid last.
    pub method: Option<Method>,
    /// When it was paid in full.
    pub paid_on: Option<NaiveDate>,
    /// The period billed, its end exclusive.
    pub period: Option<(NaiveDate, NaiveDate)>,
    pub text: String,
    pub attempt_count: i64,
    /// Whether a dispute is open.
    pub is_disputed: bool,
    pub version: i64,
    pub(super) customer_key: String,
    /// How well a typed text means it, 0 the best.
    pub(super) rank: i64,
}

impl PaymentRow {
    /// Where it stands, in a word of its own where it was settled and not by money.
    pub const fn standing(&self) -> PaymentStanding {
        PaymentStanding::of(self.status, self.amount.minor(), self.credited.minor(), self.written_off.minor())
    }

    /// How many days past due it is on `today`; `None` while it is not, or not open.
    pub fn overdue_days(&self, today: NaiveDate) -> Option<i64> {
        let open = matches!(self.status, PaymentStatus::Pending | PaymentStatus::Processing | PaymentStatus::Failed);
        (open && self.due_on < today).then(|| (today - self.due_on).num_days())
    }

    /// Its place in a list sorted so.
    pub fn cursor(&self, sort: PaymentSort) -> Cursor {
        let (due, id) = (Key::from(self.due_on), Key::from(self.id.0));
        match sort {
            PaymentSort::Due => Cursor::new(self.rank, [due, id]),
            PaymentSort::Amount => Cursor::new(self.rank, [self.amount.minor().into(), due, id]),
            PaymentSort::Customer => {
                Cursor::new(self.rank, [self.customer_key.as_str().into(), self.customer_id.0.into(), due, id])
            }
            PaymentSort::Status => Cursor::new(self.rank, [rank(self.status).into(), due, id]),
            PaymentSort::Paid => {
                let paid = self.paid_on.map_or_else(|| Key::from(""), Key::from);
                Cursor::new(self.rank, [paid, due, id])
            }
        }
    }
}

/// One page of the list, of the whole book.
pub fn payments(db: &Db, filter: &PaymentFilter, page: &Page, today: NaiveDate) -> Result<Slice<PaymentRow>> {
    payments_within(db, Scope::All, filter, page, today)
}

/// One page of the list, as far as a scope goes.
pub fn payments_within(
    db: &Db,
    scope: Scope,
    filter: &PaymentFilter,
    page: &Page,
    today: NaiveDate,
) -> Result<Slice<PaymentRow>> {
    let Some(mut asked) = Payments::read(db, filter, today)? else { return Ok(Slice::default()) };
    asked.is_narrow |= scope != Scope::All;
    asked.within.extend(scope.among(Read::Payments));
    let found = finders::payments(db, &asked, page)?;
    let mut rows = rows(db, &found.rows.iter().map(|found| found.id).collect::<Vec<_>>())?;
    for (row, found) in rows.iter_mut().zip(&found.rows) {
        row.rank = found.rank;
    }
    Ok(found.with(rows))
}

/// Which of these payments a filter has: what is marked and still in sight.
pub fn payments_among(db: &Db, filter: &PaymentFilter, ids: &[PaymentId], today: NaiveDate) -> Result<Vec<PaymentId>> {
    let Some(asked) = Payments::read(db, filter, today)? else { return Ok(Vec::new()) };
    let ids: Vec<i64> = ids.iter().map(|id| id.0).collect();
    Ok(asked.list().among(db, &ids)?.into_iter().map(PaymentId).collect())
}

/// All payments the filter has, in its order: for what goes through every one.
pub fn payment_ids(db: &Db, filter: &PaymentFilter, today: NaiveDate) -> Result<Vec<PaymentId>> {
    let found = Payments::read(db, filter, today)?.map_or_else(|| Ok(Vec::new()), |asked| asked.list().ids(db))?;
    Ok(found.into_iter().map(PaymentId).collect())
}

/// How many payments the filter has: for few, as one customer's; else [`payments_total`] on a worker thread.
pub fn payments_count(db: &Db, filter: &PaymentFilter, today: NaiveDate) -> Result<i64> {
    Payments::read(db, filter, today)?.map_or(Ok(0), |asked| asked.list().count(db))
}

/// How many payments the filter has and what they add up to. May take a second: for a worker thread.
pub fn payments_total(db: &Db, filter: &PaymentFilter, today: NaiveDate) -> Result<Totals> {
    Payments::read(db, filter, today)?.map_or_else(|| Ok(Totals::default()), |asked| asked.list().totals(db, &SUMS))
}

/// The rows of these payments, in this order; those that do not exist are left out.
pub fn payments_by_id(db: &Db, ids: &[PaymentId]) -> Result<Vec<PaymentRow>> {
    rows(db, &ids.iter().map(|id| id.0).collect::<Vec<_>>())
}

const ROW: &str = "SELECT p.id, p.kind, p.status, c.id, c.company_name, c.first_name, c.last_name, c.sort_key, p.group_id, \
    g.name, p.subscription_id, p.due_on, p.currency, p.amount_minor, p.settled_minor, p.refunded_minor, p.invoice_id, \
    i.number, p.method, p.paid_on, p.period_start_on, p.period_end_on, p.text, p.attempt_count, \
    CASE WHEN EXISTS (SELECT 1 FROM dispute d WHERE d.payment_id = p.id AND d.closed_on IS NULL) THEN 1 ELSE 0 END, p.version";

const FROM: &str = "FROM payment p JOIN customer m ON m.id = p.customer_id JOIN customer c ON c.id = COALESCE(m.root_id, m.id) \
    LEFT JOIN billing_group g ON g.id = p.group_id LEFT JOIN invoice i ON i.id = p.invoice_id";

pub(super) fn rows(db: &Db, ids: &[i64]) -> Result<Vec<PaymentRow>> {
    rows_of(db, &format!("{ROW}, {CREDITED}, {WRITTEN_OFF} {FROM}"), "p.id", ids, |row| Ok((row.int(0)?, read(row)?)))
}

fn read(row: &Row) -> Result<PaymentRow> {
    let status: PaymentStatus = row.parsed(2)?;
    let currency = currency(row, 12)?;
    let (amount, settled) = (row.int(13)?, row.int(14)?);
    let is_open = !matches!(status, PaymentStatus::Paid | PaymentStatus::Cancelled);
    let (credited, written_off) = (row.int(26)?, row.int(27)?);
    Ok(PaymentRow {
        id: PaymentId(row.int(0)?),
        kind: row.parsed(1)?,
        status,
        customer_id: CustomerId(row.int(3)?),
        customer_name: listed_name(row, 4)?,
        customer_key: row.text(7)?,
        group_id: row.opt_int(8)?.map(GroupId),
        group_name: row.opt_text(9)?,
        subscription_id: row.opt_int(10)?.map(SubscriptionId),
        due_on: row.date(11)?,
        amount: Money::new(amount, currency),
        open: Money::new(if is_open { amount - settled } else { 0 }, currency),
        paid: Money::new(settled - credited - written_off, currency),
        refunded: Money::new(row.int(15)?, currency),
        invoice_id: row.opt_int(16)?.map(InvoiceId),
        invoice_number: row.opt_text(17)?,
        method: row.opt_parsed(18)?,
        paid_on: row.opt_date(19)?,
        period: row.opt_date(20)?.zip(row.opt_date(21)?),
        text: row.text(22)?,
        attempt_count: row.int(23)?,
        is_disputed: row.flag(24)?,
        version: row.int(25)?,
        credited: Money::new(credited, currency),
        written_off: Money::new(written_off, currency),
        rank: 0,
    })
}
