//! The list of orders.

use chrono::NaiveDate;

use super::cond::{Column, Cond, among, int, text};
use super::keyset::{self, Source};
use super::meant::{Meant, Named, Rows};
use super::page::{Cursor, Key, Page, Slice};
use super::plain;
use super::search::with_merged;
use super::shown::{currency, listed_name};
use crate::domain::id::{CustomerId, OrderId};
use crate::domain::money::Money;
use crate::domain::schedule::{Schedule, price};
use crate::domain::status::OrderStatus;
use crate::store::engine::{Db, Row};
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
    /// The part of a searched list it stands in.
    part: Option<i64>,
}

impl OrderRow {
    /// Its place in the list.
    pub fn cursor(&self) -> Cursor {
        Cursor::new(0, [Key::from(self.ordered_on), self.id.0.into()]).in_part(self.part)
    }
}

/// One page of the list, newest first.
pub fn orders(db: &Db, filter: &OrderFilter, page: &Page) -> Result<Slice<OrderRow>> {
    let meant = Meant::read(db, &filter.query, ROWS, |term| {
        let number = term.order().map(|id| Cond::on(ID, "= ?", vec![id.into()]));
        Ok(Named { first: number.into_iter().collect(), ..Named::default() })
    })?;
    if meant.as_ref().is_some_and(Meant::is_nothing) {
        return Ok(Slice::default());
    }
    let sources = sources(db, filter, meant.as_ref())?;
    let keys = keyset::page(db, &sources, filter.reverse, &page.searched(&filter.query))?;
    let parts = keyset::parts(&keys);
    let mut rows = plain::rows(&keyset::ids(&keys), |id| order(db, OrderId(id)))?;
    rows.iter_mut().for_each(|row| row.part = parts.get(&row.id.0).copied());
    Ok(Slice { rows, more_before: keys.more_before, more_after: keys.more_after })
}

const ORDER: &str = "rental_order o";
const ID: Column = int("o.id");
const CUSTOMER: Column = int("o.customer_id");
const ROWS: Rows = Rows { table: ORDER, id: ID, customer: CUSTOMER, amount: None };

fn sources(db: &Db, filter: &OrderFilter, meant: Option<&Meant>) -> Result<Vec<Source>> {
    let status = filter.status.map(|status| Cond::on(text("o.status"), &format!("= '{}'", status.code()), Vec::new()));
    let source = |conds, gathered| {
        let order = vec![text("o.ordered_on").down(), ID.down()];
        Source { from: ORDER, conds, order, gathered, rank: 0, sieve: None, days: None }
    };
    let gathered = |lead: &Cond| {
        let conds = std::iter::once(lead.clone()).chain(status.clone().map(Cond::blind));
        vec![source(conds.collect(), true)]
    };
    if let Some(customer) = filter.customer {
        let own = gathered(&among(CUSTOMER, &with_merged(db, customer)?)).into_iter();
        return Ok(own.map(|source| meant.map(Meant::test).into_iter().fold(source, Source::tested)).collect());
    }
    let walked = || vec![source(status.clone().into_iter().collect(), false)];
    Ok(meant.map_or_else(walked, |meant| meant.sources(filter.reverse, gathered, walked)))
}

/// One order with what was ordered, in words, and what all its periods come to.
fn order(db: &Db, id: OrderId) -> Result<Option<OrderRow>> {
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
        part: None,
    })
}
