//! Messages to customers, waiting or sent.

pub mod deeds;
pub mod list;
pub mod send;
