//! What one types into: a line, several lines, a value from a list, a check box, a date.
//!
//! [`Field`] is one of them with its label, its error and what it held the last time; `dialogs::form` moves between
//! fields. A field never judges its text: the form's `submit` does, through the domain.

mod ahead;
mod field;
mod line;
mod list;
mod notes;
mod typing;

pub use ahead::{Ahead, Unknown};
pub use field::{Field, Item, Kind, Name};
pub use line::Line;
pub use list::List;
pub use notes::Notes;
pub use typing::Typed;
