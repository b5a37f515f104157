//! Payments: what is owed for a period.

pub mod deeds;
pub mod fail;
pub mod filter;
pub mod list;
pub mod page;
pub mod reopen;
