//! A subscription that bills, with what planning its periods depends on.

use chrono::NaiveDate;

use crate::domain::id::{GroupId, SubscriptionId};
use crate::domain::schedule::{Period, Schedule};

/// The billing group a subscription bills to.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct GroupBilling {
    pub id: GroupId,
    /// Its billing day, 1 to 28.
    pub billing_day: u32,
}

/// A subscription that bills (active or suspended), with what its planning needs.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Billable {
    pub subscription: SubscriptionId,
    /// The group it bills to, if it does.
    pub group: Option<GroupBilling>,
    /// As agreed.
    pub schedule: Schedule,
    /// The first day that is not billed: the end as agreed, or the day it was cancelled to.
    pub until: NaiveDate,
    /// The first period that is not materialised; those before it are never planned again.
    pub next_index: u32,
    /// The day it was activated: no invoice is dated earlier.
    pub activated_on: NaiveDate,
    /// The terms of its invoices, in days (the group's, if it bills to one).
    pub net_days: u32,
    /// Monthly prices in minor units, each from a day on, in any order. The earliest one holds before its day too.
    pub prices: Vec<(NaiveDate, i64)>,
    /// Periods that a person billed or cancelled out of turn, with their price a month where it is known: they are never
    /// planned again.
    pub ahead: Vec<(u32, Option<i64>)>,
    /// Pauses: the first day paused and the day it runs again; none while it is not known.
    pub pauses: Vec<(NaiveDate, Option<NaiveDate>)>,
}

impl Billable {
    /// Whether a period is billed or cancelled already, in its turn or out of it.
    pub fn is_done(&self, index: u32) -> bool {
        index < self.next_index || self.is_ahead(index)
    }

    /// Whether it was billed or cancelled out of turn.
    pub(super) fn is_ahead(&self, index: u32) -> bool {
        self.ahead.iter().any(|(ahead, _)| *ahead == index)
    }

    /// The price a month of a period, in minor units: the one it was billed at out of turn, else the one in force when
    /// it starts; `None` where there is no price at all.
    pub fn monthly(&self, period: &Period) -> Option<i64> {
        let ahead = self.ahead.iter().find(|(index, _)| *index == period.index).and_then(|(_, monthly)| *monthly);
        ahead.or_else(|| price_at(&self.prices, period.start))
    }
}

/// The monthly price in force on `day`, in minor units: the latest that has begun, else the earliest there is; `None`
/// where there is no price at all.
pub fn price_at(prices: &[(NaiveDate, i64)], day: NaiveDate) -> Option<i64> {
    let begun = prices.iter().filter(|(from, _)| *from <= day).max_by_key(|(from, _)| *from);
    begun.or_else(|| prices.iter().min_by_key(|(from, _)| *from)).map(|(_, monthly)| *monthly)
}
