//! Products, their versions and the pieces with a serial.

pub mod asset;
pub mod deeds;
pub mod form;
mod history;
pub mod list;
pub mod stock;
