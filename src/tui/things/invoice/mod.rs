//! Invoices.

pub mod deeds;
pub mod filter;
pub mod list;
pub mod new_invoice;
pub mod page;
pub mod void;
