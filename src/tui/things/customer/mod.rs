//! Customers: the list and its segments, the page and its sections, forms.

pub mod address;
mod care;
pub mod deeds;
pub mod filter;
pub mod form;
pub mod home;
pub mod list;
pub mod note;
pub mod page;
pub mod pay_method;
pub mod preference;
pub mod segment;
