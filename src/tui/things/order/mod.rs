//! Orders.

pub mod deeds;
pub mod page;
