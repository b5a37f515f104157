//! Values and rules of the trade: money, dates, periods, taxes, statuses. Pure: no file, no clock, no terminal.

pub mod aging;
pub mod allocation;
pub mod calendar;
pub mod collection;
pub mod credit_note;
pub mod currency;
pub mod customer;
pub mod format;
pub mod frequency;
pub mod id;
pub mod interest;
pub mod method;
pub mod money;
pub mod numbering;
pub mod pass;
pub mod proration;
pub mod rounding;
pub mod schedule;
pub mod split;
pub mod status;
pub mod tax;
pub mod terms;
pub mod text;
