//! The list of customers.

use chrono::NaiveDate;

use super::finders;
use super::plain;
use super::shown::{currency, listed_name};
use crate::domain::customer::CustomerKind;
use crate::domain::id::{ClassId, CustomerId, GroupId};
use crate::domain::money::Money;
use crate::domain::text::sought_key;
use crate::store::engine::{Db, Row};
use crate::store::error::Result;
use crate::store::query::customers::Customers;
use crate::store::query::page::{Cursor, Key, Page, Slice};

pub use crate::domain::query::customers::{CustomerFilter, CustomerSort, Segment};

/// One customer as lists show it. Sums take in those merged into it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustomerRow {
    pub id: CustomerId,
    /// As lists show the name.
    pub name: String,
    pub kind: CustomerKind,
    /// Email, may be empty.
    pub email: String,
    /// Phone, may be empty.
    pub phone: String,
    /// Company, may be empty.
    pub company: String,
    pub group_id: Option<GroupId>,
    /// The billing group's name.
    pub group_name: Option<String>,
    pub class_id: ClassId,
    pub joined_on: NaiveDate,
    /// Closed, and hidden by default.
    pub closed_on: Option<NaiveDate>,
    pub active_subscriptions: i64,
    /// All subscriptions, live and ended.
    pub subscriptions: i64,
    /// Receipts applied to payments, deposits left out.
    pub lifetime_value: Money,
    /// Open on issued invoices.
    pub outstanding: Money,
    /// The part of it past due.
    pub overdue: Money,
    /// Received and not applied.
    pub credit: Money,
    pub(super) sort_key: String,
}

impl CustomerRow {
    /// Its place in a list sorted so.
    pub fn cursor(&self, sort: CustomerSort) -> Cursor {
        let id = Key::from(self.id.0);
        match sort {
            CustomerSort::Name => Cursor::new(0, [self.sort_key.as_str().into(), id]),
            CustomerSort::LifetimeValue => Cursor::new(0, [self.lifetime_value.minor().into(), id]),
            CustomerSort::Subscriptions => Cursor::new(0, [self.subscriptions.into(), id]),
            CustomerSort::Joined => Cursor::new(0, [self.joined_on.into(), id]),
        }
    }
}

/// One page of the list.
pub fn customers(db: &Db, filter: &CustomerFilter, page: &Page, today: NaiveDate) -> Result<Slice<CustomerRow>> {
    let found = finders::customers(db, &Customers::read(db, filter, today)?, page)?;
    let ids: Vec<CustomerId> = found.rows.iter().map(|found| CustomerId(found.id)).collect();
    let rows = customers_by_id(db, &ids, today)?;
    Ok(found.with(rows))
}

/// All customers the filter has, in its order: for what goes through every one.
pub fn customer_ids(db: &Db, filter: &CustomerFilter, today: NaiveDate) -> Result<Vec<CustomerId>> {
    Ok(Customers::read(db, filter, today)?.list().ids(db)?.into_iter().map(CustomerId).collect())
}

/// How many customers the filter has. May take a moment: for a worker thread.
pub fn customers_count(db: &Db, filter: &CustomerFilter, today: NaiveDate) -> Result<i64> {
    Customers::read(db, filter, today)?.list().count(db)
}

const ROW: &str = "SELECT c.company_name, c.first_name, c.last_name, c.kind, c.email, c.phone, c.company_name, c.group_id, \
    (SELECT g.name FROM billing_group g WHERE g.id = c.group_id), c.class_id, c.joined_on, c.closed_on, c.currency, c.sort_key \
    FROM customer c WHERE c.id = ?1";

/// Sums of one customer alone: active and all subscriptions, lifetime value, open on issued invoices, that past due,
/// credit.
const SUMS: &str = "SELECT \
    (SELECT COUNT(*) FROM subscription s WHERE s.customer_id = c.id AND s.status = 'active' \
      AND s.status IN ('active', 'paused', 'suspended')), \
    c.subscription_count, c.lifetime_minor, \
    (SELECT COALESCE(SUM(p.amount_minor - p.settled_minor), 0) FROM payment p CROSS JOIN invoice i \
      WHERE p.customer_id = c.id AND p.status <> 'paid' AND p.status <> 'cancelled' AND i.id = p.invoice_id \
      AND i.state = 'issued'), \
    (SELECT COALESCE(SUM(p.amount_minor - p.settled_minor), 0) FROM payment p CROSS JOIN invoice i \
      WHERE p.customer_id = c.id AND p.status <> 'paid' AND p.status <> 'cancelled' AND i.id = p.invoice_id \
      AND i.state = 'issued' AND p.due_on < ?2), \
    (SELECT COALESCE(SUM(r.amount_minor - r.allocated_minor - r.refunded_minor), 0) FROM receipt r \
      WHERE r.customer_id = c.id AND r.state = 'cleared' AND r.amount_minor > r.allocated_minor + r.refunded_minor) \
    FROM customer c WHERE c.id = ?1";

/// The customer itself and those merged into it.
pub(super) fn family(db: &Db, id: CustomerId) -> Result<Vec<i64>> {
    let mut ids = vec![id.0];
    ids.extend(db.all("SELECT id FROM customer WHERE root_id = ?1 ORDER BY id", &[id.into()], |row| row.int(0))?);
    Ok(ids)
}

/// The rows of these customers, in this order; those that do not exist are left out.
pub fn customers_by_id(db: &Db, ids: &[CustomerId], today: NaiveDate) -> Result<Vec<CustomerRow>> {
    let ids: Vec<i64> = ids.iter().map(|id| id.0).collect();
    plain::rows(&ids, |id| {
        let mut sums = [0_i64; 6];
        for member in family(db, CustomerId(id))? {
            let own = db.one(SUMS, &[member.into(), today.into()], |row| {
                let mut own = [0_i64; 6];
                for (at, sum) in own.iter_mut().enumerate() {
                    *sum = row.int(at)?;
                }
                Ok(own)
            })?;
            for (sum, own) in sums.iter_mut().zip(own.unwrap_or_default()) {
                *sum += own;
            }
        }
        db.one(ROW, &[id.into()], |row| read(row, CustomerId(id), sums))
    })
}

fn read(row: &Row, id: CustomerId, sums: [i64; 6]) -> Result<CustomerRow> {
    let currency = currency(row, 12)?;
    let [active_subscriptions, subscriptions, lifetime, outstanding, overdue, credit] = sums;
    Ok(CustomerRow {
        id,
        name: listed_name(row, 0)?,
        kind: row.parsed(3)?,
        email: row.text(4)?,
        phone: row.text(5)?,
        company: row.text(6)?,
        group_id: row.opt_int(7)?.map(GroupId),
        group_name: row.opt_text(8)?,
        class_id: ClassId(row.int(9)?),
        joined_on: row.date(10)?,
        closed_on: row.opt_date(11)?,
        active_subscriptions,
        subscriptions,
        lifetime_value: Money::new(lifetime, currency),
        outstanding: Money::new(outstanding, currency),
        overdue: Money::new(overdue, currency),
        credit: Money::new(credit, currency),
        sort_key: row.text(13)?,
    })
}

/// The first customers that match what is typed, for a field with type-ahead. Names that begin so first.
pub fn customer_lookup(db: &Db, query: &str, limit: usize) -> Result<Vec<CustomerRow>> {
    customers_by_id(db, &best_customers(db, query, limit)?, NaiveDate::MIN)
}

/// Customers whose name begins so, then those of whom a part matches.
pub(super) fn best_customers(db: &Db, query: &str, limit: usize) -> Result<Vec<CustomerId>> {
    let start = sought_key(query);
    let most = i64::try_from(limit).unwrap_or(i64::MAX);
    let mut ids = db.all(
        "SELECT id FROM customer WHERE root_id IS NULL AND sort_key >= ?1 AND sort_key < ?2 ORDER BY sort_key, id LIMIT ?3",
        &[start.clone().into(), format!("{start}\u{10ffff}").into(), most.into()],
        |row| Ok(CustomerId(row.int(0)?)),
    )?;
    if ids.len() < limit && !start.is_empty() {
        let filter = CustomerFilter { query: query.to_owned(), ..CustomerFilter::default() };
        let list = Customers::read(db, &filter, NaiveDate::MIN)?.list();
        for id in list.page(db, &Page::first(limit))?.rows.into_iter().map(|found| found.id) {
            if ids.len() < limit && !ids.contains(&CustomerId(id)) {
                ids.push(CustomerId(id));
            }
        }
    }
    Ok(ids)
}
