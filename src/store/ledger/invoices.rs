//! The walk over invoices.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::load::{code, day, number};
use super::sets::{Days, InSet, Meaning};
use super::window::{Adding, Place, Window};
use crate::domain::query::invoices::InvoiceSort;
use crate::domain::status::{InvoiceKind, InvoiceState, InvoiceStatus};
use crate::store::columns::{self, Columns, Ranks};
use crate::store::engine::Db;
use crate::store::error::Result;
use crate::store::query::cond::On;
use crate::store::query::invoices::{Invoices, settled_otherwise};
use crate::store::query::page::{Cursor, Key, Page, Slice};
use crate::store::query::sql::Found;

/// The place of what has no number: before all that have one.
const DRAFT: i64 = i64::MIN / 2;

/// One page, with the count and the sums of all rows.
pub fn answer(db: &Db, columns: &mut Columns, asked: &Invoices, page: &Page) -> Result<Slice<Found>> {
    if asked.sort == InvoiceSort::Customer {
        columns.names.rank(&columns.people);
    }
    let columns = &*columns;
    let tests = Tests::read(db, columns, asked)?;
    let (sort, reverse, is_ranked) = (asked.sort, asked.reverse, asked.meant.is_some());
    let places = Places { sort, reverse, is_ranked, ranks: columns.names.ranks() };
    let start = page.from.as_ref().and_then(|cursor| places.of_cursor(cursor, columns));
    let (mut window, mut sums) = (Window::new(page, asked.reverse, start), Adding::new(&columns.currencies));
    let all = &columns.invoices;
    for at in 0..all.id.len() {
        let Some(first) = tests.rank(all, at) else { continue };
        let open = if all.state[at] == tests.issued { all.total[at] - all.settled[at] } else { 0 };
        sums.add(all.currency[at], all.total[at], open);
        window.offer(places.of(all, at, first), all.id[at], first);
    }
    Ok(window.slice(sums.totals(&columns.currencies)))
}

/// What a row has to be.
struct Tests {
    /// By status; `None`: any.
    statuses: Option<Statuses>,
    /// What stands for an issued one.
    issued: u8,
    /// 255: any.
    kind: u8,
    invoiced: Days,
    due: Days,
    within: Vec<InSet>,
    named: Option<Meaning>,
}

/// Which statuses are asked for on a day.
struct Statuses {
    asked: Vec<InvoiceStatus>,
    states: Vec<InvoiceState>,
    today: i32,
    /// What is said of settled ones that are not simply paid, by id.
    otherwise: HashMap<i64, InvoiceStatus>,
}

impl Statuses {
    fn read(db: &Db, asked: &[InvoiceStatus], today: NaiveDate) -> Result<Self> {
        let is_settled = |status: &InvoiceStatus| InvoiceStatus::SETTLED.contains(status);
        let otherwise = if asked.iter().any(is_settled) { settled_otherwise(db)? } else { Vec::new() };
        Ok(Self {
            asked: asked.to_vec(),
            states: InvoiceState::ALL.to_vec(),
            today: number(today),
            otherwise: otherwise.into_iter().collect(),
        })
    }

    /// What [`InvoiceStatus::of`] and [`InvoiceStatus::told`] say of the columns.
    fn have(&self, all: &columns::Invoices, at: usize) -> bool {
        let status = match self.states.get(usize::from(all.state[at])) {
            Some(InvoiceState::Draft) => InvoiceStatus::Draft,
            Some(InvoiceState::InReview) => InvoiceStatus::InReview,
            Some(InvoiceState::Void) | None => InvoiceStatus::Void,
            Some(InvoiceState::Issued) if all.settled[at] >= all.total[at] => {
                self.otherwise.get(&i64::from(all.id[at])).copied().unwrap_or(InvoiceStatus::Paid)
            }
            Some(InvoiceState::Issued) if all.due[at] < self.today => InvoiceStatus::Overdue,
            Some(InvoiceState::Issued) if all.settled[at] > 0 => InvoiceStatus::PartiallyPaid,
            Some(InvoiceState::Issued) => InvoiceStatus::Unpaid,
        };
        self.asked.contains(&status)
    }
}

impl Tests {
    fn read(db: &Db, columns: &Columns, asked: &Invoices) -> Result<Self> {
        Ok(Self {
            statuses: (!asked.statuses.is_empty())
                .then(|| Statuses::read(db, &asked.statuses, asked.today))
                .transpose()?,
            issued: code(InvoiceState::ALL, &InvoiceState::Issued),
            kind: asked.kind.map_or(u8::MAX, |kind| code(InvoiceKind::ALL, &kind)),
            invoiced: Days::new(asked.invoiced),
            due: Days::new(asked.due),
            within: InSet::all(db, columns, &asked.within)?,
            named: Meaning::read(db, columns, asked.meant.as_ref())?,
        })
    }

    /// How well a row is meant, 0 the best or where nothing is typed; `None` where it is not.
    fn rank(&self, all: &columns::Invoices, at: usize) -> Option<i64> {
        let column = |on| match on {
            On::Customer => all.customer[at],
            On::Group => all.group[at],
            On::Id | On::Invoice | On::Subscription | On::Order | On::Asset | On::Variant => all.id[at],
        };
        let is_asked = self.statuses.as_ref().is_none_or(|statuses| statuses.have(all, at))
            && (self.kind == u8::MAX || self.kind == all.kind[at])
            && self.due.hold(all.due[at])
            && self.invoiced.hold(all.invoiced[at])
            && self.within.iter().all(|set| set.holds(column(set.on)));
        match &self.named {
            _ if !is_asked => None,
            None => Some(0),
            Some(named) => {
                let is_open = all.state[at] == self.issued && all.settled[at] < all.total[at];
                named.rank((all.total[at], is_open), column)
            }
        }
    }
}

/// Where rows stand in an order.
struct Places<'c> {
    sort: InvoiceSort,
    reverse: bool,
    is_ranked: bool,
    ranks: Option<&'c Ranks>,
}

impl Places<'_> {
    fn of(&self, all: &columns::Invoices, at: usize, first: i64) -> Place {
        let (first, due, id) = (self.first(first), i64::from(all.due[at]), i64::from(all.id[at]));
        match self.sort {
            InvoiceSort::Due => [first, 0, due, id],
            InvoiceSort::Amount => [first, -all.total[at], due, id],
            InvoiceSort::Customer => {
                let place = |ranks: &Ranks| match all.customer[at] {
                    0 => ranks.groups.get(all.group[at] as usize).copied(),
                    customer => ranks.customers.get(customer as usize).copied(),
                };
                [first, self.ranks.and_then(place).unwrap_or(0), due, id]
            }
            InvoiceSort::Number => {
                let number = numbered(i64::from(all.number_year[at]), all.number_seq[at]);
                [first, number, -i64::from(all.invoiced[at]), -id]
            }
        }
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
        Some(match (self.sort, cursor.keys.as_slice()) {
            (InvoiceSort::Due, [Key::Int(first), Key::Text(due), Key::Int(id)]) => {
                [self.first(*first), 0, i64::from(day(due).ok()?), *id]
            }
            (InvoiceSort::Amount, [Key::Int(first), Key::Int(total), Key::Text(due), Key::Int(id)]) => {
                [self.first(*first), -total, i64::from(day(due).ok()?), *id]
            }
            (
                InvoiceSort::Customer,
                [Key::Int(first), Key::Text(name), Key::Int(payer), Key::Text(due), Key::Int(id)],
            ) => [self.first(*first), columns.names.place(name, *payer), i64::from(day(due).ok()?), *id],
            (
                InvoiceSort::Number,
                [Key::Int(first), Key::Int(_), Key::Int(year), Key::Int(seq), Key::Text(on), Key::Int(id)],
            ) => [self.first(*first), numbered(*year, *seq), -i64::from(day(on).ok()?), -id],
            _ => return None,
        })
    }
}

/// The place of a number: the newest first, what has none before it.
const fn numbered(year: i64, seq: i64) -> i64 {
    if seq == 0 { DRAFT } else { -(year * (1 << 40) + seq) }
}
