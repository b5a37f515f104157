//! The columns of each thing, one file a thing, and how they stand on the screen.

pub mod activity;
pub mod credit_note;
pub mod customer;
pub mod deposit;
pub mod group;
pub mod invoice;
pub mod message;
pub mod order;
pub mod payment;
pub mod product;
pub mod receipt;
pub mod subscription;
