//! How each Action is done, one file a theme.

pub mod catalogue;
pub mod customer;
pub mod deposit;
pub mod group;
pub mod invoicing;
pub mod order;
pub mod payment;
pub mod receiving;
pub mod shop;
pub mod stock;
pub mod subscription;
pub mod undo;
