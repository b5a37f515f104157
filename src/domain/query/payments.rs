//! What the list of payments is asked for.

use chrono::NaiveDate;

use super::DayRange;
use super::customers::CustomerFilter;
use crate::domain::format::coded;
use crate::domain::id::{CustomerId, GroupId, SubscriptionId};
use crate::domain::method::Method;
use crate::domain::status::{PaymentStanding, PaymentStatus};

/// A saved view of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum PaymentView {
    /// Pending, processing and failed: what is still to come in.
    #[default]
    Open,
    /// Open on an invoice and past its due day.
    Overdue,
    /// Failed.
    Failed,
    /// Under way.
    Processing,
    /// Paid by money: what was credited or given up is in the view of all.
    Paid,
    /// Every one.
    All,
    /// Periods not yet materialised: see [`super::subscriptions::UpcomingFilter`]. The list itself is empty.
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
    /// Newest day of payment first, then oldest; what is not paid last.
    Paid,
}

coded!(PaymentSort { Due = "due", Amount = "amount", Customer = "customer", Status = "status", Paid = "paid" });

/// What the list shows. Parts combine.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct PaymentFilter {
    pub view: PaymentView,
    /// Customer, company, invoice number, subscription, reference or amount.
    pub query: String,
    /// Only what stands so; empty: all of the view.
    pub statuses: Vec<PaymentStanding>,
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
    /// The order reversed.
    pub reverse: bool,
}

/// What is still to come in.
pub const OPEN: [PaymentStanding; 3] = [PaymentStanding::Pending, PaymentStanding::Processing, PaymentStanding::Failed];

impl PaymentView {
    /// The statuses it shows.
    pub const fn statuses(self) -> &'static [PaymentStanding] {
        match self {
            Self::Open | Self::Overdue => &OPEN,
            Self::Failed => &[PaymentStanding::Failed],
            Self::Processing => &[PaymentStanding::Processing],
            Self::Paid => &[PaymentStanding::Paid],
            Self::All => PaymentStanding::ALL,
            Self::Upcoming => &[],
        }
    }
}

impl PaymentFilter {
    /// The statuses asked for: those of the view that are named too. Only what money paid has a day of payment.
    pub fn asked_statuses(&self) -> Vec<PaymentStanding> {
        let is_asked = |status: &PaymentStanding| {
            (self.statuses.is_empty() || self.statuses.contains(status))
                && (self.paid == (None, None) || *status == PaymentStanding::Paid)
        };
        self.view.statuses().iter().copied().filter(is_asked).collect()
    }

    /// Whether an index answers it whatever the book: what is open, the oldest first.
    pub fn is_first_view(&self) -> bool {
        let view = if self.view == PaymentView::Overdue { PaymentView::Overdue } else { PaymentView::Open };
        *self == Self { view, reverse: self.reverse, ..Self::default() }
    }

    /// The due days asked for on a day: what is overdue was due before it.
    pub fn asked_due(&self, today: NaiveDate) -> DayRange {
        if self.view != PaymentView::Overdue {
            return self.due;
        }
        let yesterday = today.pred_opt();
        (self.due.0, self.due.1.map_or(yesterday, |to| yesterday.map(|day| day.min(to))))
    }
}

/// The place of a status in the order by status: what needs a person first.
pub const fn rank(status: PaymentStatus) -> i64 {
    match status {
        PaymentStatus::Failed => 0,
        PaymentStatus::Processing => 1,
        PaymentStatus::Pending => 2,
        PaymentStatus::Paid => 3,
        PaymentStatus::Cancelled => 4,
    }
}
