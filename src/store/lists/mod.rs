//! What screens and commands read: lists page by page, pages of one record, Today, Find anything, reports.
//!
//! Every list is asked for one page by keyset and answers in milliseconds at a million payments: first the ids of the
//! page in the order of an index ([`keyset`]), then the rows of those ids. Nothing here writes.

pub mod customers;
pub mod groups;
pub mod invoices;
pub mod orders;
mod page;
pub mod payments;
pub mod products;
pub mod subscriptions;

pub use page::{Cursor, DayRange, Direction, Page, Slice, Totals};
