//! How each Action is done, one file a theme.

pub mod catalogue;
pub mod customer;
pub mod customer_address;
pub mod customer_draft;
pub mod customer_erase;
pub mod customer_merge;
pub mod customer_preference;
pub mod customer_segment;
mod customer_undo;
pub mod group;
pub mod invoicing;
pub mod order;
pub mod payment;
pub mod receiving;
pub mod shop;
pub mod undo;
