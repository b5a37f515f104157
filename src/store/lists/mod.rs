//! What screens and commands read: lists page by page, pages of one record, Today, Find anything, reports.
//!
//! Every list is asked for one page by keyset and answers in milliseconds at a million payments: first the ids of the
//! page in the order of an index , then the rows of those ids. Nothing here writes.

pub mod activity_rows;
mod classes;
mod cond;
pub mod customer_page;
pub mod customers;
pub mod deposits;
pub mod duplicates;
pub mod find;
pub mod group_left;
pub mod group_page;
pub mod groups;
pub mod invoice_page;
pub mod invoices;
mod keyset;
mod meant;
pub mod messages;
pub mod money_line;
pub mod order_page;
pub mod orders;
mod page;
pub mod payment_page;
pub mod payments;
mod plain;
pub mod products;
pub mod reports;
mod search;
pub mod segments;
mod shown;
pub mod subscription_page;
pub mod subscriptions;
pub mod today;
pub mod warm;
mod whose;

pub use page::{Cursor, DayRange, Direction, Page, Slice, Totals};
pub use whose::Whose;

pub(in crate::store) use shown::listed_name as listed;
