//! Receipts: money that arrived.

pub mod deeds;
pub mod list;
