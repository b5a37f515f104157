//! How the activity log reads: what was done in the trade's words, and what it was about.

use super::desk::reads::ActivityRow;
use super::widgets::table::{Cell, Column, Width};
use crate::domain::format::Style;
pub use crate::shown::log::{about, what};

/// The columns of the log.
pub fn columns() -> Vec<Column> {
    vec![
        Column::words("Date", Width::Exact(11), 9),
        Column::words("Who", Width::Exact(8), 6),
        Column::words("What", Width::AtLeast(26), 9),
        Column::words("About", Width::AtLeast(20), 5),
    ]
}

/// One row of the log.
pub fn cells(row: &ActivityRow, style: Style) -> Vec<Cell> {
    vec![
        style.long_date(row.business_on).into(),
        row.operator.as_str().into(),
        what(row.log).into(),
        about(row, style).into(),
    ]
}

/// Its number, as a key.
pub const fn number(row: &ActivityRow) -> i64 {
    row.id.0
}
