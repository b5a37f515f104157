//! The list of subscriptions, and of the periods they will bill next.

mod plan;
mod upcoming;

use chrono::NaiveDate;

use plan::Plan;

use super::customers::CustomerFilter;
use super::keyset;
use super::page::{Cursor, DayRange, Key, Page, Slice};
use super::plain;
use super::shown::{listed_name, money};
use crate::domain::frequency::Frequency;
use crate::domain::id::{AssetId, CustomerId, GroupId, OrderId, SubscriptionId, VariantId};
use crate::domain::money::Money;
use crate::domain::schedule::{Schedule, price_before};
use crate::domain::status::SubscriptionStatus;
use crate::store::engine::Db;
use crate::store::error::Result;

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
    /// The order turned round.
    pub reverse: bool,
}

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
    pub version: i64,
    pub(super) customer_key: String,
    /// The part of a searched list it stands in.
    part: Option<i64>,
}

impl SubscriptionRow {
    /// Its place in a list sorted so.
    pub fn cursor(&self, sort: SubscriptionSort) -> Cursor {
        let id = Key::from(self.id.0);
        let place = match sort {
            SubscriptionSort::Number => Cursor::new(0, [id]),
            SubscriptionSort::End => Cursor::new(0, [self.end_on.into(), id]),
            SubscriptionSort::Customer => {
                Cursor::new(0, [self.customer_key.as_str().into(), self.customer_id.0.into(), id])
            }
        };
        place.in_part(self.part)
    }
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
    /// The part of a searched list it stands in.
    part: Option<i64>,
}

impl UpcomingRow {
    /// Its place in the list.
    pub fn cursor(&self) -> Cursor {
        Cursor::new(0, [Key::from(self.period.0), self.subscription_id.0.into()]).in_part(self.part)
    }
}

/// One page of the list; prices are those of `today`.
pub fn subscriptions(
    db: &Db,
    filter: &SubscriptionFilter,
    page: &Page,
    today: NaiveDate,
) -> Result<Slice<SubscriptionRow>> {
    let Some(plan) = Plan::new(db, filter)? else { return Ok(Slice::default()) };
    let keys = keyset::page(db, &plan.sources(), filter.reverse, &page.searched(&filter.query))?;
    let ids: Vec<SubscriptionId> = keyset::ids(&keys).into_iter().map(SubscriptionId).collect();
    let parts = keyset::parts(&keys);
    let mut rows = subscriptions_by_id(db, &ids, today)?;
    rows.iter_mut().for_each(|row| row.part = parts.get(&row.id.0).copied());
    Ok(Slice { rows, more_before: keys.more_before, more_after: keys.more_after })
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
                version: row.int(16)?,
                customer_key: row.text(17)?,
                part: None,
            })
        })
    })
}

/// One page of what is billed next: the next period of every subscription that bills, soonest first. Who is in a
/// segment is read for `today`.
pub fn upcoming(db: &Db, filter: &UpcomingFilter, page: &Page, today: NaiveDate) -> Result<Slice<UpcomingRow>> {
    let Some(sources) = upcoming::sources(db, filter, today)? else { return Ok(Slice::default()) };
    let keys = keyset::page(db, &sources, filter.reverse, &page.searched(&filter.query))?;
    let parts = keyset::parts(&keys);
    let mut rows = plain::rows(&keyset::ids(&keys), |id| upcoming_row(db, SubscriptionId(id)))?;
    rows.iter_mut().for_each(|row| row.part = parts.get(&row.subscription_id.0).copied());
    Ok(Slice { rows, more_before: keys.more_before, more_after: keys.more_after })
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
        part: None,
    }))
}
