//! The walk over payments.

use std::collections::HashMap;

use super::load::{code, day};
use super::sets::{Days, InSet, Meaning};
use super::window::{Adding, Place, Window};
use crate::domain::method::Method;
use crate::domain::query::payments::{OPEN, PaymentSort, rank};
use crate::domain::status::{PaymentStanding, PaymentStatus};
use crate::store::columns::{self, Columns, NEVER, Ranks};
use crate::store::engine::Db;
use crate::store::error::Result;
use crate::store::query::cond::On;
use crate::store::query::page::{Cursor, Key, Page, Slice};
use crate::store::query::payments::{Payments, settled_otherwise, tells_settled_apart};
use crate::store::query::sql::Found;

/// One page, with the count and the sums of all rows.
pub fn answer(db: &Db, columns: &mut Columns, asked: &Payments, page: &Page) -> Result<Slice<Found>> {
    if asked.sort == PaymentSort::Customer {
        columns.names.rank(&columns.people);
    }
    let columns = &*columns;
    let tests = Tests::read(db, columns, asked)?;
    let (sort, reverse, is_ranked) = (asked.sort, asked.reverse, asked.meant.is_some());
    let places = Places { sort, reverse, is_ranked, ranks: columns.names.ranks() };
    let start = page.from.as_ref().and_then(|cursor| places.of_cursor(cursor, columns));
    let (mut window, mut sums) = (Window::new(page, asked.reverse, start), Adding::new(&columns.currencies));
    let all = &columns.payments;
    for at in 0..all.id.len() {
        let Some(first) = tests.rank(all, at) else { continue };
        let open = if tests.is_open(all.status[at]) { all.amount[at] - all.settled[at] } else { 0 };
        sums.add(all.currency[at], all.amount[at], open);
        window.offer(places.of(all, at, first), all.id[at], first);
    }
    Ok(window.slice(sums.totals(&columns.currencies)))
}

/// What a row has to be.
struct Tests {
    /// A bit a status.
    statuses: u32,
    /// Which of the settled ones are meant, and where those of them stand that are not simply paid, by id; `None`: all.
    settled: Option<(Vec<PaymentStanding>, HashMap<i64, PaymentStanding>)>,
    paid_code: u8,
    /// The bits of what is still to come in.
    open: u32,
    due: Days,
    paid: Days,
    /// 0: any.
    method: u8,
    invoiced: bool,
    within: Vec<InSet>,
    named: Option<Meaning>,
}

impl Tests {
    fn read(db: &Db, columns: &Columns, asked: &Payments) -> Result<Self> {
        let bit = |status: &PaymentStatus| 1_u32 << code(PaymentStatus::ALL, status);
        let bits = |asked: &[PaymentStanding]| asked.iter().fold(0, |bits, standing| bits | bit(&standing.status()));
        let settled = if tells_settled_apart(&asked.statuses) {
            Some((asked.statuses.clone(), settled_otherwise(db)?.into_iter().collect()))
        } else {
            None
        };
        Ok(Self {
            statuses: bits(&asked.statuses),
            settled,
            paid_code: code(PaymentStatus::ALL, &PaymentStatus::Paid),
            open: bits(&OPEN),
            due: Days::new(asked.due),
            paid: Days::new(asked.paid),
            method: asked.method.map_or(0, |method| code(Method::ALL, &method) + 1),
            invoiced: asked.invoiced,
            within: InSet::all(db, columns, &asked.within)?,
            named: Meaning::read(db, columns, asked.meant.as_ref())?,
        })
    }

    const fn is_open(&self, status: u8) -> bool {
        self.open >> status & 1 == 1
    }

    /// Whether it is not settled, or settled in a way that is meant.
    fn is_settled_so(&self, all: &columns::Payments, at: usize) -> bool {
        self.settled.as_ref().filter(|_| all.status[at] == self.paid_code).is_none_or(|(asked, otherwise)| {
            asked.contains(otherwise.get(&i64::from(all.id[at])).unwrap_or(&PaymentStanding::Paid))
        })
    }

    /// How well a row is meant, 0 the best or where nothing is typed; `None` where it is not.
    fn rank(&self, all: &columns::Payments, at: usize) -> Option<i64> {
        let column = |on| match on {
            On::Customer => all.customer[at],
            On::Group => all.group[at],
            On::Invoice => all.invoice[at],
            On::Subscription => all.subscription[at],
            On::Id | On::Order | On::Asset | On::Variant => all.id[at],
        };
        let is_asked = self.statuses >> all.status[at] & 1 == 1
            && self.is_settled_so(all, at)
            && self.due.hold(all.due[at])
            && self.paid.hold(all.paid[at])
            && (!self.invoiced || all.invoice[at] != 0)
            && (self.method == 0 || self.method == all.method[at])
            && self.within.iter().all(|set| set.holds(column(set.on)));
        match &self.named {
            _ if !is_asked => None,
            None => Some(0),
            Some(named) => named.rank((all.amount[at], self.is_open(all.status[at])), column),
        }
    }
}

/// The newest day first, what has none last.
fn newest_first(day: i32) -> i64 {
    if day == NEVER { i64::from(i32::MAX) + 1 } else { -i64::from(day) }
}

/// Where rows stand in an order.
struct Places<'c> {
    sort: PaymentSort,
    reverse: bool,
    is_ranked: bool,
    ranks: Option<&'c Ranks>,
}

impl Places<'_> {
    fn of(&self, all: &columns::Payments, at: usize, first: i64) -> Place {
        let key = match self.sort {
            PaymentSort::Due => 0,
            PaymentSort::Amount => -all.amount[at],
            PaymentSort::Customer => {
                let place = |ranks: &Ranks| ranks.customers.get(all.customer[at] as usize).copied();
                self.ranks.and_then(place).unwrap_or(0)
            }
            PaymentSort::Status => {
                PaymentStatus::ALL.get(usize::from(all.status[at])).map_or(0, |status| rank(*status))
            }
            PaymentSort::Paid => newest_first(all.paid[at]),
        };
        [self.first(first), key, i64::from(all.due[at]), i64::from(all.id[at])]
    }

    const fn first(&self, first: i64) -> i64 {
        // The row of a cursor may have been read for a text that is typed no more.
        if !self.is_ranked {
            0
        } else if self.reverse {
            -first
        } else {
            first
        }
    }

    fn of_cursor(&self, cursor: &Cursor, columns: &Columns) -> Option<Place> {
        let (key, first, due, id) = match (self.sort, cursor.keys.as_slice()) {
            (PaymentSort::Due, [Key::Int(first), Key::Text(due), Key::Int(id)]) => (0, first, due, id),
            (PaymentSort::Amount, [Key::Int(first), Key::Int(amount), Key::Text(due), Key::Int(id)]) => {
                (-amount, first, due, id)
            }
            (PaymentSort::Paid, [Key::Int(first), Key::Text(paid), Key::Text(due), Key::Int(id)]) => {
                (newest_first(if paid.is_empty() { NEVER } else { day(paid).ok()? }), first, due, id)
            }
            (PaymentSort::Status, [Key::Int(first), Key::Int(rank), Key::Text(due), Key::Int(id)]) => {
                (*rank, first, due, id)
            }
            (
                PaymentSort::Customer,
                [Key::Int(first), Key::Text(name), Key::Int(customer), Key::Text(due), Key::Int(id)],
            ) => (columns.names.place(name, *customer), first, due, id),
            _ => return None,
        };
        Some([self.first(*first), key, i64::from(day(due).ok()?), *id])
    }
}
