//! Columns of payments that lists are sorted by and searched in.

use crate::store::lists::cond::{Column, int, text};

pub(super) const ID: Column = int("p.id");
pub(super) const DUE: Column = text("p.due_on");
pub(super) const AMOUNT: Column = int("p.amount_minor");
pub(super) const STATUS: Column = text("p.status");
pub(super) const PAID: Column = text("p.paid_on");
pub(super) const CUSTOMER: Column = int("p.customer_id");

pub(super) const PAYMENT: &str = "payment p";
