//! What rows were when they were saved: `check --deep` holds the rows against it.
//!
//! Every write is sealed before it is committed. Rows that never change stand in a seal: ranges of their numbers, each with
//! its digest, in a chain whose head is noted outside it (`book_state`). Rows that may be edited have the digest of how they
//! were saved last (`row_seal`). A cell that was edited past the program, a row that was added or taken out, shows; who
//! knows how this is made and may write the file can make it anew, and nothing in the file can keep him from it.

mod closing;
mod digest;
mod kinds;
mod proving;
mod spans;
#[cfg(test)]
mod tests;
mod touched;

pub use closing::{all, close, numbered};
pub use proving::violations;
pub use touched::Touched;
