//! Columns of invoices that lists are sorted by and searched in.

use crate::store::lists::cond::{Column, int, text};

pub(super) const ID: Column = int("i.id");
pub(super) const DUE: Column = text("i.due_on");
pub(super) const TOTAL: Column = int("i.total_minor");
pub(super) const CUSTOMER: Column = int("i.customer_id");
pub(super) const GROUP: Column = int("i.group_id");
pub(super) const STATE: Column = text("i.state");
pub(super) const INVOICED: Column = text("i.invoiced_on");

pub(super) const INVOICE: &str = "invoice i";
