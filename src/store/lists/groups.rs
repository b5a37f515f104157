//! The list of billing groups.

use chrono::NaiveDate;

use super::page::{Cursor, Key, Page, Slice};
use crate::domain::id::GroupId;
use crate::domain::money::Money;
use crate::store::engine::Db;
use crate::store::error::Result;

/// What the list shows, A–Z.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct GroupFilter {
    /// Name, contact or email.
    pub query: String,
    /// The order turned round.
    pub reverse: bool,
}

/// One billing group as lists show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupRow {
    /// Its number.
    pub id: GroupId,
    /// Its name.
    pub name: String,
    /// Who gets the invoice.
    pub contact_name: String,
    /// Where it goes.
    pub email: String,
    /// Days to pay.
    pub terms_days: i64,
    /// The day of the month it is billed on.
    pub billing_day: i64,
    /// The billing day the pass did last.
    pub last_billed_on: Option<NaiveDate>,
    /// Members now.
    pub member_count: i64,
    /// Their active subscriptions.
    pub active_subscriptions: i64,
    /// Monthly prices of those.
    pub monthly: Money,
    /// Open on issued invoices.
    pub outstanding: Money,
    /// The part of it past due.
    pub overdue: Money,
    /// Received and not applied.
    pub credit: Money,
    pub(super) sort_key: String,
}

impl GroupRow {
    /// Its place in the list.
    #[must_use]
    pub fn cursor(&self) -> Cursor {
        Cursor::new(0, [Key::from(self.sort_key.as_str()), self.id.0.into()])
    }
}

/// One page of the list.
///
/// # Errors
/// When the file fails.
pub fn groups(_db: &Db, _filter: &GroupFilter, _page: &Page, _today: NaiveDate) -> Result<Slice<GroupRow>> {
    Ok(Slice::default())
}

/// The rows of these groups, in this order; those that do not exist are left out.
///
/// # Errors
/// When the file fails.
pub fn groups_by_id(_db: &Db, _ids: &[GroupId], _today: NaiveDate) -> Result<Vec<GroupRow>> {
    Ok(Vec::new())
}
