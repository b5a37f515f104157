//! How each Action is done, one file a theme.

pub mod ahead;
pub mod approving;
pub mod catalogue;
pub mod charging;
pub mod clearing;
pub mod crediting;
pub mod customer;
pub mod deposit;
pub mod disputing;
pub mod group;
pub mod invoicing;
pub mod methods;
pub mod order;
pub mod payment;
pub mod receiving;
pub mod redo;
pub mod refunding;
pub mod sending;
pub mod shop;
pub mod stock;
pub mod subscription;
pub mod undo;
pub mod using_credit;
pub mod voiding;
