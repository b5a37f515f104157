//! Values and rules of the trade: money, dates, periods, taxes, statuses. Pure: no file, no clock, no terminal.

pub mod currency;
pub mod format;
pub mod id;
pub mod money;
