//! The list of customers.

use chrono::{Days, NaiveDate};

use super::page::{Cursor, Key, Page, Slice};
use super::plain::{self, Plain};
use super::shown::{currency, listed_name};
use crate::domain::customer::CustomerKind;
use crate::domain::id::{ClassId, CustomerId, GroupId};
use crate::domain::money::Money;
use crate::domain::text::fold;
use crate::store::engine::{Db, Row, Value};
use crate::store::error::Result;

/// What the list is sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum CustomerSort {
    /// A–Z.
    #[default]
    Name,
    /// Highest lifetime value first.
    LifetimeValue,
    /// Most subscriptions (live and ended) first.
    Subscriptions,
    /// Newest customer first.
    Joined,
}

/// Customers alike in one way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Segment {
    /// Lifetime value at or above the shop's setting; without one, the top tenth.
    HighValue,
    /// A payment failed in the last 90 days.
    AtRisk,
    /// Two subscriptions or more.
    Loyal,
    /// First subscription within 30 days.
    New,
    /// Companies.
    Business,
}

/// What the list shows. Parts combine. Closed customers show only where a query is typed or `closed` says so.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct CustomerFilter {
    /// Name, company, email or phone; also of one merged into it.
    pub query: String,
    /// Only this kind.
    pub kind: Option<CustomerKind>,
    /// Only with, or only without, an active subscription.
    pub active: Option<bool>,
    /// Lifetime value from … to …, in minor units.
    pub lifetime: (Option<i64>, Option<i64>),
    /// Only members of this group.
    pub group: Option<GroupId>,
    /// Only of this class.
    pub class: Option<ClassId>,
    /// Only this segment.
    pub segment: Option<Segment>,
    /// Also closed ones.
    pub closed: bool,
    /// The order.
    pub sort: CustomerSort,
    /// The order turned round.
    pub reverse: bool,
}

/// One customer as lists show it. Sums take in those merged into it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustomerRow {
    /// Its number.
    pub id: CustomerId,
    /// As lists show the name.
    pub name: String,
    /// Person or company.
    pub kind: CustomerKind,
    /// Email, may be empty.
    pub email: String,
    /// Phone, may be empty.
    pub phone: String,
    /// Company, may be empty.
    pub company: String,
    /// The billing group.
    pub group_id: Option<GroupId>,
    /// The billing group's name.
    pub group_name: Option<String>,
    /// The class.
    pub class_id: ClassId,
    /// Customer since.
    pub joined_on: NaiveDate,
    /// Closed, and hidden by default.
    pub closed_on: Option<NaiveDate>,
    /// Active subscriptions.
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
    #[must_use]
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
///
/// # Errors
/// When the file fails.
pub fn customers(db: &Db, filter: &CustomerFilter, page: &Page, today: NaiveDate) -> Result<Slice<CustomerRow>> {
    let list = plain(db, filter, today)?;
    let ids = plain::ids(db, &list, page)?;
    let rows = customers_by_id(db, &ids.rows.iter().map(|id| CustomerId(*id)).collect::<Vec<_>>(), today)?;
    Ok(plain::with_rows(&ids, rows))
}

/// How many customers the filter has. May take a moment: for a worker thread.
///
/// # Errors
/// When the file fails or the read is interrupted.
pub fn customers_count(db: &Db, filter: &CustomerFilter, today: NaiveDate) -> Result<i64> {
    let list = plain(db, filter, today)?;
    let sql = plain::numbered(&format!("SELECT COUNT(*) FROM {}", list.from));
    Ok(db.one(&sql, &list.values, |row| row.int(0))?.unwrap_or(0))
}

const LIFETIME: &str = "(SELECT COALESCE(SUM(a.amount_minor), 0) FROM allocation a WHERE a.customer_id = c.id \
    AND a.source = 'receipt' AND a.is_deposit = 0)";
const COUNT: &str = "(SELECT COUNT(*) FROM subscription s WHERE s.customer_id = c.id)";
const ACTIVE: &str = "EXISTS (SELECT 1 FROM subscription s WHERE s.customer_id = c.id AND s.status = 'active')";

fn plain<'a>(db: &Db, filter: &CustomerFilter, today: NaiveDate) -> Result<Plain<'a>> {
    let mut from = String::from("customer c WHERE c.root_id IS NULL");
    let mut values: Vec<Value> = Vec::new();
    from.push_str(&plain::like("c.search_key", &filter.query, &mut values));
    if !filter.closed && filter.query.trim().is_empty() {
        from.push_str(" AND c.closed_on IS NULL");
    }
    if let Some(kind) = filter.kind {
        from.push_str(" AND c.kind = ?");
        values.push(kind.code().into());
    }
    if let Some(group) = filter.group {
        from.push_str(" AND c.group_id = ?");
        values.push(group.into());
    }
    if let Some(class) = filter.class {
        from.push_str(" AND c.class_id = ?");
        values.push(class.into());
    }
    match filter.active {
        Some(true) => from.push_str(&format!(" AND {ACTIVE}")),
        Some(false) => from.push_str(&format!(" AND NOT {ACTIVE}")),
        None => {}
    }
    for (bound, sign) in [(filter.lifetime.0, ">="), (filter.lifetime.1, "<=")] {
        if let Some(minor) = bound {
            from.push_str(&format!(" AND {LIFETIME} {sign} ?"));
            values.push(minor.into());
        }
    }
    if let Some(segment) = filter.segment {
        narrow(db, segment, today, &mut from, &mut values)?;
    }
    let columns = match filter.sort {
        CustomerSort::Name => vec![("c.sort_key", false), ("c.id", false)],
        CustomerSort::LifetimeValue => vec![(LIFETIME, true), ("c.id", true)],
        CustomerSort::Subscriptions => vec![(COUNT, true), ("c.id", true)],
        CustomerSort::Joined => vec![("c.joined_on", true), ("c.id", true)],
    };
    Ok(Plain { from, values, columns, reverse: filter.reverse })
}

fn narrow(db: &Db, segment: Segment, today: NaiveDate, from: &mut String, values: &mut Vec<Value>) -> Result<()> {
    let ago = |days| today.checked_sub_days(Days::new(days)).unwrap_or(today);
    match segment {
        Segment::Business => from.push_str(" AND c.kind = 'business'"),
        Segment::Loyal => from.push_str(&format!(" AND {COUNT} >= 2")),
        Segment::New => {
            from.push_str(" AND (SELECT MIN(s.activated_on) FROM subscription s WHERE s.customer_id = c.id) >= ?");
            values.push(ago(30).into());
        }
        Segment::AtRisk => {
            from.push_str(
                " AND EXISTS (SELECT 1 FROM payment p JOIN payment_change h ON h.payment_id = p.id \
                 WHERE p.customer_id = c.id AND h.to_status = 'failed' AND h.reverses_id IS NULL AND h.changed_on >= ?)",
            );
            values.push(ago(90).into());
        }
        Segment::HighValue => {
            let set = db.one("SELECT high_value_minor FROM shop WHERE id = 1", &[], |row| row.opt_int(0))?.flatten();
            let bound = match set {
                Some(minor) => minor,
                None => top_tenth(db)?,
            };
            from.push_str(&format!(" AND {LIFETIME} >= ?"));
            values.push(bound.max(1).into());
        }
    }
    Ok(())
}

/// The lifetime value that a tenth of the customers reaches.
fn top_tenth(db: &Db) -> Result<i64> {
    let sql = format!("SELECT {LIFETIME} FROM customer c WHERE c.root_id IS NULL ORDER BY 1 DESC");
    let values = db.all(&sql, &[], |row| row.int(0))?;
    Ok(values.get(values.len().div_ceil(10).saturating_sub(1)).copied().unwrap_or(0))
}

const ROW: &str = "SELECT c.company_name, c.first_name, c.last_name, c.kind, c.email, c.phone, c.company_name, c.group_id, \
    (SELECT g.name FROM billing_group g WHERE g.id = c.group_id), c.class_id, c.joined_on, c.closed_on, c.currency, c.sort_key \
    FROM customer c WHERE c.id = ?1";

const SUMS: &str = "SELECT \
    (SELECT COUNT(*) FROM subscription s WHERE s.customer_id = ?1 AND s.status = 'active'), \
    (SELECT COUNT(*) FROM subscription s WHERE s.customer_id = ?1), \
    (SELECT COALESCE(SUM(a.amount_minor), 0) FROM allocation a WHERE a.customer_id = ?1 AND a.source = 'receipt' AND a.is_deposit = 0), \
    (SELECT COALESCE(SUM(p.amount_minor - p.settled_minor), 0) FROM payment p WHERE p.customer_id = ?1 \
      AND p.status IN ('pending', 'processing', 'failed') AND p.invoice_id IS NOT NULL), \
    (SELECT COALESCE(SUM(p.amount_minor - p.settled_minor), 0) FROM payment p WHERE p.customer_id = ?1 \
      AND p.status IN ('pending', 'processing', 'failed') AND p.invoice_id IS NOT NULL AND p.due_on < ?2), \
    (SELECT COALESCE(SUM(r.amount_minor - r.allocated_minor - r.refunded_minor), 0) FROM receipt r WHERE r.customer_id = ?1 \
      AND r.state = 'cleared' AND r.allocated_minor + r.refunded_minor < r.amount_minor)";

/// The customer itself and those merged into it.
pub(super) fn family(db: &Db, id: CustomerId) -> Result<Vec<i64>> {
    let mut ids = vec![id.0];
    ids.extend(db.all("SELECT id FROM customer WHERE root_id = ?1 ORDER BY id", &[id.into()], |row| row.int(0))?);
    Ok(ids)
}

/// The rows of these customers, in this order; those that do not exist are left out.
///
/// # Errors
/// When the file fails.
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
///
/// # Errors
/// When the file fails.
pub fn customer_lookup(db: &Db, query: &str, limit: usize) -> Result<Vec<CustomerRow>> {
    let start = fold(query);
    let most = i64::try_from(limit).unwrap_or(i64::MAX);
    let mut ids = db.all(
        "SELECT id FROM customer WHERE root_id IS NULL AND sort_key >= ?1 AND sort_key < ?2 ORDER BY sort_key, id LIMIT ?3",
        &[start.clone().into(), format!("{start}\u{10ffff}").into(), most.into()],
        |row| Ok(CustomerId(row.int(0)?)),
    )?;
    if ids.len() < limit && !start.is_empty() {
        let filter = CustomerFilter { query: query.to_owned(), ..CustomerFilter::default() };
        let list = plain(db, &filter, NaiveDate::MIN)?;
        for id in plain::ids(db, &list, &Page::first(limit))?.rows {
            if ids.len() < limit && !ids.contains(&CustomerId(id)) {
                ids.push(CustomerId(id));
            }
        }
    }
    customers_by_id(db, &ids, NaiveDate::MIN)
}
