//! The list of payments.

mod columns;
mod plan;
pub(super) mod search;

use chrono::NaiveDate;

use plan::Plan;

use super::cond::{self, count_all};
use super::customers::CustomerFilter;
use super::keyset;
use super::page::{Cursor, DayRange, Key, Page, Slice, Totals};
use super::shown::{currency, listed_name};
use crate::domain::id::{CustomerId, GroupId, InvoiceId, PaymentId, SubscriptionId};
use crate::domain::method::Method;
use crate::domain::money::Money;
use crate::domain::status::{PaymentKind, PaymentStatus};
use crate::store::engine::{Db, Row};
use crate::store::error::Result;

/// A saved view of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum PaymentView {
    /// Pending, processing and failed: what is still to come in.
    #[default]
    Open,
    /// Open and past the due day.
    Overdue,
    /// Failed.
    Failed,
    /// Under way.
    Processing,
    /// Paid.
    Paid,
    /// Every one.
    All,
    /// Periods not yet materialised: see [`super::subscriptions::upcoming`]. The list itself is empty.
    Upcoming,
}

/// What the list is sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum PaymentSort {
    /// Oldest due day first.
    #[default]
    Due,
    /// Highest amount first, then oldest.
    Amount,
    /// Customer A–Z, then oldest.
    Customer,
    /// Failed, processing, pending, paid, cancelled; then oldest.
    Status,
}

/// What the list shows. Parts combine.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct PaymentFilter {
    pub view: PaymentView,
    /// Customer, company, invoice number, subscription, reference or amount.
    pub query: String,
    /// Only these statuses; empty: all of the view.
    pub statuses: Vec<PaymentStatus>,
    /// Due from … to ….
    pub due: DayRange,
    /// Paid from … to ….
    pub paid: DayRange,
    /// Only this customer's, with those merged into it.
    pub customer: Option<CustomerId>,
    /// Only of the customers this has, as a segment does.
    pub segment: Option<Box<CustomerFilter>>,
    /// Only what is billed to this group.
    pub group: Option<GroupId>,
    /// Only this subscription's.
    pub subscription: Option<SubscriptionId>,
    /// Only paid by this method.
    pub method: Option<Method>,
    /// Only those with an open dispute.
    pub disputed: bool,
    /// The order.
    pub sort: PaymentSort,
    /// The order turned round.
    pub reverse: bool,
}

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
    /// What went back of it.
    pub refunded: Money,
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
    /// The part of a searched list it stands in.
    part: Option<i64>,
}

impl PaymentRow {
    /// How many days past due it is on `today`; `None` while it is not, or not open.
    pub fn overdue_days(&self, today: NaiveDate) -> Option<i64> {
        let open = matches!(self.status, PaymentStatus::Pending | PaymentStatus::Processing | PaymentStatus::Failed);
        (open && self.due_on < today).then(|| (today - self.due_on).num_days())
    }

    /// Its place in a list sorted so.
    pub fn cursor(&self, sort: PaymentSort) -> Cursor {
        let (due, id) = (Key::from(self.due_on), Key::from(self.id.0));
        let place = match sort {
            PaymentSort::Due => Cursor::new(0, [due, id]),
            PaymentSort::Amount => Cursor::new(0, [self.amount.minor().into(), due, id]),
            PaymentSort::Customer => {
                Cursor::new(0, [self.customer_key.as_str().into(), self.customer_id.0.into(), due, id])
            }
            PaymentSort::Status => Cursor::new(rank(self.status), [due, id]),
        };
        place.in_part(self.part)
    }
}

/// The place of a status in the order by status: what needs a person first.
pub(super) const fn rank(status: PaymentStatus) -> i64 {
    match status {
        PaymentStatus::Failed => 0,
        PaymentStatus::Processing => 1,
        PaymentStatus::Pending => 2,
        PaymentStatus::Paid => 3,
        PaymentStatus::Cancelled => 4,
    }
}

/// One page of the list.
pub fn payments(db: &Db, filter: &PaymentFilter, page: &Page, today: NaiveDate) -> Result<Slice<PaymentRow>> {
    let Some(plan) = Plan::new(db, filter, today)? else { return Ok(Slice::default()) };
    let keys = keyset::page(db, &plan.sources(db)?, filter.reverse, &page.searched(&filter.query))?;
    let parts = keyset::parts(&keys);
    let mut rows = rows(db, &keyset::ids(&keys))?;
    rows.iter_mut().for_each(|row| row.part = parts.get(&row.id.0).copied());
    Ok(Slice { rows, more_before: keys.more_before, more_after: keys.more_after })
}

/// Which of these payments a filter has: what is marked and still in sight.
pub fn payments_among(db: &Db, filter: &PaymentFilter, ids: &[PaymentId], today: NaiveDate) -> Result<Vec<PaymentId>> {
    let Some(plan) = Plan::new(db, filter, today)? else { return Ok(Vec::new()) };
    let ids: Vec<i64> = ids.iter().map(|id| id.0).collect();
    let found = cond::among_ids(db, "payment p", columns::ID, &ids, &plan.whole())?;
    Ok(found.into_iter().map(PaymentId).collect())
}

/// How many payments the filter has: for few, as one customer's; else [`payments_total`] on a worker thread.
pub fn payments_count(db: &Db, filter: &PaymentFilter, today: NaiveDate) -> Result<i64> {
    let Some(plan) = Plan::new(db, filter, today)? else { return Ok(0) };
    count_all(db, "payment p", &plan.whole())
}

/// How many payments the filter has and what they add up to. May take a second: for a worker thread.
pub fn payments_total(db: &Db, filter: &PaymentFilter, today: NaiveDate) -> Result<Totals> {
    let Some(plan) = Plan::new(db, filter, today)? else { return Ok(Totals::default()) };
    Totals::of(
        db,
        "SELECT p.currency, COUNT(*), CAST(SUM(p.amount_minor) AS BIGINT), CAST(SUM(CASE WHEN p.status IN \
         ('pending', 'processing', 'failed') THEN p.amount_minor - p.settled_minor ELSE 0 END) AS BIGINT) FROM payment p",
        "p.currency",
        &plan.whole(),
    )
}

/// The rows of these payments, in this order; those that do not exist are left out.
pub fn payments_by_id(db: &Db, ids: &[PaymentId]) -> Result<Vec<PaymentRow>> {
    rows(db, &ids.iter().map(|id| id.0).collect::<Vec<_>>())
}

const ROW: &str = "SELECT p.id, p.kind, p.status, c.id, c.company_name, c.first_name, c.last_name, c.sort_key, p.group_id, \
    g.name, p.subscription_id, p.due_on, p.currency, p.amount_minor, p.settled_minor, p.refunded_minor, p.invoice_id, \
    i.number, p.method, p.paid_on, p.period_start_on, p.period_end_on, p.text, p.attempt_count, \
    EXISTS (SELECT 1 FROM dispute d WHERE d.payment_id = p.id AND d.closed_on IS NULL), p.version \
    FROM payment p JOIN customer m ON m.id = p.customer_id JOIN customer c ON c.id = COALESCE(m.root_id, m.id) \
    LEFT JOIN billing_group g ON g.id = p.group_id LEFT JOIN invoice i ON i.id = p.invoice_id";

pub(super) fn rows(db: &Db, ids: &[i64]) -> Result<Vec<PaymentRow>> {
    keyset::rows_of(db, ROW, "p.id", ids, |row| Ok((row.int(0)?, read(row)?)))
}

fn read(row: &Row) -> Result<PaymentRow> {
    let status: PaymentStatus = row.parsed(2)?;
    let currency = currency(row, 12)?;
    let (amount, settled) = (row.int(13)?, row.int(14)?);
    let is_open = !matches!(status, PaymentStatus::Paid | PaymentStatus::Cancelled);
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
        part: None,
    })
}
