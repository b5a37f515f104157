//! What a list is asked for: facets, a typed text, an order. Pure values; who finds the rows is the store's business.
//!
//! | module | the question |
//! |---|---|
//! | [`payments`], [`invoices`], [`customers`], [`subscriptions`] | of one list each |
//! | [`typed`] | what a typed text may mean: read once, the same for every list |

pub mod customers;
pub mod invoices;
pub mod payments;
pub mod subscriptions;
pub mod typed;

use chrono::NaiveDate;

/// Days from … to …, both included; `None` is open.
pub type DayRange = (Option<NaiveDate>, Option<NaiveDate>);
