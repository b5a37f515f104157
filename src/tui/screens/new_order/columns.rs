//! The fields of a row of items: their names, and which field stands where.

use crate::tui::forms::Field;

/// The fields of a row, in their order.
pub(super) const COLUMNS: [&str; 9] =
    ["item", "serial", "quantity", "months", "every", "price", "starts", "deposit", "ship_to"];
/// The column of a row that says where it goes: its last one.
pub(super) const SHIP_TO: usize = COLUMNS.len() - 1;

/// Column and row of a field.
pub(super) fn place(name: &str) -> Option<(usize, usize)> {
    let (column, row) = name.split_once('.')?;
    Some((COLUMNS.iter().position(|known| *known == column)?, row.parse().ok()?))
}

/// How many rows the fields make.
pub(super) const fn row_count(fields: &[Field]) -> usize {
    fields.len() / COLUMNS.len()
}
