//! The list of billing groups.

use chrono::NaiveDate;

use super::plain::{self, Plain};
use super::shown::money;
use crate::domain::id::GroupId;
use crate::domain::money::Money;
use crate::store::engine::{Db, Value};
use crate::store::error::Result;
use crate::store::query::page::{Cursor, Key, Page, Slice};

/// What the list shows, A–Z.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct GroupFilter {
    /// Name, contact or email.
    pub query: String,
    /// The order reversed.
    pub reverse: bool,
}

/// One billing group as lists show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupRow {
    pub id: GroupId,
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
    pub member_count: i64,
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
    pub fn cursor(&self) -> Cursor {
        Cursor::new(0, [Key::from(self.sort_key.as_str()), self.id.0.into()])
    }
}

/// One page of the list.
pub fn groups(db: &Db, filter: &GroupFilter, page: &Page, today: NaiveDate) -> Result<Slice<GroupRow>> {
    let mut values: Vec<Value> = Vec::new();
    let from = format!("billing_group g WHERE 1 = 1{}", plain::like("g.search_key", &filter.query, &mut values));
    let columns = vec![("g.search_key", false), ("g.id", false)];
    let ids = plain::ids(db, &Plain { from, values, columns, reverse: filter.reverse }, page)?;
    let rows = groups_by_id(db, &ids.rows.iter().map(|id| GroupId(*id)).collect::<Vec<_>>(), today)?;
    Ok(ids.with(rows))
}

/// How many groups the filter has.
pub fn groups_count(db: &Db, filter: &GroupFilter) -> Result<i64> {
    let mut values: Vec<Value> = Vec::new();
    let from = format!("billing_group g WHERE 1 = 1{}", plain::like("g.search_key", &filter.query, &mut values));
    let sql = plain::numbered(&format!("SELECT COUNT(*) FROM {from}"));
    Ok(db.one(&sql, &values, |row| row.int(0))?.unwrap_or(0))
}

const ROW: &str = "SELECT g.name, g.contact_name, g.email, g.terms_days, g.billing_day, g.last_billed_on, g.currency, g.search_key, \
    (SELECT COUNT(*) FROM customer c WHERE c.group_id = g.id), \
    (SELECT COUNT(*) FROM customer c CROSS JOIN subscription s \
      WHERE s.customer_id = c.id AND c.group_id = g.id AND s.status = 'active'), \
    (SELECT CAST(COALESCE(SUM(COALESCE((SELECT x.price_minor FROM price_change x WHERE x.subscription_id = s.id \
      AND x.from_on <= ?2 ORDER BY x.from_on DESC LIMIT 1), s.price_minor)), 0) AS BIGINT) FROM customer c CROSS JOIN subscription s \
      WHERE s.customer_id = c.id AND c.group_id = g.id AND s.status = 'active'), \
    (SELECT CAST(COALESCE(SUM(i.total_minor - i.settled_minor), 0) AS BIGINT) FROM invoice i WHERE i.group_id = g.id AND i.state = 'issued'), \
    (SELECT CAST(COALESCE(SUM(i.total_minor - i.settled_minor), 0) AS BIGINT) FROM invoice i WHERE i.group_id = g.id AND i.state = 'issued' \
      AND i.due_on < ?2), \
    (SELECT CAST(COALESCE(SUM(r.amount_minor - r.allocated_minor - r.refunded_minor), 0) AS BIGINT) FROM receipt r WHERE r.group_id = g.id \
      AND r.state = 'cleared') \
    FROM billing_group g WHERE g.id = ?1";

/// The rows of these groups, in this order; those that do not exist are left out.
pub fn groups_by_id(db: &Db, ids: &[GroupId], today: NaiveDate) -> Result<Vec<GroupRow>> {
    let ids: Vec<i64> = ids.iter().map(|id| id.0).collect();
    plain::rows(&ids, |id| {
        db.one(ROW, &[id.into(), today.into()], |row| {
            Ok(GroupRow {
                id: GroupId(id),
                name: row.text(0)?,
                contact_name: row.text(1)?,
                email: row.text(2)?,
                terms_days: row.int(3)?,
                billing_day: row.int(4)?,
                last_billed_on: row.opt_date(5)?,
                member_count: row.int(8)?,
                active_subscriptions: row.int(9)?,
                monthly: money(row, 10, 6)?,
                outstanding: money(row, 11, 6)?,
                overdue: money(row, 12, 6)?,
                credit: money(row, 13, 6)?,
                sort_key: row.text(7)?,
            })
        })
    })
}
