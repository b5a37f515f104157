//! Finding: what a list is asked for, answered by one plain statement.
//!
//! A question (`domain::query`) is first *resolved*: its typed text into the meanings it has (`domain::query::typed`),
//! everything that names other rows (a segment, a dispute, an invoice by its number) into [`cond::Among`], a set of ids
//! as a select gives them. What is left are columns to compare. Two finders answer what is resolved so:
//!
//! - *plain SQL*, here: a list is one statement from [`sql::List`], its page the same with a place and a limit, its
//!   totals the same summed up. It answers in the time of a scan at worst (under 0.6 s at a million payments), at once
//!   where an index serves: the open view, one customer, one status by due day. Commands, workers, the first page and
//!   other engines use it, and it is what tests hold the other one against.
//! - *the ledger* (`store::ledger`): columns in memory, one walk for page, count and sums. The terminal uses it.
//!
//! | module | what lives there |
//! |---|---|
//! | [`page`] | a page asked for, its rows, totals |
//! | [`cond`] | conditions and sets of ids |
//! | [`meant`] | what a typed text names among the rows of the file |
//! | [`sql`] | a list as a statement |
//! | [`payments`], [`invoices`], [`customers`], [`subscriptions`] | what is asked of each, resolved, and its statement |
//!
//! A text means rows in classes ([`meant::rank`]): a number, the end of one, a reference, an amount, a name. They stand one
//! after the other, whatever the order.

pub mod cond;
pub mod customers;
pub mod invoices;
pub mod meant;
pub mod page;
pub mod payments;
pub mod sql;
pub mod subscriptions;
