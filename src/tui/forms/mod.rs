//! The forms that are one for many things, and those of the shop: each a declaration of its fields, and a `submit` that
//! reads them through the domain and returns an action. Aim at 80 lines a form. What moves, draws and saves them is
//! [`FormDialog`].
//!
//! A screen opens one with `Reply::open(FormDialog::new(MarkPaid::new(payment), desk))`.

pub mod because;
pub mod filter;
pub mod logo;
pub mod lookups;
pub mod period;
pub mod segments;
pub mod setting;
pub mod shop;
pub mod tax_rate;

pub use super::dialogs::form::{Form, FormDialog, Read, Trial, told, wait};
pub use super::dialogs::subject::Subject;
pub use super::widgets::inputs::{Field, Item, Name};
