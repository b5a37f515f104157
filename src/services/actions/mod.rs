//! How each Action is done, one file a theme.

pub mod approving;
pub mod catalogue;
pub mod customer;
pub mod group;
pub mod invoicing;
pub mod order;
pub mod payment;
pub mod receiving;
pub mod sending;
pub mod shop;
pub mod undo;
pub mod voiding;
