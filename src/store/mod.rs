//! The file; the only home of SQL.
//!
//! | module | what lives there |
//! |---|---|
//! | [`book`] | an open book: one consistent read, one write transaction at a time |
//! | [`half`] | a book in the making, named only when it is whole |
//! | [`engine`] | the one seam every statement goes through: [`Db`], [`Row`], [`Value`] |
//! | `heard` | what was sent through it, for tests
//! | [`error`] | what can be wrong with a book, one sentence a fault |
//! | [`backup`], [`restore`] | verified copies, how long they are kept, and the way back |
//! | [`shop`], [`customer`], [`address`], [`note`], [`preference`], [`segment`], [`group`], [`catalogue`], [`order`] | rows of one thing each, read and written |
//! | [`merge`], [`erase`], [`dossier`] | a customer read as another, made nobody, written out whole |
//! | [`billing`], [`receipt`], [`payment_change`] | what is owed: payments and invoices; what came in: receipts and allocations |
//! | [`settlement`], [`credit_note`], [`refund`], [`receipt_page`] | what settles payments, and what goes back |
//! | [`attempt`], [`dispute`], [`method`] | charges that were tried, what is disputed, how customers pay |
//! | [`paper`], [`statement`], [`font`] | what a paper prints, and with which added font |
//! | [`lists`] | what screens and commands read, page by page |
//! | [`query`] | what a list is asked for, as one plain statement each |
//! | [`ledger`], [`columns`] | the same from columns in memory |
//! | [`search_texts`] | what customers are searched by, in memory |
//! | [`outbox`] | messages to customers |
//! | [`activity`] | the append-only log and its chain |
//! | [`check`], [`soundness`] | every invariant as a query; what SQLite finds in the file, table by table |
//! | `shape` | its tables, indexes and triggers beside those of the schema |
//! | `seal` | what rows were when they were saved, which the deep check holds them against |
//! | `access`, `look`, `connecting`, `findings`, `opening` | a file opened: for what, whether it is a book, what SQLite finds in it |
//! | `rest` | the log folded into the file while nobody works |
//! | `create`, `names`, `setup`, `seats`, `platform` | a file made; names around it; how SQLite is set; who has it open; what each system does |
//! | [`version`], [`migrate`] | the version of the schema; older files brought up to it |

mod access;
pub mod activity;
pub mod address;
pub mod again;
pub mod attempt;
pub mod awaited;
pub mod backup;
pub mod billing;
pub mod book;
pub mod catalogue;
pub mod check;
mod check_closed;
pub mod check_deep;
mod check_deposits;
mod check_walks;
pub mod columns;
mod connecting;
mod create;
pub mod credit_note;
pub mod customer;
pub mod deposit;
pub mod dispute;
pub mod dossier;
pub mod engine;
pub mod erase;
pub mod error;
mod fault;
mod findings;
mod folded_texts;
pub mod font;
pub mod forget;
pub mod group;
pub mod half;
mod heard;
pub mod ledger;
pub mod lists;
mod look;
pub mod merge;
pub mod merge_ties;
pub mod method;
pub mod migrate;
mod names;
pub mod note;
mod opening;
pub mod order;
pub mod outbox;
pub mod paper;
pub mod payment_change;
pub mod period;
mod platform;
pub mod preference;
pub mod query;
pub mod receipt;
pub mod receipt_page;
pub mod refund;
mod rest;
pub mod restore;
mod retention;
pub mod scope;
mod seal;
pub mod search_texts;
mod seats;
pub mod segment;
mod sentences;
pub mod settlement;
mod setup;
mod shape;
pub mod shop;
pub mod soundness;
pub mod statement;
pub mod stock;
pub mod subscription;
pub mod tax_change;
pub mod version;

pub use access::{Access, Opening, ViewBecause};
pub use book::{Book, LOW_SPACE, Stopper, free_space};
pub use engine::{Db, Row, Value};
pub use error::{Result, StoreError, StoreFault};
pub use half::HalfBook;

/// The whole schema of today, in reading order.
pub const SCHEMA: &str = include_str!("../../schema.sql");

/// The program's mark in the head of a book: "RENT".
pub const APPLICATION_ID: i32 = 0x5245_4e54;
