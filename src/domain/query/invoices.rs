//! What the list of invoices is asked for.

use super::DayRange;
use super::customers::CustomerFilter;
use crate::domain::format::coded;
use crate::domain::id::{CustomerId, GroupId};
use crate::domain::status::{InvoiceKind, InvoiceStatus};

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

coded!(InvoiceSort { Due = "due", Number = "number", Amount = "amount", Customer = "customer" });

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
    /// Only those open, made since the first one was sent, whose payer wants mail and has had none of it.
    pub unsent: bool,
    /// The order.
    pub sort: InvoiceSort,
    /// The order reversed.
    pub reverse: bool,
}

impl InvoiceFilter {
    /// Whether an index answers it whatever the book: all of them or what is open, the oldest first.
    pub fn is_first_view(&self) -> bool {
        let open = [InvoiceStatus::Unpaid, InvoiceStatus::PartiallyPaid, InvoiceStatus::Overdue];
        let is_open = open.iter().all(|status| self.statuses.contains(status)) && self.statuses.len() == open.len();
        (is_open || self.statuses.is_empty())
            && *self == Self { statuses: self.statuses.clone(), reverse: self.reverse, ..Self::default() }
    }
}
