//! Whole jobs of the day, key by key, as a person at the counter does them.

mod money;
mod rented;
