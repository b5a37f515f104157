//! The ledger: columns of payments, invoices and customers in memory, asked by one walk a key.
//!
//! It belongs to the connection of the terminal's loop, is loaded beside the screen by a worker, and then *follows* the
//! book inside the very transaction that reads the rows of a page, so that both are of one moment. Everything else (the
//! command line, workers, exports, a write, an attempt) reads by plain SQL.
//!
//! Following has one mechanism for what this terminal, its workers and other programs write: triggers put every new,
//! changed or deleted row into the table `change`, numbered. A ledger knows the newest number it took in; what came after
//! is read by its ids. Where the rows between are pruned (ten thousand stay) it is thrown away and loaded anew: a pass
//! over a large book does that. It follows forward only: a snapshot older than what is known is answered by plain SQL.
//! There is no update hook in it: a hook tells of rows that a savepoint took back and is silent for bare deletes.
//!
//! What is no column here (a number, a reference, a dispute, a segment, a name) is first resolved by SQL, or for names by
//! `search_texts`, into a set of ids, and the walk looks whether a row is in it.
//!
//! | module | what lives there |
//! |---|---|
//! | [`load`] | the file read into columns, whole or row by row |
//! | [`follow`] | what changed since |
//! | `sets` | sets of ids |
//! | `window` | one page out of a walk |
//! | [`payments`], [`invoices`], [`customers`] | the walks |
//!
//! A debug build answers each question by plain SQL too, and both must agree.

pub mod customers;
pub mod follow;
pub mod invoices;
pub mod load;
pub mod payments;
mod sets;
mod window;
