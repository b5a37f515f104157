//! What the list of subscriptions is asked for, and that of the periods they bill next.

use super::DayRange;
use super::customers::CustomerFilter;
use crate::domain::format::coded;
use crate::domain::id::{CustomerId, GroupId, VariantId};
use crate::domain::status::SubscriptionStatus;

/// What the list is sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum SubscriptionSort {
    /// Newest number first.
    #[default]
    Number,
    /// Contract end, soonest first; only where the statuses asked for are live ones.
    End,
    /// Customer A–Z, then oldest.
    Customer,
}

coded!(SubscriptionSort { Number = "number", End = "end", Customer = "customer" });

/// What the list shows. Parts combine.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct SubscriptionFilter {
    /// Customer, subscription number or serial number.
    pub query: String,
    /// Only these statuses; empty: all.
    pub statuses: Vec<SubscriptionStatus>,
    /// Only this customer's, with those merged into it.
    pub customer: Option<CustomerId>,
    /// Only of members of this group.
    pub group: Option<GroupId>,
    /// Only of this variant.
    pub variant: Option<VariantId>,
    /// Contract ends from … to … (the last day, not the day after).
    pub ending: DayRange,
    /// The order.
    pub sort: SubscriptionSort,
    /// The order reversed.
    pub reverse: bool,
}

/// What the list of periods still to come shows. Parts combine.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct UpcomingFilter {
    /// Customer, subscription number or serial number.
    pub query: String,
    /// Only this customer's, with those merged into it.
    pub customer: Option<CustomerId>,
    /// Only of the customers this filter has.
    pub segment: Option<Box<CustomerFilter>>,
    /// Only of members of this group.
    pub group: Option<GroupId>,
    /// The period starts from … to ….
    pub starts: DayRange,
    /// The last one first.
    pub reverse: bool,
}
