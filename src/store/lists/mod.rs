//! What screens and commands read: lists page by page, pages of one record, Today, Find anything, reports.
//!
//! Every list is asked for one page by the place of a row: first the ids of the page (`store::query`), then the rows of
//! those ids. Nothing here writes.

pub mod activities;
pub mod activity_rows;
pub mod credit_notes;
pub mod customer_page;
pub mod customers;
pub mod deposits;
pub mod duplicates;
pub mod find;
pub mod finders;
pub mod group_left;
pub mod group_page;
pub mod groups;
pub mod invoice_page;
pub mod invoices;
pub mod messages;
pub mod money_line;
pub mod needing_asset;
pub mod next_payment;
pub mod order_page;
pub mod orders;
pub mod payment_page;
pub mod payments;
mod plain;
pub mod products;
pub mod receipts;
pub mod reports;
pub mod segments;
mod shown;
pub mod subscription_page;
pub mod subscriptions;
pub mod today;
pub mod warm;
mod whose;

pub use super::query::page::{Cursor, DayRange, Direction, Page, Slice, Totals};
pub use whose::Whose;

pub(in crate::store) use shown::listed_name as listed;
