//! The list of payments.

use chrono::NaiveDate;

use super::page::{Cursor, DayRange, Key, Page, Slice, Totals};
use crate::domain::id::{CustomerId, GroupId, InvoiceId, PaymentId, SubscriptionId};
use crate::domain::method::Method;
use crate::domain::money::Money;
use crate::domain::status::{PaymentKind, PaymentStatus};
use crate::store::engine::Db;
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
    /// The saved view.
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
    /// Its number.
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
    /// The group's name.
    pub group_name: Option<String>,
    /// Of which subscription.
    pub subscription_id: Option<SubscriptionId>,
    /// When it is due.
    pub due_on: NaiveDate,
    /// What is owed, gross.
    pub amount: Money,
    /// What is still open of it; nothing once paid or cancelled.
    pub open: Money,
    /// What went back of it.
    pub refunded: Money,
    /// On which invoice.
    pub invoice_id: Option<InvoiceId>,
    /// The invoice's number, unless a draft.
    pub invoice_number: Option<String>,
    /// How it was paid last.
    pub method: Option<Method>,
    /// When it was paid in full.
    pub paid_on: Option<NaiveDate>,
    /// The period billed, its end exclusive.
    pub period: Option<(NaiveDate, NaiveDate)>,
    /// The line's words.
    pub text: String,
    /// Charge attempts made.
    pub attempt_count: i64,
    /// Whether a dispute is open.
    pub is_disputed: bool,
    /// Counts saved changes.
    pub version: i64,
    pub(super) customer_key: String,
}

impl PaymentRow {
    /// How many days past due it is on `today`; `None` while it is not, or not open.
    #[must_use]
    pub fn overdue_days(&self, today: NaiveDate) -> Option<i64> {
        let open = matches!(self.status, PaymentStatus::Pending | PaymentStatus::Processing | PaymentStatus::Failed);
        (open && self.due_on < today).then(|| (today - self.due_on).num_days())
    }

    /// Its place in a list sorted so.
    #[must_use]
    pub fn cursor(&self, sort: PaymentSort) -> Cursor {
        let (due, id) = (Key::from(self.due_on), Key::from(self.id.0));
        Cursor::new(match sort {
            PaymentSort::Due => vec![due, id],
            PaymentSort::Amount => vec![self.amount.minor().into(), due, id],
            PaymentSort::Customer => vec![self.customer_key.as_str().into(), self.customer_id.0.into(), due, id],
            PaymentSort::Status => vec![rank(self.status).into(), due, id],
        })
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
///
/// # Errors
/// When the file fails.
pub fn payments(_db: &Db, _filter: &PaymentFilter, _page: &Page, _today: NaiveDate) -> Result<Slice<PaymentRow>> {
    Ok(Slice::default())
}

/// How many payments the filter has and what they add up to. May take a second: for a worker thread.
///
/// # Errors
/// When the file fails or the read is interrupted.
pub fn payments_total(_db: &Db, _filter: &PaymentFilter, _today: NaiveDate) -> Result<Totals> {
    Ok(Totals::default())
}

/// The rows of these payments, in this order; those that do not exist are left out.
///
/// # Errors
/// When the file fails.
pub fn payments_by_id(_db: &Db, _ids: &[PaymentId]) -> Result<Vec<PaymentRow>> {
    Ok(Vec::new())
}
