//! The list of orders.

use chrono::NaiveDate;

use super::shown::{currency, listed_name};
use crate::domain::id::{CustomerId, OrderId};
use crate::domain::money::Money;
use crate::domain::schedule::{Schedule, price};
use crate::domain::status::OrderStatus;
use crate::store::engine::{Db, Row};
use crate::store::error::Result;
use crate::store::query::cond::{Cond, On};
use crate::store::query::meant::{self, Columns, with_merged};
use crate::store::query::page::{Cursor, Key, Page, Slice};
use crate::store::query::sql::List;

/// What the list shows, newest first.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct OrderFilter {
    /// Customer or order number.
    pub query: String,
    /// Only this status.
    pub status: Option<OrderStatus>,
    /// Only this customer's, with those merged into it.
    pub customer: Option<CustomerId>,
    /// The order reversed: oldest first.
    pub reverse: bool,
}

/// One order as lists show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderRow {
    pub id: OrderId,
    /// Whose, merged ones resolved.
    pub customer_id: CustomerId,
    /// As lists show the name.
    pub customer_name: String,
    pub ordered_on: NaiveDate,
    pub status: OrderStatus,
    /// Units ordered.
    pub unit_count: i64,
    /// What was ordered, in words: `2 × Laptop Pro 14, black · Monitor 27, 4K`.
    pub items: String,
    /// All periods of all units, as priced.
    pub total: Money,
    pub version: i64,
    /// How well a typed text means it, 0 the best.
    rank: i64,
}

impl OrderRow {
    /// Its place in the list.
    pub fn cursor(&self) -> Cursor {
        Cursor::new(self.rank, [Key::from(self.ordered_on), self.id.0.into()])
    }
}

/// One page of the list, newest first.
pub fn orders(db: &Db, filter: &OrderFilter, page: &Page) -> Result<Slice<OrderRow>> {
    let found = list(db, filter)?.page(db, page)?;
    let ids: Vec<(i64, i64)> = found.rows.iter().map(|found| (found.id, found.rank)).collect();
    let mut rows = Vec::with_capacity(ids.len());
    for (id, rank) in ids {
        rows.extend(order_row(db, OrderId(id))?.map(|row| OrderRow { rank, ..row }));
    }
    Ok(found.with(rows))
}

/// How many orders there are.
pub fn orders_count(db: &Db, filter: &OrderFilter) -> Result<i64> {
    list(db, filter)?.count(db)
}

fn list(db: &Db, filter: &OrderFilter) -> Result<List> {
    let mut conds: Vec<Cond> = filter.customer.map(|id| with_merged(id).cond("o.customer_id")).into_iter().collect();
    conds.extend(filter.status.map(|status| Cond::plain(format!("o.status = '{}'", status.code()))));
    let meant = meant::read(db, &filter.query)?.map(|typed| meant::of_orders(&typed));
    conds.extend(meant.as_ref().map(|meant| meant.cond(COLUMNS)));
    let rank = meant.map(|meant| meant.rank(COLUMNS));
    let order = vec![("o.ordered_on", true), ("o.id", true)];
    let (table, reverse) = ("rental_order o", filter.reverse);
    Ok(List { table, from: table, joined: None, conds, order, reverse, rank })
}

const COLUMNS: Columns = Columns { of: column, amount: "o.id", is_open: "1 = 1" };

/// The column a set is about.
fn column(on: On) -> &'static str {
    if on == On::Customer { "o.customer_id" } else { "o.id" }
}

/// One order with what was ordered, in words, and what all its periods come to.
fn order_row(db: &Db, id: OrderId) -> Result<Option<OrderRow>> {
    let mut units = 0;
    let mut total = 0;
    let mut items: Vec<String> = Vec::new();
    let found = crate::store::order::by_id(db, id)?;
    for item in found.iter().flat_map(|order| &order.items) {
        let quantity = i64::from(item.quantity);
        units += quantity;
        total += item.schedule().map_or(0, |schedule| worth(&schedule, item.price.minor())) * quantity;
        items.extend(crate::store::catalogue::variant(db, item.variant)?.map(|variant| variant.full_name()));
    }
    items.dedup();
    db.one(ROW, &[id.into()], |row| read(row, id, units, total, items.join("; ")))
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
        rank: 0,
    })
}
