//! The list of subscriptions, and of the periods they will bill next.

use chrono::NaiveDate;

use super::page::{Cursor, DayRange, Key, Page, Slice};
use super::plain::{self, Plain};
use super::shown::{listed_name, money};
use crate::domain::frequency::Frequency;
use crate::domain::id::{AssetId, CustomerId, GroupId, OrderId, SubscriptionId, VariantId};
use crate::domain::money::Money;
use crate::domain::schedule::{Schedule, price};
use crate::domain::status::SubscriptionStatus;
use crate::store::engine::{Db, Value};
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
    /// Its number.
    pub id: SubscriptionId,
    /// The order it came from.
    pub order_id: OrderId,
    /// Whose, merged ones resolved.
    pub customer_id: CustomerId,
    /// As lists show the name.
    pub customer_name: String,
    /// Of which variant.
    pub variant_id: VariantId,
    /// Product and variant: `Laptop Pro 14, black`.
    pub product: String,
    /// The asset.
    pub asset_id: Option<AssetId>,
    /// Its serial number.
    pub serial: Option<String>,
    /// Its status.
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
    /// Counts saved changes.
    pub version: i64,
    pub(super) customer_key: String,
}

impl SubscriptionRow {
    /// Its place in a list sorted so.
    #[must_use]
    pub fn cursor(&self, sort: SubscriptionSort) -> Cursor {
        let id = Key::from(self.id.0);
        match sort {
            SubscriptionSort::Number => Cursor::new(0, [id]),
            SubscriptionSort::End => Cursor::new(0, [self.end_on.into(), id]),
            SubscriptionSort::Customer => {
                Cursor::new(0, [self.customer_key.as_str().into(), self.customer_id.0.into(), id])
            }
        }
    }
}

/// A period not yet materialised: what a subscription bills next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UpcomingRow {
    /// Of which subscription.
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
}

impl UpcomingRow {
    /// Its place in the list.
    #[must_use]
    pub fn cursor(&self) -> Cursor {
        Cursor::new(0, [Key::from(self.period.0), self.subscription_id.0.into()])
    }
}

/// One page of the list; prices are those of `today`.
///
/// # Errors
/// When the file fails.
pub fn subscriptions(
    db: &Db,
    filter: &SubscriptionFilter,
    page: &Page,
    today: NaiveDate,
) -> Result<Slice<SubscriptionRow>> {
    let ids = plain::ids(db, &plain(filter), page)?;
    let rows = subscriptions_by_id(db, &ids.rows.iter().map(|id| SubscriptionId(*id)).collect::<Vec<_>>(), today)?;
    Ok(plain::with_rows(&ids, rows))
}

fn plain<'a>(filter: &SubscriptionFilter) -> Plain<'a> {
    let mut values: Vec<Value> = Vec::new();
    let mut from = String::from("subscription s JOIN customer c ON c.id = s.customer_id WHERE 1");
    typed(&filter.query, &mut from, &mut values);
    if !filter.statuses.is_empty() {
        let marks = vec!["?"; filter.statuses.len()].join(", ");
        from.push_str(&format!(" AND s.status IN ({marks})"));
        values.extend(filter.statuses.iter().map(|status| Value::from(status.code())));
    }
    if let Some(customer) = filter.customer {
        from.push_str(" AND (c.id = ? OR c.root_id = ?)");
        values.extend([customer.into(), customer.into()]);
    }
    for (condition, id) in
        [(" AND c.group_id = ?", filter.group.map(|id| id.0)), (" AND s.variant_id = ?", filter.variant.map(|id| id.0))]
    {
        if let Some(id) = id {
            from.push_str(condition);
            values.push(id.into());
        }
    }
    for (condition, day) in [(" AND s.end_on >= ?", filter.ending.0), (" AND s.end_on <= ?", filter.ending.1)] {
        if let Some(day) = day {
            from.push_str(condition);
            values.push(day.into());
        }
    }
    let columns = match filter.sort {
        SubscriptionSort::Number => vec![("s.id", false)],
        SubscriptionSort::End => vec![("s.end_on", false), ("s.id", false)],
        SubscriptionSort::Customer => vec![("c.sort_key", false), ("c.id", false), ("s.id", false)],
    };
    Plain { from, values, columns, reverse: filter.reverse }
}

/// What was typed: a number of a subscription, or a part of a name.
fn typed(query: &str, from: &mut String, values: &mut Vec<Value>) {
    match query.trim().trim_start_matches(['s', 'S', '-']).parse::<i64>() {
        Ok(number) => {
            from.push_str(" AND s.id = ?");
            values.push(number.into());
        }
        Err(_) => from.push_str(&plain::like("c.search_key", query, values)),
    }
}

const ROW: &str = "SELECT s.order_id, c.id, c.company_name, c.first_name, c.last_name, s.variant_id, p.name || ', ' || v.name, \
    s.asset_id, a.serial, s.status, s.frequency, COALESCE((SELECT h.price_minor FROM price_change h \
      WHERE h.subscription_id = s.id AND h.from_on <= ?2 ORDER BY h.from_on DESC LIMIT 1), s.price_minor), s.currency, \
    s.start_on, s.end_on, s.next_start_on, s.version, c.sort_key FROM subscription s \
    JOIN customer m ON m.id = s.customer_id JOIN customer c ON c.id = COALESCE(m.root_id, m.id) \
    JOIN variant v ON v.id = s.variant_id JOIN product p ON p.id = v.product_id LEFT JOIN asset a ON a.id = s.asset_id \
    WHERE s.id = ?1";

/// The rows of these subscriptions, in this order; those that do not exist are left out.
///
/// # Errors
/// When the file fails.
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
            })
        })
    })
}

/// One page of what is billed next: the next period of every subscription that bills, soonest first. `query` narrows
/// to customers and subscription numbers.
///
/// # Errors
/// When the file fails.
pub fn upcoming(db: &Db, query: &str, page: &Page) -> Result<Slice<UpcomingRow>> {
    let mut values: Vec<Value> = Vec::new();
    let mut from = String::from(
        "subscription s JOIN customer c ON c.id = s.customer_id \
         WHERE s.next_start_on IS NOT NULL AND s.status IN ('active', 'suspended')",
    );
    typed(query, &mut from, &mut values);
    let columns = vec![("s.next_start_on", false), ("s.id", false)];
    let ids = plain::ids(db, &Plain { from, values, columns, reverse: false }, page)?;
    let rows = plain::rows(&ids.rows, |id| {
        let Some(due) = crate::store::billing::due_by_id(db, SubscriptionId(id))? else { return Ok(None) };
        let Some(row) = subscriptions_by_id(db, &[SubscriptionId(id)], NaiveDate::MIN)?.pop() else { return Ok(None) };
        let schedule = Schedule::new(due.start_on, due.end_on, due.frequency, Some(due.anchor_day)).ok();
        Ok(schedule.and_then(|schedule| schedule.period(due.next_index)).map(|period| UpcomingRow {
            subscription_id: row.id,
            customer_id: row.customer_id,
            customer_name: row.customer_name,
            product: row.product,
            period_index: period.index,
            period: (period.start, period.end),
            amount: Money::new(price(&period, due.frequency, due.price_minor), due.currency),
        }))
    })?;
    Ok(plain::with_rows(&ids, rows))
}
