//! What things show, spelled once: the terminal, the tables and objects of the command line and files for spreadsheets
//! take it from here.
//!
//! | module | what lives there |
//! |---|---|
//! | [`cell`] | a value that is shown, and how each place writes it |
//! | [`csv`] | tables for spreadsheets, as the shop's country writes them |
//! | [`sheet`] | a report as a value |
//! | [`reports`] | every report: its name, its sheet |

pub mod cell;
pub mod csv;
pub mod reports;
pub mod sheet;
