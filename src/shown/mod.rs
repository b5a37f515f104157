//! What things show, spelled once: the terminal, the tables and objects of the command line and files for spreadsheets
//! take it from here.
//!
//! | module | what lives there |
//! |---|---|
//! | [`cell`] | a value that is shown, and how each place writes it |
//! | [`mod@column`], [`columns`] | what a thing shows: its columns, once; one file a thing |
//! | [`standing`] | where a thing stands: a mark, words, how they are meant |
//! | [`log`], [`words`] | steps of the log and numbers as people say them |
//! | [`view`] | the day and the shop's way of writing |
//! | [`csv`] | tables for spreadsheets, as the shop's country writes them |
//! | [`sheet`] | a report as a value |
//! | [`reports`] | every report: its name, its sheet |
//! | [`dossier`] | everything held on a customer as such a table |

pub mod cell;
pub mod column;
pub mod columns;
pub mod csv;
pub mod dossier;
pub mod log;
pub mod reports;
pub mod sheet;
pub mod standing;
pub mod view;
pub mod words;
