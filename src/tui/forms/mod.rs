//! The forms: each a declaration of its fields, and a `submit` that reads them through the domain and returns an
//! action. Aim at 80 lines a form. What moves, draws and saves them is [`FormDialog`].
//!
//! A screen opens one with `Reply::open(FormDialog::new(MarkPaid::new(payment), desk))`.

pub mod address;
mod arriving;
pub mod asset;
pub mod because;
pub mod change;
pub mod close_deposit;
pub mod credit_note;
pub mod customer;
pub mod customer_filter;
pub mod fail_payment;
pub mod group;
pub mod group_invoice;
pub mod group_member;
pub mod invoice_filter;
pub mod logo;
pub mod lookups;
pub mod mark_each;
pub mod mark_paid;
pub mod new_invoice;
pub mod note;
pub mod other_open;
pub mod pay_method;
pub mod payment_filter;
pub mod period;
pub mod preference;
pub mod product;
pub mod refund;
pub mod reopen_payment;
pub mod retry;
pub mod segment;
pub mod segments;
pub mod send_invoice;
pub mod setting;
pub mod shop;
pub mod statement;
pub mod stock;
pub mod use_credit;
pub mod void_invoice;

pub use super::dialogs::form::{Form, FormDialog, Read, Trial, told};
pub use super::dialogs::subject::Subject;
pub use super::widgets::inputs::{Field, Item, Name};
