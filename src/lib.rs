//! rentbook, the rent book of a small rental shop: who rents what, what is due, what was paid, what is late.
//!
//! A house of floors. An import goes down, never up, never in a circle (`tests/it/tidy.rs` and `circles.rs` hold it):
//!
//! | floor | what lives there | may use |
//! |---|---|---|
//! | [`domain`] | values and rules, no input or output | nothing of ours |
//! | [`store`] | the file; the only home of SQL | domain |
//! | [`paper`] | the engine of pages; the only home of the PDF crate | domain |
//! | [`documents`] | the papers: bytes of a PDF from values | domain, paper |
//! | [`services`] | what staff can do: one Action, one transaction, one activity row | domain, store, documents |
//! | [`adapters`] | the world outside: clock, viewer, files | domain, services |
//! | [`demo`] | a made-up shop in its second year | domain, store, services |
//! | [`shown`] | what things show: columns, tables for spreadsheets | domain, services |
//! | [`tui`] | the terminal | domain, services, adapters, demo, shown |
//! | [`cli`] | one file a command, JSON out | domain, services, adapters, demo, shown, and looks and keys of tui |
//!
//! A key or a command becomes an `services::Action`; `services::Desk` performs it: load, let the domain decide,
//! write, one activity row, all in one transaction. Time, operator and the outside world are passed in.

pub mod adapters;
pub mod cli;
pub mod demo;
pub mod documents;
pub mod domain;
pub mod paper;
pub mod services;
pub mod shown;
pub mod store;
pub mod tui;
