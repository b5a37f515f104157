//! Marked records with count and sum, in the order they were marked.

use std::collections::HashMap;
use std::hash::Hash;

use crate::domain::format::Style;
use crate::domain::money::Money;
use crate::domain::sums;

/// Marked records.
#[derive(Debug)]
pub struct Marks<K> {
    order: Vec<K>,
    worth: HashMap<K, Option<Money>>,
}

impl<K> Default for Marks<K> {
    fn default() -> Self {
        Self { order: Vec::new(), worth: HashMap::new() }
    }
}

impl<K: Copy + Eq + Hash> Marks<K> {
    /// Whether a record is marked.
    pub fn has(&self, key: K) -> bool {
        self.worth.contains_key(&key)
    }

    /// Whether none is marked.
    pub const fn is_empty(&self) -> bool {
        self.order.is_empty()
    }

    /// The marked records.
    pub fn keys(&self) -> &[K] {
        &self.order
    }

    /// Marks a record.
    pub fn add(&mut self, key: K, worth: Option<Money>) {
        if self.worth.insert(key, worth).is_none() {
            self.order.push(key);
        }
    }

    /// Marks a record, or takes its mark away.
    pub fn toggle(&mut self, key: K, worth: Option<Money>) {
        if self.has(key) {
            self.remove(key);
        } else {
            self.add(key, worth);
        }
    }

    /// Takes a mark away.
    pub fn remove(&mut self, key: K) {
        if self.worth.remove(&key).is_some() {
            self.order.retain(|marked| *marked != key);
        }
    }

    /// Takes a new amount of a record that is marked.
    pub fn refresh(&mut self, key: K, worth: Option<Money>) {
        if let Some(known) = self.worth.get_mut(&key) {
            *known = worth;
        }
    }

    /// Takes all marks away.
    pub fn clear(&mut self) {
        self.order.clear();
        self.worth.clear();
    }

    /// The sums, one for each currency. `None` when a sum is larger than the book can hold.
    pub fn sums(&self) -> Option<Vec<Money>> {
        sums::of(self.order.iter().filter_map(|key| self.worth.get(key).copied().flatten())).ok()
    }

    /// `2 marked = 218.00 USD`; empty when none is.
    pub fn text(&self, style: Style) -> String {
        if self.is_empty() {
            return String::new();
        }
        let one = |sum: &Money| format!("{} {}", style.amount(*sum), sum.currency());
        let sums = self.sums().unwrap_or_default().iter().map(one).collect::<Vec<_>>().join(" + ");
        let count = self.order.len();
        if sums.is_empty() { format!("{count} marked") } else { format!("{count} marked = {sums}") }
    }
}
