//! The file; the only home of SQL.
//!
//! | module | what lives there |
//! |---|---|
//! | [`book`] | an open book: one consistent read, one write transaction at a time |
//! | [`engine`] | the one seam every statement goes through: [`Db`], [`Row`], [`Value`] |
//! | [`error`] | what can be wrong with a book, one sentence a fault |
//! | [`lists`] | what screens and commands read, page by page |
//! | [`migrate`] | older files brought up to the schema of today |

pub mod book;
mod create;
pub mod engine;
pub mod error;
mod fault;
pub mod lists;
pub mod migrate;
mod platform;
mod setup;

pub use book::{Access, Book};
pub use engine::{Db, Row, Value};
pub use error::{Result, StoreError, StoreFault};

/// The whole schema of today, in reading order.
pub const SCHEMA: &str = include_str!("../../schema.sql");

/// The program's mark in the header of a book: "RENT".
pub const APPLICATION_ID: i32 = 0x5245_4e54;
