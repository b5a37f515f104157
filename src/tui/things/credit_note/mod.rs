//! Credit notes: what was taken back of an invoice.

pub mod deeds;
pub mod list;
