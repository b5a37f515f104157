//! The list of subscriptions, and of the periods they will bill next.

use chrono::NaiveDate;

use super::next_payment::{NextPayment, next_payment};
use super::plain;
use super::shown::{listed_name, money};
use crate::domain::frequency::Frequency;
use crate::domain::id::{AssetId, CustomerId, OrderId, SubscriptionId, VariantId};
use crate::domain::money::Money;
use crate::domain::schedule::{Schedule, price_before};
use crate::domain::status::SubscriptionStatus;
use crate::store::engine::Db;
use crate::store::error::Result;
use crate::store::query::page::{Cursor, Key, Page, Slice};
use crate::store::query::subscriptions as query;
use crate::store::scope::{Read, Scope};

pub use crate::domain::query::subscriptions::{SubscriptionFilter, SubscriptionSort, UpcomingFilter};

/// One subscription as lists show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubscriptionRow {
    pub id: SubscriptionId,
    /// The order it came from.
    pub order_id: OrderId,
    /// Whose, merged ones resolved.
    pub customer_id: CustomerId,
    /// As lists show the name.
    pub customer_name: String,
    pub variant_id: VariantId,
    /// Product and variant: `Laptop Pro 14, black`.
    pub product: String,
    pub asset_id: Option<AssetId>,
    pub serial: Option<String>,
    pub status: SubscriptionStatus,
    /// How often it bills.
    pub frequency: Frequency,
    /// The price of a month on the day asked about.
    pub price: Money,
    /// First day.
    pub start_on: NaiveDate,
    /// The day after the contract.
    pub end_on: NaiveDate,
    /// When the next period not yet materialised starts.
    pub next_start_on: Option<NaiveDate>,
    /// What falls due next, on the day asked about or later.
    pub next_payment: Option<NextPayment>,
    pub version: i64,
    pub(super) customer_key: String,
    /// How well a typed text means it, 0 the best.
    pub(super) rank: i64,
}

impl SubscriptionRow {
    /// Its place in a list sorted so.
    pub fn cursor(&self, sort: SubscriptionSort) -> Cursor {
        let id = Key::from(self.id.0);
        match sort {
            SubscriptionSort::Number => Cursor::new(self.rank, [id]),
            SubscriptionSort::End => Cursor::new(self.rank, [self.end_on.into(), id]),
            SubscriptionSort::Customer => {
                Cursor::new(self.rank, [self.customer_key.as_str().into(), self.customer_id.0.into(), id])
            }
        }
    }
}

/// A period not yet materialised: what a subscription bills next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UpcomingRow {
    pub subscription_id: SubscriptionId,
    /// Whose, merged ones resolved.
    pub customer_id: CustomerId,
    /// As lists show the name.
    pub customer_name: String,
    /// Product and variant: `Laptop Pro 14, black`.
    pub product: String,
    /// Its place in the schedule, from 0.
    pub period_index: u32,
    /// The period, its end exclusive.
    pub period: (NaiveDate, NaiveDate),
    /// What it costs as priced, no tax added.
    pub amount: Money,
    /// How well a typed text means it, 0 the best.
    pub(super) rank: i64,
}

impl UpcomingRow {
    /// Its place in the list.
    pub fn cursor(&self) -> Cursor {
        Cursor::new(self.rank, [Key::from(self.period.0), self.subscription_id.0.into()])
    }
}

/// One page of the list, of the whole book; prices are those of `today`.
pub fn subscriptions(
    db: &Db,
    filter: &SubscriptionFilter,
    page: &Page,
    today: NaiveDate,
) -> Result<Slice<SubscriptionRow>> {
    subscriptions_within(db, Scope::All, filter, page, today)
}

/// The same, as far as a scope goes.
pub fn subscriptions_within(
    db: &Db,
    scope: Scope,
    filter: &SubscriptionFilter,
    page: &Page,
    today: NaiveDate,
) -> Result<Slice<SubscriptionRow>> {
    let mut list = query::list(db, filter)?;
    list.conds.extend(scope.among(Read::Subscriptions).map(|among| among.cond("s.id")));
    let found = list.page(db, page)?;
    let ids: Vec<SubscriptionId> = found.rows.iter().map(|found| SubscriptionId(found.id)).collect();
    let mut rows = subscriptions_by_id(db, &ids, today)?;
    for (row, found) in rows.iter_mut().zip(&found.rows) {
        row.rank = found.rank;
    }
    Ok(found.with(rows))
}

/// How many subscriptions there are.
pub fn subscriptions_count(db: &Db, filter: &SubscriptionFilter) -> Result<i64> {
    query::list(db, filter)?.count(db)
}

const ROW: &str = "SELECT s.order_id, c.id, c.company_name, c.first_name, c.last_name, s.variant_id, p.name || ', ' || v.name, \
    s.asset_id, a.serial, s.status, s.frequency, COALESCE((SELECT h.price_minor FROM price_change h \
      WHERE h.subscription_id = s.id AND h.from_on <= ?2 ORDER BY h.from_on DESC LIMIT 1), s.price_minor), s.currency, \
    s.start_on, s.end_on, s.next_start_on, s.version, c.sort_key FROM subscription s \
    JOIN customer m ON m.id = s.customer_id JOIN customer c ON c.id = COALESCE(m.root_id, m.id) \
    JOIN variant v ON v.id = s.variant_id JOIN product p ON p.id = v.product_id LEFT JOIN asset a ON a.id = s.asset_id \
    WHERE s.id = ?1";

/// The rows of these subscriptions, in this order; those that do not exist are left out.
pub fn subscriptions_by_id(db: &Db, ids: &[SubscriptionId], today: NaiveDate) -> Result<Vec<SubscriptionRow>> {
    let ids: Vec<i64> = ids.iter().map(|id| id.0).collect();
    plain::rows(&ids, |id| {
        let next_payment = next_payment(db, SubscriptionId(id), today)?;
        db.one(ROW, &[id.into(), today.into()], |row| {
            Ok(SubscriptionRow {
                id: SubscriptionId(id),
                order_id: OrderId(row.int(0)?),
                customer_id: CustomerId(row.int(1)?),
                customer_name: listed_name(row, 2)?,
                variant_id: VariantId(row.int(5)?),
                product: row.text(6)?,
                asset_id: row.opt_int(7)?.map(AssetId),
                serial: row.opt_text(8)?,
                status: row.parsed(9)?,
                frequency: row.parsed(10)?,
                price: money(row, 11, 12)?,
                start_on: row.date(13)?,
                end_on: row.date(14)?,
                next_start_on: row.opt_date(15)?,
                next_payment,
                version: row.int(16)?,
                customer_key: row.text(17)?,
                rank: 0,
            })
        })
    })
}

/// One page of what is billed next: the next period of every subscription that bills, soonest first. Who is in a
/// segment is read for `today`.
pub fn upcoming(db: &Db, filter: &UpcomingFilter, page: &Page, today: NaiveDate) -> Result<Slice<UpcomingRow>> {
    let found = query::upcoming(db, filter, today)?.page(db, page)?;
    let ids: Vec<(i64, i64)> = found.rows.iter().map(|found| (found.id, found.rank)).collect();
    let mut rows = Vec::with_capacity(ids.len());
    for (id, rank) in ids {
        rows.extend(upcoming_row(db, SubscriptionId(id))?.map(|row| UpcomingRow { rank, ..row }));
    }
    Ok(found.with(rows))
}

/// The period a subscription bills next, at the price that will stand then.
fn upcoming_row(db: &Db, id: SubscriptionId) -> Result<Option<UpcomingRow>> {
    let Some(due) = crate::store::billing::due_by_id(db, id)? else { return Ok(None) };
    let end = due.agreed_end_on.unwrap_or(due.end_on);
    let schedule = Schedule::new(due.start_on, end, due.frequency, Some(due.anchor_day)).ok();
    let next = db.one("SELECT next_start_on FROM subscription WHERE id = ?1", &[id.into()], |row| row.opt_date(0))?;
    let (Some(schedule), Some(next)) = (schedule, next.flatten()) else { return Ok(None) };
    let mut left = (due.next_index..).map_while(|index| schedule.period(index));
    let Some(period) = left.find(|period| period.start >= next) else { return Ok(None) };
    let Some(row) = subscriptions_by_id(db, &[id], period.start)?.pop() else { return Ok(None) };
    Ok(Some(UpcomingRow {
        subscription_id: row.id,
        customer_id: row.customer_id,
        customer_name: row.customer_name,
        product: row.product,
        period_index: period.index,
        period: (period.start, period.end.min(due.end_on)),
        amount: Money::new(price_before(&period, due.frequency, row.price.minor(), due.end_on), due.currency),
        rank: 0,
    }))
}
