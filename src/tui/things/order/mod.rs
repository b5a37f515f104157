//! Orders.

pub mod deeds;
pub mod list;
pub mod page;
