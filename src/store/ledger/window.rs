//! One page out of a walk: the rows next to a place, and what all rows add up to.

use std::collections::BinaryHeap;

use crate::domain::currency::Currency;
use crate::domain::money::Money;
use crate::store::query::page::{Direction, Page, Slice, Totals};
use crate::store::query::sql::Found;

/// Where a row stands: whether it comes first of all, then what the list is sorted by, the id last. Smaller is earlier.
pub(super) type Place = [i64; 4];

/// The rows of one page, as far as they were offered.
pub(super) struct Window {
    limit: usize,
    /// Whether places run from the highest to the lowest.
    turned: bool,
    backward: bool,
    /// Where it starts, in its own direction.
    start: Option<(Place, bool)>,
    /// The nearest rows so far; the farthest on top.
    rows: BinaryHeap<(Place, u32, i64)>,
    /// Whether a row stands before the start.
    behind: bool,
}

impl Window {
    /// A page; `place` reads its cursor.
    pub(super) fn new(page: &Page, reverse: bool, start: Option<Place>) -> Self {
        let backward = page.direction == Direction::Backward;
        let turned = reverse != backward;
        let is_inclusive = page.from.as_ref().is_some_and(|cursor| cursor.inclusive);
        let limit = page.limit;
        Self {
            limit,
            turned,
            backward,
            start: start.map(|place| (in_order(place, turned), is_inclusive)),
            rows: BinaryHeap::with_capacity(limit.saturating_add(2).min(1 << 16)),
            behind: false,
        }
    }

    /// A row of the list.
    pub(super) fn offer(&mut self, place: Place, id: u32, rank: i64) {
        let place = in_order(place, self.turned);
        if let Some((start, is_inclusive)) = self.start
            && (place < start || (place == start && !is_inclusive))
        {
            self.behind = true;
            return;
        }
        if self.rows.len() <= self.limit {
            self.rows.push((place, id, rank));
        } else if self.rows.peek().is_some_and(|(farthest, ..)| place < *farthest) {
            self.rows.pop();
            self.rows.push((place, id, rank));
        }
    }

    /// The page, in the order of the list.
    pub(super) fn slice(self, totals: Totals) -> Slice<Found> {
        let more = self.rows.len() > self.limit;
        // The row of a place that is left out is behind it, also where it is in the list no more.
        let behind = match self.start {
            Some((_, true)) => self.behind,
            start => start.is_some(),
        };
        let mut rows: Vec<Found> = self
            .rows
            .into_sorted_vec()
            .into_iter()
            .take(self.limit)
            .map(|(_, id, rank)| Found { id: i64::from(id), rank })
            .collect();
        let (mut more_before, mut more_after) = (behind, more);
        if self.backward {
            rows.reverse();
            (more_before, more_after) = (more, behind);
        }
        Slice { rows, more_before, more_after, totals: Some(totals) }
    }
}

/// The place in the direction a page runs. What comes first of all comes first in a list reversed too: its walks
/// give the rank with the sign that does that.
fn in_order(place: Place, turned: bool) -> Place {
    if turned { place.map(|key| -key) } else { place }
}

/// Sums, one a currency.
pub(super) struct Adding(Vec<(i64, i64, i64)>);

impl Adding {
    pub(super) fn new(currencies: &[Currency]) -> Self {
        Self(vec![(0, 0, 0); currencies.len()])
    }

    pub(super) fn add(&mut self, currency: u8, amount: i64, open: i64) {
        if let Some(sums) = self.0.get_mut(usize::from(currency)) {
            sums.0 += 1;
            sums.1 += amount;
            sums.2 += open;
        }
    }

    /// By the codes of the currencies.
    pub(super) fn totals(self, currencies: &[Currency]) -> Totals {
        let mut sums: Vec<_> = currencies.iter().zip(self.0).filter(|(_, sums)| sums.0 > 0).collect();
        sums.sort_unstable_by_key(|(currency, _)| currency.code());
        let mut totals = Totals::default();
        for (currency, (count, amount, open)) in sums {
            totals.count += count;
            totals.amount.push(Money::new(amount, *currency));
            totals.open.push(Money::new(open, *currency));
        }
        totals
    }
}
