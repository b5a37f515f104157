//! Billing groups: several customers on one bill.

pub mod deeds;
pub mod form;
pub mod group_invoice;
pub mod list;
pub mod member;
pub mod page;
