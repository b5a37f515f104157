//! Products, their versions and the pieces with a serial.

pub mod asset;
pub mod form;
pub mod list;
pub mod stock;
