//! The walk over customers. Sums take in those merged into a customer, which are few.

use std::collections::HashMap;

use super::load::day;
use super::sets::{Ids, InSet, ids};
use super::window::{Place, Window};
use crate::domain::customer::CustomerKind;
use crate::domain::query::customers::CustomerSort;
use crate::store::columns::{Columns, People};
use crate::store::engine::Db;
use crate::store::error::Result;
use crate::store::query::customers::Customers;
use crate::store::query::page::{Cursor, Key, Page, Slice, Totals};
use crate::store::query::sql::Found;

/// One page, with the count of all rows.
pub fn answer(db: &Db, columns: &mut Columns, asked: &Customers, page: &Page) -> Result<Slice<Found>> {
    if asked.sort == CustomerSort::Name {
        columns.names.rank(&columns.people);
    }
    let columns = &*columns;
    let walk = Walk::read(db, columns, asked)?;
    let start = page.from.as_ref().and_then(|cursor| walk.of_cursor(cursor));
    let mut window = Window::new(page, asked.reverse, start);
    let mut count = 0;
    for at in 0..columns.people.id.len() {
        if let Some(place) = walk.place(at) {
            count += 1;
            window.offer(place, columns.people.id[at], 0);
        }
    }
    Ok(window.slice(Totals { count, ..Totals::default() }))
}

/// What a row has to be, and where it stands.
struct Walk<'c> {
    columns: &'c Columns,
    asked: &'c Customers,
    /// Lifetime value and subscriptions of those merged into a customer.
    merged: HashMap<u32, (i64, i64)>,
    within: Vec<InSet>,
    /// Whom the typed words mean, as they are read.
    named: Option<Ids>,
}

impl<'c> Walk<'c> {
    fn read(db: &Db, columns: &'c Columns, asked: &'c Customers) -> Result<Self> {
        let people = &columns.people;
        let mut merged: HashMap<u32, (i64, i64)> = HashMap::new();
        for at in (0..people.id.len()).filter(|at| people.root[*at] != 0) {
            let sums = merged.entry(people.root[at]).or_default();
            sums.0 += people.lifetime[at];
            sums.1 += i64::from(people.count[at]);
        }
        let named = asked.people().map(|set| {
            let meant = ids(db, columns, &set)?;
            let roots = (0..people.id.len()).filter(|at| meant.has(people.id[*at]));
            Ids::of(roots.map(|at| i64::from(if people.root[at] == 0 { people.id[at] } else { people.root[at] })))
        });
        let within = InSet::all(db, columns, &asked.within)?;
        Ok(Self { columns, asked, merged, within, named: named.transpose()? })
    }

    /// `None` where a row is not meant.
    fn place(&self, at: usize) -> Option<Place> {
        let (all, asked) = (&self.columns.people, self.asked);
        let kind = if all.is_business[at] { CustomerKind::Business } else { CustomerKind::Individual };
        let is_asked = all.root[at] == 0
            && (asked.closed || !all.is_closed[at])
            && asked.kinds.iter().all(|one| *one == kind)
            && asked.group.is_none_or(|group| i64::from(all.group[at]) == group.0)
            && asked.class.is_none_or(|class| i64::from(all.class[at]) == class.0)
            && asked.lifetime.0.is_none_or(|from| from <= self.lifetime(all, at))
            && asked.lifetime.1.is_none_or(|to| self.lifetime(all, at) <= to)
            && self.within.iter().all(|set| set.holds(all.id[at]))
            && self.named.as_ref().is_none_or(|named| named.has(all.id[at]));
        if !is_asked {
            return None;
        }
        let id = i64::from(all.id[at]);
        let (key, id) = match asked.sort {
            CustomerSort::Name => {
                let places = self.columns.names.ranks().map(|ranks| &ranks.customers);
                (places.and_then(|places| places.get(all.id[at] as usize)).copied().unwrap_or(0), id)
            }
            CustomerSort::LifetimeValue => (-self.lifetime(all, at), id),
            CustomerSort::Subscriptions => {
                (-(i64::from(all.count[at]) + self.merged.get(&all.id[at]).map_or(0, |sums| sums.1)), id)
            }
            CustomerSort::Joined => (-i64::from(all.joined[at]), -id),
        };
        Some([0, key, id, 0])
    }

    fn lifetime(&self, all: &People, at: usize) -> i64 {
        all.lifetime[at] + self.merged.get(&all.id[at]).map_or(0, |sums| sums.0)
    }

    fn of_cursor(&self, cursor: &Cursor) -> Option<Place> {
        let (key, id) = match (self.asked.sort, cursor.keys.as_slice()) {
            (CustomerSort::Name, [_, Key::Text(name), Key::Int(id)]) => (self.columns.names.place(name, *id), *id),
            (CustomerSort::LifetimeValue | CustomerSort::Subscriptions, [_, Key::Int(key), Key::Int(id)]) => {
                (-key, *id)
            }
            (CustomerSort::Joined, [_, Key::Text(joined), Key::Int(id)]) => (-i64::from(day(joined).ok()?), -id),
            _ => return None,
        };
        Some([0, key, id, 0])
    }
}
