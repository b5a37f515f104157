//! What staff can do.

pub mod reads;
