//! Deposits: what the shop holds.

pub mod deeds;
pub mod list;
