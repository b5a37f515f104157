//! Subscriptions and their changes.

pub mod change;
pub mod close_deposit;
pub mod deeds;
pub mod list;
pub mod page;
