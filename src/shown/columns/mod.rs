//! The columns of each thing, one file a thing, and how they stand on the screen.

pub mod customer;
pub mod group;
pub mod invoice;
pub mod payment;
