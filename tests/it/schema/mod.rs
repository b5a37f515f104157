//! The schema itself refuses what must never happen and allows what the trade does, whoever asks. Tried on a small book
//! with one of everything in it.
//!
//! | file | what lives there |
//! |---|---|
//! | `book.rs`, `book.sql` | the book: two months at the desk, then rows no Action makes yet |
//! | `forbidden/*.sql`, `forbidden/values.txt` | what is refused, a sentence each, and by which rule |
//! | `allowed/*.sql` | what is not, and what follows from it |
//! | `script.rs` | how those files are read |
//! | `trying.rs` | both tables, tried |
//! | `text.rs`, `parts.rs` | the schema taken apart into statements, constraints and their parts |
//! | `skipping.rs` | the same said with OR IGNORE, OR FAIL, OR REPLACE: nothing is half done |
//! | `mutants.rs` | the schema without one of its rules: somebody notices, every time |
//! | `moves.rs` | states move as the domain says |
//! | `hygiene.rs` | how the schema is written |

mod book;
mod hygiene;
mod moves;
mod mutants;
mod parts;
mod script;
mod skipping;
mod text;
mod trying;
