//! The list of orders.

use chrono::NaiveDate;

use super::page::{Cursor, Key, Page, Slice};
use super::plain::{self, Plain};
use super::shown::{currency, listed_name};
use crate::domain::id::{CustomerId, OrderId};
use crate::domain::money::Money;
use crate::domain::schedule::{Schedule, price};
use crate::domain::status::OrderStatus;
use crate::store::engine::{Db, Row, Value};
use crate::store::error::Result;

/// What the list shows, newest first.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct OrderFilter {
    /// Customer or order number.
    pub query: String,
    /// Only this status.
    pub status: Option<OrderStatus>,
    /// Only this customer's, with those merged into it.
    pub customer: Option<CustomerId>,
    /// The order turned round: oldest first.
    pub reverse: bool,
}

/// One order as lists show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderRow {
    /// Its number.
    pub id: OrderId,
    /// Whose, merged ones resolved.
    pub customer_id: CustomerId,
    /// As lists show the name.
    pub customer_name: String,
    /// Its date.
    pub ordered_on: NaiveDate,
    /// Its status.
    pub status: OrderStatus,
    /// Units ordered.
    pub unit_count: i64,
    /// What was ordered, in words: `2 × Laptop Pro 14, black · Monitor 27, 4K`.
    pub items: String,
    /// All periods of all units, as priced.
    pub total: Money,
    /// Counts saved changes.
    pub version: i64,
}

impl OrderRow {
    /// Its place in the list.
    #[must_use]
    pub fn cursor(&self) -> Cursor {
        Cursor::new(0, [Key::from(self.ordered_on), self.id.0.into()])
    }
}

/// One page of the list, newest first.
///
/// # Errors
/// When the file fails.
pub fn orders(db: &Db, filter: &OrderFilter, page: &Page) -> Result<Slice<OrderRow>> {
    let mut values: Vec<Value> = Vec::new();
    let mut from = String::from("rental_order o JOIN customer c ON c.id = o.customer_id WHERE 1");
    let typed = filter.query.trim();
    let number = typed.trim_start_matches(['o', 'O', '-']).parse::<i64>().ok();
    match number {
        Some(number) => {
            from.push_str(" AND o.id = ?");
            values.push(number.into());
        }
        None => from.push_str(&plain::like("c.search_key", typed, &mut values)),
    }
    if let Some(status) = filter.status {
        from.push_str(" AND o.status = ?");
        values.push(status.code().into());
    }
    if let Some(customer) = filter.customer {
        from.push_str(" AND (c.id = ? OR c.root_id = ?)");
        values.extend([customer.into(), customer.into()]);
    }
    let columns = vec![("o.ordered_on", true), ("o.id", true)];
    let ids = plain::ids(db, &Plain { from, values, columns, reverse: filter.reverse }, page)?;
    let rows = plain::rows(&ids.rows, |id| {
        let mut units = 0;
        let mut total = 0;
        let mut items = Vec::new();
        let found = crate::store::order::by_id(db, OrderId(id))?;
        for item in found.iter().flat_map(|order| &order.items) {
            units += i64::from(item.quantity);
            total +=
                item.schedule().map_or(0, |schedule| worth(&schedule, item.price.minor())) * i64::from(item.quantity);
            items.extend(crate::store::catalogue::variant(db, item.variant)?.map(|variant| variant.full_name()));
        }
        items.dedup();
        db.one(ROW, &[id.into()], |row| read(row, OrderId(id), units, total, items.join("; ")))
    })?;
    Ok(plain::with_rows(&ids, rows))
}

/// What a schedule is worth at a price a month, as priced.
fn worth(schedule: &Schedule, monthly_minor: i64) -> i64 {
    schedule.periods().map(|period| price(&period, schedule.frequency, monthly_minor)).sum()
}

const ROW: &str = "SELECT o.customer_id, c.company_name, c.first_name, c.last_name, o.ordered_on, o.status, o.currency, o.version \
    FROM rental_order o JOIN customer m ON m.id = o.customer_id JOIN customer c ON c.id = COALESCE(m.root_id, m.id) WHERE o.id = ?1";

fn read(row: &Row, id: OrderId, unit_count: i64, total: i64, items: String) -> Result<OrderRow> {
    Ok(OrderRow {
        id,
        customer_id: CustomerId(row.int(0)?),
        customer_name: listed_name(row, 1)?,
        ordered_on: row.date(4)?,
        status: row.parsed(5)?,
        unit_count,
        items,
        total: Money::new(total, currency(row, 6)?),
        version: row.int(7)?,
    })
}
